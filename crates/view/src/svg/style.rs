//! How marks look when they are not drawn in a page that has its own style sheet.

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark marks on light paper.
    #[default]
    Light,
    /// Light marks on dark paper.
    Dark,
}

/// Each colour's name, in the order of the values below. A name that begins another stands after it.
const NAMES: [&str; 25] = [
    "$paper",
    "$surface",
    "$ink-2",
    "$ink-3",
    "$ink",
    "$line-strong",
    "$line",
    "$syn",
    "$data",
    "$ack",
    "$fin",
    "$rst",
    "$lost",
    "$now",
    "$band-none",
    "$band-opening",
    "$band-open",
    "$band-closing",
    "$band-waiting",
    "$done",
    "$flight",
    "$usable",
    "$shut",
    "$hole",
    "$wait",
];

const LIGHT: [&str; 25] = [
    "#fbfbf9", "#ffffff", "#4d5661", "#606974", "#1b1f24", "#858d96", "#dddfe1", "#1668ba",
    "#00604c", "#5b6670", "#8a3a84", "#b8420c", "#b3261e", "#a85f00", "#eceeed", "#d5e5f7",
    "#cfe9df", "#ecd9ea", "#e7e3d4", "#c9d0d6", "#7fb3e6", "#c8e7da", "#f0f1ef", "#f6d9b8",
    "#8cc9b4",
];

const DARK: [&str; 25] = [
    "#14171a", "#1b1f23", "#b0b8c1", "#99a2ac", "#e9ebed", "#6d7681", "#2d333a", "#6fb0f5",
    "#5fd6ae", "#9aa5b0", "#d68fd0", "#ff8f5c", "#ff7f76", "#f2b73f", "#24292e", "#1c3a58",
    "#14443a", "#47294a", "#3b3729", "#48515a", "#3273b0", "#1d5244", "#22272c", "#6b4a21",
    "#2f8068",
];

const SHEET: &str = "
text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:$ink}
.paper{fill:$paper}
.future{opacity:.3}
.lifeline{stroke:$ink-2;stroke-width:1.5}
.lifeline.router{stroke:$line-strong;stroke-width:1}
.piece{stroke-width:.9;fill:none}
.broken{fill:none;stroke:$lost;stroke-width:1.75}
.dropped{fill:$paper;stroke:$lost;stroke-width:1.5}
.marked{fill:$now;stroke:$paper;stroke-width:1.5}
.fork{fill:none;stroke:$ink-2;stroke-width:1.25}
.ghost{fill:none;stroke:$line-strong;stroke-width:1;stroke-dasharray:2 4}
.density{stroke-width:.75;fill-opacity:.28;stroke-opacity:.55}
.density.syn{fill:$syn}.density.data{fill:$data}.density.ack{fill:$ack}.density.fin{fill:$fin}
.density.rst{fill:$rst}.density.udp{fill:$data}.density.again{stroke-dasharray:6 4}
.note-mark{fill:$now}
.sack{fill:$paper;stroke:$ink-2;stroke-width:1}.sack.held{fill:$ink-2;stroke:none}
.message{stroke:$lost;stroke-width:1.5;stroke-dasharray:1.5 3.5}.message-head{fill:$lost}
.message-name{fill:$lost;paint-order:stroke;stroke:$paper;stroke-width:3}
.host{font-weight:600}
.band.none{fill:$band-none}.band.opening{fill:$band-opening}.band.open{fill:$band-open}
.band.closing{fill:$band-closing}.band.waiting{fill:$band-waiting}
.band-edge{stroke:$ink-3;stroke-width:1}
.name{font-weight:600}
.time{fill:$ink-3}.tick{stroke:$line-strong;stroke-width:1}
.call{fill:$ink-2}.call-line{stroke:$ink-3;stroke-width:1}
.fold{fill:$ink-3}.casing{fill:none;stroke:$ink-2;stroke-width:7}
.gap{fill:none;stroke:$paper;stroke-width:4.6}
.timer{fill:none;stroke:$line-strong;stroke-width:1.25}
.timer.elapsed{stroke:$now;stroke-width:2}
.timer-end{fill:$now}
.timer-name{fill:$ink-2;font-style:italic}
.tie{fill:none;stroke:$lost;stroke-width:1.25;stroke-dasharray:1.5 2.5;stroke-linecap:round}
.tie-end{fill:$lost}
.arrow{stroke-width:1.5;fill:none}
.arrow.again{stroke-dasharray:6 4}
.arrow.ack{stroke-width:1.25}.arrow.udp{stroke-dasharray:1 3;stroke-linecap:round;stroke-width:2.25}
.selected .arrow{stroke-width:3}
.syn{stroke:$syn}.data{stroke:$data}.ack{stroke:$ack}.fin{stroke:$fin}.rst{stroke:$rst}.udp{stroke:$data}
.head{stroke:none}
.head.syn{fill:$syn}.head.data{fill:$data}.head.ack{fill:$ack}.head.fin{fill:$fin}.head.rst{fill:$rst}.head.udp{fill:$data}
.label{paint-order:stroke;stroke:$paper;stroke-width:3;stroke-linejoin:round}
.label.syn{fill:$syn}.label.data{fill:$data}.label.ack{fill:$ack}.label.fin{fill:$fin}.label.rst{fill:$rst}.label.udp{fill:$data}
.label.syn,.label.data,.label.ack,.label.fin,.label.rst,.label.udp{stroke:$paper}
.cross{stroke:$lost;stroke-width:2.25;stroke-linecap:round}
.dot{stroke:$paper;stroke-width:1.5}
.dot.syn{fill:$syn}.dot.data{fill:$data}.dot.ack{fill:$ack}.dot.fin{fill:$fin}.dot.rst{fill:$rst}.dot.udp{fill:$data}
.tail{stroke-width:5;stroke-linecap:round;opacity:.35}
.playhead{stroke:$now;stroke-width:1.25}.playhead-time{fill:$now;font-weight:600;paint-order:stroke;stroke:$paper;stroke-width:3}
.edge{fill:none;stroke:$line-strong;stroke-width:1.2}
.edge.noted{stroke-dasharray:3 3}
.edge.taken{stroke:$ink;stroke-width:1.8}.edge.last{stroke:$now;stroke-width:2.4}
.edge-head{fill:$line-strong}.edge-head.taken{fill:$ink}.edge-head.last{fill:$now}
.edge-event{fill:$ink-2;paint-order:stroke;stroke:$paper;stroke-width:3}
.edge-action{fill:$ink-3;paint-order:stroke;stroke:$paper;stroke-width:3}
.node{fill:$surface;stroke:$line-strong;stroke-width:1}
.node.visited{stroke:$ink;stroke-width:1.5}
.node.here{stroke:$now;stroke-width:2.5}
.node-name{font-weight:600}
.token.first{fill:$syn}.token.second{fill:$fin}.token-name{fill:$paper;font-weight:700}
.span.acknowledged,.span.read{fill:$done}.span.in-flight{fill:$flight}
.span.usable,.span.window{fill:$usable}.span.not-allowed{fill:$shut}
.span.missing{fill:$hole}.span.waiting,.span.out-of-order{fill:$wait}
.queued{fill:none;stroke:$ink-2;stroke-width:1.25;stroke-dasharray:3 2}
.mark{stroke:$ink;stroke-width:1.5}.mark.cwnd{stroke:$now;stroke-dasharray:3 2}
.mark-name{fill:$ink-2;paint-order:stroke;stroke:$paper;stroke-width:3}
";

/// The style sheet of a theme.
pub(super) fn sheet(theme: Theme) -> String {
    coloured(SHEET, theme)
}

/// A style sheet with the colours of a theme.
pub(super) fn coloured(sheet: &str, theme: Theme) -> String {
    let values = match theme {
        Theme::Light => LIGHT,
        Theme::Dark => DARK,
    };
    NAMES
        .iter()
        .zip(values)
        .fold(sheet.to_owned(), |sheet, (name, value)| sheet.replace(name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_page() {
        let tokens = include_str!("../../../../web/styles/tokens.css");
        let streams = include_str!("../../../../web/styles/streams.css");
        for (dark, values) in [(false, LIGHT), (true, DARK)] {
            for (name, value) in NAMES.iter().zip(values) {
                let name = name.trim_start_matches('$');
                let ribbon = ["done", "flight", "usable", "shut", "hole", "wait"].contains(&name);
                let (sheet, token) = if ribbon {
                    (streams, format!("--ribbon-{name}: #"))
                } else {
                    (tokens, format!("--{name}: #"))
                };
                let from = if dark { sheet.find("data-theme=\"dark\"").unwrap() } else { 0 };
                let at = sheet[from..].find(&token).unwrap() + from + token.len() - 1;
                assert_eq!(&sheet[at..at + 7], value, "{token}");
            }
        }
    }
}
