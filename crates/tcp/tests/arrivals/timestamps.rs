//! Timestamps and PAWS (RFC 7323 §3 to §5).

use tcpscope_tcp::{Call, Config, Duration, Flags, Options, Segment, State};

use crate::common::{Probe, segment};
use crate::line::{MODERN, established, stamped, text, with_timestamp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn config() -> Config {
    Config { timestamps: true, timestamp_offset: 7000, sack: true, ..Config::plain() }
}

/// The peer's last timestamp is 1000.
fn line(config: Config) -> Probe {
    established(config, Options { timestamps: stamped(1000), ..MODERN })
}

/// TSval and TSecr of what went out.
fn sent(probe: &Probe) -> Vec<(u32, u32)> {
    let stamps = probe.sent().into_iter().filter_map(|sent| sent.options.timestamps);
    stamps.map(|stamp| (stamp.value, stamp.echo)).collect()
}

#[test]
fn every_segment_carries_the_clock_and_the_echo() {
    // One second has passed when the connection begins.
    let mut probe = line(config());
    probe.arrives(with_timestamp(text(301, 10), 1001));
    assert_eq!(sent(&probe), [(8000, 1001)]);
    probe.passes(Duration::from_millis(250));
    probe.call(Call::Send { data: "x".into(), push: true, urgent: false }).expect("allowed");
    assert_eq!(sent(&probe), [(8250, 1001)]);
}

#[test]
fn a_reset_carries_them_too() {
    let mut probe = line(Config { rfc5961: false, ..config() });
    probe.arrives(with_timestamp(segment(Flags::SYN, 310, None, b""), 1001));
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=301><CTL=RST,ACK>"]);
    assert_eq!(sent(&probe), [(8000, 1000)]);

    let mut probe = line(config());
    probe.call(Call::Abort).expect("allowed");
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><CTL=RST>"]);
    assert_eq!(sent(&probe), [(8000, 0)], "TSecr counts only with ACK");
}

#[test]
fn the_echo_is_that_of_the_first_unacknowledged_segment() {
    let mut probe = line(Config { delayed_ack: Duration::from_millis(40), ..config() });
    probe.arrives(with_timestamp(text(301, 10), 1001));
    probe.arrives(with_timestamp(text(311, 10), 1002));
    assert_eq!(sent(&probe), [(8000, 1001)], "the earlier of the two (RFC 7323 §4.3 (A))");
    // A gap: its echo stays that of the last one in order (B).
    probe.arrives(with_timestamp(text(331, 10), 1004));
    assert_eq!(sent(&probe), [(8000, 1001)]);
    // What fills the gap is echoed (C).
    probe.arrives(with_timestamp(text(321, 10), 1005));
    assert_eq!(sent(&probe), [(8000, 1005)]);
}

/// RFC 7323 §5.3. What arrives when TS.Recent is 1000, whether it is taken, and what is answered.
#[test]
fn paws() {
    let data = || text(301, 10);
    let rst = || segment(Flags::RST, 301, None, b"");
    let cases = [
        ("newer", with_timestamp(data(), 1001), true, Some(311)),
        ("the same", with_timestamp(data(), 1000), true, Some(311)),
        ("older", with_timestamp(data(), 999), false, Some(301)),
        (
            "older by almost half the circle",
            with_timestamp(data(), 1001 + (1 << 31)),
            false,
            Some(301),
        ),
        (
            "newer by almost half the circle",
            with_timestamp(data(), 999 + (1 << 31)),
            true,
            Some(311),
        ),
        ("none", data(), false, None),
        ("older, beyond the window", with_timestamp(text(99_000, 1), 999), false, Some(301)),
    ];
    for (what, segment, taken, ack) in cases {
        let mut probe = line(config());
        probe.arrives(segment);
        assert_eq!(probe.connection.unread() > 0, taken, "{what}");
        assert_eq!(probe.acks(), Vec::from_iter(ack), "{what}: {:?}", probe.rules);
    }
    for (what, segment) in [("older", with_timestamp(rst(), 999)), ("none", rst())] {
        let mut probe = line(config());
        probe.arrives(segment);
        assert_eq!(probe.state(), State::Closed, "a RST with {what}: no test");
    }
}

/// RFC 5961 §4.2: a peer that has crashed does not know what was agreed on.
#[test]
fn a_syn_without_is_challenged() {
    let mut probe = line(config());
    probe.arrives(Segment { options: MODERN, ..segment(Flags::SYN, 9000, None, b"") });
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=301><CTL=ACK>"]);
    assert_eq!(probe.state(), State::Established);
    probe.arrives(segment(Flags::RST, 301, None, b""));
    assert_eq!(probe.state(), State::Closed, "so the half-open connection is found out");
}

#[test]
fn what_is_dropped_leaves_no_timestamp() {
    let mut probe = line(config());
    // beyond the window; of a RST that is not right; out of order
    probe.arrives(with_timestamp(text(99_000, 1), 5000));
    probe.arrives(with_timestamp(segment(Flags::RST, 305, None, b""), 5000));
    probe.arrives(with_timestamp(text(305, 1), 5000));
    assert_eq!(sent(&probe), [(8000, 1000)]);
    probe.arrives(with_timestamp(text(301, 1), 1001));
    assert_eq!(sent(&probe), [(8000, 1001)]);
}

#[test]
fn after_24_days_a_timestamp_says_nothing() {
    for (days, taken) in [(23, false), (25, true)] {
        let mut probe = line(config());
        probe.passes(DAY.times(days));
        probe.arrives(with_timestamp(text(301, 10), 900));
        assert_eq!(probe.connection.unread() > 0, taken, "after {days} days");
        assert_eq!(probe.rules.contains(&"paws-outdated"), taken);
        if taken {
            assert_eq!(sent(&probe)[0].1, 900, "and is replaced");
        }
    }
}

#[test]
fn a_syn_carries_them_where_they_are_wanted() {
    use crate::common::{ACTIVE, PASSIVE};
    let mut probe = Probe::new(config());
    probe.call(ACTIVE).expect("allowed");
    assert_eq!(sent(&probe), [(8000, 0)]);
    let options = Options { timestamps: stamped(55), ..MODERN };
    probe.arrives(Segment { options, ..segment(Flags::SYN, 300, Some(101), b"") });
    assert_eq!(sent(&probe), [(8000, 55)]);

    // Not where the peer's SYN has none.
    let mut probe = Probe::new(config());
    probe.call(PASSIVE).expect("allowed");
    probe.arrives(Segment { options: MODERN, ..segment(Flags::SYN, 300, None, b"") });
    assert_eq!(sent(&probe), []);
    assert!(probe.rules.contains(&"not-agreed"));
    probe.arrives(segment(Flags::empty(), 301, Some(101), b""));
    probe.arrives(text(301, 10));
    assert_eq!((sent(&probe), probe.acks()), (vec![], vec![311]));
}
