//! Saving a run as a file: nothing leaves the device.

use tcpscope_still::{Part, Still, View, csv, json, mermaid, tcpdump};
use tcpscope_view::Theme;

use super::{App, learn_now};
use crate::browser::{root, save, save_picture};
use crate::store::{Action, Arrange, ExportChange, FileKind, Session};
use crate::ui::ExportCommand;

/// Pixels of a picture for each of the figure's: sharp in print and on fine screens.
const SCALE: u32 = 2;

impl App {
    /// Does what the sheet asks for.
    pub(super) fn export(&self, command: ExportCommand) {
        let change = match command {
            ExportCommand::View(place) => ExportChange::View(place),
            ExportCommand::Whole(whole) => ExportChange::Whole(whole),
            ExportCommand::Save(kind) => return self.save(kind),
        };
        self.store.act(Action::Arrange(Arrange::Export(change)));
    }

    /// Makes a file, and hands it to the browser to be saved.
    fn save(&self, kind: FileKind) {
        learn_now(self.store.read().preferences.locale);
        let Some((name, contents)) = made(&self.store.read(), kind) else { return };
        let store = self.store.clone();
        let said = move |saved: bool| {
            let change = ExportChange::Saved(Some(saved.then_some(kind)));
            store.act(Action::Arrange(Arrange::Export(change)));
        };
        if kind == FileKind::Png {
            save_picture(&name, &contents, SCALE, said);
        } else {
            said(save(&name, kind.media_type(), &contents));
        }
    }
}

/// The file's name, and what is in it; of a picture, the drawing that it is made from.
fn made(session: &Session, kind: FileKind) -> Option<(String, String)> {
    let run = session.run.as_ref()?;
    let trace = run.trace();
    let (locale, numbers) = (session.preferences.locale, session.preferences.numbers);
    let title = run.scenario().title().in_locale(locale.tag()).to_owned();
    let shell = session.shell.export;
    let dark = root().and_then(|root| root.get_attribute("data-theme"));
    let still = || Still {
        view: View::ALL.get(shell.view).copied().unwrap_or_default(),
        moment: (!shell.whole).then(|| run.moment()),
        selection: session.selected(),
        locale,
        theme: if dark.as_deref() == Some("dark") { Theme::Dark } else { Theme::Light },
        numbers,
        title: Some(title.clone()),
        ..Still::of(trace)
    };
    let contents = match kind {
        FileKind::Svg | FileKind::Png => still().svg(),
        FileKind::Moving => still().animated(),
        FileKind::Mermaid => mermaid(trace, Part::default(), Some(&title), (locale, numbers)),
        FileKind::Text => tcpdump(trace, Part::default()),
        FileKind::Csv => csv(trace, Part::default(), locale, numbers),
        FileKind::Json => json(trace, Part::default(), locale),
    };
    Some(([run.scenario().id(), kind.ending()].concat(), contents))
}
