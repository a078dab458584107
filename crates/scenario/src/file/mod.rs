//! The shape of a scenario file, field by field. What the fields mean is in [`read`], how they
//! come about in [`mod@write`].

mod pattern;
pub(crate) mod read;
mod script;
mod tcp;
pub(crate) mod write;
mod writer;

/// The fields of each object, by what it is.
mod fields {
    pub(super) const SCENARIO: [&str; 9] =
        ["format", "id", "title", "summary", "seed", "hosts", "links", "interventions", "limits"];
    pub(super) const HOST: [&str; 5] = ["name", "address", "iss", "tcp", "script"];
    /// A line of a script.
    pub(super) const STEP: [&str; 6] = ["when", "call", "mode", "text", "octets", "all"];
    pub(super) const LINK: [&str; 5] = ["from", "to", "delay_us", "loss_ppm", "rate_bps"];
    pub(super) const INTERVENTION: [&str; 3] = ["kind", "packet", "by_us"];
    pub(super) const LIMITS: [&str; 2] = ["records", "until_us"];
}

/// The words that stand for one of a few things, in the order in which both sides match them.
mod words {
    pub(super) const BASE: [&str; 2] = ["plain", "modern"];
    pub(super) const CONGESTION: [&str; 3] = ["newreno", "cubic", "none"];
    pub(super) const CALL: [&str; 5] = ["open", "send", "receive", "close", "abort"];
    pub(super) const MODE: [&str; 2] = ["active", "passive"];
    pub(super) const INTERVENTION: [&str; 2] = ["drop", "delay"];
}
