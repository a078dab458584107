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
        let aside = recall(UNREAD).filter(|text| !text.is_empty());
        let kept = recall(PROGRESS);
        match kept.as_deref().map(|text| read(text, locale)) {
            Some(Err(why)) => {
                let mut text = aside.unwrap_or_default();
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&kept.unwrap_or_default());
                let is_aside = remember(UNREAD, &text);
                self.store.act(Action::Teach(Teach::Unread(Unread { text, why })));
                if is_aside {
                    self.keep_progress(Progress::default());
                } else {
                    // Nothing is written over what could not be put aside.
                    self.store.act(Action::Teach(Teach::Progress(Progress::default(), false)));
                }
            }
            found => {
                if let Some(text) = aside {
                    let why = read(&text, locale).err().unwrap_or_default();
                    self.store.act(Action::Teach(Teach::Unread(Unread { text, why })));
                }
                self.keep_progress(found.and_then(Result::ok).unwrap_or_default());
            }
        }
    }

    /// Keeps what was read, where the browser lets us.
    pub(in crate::app) fn keep_progress(&self, progress: Progress) {
        let kept = remember(PROGRESS, &progress.to_json());
        self.store.act(Action::Teach(Teach::Progress(progress, kept)));
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
                let mut progress = app.store.read().teaching.progress.clone();
                let (mut review, _) = Review::from_text(&progress.review());
                review.merge(&Review::from_text(&read.review()).0);
                progress.merge(read);
                if !review.is_empty() {
                    progress.set_review(&review.to_text());
                }
                app.keep_progress(progress);
            });
            app.store.act(Action::Teach(Teach::Imported(outcome)));
        });
    }
}
