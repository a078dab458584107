//! The canvas of the ladder: its size, its frames, what is painted when.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tcpscope_sim::PacketIndex;
use tcpscope_view::{LadderScene, Target, hit};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, ResizeObserver};

use super::painter::Painter;
use super::palette::Palette;
use super::pointer;
use super::scroll::{approach, bounded};
use crate::browser::{Frames, Listener, Media, window};
use crate::store::{Action, Arrange, Change, Store, Subscription};

/// The ladder on its canvas. Dropped, it hears and paints no more.
pub(super) struct Canvas {
    surface: Rc<Surface>,
    _listeners: Vec<Listener>,
    _subscription: Subscription,
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

/// What is painted on, and all that decides what is painted.
pub(super) struct Surface {
    pub(super) store: Store,
    pub(super) element: HtmlCanvasElement,
    ctx: CanvasRenderingContext2d,
    view: HtmlElement,
    frames: RefCell<Option<Frames>>,
    reduced_motion: Media,
    palette: RefCell<Option<Palette>>,
    /// The height of the ladder at the top of the view.
    top: Cell<f64>,
    size: Cell<(f64, f64)>,
    hovered: Cell<Option<PacketIndex>>,
}

impl Canvas {
    /// The ladder on a canvas; `None` where the browser does not draw on it.
    pub(super) fn new(store: &Store, element: HtmlCanvasElement) -> Option<Self> {
        let view: HtmlElement = element.parent_element()?.dyn_into().ok()?;
        let ctx = element.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        let surface = Rc::new(Surface {
            store: store.clone(),
            element,
            ctx,
            view,
            frames: RefCell::new(None),
            reduced_motion: Media::watch("(prefers-reduced-motion: reduce)", || {}),
            palette: RefCell::new(None),
            top: Cell::new(0.0),
            size: Cell::new((0.0, 0.0)),
            hovered: Cell::new(None),
        });
        let weak = Rc::downgrade(&surface);
        let frames = Frames::new(move |_| weak.upgrade().is_some_and(|surface| surface.paint()));
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

    /// Paints anew, now, in the colours of the document as it is now.
    pub(super) fn renew(&self) {
        *self.surface.palette.borrow_mut() = None;
        self.surface.paint();
    }

    /// Whether it is painted on this canvas.
    pub(super) fn is_on(&self, element: &HtmlCanvasElement) -> bool {
        self.surface.element == *element
    }

    /// Where the selected segment is in the view; high in its middle where it does not show.
    pub(super) fn place_of_selected(&self) -> Option<(f64, f64)> {
        let surface = &self.surface;
        let selected = surface.store.read().selected()?;
        let top = surface.top.get();
        let arrow = surface.with_scene(|scene| {
            let arrow = scene.arrows.iter().find(|arrow| arrow.packet == selected)?;
            let middle = arrow.from.toward(arrow.to, 0.5);
            Some((middle.x, middle.y - top))
        })?;
        let (width, height) = surface.size.get();
        Some(arrow.unwrap_or((width / 2.0, height / 3.0)))
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Surface {
    /// What lies at a point of the view.
    pub(super) fn hit(&self, x: f64, y: f64, reach: f64) -> Option<Target> {
        let y = y + self.top.get();
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
            let over = if packet.is_some() { "true" } else { "false" };
            // Setting an attribute to a word cannot fail.
            let _ = self.element.set_attribute("data-over", over);
            self.repaint();
        }
    }

    /// Scrolls by hand.
    pub(super) fn drag(&self, by: f64) {
        self.top.set(bounded(self.top.get() + by, self.size.get().1, self.whole()));
        self.store.act(Action::Arrange(Arrange::Follow(false)));
        self.repaint();
    }

    fn repaint(&self) {
        if let Some(frames) = &*self.frames.borrow() {
            frames.request();
        }
    }

    fn hear(&self, change: Change) {
        match change {
            Change::Preferred => *self.palette.borrow_mut() = None,
            Change::Loaded => self.top.set(0.0),
            Change::Listed | Change::Sped | Change::Told => return,
            Change::Moved
            | Change::Stepped
            | Change::Edited
            | Change::Selected
            | Change::Played
            | Change::Paused
            | Change::LaidOut
            | Change::Arranged => {}
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
        let session = self.store.read();
        let Some(run) = &session.run else { return false };
        let (width, height) = self.size.get();
        let playhead = run.playhead();
        let mut moving = false;
        if session.shell.follows {
            let at_once = self.reduced_motion.holds();
            let (top, arrived) =
                approach(self.top.get(), playhead.y, height, self.whole(), at_once);
            self.top.set(top);
            moving = !arrived;
        }
        let ratio = window().device_pixel_ratio();
        self.fit(width * ratio, height * ratio);
        // Only a matrix that is not finite is refused.
        let _ = self.ctx.set_transform(ratio, 0.0, 0.0, ratio, 0.0, -self.top.get() * ratio);
        let mut palette = self.palette.borrow_mut();
        let palette = palette.get_or_insert_with(Palette::read);
        let painter = Painter { ctx: &self.ctx, palette, hovered: self.hovered.get() };
        let dots = run.ladder().in_flight(playhead);
        self.with_scene(|scene| painter.paint(scene, &dots));
        moving
    }

    /// Gives the canvas as many pixels as the screen has for it.
    fn fit(&self, width: f64, height: f64) {
        let (wide, tall) = (pixels(width), pixels(height));
        if (self.element.width(), self.element.height()) != (wide, tall) {
            self.element.set_width(wide);
            self.element.set_height(tall);
        }
    }

    /// The height of the whole ladder.
    fn whole(&self) -> f64 {
        self.store.read().run.as_ref().map_or(0.0, |run| run.ladder().axis().height())
    }

    fn with_scene<T>(&self, look: impl FnOnce(&LadderScene) -> T) -> Option<T> {
        let session = self.store.read();
        let run = session.run.as_ref()?;
        let top = self.top.get();
        let visible = top..top + self.size.get().1;
        let scene = run.ladder().scene(run.trace(), visible, run.playhead(), session.selected());
        Some(look(&scene))
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the ends of the type; no screen has that many pixels"
)]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
