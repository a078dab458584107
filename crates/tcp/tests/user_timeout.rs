//! The user timeout (RFC 9293 §3.9.1, §3.10.8, RFC 5482), R1 and R2 (RFC 9293 §3.8.3).

mod common;

use bytes::Bytes;
use common::{Opened, Probe, in_state, segment};
use tcpscope_tcp::{Call, Config, Duration, Flags, Notification, Segment, State, Timer};

const NONE: Flags = Flags::empty();

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn config(timeout: u64) -> Config {
    Config { user_timeout: Some(secs(timeout)), ..Config::plain() }
}

fn established(config: Config) -> Probe {
    in_state(State::Established, Opened::Passively, config)
}

fn send(probe: &mut Probe, text: &'static [u8]) {
    let data = Bytes::from_static(text);
    probe.call(Call::Send { data, push: true, urgent: false }).expect("the call is allowed here");
}

fn times(sent: &[(u64, String)]) -> Vec<u64> {
    sent.iter().map(|(millis, _)| *millis).collect()
}

/// The connection ends when `span` has passed, and not before.
fn ends_after(probe: &mut Probe, span: Duration) {
    let state = probe.state();
    probe.passes(span - Duration::from_millis(1));
    assert_eq!(probe.state(), state);
    let sent = probe.passes(Duration::from_millis(1));
    assert_eq!(probe.state(), State::Closed);
    assert_eq!(probe.told(), [Notification::TimedOut]);
    assert!(probe.rules.contains(&"user-timeout-expires"), "{:?}", probe.rules);
    assert!(sent.is_empty(), "flushed, and not reset: {sent:?}");
    assert!(probe.connection.next_timeout().is_none());
}

/// RFC 5482, RFC 9293 §3.10.8.
#[test]
fn in_every_state_in_which_something_waits_for_the_peer() {
    for opened in [Opened::Passively, Opened::Actively] {
        for state in State::ALL {
            let mut probe = in_state(state, opened, config(7));
            let runs = probe.connection.deadline(Timer::UserTimeout).is_some();
            match state {
                // A SYN or a FIN is in flight.
                State::SynSent
                | State::SynReceived
                | State::FinWait1
                | State::Closing
                | State::LastAck => ends_after(&mut probe, secs(7)),
                State::Established | State::CloseWait => {
                    assert!(!runs, "{state}");
                    send(&mut probe, b"text");
                    ends_after(&mut probe, secs(7));
                }
                State::Closed | State::Listen | State::FinWait2 | State::TimeWait => {
                    assert!(!runs, "{state}");
                }
            }
        }
    }
}

#[test]
fn the_syn_is_repeated_until_then() {
    let mut probe = in_state(State::SynSent, Opened::Actively, config(5));
    assert_eq!(times(&probe.passes(secs(60))), [1000, 3000]);
    assert_eq!(probe.state(), State::Closed);
    // Where both run out at once, nothing more is sent.
    let mut probe = in_state(State::SynSent, Opened::Actively, config(3));
    assert_eq!(times(&probe.passes(secs(60))), [1000]);
}

#[test]
fn progress_begins_it_anew() {
    let mut probe = established(config(5));
    send(&mut probe, b"text");
    probe.passes(secs(4));
    probe.arrives(segment(NONE, 301, Some(103), b""));
    // An ACK that covers nothing new is no progress.
    probe.passes(secs(4));
    assert_eq!(probe.state(), State::Established);
    probe.arrives(segment(NONE, 301, Some(103), b""));
    ends_after(&mut probe, secs(1));
}

#[test]
fn it_stops_when_all_is_acknowledged() {
    let mut probe = established(config(5));
    send(&mut probe, b"text");
    probe.arrives(segment(NONE, 301, Some(105), b""));
    assert_eq!(probe.connection.deadline(Timer::UserTimeout), None);
    probe.passes(secs(3600));
    assert_eq!(probe.state(), State::Established);
}

/// With its window at zero the peer answers each probe.
fn zero_window(config: Config, span: Duration) -> Probe {
    let mut probe = established(config);
    let refusal = || Segment { wnd: 0, ..segment(NONE, 301, Some(101), b"") };
    probe.arrives(refusal());
    send(&mut probe, b"text");
    let end = probe.now + span;
    while let Some((timer, at)) = probe.connection.next_timeout().filter(|(_, at)| *at < end) {
        probe.now = at;
        probe.expires(timer);
        if !probe.sent().is_empty() {
            probe.arrives(refusal());
        }
    }
    probe
}

/// MUST-37.
#[test]
fn a_window_may_stay_zero_forever_unless_the_user_says_otherwise() {
    let day = secs(24 * 3600);
    let probe = zero_window(Config::plain(), day);
    assert_eq!(probe.state(), State::Established, "MUST-37");
    let mut probe = zero_window(config(90), secs(90));
    assert_eq!(probe.state(), State::Established);
    ends_after_zero_window(&mut probe);
}

fn ends_after_zero_window(probe: &mut Probe) {
    let at = probe.connection.deadline(Timer::UserTimeout).expect("it runs");
    assert_eq!(at, common::NOW + secs(90), "answers to probes are no progress");
    probe.expires(Timer::UserTimeout);
    assert_eq!(probe.state(), State::Closed);
}

#[test]
fn an_opening_window_begins_it_anew() {
    let mut probe = zero_window(config(90), secs(60));
    probe.now = common::NOW + secs(60);
    probe.arrives(segment(NONE, 301, Some(101), b""));
    let at = probe.connection.deadline(Timer::UserTimeout);
    assert_eq!(at, Some(common::NOW + secs(150)));
}

/// MUST-20, MUST-21, MUST-22, SHLD-9, SHLD-10, MUST-47.
#[test]
fn r2_counts_retransmissions_where_there_is_no_user_timeout() {
    let config = Config { data_retries: 5, syn_retries: 3, ..Config::plain() };
    let mut probe = established(config.clone());
    send(&mut probe, b"text");
    // RTO 200 ms at least, doubled each time.
    assert_eq!(times(&probe.passes(secs(60))), [200, 600, 1400, 3000, 6200]);
    assert_eq!(probe.told(), [Notification::Unresponsive, Notification::TimedOut], "SHLD-9");
    let mut probe = in_state(State::SynSent, Opened::Actively, config.clone());
    assert_eq!(times(&probe.passes(secs(60))), [1000, 3000, 7000]);
    assert_eq!(probe.state(), State::Closed);
    // A user timeout takes the place of the count for text; a SYN has both.
    let user_timeout = Some(secs(20));
    let mut probe = established(Config { user_timeout, ..config.clone() });
    send(&mut probe, b"text");
    assert_eq!(times(&probe.passes(secs(60))), [200, 600, 1400, 3000, 6200, 12_600]);
    let mut probe = in_state(State::SynSent, Opened::Actively, Config { user_timeout, ..config });
    assert_eq!(times(&probe.passes(secs(60))), [1000, 3000, 7000]);
    assert!(probe.rules.contains(&"r2-reached"));
}

/// SHLD-11.
#[test]
fn the_defaults_last_long_enough() {
    for config in [Config::plain(), Config::default()] {
        let mut probe = established(config.clone());
        send(&mut probe, b"text");
        probe.passes(secs(100));
        assert_eq!(probe.state(), State::Established, "SHLD-11: R2 is at least 100 seconds");
        probe.passes(secs(3600));
        assert_eq!(probe.state(), State::Closed, "MUST-20");
    }
}

/// MUST-23.
#[test]
fn seven_more_syns_last_three_minutes() {
    let config = Config { syn_retries: 7, ..Config::plain() };
    let mut probe = in_state(State::SynSent, Opened::Actively, config);
    probe.passes(secs(180));
    assert_eq!(probe.state(), State::SynSent);
    probe.passes(secs(180));
    assert_eq!(probe.state(), State::Closed);
}

/// MUST-21.
#[test]
fn set_at_run_time_it_counts_from_the_last_progress() {
    let set = |probe: &mut Probe, timeout: Option<u64>| {
        probe.does(|connection, now, effects| {
            connection.set_user_timeout(now, timeout.map(secs), effects);
        });
    };
    let mut probe = established(config(60));
    send(&mut probe, b"text");
    probe.passes(secs(4));
    set(&mut probe, Some(10));
    assert_eq!(probe.connection.deadline(Timer::UserTimeout), Some(common::NOW + secs(10)));
    set(&mut probe, None);
    assert_eq!(probe.connection.deadline(Timer::UserTimeout), None);
    set(&mut probe, Some(5));
    assert_eq!(probe.connection.deadline(Timer::UserTimeout), Some(probe.now + secs(5)));
    // Set to what has passed already, it is over at once.
    probe.passes(secs(3));
    set(&mut probe, Some(1));
    probe.passes(Duration::ZERO);
    assert_eq!(probe.state(), State::Closed);
}
