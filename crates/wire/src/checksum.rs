//! The Internet checksum of long stretches, fast (RFC 1071).

use etherparse::checksum::Sum16BitWords;

/// `sum` and all words of `octets`, the last padded with a zero.
///
/// `etherparse` adds word after word with carries; here 64-bit words are added up without, and their
/// upper halves once more by themselves: what these are is what the first sum is short of. So a
/// compiler makes wide instructions of it. The checksum is the same, as the order of the words does
/// not matter, nor that of the octets in them (RFC 1071 §2).
pub(crate) fn add(mut sum: Sum16BitWords, octets: &[u8]) -> Sum16BitWords {
    let (words, rest) = octets.as_chunks::<8>();
    let (all, upper) = words.iter().fold((0_u64, 0_u64), |(all, upper), word| {
        let word = u64::from_ne_bytes(*word);
        (all.wrapping_add(word), upper + (word >> 32))
    });
    // Modulo 2⁶⁴; but all lower halves together are less.
    let lower = all.wrapping_sub(upper << 32);
    sum.add_8bytes((lower + upper).to_ne_bytes()).add_slice(rest)
}

/// `sum` and a word of four octets, as they lie in memory.
pub(crate) trait AddWord {
    /// One more.
    fn word(self, word: u32) -> Self;
}

impl AddWord for Sum16BitWords {
    fn word(mut self, word: u32) -> Self {
        self.add_4bytes(word.to_ne_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_sum_of_the_words(octets in prop::collection::vec(any::<u8>(), 0..2_000)) {
            let slow = Sum16BitWords::new().add_slice(&octets).ones_complement();
            prop_assert_eq!(add(Sum16BitWords::new(), &octets).ones_complement(), slow);
        }
    }

    #[test]
    fn the_longest_packet_of_the_largest_words_does_not_overflow() {
        let octets: Vec<u8> = core::iter::repeat_n(0xff, 65_535).collect();
        let slow = Sum16BitWords::new().add_slice(&octets).ones_complement();
        assert_eq!(add(Sum16BitWords::new(), &octets).ones_complement(), slow);
    }
}
