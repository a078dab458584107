//! Urgent data (RFC 9293 §3.8.5).

use tcpscope_tcp::{Config, Effect, Flags, Notification, Segment};

use crate::common::{Probe, segment};
use crate::line::{MODERN, established, text};

fn told(probe: &Probe) -> bool {
    probe.effects.contains(&Effect::Notify(Notification::Urgent))
}

fn urgent(segment: Segment, urg: u16) -> Segment {
    Segment { flags: segment.flags | Flags::URG, urg, ..segment }
}

/// MUST-30, MUST-32, MUST-33.
#[test]
fn the_user_is_told_once_for_each_advance() {
    let mut probe = established(Config::plain(), MODERN);
    // what arrives => whether the user is told, and how much is urgent then
    let cases = [
        (urgent(text(301, 10), 4), true, 4),
        // further on
        (urgent(text(311, 10), 0), true, 10),
        // further on, beyond what has arrived
        (urgent(text(321, 10), 100), true, 120),
        // the same point again, seen from further on
        (urgent(segment(Flags::empty(), 331, Some(101), b""), 90), false, 120),
        // back: the pointer cannot recede
        (urgent(text(331, 10), 5), false, 120),
        // without URG the field means nothing
        (Segment { urg: 500, ..text(341, 10) }, false, 120),
        // on an ACK alone
        (urgent(segment(Flags::empty(), 351, Some(101), b""), 100), true, 150),
    ];
    for (index, (segment, is_told, ahead)) in cases.into_iter().enumerate() {
        probe.arrives(segment);
        assert_eq!(told(&probe), is_told, "{index}: {:?}", probe.rules);
        assert_eq!(probe.connection.urgent_ahead(), ahead, "{index}");
    }
    // It is read as any other text, and then it is over.
    assert_eq!(probe.read(30).len(), 30);
    assert_eq!(probe.connection.urgent_ahead(), 120);
    probe.arrives(text(351, 100));
    assert_eq!(probe.read(1000).len(), 120);
    assert_eq!(probe.connection.urgent_ahead(), 0);
    // What was read cannot become urgent.
    probe.arrives(urgent(text(451, 10), 0));
    assert!(!told(&probe));
    probe.arrives(urgent(text(461, 10), 1));
    assert!(told(&probe));
}

/// MUST-62: it points to the octet that follows.
#[test]
fn the_pointer_counts_from_the_segment_as_it_was_sent() {
    let mut probe = established(Config::plain(), MODERN);
    probe.arrives(text(301, 10));
    probe.arrives(urgent(text(306, 10), 8));
    assert_eq!(probe.connection.urgent_ahead(), 13, "306 + 8 − 301");
    // It lies in what was received and cut off.
    let mut probe = established(Config::plain(), MODERN);
    probe.arrives(text(301, 10));
    probe.read(10);
    probe.arrives(urgent(text(306, 10), 3));
    assert!(!told(&probe));
    // and from the SYN, where it comes with one
    let mut probe = Probe::new(Config::plain());
    probe.call(crate::common::ACTIVE).expect("allowed");
    probe.arrives(urgent(segment(Flags::SYN, 300, Some(101), b"text"), 3));
    assert_eq!(probe.connection.urgent_ahead(), 2, "300 + 3 − 301");
}

#[test]
fn after_the_fin_there_is_none() {
    let mut probe = established(Config::plain(), MODERN);
    probe.arrives(segment(Flags::FIN, 301, Some(101), b""));
    probe.arrives(urgent(segment(Flags::empty(), 302, Some(101), b""), 9));
    assert!(!told(&probe));
    assert_eq!(probe.connection.urgent_ahead(), 0);
}
