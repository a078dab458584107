//! Numbers as C's `%g` prints them.

use tcpscope_tcp::Duration;

/// A time in milliseconds, with six digits at most.
pub(super) fn millis(span: Duration) -> String {
    let micros = span.as_micros();
    let digits = (micros / 1000).checked_ilog10().map_or(1, |power| power + 1);
    // A millisecond has three digits after the point; of those as many as make six digits in all.
    let cut = 10_u64.pow(3_u32.saturating_sub(6_u32.saturating_sub(digits)));
    let micros = (micros + cut / 2) / cut * cut;
    decimal(micros, 3)
}

/// A rate in bits a second, with three digits and the letter of the unit.
pub(super) fn bits(rate: u64) -> String {
    let (unit, letter) = match rate {
        0..1_000 => (1, ""),
        1_000..1_000_000 => (1_000, "k"),
        1_000_000..1_000_000_000 => (1_000_000, "M"),
        1_000_000_000..1_000_000_000_000 => (1_000_000_000, "G"),
        _ => (1_000_000_000_000, "T"),
    };
    let thousandths = rate.saturating_mul(1000) / unit;
    let cut = match thousandths {
        0..10_000 => 10,
        10_000..100_000 => 100,
        _ => 1000,
    };
    decimal((thousandths + cut / 2) / cut * cut, 3) + letter
}

/// A number of `10^-places`, without zeros at its end.
fn decimal(number: u64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (whole, rest) = (number / unit, number % unit);
    if rest == 0 {
        return whole.to_string();
    }
    // The sum's leading 1 keeps the zeros after the point.
    let digits = (unit + rest).to_string();
    format!("{whole}.{}", digits.get(1..).unwrap_or_default().trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_six_digits() {
        let cases = [
            (0, "0"),
            (40, "0.04"),
            (80_072, "80.072"),
            (204_000, "204"),
            (1_000_000, "1000"),
            (1_234_567, "1234.57"),
            (12_345_678, "12345.7"),
            (123_456_789, "123457"),
        ];
        for (micros, text) in cases {
            assert_eq!(millis(Duration::from_micros(micros)), text);
        }
    }

    #[test]
    fn rates_have_three_digits_and_a_unit() {
        let cases = [
            (0, "0"),
            (950, "950"),
            (1_456_000, "1.46M"),
            (97_300_000, "97.3M"),
            (116_800, "117k"),
            (1_000_000_000, "1G"),
        ];
        for (rate, text) in cases {
            assert_eq!(bits(rate), text);
        }
    }
}
