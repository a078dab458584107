//! What of a plot shows: from when to when, from which value to which, and what is written there.

use tcpscope_tcp::Duration;

use super::scale::{self, Upwards};
use super::scene::PlotView;
use super::{Plot, PlotClock, PlotKind, PlotPoint, PlotTick, Track, TrackKind, TrackShape};
use crate::axis::pixels;
use crate::{Numbers, duration_text, messages};

/// How far the window line may go beyond the rest of a plot before it is cut off.
const BEYOND: f64 = 0.6;

/// The points that show in a stretch of time; of what stays until the next, those around it too.
pub(super) fn shown<'a>(
    track: &'a Track,
    clock: PlotClock<'_>,
    domain: (f64, f64),
) -> &'a [PlotPoint] {
    let place = |point: &PlotPoint| clock.place(point.at, Some(point.record));
    let points = &track.points;
    let first = points.partition_point(|point| place(point) < domain.0);
    let last = points.partition_point(|point| place(point) <= domain.1);
    let (first, last) = match track.kind.shape() {
        TrackShape::Steps | TrackShape::Band => {
            (first.saturating_sub(1), (last + 1).min(points.len()))
        }
        TrackShape::Bars | TrackShape::Glyphs(_) => (first, last),
    };
    points.get(first..last).unwrap_or_default()
}

/// All of what is busy, with a little air at both ends.
pub(super) fn whole_domain(plot: &Plot, clock: PlotClock<'_>) -> (f64, f64) {
    let (first, last) = plot.busy;
    let (from, to) = (clock.place(first, None), clock.place(last, None));
    let least = match clock {
        PlotClock::Even => pixels(Duration::from_millis(1).as_micros()),
        PlotClock::Ladder(_) => 10.0,
    };
    let air = ((to - from) * 0.02).max(least / 2.0);
    (from - air, to + air)
}

/// A stretch that lies within another, and is no shorter than can be told apart.
pub(super) fn within((from, to): (f64, f64), whole: (f64, f64)) -> (f64, f64) {
    let all = whole.1 - whole.0;
    let long = crate::geometry::between(to - from, (all / 100_000.0).max(0.5).min(all), all);
    let from = crate::geometry::between(from, whole.0, whole.1 - long);
    (from, from + long)
}

/// From where to where the values go that show.
pub(super) fn range(plot: &Plot, clock: PlotClock<'_>, domain: (f64, f64)) -> (u64, u64) {
    let (mut low, mut high, mut limit) = (u64::MAX, 0, 0);
    for track in &plot.tracks {
        for point in shown(track, clock, domain) {
            if track.kind == TrackKind::Window {
                limit = limit.max(point.high);
            } else {
                low = low.min(point.low);
                high = high.max(point.high);
            }
        }
    }
    if low > high {
        return (0, limit.max(1));
    }
    // A window that is far above all that is sent would leave no room for what is.
    let most = pixels(high) + pixels(high - low) * BEYOND + 2.0;
    if pixels(limit) <= most { (low, high.max(limit)) } else { (low, high) }
}

/// What the values are, and which are written.
pub(super) fn values(
    plot: &Plot,
    view: &PlotView<'_>,
    upwards: &Upwards,
    tall: f64,
) -> (String, Vec<PlotTick>) {
    let words = &messages(view.locale).plots;
    let many = scale::whole(tall / 44.0).max(2);
    let values = upwards.values(many);
    let most = values.last().copied().unwrap_or(0);
    let plain = |value: u64| scale::value_text(plot.kind, value);
    let absolute = plot.kind == PlotKind::Sequence && view.numbers == Numbers::Absolute;
    let (title, text): (String, Box<dyn Fn(u64) -> String>) = match plot.kind {
        PlotKind::Sequence if absolute && plot.iss > 0 => {
            let iss = u64::from(plot.iss);
            let shown = move |value: u64| scale::value_text(plot.kind, (iss + value) % (1 << 32));
            (words.absolute.to_owned(), Box::new(shown))
        }
        PlotKind::Sequence => (words.relative.to_owned(), Box::new(plain)),
        PlotKind::Congestion | PlotKind::Flight => (words.octets.to_owned(), Box::new(plain)),
        PlotKind::RoundTrip => (words.logarithmic.to_owned(), Box::new(plain)),
        PlotKind::Throughput => {
            let unit = scale::bits(most);
            let title = words.rate.fill([unit.name, &duration_text(plot.window)]);
            (title, Box::new(move |value| scale::number(value, unit)))
        }
        PlotKind::Queue => (words.packets.to_owned(), Box::new(plain)),
    };
    // Of several flows only what is main is drawn: which that is.
    let main =
        plot.tracks.first().filter(|_| view.titles.len() > 1 && plot.kind != PlotKind::Queue);
    let title = match main {
        Some(track) => title + " · " + words.track(track.kind),
        None => title,
    };
    let tick = |value: &u64| PlotTick { at: upwards.y(*value), text: text(*value) };
    (title, values.iter().map(tick).collect())
}
