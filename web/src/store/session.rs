//! All that the page knows, and how each action changes it.

mod captured;
mod link;
mod time;
mod veil;

use std::fmt;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{
    Anchor, Annotation, AnnotationError, BranchId, Difference, Edit, EditError, KeepError, Note,
    PacketId, PacketIndex,
};
use tcpscope_view::{Messages, messages};

use super::{
    Action, Arrange, Capturing, Catalogue, Change, Compare, Done, Drawing, Inspecting,
    Interviewing, Journal, MenuOf, Notice, Posing, Preference, Preferences, Rearrange, Run, Search,
    Sets, Shell, Tab, Teaching, Told,
};

/// All that the page knows.
pub(crate) struct Session {
    /// The scenarios that there are.
    pub(crate) catalogue: Catalogue,
    /// The run that is looked at; `None` before the first one.
    pub(crate) run: Option<Run>,
    /// Whether time passes.
    pub(crate) playing: bool,
    /// How fast it passes.
    pub(crate) speed: f64,
    /// The selected segment; it may be one that the present run does not send.
    pub(crate) selection: Option<PacketId>,
    /// What the reader prefers.
    pub(crate) preferences: Preferences,
    /// What the reader is to be told.
    pub(crate) notice: Option<Notice>,
    /// The scenarios before each change in the sandbox.
    pub(crate) composed: Vec<Scenario>,
    /// How the page is arranged.
    pub(crate) shell: Shell,
    /// What is looked for in the log.
    pub(crate) search: Search,
    /// What was done, as it can be done again.
    pub(crate) journal: Journal,
    /// The lessons.
    pub(crate) teaching: Teaching,
    /// The interviews.
    pub(crate) interviewing: Interviewing,
    /// What was answered last.
    pub(crate) told: Option<Told>,
    /// Questions that the reader asks for.
    pub(crate) posing: Posing,
    /// The sets.
    pub(crate) sets: Sets,
    /// The capture that is looked at, or was.
    pub(crate) capturing: Option<Box<Capturing>>,
    /// What the last edit brought about, until the reader goes elsewhere.
    pub(crate) outcome: Option<Outcome>,
    /// The width of the ladder, and how large it is drawn.
    width: f64,
    zoom: f64,
}

/// What an edit brought about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// The edit; `None` where the list was changed otherwise.
    pub(crate) edit: Option<Edit>,
    /// Whether a change was taken back.
    pub(crate) undone: bool,
    /// Where the run is another than before.
    pub(crate) differs: Difference,
}

/// Why an action was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no run to do it to.
    NothingLoaded,
    /// The run cannot be changed like this.
    Edit(EditError),
    /// The run cannot be kept.
    Keep(KeepError),
    /// The note cannot be kept.
    Note(AnnotationError),
}

impl Default for Session {
    fn default() -> Self {
        Self {
            catalogue: Catalogue::default(),
            run: None,
            playing: false,
            speed: 1.0,
            selection: None,
            preferences: Preferences::default(),
            notice: None,
            composed: Vec::new(),
            shell: Shell::default(),
            search: Search::default(),
            journal: Journal::default(),
            teaching: Teaching::default(),
            interviewing: Interviewing::default(),
            told: None,
            posing: Posing::default(),
            sets: Sets::default(),
            capturing: None,
            outcome: None,
            width: Drawing::default().width,
            zoom: 1.0,
        }
    }
}

impl Session {
    /// The run.
    ///
    /// # Errors
    /// That there is none yet.
    pub(crate) fn run(&self) -> Result<&Run, Refusal> {
        self.run.as_ref().ok_or(Refusal::NothingLoaded)
    }

    /// The selected segment's place in the run, if it is sent in it.
    pub(crate) fn selected(&self) -> Option<PacketIndex> {
        self.run.as_ref()?.find(self.selection)
    }

    /// Fixed words, in the reader's language.
    pub(crate) fn messages(&self) -> &'static Messages {
        messages(self.preferences.locale)
    }

    /// Does it, and says what has changed.
    pub(super) fn act(&mut self, action: Action) -> Result<Vec<Change>, Refusal> {
        Ok(match action {
            Action::List(catalogue) => {
                self.catalogue = catalogue;
                vec![Change::Listed]
            }
            Action::Load(run) => self.load(*run),
            Action::Edit(edit) => {
                let met = self.run_mut()?.timeline().is_met(&edit);
                let done = Done::Edit { edit: edit.clone(), met };
                self.change_run(done, |run| run.edit(edit).map(|()| true))?
            }
            Action::Do(act) => {
                let (at, edit) = (act.at, Edit::Act(act));
                let done = Done::Edit { edit: edit.clone(), met: true };
                let mut changes = self.change_run(done, |run| run.edit(edit).map(|()| true))?;
                let outcome = self.outcome.take();
                let to = self.run_mut()?;
                let to = to.ladder().axis().playhead(to.trace().at(at));
                changes.extend(self.put_playhead(to, true));
                self.note_moment();
                self.outcome = outcome;
                changes
            }
            Action::Adjust(edit) => {
                let menu = self.shell.menu;
                let same = self.run_mut()?.is_adjusting(&edit);
                let done = if same {
                    Done::Adjusted(edit.clone())
                } else {
                    Done::Edit { edit: edit.clone(), met: true }
                };
                let changes = self.change_run(done, |run| run.adjust(edit))?;
                // What is turned stays under the hand.
                self.shell.menu = menu;
                changes
            }
            Action::Rearrange(how) => {
                self.change_run(Done::Rearrange(how.clone()), |run| run.rearrange(how))?
            }
            Action::Undo => self.change_run(Done::Undo, |run| Ok(run.undo()))?,
            Action::Redo => self.change_run(Done::Redo, |run| Ok(run.redo()))?,
            Action::Compose(run, before) => {
                let (at, part) = (self.run.as_ref().map(Run::moment), self.shell.part);
                if let Some(before) = before {
                    self.composed.push(*before);
                } else {
                    self.composed.pop();
                }
                let composed = std::mem::take(&mut self.composed);
                let changes = self.load(*run);
                self.composed = composed;
                self.shell.part = part;
                if let (Some(at), Some(run)) = (at, &mut self.run) {
                    run.go_to(run.trace().at(at.at));
                }
                self.note_moment();
                changes
            }
            Action::Settle => {
                self.run_mut()?.settle();
                vec![]
            }
            Action::Playback(playback) => self.move_through(playback)?,
            Action::Select(selection) if selection == self.selection => vec![],
            Action::Select(selection) => {
                self.selection = selection;
                self.shell.menu = None;
                self.shell.inspecting = Inspecting::default();
                vec![Change::Selected]
            }
            Action::Prefer(preference) => self.prefer(preference),
            Action::Tell(notice) => {
                self.notice = notice;
                vec![Change::Told]
            }
            Action::Measure(width) => {
                self.width = width;
                self.lay_out();
                vec![Change::LaidOut]
            }
            Action::Arrange(arrange) => self.arrange(arrange),
            Action::Compare(what) => self.compare(what)?,
            Action::GoToBranch(id) => self.go_to_branch(id)?,
            Action::Annotate(text) => self.annotate(&text)?,
            Action::RemoveNote(place) => {
                self.run_mut()?.timeline_mut().remove_annotation(place);
                self.lay_out();
                vec![Change::LaidOut, Change::Arranged]
            }
            Action::LookAtPlot(plot) => {
                self.look_at_plot(&plot);
                vec![Change::Arranged]
            }
            Action::Teach(what) => self.teach(what),
            Action::Interview(what) => self.interview(what),
            Action::Answered(told) => {
                self.told = Some(told);
                vec![Change::Answered]
            }
            Action::Pose(what) => self.pose(what),
            Action::Set(what) => self.set(what),
            Action::Capture(change) => self.capture(*change),
            Action::Beside(beside) => {
                self.run_mut()?.stand_beside(beside).map_err(Refusal::Keep)?;
                self.lay_out();
                self.shell.first_row = 0;
                vec![Change::LaidOut, Change::Arranged]
            }
            Action::Search(query) if query == self.search.query() => vec![],
            Action::Search(query) => {
                self.search.write(query);
                self.search_again();
                self.shell.first_row = 0;
                vec![Change::Arranged]
            }
        })
    }

    fn run_mut(&mut self) -> Result<&mut Run, Refusal> {
        self.run.as_mut().ok_or(Refusal::NothingLoaded)
    }

    fn load(&mut self, run: Run) -> Vec<Change> {
        self.journal.begin(&run);
        self.outcome = None;
        self.forget_shown();
        self.run = Some(run);
        self.selection = None;
        self.composed.clear();
        self.notice = None;
        self.shell =
            Shell { menu: None, follows: true, inspecting: Inspecting::default(), ..self.shell };
        self.shell.plots = self.shell.plots.of_another_run();
        self.shell.sides = self.shell.sides.of_another_run();
        self.zoom = 1.0;
        self.lay_out();
        self.search.forget_run();
        self.search_again();
        let mut changes = self.pause();
        changes.push(Change::Loaded);
        changes
    }

    fn change_run(
        &mut self,
        done: Done,
        change: impl FnOnce(&mut Run) -> Result<bool, EditError>,
    ) -> Result<Vec<Change>, Refusal> {
        let sides = self.shell.sides;
        let look = self.look();
        // What was asked about the present moment is no question of another run's.
        let closes = self.posing.here.take().is_some_and(|asked| asked.is_open());
        let run = self.run_mut()?;
        if closes {
            run.veil(None, false);
        }
        let shown = sides.names(run.trace());
        if !change(run).map_err(Refusal::Edit)? {
            return Ok(vec![]);
        }
        run.draw_veil();
        let moment = run.moment_kept();
        // What was shown alone is another run's now: its consequences may be anywhere.
        run.keep_within(None);
        run.go_to(moment);
        run.lay_out(look);
        let is_veiled = run.is_veiled();
        let sides = sides.carried_over(&shown, run.trace());
        // What it brings about is not told before the answer.
        self.outcome = (!is_veiled).then(|| Outcome {
            edit: done.edit().cloned(),
            undone: done == Done::Undo,
            differs: run.timeline().first_difference(),
        });
        self.journal.put(done);
        self.shell = Shell { menu: None, sides, ..self.shell };
        self.search.forget_run();
        self.search_again();
        Ok(vec![Change::Edited])
    }

    fn arrange(&mut self, arrange: Arrange) -> Vec<Change> {
        if arrange == Arrange::OtherRecords {
            self.search.toggle_others();
            self.shell.first_row = 0;
            return vec![Change::Arranged];
        }
        let before = self.shell;
        let shell = &mut self.shell;
        match arrange {
            Arrange::Layout(layout) => shell.fit(layout),
            Arrange::Extent(extent) => shell.extent = extent,
            Arrange::Present(presenting) => shell.present(presenting),
            Arrange::Blank(blank) => shell.blank = blank,
            Arrange::Tab(tab) => shell.pick(tab),
            Arrange::Resize => shell.resize(),
            Arrange::Menu(at) => (shell.menu, shell.menu_of) = (at, MenuOf::Segment),
            Arrange::MenuOf(of, at) => (shell.menu, shell.menu_of) = (Some(at), of),
            Arrange::Export(change) => shell.export.change(change),
            Arrange::CallsCopied(copied) => shell.calls_copied = copied,
            Arrange::SinceStart(since_start) => shell.since_start = since_start,
            Arrange::Follow(follows) => shell.follows = follows,
            Arrange::Zoom(factor) => return self.zoom(factor),
            Arrange::Copied(copied) => shell.copied = copied,
            Arrange::Part(part) => shell.part = part,
            Arrange::Look(look) => shell.inspecting.look(look),
            Arrange::Rows(first) => shell.first_row = first,
            Arrange::Network => shell.network = true,
            Arrange::Sides(sides) => shell.sides = sides,
            Arrange::Plots(change) => shell.plots.change(change),
            Arrange::Goal(goal) => shell.goal = goal,
            Arrange::NoteOnSegment(on) => shell.notes_segment = on,
            Arrange::OtherRecords => {}
            Arrange::Unfold => shell.unfolded = !shell.unfolded,
        }
        if self.shell.shown_tab() == Tab::Compare
            && let Some(run) = &mut self.run
        {
            run.have_both_at_hand();
        }
        if self.shell == before { vec![] } else { vec![Change::Arranged] }
    }

    fn prefer(&mut self, preference: Preference) -> Vec<Change> {
        match preference {
            Preference::Locale(locale) => {
                self.note(locale != self.preferences.locale, Done::Locale(locale));
                self.preferences.locale = locale;
            }
            Preference::Theme(theme) => {
                self.note(theme != self.preferences.theme, Done::Theme(theme));
                self.preferences.theme = theme;
            }
            Preference::Numbers(numbers) => {
                self.preferences.numbers = numbers;
                self.lay_out();
            }
            Preference::Labels(labels) => {
                self.preferences.labels = labels;
                self.lay_out();
            }
            Preference::Keys(keys) => self.preferences.keys = keys,
        }
        if matches!(preference, Preference::Locale(_) | Preference::Numbers(_)) {
            self.search_again();
        }
        vec![Change::Preferred]
    }

    /// Makes the edits of a run that is kept the present ones: to do it again is to clear the list
    /// and to make them one by one.
    fn go_to_branch(&mut self, id: BranchId) -> Result<Vec<Change>, Refusal> {
        let clears = Done::Rearrange(Rearrange::Clear);
        let changes = self.change_run(clears, |run| Ok(run.go_to_branch(id)))?;
        if !changes.is_empty()
            && let Some(run) = &self.run
        {
            for edit in run.timeline().edits() {
                let met = run.timeline().is_met(edit);
                self.journal.put(Done::Edit { edit: edit.clone(), met });
            }
        }
        Ok(changes)
    }

    fn compare(&mut self, what: Compare) -> Result<Vec<Change>, Refusal> {
        self.run_mut()?.arrange_beside(what).map_err(Refusal::Keep)?;
        self.lay_out();
        self.shell.first_row = 0;
        Ok(vec![Change::LaidOut, Change::Arranged])
    }

    /// Makes a note on what the reader has chosen to write about.
    fn annotate(&mut self, text: &str) -> Result<Vec<Change>, Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(vec![]);
        }
        let tag = self.preferences.locale.tag().to_owned();
        let segment = self.selected().and(self.selection).filter(|_| self.shell.notes_segment);
        let run = self.run_mut()?;
        let record = run.moment().record;
        let anchor = match segment {
            Some(packet) => Some(Anchor::Packet(packet)),
            None => run.trace().anchor_of(record),
        };
        let Some(anchor) = anchor else { return Ok(vec![]) };
        let note = Note::Text(vec![(tag, text.to_owned())]);
        let made = run.timeline_mut().annotate(Annotation { anchor, note });
        made.map_err(Refusal::Note)?;
        self.lay_out();
        Ok(vec![Change::LaidOut, Change::Arranged])
    }

    /// Looks through the run for what is searched.
    fn search_again(&mut self) {
        if let Some(run) = &self.run {
            let Preferences { locale, numbers, .. } = self.preferences;
            self.search.look(run.trace(), locale, numbers);
        }
    }

    /// Notes what was done once there is a run, if it changed something.
    fn note(&mut self, changed: bool, done: Done) {
        if changed && self.run.is_some() {
            self.journal.put(done);
        }
    }

    const fn look(&self) -> Drawing {
        let Preferences { numbers, labels, .. } = self.preferences;
        Drawing { width: self.width, numbers, labels, zoom: self.zoom }
    }

    fn lay_out(&mut self) {
        let look = self.look();
        if let Some(run) = &mut self.run {
            run.lay_out(look);
        }
    }

    fn zoom(&mut self, factor: f64) -> Vec<Change> {
        let Some(run) = &mut self.run else { return vec![] };
        let before = run.ladder().zoom();
        run.zoom(factor);
        self.zoom = run.ladder().zoom();
        if (self.zoom - before).abs() > 0.0 { vec![Change::Zoomed] } else { vec![] }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingLoaded => f.write_str("no scenario is loaded yet; load one first"),
            Self::Edit(error) => error.fmt(f),
            Self::Keep(error) => error.fmt(f),
            Self::Note(error) => error.fmt(f),
        }
    }
}
