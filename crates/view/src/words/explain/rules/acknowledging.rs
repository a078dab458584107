//! What arrives out of order, and ACKs that wait or report it.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{Count, Octets, Received, Sent, Span};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { acks, text, acknowledging, .. } = texts;
    match *reason {
        Reason::AckDuplicate { ack, snd_una, count: 0 } => {
            say(acks.ack_duplicate, &[("ack", Sent(ack)), ("snd_una", Sent(snd_una))])
        }
        Reason::AckDuplicate { ack, snd_una, count } => say(
            acks.ack_duplicate_counted,
            &[("ack", Sent(ack)), ("snd_una", Sent(snd_una)), ("count", Count(count))],
        ),

        Reason::TextFillsGap { seq, octets, waited, rcv_nxt } => say(
            text.text_fills_gap,
            &[
                ("seq", Received(seq)),
                ("octets", Octets(octets)),
                ("waited", Octets(waited)),
                ("rcv_nxt", Received(rcv_nxt)),
            ],
        ),
        Reason::TextOutOfOrder { seq, octets: 0, rcv_nxt } => {
            say(text.fin_out_of_order, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::TextOutOfOrder { seq, octets, rcv_nxt } => say(
            text.text_out_of_order,
            &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt)), ("octets", Octets(octets))],
        ),
        Reason::AckOutOfOrder { seq, rcv_nxt } => {
            say(text.ack_out_of_order, &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))])
        }

        Reason::AckDelayStarts { after, rcv_nxt } => say(
            acknowledging.ack_delay_starts,
            &[("rcv_nxt", Received(rcv_nxt)), ("after", Span(after))],
        ),
        Reason::AckDelayEnds { rcv_nxt } => {
            say(acknowledging.ack_delay_ends, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckSecondSegment { rcv_nxt } => {
            say(acknowledging.ack_second_segment, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckFillsGap { rcv_nxt } => {
            say(acknowledging.ack_fills_gap, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::AckRidesAlong { rcv_nxt } => {
            say(acknowledging.ack_rides_along, &[("rcv_nxt", Received(rcv_nxt))])
        }
        Reason::SackReports { left, right, blocks } => say(
            acknowledging.sack_reports,
            &[("left", Received(left)), ("right", Received(right)), ("blocks", Count(blocks))],
        ),
        Reason::DsackReports { left, right } => say(
            acknowledging.dsack_reports,
            &[("left", Received(left)), ("right", Received(right))],
        ),

        _ => NOT_OURS,
    }
}
