//! How large the ladder is drawn, in English.

use crate::words::messages::zoom::Zoom;

pub(super) const ZOOM: Zoom = Zoom {
    group: "Size of the ladder",
    closer: "Zoom in",
    out: "Zoom out",
    as_usual: "Usual size",
    all: "Show the whole run",
    scroll: "move along the ladder",
    minimap: "Part of the run that shows",
    minimap_hint: "The whole run. Left and right: segments that way. At its right edge: losses. At \
                   its left edge: changes of state. Drag to move along it.",
    labels: "What is written along segments",
    short: "Short labels",
    usual: "Usual labels",
    full: "Full labels",
};
