//! The run that is looked at.

use std::cell::RefCell;
use std::mem::discriminant;
use std::rc::Rc;

use tcpscope_scenario::{Link, LinkEdit, Scenario, ScenarioRef};
use tcpscope_sim::{
    Branch, BranchId, ConnectionId, Edit, EditError, HostId, LinkChange, Moment, Packet, PacketId,
    PacketIndex, RecordId, Setup, SetupError, Timeline, Trace,
};
use tcpscope_view::{
    End, Ladder, LadderLayout, Playhead, Ribbon, RibbonScale, Stream, receive_window, send_window,
};

use super::{Beside, Drawing, Plotter, Rearrange, Veil, playback};

/// A scenario, its run, and where in it the reader is.
pub(crate) struct Run {
    scenario: Scenario,
    /// Whether the scenario is one of the page's own: then its id is enough to find it again.
    own: bool,
    timeline: Timeline,
    ladder: Ladder,
    /// The scales of ribbons that were drawn since the run was laid out.
    scales: RefCell<Vec<(ScaleKey, RibbonScale)>>,
    /// The ticks at the scrubber, once they were drawn since then.
    ticks: RefCell<Option<Rc<str>>>,
    playhead: Playhead,
    /// The first and the last record that are shown, where the run is not shown whole.
    within: Option<(RecordId, RecordId)>,
    /// While a question is open: the run as far as it is shown.
    veil: Option<Veil>,
    /// The edit of a control that is being moved: the next one of its kind takes its place.
    adjusting: Option<Edit>,
    /// The run that this one is compared with.
    pub(super) beside: Beside,
    /// What was computed of its plots.
    plotter: Plotter,
}

/// What a ribbon's scale depends on: whose it is, and of which connection.
type ScaleKey = (HostId, Option<ConnectionId>, Option<ConnectionId>);

impl Run {
    /// Runs a scenario, with another seed than its own if one is given.
    ///
    /// # Errors
    /// Why it cannot be run.
    pub(crate) fn new(
        scenario: Scenario,
        own: bool,
        seed: Option<u64>,
    ) -> Result<Self, SetupError> {
        let setup = scenario.setup();
        let timeline = Timeline::new(Setup { seed: seed.unwrap_or(setup.seed), ..setup })?;
        Ok(Self::of(scenario, own, timeline))
    }

    /// A run that was made of a scenario already, perhaps otherwise than it stands there.
    pub(crate) fn of(scenario: Scenario, own: bool, timeline: Timeline) -> Self {
        let trace = timeline.trace();
        let (ladder, playhead) = lay_out(&timeline, trace, None, Moment::START, Drawing::default());
        Self {
            scenario,
            own,
            timeline,
            ladder,
            scales: RefCell::default(),
            ticks: RefCell::default(),
            playhead,
            within: None,
            veil: None,
            adjusting: None,
            plotter: Plotter::default(),
            beside: Beside::default(),
        }
    }

    /// The scenario.
    pub(crate) const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Whether the scenario is one of the page's own.
    pub(crate) const fn is_own(&self) -> bool {
        self.own
    }

    /// The same scenario, how it is found, and the edits, for a run with another seed.
    pub(crate) fn with_seed(&self, seed: u64) -> Result<Self, SetupError> {
        let mut run = Self::new(self.scenario.clone(), self.own, Some(seed))?;
        for edit in self.timeline.edits() {
            // With another seed a packet may not be sent at all: then nothing is done to it.
            let _ = run.timeline.edit(edit.clone());
        }
        Ok(run)
    }

    /// What happened, as far as it is shown: to the end, unless a question is open.
    pub(crate) const fn trace(&self) -> &Trace {
        match &self.veil {
            Some(veil) => veil.trace(),
            None => self.timeline.trace(),
        }
    }

    /// The run and its edits.
    pub(crate) const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The run and its edits, for what leaves the present run as it is.
    pub(super) const fn timeline_mut(&mut self) -> &mut Timeline {
        &mut self.timeline
    }

    /// The seed in force.
    pub(crate) const fn seed(&self) -> u64 {
        self.timeline.setup().seed
    }

    /// What was computed of its plots.
    pub(super) const fn plotter(&self) -> &Plotter {
        &self.plotter
    }

    /// The ladder at its present width.
    pub(crate) const fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// The ribbon of one end's stream at the present moment.
    pub(crate) fn ribbon(&self, end: End<'_>, stream: Stream) -> Ribbon {
        let record = self.moment().record;
        let scale = self.ribbon_scale(end);
        match stream {
            Stream::Sent => send_window(end, record, &scale),
            Stream::Received => receive_window(end, record, &scale),
        }
    }

    /// The scale of one end's ribbons: found once, since all packets are looked at for it.
    fn ribbon_scale(&self, end: End<'_>) -> RibbonScale {
        let record = self.moment().record;
        let key = (end.host(), end.fixed(), end.connection(record));
        let known = self.scales.borrow().iter().find(|(known, _)| *known == key).copied();
        if let Some((_, scale)) = known {
            return scale;
        }
        let scale = RibbonScale::of(end, record);
        self.scales.borrow_mut().push((key, scale));
        scale
    }

    /// The ticks at the scrubber: drawn once, since all records are looked at for them.
    pub(crate) fn ticks(&self, draw: impl FnOnce(&Self) -> Rc<str>) -> Rc<str> {
        let known = self.ticks.borrow().clone();
        known.unwrap_or_else(|| {
            let ticks = draw(self);
            *self.ticks.borrow_mut() = Some(ticks.clone());
            ticks
        })
    }

    /// Where the reader is.
    pub(crate) const fn playhead(&self) -> Playhead {
        self.playhead
    }

    /// When the reader is.
    pub(crate) const fn moment(&self) -> Moment {
        self.playhead.moment
    }

    /// The heights at which the playhead begins and ends.
    pub(crate) fn ends(&self) -> (f64, f64) {
        let axis = self.ladder.axis();
        (axis.playhead(self.first_moment()).y, axis.playhead(self.last_moment()).y)
    }

    /// Where playing begins.
    pub(crate) fn first_moment(&self) -> Moment {
        let first = self.within.map_or(RecordId(0), |(first, _)| first);
        if first.0 == 0 { Moment::START } else { self.trace().moment_of(first) }
    }

    /// Where it ends.
    pub(crate) fn last_moment(&self) -> Moment {
        let all = || playback::end(self.trace());
        self.within.map_or_else(all, |(_, last)| self.trace().moment_of(last))
    }

    /// Whether there is nothing after the moment.
    pub(crate) fn is_at_end(&self) -> bool {
        self.moment() == self.last_moment()
    }

    /// The hosts, in order.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = HostId> + use<> {
        (0..self.trace().hosts().len()).filter_map(|host| u8::try_from(host).ok()).map(HostId)
    }

    /// A packet's place in this run, if it is sent in it.
    pub(crate) fn find(&self, id: Option<PacketId>) -> Option<PacketIndex> {
        self.trace().find_packet(id?)
    }

    /// The next segment sent on the same way, if there is one.
    pub(crate) fn next_on_same_way(&self, packet: PacketIndex) -> Option<PacketIndex> {
        let packets = self.trace().packets();
        let (first, here) = (packet.0 as usize + 1, packets.get(packet.0 as usize)?);
        let same = |other: &Packet| {
            other.id.from == here.id.from && other.to == here.to && other.id.copy == 0
        };
        let next = packets.get(first..)?.iter().position(same)?;
        u32::try_from(first + next).ok().map(PacketIndex)
    }

    /// The nearest moment that this run has.
    pub(crate) fn clamp(&self, moment: Moment) -> Moment {
        let latest = self.trace().at(moment.at);
        let fits = moment.record <= latest.record;
        Moment { record: if fits { moment.record } else { latest.record }, ..latest }
    }

    /// All that a link has to say of the run; what it says of the reader is added by the session.
    pub(crate) fn link(&self, of_lesson: Option<String>) -> Link {
        let setup = self.timeline.setup();
        let scenario = if self.own {
            ScenarioRef::Id(self.scenario.id().to_owned())
        } else if let Some(run) = of_lesson {
            ScenarioRef::RunOfLesson(run)
        } else {
            ScenarioRef::Inline(self.scenario.clone())
        };
        Link {
            seed: (setup.seed != self.scenario.setup().seed).then_some(setup.seed),
            edits: self.timeline.edits().iter().map(|edit| LinkEdit::of(edit, setup)).collect(),
            at_us: self.moment().at.as_micros(),
            record: Some(self.moment().record.0),
            ..Link::to(scenario)
        }
    }

    pub(super) fn lay_out(&mut self, drawing: Drawing) {
        self.draw_veil();
        (self.ladder, self.playhead) =
            lay_out(&self.timeline, self.trace(), self.compared(), self.moment(), drawing);
        if self.veil.as_ref().is_some_and(Veil::withholds_timers) {
            self.ladder.withhold_running_timers();
        }
        self.plotter = Plotter::default();
        self.scales.borrow_mut().clear();
        self.ticks = RefCell::default();
    }

    pub(super) fn zoom(&mut self, factor: f64) {
        self.ladder.set_zoom(self.timeline.trace(), factor);
    }

    pub(super) fn go_to(&mut self, moment: Moment) {
        self.playhead = self.ladder.axis().playhead(moment);
    }

    /// From now on only what happens between two records is shown, or the whole run.
    pub(super) fn keep_within(&mut self, bounds: Option<(RecordId, RecordId)>) {
        self.within = bounds;
        self.ticks = RefCell::default();
    }

    /// Shows the run up to a record, or all of it; says whether that is another part than before.
    pub(super) fn veil(&mut self, until: Option<RecordId>, withholds_timers: bool) -> bool {
        let before = self.veil.as_ref().map(|veil| (veil.record(), veil.withholds_timers()));
        if before == until.map(|record| (record, withholds_timers)) {
            return false;
        }
        let veil = until.map(|record| Veil::new(self.timeline.trace(), record, withholds_timers));
        self.veil = veil;
        self.beside.forget_comparison();
        true
    }

    /// Whether a question is open, and what follows its moment hidden.
    pub(crate) const fn is_veiled(&self) -> bool {
        self.veil.is_some()
    }

    /// After a change: shows the run as it is now, up to the same time.
    pub(super) fn draw_veil(&mut self) {
        let Some(veil) = self.veil.take() else { return };
        let others: Vec<_> = self.kept_beside().map(|(id, other)| (id, veil.cut(other))).collect();
        self.veil = Some(veil.drawn_anew(self.timeline.trace(), others));
        self.beside.forget_comparison();
    }

    /// The veil, where there is one.
    pub(super) const fn veiled(&self) -> Option<&Veil> {
        self.veil.as_ref()
    }

    pub(super) const fn put_playhead(&mut self, playhead: Playhead) {
        self.playhead = playhead;
    }

    pub(crate) fn edit(&mut self, edit: Edit) -> Result<(), EditError> {
        self.timeline.edit(edit)?;
        self.adjusting = None;
        self.compare_with_last();
        Ok(())
    }

    /// Like [`edit`](Self::edit), from a control that is being moved; says whether it moved.
    pub(super) fn adjust(&mut self, edit: Edit) -> Result<bool, EditError> {
        if self.is_in_force(&edit) {
            return Ok(false);
        }
        if self.is_adjusting(&edit) {
            self.timeline.adjust(edit.clone())?;
            self.beside_after_adjustment();
        } else {
            self.timeline.edit(edit.clone())?;
            self.compare_with_last();
        }
        self.adjusting = Some(edit);
        Ok(true)
    }

    /// Whether an edit goes on with what a control that is being moved has done already.
    pub(super) fn is_adjusting(&self, edit: &Edit) -> bool {
        self.adjusting.as_ref().is_some_and(|before| same_control(before, edit))
    }

    /// Whether a link is already as the edit would have it.
    fn is_in_force(&self, edit: &Edit) -> bool {
        match *edit {
            Edit::LinkDelay { from, delay } => {
                self.timeline.link(from).is_some_and(|link| link.delay == delay)
            }
            Edit::LinkLoss { from, loss_ppm } => {
                self.timeline.link(from).is_some_and(|link| link.loss_ppm == loss_ppm)
            }
            Edit::Packet(_) | Edit::Link(_) | Edit::Act(_) => self.adjusting.as_ref() == Some(edit),
        }
    }

    /// Arranges the list of edits otherwise; says whether it is another then.
    pub(super) fn rearrange(&mut self, how: Rearrange) -> Result<bool, EditError> {
        self.adjusting = None;
        let timeline = &mut self.timeline;
        match how {
            Rearrange::Remove(place) => timeline.remove(place)?,
            Rearrange::Move { from, to } if from == to => return Ok(false),
            Rearrange::Move { from, to } => timeline.reorder(from, to)?,
            Rearrange::Replace(place, edit) if timeline.edits().get(place) == Some(&edit) => {
                return Ok(false);
            }
            Rearrange::Replace(place, edit) => timeline.replace(place, edit)?,
            Rearrange::Clear if timeline.edits().is_empty() => return Ok(false),
            Rearrange::Clear => timeline.set_edits(Vec::new())?,
        }
        self.compare_with_last();
        Ok(true)
    }

    /// An edit as it stands in a link.
    pub(crate) fn edit_text(&self, edit: &Edit) -> String {
        LinkEdit::of(edit, self.timeline.setup()).to_text()
    }

    pub(super) fn settle(&mut self) {
        self.adjusting = None;
    }

    pub(super) fn undo(&mut self) -> bool {
        self.adjusting = None;
        let undone = self.timeline.undo();
        if undone {
            // What was taken back is not to be seen any more.
            self.beside_after_change(None);
        }
        undone
    }

    pub(super) fn redo(&mut self) -> bool {
        self.adjusting = None;
        let redone = self.timeline.redo();
        if redone {
            self.compare_with_last();
        }
        redone
    }

    /// Makes the edits of a run that is kept the present ones; says whether it could.
    pub(super) fn go_to_branch(&mut self, id: BranchId) -> bool {
        self.adjusting = None;
        let gone = self.timeline.go_to_branch(id);
        if gone {
            self.compare_with_last();
        }
        gone
    }

    /// The run before the last change is compared with.
    fn compare_with_last(&mut self) {
        let kept = self.timeline.branches().last().map(Branch::id);
        self.beside_after_change(kept);
    }

    /// After an edit the moment stays where it was: the time, and the record where it is still one
    /// of those that the time may mean.
    pub(super) fn moment_kept(&self) -> Moment {
        let before = self.moment();
        let trace = self.trace();
        let latest = trace.at(before.at);
        let records = trace.records();
        let index = before.record.index();
        let begun = records.get(index).is_some_and(|record| record.at <= before.at);
        let nothing_missed = records.get(index + 1).is_none_or(|next| next.at >= before.at);
        Moment {
            record: if begun && nothing_missed { before.record } else { latest.record },
            ..latest
        }
    }
}

fn lay_out(
    timeline: &Timeline,
    trace: &Trace,
    compared: Option<&Trace>,
    moment: Moment,
    drawing: Drawing,
) -> (Ladder, Playhead) {
    let Drawing { width, numbers, labels, zoom } = drawing;
    // Hosts stand where they stand in the whole run, however little of it is shown.
    let layout = LadderLayout::of(timeline.trace(), width);
    let mut ladder = Ladder::new(trace, layout, numbers)
        .with_labels(labels)
        .with_notes(trace, timeline.annotations());
    if let Some(other) = compared {
        ladder = ladder.with_ghosts(trace, other);
    }
    ladder.set_zoom(trace, zoom);
    let playhead = ladder.axis().playhead(moment);
    (ladder, playhead)
}

/// Whether two edits come from moving the same control.
fn same_control(a: &Edit, b: &Edit) -> bool {
    match (a, b) {
        (Edit::LinkDelay { from: a, .. }, Edit::LinkDelay { from: b, .. })
        | (Edit::LinkLoss { from: a, .. }, Edit::LinkLoss { from: b, .. }) => a == b,
        (Edit::Packet(a), Edit::Packet(b)) => {
            discriminant(a) == discriminant(b) && a.packet() == b.packet()
        }
        (Edit::Link(a), Edit::Link(b)) => {
            let control =
                |change: &LinkChange| (change.at, change.from, change.toward, change.to.kind());
            control(a) == control(b)
        }
        (
            Edit::LinkDelay { .. }
            | Edit::LinkLoss { .. }
            | Edit::Packet(_)
            | Edit::Link(_)
            | Edit::Act(_),
            _,
        ) => false,
    }
}
