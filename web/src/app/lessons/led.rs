//! The figure is led to what is spoken of: it has a quiet outline, and it is brought into sight.

use std::cell::{Cell, RefCell};

use tcpscope_lesson::course::{Place, Target};
use tcpscope_sim::HostId;
use tcpscope_tcp::Timer;
use tcpscope_view::{PlotKind, header_field_name, tcb_name};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::sight::bring_into_sight;
use super::{App, BOOK};
use crate::browser::{document, element};
use crate::store::{Action, Arrange, Layout, PlotChange, Session, Size, Tab};
use crate::ui::tenths;

/// What was led to, so that it is brought into sight once.
#[derive(Default)]
pub(in crate::app) struct Led {
    /// The lesson and the stop that were last shown.
    shown: RefCell<Option<(String, usize, Option<u32>)>>,
    term: Cell<Option<usize>>,
}

/// The attribute of what is spoken of.
const LED: &str = "data-led";

impl Led {
    /// After each rendering.
    pub(in crate::app) fn tend(&self, app: &App) {
        if app.store.read().teaching.book.is_some() {
            show_book();
        }
        self.mark(app);
        self.place_card(app);
    }

    /// Outlines what is spoken of, and nothing else.
    fn mark(&self, app: &App) {
        let session = app.store.read();
        let reading = session.teaching.reading.as_ref();
        let was_led = self.shown.borrow().is_some();
        if reading.is_none() && !was_led {
            return;
        }
        for marked in all(&format!("[{LED}]")) {
            // An attribute that is there can be taken away.
            let _ = marked.remove_attribute(LED);
        }
        let Some(reading) = reading else {
            self.shown.borrow_mut().take();
            return;
        };
        let record = session.run.as_ref().map(|run| run.moment().record.0);
        let here = Some((reading.sheet.id.clone(), reading.stop, record));
        let is_new = *self.shown.borrow() != here;
        let is_another =
            self.shown.borrow().as_ref().is_none_or(|(lesson, ..)| *lesson != reading.sheet.id);
        self.shown.replace(here);
        if session.is_away() {
            return;
        }
        let Some(stop) = reading.stop() else { return };
        let mut led = Vec::new();
        for target in &stop.point {
            for found in places(&session, Target::parse(target)) {
                // A name and no value cannot be refused.
                let _ = found.set_attribute(LED, "");
                led.push(found);
            }
        }
        if is_another {
            all(".side").iter().for_each(|side| side.set_scroll_top(0));
        }
        if is_new {
            bring_into_sight(&led);
        }
        if is_new && let Some(panel) = element("tab-panel").filter(|_| shows_lesson(&session)) {
            panel.set_scroll_top(0);
        }
    }

    /// Puts a definition that has just opened beside its word, and the focus into it.
    fn place_card(&self, app: &App) {
        let open = app.store.read().teaching.term.as_ref().map(|term| term.place);
        let is_new = self.term.replace(open) != open;
        let Some(place) = open else { return };
        let (Some(card), Some(word)) = (element("term-card"), element(&crate::ui::term_id(place)))
        else {
            return;
        };
        let at = word.get_bounding_client_rect();
        let size = card.get_bounding_client_rect();
        // While presenting the page is drawn larger: places on the screen are not those in the page.
        let scale = size.width() / f64::from(card.offset_width().max(1));
        let window = document().document_element();
        let room = window.map_or((0, 0), |root| (root.client_width(), root.client_height()));
        let (wide, high) = (f64::from(room.0), f64::from(room.1));
        let left = at.left().min(wide - size.width() - 8.0).max(8.0);
        let below = at.bottom() + 6.0;
        let above = at.top() - 6.0 - size.height();
        let top = if below + size.height() < high || above < 8.0 { below } else { above };
        let style = card.style();
        for (side, length) in [("left", left / scale), ("top", top / scale)] {
            // A length in pixels is always taken.
            let _ = style.set_property(side, &format!("{}px", tenths(length)));
        }
        if is_new {
            // A definition takes the focus.
            let _ = card.focus();
        }
    }
}

fn shows_lesson(session: &Session) -> bool {
    session.shell.shown_tab() == Tab::Lesson
}

/// The book is a dialog that the browser opens: it keeps the focus in it.
fn show_book() {
    let dialog = element(BOOK).and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
        // Refused only where it is no longer in the document.
        let _ = dialog.show_modal();
    }
}

/// All elements that fit a selector.
fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

/// The place of a host's panel.
fn side_of(session: &Session, host: &str) -> Option<usize> {
    let run = session.run.as_ref()?;
    let place = run.trace().hosts().iter().position(|known| known.name == host)?;
    let picks = session.shell.sides.picks;
    picks.iter().position(|pick| pick.host.index() == place)
}

/// What a target is on the page, as far as it shows.
fn places(session: &Session, target: Target<'_>) -> Vec<HtmlElement> {
    match target {
        Target::Diagram => all(".diagram"),
        Target::Log => all(".log .row[aria-current]"),
        Target::Octets => all(".hex"),
        Target::Envelopes => all(".envelopes"),
        Target::Header(None) => all(".bits"),
        Target::Header(Some("flags")) => all(".bits [data-kind^=flag]"),
        Target::Header(Some(field)) => {
            let name = header_field_name(field, session.preferences.locale);
            let cells = all(".bits [data-name]").into_iter();
            cells
                .filter(|cell| cell.get_attribute("data-name").as_deref() == name)
                .take(1)
                .collect()
        }
        Target::Checksum => all(".sums"),
        Target::Plot(_) => all(".plots"),
        // A segment that is spoken of is selected; the canvas draws it so.
        Target::Packet(_) | Target::Ladder | Target::Link(_) => Vec::new(),
        Target::Of(host, place) => {
            let Some(side) = side_of(session, host) else { return Vec::new() };
            let panels = all(".endpoint");
            // On a desk there are two panels, on a phone the one of the sheet that shows.
            let panel = match session.shell.layout {
                Layout::Phone => panels.first(),
                Layout::Desk | Layout::Tablet => panels.get(side),
            };
            let Some(panel) = panel else { return Vec::new() };
            of_panel(session, panel, place).into_iter().collect()
        }
    }
}

fn of_panel(session: &Session, panel: &HtmlElement, place: Place<'_>) -> Option<HtmlElement> {
    let one = |selector: &str| -> Option<HtmlElement> {
        panel.query_selector(selector).ok().flatten()?.dyn_into().ok()
    };
    let locale = session.preferences.locale;
    match place {
        Place::Whole => one(".endpoint-head"),
        Place::State => one(".endpoint-head .chip"),
        Place::SendWindow => one("[data-ribbon$=sent]"),
        Place::ReceiveWindow => one("[data-ribbon$=received]"),
        Place::Application => one(".program"),
        Place::Queues => one(".queue-head"),
        Place::Timer(name) => {
            let timer = Timer::ALL.into_iter().find(|timer| timer.name() == name)?;
            let said = session.messages().timer.name(timer);
            with_text(panel, ".timers li", "span", said)
        }
        Place::Variable(name) => {
            let row = tcb_name(name, locale)?;
            let found = with_text(panel, ".tcb tr", "th", row);
            found.or_else(|| with_text(panel, ".tcb tr", "th", "RecoveryPoint"))
        }
    }
}

/// The first element of these in which one of those says exactly this.
fn with_text(panel: &HtmlElement, selector: &str, within: &str, text: &str) -> Option<HtmlElement> {
    let found = panel.query_selector_all(selector).ok()?;
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into::<HtmlElement>().ok()).find(
        |row| {
            let said = |it: Element| it.text_content().is_some_and(|said| said == text);
            row.query_selector(within).ok().flatten().is_some_and(said)
        },
    )
}

impl App {
    /// Leads to one of the things that a stop points at: opens the sheet in which it is to be seen,
    /// where there is one.
    pub(super) fn look_at(&self, place: usize) {
        let (target, away) = {
            let session = self.store.read();
            let Some(reading) = &session.teaching.reading else { return };
            let target = reading.stop().and_then(|stop| stop.point.get(place).cloned());
            (target, session.is_away())
        };
        let Some(target) = target else { return };
        if away {
            self.step(super::Step::Here);
        }
        let target = Target::parse(&target);
        let shell = self.store.read().shell;
        let tab = match target {
            Target::Diagram => Some(Tab::States),
            Target::Log => Some(Tab::Log),
            Target::Header(_) | Target::Octets | Target::Envelopes | Target::Checksum => {
                Some(Tab::Segment)
            }
            Target::Plot(kind) => {
                let kind = PlotKind::ALL.into_iter().find(|known| known.name() == kind);
                if let Some(kind) = kind {
                    self.store.act(Action::Arrange(Arrange::Plots(PlotChange::Kind(kind))));
                }
                Some(Tab::Plots)
            }
            Target::Of(host, _) if shell.layout == Layout::Phone => {
                let side = side_of(&self.store.read(), host);
                side.map(|side| Tab::Endpoint(HostId(u8::try_from(side).unwrap_or(0))))
            }
            Target::Packet(_) | Target::Ladder | Target::Link(_) | Target::Of(..) => None,
        };
        if let Some(tab) = tab {
            if shell.shown_tab() != tab || shell.shown_size() == Size::Shut {
                self.store.act(Action::Arrange(Arrange::Tab(tab)));
            }
            return;
        }
        if let Target::Packet(Some(name)) = target {
            let packet = self.store.read().packet_id(name);
            self.store.act(Action::Select(packet));
        }
        self.store.act(Action::Arrange(Arrange::Follow(true)));
        if shell.layout == Layout::Tablet
            && let Target::Of(host, _) = target
            && let Some(side) = side_of(&self.store.read(), host)
            && let Some(folded) = all("details.stage-host").get(side)
        {
            // An attribute without a value cannot be refused.
            let _ = folded.set_attribute("open", "");
        }
        let found = places(&self.store.read(), target);
        bring_into_sight(&found);
    }
}
