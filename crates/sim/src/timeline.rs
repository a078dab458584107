//! A run that can be changed: the past replayed from just before the change.

use alloc::vec::Vec;

use tcpscope_tcp::Effects;

use crate::world::{Plan, World};
use crate::{Edit, EditError, HostId, LinkSetup, RecordId, Setup, SetupError, Trace};

/// A snapshot of the world is kept about every so many records.
const SPACING: usize = 128;

/// A run from its first call to its end, and the edits that made it what it is.
///
/// It is always complete: looking at it moves nothing but the eye.
#[derive(Clone, Debug)]
pub struct Timeline {
    setup: Setup,
    edits: Vec<Edit>,
    /// What was undone, the latest last.
    undone: Vec<Edit>,
    plan: Plan,
    trace: Trace,
    /// The world as it was before each of these records, in order.
    snapshots: Vec<(RecordId, World)>,
}

impl Timeline {
    /// Runs a setup to its end.
    ///
    /// # Errors
    /// What is wrong with the setup, if it cannot be run.
    pub fn new(setup: Setup) -> Result<Self, SetupError> {
        setup.check()?;
        let plan = Plan::new(&setup, &[]);
        let trace = Trace::new(&setup);
        let snapshots = Vec::new();
        let mut timeline =
            Self { setup, edits: Vec::new(), undone: Vec::new(), plan, trace, snapshots };
        timeline.replay(None);
        Ok(timeline)
    }

    /// The run.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The setup as it was given, without the edits.
    #[must_use]
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The link that begins at a host, with the edits.
    #[must_use]
    pub fn link(&self, from: HostId) -> Option<&LinkSetup> {
        self.plan.setup.links.iter().find(|link| link.from == from)
    }

    /// The edits in force, in the order in which they were made.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Makes an edit and replays. What was undone before can no longer be redone.
    ///
    /// # Errors
    /// What is wrong with the edit; the run is then unchanged.
    pub fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        self.check(&edit)?;
        self.undone.clear();
        self.edits.push(edit);
        self.replay_from(&edit);
        Ok(())
    }

    /// Takes the last edit back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(edit) = self.edits.pop() else { return false };
        self.undone.push(edit);
        self.replay_from(&edit);
        true
    }

    /// Makes the edit again that was last undone; says whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(edit) = self.undone.pop() else { return false };
        self.edits.push(edit);
        self.replay_from(&edit);
        true
    }

    /// Whether there is an edit to take back.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        !self.edits.is_empty()
    }

    /// Whether there is an edit to make again.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    fn check(&self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::Packet(intervention) => {
                let packet = intervention.packet();
                if self.trace.find_packet(packet).is_none() {
                    let names = self.setup.hosts.iter().map(|host| host.name.as_str());
                    return Err(EditError::UnknownPacket { packet: packet.to_text(names) });
                }
            }
            Edit::LinkDelay { from, .. } => self.check_link(*from)?,
            Edit::LinkLoss { from, loss_ppm } => {
                self.check_link(*from)?;
                if *loss_ppm > 1_000_000 {
                    return Err(EditError::LossAboveAll { loss_ppm: *loss_ppm });
                }
            }
        }
        Ok(())
    }

    fn check_link(&self, from: HostId) -> Result<(), EditError> {
        self.link(from).map(|_| ()).ok_or(EditError::UnknownLink { from })
    }

    /// Replays from the last snapshot before what an edit touches: a packet's sending, or the
    /// beginning for a link.
    fn replay_from(&mut self, edit: &Edit) {
        let touched = match edit {
            Edit::Packet(intervention) => self
                .trace
                .find_packet(intervention.packet())
                .map(|packet| self.trace.packet(packet).sent_by),
            Edit::LinkDelay { .. } | Edit::LinkLoss { .. } => None,
        };
        self.plan = Plan::new(&self.setup, &self.edits);
        self.replay(touched);
    }

    /// Runs to the end, from the last snapshot at or before `touched`, or from the beginning.
    fn replay(&mut self, touched: Option<RecordId>) {
        // A snapshot stands before a whole step, and the step that sent the packet has to be run
        // again: so the snapshot must lie before the first record of that step.
        let usable = touched.map_or(0, |record| {
            let first = self.trace.event_of(record).start;
            self.snapshots.partition_point(|(before, _)| before.index() <= first)
        });
        self.snapshots.truncate(usable);
        let mut world = match self.snapshots.last() {
            Some((before, world)) => {
                self.trace.truncate(*before);
                world.clone()
            }
            None => {
                self.trace = Trace::new(&self.setup);
                World::new(&self.plan)
            }
        };
        let mut effects = Effects::observed();
        let ended = loop {
            self.keep_snapshot(&world);
            if let Err(ended) = world.step(&self.plan, &mut self.trace, &mut effects) {
                break ended;
            }
        };
        self.trace.end(ended);
    }

    fn keep_snapshot(&mut self, world: &World) {
        let next = self.trace.next_record();
        let due =
            self.snapshots.last().is_none_or(|(last, _)| next.index() >= last.index() + SPACING);
        if due {
            self.snapshots.push((next, world.clone()));
        }
    }
}

impl Plan {
    /// The setup with the edits in it.
    fn new(setup: &Setup, edits: &[Edit]) -> Self {
        let mut setup = setup.clone();
        let mut interventions = setup.interventions.clone();
        for edit in edits {
            match *edit {
                Edit::Packet(intervention) => interventions.push(intervention),
                Edit::LinkDelay { from, delay } => {
                    for link in setup.links.iter_mut().filter(|link| link.from == from) {
                        link.delay = delay;
                    }
                }
                Edit::LinkLoss { from, loss_ppm } => {
                    for link in setup.links.iter_mut().filter(|link| link.from == from) {
                        link.loss_ppm = loss_ppm;
                    }
                }
            }
        }
        Self { setup, interventions }
    }
}
