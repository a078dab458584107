//! How a connection opens.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{Initial, Octets, Received, Segments, Sent};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { opening, .. } = texts;
    match *reason {
        Reason::PassiveOpen => say(opening.passive_open, &[]),
        Reason::ActiveOpen { iss } => say(opening.active_open, &[("iss", Initial(iss))]),
        Reason::SynInListen { irs, rcv_nxt, iss } => say(
            opening.syn_in_listen,
            &[("irs", Received(irs)), ("rcv_nxt", Received(rcv_nxt)), ("iss", Initial(iss))],
        ),
        Reason::SynAckInSynSent { irs, rcv_nxt, snd_una } => say(
            opening.syn_ack_in_syn_sent,
            &[("irs", Received(irs)), ("rcv_nxt", Received(rcv_nxt)), ("snd_una", Sent(snd_una))],
        ),
        Reason::SynAcknowledged { rcv_nxt } => {
            say(opening.syn_acknowledged, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::OurSynAcked { ack, iss } => {
            say(opening.our_syn_acked, &[("ack", Sent(ack)), ("iss", Sent(iss))])
        }
        Reason::EffectiveMss { announced: Some(announced), ours, mss } => say(
            opening.effective_mss,
            &[
                ("announced", Octets(announced.into())),
                ("ours", Octets(ours.into())),
                ("mss", Octets(mss)),
            ],
        ),
        Reason::EffectiveMss { announced: None, ours, mss } => say(
            opening.effective_mss_by_default,
            &[("ours", Octets(ours.into())), ("mss", Octets(mss))],
        ),
        Reason::InitialWindow { segments, mss, cwnd } => say(
            opening.initial_window,
            &[("segments", Segments(segments)), ("mss", Octets(mss)), ("cwnd", Octets(cwnd))],
        ),

        _ => NOT_OURS,
    }
}
