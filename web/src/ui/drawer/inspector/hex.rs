//! The octets of the frame: in hexadecimal, and as text. Each points at its field, and is marked
//! with it.

use tcpscope_view::{HexLine, HexRow, HexRun, hex_rows, printable};

use super::{Shown, line_width};
use crate::store::Look;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;

/// The octets.
pub(super) fn hex(shown: &Shown<'_>) -> El {
    let picture = shown.picture;
    let words = &picture.messages.inspect;
    let width = line_width(picture.session);
    let all = picture.session.shell.inspecting.all_octets;
    let mut listing = classed("div", "hex")
        .set("tabindex", "0")
        .set("role", "group")
        .set("aria-label", words.whole_frame)
        .set("aria-description", words.hex_help);
    for row in hex_rows(&shown.view, width, all) {
        listing = listing.add(match row {
            HexRow::Line(line) => drawn(shown, &line, width),
            HexRow::Folded(octets) => {
                let text = words.folded_octets.fill([&octets.to_string()]);
                el("div").add(button("fold", Command::Look(Look::AllOctets)).text(text))
            }
        });
    }
    el("section").add(classed("h3", "label").say(words.whole_frame)).add(listing)
}

fn drawn(shown: &Shown<'_>, line: &HexLine, width: usize) -> El {
    let offset = classed("span", "offset").text(format!("{:04x}", line.offset));
    let mut element = classed("div", "line").add(offset);
    let mut octets = 0;
    for run in &line.runs {
        // A gap after eight octets helps the eye.
        let mut text = String::new();
        for octet in &run.octets {
            octets += 1;
            text.push_str(&format!("{octet:02x}"));
            text.push_str(if octets % 8 == 0 && octets < width { "  " } else { " " });
        }
        element = element.add(linked(shown, run).text(text));
    }
    let missing = width.saturating_sub(octets);
    let gap = usize::from(missing >= 8 && width > 8);
    let mut text = classed("span", "ascii").text(" ".repeat(missing * 3 + gap));
    for run in &line.runs {
        let seen = run.octets.iter().copied().map(printable).collect();
        text = text.add(linked(shown, run).text(seen));
    }
    element.add(text)
}

/// Octets that choose their field, and are marked with it.
fn linked(shown: &Shown<'_>, run: &HexRun) -> El {
    let (layer, field) = run.field;
    let class = shown.view.layers.get(layer).map_or("", |layer| layer.kind.class());
    // Of an octet that several fields share, each marks it.
    let octets = shown.field().map(|field| field.octets.clone()).unwrap_or_default();
    let lit = octets.start < run.start + run.octets.len() && run.start < octets.end;
    let name = if lit { "mark" } else { "span" };
    classed(name, class)
        .write("data-do", Command::Look(Look::Field(layer, field)).to_text())
        .flag("data-damaged", run.damaged)
}
