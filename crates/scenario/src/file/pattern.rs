//! Text for those who only say how much of it: each line tells where in the text it begins.

use core::fmt::Write;

use alloc::string::String;

use bytes::Bytes;

/// Divides 1000, so that segments of 1000 octets begin where lines do.
const LINE: usize = "octets from 0001000\n".len();

/// So many octets of text, the same whenever they are asked for.
pub(super) fn pattern(octets: usize) -> Bytes {
    let mut text = String::with_capacity(octets + LINE);
    while text.len() < octets {
        let begin = text.len();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "octets from {begin:07}");
    }
    text.truncate(octets);
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_tells_where_it_begins() {
        assert_eq!(pattern(0), "");
        assert_eq!(pattern(25), "octets from 0000000\noctet");
        assert_eq!(pattern(25).len(), 25);
        assert!(pattern(2000)[1000..].starts_with(b"octets from 0001000\n"));
        assert_eq!(pattern(10_000_000).slice(9_999_980..), "octets from 9999980\n");
    }
}
