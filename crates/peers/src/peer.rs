//! What a host has to do to take part.

use std::net::SocketAddrV4;

use bytes::Bytes;
use tcpscope_tcp::Instant;

use crate::Packet;

/// Which side of the opening a peer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Connects.
    Client,
    /// Listens, and takes the first connection.
    Server,
}

/// How a peer is set up: what both implementations know.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Which side it takes.
    pub role: Role,
    /// Its own address and port.
    pub local: SocketAddrV4,
    /// The other's.
    pub remote: SocketAddrV4,
    /// Room for octets received and not yet read, and for those sent and not yet acknowledged.
    pub buffer: u32,
    /// The largest packet, in octets.
    pub mtu: u16,
    /// Whether the other companions of RFC 9293 are on, as far as the implementation has them.
    pub modern: bool,
    /// Whether our own host tells its reasons.
    pub observed: bool,
    /// Keys whatever the host draws.
    pub seed: u64,
}

/// A host with one connection.
pub trait Peer {
    /// What it hears and says.
    type Packet: Packet;

    /// Opens, or begins to listen.
    fn open(&mut self, now: Instant);
    /// A packet arrives.
    fn receive(&mut self, now: Instant, packet: Self::Packet);
    /// Lets the host do what is due at `now`: timers, and whatever else waits.
    fn poll(&mut self, now: Instant);
    /// Takes out the packets that were sent since the last time.
    fn take_sent(&mut self, into: &mut Vec<Self::Packet>);
    /// When the host wants to be polled again, if at all.
    fn next_timeout(&mut self, now: Instant) -> Option<Instant>;
    /// Gives octets to the connection, and says how many of them it took, from the first on.
    fn send(&mut self, now: Instant, octets: &Bytes) -> usize;
    /// Hands the octets that have arrived to `reader`, in pieces, without copying them; says whether
    /// the stream is at its end.
    fn read(&mut self, now: Instant, reader: &mut dyn FnMut(&[u8])) -> bool;
    /// No more will be sent.
    fn close(&mut self, now: Instant);
    /// Whether the connection is established, or was.
    fn is_connected(&self) -> bool;
    /// Whether the connection is gone, TIME-WAIT aside.
    fn is_over(&self) -> bool;
    /// Whether it ended by a reset or a time-out.
    fn has_failed(&self) -> bool;
}
