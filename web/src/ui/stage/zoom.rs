//! How large the ladder is drawn, and how much is written in it.

use tcpscope_view::LabelLevel;

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, icon_button};
use crate::ui::picture::Picture;

/// The run from afar. What moves in it is moved by the canvas.
pub(super) fn minimap(picture: &Picture<'_>) -> El {
    let words = &picture.messages.zoom;
    el("div")
        .set("id", "minimap")
        .set("class", "minimap")
        .set("role", "slider")
        .set("tabindex", "0")
        .set("aria-orientation", "vertical")
        .set("aria-label", words.minimap)
        .set("title", words.minimap_hint)
        .set("aria-valuemin", "0")
        .set("aria-valuemax", "100")
        // The stage says where it is from its first drawing on.
        .set("aria-valuenow", "0")
        .add(el("canvas").set("aria-hidden", "true"))
        .add(classed("i", "minimap-view"))
        .add(classed("i", "minimap-now"))
}

/// The buttons.
pub(super) fn zoom(picture: &Picture<'_>) -> El {
    let words = &picture.messages.zoom;
    classed("div", "zoom")
        .set("role", "group")
        .set("aria-label", words.group)
        .add(icon_button(icons::ZOOM_IN, words.closer, "+", Command::ZoomIn))
        .add(icon_button(icons::ZOOM_OUT, words.out, "−", Command::ZoomOut))
        .add(icon_button(icons::ZOOM_ALL, words.all, "9", Command::ZoomAll))
}

/// How much is written along segments.
pub(super) fn labels(picture: &Picture<'_>) -> El {
    let words = &picture.messages.zoom;
    let level = picture.session.preferences.labels;
    let mut labels =
        el("select").set("id", "labels").set("aria-label", words.labels).set("title", words.labels);
    for known in LabelLevel::ALL {
        let name = match known {
            LabelLevel::Short => words.short,
            LabelLevel::Usual => words.usual,
            LabelLevel::Full => words.full,
        };
        labels = labels.add(
            el("option")
                .set("value", known.name())
                .when(known == level, "selected", "selected")
                .say(name),
        );
    }
    labels
}
