//! The inspector: the selected segment taken apart, from envelope to bit.

mod bits;
mod envelopes;
mod excerpt;
mod fragments;
mod head;
mod hex;
mod meaning;
mod moves;
mod sum;

use tcpscope_sim::PacketIndex;
use tcpscope_view::{FieldRow, PacketView, packet_view};

pub(super) use self::excerpt::excerpt;
pub(crate) use self::moves::{cell_of, moved};
use crate::store::{Layout, Session};
use crate::ui::element::{El, classed};
use crate::ui::picture::Picture;

/// The selected segment, taken apart.
pub(super) fn inspector(picture: &Picture<'_>) -> El {
    let Some(index) = picture.session.selected() else {
        return classed("p", "quiet").say(picture.messages.inspector.select_segment);
    };
    let shown = Shown::of(picture, index);
    let header = shown.chosen.and_then(|(layer, _)| bits::header(&shown, layer));
    classed("div", "inspector")
        .add(head::head(&shown))
        .maybe(fragments::fragments(&shown))
        .add(envelopes::envelopes(&shown))
        .maybe(header)
        .add(meaning::meaning(&shown))
        .add(hex::hex(&shown))
        .add(sum::sums(&shown))
}

/// A packet, taken apart, and the fields of it that are looked at.
struct Shown<'a> {
    picture: &'a Picture<'a>,
    index: PacketIndex,
    view: PacketView,
    /// The field that was chosen: its layer is the one whose header is drawn.
    chosen: Option<(usize, usize)>,
    /// The field that is marked: the one that is pointed at, or the chosen one.
    marked: Option<(usize, usize)>,
}

impl<'a> Shown<'a> {
    fn of(picture: &'a Picture<'a>, index: PacketIndex) -> Self {
        let inspecting = &picture.session.shell.inspecting;
        let (trace, locale, numbers) = (picture.trace, picture.locale, picture.numbers);
        let view = packet_view(trace, index, inspecting.sight, locale, numbers);
        let there = |field: &(usize, usize)| view.field(field.0, field.1).is_some();
        let chosen = inspecting.field.filter(there).or_else(|| view.first_field());
        let marked = inspecting.pointed.filter(there).or(chosen);
        Self { picture, index, view, chosen, marked }
    }

    /// The field that is marked.
    fn field(&self) -> Option<&FieldRow> {
        let (layer, field) = self.marked?;
        self.view.field(layer, field)
    }

    /// Whether this is the field that is marked.
    fn is_marked(&self, layer: usize, field: usize) -> bool {
        self.marked == Some((layer, field))
    }
}

/// The octets of a line: as many as there is room for.
fn line_width(session: &Session) -> usize {
    match session.shell.layout {
        Layout::Desk | Layout::Tablet => 16,
        Layout::Phone => 8,
    }
}
