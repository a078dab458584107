//! What goes where across the ladder of a capture, at each width.

use tcpscope_view::Label;

use crate::conversations::End;
use crate::observe::Vantage;

/// What goes where across it: times, and for each end its states, a band and a lifeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f64,
    /// Where the times at the left margin end.
    pub(super) times: f64,
    /// The width of a band.
    pub(super) band: f64,
    /// The lifelines.
    pub(super) lifelines: [f64; 2],
    /// Whether the names of states stand outside of the bands; else between the lifelines.
    pub(super) has_names: bool,
    /// The size of what is written along lines.
    pub(super) label_size: f64,
    /// The size of names and times.
    pub(super) note_size: f64,
    /// The least height of a segment.
    pub(super) pitch: f64,
    /// Between two lines of names.
    pub(super) line: f64,
    /// How far from a lifeline a line ends where it is not known when it is there.
    pub(super) short: f64,
    /// Where the place of the capture is drawn, as far as it shows.
    pub(super) place: Option<f64>,
    /// The end that it is at, or near.
    pub(super) near: Option<End>,
}

/// From this width on the names of states have columns of their own.
const WITH_NAMES: f64 = 560.0;
/// From this width on there is room for larger type.
const ROOMY: f64 = 720.0;
/// The longest that stands in such a column.
const LONGEST_NAME: &str = "or SYN-RECEIVED";
/// The least and the most of the way at which the place of a capture between the ends is drawn.
const BETWEEN: (f64, f64) = (0.2, 0.8);

impl Layout {
    pub(super) fn new(width: f64, vantage: &Vantage) -> Self {
        let width = width.max(300.0);
        let (times, band, label_size, note_size) = if width >= ROOMY {
            (64.0, 16.0, 12.0, 11.0)
        } else if width >= WITH_NAMES {
            (56.0, 14.0, 11.0, 10.0)
        } else {
            (50.0, 12.0, 10.0, 9.5)
        };
        let has_names = width >= WITH_NAMES;
        let names = if has_names { Label::width_of(LONGEST_NAME, note_size) + 8.0 } else { 0.0 };
        let left = times + 10.0 + names + band;
        let right = width - names - band - 4.0;
        let near = vantage.near();
        let place = match near {
            Some(End::Client) => Some(left),
            Some(End::Server) => Some(right),
            None => between(vantage).map(|part| left + (right - left) * part),
        };
        Self {
            width,
            times,
            band,
            lifelines: [left, right],
            has_names,
            label_size,
            note_size,
            pitch: 26.0,
            line: note_size + 4.0,
            short: if has_names { 28.0 } else { 12.0 },
            place,
            near,
        }
    }

    /// Which way is outwards of an end's lifeline.
    pub(super) const fn outwards(end: End) -> f64 {
        match end {
            End::Client => -1.0,
            End::Server => 1.0,
        }
    }

    /// Where a line ends at an end's side: at its lifeline, where it was captured there.
    pub(super) fn reach(&self, end: End) -> f64 {
        let short = if self.near == Some(end) { 0.0 } else { self.short };
        self.lifelines[end.index()] - Self::outwards(end) * short
    }

    /// From where to where names and texts between the lifelines may go.
    pub(super) fn inner(&self) -> f64 {
        self.lifelines[1] - self.lifelines[0] - 2.0 * self.short
    }
}

/// How far from the client the capture was taken, as a part of the whole way: by the shortest round
/// trips to either end.
fn between(vantage: &Vantage) -> Option<f64> {
    let [client, server] = vantage.to.map(|trips| trips.least);
    let (client, server) = (micros(client?), micros(server?));
    let part = if client + server > 0.0 { client / (client + server) } else { 0.5 };
    Some(part.max(BETWEEN.0).min(BETWEEN.1))
}

/// Nanoseconds as microseconds to calculate with; fewer than none are none.
#[allow(clippy::cast_precision_loss, reason = "exact below 2⁵³ microseconds: 285 years")]
pub(super) fn micros(nanos: i64) -> f64 {
    (nanos.max(0) / 1_000) as f64
}
