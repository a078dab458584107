//! Two peers and the links between them, in virtual time.

use bytes::{Buf, Bytes};
use tcpscope_tcp::{Duration, Instant};

use crate::{Impairments, Link, Peer};

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What the first peer read, and the second; nothing of it where it was only counted.
    pub read: [Vec<u8>; 2],
    /// How many octets that was.
    pub octets: [usize; 2],
    /// Whether the stream of each came to its end.
    pub ended: [bool; 2],
    /// Whether each connection was reset or timed out.
    pub failed: [bool; 2],
    /// When nothing more was to be done, or time was up.
    pub at: Instant,
    /// Packets that entered each link, from the first peer and from the second.
    pub packets: [u64; 2],
}

/// Two peers: what each has still to send, and what it has read.
pub struct Pair<A: Peer, B> {
    /// The first.
    pub first: A,
    /// The second.
    pub second: B,
    /// From the first to the second, and back.
    links: [Link<A::Packet>; 2],
    now: Instant,
    sides: [Side; 2],
    scratch: Vec<A::Packet>,
}

#[derive(Debug, Default)]
struct Side {
    /// What it has still to send.
    to_send: Bytes,
    closed: bool,
    keeps: bool,
    octets: usize,
    read: Vec<u8>,
    ended: bool,
}

impl<A: Peer, B: Peer<Packet = A::Packet>> Pair<A, B> {
    /// Two peers at either end of links with this delay, `to_send` being what each will send.
    pub fn new(
        first: A,
        second: B,
        delay: Duration,
        impairments: Impairments,
        seed: u64,
        to_send: [Bytes; 2],
    ) -> Self {
        let [one, two] = to_send;
        Self {
            first,
            second,
            links: [
                Link::new(delay, impairments, seed.wrapping_mul(2)),
                Link::new(delay, impairments, seed.wrapping_mul(2).wrapping_add(1)),
            ],
            now: Instant::ZERO,
            sides: [
                Side { to_send: one, keeps: true, ..Side::default() },
                Side { to_send: two, keeps: true, ..Side::default() },
            ],
            scratch: Vec::new(),
        }
    }

    /// What is read is counted and not kept: for measurements, in which it should cost nothing.
    #[must_use]
    pub fn counting(mut self) -> Self {
        for side in &mut self.sides {
            side.keeps = false;
        }
        self
    }

    /// Opens both (the second, the server, first), sends and reads all, closes; until both
    /// connections are over or `until` is reached.
    pub fn run(&mut self, until: Instant) -> Outcome {
        self.second.open(self.now);
        self.first.open(self.now);
        loop {
            self.first.poll(self.now);
            self.second.poll(self.now);
            serve(&mut self.first, &mut self.sides[0], self.now);
            serve(&mut self.second, &mut self.sides[1], self.now);
            self.collect();
            if self.first.is_over() && self.second.is_over() {
                break;
            }
            let Some(next) = self.next().filter(|next| *next <= until) else { break };
            self.now = next;
            while let Some(packet) = self.links[0].arrived(self.now) {
                self.second.receive(self.now, packet);
            }
            while let Some(packet) = self.links[1].arrived(self.now) {
                self.first.receive(self.now, packet);
            }
        }
        let [one, two] = &mut self.sides;
        Outcome {
            ended: [one.ended, two.ended],
            octets: [one.octets, two.octets],
            read: [core::mem::take(&mut one.read), core::mem::take(&mut two.read)],
            failed: [self.first.has_failed(), self.second.has_failed()],
            at: self.now,
            packets: [self.links[0].sent(), self.links[1].sent()],
        }
    }

    fn collect(&mut self) {
        self.first.take_sent(&mut self.scratch);
        for packet in self.scratch.drain(..) {
            self.links[0].carry(self.now, packet);
        }
        self.second.take_sent(&mut self.scratch);
        for packet in self.scratch.drain(..) {
            self.links[1].carry(self.now, packet);
        }
    }

    /// The next instant at which anything happens: later than now, as now is done with, or now
    /// again where a peer says so.
    fn next(&mut self) -> Option<Instant> {
        [
            self.links[0].next_arrival(),
            self.links[1].next_arrival(),
            self.first.next_timeout(self.now),
            self.second.next_timeout(self.now),
        ]
        .into_iter()
        .flatten()
        .min_by_key(|at| at.as_micros())
        // A peer that wants to be polled at once has been: it waits for the clock to move.
        .map(|at| if at <= self.now { self.now + Duration::from_micros(1) } else { at })
    }
}

/// The application: gives what there is to send, reads what has come, closes at the end.
fn serve(peer: &mut impl Peer, side: &mut Side, now: Instant) {
    if !side.ended {
        let Side { keeps, octets, read, .. } = side;
        side.ended = peer.read(now, &mut |piece| {
            *octets += piece.len();
            if *keeps {
                read.extend_from_slice(piece);
            }
        });
    }
    if !side.to_send.is_empty() {
        side.to_send.advance(peer.send(now, &side.to_send));
    }
    if side.to_send.is_empty() && !side.closed && peer.is_connected() {
        peer.close(now);
        side.closed = true;
    }
}
