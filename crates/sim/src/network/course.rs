//! A packet leaves: what becomes of it is decided, one thing after another.

use alloc::boxed::Box;
use alloc::vec::Vec;

use tcpscope_tcp::{Duration, Instant};

use super::interventions::Done;
use super::{
    ALL, Network, REPLAYED, Stand, impair, interventions, lose_here, mark, seed_of, share,
};
use crate::draw::{Purpose, draw, draw_part};
use crate::link::fragments::{self, Piece};
use crate::link::{Line, LinkSetup, Waiting};
use crate::packet::Passage;
use crate::queue::{Happening, Queue};
use crate::step::Step;
use crate::{
    Fate, Fragment, Intervention, LINKS_COPY, LinkRule, Packet, PacketId, PacketIndex, RecordId,
    RecordKind, Why,
};

/// A packet that waits at the end of its way for another to end its own.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) packet: PacketIndex,
    other: PacketId,
    link: usize,
    /// When it would have arrived.
    by_itself: Instant,
}

/// A packet that has begun to leave.
struct Leaving {
    packet: PacketIndex,
    id: PacketId,
    begins: Instant,
    /// When its last bit has left.
    left: Instant,
    pieces: Vec<Piece>,
}

/// How a packet ends that does not arrive.
struct Loss {
    at: Instant,
    reached_ppm: u32,
    fate: Fate,
    rule: LinkRule,
}

impl Network {
    /// A packet leaves: now its fate is decided, and that of its copies.
    pub(super) fn depart(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        link: usize,
        waiting: &Waiting,
    ) {
        let (seed, at) = (seed_of(step.plan, waiting.hop), step.at);
        let line = &mut self.lines[link];
        let setup = line.setup;
        let packet = waiting.packet;
        let mut pieces = Vec::new();
        let mut octets = waiting.octets;
        if let Some(mtu) = setup.mtu
            && let Some(cut) = fragments::cut(octets, mtu)
        {
            let mtu_octets = mtu.octets;
            let may_be_cut = step.plan.setup.may_be_cut(step.trace.packet(packet).id);
            if !mtu.fragments || !may_be_cut {
                let rule = if mtu.fragments {
                    LinkRule::FragmentationNeeded { octets, mtu: mtu_octets }
                } else {
                    LinkRule::TooLong { octets, mtu: mtu_octets }
                };
                lose_here(step, queue, waiting, rule);
                return;
            }
            let fragments = count(&cut);
            impair(step, packet, LinkRule::Fragmented { octets, mtu: mtu_octets, fragments });
            octets += fragments::HEADER * fragments.saturating_sub(1);
            pieces = cut;
        }
        let left = line.send(at, octets);
        let id = step.trace.packet(packet).id;
        let leaving = Leaving { packet, id, begins: at, left, pieces };
        let is_first = waiting.hop == 0;
        let done = if is_first { interventions::sum(step.plan, id) } else { Done::default() };
        let sent = step.trace.packet_mut(packet);
        if is_first {
            sent.departs = at;
        } else if let Some(hop) = sent.passage_mut().hops.last_mut() {
            hop.departs = at;
        }
        if waiting.may_be_marked
            && !waiting.is_marked
            && is_drawn(seed, Purpose::Mark, id, setup.mark_ppm)
        {
            mark(step, packet, LinkRule::RandomlyMarked { mark_ppm: setup.mark_ppm });
        }
        self.travel(step, queue, link, waiting, &leaving, &done);

        if id.copy != 0 {
            return;
        }
        // As many as there are numbers for; who wants more copies than that has enough.
        for (number, (by, cause)) in (LINKS_COPY + 1..=ROUTERS_COPY).zip(done.copies) {
            let rule = LinkRule::DuplicatedByHand { by };
            let cause = interventions::record_of(step, packet, cause);
            self.twin(step, queue, (link, waiting.hop), &leaving, Twin { number, by, rule, cause });
        }
        if is_drawn(seed, Purpose::Duplicate, id, setup.duplicate_ppm) {
            let rule = LinkRule::Duplicated { duplicate_ppm: setup.duplicate_ppm };
            let cause = step.trace.packet(packet).sent_by;
            let at_router = ROUTERS_COPY.saturating_add(waiting.hop).min(REPLAYED - 1);
            let number = if is_first { LINKS_COPY } else { at_router };
            let copy = Twin { number, by: Duration::ZERO, rule, cause };
            self.twin(step, queue, (link, waiting.hop), &leaving, copy);
        }
    }

    /// Makes a copy of a packet that leaves; it goes beside it, by itself.
    fn twin(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        (link, hop): (usize, u8),
        leaving: &Leaving,
        copy: Twin,
    ) {
        let (index, made_by) = (step.trace.next_packet(), step.trace.next_record());
        let original = step.trace.packet(leaving.packet);
        let id = PacketId { copy: copy.number, ..original.id };
        let passage = Passage {
            copy_of: Some(leaving.packet),
            is_marked: original.is_marked(),
            ..Passage::default()
        };
        let packet = Packet {
            id,
            sent_by: made_by,
            sent: step.at,
            departs: step.at,
            ends: step.at,
            fate: Fate::Duplicate,
            reached_ppm: ALL,
            passage: Some(Box::new(passage)),
            ..original.clone()
        };
        let waiting = Waiting { hop, ..Waiting::new(&packet, index, step.at, queue.reserve()) };
        step.trace.add_packet(packet);
        let kind = RecordKind::Copy { packet: index };
        step.record(Some(copy.cause), None, kind, Some(Why::Link(copy.rule)));
        interventions::write_down(step, index);
        let mut done = interventions::sum(step.plan, id);
        done.copies.clear();
        done.later = done.later + copy.by;
        let leaving = Leaving { packet: index, id, pieces: leaving.pieces.clone(), ..*leaving };
        self.travel(step, queue, link, &waiting, &leaving, &done);
    }

    /// Whether and when a packet arrives, and what is left of it.
    fn travel(
        &mut self,
        step: &mut Step<'_>,
        queue: &mut Queue,
        link: usize,
        waiting: &Waiting,
        leaving: &Leaving,
        done: &Done,
    ) {
        let seed = seed_of(step.plan, waiting.hop);
        let Leaving { packet, id, .. } = *leaving;
        let line = &mut self.lines[link];
        let setup = line.setup;
        let jitter = setup.jitter.map(|jitter| {
            let below = jitter.up_to.as_micros().saturating_add(1);
            (jitter, Duration::from_micros(draw(seed, Purpose::Jitter, id, below)))
        });
        let held_back = setup.reorder.filter(|held| is_drawn(seed, Purpose::Reorder, id, held.ppm));

        let mut delay = setup.delay + jitter.map_or(Duration::ZERO, |(_, by)| by);
        if let Some((jitter, _)) = jitter.filter(|(jitter, _)| !jitter.overtaking) {
            delay = delay.max(line.last_arrival.since(leaving.left));
            line.last_arrival = leaving.left + delay;
            step.trace.packet_mut(packet).passage_mut().jitter = Some((
                Duration::from_micros(delay.as_micros() - setup.delay.as_micros()),
                jitter.up_to,
            ));
        } else if let Some((jitter, by)) = jitter {
            step.trace.packet_mut(packet).passage_mut().jitter = Some((by, jitter.up_to));
        }
        if let Some(held) = held_back {
            impair(step, packet, LinkRule::HeldBack { reorder_ppm: held.ppm, by: held.by });
            delay = delay + held.by;
        }
        delay = delay + done.later;

        let loss = self.loses(step, link, waiting, leaving, done, delay);
        let ends = if let Some(loss) = loss {
            let lost = step.trace.packet_mut(packet);
            lost.fate = loss.fate;
            lost.ends = loss.at;
            lost.reached_ppm = loss.reached_ppm;
            queue.push_at(loss.at, waiting.place, Happening::Loss { packet, rule: loss.rule });
            loss.at
        } else {
            damage(step, seed, &setup, packet, done);
            let by_itself = (leaving.left + delay).max(done.until);
            let ends = match done.after {
                Some(other) if !self.has_left(step, other) => {
                    self.held.push(Held { packet, other, link, by_itself });
                    by_itself + Intervention::PATIENCE
                }
                Some(_) | None => by_itself,
            };
            let arriving = step.trace.packet_mut(packet);
            arriving.fate = arriving.fate_on_arrival();
            arriving.ends = ends;
            if setup.to != arriving.to {
                self.between.insert(packet, (waiting.hop, Stand::of(arriving)));
            }
            queue.push_at(ends, waiting.place, Happening::Arrival { packet, link });
            ends
        };
        self.release(step, queue, id, ends);
    }

    /// Whether and how the link, or somebody, loses a packet; where it goes in fragments, what
    /// becomes of each.
    fn loses(
        &mut self,
        step: &mut Step<'_>,
        link: usize,
        waiting: &Waiting,
        leaving: &Leaving,
        done: &Done,
        delay: Duration,
    ) -> Option<Loss> {
        let seed = seed_of(step.plan, waiting.hop);
        let Leaving { packet, id, begins, left, ref pieces } = *leaving;
        let line = &mut self.lines[link];
        let setup = line.setup;
        let way = way_to_loss(seed, &setup, id);
        let reached_ppm = share(way, setup.delay);
        let mut first = None;
        if pieces.is_empty() {
            first = loses_piece(line, seed, id, 0, left).map(|rule| Loss {
                at: left + way,
                reached_ppm,
                fate: Fate::Lost,
                rule,
            });
        } else {
            let mut fragments = Vec::with_capacity(pieces.len());
            let mut departs = begins;
            for (number, piece) in (0..).zip(pieces) {
                let octets = u32::from(piece.octets) + fragments::HEADER;
                let left = (departs + setup.time_for(octets)).min(left);
                let lost = loses_piece(line, seed, id, number, left);
                let ends = left + if lost.is_some() { way } else { delay };
                let Piece { offset, octets, more } = *piece;
                let is_lost = lost.is_some();
                fragments.push(Fragment { offset, octets, more, departs, ends, is_lost });
                if is_lost && first.is_none() {
                    let rule = LinkRule::FragmentLost { offset, fragments: count(pieces) };
                    first = Some(Loss { at: ends, reached_ppm, fate: Fate::Lost, rule });
                }
                departs = left;
            }
            let passage = step.trace.packet_mut(packet).passage_mut();
            passage.fragments = fragments;
            let below = 1 << 16;
            let drawn = draw(seed, Purpose::Identification, id, below);
            passage.identification = u16::try_from(drawn).unwrap_or_default();
        }
        if done.dropped {
            let (fate, rule) = (Fate::Dropped, LinkRule::Dropped);
            return Some(Loss { at: left + way, reached_ppm, fate, rule });
        }
        if waiting.stranded {
            let (fate, rule) = (Fate::Lost, LinkRule::NoRoute);
            return Some(Loss { at: left + way, reached_ppm, fate, rule });
        }
        if !setup.up {
            let (fate, rule) = (Fate::Lost, LinkRule::Unplugged);
            return Some(Loss { at: left, reached_ppm: 0, fate, rule });
        }
        first
    }

    /// Whether a packet has left; one that was not sent yet has not.
    fn has_left(&self, step: &Step<'_>, id: PacketId) -> bool {
        step.trace.find_packet(id).is_some_and(|packet| {
            let entering = self.handed_over.iter().map(|(_, waiting)| waiting);
            let waiting = self.lines.iter().flat_map(|line| &line.waiting);
            !entering.chain(waiting).any(|waiting| waiting.packet == packet && waiting.hop == 0)
        })
    }

    /// Lets go of a packet that waits for this one, right after it.
    fn release(&mut self, step: &mut Step<'_>, queue: &mut Queue, id: PacketId, ends: Instant) {
        while let Some(place) = self.held.iter().position(|held| held.other == id) {
            let Held { packet, link, by_itself, .. } = self.held.swap_remove(place);
            queue.take_arrivals(|arriving, on| arriving == packet && on == link);
            let at = ends.max(by_itself);
            step.trace.packet_mut(packet).ends = at;
            let place = queue.reserve();
            queue.push_at(at, place, Happening::Arrival { packet, link });
        }
    }
}

/// Copies that links make which begin at routers have the numbers after this.
const ROUTERS_COPY: u8 = 63;

/// A copy to be made.
#[derive(Clone, Copy)]
struct Twin {
    number: u8,
    by: Duration,
    rule: LinkRule,
    cause: RecordId,
}

/// The rule by which the link loses a packet or a fragment of it, if it does.
fn loses_piece(
    line: &mut Line,
    seed: u64,
    id: PacketId,
    fragment: u32,
    left: Instant,
) -> Option<LinkRule> {
    let LinkSetup { loss_ppm, bursts, from, to, .. } = line.setup;
    let million = u64::from(ALL);
    if draw_part(seed, Purpose::Loss, id, fragment, million) < u64::from(loss_ppm) {
        return Some(LinkRule::Loss { loss_ppm });
    }
    let bursts = bursts?;
    let is_lost = line.bursts.is_bad(bursts, seed, (from, to), left)
        && draw_part(seed, Purpose::BurstLoss, id, fragment, million) < u64::from(bursts.loss_ppm);
    is_lost.then(|| LinkRule::BurstLoss { loss_ppm: bursts.loss_ppm, lasts: bursts.lasts() })
}

/// Flips the bits that the link and people flip.
fn damage(step: &mut Step<'_>, seed: u64, setup: &LinkSetup, packet: PacketIndex, done: &Done) {
    let sent = step.trace.packet(packet);
    let (id, bits) = (sent.id, 8 * sent.octets());
    let mut flipped = sent.flipped_bits().to_vec();
    let before = flipped.len();
    for bit in done.bits.iter().copied().filter(|bit| *bit < bits) {
        flip(&mut flipped, bit);
    }
    if is_drawn(seed, Purpose::Corrupt, id, setup.corrupt_ppm) {
        let bit = draw(seed, Purpose::CorruptBit, id, bits.into());
        let bit = u32::try_from(bit).unwrap_or_default();
        flip(&mut flipped, bit);
        impair(step, packet, LinkRule::BitFlipped { corrupt_ppm: setup.corrupt_ppm, bit });
    }
    if before > 0 || !flipped.is_empty() {
        step.trace.packet_mut(packet).passage_mut().flipped = flipped;
    }
}

/// A bit that is flipped twice is as it was.
fn flip(flipped: &mut Vec<u32>, bit: u32) {
    match flipped.iter().position(|before| *before == bit) {
        Some(place) => {
            flipped.remove(place);
        }
        None => flipped.push(bit),
    }
}

/// Whether what happens to so many packets in a million happens to this one.
fn is_drawn(seed: u64, purpose: Purpose, id: PacketId, ppm: u32) -> bool {
    ppm > 0 && draw(seed, purpose, id, u64::from(ALL)) < u64::from(ppm)
}

/// How long a lost packet is under way: a quarter to three quarters of the delay.
fn way_to_loss(seed: u64, link: &LinkSetup, packet: PacketId) -> Duration {
    let delay = link.delay.as_micros();
    let beyond = draw(seed, Purpose::LossPlace, packet, delay / 2 + 1);
    Duration::from_micros(delay / 4 + beyond)
}

fn count(pieces: &[Piece]) -> u32 {
    u32::try_from(pieces.len()).unwrap_or(u32::MAX)
}
