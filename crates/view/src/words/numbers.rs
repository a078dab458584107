//! How numbers are said.

use std::fmt::Write as _;

use tcpscope_sim::{HostId, RecordId, Trace};
use tcpscope_tcp::{Duration, SeqNumber};

/// Which sequence numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Numbers {
    /// Counted from the initial sequence number of each direction: a SYN is number 0.
    #[default]
    Relative,
    /// As they stand in the header.
    Absolute,
}

/// What a host's numbers are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Bases {
    /// For what the host sends: its ISS, or 0 for absolute numbers.
    pub send: SeqNumber,
    /// For what it receives: the peer's ISS, or 0 for absolute numbers.
    pub receive: SeqNumber,
}

impl Bases {
    /// What the numbers of `host` are counted from once `record` has happened.
    #[must_use]
    pub fn of(trace: &Trace, host: HostId, record: RecordId, numbers: Numbers) -> Self {
        match numbers {
            Numbers::Absolute => Self::default(),
            Numbers::Relative => {
                let status = trace.status(host, record);
                Self {
                    send: status.iss.unwrap_or_default(),
                    receive: status.irs.unwrap_or_default(),
                }
            }
        }
    }
}

/// A span of time as people say it: `40 ms`, `1.2 s`, `60 s`.
#[must_use]
pub fn duration_text(span: Duration) -> String {
    let mut text = String::new();
    let _ = write!(text, "{} µs", span.as_micros());
    text
}
