//! The Internet checksum: fast, and step by step for those who look on (RFC 1071).

/// The checksum of these octets: the complement of the sum of their words, the last padded with
/// zero.
#[must_use]
pub fn checksum(octets: &[u8]) -> u16 {
    Sum::ZERO.octets(octets).complement()
}

/// One step of a sum by hand: adds a word, and adds the carry, if there is one, at the other end
/// (RFC 1071 §1). Says whether there was.
#[must_use]
pub const fn ones_complement_add(sum: u16, word: u16) -> (u16, bool) {
    let (sum, carry) = sum.overflowing_add(word);
    // With a carry there is room for it: the sum is two less than twice the largest at the most.
    (sum + carry as u16, carry)
}

/// What the checksum of a segment or datagram covers before its own octets (RFC 9293 §3.1, RFC
/// 768): both addresses, zero, the protocol, and how many octets there are. `None` where there is
/// no whole IPv4 header to take it from.
#[must_use]
pub fn pseudo_header(ipv4: &[u8], length: usize) -> Option<[u8; 12]> {
    let addresses: [u8; 8] = ipv4.get(12..20)?.try_into().ok()?;
    let [a, b, c, d, e, f, g, h] = addresses;
    let [high, low] = u16::try_from(length).ok()?.to_be_bytes();
    Some([a, b, c, d, e, f, g, h, 0, *ipv4.get(9)?, high, low])
}

/// A sum of words, with all its carries: folded only once, at the end (RFC 1071 §2 B).
///
/// Words are taken as they lie in memory, whatever order this machine has for their octets: the sum
/// comes out in the same (§2 A). No packet has enough of them for an overflow.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum(u64);

impl Sum {
    /// Nothing yet.
    pub(crate) const ZERO: Self = Self(0);

    /// One more word of four octets, as they lie in memory.
    pub(crate) const fn word(self, word: u32) -> Self {
        Self(self.0 + word as u64)
    }

    /// All words of `octets`, the last padded with zeros.
    ///
    /// 64-bit words are added up without their carries, and their upper halves once more by
    /// themselves: what these are is what the first sum is short of. So a compiler makes wide
    /// instructions of it.
    pub(crate) fn octets(self, octets: &[u8]) -> Self {
        let (words, rest) = octets.as_chunks::<8>();
        let (all, upper) = words.iter().fold((0_u64, 0_u64), |(all, upper), word| {
            let word = u64::from_ne_bytes(*word);
            (all.wrapping_add(word), upper + (word >> 32))
        });
        // Modulo 2⁶⁴; but all lower halves together are less.
        let lower = all.wrapping_sub(upper << 32);
        let sum = Self(self.0 + lower + upper);
        if rest.is_empty() { sum } else { sum.last(rest) }
    }

    /// The last octets, fewer than eight.
    fn last(self, octets: &[u8]) -> Self {
        let mut words = [0; 8];
        for (place, octet) in words.iter_mut().zip(octets) {
            *place = *octet;
        }
        let word = u64::from_ne_bytes(words);
        Self(self.0 + (word & u64::from(u32::MAX)) + (word >> 32))
    }

    /// The complement of the sum in sixteen bits: what belongs into the header, as a number.
    pub(crate) const fn complement(self) -> u16 {
        let sum = (self.0 >> 32) + (self.0 & 0xffff_ffff);
        let sum = (sum >> 32) + (sum & 0xffff_ffff);
        let sum = (sum >> 16) + (sum & 0xffff);
        let sum = (sum >> 16) + (sum & 0xffff);
        let [low, high, ..] = (!sum).to_le_bytes();
        u16::from_be(u16::from_le_bytes([low, high]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use etherparse::checksum::Sum16BitWords;
    use proptest::prelude::*;

    fn slow(octets: &[u8]) -> u16 {
        u16::from_be(Sum16BitWords::new().add_slice(octets).ones_complement())
    }

    proptest! {
        #[test]
        fn it_is_the_sum_of_the_words(
            words in prop::collection::vec(any::<u32>(), 0..10),
            octets in prop::collection::vec(any::<u8>(), 0..2_000),
        ) {
            let all: Vec<u8> =
                words.iter().flat_map(|word| word.to_ne_bytes()).chain(octets.clone()).collect();
            let sum = words.into_iter().fold(Sum::ZERO, Sum::word).octets(&octets);
            prop_assert_eq!(sum.complement(), slow(&all));
        }
    }

    proptest! {
        #[test]
        fn step_by_step_it_comes_to_the_same(
            octets in prop::collection::vec(any::<u8>(), 0..600),
        ) {
            let words = octets.chunks(2).map(|word| match *word {
                [high, low] => u16::from_be_bytes([high, low]),
                [high] => u16::from_be_bytes([high, 0]),
                _ => 0,
            });
            let sum = words.fold(0, |sum, word| ones_complement_add(sum, word).0);
            prop_assert_eq!(!sum, checksum(&octets));
        }
    }

    #[test]
    fn a_carry_comes_back_at_the_other_end() {
        for (sum, word, result) in [
            (0, 0, (0, false)),
            (0xfffe, 1, (0xffff, false)),
            (0xffff, 1, (1, true)),
            (0xffff, 0xffff, (0xffff, true)),
            (0x8000, 0x8001, (2, true)),
        ] {
            assert_eq!(ones_complement_add(sum, word), result);
        }
    }

    #[test]
    fn the_longest_packet_of_the_largest_words_does_not_overflow() {
        for len in 65_528..=65_535 {
            let octets: Vec<u8> = core::iter::repeat_n(0xff, len).collect();
            assert_eq!(Sum::ZERO.word(u32::MAX).octets(&octets).complement(), slow(&octets));
        }
    }
}
