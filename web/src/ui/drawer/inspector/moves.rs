//! From field to field by keys.

use tcpscope_view::{Way, field_beside, header_diagram};

use super::{Shown, line_width};
use crate::store::{Look, Session, Tab};
use crate::ui::command::Command;
use crate::ui::picture::Picture;

/// The id of a field's cell.
pub(super) fn id(layer: usize, field: usize) -> String {
    format!("field-{layer}-{field}")
}

/// The cell that a command chooses, if it chooses one.
pub(crate) fn cell_of(command: Command) -> Option<String> {
    match command {
        Command::Look(Look::Field(layer, field)) => Some(id(layer, field)),
        _ => None,
    }
}

/// What a key asks for in the diagram of a header, or among the octets: the next field. At the end
/// of a way it asks for where one is, so that the key does nothing else.
pub(crate) fn moved(session: &Session, key: &str, in_bits: bool, in_hex: bool) -> Option<Command> {
    if !(in_bits || in_hex) || !matches!(session.shell.shown_tab(), Tab::Segment | Tab::Lesson) {
        return None;
    }
    let way = match key {
        "ArrowLeft" => Way::Left,
        "ArrowRight" => Way::Right,
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        "Home" => Way::First,
        "End" => Way::Last,
        _ => return None,
    };
    let picture = Picture::of(session)?;
    let shown = Shown::of(&picture, session.selected()?);
    let here = shown.chosen?;
    let there = if in_bits { in_header(&shown, here, way) } else { in_octets(&shown, here, way) };
    let (layer, field) = there.unwrap_or(here);
    Some(Command::Look(Look::Field(layer, field)))
}

fn in_header(
    shown: &Shown<'_>,
    (layer, field): (usize, usize),
    way: Way,
) -> Option<(usize, usize)> {
    let cells = header_diagram(&shown.view, shown.view.layers.get(layer)?);
    field_beside(&cells, field, way).map(|field| (layer, field))
}

fn in_octets(
    shown: &Shown<'_>,
    (layer, field): (usize, usize),
    way: Way,
) -> Option<(usize, usize)> {
    let view = &shown.view;
    let octets = &view.field(layer, field)?.octets;
    let width = line_width(shown.picture.session);
    let fields = |layer: usize| view.layers.get(layer).map_or(0, |layer| layer.fields.len());
    match way {
        Way::Left if field > 0 => Some((layer, field - 1)),
        Way::Left => {
            let before = layer.checked_sub(1)?;
            Some((before, fields(before).checked_sub(1)?))
        }
        Way::Right if field + 1 < fields(layer) => Some((layer, field + 1)),
        Way::Right => view.field(layer + 1, 0).map(|_| (layer + 1, 0)),
        Way::Up => view.field_of(octets.start.checked_sub(width)?),
        Way::Down => view.field_of(octets.end.checked_sub(1)? + width),
        Way::First => view.field_of(0),
        Way::Last => view.field_of(view.octets.len().checked_sub(1)?),
    }
}
