//! Runs that are kept beside the present one, to go back to and to compare with.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{Edit, Setup, Trace};

/// A branch, for as long as it is kept. No other branch of the timeline ever has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub u32);

/// A run that is kept: all that made it what it is, and perhaps its trace.
#[derive(Clone, Debug)]
pub struct Branch {
    id: BranchId,
    name: Option<String>,
    /// The setup, where it is another than the timeline's.
    setup: Option<Box<Setup>>,
    edits: Vec<Edit>,
    trace: Option<Trace>,
}

impl Branch {
    /// Which.
    #[must_use]
    pub const fn id(&self) -> BranchId {
        self.id
    }

    /// The name, if somebody gave it one. One without a name goes when there are too many.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The setup, where it is another than the timeline's.
    #[must_use]
    pub fn setup(&self) -> Option<&Setup> {
        self.setup.as_deref()
    }

    /// The edits.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The trace, if it is at hand; else the branch has to be run again.
    #[must_use]
    pub const fn trace(&self) -> Option<&Trace> {
        self.trace.as_ref()
    }
}

/// All branches of a timeline, the oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branches {
    kept: Vec<Branch>,
    made: u32,
    forgotten: u32,
}

impl Branches {
    /// As many branches as are kept.
    pub(crate) const MOST: usize = 16;
    /// As many records as the traces that are at hand may have in all.
    const MOST_RECORDS: usize = 50_000;

    pub(crate) fn kept(&self) -> &[Branch] {
        &self.kept
    }

    pub(crate) const fn forgotten(&self) -> u32 {
        self.forgotten
    }

    pub(crate) fn find(&self, id: BranchId) -> Option<&Branch> {
        self.kept.iter().find(|branch| branch.id == id)
    }

    /// Whether a trace of this length can be kept at hand.
    pub(crate) const fn has_room_for(records: usize) -> bool {
        records <= Self::MOST_RECORDS
    }

    /// Keeps a run. One with the same setup and edits is kept once, and takes the name.
    pub(crate) fn keep(
        &mut self,
        name: Option<String>,
        setup: Option<&Setup>,
        edits: &[Edit],
        trace: Option<Trace>,
    ) -> Result<BranchId, BranchesFull> {
        let same = |branch: &Branch| branch.setup() == setup && branch.edits == edits;
        let place = self.kept.iter().position(same);
        let branch = match place {
            Some(place) => {
                // It is the latest again.
                let mut branch = self.kept.remove(place);
                branch.name = name.or(branch.name);
                branch.trace = trace.or(branch.trace);
                branch
            }
            None => {
                self.make_room()?;
                let id = BranchId(self.made);
                self.made += 1;
                let setup = setup.cloned().map(Box::new);
                Branch { id, name, setup, edits: edits.to_vec(), trace }
            }
        };
        let id = branch.id;
        self.kept.push(branch);
        self.put_traces_away();
        Ok(id)
    }

    pub(crate) fn name(&mut self, id: BranchId, name: Option<String>) -> bool {
        let branch = self.kept.iter_mut().find(|branch| branch.id == id);
        branch.map(|branch| branch.name = name).is_some()
    }

    pub(crate) fn forget(&mut self, id: BranchId) -> bool {
        let before = self.kept.len();
        self.kept.retain(|branch| branch.id != id);
        self.kept.len() < before
    }

    /// Lets the oldest branch without a name go, where there are as many as are kept.
    fn make_room(&mut self) -> Result<(), BranchesFull> {
        if self.kept.len() < Self::MOST {
            return Ok(());
        }
        let nameless = self.kept.iter().position(|branch| branch.name.is_none());
        let place = nameless.ok_or(BranchesFull { most: Self::MOST })?;
        self.kept.remove(place);
        self.forgotten += 1;
        Ok(())
    }

    /// The traces of the latest branches stay at hand, those of others are made again when they
    /// are asked for.
    fn put_traces_away(&mut self) {
        let mut records = 0;
        for branch in self.kept.iter_mut().rev() {
            records += branch.trace.as_ref().map_or(0, |trace| trace.records().len());
            if !Self::has_room_for(records) {
                branch.trace = None;
            }
        }
    }
}

/// Every branch that is kept has a name, and there are as many as can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BranchesFull {
    /// As many as can be kept.
    pub most: usize,
}

impl fmt::Display for BranchesFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} named runs are kept; forget one to keep another", self.most)
    }
}

impl core::error::Error for BranchesFull {}
