//! Scenes as SVG: for the command line, for exports, and to look at without a browser.
//!
//! Marks carry classes and say what they mean; the style sheet that goes with them says how that
//! looks, in light and in dark.

mod diagram;
mod ladder;
mod plot;
mod ribbon;
mod style;

use std::fmt::Write as _;

use crate::geometry::tenths;
use crate::{Anchor, Label, Path, Point};

pub use diagram::diagram_svg;
pub use ladder::ladder_svg;
pub use plot::{plot_marks, plot_svg};
pub use ribbon::ribbon_svg;
pub use style::Theme;

/// A drawing that is being written.
struct Svg {
    text: String,
}

impl Svg {
    fn new(class: &str, left: f64, top: f64, width: f64, height: f64, theme: Theme) -> Self {
        let [left, top, width, height] = [left, top, width, height].map(tenths);
        let mut text = String::new();
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" width=\"{width}\" \
             height=\"{height}\" viewBox=\"{left} {top} {width} {height}\">\n<style>{}</style>\n\
             <rect class=\"paper\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>\n",
            style::sheet(theme)
        );
        Self { text }
    }

    fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    fn open(&mut self, class: &str) {
        let _ = writeln!(self.text, "<g class=\"{class}\">");
    }

    fn close(&mut self) {
        self.text.push_str("</g>\n");
    }

    fn rect(&mut self, class: &str, x: f64, y: f64, width: f64, height: f64, round: f64) {
        let [x, y, width, height] = [x, y, width, height].map(tenths);
        let _ = writeln!(
            self.text,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
             rx=\"{round}\"/>"
        );
    }

    fn line(&mut self, class: &str, from: Point, to: Point) {
        let [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map(tenths);
        let _ = writeln!(
            self.text,
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        );
    }

    fn circle(&mut self, class: &str, at: Point, radius: f64) {
        let [x, y] = [at.x, at.y].map(tenths);
        let _ =
            writeln!(self.text, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");
    }

    fn path(&mut self, class: &str, path: &Path) {
        let _ = writeln!(self.text, "<path class=\"{class}\" d=\"{}\"/>", path.to_svg());
    }

    /// An arrowhead with its point at `tip`.
    fn head(&mut self, class: &str, tip: Point, angle: f64, length: f64) {
        let corner = |turn: f64| {
            let (sin, cos) = (angle + turn).sin_cos();
            Point::new(tip.x - length * cos, tip.y - length * sin)
        };
        let [a, b] = [corner(0.38), corner(-0.38)].map(|p| (tenths(p.x), tenths(p.y)));
        let _ = writeln!(
            self.text,
            "<path class=\"{class}\" d=\"M{} {}L{} {}L{} {}Z\"/>",
            tenths(tip.x),
            tenths(tip.y),
            a.0,
            a.1,
            b.0,
            b.1
        );
    }

    fn cross(&mut self, class: &str, at: Point, half: f64) {
        let corner = |x: f64, y: f64| Point::new(at.x + x * half, at.y + y * half);
        self.line(class, corner(-1.0, -1.0), corner(1.0, 1.0));
        self.line(class, corner(-1.0, 1.0), corner(1.0, -1.0));
    }

    fn label(&mut self, class: &str, label: &Label) {
        let anchor = match label.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let [x, y, turn, size] =
            [label.at.x, label.at.y, label.angle.to_degrees(), label.size].map(tenths);
        let turn = if turn == 0.0 { String::new() } else { format!(" rotate({turn})") };
        // A middle baseline that every renderer agrees on.
        let down = tenths(label.size * 0.34);
        let _ = writeln!(
            self.text,
            "<text class=\"{class}\" font-size=\"{size}\" text-anchor=\"{anchor}\" \
             transform=\"translate({x} {y}){turn}\" y=\"{down}\">{}</text>",
            escape(&label.text)
        );
    }

    fn text(&mut self, class: &str, at: Point, anchor: Anchor, size: f64, text: &str) {
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
