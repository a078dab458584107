//! Text for those who only say how much of it: each line tells where in the text it begins.

use alloc::vec::Vec;

use bytes::Bytes;

/// Divides 1000, so that segments of 1000 octets begin where lines do.
const LINE: usize = FIRST.len();
const FIRST: &[u8; 20] = b"octets from 0000000\n";

/// So many octets of text, the same whenever they are asked for.
pub(super) fn pattern(octets: usize) -> Bytes {
    let mut text = Vec::with_capacity(octets + LINE);
    for line in lines().take(octets.div_ceil(LINE)) {
        text.extend_from_slice(&line);
    }
    text.truncate(octets);
    text.into()
}

/// Whether this is that text: asked whenever a scenario is written, of megabytes.
pub(super) fn is_pattern(octets: &[u8]) -> bool {
    octets.chunks(LINE).zip(lines()).all(|(chunk, line)| line.starts_with(chunk))
}

/// The lines, counted as on a dial.
fn lines() -> impl Iterator<Item = [u8; LINE]> {
    core::iter::successors(Some(*FIRST), |line| {
        let mut next = *line;
        // From line to line it is two tens more.
        let mut more = 2;
        for digit in next[12..18].iter_mut().rev() {
            let sum = *digit - b'0' + more;
            (*digit, more) = (b'0' + sum % 10, sum / 10);
        }
        Some(next)
    })
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

    #[test]
    fn only_the_pattern_is_one() {
        for octets in [0, 1, 19, 20, 21, 54_321] {
            let text = pattern(octets);
            assert!(is_pattern(&text), "{octets}");
            for wrong in (0..octets).step_by(997) {
                let mut other = text.to_vec();
                other[wrong] ^= 1;
                assert!(!is_pattern(&other), "{wrong} of {octets}");
            }
        }
    }
}
