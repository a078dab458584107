//! The plots: choosing one, its figure, and the same as a table.

use tcpscope_view::{Detail, PlotFlow, PlotKind, flow_title, plot_row, segment_label, spot_text};

use crate::store::{FlowChoice, PlotCommand, PlotShell, Points};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el, tenths};
use crate::ui::icons::button;
use crate::ui::picture::{Picture, time};
use crate::ui::rows::{Rows, cell, head, row};
use crate::ui::topbar::picker;

/// The plot that is looked at.
pub(super) fn plots(picture: &Picture<'_>) -> El {
    let sheet = classed("div", "plots").add(bar(picture));
    let points = picture.session.plot_points().filter(|points| !points.plot.is_empty());
    match points {
        None => sheet.add(classed("p", "quiet plots-nothing").say(picture.messages.plots.nothing)),
        Some(points) if picture.session.shell.plots.table => sheet.add(table(picture, &points)),
        Some(_) => sheet.add(figure(picture)),
    }
}

/// What is plotted, of which flow, on which clock; closer, further; table; copies.
fn bar(picture: &Picture<'_>) -> El {
    let words = &picture.messages.plots;
    let PlotShell { kind, on_ladder, table, before, copied, .. } = picture.session.shell.plots;
    let named = |name: &'static str, select: El| {
        classed("label", "field").add(classed("span", "sr").say(name)).add(select)
    };
    let kinds = PlotKind::ALL.map(|kind| (kind.name().to_owned(), kind_name(picture, kind)));
    let kinds = kinds.to_vec();
    let clocks = [("even", words.even_clock), ("ladder", words.ladder_clock)];
    let clocks = clocks.map(|(value, name)| (value.to_owned(), name.to_owned())).to_vec();
    let clock = if on_ladder { "ladder" } else { "even" };
    let press = |text: &'static str, name: &'static str, command| {
        button("button", Command::Plot(command))
            .set("aria-label", name)
            .set("title", name)
            .say(text)
    };
    let toggle = |text: &'static str, command, on: bool| {
        button("button", Command::Plot(command)).flag("aria-pressed", on).say(text)
    };
    let zoom = (!table).then(|| {
        classed("span", "plots-zoom")
            .add(press("−", words.zoom_out, PlotCommand::Out))
            .add(press("+", words.zoom_in, PlotCommand::In))
            .add(press("↔", words.whole, PlotCommand::Whole))
    });
    let compare =
        picture.run.has_before_change().then(|| toggle(words.compare, PlotCommand::Before, before));
    let said = match copied {
        Some(true) => words.copied,
        Some(false) => words.copy_failed,
        None => "",
    };
    classed("div", "plots-bar")
        .set("role", "group")
        .set("aria-label", words.label)
        .add(named(words.kind, picker("plot-kind", kinds, kind.name())))
        .maybe(flows(picture).map(|select| named(words.flow, select)))
        .add(named(words.clock, picker("plot-clock", clocks, clock)))
        .maybe(zoom)
        .maybe(compare)
        .add(toggle(words.table, PlotCommand::Table, table))
        .add(press("CSV", words.csv, PlotCommand::Csv))
        .maybe((!table).then(|| press("SVG", words.svg, PlotCommand::Svg)))
        .add(classed("span", "quiet").set("role", "status").say(said))
}

/// The flows, where there are several.
fn flows(picture: &Picture<'_>) -> Option<El> {
    let flows = picture.session.plot_flows();
    let (first, together) = picture.session.flow_choices();
    if flows.len() < 2 {
        return None;
    }
    let title = |flow: PlotFlow| flow_title(picture.trace, &flows, flow, picture.locale);
    let mut options: Vec<_> =
        flows.iter().enumerate().map(|(place, flow)| (place.to_string(), title(*flow))).collect();
    if together > 1 {
        let name = picture.messages.plots.all_flows.fill([&together.to_string()]);
        options.push(("together".to_owned(), name));
    }
    let chosen = match picture.session.shell.plots.flow {
        Some(FlowChoice::Together) => "together".to_owned(),
        Some(FlowChoice::One(place)) => place.to_string(),
        None => first.to_string(),
    };
    Some(picker("plot-flow", options, &chosen))
}

/// The figure. What moves with the present moment, and with the pointer, is put there by hand.
fn figure(picture: &Picture<'_>) -> El {
    let words = &picture.messages.plots;
    let title = picture.session.plot_title();
    let figure = classed("div", "plot-figure")
        .set("id", "plot")
        .set("tabindex", "0")
        .set("role", "group")
        .write("aria-label", format!("{title}. {}", words.help));
    let figure = match picture.session.drawn_plot() {
        Some((_, drawn)) => {
            let area = drawn.scene.area;
            let px = |name, value| format!("{name}:{}px;", tenths(value));
            let place = px("left", area.x)
                + &px("top", area.y)
                + &px("width", area.width)
                + &px("height", area.height);
            let cover = classed("div", "plot-cover")
                .write("style", place)
                .add(classed("div", "plot-now").set("id", "plot-now"))
                .add(classed("div", "plot-range").set("id", "plot-range"));
            figure
                .raw(drawn.svg.clone())
                .add(cover)
                .add(classed("div", "plot-spot").set("id", "plot-spot"))
        }
        None => figure,
    };
    let readout =
        el("p").set("id", "plot-readout").set("class", "plot-readout num").set("role", "status");
    // What can be done, for as long as no point is told of.
    let hint = classed("p", "plot-hint").set("title", words.help).say(words.help);
    classed("div", "plot-view").add(figure).add(readout).add(hint)
}

/// The same as a table.
fn table(picture: &Picture<'_>, points: &Points) -> El {
    let words = &picture.messages.plots;
    let now = picture.moment.at;
    let rows = points.rows();
    let past = rows
        .partition_point(|row| plot_row(&points.plot, *row).is_some_and(|(_, at)| at.at <= now));
    let list = Rows {
        class: "rows plot-rows",
        label: picture.session.plot_title(),
        count: rows.len(),
        shown: Some(past.saturating_sub(1)),
    };
    let head =
        head(&[("", words.at), ("", words.series), ("", words.value), ("wide", words.segment)]);
    let mut made = Vec::new();
    for index in list.made(picture) {
        made.extend(point(picture, points, index));
    }
    list.table(picture, head, made)
}

fn point(picture: &Picture<'_>, points: &Points, index: usize) -> Option<El> {
    let words = &picture.messages.plots;
    let (track, point) = plot_row(&points.plot, *points.rows().get(index)?)?;
    let mut series = words.track(track.kind).to_owned();
    if points.titles.len() > 1 {
        series = format!("{series} · {}", points.titles.get(track.flow).map_or("", String::as_str));
    }
    if track.ghost {
        series = format!("{series} · {}", words.before);
    }
    let packet = point.packet.filter(|_| !track.ghost);
    let label = packet
        .map(|packet| segment_label(picture.trace, packet, picture.numbers, Detail::Short))
        .unwrap_or_default();
    let value = spot_text(&points.plot, point, picture.numbers);
    let value = if track.ghost {
        el("span").text(value)
    } else {
        button("row-button num", Command::Record(point.record.index()))
            .set("tabindex", "-1")
            .text(value)
    };
    let selected = packet.is_some() && packet == picture.session.selected();
    let made = row(picture, index)
        .flag("data-later", point.at > picture.moment.at)
        .flag("data-selected", selected)
        .add(cell("num").text(time(point.at)))
        .add(cell("").text(series))
        .add(cell("num").add(value))
        .add(cell("wide num").text(label));
    let go = Command::Record(point.record.index()).to_text();
    Some(if track.ghost { made } else { made.write("data-do", go) })
}

/// What a plot is called.
pub(super) fn kind_name(picture: &Picture<'_>, kind: PlotKind) -> String {
    let words = &picture.messages.plots;
    let name = match kind {
        PlotKind::Sequence => words.sequence,
        PlotKind::Congestion => words.congestion,
        PlotKind::Flight => words.flight,
        PlotKind::RoundTrip => words.round_trip,
        PlotKind::Throughput => words.throughput,
        PlotKind::Queue => words.queue,
    };
    name.to_owned()
}
