//! Text and FIN that come with a SYN (RFC 9293 §3.10.7.2, §3.10.7.3).

use tcpscope_tcp::{Config, Flags, State};

use crate::common::{ACTIVE, PASSIVE, Probe, segment};

fn after_syn(flags: Flags, text: &[u8], config: Config) -> Probe {
    let mut probe = Probe::new(config);
    probe.call(PASSIVE).expect("allowed");
    probe.arrives(segment(Flags::SYN | flags, 300, None, text));
    assert_eq!(probe.acks(), [301], "only the SYN is acknowledged");
    assert_eq!(probe.connection.unread(), 0, "and nothing is delivered yet");
    probe
}

/// The handshake ends with one of these segments: the text is there once.
#[test]
fn it_waits_until_the_connection_is_established() {
    for (what, seq, text) in [
        ("an ACK", 301, &b""[..]),
        ("an ACK beyond the text", 305, b""),
        ("the text again", 301, b"text"),
        ("the text again, and more", 301, b"text, more"),
        ("what comes after it", 305, b", more"),
    ] {
        let mut probe = after_syn(Flags::empty(), b"text", Config::plain());
        probe.arrives(segment(Flags::empty(), seq, Some(101), text));
        assert_eq!(probe.state(), State::Established, "{what}");
        let all: &[u8] = if text.ends_with(b"more") { b"text, more" } else { b"text" };
        assert_eq!(probe.acks(), [301 + all.len() as u32], "{what}: {:?}", probe.rules);
        assert_eq!(&probe.read(100)[..], all, "{what}");
    }
}

#[test]
fn a_fin_waits_too() {
    for text in [&b""[..], b"text"] {
        let mut probe = after_syn(Flags::FIN, text, Config::plain());
        probe.arrives(segment(Flags::empty(), 301, Some(101), b""));
        assert_eq!(probe.state(), State::CloseWait);
        assert_eq!(probe.acks(), [302 + text.len() as u32]);
        assert_eq!(&probe.read(100)[..], text);
    }
}

#[test]
fn no_more_is_kept_than_fits_into_the_window() {
    let mut probe = after_syn(Flags::FIN, b"text", Config { receive_buffer: 3, ..Config::plain() });
    probe.arrives(segment(Flags::empty(), 301, Some(101), b""));
    assert_eq!((&probe.read(100)[..], probe.state()), (&b"tex"[..], State::Established));

    let mut probe = Probe::new(Config { receive_buffer: 3, ..Config::plain() });
    probe.call(ACTIVE).expect("allowed");
    probe.arrives(segment(Flags::SYN, 300, Some(101), b"text"));
    assert_eq!(probe.acks(), [304]);
    assert_eq!(&probe.read(100)[..], b"tex");
}

#[test]
fn a_simultaneous_opening_keeps_it_as_well() {
    let mut probe = Probe::new(Config::plain());
    probe.call(ACTIVE).expect("allowed");
    probe.arrives(segment(Flags::SYN, 300, None, b"text"));
    assert_eq!(probe.state(), State::SynReceived);
    probe.arrives(segment(Flags::SYN, 300, Some(101), b"text"));
    assert_eq!((probe.state(), probe.acks()), (State::Established, vec![305]));
    assert_eq!(&probe.read(100)[..], b"text");
}
