//! The windows as ribbons of octets.

use tcpscope_sim::HostId;
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{
    Bases, Mark, MarkKind, Messages, Ribbon, Span, SpanKind, receive_window, send_window,
};
use yew::prelude::*;

use crate::ui::context::Picture;

/// The width of a ribbon in its own units; it is as wide as its place.
const WIDTH: f64 = 272.0;
/// Where the band of octets is.
const BAND_Y: f64 = 14.0;
/// Its height.
const BAND_HEIGHT: f64 = 18.0;
/// The height of a line of names.
const LINE: f64 = 12.0;

/// Both windows of `host`.
pub(super) fn ribbons(picture: &Picture<'_>, host: HostId) -> Html {
    let (trace, record) = (picture.run.trace(), picture.record());
    let scale = picture.run.ribbon_scale(host);
    let words = picture.messages();
    let bases = Bases::of(trace, host, record, picture.session.preferences.numbers);
    let send = send_window(trace, host, record, scale);
    let receive = receive_window(trace, host, record, scale);
    html! {
        <section class="block">
            { ribbon(&send, words.window.send, bases.send, words) }
            { ribbon(&receive, words.window.receive, bases.receive, words) }
        </section>
    }
}

fn ribbon(ribbon: &Ribbon, title: &'static str, base: SeqNumber, words: &'static Messages) -> Html {
    if ribbon.spans.is_empty() {
        return html! {
            <div class="ribbon"><h3 class="label">{ title }</h3><p class="quiet">{ words.window.none_yet }</p></div>
        };
    }
    let rows = ribbon.marks.iter().map(|mark| mark.row).max().map_or(0, |row| row + 1);
    let height = BAND_Y + BAND_HEIGHT + 4.0 + LINE * f64::from(rows);
    html! {
        <div class="ribbon">
            <h3 class="label">{ title }</h3>
            <svg viewBox={format!("0 0 {WIDTH} {height}")} role="img" aria-label={in_words(ribbon, title, words)}>
                { for ribbon.spans.iter().enumerate().map(span) }
                { ribbon.queued.as_ref().map(|queued| span((99, queued))) }
                { for ribbon.marks.iter().map(|each| mark(each, base)) }
            </svg>
            <div class="legend" aria-hidden="true">
                { for ribbon.spans.iter().chain(&ribbon.queued).filter(|span| octets(span) > 0)
                    .map(|span| legend(span, words)) }
            </div>
        </div>
    }
}

fn span((place, span): (usize, &Span)) -> Html {
    let (x, width) = (span.x0 * WIDTH, (span.x1 - span.x0).max(0.0) * WIDTH);
    let queued = span.kind == SpanKind::Queued;
    let (y, height) =
        if queued { (BAND_Y + BAND_HEIGHT - 4.0, 4.0) } else { (BAND_Y, BAND_HEIGHT) };
    // What may not be touched is hatched: told without its colour.
    let fill = (span.kind == SpanKind::NotAllowed).then_some("url(#hatch)");
    html! {
        <rect key={place} class="run" {fill} data-kind={class_of(span.kind)} x={tenths(x)} y={tenths(y)}
            width={tenths(width)} height={tenths(height)} />
    }
}

fn mark(mark: &Mark, base: SeqNumber) -> Html {
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
    let number = mark.seq.distance_from(base);
    html! {
        <g key={name}>
            <line class="bound" x1={tenths(x)} x2={tenths(x)} y1={tenths(BAND_Y - 3.0)}
                y2={tenths(y - LINE + 2.0)} />
            <text x={tenths(x)} y={tenths(y)} text-anchor={anchor}>
                <tspan class="mark-name">{ name }</tspan>{ " " }{ number }
                if mark.beyond { { " →" } }
            </text>
        </g>
    }
}

fn legend(span: &Span, words: &'static Messages) -> Html {
    let (name, hint) = name_of(span.kind, words);
    let plus = if span.goes_on { "+" } else { "" };
    html! {
        <span key={class_of(span.kind)} title={hint}>
            <i data-kind={class_of(span.kind)} />{ name }{ " " }<b>{ octets(span) }{ plus }</b>
        </span>
    }
}

fn in_words(ribbon: &Ribbon, title: &'static str, words: &'static Messages) -> String {
    let spans = ribbon.spans.iter().filter(|span| octets(span) > 0).map(|span| {
        let octets = (words.window.octets)(octets(span).into());
        format!("{}: {octets}", name_of(span.kind, words).0)
    });
    format!("{title}. {}", spans.collect::<Vec<_>>().join(", "))
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

fn tenths(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}
