//! Links that were made to do harm: for the test that holds what they take of memory, and for the
//! figure of how long they take.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// A link of version 2 of any text.
pub(crate) fn packed(text: &str) -> String {
    of_stream(&compress_to_vec_zlib(text.as_bytes(), 9))
}

/// The same of any octets.
pub(crate) fn of_stream(stream: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<bool> = stream
        .iter()
        .flat_map(|octet| (0..8).rev().map(move |bit| octet >> bit & 1 == 1))
        .collect();
    let digits = bits.chunks(6).map(|six| {
        let value =
            (0..6).fold(0, |value, bit| value << 1 | usize::from(six.get(bit) == Some(&true)));
        char::from(DIGITS[value])
    });
    format!("v=2&z={}", digits.collect::<String>())
}

/// What unpacks to a hundred megabytes.
pub(crate) fn bomb() -> String {
    packed(&format!("v=1&select={}", "x".repeat(100_000_000)))
}

/// As long as a link may be, of one thing again and again; packed, and as it is. Each with what is said
/// of it.
pub(crate) fn much() -> Vec<(&'static str, String, &'static str)> {
    let megabyte = 1 << 20;
    let filled = |begin: &str, again: &str, end: &str| {
        let times = (megabyte - begin.len() - end.len()) / again.len();
        begin.to_owned() + &again.repeat(times) + end
    };
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    let all = [
        ("edits", filled("v=1&scenario=a", "&edit=drop,a", ""), "more than 10000 edits"),
        ("no edits", filled("v=1&scenario=a", "&edit=a", ""), "is no edit"),
        ("numbers", filled("v=1&scenario=a&edit=link,a,1,queue", ",1", ""), "is no edit"),
        ("words of a plot", filled("v=1&scenario=a&plot=a", ",a", ""), "is no choice of a plot"),
        ("escapes", filled("v=1&scenario=a&select=", "%41", "%"), "a % is not followed"),
        ("fields", filled("v=1&scenario=a", "&a", ""), "a link has no field"),
        ("ampersands", filled("v=1", "&", ""), "a link is to one scenario"),
        ("a long file", filled("v=1&inline=[", "0,", "0]"), "262144"),
        ("a deep file", format!("v=1&inline={deep}"), "too deep within others"),
    ];
    all.into_iter()
        .flat_map(|(name, text, says)| [(name, packed(&text), says), (name, text, says)])
        .collect()
}
