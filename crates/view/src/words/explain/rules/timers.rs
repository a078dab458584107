//! Timers that expire, and what a connection does about silence.

use tcpscope_tcp::Reason;

use super::{NOT_OURS, Say, timer_text};
use crate::words::explain::template::Value::{Count, Sent, Span, Text};
use crate::words::explain::texts::Texts;

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { timers, more_timers, .. } = texts;
    match *reason {
        Reason::RtoExpires { rto, attempt } => {
            say(timers.rto_expires, &[("rto", Span(rto)), ("attempt", Count(attempt))])
        }
        Reason::RtoBacksOff { from, to } if from == to => {
            say(timers.rto_at_its_limit, &[("to", Span(to))])
        }
        Reason::RtoBacksOff { from, to } => {
            say(timers.rto_backs_off, &[("from", Span(from)), ("to", Span(to))])
        }
        Reason::KarnSkips { ack } => say(timers.karn_skips, &[("ack", Sent(ack))]),
        Reason::TimeWaitRestarts { msl } => {
            say(timers.time_wait_restarts, &[("twice", Span(msl.times(2))), ("msl", Span(msl))])
        }
        Reason::TimerDies { timer } => {
            say(timers.timer_dies, &[("timer", Text(timer_text(texts, timer)))])
        }
        Reason::R1Reached { attempt } => say(timers.r1_reached, &[("attempt", Count(attempt))]),
        Reason::R2Reached { attempt } => say(timers.r2_reached, &[("attempt", Count(attempt))]),

        Reason::RtoAfterSyn { rto } => say(more_timers.rto_after_syn, &[("rto", Span(rto))]),
        Reason::KeepAliveStarts { after } => {
            say(more_timers.keep_alive_starts, &[("after", Span(after))])
        }
        Reason::KeepAliveStops => say(more_timers.keep_alive_stops, &[]),
        Reason::KeepAliveProbe { seq, attempt } => {
            say(more_timers.keep_alive_probe, &[("attempt", Count(attempt)), ("seq", Sent(seq))])
        }
        Reason::KeepAliveGivesUp { attempt } => {
            say(more_timers.keep_alive_gives_up, &[("attempt", Count(attempt))])
        }
        Reason::UserTimeoutStarts { after } => {
            say(more_timers.user_timeout_starts, &[("after", Span(after))])
        }
        Reason::UserTimeoutStops => say(more_timers.user_timeout_stops, &[]),
        Reason::UserTimeoutExpires { after } => {
            say(more_timers.user_timeout_expires, &[("after", Span(after))])
        }
        Reason::FinWait2Starts { after } => {
            say(more_timers.fin_wait_2_starts, &[("after", Span(after))])
        }
        Reason::FinWait2Expires => say(more_timers.fin_wait_2_expires, &[]),

        _ => NOT_OURS,
    }
}
