//! Octets that can be pointed at: by a pointer, or along a ribbon by arrow keys.

use tcpscope_tcp::SeqNumber;
use tcpscope_view::{Detail, Piece, Ribbon, Stream, piece, pieces, segment_label};

use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::picture::Picture;

/// As many segments are named that carried the same octets.
const NAMED: usize = 4;

/// A ribbon along which one can go.
pub(super) struct Slider<'a> {
    pub(super) place: usize,
    pub(super) stream: Stream,
    pub(super) ribbon: &'a Ribbon,
    /// What its numbers are counted from.
    pub(super) base: SeqNumber,
}

impl Slider<'_> {
    /// The octets in it that are pointed at.
    pub(super) fn pointed(&self, picture: &Picture<'_>) -> Option<Piece> {
        let pointed = picture.session.shell.sides.pointed?;
        if (pointed.place, pointed.stream) != (self.place, self.stream) {
            return None;
        }
        let end = picture.end(self.place);
        piece(end, picture.record, self.stream, self.ribbon, pointed.number)
    }

    /// A frame around them.
    pub(super) fn frame(&self, piece: &Piece, width: f64, y: f64, height: f64) -> El {
        let (x0, x1) = self.ribbon.place(piece.start, piece.end).unwrap_or_default();
        classed("rect", "pointed-octets")
            .px("x", x0 * width)
            .px("y", y - 2.0)
            .px("width", ((x1 - x0) * width).max(2.0))
            .px("height", height + 4.0)
    }

    /// The first and the last number of a piece.
    fn range(&self, piece: &Piece) -> [String; 2] {
        [piece.start, piece.end - 1].map(|number| number.distance_from(self.base).to_string())
    }
}

/// What takes the focus: a slider whose value is the octets that one is at.
pub(super) fn slider(
    picture: &Picture<'_>,
    of: &Slider<'_>,
    pointed: Option<&Piece>,
    said: String,
) -> El {
    let words = picture.messages;
    let (label, name) = match of.stream {
        Stream::Sent => (words.window.send, "sent"),
        Stream::Received => (words.window.receive, "received"),
    };
    let (mut here, mut last) = (0, 0);
    let mut value = said;
    if let Some(piece) = pointed {
        // How many there are is counted only while somebody is there.
        let all = pieces(picture.end(of.place), picture.record, of.stream, of.ribbon);
        here = all.iter().position(|start| *start == piece.start).unwrap_or(0);
        last = all.len().saturating_sub(1);
        let [from, to] = of.range(piece);
        value = words.side.octets_from_to.fill([&from, &to, piece.kind.in_words(words).0]);
        if !piece.text.is_empty() {
            value.push_str(": ");
            value.push_str(&piece.text);
        }
    }
    classed("div", "octets")
        .write("data-ribbon", format!("{} {name}", of.place))
        .set("role", "slider")
        .set("tabindex", "0")
        .set("aria-label", label)
        .set("aria-description", words.side.octets_hint)
        .set("aria-valuemin", "0")
        .count("aria-valuemax", last)
        .count("aria-valuenow", here)
        .write("aria-valuetext", value)
}

/// The octets in words: their numbers, what they are, who carried them, and themselves.
pub(super) fn readout(picture: &Picture<'_>, of: &Slider<'_>, piece: &Piece) -> El {
    let words = picture.messages;
    let [from, to] = of.range(piece);
    let numbers = if from == to { from } else { format!("{from}–{to}") };
    let len = piece.end.distance_from(piece.start).to_string();
    let what = classed("p", "octets-what")
        .add(el("i").set("data-kind", piece.kind.name()))
        .add(classed("b", "num").text(numbers))
        .add(el("span").say(piece.kind.in_words(words).0))
        .add(classed("span", "quiet").text(words.window.octets.fill([&len])));
    classed("div", "octets-told")
        .add(what)
        .add(carriers(picture, piece))
        .add(classed("p", "octets-text").maybe(text(piece)))
}

/// The segments that carried them; each can be selected.
fn carriers(picture: &Picture<'_>, piece: &Piece) -> El {
    let words = &picture.messages.side;
    if piece.carriers.is_empty() {
        return classed("p", "quiet").say(words.not_carried);
    }
    let mut line = classed("p", "carriers").add(classed("span", "quiet").say(words.carried_by));
    for packet in piece.carriers.iter().take(NAMED) {
        let selected = picture.session.selected() == Some(*packet);
        let label = segment_label(picture.trace, *packet, picture.numbers, Detail::Short);
        line = line.add(
            button("carrier num", Command::Select(packet.0 as usize))
                .flag("aria-pressed", selected)
                .text(label),
        );
    }
    line.maybe((piece.carriers.len() > NAMED).then(|| el("span").say("…")))
}

fn text(piece: &Piece) -> Option<El> {
    let mut shown = String::new();
    if piece.syn {
        shown.push_str("SYN ");
    }
    if !piece.text.is_empty() {
        shown.push('“');
        shown.push_str(&piece.text);
        shown.push_str(if piece.cut { "…”" } else { "”" });
    }
    if piece.fin {
        shown.push_str(" FIN");
    }
    (!shown.is_empty()).then(|| el("code").text(shown))
}
