//! The run from afar, at the right of the ladder: what shows of it is a window that can be moved.
//!
//! It is painted when the run changes; what moves with a frame are two elements on top of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tcpscope_tcp::Instant;
use tcpscope_view::{Overview, OverviewRow, duration_text};
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, Event, HtmlCanvasElement, HtmlElement, PointerEvent};

use super::canvas::Surface;
use super::palette::Palette;
use super::pen::Pen;
use crate::browser::{Listener, element, window};
use crate::store::Run;

/// The least height of the window: a finger has to find it.
const LEAST: f64 = 12.0;

/// The minimap.
pub(super) struct Minimap {
    pub(super) element: HtmlElement,
    picture: HtmlCanvasElement,
    ctx: CanvasRenderingContext2d,
    view: HtmlElement,
    now: HtmlElement,
    size: Cell<(f64, f64)>,
    /// What was told last, and whether the picture is still right.
    shown: RefCell<Shown>,
}

#[derive(Default)]
struct Shown {
    painted: bool,
    hidden: Option<bool>,
    view: (i32, i32),
    now: i32,
}

impl Minimap {
    /// The one that the page shows, if it does.
    pub(super) fn find() -> Option<Self> {
        let element = element("minimap")?;
        let part = |selector| element.query_selector(selector).ok().flatten();
        let picture: HtmlCanvasElement = part("canvas")?.dyn_into().ok()?;
        Some(Self {
            ctx: picture.get_context("2d").ok().flatten()?.dyn_into().ok()?,
            picture,
            view: part(".minimap-view")?.dyn_into().ok()?,
            now: part(".minimap-now")?.dyn_into().ok()?,
            element,
            size: Cell::new((0.0, 0.0)),
            shown: RefCell::default(),
        })
    }

    /// Takes its size anew: to ask in each frame has everything laid out once more.
    pub(super) fn measure(&self) {
        let size = (self.element.client_width(), self.element.client_height());
        self.size.set((f64::from(size.0), f64::from(size.1)));
    }

    /// The picture is not right any more.
    pub(super) fn forget(&self) {
        self.shown.borrow_mut().painted = false;
    }

    /// Shows what of the run is in the view, and where the present is.
    pub(super) fn show(&self, run: &Run, palette: &Palette, top: f64, height: f64) {
        let ladder = run.ladder();
        let (wide, tall) = self.size.get();
        let whole = ladder.axis().height().max(1.0);
        let (from, to) = (ladder.on_axis(top), ladder.on_axis(top + height).min(whole));
        let mut shown = self.shown.borrow_mut();
        if tall < 1.0 {
            return;
        }
        if !shown.painted {
            shown.painted = true;
            self.paint(run, palette, wide, tall);
        }
        let length = ((to - from) / whole * tall).max(LEAST).min(tall);
        let place = (from / whole * tall).min(tall - length).max(0.0);
        let view = (rounded(place), rounded(length));
        if shown.view != view {
            shown.view = view;
            put(&self.view, "transform", &format!("translateY({}px)", view.0));
            put(&self.view, "height", &format!("{}px", view.1));
            let percent = rounded((from / (whole - (to - from)).max(1.0) * 100.0).min(100.0));
            let at = |y: f64| duration_text(ladder.axis().time_at(y).since(Instant::ZERO));
            let text = format!("{} – {}", at(from), at(to));
            // Attributes of these names take any text.
            let _ = self.element.set_attribute("aria-valuenow", &percent.to_string());
            let _ = self.element.set_attribute("aria-valuetext", &text);
        }
        let now = rounded(run.playhead().y / whole * tall);
        if shown.now != now {
            shown.now = now;
            put(&self.now, "transform", &format!("translateY({now}px)"));
        }
        let all = from <= 0.5 && to >= whole - 0.5;
        if shown.hidden != Some(all) {
            shown.hidden = Some(all);
            let _ = self.element.set_attribute("data-all", if all { "true" } else { "false" });
        }
    }

    /// Paints what happens in each row: segments to the left and to the right of its middle, with
    /// marks where they are lost, are repeated, or a state changes.
    fn paint(&self, run: &Run, palette: &Palette, wide: f64, tall: f64) {
        let ratio = window().device_pixel_ratio();
        let pixels = |length: f64| u32::try_from(rounded(length * ratio)).unwrap_or(1).max(1);
        // Setting a size has the page laid out, also where it is the same.
        let size = (pixels(wide), pixels(tall));
        if (self.picture.width(), self.picture.height()) != size {
            self.picture.set_width(size.0);
            self.picture.set_height(size.1);
        }
        let pen = Pen::new(&self.ctx, ratio, 0.0, &palette.mono);
        pen.ctx.clear_rect(0.0, 0.0, wide, tall);
        let rows = u32::try_from(rounded(tall)).unwrap_or(1);
        let Overview { rows, most } = run.ladder().overview(run.trace(), rows);
        let middle = (wide / 2.0).round();
        let full = middle - 4.0;
        // A single segment shows, and the most fill the strip.
        let most = f64::from(most).max(1.0).sqrt();
        let length = |count: u32| {
            if count == 0 { 0.0 } else { (f64::from(count).sqrt() / most * full).max(3.0) }
        };
        let mut y = 0.0;
        for row in &rows {
            let OverviewRow { right, left, repeats, lost, states, is_folded } = *row;
            let bar = |colour, alpha, x, width, height| {
                if width > 0.0 {
                    pen.alpha(alpha);
                    pen.filled(colour);
                    pen.ctx.fill_rect(x, y, width, height);
                }
            };
            if is_folded && left + right == 0 {
                bar(&palette.line, 1.0, middle - 1.0, 1.0, 1.0);
            }
            let colour = if repeats > 0 { &palette.now } else { &palette.ink_3 };
            bar(colour, 0.75, middle, length(right), 1.0);
            bar(colour, 0.75, middle - length(left), length(left), 1.0);
            if states > 0 {
                bar(&palette.accent, 1.0, 0.0, 4.0, 2.0);
            }
            if lost > 0 {
                bar(&palette.lost, 1.0, wide - 5.0, 5.0, 2.5);
            }
            y += 1.0;
        }
    }
}

/// Hears the pointer on the minimap: it takes the window with it.
pub(super) fn listen(surface: &Rc<Surface>) -> Vec<Listener> {
    let Some(minimap) = surface.minimap() else { return Vec::new() };
    let on = |kind, heard: fn(&Surface, &PointerEvent)| {
        let surface = surface.clone();
        Listener::new(&minimap.element, kind, move |event: Event| {
            if let Some(event) = event.dyn_ref::<PointerEvent>() {
                heard(&surface, event);
            }
        })
    };
    vec![
        on("pointerdown", |surface, event| {
            if let Some(minimap) = surface.minimap() {
                // Refused only where the pointer is gone by now.
                let _ = minimap.element.set_pointer_capture(event.pointer_id());
            }
            go_to(surface, event);
        }),
        on("pointermove", |surface, event| {
            if event.buttons() & 1 == 1 {
                go_to(surface, event);
            }
        }),
    ]
}

/// The middle of the view goes to where the pointer is.
fn go_to(surface: &Surface, event: &PointerEvent) {
    let Some(minimap) = surface.minimap() else { return };
    let place = minimap.element.get_bounding_client_rect();
    surface.centre_on((f64::from(event.client_y()) - place.top()) / place.height().max(1.0));
}

fn put(element: &HtmlElement, property: &str, value: &str) {
    // A length in pixels is always taken.
    let _ = element.style().set_property(property, value);
}

#[allow(clippy::cast_possible_truncation, reason = "`as` stops at the ends of the type")]
fn rounded(value: f64) -> i32 {
    value.round() as i32
}
