//! What was read: kept on this device, and nowhere else.

use tcpscope_lesson::course::Progress;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;

use crate::app::App;
use crate::browser::{recall, remember};
use crate::store::{Action, Teach};

/// What was read is kept under this name.
const PROGRESS: &str = "tcpscope.progress";

/// Keeps nothing any more; says whether the browser let us.
pub(super) fn forget() -> bool {
    remember(PROGRESS, &Progress::default().to_json())
}

impl App {
    /// What was kept of what was read, looked up once.
    pub(super) fn recall_progress(&self) {
        let known = !self.store.read().teaching.progress.is_empty();
        if known {
            return;
        }
        let kept = recall(PROGRESS).and_then(|text| Progress::from_json(&text).ok());
        self.keep_progress(kept.unwrap_or_default());
    }

    /// Keeps what was read, where the browser lets us.
    pub(super) fn keep_progress(&self, progress: Progress) {
        let kept = remember(PROGRESS, &progress.to_json());
        self.store.act(Action::Teach(Teach::Progress(progress, kept)));
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
            let outcome = match Progress::from_json(&text.unwrap_or_default()) {
                Ok(read) => {
                    let mut progress = app.store.read().teaching.progress.clone();
                    progress.merge(read);
                    app.keep_progress(progress);
                    Ok(())
                }
                Err(error) => Err(error.to_string()),
            };
            app.store.act(Action::Teach(Teach::Imported(outcome)));
        });
    }
}
