//! A header as RFCs draw it: 32 bits a row, a cell for each field.

use tcpscope_view::{CellKind, HeaderCell, header_diagram};

use super::Shown;
use super::moves::id;
use crate::store::Look;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::icons::button;

/// The header of a layer; nothing, where it is no header.
pub(super) fn header(shown: &Shown<'_>, layer: usize) -> Option<El> {
    let words = &shown.picture.messages.inspect;
    let this = shown.view.layers.get(layer)?;
    let cells = header_diagram(&shown.view, this);
    if cells.is_empty() {
        return None;
    }
    let label = words.diagram.fill([this.name]);
    let mut grid = ruler(
        classed("div", "bits")
            .set("role", "group")
            .write("aria-label", label.clone())
            .set("aria-description", words.diagram_help),
    );
    let mut row = usize::MAX;
    for cell in &cells {
        if cell.row != row {
            row = cell.row;
            let offset = classed("span", "offset")
                .set("aria-hidden", "true")
                .write("style", format!("grid-area:{}/1", row + 2))
                .text((row * 4).to_string());
            grid = grid.add(offset);
        }
        grid = grid.add(drawn(shown, layer, cell));
    }
    let title = classed("h3", "label").text(label);
    Some(el("section").add(title).add(grid))
}

/// The numbers of the bits; where there is little room, those of each octet's first and the last.
fn ruler(mut grid: El) -> El {
    for bit in 0..32_usize {
        let class = if bit.is_multiple_of(8) || bit == 31 { "bit" } else { "bit minor" };
        let number = classed("span", class)
            .set("aria-hidden", "true")
            .write("style", format!("grid-area:1/{}", bit + 2))
            .text(bit.to_string());
        grid = grid.add(number);
    }
    grid
}

fn drawn(shown: &Shown<'_>, layer: usize, cell: &HeaderCell) -> El {
    let marked = shown.is_marked(layer, cell.field);
    let chosen = shown.chosen == Some((layer, cell.field));
    let place = format!(
        "grid-area:{}/{}/auto/{}",
        cell.row + 2,
        cell.columns.start + 2,
        cell.columns.end + 2
    );
    let command = Command::Look(Look::Field(layer, cell.field));
    // Only one of the cells of a field is for those who use keys: the one that is first named.
    let element = if is_first_named(shown, layer, cell) {
        button("cell", command)
            .write("id", id(layer, cell.field))
            .set("tabindex", if chosen { "0" } else { "-1" })
            .flag("aria-pressed", chosen)
            .set("data-name", shown.view.field(layer, cell.field).map_or("", |field| field.name))
    } else {
        classed("div", "cell").write("data-do", command.to_text()).set("aria-hidden", "true")
    };
    let row = shown.view.field(layer, cell.field);
    let mut element = element
        .write("style", place)
        .set("data-kind", cell.kind.class())
        .flag("data-lit", marked)
        .flag("data-changed", row.is_some_and(|row| row.changed))
        .flag("data-above", cell.from_above)
        .flag("data-below", cell.goes_on)
        .when(cell.columns.len() <= 2, "data-narrow", "true");
    if !cell.name.is_empty() {
        let colon = classed("span", "sr").say(": ");
        element = element.add(name(cell)).add(colon).add(value(cell));
    }
    for bit in &cell.damaged {
        element = element.add(flipped(*bit, cell.columns.len()));
    }
    element
}

/// Whether keys and screen readers find the field at this cell.
fn is_first_named(shown: &Shown<'_>, layer: usize, cell: &HeaderCell) -> bool {
    let Some(field) = shown.view.field(layer, cell.field) else { return false };
    match field.parts.first() {
        // An option is found at its kind.
        Some(kind) => kind.bits.start == cell.row * 32 + cell.columns.start,
        None => !cell.name.is_empty(),
    }
}

fn name(cell: &HeaderCell) -> El {
    let name = classed("span", "name");
    if cell.short == cell.name || cell.columns.len() == 1 {
        return name.say(cell.short);
    }
    name.add(classed("span", "long").say(cell.name)).add(classed("span", "short").say(cell.short))
}

fn value(cell: &HeaderCell) -> El {
    let value = classed("span", "value").text(cell.value.clone());
    match (cell.relative, cell.kind) {
        (Some(number), _) => value.add(classed("span", "relative").text(format!(" = {number}"))),
        (None, CellKind::Field | CellKind::Flag { .. } | CellKind::Option | CellKind::Filler) => {
            value
        }
    }
}

/// A mark at a bit that was flipped.
fn flipped(bit: usize, bits: usize) -> El {
    let small = |number: usize| f64::from(u8::try_from(number).unwrap_or(u8::MAX));
    let left = (small(bit) + 0.5) / small(bits.max(1)) * 100.0;
    classed("i", "flipped").write("style", format!("left:{}%", tenths(left)))
}
