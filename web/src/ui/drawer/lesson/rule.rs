//! Why a rule is there: the run that has it and the run that has not, side by side, from where the
//! same packets come to something else.

use tcpscope_lesson::Part;
use tcpscope_lesson::course::SheetStop;

use crate::store::Reading;
use crate::ui::drawer::compare::rows;
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// Both runs at a stop of a lesson that asks why, while the figure shows its run.
pub(super) fn both(picture: &Picture<'_>, reading: &Reading, stop: &SheetStop) -> Option<El> {
    if reading.sheet.part != Part::Whys || !reading.shows_run(stop.run, picture.run) {
        return None;
    }
    stop.beside?;
    let rows = rows::rows(picture)?;
    let words = &picture.messages.lessons;
    let title = |place: usize| {
        let run = reading.sheet.runs.get(place)?;
        Some(if run.title.is_empty() { words.as_it_is.to_owned() } else { run.title.clone() })
    };
    let names = [title(stop.run)?, title(stop.beside?)?];
    let names = classed("p", "both-names")
        .add(el("b").text(names[0].clone()))
        .add(el("span").set("aria-hidden", "true").say("│"))
        .add(el("b").text(names[1].clone()));
    Some(classed("section", "both").set("aria-label", words.show_beside).add(names).add(rows))
}
