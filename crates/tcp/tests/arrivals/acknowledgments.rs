//! When text is acknowledged: RFC 9293 §3.8.6.3, RFC 5681 §4.2.

use tcpscope_tcp::{Call, Config, Duration, Flags, Segment, SeqNumber, State, Timer};

use crate::common::segment;
use crate::line::{MODERN, established, text};

fn delaying() -> Config {
    Config { delayed_ack: Duration::from_millis(40), ..Config::plain() }
}

/// SHLD-18, SHLD-19, RFC 5681 §4.2.
#[test]
fn the_second_segment_is_acknowledged_at_once_whatever_its_size() {
    let mut probe = established(delaying(), MODERN);
    for start in [301, 305, 309] {
        probe.arrives(text(start, 1));
        assert_eq!(probe.acks(), [], "the first waits");
        probe.arrives(text(start + 1, 3));
        assert_eq!(probe.acks(), [start + 4], "the second does not");
        assert_eq!(probe.connection.deadline(Timer::DelayedAck), None);
    }
}

/// MUST-40: but for less than half a second.
#[test]
fn no_acknowledgment_waits_for_half_a_second() {
    let slow = Config { delayed_ack: Duration::from_secs(2), ..Config::plain() };
    let mut probe = established(slow, MODERN);
    probe.arrives(text(301, 100));
    let sent = probe.passes(Duration::from_secs(5));
    assert_eq!(sent, [(499, "<SEQ=101><ACK=401><CTL=ACK>".to_owned())]);
}

#[test]
fn the_first_waits_for_as_long_as_is_set() {
    let mut probe = established(delaying(), MODERN);
    probe.arrives(text(301, 100));
    assert_eq!(
        probe.connection.deadline(Timer::DelayedAck),
        Some(probe.now + Duration::from_millis(40))
    );
    let sent = probe.passes(Duration::from_secs(1));
    assert_eq!(sent, [(40, "<SEQ=101><ACK=401><CTL=ACK>".to_owned())]);
}

#[test]
fn what_goes_out_anyway_carries_it() {
    let mut probe = established(delaying(), MODERN);
    probe.arrives(text(301, 100));
    probe.call(Call::Send { data: "answer".into(), push: true, urgent: false }).expect("allowed");
    assert_eq!(probe.acks(), [401]);
    assert!(probe.rules.contains(&"ack-rides-along"));
    assert_eq!(probe.connection.deadline(Timer::DelayedAck), None);
    // and the count begins anew
    probe.arrives(text(401, 100));
    assert_eq!(probe.acks(), []);
}

/// MUST-58, MUST-59, MAY-13: all that a segment brings is acknowledged by one. What arrives after
/// the handshake, and whether its last is acknowledged at once.
#[test]
fn what_does_not_wait() {
    let push = |segment: Segment| Segment { flags: segment.flags | Flags::PSH, ..segment };
    let fin = |segment: Segment| Segment { flags: segment.flags | Flags::FIN, ..segment };
    let cases = [
        ("the first", vec![text(301, 10)], None),
        ("the first, pushed", vec![push(text(301, 10))], None),
        ("the second, tiny", vec![text(301, 1000), text(1301, 1)], Some(1302)),
        ("out of order", vec![text(401, 10)], Some(301)),
        ("fills a gap", vec![text(311, 10), text(301, 10)], Some(321)),
        ("fills a part of a gap", vec![text(321, 10), text(301, 10)], Some(311)),
        (
            "fills the first of two gaps",
            vec![text(331, 10), text(311, 10), text(301, 10)],
            Some(321),
        ),
        ("after the gap is filled", vec![text(311, 10), text(301, 10), text(321, 10)], None),
        ("a FIN", vec![fin(text(301, 0))], Some(302)),
        ("text with FIN", vec![fin(text(301, 10))], Some(312)),
        ("all old", vec![text(301, 10), text(301, 10)], Some(311)),
        ("half old", vec![text(301, 10), text(306, 10)], Some(316)),
        ("an ACK", vec![segment(Flags::empty(), 301, Some(101), b"")], None),
    ];
    for (what, segments, expected) in cases {
        let mut probe = established(delaying(), MODERN);
        for segment in segments {
            probe.arrives(segment);
        }
        assert_eq!(probe.acks(), Vec::from_iter(expected), "{what}: {:?}", probe.rules);
    }
}

#[test]
fn without_delay_every_segment_is_acknowledged() {
    let mut probe = established(Config::plain(), MODERN);
    for start in [301, 311, 321] {
        probe.arrives(text(start, 10));
        assert_eq!(probe.acks(), [start + 10]);
    }
}

/// RFC 5961 §7.
#[test]
fn challenges_are_limited() {
    let mut probe = established(Config::plain(), MODERN);
    let mut challenges = 0;
    for _ in 0..300 {
        probe.arrives(segment(Flags::RST, 302, None, b""));
        challenges += probe.acks().len();
    }
    assert_eq!(challenges, 100);
    assert!(probe.rules.contains(&"challenge-ack-limited"));
    probe.passes(Duration::from_secs(1));
    probe.arrives(segment(Flags::RST, 302, None, b""));
    assert_eq!(probe.acks(), [301], "the next second");
}

/// Or two ends that take each other's for unacceptable would answer them without end.
#[test]
fn answers_to_unacceptable_acks_are_limited() {
    for seq in [300, 70_000] {
        let mut probe = established(Config::plain(), MODERN);
        let mut answers = 0;
        for _ in 0..300 {
            probe.arrives(segment(Flags::empty(), seq, Some(101), b""));
            answers += probe.acks().len();
        }
        assert_eq!(answers, 100, "SEQ={seq}");
    }
}

/// The FIN of an application that closes at once carries the acknowledgment of the peer's: a close
/// of three segments. One that does not close makes nobody wait for long.
#[test]
fn the_acknowledgment_of_a_fin_may_wait_for_our_own() {
    let fin = || Segment { flags: Flags::FIN, ..text(301, 0) };
    let three = Config { delayed_fin_ack: true, ..delaying() };
    for (config, at_once) in [(delaying(), true), (three.clone(), false)] {
        let mut probe = established(config, MODERN);
        probe.arrives(fin());
        assert_eq!(probe.state(), State::CloseWait);
        assert_eq!(probe.acks(), if at_once { vec![302] } else { vec![] });
        probe.call(Call::Close).expect("allowed");
        assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=302><CTL=FIN,ACK>"]);
        assert_eq!(probe.connection.deadline(Timer::DelayedAck), None);
    }
    let mut probe = established(three.clone(), MODERN);
    probe.arrives(fin());
    let sent = probe.passes(Duration::from_secs(1));
    assert_eq!(sent, [(40, "<SEQ=101><ACK=302><CTL=ACK>".to_owned())]);

    let mut closer = established(three, MODERN);
    closer.call(Call::Close).expect("allowed");
    closer.arrives(Segment { ack: Some(SeqNumber::new(102)), ..fin() });
    assert_eq!(closer.state(), State::TimeWait, "straight from FIN-WAIT-1");
    assert_eq!(closer.acks().last(), Some(&302), "whoever waits 2 MSL acknowledges at once");
}
