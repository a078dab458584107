//! Packets that are too long for a link, cut into fragments (RFC 791 §3.2).

use alloc::vec::Vec;

use super::Mtu;

/// The octets of an IPv4 header without options: each fragment has one of its own.
pub(crate) const HEADER: u32 = 20;

/// A piece of what a packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// In units of eight octets.
    pub(crate) offset: u16,
    pub(crate) octets: u16,
    pub(crate) more: bool,
}

/// The fragments of a packet of so many octets, its header among them; `None` where it needs none.
pub(crate) fn cut(octets: u32, mtu: Mtu) -> Option<Vec<Piece>> {
    if octets <= u32::from(mtu.octets) {
        return None;
    }
    let whole = octets.saturating_sub(HEADER);
    // All but the last are filled with whole units of eight octets.
    let most = (u32::from(mtu.octets).saturating_sub(HEADER) / 8 * 8).max(8);
    let pieces = (0..whole).step_by(most as usize).map(|start| {
        let octets = most.min(whole - start);
        Piece {
            offset: u16::try_from(start / 8).unwrap_or(u16::MAX),
            octets: u16::try_from(octets).unwrap_or(u16::MAX),
            more: start + octets < whole,
        }
    });
    Some(pieces.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(octets: u32, mtu: u16) -> Vec<(u16, u16, bool)> {
        let mtu = Mtu { octets: mtu, fragments: true };
        let pieces = cut(octets, mtu).unwrap_or_default();
        pieces.iter().map(|piece| (piece.octets, piece.offset, piece.more)).collect()
    }

    #[test]
    fn a_packet_is_cut_at_multiples_of_eight() {
        let cut = [(1400, 0, true), (1400, 175, true), (1000, 350, false)];
        assert_eq!(pieces(3820, 1420), cut);
        assert_eq!(pieces(1500, 1500), []);
        assert_eq!(pieces(1501, 1500), [(1480, 0, true), (1, 185, false)]);
        // 1,479 octets of room are 1,472 in whole units.
        assert_eq!(pieces(1500, 1499), [(1472, 0, true), (8, 184, false)]);
        assert_eq!(pieces(116, 68), [(48, 0, true), (48, 6, false)]);
    }

    #[test]
    fn the_pieces_make_up_the_whole() {
        for (octets, mtu) in [(65_535, 68), (65_535, 576), (1501, 1500), (4000, 1006)] {
            let pieces = pieces(octets, mtu);
            let whole: u32 = pieces.iter().map(|(octets, ..)| u32::from(*octets)).sum();
            assert_eq!(whole, octets - HEADER);
            for pair in pieces.windows(2) {
                assert_eq!(pair[1].1, pair[0].1 + pair[0].0 / 8);
                assert!(pair[0].2 && pair[0].0 % 8 == 0 && pair[0].0 + 20 <= mtu);
            }
            assert!(pieces.last().is_some_and(|last| !last.2));
        }
    }
}
