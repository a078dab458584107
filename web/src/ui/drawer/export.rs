//! The sheet from which a run is taken along: figures, and text for other programs.

use tcpscope_still::View;
use tcpscope_view::{Messages, PlotKind};

use crate::store::FileKind;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::export::ExportCommand;
use crate::ui::icons::button;
use crate::ui::picture::Picture;

/// The sheet.
pub(super) fn export(picture: &Picture<'_>) -> El {
    let words = &picture.messages.export;
    let shell = picture.session.shell.export;
    let mut figures = group(words.figure);
    for (place, view) in View::ALL.into_iter().enumerate() {
        let name = name(view, picture.messages);
        figures = figures.add(choice(name, shell.view == place, ExportCommand::View(place)));
    }
    let when = group(words.when)
        .add(choice(words.now, !shell.whole, ExportCommand::Whole(false)))
        .add(choice(words.whole, shell.whole, ExportCommand::Whole(true)));
    let save = |name, kind| button("button", Command::Export(ExportCommand::Save(kind))).say(name);
    let drawn = group(words.as_figure)
        .add(save(words.svg, FileKind::Svg))
        .add(save(words.png, FileKind::Png))
        .add(save(words.moving, FileKind::Moving).set("title", words.moving_about));
    let written = group(words.as_text)
        .add(save(words.mermaid, FileKind::Mermaid))
        .add(save(words.text, FileKind::Text))
        .add(save(words.csv, FileKind::Csv))
        .add(save(words.json, FileKind::Json));
    let said = shell.saved.map(|saved| match saved {
        Some(kind) => {
            let id = picture.run.scenario().id();
            el("span").text(words.done.fill([&[id, kind.ending()].concat()]))
        }
        None => el("span").say(words.failed),
    });
    classed("div", "edit-sheet export-sheet")
        .add(classed("p", "hint").say(words.about))
        .add(figures)
        .add(when)
        .add(drawn)
        .add(written)
        .add(classed("p", "said").set("role", "status").maybe(said))
}

fn group(name: &'static str) -> El {
    classed("div", "export-group")
        .set("role", "group")
        .set("aria-label", name)
        .add(classed("span", "label").set("aria-hidden", "true").say(name))
}

fn choice(name: &'static str, chosen: bool, command: ExportCommand) -> El {
    button("button", Command::Export(command)).flag("aria-pressed", chosen).say(name)
}

const fn name(view: View, words: &Messages) -> &'static str {
    match view {
        View::Ladder => words.export.ladder,
        View::All => words.export.all,
        View::Panels => words.export.panels,
        View::States => words.diagram.label,
        View::Plot(PlotKind::Sequence) => words.plots.sequence,
        View::Plot(PlotKind::Congestion) => words.plots.congestion,
        View::Plot(PlotKind::Flight) => words.plots.flight,
        View::Plot(PlotKind::RoundTrip) => words.plots.round_trip,
        View::Plot(PlotKind::Throughput) => words.plots.throughput,
        View::Plot(PlotKind::Queue) => words.plots.queue,
    }
}
