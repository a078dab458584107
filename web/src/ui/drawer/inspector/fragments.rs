//! The fragments that a packet travels in, as parts of what it carries.

use tcpscope_view::{FragmentRow, Sight, fragments as scene};

use super::Shown;
use crate::store::Look;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;

/// The fragments; nothing, where the packet travels in one piece.
pub(super) fn fragments(shown: &Shown<'_>) -> Option<El> {
    let picture = shown.picture;
    let words = &picture.messages.inspect;
    let rows = scene(picture.trace, shown.index);
    let whole = rows.last()?.carries.end;
    let packet = picture.trace.packet(shown.index);
    let said = words.fragments_are.fill([
        &whole.to_string(),
        &rows.len().to_string(),
        &packet.identification().to_string(),
    ]);
    let seen = picture.session.shell.inspecting.sight.seen;
    let choose = |piece| {
        button("fragment", Command::Look(Look::Sight(Sight { seen, piece })))
            .flag("aria-pressed", shown.view.piece == piece)
    };
    let mut figure =
        classed("div", "fragments").set("role", "group").set("aria-label", words.fragments);
    let all = choose(None)
        .add(el("b").say(words.whole_packet))
        .add(classed("span", "num").text(words.octets.fill([&whole.to_string()])));
    figure = figure.add(all.set("data-whole", "true"));
    for (place, row) in rows.iter().enumerate() {
        figure = figure.add(fragment(shown, choose(Some(place)), place, row));
    }
    let lost = rows.iter().filter(|row| row.lost).count();
    let lost = (lost > 0).then(|| {
        let text = words.fragments_lost.fill([&lost.to_string(), &rows.len().to_string()]);
        classed("p", "damage").add(el("b").set("class", "damaged").text(text))
    });
    let title = classed("h3", "label").say(words.fragments);
    Some(el("section").add(title).add(el("p").text(said)).add(figure).maybe(lost))
}

/// As wide as what it carries.
fn fragment(shown: &Shown<'_>, button: El, place: usize, row: &FragmentRow) -> El {
    let words = &shown.picture.messages.inspect;
    let octets = row.carries.len();
    let line = |text: String| classed("span", "num").text(text);
    let first = row.carries.start.to_string();
    let last = row.carries.end.saturating_sub(1).to_string();
    let more = if row.more { "MF = 1" } else { "MF = 0" };
    let lost = row.lost.then(|| classed("b", "damaged").say("✕ ").say(words.fragment_lost));
    button
        .write("style", format!("flex-grow:{octets}"))
        .flag("data-lost", row.lost)
        .add(el("b").text(words.fragment_number.fill([&(place + 1).to_string()])))
        .add(line(words.fragment_octets.fill([&first, &last])))
        .add(line(words.fragment_offset.fill([&row.offset.to_string(), &first])))
        .add(line(more.to_owned()))
        .add(line(format!("20 + {octets} = {}", row.total)))
        .maybe(lost)
}
