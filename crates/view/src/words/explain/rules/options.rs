//! What options the SYNs agree on, and TCP Fast Open.

use tcpscope_tcp::{Negotiable, Reason};

use super::{NOT_OURS, Say};
use crate::words::explain::template::Value::{Count, Octets, Text};
use crate::words::explain::texts::{Options, Texts};

pub(super) fn rule(texts: &Texts, reason: &Reason, say: Say<'_>) -> String {
    let Texts { options, more_checks, .. } = texts;
    match *reason {
        Reason::WindowScaleAgreed { snd_shift, rcv_shift } => say(
            options.window_scale_agreed,
            &[("snd_shift", Count(snd_shift.into())), ("rcv_shift", Count(rcv_shift.into()))],
        ),
        Reason::WindowScaleTooLarge { shift } => {
            say(options.window_scale_too_large, &[("shift", Count(shift.into()))])
        }
        Reason::SackAgreed => say(options.sack_agreed, &[]),
        Reason::TimestampsAgreed { mss } => say(options.timestamps_agreed, &[("mss", Octets(mss))]),

        Reason::TimestampKept { value } => {
            say(more_checks.timestamp_kept, &[("value", Count(value))])
        }

        Reason::EcnAgreed => say(options.ecn_agreed, &[]),
        Reason::NotAgreed { option } => {
            say(options.not_agreed, &[("option", Text(option_text(options, option)))])
        }
        Reason::EcnSetupWithdrawn { attempt } => {
            say(options.ecn_setup_withdrawn, &[("attempt", Count(attempt))])
        }
        Reason::FastOpenCookieAsked => say(options.fast_open_cookie_asked, &[]),
        Reason::FastOpenCookieGiven { octets } => {
            say(options.fast_open_cookie_given, &[("octets", Octets(octets))])
        }
        Reason::FastOpenSent { octets } => {
            say(options.fast_open_sent, &[("octets", Octets(octets))])
        }
        Reason::FastOpenAccepted { octets } => {
            say(options.fast_open_accepted, &[("octets", Octets(octets))])
        }
        Reason::FastOpenRefused { octets } => {
            say(options.fast_open_refused, &[("octets", Octets(octets))])
        }

        _ => NOT_OURS,
    }
}

/// What both SYNs must carry, in the middle of a sentence.
const fn option_text(options: &Options, option: Negotiable) -> &'static str {
    match option {
        Negotiable::WindowScale => options.window_scaling,
        Negotiable::Sack => options.sack,
        Negotiable::Timestamps => options.timestamps,
        Negotiable::Ecn => options.ecn,
    }
}
