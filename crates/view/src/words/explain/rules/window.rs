//! Text that waits for a window, and probes of a closed one.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say, stretch};
use crate::words::explain::template::Value::{Count, Octets, Received, Span, Text};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { sending, acks, text, timers, more_checks, .. } = texts;
    let what = |seq, octets| stretch(texts, seq, octets, say);
    match *reason {
        Reason::WindowFull { unsent, flight, wnd, cwnd } => say(
            sending.window_full,
            &[
                ("unsent", Octets(unsent)),
                ("flight", Octets(flight)),
                ("wnd", Octets(wnd)),
                ("cwnd", Octets(cwnd)),
            ],
        ),
        Reason::NagleWaits { unsent, mss, flight } => say(
            sending.nagle_waits,
            &[("unsent", Octets(unsent)), ("mss", Octets(mss)), ("flight", Octets(flight))],
        ),
        Reason::WindowProbe { seq, octets, attempt } => say(
            sending.window_probe,
            &[("attempt", Count(attempt)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::RetransmitProbe { seq, octets, wnd } => say(
            sending.retransmit_probe,
            &[("wnd", Octets(wnd)), ("what", Text(&what(seq, octets)))],
        ),
        Reason::WindowUpdate { rcv_nxt, from, to } => say(
            sending.window_update,
            &[("from", Octets(from)), ("to", Octets(to)), ("rcv_nxt", Received(rcv_nxt))],
        ),

        Reason::WindowClosed { from } => say(acks.window_closed, &[("from", Count(from))]),

        Reason::WindowShrinks { from, to } => {
            say(more_checks.window_shrinks, &[("from", Count(from)), ("to", Octets(to))])
        }

        Reason::TextBeyondWindow { kept, cut } => {
            say(text.text_beyond_window, &[("kept", Octets(kept)), ("cut", Octets(cut))])
        }

        Reason::PersistStarts { after } => say(timers.persist_starts, &[("after", Span(after))]),
        Reason::PersistExpires { attempt } => {
            say(timers.persist_expires, &[("attempt", Count(attempt))])
        }
        Reason::PersistStops { wnd } => say(timers.persist_stops, &[("wnd", Octets(wnd))]),

        _ => NOT_OURS,
    }
}
