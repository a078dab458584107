//! Scales and their ticks: at ones, twos and fives of a power of ten.

use tcpscope_sim::{Moment, RecordId};
use tcpscope_tcp::{Duration, Instant};

use super::PlotKind;
use crate::axis::pixels;
use crate::{TimeAxis, duration_text};

/// How time goes along a plot.
#[derive(Clone, Copy, Debug)]
pub enum PlotClock<'a> {
    /// Evenly: places are microseconds.
    Even,
    /// As down the ladder, folded where nothing happens: places are its heights.
    Ladder(&'a TimeAxis),
}

impl PlotClock<'_> {
    /// The place of a time; of a record, where several happen then.
    #[must_use]
    pub fn place(&self, at: Instant, record: Option<RecordId>) -> f64 {
        match (self, record) {
            (Self::Even, _) => pixels(at.as_micros()),
            (Self::Ladder(axis), Some(record)) => axis.playhead(Moment { at, record }).y,
            (Self::Ladder(axis), None) => axis.y(at),
        }
    }

    /// The time at a place.
    #[must_use]
    pub fn time_at(&self, place: f64) -> Instant {
        match self {
            Self::Even => Instant::ZERO + Duration::from_micros(whole(place)),
            Self::Ladder(axis) => axis.time_at(place),
        }
    }
}

/// A value that is written at an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotTick {
    /// Where along the axis, in pixels.
    pub at: f64,
    /// The value.
    pub text: String,
}

/// How values go upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Upwards {
    /// Whether each decade takes as much room as any other.
    logarithmic: bool,
    low: f64,
    high: f64,
    bottom: f64,
    top: f64,
}

impl Upwards {
    pub(super) fn new(kind: PlotKind, low: u64, high: u64, bottom: f64, top: f64) -> Self {
        let logarithmic = kind == PlotKind::RoundTrip;
        let (low, high) = if logarithmic {
            let low = low.max(1);
            // A little air, in the ratio.
            (log(low) - 0.06, log(high.max(low.saturating_add(1))) + 0.06)
        } else {
            let low = if kind == PlotKind::Sequence { low } else { 0 };
            let high = high.max(low.saturating_add(1));
            (pixels(low), pixels(high) + pixels(high - low) * 0.04)
        };
        Self { logarithmic, low, high, bottom, top }
    }

    /// The height of a value.
    pub(super) fn y(&self, value: u64) -> f64 {
        let value = if self.logarithmic { log(value.max(1)) } else { pixels(value) };
        self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)
    }

    /// The values to be written: about `many`.
    pub(super) fn values(&self, many: u64) -> Vec<u64> {
        if !self.logarithmic {
            return even(whole(self.low.max(0.0)), whole(self.high), many);
        }
        let mut values = Vec::new();
        for power in 0..12 {
            for digit in [1, 2, 5] {
                let value = digit * 10_u64.pow(power);
                if (self.low..=self.high).contains(&log(value)) {
                    values.push(value);
                }
            }
        }
        // Ones alone, where there is no room for all.
        if values.len() as u64 > many + 3 {
            values.retain(|value| value.to_string().starts_with('1'));
        }
        values
    }
}

/// Whole numbers from `low` to `high`, about `many`, at ones, twos or fives of a power of ten.
pub(super) fn even(low: u64, high: u64, many: u64) -> Vec<u64> {
    let step = round_up(high.saturating_sub(low).div_ceil(many.max(1))).max(1);
    let mut values = Vec::new();
    let mut value = low.div_ceil(step) * step;
    while value <= high {
        values.push(value);
        value += step;
    }
    values
}

/// The next of 1, 2, 5, 10, 20, 50 and so on that is no less.
pub(super) fn round_up(value: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for digit in [1, 2, 5] {
            if digit * power >= value || power > u64::MAX / 100 {
                return digit * power;
            }
        }
        power *= 10;
    }
}

/// The unit of an axis: its name, and how much of what is counted it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) name: &'static str,
    pub(super) one: u64,
}

/// Bits a second, so that `most` has few digits.
pub(super) const fn bits(most: u64) -> Unit {
    match most {
        0..10_000 => Unit { name: "bit/s", one: 1 },
        10_000..10_000_000 => Unit { name: "kbit/s", one: 1_000 },
        10_000_000..10_000_000_000 => Unit { name: "Mbit/s", one: 1_000_000 },
        10_000_000_000.. => Unit { name: "Gbit/s", one: 1_000_000_000 },
    }
}

/// Seconds or less, so that a stretch of so many microseconds has few digits.
pub(super) const fn seconds(stretch: u64) -> Unit {
    match stretch {
        0..2_000 => Unit { name: "µs", one: 1 },
        2_000..1_000_000 => Unit { name: "ms", one: 1_000 },
        1_000_000.. => Unit { name: "s", one: 1_000_000 },
    }
}

/// A number of a unit, in groups of three digits.
pub(super) fn number(value: u64, unit: Unit) -> String {
    let (whole, rest) = (value / unit.one, value % unit.one);
    let digits = whole.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        // Four digits are read without a gap.
        if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    if rest > 0 {
        let decimals = (unit.one + rest).to_string();
        text.push('.');
        text.push_str(decimals[1..].trim_end_matches('0'));
    }
    text
}

/// A value of a plot, with its unit.
pub(super) fn value_text(kind: PlotKind, value: u64) -> String {
    const PLAIN: Unit = Unit { name: "", one: 1 };
    match kind {
        PlotKind::Sequence | PlotKind::Congestion | PlotKind::Flight | PlotKind::Queue => {
            number(value, PLAIN)
        }
        PlotKind::RoundTrip => duration_text(Duration::from_micros(value)),
        PlotKind::Throughput => {
            let unit = bits(value);
            let rounded = value - value % (unit.one / 100).max(1);
            format!("{} {}", number(rounded, unit), unit.name)
        }
    }
}

/// The logarithm to base 10.
fn log(value: u64) -> f64 {
    pixels(value).log10()
}

/// Back to a whole number: what is negative, or no number, is 0.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub(super) const fn whole(value: f64) -> u64 {
    value.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_at_ones_twos_and_fives() {
        let cases: [(u64, u64, u64, &[u64]); 6] = [
            (0, 30_000, 5, &[0, 10_000, 20_000, 30_000]),
            (0, 9, 5, &[0, 2, 4, 6, 8]),
            (3, 4, 5, &[3, 4]),
            (0, 0, 5, &[0]),
            (1_234, 1_999, 4, &[1_400, 1_600, 1_800]),
            (0, 1_250_000, 6, &[0, 500_000, 1_000_000]),
        ];
        for (low, high, many, expected) in cases {
            assert_eq!(even(low, high, many), expected, "{low}..{high}");
        }
    }

    #[test]
    fn ticks_are_never_many_more_than_wanted() {
        for low in [0, 7, 1_000, 123_456] {
            for span in [1, 2, 9, 10, 99, 1_001, 54_321, 4_000_000_000] {
                for many in [1, 3, 6, 10] {
                    let ticks = even(low, low + span, many);
                    assert!(ticks.len() as u64 <= many + 1, "{low}+{span}/{many}: {ticks:?}");
                }
            }
        }
    }

    #[test]
    fn numbers_are_grouped_and_have_no_digit_too_many() {
        let one = |name, one| Unit { name, one };
        assert_eq!(number(3_815_682_038, one("", 1)), "3\u{202f}815\u{202f}682\u{202f}038");
        assert_eq!(number(4000, one("", 1)), "4000");
        assert_eq!(number(1_250_000, one("s", 1_000_000)), "1.25");
        assert_eq!(number(50_000, one("s", 1_000_000)), "0.05");
        assert_eq!(value_text(PlotKind::Throughput, 1_966_720), "1966.72 kbit/s");
    }
}
