//! Paints a ladder's scene on a canvas. Geometry and meaning come with the scene; colours with the
//! palette; only lines, glyphs and the order of painting are decided here.

use js_sys::Array;
use tcpscope_sim::{Fate, PacketIndex, PacketKind};
use tcpscope_tcp::{Duration, Instant};
use tcpscope_view::{
    Anchor, Arrow, Band, CallMark, Density, Dot, FoldMark, Ghost, Label, LadderScene, NoteMark,
    Path, PathStep, Point, Tense, TimerMark, duration_text,
};
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

use super::glyphs::{crack, cross, glyph, mask, style};
use super::palette::Palette;
use crate::ui::tenths;

/// How much of its strength has what is yet to come.
const FUTURE: f64 = 0.36;

/// What is painted, on what.
pub(super) struct Painter<'a> {
    pub(super) ctx: &'a CanvasRenderingContext2d,
    pub(super) palette: &'a Palette,
    /// The segment under the pointer.
    pub(super) hovered: Option<PacketIndex>,
}

impl Painter<'_> {
    /// Paints what shows of a ladder, in the ladder's own coordinates.
    pub(super) fn paint(&self, scene: &LadderScene, dots: &[Dot]) {
        let (ctx, palette) = (self.ctx, self.palette);
        let tall = scene.visible.end - scene.visible.start;
        ctx.set_fill_style_str(&palette.surface);
        ctx.fill_rect(0.0, scene.visible.start, scene.width, tall);
        ctx.set_text_baseline("middle");
        ctx.set_line_join("round");
        ctx.set_line_cap("butt");

        self.times(scene);
        scene.bands.iter().for_each(|band| self.band(band));
        self.lifelines(scene);
        scene.folds.iter().for_each(|fold| self.fold(fold));
        self.ghosts(&scene.ghosts);
        scene.timers.iter().for_each(|timer| self.timer(timer));
        scene.densities.iter().for_each(|density| self.density(density));
        for tie in &scene.ties {
            self.strength(tie.tense, 0.9);
            self.stroke(&palette.now, 1.0);
            self.dash(&[2.0, 3.0]);
            self.path(&tie.path);
            ctx.stroke();
            self.dash(&[]);
        }
        scene.arrows.iter().for_each(|arrow| self.arrow(arrow));
        for arrow in &scene.arrows {
            if let Some(label) = &arrow.label {
                self.arrow_label(arrow, label);
            }
        }
        scene.calls.iter().for_each(|call| self.call(call));
        scene.notes.iter().for_each(|note| self.note(note));
        self.playhead(scene);
        dots.iter().for_each(|dot| self.dot(dot));
        ctx.set_global_alpha(1.0);
    }

    fn times(&self, scene: &LadderScene) {
        let [left, right] = match scene.lifelines.as_slice() {
            [first, .., last] => [first.x, last.x],
            [] | [_] => [0.0, scene.width],
        };
        for time in &scene.times {
            self.strength(time.tense, 1.0);
            self.text(&time.label, &self.palette.ink_3, "");
            self.ctx.set_global_alpha(1.0);
            self.stroke(&self.palette.line, 1.0);
            let y = crisp(time.label.at.y);
            self.line(Point::new(left, y), Point::new(right, y));
        }
    }

    /// A break across each lifeline and its band: two edges, with paper between them.
    fn fold(&self, fold: &FoldMark) {
        let (ctx, palette) = (self.ctx, self.palette);
        for line in &fold.breaks {
            self.path(line);
            ctx.set_global_alpha(1.0);
            self.stroke(&palette.surface, 9.0);
            ctx.stroke();
            self.strength(fold.tense, 1.0);
            self.stroke(&palette.ink_3, 7.5);
            ctx.stroke();
            ctx.set_global_alpha(1.0);
            self.stroke(&palette.surface, 5.0);
            ctx.stroke();
        }
        if let Some(label) = &fold.label {
            self.strength(fold.tense, 1.0);
            self.text(label, &palette.ink_2, "");
        }
    }

    fn band(&self, band: &Band) {
        self.strength(band.tense, 1.0);
        self.ctx.set_fill_style_str(self.palette.band(band.state));
        self.ctx.fill_rect(band.x, band.y0, band.width, band.y1 - band.y0);
        if let Some(name) = &band.name {
            self.text(name, &self.palette.ink, "600");
        }
    }

    fn lifelines(&self, scene: &LadderScene) {
        let present = scene.present;
        for lifeline in &scene.lifelines {
            let parts = [
                (lifeline.y0, lifeline.y1.min(present), Tense::Past),
                (lifeline.y0.max(present), lifeline.y1, Tense::Future),
            ];
            for (start, end, tense) in parts.into_iter().filter(|(start, end, _)| start < end) {
                self.strength(tense, 1.0);
                if lifeline.is_router {
                    self.stroke(&self.palette.ink_3, 1.0);
                } else {
                    self.stroke(&self.palette.ink, 1.5);
                }
                self.line(Point::new(lifeline.x, start), Point::new(lifeline.x, end));
            }
        }
    }

    fn timer(&self, timer: &TimerMark) {
        let (ctx, palette) = (self.ctx, self.palette);
        let running = timer.tense == Tense::Present;
        self.strength(timer.tense, if running { 1.0 } else { 0.8 });
        self.stroke(if running { &palette.now } else { &palette.ink_3 }, 1.25);
        if running {
            self.dash(&[3.0, 3.0]);
        }
        self.path(&timer.path);
        ctx.stroke();
        self.dash(&[]);
        if let Some(elapsed) = &timer.elapsed {
            self.stroke(&palette.now, 2.0);
            self.path(elapsed);
            ctx.stroke();
        }
        if timer.expires {
            let end = timer.path.end();
            ctx.set_fill_style_str(if running { &palette.now } else { &palette.ink_3 });
            ctx.begin_path();
            // Only a negative radius is refused.
            let _ = ctx.arc(end.x, end.y, 2.75, 0.0, std::f64::consts::TAU);
            ctx.fill();
        }
        if let Some(label) = &timer.label {
            self.text(label, if running { &palette.now } else { &palette.ink_3 }, "");
        }
    }

    fn arrow(&self, arrow: &Arrow) {
        let (ctx, palette) = (self.ctx, self.palette);
        let colour = palette.kind(arrow.kind);
        if arrow.selected || self.hovered == Some(arrow.packet) {
            ctx.set_global_alpha(if arrow.selected { 1.0 } else { 0.6 });
            self.stroke(&palette.accent_soft, 11.0);
            ctx.set_line_cap("round");
            arrow.stretches().for_each(|[from, to]| self.line(from, to));
            ctx.set_line_cap("butt");
        }
        // All of its way faintly, then what it has come of it.
        if arrow.tense != Tense::Past {
            ctx.set_global_alpha(FUTURE);
            arrow.stretches().for_each(|[from, to]| self.shaft(arrow, from, to, colour));
            self.pieces(arrow, colour);
            self.ending(arrow, colour);
        }
        if arrow.tense != Tense::Future {
            ctx.set_global_alpha(1.0);
            let over = arrow.tense == Tense::Past;
            for [from, to] in arrow.stretches() {
                if over || to.y <= arrow.tip.y {
                    self.shaft(arrow, from, to, colour);
                } else if from.y < arrow.tip.y {
                    self.shaft(arrow, from, arrow.tip, colour);
                }
            }
            glyph(ctx, arrow.kind, arrow.from, 3.0, colour, &palette.surface);
            if arrow.is_copy {
                self.ring(arrow.from, 5.5, colour);
            }
            if arrow.is_forged {
                mask(ctx, arrow.from, 5.5, palette.kind(PacketKind::Rst));
            }
        }
        if arrow.tense == Tense::Past {
            self.pieces(arrow, colour);
            self.ending(arrow, colour);
        }
    }

    /// The fragments of a packet, each with its own end.
    fn pieces(&self, arrow: &Arrow, colour: &str) {
        for piece in &arrow.pieces {
            self.stroke(colour, 0.9);
            self.line(piece.from, piece.to);
            if piece.is_lost {
                self.stroke(&self.palette.lost, 1.75);
                cross(self.ctx, piece.to, 3.5);
            } else {
                glyph(self.ctx, arrow.kind, piece.to, 1.75, colour, &self.palette.surface);
            }
        }
    }

    fn shaft(&self, arrow: &Arrow, from: Point, to: Point, colour: &str) {
        let style = style(arrow.kind);
        if !style.dash.is_empty() {
            self.dash(style.dash);
        } else if arrow.retransmission {
            self.dash(&[7.0, 4.0]);
        }
        self.stroke(colour, style.width);
        if style.double {
            let aside = aside(from, to, 1.4);
            for side in [-1.0, 1.0] {
                self.line(shifted(from, aside, side), shifted(to, aside, side));
            }
        } else {
            self.line(from, to);
        }
        self.dash(&[]);
    }

    /// An arrowhead where it arrives; a cross where it is lost, in a circle where somebody dropped
    /// it; a crack where it is damaged, and a flag where it was marked.
    fn ending(&self, arrow: &Arrow, colour: &str) {
        let (ctx, palette) = (self.ctx, self.palette);
        let [from, to] = arrow.stretches().last().unwrap_or([arrow.from, arrow.to]);
        match arrow.fate {
            Fate::Lost => {
                self.stroke(&palette.lost, 2.25);
                return cross(ctx, to, 5.5);
            }
            Fate::Dropped => {
                self.disc(to, 8.0, &palette.surface);
                self.ring(to, 8.0, &palette.lost);
                self.stroke(&palette.lost, 2.25);
                return cross(ctx, to, 3.5);
            }
            Fate::Delivered | Fate::Corrupted | Fate::Duplicate => {}
        }
        // Back along the arrow by 9 pixels, and 3.2 to each side.
        let length = from.distance(to).max(9.0);
        let back = to.toward(from, 9.0 / length);
        let side = aside(from, to, 3.2);
        let (a, b) = (shifted(back, side, 1.0), shifted(back, side, -1.0));
        ctx.set_fill_style_str(colour);
        ctx.begin_path();
        ctx.move_to(to.x, to.y);
        ctx.line_to(a.x, a.y);
        ctx.line_to(b.x, b.y);
        ctx.close_path();
        ctx.fill();
        if arrow.fate == Fate::Corrupted {
            let at = to.toward(from, 22.0 / length.max(30.0));
            crack(ctx, at, aside(from, to, 1.0), &palette.surface, 5.0);
            crack(ctx, at, aside(from, to, 1.0), &palette.lost, 2.0);
        }
        if arrow.is_marked {
            let at = to.toward(from, 14.0 / length.max(20.0));
            self.disc(at, 4.5, &palette.surface);
            self.disc(at, 3.25, &palette.now);
        }
    }

    /// Many segments as a band.
    fn density(&self, density: &Density) {
        let (ctx, palette) = (self.ctx, self.palette);
        let ([a, b], [d, c]) = (density.begin, density.end);
        let colour = palette.kind(density.kind);
        self.strength(density.tense, 0.34);
        ctx.set_fill_style_str(colour);
        ctx.begin_path();
        ctx.move_to(a.x, a.y);
        ctx.line_to(b.x, b.y);
        ctx.line_to(c.x, c.y);
        ctx.line_to(d.x, d.y);
        ctx.close_path();
        ctx.fill();
        self.strength(density.tense, 0.7);
        self.stroke(colour, 0.75);
        self.line(a, b);
        if density.repeats > 0 {
            self.dash(&[7.0, 4.0]);
            self.stroke(colour, 1.75);
            let from = a.toward(d, 0.5);
            self.line(from, b.toward(c, 0.5));
            self.dash(&[]);
        }
        if density.lost > 0 {
            self.stroke(&palette.lost, 2.0);
            cross(ctx, a.toward(b, 0.5).toward(d.toward(c, 0.5), 0.5), 4.0);
        }
    }

    /// Another run, behind this one.
    fn ghosts(&self, ghosts: &[Ghost]) {
        if ghosts.is_empty() {
            return;
        }
        self.ctx.set_global_alpha(0.55);
        self.stroke(&self.palette.ink_3, 1.0);
        self.dash(&[1.5, 4.0]);
        ghosts.iter().for_each(|ghost| self.line(ghost.from, ghost.to));
        self.dash(&[]);
        for ghost in ghosts {
            if ghost.is_lost {
                cross(self.ctx, ghost.to, 4.0);
            } else {
                self.ring(ghost.to, 2.5, &self.palette.ink_3);
            }
        }
    }

    /// A note at the margin: a flag beside what it is about.
    fn note(&self, note: &NoteMark) {
        let ctx = self.ctx;
        self.strength(note.tense, 1.0);
        ctx.set_fill_style_str(&self.palette.accent);
        ctx.begin_path();
        let Point { x, y } = note.at;
        ctx.move_to(x - 4.0, y - 6.0);
        ctx.line_to(x + 5.0, y - 6.0);
        ctx.line_to(x + 5.0, y + 2.0);
        ctx.line_to(x, y + 2.0);
        ctx.line_to(x - 4.0, y + 6.0);
        ctx.close_path();
        ctx.fill();
    }

    fn ring(&self, at: Point, radius: f64, colour: &str) {
        self.stroke(colour, 1.5);
        self.ctx.begin_path();
        // Only a negative radius is refused.
        let _ = self.ctx.arc(at.x, at.y, radius, 0.0, std::f64::consts::TAU);
        self.ctx.stroke();
    }

    fn disc(&self, at: Point, radius: f64, colour: &str) {
        self.ctx.set_fill_style_str(colour);
        self.ctx.begin_path();
        // Only a negative radius is refused.
        let _ = self.ctx.arc(at.x, at.y, radius, 0.0, std::f64::consts::TAU);
        self.ctx.fill();
    }

    fn arrow_label(&self, arrow: &Arrow, label: &Label) {
        let palette = self.palette;
        let (alpha, weight) = match (arrow.tense, arrow.selected) {
            (Tense::Future, false) => (0.62, ""),
            (_, true) => (1.0, "600"),
            (Tense::Past | Tense::Present, false) => (1.0, ""),
        };
        self.ctx.set_global_alpha(alpha);
        let colour = match arrow.tense {
            Tense::Future => &palette.ink_2,
            Tense::Past | Tense::Present => &palette.ink,
        };
        self.text(label, colour, weight);
    }

    fn call(&self, call: &CallMark) {
        let ctx = self.ctx;
        self.strength(call.tense, 1.0);
        let colour = &self.palette.ink_2;
        ctx.set_fill_style_str(colour);
        ctx.begin_path();
        // Only a negative radius is refused.
        let _ = ctx.arc(call.at.x, call.at.y, 2.0, 0.0, std::f64::consts::TAU);
        ctx.fill();
        if let Some(label) = &call.label {
            self.text(label, colour, "");
        }
    }

    /// The present: a line across, with its time at the margin.
    fn playhead(&self, scene: &LadderScene) {
        let (ctx, palette) = (self.ctx, self.palette);
        let y = scene.present;
        ctx.set_global_alpha(1.0);
        self.stroke(&palette.now, 1.25);
        self.line(Point::new(0.0, y), Point::new(scene.width, y));
        ctx.set_font(&format!("600 11px {}", palette.mono));
        let wide = |time: &str| ctx.measure_text(time).map_or(48.0, |text| text.width()) + 12.0;
        let since = scene.playhead.moment.at.since(Instant::ZERO);
        let mut time = duration_text(since);
        let room = scene.lifelines.first().map_or(0.0, |lifeline| lifeline.x) - 16.0;
        if wide(&time) > room {
            // At a narrow margin whole milliseconds have to do.
            time = duration_text(Duration::from_millis(since.as_micros() / 1000));
        }
        let width = wide(&time);
        ctx.set_fill_style_str(&palette.now);
        ctx.fill_rect(0.0, y - 9.0, width, 18.0);
        ctx.set_fill_style_str(&palette.surface);
        ctx.set_text_align("left");
        // Refused only where there is no text to draw.
        let _ = ctx.fill_text(&time, 6.0, y + 0.5);
    }

    fn dot(&self, dot: &Dot) {
        let ctx = self.ctx;
        let colour = self.palette.kind(dot.kind);
        ctx.set_global_alpha(0.35);
        self.stroke(colour, 6.0);
        ctx.set_line_cap("round");
        self.line(dot.tail, dot.at);
        ctx.set_line_cap("butt");
        ctx.set_global_alpha(1.0);
        // A rim of paper: the dot stands out from its own arrow.
        glyph(ctx, dot.kind, dot.at, 7.25, &self.palette.surface, &self.palette.surface);
        glyph(ctx, dot.kind, dot.at, 5.5, colour, &self.palette.surface);
        if self.hovered == Some(dot.packet) {
            self.stroke(&self.palette.accent, 2.0);
            ctx.begin_path();
            // Only a negative radius is refused.
            let _ = ctx.arc(dot.at.x, dot.at.y, 11.0, 0.0, std::f64::consts::TAU);
            ctx.stroke();
        }
    }

    fn text(&self, label: &Label, colour: &str, weight: &str) {
        let ctx = self.ctx;
        ctx.save();
        ctx.set_font(&format!("{weight} {}px {}", tenths(label.size), self.palette.mono));
        ctx.set_text_align(match label.anchor {
            Anchor::Start => "left",
            Anchor::Middle => "center",
            Anchor::End => "right",
        });
        // Numbers that are not finite are ignored, and a label has none.
        let _ = ctx.translate(label.at.x, label.at.y);
        if label.angle != 0.0 {
            let _ = ctx.rotate(label.angle);
        }
        // A halo of paper, so that text is read across lines.
        ctx.set_line_width(3.5);
        ctx.set_stroke_style_str(&self.palette.surface);
        let _ = ctx.stroke_text(&label.text, 0.0, 0.0);
        ctx.set_fill_style_str(colour);
        let _ = ctx.fill_text(&label.text, 0.0, 0.0);
        ctx.restore();
    }

    fn strength(&self, tense: Tense, full: f64) {
        self.ctx.set_global_alpha(match tense {
            Tense::Past | Tense::Present => full,
            Tense::Future => FUTURE,
        });
    }

    fn stroke(&self, colour: &str, width: f64) {
        self.ctx.set_stroke_style_str(colour);
        self.ctx.set_line_width(width);
    }

    fn line(&self, from: Point, to: Point) {
        self.ctx.begin_path();
        self.ctx.move_to(from.x, from.y);
        self.ctx.line_to(to.x, to.y);
        self.ctx.stroke();
    }

    fn path(&self, path: &Path) {
        self.ctx.begin_path();
        self.ctx.move_to(path.start.x, path.start.y);
        for step in &path.steps {
            match *step {
                PathStep::Line(to) => self.ctx.line_to(to.x, to.y),
                PathStep::Curve(a, b, to) => {
                    self.ctx.bezier_curve_to(a.x, a.y, b.x, b.y, to.x, to.y);
                }
            }
        }
    }

    fn dash(&self, lengths: &[f64]) {
        let lengths: Array = lengths.iter().map(|length| JsValue::from_f64(*length)).collect();
        // Only negative lengths are refused.
        let _ = self.ctx.set_line_dash(&lengths);
    }
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

/// On the middle of a pixel: a hairline stays one.
fn crisp(y: f64) -> f64 {
    y.round() + 0.5
}
