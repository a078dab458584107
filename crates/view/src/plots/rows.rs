//! A plot as a table, and as comma-separated values.

use tcpscope_tcp::Instant;

use super::scale::value_text;
use super::{Plot, PlotKind, PlotPoint, Track};
use crate::axis::pixels;
use crate::order::sorted;
use crate::{Locale, Numbers, duration_text, messages};
use tcpscope_sim::Trace;

/// A row: a point, by the places of its track and in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotRow {
    /// The track.
    pub track: u32,
    /// The point.
    pub point: u32,
}

/// All points of a plot in order of time; those of one instant in the order of the tracks.
#[must_use]
pub fn plot_rows(plot: &Plot) -> Vec<PlotRow> {
    let of = |(track, points): (u32, &Track)| {
        let many = u32::try_from(points.points.len()).unwrap_or(u32::MAX);
        (0..many).map(move |point| PlotRow { track, point })
    };
    let rows: Vec<_> = (0..).zip(&plot.tracks).flat_map(of).collect();
    sorted(rows, |row| pixels(at(plot, *row).as_micros()))
}

fn at(plot: &Plot, row: PlotRow) -> Instant {
    plot_row(plot, row).map_or(Instant::ZERO, |(_, point)| point.at)
}

/// The track and the point of a row.
#[must_use]
pub fn plot_row(plot: &Plot, row: PlotRow) -> Option<(&Track, &PlotPoint)> {
    let track = plot.tracks.get(row.track as usize)?;
    Some((track, track.points.get(row.point as usize)?))
}

/// A value of a plot in words; a bar's or a band's as `from–to`.
#[must_use]
pub fn spot_text(plot: &Plot, point: &PlotPoint, numbers: Numbers) -> String {
    let absolute = plot.kind == PlotKind::Sequence && numbers == Numbers::Absolute;
    let first = if absolute { u64::from(plot.iss) } else { 0 };
    let turn = if absolute { 1 << 32 } else { u64::MAX };
    let shown = |value: u64| value_text(plot.kind, (first + value) % turn);
    if point.low == point.high {
        shown(point.high)
    } else {
        format!("{}–{}", shown(point.low), shown(point.high))
    }
}

/// The whole plot as comma-separated values (RFC 4180): whole numbers, times in microseconds.
#[must_use]
pub fn plot_csv(trace: &Trace, plot: &Plot, titles: &[String], locale: Locale) -> String {
    let words = &messages(locale).plots;
    let mut csv = "time_us,flow,series,run,from,to,segment\r\n".to_owned();
    for row in plot_rows(plot) {
        let Some((track, point)) = plot_row(plot, row) else { continue };
        let run = if track.ghost { "before" } else { "present" };
        let known = point.packet.filter(|_| !track.ghost);
        let packet = known.map(|packet| trace.packet_name(packet)).unwrap_or_default();
        csv.push_str(&point.at.as_micros().to_string());
        let (low, high) = (point.low.to_string(), point.high.to_string());
        let title = titles.get(track.flow).map_or("", String::as_str);
        for field in [title, words.track(track.kind), run, &low, &high, &packet] {
            csv.push(',');
            quote(&mut csv, field);
        }
        csv.push_str("\r\n");
    }
    csv
}

/// A field; in quotes where it has a comma or a quote.
fn quote(csv: &mut String, field: &str) {
    if field.contains([',', '"', '\n']) {
        csv.push('"');
        csv.push_str(&field.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(field);
    }
}

impl Plot {
    /// A point in words, as in `0.15 s · SND.UNA 1000`.
    #[must_use]
    pub fn say(
        &self,
        track: usize,
        point: usize,
        titles: &[String],
        (locale, numbers): (Locale, Numbers),
    ) -> Option<String> {
        let words = &messages(locale).plots;
        let track = self.tracks.get(track)?;
        let point = track.points.get(point)?;
        let mut text = duration_text(point.at.since(Instant::ZERO));
        text.push_str(" · ");
        if titles.len() > 1 || self.kind == PlotKind::Queue {
            text.push_str(titles.get(track.flow).map_or("", String::as_str));
            text.push_str(" · ");
        }
        text.push_str(words.track(track.kind));
        text.push(' ');
        text.push_str(&spot_text(self, point, numbers));
        if track.ghost {
            text.push_str(" · ");
            text.push_str(words.before);
        }
        Some(text)
    }
}
