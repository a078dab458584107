//! Departures from the standard, and what the standard does instead.

mod common;

use common::{Opened, Probe, in_state, segment};
use tcpscope_tcp::{
    Call, Config, Connection, Effects, Flags, Instant, Isn, Notification, Opening, SeqNumber,
    State, Timer, Variant,
};

const NONE: Flags = Flags::empty();

fn with(variant: Variant) -> Config {
    Config { variant, ..Config::plain() }
}

#[test]
fn none_by_default() {
    assert_eq!(Config::default().variant, Variant::default());
    assert_eq!(Config::plain().variant, Variant::default());
}

/// What MUST-13 is good for.
#[test]
fn without_time_wait_the_connection_is_gone_at_once() {
    let config = with(Variant { no_time_wait: true, ..Variant::default() });
    let fin = |ack| segment(Flags::FIN, 301, Some(ack), b"");
    let cases = [
        (State::FinWait1, fin(102), "<SEQ=102><ACK=302><CTL=ACK>"),
        (State::FinWait2, fin(102), "<SEQ=102><ACK=302><CTL=ACK>"),
        (State::Closing, segment(NONE, 302, Some(102), b""), ""),
    ];
    for (state, arrives, sent) in cases {
        let mut probe = in_state(state, Opened::Actively, config.clone());
        probe.arrives(arrives);
        assert_eq!(probe.state(), State::Closed, "{state}");
        assert_eq!(probe.sent_in_words().concat(), sent, "{state}: the FIN is acknowledged");
        assert!(probe.rules.contains(&"time-wait-skipped"));
        assert!(probe.connection.next_timeout().is_none());
        // The peer, whose FIN comes again since our ACK was lost, is reset.
        probe.arrives(fin(102));
        assert_eq!(probe.sent_in_words(), ["<SEQ=102><CTL=RST>"]);
    }
}

#[test]
fn a_two_way_opening_believes_every_syn() {
    let config = with(Variant { two_way_opening: true, ..Variant::default() });
    let mut probe = in_state(State::Listen, Opened::Passively, config);
    probe.arrives(segment(Flags::SYN, 300, None, b""));
    assert_eq!(probe.sent_in_words(), ["<SEQ=100><ACK=301><CTL=SYN,ACK>"]);
    assert_eq!(probe.state(), State::Established);
    assert_eq!(probe.told(), [Notification::Connected]);
    assert_eq!(probe.connection.deadline(Timer::Retransmission), None);
    // It may even send at once.
    probe.call(Call::Send { data: "hi".into(), push: true, urgent: false }).unwrap();
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=301><CTL=ACK>"]);
    // The third segment, if it comes, is no news.
    probe.arrives(segment(NONE, 301, Some(101), b""));
    assert_eq!(probe.state(), State::Established);
    assert!(probe.sent().is_empty());
}

/// Text that comes with such a SYN is held until the next segment, whether anybody watches or not.
#[test]
fn what_a_two_way_opening_holds_is_not_overtaken() {
    let config = with(Variant { two_way_opening: true, ..Variant::default() });
    let isn = Isn::Given(SeqNumber::new(100));
    for mut effects in [Effects::observed(), Effects::unobserved()] {
        for (arrives, rcv_nxt) in [
            (segment(NONE, 302, Some(101), b"b"), 303),
            (segment(NONE, 303, Some(101), b"c"), 302),
            (segment(NONE, 302, Some(101), b""), 302),
        ] {
            let mut connection = Connection::new(config.clone());
            let open = Call::Open(Opening::Passive { isn });
            connection.call(Instant::ZERO, open, &mut effects).unwrap();
            let syn = segment(Flags::SYN, 300, None, b"a");
            connection.segment_arrives(Instant::ZERO, syn, &mut effects);
            connection.segment_arrives(Instant::ZERO, arrives, &mut effects);
            assert_eq!(connection.status().rcv_nxt, SeqNumber::new(rcv_nxt));
            assert_eq!(connection.unread(), rcv_nxt - 301);
        }
    }
}

#[test]
fn a_fixed_isn_is_always_the_same() {
    let clocked = |offset| Opening::Active { isn: Isn::Clocked { offset } };
    let iss = |config: Config, offset| {
        let mut probe = Probe::new(config);
        probe.call(Call::Open(clocked(offset))).unwrap();
        probe.connection.status().iss
    };
    let fixed = || with(Variant { fixed_isn: true, ..Variant::default() });
    assert_eq!(iss(fixed(), 7), iss(fixed(), 700_000));
    assert_ne!(iss(Config::plain(), 7), iss(Config::plain(), 700_000));
    // One that was given stays as it is.
    let mut probe = Probe::new(fixed());
    probe.call(common::ACTIVE).unwrap();
    assert_eq!(probe.connection.status().iss, Some(SeqNumber::new(100)));
}
