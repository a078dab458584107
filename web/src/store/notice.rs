//! News that the reader should not miss.

/// Something to tell, until the reader has read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    /// What about.
    pub(crate) kind: NoticeKind,
    /// What exactly, in words; empty where the kind says it all.
    pub(crate) detail: String,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoticeKind {
    /// The address asks for a scenario that does not exist.
    UnknownScenario,
    /// A scenario cannot be read.
    MalformedScenario,
    /// A file did not arrive.
    CannotLoad,
    /// The address cannot be read.
    BadLink,
    /// The link that was made is long: a file is offered. What is told is the link.
    LongLink,
    /// A lesson or a stop of one is not there, or cannot be read.
    NoLesson,
    /// Another run is not shown while a question waits for an answer.
    Held,
    /// The run is what our TCP does for a conversation of the capture of this name.
    Replayed,
    /// An edit was refused.
    BadEdit,
    /// The browser keeps nothing for the next visit.
    NotKept,
    /// The browser has taken the drawing surface away, or gives none.
    NoCanvas,
    /// The speaker's window was refused.
    NoWindow,
}
