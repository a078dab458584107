//! One end's numbers as they pass, and what a segment is beside them. The rules are those of
//! Wireshark's `tcp.analysis`, but for the one that tells what fills a gap: timestamps know more than
//! the clock.

use std::collections::VecDeque;

use tcpscope_tcp::SeqNumber;

use super::carried::Carried;
use super::finding::{Finding, Marks, Repeat};
use super::{EndKnown, WindowScale};
use crate::conversations::End;
use crate::gather::Seen;
use crate::time::Time;

/// How soon after the last duplicate ACK a fast retransmission comes, besides a round trip.
const SOON: i64 = 20_000_000;

/// As many segments are remembered as being under way: of a capture that holds one direction alone
/// none is ever acknowledged.
const MOST_UNDER_WAY: usize = 1 << 12;

/// What was sent and is not acknowledged yet.
#[derive(Clone, Copy, Debug)]
struct Sent {
    seq: SeqNumber,
    end: SeqNumber,
    at: Option<Time>,
    /// Its TSval.
    stamp: Option<u32>,
    place: usize,
    again: bool,
}

/// What has passed from one end.
#[derive(Clone, Debug)]
pub(super) struct Side {
    scale: WindowScale,
    base: Option<SeqNumber>,
    mss: Option<u16>,
    longest: u32,
    /// The number after the highest that was sent.
    next: Option<SeqNumber>,
    next_at: Option<Time>,
    /// Up to where nothing is missing.
    contiguous: Option<SeqNumber>,
    ack: Option<SeqNumber>,
    ack_at: Option<Time>,
    window: Option<u16>,
    duplicates: u32,
    last: Marks,
    carried: Carried,
    sent: VecDeque<Sent>,
    /// Whether that stands in the order of its numbers.
    in_order: bool,
    segments: usize,
    text: u64,
    unseen: u64,
    no_syn: bool,
    has_fin: bool,
}

impl Side {
    pub(super) fn new(scale: WindowScale) -> Self {
        Self {
            scale,
            base: None,
            mss: None,
            longest: 0,
            next: None,
            next_at: None,
            contiguous: None,
            ack: None,
            ack_at: None,
            window: None,
            duplicates: 0,
            last: Marks::empty(),
            carried: Carried::default(),
            sent: VecDeque::new(),
            in_order: true,
            segments: 0,
            text: 0,
            unseen: 0,
            no_syn: false,
            has_fin: false,
        }
    }

    pub(super) const fn known(&self) -> EndKnown {
        let Self { base, scale, mss, longest, text, no_syn, unseen, .. } = *self;
        EndKnown { base, scale, mss, longest, text, no_syn, unseen }
    }

    /// The window that a segment of this end announces, in octets.
    fn window_of(&self, seen: &Seen) -> Option<u32> {
        match self.scale {
            // A SYN's own window is never scaled (RFC 7323 §2.2).
            _ if seen.syn() => Some(seen.wnd.into()),
            WindowScale::Known(shift) => Some(u32::from(seen.wnd) << shift),
            WindowScale::Unknown => None,
        }
    }
}

/// What this segment is, which is the next of its conversation. `first_trip` is how long the first
/// round trip takes that is seen whole, in nanoseconds.
pub(super) fn find(sides: &mut [Side; 2], seen: &Seen, first_trip: Option<i64>) -> Finding {
    let place = sides.iter().map(|side| side.segments).sum();
    let [client, server] = sides;
    let (own, peer) = match seen.from {
        End::Client => (client, server),
        End::Server => (server, client),
    };
    own.begin(seen);
    let mut finding = Finding { window: own.window_of(seen), next: own.next, ..Finding::default() };
    finding.marks = marks(own, peer, seen);
    if finding.marks.contains(Marks::DUPLICATE_ACK) {
        own.duplicates += 1;
        finding.duplicate = own.duplicates;
    }
    if seen.ack != own.ack {
        own.duplicates = 0;
    }
    if let Some(ack) = seen.ack {
        if peer.contiguous.is_some_and(|most| ack.after(most)) && !seen.rst() {
            finding.marks |= Marks::ACK_LOST_SEGMENT;
            peer.catch_up(ack);
        }
        (finding.acknowledges, finding.round_trip) = peer.acknowledged(ack, seen.at);
    }
    if !seen.is_empty() && !finding.marks.contains(Marks::ZERO_WINDOW_PROBE) {
        finding.repeat = own.repeat(peer, seen, finding.marks, first_trip);
        let asked = finding.repeat.is_some_and(|repeat| repeat != Repeat::Spurious)
            && peer.duplicates >= 2
            && peer.ack == Some(seen.seq)
            && since(seen.at, peer.ack_at).is_none_or(|wait| wait < SOON + first_trip.unwrap_or(0));
        if asked {
            finding.marks |= Marks::FAST_RETRANSMISSION;
        }
    }
    finding.repeats = own.advance(seen, &finding, place);
    if seen.text_len > 0 {
        let acknowledged = peer.ack.or(own.base.map(|base| base + 1));
        let highest = own.next.zip(acknowledged);
        finding.in_flight =
            highest.map(|(next, ack)| if ack.after(next) { 0 } else { next.distance_from(ack) });
    }
    own.last = finding.marks;
    finding
}

/// What shows of a segment beside what has passed.
fn marks(own: &Side, peer: &Side, seen: &Seen) -> Marks {
    let mut marks = Marks::empty();
    let control = seen.syn() || seen.fin() || seen.rst();
    let (bare, is_next) = (seen.text_len == 0 && !control, own.next == Some(seen.seq));
    if seen.text_len == 1 && is_next && peer.window == Some(0) && !control {
        return Marks::ZERO_WINDOW_PROBE;
    }
    marks.set(Marks::ZERO_WINDOW, seen.wnd == 0 && !control);
    let beyond = own.next.is_some_and(|next| seen.seq.after(next));
    marks.set(Marks::LOST_SEGMENT, beyond && !seen.rst());
    let before = own.next.is_some_and(|next| seen.seq + 1 == next);
    marks.set(Marks::KEEP_ALIVE, before && seen.text_len <= 1 && !control);
    let same = bare && is_next && seen.ack == own.ack;
    let same_window = own.window == Some(seen.wnd);
    marks.set(Marks::WINDOW_UPDATE, same && !same_window && seen.wnd > 0);
    if seen.text_len > 0 && !control && fills_window(peer, seen) {
        marks |= Marks::WINDOW_FULL;
    }
    if same && same_window && seen.wnd > 0 && peer.last.contains(Marks::KEEP_ALIVE) {
        return marks | Marks::KEEP_ALIVE_ACK;
    }
    if same && same_window && seen.wnd == 0 && peer.last.contains(Marks::ZERO_WINDOW_PROBE) {
        return marks | Marks::ZERO_WINDOW_PROBE_ACK;
    }
    marks.set(Marks::DUPLICATE_ACK, same && same_window && seen.wnd > 0);
    marks
}

/// Whether a segment goes to the edge of the window that the other end announced.
fn fills_window(peer: &Side, seen: &Seen) -> bool {
    let (WindowScale::Known(shift), Some(ack), Some(window)) = (peer.scale, peer.ack, peer.window)
    else {
        return false;
    };
    // The window of a SYN is not scaled, and is the only one so far where there is but one segment.
    let shift = if peer.segments == 1 { 0 } else { shift };
    seen.seq + seen.text_len == ack + (u32::from(window) << shift)
}

/// The nanoseconds between two times, where both are known.
fn since(now: Option<Time>, then: Option<Time>) -> Option<i64> {
    Some(now?.since(then?))
}

impl Side {
    /// Takes from a segment what its sender begins with.
    fn begin(&mut self, seen: &Seen) {
        if self.base.is_none() {
            // Whoever refuses without a connection has no numbers of its own.
            let is_refusal = seen.rst() && seen.seq == SeqNumber::new(0);
            self.no_syn = !seen.syn() && !seen.rst();
            self.base = (!is_refusal).then(|| if seen.syn() { seen.seq } else { seen.seq - 1 });
        }
        if seen.syn() {
            self.mss = self.mss.or(seen.options.mss);
        }
        self.longest = self.longest.max(seen.text_len);
    }

    /// The other end acknowledges more than was captured.
    fn catch_up(&mut self, ack: SeqNumber) {
        if let Some(most) = self.contiguous {
            self.unseen += u64::from(self.missing(most, ack));
        }
        self.contiguous = Some(ack);
    }

    /// How many numbers from `from` to `to` never passed here.
    fn missing(&self, from: SeqNumber, to: SeqNumber) -> u32 {
        let mut missing = to.distance_from(from);
        for sent in self.sent.iter().filter(|sent| !sent.again) {
            let begin = sent.seq.later_of(from);
            let end = if sent.end.after(to) { to } else { sent.end };
            if end.after(begin) {
                missing = missing.saturating_sub(end.distance_from(begin));
            }
        }
        missing
    }

    /// Forgets what is acknowledged: which segment was the last of it, and how long ago it passed.
    fn acknowledged(&mut self, ack: SeqNumber, now: Option<Time>) -> (Option<usize>, Option<i64>) {
        let mut last: Option<Sent> = None;
        let mut ambiguous = false;
        let mut take = |sent: &Sent| {
            let over = sent.end.at_or_before(ack);
            if over {
                ambiguous |= sent.again;
                if last.is_none_or(|last| sent.end.at_or_after(last.end)) {
                    last = Some(*sent);
                }
            }
            over
        };
        if self.in_order {
            while self.sent.front().is_some_and(&mut take) {
                self.sent.pop_front();
            }
        } else {
            // What was sent again may stand anywhere.
            self.sent.retain(|sent| !take(sent));
        }
        self.in_order |= self.sent.is_empty();
        let exact = last.filter(|last| last.end == ack);
        let round_trip = exact.filter(|_| !ambiguous).and_then(|last| since(now, last.at));
        (exact.map(|last| last.place), round_trip)
    }

    /// Why a segment is not the next one, if it is not.
    fn repeat(
        &self,
        peer: &Self,
        seen: &Seen,
        marks: Marks,
        first_trip: Option<i64>,
    ) -> Option<Repeat> {
        let next = self.next?;
        if marks.contains(Marks::KEEP_ALIVE) {
            return None;
        }
        if seen.text_len > 0 && peer.ack.is_some_and(|ack| seen.end().at_or_before(ack)) {
            return Some(Repeat::Spurious);
        }
        // One octet may have been a probe of a closed window: it was not taken.
        let probed = seen.text_len > 1 && seen.seq + 1 == next;
        if !seen.seq.before(next) || probed {
            return None;
        }
        let covers =
            |sent: &&Sent| sent.seq.at_or_before(seen.seq) && seen.end().at_or_before(sent.end);
        if self.sent.iter().any(|sent| covers(&sent)) || seen.end() == next {
            return Some(Repeat::Retransmission);
        }
        // What was sent after what is missing here, and passed before it.
        let later = self.sent.iter().filter(|sent| sent.seq.after(seen.seq) && !sent.again);
        let stamps: Vec<u32> = later.filter_map(|sent| sent.stamp).collect();
        if let (Some(own), false) = (seen.options.timestamps, stamps.is_empty()) {
            let after = |stamp: &u32| SeqNumber::new(own.value).after(SeqNumber::new(*stamp));
            let before = |stamp: &u32| SeqNumber::new(own.value).before(SeqNumber::new(*stamp));
            if stamps.iter().any(after) {
                return Some(Repeat::LostBefore);
            }
            if stamps.iter().any(before) {
                return Some(Repeat::OutOfOrder);
            }
        }
        // A whole round trip later it cannot have been on the way for all that time.
        let wait = since(seen.at, self.next_at);
        match (wait, first_trip) {
            (Some(wait), Some(trip)) if wait > trip.max(3_000_000) => Some(Repeat::LostBefore),
            _ => Some(Repeat::Unsure),
        }
    }

    /// Writes down that the segment has passed; says what it repeats.
    fn advance(&mut self, seen: &Seen, finding: &Finding, place: usize) -> Option<usize> {
        self.segments += 1;
        let mut repeats = None;
        let is_probe = finding.marks.contains(Marks::ZERO_WINDOW_PROBE);
        let end = seen.end();
        let counts = !is_probe && (!seen.rst() || seen.text_len == 0);
        if !seen.is_empty() && counts && !finding.marks.contains(Marks::KEEP_ALIVE) {
            let again = finding.repeat.is_some_and(Repeat::is_again);
            repeats = self.carried.carry(seen.seq, end, place).filter(|_| again);
            // A copy of what is still under way makes its acknowledgment ambiguous (Karn).
            for sent in self.sent.iter_mut().filter(|_| again) {
                sent.again |= sent.seq.before(end) && seen.seq.before(sent.end);
            }
            let stamp = seen.options.timestamps.map(|stamps| stamps.value);
            let (seq, at) = (seen.seq, seen.at);
            if finding.repeat != Some(Repeat::Spurious) {
                self.in_order &= self.sent.back().is_none_or(|back| back.end.at_or_before(seq));
                self.sent.push_back(Sent { seq, end, at, stamp, place, again });
            }
            if self.sent.len() > MOST_UNDER_WAY {
                self.sent.pop_front();
            }
        }
        if counts && self.next.is_none_or(|next| end.after(next)) {
            let from = self.next.unwrap_or(seen.seq);
            let control = u32::from(seen.syn()) + u32::from(seen.fin() && !self.has_fin);
            // What a bare segment leaves out may be text, or a FIN.
            if !seen.is_empty() {
                self.text += u64::from(end.distance_from(from).saturating_sub(control));
            }
            self.has_fin |= seen.fin();
            (self.next, self.next_at) = (Some(end), seen.at);
        }
        self.extend(seen, is_probe);
        if !seen.rst() {
            (self.ack, self.ack_at) = (seen.ack.or(self.ack), seen.at);
            self.window = Some(seen.wnd);
        }
        repeats
    }

    /// Moves the mark up to which nothing is missing.
    fn extend(&mut self, seen: &Seen, is_probe: bool) {
        if is_probe || seen.rst() {
            return;
        }
        let mut most = self.contiguous.unwrap_or(seen.seq);
        if !seen.seq.at_or_before(most) {
            return;
        }
        most = most.later_of(seen.end());
        if self.next == Some(most) {
            self.contiguous = Some(most);
            return;
        }
        // What passed beyond a gap counts once the gap is filled.
        let mut waiting: Vec<(SeqNumber, SeqNumber)> = self
            .sent
            .iter()
            .filter(|sent| sent.end.after(most))
            .map(|sent| (sent.seq, sent.end))
            .collect();
        waiting.sort_by_key(|(seq, _)| seq.distance_from(most - (1 << 30)));
        for (seq, end) in waiting {
            if seq.at_or_before(most) {
                most = most.later_of(end);
            }
        }
        self.contiguous = Some(most);
    }
}
