//! Taking a run along, in English.

use crate::words::messages::export::Export;
use crate::words::table::Phrase;

pub(super) const EXPORT: Export = Export {
    tab: "Export",
    about: "The files are made here, from this run. The program tcpscope render makes the same from a link.",
    figure: "Figure",
    ladder: "Ladder",
    all: "Ladder and both ends",
    panels: "Both ends",
    when: "Moment",
    now: "As it is now",
    whole: "The whole run",
    as_figure: "Save the figure",
    as_text: "Save the run",
    svg: "SVG",
    png: "PNG",
    moving: "Animated SVG",
    moving_about: "The ladder, playing without a script. It stands still for readers who want less \
                   motion.",
    mermaid: "Mermaid",
    text: "tcpdump text",
    csv: "Log as CSV",
    json: "Log as JSON",
    done: Phrase::new("{0} is saved."),
    failed: "This browser cannot make a picture of this size: take the SVG.",
};
