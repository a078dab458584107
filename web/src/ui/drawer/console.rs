//! What was done, as calls of the page API that do it again.

use tcpscope_sim::{Edit, Intervention};

use crate::store::{Done, Rearrange, Run, SPEEDS, Session};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el, whole};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::menus::Hand;
use crate::ui::picture::Picture;

/// The calls, the latest last.
pub(super) fn console(picture: &Picture<'_>) -> El {
    let words = &picture.messages.edit_sheets;
    let said = picture.session.shell.calls_copied.map(|copied| {
        let said = if copied { words.copied } else { words.copy_failed };
        classed("span", "said").say(said)
    });
    let head = classed("div", "edit-head")
        .add(
            button("button", Command::Hand(Hand::CopyCalls))
                .add(icons::icon(icons::COPY))
                .add(el("span").say(words.copy_all)),
        )
        .add(el("span").set("role", "status").maybe(said));
    let left_out = picture.session.journal.left_out();
    let mut list = classed("ol", "calls").set("aria-label", words.console);
    for (place, call) in calls(picture.session).into_iter().enumerate() {
        let copy = icon_button(icons::COPY, words.copy, "", Command::Hand(Hand::CopyCall(place)));
        list = list.add(el("li").key(place).add(el("code").text(call)).add(copy));
    }
    classed("div", "edit-sheet")
        .add(head)
        .add(classed("p", "hint").say(words.console_about))
        .maybe(
            (left_out > 0)
                .then(|| classed("p", "waits").text(words.left_out.fill([&left_out.to_string()]))),
        )
        .add(list)
}

/// What was done, a call each.
pub(crate) fn calls(session: &Session) -> Vec<String> {
    let Some(run) = &session.run else { return Vec::new() };
    session.journal.done().iter().map(|done| call(run, done)).collect()
}

fn call(run: &Run, done: &Done) -> String {
    match done {
        Done::Load { own, seed } => {
            let scenario =
                if *own { quoted(run.scenario().id()) } else { run.scenario().to_json() };
            let seed = seed.map_or_else(String::new, |seed| format!(", {{ seed: {seed} }}"));
            format!("await tcpscope.load({scenario}{seed})")
        }
        Done::Edit { edit, met: true } | Done::Adjusted(edit) => edit_call(run, edit),
        Done::Edit { edit, met: false } => by_text(run, edit),
        Done::Rearrange(Rearrange::Remove(place)) => format!("tcpscope.remove_edit({place})"),
        Done::Rearrange(Rearrange::Move { from, to }) => {
            format!("tcpscope.move_edit({from}, {to})")
        }
        Done::Rearrange(Rearrange::Replace(place, edit)) => {
            format!("tcpscope.replace_edit({place}, {})", quoted(&run.edit_text(edit)))
        }
        Done::Rearrange(Rearrange::Clear) => "tcpscope.clear_edits()".to_owned(),
        Done::Undo => "tcpscope.undo()".to_owned(),
        Done::Redo => "tcpscope.redo()".to_owned(),
        Done::Moment { at, back } => {
            let back = if *back == 0 { String::new() } else { format!("; tcpscope.step(-{back})") };
            format!("tcpscope.seek({}){back}", at.as_micros())
        }
        Done::Play(speed) => format!("tcpscope.play({{ speed: {} }})", speed_text(*speed)),
        Done::Speed(speed) => {
            format!("tcpscope.play({{ speed: {} }}); tcpscope.pause()", speed_text(*speed))
        }
        Done::Locale(locale) => format!("tcpscope.locale({})", quoted(locale.tag())),
        Done::Theme(theme) => format!("tcpscope.theme({})", quoted(theme.name())),
    }
}

/// An edit as the call that is shortest to read.
fn edit_call(run: &Run, edit: &Edit) -> String {
    let Edit::Packet(intervention) = edit else { return by_text(run, edit) };
    let (kind, more) = match *intervention {
        Intervention::Drop(_) => ("drop", String::new()),
        Intervention::Delay { by, .. } => ("delay", format!(", by_us: {}", by.as_micros())),
        Intervention::Duplicate { by, .. } => ("duplicate", format!(", by_us: {}", by.as_micros())),
        Intervention::Corrupt { bit, .. } => ("corrupt", format!(", bit: {bit}")),
        Intervention::Hold { until, .. } => ("hold", format!(", until_us: {}", until.as_micros())),
        Intervention::Swap { .. } => return by_text(run, edit),
    };
    let names = run.trace().hosts().iter().map(|host| host.name.as_str());
    let packet = quoted(&intervention.packet().to_text(names));
    format!("tcpscope.intervene({{ kind: \"{kind}\", packet: {packet}{more} }})")
}

fn by_text(run: &Run, edit: &Edit) -> String {
    format!("tcpscope.edit({})", quoted(&run.edit_text(edit)))
}

/// A text as JavaScript writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn speed_text(speed: f64) -> String {
    let known = SPEEDS.iter().find(|(known, _)| (known - speed).abs() < 1e-9);
    let hundredths = || {
        let hundredths = whole(speed * 100.0);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    known.map_or_else(hundredths, |(_, name)| (*name).to_owned())
}
