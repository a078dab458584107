//! What is done to a plot by hand: pointing, zooming, moving along; and what moves in it with each
//! frame, which Yew renders none of.

mod pointer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use tcpscope_view::{PlotKind, PlotSpot, Point, Theme, plot_csv, plot_svg};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlElement, KeyboardEvent, ResizeObserver};
use yew::platform::spawn_local;

use super::{App, act::go_to};
use crate::browser::{Listener, copy_text, element, root};
use crate::store::{
    Action, Arrange, FlowChoice, Playback, PlotChange, PlotCommand, PlotShell, Session, Store,
};
use crate::ui::tenths;

/// How much closer a step brings.
const CLOSER: f64 = 0.6;
/// How far an arrow moves, as a part of what shows.
const ALONG: f64 = 0.1;
/// How long the page says that something is copied.
const SAID_MS: u32 = 4000;

/// Hears what is done to the figure that the page shows now.
#[derive(Default)]
pub(super) struct Plots(RefCell<Option<Figure>>);

struct Figure {
    element: HtmlElement,
    held: Rc<Held>,
    _listeners: Vec<Listener>,
    observer: ResizeObserver,
    _resized: Closure<dyn FnMut()>,
}

/// Pointers that are down, and the point that is looked at.
#[derive(Default)]
struct Held {
    /// Where each began, and where it is: a mouse is one, two fingers are two.
    pointers: RefCell<Vec<Finger>>,
    /// The stretch of time when the first came down.
    domain: Cell<Option<(f64, f64)>>,
    /// The point that the keyboard is at.
    spot: Cell<Option<(usize, usize)>>,
}

#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    from: Point,
    at: Point,
}

impl Drop for Figure {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Plots {
    /// After each rendering.
    pub(super) fn tend(&self, app: &App) {
        let shown = element("plot");
        let same = match (&*self.0.borrow(), &shown) {
            (Some(figure), Some(shown)) => figure.element == *shown,
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !same {
            drop(self.0.replace(shown.and_then(|shown| Figure::new(app, shown))));
        }
        if let Some(figure) = &*self.0.borrow() {
            figure.measure(&app.store);
            show(&app.store.read(), None);
        }
    }
}

impl Figure {
    fn new(app: &App, element: HtmlElement) -> Option<Self> {
        let held = Rc::new(Held::default());
        let on = |kind, heard: fn(&App, &Held, &Event)| {
            let (app, held) = (app.clone(), held.clone());
            Listener::new(&element, kind, move |event| heard(&app, &held, &event))
        };
        let listeners = vec![
            on("pointerdown", pointer::down),
            on("pointermove", pointer::moved),
            on("pointerup", pointer::up),
            on("pointercancel", |_, held, _| held.pointers.borrow_mut().clear()),
            on("pointerleave", |app, _, _| show(&app.store.read(), None)),
            on("wheel", pointer::wheel),
            on("keydown", key),
        ];
        let resized = {
            let (store, element) = (app.store.clone(), element.clone());
            Closure::<dyn FnMut()>::new(move || measure(&store, &element))
        };
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?;
        observer.observe(&element);
        Some(Self { element, held, _listeners: listeners, observer, _resized: resized })
    }

    fn measure(&self, store: &Store) {
        // A point of another plot is none of this one.
        let known = self.held.spot.get().is_none_or(|(track, point)| {
            let points = store.read().plot_points();
            points.is_some_and(|points| {
                points.plot.tracks.get(track).is_some_and(|track| point < track.points.len())
            })
        });
        if !known {
            self.held.spot.set(None);
        }
        measure(store, &self.element);
    }
}

/// The drawing is as large as its place.
fn measure(store: &Store, element: &HtmlElement) {
    let size = (f64::from(element.client_width()), f64::from(element.client_height()));
    if size.0 >= 1.0 && size.1 >= 1.0 && store.read().shell.plots.size != size {
        change(store, PlotChange::Size(size.0, size.1));
    }
}

fn change(store: &Store, change: PlotChange) {
    store.act(Action::Arrange(Arrange::Plots(change)));
}

/// Moves the present moment's line.
pub(super) fn show_now(session: &Session) {
    let Some(line) = element("plot-now") else { return };
    let x = (|| {
        let moment = session.run.as_ref()?.moment();
        let (_, drawn) = session.drawn_plot()?;
        let place = session.plot_clock()?.place(moment.at, Some(moment.record));
        let (x, width) = (drawn.scene.x(place) - drawn.scene.area.x, drawn.scene.area.width);
        Some(x.min(width + 2.0).max(-2.0))
    })();
    if let Some(x) = x {
        style(&line, "transform", &format!("translateX({}px)", tenths(x)));
    }
}

/// A property of an element's style is this.
fn style(element: &HtmlElement, name: &str, value: &str) {
    // What is written here is always a value that the property takes.
    let _ = element.style().set_property(name, value);
}

/// Says a point's values, and rings it; where there is none, says those of the selected segment.
fn show(session: &Session, spot: Option<PlotSpot>) {
    let said = (|| {
        let points = session.plot_points()?;
        let locale = (session.preferences.locale, session.preferences.numbers);
        let (track, point) = match spot {
            Some(spot) => (spot.track, spot.point),
            None => {
                let selected = session.selected()?;
                let is_it = |point: &tcpscope_view::PlotPoint| point.packet == Some(selected);
                points.plot.tracks.iter().enumerate().filter(|(_, track)| !track.ghost).find_map(
                    |(place, track)| Some((place, track.points.iter().position(is_it)?)),
                )?
            }
        };
        points.plot.say(track, point, &points.titles, locale)
    })();
    if let Some(readout) = element("plot-readout") {
        readout.set_text_content(said.as_deref());
    }
    if let Some(ring) = element("plot-spot") {
        style(&ring, "display", if spot.is_some() { "block" } else { "none" });
        if let Some(PlotSpot { at, .. }) = spot {
            let place = format!("translate({}px,{}px)", tenths(at.x), tenths(at.y));
            style(&ring, "transform", &place);
        }
    }
}

/// What is nearest to a place.
fn nearest(session: &Session, at: Point) -> Option<PlotSpot> {
    let (points, drawn) = session.drawn_plot()?;
    drawn.scene.nearest(&points.plot, session.plot_clock()?, at)
}

/// Goes to a point's moment and selects its segment; to its time alone, where it is of another run.
fn go(app: &App, (track, point): (usize, usize)) {
    let points = app.store.read().plot_points();
    let Some(points) = points else { return };
    let Some(track) = points.plot.tracks.get(track) else { return };
    let Some(found) = track.points.get(point) else { return };
    if track.ghost {
        app.store.act(Action::Playback(Playback::Seek(found.at)));
    } else {
        go_to(&app.store, found.record.index());
        let packet = {
            let session = app.store.read();
            let run = session.run.as_ref();
            found.packet.zip(run).map(|(packet, run)| run.trace().packet(packet).id)
        };
        if packet.is_some() {
            app.store.act(Action::Select(packet));
        }
    }
}

/// Shows so much of what shows now, around a place of the drawing; the playhead, where none is given.
fn zoom(store: &Store, part: f64, around: Option<f64>) {
    let domain = {
        let session = store.read();
        let Some((_, drawn)) = session.drawn_plot() else { return };
        let scene = &drawn.scene;
        let (from, to) = scene.domain;
        let now = || {
            let moment = session.run.as_ref()?.moment();
            let place = session.plot_clock()?.place(moment.at, Some(moment.record));
            (from..=to).contains(&place).then_some(place)
        };
        let place = around.map(|x| scene.place(x)).or_else(now).unwrap_or(f64::midpoint(from, to));
        let (from, to) = (place - (place - from) * part, place + (to - place) * part);
        let whole = scene.whole;
        (to - from < whole.1 - whole.0).then_some((from, to))
    };
    change(store, PlotChange::Domain(domain));
}

/// Moves along by a part of what shows.
fn along(store: &Store, part: f64) {
    let domain = store.read().drawn_plot().map(|(_, drawn)| {
        let (from, to) = drawn.scene.domain;
        let by = (to - from) * part;
        (from + by, to + by)
    });
    if store.read().shell.plots.domain.is_some() {
        put(store, domain);
    }
}

/// Shows a stretch of time, moved into the run where it reaches beyond.
fn put(store: &Store, domain: Option<(f64, f64)>) {
    let whole = store.read().drawn_plot().map(|(_, drawn)| drawn.scene.whole);
    let inside = domain.zip(whole).map(|((from, to), whole)| {
        let by = (whole.0 - from).max(0.0) - (to - whole.1).max(0.0);
        (from + by, to + by)
    });
    change(store, PlotChange::Domain(inside));
}

/// Keys that mean the plot while it has the focus.
fn key(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let store = &app.store;
    match event.key().as_str() {
        "+" | "=" => zoom(store, CLOSER, None),
        "-" => zoom(store, 1.0 / CLOSER, None),
        "0" => change(store, PlotChange::Domain(None)),
        "ArrowLeft" => along(store, -ALONG),
        "ArrowRight" => along(store, ALONG),
        "[" => next_point(app, held, false),
        "]" => next_point(app, held, true),
        "Enter" => match held.spot.get() {
            Some(spot) => go(app, spot),
            None => return,
        },
        _ => return,
    }
    event.prevent_default();
}

/// Says the point after the last that was said, or before it.
fn next_point(app: &App, held: &Held, on: bool) {
    let session = app.store.read();
    let found = (|| {
        let (points, drawn) = session.drawn_plot()?;
        drawn.scene.neighbour(&points.plot, session.plot_clock()?, held.spot.get(), on)
    })();
    if let Some(spot) = found {
        held.spot.set(Some((spot.track, spot.point)));
        show(&session, Some(spot));
    }
}

/// Another plot, flow or clock was chosen.
pub(super) fn chosen(app: &App, id: &str, value: &str) {
    let wanted = match id {
        "plot-kind" => {
            PlotKind::ALL.into_iter().find(|kind| kind.name() == value).map(PlotChange::Kind)
        }
        "plot-flow" if value == "together" => Some(PlotChange::Flow(FlowChoice::Together)),
        "plot-flow" => value.parse().ok().map(|place| PlotChange::Flow(FlowChoice::One(place))),
        "plot-clock" => Some(PlotChange::OnLadder(value == "ladder")),
        _ => None,
    };
    if let Some(wanted) = wanted {
        change(&app.store, wanted);
    }
}

impl App {
    /// Does what a plot's button asks for.
    pub(super) fn plot(&self, command: PlotCommand) {
        let PlotShell { table, before, .. } = self.store.read().shell.plots;
        match command {
            PlotCommand::In => zoom(&self.store, CLOSER, None),
            PlotCommand::Out => zoom(&self.store, 1.0 / CLOSER, None),
            PlotCommand::Whole => change(&self.store, PlotChange::Domain(None)),
            PlotCommand::Table => change(&self.store, PlotChange::Table(!table)),
            PlotCommand::Before => change(&self.store, PlotChange::Before(!before)),
            PlotCommand::Csv | PlotCommand::Svg => copy(self, command == PlotCommand::Csv),
        }
    }
}

fn copy(app: &App, csv: bool) {
    let text = {
        let session = app.store.read();
        let (Some((points, drawn)), Some(run)) = (session.drawn_plot(), &session.run) else {
            return;
        };
        if csv {
            plot_csv(run.trace(), &points.plot, &points.titles, session.preferences.locale)
        } else {
            let theme = root().and_then(|root| root.get_attribute("data-theme"));
            let dark = theme.as_deref() == Some("dark");
            plot_svg(&drawn.scene, if dark { Theme::Dark } else { Theme::Light })
        }
    };
    let app = app.clone();
    spawn_local(async move {
        let copied = copy_text(&text).await;
        change(&app.store, PlotChange::Copied(Some(copied)));
        let said = move || change(&app.store, PlotChange::Copied(None));
        Timeout::new(SAID_MS, said).forget();
    });
}
