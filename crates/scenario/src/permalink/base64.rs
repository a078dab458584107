//! Octets as characters that stand in any address: base64 with `-` and `_`, without padding
//! (RFC 4648 §5, §3.2).

use alloc::string::String;
use alloc::vec::Vec;

use super::PackError;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The octets as characters: four for three.
pub(super) fn encoded(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().div_ceil(3) * 4);
    for group in octets.chunks(3) {
        let bits = group.iter().fold(0, |bits, octet| bits << 8 | usize::from(*octet));
        let bits = bits << (8 * (3 - group.len()));
        for digit in 0..=group.len() {
            let digit = DIGITS.get(bits >> (18 - 6 * digit) & 63);
            text.extend(digit.map(|digit| char::from(*digit)));
        }
    }
    text
}

const fn value(character: char) -> Option<u32> {
    let code = character as u32;
    Some(match character {
        'A'..='Z' => code - 'A' as u32,
        'a'..='z' => code - 'a' as u32 + 26,
        '0'..='9' => code - '0' as u32 + 52,
        '-' => 62,
        '_' => 63,
        _ => return None,
    })
}

/// The octets that the characters stand for.
pub(super) fn decoded(text: &str) -> Result<Vec<u8>, PackError> {
    let mut octets = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut held) = (0_u32, 0);
    for (place, character) in text.char_indices() {
        let value = value(character).ok_or(PackError::Character { place: place + 1, character })?;
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            // No more than eight bits stand before those that are held over.
            octets.push(u8::try_from(bits >> held).unwrap_or_default());
            bits &= (1 << held) - 1;
        }
    }
    // One character alone stands for no octet, and what no octet took is nought.
    if held < 6 && bits == 0 { Ok(octets) } else { Err(PackError::CutOff) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc_hold() {
        // RFC 4648 §10, less the padding.
        let cases = ["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"];
        for (octets, text) in cases.iter().enumerate() {
            let plain = b"foobar".get(..octets).expect("no more than six");
            assert_eq!(encoded(plain), *text);
            assert_eq!(decoded(text).expect(text), plain);
        }
        assert_eq!(encoded(&[0xfb, 0xff]), "-_8");
    }

    #[test]
    fn what_stands_for_no_octets_is_told() {
        let cut_off = PackError::CutOff;
        let at = |place, character| PackError::Character { place, character };
        // The last ones have bits that no octet takes: one text stands for given octets, no other.
        for (text, error) in [
            ("Z", cut_off.clone()),
            ("Zm9vY", cut_off.clone()),
            ("Zm+v", at(3, '+')),
            ("Zg==", at(3, '=')),
            ("握手", at(1, '握')),
            ("Zh", cut_off.clone()),
            ("Zm9", cut_off),
        ] {
            assert_eq!(decoded(text), Err(error), "{text}");
        }
    }
}
