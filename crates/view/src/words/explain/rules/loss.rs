//! What is taken for lost, and what is sent again.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say, stretch};
use crate::words::explain::template::Value::{Count, Octets, Sent, Span, Text};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { sending, more_sending, recovery, .. } = texts;
    let what = |seq, octets| stretch(texts, seq, octets, say);
    match *reason {
        Reason::RetransmitAfterTimeout { seq, octets, attempt } => say(
            sending.retransmit_after_timeout,
            &[("what", Text(&what(seq, octets))), ("attempt", Count(attempt))],
        ),
        Reason::RetransmitLost { seq, octets, cwnd } => say(
            sending.retransmit_lost,
            &[("cwnd", Octets(cwnd)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::FastRetransmit { seq, octets, duplicates } => say(
            sending.fast_retransmit,
            &[
                ("duplicates", Count(duplicates)),
                ("seq", Sent(seq)),
                ("what", Text(&what(seq, octets))),
            ],
        ),
        Reason::RetransmitPartial { seq, octets, recover } => say(
            sending.retransmit_partial,
            &[("recover", Sent(recover)), ("what", Text(&what(seq, octets)))],
        ),

        Reason::LimitedTransmit { seq, octets, duplicates } => say(
            more_sending.limited_transmit,
            &[("duplicates", Count(duplicates)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::RetransmitSack { seq, octets, pipe, cwnd } => say(
            more_sending.retransmit_sack,
            &[("pipe", Octets(pipe)), ("cwnd", Octets(cwnd)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::RescueRetransmit { seq, octets } => {
            say(more_sending.rescue_retransmit, &[("what", Text(&what(seq, octets)))])
        }
        Reason::TailLossProbe { seq, octets, new_text: true } => {
            say(more_sending.tail_loss_probe, &[("what", Text(&what(seq, octets)))])
        }
        Reason::TailLossProbe { seq, octets, new_text: false } => {
            say(more_sending.tail_loss_probe_again, &[("what", Text(&what(seq, octets)))])
        }

        Reason::SackTaken { left, right, octets } => say(
            recovery.sack_taken,
            &[("left", Sent(left)), ("right", Sent(right)), ("octets", Octets(octets))],
        ),
        Reason::SackIgnored { left, right } => {
            say(recovery.sack_ignored, &[("left", Sent(left)), ("right", Sent(right))])
        }
        Reason::DsackTaken { left, right } => {
            say(recovery.dsack_taken, &[("left", Sent(left)), ("right", Sent(right))])
        }
        Reason::LostBySack { seq, octets } => {
            say(recovery.lost_by_sack, &[("what", Text(&what(seq, octets)))])
        }
        Reason::LostByRack { seq, octets, elapsed, allowed } => say(
            recovery.lost_by_rack,
            &[
                ("elapsed", Span(elapsed)),
                ("allowed", Span(allowed)),
                ("what", Text(&what(seq, octets))),
            ],
        ),
        Reason::ReorderingSeen { seq } => say(recovery.reordering_seen, &[("seq", Sent(seq))]),
        Reason::ReorderingTimerStarts { after } => {
            say(recovery.reordering_timer_starts, &[("after", Span(after))])
        }
        Reason::ReorderingTimerExpires => say(recovery.reordering_timer_expires, &[]),
        Reason::ReorderingTimerStops => say(recovery.reordering_timer_stops, &[]),
        Reason::ProbeTimerStarts { after } => {
            say(recovery.probe_timer_starts, &[("after", Span(after))])
        }
        Reason::ProbeTimerStops => say(recovery.probe_timer_stops, &[]),
        Reason::ProbeTimerExpires => say(recovery.probe_timer_expires, &[]),
        Reason::ProbeRepairedLoss { seq } => {
            say(recovery.probe_repaired_loss, &[("seq", Sent(seq))])
        }
        Reason::FRtoBegins { recover } => say(recovery.f_rto_begins, &[("recover", Sent(recover))]),
        Reason::FRtoSpurious { cwnd, ssthresh } => {
            say(recovery.f_rto_spurious, &[("cwnd", Octets(cwnd)), ("ssthresh", Octets(ssthresh))])
        }
        Reason::FRtoGenuine { ack } => say(recovery.f_rto_genuine, &[("ack", Sent(ack))]),

        _ => NOT_OURS,
    }
}
