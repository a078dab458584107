//! What a field holds and means, in words.

use super::Shown;
use crate::ui::element::{El, classed, el};

/// The marked field: its value, how that is reckoned with, what it means, where it is defined.
pub(super) fn meaning(shown: &Shown<'_>) -> El {
    let inspecting = &shown.picture.session.shell.inspecting;
    // Once somebody asked for a field, its words stay in sight.
    let asked = inspecting.field.is_some() || inspecting.pointed.is_some();
    let panel =
        classed("div", "field-meaning").set("aria-live", "polite").flag("data-asked", asked);
    let (Some(field), Some((layer, _))) = (shown.field(), shown.marked) else { return panel };
    let messages = shown.picture.messages;
    let (first, last) = (field.bits.start, field.bits.end.saturating_sub(1));
    let bits = if first == last {
        messages.inspector.bit.fill([&first.to_string()])
    } else {
        messages.inspector.bit_range.fill([&first.to_string(), &last.to_string()])
    };
    let mut place = classed("span", "quiet");
    if let Some(layer) = shown.view.layers.get(layer) {
        place = place.say(layer.name).say(" · ");
    }
    place = place.text(bits);
    if !field.source.is_empty() {
        place = place.say(" · ").say(field.source);
    }
    let title = classed("p", "field-title")
        .add(el("b").say(field.name))
        .add(el("code").text(field.value.clone()))
        .add(place);
    let mut says = el("p");
    if !field.reckoning.is_empty() {
        says = says.add(classed("code", "reckoning").text(field.reckoning.clone())).say(" ");
    }
    says = says.text(field.meaning.clone());
    if let Some(was) = &field.was {
        let was = messages.inspect.was.fill([was]);
        says = says.say(" ").add(classed("b", "damaged").text(was));
    } else if field.changed {
        says = says.say(" ").add(classed("span", "changed").say(messages.header.changed));
    }
    panel.add(title).add(says)
}
