//! Octets as hexadecimal digits, and back.

/// Lower-case digits, two for each octet.
pub(super) fn to_hex(octets: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    let mut digits = String::with_capacity(octets.len() * 2);
    for octet in octets {
        digits.push(digit(octet >> 4));
        digits.push(digit(octet & 0xf));
    }
    digits
}

/// The octets that `digits` stand for, in either case; what is wrong where they stand for none.
pub(super) fn from_hex(digits: &str) -> Result<Vec<u8>, String> {
    let nibble = |at: usize, digit: u8| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            b'A'..=b'F' => digit - b'A' + 10,
            _ => return Err(format!("digit {at} is not hexadecimal")),
        };
        Ok(value)
    };
    let mut octets = Vec::with_capacity(digits.len() / 2);
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    for (index, [high, low]) in pairs.iter().enumerate() {
        octets.push(nibble(2 * index, *high)? << 4 | nibble(2 * index + 1, *low)?);
    }
    if rest.is_empty() {
        Ok(octets)
    } else {
        Err(format!("{} digits are no whole octets", digits.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_go_out_and_come_back() {
        let all: Vec<u8> = (0..=255).collect();
        let digits = to_hex(&all);
        assert!(digits.starts_with("000102") && digits.ends_with("fdfeff"));
        assert_eq!(from_hex(&digits), Ok(all.clone()));
        assert_eq!(from_hex(&digits.to_uppercase()), Ok(all));
        assert_eq!(from_hex(""), Ok(vec![]));
        for wrong in ["0", "000", "0g", "g0", " 0", "0x00", "é", "0é0"] {
            assert!(from_hex(wrong).is_err(), "{wrong}");
        }
    }
}
