//! A run that can be changed: the past replayed from just before the change.

mod beside;
mod difference;
mod links;
mod run;

use alloc::vec::Vec;

pub use self::beside::{KeepError, MOST_BRANCHES, Side};
pub use self::difference::Difference;
use self::run::Run;
use crate::annotations::Annotations;
use crate::branches::Branches;
use crate::world::Plan;
use crate::{
    Annotation, AnnotationError, Edit, EditError, HostId, LinkSetup, Setup, SetupError, Trace,
};

/// A run from its first call to its end, and the edits that made it what it is.
///
/// It is always complete: looking at it moves nothing but the eye.
#[derive(Clone, Debug)]
pub struct Timeline {
    setup: Setup,
    edits: Vec<Edit>,
    /// The lists of edits before each change to the list, the latest last.
    past: Vec<Vec<Edit>>,
    /// The lists that were undone, the latest last.
    future: Vec<Vec<Edit>>,
    run: Run,
    branches: Branches,
    annotations: Annotations,
}

impl Timeline {
    /// Runs a setup to its end.
    ///
    /// # Errors
    /// What is wrong with the setup, if it cannot be run.
    pub fn new(setup: Setup) -> Result<Self, SetupError> {
        setup.check()?;
        let run = Run::new(Plan::new(&setup, &[]));
        Ok(Self {
            setup,
            edits: Vec::new(),
            past: Vec::new(),
            future: Vec::new(),
            run,
            branches: Branches::default(),
            annotations: Annotations::default(),
        })
    }

    /// The run.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.run.trace
    }

    /// The same run, made from its beginning: what every replay has to be.
    #[must_use]
    pub fn afresh(&self) -> Trace {
        Run::new(Plan::new(&self.setup, &self.edits)).trace
    }

    /// The setup as it was given, without the edits.
    #[must_use]
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The link that begins at a host, with the edits.
    #[must_use]
    pub fn link(&self, from: HostId) -> Option<&LinkSetup> {
        self.run.plan.setup.links.iter().find(|link| link.from == from)
    }
}

/// The list of edits. What can be done to it can be undone.
impl Timeline {
    /// The edits in force, in the order in which they are applied.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether what an edit is done to exists in the present run: a packet that is sent, an instant
    /// that is reached. One that is not met stays in the list and changes nothing, until other
    /// edits bring it about.
    #[must_use]
    pub fn is_met(&self, edit: &Edit) -> bool {
        self.run.meets(edit.touches())
    }

    /// Makes an edit, after all others. What was undone before can no longer be redone.
    ///
    /// # Errors
    /// What is wrong with the edit; the run is then unchanged.
    pub fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        self.insert(self.edits.len(), edit)
    }

    /// Makes the last edit another, as part of the same change: what a control does while it is
    /// being moved. Undo goes back to before the first, and no run in between is kept.
    ///
    /// # Errors
    /// What is wrong with the edit, or there is none yet; the run is then unchanged.
    pub fn adjust(&mut self, edit: Edit) -> Result<(), EditError> {
        edit.check(&self.setup)?;
        let mut edits = self.edits.clone();
        *edits.last_mut().ok_or_else(|| self.no_such(0))? = edit;
        self.replay(edits);
        Ok(())
    }

    /// Makes an edit at a place in the list.
    ///
    /// # Errors
    /// What is wrong with the edit or with the place; the run is then unchanged.
    pub fn insert(&mut self, place: usize, edit: Edit) -> Result<(), EditError> {
        if place > self.edits.len() {
            return Err(self.no_such(place));
        }
        let mut edits = self.edits.clone();
        edits.insert(place, edit);
        self.set_edits(edits)
    }

    /// Takes an edit out of the list.
    ///
    /// # Errors
    /// There is none at this place; the run is then unchanged.
    pub fn remove(&mut self, place: usize) -> Result<(), EditError> {
        self.check_place(place)?;
        let mut edits = self.edits.clone();
        edits.remove(place);
        self.set_edits(edits)
    }

    /// Puts an edit in the place of another.
    ///
    /// # Errors
    /// What is wrong with the edit or with the place; the run is then unchanged.
    pub fn replace(&mut self, place: usize, edit: Edit) -> Result<(), EditError> {
        self.check_place(place)?;
        let mut edits = self.edits.clone();
        edits[place] = edit;
        self.set_edits(edits)
    }

    /// Moves an edit to another place in the list; those between move up or down by one.
    ///
    /// # Errors
    /// There is no such place; the run is then unchanged.
    pub fn reorder(&mut self, from: usize, to: usize) -> Result<(), EditError> {
        self.check_place(from)?;
        self.check_place(to)?;
        let mut edits = self.edits.clone();
        let edit = edits.remove(from);
        edits.insert(to, edit);
        self.set_edits(edits)
    }

    /// Takes another list of edits in place of the present one, as one change.
    ///
    /// # Errors
    /// What is wrong with one of the edits; the run is then unchanged.
    pub fn set_edits(&mut self, edits: Vec<Edit>) -> Result<(), EditError> {
        for edit in &edits {
            edit.check(&self.setup)?;
        }
        self.future.clear();
        self.past.push(self.edits.clone());
        self.change_to(edits);
        Ok(())
    }

    /// Takes the last change to the list back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(edits) = self.past.pop() else { return false };
        self.future.push(self.edits.clone());
        self.change_to(edits);
        true
    }

    /// Makes the change again that was last undone; says whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(edits) = self.future.pop() else { return false };
        self.past.push(self.edits.clone());
        self.change_to(edits);
        true
    }

    /// Whether there is a change to take back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a change to make again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes another list, and keeps the run that there was.
    fn change_to(&mut self, edits: Vec<Edit>) {
        self.keep_before_change();
        self.replay(edits);
    }

    /// Replays with another list, from before the first of what differs between the two.
    fn replay(&mut self, edits: Vec<Edit>) {
        let before = core::mem::replace(&mut self.edits, edits);
        let plan = Plan::new(&self.setup, &self.edits);
        let (gone, new) = differing(&before, &self.edits);
        self.run.replay(plan, gone.iter().chain(new).map(Edit::touches));
    }

    fn check_place(&self, place: usize) -> Result<(), EditError> {
        if place < self.edits.len() { Ok(()) } else { Err(self.no_such(place)) }
    }

    fn no_such(&self, place: usize) -> EditError {
        EditError::NoSuchEdit { place, edits: self.edits.len() }
    }
}

/// The notes. No edit changes them; where a run no longer has what one is about,
/// [`Trace::place_of`] says so.
impl Timeline {
    /// The notes, in the order in which they were made.
    #[must_use]
    pub fn annotations(&self) -> &[Annotation] {
        self.annotations.all()
    }

    /// Adds a note.
    ///
    /// # Errors
    /// It is too long, or there are too many.
    pub fn annotate(&mut self, annotation: Annotation) -> Result<(), AnnotationError> {
        self.annotations.add(annotation)
    }

    /// Takes a note away, by its place in the list.
    pub fn remove_annotation(&mut self, place: usize) -> Option<Annotation> {
        self.annotations.remove(place)
    }
}

/// What is left of two lists without what both begin and end with.
fn differing<'a>(a: &'a [Edit], b: &'a [Edit]) -> (&'a [Edit], &'a [Edit]) {
    let begin = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}
