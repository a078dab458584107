//! How a connection ends once both sides have said all.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{self, Octets, Received, Sent, Span};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { calls, sending, acks, text, timers, .. } = texts;
    match *reason {
        Reason::Close { unsent: 0, state } => say(calls.close, &[("state", Value::State(state))]),
        Reason::Close { unsent, state } => say(
            calls.close_with_unsent,
            &[("state", Value::State(state)), ("unsent", Octets(unsent))],
        ),

        Reason::SendFin { seq } => say(sending.send_fin, &[("seq", Sent(seq))]),

        Reason::FinArrives { rcv_nxt, state } => {
            say(text.fin_arrives, &[("state", Value::State(state)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckFin { rcv_nxt } => say(text.ack_fin, &[("rcv_nxt", Received(rcv_nxt))]),

        Reason::OurFinAcked { ack, state } => {
            say(acks.our_fin_acked, &[("ack", Sent(ack)), ("state", Value::State(state))])
        }

        Reason::ReceiveEndOfStream { rcv_nxt } => {
            say(calls.receive_end_of_stream, &[("rcv_nxt", Received(rcv_nxt))])
        }

        Reason::TimeWaitStarts { msl } => {
            say(timers.time_wait_starts, &[("twice", Span(msl.times(2))), ("msl", Span(msl))])
        }
        Reason::TimeWaitExpires { msl } => {
            say(timers.time_wait_expires, &[("twice", Span(msl.times(2))), ("msl", Span(msl))])
        }

        _ => NOT_OURS,
    }
}
