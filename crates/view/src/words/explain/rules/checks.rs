//! What arrives and is refused, or ends the connection.

use tcpscope_tcp::{Reason, State};

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{self, Count, Octets, Received, Sent};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { checks, acks, text, more_checks, .. } = texts;
    match *reason {
        Reason::NotAcceptable { seq, len, rcv_nxt, rcv_wnd } => say(
            checks.not_acceptable,
            &[
                ("seq", Received(seq)),
                ("len", Count(len)),
                ("rcv_wnd", Octets(rcv_wnd)),
                ("rcv_nxt", Received(rcv_nxt)),
            ],
        ),
        Reason::OldDuplicate { seq, len, rcv_nxt } => say(
            checks.old_duplicate,
            &[("seq", Received(seq)), ("len", Count(len)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        Reason::RstOutsideWindow { seq, rcv_nxt, rcv_wnd } => say(
            checks.rst_outside_window,
            &[("seq", Received(seq)), ("rcv_wnd", Octets(rcv_wnd)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        // Here the peer's numbers are unknown; it is the ACK that tells a RST meant for us.
        Reason::RstAccepted { state: State::SynSent, .. } => {
            say(checks.rst_accepted_in_syn_sent, &[])
        }
        Reason::RstAccepted { seq, rcv_nxt, state } => say(
            checks.rst_accepted,
            &[
                ("seq", Received(seq)),
                ("rcv_nxt", Received(rcv_nxt)),
                ("state", Value::State(state)),
            ],
        ),
        Reason::RstChallenged { seq, rcv_nxt } => {
            say(checks.rst_challenged, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::RstIgnored { state } => say(checks.rst_ignored, &[("state", Value::State(state))]),

        Reason::RstIgnoredInTimeWait { seq } => {
            say(more_checks.rst_ignored_in_time_wait, &[("seq", Received(seq))])
        }

        Reason::SynChallenged { seq, rcv_nxt } => {
            say(checks.syn_challenged, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::SynInWindow { seq } => say(checks.syn_in_window, &[("seq", Received(seq))]),
        Reason::SynReturnsToListen { seq } => {
            say(checks.syn_returns_to_listen, &[("seq", Received(seq))])
        }
        Reason::NoConnection { ack: Some(ack), .. } => {
            say(checks.no_connection, &[("ack", Sent(ack))])
        }
        Reason::NoConnection { seq, ack: None } => {
            say(checks.no_connection_and_no_ack, &[("seq", Received(seq))])
        }
        Reason::NotForSynSent => say(checks.not_for_syn_sent, &[]),
        Reason::NotForListen => say(checks.not_for_listen, &[]),

        Reason::AckMissing { state } => say(acks.ack_missing, &[("state", Value::State(state))]),
        Reason::AckOfUnsent { ack, snd_nxt } => {
            say(acks.ack_of_unsent, &[("ack", Sent(ack)), ("snd_nxt", Sent(snd_nxt))])
        }
        Reason::AckTooOld { ack, snd_una, max_wnd } => say(
            acks.ack_too_old,
            &[("ack", Sent(ack)), ("max_wnd", Octets(max_wnd)), ("snd_una", Sent(snd_una))],
        ),
        Reason::AckRefused { ack, state } => {
            say(acks.ack_refused, &[("state", Value::State(state)), ("ack", Sent(ack))])
        }

        Reason::TextIgnored { octets, state } => {
            say(text.text_ignored, &[("state", Value::State(state)), ("octets", Octets(octets))])
        }

        Reason::TextUnwanted { octets, state } => say(
            more_checks.text_unwanted,
            &[("state", Value::State(state)), ("octets", Octets(octets))],
        ),

        Reason::FinAgain { seq, rcv_nxt } => {
            say(text.fin_again, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }

        Reason::PawsRejects { value, recent } => {
            say(more_checks.paws_rejects, &[("value", Count(value)), ("recent", Count(recent))])
        }
        Reason::PawsOutdated { recent } => {
            say(more_checks.paws_outdated, &[("recent", Count(recent))])
        }
        Reason::TimestampMissing { seq } => {
            say(more_checks.timestamp_missing, &[("seq", Received(seq))])
        }
        Reason::ChallengeAckLimited { limit } => {
            say(more_checks.challenge_ack_limited, &[("limit", Count(limit))])
        }
        Reason::ConnectionOver { state } => {
            say(more_checks.connection_over, &[("state", Value::State(state))])
        }

        _ => NOT_OURS,
    }
}
