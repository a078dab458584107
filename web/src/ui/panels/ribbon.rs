//! The windows as ribbons of octets.

use tcpscope_sim::HostId;
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{
    Bases, Mark, MarkKind, Messages, Ribbon, Span, SpanKind, receive_window, send_window,
};

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

/// Both windows of `host`.
pub(super) fn ribbons(picture: &Picture<'_>, host: HostId) -> El {
    let (trace, record, words) = (picture.trace, picture.record, &picture.messages.window);
    let scale = picture.run.ribbon_scale(host);
    let bases = Bases::of(trace, host, record, picture.numbers);
    let send = send_window(trace, host, record, scale);
    let receive = receive_window(trace, host, record, scale);
    classed("section", "block")
        .add(ribbon(&send, words.send, bases.send, picture.messages))
        .add(ribbon(&receive, words.receive, bases.receive, picture.messages))
}

fn ribbon(ribbon: &Ribbon, title: &'static str, base: SeqNumber, words: &'static Messages) -> El {
    let place = classed("div", "ribbon").add(classed("h3", "label").say(title));
    if ribbon.spans.is_empty() {
        return place.add(classed("p", "quiet").say(words.window.none_yet));
    }
    let rows = ribbon.marks.iter().map(|mark| mark.row + 1).max().unwrap_or(0);
    let height = tenths(BAND_Y + BAND_HEIGHT + 4.0 + LINE * f64::from(rows));
    let mut svg = el("svg").set("role", "img").write("viewBox", format!("0 0 272 {height}"));
    let mut legend = classed("div", "legend").set("aria-hidden", "true");
    let mut said = title.to_owned();
    for span in ribbon.spans.iter().chain(&ribbon.queued) {
        svg = svg.add(run(span));
        if octets(span) > 0 {
            let name = name_of(span.kind, words).0;
            legend = legend.add(key(span, words));
            said.push_str(&format!(", {name}: {}", octets(span)));
        }
    }
    for mark in &ribbon.marks {
        svg = svg.add(bound(mark, base));
    }
    place.add(svg.write("aria-label", said)).add(legend)
}

fn run(span: &Span) -> El {
    let queued = span.kind == SpanKind::Queued;
    let (y, height) =
        if queued { (BAND_Y + BAND_HEIGHT - 4.0, 4.0) } else { (BAND_Y, BAND_HEIGHT) };
    classed("rect", "run")
        .set("data-kind", class_of(span.kind))
        .px("x", span.x0 * WIDTH)
        .px("y", y)
        .px("width", (span.x1 - span.x0).max(0.0) * WIDTH)
        .px("height", height)
        // What may not be touched is hatched: told without its colour.
        .when(span.kind == SpanKind::NotAllowed, "fill", "url(#hatch)")
}

fn bound(mark: &Mark, base: SeqNumber) -> El {
    let x = mark.x * WIDTH;
    let name = match mark.kind {
        MarkKind::SndUna => "UNA",
        MarkKind::SndNxt | MarkKind::RcvNxt => "NXT",
        MarkKind::SndLimit => "UNA+WND",
        MarkKind::Cwnd => "UNA+cwnd",
        MarkKind::RcvLimit => "NXT+WND",
    };
    let anchor = if mark.x < 0.12 {
        "start"
    } else if mark.x > 0.88 {
        "end"
    } else {
        "middle"
    };
    let y = BAND_Y + BAND_HEIGHT + LINE * (f64::from(mark.row) + 1.0);
    let beyond = if mark.beyond { " →" } else { "" };
    let text = format!("{name} {}{beyond}", mark.seq.distance_from(base));
    let line = classed("line", "bound")
        .px("x1", x)
        .px("x2", x)
        .px("y1", BAND_Y - 3.0)
        .px("y2", y - LINE + 2.0);
    let label = el("text").px("x", x).px("y", y).set("text-anchor", anchor).text(text);
    el("g").add(line).add(label)
}

fn key(span: &Span, words: &'static Messages) -> El {
    let (name, hint) = name_of(span.kind, words);
    let plus = if span.goes_on { "+" } else { "" };
    el("span")
        .set("title", hint)
        .add(el("i").set("data-kind", class_of(span.kind)))
        .say(name)
        .say(" ")
        .add(el("b").text(format!("{}{plus}", octets(span))))
}

const fn octets(span: &Span) -> u32 {
    span.end.distance_from(span.start)
}

const fn name_of(kind: SpanKind, words: &Messages) -> (&'static str, &'static str) {
    let words = &words.window;
    match kind {
        SpanKind::Acknowledged => (words.acknowledged, words.acknowledged_hint),
        SpanKind::InFlight => (words.in_flight, words.in_flight_hint),
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

const fn class_of(kind: SpanKind) -> &'static str {
    match kind {
        SpanKind::Acknowledged => "acknowledged",
        SpanKind::InFlight => "in-flight",
        SpanKind::Usable => "usable",
        SpanKind::NotAllowed => "not-allowed",
        SpanKind::Queued => "queued",
        SpanKind::Read => "read",
        SpanKind::Waiting => "waiting",
        SpanKind::Missing => "missing",
        SpanKind::OutOfOrder => "out-of-order",
        SpanKind::Window => "window",
    }
}
