//! Calls that wait, are refused or end the connection at once, and urgent text.

use tcpscope_tcp::{Reason, State};

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{self, Octets, Received, Sent, Text};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { calls, text, more_sending, hosting, .. } = texts;
    match *reason {
        Reason::SendWaits { octets, state } => {
            say(calls.send_waits, &[("octets", Octets(octets)), ("state", Value::State(state))])
        }
        Reason::CloseDeletes { state } => {
            say(calls.close_deletes, &[("state", Value::State(state))])
        }
        Reason::CloseUnread { unread } => say(calls.close_unread, &[("unread", Octets(unread))]),
        Reason::Abort { state } => {
            let sentence = if tells_the_peer(state) { calls.abort } else { calls.abort_in_silence };
            say(sentence, &[("state", Value::State(state))])
        }
        Reason::Flushed { octets } => say(calls.flushed, &[("octets", Octets(octets))]),
        Reason::StatusAsked { state } => say(calls.status_asked, &[("state", Value::State(state))]),
        Reason::CallRefused { error, state } => say(
            calls.call_refused,
            &[("state", Value::State(state)), ("error", Text(&error.to_string()))],
        ),

        Reason::ListenerCloses => say(hosting.listener_closes, &[]),
        Reason::Lingers => say(hosting.lingers, &[]),

        Reason::SendUrgent { snd_up } => say(more_sending.send_urgent, &[("snd_up", Sent(snd_up))]),

        Reason::UrgentAhead { rcv_up, rcv_nxt } => {
            say(text.urgent_ahead, &[("rcv_up", Received(rcv_up)), ("rcv_nxt", Received(rcv_nxt))])
        }

        _ => NOT_OURS,
    }
}

/// Whether ABORT sends a RST in this state (RFC 9293 §3.10.5).
const fn tells_the_peer(state: State) -> bool {
    match state {
        State::SynReceived
        | State::Established
        | State::FinWait1
        | State::FinWait2
        | State::CloseWait => true,
        State::Closed
        | State::Listen
        | State::SynSent
        | State::Closing
        | State::LastAck
        | State::TimeWait => false,
    }
}
