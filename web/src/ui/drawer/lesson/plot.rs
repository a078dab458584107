//! The plots that a stop points at, small, beneath what is said of them. Each opens the large one.

use tcpscope_lesson::course::{SheetStop, Target};
use tcpscope_view::PlotKind;

use super::side;
use crate::store::{Reading, SMALL};
use crate::ui::command::Command;
use crate::ui::drawer::plots::kind_name;
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::icons::button;
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;

/// So many have room beneath a few sentences.
const AT_MOST: usize = 2;

/// The plots of a stop, while the figure shows its run.
pub(super) fn plots(picture: &Picture<'_>, reading: &Reading, stop: &SheetStop) -> Vec<El> {
    if !reading.shows_run(stop.run, picture.run) {
        return Vec::new();
    }
    let kind = |name: &str| PlotKind::ALL.into_iter().find(|kind| kind.name() == name);
    let pointed = stop.point.iter().enumerate().filter_map(|(place, target)| {
        let Target::Plot(name) = Target::parse(target) else { return None };
        Some((place, kind(name)?))
    });
    let beside = side::beside(picture, reading, stop);
    pointed
        .take(AT_MOST)
        .filter_map(|(place, kind)| plot(picture, place, kind, beside.as_deref()))
        .collect()
}

/// One of them. What is still to come is veiled, as in the large one.
fn plot(picture: &Picture<'_>, place: usize, kind: PlotKind, beside: Option<&str>) -> Option<El> {
    let small = picture.session.small_plot(kind, beside.is_some())?;
    let area = small.scene.area;
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    let mut svg = String::from("<svg class=\"plot\" aria-hidden=\"true\" viewBox=\"0 0 ");
    for part in [&tenths(SMALL.0), " ", &tenths(SMALL.1), "\">", &small.marks] {
        svg.push_str(part);
    }
    if let Some(now) = small.now(picture.session) {
        let (x, top, bottom) = (tenths(now), tenths(area.y), tenths(bottom));
        let to_come = ["H", &tenths(right), "V", &bottom, "H", &x, "Z"];
        for (class, rest) in [("to-come", &to_come[..]), ("present", &["V", &bottom][..])] {
            for part in ["<path class=\"", class, "\" d=\"M", &x, " ", &top] {
                svg.push_str(part);
            }
            rest.iter().for_each(|part| svg.push_str(part));
            svg.push_str("\"/>");
        }
    }
    svg.push_str("</svg>");
    let name = kind_name(picture, kind);
    let open = button("lesson-plot", Command::Teach(TeachCommand::Look(place)))
        .write("aria-label", name.clone())
        .write("title", name.clone())
        .raw(svg.into());
    let ghost = beside.filter(|_| small.has_ghost);
    let ghost = ghost.map(|title| classed("span", "lesson-ghost").text(title.to_owned()));
    let caption = el("figcaption").add(el("b").text(name)).maybe(ghost);
    Some(classed("figure", "lesson-figure").add(caption).add(open))
}
