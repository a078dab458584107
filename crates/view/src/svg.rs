//! Scenes as SVG: for the command line, for exports, and to look at without a browser.
//!
//! Marks carry classes and say what they mean; the style sheet that goes with them says how that
//! looks, in light and in dark.

mod diagram;
mod ladder;
mod plot;
mod ribbon;
mod small;
mod style;

use crate::geometry::{put_number, tenths};
use crate::{Anchor, Label, Path, Point, Rect};

pub use diagram::{diagram_svg, draw_diagram};
pub use ladder::{LADDER_HEADER, draw_hosts, draw_ladder, draw_present, ladder_svg, phase};
pub use plot::{plot_marks, plot_svg};
pub use ribbon::{draw_ribbon, ribbon_height, ribbon_svg};
pub use small::draw_small_diagram;
pub use style::Theme;

/// A drawing that is being written.
///
/// Numbers are written by hand, in tenths of a pixel: so they are the same on every machine, and
/// the formatter for floating point stays out of the page.
#[derive(Debug)]
pub struct Svg {
    text: String,
}

impl Svg {
    /// A document that shows this box of the plane.
    #[must_use]
    pub fn new(class: &str, shown: Rect, theme: Theme) -> Self {
        Self::begin(class, shown, "", "", theme)
    }

    /// A document with a name, and with its contents in words, for those who do not see it.
    #[must_use]
    pub fn titled(class: &str, shown: Rect, title: &str, about: &str, theme: Theme) -> Self {
        let role = " role=\"img\" aria-labelledby=\"title about\"";
        let mut named = String::new();
        for part in ["<title id=\"title\">", &escape(title), "</title>\n<desc id=\"about\">"] {
            named.push_str(part);
        }
        named.push_str(&escape(about));
        named.push_str("</desc>\n");
        Self::begin(class, shown, role, &named, theme)
    }

    fn begin(class: &str, shown: Rect, role: &str, named: &str, theme: Theme) -> Self {
        let mut svg = Self { text: String::with_capacity(32_768) };
        svg.put(&["<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"", class, "\""]);
        svg.attributes(&[("width", shown.width), ("height", shown.height)]);
        svg.put(&[" viewBox=\""]);
        for (place, side) in [shown.x, shown.y, shown.width, shown.height].into_iter().enumerate() {
            if place > 0 {
                svg.text.push(' ');
            }
            put_number(&mut svg.text, side);
        }
        svg.put(&["\"", role, ">\n", named, "<style>", &style::sheet(theme), "</style>\n"]);
        svg.rect("paper", shown, 0.0);
        svg
    }

    /// Marks alone, to be put into a document by [`Svg::add`].
    #[must_use]
    pub const fn fragment() -> Self {
        Self { text: String::new() }
    }

    /// The marks of a fragment.
    #[must_use]
    pub fn into_marks(self) -> String {
        self.text
    }

    /// The document, whole.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    /// Adds what is SVG already.
    pub fn add(&mut self, marks: &str) {
        self.text.push_str(marks);
    }

    fn put(&mut self, parts: &[&str]) {
        for part in parts {
            self.text.push_str(part);
        }
    }

    fn attributes(&mut self, attributes: &[(&str, f64)]) {
        for (name, value) in attributes {
            self.put(&[" ", name, "=\""]);
            put_number(&mut self.text, *value);
            self.text.push('"');
        }
    }

    fn begin_mark(&mut self, name: &str, class: &str) {
        self.put(&["<", name, " class=\"", class, "\""]);
    }

    /// Begins a group.
    pub fn open(&mut self, class: &str) {
        self.begin_mark("g", class);
        self.text.push_str(">\n");
    }

    /// Begins a group that is moved.
    pub fn open_at(&mut self, class: &str, at: Point) {
        self.begin_mark("g", class);
        self.text.push_str(" transform=\"translate(");
        put_number(&mut self.text, at.x);
        self.text.push(' ');
        put_number(&mut self.text, at.y);
        self.text.push_str(")\">\n");
    }

    /// Begins a group that is drawn so much larger, to a thousandth.
    pub fn open_scaled(&mut self, class: &str, factor: f64) {
        let thousandths = crate::geometry::whole(factor * 1_000.0).max(1);
        let (whole, rest) = ((thousandths / 1_000).to_string(), thousandths % 1_000 + 1_000);
        self.begin_mark("g", class);
        self.put(&[" transform=\"scale(", &whole, ".", &rest.to_string()[1..], ")\">\n"]);
    }

    /// Begins a group of which only a box shows. `id` is the document's own.
    pub fn open_clipped(&mut self, id: &str, shown: Rect) {
        self.put(&["<clipPath id=\"", id, "\">"]);
        self.rect("clip", shown, 0.0);
        self.put(&["</clipPath>\n<g clip-path=\"url(#", id, ")\">\n"]);
    }

    /// Ends a group.
    pub fn close(&mut self) {
        self.text.push_str("</g>\n");
    }

    /// A box, its corners rounded by so much.
    pub fn rect(&mut self, class: &str, rect: Rect, round: f64) {
        self.begin_mark("rect", class);
        let Rect { x, y, width, height } = rect;
        self.attributes(&[("x", x), ("y", y), ("width", width), ("height", height)]);
        if round > 0.0 {
            self.attributes(&[("rx", round)]);
        }
        self.text.push_str("/>\n");
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: Point, to: Point) {
        self.begin_mark("line", class);
        self.attributes(&[("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)]);
        self.text.push_str("/>\n");
    }

    /// A disc.
    pub fn circle(&mut self, class: &str, at: Point, radius: f64) {
        self.begin_mark("circle", class);
        self.attributes(&[("cx", at.x), ("cy", at.y), ("r", radius)]);
        self.text.push_str("/>\n");
    }

    /// A path.
    pub fn path(&mut self, class: &str, path: &Path) {
        self.begin_mark("path", class);
        self.put(&[" d=\"", &path.to_svg(), "\"/>\n"]);
    }

    /// An arrowhead with its point at `tip`.
    pub fn head(&mut self, class: &str, tip: Point, angle: f64, length: f64) {
        let corner = |turn: f64| {
            let (sin, cos) = (angle + turn).sin_cos();
            Point::new(tip.x - length * cos, tip.y - length * sin)
        };
        self.begin_mark("path", class);
        self.text.push_str(" d=\"");
        for (letter, at) in [('M', tip), ('L', corner(0.38)), ('L', corner(-0.38))] {
            self.text.push(letter);
            put_number(&mut self.text, at.x);
            self.text.push(' ');
            put_number(&mut self.text, at.y);
        }
        self.text.push_str("Z\"/>\n");
    }

    fn cross(&mut self, class: &str, at: Point, half: f64) {
        let corner = |x: f64, y: f64| Point::new(at.x + x * half, at.y + y * half);
        self.line(class, corner(-1.0, -1.0), corner(1.0, 1.0));
        self.line(class, corner(-1.0, 1.0), corner(1.0, -1.0));
    }

    /// A label of a scene.
    pub fn label(&mut self, class: &str, label: &Label) {
        self.begin_mark("text", class);
        self.attributes(&[("font-size", label.size)]);
        let anchor = match label.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.put(&[" text-anchor=\"", anchor, "\" transform=\"translate("]);
        put_number(&mut self.text, label.at.x);
        self.text.push(' ');
        put_number(&mut self.text, label.at.y);
        self.text.push(')');
        let turn = tenths(label.angle.to_degrees());
        if turn != 0.0 {
            self.text.push_str(" rotate(");
            put_number(&mut self.text, turn);
            self.text.push(')');
        }
        self.text.push('"');
        // A middle baseline that every renderer agrees on.
        self.attributes(&[("y", label.size * 0.34)]);
        self.put(&[">", &escape(&label.text), "</text>\n"]);
    }

    /// A level text in one line: the middle of its height is at `at`.
    pub fn text(&mut self, class: &str, at: Point, anchor: Anchor, size: f64, text: &str) {
        self.label(
            class,
            &Label { text: text.to_owned(), at, angle: 0.0, along: Point::RIGHT, anchor, size },
        );
    }
}

/// Text in which no character means anything to XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
