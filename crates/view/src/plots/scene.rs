//! What of a plot is drawn: axes, lines, bars and marks, in pixels.

use tcpscope_sim::PacketIndex;
use tcpscope_tcp::Instant;

use super::extent::{range, shown, values, whole_domain, within};
use super::labels::{apart, width};
use super::scale::{self, Upwards};
use super::thin;
use super::{Plot, PlotClock, PlotPoint, PlotTick, Track, TrackKind, TrackShape};
use crate::axis::pixels;
use crate::{Locale, Numbers, Point, Rect, duration_text, messages};

/// How a plot is looked at.
#[derive(Clone, Copy, Debug)]
pub struct PlotView<'a> {
    /// How time goes.
    pub clock: PlotClock<'a>,
    /// From where to where, in places of the clock; `None`: all of what is busy.
    pub domain: Option<(f64, f64)>,
    /// The width of the drawing.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The language of its words.
    pub locale: Locale,
    /// Its sequence numbers.
    pub numbers: Numbers,
    /// The segment that is lit.
    pub selection: Option<PacketIndex>,
    /// The names of its flows, or of its links.
    pub titles: &'a [String],
}

/// A plot as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotScene {
    /// The width of the drawing.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Where the points are.
    pub area: Rect,
    /// From where to where the time goes, in places of the clock.
    pub domain: (f64, f64),
    /// From where to where it could.
    pub whole: (f64, f64),
    /// Times along the lower side.
    pub times: Vec<PlotTick>,
    /// Values along the left side.
    pub values: Vec<PlotTick>,
    /// What the times are.
    pub time_title: String,
    /// What the values are.
    pub value_title: String,
    /// Stretches of time that are folded, from x to x.
    pub folds: Vec<(f64, f64)>,
    /// Lines, bars and bands.
    pub strokes: Vec<PlotStroke>,
    /// Marks.
    pub glyphs: Vec<PlotGlyphs>,
    /// Names beside the ends of lines.
    pub labels: Vec<PlotLabel>,
    /// What the marks mean: a mark, and its name after it.
    pub key: Vec<PlotLabel>,
    /// The lit segment's bars and points.
    pub selected: Vec<(Point, Point)>,
    upwards: Upwards,
}

/// The lines of a track.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotStroke {
    /// What they show.
    pub kind: TrackKind,
    /// Of which flow.
    pub flow: usize,
    /// Whether of the run before the last change.
    pub ghost: bool,
    /// Each from point to point; a band's is closed.
    pub lines: Vec<Vec<Point>>,
}

/// The marks of a track.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotGlyphs {
    /// What they mean.
    pub kind: TrackKind,
    /// How they look.
    pub glyph: GlyphKind,
    /// Whether of the run before the last change.
    pub ghost: bool,
    /// Where.
    pub at: Vec<Point>,
}

/// A name in a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotLabel {
    /// What it names.
    pub kind: TrackKind,
    /// Of which flow.
    pub flow: usize,
    /// Whether of the run before the last change.
    pub ghost: bool,
    /// Where it begins, in the middle of its height.
    pub at: Point,
    /// The name.
    pub text: String,
}

/// How a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GlyphKind {
    /// ✕
    Cross,
    /// ◇
    Diamond,
    /// ▫
    Square,
    /// A short upright line.
    Tick,
    /// Z: a window of zero.
    Stop,
    /// A triangle that points down.
    Down,
    /// An hourglass.
    Bang,
    /// A disc.
    Dot,
    /// R: sent again.
    Again,
}

/// Above the points: the title of the values.
const TOP: f64 = 28.0;
/// A line of marks and their names.
const KEY: f64 = 18.0;
/// Below them: the times and their title.
const BOTTOM: f64 = 36.0;

impl PlotScene {
    /// The plot as it is drawn.
    #[must_use]
    pub fn new(plot: &Plot, view: &PlotView<'_>) -> Self {
        let whole = whole_domain(plot, view.clock);
        let domain = view.domain.map_or(whole, |wanted| within(wanted, whole));
        let names = names(plot, view);
        let marks = marks_of(plot, view);
        let right = names.iter().map(|name| width(name)).fold(0.0, f64::max) + 34.0;
        let rows = key_rows(&marks, view.width);
        let (low, high) = range(plot, view.clock, domain);
        let top = TOP + KEY * pixels(rows);
        let bottom = (view.height - BOTTOM).max(top + 40.0);
        let upwards = Upwards::new(plot.kind, low, high, bottom, top);
        let (value_title, values) = values(plot, view, &upwards, bottom - top);
        let left = values.iter().map(|tick| width(&tick.text)).fold(16.0, f64::max) + 18.0;
        let room = (view.width - left - right.min(view.width * 0.34)).max(60.0);
        let area = Rect { x: left, y: top, width: room, height: bottom - top };
        let mut scene = Self {
            width: view.width,
            height: view.height,
            area,
            domain,
            whole,
            times: Vec::new(),
            values,
            time_title: String::new(),
            value_title,
            folds: Vec::new(),
            strokes: Vec::new(),
            glyphs: Vec::new(),
            labels: Vec::new(),
            key: Vec::new(),
            selected: Vec::new(),
            upwards,
        };
        scene.put_times(view);
        scene.put_tracks(plot, view);
        scene.put_labels(plot, view.clock, names);
        scene.put_key(marks);
        scene
    }

    /// Where a place of the clock is drawn.
    #[must_use]
    pub fn x(&self, place: f64) -> f64 {
        let (from, to) = self.domain;
        self.area.x + (place - from) / (to - from) * self.area.width
    }

    /// The place of the clock that is drawn there.
    #[must_use]
    pub fn place(&self, x: f64) -> f64 {
        let (from, to) = self.domain;
        from + (x - self.area.x) / self.area.width * (to - from)
    }

    /// Where a value is drawn.
    #[must_use]
    pub fn y(&self, value: u64) -> f64 {
        self.upwards.y(value)
    }

    fn put_times(&mut self, view: &PlotView<'_>) {
        let words = &messages(view.locale).plots;
        match view.clock {
            PlotClock::Even => {
                let (from, to) =
                    (scale::whole(self.domain.0.max(0.0)), scale::whole(self.domain.1));
                let unit = scale::seconds(to);
                let many = scale::whole(self.area.width / 84.0).max(2);
                let mut values = scale::even(from, to, many);
                if values.len() < 2 {
                    // One time says nothing of how long anything takes.
                    values = scale::even(from, to, many * 2);
                }
                for value in values {
                    let at = self.x(pixels(value));
                    self.times.push(PlotTick { at, text: scale::number(value, unit) });
                }
                self.time_title = words.time.fill([unit.name]);
            }
            PlotClock::Ladder(axis) => {
                let mut next = f64::NEG_INFINITY;
                for tick in axis.ticks() {
                    let at = self.x(tick.y);
                    let text = duration_text(tick.at.since(Instant::ZERO));
                    let half = width(&text) / 2.0;
                    let inside = (self.area.x..=self.area.x + self.area.width).contains(&at);
                    if inside && at - half >= next {
                        next = at + half + 16.0;
                        self.times.push(PlotTick { at, text });
                    }
                }
                for fold in axis.folds() {
                    let (from, to) = (self.x(fold.y0), self.x(fold.y1));
                    let (left, right) = (self.area.x, self.area.x + self.area.width);
                    if to > left && from < right {
                        self.folds.push((from.max(left), to.min(right)));
                    }
                }
                self.time_title = words.ladder_time.to_owned();
            }
        }
    }

    fn put_tracks(&mut self, plot: &Plot, view: &PlotView<'_>) {
        for track in &plot.tracks {
            let shown = shown(track, view.clock, self.domain);
            let dense = pixels(shown.len() as u64) > 2.0 * self.area.width;
            let lines = match track.kind.shape() {
                TrackShape::Steps => vec![self.steps(shown, view.clock, |point| point.high)],
                TrackShape::Band => {
                    let mut outline = self.steps(shown, view.clock, |point| point.high);
                    let mut lower = self.steps(shown, view.clock, |point| point.low);
                    lower.reverse();
                    outline.append(&mut lower);
                    vec![outline]
                }
                TrackShape::Bars => self.bars(track, shown, view.clock),
                TrackShape::Glyphs(glyph) => {
                    let places: Vec<_> = shown
                        .iter()
                        .map(|point| self.mark(track.kind, point, view.clock))
                        .collect();
                    self.put_glyphs(track, glyph, &places);
                    continue;
                }
            };
            if track.kind == TrackKind::Retransmission && !dense {
                let above = |point: &PlotPoint| {
                    let at = self.spot(view.clock, point, f64::NEG_INFINITY);
                    Point::new(at.x, at.y - 8.0)
                };
                let places: Vec<_> = shown.iter().map(above).collect();
                self.put_glyphs(track, GlyphKind::Again, &places);
            }
            let (kind, flow, ghost) = (track.kind, track.flow, track.ghost);
            self.strokes.push(PlotStroke { kind, flow, ghost, lines });
            if !ghost && view.selection.is_some() {
                let lit = shown.iter().filter(|point| point.packet == view.selection).take(64);
                for point in lit {
                    let x = self.x(view.clock.place(point.at, Some(point.record)));
                    let ends =
                        (Point::new(x, self.y(point.low)), Point::new(x, self.y(point.high)));
                    self.selected.push(ends);
                }
            }
        }
    }

    fn put_glyphs(&mut self, track: &Track, glyph: GlyphKind, places: &[Point]) {
        let at = thin::marks(places);
        self.glyphs.push(PlotGlyphs { kind: track.kind, glyph, ghost: track.ghost, at });
    }

    /// Where a mark stands: of what a bar shows too, in its middle, or at its upper end.
    fn mark(&self, kind: TrackKind, point: &PlotPoint, clock: PlotClock<'_>) -> Point {
        let at = self.spot(clock, point, f64::NEG_INFINITY);
        let middle = matches!(kind, TrackKind::Lost | TrackKind::Rst);
        let y = if middle { (self.y(point.low) + self.y(point.high)) / 2.0 } else { at.y };
        Point::new(at.x, y)
    }

    fn steps(
        &self,
        shown: &[PlotPoint],
        clock: PlotClock<'_>,
        value: impl Fn(&PlotPoint) -> u64,
    ) -> Vec<Point> {
        let right = self.area.x + self.area.width;
        let mut before = None;
        let corners = shown.iter().flat_map(|point| {
            let x = self.x(clock.place(point.at, Some(point.record)));
            let within = crate::geometry::between(x, self.area.x, right);
            let here = Point::new(within, self.y(value(point)));
            let along = before.replace(here).map(|before: Point| Point::new(here.x, before.y));
            // What comes after all that shows says only that the line goes on.
            along.into_iter().chain((x <= right + 0.5).then_some(here))
        });
        thin::line(corners)
    }

    /// Bars; where there is room, with the ends of arrows as tcptrace draws them.
    fn bars(&self, track: &Track, shown: &[PlotPoint], clock: PlotClock<'_>) -> Vec<Vec<Point>> {
        let upright = shown.iter().map(|point| {
            let x = self.x(clock.place(point.at, Some(point.record)));
            let (bottom, top) = (self.y(point.low), self.y(point.high));
            // A SYN takes one number: it shows all the same.
            (x, top.min(bottom - 1.5), bottom)
        });
        let thin = thin::bars(upright);
        let sparse = pixels(thin.len() as u64) * 7.0 < self.area.width;
        let mut lines = Vec::new();
        for (x, top, bottom) in thin {
            lines.push(vec![Point::new(x, bottom), Point::new(x, top)]);
            if sparse && bottom - top >= 9.0 && track.kind != TrackKind::Sack {
                for (end, inwards) in [(top, 3.5), (bottom, -3.5)] {
                    lines.push(vec![
                        Point::new(x - 2.5, end + inwards),
                        Point::new(x, end),
                        Point::new(x + 2.5, end + inwards),
                    ]);
                }
            }
        }
        lines
    }

    /// Each line's name, at the right side, as near as can be to where the line ends.
    fn put_labels(&mut self, plot: &Plot, clock: PlotClock<'_>, names: Vec<String>) {
        let (top, bottom) = (self.area.y, self.area.y + self.area.height);
        let mut labels = Vec::new();
        for (track, text) in plot.tracks.iter().zip(names) {
            let last = shown(track, clock, self.domain)
                .iter()
                .rfind(|point| clock.place(point.at, Some(point.record)) <= self.domain.1);
            let Some(last) = last.filter(|_| !text.is_empty()) else { continue };
            let y = if track.kind == TrackKind::RttVariation {
                (self.y(last.low) + self.y(last.high)) / 2.0
            } else {
                self.y(last.high)
            };
            if y >= top - 4.0 {
                let at = Point::new(self.area.x + self.area.width + 8.0, y);
                let (kind, flow, ghost) = (track.kind, track.flow, track.ghost);
                labels.push(PlotLabel { kind, flow, ghost, at, text });
            }
        }
        let wanted: Vec<_> = labels.iter().map(|label| label.at.y).collect();
        for (label, y) in labels.iter_mut().zip(apart(&wanted, top, bottom)) {
            label.at.y = y;
        }
        self.labels = labels;
    }

    /// What the marks mean, above the points.
    fn put_key(&mut self, marks: Vec<(TrackKind, String)>) {
        let (mut x, mut y) = (6.0, TOP + 2.0);
        for (kind, text) in marks {
            let wide = width(&text) + 30.0;
            if x > 6.0 && x + wide > self.width {
                (x, y) = (6.0, y + KEY);
            }
            let at = Point::new(x + 6.0, y);
            self.key.push(PlotLabel { kind, flow: 0, ghost: false, at, text });
            x += wide;
        }
    }
}

/// The name of each track: none, where it has its name elsewhere.
fn names(plot: &Plot, view: &PlotView<'_>) -> Vec<String> {
    let words = &messages(view.locale).plots;
    let several = view.titles.len() > 1;
    let name = |track: &Track| match track.kind.shape() {
        TrackShape::Glyphs(_) if track.kind != TrackKind::Rtt => String::new(),
        _ if track.kind == TrackKind::Sack || track.kind == TrackKind::Retransmission => {
            String::new()
        }
        _ if track.ghost => words.before.to_owned(),
        _ if several => view.titles.get(track.flow).cloned().unwrap_or_default(),
        _ => words.track(track.kind).to_owned(),
    };
    plot.tracks.iter().map(name).collect()
}

/// The kinds that are explained above the points, and their names.
fn marks_of(plot: &Plot, view: &PlotView<'_>) -> Vec<(TrackKind, String)> {
    let words = &messages(view.locale).plots;
    let mut marks: Vec<(TrackKind, String)> = Vec::new();
    for track in plot.tracks.iter().filter(|track| !track.ghost) {
        let is_mark = match track.kind.shape() {
            TrackShape::Glyphs(_) => track.kind != TrackKind::Rtt,
            TrackShape::Bars => track.kind != TrackKind::Segment,
            TrackShape::Steps | TrackShape::Band => false,
        };
        if is_mark && marks.iter().all(|(kind, _)| *kind != track.kind) {
            marks.push((track.kind, words.track(track.kind).to_owned()));
        }
    }
    marks
}

/// How many lines the explanations take.
fn key_rows(marks: &[(TrackKind, String)], room: f64) -> u64 {
    let (mut rows, mut x) = (u64::from(!marks.is_empty()), 6.0);
    for (_, text) in marks {
        let wide = width(text) + 30.0;
        if x > 6.0 && x + wide > room {
            (rows, x) = (rows + 1, 6.0);
        }
        x += wide;
    }
    rows
}
