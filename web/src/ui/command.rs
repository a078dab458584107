//! What a control asks for: one command a button, a row or a key, whichever the reader uses.
//!
//! A control carries its command in its `data-do` attribute, and one listener at the root of the
//! page reads it there. So elements need no callbacks, and what the keyboard can do and what the
//! mouse can do are the same things.

use tcpscope_sim::HostId;
use tcpscope_tcp::Duration;
use tcpscope_view::{Seen, Sight};

use super::capture::CaptureCommand;
use super::export::ExportCommand;
use super::interview::InterviewCommand;
use super::menus::Hand;
use super::question::QuizCommand;
use super::review::ReviewCommand;
use super::set::SetCommand;
use super::teach::TeachCommand;
use crate::store::{Goal, Look, PlotCommand, Tab};

/// What a control asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Plays, or pauses.
    Play,
    /// To the start.
    ToStart,
    /// To the end.
    ToEnd,
    /// One step back.
    StepBack,
    /// One step on.
    StepOn,
    /// One record back.
    RecordBack,
    /// One record on.
    RecordOn,
    /// To a record, and to the segment that it is about.
    Record(usize),
    /// Slower.
    Slower,
    /// Faster.
    Faster,
    /// Selects a segment.
    Select(usize),
    /// Selects the segment after the selected one.
    SelectNext,
    /// Selects the segment before the selected one.
    SelectPrevious,
    /// Opens the menu of the selected segment.
    Menu,
    /// Drops the selected segment.
    Drop,
    /// Delays the selected segment.
    Delay(Duration),
    /// Shows the selected segment's header.
    Inspect,
    /// Takes the last edit back.
    Undo,
    /// Makes it again.
    Redo,
    /// Runs the scenario with another seed.
    NewSeed,
    /// Copies the link.
    CopyLink,
    /// Tries again to load what did not arrive.
    Retry,
    /// Closes the notice.
    DismissNotice,
    /// Closes what is open; selects nothing where nothing is.
    Dismiss,
    /// Shows a sheet of the drawer.
    Tab(Tab),
    /// Gives the drawer more room, or less.
    Resize,
    /// Looks at something else in the inspector.
    Look(Look),
    /// Lets the ladder move with the playhead.
    Follow,
    /// Draws time larger.
    ZoomIn,
    /// Draws time smaller.
    ZoomOut,
    /// Draws time as large as usual.
    ZoomUsual,
    /// Draws time so small that all of the run shows.
    ZoomAll,
    /// Relative numbers, or absolute ones.
    Numbers,
    /// Shows or hides the sheet of keys.
    Keys,
    /// Unfolds the chain of causes, or folds it again.
    Unfold,
    /// Goes to the field that searches the log.
    Search,
    /// Looks for nothing any more.
    ClearSearch,
    /// Looks for one of the examples.
    Example(usize),
    /// To the next record that matches.
    NextMatch,
    /// To the one before.
    PreviousMatch,
    /// Shows what does not match too, or hides it.
    OtherRecords,
    /// To a time, in microseconds.
    Time(usize),
    /// Keeps the present run.
    Keep,
    /// Makes the edits of a run that is kept the present ones.
    Branch(usize),
    /// Keeps a run no longer.
    Forget(usize),
    /// Makes the note that was written.
    AddNote,
    /// Takes a note away.
    RemoveNote(usize),
    /// Notes are on the selected segment, or on the present record.
    NoteOnSegment,
    /// To the next record of this kind.
    SeekOn(Goal),
    /// To the previous one.
    SeekBack(Goal),
    /// Shows a panel's socket as a tool prints it, or hides it.
    Socket(usize),
    /// Copies what is shown of a panel's socket.
    CopySocket(usize),
    /// Something of the plots.
    Plot(PlotCommand),
    /// Something that a hand does to segments, hosts, links, edits.
    Hand(Hand),
    /// Changes what is put together in the sandbox.
    Sandbox(SandboxCommand),
    /// Begins to show it to a class, or ends.
    Present,
    /// The class sees nothing for a while, or sees it again.
    Blank,
    /// Opens the speaker's window.
    Notes,
    /// Something of the lessons.
    Teach(TeachCommand),
    /// Something of the interviews.
    Interview(InterviewCommand),
    /// Something of the review.
    Review(ReviewCommand),
    /// Something of questions.
    Quiz(QuizCommand),
    /// Something of the sets.
    Set(SetCommand),
    /// Something of what is taken along.
    Export(ExportCommand),
    /// Something of a capture.
    Capture(CaptureCommand),
}

/// A command of the sandbox. Hosts, links and lines go by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SandboxCommand {
    /// Two new hosts take the place of all.
    Fresh,
    /// The scenario as a file into the clipboard.
    Copy,
    /// The last change is taken back.
    Back,
    /// Looks at a host.
    Host(usize),
    /// Looks at a link.
    Link(usize),
    /// Adds a host.
    AddHost,
    /// Removes one.
    RemoveHost(usize),
    /// Adds the links that were chosen.
    AddLinks,
    /// Removes a link and the one back.
    RemoveLinks(usize),
    /// Adds a line to a host's script.
    AddLine(usize, usize),
    /// Removes one.
    RemoveLine(usize, usize),
    /// Moves one up.
    LineUp(usize, usize),
}

impl SandboxCommand {
    fn to_text(self) -> String {
        let (verb, numbers): (&str, &[usize]) = match &self {
            Self::Fresh => ("fresh", &[]),
            Self::Copy => ("copy", &[]),
            Self::Back => ("back", &[]),
            Self::AddHost => ("add-host", &[]),
            Self::AddLinks => ("add-links", &[]),
            Self::Host(host) => ("host", &[*host]),
            Self::Link(link) => ("link", &[*link]),
            Self::RemoveHost(host) => ("remove-host", &[*host]),
            Self::RemoveLinks(link) => ("remove-links", &[*link]),
            Self::AddLine(host, line) => ("add-line", &[*host, *line]),
            Self::RemoveLine(host, line) => ("remove-line", &[*host, *line]),
            Self::LineUp(host, line) => ("line-up", &[*host, *line]),
        };
        let mut text = format!("sandbox {verb}");
        for number in numbers {
            text.push(' ');
            text.push_str(&number.to_string());
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut words = text.strip_prefix("sandbox ")?.split(' ');
        let verb = words.next()?;
        let mut number = || words.next()?.parse::<usize>().ok();
        Some(match verb {
            "fresh" => Self::Fresh,
            "copy" => Self::Copy,
            "back" => Self::Back,
            "add-host" => Self::AddHost,
            "add-links" => Self::AddLinks,
            "host" => Self::Host(number()?),
            "link" => Self::Link(number()?),
            "remove-host" => Self::RemoveHost(number()?),
            "remove-links" => Self::RemoveLinks(number()?),
            "add-line" => Self::AddLine(number()?, number()?),
            "remove-line" => Self::RemoveLine(number()?, number()?),
            "line-up" => Self::LineUp(number()?, number()?),
            _ => return None,
        })
    }
}

/// The delays that are offered; a key asks for the second.
pub(crate) const DELAYS: [Duration; 4] = [
    Duration::from_millis(20),
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

/// The commands that need nothing said besides.
const PLAIN: [(&str, Command); 41] = [
    ("play", Command::Play),
    ("to-start", Command::ToStart),
    ("to-end", Command::ToEnd),
    ("step-back", Command::StepBack),
    ("step-on", Command::StepOn),
    ("record-back", Command::RecordBack),
    ("record-on", Command::RecordOn),
    ("slower", Command::Slower),
    ("faster", Command::Faster),
    ("select-next", Command::SelectNext),
    ("select-previous", Command::SelectPrevious),
    ("menu", Command::Menu),
    ("drop", Command::Drop),
    ("inspect", Command::Inspect),
    ("undo", Command::Undo),
    ("redo", Command::Redo),
    ("new-seed", Command::NewSeed),
    ("copy-link", Command::CopyLink),
    ("retry", Command::Retry),
    ("dismiss-notice", Command::DismissNotice),
    ("dismiss", Command::Dismiss),
    ("resize", Command::Resize),
    ("follow", Command::Follow),
    ("zoom-in", Command::ZoomIn),
    ("zoom-out", Command::ZoomOut),
    ("zoom-usual", Command::ZoomUsual),
    ("zoom-all", Command::ZoomAll),
    ("numbers", Command::Numbers),
    ("keys", Command::Keys),
    ("unfold", Command::Unfold),
    ("search", Command::Search),
    ("clear-search", Command::ClearSearch),
    ("next-match", Command::NextMatch),
    ("previous-match", Command::PreviousMatch),
    ("other-records", Command::OtherRecords),
    ("keep", Command::Keep),
    ("add-note", Command::AddNote),
    ("note-on-segment", Command::NoteOnSegment),
    ("present", Command::Present),
    ("blank", Command::Blank),
    ("notes", Command::Notes),
];

/// Every tab that there may be.
const TABS: [Tab; 15] = [
    Tab::Lesson,
    Tab::Why,
    Tab::Endpoint(HostId(0)),
    Tab::Endpoint(HostId(1)),
    Tab::Log,
    Tab::Segment,
    Tab::States,
    Tab::Table,
    Tab::Compare,
    Tab::Plots,
    Tab::Edits,
    Tab::Console,
    Tab::Ask,
    Tab::Sandbox,
    Tab::Export,
];

impl Command {
    /// Whether it makes sense where only the figure is shown, in a frame on somebody else's page.
    pub(crate) const fn is_for_a_figure(self) -> bool {
        use TeachCommand as Teach;
        !matches!(
            self,
            Self::Present
                | Self::Blank
                | Self::Notes
                | Self::Keys
                | Self::Capture(_)
                | Self::Teach(
                    Teach::Contents | Teach::Glossary | Teach::Interview | Teach::Progress
                )
        )
    }

    /// As it stands in `data-do`.
    pub(crate) fn to_text(self) -> String {
        match self {
            Self::Record(record) => format!("record {record}"),
            Self::Select(packet) => format!("select {packet}"),
            Self::Delay(by) => format!("delay {}", by.as_micros()),
            Self::Tab(tab) => tab.id().to_owned(),
            Self::Example(place) => format!("example {place}"),
            Self::Time(micros) => format!("time {micros}"),
            Self::Branch(id) => format!("branch {id}"),
            Self::Forget(id) => format!("forget {id}"),
            Self::RemoveNote(place) => format!("remove-note {place}"),
            Self::SeekOn(goal) => format!("seek-on {}", goal as usize),
            Self::SeekBack(goal) => format!("seek-back {}", goal as usize),
            Self::Socket(place) => format!("socket {place}"),
            Self::CopySocket(place) => format!("copy-socket {place}"),
            Self::Plot(command) => command.name().to_owned(),
            Self::Hand(hand) => hand.to_text(),
            Self::Sandbox(command) => command.to_text(),
            Self::Teach(command) => command.to_text(),
            Self::Interview(command) => command.to_text(),
            Self::Review(command) => command.to_text(),
            Self::Quiz(command) => command.to_text(),
            Self::Set(command) => command.to_text(),
            Self::Export(command) => command.to_text(),
            Self::Capture(command) => command.to_text(),
            Self::Look(look) => look_text(look),
            plain => {
                let found = PLAIN.iter().find(|(_, command)| *command == plain);
                found.map_or("", |(name, _)| name).to_owned()
            }
        }
    }

    /// From what stands in `data-do`.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let plain = PLAIN.iter().find(|(name, _)| *name == text).map(|(_, command)| *command);
        let tab = || TABS.into_iter().find(|tab| tab.id() == text).map(Self::Tab);
        let plots = || {
            let found = PlotCommand::ALL.iter().find(|(name, _)| *name == text);
            found.map(|(_, command)| Self::Plot(*command))
        };
        let hand = || Hand::from_text(text).map(Self::Hand);
        let sandbox = || SandboxCommand::from_text(text).map(Self::Sandbox);
        let teach = || TeachCommand::from_text(text).map(Self::Teach);
        let set = || SetCommand::from_text(text).map(Self::Set);
        let interview = || InterviewCommand::from_text(text).map(Self::Interview);
        let review = || ReviewCommand::from_text(text).map(Self::Review);
        let export = || ExportCommand::from_text(text).map(Self::Export);
        let others = || {
            plots()
                .or_else(hand)
                .or_else(sandbox)
                .or_else(teach)
                .or_else(interview)
                .or_else(review)
                .or_else(|| QuizCommand::from_text(text).map(Self::Quiz))
                .or_else(set)
                .or_else(export)
                .or_else(|| CaptureCommand::from_text(text).map(Self::Capture))
                .or_else(|| Self::with_numbers(text))
        };
        plain.or_else(tab).or_else(others)
    }

    fn with_numbers(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let verb = words.next()?;
        let mut number = || words.next()?.parse::<usize>().ok();
        let first = number()?;
        Some(match verb {
            "record" => Self::Record(first),
            "select" => Self::Select(first),
            "example" => Self::Example(first),
            "time" => Self::Time(first),
            "branch" => Self::Branch(first),
            "forget" => Self::Forget(first),
            "remove-note" => Self::RemoveNote(first),
            "seek-on" => Self::SeekOn(*Goal::ALL.get(first)?),
            "seek-back" => Self::SeekBack(*Goal::ALL.get(first)?),
            "socket" => Self::Socket(first),
            "copy-socket" => Self::CopySocket(first),
            "delay" => Self::Delay(Duration::from_micros(u64::try_from(first).ok()?)),
            verb => Self::Look(look_from(verb, first, number())?),
        })
    }
}

/// What the inspector is to look at, as it stands in `data-do`.
fn look_text(look: Look) -> String {
    match look {
        Look::Field(layer, field) => format!("field {layer} {field}"),
        // Nobody asks for it by a control: it is heard of otherwise.
        Look::Point(_) => String::new(),
        Look::Sight(Sight { seen, piece }) => {
            let seen = match seen {
                None => 0,
                Some(Seen::Sent) => 1,
                Some(Seen::Arrived) => 2,
            };
            format!("sight {seen} {}", piece.map_or(0, |piece| piece + 1))
        }
        Look::AllOctets => "octets 0".to_owned(),
        Look::Sum(layer) => format!("sum {layer}"),
    }
}

fn look_from(verb: &str, first: usize, second: Option<usize>) -> Option<Look> {
    Some(match verb {
        "field" => Look::Field(first, second?),
        "sight" => {
            let seen = match first {
                0 => None,
                1 => Some(Seen::Sent),
                2 => Some(Seen::Arrived),
                _ => return None,
            };
            Look::Sight(Sight { seen, piece: second?.checked_sub(1) })
        }
        "octets" => Look::AllOctets,
        "sum" => Look::Sum(first),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_and_its_text_mean_the_same() {
        let plain = PLAIN.iter().map(|(_, command)| *command);
        let tabs = TABS.into_iter().map(Command::Tab);
        let others = [
            Command::Record(12),
            Command::Select(0),
            Command::Delay(DELAYS[3]),
            Command::Example(2),
            Command::Time(1_200_000),
            Command::Branch(3),
            Command::Forget(3),
            Command::RemoveNote(0),
            Command::SeekOn(Goal::Fault),
            Command::SeekBack(Goal::Segment),
            Command::Socket(1),
            Command::CopySocket(0),
            Command::Sandbox(SandboxCommand::Host(3)),
            Command::Sandbox(SandboxCommand::RemoveLine(2, 11)),
            Command::Sandbox(SandboxCommand::Fresh),
            Command::Look(Look::Field(1, 7)),
            Command::Look(Look::AllOctets),
            Command::Look(Look::Sum(2)),
        ];
        let sights = [None, Some(Seen::Sent), Some(Seen::Arrived)].into_iter().flat_map(|seen| {
            let sight = move |piece| Command::Look(Look::Sight(Sight { seen, piece }));
            [None, Some(0), Some(9)].map(sight)
        });
        let plots = PlotCommand::ALL.iter().map(|(_, command)| Command::Plot(*command));
        for command in plain.chain(tabs).chain(plots).chain(others).chain(sights) {
            assert_eq!(Command::from_text(&command.to_text()), Some(command), "{command:?}");
        }
    }

    #[test]
    fn other_text_means_nothing() {
        for text in ["", "record", "record x", "drop 1 2", "field 1", "tab-nothing"] {
            assert_eq!(Command::from_text(text), None, "{text}");
        }
    }
}
