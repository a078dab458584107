//! A capture that somebody took, as far as the page looks at it. Its file stays where it is: it is
//! read piece by piece, and what is kept is what the list and one conversation need.

use tcpscope_dissect::{
    CapturedLadder, CapturedView, Conversations, Damage, End, Gathered, Observed,
};
use tcpscope_scenario::Scenario;
use tcpscope_sim::PacketId;

use super::journal::Journal;
use super::run::Run;

/// A capture that is looked at.
pub(crate) struct Capturing {
    /// Whether it shows.
    pub(crate) open: bool,
    /// The file's name, and how many octets it has.
    pub(crate) name: String,
    pub(crate) octets: u64,
    /// How far it is looked at.
    pub(crate) stage: CaptureStage,
    /// What was read, once it was.
    pub(crate) listed: Option<Box<Listed>>,
    /// The row of the list that is chosen.
    pub(crate) row: usize,
    /// What did not come about, in words.
    pub(crate) trouble: Option<String>,
    /// How far the list or the ladder is scrolled, and the room that there is for it.
    pub(crate) top: f64,
    pub(crate) room: (f64, f64),
    /// The run that was there before the replay of a conversation.
    pub(crate) before: Option<Box<Aside>>,
}

/// A run that is put aside, with all that belongs to it.
pub(crate) struct Aside {
    pub(crate) run: Run,
    pub(crate) selection: Option<PacketId>,
    pub(crate) journal: Journal,
    pub(crate) composed: Vec<Scenario>,
}

/// How far a capture is looked at.
pub(crate) enum CaptureStage {
    /// A file is to be chosen.
    Empty,
    /// It is being read.
    Reading(ReadSoFar),
    /// The segments of one of its conversations are looked at: so many, of how many.
    Looking(usize, usize),
    /// Its conversations are listed.
    List,
    /// One of them is looked at.
    One(Box<Opened>),
}

/// How far a file was read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ReadSoFar {
    /// The octets.
    pub(crate) octets: u64,
    /// The frames.
    pub(crate) frames: u64,
    /// The conversations.
    pub(crate) conversations: usize,
}

/// What was read of a file.
pub(crate) struct Listed {
    /// Its conversations.
    pub(crate) conversations: Conversations,
    /// How far it was read.
    pub(crate) read: ReadSoFar,
    /// Where it is damaged, and what is wrong there.
    pub(crate) damage: Option<Damage>,
    /// Whether reading was stopped before the end.
    pub(crate) stopped: bool,
}

/// A conversation that is looked at.
pub(crate) struct Opened {
    /// Its place in the list.
    pub(crate) place: usize,
    /// Its segments.
    pub(crate) gathered: Gathered,
    /// What can be known of them.
    pub(crate) observed: Observed,
    /// Its ladder, as wide as there is room.
    pub(crate) ladder: CapturedLadder,
    /// Which figure is shown.
    pub(crate) view: CapturedView,
    /// The segment that is chosen.
    pub(crate) selected: usize,
}

/// What may happen to a capture.
pub(crate) enum CaptureChange {
    /// It shows, or what is needed to open one.
    Show,
    /// It shows no more.
    Hide,
    /// A file of this name and length is read.
    Begin(String, u64),
    /// So far.
    Going(ReadSoFar),
    /// It was read, or as much of it as there is.
    Listed(Box<Listed>),
    /// So many segments of a conversation were looked at, of how many.
    Looking(usize, usize),
    /// A conversation was gathered.
    Opened(Box<Opened>),
    /// To the list, or to where a file is chosen where there is none.
    Back,
    /// Something did not come about: why.
    Trouble(String),
    /// Another row of the list is chosen.
    Row(usize),
    /// Another figure is looked at.
    View(CapturedView),
    /// Another segment is chosen.
    Select(usize),
    /// What shows is scrolled to here.
    Scroll(f64),
    /// There is this much room.
    Measure(f64, f64),
    /// What our TCP does for a conversation is looked at, in the place of the run.
    Replay(Box<Run>),
    /// The run that was there before that.
    Before,
}

impl Opened {
    /// A conversation, at its first segment; wide as the room is.
    pub(crate) fn of(place: usize, gathered: Gathered, observed: Observed, width: f64) -> Self {
        let ladder = CapturedLadder::new(&gathered, &observed, width);
        let view = CapturedView::Ladder;
        Self { place, gathered, observed, ladder, view, selected: 0 }
    }

    /// The end that sent the most text.
    pub(crate) fn sender(&self) -> End {
        match self.view {
            CapturedView::Sequence(end) | CapturedView::Windows(end) => end,
            CapturedView::Ladder => {
                let [client, server] = self.gathered.conversation.sent;
                if client.text > server.text { End::Client } else { End::Server }
            }
        }
    }
}

impl Default for Capturing {
    fn default() -> Self {
        Self {
            open: true,
            name: String::new(),
            octets: 0,
            stage: CaptureStage::Empty,
            listed: None,
            row: 0,
            trouble: None,
            top: 0.0,
            room: (720.0, 480.0),
            before: None,
        }
    }
}

impl Capturing {
    /// How many rows the list has.
    pub(crate) fn rows(&self) -> usize {
        self.listed.as_ref().map_or(0, |listed| listed.conversations.list().len())
    }

    /// The conversation that is looked at.
    pub(crate) const fn one(&self) -> Option<&Opened> {
        match &self.stage {
            CaptureStage::One(one) => Some(one),
            CaptureStage::Empty
            | CaptureStage::Reading(_)
            | CaptureStage::Looking(..)
            | CaptureStage::List => None,
        }
    }

    const fn one_mut(&mut self) -> Option<&mut Opened> {
        match &mut self.stage {
            CaptureStage::One(one) => Some(one),
            CaptureStage::Empty
            | CaptureStage::Reading(_)
            | CaptureStage::Looking(..)
            | CaptureStage::List => None,
        }
    }

    /// Changes it.
    pub(super) fn change(&mut self, change: CaptureChange) {
        match change {
            CaptureChange::Show => self.open = true,
            // Of these the session takes care.
            CaptureChange::Hide | CaptureChange::Replay(_) | CaptureChange::Before => {
                self.open = false;
            }
            CaptureChange::Begin(name, octets) => {
                let room = self.room;
                let stage = CaptureStage::Reading(ReadSoFar::default());
                let before = self.before.take();
                *self = Self { name, octets, stage, room, before, ..Self::default() };
            }
            CaptureChange::Going(far) => {
                self.trouble = None;
                self.stage = CaptureStage::Reading(far);
            }
            CaptureChange::Looking(done, all) => {
                self.stage = CaptureStage::Looking(done, all);
            }
            CaptureChange::Listed(listed) => {
                self.listed = Some(listed);
                (self.stage, self.row, self.top) = (CaptureStage::List, 0, 0.0);
            }
            CaptureChange::Opened(one) => {
                (self.stage, self.top) = (CaptureStage::One(one), 0.0);
            }
            CaptureChange::Back => {
                self.trouble = None;
                self.top = 0.0;
                let listed = self.listed.is_some();
                self.stage = if listed { CaptureStage::List } else { CaptureStage::Empty };
            }
            CaptureChange::Trouble(why) => self.trouble = Some(why),
            CaptureChange::Row(row) => self.row = row.min(self.rows().saturating_sub(1)),
            CaptureChange::View(view) => {
                self.top = 0.0;
                if let Some(one) = self.one_mut() {
                    one.view = view;
                }
            }
            CaptureChange::Select(place) => {
                if let Some(one) = self.one_mut() {
                    one.selected = place.min(one.gathered.segments.len().saturating_sub(1));
                }
            }
            CaptureChange::Scroll(top) => self.top = top,
            CaptureChange::Measure(width, height) => {
                self.room = (width, height);
                if let Some(one) = self.one_mut()
                    && (one.ladder.width() - width).abs() > 0.5
                {
                    one.ladder = CapturedLadder::new(&one.gathered, &one.observed, width);
                }
            }
        }
    }
}
