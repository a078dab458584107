//! The runs beside the present one: kept, named, gone back to, compared.

use alloc::borrow::{Cow, ToOwned};

use super::Timeline;
use super::run::Run;
use crate::branches::Branches;
use crate::world::Plan;
use crate::{
    Branch, BranchId, BranchesFull, Comparison, Edit, EditError, Setup, SetupError, Trace, compare,
};

/// A run of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The present one.
    Present,
    /// One that is kept.
    Branch(BranchId),
}

/// As many branches as a timeline keeps. Those without a name go first, the oldest before others;
/// [`Timeline::forgotten_branches`] tells how many went.
pub const MOST_BRANCHES: usize = Branches::MOST;

impl Timeline {
    /// The runs that are kept, the latest last. Every change to the list of edits keeps the run
    /// before it, without a name.
    #[must_use]
    pub fn branches(&self) -> &[Branch] {
        self.branches.kept()
    }

    /// A run that is kept.
    #[must_use]
    pub fn branch(&self, id: BranchId) -> Option<&Branch> {
        self.branches.find(id)
    }

    /// How many runs without a name were let go, since more came than are kept.
    #[must_use]
    pub const fn forgotten_branches(&self) -> u32 {
        self.branches.forgotten()
    }

    /// Keeps the present run under a name.
    ///
    /// # Errors
    /// As many are kept as can be, and all have names.
    pub fn keep(&mut self, name: &str) -> Result<BranchId, BranchesFull> {
        let trace = self.trace_to_keep();
        self.branches.keep(Some(name.to_owned()), None, &self.edits, trace)
    }

    /// Keeps, under a name, a run of another setup with the present edits: the same scenario with
    /// another configuration, say.
    ///
    /// # Errors
    /// The setup cannot be run, an edit cannot be made on it, or too many runs are kept.
    pub fn keep_setup(&mut self, name: &str, setup: &Setup) -> Result<BranchId, KeepError> {
        setup.check().map_err(KeepError::Setup)?;
        for edit in &self.edits {
            edit.check(setup).map_err(KeepError::Edit)?;
        }
        let kept = self.branches.keep(Some(name.to_owned()), Some(setup), &self.edits, None);
        kept.map_err(KeepError::Full)
    }

    /// Keeps, under a name, a run of another setup, or of this one, with edits of its own.
    ///
    /// # Errors
    /// The setup cannot be run, an edit cannot be made on it, or too many runs are kept.
    pub fn keep_run(
        &mut self,
        name: &str,
        setup: &Setup,
        edits: &[Edit],
    ) -> Result<BranchId, KeepError> {
        setup.check().map_err(KeepError::Setup)?;
        for edit in edits {
            edit.check(setup).map_err(KeepError::Edit)?;
        }
        let other = (*setup != self.setup).then_some(setup);
        let kept = self.branches.keep(Some(name.to_owned()), other, edits, None);
        kept.map_err(KeepError::Full)
    }

    /// Names a run that is kept, or takes its name away; says whether there is one.
    pub fn name_branch(&mut self, id: BranchId, name: Option<&str>) -> bool {
        self.branches.name(id, name.map(ToOwned::to_owned))
    }

    /// Keeps a run no longer; says whether there was one.
    pub fn forget_branch(&mut self, id: BranchId) -> bool {
        self.branches.forget(id)
    }

    /// Makes the edits of a branch the present ones, as one change that can be undone; says whether
    /// there is one, and one of this setup.
    pub fn go_to_branch(&mut self, id: BranchId) -> bool {
        let Some(branch) = self.branches.find(id).filter(|branch| branch.setup().is_none()) else {
            return false;
        };
        let edits = branch.edits().to_vec();
        self.set_edits(edits).is_ok()
    }

    /// The trace of a run. It is at hand for the present one and for the latest short ones; others
    /// are run again.
    #[must_use]
    pub fn trace_of(&self, side: Side) -> Option<Cow<'_, Trace>> {
        let id = match side {
            Side::Present => return Some(Cow::Borrowed(self.trace())),
            Side::Branch(id) => id,
        };
        let branch = self.branches.find(id)?;
        Some(match branch.trace() {
            Some(trace) => Cow::Borrowed(trace),
            None => {
                let setup = branch.setup().unwrap_or(&self.setup);
                Cow::Owned(Run::new(Plan::new(setup, branch.edits())).trace)
            }
        })
    }

    /// Compares two runs; `None` where one is not kept.
    #[must_use]
    pub fn compare(&self, a: Side, b: Side) -> Option<Comparison> {
        Some(compare(&*self.trace_of(a)?, &*self.trace_of(b)?))
    }

    /// Keeps the present run without a name, as the one before a change.
    pub(super) fn keep_before_change(&mut self) {
        let trace = self.trace_to_keep();
        // Where everything has a name nothing is lost: undo leads back all the same.
        let _ = self.branches.keep(None, None, &self.edits, trace);
    }

    fn trace_to_keep(&self) -> Option<Trace> {
        let trace = self.trace();
        Branches::has_room_for(trace.records().len()).then(|| trace.clone())
    }
}

/// Why a run of another setup cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepError {
    /// The setup cannot be run.
    Setup(SetupError),
    /// One of the present edits cannot be made on it.
    Edit(EditError),
    /// Too many are kept.
    Full(BranchesFull),
}

impl core::fmt::Display for KeepError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Setup(error) => error.fmt(f),
            Self::Edit(error) => error.fmt(f),
            Self::Full(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for KeepError {}
