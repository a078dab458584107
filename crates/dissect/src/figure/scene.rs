//! What of a capture's ladder shows, as marks.

use std::ops::Range;

use tcpscope_sim::{Fate, HostId, Moment, PacketIndex, PacketKind, RecordId};
use tcpscope_tcp::{Duration, Instant};
use tcpscope_view::{
    Anchor, Arrow, FoldMark, Label, LadderScene, Lifeline, NowMark, Path, PathStep, Playhead,
    Point, Rect, Tense, TimeMark, duration_text, messages,
};

use crate::conversations::End;
use crate::gather::{Gathered, Seen};
use crate::tell::{end_in_words, span_text};
use crate::time::Time;

use super::layout::Layout;
use super::strips::{Strip, strips};
use super::words::{is_again, segment_texts, tags};
use super::{CapturedLadder, Look};

/// What of a capture's ladder shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CapturedScene {
    /// Lifelines, times, folds, and the segments' lines. All of it is past.
    pub ladder: LadderScene,
    /// The states that the ends can be in.
    pub strips: Vec<Strip>,
    /// What the segments are found to be.
    pub tags: Vec<Tag>,
    /// The places at which segments were seen.
    pub dots: Vec<(PacketKind, Point)>,
    /// The names above the lifelines, and above the place of the capture.
    pub heads: Vec<Label>,
}

/// What a segment is found to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Whether it stands out.
    pub stands_out: bool,
    /// What it says.
    pub label: Label,
}

/// How far above its line a text stands.
const ABOVE: f64 = 8.0;
/// Between the end of a line and what is written above it, and between two texts.
const BESIDE: f64 = 10.0;

impl CapturedLadder {
    /// What of it shows.
    #[must_use]
    pub fn scene(&self, look: &Look<'_>, visible: Range<f64>) -> CapturedScene {
        let Self { layout, axis, .. } = self;
        let Look { gathered, observed, selected, locale } = *look;
        // A text stands above its line.
        let reach = visible.start - 20.0..visible.end + 24.0;
        let shown = axis.segments(&reach);
        let mut scene = CapturedScene {
            ladder: self.empty(look, &visible),
            strips: strips(observed, axis, layout, &visible, locale),
            tags: Vec::new(),
            dots: Vec::new(),
            heads: heads(layout, &visible, look),
        };
        for place in shown {
            let (Some(seen), Some(y)) = (gathered.segments.get(place), axis.ys.get(place)) else {
                break;
            };
            let Some(finding) = observed.findings.get(place) else { break };
            let (from, to) = (layout.reach(seen.from), layout.reach(seen.from.other()));
            let (from, to) = (Point::new(from, *y), Point::new(to, *y));
            let forward = if from.x < to.x { 1.0 } else { -1.0 };
            let (told, stands_out) = tags(gathered, finding, locale);
            let size = layout.label_size;
            let room = layout.inner() - 2.0 * BESIDE;
            let tag = fitting(&told, size, room);
            let taken = tag.as_ref().map_or(0.0, |tag| wide(tag, size) + BESIDE);
            let text = segment_texts(observed, seen)
                .into_iter()
                .find(|text| wide(text, size) <= room - taken);
            let written = |text: String, x: f64, begins: bool| Label {
                text,
                at: Point::new(x, y - ABOVE),
                angle: 0.0,
                along: Point::RIGHT,
                anchor: if begins { Anchor::Start } else { Anchor::End },
                size,
            };
            let label = text.map(|text| written(text, from.x + forward * BESIDE, forward > 0.0));
            let ends = to.x - forward * BESIDE;
            let tag = tag.map(|tag| written(tag, ends, forward < 0.0));
            scene.tags.extend(tag.map(|label| Tag { stands_out, label }));
            let kind = kind(seen);
            scene.dots.extend(layout.place.map(|x| (kind, Point::new(x, *y))));
            let repeats = is_again(finding.repeat);
            let arrow = arrow(place, kind, [from, to], repeats, selected == Some(place), label);
            scene.ladder.arrows.push(arrow);
        }
        scene
    }

    /// All but the segments.
    fn empty(&self, look: &Look<'_>, visible: &Range<f64>) -> LadderScene {
        let Self { layout, axis, .. } = self;
        let (y0, y1) = (visible.start.max(0.0), visible.end.min(axis.height));
        let line = |host: u8, is_router, x| Lifeline {
            host: HostId(host),
            is_router,
            name: String::new(),
            x,
            y0,
            y1,
        };
        let mut lifelines = vec![line(0, false, layout.lifelines[0])];
        let between = layout.place.filter(|_| layout.near.is_none());
        lifelines.extend(between.map(|x| line(2, true, x)));
        lifelines.push(line(1, false, layout.lifelines[1]));
        // All of it is past: what has the present's place is far below.
        let below = axis.height + visible.end.max(0.0) + 1_000.0;
        let at = Instant::from_micros(u64::MAX);
        let moment = Moment { at, record: RecordId(u32::MAX) };
        let now = Rect { x: 0.0, y: below, width: 0.0, height: 0.0 };
        let label = Label {
            text: String::new(),
            at: Point::new(0.0, below),
            angle: 0.0,
            along: Point::RIGHT,
            anchor: Anchor::End,
            size: layout.note_size,
        };
        LadderScene {
            width: layout.width,
            height: axis.height,
            zoom: 1.0,
            visible: visible.clone(),
            lifelines,
            bands: Vec::new(),
            times: self.times(look.gathered, visible),
            folds: self.folds(look.gathered, visible),
            timers: Vec::new(),
            ties: self.ties(visible),
            ghosts: Vec::new(),
            densities: Vec::new(),
            arrows: Vec::new(),
            sacks: Vec::new(),
            messages: Vec::new(),
            calls: Vec::new(),
            notes: Vec::new(),
            present: below,
            now: NowMark { rect: now, label },
            playhead: Playhead { y: below, moment },
        }
    }

    fn times(&self, gathered: &Gathered, visible: &Range<f64>) -> Vec<TimeMark> {
        let Self { layout, axis, .. } = self;
        let began = began(gathered);
        let shown = axis.segments(&(visible.start - 12.0..visible.end + 12.0));
        let first = axis.ticks.partition_point(|place| *place < shown.start);
        let last = axis.ticks.partition_point(|place| *place < shown.end);
        let ticks = axis.ticks.get(first..last.max(first)).unwrap_or_default();
        let mark = |place: &usize| {
            let at = gathered.segments.get(*place)?.at?;
            let since = at.since(began?);
            Some(TimeMark {
                at: instant(since),
                label: Label {
                    text: coarse(since),
                    at: Point::new(layout.times, *axis.ys.get(*place)?),
                    angle: 0.0,
                    along: Point::RIGHT,
                    anchor: Anchor::End,
                    size: layout.note_size,
                },
                tense: Tense::Past,
            })
        };
        let mut times: Vec<TimeMark> = ticks.iter().filter_map(mark).collect();
        // Times that differ by less than is written are written once.
        times.dedup_by(|next, before| next.label.text == before.label.text);
        times
    }

    fn folds(&self, gathered: &Gathered, visible: &Range<f64>) -> Vec<FoldMark> {
        let Self { layout, axis, .. } = self;
        let shown = |fold: &&super::axis::Fold| fold.y1 >= visible.start && fold.y0 <= visible.end;
        let began = began(gathered);
        let mark = |fold: &super::axis::Fold| {
            let time = |place: usize| gathered.segments.get(place).and_then(|seen| seen.at);
            let to = time(fold.before)?;
            let from = (0..fold.before).rev().find_map(time)?;
            let middle = fold.y0.midpoint(fold.y1 - ABOVE * 2.0);
            let break_of = |end: End| {
                let x = layout.lifelines[end.index()];
                let outer = x + Layout::outwards(end) * layout.band;
                zigzag(outer.min(x) - 4.0, outer.max(x) + 4.0, middle)
            };
            let [left, right] = layout.lifelines;
            let label = Label {
                text: ["⋯ ", &coarse(to.since(from)), " ⋯"].concat(),
                at: Point::new(left.midpoint(right), middle),
                angle: 0.0,
                along: Point::RIGHT,
                anchor: Anchor::Middle,
                size: layout.note_size,
            };
            Some(FoldMark {
                from: instant(from.since(began?)),
                to: instant(to.since(began?)),
                y0: fold.y0,
                y1: fold.y1,
                label: Some(label),
                breaks: End::BOTH.map(break_of).to_vec(),
                tense: Tense::Past,
            })
        };
        let first = axis.folds.partition_point(|fold| fold.y1 < visible.start);
        let below = axis.folds.iter().skip(first);
        below.take_while(|fold| shown(fold)).filter_map(mark).collect()
    }
}

/// When the first segment passed of which that is known.
pub(super) fn began(gathered: &Gathered) -> Option<Time> {
    gathered.segments.iter().find_map(|seen| seen.at)
}

/// A span since the beginning, as the scenes have times.
#[allow(clippy::cast_sign_loss, reason = "fewer than none are none")]
pub(super) const fn instant(nanos: i64) -> Instant {
    let nanos = if nanos < 0 { 0 } else { nanos };
    Instant::from_micros(nanos as u64 / 1_000)
}

/// A span in few digits.
fn coarse(nanos: i64) -> String {
    let unit = match nanos {
        i64::MIN..0 => return span_text(nanos),
        0..1_000_000 => 1,
        1_000_000..1_000_000_000 => 100,
        1_000_000_000.. => 10_000,
    };
    let rounded = (nanos.unsigned_abs() / 1_000 + unit / 2) / unit * unit;
    duration_text(Duration::from_micros(rounded))
}

/// What a segment is for.
pub(super) const fn kind(seen: &Seen) -> PacketKind {
    if seen.rst() {
        PacketKind::Rst
    } else if seen.syn() {
        PacketKind::Syn
    } else if seen.fin() {
        PacketKind::Fin
    } else if seen.text_len > 0 {
        PacketKind::Data
    } else {
        PacketKind::Ack
    }
}

fn arrow(
    place: usize,
    kind: PacketKind,
    [from, to]: [Point; 2],
    retransmission: bool,
    selected: bool,
    label: Option<Label>,
) -> Arrow {
    Arrow {
        packet: PacketIndex(u32::try_from(place).unwrap_or(u32::MAX)),
        kind,
        // What becomes of it does not show.
        fate: Fate::UnderWay,
        retransmission,
        is_copy: false,
        is_marked: false,
        is_forged: false,
        delayed: None,
        from,
        via: Vec::new(),
        to,
        pieces: Vec::new(),
        tip: to,
        tense: Tense::Past,
        selected,
        label,
    }
}

/// As many of these texts as fit, the first ones.
fn fitting(told: &[String], size: f64, room: f64) -> Option<String> {
    (1..=told.len()).rev().find_map(|count| {
        let text = told.get(..count)?.join(" · ");
        (wide(&text, size) <= room).then_some(text)
    })
}

/// How wide a text is, a Chinese character as two others.
pub(super) fn wide(text: &str, size: f64) -> f64 {
    let places: f64 = text.chars().map(|it| if it >= '\u{2e80}' { 1.7 } else { 1.0 }).sum();
    places * size * Label::ADVANCE
}

/// The names above the lifelines, and above the place of the capture.
fn heads(layout: &Layout, visible: &Range<f64>, look: &Look<'_>) -> Vec<Label> {
    let words = &messages(look.locale).capture_view;
    let y = visible.start - tcpscope_view::LADDER_HEADER / 2.0;
    let size = layout.label_size + 1.0;
    let head = |text: String, x: f64, anchor| Label {
        text,
        at: Point::new(x, y),
        angle: 0.0,
        along: Point::RIGHT,
        anchor,
        size,
    };
    let mut heads = Vec::new();
    for end in End::BOTH {
        let mut name = end_in_words(end, look.locale).to_owned();
        if layout.near == Some(end) {
            name = [&name, " · ", words.seen_here].concat();
        }
        let x = layout.lifelines[end.index()] + Layout::outwards(end) * layout.band;
        let anchor = if end == End::Client { Anchor::Start } else { Anchor::End };
        heads.push(head(name, x, anchor));
    }
    if let (Some(x), None) = (layout.place, layout.near) {
        let [left, right] = layout.lifelines;
        let here = words.seen_between;
        let half = wide(here, size) / 2.0;
        // Clear of the names at either side.
        let x = x.min(right - half - 64.0).max(left + half + 64.0);
        heads.push(head(here.to_owned(), x, Anchor::Middle));
    }
    heads
}

/// A zigzag across a band and its lifeline.
fn zigzag(left: f64, right: f64, middle: f64) -> Path {
    let points = [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| {
        let aside = if part == 0.25 || part == 0.75 { -3.0 } else { 3.0 };
        let level = part == 0.0 || part == 1.0;
        Point::new(left + (right - left) * part, middle + if level { 0.0 } else { aside })
    });
    let [start, rest @ ..] = points;
    Path { start, steps: rest.into_iter().map(PathStep::Line).collect() }
}
