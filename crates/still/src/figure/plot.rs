//! A plot of a figure: of the flow that carries the most.

use tcpscope_sim::Trace;
use tcpscope_tcp::Instant;
use tcpscope_view::{
    Anchor, Locale, Messages, Plot, PlotClock, PlotFlow, PlotKind, PlotScene, PlotView, Point, Svg,
    flow_title, host_title, messages, plot_flows, plot_marks,
};

use super::Still;
use super::sheet::Block;

/// How wide and how high it is, if nothing else is said.
pub(super) const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 400.0;
/// A line above it: what is plotted, and of which flow.
const HEAD: f64 = 28.0;

/// The plot.
pub(super) fn plot(still: &Still<'_>, kind: PlotKind, width: f64) -> Block {
    let Still { trace, locale, numbers, selection, part, .. } = *still;
    let flows = plot_flows(trace);
    let busiest = PlotFlow::busiest(&flows).first().and_then(|place| flows.get(*place)).copied();
    let chosen: Vec<PlotFlow> = busiest.into_iter().collect();
    let plot = Plot::new(trace, kind, &chosen);
    let titles = titles(trace, &plot, &flows, &chosen, locale);
    let clock = PlotClock::Even;
    let place = |at: Option<Instant>, else_: Instant| clock.place(at.unwrap_or(else_), None);
    let domain = (place(part.from, plot.busy.0), place(part.to, plot.busy.1));
    let height = still.height.unwrap_or(HEIGHT).max(160.0);
    let scene = PlotScene::new(
        &plot,
        &PlotView {
            clock,
            domain: (!part.is_whole() && domain.0 < domain.1).then_some(domain),
            width,
            height,
            locale,
            numbers,
            selection,
            titles: &titles,
        },
    );
    let mut svg = Svg::fragment();
    let name = name(kind, messages(locale));
    let of = titles.join(", ");
    let said = if of.is_empty() { name.to_owned() } else { [name, " · ", &of].concat() };
    svg.text("prose said", Point::new(6.0, 8.0), Anchor::Start, 13.0, &said);
    svg.open_at("plot", Point::new(0.0, HEAD));
    svg.add(&plot_marks(&scene));
    svg.close();
    Block { width, height: height + HEAD, marks: svg.into_marks() }
}

/// The names of its flows, or of its links.
fn titles(
    trace: &Trace,
    plot: &Plot,
    flows: &[PlotFlow],
    chosen: &[PlotFlow],
    locale: Locale,
) -> Vec<String> {
    let place = |place| host_title(locale, trace.place_name(place).unwrap_or_default());
    if plot.kind == PlotKind::Queue {
        return plot.links.iter().map(|(from, to)| place(*from) + " → " + &place(*to)).collect();
    }
    chosen.iter().map(|flow| flow_title(trace, flows, *flow, locale)).collect()
}

const fn name(kind: PlotKind, words: &Messages) -> &'static str {
    match kind {
        PlotKind::Sequence => words.plots.sequence,
        PlotKind::Congestion => words.plots.congestion,
        PlotKind::Flight => words.plots.flight,
        PlotKind::RoundTrip => words.plots.round_trip,
        PlotKind::Throughput => words.plots.throughput,
        PlotKind::Queue => words.plots.queue,
    }
}
