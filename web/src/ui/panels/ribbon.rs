//! The windows as ribbons of octets.

use tcpscope_tcp::SeqNumber;
use tcpscope_view::{Highlight, Mark, MarkKind, Messages, Span, SpanKind, Stream, highlights};

use super::octets::{Slider, readout, slider};
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::picture::Picture;

/// The width of a ribbon in its own units; it is as wide as its place.
const WIDTH: f64 = 272.0;
/// Where the band of octets is.
const BAND_Y: f64 = 6.0;
/// Its height.
const BAND_HEIGHT: f64 = 18.0;
/// The height of a line of names.
const LINE: f64 = 12.0;

/// Both windows of a panel.
pub(super) fn ribbons(picture: &Picture<'_>, place: usize) -> El {
    classed("section", "block").add(ribbon(picture, place, Stream::Sent)).add(ribbon(
        picture,
        place,
        Stream::Received,
    ))
}

fn ribbon(picture: &Picture<'_>, place: usize, stream: Stream) -> El {
    let words = picture.messages;
    let end = picture.end(place);
    let bases = end.bases(picture.record, picture.numbers);
    let (title, base) = match stream {
        Stream::Sent => (words.window.send, bases.send),
        Stream::Received => (words.window.receive, bases.receive),
    };
    let ribbon = picture.run.ribbon(end, stream);
    let holder = classed("div", "ribbon").add(classed("h3", "label").say(title));
    if matches!(stream, Stream::Sent) && picture.session.withholds_usable() {
        return holder.add(classed("p", "quiet no-ribbon").say(picture.messages.asking.withheld));
    }
    if ribbon.spans.is_empty() {
        return holder.add(classed("p", "quiet no-ribbon").say(words.window.none_yet));
    }
    let mut svg =
        el("svg").set("aria-hidden", "true").write("viewBox", format!("0 0 272 {HEIGHT}"));
    let mut legend = classed("div", "legend").set("aria-hidden", "true");
    let mut said = title.to_owned();
    for span in ribbon.spans.iter().chain(&ribbon.queued) {
        svg = svg.add(run(span));
    }
    for (kind, octets, goes_on) in counted(ribbon.spans.iter().chain(&ribbon.queued)) {
        let (name, hint) = name_of(kind, words);
        let plus = if goes_on { "+" } else { "" };
        let count = format!("{octets}{plus}");
        said.push_str(", ");
        said.push_str(name);
        said.push_str(": ");
        said.push_str(&count);
        legend = legend.add(
            el("span")
                .set("title", hint)
                .add(el("i").set("data-kind", kind.name()))
                .say(name)
                .say(" ")
                .add(el("b").text(count)),
        );
    }
    // Names over lines: no line crosses a name.
    svg = svg.all(ribbon.marks.iter().map(bound).collect());
    svg = svg.all(ribbon.marks.iter().map(|mark| bound_name(mark, base)).collect());
    let selected = picture.session.selected();
    let selected = selected
        .map_or_else(Vec::new, |packet| highlights(end, picture.record, stream, &ribbon, packet));
    for each in &selected {
        svg = svg.add(highlight(each));
        said.push_str(". ");
        said.push_str(highlight_words(each, words));
    }
    let of = Slider { place, stream, ribbon: &ribbon, base };
    let pointed = of.pointed(picture);
    if let Some(piece) = &pointed {
        svg = svg.add(of.frame(piece, WIDTH, BAND_Y, BAND_HEIGHT));
    }
    let told = pointed.as_ref().map(|piece| readout(picture, &of, piece));
    let foot =
        classed("div", "ribbon-foot").flag("data-pointed", told.is_some()).add(legend).maybe(told);
    holder.add(slider(picture, &of, pointed.as_ref(), said).add(svg)).add(foot)
}

/// Room for the band and for three rows of names: as high as it gets, so that nothing below moves.
const HEIGHT: u8 = 62;

fn run(span: &Span) -> El {
    let queued = span.kind == SpanKind::Queued;
    let (y, height) =
        if queued { (BAND_Y + BAND_HEIGHT - 4.0, 4.0) } else { (BAND_Y, BAND_HEIGHT) };
    let (x, width) = (span.x0 * WIDTH, (span.x1 - span.x0).max(0.0) * WIDTH);
    let rect = |class| {
        classed("rect", class)
            .set("data-kind", span.kind.name())
            .px("x", x)
            .px("y", y)
            .px("width", width)
            .px("height", height)
    };
    let pattern = match span.kind {
        // What may not be touched is hatched: told without its colour.
        SpanKind::NotAllowed => Some("url(#hatch)"),
        SpanKind::Lost | SpanKind::Missing => Some("url(#hatch-lost)"),
        SpanKind::Sacked | SpanKind::OutOfOrder => Some("url(#dots)"),
        SpanKind::Resent => Some("url(#hatch-twice)"),
        SpanKind::Acknowledged
        | SpanKind::InFlight
        | SpanKind::Usable
        | SpanKind::Queued
        | SpanKind::Read
        | SpanKind::Waiting
        | SpanKind::Window => None,
    };
    let over = pattern.map(|fill| rect("run-pattern").set("fill", fill));
    el("g").add(rect("run")).maybe(over)
}

fn bound(mark: &Mark) -> El {
    let x = mark.x * WIDTH;
    classed("line", "bound")
        .when(mark.kind == MarkKind::Cwnd, "stroke-dasharray", "3 2")
        .px("x1", x)
        .px("x2", x)
        .px("y1", BAND_Y - 3.0)
        .px("y2", name_y(mark) - LINE + 2.0)
}

fn bound_name(mark: &Mark, base: SeqNumber) -> El {
    let anchor = if mark.x < 0.12 {
        "start"
    } else if mark.x > 0.88 {
        "end"
    } else {
        "middle"
    };
    let mut text = mark.kind.short_name().to_owned();
    text.push(' ');
    text.push_str(&mark.seq.distance_from(base).to_string());
    if mark.beyond {
        text.push_str(" →");
    }
    el("text").px("x", mark.x * WIDTH).px("y", name_y(mark)).set("text-anchor", anchor).text(text)
}

/// Where a bound's name stands.
fn name_y(mark: &Mark) -> f64 {
    BAND_Y + BAND_HEIGHT + LINE * (f64::from(mark.row) + 1.0)
}

/// What the selected segment has to do with these octets: a bracket above them.
fn highlight(highlight: &Highlight) -> El {
    let (x0, x1) = (highlight.x0 * WIDTH, highlight.x1 * WIDTH);
    let (top, bottom) = (tenths(1.0), tenths(BAND_Y + BAND_HEIGHT + 1.5));
    let (left, right) = (tenths(x0), tenths(x1.max(x0 + 1.0)));
    let data = if x1 - x0 < 0.5 {
        // A number alone: a pointer at it.
        format!("M{left} {bottom}V{top}m-3 0h6")
    } else {
        format!("M{left} {bottom}V{top}H{right}V{bottom}z")
    };
    classed("path", "selected-octets").set("data-kind", highlight.kind.name()).write("d", data)
}

const fn highlight_words(highlight: &Highlight, words: &Messages) -> &'static str {
    use tcpscope_view::HighlightKind;
    match highlight.kind {
        HighlightKind::Carries => words.side.selected_carries,
        HighlightKind::Acknowledges => words.side.selected_acknowledges,
        HighlightKind::Sacks => words.side.selected_sacks,
    }
}

/// How many octets there are of each kind, in the order in which they come, and whether they go on
/// beyond what is drawn: one that comes in several pieces is one line of the legend.
fn counted<'a>(spans: impl Iterator<Item = &'a Span>) -> Vec<(SpanKind, u32, bool)> {
    let mut counted: Vec<(SpanKind, u32, bool)> = Vec::new();
    for span in spans {
        let octets = span.end.distance_from(span.start);
        match counted.iter_mut().find(|(kind, _, _)| *kind == span.kind) {
            Some((_, all, goes_on)) => {
                *all = all.saturating_add(octets);
                *goes_on |= span.goes_on;
            }
            None if octets > 0 => counted.push((span.kind, octets, span.goes_on)),
            None => {}
        }
    }
    counted
}

/// What octets of a standing are called, and what that means.
pub(super) const fn name_of(kind: SpanKind, words: &Messages) -> (&'static str, &'static str) {
    let (words, side) = (&words.window, &words.side);
    match kind {
        SpanKind::Acknowledged => (words.acknowledged, words.acknowledged_hint),
        SpanKind::InFlight => (words.in_flight, words.in_flight_hint),
        SpanKind::Sacked => (side.sacked, side.sacked_hint),
        SpanKind::Lost => (side.taken_for_lost, side.taken_for_lost_hint),
        SpanKind::Resent => (side.resent, side.resent_hint),
        SpanKind::Usable => (words.usable, words.usable_hint),
        SpanKind::NotAllowed => (words.not_allowed, words.not_allowed_hint),
        SpanKind::Queued => (words.unsent, words.unsent),
        SpanKind::Read => (words.read, words.read_hint),
        SpanKind::Waiting => (words.waiting, words.waiting_hint),
        SpanKind::Missing => (words.missing, words.missing_hint),
        SpanKind::OutOfOrder => (words.out_of_order, words.out_of_order_hint),
        SpanKind::Window => (words.window, words.window_hint),
    }
}
