//! The marks of a ladder: geometry and meaning.

use std::ops::Range;

use tcpscope_sim::{Fate, HostId, PacketIndex, PacketKind, RecordId};
use tcpscope_tcp::{Duration, Instant, State, Timer};

use crate::geometry::convex_overlap;
use crate::{Path, Playhead, Point, Rect};

/// What is to be drawn of a ladder: only what shows in the viewport.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderScene {
    /// The width of the figure.
    pub width: f64,
    /// The height of the whole figure, shown or not.
    pub height: f64,
    /// How much larger than usual time is drawn.
    pub zoom: f64,
    /// What of it shows.
    pub visible: Range<f64>,
    /// The hosts' lines and the routers', from the left.
    pub lifelines: Vec<Lifeline>,
    /// The states along them.
    pub bands: Vec<Band>,
    /// The times at the margin.
    pub times: Vec<TimeMark>,
    /// The stretches that are folded.
    pub folds: Vec<FoldMark>,
    /// Timers: those that ran out, and those that run at the present.
    pub timers: Vec<TimerMark>,
    /// What ties a retransmission to what it repeats.
    pub ties: Vec<Tie>,
    /// What another run sent at other times, or this one does not send: faint, behind all else.
    pub ghosts: Vec<Ghost>,
    /// Segments that are too near to each other to be drawn one by one.
    pub densities: Vec<Density>,
    /// The other segments.
    pub arrows: Vec<Arrow>,
    /// What ACKs say that their sender holds.
    pub sacks: Vec<SackMark>,
    /// What the network tells the senders of packets that it could not deliver.
    pub messages: Vec<MessageMark>,
    /// What the applications called.
    pub calls: Vec<CallMark>,
    /// Where notes are.
    pub notes: Vec<NoteMark>,
    /// Where the present is drawn.
    pub present: f64,
    /// The time that it is there.
    pub now: NowMark,
    /// The present.
    pub playhead: Playhead,
}

/// Whether something has happened by the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It is over.
    Past,
    /// It is going on.
    Present,
    /// It has not begun.
    Future,
}

impl Tense {
    /// The name that style sheets use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Present => "present",
            Self::Future => "future",
        }
    }
}

/// A piece of text, in one line, in a monospaced face.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What it says.
    pub text: String,
    /// The middle of its height at its anchor: draw it with a middle baseline.
    pub at: Point,
    /// By how much it is turned about `at`, clockwise, in radians.
    pub angle: f64,
    /// The same as a direction of length 1: the way in which it reads.
    pub along: Point,
    /// Which part of it stands at `at`.
    pub anchor: Anchor,
    /// The size of its type.
    pub size: f64,
}

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Label {
    /// How wide a character of a monospaced face is, as a part of its size. The usual faces have
    /// 0.55 to 0.61.
    pub const ADVANCE: f64 = 0.605;

    /// How wide a text is.
    #[must_use]
    pub fn width_of(text: &str, size: f64) -> f64 {
        let characters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        f64::from(characters) * size * Self::ADVANCE
    }

    /// Its four corners, around.
    #[must_use]
    pub fn corners(&self) -> [Point; 4] {
        let (width, half) = (Self::width_of(&self.text, self.size), self.size / 2.0);
        let left = match self.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        let Point { x: cos, y: sin } = self.along;
        [(left, -half), (left + width, -half), (left + width, half), (left, half)]
            .map(|(x, y)| Point::new(self.at.x + x * cos - y * sin, self.at.y + x * sin + y * cos))
    }

    /// The level box around it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::around(&self.corners())
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        convex_overlap(&self.corners(), &[point])
    }

    /// Whether two texts have some area in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        convex_overlap(&self.corners(), &other.corners())
    }

    /// Whether a straight line passes through it.
    #[must_use]
    pub fn is_crossed(&self, from: Point, to: Point) -> bool {
        convex_overlap(&self.corners(), &[from, to])
    }
}

/// A host's line, or a router's.
#[derive(Clone, Debug, PartialEq)]
pub struct Lifeline {
    /// Whose.
    pub host: HostId,
    /// Whether it is a router's: packets pass it, and it has no states.
    pub is_router: bool,
    /// The name.
    pub name: String,
    /// Where.
    pub x: f64,
    /// Its top, no higher than the viewport's.
    pub y0: f64,
    /// Its bottom, no lower than the viewport's.
    pub y1: f64,
}

/// A state, for as long as it lasts. One that is going on comes in two: what has been of it and
/// what is to come.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Whose.
    pub host: HostId,
    /// Which.
    pub state: State,
    /// The record that it begins with.
    pub since: RecordId,
    /// Its left side.
    pub x: f64,
    /// Its width.
    pub width: f64,
    /// Its top, no higher than the viewport's.
    pub y0: f64,
    /// Its bottom, no lower than the viewport's.
    pub y1: f64,
    /// Past, or Future; never Present.
    pub tense: Tense,
    /// Its name, where it is to be written.
    pub name: Option<Label>,
}

/// A time at the margin.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMark {
    /// When.
    pub at: Instant,
    /// The time in words, anchored at its end.
    pub label: Label,
    /// Whether it has come.
    pub tense: Tense,
}

/// The time of the present, in a box at the margin.
#[derive(Clone, Debug, PartialEq)]
pub struct NowMark {
    /// The box.
    pub rect: Rect,
    /// The time in words.
    pub label: Label,
}

/// A stretch that is folded.
#[derive(Clone, Debug, PartialEq)]
pub struct FoldMark {
    /// When it begins.
    pub from: Instant,
    /// When it ends.
    pub to: Instant,
    /// Its top.
    pub y0: f64,
    /// Its bottom.
    pub y1: f64,
    /// How long it really lasts, in words, between the lifelines, where there is room.
    pub label: Option<Label>,
    /// The break in each lifeline and its band: a zigzag across them. Drawn thick and then, a
    /// little less thick, in the colour of the paper, it leaves the two edges of the break.
    pub breaks: Vec<Path>,
    /// Whether it has passed.
    pub tense: Tense,
}

/// A timer, from its setting to its end: a bracket beside the band.
#[derive(Clone, Debug, PartialEq)]
pub struct TimerMark {
    /// Whose.
    pub host: HostId,
    /// Which.
    pub timer: Timer,
    /// The record of its setting.
    pub set_by: RecordId,
    /// From its setting down to when it runs out, or would.
    pub path: Path,
    /// That part of it that has elapsed; none once it has ended.
    pub elapsed: Option<Path>,
    /// Whether it ran out, or will: draw a mark where its path ends.
    pub expires: bool,
    /// Past, or Present; never Future.
    pub tense: Tense,
    /// What it is and how long, where there is room.
    pub label: Option<Label>,
}

/// A thin curve at the sender's lifeline, from a transmission to the one that repeats it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// What is repeated.
    pub original: PacketIndex,
    /// What repeats it.
    pub repeat: PacketIndex,
    /// The curve.
    pub path: Path,
    /// That of the repeat's sending.
    pub tense: Tense,
}

/// A segment's arrow.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrow {
    /// Which.
    pub packet: PacketIndex,
    /// What it is for.
    pub kind: PacketKind,
    /// What becomes of it: what is lost ends in a cross at `to`.
    pub fate: Fate,
    /// Whether all that it carries was sent before: dashed.
    pub retransmission: bool,
    /// Whether it is a copy that was made on the way: its arrow begins where that was.
    pub is_copy: bool,
    /// Whether it was marked on the way: congestion is experienced (RFC 3168).
    pub is_marked: bool,
    /// Whether it only seems to come from another host.
    pub is_forged: bool,
    /// By how much somebody delayed it.
    pub delayed: Option<Duration>,
    /// Where it departs.
    pub from: Point,
    /// Its bends: where it comes to routers and leaves them, and where it waits.
    pub via: Vec<Point>,
    /// Where it arrives, or is lost.
    pub to: Point,
    /// The fragments that it goes in on the last stretch of its way; none, where it goes in one
    /// piece.
    pub pieces: Vec<FragmentMark>,
    /// How far it has got: `to` when it is over, `from` when it has not begun.
    pub tip: Point,
    /// Whether it is over, under way or to come.
    pub tense: Tense,
    /// Whether it is selected.
    pub selected: bool,
    /// What is written along it, where there is room.
    pub label: Option<Label>,
}

impl Arrow {
    /// Its straight stretches, from the top.
    pub fn stretches(&self) -> impl Iterator<Item = [Point; 2]> + '_ {
        let begins = std::iter::once(&self.from).chain(&self.via);
        let ends = self.via.iter().chain([&self.to]);
        begins.zip(ends).map(|(begin, end)| [*begin, *end])
    }
}

/// A strip on an ACK's arrow: from its acknowledgment number to the highest number that its sender
/// holds, from left to right (RFC 2018).
#[derive(Clone, Debug, PartialEq)]
pub struct SackMark {
    /// The ACK.
    pub packet: PacketIndex,
    /// The corners of all of it, around: where it is not filled, octets are missing.
    pub frame: [Point; 4],
    /// The corners of each block that is held.
    pub blocks: Vec<[Point; 4]>,
    /// The arrow's.
    pub tense: Tense,
}

/// An ICMP message: from where a packet was given up to the host that had sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageMark {
    /// The record of its arrival.
    pub record: RecordId,
    /// Whom it reaches.
    pub host: HostId,
    /// The packet that it is about.
    pub packet: PacketIndex,
    /// Where it is sent.
    pub from: Point,
    /// Where it arrives.
    pub to: Point,
    /// How far it has got: `to` when it is over, `from` when it has not begun.
    pub tip: Point,
    /// Whether it is over, under way or to come.
    pub tense: Tense,
    /// What it says, where there is room.
    pub label: Option<Label>,
}

/// A fragment's line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FragmentMark {
    /// Where it departs.
    pub from: Point,
    /// Where it arrives, or is lost.
    pub to: Point,
    /// Whether the link loses it.
    pub is_lost: bool,
}

/// Segments in one direction that are too near to each other to be drawn one by one: a band from
/// where they are sent to where they arrive.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// Who sends them.
    pub from: HostId,
    /// Who they are for.
    pub to: HostId,
    /// Where the first departs, and where it arrives.
    pub begin: [Point; 2],
    /// Where the band ends at either side.
    pub end: [Point; 2],
    /// What most of them are.
    pub kind: PacketKind,
    /// How many there are.
    pub count: u32,
    /// How many of them are lost.
    pub lost: u32,
    /// How many of them repeat others.
    pub repeats: u32,
    /// Past, or Future; never Present.
    pub tense: Tense,
}

/// A segment of another run, that this one does not send, or not then.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ghost {
    /// What it is for.
    pub kind: PacketKind,
    /// Whether it is lost: it ends in a cross.
    pub is_lost: bool,
    /// Where it departs.
    pub from: Point,
    /// Where it arrives, or is lost.
    pub to: Point,
}

/// A note, at the margin beside what it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoteMark {
    /// Its place in the list of notes.
    pub note: usize,
    /// The packet that it is about, if it is about one.
    pub packet: Option<PacketIndex>,
    /// The record that it is about: that of its packet's sending, where it is about a packet.
    pub record: RecordId,
    /// Where.
    pub at: Point,
    /// Whether what it is about has happened.
    pub tense: Tense,
}

/// Something that an application called.
#[derive(Clone, Debug, PartialEq)]
pub struct CallMark {
    /// Whose application.
    pub host: HostId,
    /// The record of the call.
    pub record: RecordId,
    /// Where it meets the outer side of the band.
    pub at: Point,
    /// The call, where there is room to write it.
    pub label: Option<Label>,
    /// Whether it was made.
    pub tense: Tense,
}
