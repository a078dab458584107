//! The canvas of the ladder: its size, its frames, what is painted when.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use tcpscope_sim::{HostId, PacketIndex};
use tcpscope_view::{Ladder, LadderScene, Target, hit};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, MouseEvent, ResizeObserver,
};

use super::crowd::Crowd;
use super::drag::{self, Drag};
use super::layer::Layer;
use super::minimap::Minimap;
use super::painter::Painter;
use super::palette::Palette;
use super::pen::Pen;
use super::scroll::{approach, bounded};
use super::{menu, minimap, pointer};
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

/// A drag on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DragPhase {
    /// It has just begun.
    Begins,
    /// It goes on.
    Moves,
    /// It is let go.
    Ends,
    /// It is broken off: nothing is to come of it.
    Breaks,
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
    /// What [`Self::scale`] was when the view was measured: to ask in each frame has everything laid
    /// out once more.
    scaled: Cell<f64>,
    hovered: Cell<Option<PacketIndex>>,
    /// The lines of arrows that show.
    lines: Option<Layer>,
    /// What many dots are drawn with.
    crowd: Option<Crowd>,
    /// The segment that is dragged.
    pub(super) dragged: Drag,
    /// Whether a finger has stayed where it came down, and has opened a menu so.
    pub(super) stayed: Cell<bool>,
    /// The run from afar, beside the ladder.
    minimap: Option<Minimap>,
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
            scaled: Cell::new(1.0),
            hovered: Cell::new(None),
            lines: Layer::new(),
            crowd: Crowd::new(),
            dragged: Drag::default(),
            stayed: Cell::new(false),
            minimap: Minimap::find(),
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
        let mut listeners = pointer::listen(&surface);
        listeners.push(drag::listen(&surface));
        listeners.extend(menu::listen(&surface));
        listeners.extend(minimap::listen(&surface));
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
        self.surface.forget();
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
        let session = surface.store.read();
        let (from, to) = session.run.as_ref()?.ladder().place_of(selected)?;
        let middle = from.toward(to, 0.5);
        let (width, height) = surface.size.get();
        let y = middle.y - surface.top.get();
        let shows = (0.0..=height).contains(&y);
        Some(if shows { (middle.x, y) } else { (width / 2.0, height / 3.0) })
    }

    /// What is painted on.
    pub(super) fn surface(&self) -> &Surface {
        &self.surface
    }
}

impl Canvas {
    /// The height of the present, at a host's line or in the middle of the view.
    pub(super) fn place_of(&self, host: Option<HostId>) -> (f64, f64) {
        let surface = &self.surface;
        let (width, height) = surface.size.get();
        let line = surface.with_scene(|scene| {
            let line = scene.lifelines.iter().find(|line| Some(line.host) == host);
            (line.map(|line| line.x), scene.present)
        });
        let (x, y) = line.unwrap_or((None, 0.0));
        (x.unwrap_or(width / 2.0), (y - surface.top.get()).min(height).max(0.0))
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
            hit(scene, run.ladder(), x, y, reach)
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

    /// Says what is under the pointer, where it has words of its own.
    pub(super) fn tell(&self, words: Option<&str>) {
        if let Some(words) = words {
            // A title takes any text.
            let _ = self.element.set_attribute("title", words);
        } else if self.element.has_attribute("title") {
            let _ = self.element.remove_attribute("title");
        }
    }

    /// Scrolls by hand.
    pub(super) fn pan(&self, by: f64) {
        self.pan_to(self.top.get() + by);
    }

    /// Scrolls by hand to a height of the ladder.
    pub(super) fn pan_to(&self, top: f64) {
        self.top.set(bounded(top, self.size.get().1, self.whole()));
        self.store.act(Action::Arrange(Arrange::Follow(false)));
        self.repaint();
    }

    /// Draws time so much larger, around a height of the view that stays where it is; without one,
    /// around the playhead where it shows.
    pub(super) fn zoom_by(&self, factor: f64, around: Option<f64>) {
        let zoom = self.with_ladder(Ladder::zoom).unwrap_or(1.0);
        self.zoom_to(zoom * factor, around);
    }

    /// Draws time so much larger than usual.
    pub(super) fn zoom_to(&self, factor: f64, around: Option<f64>) {
        let height = self.size.get().1;
        let top = self.top.get();
        let least = self.with_ladder(|ladder| ladder.fitting(height)).unwrap_or(1.0);
        let present = || {
            let session = self.store.read();
            let run = session.run.as_ref()?;
            let y = run.ladder().drawn(run.playhead().y) - top;
            (0.0..=height).contains(&y).then_some(y)
        };
        let around = around.or_else(present).unwrap_or(height / 2.0);
        let fixed = self.with_ladder(|ladder| ladder.on_axis(top + around)).unwrap_or(0.0);
        self.store.act(Action::Arrange(Arrange::Zoom(factor.max(least))));
        let drawn = self.with_ladder(|ladder| ladder.drawn(fixed)).unwrap_or(0.0);
        self.top.set(bounded(drawn - around, height, self.whole()));
        self.repaint();
    }

    /// Draws time so small that all of the run shows.
    pub(super) fn zoom_to_all(&self) {
        self.zoom_to(0.0, None);
    }

    /// Moves the view so that its middle is at this part of the run.
    pub(super) fn centre_on(&self, part: f64) {
        let middle = self.with_ladder(|ladder| ladder.drawn(ladder.axis().height() * part));
        self.pan_to(middle.unwrap_or(0.0) - self.size.get().1 / 2.0);
    }

    /// The run from afar, where the page shows it.
    pub(super) const fn minimap(&self) -> Option<&Minimap> {
        self.minimap.as_ref()
    }

    /// The height of what shows.
    pub(super) fn height(&self) -> f64 {
        self.size.get().1
    }

    /// Where a drag begins on a segment, it is the segment that is dragged: `dy` is how far down by
    /// now, in pixels. Says whether it takes the drag; else the ladder is moved.
    pub(super) fn drag_segment(&self, packet: PacketIndex, dy: f64, phase: DragPhase) -> bool {
        self.dragged.segment(self, packet, dy, phase)
    }

    fn repaint(&self) {
        if let Some(frames) = &*self.frames.borrow() {
            frames.request();
        }
    }

    fn hear(&self, change: Change) {
        match change {
            Change::Preferred => {
                *self.palette.borrow_mut() = None;
                self.forget();
            }
            Change::Loaded => {
                self.top.set(0.0);
                self.forget();
            }
            Change::Edited | Change::LaidOut => self.forget(),
            Change::Zoomed => self.forget_lines(),
            Change::Listed
            | Change::Sped
            | Change::Told
            | Change::Taught
            | Change::Answered
            | Change::Captured => {
                return;
            }
            Change::Moved
            | Change::Stepped
            | Change::Selected
            | Change::Played
            | Change::Paused
            | Change::Arranged => {}
        }
        self.repaint();
    }

    /// Takes the size of the view, for the ladder's layout and the canvas's pixels.
    fn measure(&self) {
        let (width, height) =
            (f64::from(self.element.client_width()), f64::from(self.view.client_height()));
        self.scaled.set(self.scale());
        if let Some(minimap) = &self.minimap {
            minimap.measure();
        }
        if width < 1.0 || height < 1.0 || self.size.get() == (width, height) {
            return;
        }
        let widened = (self.size.get().0 - width).abs() > 0.5;
        self.size.set((width, height));
        if widened {
            self.store.act(Action::Measure(width));
        }
        self.forget();
        self.repaint();
    }

    /// How many pixels of the window one of the ladder's takes: more than one where the page is drawn
    /// larger, for a class.
    pub(super) fn scale(&self) -> f64 {
        let wide = self.element.get_bounding_client_rect().width();
        let scale = wide / f64::from(self.element.client_width()).max(1.0);
        if scale > 0.0 { scale } else { 1.0 }
    }

    /// Where a pointer is, in the view's own pixels.
    pub(super) fn point_of(&self, event: &MouseEvent) -> (f64, f64) {
        let (place, scale) = (self.element.get_bounding_client_rect(), self.scale());
        let x = f64::from(event.client_x()) - place.left();
        let y = f64::from(event.client_y()) - place.top();
        (x / scale, y / scale)
    }

    fn forget_lines(&self) {
        if let Some(lines) = &self.lines {
            lines.forget();
        }
    }

    /// What is kept of pictures is not right any more.
    fn forget(&self) {
        self.forget_lines();
        if let Some(crowd) = &self.crowd {
            crowd.forget();
        }
        if let Some(minimap) = &self.minimap {
            minimap.forget();
        }
    }

    /// Paints; says whether the view is still on its way.
    fn paint(&self) -> bool {
        let session = self.store.read();
        let Some(run) = &session.run else { return false };
        let (width, height) = self.size.get();
        let playhead = run.playhead();
        let present = run.ladder().drawn(playhead.y);
        let mut moving = false;
        if session.shell.follows {
            let at_once = self.reduced_motion.holds();
            let (top, arrived) = approach(self.top.get(), present, height, self.whole(), at_once);
            self.top.set(top);
            moving = !arrived;
        }
        let ratio = window().device_pixel_ratio() * self.scaled.get();
        self.fit(width * ratio, height * ratio);
        let mut palette = self.palette.borrow_mut();
        let palette = &*palette.get_or_insert_with(Palette::read);
        // On a pixel: what stands still looks the same in each frame.
        let top = (self.top.get() * ratio).round() / ratio;
        let dots = run.ladder().in_flight(playhead);
        self.with_scene(|scene| {
            let size = (self.element.width(), self.element.height());
            let lines = self.lines.as_ref();
            let painter = Painter {
                pen: Pen::new(&self.ctx, ratio, top, &palette.mono),
                palette,
                hovered: self.hovered.get(),
                visible: top..top + height,
                lines: lines.and_then(|it| it.picture(scene, palette, size, ratio, top)),
                crowd: self.crowd.as_ref().map(|crowd| crowd.stamps(palette, ratio)),
            };
            painter.paint(scene, &dots);
        });
        if let Some(minimap) = &self.minimap {
            minimap.show(run, palette, self.top.get(), height);
        }
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
        self.store.read().run.as_ref().map_or(0.0, |run| run.ladder().height())
    }

    fn with_ladder<T>(&self, look: impl FnOnce(&Ladder) -> T) -> Option<T> {
        self.store.read().run.as_ref().map(|run| look(run.ladder()))
    }

    pub(super) fn with_scene<T>(&self, look: impl FnOnce(&LadderScene) -> T) -> Option<T> {
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
pub(super) fn pixels(length: f64) -> u32 {
    length.round() as u32
}
