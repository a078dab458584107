//! The Ethernet frame around a packet (RFC 894, IEEE 802.3 §3).

use alloc::vec::Vec;

use crate::Field;
use crate::fields::fixed;

/// The octets of a frame's header: two addresses and what it carries.
pub const ETHERNET_HEADER_LEN: usize = 14;

/// The octets of the check sequence at a frame's end.
pub const FCS_LEN: usize = 4;

/// The least octets that a frame carries; fewer are padded, so that no frame is shorter than 64
/// octets (IEEE 802.3 §3.2.8).
pub const LEAST_CARRIED: usize = 46;

/// The most octets that a frame carries: Ethernet's MTU (RFC 894).
pub const ETHERNET_MTU: u16 = 1500;

/// The EtherType of IPv4.
const IPV4: [u8; 2] = [0x08, 0x00];

/// A field of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a field's name says which one it is")]
pub enum EthernetField {
    Destination,
    Source,
    EtherType,
    /// Zeros, up to the least that a frame carries.
    Padding,
    FrameCheckSequence,
}

/// The fields of the header, and their widths in bits, in order.
const HEADER: [(EthernetField, usize); 3] =
    [(EthernetField::Destination, 48), (EthernetField::Source, 48), (EthernetField::EtherType, 16)];

/// An IPv4 packet in a frame of its own, padded, and with its check sequence.
#[must_use]
pub fn ethernet_frame(source: [u8; 6], destination: [u8; 6], packet: &[u8]) -> Vec<u8> {
    let carried = packet.len().max(LEAST_CARRIED);
    let mut frame = Vec::with_capacity(ETHERNET_HEADER_LEN + carried + FCS_LEN);
    frame.extend_from_slice(&destination);
    frame.extend_from_slice(&source);
    frame.extend_from_slice(&IPV4);
    frame.extend_from_slice(packet);
    frame.resize(ETHERNET_HEADER_LEN + carried, 0);
    // The bit that is sent first is the highest of the polynomial: octets lie in memory so.
    let check = frame_check_sequence(&frame).to_le_bytes();
    frame.extend_from_slice(&check);
    frame
}

/// The fields of the header that a frame begins with. Where the octets end, the fields do.
#[must_use]
pub fn ethernet_fields(frame: &[u8]) -> Vec<Field<EthernetField>> {
    fixed(&HEADER, frame)
}

/// The remainder that tells whether a frame is whole (IEEE 802.3 §3.2.9): CRC-32.
#[must_use]
pub fn frame_check_sequence(octets: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    let rest = octets.iter().fold(u32::MAX, |rest, octet| {
        (0..8).fold(rest ^ u32::from(*octet), |rest, _| {
            let divides = (rest & 1).wrapping_neg();
            rest >> 1 ^ POLYNOMIAL & divides
        })
    });
    !rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sequence_is_crc_32() {
        // The check value that catalogues of CRCs give.
        assert_eq!(frame_check_sequence(b"123456789"), 0xcbf4_3926);
        assert_eq!(frame_check_sequence(&[]), 0);
    }

    #[test]
    fn a_frame_with_its_check_sequence_leaves_the_residue() {
        for length in [0_u16, 45, 46, 47, 1500] {
            let packet: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
            let frame = ethernet_frame([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2], &packet);
            assert_eq!(frame.len(), 18 + packet.len().max(46));
            assert_eq!(frame_check_sequence(&frame), 0x2144_df1c, "{length}");
            assert_eq!(frame[14..14 + packet.len()], packet);
        }
    }

    #[test]
    fn shortest_and_longest_frame() {
        let length = |octets: usize| ethernet_frame([0; 6], [0; 6], &alloc::vec![0; octets]).len();
        assert_eq!((length(40), length(1500)), (64, 1518));
    }
}
