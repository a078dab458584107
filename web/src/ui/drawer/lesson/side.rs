//! Beside what is said: where to look, the run beside, what was checked, where the RFC says it.

use tcpscope_lesson::course::{Cited, Claimed, Place, SheetStop, Target};
use tcpscope_tcp::Timer;
use tcpscope_view::{Detail, Locale, PlotKind, header_field_name, host_title, segment_label};

use super::words::Writer;
use crate::store::{Reading, Tab};
use crate::ui::command::Command;
use crate::ui::drawer::plots::kind_name;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon};
use crate::ui::picture::Picture;
use crate::ui::teach::TeachCommand;

/// All that stands beside what is said at a stop.
pub(super) fn side(picture: &Picture<'_>, reading: &Reading, stop: &SheetStop) -> El {
    classed("div", "lesson-side")
        .maybe(run(picture, reading, stop))
        .maybe(looks(picture, stop))
        .maybe(checked(picture, &stop.claims))
        .maybe(cites(picture, &stop.rfc))
}

/// Which run it is, and which one is beside it.
fn run(picture: &Picture<'_>, reading: &Reading, stop: &SheetStop) -> Option<El> {
    let words = &picture.messages.lessons;
    let title = |place: usize| reading.sheet.runs.get(place).map(|run| run.title.clone());
    let in_run = title(stop.run).filter(|title| !title.is_empty());
    let in_run = in_run.map(|title| el("p").text(words.in_run.fill([&title])));
    let beside = beside(picture, reading, stop).map(|title| {
        let compare = button("button", Command::Tab(Tab::Compare)).say(words.show_beside);
        el("p").text(title).say(" ").add(compare)
    });
    if in_run.is_none() && beside.is_none() {
        return None;
    }
    Some(classed("div", "lesson-run").maybe(in_run).maybe(beside))
}

/// Which run is beside it, in words.
pub(super) fn beside(picture: &Picture<'_>, reading: &Reading, stop: &SheetStop) -> Option<String> {
    let words = &picture.messages.lessons;
    let title = reading.sheet.runs.get(stop.beside?)?.title.as_str();
    Some(words.beside.fill([if title.is_empty() { words.as_it_is } else { title }]))
}

/// What the figure is led to, each as a control that leads there again.
fn looks(picture: &Picture<'_>, stop: &SheetStop) -> Option<El> {
    let words = &picture.messages.lessons;
    if stop.point.is_empty() {
        return None;
    }
    let mut list = classed("ul", "looks").set("aria-label", words.look_at);
    for (place, target) in stop.point.iter().enumerate() {
        let look = button("look", Command::Teach(TeachCommand::Look(place)))
            .add(icon(icons::INSPECT))
            .add(el("span").text(target_name(picture, Target::parse(target))));
        list = list.add(el("li").add(look));
    }
    Some(el("div").add(classed("h3", "label").say(words.look_at)).add(list))
}

/// What a target is called.
fn target_name(picture: &Picture<'_>, target: Target<'_>) -> String {
    let words = &picture.messages.lessons;
    // In Chinese a name in Latin letters keeps its distance from the words around it.
    let gap = |latin: bool| if picture.locale == Locale::ZhCn && latin { " " } else { "" };
    let host = |name: &str| {
        let title = host_title(picture.locale, name);
        let gap = gap(title.is_ascii());
        title + gap
    };
    match target {
        // Several may be pointed at: each by its own words.
        Target::Packet(Some(name)) => {
            let found = picture.run.trace().packet_named(name);
            let label = found
                .map(|it| segment_label(picture.run.trace(), it, picture.numbers, Detail::Short));
            label.unwrap_or_else(|| words.target_packet.to_owned())
        }
        Target::Packet(None) => words.target_packet.to_owned(),
        Target::Ladder => words.target_ladder.to_owned(),
        Target::Diagram => words.target_diagram.to_owned(),
        Target::Header(None) => words.target_header.to_owned(),
        Target::Header(Some("flags")) => words.target_flags.to_owned(),
        // No header has a field for how much follows it.
        Target::Header(Some("len")) => words.target_len.to_owned(),
        Target::Header(Some(field)) => {
            words.target_field.fill([header_field_name(field, picture.locale).unwrap_or(field)])
        }
        Target::Octets => words.target_octets.to_owned(),
        Target::Envelopes => words.target_envelopes.to_owned(),
        Target::Checksum => words.target_checksum.to_owned(),
        Target::Log => words.target_log.to_owned(),
        Target::Link(from) => words.target_link.fill([&host(from)]),
        Target::Plot(kind) => {
            let found = PlotKind::ALL.into_iter().find(|known| known.name() == kind);
            found.map_or_else(String::new, |kind| kind_name(picture, kind))
        }
        Target::Of(name, place) => {
            let host = host(name);
            match place {
                Place::Whole => host,
                Place::State => words.target_state.fill([&host]),
                Place::SendWindow => words.target_sends.fill([&host]),
                Place::ReceiveWindow => words.target_receives.fill([&host]),
                Place::Application => words.target_application.fill([&host]),
                Place::Queues => words.target_queues.fill([&host]),
                Place::Timer(timer) => {
                    let timer = Timer::ALL.into_iter().find(|known| known.name() == timer);
                    let name = timer.map_or("", |timer| picture.messages.timer.name(timer));
                    words.target_timer.fill([&host, name])
                }
                Place::Variable(name) => {
                    let row = tcpscope_view::tcb_name(name, picture.locale).unwrap_or(name);
                    let gap = gap(row.starts_with(|first: char| first.is_ascii()));
                    words.target_of.fill([&host, &(gap.to_owned() + row)])
                }
            }
        }
    }
}

/// What the engine has checked; it unfolds.
fn checked(picture: &Picture<'_>, claims: &[Claimed]) -> Option<El> {
    let words = &picture.messages.lessons;
    if claims.is_empty() {
        return None;
    }
    let mut list = classed("ul", "claims");
    for claim in claims {
        let values = (!claim.values.is_empty())
            .then(|| classed("span", "claim-values num").text(claim.values.clone()));
        list = list.add(el("li").add(el("code").text(claim.text.clone())).maybe(values));
    }
    let summary = classed("summary", "quiet-button")
        .add(icon(icons::DONE))
        .add(el("span").text(words.checked.fill([&claims.len().to_string()])));
    let help = classed("p", "quiet").say(words.checked_help);
    Some(classed("details", "checked").add(summary).add(list).add(help))
}

fn cites(picture: &Picture<'_>, rfc: &[Cited]) -> Option<El> {
    if rfc.is_empty() {
        return None;
    }
    let mut line =
        classed("p", "cites").add(classed("span", "label").say(picture.messages.lessons.read_more));
    for cited in rfc {
        line = line.say(" ").add(cite(cited));
    }
    Some(line)
}

/// A section of an RFC, as a link to its text.
pub(super) fn cite(cited: &Cited) -> El {
    let Cited { rfc, section } = cited;
    let mut address = "https://www.rfc-editor.org/rfc/rfc".to_owned();
    address.push_str(&rfc.to_string());
    let mut name = "RFC ".to_owned();
    name.push_str(&rfc.to_string());
    if !section.is_empty() {
        address.push_str("#section-");
        address.push_str(section);
        name.push_str(" §");
        name.push_str(section);
    }
    classed("a", "cite")
        .write("href", address)
        .set("target", "_blank")
        .set("rel", "noreferrer")
        .text(name)
}

/// The mistakes that are seen at the stop that is read.
pub(super) fn traps_here(reading: &Reading, writer: &mut Writer<'_>) -> Vec<El> {
    let here = reading.sheet.traps.iter().filter(|trap| trap.stop == Some(reading.stop));
    here.map(|trap| writer.trap(trap, true)).collect()
}
