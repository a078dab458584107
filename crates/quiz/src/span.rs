//! When an answer is close enough, and times as they are written.

use tcpscope_tcp::{Duration, Instant};
use tcpscope_view::duration_text;

/// How far off a time may be that follows after this wait: a tenth of it, and 1 ms at least. So
/// the rule can be said without giving the wait away.
#[must_use]
pub(crate) fn tolerance(wait: Duration) -> Duration {
    Duration::from_micros((wait.as_micros() / 10).max(1_000))
}

/// Whether `given` does for `right`, seen from `now`.
#[must_use]
pub(crate) fn is_close(now: Instant, right: Instant, given: Instant) -> bool {
    let off = right.as_micros().abs_diff(given.as_micros());
    off <= tolerance(right.since(now)).as_micros()
}

/// A time of a run as it is written: since its beginning.
#[must_use]
pub(crate) fn time_text(at: Instant) -> String {
    duration_text(at.since(Instant::ZERO))
}

/// The microseconds of a time as it is written: `40ms`, `1.2 s`, `250us`. `None` where it is none,
/// or has no unit.
#[must_use]
pub fn micros(text: &str) -> Option<u64> {
    let text = text.trim();
    let unit_at = text.find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))?;
    let (number, unit) = text.split_at(unit_at);
    let scale: u64 = match unit.trim() {
        "s" => 1_000_000,
        "ms" => 1_000,
        "us" | "µs" | "μs" => 1,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: u64 = whole.parse().ok()?;
    let mut micros = whole.checked_mul(scale)?;
    let mut digit_is_worth = scale;
    for digit in part.chars() {
        digit_is_worth /= 10;
        micros = micros.checked_add(u64::from(digit.to_digit(10)?) * digit_is_worth)?;
    }
    Some(micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_it_is_written() {
        let cases = [
            ("40ms", Some(40_000)),
            ("40.036 ms", Some(40_036)),
            ("1.2s", Some(1_200_000)),
            ("0 s", Some(0)),
            ("250us", Some(250)),
            ("250 µs", Some(250)),
            ("1.0000001 s", Some(1_000_000)),
            ("40", None),
            ("ms", None),
            (".5 s", None),
            ("1.2.3 s", None),
            ("4 hours", None),
            ("99999999999999999999 s", None),
            ("18446744073709551615 s", None),
        ];
        for (text, expected) in cases {
            assert_eq!(micros(text), expected, "{text}");
        }
    }

    #[test]
    fn a_time_may_be_off_by_a_tenth_of_the_wait() {
        let at = Instant::from_micros;
        for (now, right, given, does) in [
            (0, 1_000_000, 1_100_000, true),
            (0, 1_000_000, 900_000, true),
            (0, 1_000_000, 1_100_001, false),
            (500_000, 1_000_000, 1_050_001, false),
            (1_000_000, 1_000_000, 1_001_000, true),
            (1_000_000, 1_000_000, 998_999, false),
        ] {
            assert_eq!(is_close(at(now), at(right), at(given)), does, "{now} {right} {given}");
        }
    }
}
