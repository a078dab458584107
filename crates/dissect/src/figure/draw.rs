//! The figures of a captured conversation as SVG: marks for the page, and whole documents.

use std::f64::consts::PI;

use tcpscope_view::{
    Anchor, LADDER_HEADER, Locale, PlotKind, Point, Rect, Svg, Theme, draw_ladder, messages,
    plot_marks, prose_lines,
};

use crate::conversations::End;
use crate::gather::Gathered;
use crate::observe::Observed;
use crate::tell::{end_in_words, remarks_in_words};

use super::{CapturedLadder, CapturedPlot, CapturedScene, Look, captured_plot};

/// The length of an arrowhead.
const HEAD: f64 = 9.0;
/// The radius of a dot, where a segment was seen.
const DOT: f64 = 3.5;

/// The names above a capture's ladder: the marks of a drawing that is [`LADDER_HEADER`] high.
#[must_use]
pub fn captured_heads(scene: &CapturedScene) -> String {
    let mut svg = Svg::fragment();
    svg.open_at("heads", Point::new(0.0, LADDER_HEADER - scene.ladder.visible.start));
    scene.heads.iter().for_each(|head| svg.label("host", head));
    svg.close();
    svg.into_marks()
}

/// What shows of a capture's ladder, but for the names above it.
#[must_use]
pub fn captured_marks(scene: &CapturedScene) -> String {
    let mut svg = Svg::fragment();
    draw(&mut svg, scene);
    svg.into_marks()
}

fn draw(svg: &mut Svg, scene: &CapturedScene) {
    for strip in &scene.strips {
        for (phase, rect) in &strip.parts {
            svg.rect(&["band ", phase].concat(), *rect, 0.0);
        }
        if let Some((_, first)) = strip.parts.first() {
            let wide: f64 = strip.parts.iter().map(|(_, rect)| rect.width).sum();
            let left = Point::new(first.x, first.y);
            svg.line("band-edge", left, Point::new(first.x + wide, first.y));
        }
        for name in &strip.names {
            svg.label("name", name);
        }
    }
    draw_ladder(svg, &scene.ladder);
    for arrow in &scene.ladder.arrows {
        let angle = if arrow.from.x < arrow.to.x { 0.0 } else { PI };
        let meets = |(_, dot): &(_, Point)| dot.distance(arrow.to) < DOT;
        let short = if scene.dots.iter().any(meets) { DOT } else { 0.0 };
        let tip = Point::new(arrow.to.x - short * angle.cos(), arrow.to.y);
        svg.head(&["head ", arrow.kind.name()].concat(), tip, angle, HEAD);
    }
    for (kind, at) in &scene.dots {
        svg.circle(&["dot ", kind.name()].concat(), *at, DOT);
    }
    for tag in &scene.tags {
        svg.label(if tag.stands_out { "tag changed" } else { "tag said" }, &tag.label);
    }
}

/// Which figure of a captured conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum CapturedView {
    /// The ladder.
    #[default]
    Ladder,
    /// Time and sequence numbers of what an end sends.
    Sequence(End),
    /// What an end has in flight, and the window that it may use.
    Windows(End),
}

impl CapturedView {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Ladder,
        Self::Sequence(End::Client),
        Self::Sequence(End::Server),
        Self::Windows(End::Client),
        Self::Windows(End::Server),
    ];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ladder => "ladder",
            Self::Sequence(End::Client) => "sequence:client",
            Self::Sequence(End::Server) => "sequence:server",
            Self::Windows(End::Client) => "windows:client",
            Self::Windows(End::Server) => "windows:server",
        }
    }
}

/// A figure of a captured conversation that stands by itself.
#[derive(Clone, Debug)]
pub struct CapturedStill<'a> {
    /// The conversation.
    pub gathered: &'a Gathered,
    /// What can be known of it.
    pub observed: &'a Observed,
    /// Which figure.
    pub view: CapturedView,
    /// The language.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
}

/// As many segments are drawn in one document.
const MOST_DRAWN: usize = 1_000;
/// Around a figure, how wide it is, and how high a plot.
const MARGIN: f64 = 24.0;
const WIDTH: f64 = 912.0;
const PLOT_HEIGHT: f64 = 440.0;
/// A title's line, and one of what is said around a figure.
const TITLE: f64 = 36.0;
const LINE: f64 = 20.0;
const SAID: f64 = 13.0;

impl CapturedStill<'_> {
    /// The figure as an SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        let Self { gathered, observed, locale, theme, .. } = *self;
        let words = &messages(locale).capture_view;
        let [client, server] = gathered.conversation.ends.map(|end| end.to_string());
        let title = words.from_to.fill([&client, &server]);
        let known = remarks_in_words(gathered, observed, locale);
        let (figure, height, key) = match self.view {
            CapturedView::Ladder => self.ladder(),
            CapturedView::Sequence(end) => self.plot(end, PlotKind::Sequence),
            CapturedView::Windows(end) => self.plot(end, PlotKind::Flight),
        };
        let known = lines(&known);
        let key = lines(&key);
        let top = MARGIN + TITLE;
        let below_known = top + rows(known.len()) + 12.0;
        let below = below_known + height + 16.0;
        let whole = Rect {
            x: 0.0,
            y: 0.0,
            width: WIDTH + 2.0 * MARGIN,
            height: below + rows(key.len()) + MARGIN,
        };
        let about = known.join(" ");
        let mut svg = Svg::titled("captured", whole, &title, &about, theme);
        let at = Point::new(MARGIN, MARGIN + 12.0);
        svg.text("prose heading", at, Anchor::Start, 20.0, &title);
        said(&mut svg, top, &known);
        svg.open_at("part", Point::new(MARGIN, below_known));
        svg.add(&figure);
        svg.close();
        said(&mut svg, below, &key);
        svg.finish()
    }

    /// Its marks, their height, and how to read them.
    fn ladder(&self) -> (String, f64, Vec<String>) {
        let Self { gathered, observed, locale, .. } = *self;
        let look = Look { gathered, observed, selected: None, locale };
        let ladder = CapturedLadder::new(gathered, observed, WIDTH);
        let count = gathered.segments.len();
        let height = ladder.y_of(MOST_DRAWN).map_or(ladder.height(), |y| y - LINE);
        let mut key = ladder.key(&look);
        let left_out = count.saturating_sub(MOST_DRAWN);
        if left_out > 0 {
            let words = &messages(locale).capture_view;
            key.insert(0, words.left_out.fill([&left_out.to_string()]));
        }
        let scene = ladder.scene(&look, 0.0..height);
        let mut svg = Svg::fragment();
        svg.add(&captured_heads(&scene));
        svg.open_at("ladder", Point::new(0.0, LADDER_HEADER));
        draw(&mut svg, &scene);
        svg.close();
        (svg.into_marks(), height + LADDER_HEADER, key)
    }

    fn plot(&self, sender: End, kind: PlotKind) -> (String, f64, Vec<String>) {
        let Self { gathered, observed, locale, .. } = *self;
        let words = &messages(locale).capture_view;
        let name = match kind {
            PlotKind::Flight => words.windows,
            _ => words.sequence,
        };
        let ends = [sender, sender.other()].map(|end| end_in_words(end, locale));
        let name = [name, " · ", &words.from_to.fill(ends)].concat();
        let mut svg = Svg::fragment();
        svg.text("prose said", Point::new(6.0, 8.0), Anchor::Start, SAID, &name);
        let look = Look { gathered, observed, selected: None, locale };
        let CapturedPlot { scene, key } = captured_plot(&look, sender, kind, (WIDTH, PLOT_HEIGHT));
        if let Some(scene) = scene {
            svg.open_at("plot", Point::new(0.0, LINE));
            svg.add(&plot_marks(&scene));
            svg.close();
        }
        (svg.into_marks(), PLOT_HEIGHT + LINE, key)
    }
}

/// Sentences below each other.
fn said(svg: &mut Svg, top: f64, lines: &[String]) {
    let mut y = top;
    for line in lines {
        svg.text("prose said", Point::new(MARGIN, y + LINE / 2.0), Anchor::Start, SAID, line);
        y += LINE;
    }
}

/// The height of so many lines.
fn rows(count: usize) -> f64 {
    (0..count).fold(0.0, |height, _| height + LINE)
}

/// Sentences, broken into lines that fit.
fn lines(sentences: &[String]) -> Vec<String> {
    sentences.iter().flat_map(|sentence| prose_lines(sentence, SAID, WIDTH)).collect()
}
