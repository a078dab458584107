//! How the congestion window changes.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{Count, Octets, Received, Sent, Span};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { congestion, more_sending, marking, recovery, more_congestion, .. } = texts;
    match *reason {
        Reason::SlowStart { from, to, ssthresh } => say(
            congestion.slow_start,
            &[("ssthresh", Octets(ssthresh)), ("from", Count(from)), ("to", Octets(to))],
        ),
        Reason::CongestionAvoidance { from, to } => {
            say(congestion.congestion_avoidance, &[("from", Count(from)), ("to", Octets(to))])
        }
        Reason::CongestionTimeout { flight, ssthresh, cwnd } => say(
            congestion.congestion_timeout,
            &[("flight", Octets(flight)), ("ssthresh", Octets(ssthresh)), ("cwnd", Octets(cwnd))],
        ),
        Reason::RecoveryBegins { flight, ssthresh, cwnd, recover } => say(
            congestion.recovery_begins,
            &[
                ("flight", Octets(flight)),
                ("ssthresh", Octets(ssthresh)),
                ("cwnd", Octets(cwnd)),
                ("recover", Sent(recover)),
            ],
        ),
        Reason::RecoveryInflates { cwnd } => {
            say(congestion.recovery_inflates, &[("cwnd", Octets(cwnd))])
        }
        Reason::RecoveryDeflates { cwnd } => {
            say(congestion.recovery_deflates, &[("cwnd", Octets(cwnd))])
        }
        Reason::RecoveryEnds { cwnd } => say(congestion.recovery_ends, &[("cwnd", Octets(cwnd))]),

        Reason::SackRecoveryBegins { flight, ssthresh, cwnd, recover } => say(
            recovery.sack_recovery_begins,
            &[
                ("flight", Octets(flight)),
                ("ssthresh", Octets(ssthresh)),
                ("cwnd", Octets(cwnd)),
                ("recover", Sent(recover)),
            ],
        ),
        Reason::ProportionalRate { delivered, pipe, sent, cwnd } => say(
            recovery.proportional_rate,
            &[
                ("delivered", Octets(delivered)),
                ("sent", Octets(sent)),
                ("pipe", Octets(pipe)),
                ("cwnd", Octets(cwnd)),
            ],
        ),

        Reason::CubicGrows { from, to, w_max, since } => say(
            more_congestion.cubic_grows,
            &[
                ("since", Span(since)),
                ("w_max", Octets(w_max)),
                ("from", Count(from)),
                ("to", Octets(to)),
            ],
        ),
        Reason::CubicRenoFriendly { from, to } => {
            say(more_congestion.cubic_reno_friendly, &[("from", Count(from)), ("to", Octets(to))])
        }
        Reason::CubicReduces { w_max, ssthresh } => say(
            more_congestion.cubic_reduces,
            &[("w_max", Octets(w_max)), ("ssthresh", Octets(ssthresh))],
        ),

        Reason::RestartAfterIdle { idle, from, to } => say(
            more_sending.restart_after_idle,
            &[("idle", Span(idle)), ("from", Count(from)), ("to", Octets(to))],
        ),

        Reason::CongestionMarked { seq } => {
            say(marking.congestion_marked, &[("seq", Received(seq))])
        }
        Reason::CongestionHeard { flight, ssthresh, cwnd } => say(
            marking.congestion_heard,
            &[("flight", Octets(flight)), ("ssthresh", Octets(ssthresh)), ("cwnd", Octets(cwnd))],
        ),
        Reason::CwrSent { seq } => say(marking.cwr_sent, &[("seq", Sent(seq))]),
        Reason::CwrReceived { seq } => say(marking.cwr_received, &[("seq", Received(seq))]),

        _ => NOT_OURS,
    }
}
