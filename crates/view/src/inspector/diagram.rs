//! A header as RFCs draw it: 32 bits a row, a cell for each field.

use std::ops::Range;

use super::{FieldRow, Layer, LayerKind, PacketView};

/// The bits of a row.
const ROW: usize = 32;

/// A cell of the diagram: a field or a part of one, or as much of it as stands in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderCell {
    /// The field, by its place in the layer.
    pub field: usize,
    /// The row, from above.
    pub row: usize,
    /// The bits of the row that it takes.
    pub columns: Range<usize>,
    /// The name, where it stands in this cell.
    pub name: &'static str,
    /// The name where there is little room.
    pub short: &'static str,
    /// The value, where it stands in this cell.
    pub value: String,
    /// The sequence number as it is shown elsewhere, where it stands in this cell.
    pub relative: Option<u32>,
    /// What kind of cell it is.
    pub kind: CellKind,
    /// Whether it goes on from the row above.
    pub from_above: bool,
    /// Whether it goes on in the row below.
    pub goes_on: bool,
    /// The bits that arrive otherwise than they were sent, counted from the cell's first.
    pub damaged: Vec<usize>,
}

/// What kind of cell it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// A field with a value.
    Field,
    /// A flag, and whether it is set.
    Flag {
        /// Whether it is.
        set: bool,
    },
    /// A part of an option.
    Option,
    /// What only fills up.
    Filler,
}

impl CellKind {
    /// The cell's class, in kebab-case.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Flag { set: true } => "flag set",
            Self::Flag { set: false } => "flag",
            Self::Option => "option",
            Self::Filler => "filler",
        }
    }
}

/// The cells of a layer, in order. What is no header has none.
#[must_use]
pub fn header_diagram(view: &PacketView, layer: &Layer) -> Vec<HeaderCell> {
    if layer.kind == LayerKind::Payload {
        return Vec::new();
    }
    let damaged: Vec<_> = view.damaged_bits(layer).collect();
    let mut cells = Vec::new();
    for (place, field) in layer.fields.iter().enumerate() {
        let kind = kind(field);
        if field.parts.is_empty() {
            let whole = Whole {
                name: field.name,
                short: field.short,
                value: &field.value,
                relative: field.relative,
            };
            whole.cells(place, kind, &field.bits, &mut cells);
        }
        for part in &field.parts {
            let (name, value) = (part.name, part.value.as_str());
            let whole = Whole { name, short: name, value, relative: None };
            whole.cells(place, CellKind::Option, &part.bits, &mut cells);
        }
    }
    for cell in &mut cells {
        let start = cell.row * ROW + cell.columns.start;
        let bits = start..start + cell.columns.len();
        let within = damaged.iter().filter(|bit| bits.contains(bit));
        cell.damaged = within.map(|bit| bit - start).collect();
    }
    cells
}

fn kind(field: &FieldRow) -> CellKind {
    if field.is_flag() {
        return CellKind::Flag { set: field.is_set() };
    }
    if field.fills { CellKind::Filler } else { CellKind::Field }
}

/// A field or a part, whatever rows it stands in.
struct Whole<'a> {
    name: &'static str,
    short: &'static str,
    value: &'a str,
    relative: Option<u32>,
}

impl Whole<'_> {
    /// A cell for each row; name and value stand in the widest, the first of those.
    fn cells(
        &self,
        field: usize,
        kind: CellKind,
        bits: &Range<usize>,
        cells: &mut Vec<HeaderCell>,
    ) {
        let rows = bits.start / ROW..bits.end.div_ceil(ROW);
        let columns = |row: usize| {
            bits.start.max(row * ROW) - row * ROW..bits.end.min((row + 1) * ROW) - row * ROW
        };
        let widest = rows.clone().rev().max_by_key(|row| columns(*row).len());
        for row in rows.clone() {
            let says = Some(row) == widest;
            cells.push(HeaderCell {
                field,
                row,
                columns: columns(row),
                name: if says { self.name } else { "" },
                short: if says { self.short } else { "" },
                value: if says { self.value.to_owned() } else { String::new() },
                relative: self.relative.filter(|_| says),
                kind,
                from_above: row > rows.start,
                goes_on: row + 1 < rows.end,
                damaged: Vec::new(),
            });
        }
    }
}

/// A way to go from a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// To the field before.
    Left,
    /// To the field after.
    Right,
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the first field.
    First,
    /// To the last field.
    Last,
}

/// The field to which a way leads from another, by their places in the layer; `None` where there is
/// none.
#[must_use]
pub fn field_beside(cells: &[HeaderCell], field: usize, way: Way) -> Option<usize> {
    let of_field = |cell: &&HeaderCell| cell.field == field;
    let across = |row: Option<usize>, here: &HeaderCell| {
        let row = row?;
        let above = |cell: &&HeaderCell| {
            cell.row == row && cell.columns.contains(&here.columns.start) && cell.field != field
        };
        cells.iter().find(above).map(|cell| cell.field)
    };
    match way {
        Way::Left => field.checked_sub(1),
        Way::Right => cells.iter().map(|cell| cell.field).find(|other| *other > field),
        Way::Up => {
            let here = cells.iter().find(of_field)?;
            across(here.row.checked_sub(1), here)
        }
        Way::Down => {
            let here = cells.iter().rfind(of_field)?;
            across(Some(here.row + 1), here)
        }
        Way::First => cells.first().map(|cell| cell.field),
        Way::Last => cells.last().map(|cell| cell.field),
    }
}
