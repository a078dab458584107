//! ICMP messages (RFC 9293 §3.9.2.2, RFC 5927).

mod common;

use bytes::Bytes;
use common::{Opened, Probe, in_state, segment};
use tcpscope_tcp::{Call, Config, Duration, Flags, IcmpError, Notification, SeqNumber, State};

const NONE: Flags = Flags::empty();

const SOFT: [IcmpError; 5] = [
    IcmpError::NetworkUnreachable,
    IcmpError::HostUnreachable,
    IcmpError::SourceRouteFailed,
    IcmpError::TimeExceeded,
    IcmpError::ParameterProblem,
];
const HARD: [IcmpError; 2] = [IcmpError::ProtocolUnreachable, IcmpError::PortUnreachable];

fn icmp(probe: &mut Probe, error: IcmpError, seq: u32) {
    probe.does(|connection, now, effects| {
        connection.icmp(now, error, SeqNumber::new(seq), effects);
    });
}

fn send(probe: &mut Probe, octets: usize) {
    let data = Bytes::from(vec![7; octets]);
    probe.call(Call::Send { data, push: true, urgent: false }).expect("the call is allowed here");
}

/// A connection in `state` with something in flight, and the number of its first octet.
fn in_flight(state: State, opened: Opened) -> Option<(Probe, u32)> {
    let mut probe = in_state(state, opened, Config::plain());
    match state {
        State::Closed | State::Listen | State::FinWait2 | State::TimeWait => return None,
        State::Established | State::CloseWait => send(&mut probe, 4),
        State::SynSent | State::SynReceived | State::FinWait1 | State::Closing | State::LastAck => {
        }
    }
    let seq = probe.connection.status().snd_una.value();
    Some((probe, seq))
}

/// MUST-54, MUST-56, SHLD-25.
#[test]
fn soft_errors_never_abort() {
    for state in State::ALL {
        for error in SOFT {
            let Some((mut probe, seq)) = in_flight(state, Opened::Actively) else { continue };
            icmp(&mut probe, error, seq);
            assert_eq!(probe.state(), state, "{error:?} in {state}: MUST-56");
            assert_eq!(probe.rules, ["icmp-soft"], "{error:?} in {state}");
            assert_eq!(probe.connection.last_soft_error(), Some(error), "SHLD-25");
        }
    }
}

/// SHLD-26.
#[test]
fn hard_errors_abort_what_is_not_yet_synchronized() {
    for error in HARD {
        for state in State::ALL {
            let Some((mut probe, seq)) = in_flight(state, Opened::Actively) else { continue };
            icmp(&mut probe, error, seq);
            if state.is_synchronized() {
                assert_eq!(probe.state(), state, "{error:?} in {state}: RFC 5927 §5.2");
                assert_eq!(probe.connection.last_soft_error(), Some(error));
            } else {
                assert_eq!(probe.state(), State::Closed, "{error:?} in {state}: SHLD-26");
                assert_eq!(probe.told(), [Notification::Refused]);
            }
            assert!(probe.sent().is_empty());
        }
        let (mut probe, seq) = in_flight(State::SynReceived, Opened::Passively).unwrap();
        icmp(&mut probe, error, seq);
        assert_eq!(probe.state(), State::Listen, "who listens goes on listening");
    }
}

/// MUST-55.
#[test]
fn source_quench_is_dropped() {
    for state in State::ALL {
        let Some((mut probe, seq)) = in_flight(state, Opened::Actively) else { continue };
        icmp(&mut probe, IcmpError::SourceQuench, seq);
        assert_eq!(probe.rules, ["icmp-dropped"], "MUST-55");
        assert_eq!(probe.state(), state);
        assert_eq!(probe.connection.last_soft_error(), None);
    }
}

/// RFC 5927 §4.1.
#[test]
fn what_is_not_in_flight_cannot_have_failed() {
    let errors = SOFT.into_iter().chain(HARD).chain([IcmpError::FragmentationNeeded { mtu: 576 }]);
    for error in errors {
        for state in State::ALL {
            let mut probe = in_state(state, Opened::Actively, Config::plain());
            let status = probe.connection.status();
            let (una, nxt) = (status.snd_una, status.snd_nxt);
            for seq in [una - 1, nxt, nxt + 1, nxt + 0x8000_0000] {
                icmp(&mut probe, error, seq.value());
                assert_eq!(probe.rules, ["icmp-dropped"], "{error:?} about {seq} in {state}");
                assert_eq!(probe.state(), state);
            }
        }
    }
}

#[test]
fn a_soft_error_is_remembered_until_the_peer_is_heard() {
    let (mut probe, seq) = in_flight(State::Established, Opened::Actively).unwrap();
    icmp(&mut probe, IcmpError::HostUnreachable, seq);
    probe.arrives(segment(NONE, 301, Some(101), b""));
    assert_eq!(probe.connection.last_soft_error(), None);
    icmp(&mut probe, IcmpError::HostUnreachable, seq);
    probe.passes(Duration::from_secs(3600));
    assert_eq!(probe.state(), State::Closed);
    assert_eq!(probe.connection.last_soft_error(), Some(IcmpError::HostUnreachable));
}

/// RFC 9293 §3.7.2, RFC 1191.
#[test]
fn a_smaller_mtu_makes_smaller_segments() {
    // what the router says, and the MSS that follows
    let cases = [(576, 536), (1000, 960), (40, 28), (0, 966)];
    for (mtu, mss) in cases {
        let mut probe = in_state(State::Established, Opened::Actively, Config::plain());
        let full = probe.connection.status().mss;
        assert_eq!(full, 1000, "the peer's MSS");
        send(&mut probe, 2000);
        assert_eq!(probe.sent().iter().map(|sent| sent.text_len()).collect::<Vec<_>>(), [1000; 2]);
        icmp(&mut probe, IcmpError::FragmentationNeeded { mtu }, 101);
        assert_eq!(probe.connection.status().mss, mss, "MTU {mtu}");
        let cwnd = probe.connection.status().cwnd;
        assert_eq!(cwnd, 10_000, "too big is not too much: RFC 1191 §6.5");
        let first = probe.sent()[0];
        assert_eq!(first.seq, SeqNumber::new(101), "sent again at once");
        assert!(probe.sent().iter().all(|sent| sent.text_len() <= mss));
        assert_eq!(probe.connection.status().snd_nxt, SeqNumber::new(2101));
        // No message makes segments larger.
        icmp(&mut probe, IcmpError::FragmentationNeeded { mtu: 1400 }, 101);
        assert_eq!(probe.connection.status().mss, mss);
        assert_eq!(probe.rules, ["icmp-dropped"]);
    }
}

#[test]
fn the_options_of_each_segment_count() {
    let mut probe = in_state(State::SynSent, Opened::Actively, Config::default());
    icmp(&mut probe, IcmpError::FragmentationNeeded { mtu: 552 }, 100);
    let mut syn_ack = segment(Flags::SYN, 300, Some(101), b"");
    syn_ack.options.timestamps = Some(tcpscope_tcp::Timestamps { value: 1, echo: 1000 });
    probe.arrives(syn_ack);
    assert_eq!(probe.state(), State::Established);
    assert_eq!(probe.connection.status().mss, 552 - 40 - 12);
}
