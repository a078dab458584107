//! Fate is keyed, never streamed: each draw is a hash of the seed, the purpose and the packet. So
//! what happens to one packet changes nothing that is drawn for another.

use core::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::{Flow, HostId, PacketId};

/// What a draw decides. A new purpose comes last: the numbers of the others are part of what is
/// drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Whether a link loses a packet.
    Loss,
    /// How far a lost packet gets.
    LossPlace,
    /// How much longer than the delay a packet takes.
    Jitter,
    /// Whether a packet is held back, so that others overtake it.
    Reorder,
    /// Whether a packet is doubled.
    Duplicate,
    /// Whether a bit of a packet is flipped.
    Corrupt,
    /// Which bit.
    CorruptBit,
    /// Whether a packet is marked (RFC 3168).
    Mark,
    /// Whether a link goes from its good state to its bad one, or back.
    Bursts,
    /// Whether a link in its bad state loses a packet.
    BurstLoss,
    /// The identification that a packet's fragments share.
    Identification,
    /// What is chosen beside a run, by whoever asks about it.
    Beside,
}

/// A number from 0 to `below` − 1 for these words: for what is chosen beside a run with a seed, as
/// a question or its wrong answers are. It has no part in what a run draws.
#[must_use]
pub fn keyed(seed: u64, words: &[u64], below: u64) -> u64 {
    let mut hash = SipHasher13::new_with_keys(seed, Purpose::Beside as u64);
    for word in words {
        hash.write(&word.to_le_bytes());
    }
    below_of(hash.finish(), below)
}

/// A number from 0 to `below` − 1 for this packet.
pub(crate) fn draw(seed: u64, purpose: Purpose, packet: PacketId, below: u64) -> u64 {
    draw_part(seed, purpose, packet, 0, below)
}

/// A number from 0 to `below` − 1 for this fragment of this packet.
pub(crate) fn draw_part(
    seed: u64,
    purpose: Purpose,
    packet: PacketId,
    fragment: u32,
    below: u64,
) -> u64 {
    let PacketId { from, flow, kind, seq, len, attempt, copy } = packet;
    let mut hash = SipHasher13::new_with_keys(seed, purpose as u64);
    for word in [u32::from(from.0), kind as u32, seq, len, attempt] {
        hash.write(&word.to_le_bytes());
    }
    if flow != Flow::MAIN {
        hash.write(&3_u32.to_le_bytes());
        flow.words().into_iter().for_each(|word| hash.write(&word.to_le_bytes()));
    }
    // What is unusual is added with a tag of its own, so that the usual is drawn as ever.
    for (tag, word) in [(1_u32, u32::from(copy)), (2, fragment)] {
        if word != 0 {
            hash.write(&tag.to_le_bytes());
            hash.write(&word.to_le_bytes());
        }
    }
    below_of(hash.finish(), below)
}

/// A number from 0 to `below` − 1 for this slot of time on the link between two hosts.
pub(crate) fn draw_slot(
    seed: u64,
    purpose: Purpose,
    ends: (HostId, HostId),
    slot: u64,
    below: u64,
) -> u64 {
    let mut hash = SipHasher13::new_with_keys(seed, purpose as u64);
    hash.write(&[ends.0.0, ends.1.0]);
    hash.write(&slot.to_le_bytes());
    below_of(hash.finish(), below)
}

/// The high half of a 128-bit product: as even as a 64-bit hash can be, without division.
fn below_of(hash: u64, below: u64) -> u64 {
    u64::try_from((u128::from(hash) * u128::from(below)) >> 64).unwrap_or(0)
}

/// The secret behind a run's initial sequence numbers.
pub(crate) fn isn_secret(seed: u64) -> [u8; 16] {
    let mut secret = [0; 16];
    secret[..8].copy_from_slice(&seed.to_le_bytes());
    secret[8..].copy_from_slice(b"tcpscope");
    secret
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PacketKind;

    fn packet(seq: u32, attempt: u32) -> PacketId {
        let flow = Flow::MAIN;
        PacketId { from: HostId(0), flow, kind: PacketKind::Data, seq, len: 1000, attempt, copy: 0 }
    }

    #[test]
    fn a_draw_is_the_same_each_time_and_differs_by_seed_purpose_and_packet() {
        let one = draw(1, Purpose::Loss, packet(1, 1), 1 << 32);
        assert_eq!(one, draw(1, Purpose::Loss, packet(1, 1), 1 << 32));
        assert_ne!(one, draw(2, Purpose::Loss, packet(1, 1), 1 << 32));
        assert_ne!(one, draw(1, Purpose::LossPlace, packet(1, 1), 1 << 32));
        assert_ne!(one, draw(1, Purpose::Loss, packet(2, 1), 1 << 32));
        assert_ne!(one, draw(1, Purpose::Loss, packet(1, 2), 1 << 32));
    }

    #[test]
    fn golden_draws_pin_the_generator() {
        let draws = [0, 1, 2, 3].map(|seq| draw(7, Purpose::Loss, packet(seq, 1), 1_000_000));
        assert_eq!(draws, [517_533, 369_198, 338_204, 22_013]);
    }

    #[test]
    fn golden_draws_pin_every_purpose_and_copies_fragments_and_slots() {
        use Purpose::{
            BurstLoss, Bursts, Corrupt, CorruptBit, Duplicate, Identification, Jitter, LossPlace,
            Mark, Reorder,
        };
        let purposes = [
            LossPlace,
            Jitter,
            Reorder,
            Duplicate,
            Corrupt,
            CorruptBit,
            Mark,
            BurstLoss,
            Identification,
        ];
        let draws = purposes.map(|purpose| draw(7, purpose, packet(1, 1), 1_000_000));
        assert_eq!(
            draws,
            [529_965, 457_978, 56_656, 201_461, 398_463, 789_707, 617_154, 840_931, 438_188]
        );
        let copy = PacketId { copy: 1, ..packet(1, 1) };
        let others = [
            draw(7, Purpose::Loss, copy, 1_000_000),
            draw_part(7, Purpose::Loss, packet(1, 1), 1, 1_000_000),
            draw_part(7, Purpose::Loss, copy, 2, 1_000_000),
            draw_slot(7, Bursts, (HostId(0), HostId(1)), 1, 1_000_000),
            draw_slot(7, Bursts, (HostId(1), HostId(0)), 1, 1_000_000),
        ];
        assert_eq!(others, [502_558, 496_330, 487_233, 542_938, 355_062]);
    }

    #[test]
    fn golden_draws_pin_what_is_chosen_beside_a_run() {
        let draws = [0, 1, 2, 3].map(|word| keyed(7, &[1, word], 1_000_000));
        assert_eq!(draws, [876_334, 47_181, 41_385, 940_578]);
        assert_eq!(keyed(7, &[1], 0), 0);
    }

    #[test]
    fn a_hundredth_is_a_hundredth() {
        let hits = (0..100_000)
            .filter(|seq| draw(3, Purpose::Loss, packet(*seq, 1), 1_000_000) < 10_000)
            .count();
        // The mean is 1,000 and the standard deviation 31: four of them either way.
        assert!((876..=1124).contains(&hits), "{hits}");
    }
}
