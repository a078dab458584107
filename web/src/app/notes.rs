//! The speaker's window: what happens now, what comes next, and what was noted about it.

use std::cell::RefCell;
use std::ops::Range;

use tcpscope_sim::{HostId, Note, Place, RecordId};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, duration_text, host_title, narrate};
use web_sys::{Document, Element, Window};

use super::{App, keyboard};
use crate::browser::{Listener, document, root, window};
use crate::store::{Action, Store};
use crate::store::{Change, Notice, NoticeKind, Run, Session, Subscription};

/// The speaker's window, once it has been opened.
#[derive(Default)]
pub(crate) struct Notes(RefCell<Option<Open>>);

struct Open {
    window: Window,
    _keys: Option<Listener>,
    _subscription: Subscription,
}

/// Opens the speaker's window, or brings it to the front.
pub(super) fn open(app: &App) {
    let there = app.notes.0.borrow().as_ref().map(|open| open.window.clone());
    if let Some(there) = there.filter(|window| !window.closed().unwrap_or(true)) {
        // A window that does not come to the front is still there.
        let _ = there.focus();
        return;
    }
    let opened = window().open_with_url_and_target_and_features(
        "",
        "tcpscope-notes",
        "popup,width=560,height=720",
    );
    let Some(opened) = opened.ok().flatten() else {
        let detail = app.store.read().messages().present.refused.to_owned();
        app.store.act(Action::Tell(Some(Notice { kind: NoticeKind::NoWindow, detail })));
        return;
    };
    let keys = {
        let app = app.clone();
        Listener::new(&opened, "keydown", move |event| keyboard::press_elsewhere(&app, &event))
    };
    let shown = opened.clone();
    let subscription = app.store.subscribe(move |store, change| {
        if change != Change::Moved && !shown.closed().unwrap_or(true) {
            write(store, &shown);
        }
    });
    write(&app.store, &opened);
    *app.notes.0.borrow_mut() =
        Some(Open { window: opened, _keys: Some(keys), _subscription: subscription });
}

/// Writes the window anew.
fn write(store: &Store, notes: &Window) {
    let Some(page) = notes.document() else { return };
    let session = store.read();
    let Some(body) = page.body() else { return };
    dress(&page, &session);
    body.set_class_name("notes");
    body.set_text_content(None);
    // Everything here is what the window is for.
    let Ok(main) = page.create_element("main") else { return };
    let _ = body.append_child(&main);
    let sheet = Sheet { page: &page, body: &main };
    let words = &session.messages().present;
    let Some(run) = &session.run else { return };
    let (trace, locale) = (run.trace(), session.preferences.locale);
    let present = run.moment().record;
    sheet.add("h1", "", run.scenario().title().in_locale(locale.tag()));
    let step = trace.event_of(present);
    let at = duration_text(run.moment().at.since(Instant::ZERO));
    sheet.add(
        "p",
        "num",
        &words.place.fill([
            &at,
            &(present.index() + 1).to_string(),
            &trace.records().len().to_string(),
        ]),
    );
    for host in run.hosts() {
        sheet.add("p", "num", &state(run, locale, host));
    }
    sheet.add("h2", "label", words.now);
    sheet.told(&session, run, present, true);
    sheet.noted(run, locale, &step);
    sheet.add("h2", "label", words.next);
    match trace.records().get(step.end) {
        Some(next) => sheet.told(&session, run, next.id, false),
        None => sheet.add("p", "quiet", words.end),
    }
    sheet.add("p", "quiet", words.keys);
}

/// Language, theme and style sheet are the page's.
fn dress(page: &Document, session: &Session) {
    page.set_title(session.messages().present.notes);
    let (Some(theirs), Some(ours)) = (page.document_element(), root()) else { return };
    for name in ["lang", "data-theme"] {
        // Setting an attribute to a word cannot fail.
        let _ = theirs.set_attribute(name, &ours.get_attribute(name).unwrap_or_default());
    }
    let dressed = page.query_selector("link[rel=stylesheet]").ok().flatten().is_some();
    let (false, Some(head)) = (dressed, page.head()) else { return };
    let Ok(sheets) = document().query_selector_all("link[rel=stylesheet]") else { return };
    for place in 0..sheets.length() {
        let Some(sheet) = sheets.item(place) else { continue };
        let sheet: Element = wasm_bindgen::JsCast::unchecked_into(sheet);
        let Ok(link) = page.create_element("link") else { continue };
        let href = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlLinkElement>(sheet).href();
        let _ = link.set_attribute("rel", "stylesheet");
        let _ = link.set_attribute("href", &href);
        let _ = head.append_child(&link);
    }
}

/// Where a host's connection stands, in a line.
fn state(run: &Run, locale: Locale, host: HostId) -> String {
    let name = host_title(locale, &run.trace().host(host).name);
    format!("{name}: {}", run.trace().status(host, run.moment().record).state)
}

struct Sheet<'a> {
    page: &'a Document,
    body: &'a Element,
}

impl Sheet<'_> {
    fn add(&self, kind: &str, class: &str, text: &str) {
        if let Ok(element) = self.page.create_element(kind) {
            element.set_class_name(class);
            element.set_text_content(Some(text));
            let _ = self.body.append_child(&element);
        }
    }

    /// A step in sentences: as far as it has come, or all of it.
    fn told(&self, session: &Session, run: &Run, record: RecordId, so_far: bool) {
        let (locale, numbers) = (session.preferences.locale, session.preferences.numbers);
        for told in narrate(locale, run.trace(), record, numbers) {
            if so_far && told.record > record {
                break;
            }
            self.add("p", "what", &told.what);
            for because in told.why {
                let text = format!("{} ({})", because.text, because.citation);
                self.add("p", "why", &text);
            }
        }
    }

    /// What was noted about the present step.
    fn noted(&self, run: &Run, locale: Locale, step: &Range<usize>) {
        for annotation in run.timeline().annotations() {
            let about = match run.trace().place_of(annotation.anchor) {
                Place::Record(record) => record,
                Place::Packet(packet) => run.trace().packet(packet).sent_by,
                Place::Lost => continue,
            };
            let Note::Text(texts) = &annotation.note else { continue };
            let text = texts.iter().find(|(tag, _)| tag == locale.tag()).or(texts.first());
            if let Some((_, text)) = text.filter(|_| step.contains(&about.index())) {
                self.add("p", "noted", text);
            }
        }
    }
}
