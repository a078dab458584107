//! Percent-encoding (RFC 3986 §2.1).

use alloc::string::String;
use alloc::vec::Vec;

use super::LinkError;
use crate::error::quoted;

/// What stands as it is: the unreserved characters (RFC 3986 §2.3) and those of packets' names.
/// Others would be allowed too, but chat programs and Markdown end an address at some of them.
const fn stands(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~' | b':' | b'+')
}

/// The text with everything percent-encoded that cannot stand as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for octet in text.bytes() {
        if stands(octet) {
            escaped.push(char::from(octet));
        } else {
            escaped.push('%');
            for digit in [octet >> 4, octet & 15] {
                let digit = char::from_digit(digit.into(), 16).unwrap_or('0');
                escaped.push(digit.to_ascii_uppercase());
            }
        }
    }
    escaped
}

/// The text with only that percent-encoded which would end its field, or looks like an escape: for
/// links that are packed, and need not stand in an address.
pub(super) fn escaped_within(text: &str) -> String {
    text.replace('%', "%25").replace('&', "%26")
}

/// The text with percent-encoding undone. A `+` is a `+`: this is no HTML form.
pub(super) fn unescaped(text: &str) -> Result<String, LinkError> {
    let broken = || LinkError::BrokenEscape { text: quoted(text) };
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(if octet == b'%' {
            let mut digit = || rest.next().and_then(|octet| char::from(octet).to_digit(16));
            let value = digit().zip(digit()).map(|(high, low)| high << 4 | low);
            value.and_then(|value| u8::try_from(value).ok()).ok_or_else(broken)?
        } else {
            octet
        });
    }
    String::from_utf8(octets).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_packets_stand_as_they_are() {
        let name = "server:data:1+1460~2";
        assert_eq!(escaped(name), name);
        assert_eq!(unescaped(name).unwrap(), name);
        assert_eq!(unescaped("server%3Adata%3a1%2B1460%7E2").unwrap(), name);
    }

    #[test]
    fn what_is_escaped_comes_back() {
        assert_eq!(escaped("a&b=c,d 握%"), "a%26b%3Dc%2Cd%20%E6%8F%A1%25");
        assert_eq!(unescaped("a%26b%3Dc%2Cd%20%E6%8F%A1%25").unwrap(), "a&b=c,d 握%");
        // Browsers leave it alone in a fragment; it is read all the same.
        assert_eq!(unescaped("握手").unwrap(), "握手");
    }

    #[test]
    fn within_a_packed_link_little_is_escaped() {
        let text = "{\"a\": 1} & 100% %26 握";
        assert_eq!(escaped_within(text), "{\"a\": 1} %26 100%25 %2526 握");
        assert_eq!(unescaped(&escaped_within(text)).unwrap(), text);
    }

    #[test]
    fn a_broken_escape_is_told() {
        for text in ["%", "a%2", "%zz", "%+1", "%E6%8F", "%FF", "%%41"] {
            assert!(matches!(unescaped(text), Err(LinkError::BrokenEscape { .. })), "{text}");
        }
    }
}
