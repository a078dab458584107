//! A plot as SVG. The page shows the same marks as an export, with its own style sheet.

use super::{Theme, escape};
use crate::geometry::put_number;
use crate::{GlyphKind, PlotGlyphs, PlotLabel, PlotScene, Point, TrackShape};

/// The plot as an SVG document.
#[must_use]
pub fn plot_svg(scene: &PlotScene, theme: Theme) -> String {
    let mut ink = Ink(String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot\""));
    ink.attribute("width", scene.width);
    ink.attribute("height", scene.height);
    for part in [">\n<style>", &super::style::sheet(theme), "</style>\n"] {
        ink.0.push_str(part);
    }
    ink.rect("paper", 0.0, 0.0, scene.width, scene.height);
    ink.0.push_str(&plot_marks(scene));
    ink.0.push_str("</svg>\n");
    ink.0
}

/// The marks of a plot, to stand in an `<svg>`.
#[must_use]
pub fn plot_marks(scene: &PlotScene) -> String {
    let mut ink = Ink(String::with_capacity(16_384));
    let area = scene.area;
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    ink.open("clipPath", "id", "plot-clip");
    ink.rect("", area.x, area.y - 12.0, area.width + 1.0, area.height + 14.0);
    ink.close("clipPath");
    for (from, to) in &scene.folds {
        ink.rect("plot-fold", *from, area.y, to - from, area.height);
    }
    for tick in &scene.values {
        ink.lines("plot-grid", &[vec![Point::new(area.x, tick.at), Point::new(right, tick.at)]]);
        ink.text("plot-tick", "end", Point::new(area.x - 8.0, tick.at), &tick.text);
    }
    for tick in &scene.times {
        let ends = vec![Point::new(tick.at, bottom), Point::new(tick.at, bottom + 5.0)];
        ink.lines("plot-axis", &[ends]);
        ink.text("plot-tick", "middle", Point::new(tick.at, bottom + 14.0), &tick.text);
    }
    ink.lines("plot-axis", &[vec![Point::new(area.x, bottom), Point::new(right, bottom)]]);
    ink.text("plot-title", "start", Point::new(6.0, 12.0), &scene.value_title);
    ink.text("plot-title", "end", Point::new(right, bottom + 28.0), &scene.time_title);
    ink.open("g", "clip-path", "url(#plot-clip)");
    for stroke in &scene.strokes {
        let class = class_of("plot-line", stroke.kind.class(), stroke.flow, stroke.ghost);
        ink.lines(&class, &stroke.lines);
    }
    for (low, high) in &scene.selected {
        if low == high {
            ink.path("plot-lit", *low, "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0");
        } else {
            ink.lines("plot-lit", &[vec![*low, *high]]);
        }
    }
    scene.glyphs.iter().for_each(|glyphs| ink.glyphs(glyphs));
    ink.close("g");
    scene.labels.iter().for_each(|label| ink.label(label));
    scene.key.iter().for_each(|label| ink.key(label, scene));
    ink.0
}

/// How much of a line stands before its name.
const PIECE: f64 = 17.0;

/// What a mark is drawn by, from its middle on.
const fn strokes_of(glyph: GlyphKind) -> &'static str {
    match glyph {
        GlyphKind::Cross => "m-4-4l8 8m0-8l-8 8",
        GlyphKind::Diamond => "m0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z",
        GlyphKind::Square => "m-3.5-3.5h7v7h-7z",
        GlyphKind::Tick => "m0-5v10",
        GlyphKind::Stop => "m-3-3.5h6l-6 7h6",
        GlyphKind::Down => "m-4-9h8l-4 6z",
        GlyphKind::Bang => "m-4-12h8l-8 9h8z",
        GlyphKind::Dot => "m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
        GlyphKind::Again => "m-2.5 4v-8h2.5a2.2 2.2 0 0 1 0 4.4h-2.5m2.5 0l2.7 3.6",
    }
}

fn class_of(of: &str, kind: &str, flow: usize, ghost: bool) -> String {
    let mut class = of.to_owned();
    class.push_str(" of-");
    class.push_str(kind);
    class.push_str(" flow-");
    class.push_str(&(flow % 6).to_string());
    if ghost {
        class.push_str(" ghost");
    }
    class
}

/// Marks that are being written.
struct Ink(String);

impl Ink {
    fn number(&mut self, value: f64) {
        put_number(&mut self.0, value);
    }

    fn point(&mut self, letter: char, at: Point) {
        self.0.push(letter);
        self.number(at.x);
        self.0.push(' ');
        self.number(at.y);
    }

    fn attribute(&mut self, name: &str, value: f64) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        self.number(value);
        self.0.push('"');
    }

    /// Opens an element with a class.
    fn begin(&mut self, name: &str, class: &str) {
        self.0.push('<');
        self.0.push_str(name);
        if !class.is_empty() {
            self.0.push_str(" class=\"");
            self.0.push_str(class);
            self.0.push('"');
        }
    }

    fn open(&mut self, name: &str, attribute: &str, value: &str) {
        for part in ["<", name, " ", attribute, "=\"", value, "\">\n"] {
            self.0.push_str(part);
        }
    }

    fn close(&mut self, name: &str) {
        for part in ["</", name, ">\n"] {
            self.0.push_str(part);
        }
    }

    fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64) {
        self.begin("rect", class);
        for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
            self.attribute(name, value);
        }
        self.0.push_str("/>\n");
    }

    /// All lines of a class as one path.
    fn lines(&mut self, class: &str, lines: &[Vec<Point>]) {
        self.begin("path", class);
        self.0.push_str(" d=\"");
        for line in lines {
            for (place, point) in line.iter().enumerate() {
                self.point(if place == 0 { 'M' } else { 'L' }, *point);
            }
        }
        self.0.push_str("\"/>\n");
    }

    fn path(&mut self, class: &str, at: Point, strokes: &str) {
        self.begin("path", class);
        self.0.push_str(" d=\"");
        self.point('M', at);
        self.0.push_str(strokes);
        self.0.push_str("\"/>\n");
    }

    fn glyphs(&mut self, glyphs: &PlotGlyphs) {
        let class = class_of("plot-glyph", glyphs.kind.class(), 0, glyphs.ghost);
        self.begin("path", &class);
        self.0.push_str(" d=\"");
        for at in &glyphs.at {
            self.point('M', *at);
            self.0.push_str(strokes_of(glyphs.glyph));
        }
        self.0.push_str("\"/>\n");
    }

    fn text(&mut self, class: &str, anchor: &str, at: Point, text: &str) {
        self.begin("text", class);
        for part in [" text-anchor=\"", anchor, "\""] {
            self.0.push_str(part);
        }
        self.attribute("x", at.x);
        // A middle baseline that every renderer agrees on.
        self.attribute("y", at.y + 4.0);
        for part in [">", &escape(text), "</text>\n"] {
            self.0.push_str(part);
        }
    }

    fn label(&mut self, label: &PlotLabel) {
        let (kind, at) = (label.kind.class(), label.at);
        // A piece of what is named: how it is dashed tells a line from others.
        let middle = Point::new(at.x + PIECE / 2.0, at.y);
        let (of, piece) = match label.kind.shape() {
            TrackShape::Steps => ("plot-line", "m-8.5 0h17"),
            TrackShape::Band => ("plot-line", "m-8.5-5h17v10h-17z"),
            TrackShape::Bars => ("plot-line", "m0-5v10"),
            TrackShape::Glyphs(glyph) => ("plot-glyph", strokes_of(glyph)),
        };
        self.path(&class_of(of, kind, label.flow, label.ghost), middle, piece);
        let class = class_of("plot-label", kind, label.flow, label.ghost);
        self.text(&class, "start", Point::new(at.x + PIECE + 5.0, at.y), &label.text);
    }

    /// A mark, and what it means.
    fn key(&mut self, label: &PlotLabel, scene: &PlotScene) {
        let kind = label.kind;
        let drawn = scene.glyphs.iter().find(|glyphs| glyphs.kind == kind);
        match drawn {
            Some(glyphs) => {
                let lowered = match glyphs.glyph {
                    GlyphKind::Down => 6.0,
                    GlyphKind::Bang => 7.0,
                    GlyphKind::Cross
                    | GlyphKind::Diamond
                    | GlyphKind::Square
                    | GlyphKind::Tick
                    | GlyphKind::Stop
                    | GlyphKind::Dot
                    | GlyphKind::Again => 0.0,
                };
                let class = class_of("plot-glyph", kind.class(), 0, false);
                let at = Point::new(label.at.x, label.at.y + lowered);
                self.path(&class, at, strokes_of(glyphs.glyph));
            }
            None => {
                let class = class_of("plot-line", kind.class(), 0, false);
                self.path(&class, label.at, "m0-6v12");
            }
        }
        self.text("plot-tick", "start", Point::new(label.at.x + 9.0, label.at.y), &label.text);
    }
}

/// How a plot looks that is not in the page.
pub(super) const SHEET: &str = "
.plot{fill:none;stroke:$ink-2;stroke-width:1.25;stroke-linejoin:round}
.plot-tick,.plot-title,.plot-label{font-size:12px;fill:$ink;paint-order:stroke;stroke:$paper;stroke-width:3}
.plot-fold{stroke:none}
.plot-grid{stroke:$line;stroke-width:1}.plot-axis{stroke:$line-strong;stroke-width:1}
.plot-fold{fill:$band-none}.plot-tick{fill:$ink-3}.plot-title{fill:$ink-2}
.plot-label.of-segment,.plot-label.of-goodput{fill:$data}.plot-label.of-cwnd,.plot-label.of-srtt{fill:$syn}
.plot-line.of-segment,.plot-line.of-goodput{stroke:$data}.plot-line.of-segment{stroke-width:1.5}
.plot-line.of-again,.plot-glyph.of-again{stroke:$now}.plot-line.of-again{stroke-width:2.5}
.plot-line.of-ack{stroke:$ink-2}.plot-line.of-window,.plot-line.of-ssthresh{stroke-dasharray:6 3}
.plot-line.of-sack{stroke:$fin;stroke-width:2.5}.plot-line.of-cwnd,.plot-line.of-srtt,.plot-line.of-waiting{stroke:$syn;stroke-width:1.75}
.plot-line.of-flight{stroke:$syn}.plot-line.of-pipe,.plot-line.of-rto,.plot-line.of-sent{stroke-dasharray:2 3}
.plot-line.of-arrived{stroke-dasharray:6 3}
.plot-line.of-rttvar{fill:$band-opening;stroke:none}
.plot-glyph{stroke-width:1.5}.plot-glyph.of-lost,.plot-glyph.of-drop,.plot-glyph.of-timeout,.plot-glyph.of-zero,.plot-glyph.of-rst{stroke:$lost}
.plot-glyph.of-recovery,.plot-glyph.of-mark{stroke:$now}.plot-glyph.of-rtt{fill:$ink-3;stroke:none}
.plot-glyph.of-syn{stroke:$syn}.plot-glyph.of-fin{stroke:$fin}
.plot-line.flow-1{stroke-dasharray:8 4}.plot-line.flow-2{stroke-dasharray:2 3}
.plot-line.flow-3{stroke-dasharray:8 3 2 3}.plot-line.flow-4{stroke-dasharray:14 4}
.plot-line.flow-5{stroke-dasharray:8 3 2 3 2 3}
.plot-line.ghost{stroke:$ink-3;stroke-width:1;stroke-dasharray:1 3}
.plot-label.ghost{fill:$ink-3}
.plot-lit{stroke:$now;stroke-width:4}
";
