//! Segments: their arrows with all that is at either end, and the dots of those under way.
//!
//! Of a thousand arrows most differ in nothing but their place. What looks the same is drawn one
//! after another, so that styles are set once, and of what does not show nothing is drawn. Small
//! shapes that look the same are drawn as one; long lines are not: to fill hundreds that pass
//! through the same rows as one shape takes by their number squared.

use tcpscope_sim::{Fate, PacketKind};
use tcpscope_view::{Arrow, Dot, Label, Point, Tense};

use super::crowd::{MANY, bands};
use super::glyphs::{KINDS, crack, cross, glyph, glyphs, mask, style};
use super::painter::{FUTURE, Painter};

/// The line of what repeats something.
pub(super) const REPEATS: &[f64] = &[7.0, 4.0];
/// How far from its point an arrow's end is drawn.
const END: f64 = 32.0;
/// Of dots that are nearer to each other, one looks as all of them.
const DOTS_APART: f64 = 3.0;

/// Which part of arrows' lines.
#[derive(Clone, Copy)]
enum Part {
    All,
    Come,
    ToCome,
}

impl Painter<'_> {
    /// All arrows: faintly what is to come of them, then what has come.
    pub(super) fn arrows(&self, arrows: &[Arrow], present: f64) {
        arrows.iter().for_each(|arrow| self.highlight(arrow));
        self.pen.alpha(FUTURE);
        match self.lines {
            Some(lines) => self.pen.part(lines, present, false),
            None => self.shafts(arrows, Part::ToCome),
        }
        for arrow in arrows.iter().filter(|arrow| arrow.tense != Tense::Past) {
            self.end(arrow);
        }
        self.pen.alpha(1.0);
        match self.lines {
            Some(lines) => self.pen.part(lines, present, true),
            None => self.shafts(arrows, Part::Come),
        }
        for arrow in arrows.iter().filter(|arrow| arrow.tense != Tense::Future) {
            self.begin(arrow);
        }
        for arrow in arrows.iter().filter(|arrow| arrow.tense == Tense::Past) {
            self.end(arrow);
        }
        for arrow in arrows {
            if let Some(label) = &arrow.label {
                self.arrow_label(arrow, label);
            }
        }
    }

    /// The packets under way: those of a kind as one shape, with a rim of paper, by which it stands
    /// out from arrows; of a crowd each has its own rim.
    pub(super) fn dots(&self, dots: &[Dot]) {
        let (pen, palette) = (&self.pen, self.palette);
        for (place, kind) in KINDS.into_iter().enumerate() {
            let shown = apart(dots, kind);
            if shown.is_empty() {
                continue;
            }
            let colour = palette.kind(kind);
            pen.alpha(0.35);
            if let Some(stamps) = self.crowd.filter(|_| shown.len() >= MANY) {
                pen.filled(colour);
                pen.ctx.begin_path();
                bands(&shown).iter().for_each(|band| pen.add_polygon(band));
                pen.ctx.fill();
                pen.alpha(1.0);
                pen.stamp(stamps, place, shown.iter().map(|dot| dot.at));
                continue;
            }
            pen.stroked(colour, 6.0);
            pen.ctx.set_line_cap("round");
            pen.ctx.begin_path();
            shown.iter().for_each(|dot| pen.add([dot.tail, dot.at]));
            pen.ctx.stroke();
            pen.ctx.set_line_cap("butt");
            pen.alpha(1.0);
            let points = || shown.iter().map(|dot| dot.at);
            glyphs(pen, kind, points, 7.25, &palette.surface, &palette.surface);
            glyphs(pen, kind, points, 5.5, colour, &palette.surface);
        }
        for dot in dots.iter().filter(|dot| self.hovered == Some(dot.packet)) {
            glyph(pen, dot.kind, dot.at, 5.5, palette.kind(dot.kind), &palette.surface);
            pen.ring(dot.at, 11.0, &palette.accent, 2.0);
        }
    }

    /// What is selected or pointed at.
    fn highlight(&self, arrow: &Arrow) {
        if !arrow.selected && self.hovered != Some(arrow.packet) {
            return;
        }
        self.pen.alpha(if arrow.selected { 1.0 } else { 0.6 });
        self.pen.stroked(&self.palette.accent_soft, 11.0);
        self.pen.ctx.set_line_cap("round");
        arrow.stretches().for_each(|[from, to]| self.pen.line(from, to));
        self.pen.ctx.set_line_cap("butt");
    }

    /// The lines of all arrows, in full.
    pub(super) fn lines(&self, arrows: &[Arrow]) {
        self.pen.alpha(1.0);
        self.shafts(arrows, Part::All);
    }

    /// The lines of all arrows, as far as they have come, or are to come.
    fn shafts(&self, arrows: &[Arrow], part: Part) {
        let skipped = match part {
            Part::All => None,
            Part::ToCome => Some(Tense::Past),
            Part::Come => Some(Tense::Future),
        };
        for kind in KINDS {
            for repeats in [false, true] {
                let same = |arrow: &&Arrow| {
                    arrow.kind == kind
                        && arrow.retransmission == repeats
                        && Some(arrow.tense) != skipped
                };
                let mut of_style = arrows.iter().filter(same).peekable();
                if of_style.peek().is_none() {
                    continue;
                }
                let style = style(kind);
                let dash = if style.dash.is_empty() && repeats { REPEATS } else { style.dash };
                self.pen.dash(dash);
                self.pen.stroked(self.palette.kind(kind), style.width);
                let period = dash.iter().sum();
                for arrow in of_style {
                    let stretches = arrow.stretches();
                    stretches
                        .filter_map(|stretch| self.shown(arrow, stretch, part, period))
                        .for_each(|line| self.shaft(line, style.double));
                }
            }
        }
        self.pen.dash(&[]);
    }

    /// The part of a stretch of an arrow that has come, or is to come, as far as it shows. Its
    /// dashes, which have this `period`, stay where they are.
    fn shown(
        &self,
        arrow: &Arrow,
        [from, to]: [Point; 2],
        of_it: Part,
        period: f64,
    ) -> Option<[Point; 2]> {
        let high = (to.y - from.y).max(f64::EPSILON);
        // Not `clamp`: it brings along the formatting of the floats that it might refuse.
        let part = |y: f64| {
            let part = ((y - from.y) / high).min(1.0);
            part.max(0.0)
        };
        let come = match arrow.tense {
            Tense::Past => 1.0,
            Tense::Present if to.y <= arrow.tip.y => 1.0,
            Tense::Present => part(arrow.tip.y),
            Tense::Future => 0.0,
        };
        let visible = &self.visible;
        if to.y < visible.start - END || from.y > visible.end + END {
            return None;
        }
        let (above, below) = if high < 1.0 {
            (0.0, 1.0)
        } else {
            (part(visible.start - END), part(visible.end + END))
        };
        let (mut begin, end) = match of_it {
            Part::All => (above, below),
            Part::ToCome => (above.max(come), below),
            Part::Come => (above, below.min(come)),
        };
        if period > 0.0 {
            let length = from.distance(to).max(1.0);
            begin = (begin * length / period).floor() * period / length;
        }
        (begin < end).then(|| [from.toward(to, begin), from.toward(to, end)])
    }

    fn shaft(&self, [from, to]: [Point; 2], double: bool) {
        if double {
            let aside = aside(from, to, 1.4);
            for side in [-1.0, 1.0] {
                self.pen.line(shifted(from, aside, side), shifted(to, aside, side));
            }
        } else {
            self.pen.line(from, to);
        }
    }

    /// Whether what is at a point shows.
    fn shows(&self, at: Point) -> bool {
        self.visible.start - END <= at.y && at.y <= self.visible.end + END
    }

    /// Where an arrow begins: its kind's glyph, and what is unusual.
    fn begin(&self, arrow: &Arrow) {
        if !self.shows(arrow.from) {
            return;
        }
        let (pen, palette) = (&self.pen, self.palette);
        let colour = palette.kind(arrow.kind);
        glyph(pen, arrow.kind, arrow.from, 3.0, colour, &palette.surface);
        if arrow.is_copy {
            pen.ring(arrow.from, 5.5, colour, 1.5);
        }
        if arrow.is_forged {
            mask(pen, arrow.from, 5.5, palette.kind(PacketKind::Rst));
        }
    }

    /// Where an arrow ends, and the fragments that it ends in.
    fn end(&self, arrow: &Arrow) {
        self.pieces(arrow);
        if self.shows(arrow.to) {
            self.ending(arrow);
        }
    }

    /// The fragments of a packet, each with its own end.
    fn pieces(&self, arrow: &Arrow) {
        let (pen, palette) = (&self.pen, self.palette);
        let colour = palette.kind(arrow.kind);
        for piece in &arrow.pieces {
            pen.stroked(colour, 0.9);
            pen.line(piece.from, piece.to);
            if piece.is_lost {
                pen.stroked(&palette.lost, 1.75);
                cross(pen, piece.to, 3.5);
            } else {
                glyph(pen, arrow.kind, piece.to, 1.75, colour, &palette.surface);
            }
        }
    }

    /// An arrowhead where it arrives; a cross where it is lost, in a circle where somebody dropped
    /// it; a crack where it is damaged, and a flag where it was marked.
    fn ending(&self, arrow: &Arrow) {
        let (pen, palette) = (&self.pen, self.palette);
        let [from, to] = arrow.stretches().last().unwrap_or([arrow.from, arrow.to]);
        match arrow.fate {
            Fate::Lost => {
                pen.stroked(&palette.lost, 2.25);
                return cross(pen, to, 5.5);
            }
            Fate::Dropped => {
                pen.disc(to, 8.0, &palette.surface);
                pen.ring(to, 8.0, &palette.lost, 1.5);
                pen.stroked(&palette.lost, 2.25);
                return cross(pen, to, 3.5);
            }
            Fate::UnderWay => return,
            Fate::Delivered | Fate::Corrupted | Fate::Duplicate => {}
        }
        // Back along the arrow by 9 pixels, and 3.2 to each side.
        let length = from.distance(to).max(9.0);
        let back = to.toward(from, 9.0 / length);
        let side = aside(from, to, 3.2);
        let (a, b) = (shifted(back, side, 1.0), shifted(back, side, -1.0));
        pen.polygon(&[to, a, b], palette.kind(arrow.kind));
        if arrow.fate == Fate::Corrupted {
            let at = to.toward(from, 22.0 / length.max(30.0));
            crack(pen, at, aside(from, to, 1.0), &palette.surface, 5.0);
            crack(pen, at, aside(from, to, 1.0), &palette.lost, 2.0);
        }
        if arrow.is_marked {
            let at = to.toward(from, 14.0 / length.max(20.0));
            pen.disc(at, 4.5, &palette.surface);
            pen.disc(at, 3.25, &palette.now);
        }
    }

    fn arrow_label(&self, arrow: &Arrow, label: &Label) {
        let (alpha, bold) = match (arrow.tense, arrow.selected) {
            (Tense::Future, false) => (0.62, false),
            (_, true) => (1.0, true),
            (Tense::Past | Tense::Present, false) => (1.0, false),
        };
        self.pen.alpha(alpha);
        let colour = match arrow.tense {
            Tense::Future => &self.palette.ink_2,
            Tense::Past | Tense::Present => &self.palette.ink,
        };
        self.text(label, colour, bold);
    }
}

/// The dots of a kind; of those that go the same way at one place, one.
fn apart(dots: &[Dot], kind: PacketKind) -> Vec<&Dot> {
    let mut last: [Option<Point>; 2] = [None; 2];
    let of_kind = dots.iter().filter(|dot| dot.kind == kind);
    let shown = of_kind.filter(|dot| {
        let last = &mut last[usize::from(dot.tail.x < dot.at.x)];
        let apart = last.is_none_or(|last| last.distance(dot.at) >= DOTS_APART);
        if apart {
            *last = Some(dot.at);
        }
        apart
    });
    shown.collect()
}

/// A step to the side of the way from one point to another.
fn aside(from: Point, to: Point, by: f64) -> Point {
    let length = from.distance(to).max(1.0);
    Point::new(-(to.y - from.y) / length * by, (to.x - from.x) / length * by)
}

/// A point, moved by a step so many times.
fn shifted(point: Point, step: Point, times: f64) -> Point {
    Point::new(point.x + step.x * times, point.y + step.y * times)
}
