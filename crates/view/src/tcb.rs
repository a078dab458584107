//! The table of a connection's variables.

use tcpscope_sim::{HostId, RecordId, Trace};

use crate::{Locale, Numbers};

/// Variables that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcbGroup {
    /// What they are about.
    pub title: &'static str,
    /// The variables.
    pub rows: Vec<TcbRow>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcbRow {
    /// The name, as the RFC writes it: `SND.UNA`.
    pub name: &'static str,
    /// The value; `—` where there is none yet.
    pub value: String,
    /// The value before the present step, where the step changed it.
    pub before: Option<String>,
    /// What the variable is, in one line.
    pub hint: &'static str,
}

/// The variables of `host` once `record` has happened; changed is what differs from before the
/// step that `record` belongs to.
#[must_use]
pub fn tcb(
    _trace: &Trace,
    _host: HostId,
    _record: RecordId,
    _locale: Locale,
    _numbers: Numbers,
) -> Vec<TcbGroup> {
    Vec::new()
}
