//! What was done, in such a way that it can be done again: the console shows it as calls.

use tcpscope_sim::Edit;
use tcpscope_tcp::Instant;
use tcpscope_view::Locale;

use super::{Rearrange, Run, Theme};

/// As many things as are kept.
const MOST: usize = 500;

/// What was done since the scenario was loaded, the latest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Journal {
    done: Vec<Done>,
    /// How many of the first were let go.
    left_out: usize,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Done {
    /// The scenario was loaded, by its id where it is one of the page's own.
    Load {
        /// Whether its id is enough to find it again.
        own: bool,
        /// The seed, where it is not the scenario's.
        seed: Option<u64>,
    },
    /// An edit was made.
    Edit {
        /// Which.
        edit: Edit,
        /// Whether the packet was there that it is done to, if it is done to one.
        met: bool,
    },
    /// A control was moved on: the last edit became this one.
    Adjusted(Edit),
    /// The list of edits was arranged otherwise.
    Rearrange(Rearrange),
    /// A change was taken back.
    Undo,
    /// It was made again.
    Redo,
    /// The reader went to a moment: the last record then, or so many before it.
    Moment {
        /// When.
        at: Instant,
        /// How many records back.
        back: u32,
    },
    /// Time passes, as fast.
    Play(f64),
    /// It will pass as fast.
    Speed(f64),
    /// The reader wants another language.
    Locale(Locale),
    /// Light or dark.
    Theme(Theme),
}

impl Done {
    /// The edit that was made, if one was.
    pub(crate) const fn edit(&self) -> Option<&Edit> {
        match self {
            Self::Edit { edit, .. } | Self::Adjusted(edit) => Some(edit),
            Self::Load { .. }
            | Self::Rearrange(_)
            | Self::Undo
            | Self::Redo
            | Self::Moment { .. }
            | Self::Play(_)
            | Self::Speed(_)
            | Self::Locale(_)
            | Self::Theme(_) => None,
        }
    }

    /// Whether it makes up for what was done just before.
    const fn replaces(&self, before: &Self) -> bool {
        match (self, before) {
            (Self::Adjusted(_), Self::Edit { .. })
            | (Self::Moment { .. } | Self::Play(_), Self::Moment { .. } | Self::Play(_))
            | (Self::Locale(_), Self::Locale(_))
            | (Self::Theme(_), Self::Theme(_)) => true,
            (
                Self::Load { .. }
                | Self::Edit { .. }
                | Self::Adjusted(_)
                | Self::Rearrange(_)
                | Self::Undo
                | Self::Redo
                | Self::Moment { .. }
                | Self::Play(_)
                | Self::Speed(_)
                | Self::Locale(_)
                | Self::Theme(_),
                _,
            ) => false,
        }
    }
}

impl Journal {
    /// What was done.
    pub(crate) fn done(&self) -> &[Done] {
        &self.done
    }

    /// How much was done before that and is no longer kept.
    pub(crate) const fn left_out(&self) -> usize {
        self.left_out
    }

    /// A run is loaded: what was done to another is of no use, but for what the reader prefers.
    pub(super) fn begin(&mut self, run: &Run) {
        self.done.retain(|done| matches!(done, Done::Locale(_) | Done::Theme(_)));
        self.left_out = 0;
        let seed = (run.seed() != run.scenario().setup().seed).then(|| run.seed());
        self.put(Done::Load { own: run.is_own(), seed });
        for edit in run.timeline().edits() {
            self.put(Done::Edit { edit: edit.clone(), met: false });
        }
    }

    /// Something was done.
    pub(super) fn put(&mut self, done: Done) {
        // A speed is followed by the moment, which its call might leave.
        if let (Done::Speed(_), [.., Done::Speed(_), Done::Moment { .. }]) = (&done, &*self.done) {
            self.done.truncate(self.done.len() - 2);
        }
        if self.done.last().is_some_and(|before| done.replaces(before)) {
            self.done.pop();
        }
        let done = match done {
            Done::Adjusted(edit) => Done::Edit { edit, met: true },
            done => done,
        };
        self.done.push(done);
        if self.done.len() > MOST {
            self.done.remove(0);
            self.left_out += 1;
        }
    }
}

#[cfg(test)]
mod tests;
