//! The stage: the ladder on its canvas, painted and pointed at without Yew.

mod canvas;
mod glyphs;
mod painter;
mod palette;
mod pointer;
mod scroll;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use web_sys::HtmlCanvasElement;

use crate::browser::{Listener, document};
use crate::store::{Action, Arrange, Notice, NoticeKind, Store, Tab};
use canvas::Canvas;

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
        let element = document().query_selector("canvas").ok().flatten();
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
}

/// Says that nothing can be drawn, and shows the table that says the same.
fn tell_of_loss(store: &Store) {
    store.act(Action::Tell(Some(Notice { kind: NoticeKind::NoCanvas, detail: String::new() })));
    if store.read().shell.shown_tab() != Tab::Table {
        store.act(Action::Arrange(Arrange::Tab(Tab::Table)));
    }
}
