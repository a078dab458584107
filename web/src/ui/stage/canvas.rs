//! The canvas of the ladder: its size, its frames, what is painted when.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use tcpscope_sim::PacketIndex;
use tcpscope_view::{Arrow, LadderScene, Target, hit};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ResizeObserver};
use yew::prelude::*;

use super::painter::Painter;
use super::palette::Palette;
use super::pointer;
use super::scroll::Scroll;
use crate::browser::{Frames, Listener, Media, window};
use crate::store::{Action, Change, Store, Subscription};

/// The ladder on its canvas. Dropped, it hears and paints no more.
pub(super) struct Canvas {
    surface: Rc<Surface>,
    _listeners: Vec<Listener>,
    _subscription: Subscription,
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

/// What the canvas tells the stage.
pub(super) struct Events {
    /// A segment was picked here, or none.
    pub(super) picked: Callback<Option<(f64, f64)>>,
    /// Whether the view follows the playhead.
    pub(super) following: Callback<bool>,
}

/// What is painted on, and all that decides what is painted.
pub(super) struct Surface {
    pub(super) store: Store,
    pub(super) events: Events,
    pub(super) element: HtmlCanvasElement,
    ctx: CanvasRenderingContext2d,
    view: HtmlElement,
    frames: RefCell<Option<Frames>>,
    reduced_motion: Media,
    palette: RefCell<Option<Palette>>,
    scroll: Cell<Scroll>,
    size: Cell<(f64, f64)>,
    hovered: Cell<Option<PacketIndex>>,
}

impl Canvas {
    /// The canvas inside an element; `None` where the browser draws none.
    pub(super) fn new(store: &Store, view: &NodeRef, events: Events) -> Option<Self> {
        let view: HtmlElement = view.cast()?;
        let element: HtmlCanvasElement =
            view.query_selector("canvas").ok().flatten()?.dyn_into().ok()?;
        let ctx = element.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let surface = Rc::new(Surface {
            store: store.clone(),
            events,
            element,
            ctx,
            view,
            frames: RefCell::new(None),
            reduced_motion: Media::watch("(prefers-reduced-motion: reduce)", || {}),
            palette: RefCell::new(None),
            scroll: Cell::new(Scroll::START),
            size: Cell::new((0.0, 0.0)),
            hovered: Cell::new(None),
        });
        let weak = Rc::downgrade(&surface);
        let frames =
            Frames::new(move |_| Weak::upgrade(&weak).is_some_and(|surface| surface.paint()));
        *surface.frames.borrow_mut() = Some(frames);

        let resized = {
            let surface = surface.clone();
            Closure::<dyn FnMut()>::new(move || surface.measure())
        };
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?;
        observer.observe(&surface.view);
        let heard = surface.clone();
        let subscription = store.subscribe(move |_, change| heard.hear(change));
        let listeners = pointer::listen(&surface);
        surface.measure();
        Some(Self {
            surface,
            _listeners: listeners,
            _subscription: subscription,
            observer,
            _resized: resized,
        })
    }

    /// Follows the playhead again.
    pub(super) fn follow(&self) {
        let scroll = Scroll { follows: true, ..self.surface.scroll.get() };
        self.surface.scroll.set(scroll);
        self.surface.events.following.emit(true);
        self.surface.repaint();
    }

    /// Where the selected segment is in the view; in its middle where it does not show.
    pub(super) fn place_of_selected(&self) -> Option<(f64, f64)> {
        let surface = &self.surface;
        let selected = surface.store.read().selected()?;
        let arrow = surface.with_scene(|scene| {
            scene.arrows.iter().find(|arrow| arrow.packet == selected).map(middle)
        })?;
        let (width, height) = surface.size.get();
        Some(arrow.map_or((width / 2.0, height / 3.0), |(x, y)| (x, y - surface.scroll.get().top)))
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Surface {
    /// Asks for a frame.
    pub(super) fn repaint(&self) {
        if let Some(frames) = &*self.frames.borrow() {
            frames.request();
        }
    }

    /// What lies at a point of the view.
    pub(super) fn hit(&self, x: f64, y: f64, reach: f64) -> Option<Target> {
        let y = y + self.scroll.get().top;
        self.with_scene(|scene| {
            let session = self.store.read();
            let run = session.run.as_ref()?;
            hit(scene, run.ladder().axis(), x, y, reach)
        })?
    }

    /// Highlights what is under the pointer.
    pub(super) fn hover(&self, target: Option<Target>) {
        let packet = if let Some(Target::Packet(packet)) = target { Some(packet) } else { None };
        if self.hovered.replace(packet) != packet {
            // An attribute of a word: it cannot fail.
            let _ = self
                .element
                .set_attribute("data-over", if packet.is_some() { "true" } else { "false" });
            self.repaint();
        }
    }

    /// Scrolls by hand.
    pub(super) fn drag(&self, by: f64) {
        let whole = self.store.read().run.as_ref().map_or(0.0, |run| run.ladder().axis().height());
        let mut scroll = self.scroll.get();
        let followed = scroll.follows;
        scroll.drag(by, self.size.get().1, whole);
        self.scroll.set(scroll);
        if followed {
            self.events.following.emit(false);
        }
        self.repaint();
    }

    fn hear(&self, change: Change) {
        match change {
            Change::Preferred => *self.palette.borrow_mut() = None,
            Change::Loaded => self.scroll.set(Scroll::START),
            Change::Played => self.scroll.set(Scroll { follows: true, ..self.scroll.get() }),
            Change::Moved
            | Change::Stepped
            | Change::Edited
            | Change::Selected
            | Change::Paused
            | Change::LaidOut => {}
            Change::Listed | Change::Sped | Change::Told => return,
        }
        if matches!(change, Change::Loaded | Change::Played) {
            self.events.following.emit(true);
        }
        self.repaint();
    }

    /// Takes the size of the view, for the ladder's layout and the canvas's pixels.
    fn measure(&self) {
        let (width, height) =
            (f64::from(self.view.client_width()), f64::from(self.view.client_height()));
        if width < 1.0 || height < 1.0 || self.size.get() == (width, height) {
            return;
        }
        let widened = (self.size.get().0 - width).abs() > 0.5;
        self.size.set((width, height));
        if widened {
            self.store.act(Action::Measure(width));
        }
        self.repaint();
    }

    /// Paints; says whether the view is still on its way.
    fn paint(&self) -> bool {
        let (width, height) = self.size.get();
        let moving = {
            let session = self.store.read();
            let Some(run) = &session.run else { return false };
            let mut scroll = self.scroll.get();
            let (playhead, whole) = (run.playhead().y, run.ladder().axis().height());
            let moving = scroll.approach(playhead, height, whole, self.reduced_motion.holds());
            self.scroll.set(scroll);
            moving
        };
        let ratio = window().device_pixel_ratio();
        self.fit(width, height, ratio);
        let top = self.scroll.get().top;
        // Only a matrix that is not finite is refused.
        let _ = self.ctx.set_transform(ratio, 0.0, 0.0, ratio, 0.0, -top * ratio);
        let mut palette = self.palette.borrow_mut();
        let palette = palette.get_or_insert_with(Palette::read);
        let painter = Painter { ctx: &self.ctx, palette, hovered: self.hovered.get() };
        let session = self.store.read();
        let dots = session.run.as_ref().map(|run| run.ladder().in_flight(run.playhead()));
        self.with_scene(|scene| painter.paint(scene, &dots.unwrap_or_default()));
        moving
    }

    /// Gives the canvas as many pixels as the screen has for it.
    fn fit(&self, width: f64, height: f64, ratio: f64) {
        let (wide, tall) = (pixels(width * ratio), pixels(height * ratio));
        if (self.element.width(), self.element.height()) != (wide, tall) {
            self.element.set_width(wide);
            self.element.set_height(tall);
        }
    }

    fn with_scene<T>(&self, look: impl FnOnce(&LadderScene) -> T) -> Option<T> {
        let session = self.store.read();
        let run = session.run.as_ref()?;
        let top = self.scroll.get().top;
        let visible = top..top + self.size.get().1;
        let scene = run.ladder().scene(run.trace(), visible, run.playhead(), session.selected());
        Some(look(&scene))
    }
}

fn middle(arrow: &Arrow) -> (f64, f64) {
    let middle = arrow.from.toward(arrow.to, 0.5);
    (middle.x, middle.y)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the ends of the type; no screen has that many pixels"
)]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
