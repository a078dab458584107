//! The calls that end a connection, with text queued, with text unread, and what comes after
//! (RFC 9293 §3.6, §3.10.4, §3.10.5).

mod common;

use bytes::Bytes;
use common::{Opened, Probe, in_state, segment};
use tcpscope_tcp::CallError::{Closing, DoesNotExist};
use tcpscope_tcp::{
    Call, CallError, Config, Duration, Flags, Notification, Reply, Segment, State, Timer,
};

const NONE: Flags = Flags::empty();

/// The error that the call returns, or the state that it leads to and what is sent.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Error(CallError),
    Leads(State, &'static str),
}
use Answer::{Error, Leads};

fn check(mut probe: Probe, call: &Call, answer: Answer) -> Probe {
    let state = probe.state();
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
    probe
}

/// One answer for each of the states, in the order of [`State::ALL`].
fn check_all(call: &Call, answers: [Answer; 11]) {
    for opened in [Opened::Passively, Opened::Actively] {
        for (state, answer) in State::ALL.into_iter().zip(answers) {
            check(in_state(state, opened, Config::plain()), call, answer);
        }
    }
}

fn established() -> Probe {
    in_state(State::Established, Opened::Passively, Config::plain())
}

fn send(probe: &mut Probe, text: &'static [u8]) {
    let data = Bytes::from_static(text);
    probe.call(Call::Send { data, push: true, urgent: false }).expect("the call is allowed here");
}

fn receive(probe: &mut Probe) -> Result<Reply, CallError> {
    probe.call(Call::Receive { max: 100 })
}

/// A connection in `state` with four octets that nobody has read.
fn unread(state: State) -> Option<Probe> {
    let text = |flags, seq, ack| segment(flags, seq, Some(ack), b"text");
    let mut probe = match state {
        State::Closed | State::Listen | State::SynSent | State::SynReceived => return None,
        State::Established | State::FinWait1 | State::FinWait2 => {
            let mut probe = in_state(state, Opened::Passively, Config::plain());
            let ack = probe.connection.status().snd_una.value();
            probe.arrives(text(NONE, 301, ack));
            probe
        }
        State::CloseWait | State::LastAck => {
            let mut probe = established();
            probe.arrives(text(Flags::FIN, 301, 101));
            if state == State::LastAck {
                probe.call(Call::ShutWrite).expect("the call is allowed here");
            }
            probe
        }
        State::Closing | State::TimeWait => {
            let ack = if state == State::Closing { 101 } else { 102 };
            let mut probe = in_state(State::FinWait1, Opened::Passively, Config::plain());
            probe.arrives(text(Flags::FIN, 301, ack));
            probe
        }
    };
    assert_eq!(probe.state(), state);
    assert_eq!(probe.connection.unread(), 4);
    probe.effects.clear();
    Some(probe)
}

/// A connection in `state` with text queued that the peer's window does not let out.
fn queued(state: State) -> Probe {
    let mut probe = in_state(state, Opened::Passively, Config::plain());
    let next = probe.connection.status().rcv_nxt.value();
    probe.arrives(Segment { wnd: 0, ..segment(NONE, next, Some(101), b"") });
    send(&mut probe, b"queued");
    assert!(probe.sent().is_empty());
    probe
}

#[test]
fn shut_write_is_close() {
    let closing = Error(Closing);
    check_all(
        &Call::ShutWrite,
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
fn shut_read_tells_the_peer_nothing() {
    let mut answers = State::ALL.map(|state| Leads(state, ""));
    answers[0] = Error(DoesNotExist);
    check_all(&Call::ShutRead, answers);
}

/// MAY-1.
#[test]
fn orphan_closes_what_is_not_closed() {
    check_all(
        &Call::Orphan,
        [
            Error(DoesNotExist),
            Leads(State::Closed, ""),
            Leads(State::Closed, ""),
            Leads(State::FinWait1, "<SEQ=101><ACK=301><CTL=FIN,ACK>"),
            Leads(State::FinWait1, "<SEQ=101><ACK=301><CTL=FIN,ACK>"),
            Leads(State::FinWait1, ""),
            Leads(State::FinWait2, ""),
            Leads(State::LastAck, "<SEQ=101><ACK=302><CTL=FIN,ACK>"),
            Leads(State::Closing, ""),
            Leads(State::LastAck, ""),
            Leads(State::TimeWait, ""),
        ],
    );
    for state in State::ALL {
        let mut probe = in_state(state, Opened::Passively, Config::plain());
        if probe.call(Call::Orphan).is_ok() && probe.state() != State::Closed {
            check(probe, &Call::Orphan, Error(Closing));
        }
    }
}

#[test]
fn linger_is_abort_with_an_acknowledgment() {
    let quiet = Leads(State::Closed, "");
    check_all(
        &Call::Linger,
        [
            Error(DoesNotExist),
            quiet,
            quiet,
            Leads(State::Closed, "<SEQ=101><ACK=301><CTL=RST,ACK>"),
            Leads(State::Closed, "<SEQ=101><ACK=301><CTL=RST,ACK>"),
            Leads(State::Closed, "<SEQ=102><ACK=301><CTL=RST,ACK>"),
            Leads(State::Closed, "<SEQ=102><ACK=301><CTL=RST,ACK>"),
            Leads(State::Closed, "<SEQ=101><ACK=302><CTL=RST,ACK>"),
            quiet,
            quiet,
            quiet,
        ],
    );
}

/// SHLD-3.
#[test]
fn with_text_unread() {
    let closing = Error(Closing);
    let reset = |sent| Leads(State::Closed, sent);
    // state, CLOSE, shutdown of the write side, close of the descriptor
    let cases = [
        (
            State::Established,
            reset("<SEQ=101><ACK=305><CTL=RST,ACK>"),
            Leads(State::FinWait1, "<SEQ=101><ACK=305><CTL=FIN,ACK>"),
            reset("<SEQ=101><ACK=305><CTL=RST,ACK>"),
        ),
        (State::FinWait1, closing, closing, reset("<SEQ=102><ACK=305><CTL=RST,ACK>")),
        (State::FinWait2, closing, closing, reset("<SEQ=102><ACK=305><CTL=RST,ACK>")),
        (
            State::CloseWait,
            reset("<SEQ=101><ACK=306><CTL=RST,ACK>"),
            Leads(State::LastAck, "<SEQ=101><ACK=306><CTL=FIN,ACK>"),
            reset("<SEQ=101><ACK=306><CTL=RST,ACK>"),
        ),
        (State::Closing, closing, closing, reset("<SEQ=102><ACK=306><CTL=RST,ACK>")),
        (State::LastAck, closing, closing, reset("<SEQ=102><ACK=306><CTL=RST,ACK>")),
        (State::TimeWait, closing, closing, Leads(State::TimeWait, "")),
    ];
    for (state, close, shut_write, orphan) in cases {
        check(unread(state).unwrap(), &Call::Close, close);
        let mut half_closed = check(unread(state).unwrap(), &Call::ShutWrite, shut_write);
        let text = receive(&mut half_closed);
        assert_eq!(
            text,
            Ok(Reply::Received { data: "text".into(), push: false }),
            "{state}: still readable"
        );
        let gone = check(unread(state).unwrap(), &Call::Orphan, orphan);
        assert_eq!(gone.connection.unread(), 0);
        let aborted = unread(state).unwrap();
        let mut aborted = check(aborted, &Call::Abort, abort_of(state));
        assert_eq!(receive(&mut aborted), Err(DoesNotExist));
    }
}

fn abort_of(state: State) -> Answer {
    Leads(
        State::Closed,
        match state {
            State::Established | State::CloseWait => "<SEQ=101><CTL=RST>",
            State::FinWait1 | State::FinWait2 => "<SEQ=102><CTL=RST>",
            _ => "",
        },
    )
}

#[test]
fn with_text_queued() {
    for call in [Call::Close, Call::ShutWrite, Call::Orphan] {
        // The FIN waits for the text; ESTABLISHED is left at once, CLOSE-WAIT is not (§3.10.4).
        let mut probe = check(queued(State::Established), &call, Leads(State::FinWait1, ""));
        probe.arrives(segment(NONE, 301, Some(101), b""));
        assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=301><CTL=FIN,ACK>"], "{call:?}");
        assert_eq!(probe.sent()[0].payload, "queued");
        assert_eq!(probe.state(), State::FinWait1);

        let mut probe = check(queued(State::CloseWait), &call, Leads(State::CloseWait, ""));
        check(queued(State::CloseWait), &call, Leads(State::CloseWait, ""));
        assert_eq!(probe.call(Call::Close), Err(Closing), "{call:?}: only once");
        let send_again = Call::Send { data: "x".into(), push: true, urgent: false };
        assert_eq!(probe.call(send_again), Err(Closing));
        probe.arrives(segment(NONE, 302, Some(101), b""));
        assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=302><CTL=FIN,ACK>"], "{call:?}");
        assert_eq!(probe.state(), State::LastAck);
    }
    for state in [State::Established, State::CloseWait] {
        let gone = check(queued(state), &Call::Abort, abort_of(state));
        assert_eq!(gone.connection.status().unsent, 0, "queues are flushed");
        assert!(gone.connection.next_timeout().is_none());
    }
}

/// MAY-14.
#[test]
fn flush_forgets_what_the_window_does_not_let_out() {
    let mut answers = State::ALL.map(|state| Leads(state, ""));
    answers[0] = Error(DoesNotExist);
    check_all(&Call::Flush, answers);
    for state in [State::Established, State::CloseWait] {
        let mut probe = check(queued(state), &Call::Flush, Leads(state, ""));
        assert_eq!(probe.connection.status().unsent, 0);
        assert!(probe.connection.next_timeout().is_none(), "nothing waits any more");
        // The FIN follows what is left, and it is nothing.
        let next = probe.connection.status().rcv_nxt.value();
        probe.arrives(segment(NONE, next, Some(101), b""));
        probe.call(Call::Close).unwrap();
        assert_eq!(probe.sent()[0].seq.value(), 101);
        assert!(probe.sent()[0].payload.is_empty());
    }
    // What is in flight, or may be, stays.
    let mut probe = established();
    probe.arrives(Segment { wnd: 6, ..segment(NONE, 301, Some(101), b"") });
    send(&mut probe, b"in flight, and not");
    assert_eq!(probe.connection.status().unsent, 18, "the window is silly");
    probe.expires(Timer::Persist);
    assert_eq!(probe.sent()[0].payload, "in fli");
    probe.call(Call::Flush).unwrap();
    assert_eq!(probe.connection.status().unsent, 0);
    probe.arrives(segment(NONE, 301, Some(107), b""));
    assert!(probe.sent().is_empty());
    send(&mut probe, b"ght");
    assert_eq!((probe.sent()[0].seq.value(), &probe.sent()[0].payload[..]), (107, &b"ght"[..]));
}

#[test]
fn peek_leaves_the_octets_where_they_are() {
    for state in State::ALL {
        let Some(mut probe) = unread(state) else { continue };
        assert_eq!(probe.connection.peek(2), "te", "{state}");
        assert_eq!(probe.connection.peek(100), "text", "{state}");
        assert_eq!(
            receive(&mut probe),
            Ok(Reply::Received { data: "text".into(), push: false }),
            "{state}"
        );
        assert_eq!(probe.connection.peek(100), "", "{state}");
    }
}

#[test]
fn after_shut_read_text_is_acknowledged_and_the_end_of_the_stream_is_found() {
    let mut probe = established();
    probe.arrives(segment(NONE, 301, Some(101), b"early"));
    probe.call(Call::ShutRead).unwrap();
    assert_eq!(receive(&mut probe), Ok(Reply::Received { data: "early".into(), push: false }));
    assert_eq!(receive(&mut probe), Ok(Reply::EndOfStream));
    probe.arrives(segment(NONE, 306, Some(101), b"late"));
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=310><CTL=ACK>"]);
    assert_eq!(probe.state(), State::Established);
    // Sending goes on.
    send(&mut probe, b"hi");
    assert_eq!(probe.sent_in_words(), ["<SEQ=101><ACK=310><CTL=ACK>"]);
}

/// Text for nobody: RFC 9293 §3.6.1, SHLD-3; RFC 1122 §4.2.2.13.
#[test]
fn text_after_both_directions_are_closed_is_answered_with_a_reset() {
    type Calls = &'static [Call];
    let ways: [Calls; 3] =
        [&[Call::Orphan], &[Call::ShutWrite, Call::Orphan], &[Call::ShutRead, Call::ShutWrite]];
    for calls in ways {
        for (fin_acked, reset) in [(false, "<SEQ=101><CTL=RST>"), (true, "<SEQ=102><CTL=RST>")] {
            let mut probe = established();
            for call in calls {
                probe.call(call.clone()).unwrap();
            }
            let ack = if fin_acked { 102 } else { 101 };
            // What was received before is no news, and a FIN alone is no text.
            probe.arrives(segment(NONE, 300, Some(ack), b"o"));
            assert_eq!(probe.state().name().get(..8), Some("FIN-WAIT"), "{calls:?}");
            probe.arrives(segment(NONE, 301, Some(ack), b"late"));
            assert_eq!(probe.sent_in_words(), [reset], "{calls:?}");
            assert_eq!(probe.state(), State::Closed, "{calls:?}");
        }
    }
    // Ahead of a gap it is as unwanted.
    let mut probe = established();
    probe.call(Call::Orphan).unwrap();
    probe.arrives(segment(NONE, 309, Some(102), b"ahead"));
    assert_eq!(probe.sent_in_words(), ["<SEQ=102><CTL=RST>"]);
    // CLOSE alone is simplex: the user may still receive (§3.6).
    let mut probe = established();
    probe.call(Call::Close).unwrap();
    probe.arrives(segment(NONE, 301, Some(102), b"late"));
    assert_eq!(probe.sent_in_words(), ["<SEQ=102><ACK=305><CTL=ACK>"]);
    assert_eq!(receive(&mut probe), Ok(Reply::Received { data: "late".into(), push: false }));
}

#[test]
fn an_orphan_in_fin_wait_2_ends_by_itself() {
    let minute = Config::plain().fin_wait_2_timeout;
    // The descriptor is closed before or after the FIN is acknowledged.
    for early in [true, false] {
        let mut probe = established();
        probe.call(Call::ShutWrite).unwrap();
        if early {
            probe.call(Call::Orphan).unwrap();
        }
        probe.arrives(segment(NONE, 301, Some(102), b""));
        if !early {
            probe.passes(Duration::from_secs(3600));
            assert_eq!(probe.state(), State::FinWait2, "held, it waits for as long as it takes");
            probe.call(Call::Orphan).unwrap();
        }
        assert_eq!(probe.connection.deadline(Timer::FinWait2), Some(probe.now + minute));
        let sent = probe.passes(minute);
        assert!(sent.is_empty(), "{sent:?}");
        assert_eq!(probe.state(), State::Closed);
        assert!(probe.rules.contains(&"fin-wait-2-expires"));
    }
}

#[test]
fn an_orphan_s_normal_end() {
    let mut probe = in_state(State::FinWait2, Opened::Actively, Config::plain());
    probe.call(Call::Orphan).unwrap();
    probe.arrives(segment(Flags::FIN, 301, Some(102), b""));
    assert_eq!(probe.state(), State::TimeWait);
    assert_eq!(probe.sent_in_words(), ["<SEQ=102><ACK=302><CTL=ACK>"]);
    assert_eq!(probe.connection.deadline(Timer::FinWait2), None);
    assert_eq!(probe.connection.next_timeout().map(|(timer, _)| timer), Some(Timer::TimeWait));
}

/// MUST-12.
#[test]
fn a_normal_end_and_an_abort_are_told_apart() {
    for (flags, told) in [(Flags::FIN, Notification::PeerClosed), (Flags::RST, Notification::Reset)]
    {
        let mut probe = established();
        probe.arrives(segment(flags, 301, Some(101), b""));
        assert_eq!(probe.told(), [told]);
    }
}

#[test]
fn only_a_reset_that_the_user_did_not_ask_for_is_told() {
    let mut probe = established();
    probe.call(Call::Orphan).unwrap();
    probe.arrives(segment(NONE, 301, Some(101), b"late"));
    assert_eq!(probe.told(), [Notification::Reset]);
    for call in [Call::Abort, Call::Linger] {
        let mut probe = established();
        probe.call(call).unwrap();
        assert_eq!(probe.told(), []);
    }
}
