//! The run beside the present one: which two runs are compared, and what came of it.

use std::borrow::Cow;
use std::cell::OnceCell;

use tcpscope_sim::{
    Branch, BranchId, Comparison, KeepError, Place, RecordId, Side, Switch, Timeline, Trace,
    compare,
};

use super::{BesideRun, Run};

/// Something done to the runs that are kept, or to the choice of two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Compare {
    /// This run stands on the left.
    Left(Side),
    /// This run stands on the right.
    Right(Side),
    /// The same run with something turned on that is off, or the other way round, stands on the
    /// right; or no longer.
    Switch(Option<Switch>),
    /// The present run is kept.
    Keep(String),
    /// A run that is kept has this name; none where it is empty.
    Name(BranchId, String),
    /// A run is kept no longer.
    Forget(BranchId),
}

/// Which two runs are compared.
#[derive(Default)]
pub(crate) struct Beside {
    pair: Option<(Side, Side)>,
    /// The switch whose other position is compared with: it follows the edits.
    switch: Option<Switch>,
    /// Runs that were too long to be at hand, run again.
    reruns: Vec<(BranchId, Trace)>,
    /// The run that a lesson has put beside.
    taught: Option<BranchId>,
    comparison: OnceCell<Comparison>,
}

impl Beside {
    /// One of the runs shows another part than before.
    pub(super) fn forget_comparison(&mut self) {
        self.comparison.take();
    }
}

impl Run {
    /// The run that is compared with the present one, if it is at hand.
    pub(crate) fn compared(&self) -> Option<&Trace> {
        match self.beside.pair? {
            (Side::Present, Side::Present) => None,
            (other, Side::Present) | (Side::Present, other) => self.trace_of(other),
            (Side::Branch(_), Side::Branch(_)) => None,
        }
    }

    /// The two runs that are compared.
    pub(crate) const fn pair(&self) -> Option<(Side, Side)> {
        self.beside.pair
    }

    /// The switch whose other position the present run is compared with.
    pub(crate) const fn switch(&self) -> Option<Switch> {
        self.beside.switch
    }

    /// A run as far as it is shown, if it is at hand.
    pub(crate) fn trace_of(&self, side: Side) -> Option<&Trace> {
        match (side, self.veiled()) {
            (Side::Present, _) => Some(self.trace()),
            (Side::Branch(id), Some(veil)) => veil.other(id),
            (Side::Branch(id), None) => self.kept(id),
        }
    }

    /// The runs that are compared with the present one, whole, as far as they are at hand.
    pub(super) fn kept_beside(&self) -> impl Iterator<Item = (BranchId, &Trace)> {
        let (left, right) = self.beside.pair.unwrap_or((Side::Present, Side::Present));
        [left, right].into_iter().filter_map(|side| match side {
            Side::Present => None,
            Side::Branch(id) => Some((id, self.kept(id)?)),
        })
    }

    /// A run that is kept, if it is at hand.
    fn kept(&self, id: BranchId) -> Option<&Trace> {
        let rerun = self.beside.reruns.iter().find(|(rerun, _)| *rerun == id);
        let kept = || self.timeline().branch(id).and_then(Branch::trace);
        rerun.map(|(_, trace)| trace).or_else(kept)
    }

    /// What the two runs have in common, and what not, if both are at hand.
    pub(crate) fn comparison(&self) -> Option<&Comparison> {
        let (left, right) = self.beside.pair?;
        let (left, right) = (self.trace_of(left)?, self.trace_of(right)?);
        Some(self.beside.comparison.get_or_init(|| compare(left, right)))
    }

    /// The first record of the present run that is not that of the run compared with it.
    pub(crate) fn parting(&self) -> Option<RecordId> {
        self.compared()?;
        let first = self.comparison()?.first.as_ref()?;
        match self.beside.pair? {
            (Side::Present, _) => first.a,
            (_, Side::Present) => first.b,
            (Side::Branch(_), Side::Branch(_)) => None,
        }
    }

    /// The records that there are notes on, and those that send segments that there are notes on.
    pub(crate) fn noted(&self) -> Vec<RecordId> {
        let trace = self.trace();
        let mut noted = Vec::new();
        for note in self.timeline().annotations() {
            match trace.place_of(note.anchor) {
                Place::Record(record) => noted.push(record),
                Place::Packet(packet) => noted.push(trace.packet(packet).sent_by),
                Place::Lost => {}
            }
        }
        noted
    }

    /// Does something to the choice or to the runs that are kept.
    pub(super) fn arrange_beside(&mut self, what: Compare) -> Result<(), KeepError> {
        let (left, right) = self.beside.pair.unwrap_or((Side::Present, Side::Present));
        match what {
            Compare::Left(side) => self.choose(side, right),
            Compare::Right(side) => self.choose(left, side),
            Compare::Switch(switch) => {
                self.forget_switched();
                self.beside.switch = switch;
                self.beside.pair = None;
                self.keep_switched()?;
            }
            Compare::Keep(name) => {
                self.timeline_mut().keep(&name).map_err(KeepError::Full)?;
            }
            Compare::Name(id, name) => {
                let name = name.trim();
                self.timeline_mut().name_branch(id, (!name.is_empty()).then_some(name));
            }
            Compare::Forget(id) => {
                self.timeline_mut().forget_branch(id);
            }
        }
        self.refresh_beside();
        self.have_both_at_hand();
        Ok(())
    }

    /// Keeps a run of a lesson's, and compares with it; or lets go of the one that was.
    pub(super) fn stand_beside(&mut self, beside: Option<Box<BesideRun>>) -> Result<(), KeepError> {
        self.forget_switched();
        self.beside.switch = None;
        let before = self.beside.taught.take();
        let mut kept = None;
        if let Some(beside) = beside {
            let BesideRun { name, setup, edits } = *beside;
            kept = Some(self.timeline_mut().keep_run(&name, &setup, &edits)?);
        }
        if let Some(before) = before.filter(|before| Some(*before) != kept) {
            self.timeline_mut().forget_branch(before);
        }
        self.beside.taught = kept;
        self.beside.pair = kept.map(|kept| (Side::Present, Side::Branch(kept)));
        self.refresh_beside();
        self.have_both_at_hand();
        Ok(())
    }

    fn choose(&mut self, left: Side, right: Side) {
        self.beside.pair = Some((left, right));
        if !self.is_switched(left) && !self.is_switched(right) {
            self.beside.switch = None;
        }
    }

    /// After a change to the list of edits. The run that it has kept is compared with, unless
    /// another configuration is: that is then run with the same edits.
    pub(super) fn beside_after_change(&mut self, kept: Option<BranchId>) {
        if self.beside.switch.is_some() {
            self.forget_switched();
            // Where it cannot be run with these edits, or kept, there is nothing beside.
            if self.keep_switched().is_err() {
                self.beside.switch = None;
            }
        } else {
            self.beside.pair = kept.map(|kept| (Side::Branch(kept), Side::Present));
        }
        self.refresh_beside();
    }

    /// After a change that is part of the last one: no other run was kept.
    pub(super) fn beside_after_adjustment(&mut self) {
        if self.beside.switch.is_some() {
            self.beside_after_change(None);
        } else {
            self.refresh_beside();
        }
    }

    /// What stood between the present run and another may have changed.
    pub(super) fn refresh_beside(&mut self) {
        self.beside.comparison.take();
        let is_there = |timeline: &Timeline, side| match side {
            Side::Present => true,
            Side::Branch(id) => timeline.branch(id).is_some(),
        };
        let timeline = self.timeline();
        if let Some((left, right)) = self.beside.pair
            && !(is_there(timeline, left) && is_there(timeline, right))
        {
            self.beside.pair = None;
        }
        let gone = |id: BranchId| self.timeline().branch(id).is_none();
        let gone: Vec<_> =
            self.beside.reruns.iter().map(|(id, _)| *id).filter(|id| gone(*id)).collect();
        self.beside.reruns.retain(|(id, _)| !gone.contains(id));
        // Another configuration is seen at once: it was asked for.
        if self.beside.switch.is_some() {
            self.have_both_at_hand();
        }
    }

    /// Runs again what is compared and is not at hand.
    pub(super) fn have_both_at_hand(&mut self) {
        let Some((left, right)) = self.beside.pair else { return };
        let wanted = |side| match side {
            Side::Branch(id) if self.kept(id).is_none() => Some(id),
            Side::Branch(_) | Side::Present => None,
        };
        let wanted = [wanted(left), wanted(right)];
        self.beside.reruns.retain(|(id, _)| [left, right].contains(&Side::Branch(*id)));
        for id in wanted.into_iter().flatten() {
            let trace = self.timeline().trace_of(Side::Branch(id)).map(Cow::into_owned);
            if let Some(trace) = trace {
                self.beside.reruns.push((id, trace));
                self.beside.comparison.take();
            }
        }
    }

    /// Keeps the present run in the other position of the switch.
    fn keep_switched(&mut self) -> Result<(), KeepError> {
        let Some(switch) = self.beside.switch else { return Ok(()) };
        let setup = self.timeline().setup();
        let other = setup.switched(switch, !setup.is_on(switch));
        let name = switched_name(switch);
        let id = self.timeline_mut().keep_setup(&name, &other)?;
        self.beside.pair = Some((Side::Present, Side::Branch(id)));
        Ok(())
    }

    /// Lets go of the run in the other position of the switch, unless the reader has named it.
    fn forget_switched(&mut self) {
        let Some(switch) = self.beside.switch else { return };
        let name = switched_name(switch);
        let ours = self.timeline().branches().iter().find(|branch| branch.name() == Some(&name));
        if let Some(id) = ours.map(Branch::id) {
            self.timeline_mut().forget_branch(id);
            self.beside.reruns.retain(|(rerun, _)| *rerun != id);
        }
    }

    fn is_switched(&self, side: Side) -> bool {
        let Side::Branch(id) = side else { return false };
        self.timeline().branch(id).and_then(Branch::name).and_then(switch_of).is_some()
    }
}

/// What stands before the name of a switch in the name of a run.
const SWITCHED: &str = "switch:";

/// The name of a run that differs from the present one in a switch.
fn switched_name(switch: Switch) -> String {
    let mut name = SWITCHED.to_owned();
    name.push_str(switch.name());
    name
}

/// The switch in which a run of this name differs.
pub(crate) fn switch_of(name: &str) -> Option<Switch> {
    Switch::from_name(name.strip_prefix(SWITCHED)?)
}
