//! What a lesson points at of its segment, as pictures under what is said: whoever reads of a field
//! has it before the eyes.

use tcpscope_lesson::course::Target;
use tcpscope_view::header_field_name;

use super::{Shown, bits, envelopes, fragments, hex, meaning, sum};
use crate::ui::element::{El, classed, el};
use crate::ui::picture::Picture;

/// The pictures of the selected segment that are pointed at, in that order; nothing without any.
pub(in crate::ui::drawer) fn excerpt(picture: &Picture<'_>, point: &[String]) -> Option<El> {
    let targets: Vec<_> = point.iter().map(|target| Target::parse(target)).collect();
    let shown = led_to(Shown::of(picture, picture.session.selected()?), &targets);
    let mut sheet = classed("section", "inspector excerpt");
    let mut is_empty = true;
    for target in targets {
        let figure = match target {
            Target::Header(None) => {
                let header = shown.chosen.and_then(|(layer, _)| bits::header(&shown, layer));
                header.map(|header| header.add(meaning::meaning(&shown)))
            }
            Target::Octets => {
                Some(el("section").maybe(fragments::fragments(&shown)).add(hex::hex(&shown)))
            }
            Target::Envelopes => Some(envelopes::envelopes(&shown)),
            Target::Checksum => sum::worked_out(&shown),
            Target::Header(Some(_))
            | Target::Packet(_)
            | Target::Ladder
            | Target::Diagram
            | Target::Log
            | Target::Link(_)
            | Target::Plot(_)
            | Target::Of(..) => None,
        };
        is_empty &= figure.is_none();
        sheet = sheet.maybe(figure);
    }
    (!is_empty).then_some(sheet)
}

/// The same, with the first field that is pointed at marked, until the reader chooses another.
fn led_to<'a>(shown: Shown<'a>, targets: &[Target<'_>]) -> Shown<'a> {
    let inspecting = &shown.picture.session.shell.inspecting;
    if inspecting.field.is_some() || inspecting.pointed.is_some() {
        return shown;
    }
    let locale = shown.picture.locale;
    let named = targets.iter().find_map(|target| match target {
        Target::Header(Some(field)) => header_field_name(field, locale),
        _ => None,
    });
    let transport = shown.view.layers.iter().position(|layer| layer.kind.is_transport());
    let field = transport.zip(named).and_then(|(layer, name)| {
        let fields = &shown.view.layers.get(layer)?.fields;
        fields.iter().position(|field| field.name == name).map(|field| (layer, field))
    });
    match field {
        Some(_) => Shown { chosen: field, marked: field, ..shown },
        None => shown,
    }
}
