//! What hosts of ours hand to each other: octets, or segments as they are.

use std::net::SocketAddrV4;

use bytes::Bytes;
use tcpscope_tcp::{Outgoing, Segment};
use tcpscope_wire::{Checksums, Datagram, encode_into};

use crate::Settings;
use crate::blocks::Blocks;

/// What links carry.
pub trait Packet: Clone {
    /// The packet with a bit turned over, which `draw` chooses; nothing, if nobody would take it.
    fn damaged(self, draw: u64) -> Option<Self>;
}

impl Packet for Bytes {
    fn damaged(self, draw: u64) -> Option<Self> {
        let mut damaged = self.to_vec();
        let bit = usize::try_from(draw).unwrap_or(0) % (damaged.len() * 8);
        damaged[bit / 8] ^= 1 << (bit % 8);
        Some(damaged.into())
    }
}

impl Packet for Outgoing {
    /// In octets a checksum would tell.
    fn damaged(self, _: u64) -> Option<Self> {
        None
    }
}

/// How a host of ours is spoken to.
pub trait Speech {
    /// What it hears and says.
    type Packet: Packet;

    /// Made for a host with these settings.
    fn new(settings: &Settings) -> Self;

    /// Gives what a packet carries, if it is sound, to `taker`: from whom, for whom, and the segment.
    fn hear(
        &mut self,
        packet: Self::Packet,
        taker: impl FnOnce(SocketAddrV4, SocketAddrV4, &mut Segment),
    );

    /// Moves what the host sends.
    fn say(&mut self, sent: &mut Vec<Outgoing>, into: &mut Vec<Self::Packet>);
}

/// In octets: whole IPv4 packets.
#[derive(Debug)]
pub struct Octets {
    /// Used again for each packet.
    arrived: Datagram,
    blocks: Blocks,
    mtu: usize,
}

impl Speech for Octets {
    type Packet = Bytes;

    fn new(settings: &Settings) -> Self {
        let mtu = usize::from(settings.mtu);
        Self { arrived: Datagram::default(), blocks: Blocks::new(), mtu }
    }

    fn hear(
        &mut self,
        packet: Bytes,
        taker: impl FnOnce(SocketAddrV4, SocketAddrV4, &mut Segment),
    ) {
        if self.arrived.read(packet, Checksums::Verify).is_ok() {
            let Datagram { source, destination, segment, .. } = &mut self.arrived;
            taker(*source, *destination, segment);
        }
    }

    fn say(&mut self, sent: &mut Vec<Outgoing>, into: &mut Vec<Bytes>) {
        for packet in &*sent {
            let room = self.blocks.room(self.mtu);
            encode_into(packet.source, packet.destination, &packet.segment, room)
                .expect("a segment of ours fits into a packet");
            into.push(self.blocks.packet());
        }
        sent.clear();
    }
}

/// In segments, as the simulator does: no octet is written or read.
#[derive(Debug)]
pub struct Segments;

impl Speech for Segments {
    type Packet = Outgoing;

    fn new(_: &Settings) -> Self {
        Self
    }

    fn hear(
        &mut self,
        mut packet: Outgoing,
        taker: impl FnOnce(SocketAddrV4, SocketAddrV4, &mut Segment),
    ) {
        taker(packet.source, packet.destination, &mut packet.segment);
    }

    fn say(&mut self, sent: &mut Vec<Outgoing>, into: &mut Vec<Outgoing>) {
        into.append(sent);
    }
}
