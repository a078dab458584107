//! Keep-alives (RFC 9293 §3.8.4).

mod common;

use bytes::Bytes;
use common::{Opened, Probe, in_state, segment};
use tcpscope_tcp::{Call, Config, Duration, Flags, KeepAlive, Notification, Segment, State, Timer};

const NONE: Flags = Flags::empty();
const PROBE: &str = "<SEQ=100><ACK=301><CTL=ACK>";
const RESET: &str = "<SEQ=101><ACK=301><CTL=RST,ACK>";

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

const FIGURES: KeepAlive = KeepAlive { idle: secs(10), interval: secs(2), count: 3 };

fn config() -> Config {
    Config { keep_alive: Some(FIGURES), ..Config::plain() }
}

fn established(config: Config) -> Probe {
    in_state(State::Established, Opened::Passively, config)
}

fn ack() -> Segment {
    segment(NONE, 301, Some(101), b"")
}

fn sent(sent: &[(u64, String)]) -> Vec<(u64, &str)> {
    sent.iter().map(|(millis, words)| (*millis, words.as_str())).collect()
}

/// RFC 9293 §3.8.4: MUST-25, MUST-28, and MAY-5 by the rest of this file.
#[test]
fn off_by_default() {
    assert_eq!((Config::default().keep_alive, Config::plain().keep_alive), (None, None));
    let figures = KeepAlive::default();
    assert!(figures.idle >= secs(7200), "MUST-28");
    assert!(figures.count > 1, "MUST-29");
    let mut probe = established(Config::plain());
    assert!(probe.passes(secs(30 * 24 * 3600)).is_empty(), "MUST-25");
    assert_eq!(probe.state(), State::Established);
}

/// MUST-29: no one probe decides.
#[test]
fn a_silent_peer_is_given_up_after_count_probes() {
    let mut probe = established(config());
    let probes = probe.passes(secs(60));
    let expected = [(10_000, PROBE), (12_000, PROBE), (14_000, PROBE), (16_000, RESET)];
    assert_eq!(sent(&probes), expected);
    assert_eq!(probe.state(), State::Closed);
    assert_eq!(probe.told(), [Notification::TimedOut]);
}

/// SHLD-12, and MAY-6 where it is asked for.
#[test]
fn probes_carry_no_text_unless_it_is_asked_for() {
    for (keep_alive_octet, octets) in [(false, 0), (true, 1)] {
        let mut probe = established(Config { keep_alive_octet, ..config() });
        probe.expires(Timer::KeepAlive);
        let [sent] = probe.sent()[..] else { panic!("one probe") };
        assert_eq!((sent.seq.value(), sent.text_len()), (100, octets));
        assert_eq!(probe.connection.status().snd_nxt.value(), 101);
    }
}

/// MUST-26.
#[test]
fn whatever_arrives_restarts_the_idle_time() {
    let segments = [
        ("an acknowledgment", ack()),
        ("text", segment(NONE, 301, Some(101), b"text")),
        ("an old duplicate", segment(NONE, 300, Some(101), b"o")),
        ("a RST that is challenged", segment(Flags::RST, 400, None, b"")),
    ];
    for (what, arrives) in segments {
        let mut probe = established(config());
        assert!(probe.passes(secs(9)).is_empty());
        probe.arrives(arrives);
        assert!(probe.passes(Duration::from_millis(9_999)).is_empty(), "{what}");
        assert_eq!(probe.passes(secs(1)).len(), 1, "{what}");
    }
}

#[test]
fn an_answered_probe_begins_the_idle_time_anew() {
    let mut probe = established(config());
    for _ in 0..10 {
        assert_eq!(sent(&probe.passes(secs(12))), [(10_000, PROBE), (12_000, PROBE)]);
        probe.arrives(ack());
        assert!(probe.sent().is_empty());
    }
    assert_eq!(probe.state(), State::Established);
}

#[test]
fn no_probe_while_something_is_in_flight_or_waits() {
    // Text in flight: retransmission asks the peer already (MUST-26).
    let mut probe = established(config());
    let data = Bytes::from_static(b"text");
    probe.call(Call::Send { data: data.clone(), push: true, urgent: false }).unwrap();
    let retransmissions = probe.passes(secs(60));
    assert!(!retransmissions.is_empty());
    assert!(retransmissions.iter().all(|(_, words)| words != PROBE), "{retransmissions:?}");
    // Text that waits for a window: probes of the window ask.
    let mut probe = established(config());
    probe.arrives(Segment { wnd: 0, ..ack() });
    probe.call(Call::Send { data, push: true, urgent: false }).unwrap();
    probe.passes(secs(60));
    assert!(!probe.rules.contains(&"keep-alive-probe"), "{:?}", probe.rules);
    assert_eq!(probe.state(), State::Established);
}

#[test]
fn a_user_timeout_takes_the_place_of_the_count() {
    let user_timeout = Some(secs(17));
    let mut probe = established(Config { user_timeout, ..config() });
    let probes = probe.passes(secs(60));
    let expected =
        [(10_000, PROBE), (12_000, PROBE), (14_000, PROBE), (16_000, PROBE), (18_000, RESET)];
    assert_eq!(sent(&probes), expected);
    // Shorter than the idle time: one probe is sent all the same.
    let mut probe = established(Config { user_timeout: Some(secs(1)), ..config() });
    assert_eq!(sent(&probe.passes(secs(60))), [(10_000, PROBE), (12_000, RESET)]);
}

/// MUST-24, MUST-27.
#[test]
fn turned_on_off_and_retuned_at_run_time() {
    let mut probe = established(Config::plain());
    probe.passes(secs(5));
    probe.does(|connection, now, effects| connection.set_keep_alive(now, Some(FIGURES), effects));
    assert_eq!(probe.connection.deadline(Timer::KeepAlive), Some(probe.now + secs(10)));
    // A new idle time counts from what was last heard, 9 seconds ago.
    probe.passes(secs(4));
    let idle = |idle| Some(KeepAlive { idle: secs(idle), ..FIGURES });
    probe.does(|connection, now, effects| connection.set_keep_alive(now, idle(12), effects));
    assert_eq!(probe.connection.deadline(Timer::KeepAlive), Some(probe.now + secs(3)));
    probe.does(|connection, now, effects| connection.set_keep_alive(now, idle(2), effects));
    assert_eq!(probe.connection.deadline(Timer::KeepAlive), Some(probe.now));
    // The others wait for their turn.
    let before = probe.connection.deadline(Timer::KeepAlive);
    let figures = Some(KeepAlive { idle: secs(2), interval: secs(1), count: 5 });
    probe.does(|connection, now, effects| connection.set_keep_alive(now, figures, effects));
    assert_eq!(probe.connection.deadline(Timer::KeepAlive), before);
    probe.does(|connection, now, effects| connection.set_keep_alive(now, None, effects));
    assert!(probe.passes(secs(24 * 3600)).is_empty());
    assert_eq!(probe.state(), State::Established);
}

#[test]
fn only_where_there_is_a_peer_to_ask() {
    for state in State::ALL {
        let probe = in_state(state, Opened::Passively, config());
        let asked = match state {
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::TimeWait => false,
            State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck => true,
        };
        assert_eq!(probe.connection.deadline(Timer::KeepAlive).is_some(), asked, "{state}");
        let mut late = in_state(state, Opened::Passively, Config::plain());
        late.does(|connection, now, effects| {
            connection.set_keep_alive(now, Some(FIGURES), effects);
        });
        assert_eq!(late.connection.deadline(Timer::KeepAlive).is_some(), asked, "{state}");
    }
}
