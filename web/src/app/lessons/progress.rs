//! What was read, and what is asked again: kept on this device, and nowhere else.

use tcpscope_lesson::course::Progress;
use tcpscope_quiz::{Review, StateProblem, trouble_in_words};
use tcpscope_view::Locale;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;

use crate::app::{App, today};
use crate::browser::{recall, remember};
use crate::store::{Action, Teach, Unread};

/// What was read is kept under this name.
const PROGRESS: &str = "tcpscope.progress";

/// And under this one what was kept and cannot be read: by a page that is older than the one that
/// kept it, for one.
const UNREAD: &str = "tcpscope.progress.unread";

/// Keeps nothing any more; says whether the browser let us.
pub(super) fn forget() -> bool {
    remember(PROGRESS, &Progress::default().to_json()) && remember(UNREAD, "")
}

/// What stands in a text, or what is wrong with it.
fn read(text: &str, locale: Locale) -> Result<Progress, String> {
    let progress = Progress::from_json(text).map_err(|error| error.to_string())?;
    // A review of another version is not taken apart line by line.
    let (_, troubles) = Review::from_text(&progress.review());
    let other = troubles.iter().find(|trouble| trouble.problem == StateProblem::Head);
    match other {
        Some(trouble) => Err(trouble_in_words(trouble, locale)),
        None => Ok(progress),
    }
}

/// What was read here and there, and what is asked again.
fn joined(mut here: Progress, there: Progress) -> Progress {
    let (mut review, _) = Review::from_text(&here.review());
    review.merge(&Review::from_text(&there.review()).0);
    here.merge(there);
    if !review.is_empty() {
        here.set_review(&review.to_text());
    }
    here
}

impl App {
    /// What was kept of what was read, looked up once.
    pub(crate) fn recall_progress(&self) {
        let today = today();
        if self.store.read().teaching.today != today {
            self.store.act(Action::Teach(Teach::Today(today)));
        }
        let known = !self.store.read().teaching.progress.is_empty();
        if known {
            return;
        }
        let locale = self.store.read().preferences.locale;
        if let Some(text) = recall(UNREAD).filter(|text| !text.is_empty()) {
            let why = read(&text, locale).err().unwrap_or_default();
            self.store.act(Action::Teach(Teach::Unread(Unread { text, why })));
        }
        let kept = recall(PROGRESS).and_then(|text| read(&text, locale).ok());
        self.keep_progress(kept.unwrap_or_default());
    }

    /// Keeps what was read, where the browser lets us; what another tab has kept meanwhile is kept too.
    pub(in crate::app) fn keep_progress(&self, progress: Progress) {
        let locale = self.store.read().preferences.locale;
        let there = recall(PROGRESS);
        let (progress, may) = match there.as_deref().map(|text| read(text, locale)) {
            Some(Ok(there)) => (joined(progress, there), true),
            Some(Err(why)) => (progress, self.put_aside(&there.unwrap_or_default(), why)),
            None => (progress, true),
        };
        // Nothing is written over what could not be put aside.
        let kept = may && remember(PROGRESS, &progress.to_json());
        self.store.act(Action::Teach(Teach::Progress(progress, kept)));
    }

    /// Puts what cannot be read where it is not written over; says whether the browser let us.
    fn put_aside(&self, found: &str, why: String) -> bool {
        let mut text = recall(UNREAD).unwrap_or_default();
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(found);
        let is_aside = remember(UNREAD, &text);
        self.store.act(Action::Teach(Teach::Unread(Unread { text, why })));
        is_aside
    }

    /// Another tab has kept something: what was read there was read here, and what was erased there is
    /// erased here.
    pub(in crate::app) fn hear_progress(&self) {
        let (known, locale) = {
            let session = self.store.read();
            (session.teaching.today > 0, session.preferences.locale)
        };
        let there = recall(PROGRESS).filter(|_| known);
        // What a newer page has kept is that page's to read.
        let Some(there) = there.and_then(|text| read(&text, locale).ok()) else { return };
        let here = self.store.read().teaching.progress.clone();
        let both = if there.is_empty() { there } else { joined(here.clone(), there) };
        if both != here {
            self.store.act(Action::Teach(Teach::Progress(both, true)));
        }
    }

    /// What was erased is there again.
    pub(super) fn bring_back(&self) {
        let (erased, unread) = {
            let teaching = &self.store.read().teaching;
            (teaching.erased.clone(), teaching.unread.clone())
        };
        if let Some(unread) = unread {
            // Where nothing is kept, that is told beside what was read.
            remember(UNREAD, &unread.text);
        }
        if let Some(erased) = erased {
            self.keep_progress(erased);
        }
    }

    /// Notes that a stop was read.
    pub(super) fn was_read(&self) {
        let read = {
            let session = self.store.read();
            let Some(reading) = &session.teaching.reading else { return };
            let Some(stop) = reading.stop() else { return };
            let mut progress = session.teaching.progress.clone();
            progress.read(&reading.sheet.id, &stop.id).then_some(progress)
        };
        if let Some(progress) = read {
            self.keep_progress(progress);
        }
    }

    /// A file of progress was chosen: what stands in it is added.
    pub(in crate::app) fn import(&self, input: &HtmlInputElement) {
        let file = input.files().and_then(|files| files.item(0));
        let Some(file) = file else { return };
        let app = self.clone();
        input.set_value("");
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let locale = app.store.read().preferences.locale;
            let outcome = read(&text.unwrap_or_default(), locale).map(|read| {
                let here = app.store.read().teaching.progress.clone();
                app.keep_progress(joined(here, read));
            });
            app.store.act(Action::Teach(Teach::Imported(outcome)));
        });
    }
}
