//! The fragments that a packet travels in.

use std::ops::Range;

use tcpscope_sim::{Fate, PacketIndex, Trace};
use tcpscope_wire::IPV4_HEADER_LEN;

/// A fragment of a packet (RFC 791 §3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FragmentRow {
    /// The fragment offset as it stands in the header: in units of eight octets.
    pub offset: u16,
    /// The octets that it carries, of what the packet carries.
    pub carries: Range<usize>,
    /// MF: whether more follow.
    pub more: bool,
    /// The total length of the fragment, its own header included.
    pub total: usize,
    /// Whether it is lost.
    pub lost: bool,
}

/// The fragments of a packet, in order; none, where it travels in one piece.
#[must_use]
pub fn fragments(trace: &Trace, packet: PacketIndex) -> Vec<FragmentRow> {
    let packet = trace.packet(packet);
    // A packet that is dropped by hand is dropped whole.
    let dropped = packet.fate == Fate::Dropped;
    let rows = packet.fragments().iter().map(|fragment| {
        let (start, octets) = (8 * usize::from(fragment.offset), usize::from(fragment.octets));
        FragmentRow {
            offset: fragment.offset,
            carries: start..start + octets,
            more: fragment.more,
            total: IPV4_HEADER_LEN + octets,
            lost: fragment.is_lost || dropped,
        }
    });
    rows.collect()
}
