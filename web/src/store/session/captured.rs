//! What a capture asks of the session: another run for a while, and the one before it back as it was.

use super::Session;
use crate::store::{Aside, CaptureChange, Change, Run};

/// The id of the scenario that is made of a conversation.
const REPLAY: &str = "captured";

impl Session {
    /// Changes the capture that is looked at, or begins to look at one.
    pub(super) fn capture(&mut self, change: CaptureChange) -> Vec<Change> {
        let mut changes = match change {
            CaptureChange::Replay(run) => return self.replay(*run),
            CaptureChange::Before => return self.bring_back(),
            change => {
                let show = matches!(change, CaptureChange::Show);
                self.capturing.get_or_insert_default().change(change);
                if show && !self.is_replay() {
                    // What was there before it is of use for as long as the replay is looked at.
                    self.capturing.iter_mut().for_each(|it| it.before = None);
                }
                Vec::new()
            }
        };
        changes.push(Change::Captured);
        changes
    }

    /// Whether the run is what our TCP does for a captured conversation.
    fn is_replay(&self) -> bool {
        self.run.as_ref().is_some_and(|run| !run.is_own() && run.scenario().id() == REPLAY)
    }

    /// Shows what our TCP does. The run that was there is put aside, with all that belongs to it; but
    /// for another replay, behind which stays what was before it.
    fn replay(&mut self, run: Run) -> Vec<Change> {
        let again = self.is_replay();
        let selection = self.selection;
        let journal = std::mem::take(&mut self.journal);
        let composed = std::mem::take(&mut self.composed);
        let before = self.run.take();
        let changes = self.load(run);
        let capturing = self.capturing.get_or_insert_default();
        capturing.open = false;
        if !again || capturing.before.is_none() {
            let aside = before.map(|run| Box::new(Aside { run, selection, journal, composed }));
            capturing.before = aside;
        }
        [vec![Change::Captured], changes].concat()
    }

    /// Shows what was there before the replay, as it was.
    fn bring_back(&mut self) -> Vec<Change> {
        let before = self.capturing.as_mut().and_then(|it| {
            it.open = false;
            it.before.take()
        });
        let Some(before) = before else { return vec![] };
        let Aside { run, selection, journal, composed } = *before;
        let moment = run.moment();
        let mut changes = self.load(run);
        (self.selection, self.journal, self.composed) = (selection, journal, composed);
        if let Some(run) = &mut self.run {
            run.go_to(moment);
        }
        changes.extend([Change::Captured, Change::Selected, Change::Stepped]);
        changes
    }
}
