//! The segments of a run, as lines.

use std::net::SocketAddrV4;

use tcpscope_sim::{HostId, Packet, PacketKind, RecordKind, Trace};
use tcpscope_tcp::{Ecn, Flags, IcmpError, Segment, SeqNumber};

use super::{Ends, Untellable, untellable};
use crate::play::list;
use crate::{Direction, HeaderOption, IcmpLine, Listed, PacketLine};

/// The one connection of a host, and where its numbers begin.
pub(super) struct Numbers {
    ends: Option<Ends>,
    /// Our initial number, and the peer's.
    ours: Option<SeqNumber>,
    theirs: Option<SeqNumber>,
    is_active: bool,
}

impl Numbers {
    /// The numbers of the one connection of `host`.
    pub(super) fn of(trace: &Trace, host: HostId) -> Result<Self, Untellable> {
        let mut numbers = Self { ends: None, ours: None, theirs: None, is_active: false };
        let name = &trace.host(host).name;
        for record in trace.records().iter().filter(|record| record.host == Some(host)) {
            let (packet, is_ours) = match record.kind {
                RecordKind::Transmit { packet } => (trace.packet(packet), true),
                RecordKind::Arrive { packet } => (trace.packet(packet), false),
                _ => continue,
            };
            if packet.id.kind == PacketKind::Udp {
                return untellable(format!("{name} speaks UDP: a script is about TCP"));
            }
            if packet.id.flow.posing_as.is_some() && is_ours {
                return untellable(format!("{name} forges segments: its TCP sends none of them"));
            }
            let (source, destination) = (packet.source, packet.destination);
            let ends = if is_ours { (source, destination) } else { (destination, source) };
            if *numbers.ends.get_or_insert(ends) != ends {
                return untellable(format!(
                    "{name} has segments of more than one connection: a script is about one"
                ));
            }
            if packet.segment.syn() && packet.flipped_bits().is_empty() {
                numbers
                    .note(&packet.segment, is_ours)
                    .map_err(|why| Untellable { why: format!("{name} {why}") })?;
            }
        }
        Ok(numbers)
    }

    /// A SYN. Another one than the first begins another connection.
    fn note(&mut self, segment: &Segment, is_ours: bool) -> Result<(), &'static str> {
        if self.ours.is_none() && self.theirs.is_none() {
            self.is_active = is_ours;
        }
        let begins = if is_ours { &mut self.ours } else { &mut self.theirs };
        if *begins.get_or_insert(segment.seq) == segment.seq {
            Ok(())
        } else {
            Err("has more than one connection, one after another: a script is about one")
        }
    }

    /// Whether our SYN was the first.
    pub(super) const fn is_active(&self) -> bool {
        self.is_active
    }

    /// Our end and the peer's; where nothing was sent either way, ours is its address.
    pub(super) fn ends(&self, address: SocketAddrV4) -> Ends {
        let nobody = SocketAddrV4::new(crate::Settings::default().remote, 0);
        self.ends.unwrap_or((address, nobody))
    }

    /// What the host sent.
    pub(super) fn sent(&self, packet: &Packet) -> PacketLine {
        let segment = &packet.segment;
        let wnd = Some(segment.wnd);
        let line = line(segment, (self.ours, self.theirs), Direction::Expected);
        PacketLine { wnd, ecn: (segment.ecn != Ecn::NotEct).then_some(segment.ecn), ..line }
    }

    /// What reached it.
    pub(super) fn arrived(&self, packet: &Packet) -> PacketLine {
        let segment = &packet.segment;
        let ecn = if packet.is_marked() { Ecn::Ce } else { segment.ecn };
        let line = line(segment, (self.theirs, self.ours), Direction::Injected);
        PacketLine { wnd: Some(segment.wnd), ecn: (ecn != Ecn::NotEct).then_some(ecn), ..line }
    }

    /// What the network said of one that it had sent.
    pub(super) fn reported(&self, packet: &Packet, error: IcmpError) -> IcmpLine {
        let len = u16::try_from(packet.segment.payload.len()).unwrap_or(u16::MAX);
        IcmpLine { error, seq: from(packet.segment.seq, self.ours), len }
    }
}

/// A segment whose sender's numbers begin with the first, and whose receiver's with the second.
fn line(
    segment: &Segment,
    (own, other): (Option<SeqNumber>, Option<SeqNumber>),
    direction: Direction,
) -> PacketLine {
    let mut options = list(&segment.options);
    for option in &mut options {
        if let HeaderOption::Sack(blocks) = option {
            for (left, right) in blocks {
                for number in [left, right] {
                    *number = from(SeqNumber::new(*number), other);
                }
            }
        }
    }
    PacketLine {
        direction,
        ecn: None,
        flags: segment.flags,
        seq: from(segment.seq, own),
        len: u16::try_from(segment.payload.len()).unwrap_or(u16::MAX),
        ack: segment.ack.map(|ack| from(ack, other)),
        wnd: None,
        urg: segment.flags.contains(Flags::URG).then_some(segment.urg),
        options: Listed::These(options),
    }
}

/// A number from where it begins.
fn from(number: SeqNumber, begins: Option<SeqNumber>) -> u32 {
    number.value().wrapping_sub(begins.map_or(0, SeqNumber::value))
}
