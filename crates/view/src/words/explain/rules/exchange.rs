//! How text goes to and fro while nothing is lost and no window is full.

use tcpscope_tcp::{Reason, SendPermit, SeqNumber};

use super::{NOT_OURS, Say, stretch};
use crate::words::explain::template::Value::{Count, Octets, Received, Sent, Span, Text};
use crate::words::explain::texts::{Permit, Texts};

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { calls, sending, checks, acks, text, timers, more_congestion, .. } = texts;
    let what = |seq, octets| stretch(texts, seq, octets, say);
    match *reason {
        Reason::SendTaken { octets, unsent, room } => say(
            calls.send_taken,
            &[("octets", Octets(octets)), ("unsent", Octets(unsent)), ("room", Octets(room))],
        ),
        Reason::ReceiveReturns { octets, unread } => {
            say(calls.receive_returns, &[("octets", Octets(octets)), ("unread", Octets(unread))])
        }
        // RCV.NXT is 0 before the peer's SYN; where it is 0 after it, this is as true.
        Reason::ReceiveWaits { rcv_nxt } if rcv_nxt == SeqNumber::default() => {
            say(calls.receive_waits_for_the_first, &[])
        }
        Reason::ReceiveWaits { rcv_nxt } => {
            say(calls.receive_waits, &[("rcv_nxt", Received(rcv_nxt))])
        }

        Reason::SendText { seq, octets, usable, permit } => say(
            sending.send_text,
            &[
                ("usable", Octets(usable)),
                ("what", Text(&what(seq, octets))),
                ("permit", Text(&say(permit_text(&texts.permit, permit), &[]))),
            ],
        ),

        Reason::Acceptable { seq, len, rcv_nxt, rcv_wnd } => say(
            checks.acceptable,
            &[
                ("seq", Received(seq)),
                ("len", Count(len)),
                ("rcv_wnd", Octets(rcv_wnd)),
                ("rcv_nxt", Received(rcv_nxt)),
            ],
        ),

        // What covers only a SYN or a FIN covers no text.
        Reason::AckAdvances { from, to, octets: 0 } => {
            say(acks.ack_advances, &[("to", Sent(to)), ("from", Sent(from))])
        }
        Reason::AckAdvances { from, to, octets } => say(
            acks.ack_advances_over_text,
            &[("to", Sent(to)), ("from", Sent(from)), ("octets", Octets(octets))],
        ),
        Reason::WindowTaken { from, to, wl1, wl2 } => say(
            acks.window_taken,
            &[
                ("from", Count(from)),
                ("to", Octets(to)),
                ("wl1", Received(wl1)),
                ("wl2", Sent(wl2)),
            ],
        ),

        Reason::TextInOrder { seq, octets, rcv_nxt } => say(
            text.text_in_order,
            &[("seq", Received(seq)), ("octets", Octets(octets)), ("rcv_nxt", Received(rcv_nxt))],
        ),
        // What window the ACK announces stands on it.
        Reason::AckText { rcv_nxt } => say(text.ack_text, &[("rcv_nxt", Received(rcv_nxt))]),

        Reason::RtoStarts { rto } => say(timers.rto_starts, &[("rto", Span(rto))]),
        Reason::RtoRestarts { rto } => say(timers.rto_restarts, &[("rto", Span(rto))]),
        Reason::RtoStops => say(timers.rto_stops, &[]),
        Reason::RttMeasured { rtt, srtt, rttvar, rto } => say(
            timers.rtt_measured,
            &[
                ("rtt", Span(rtt)),
                ("srtt", Span(srtt)),
                ("rttvar", Span(rttvar.into())),
                ("rto", Span(rto.into())),
            ],
        ),

        Reason::CwndNotUsed { cwnd, flight } => say(
            more_congestion.cwnd_not_used,
            &[("flight", Octets(flight)), ("cwnd", Octets(cwnd))],
        ),

        _ => NOT_OURS,
    }
}

const fn permit_text(permits: &Permit, permit: SendPermit) -> &'static str {
    match permit {
        SendPermit::FullSegment => permits.full_segment,
        SendPermit::Idle => permits.idle,
        SendPermit::NagleOff => permits.nagle_off,
        SendPermit::LastBeforeFin => permits.last_before_fin,
        SendPermit::HalfWindow => permits.half_window,
        SendPermit::Override => permits.waited,
    }
}
