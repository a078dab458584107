//! What can be done to a session, and what it changes.

use tcpscope_scenario::{LinkPlot, Scenario};
use tcpscope_sim::{Act, BranchId, Edit, Moment, PacketId, RecordId, Setup};
use tcpscope_tcp::Instant;
use tcpscope_view::{LabelLevel, Locale, Numbers};

use super::{
    CaptureChange, Catalogue, Compare, Direction, ExportChange, Extent, Goal, Interviewed, Keys,
    Layout, Look, MenuOf, Notice, Part, PlotChange, Pose, Run, SetChange, Sides, Tab, Teach, Theme,
    Told,
};

/// Something to do.
pub(crate) enum Action {
    /// The list of scenarios arrived.
    List(Catalogue),
    /// Another run is looked at.
    Load(Box<Run>),
    /// The run of a scenario that was changed in the sandbox, and the scenario before; without one,
    /// the last change is taken back.
    Compose(Box<Run>, Option<Box<Scenario>>),
    /// The run is changed and computed again.
    Edit(Edit),
    /// Something is done to a host now: the present is then when it was done.
    Do(Act),
    /// Like `Edit`, from a control that is being moved: what it did before counts no more.
    Adjust(Edit),
    /// The control came to rest: moving it again is a change of its own.
    Settle,
    /// The list of edits is arranged otherwise, and the run computed again.
    Rearrange(Rearrange),
    /// The last edit is taken back.
    Undo,
    /// The edit that was taken back last is made again.
    Redo,
    /// Through time.
    Playback(Playback),
    /// A segment is selected, or none.
    Select(Option<PacketId>),
    /// The reader wants something otherwise.
    Prefer(Preference),
    /// The reader is told something, or has read it.
    Tell(Option<Notice>),
    /// The ladder has this width.
    Measure(f64),
    /// The page is arranged otherwise.
    Arrange(Arrange),
    /// The plot that a link has is looked at.
    LookAtPlot(LinkPlot),
    /// This is looked for in the log.
    Search(String),
    /// Runs are compared, or kept to be compared.
    Compare(Compare),
    /// The edits of a run that is kept are made the present ones.
    GoToBranch(BranchId),
    /// A note is made on the selected segment, or else on the present record.
    Annotate(String),
    /// A note is taken away, by its place in the list.
    RemoveNote(usize),
    /// Something of the lessons.
    Teach(Teach),
    /// Something of the interviews.
    Interview(Interviewed),
    /// A question was answered, wherever it was asked: who listens is told.
    Answered(Told),
    /// Something of the questions that the reader asks for.
    Pose(Pose),
    /// Something of the sets.
    Set(SetChange),
    /// Something of the capture that is looked at.
    Capture(Box<CaptureChange>),
    /// A run of a lesson's is kept beside the present one, and compared with it; or none is.
    Beside(Option<Box<BesideRun>>),
}

/// A run to be compared with.
pub(crate) struct BesideRun {
    /// What it is called.
    pub(crate) name: String,
    /// What is run.
    pub(crate) setup: Setup,
    /// What is done to it.
    pub(crate) edits: Vec<Edit>,
}

/// What can be done to the list of edits; places count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rearrange {
    /// One goes.
    Remove(usize),
    /// One moves to another place.
    Move {
        /// From there.
        from: usize,
        /// To there.
        to: usize,
    },
    /// One gives way to another.
    Replace(usize, Edit),
    /// All go.
    Clear,
}

/// What may be arranged otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Arrange {
    /// Where things have their place.
    Layout(Layout),
    /// How much of the page is shown.
    Extent(Extent),
    /// Shown to a class, or not.
    Present(bool),
    /// The class sees nothing for a while, or sees it again.
    Blank(bool),
    /// The sheet that is shown; asked for again, the drawer shuts.
    Tab(Tab),
    /// The room of the drawer: more, or less where it has much.
    Resize,
    /// The menu of the selected segment: open here, or shut.
    Menu(Option<(f64, f64)>),
    /// A menu, open here.
    MenuOf(MenuOf, (f64, f64)),
    /// Whether links are changed from the beginning of the run.
    SinceStart(bool),
    /// Whether the ladder moves with the playhead.
    Follow(bool),
    /// How much larger than usual time is drawn.
    Zoom(f64),
    /// What came of copying the link.
    Copied(Option<bool>),
    /// What came of copying calls.
    CallsCopied(Option<bool>),
    /// The part of the sandbox that is looked at.
    Part(Part),
    /// What the inspector looks at.
    Look(Look),
    /// The first row that shows of a long list.
    Rows(usize),
    /// What is sought, on and back.
    Goal(Goal),
    /// Whether a note is on the selected segment, rather than on the present record.
    NoteOnSegment(bool),
    /// Whether the log shows what does not match.
    OtherRecords,
    /// The chain of causes: whole, or its middle folded.
    Unfold,
    /// What the links do is opened.
    Network,
    /// What the two panels show.
    Sides(Sides),
    /// The plots.
    Plots(PlotChange),
    /// What is taken along.
    Export(ExportChange),
}

/// Moving through time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Playback {
    /// Time passes; at the end of the run it begins again.
    Play,
    /// It stops.
    Pause,
    /// It passes faster or slower: 1 is the ordinary speed.
    Speed(f64),
    /// So many milliseconds of the reader's have passed.
    Frame(f64),
    /// Where motion is unwanted, playing is one step after another: it is time for one.
    Beat,
    /// So many records on, or back.
    Records(i64),
    /// One step on or back: all that follows at once from one event.
    Step(Direction),
    /// To a height of the ladder.
    Height(f64),
    /// To a time.
    Seek(Instant),
    /// To a record.
    Record(RecordId),
    /// To a moment.
    Moment(Moment),
    /// Only between these two records from now on; `None`: through the whole run again.
    Within(Option<(RecordId, RecordId)>),
}

/// What a reader may want otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preference {
    /// The language.
    Locale(Locale),
    /// Light or dark.
    Theme(Theme),
    /// Which sequence numbers.
    Numbers(Numbers),
    /// How much is written along arrows.
    Labels(LabelLevel),
    /// Which keys are heard.
    Keys(Keys),
}

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The list of scenarios.
    Listed,
    /// The run: it is another.
    Loaded,
    /// The run: it was computed again.
    Edited,
    /// The moment, while the present record stayed the same.
    Moved,
    /// The present record.
    Stepped,
    /// Time passes.
    Played,
    /// Time stands still.
    Paused,
    /// The speed.
    Sped,
    /// The selected segment.
    Selected,
    /// A preference.
    Preferred,
    /// What the reader is told.
    Told,
    /// What goes where in the ladder.
    LaidOut,
    /// How large the ladder is drawn.
    Zoomed,
    /// How the page is arranged.
    Arranged,
    /// The lessons: which is read, where, what was read.
    Taught,
    /// A question was answered.
    Answered,
    /// The capture that is looked at.
    Captured,
}
