//! The stage: the ladder on its canvas, painted and pointed at without Yew.

mod canvas;
mod crowd;
mod drag;
mod extras;
mod glyphs;
mod layer;
mod menu;
mod minimap;
mod painter;
mod palette;
mod pen;
mod pointer;
mod scroll;
mod shafts;

use std::cell::RefCell;
use std::rc::Rc;

use tcpscope_sim::HostId;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlCanvasElement;

use crate::browser::{Listener, document};
use crate::store::{Action, Arrange, Notice, NoticeKind, Store, Tab};
use canvas::Canvas;

/// How large time is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zoom {
    /// Larger.
    In,
    /// Smaller.
    Out,
    /// As usual.
    Usual,
    /// So that all of the run shows.
    All,
}

/// How much larger or smaller at once.
const STEP: f64 = 1.25;
/// How far a key scrolls.
const LINE: f64 = 48.0;

/// The place of the ladder. The canvas comes and goes with what is rendered.
pub(crate) struct Stage {
    store: Store,
    canvas: RefCell<Option<Canvas>>,
    /// Hears when the browser takes its surface away.
    loss: RefCell<Option<[Listener; 2]>>,
}

impl Stage {
    /// A stage without a canvas yet.
    pub(crate) fn new(store: &Store) -> Rc<Self> {
        Rc::new(Self { store: store.clone(), canvas: RefCell::new(None), loss: RefCell::new(None) })
    }

    /// Paints on the canvas that the page shows now, if it is another than before.
    pub(crate) fn attach(&self) {
        let element = document().query_selector(".stage-view > canvas").ok().flatten();
        let element: Option<HtmlCanvasElement> = element.and_then(|it| it.dyn_into().ok());
        let same = match (&*self.canvas.borrow(), &element) {
            (Some(canvas), Some(element)) => canvas.is_on(element),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !same {
            let wanted = element.is_some();
            *self.loss.borrow_mut() = element.as_ref().map(|element| self.watch(element));
            let canvas = element.and_then(|element| Canvas::new(&self.store, element));
            if wanted && canvas.is_none() {
                tell_of_loss(&self.store);
            }
            drop(self.canvas.replace(canvas));
        }
    }

    /// What the browser says of the drawing surface: it may take it away, and give it back.
    fn watch(&self, element: &HtmlCanvasElement) -> [Listener; 2] {
        let (lost, back) = (self.store.clone(), self.store.clone());
        [
            Listener::new(element, "contextlost", move |_| tell_of_loss(&lost)),
            Listener::new(element, "contextrestored", move |_| {
                let told = back.read().notice.as_ref().map(|notice| notice.kind);
                if told == Some(NoticeKind::NoCanvas) {
                    back.act(Action::Tell(None));
                }
            }),
        ]
    }

    /// Draws time larger or smaller.
    pub(crate) fn zoom(&self, zoom: Zoom) {
        let canvas = self.canvas.borrow();
        let Some(surface) = canvas.as_ref().map(Canvas::surface) else { return };
        match zoom {
            Zoom::In => surface.zoom_by(STEP, None),
            Zoom::Out => surface.zoom_by(1.0 / STEP, None),
            Zoom::Usual => surface.zoom_to(1.0, None),
            Zoom::All => surface.zoom_to_all(),
        }
    }

    /// Moves the ladder under the view as a key asks for; says whether the key does.
    pub(crate) fn scroll(&self, key: &str) -> bool {
        let canvas = self.canvas.borrow();
        let Some(surface) = canvas.as_ref().map(Canvas::surface) else { return false };
        let page = surface.height() * 0.85;
        match key {
            "ArrowUp" => surface.pan(-LINE),
            "ArrowDown" => surface.pan(LINE),
            "PageUp" => surface.pan(-page),
            "PageDown" => surface.pan(page),
            _ => return false,
        }
        true
    }

    /// Moves the ladder to one of its ends.
    pub(crate) fn scroll_to_end(&self, last: bool) {
        if let Some(canvas) = &*self.canvas.borrow() {
            canvas.surface().pan_to(if last { f64::INFINITY } else { 0.0 });
        }
    }

    /// Paints anew, now, in the colours of the document as it is now.
    pub(crate) fn renew(&self) {
        if let Some(canvas) = &*self.canvas.borrow() {
            canvas.renew();
        }
    }

    /// Where the selected segment is in the view, if there is one.
    pub(crate) fn place_of_selected(&self) -> Option<(f64, f64)> {
        self.canvas.borrow().as_ref()?.place_of_selected()
    }

    /// Where a host's line is in the view, at the height of the present; the view's corner while
    /// there is no canvas.
    pub(crate) fn place_of_host(&self, host: HostId) -> (f64, f64) {
        let canvas = self.canvas.borrow();
        canvas.as_ref().map_or((0.0, 0.0), |canvas| canvas.place_of(Some(host)))
    }

    /// The middle of the view, at the height of the present.
    pub(crate) fn place_of_link(&self) -> (f64, f64) {
        self.canvas.borrow().as_ref().map_or((0.0, 0.0), |canvas| canvas.place_of(None))
    }
}

/// Says that nothing can be drawn, and shows the table that says the same.
fn tell_of_loss(store: &Store) {
    store.act(Action::Tell(Some(Notice { kind: NoticeKind::NoCanvas, detail: String::new() })));
    if store.read().shell.shown_tab() != Tab::Table {
        store.act(Action::Arrange(Arrange::Tab(Tab::Table)));
    }
}
