//! An application's script, as a program would read.

use tcpscope_sim::{HostId, RecordId, Trace};

use crate::Locale;

/// A line of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLine {
    /// The call, as C with sockets would write it.
    pub code: String,
    /// What it waits for, as a comment; `None` where it follows at once.
    pub comment: Option<String>,
    /// How far it is.
    pub progress: Progress,
}

/// How far a line of the program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Progress {
    /// Done.
    Done,
    /// The present line; what it waits for has not happened yet.
    Waiting,
    /// The present line; its call was made and has not returned.
    Blocked,
    /// The present line; its call was refused, and the script ends here.
    Refused,
    /// Yet to come.
    ToCome,
}

impl Progress {
    /// Whether this is the line where the program stands.
    #[must_use]
    pub const fn is_present(self) -> bool {
        matches!(self, Self::Waiting | Self::Blocked | Self::Refused)
    }
}

/// The program of `host` once `record` has happened.
#[must_use]
pub fn script(
    _trace: &Trace,
    _host: HostId,
    _record: RecordId,
    _locale: Locale,
) -> Vec<ScriptLine> {
    Vec::new()
}
