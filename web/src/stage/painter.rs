//! Paints a ladder's scene on a canvas. Geometry and meaning come with the scene; colours with the
//! palette; only lines, glyphs and the order of painting are decided here.

use std::ops::Range;

use tcpscope_sim::PacketIndex;
use tcpscope_view::{
    Band, CallMark, Density, Dot, FoldMark, Ghost, Label, LadderScene, NoteMark, NowMark, Point,
    Tense, TimerMark,
};
use web_sys::HtmlCanvasElement;

use super::glyphs::cross;
use super::palette::Palette;
use super::pen::Pen;
use super::shafts::REPEATS;

/// How much of its strength has what is yet to come.
pub(super) const FUTURE: f64 = 0.36;

/// What is painted, with what.
pub(super) struct Painter<'a> {
    pub(super) pen: Pen<'a>,
    pub(super) palette: &'a Palette,
    /// The segment under the pointer.
    pub(super) hovered: Option<PacketIndex>,
    /// What of the ladder shows.
    pub(super) visible: Range<f64>,
    /// The lines of all arrows that show, where they are kept as a picture.
    pub(super) lines: Option<&'a HtmlCanvasElement>,
    /// The stamps that many dots are drawn with, where there are some.
    pub(super) crowd: Option<&'a HtmlCanvasElement>,
}

impl<'a> Painter<'a> {
    /// Paints what shows of a ladder, in the ladder's own coordinates.
    pub(super) fn paint(&self, scene: &LadderScene, dots: &[Dot]) {
        let (pen, palette) = (&self.pen, self.palette);
        // With the pixels at the edges that only partly show: what is left there would shine through.
        let (start, tall) = (self.visible.start, self.visible.end - self.visible.start);
        pen.alpha(1.0);
        pen.filled(&palette.surface);
        pen.ctx.fill_rect(-1.0, start - 1.0, scene.width + 2.0, tall + 2.0);

        self.times(scene);
        scene.bands.iter().for_each(|band| self.band(band));
        self.lifelines(scene);
        self.present(scene);
        scene.folds.iter().for_each(|fold| self.fold(fold));
        self.ghosts(&scene.ghosts);
        scene.timers.iter().for_each(|timer| self.timer(timer));
        scene.densities.iter().for_each(|density| self.density(density));
        pen.dash(&[2.0, 3.0]);
        for tie in &scene.ties {
            self.strength(tie.tense, 0.9);
            pen.stroked(&palette.now, 1.0);
            pen.path(&tie.path);
        }
        pen.dash(&[]);
        self.arrows(&scene.arrows, scene.present);
        self.extras(scene);
        scene.calls.iter().for_each(|call| self.call(call));
        scene.notes.iter().for_each(|note| self.note(note));
        self.now(&scene.now);
        self.dots(dots);
    }

    fn times(&self, scene: &LadderScene) {
        let [left, right] = match scene.lifelines.as_slice() {
            [first, .., last] => [first.x, last.x],
            [] | [_] => [0.0, scene.width],
        };
        for time in &scene.times {
            self.strength(time.tense, 1.0);
            self.text(&time.label, &self.palette.ink_3, false);
        }
        self.pen.alpha(1.0);
        self.pen.stroked(&self.palette.line, 1.0);
        self.pen.ctx.begin_path();
        for time in &scene.times {
            let y = crisp(time.label.at.y);
            self.pen.add([Point::new(left, y), Point::new(right, y)]);
        }
        self.pen.ctx.stroke();
    }

    /// A break across each lifeline and its band: two edges, with paper between them.
    fn fold(&self, fold: &FoldMark) {
        let (pen, palette) = (&self.pen, self.palette);
        for line in &fold.breaks {
            pen.alpha(1.0);
            pen.stroked(&palette.surface, 9.0);
            pen.path(line);
            self.strength(fold.tense, 1.0);
            pen.stroked(&palette.ink_3, 7.5);
            pen.path(line);
            pen.alpha(1.0);
            pen.stroked(&palette.surface, 5.0);
            pen.path(line);
        }
        if let Some(label) = &fold.label {
            self.strength(fold.tense, 1.0);
            self.text(label, &palette.ink_2, false);
        }
    }

    fn band(&self, band: &Band) {
        self.strength(band.tense, 1.0);
        self.pen.filled(self.palette.band(band.state));
        self.pen.ctx.fill_rect(band.x, band.y0, band.width, band.y1 - band.y0);
        if let Some(name) = &band.name {
            self.text(name, &self.palette.ink, true);
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
                    self.pen.stroked(&self.palette.ink_3, 1.0);
                } else {
                    self.pen.stroked(&self.palette.ink, 1.5);
                }
                self.pen.line(Point::new(lifeline.x, start), Point::new(lifeline.x, end));
            }
        }
    }

    fn timer(&self, timer: &TimerMark) {
        let (pen, palette) = (&self.pen, self.palette);
        let running = timer.tense == Tense::Present;
        let colour = if running { &palette.now } else { &palette.ink_3 };
        self.strength(timer.tense, if running { 1.0 } else { 0.8 });
        pen.stroked(colour, 1.25);
        pen.dash(if running { &[3.0, 3.0] } else { &[] });
        pen.path_within(&timer.path, &self.visible);
        pen.dash(&[]);
        if let Some(elapsed) = &timer.elapsed {
            pen.stroked(&palette.now, 2.0);
            pen.path_within(elapsed, &self.visible);
        }
        if timer.expires {
            pen.disc(timer.path.end(), 2.75, colour);
        }
        if let Some(label) = &timer.label {
            self.text(label, colour, false);
        }
    }

    /// Many segments as a band.
    fn density(&self, density: &Density) {
        let (pen, palette) = (&self.pen, self.palette);
        let ([a, b], [d, c]) = (density.begin, density.end);
        let colour = palette.kind(density.kind);
        self.strength(density.tense, 0.34);
        pen.polygon(&[a, b, c, d], colour);
        self.strength(density.tense, 0.7);
        pen.stroked(colour, 0.75);
        pen.line(a, b);
        if density.repeats > 0 {
            pen.dash(REPEATS);
            pen.stroked(colour, 1.75);
            pen.line(a.toward(d, 0.5), b.toward(c, 0.5));
            pen.dash(&[]);
        }
        if density.lost > 0 {
            pen.stroked(&palette.lost, 2.0);
            cross(pen, a.toward(b, 0.5).toward(d.toward(c, 0.5), 0.5), 4.0);
        }
    }

    /// Another run, behind this one.
    fn ghosts(&self, ghosts: &[Ghost]) {
        if ghosts.is_empty() {
            return;
        }
        let pen = &self.pen;
        pen.alpha(0.55);
        pen.stroked(&self.palette.ink_3, 1.0);
        pen.dash(&[1.5, 4.0]);
        ghosts.iter().for_each(|ghost| pen.line(ghost.from, ghost.to));
        pen.dash(&[]);
        for ghost in ghosts {
            if ghost.is_lost {
                pen.stroked(&self.palette.ink_3, 1.5);
                cross(pen, ghost.to, 4.0);
            } else {
                pen.ring(ghost.to, 2.5, &self.palette.ink_3, 1.5);
            }
        }
    }

    /// A note at the margin: a flag beside what it is about.
    fn note(&self, note: &NoteMark) {
        self.strength(note.tense, 1.0);
        let corners = [(-4.0, -6.0), (5.0, -6.0), (5.0, 2.0), (0.0, 2.0), (-4.0, 6.0)];
        let corners = corners.map(|(x, y)| Point::new(note.at.x + x, note.at.y + y));
        self.pen.polygon(&corners, &self.palette.accent);
    }

    fn call(&self, call: &CallMark) {
        self.strength(call.tense, 1.0);
        self.pen.disc(call.at, 2.0, &self.palette.ink_2);
        if let Some(label) = &call.label {
            self.text(label, &self.palette.ink_2, false);
        }
    }

    /// The present: a line across, behind what is written.
    fn present(&self, scene: &LadderScene) {
        let (pen, y) = (&self.pen, scene.present);
        pen.alpha(1.0);
        pen.stroked(&self.palette.now, 1.25);
        pen.line(Point::new(0.0, y), Point::new(scene.width, y));
    }

    /// The time of the present, at the margin.
    fn now(&self, now: &NowMark) {
        let (pen, rect) = (&self.pen, now.rect);
        pen.alpha(1.0);
        pen.filled(&self.palette.now);
        pen.ctx.fill_rect(rect.x, rect.y, rect.width, rect.height);
        pen.font(now.label.size, true, now.label.anchor);
        pen.filled(&self.palette.surface);
        // Refused only where there is no text to draw.
        let _ = pen.ctx.fill_text(&now.label.text, now.label.at.x, now.label.at.y);
    }

    pub(super) fn text(&self, label: &Label, colour: &'a str, bold: bool) {
        self.pen.text(label, colour, &self.palette.surface, bold);
    }

    fn strength(&self, tense: Tense, full: f64) {
        self.pen.alpha(match tense {
            Tense::Past | Tense::Present => full,
            Tense::Future => FUTURE,
        });
    }
}

/// On the middle of a pixel: a hairline stays one.
fn crisp(y: f64) -> f64 {
    y.round() + 0.5
}
