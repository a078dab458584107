//! Every call in every state, with the answer of RFC 9293 §3.10.1 to §3.10.6.

mod common;

use bytes::Bytes;
use common::{ACTIVE, Opened, PASSIVE, in_state};
use tcpscope_tcp::CallError::{AlreadyExists, Closing, DoesNotExist, RemoteUnspecified};
use tcpscope_tcp::{Call, CallError, Config, State};

/// The cell of a table: the error that the call returns, or the state that it leads to and what is
/// sent.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Error(CallError),
    Leads(State, &'static str),
}
use Answer::{Error, Leads};

const STATES: [State; 11] = State::ALL;

fn check(call: &Call, answers: [Answer; 11]) {
    for (state, answer) in STATES.into_iter().zip(answers) {
        let mut probe = in_state(state, Opened::Passively, Config::plain());
        let result = probe.call(call.clone());
        let context = format!("{call:?} in {state}");
        match answer {
            Error(error) => {
                assert_eq!(result, Err(error), "{context}");
                assert_eq!(probe.state(), state, "{context}");
                assert!(probe.sent().is_empty(), "{context}");
            }
            Leads(to, sent) => {
                assert!(result.is_ok(), "{context}: {result:?}");
                assert_eq!(probe.state(), to, "{context}");
                assert_eq!(probe.sent_in_words().concat(), sent, "{context}");
            }
        }
    }
}

// The columns are State::ALL: CLOSED, LISTEN, SYN-SENT, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1,
// FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT.

#[test]
fn open_actively() {
    let exists = Error(AlreadyExists);
    let opens = Leads(State::SynSent, "<SEQ=100><CTL=SYN>");
    check(
        &ACTIVE,
        [opens, opens, exists, exists, exists, exists, exists, exists, exists, exists, exists],
    );
}

#[test]
fn open_passively() {
    let exists = Error(AlreadyExists);
    let listens = Leads(State::Listen, "");
    check(
        &PASSIVE,
        [listens, exists, exists, exists, exists, exists, exists, exists, exists, exists, exists],
    );
}

#[test]
fn send() {
    let queues = |state| Leads(state, "");
    let sends = |state, sent| Leads(state, sent);
    let closing = Error(Closing);
    check(
        &Call::Send { data: Bytes::from_static(b"hello"), push: true, urgent: false },
        [
            Error(DoesNotExist),
            Error(RemoteUnspecified),
            queues(State::SynSent),
            queues(State::SynReceived),
            sends(State::Established, "<SEQ=101><ACK=301><CTL=ACK>"),
            closing,
            closing,
            sends(State::CloseWait, "<SEQ=101><ACK=302><CTL=ACK>"),
            closing,
            closing,
            closing,
        ],
    );
}

#[test]
fn receive() {
    let waits = |state| Leads(state, "");
    // After the peer's FIN the RFC says "error: connection closing"; we say end of stream.
    let ends = |state| Leads(state, "");
    check(
        &Call::Receive { max: 10 },
        [
            Error(DoesNotExist),
            waits(State::Listen),
            waits(State::SynSent),
            waits(State::SynReceived),
            waits(State::Established),
            waits(State::FinWait1),
            waits(State::FinWait2),
            ends(State::CloseWait),
            ends(State::Closing),
            ends(State::LastAck),
            ends(State::TimeWait),
        ],
    );
}

#[test]
fn close() {
    let closing = Error(Closing);
    check(
        &Call::Close,
        [
            Error(DoesNotExist),
            Leads(State::Closed, ""),
            Leads(State::Closed, ""),
            Leads(State::FinWait1, "<SEQ=101><ACK=301><CTL=FIN,ACK>"),
            Leads(State::FinWait1, "<SEQ=101><ACK=301><CTL=FIN,ACK>"),
            closing,
            closing,
            Leads(State::LastAck, "<SEQ=101><ACK=302><CTL=FIN,ACK>"),
            closing,
            closing,
            closing,
        ],
    );
}

#[test]
fn abort() {
    let reset = |sent| Leads(State::Closed, sent);
    let quiet = Leads(State::Closed, "");
    check(
        &Call::Abort,
        [
            Error(DoesNotExist),
            quiet,
            quiet,
            reset("<SEQ=101><CTL=RST>"),
            reset("<SEQ=101><CTL=RST>"),
            reset("<SEQ=102><CTL=RST>"),
            reset("<SEQ=102><CTL=RST>"),
            reset("<SEQ=101><CTL=RST>"),
            quiet,
            quiet,
            quiet,
        ],
    );
}

#[test]
fn status() {
    let mut answers = STATES.map(|state| Leads(state, ""));
    answers[0] = Error(DoesNotExist);
    check(&Call::Status, answers);
}

#[test]
fn close_waits_for_text_that_is_queued_before_the_connection_is_open() {
    let mut probe = in_state(State::SynReceived, Opened::Passively, Config::plain());
    probe.call(Call::Send { data: Bytes::from_static(b"hi"), push: true, urgent: false }).unwrap();
    probe.call(Call::Close).unwrap();
    assert_eq!(probe.state(), State::SynReceived);
    probe.arrives(common::segment(tcpscope_tcp::Flags::empty(), 301, Some(101), b""));
    assert_eq!(probe.state(), State::FinWait1);
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=301><CTL=FIN,ACK>"]);
    assert_eq!(&probe.sent()[0].payload[..], b"hi");
}

#[test]
fn close_with_octets_unread_resets() {
    let mut probe = in_state(State::Established, Opened::Passively, Config::plain());
    probe.arrives(common::segment(tcpscope_tcp::Flags::empty(), 301, Some(101), b"unread"));
    probe.call(Call::Close).unwrap();
    assert_eq!(probe.state(), State::Closed);
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=307><CTL=RST,ACK>"]);
}
