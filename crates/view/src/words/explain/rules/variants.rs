//! What goes another way: openings out of the ordinary, and what a variant of TCP leaves out.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{Initial, Octets, Received, Sent};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { opening, more_sending, more_checks, .. } = texts;
    match *reason {
        Reason::SimultaneousOpen { irs, rcv_nxt, iss } => say(
            opening.simultaneous_open,
            &[("irs", Received(irs)), ("rcv_nxt", Received(rcv_nxt)), ("iss", Sent(iss))],
        ),

        Reason::SynTextKept { octets } => {
            say(more_checks.syn_text_kept, &[("octets", Octets(octets))])
        }
        Reason::TwoWayOpening { iss } => say(more_checks.two_way_opening, &[("iss", Sent(iss))]),
        Reason::FixedIsn { iss } => say(more_checks.fixed_isn, &[("iss", Initial(iss))]),
        Reason::TimeWaitReopens { seq, rcv_nxt } => say(
            more_checks.time_wait_reopens,
            &[("seq", Received(seq)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        Reason::TimeWaitSkipped => say(more_checks.time_wait_skipped, &[]),

        Reason::RetransmissionOff { seq } => {
            say(more_sending.retransmission_off, &[("seq", Sent(seq))])
        }
        Reason::FlowControlOff { octets, wnd } => {
            say(more_sending.flow_control_off, &[("wnd", Octets(wnd)), ("octets", Octets(octets))])
        }

        _ => NOT_OURS,
    }
}
