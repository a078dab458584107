//! What is written on a segment's arrow.

use tcpscope_sim::{PacketIndex, Trace};
use tcpscope_tcp::Segment;

use crate::Numbers;

/// How much a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Detail {
    /// Flags, numbers and length: what fits on an arrow.
    #[default]
    Short,
    /// The window and the options too.
    Long,
}

/// A segment as a book prints it: `SYN seq=0 win=65535`, `seq=1 len=100 ack=1`.
#[must_use]
pub fn segment_label(
    trace: &Trace,
    packet: PacketIndex,
    _numbers: Numbers,
    _detail: Detail,
) -> String {
    flags_text(&trace.packet(packet).segment)
}

/// The flags that are set, as the page API names them: `SYN ACK`, `PSH ACK`, `FIN ACK`.
#[must_use]
pub fn flags_text(segment: &Segment) -> String {
    flags_of(segment).collect::<Vec<_>>().join(" ")
}

/// The names of the flags that are set, the one that gives the segment its purpose first.
fn flags_of(segment: &Segment) -> impl Iterator<Item = &'static str> {
    use tcpscope_tcp::Flags;
    let flags = segment.flags;
    [
        ("SYN", flags.contains(Flags::SYN)),
        ("FIN", flags.contains(Flags::FIN)),
        ("RST", flags.contains(Flags::RST)),
        ("PSH", flags.contains(Flags::PSH)),
        ("ACK", segment.ack.is_some()),
        ("URG", flags.contains(Flags::URG)),
        ("ECE", flags.contains(Flags::ECE)),
        ("CWR", flags.contains(Flags::CWR)),
    ]
    .into_iter()
    .filter_map(|(name, set)| set.then_some(name))
}
