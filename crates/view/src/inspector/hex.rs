//! The octets of a frame, line by line.

use super::PacketView;

/// More octets than these are folded away in the middle.
const SHOWN: usize = 256;

/// As many lines stay at the end when some are folded away.
const LAST: usize = 2;

/// A row of the listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HexRow {
    /// A line of octets.
    Line(HexLine),
    /// So many octets that are not shown.
    Folded(usize),
}

/// A line of octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexLine {
    /// Where it begins in the frame.
    pub offset: usize,
    /// The octets, those of one field together.
    pub runs: Vec<HexRun>,
}

/// Octets of one field, or one octet of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexRun {
    /// The field, by layer and place; of several flags the first that is set.
    pub field: (usize, usize),
    /// Where it begins in the frame.
    pub start: usize,
    /// The octets.
    pub octets: Vec<u8>,
    /// Whether they arrive otherwise than they were sent.
    pub damaged: bool,
}

/// An octet as a character, where it is one that can be seen; a dot where not.
#[must_use]
pub fn printable(octet: u8) -> char {
    if octet.is_ascii_graphic() || octet == b' ' { char::from(octet) } else { '·' }
}

/// The octets of a packet in lines of so many; with `all`, nothing is folded away.
#[must_use]
pub fn hex_rows(view: &PacketView, width: usize, all: bool) -> Vec<HexRow> {
    let width = width.max(1);
    let lines = view.octets.len().div_ceil(width);
    let folds = !all && view.octets.len() > SHOWN;
    let first = if folds { SHOWN / width - LAST } else { lines };
    let mut rows = Vec::new();
    for line in 0..lines {
        let offset = line * width;
        if line < first || line + LAST >= lines {
            rows.push(HexRow::Line(HexLine { offset, runs: runs(view, offset, width) }));
        } else if line == first {
            let last = lines.saturating_sub(LAST) * width;
            rows.push(HexRow::Folded(last - offset));
        }
    }
    rows
}

fn runs(view: &PacketView, offset: usize, width: usize) -> Vec<HexRun> {
    let mut runs: Vec<HexRun> = Vec::new();
    let trailer = view.layers.last().map_or(usize::MAX, |layer| layer.octets.start);
    for (place, octet) in view.octets.iter().enumerate().skip(offset).take(width) {
        let Some(field) = view.field_of(place) else { continue };
        let damaged = place < trailer && view.is_damaged(place);
        match runs.last_mut() {
            Some(run) if run.field == field && run.damaged == damaged => run.octets.push(*octet),
            Some(_) | None => {
                runs.push(HexRun { field, start: place, octets: vec![*octet], damaged });
            }
        }
    }
    runs
}
