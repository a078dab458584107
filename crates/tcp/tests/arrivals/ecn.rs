//! Explicit Congestion Notification (RFC 3168; SHLD-8), as the receiver has it.

use tcpscope_tcp::{Call, Config, Duration, Ecn, Flags, Segment, State, Timer};

use crate::common::{ACTIVE, PASSIVE, Probe, segment};
use crate::line::{MODERN, established_by, text};

const ECE: Flags = Flags::ECE;
const CWR: Flags = Flags::CWR;
const BOTH: Flags = ECE.union(CWR);
const NONE: Flags = Flags::empty();

fn config() -> Config {
    Config { ecn: true, ..Config::plain() }
}

/// The ECN flags of all that went out.
fn flags(probe: &Probe) -> Vec<Flags> {
    probe.sent().into_iter().map(|sent| sent.flags & BOTH).collect()
}

/// The ECN field of a text that goes out now.
fn field(probe: &mut Probe) -> Ecn {
    probe.call(Call::Send { data: "x".into(), push: true, urgent: false }).expect("allowed");
    probe.sent()[0].ecn
}

#[test]
fn the_passive_side_agrees_to_both_flags_alone() {
    // what the SYN has, whether we want it => what the SYN,ACK has
    for (ecn, asked, answered) in [
        (true, BOTH, ECE),
        (true, ECE, NONE),
        (true, CWR, NONE),
        (true, NONE, NONE),
        (false, BOTH, NONE),
    ] {
        let mut probe = Probe::new(Config { ecn, ..config() });
        probe.call(PASSIVE).expect("allowed");
        probe.arrives(Segment { options: MODERN, ..segment(Flags::SYN | asked, 300, None, b"") });
        assert_eq!(flags(&probe), [answered], "{asked:?}");
        assert_eq!(probe.sent()[0].ecn, Ecn::NotEct, "a SYN,ACK is not ECN-capable");
        probe.arrives(segment(NONE, 301, Some(101), b""));
        let expected = if answered == ECE { Ecn::Ect0 } else { Ecn::NotEct };
        assert_eq!(field(&mut probe), expected, "{asked:?}");
    }
}

#[test]
fn the_active_side_takes_ece_alone_for_agreement() {
    for (answer, agreed) in [(ECE, true), (BOTH, false), (CWR, false), (NONE, false)] {
        let mut probe = Probe::new(config());
        probe.call(ACTIVE).expect("allowed");
        assert_eq!(flags(&probe), [BOTH]);
        probe.arrives(Segment {
            options: MODERN,
            ..segment(Flags::SYN | answer, 300, Some(101), b"")
        });
        assert_eq!(flags(&probe), [NONE]);
        assert_eq!(probe.sent()[0].ecn, Ecn::NotEct, "a pure ACK is not ECN-capable");
        assert_eq!(field(&mut probe) == Ecn::Ect0, agreed, "{answer:?}");
    }
}

#[test]
fn a_syn_that_is_lost_is_repeated_without() {
    let mut probe = Probe::new(config());
    probe.call(ACTIVE).expect("allowed");
    probe.expires(Timer::Retransmission);
    assert_eq!(flags(&probe), [NONE]);
    assert!(probe.rules.contains(&"ecn-setup-withdrawn"));
    probe.expires(Timer::Retransmission);
    assert_eq!(flags(&probe), [NONE]);
    probe.arrives(Segment { options: MODERN, ..segment(Flags::SYN | ECE, 300, Some(101), b"") });
    assert_eq!(field(&mut probe), Ecn::NotEct, "the answer to the first comes too late");
}

#[test]
fn a_peer_that_repeats_its_syn_without_gets_none() {
    for (again, agreed) in [(BOTH, true), (NONE, false)] {
        let mut probe = Probe::new(config());
        probe.call(PASSIVE).expect("allowed");
        let syn =
            |flags| Segment { options: MODERN, ..segment(Flags::SYN | flags, 300, None, b"") };
        probe.arrives(syn(BOTH));
        probe.arrives(syn(again));
        assert_eq!(flags(&probe), [if agreed { ECE } else { NONE }]);
        probe.arrives(segment(NONE, 301, Some(101), b""));
        assert_eq!(field(&mut probe) == Ecn::Ect0, agreed);
    }
}

/// RFC 3168 §6.1.3, SHLD-8.
#[test]
fn a_mark_is_echoed_until_the_peer_has_heard() {
    let mut probe = established_by(config(), MODERN, BOTH);
    // each: octets at, the field, CWR => ECE
    let mut at = 301;
    for (ecn, cwr, echoed) in [
        (Ecn::Ect0, false, false),
        (Ecn::Ce, false, true),
        (Ecn::Ect0, false, true),
        (Ecn::NotEct, false, true),
        (Ecn::Ect0, true, false),
        (Ecn::Ect0, false, false),
        (Ecn::Ce, true, true),
        (Ecn::Ect1, true, false),
    ] {
        let flags_in = if cwr { CWR } else { NONE };
        probe.arrives(Segment { ecn, flags: flags_in, ..text(at, 10) });
        assert_eq!(flags(&probe), [if echoed { ECE } else { NONE }], "at {at}: {:?}", probe.rules);
        at += 10;
    }
}

#[test]
fn text_of_ours_echoes_too() {
    let mut probe = established_by(config(), MODERN, BOTH);
    probe.arrives(Segment { ecn: Ecn::Ce, ..text(301, 10) });
    assert_eq!(field(&mut probe), Ecn::Ect0);
    assert_eq!(flags(&probe), [ECE]);
}

#[test]
fn marks_count_only_on_text_that_is_taken() {
    let marked = |segment: Segment| Segment { ecn: Ecn::Ce, ..segment };
    let mut probe = established_by(config(), MODERN, BOTH);
    probe.arrives(text(301, 10));
    // a pure ACK; text from before; text from beyond the window
    for segment in [segment(NONE, 311, Some(101), b""), text(301, 10), text(99_000, 10)] {
        probe.arrives(marked(segment));
        probe.arrives(text(301, 1));
        assert_eq!(flags(&probe), [NONE]);
    }
    // out of order is fine
    probe.arrives(marked(text(321, 10)));
    assert_eq!(flags(&probe), [ECE]);
}

#[test]
fn nothing_that_is_sent_again_is_ecn_capable() {
    let mut probe = established_by(config(), MODERN, BOTH);
    assert_eq!(field(&mut probe), Ecn::Ect0);
    probe.passes(Duration::from_millis(1));
    probe.expires(Timer::Retransmission);
    assert_eq!(probe.sent()[0].ecn, Ecn::NotEct);
}

#[test]
fn without_agreement_marks_mean_nothing() {
    let mut probe = established_by(config(), MODERN, NONE);
    probe.arrives(Segment { ecn: Ecn::Ce, ..text(301, 10) });
    assert_eq!(flags(&probe), [NONE]);
    assert_eq!(probe.state(), State::Established);
}
