//! What is done to a plot by hand: pointing, zooming, moving along; and what moves in it with each
//! frame, which Yew renders none of.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use tcpscope_view::{PlotKind, PlotSpot, Point, Theme, plot_csv, plot_svg};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent, ResizeObserver,
    WheelEvent,
};
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
/// A pointer that moved no further than this has tapped.
const TAP: f64 = 6.0;
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
            on("pointerdown", down),
            on("pointermove", moved),
            on("pointerup", up),
            on("pointercancel", |_, held, _| held.pointers.borrow_mut().clear()),
            on("pointerleave", |app, _, _| show(&app.store.read(), None)),
            on("wheel", wheel),
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

fn place_of(event: &MouseEvent) -> Option<Point> {
    let figure: Element = event.current_target()?.dyn_into().ok()?;
    let corner = figure.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(Point::new(x - corner.left(), y - corner.top()))
}

fn down(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let Some(at) = place_of(event).filter(|_| event.button() == 0) else { return };
    let finger = Finger { id: event.pointer_id(), from: at, at };
    let mut pointers = held.pointers.borrow_mut();
    pointers.retain(|other| other.id != finger.id);
    pointers.push(finger);
    held.domain.set(app.store.read().drawn_plot().map(|(_, drawn)| drawn.scene.domain));
    // Each begins where it is now.
    for finger in &mut *pointers {
        finger.from = finger.at;
    }
    if let Some(figure) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
        // A pointer that has gone is not caught: then there is nothing to follow.
        let _ = figure.set_pointer_capture(finger.id);
    }
}

fn moved(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let Some(at) = place_of(event) else { return };
    let fingers = {
        let mut pointers = held.pointers.borrow_mut();
        if let Some(finger) = pointers.iter_mut().find(|finger| finger.id == event.pointer_id()) {
            finger.at = at;
        }
        pointers.clone()
    };
    match fingers.as_slice() {
        [] => {
            let session = app.store.read();
            show(&session, nearest(&session, at));
        }
        [finger] if is_touch(event) => drag(app, held, *finger),
        [finger] => mark(app, Some(*finger)),
        [first, second, ..] => pinch(app, held, *first, *second),
    }
}

fn up(app: &App, held: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
    let finger = {
        let mut pointers = held.pointers.borrow_mut();
        let place = pointers.iter().position(|finger| finger.id == event.pointer_id());
        let alone = pointers.len() == 1;
        place.map(|place| pointers.remove(place)).filter(|_| alone)
    };
    mark(app, None);
    let Some(Finger { from, at, .. }) = finger else { return };
    if (at.x - from.x).abs() > TAP && !is_touch(event) {
        let domain = app.store.read().drawn_plot().map(|(_, drawn)| {
            let (left, right) = (from.x.min(at.x), from.x.max(at.x));
            let area = drawn.scene.area;
            let inside = |x: f64| drawn.scene.place(x.max(area.x).min(area.x + area.width));
            (inside(left), inside(right))
        });
        change(&app.store, PlotChange::Domain(domain));
    } else if at.distance(from) <= TAP {
        let spot = nearest(&app.store.read(), at);
        if let Some(spot) = spot {
            held.spot.set(Some((spot.track, spot.point)));
            go(app, (spot.track, spot.point));
        }
    }
}

/// A finger moves along.
fn drag(app: &App, held: &Held, finger: Finger) {
    let far = finger.at.x - finger.from.x;
    let Some((from, to)) = held.domain.get().filter(|_| far.abs() > TAP) else { return };
    let domain = app.store.read().drawn_plot().map(|(_, drawn)| {
        let by = -far / drawn.scene.area.width * (to - from);
        (from + by, to + by)
    });
    if app.store.read().shell.plots.domain.is_some() {
        put(&app.store, domain);
    }
}

/// Two fingers move along, and zoom.
fn pinch(app: &App, held: &Held, first: Finger, second: Finger) {
    let Some((from, to)) = held.domain.get() else { return };
    let domain = app.store.read().drawn_plot().map(|(_, drawn)| {
        let area = drawn.scene.area;
        let place = |x: f64| from + (x - area.x) / area.width * (to - from);
        let apart = |a: f64, b: f64| (a - b).abs().max(24.0);
        let part = apart(first.from.x, second.from.x) / apart(first.at.x, second.at.x);
        let began = place(f64::midpoint(first.from.x, second.from.x));
        let ends = place(f64::midpoint(first.at.x, second.at.x));
        // What was between the fingers stays between them.
        let left = began - (ends - from) * part;
        (left, left + (to - from) * part)
    });
    put(&app.store, domain);
}

/// Shows the stretch that is being dragged over.
fn mark(app: &App, finger: Option<Finger>) {
    let Some(range) = element("plot-range") else { return };
    let wide = finger.filter(|finger| (finger.at.x - finger.from.x).abs() > TAP);
    style(&range, "display", if wide.is_some() { "block" } else { "none" });
    let Some((finger, (_, drawn))) = wide.zip(app.store.read().drawn_plot()) else { return };
    let (left, right) = (finger.from.x.min(finger.at.x), finger.from.x.max(finger.at.x));
    style(&range, "left", &format!("{}px", tenths(left - drawn.scene.area.x)));
    style(&range, "width", &format!("{}px", tenths(right - left)));
}

fn is_touch(event: &PointerEvent) -> bool {
    event.pointer_type() == "touch"
}

fn wheel(app: &App, _: &Held, event: &Event) {
    let Some(event) = event.dyn_ref::<WheelEvent>() else { return };
    event.prevent_default();
    let lines = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { 20.0 };
    let (x, y) = (event.delta_x() * lines, event.delta_y() * lines);
    if x.abs() > y.abs() || event.shift_key() {
        let by = if x.abs() > y.abs() { x } else { y };
        along(&app.store, by / 1000.0);
    } else if let Some(at) = place_of(event) {
        let steps = (y / 160.0).clamp(-2.0, 2.0);
        let part = if steps < 0.0 { 1.0 + steps * 0.25 } else { 1.0 / (1.0 - steps * 0.25) };
        zoom(&app.store, part, Some(at.x));
    }
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
