//! TIME-WAIT: what is answered, and what ends it (RFC 9293 §3.6.1, RFC 1337, RFC 6191).

use tcpscope_tcp::{Call, Config, Duration, Effects, Flags, Options, Segment, State, Timer};

use crate::common::{Opened, Probe, in_state, segment};
use crate::line::{MODERN, established, stamped, with_timestamp};

fn waiting(config: Config) -> Probe {
    in_state(State::TimeWait, Opened::Passively, config)
}

/// RFC 1337 §3.
#[test]
fn a_reset_ends_it_unless_rfc_1337_is_followed() {
    for (rfc1337, rfc5961, seq, then, sent) in [
        (false, true, 302, State::Closed, 0),
        (false, true, 303, State::TimeWait, 1),
        (false, false, 303, State::Closed, 0),
        (true, true, 302, State::TimeWait, 0),
        (true, true, 303, State::TimeWait, 0),
        (true, false, 303, State::TimeWait, 0),
    ] {
        let mut probe = waiting(Config { rfc1337, rfc5961, ..Config::plain() });
        probe.arrives(segment(Flags::RST, seq, None, b""));
        assert_eq!(probe.state(), then, "RST at {seq}, RFC 1337: {rfc1337}");
        assert_eq!(probe.sent().len(), sent);
    }
}

/// MUST-13: two maximum segment lifetimes, from the last FIN on.
#[test]
fn only_a_fin_makes_it_last_longer() {
    let old = segment(Flags::empty(), 290, Some(102), b"text");
    let text = segment(Flags::empty(), 302, Some(102), b"text");
    let ack = segment(Flags::empty(), 302, Some(102), b"");
    let fin = segment(Flags::FIN, 301, Some(102), b"");
    for (what, segment, answers, longer) in [
        ("old", old, 1, false),
        ("text", text, 1, false),
        ("ACK", ack, 0, false),
        ("FIN", fin, 1, true),
    ] {
        let mut probe = waiting(Config::plain());
        let before = probe.connection.deadline(Timer::TimeWait);
        probe.passes(Duration::from_secs(20));
        probe.arrives(segment);
        assert_eq!(probe.sent_in_words().len(), answers, "{what}");
        assert!(probe.sent_in_words().iter().all(|sent| sent == "<SEQ=102><ACK=302><CTL=ACK>"));
        assert_eq!(probe.connection.deadline(Timer::TimeWait) > before, longer, "{what}");
    }
}

#[test]
fn nothing_else_runs_while_it_lasts() {
    let probe = waiting(Config { delayed_ack: Duration::from_millis(40), ..Config::plain() });
    for timer in Timer::ALL {
        let runs = probe.connection.deadline(timer).is_some();
        assert_eq!(runs, timer == Timer::TimeWait, "{timer:?}");
    }
}

/// MAY-2, SHLD-4: RFC 6191 §2, case by case. The old connection's last number is 301, RCV.NXT 302, and its last
/// timestamp, where it had them, 1000.
#[test]
fn a_newer_syn_may_open_the_connection_anew() {
    // timestamps before and in the SYN, its number => whether it opens anew
    let cases = [
        (true, Some(1001), 100, true),
        (true, Some(1000), 303, true),
        (true, Some(1000), 302, false),
        (true, Some(999), 5000, false),
        (true, None, 303, true),
        (true, None, 301, false),
        (false, Some(1), 100, true),
        (false, None, 303, true),
        (false, None, 302, false),
        (false, None, 100, false),
    ];
    for (before, stamp, seq, opens) in cases {
        let config = Config { timestamps: true, ..Config::plain() };
        let last = if before { stamped(1000) } else { None };
        let mut probe = established(config, Options { timestamps: last, ..MODERN });
        probe.call(Call::Close).expect("allowed");
        let fin = segment(Flags::FIN, 301, Some(102), b"");
        probe.arrives(if before { with_timestamp(fin, 1000) } else { fin });
        assert_eq!(probe.state(), State::TimeWait);

        let options = Options { timestamps: stamp.and_then(stamped), ..MODERN };
        let syn = Segment { options, ..segment(Flags::SYN, seq, None, b"") };
        let context = format!("timestamps before: {before}, now: {stamp:?}, at {seq}");
        assert_eq!(probe.connection.may_reopen(&syn), opens, "{context}");
        for other in [
            Segment { ack: Some(seq_number(102)), ..syn.clone() },
            Segment { flags: Flags::SYN | Flags::RST, ..syn.clone() },
            Segment { flags: Flags::empty(), ..syn.clone() },
        ] {
            assert!(!probe.connection.may_reopen(&other), "{context}: {:?}", other.flags);
        }
        let mut effects = Effects::observed();
        assert_eq!(probe.connection.reopen(probe.now, &syn, &mut effects), opens);
        let expected = if opens { State::Closed } else { State::TimeWait };
        assert_eq!(probe.state(), expected, "{context}");
        let told = effects.entries().iter().any(|entry| entry.reason.rule() == "time-wait-reopens");
        assert_eq!(told, opens);
    }
}

const fn seq_number(value: u32) -> tcpscope_tcp::SeqNumber {
    tcpscope_tcp::SeqNumber::new(value)
}

#[test]
fn where_that_is_off_or_no_time_wait_there_is_no_reopening() {
    let syn = segment(Flags::SYN, 400, None, b"");
    assert!(waiting(Config::plain()).connection.may_reopen(&syn));
    let off = Config { time_wait_reuse: false, ..Config::plain() };
    assert!(!waiting(off).connection.may_reopen(&syn));
    let probe = in_state(State::LastAck, Opened::Passively, Config::plain());
    assert!(!probe.connection.may_reopen(&syn));
    // Whoever does not reopen hands it on: then it is challenged.
    let mut probe = waiting(Config::plain());
    probe.arrives(syn);
    assert_eq!(probe.sent_in_words(), ["<SEQ=102><ACK=302><CTL=ACK>"]);
    assert_eq!(probe.state(), State::TimeWait);
}
