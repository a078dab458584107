//! The states that each end can have been in, from what it sent and from what passed on its way to it.
//!
//! What an end sends tells what it has done. What goes to it tells what it may have learned: whether
//! a segment arrived does not show until the end answers. So at each moment there is a set of states,
//! and every state in it agrees with all that was captured up to then.

use tcpscope_tcp::{SeqNumber, State};

use crate::conversations::{End, Opener};
use crate::gather::{Gathered, Seen};

/// Some of the eleven states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct StateSet(u16);

impl StateSet {
    /// Whether the state is among them.
    #[must_use]
    pub const fn contains(self, state: State) -> bool {
        self.0 & Self::bit(state) != 0
    }

    /// Those that are among them, in the order of RFC 9293; CLOSED is the last of them.
    pub fn states(self) -> impl Iterator<Item = State> {
        let [closed, others @ ..] = State::ALL;
        others.into_iter().chain([closed]).filter(move |state| self.contains(*state))
    }

    /// The only one, if it is known.
    #[must_use]
    pub fn only(self) -> Option<State> {
        let mut states = self.states();
        states.next().filter(|_| states.next().is_none())
    }

    /// All of them: nothing is known.
    const ANY: Self = Self((1 << State::ALL.len()) - 1);

    fn add(&mut self, state: State) {
        self.0 |= Self::bit(state);
    }

    const fn bit(state: State) -> u16 {
        1 << state as u16
    }
}

/// Why the states that an end can be in are others from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The capture begins.
    Begins,
    /// It sends a SYN.
    SendsSyn,
    /// It answers a SYN with its own.
    SendsSynAck,
    /// It sends a FIN.
    SendsFin,
    /// It sends a RST.
    SendsRst,
    /// What it sends shows what has reached it.
    Shows,
    /// A SYN is on its way to it: whether it arrives does not show yet.
    MayHaveSyn,
    /// A FIN is.
    MayHaveFin,
    /// A RST is.
    MayHaveRst,
    /// The acknowledgment of its SYN or FIN is.
    MayHaveAck,
}

/// From a segment on an end is in one of these states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateChange {
    /// The place of the segment in the conversation; what holds before the first has `None`.
    pub since: Option<usize>,
    /// The states.
    pub states: StateSet,
    /// Why.
    pub cause: Cause,
}

/// Whether something is so, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    No,
    Maybe,
    Yes,
}

impl Known {
    /// It may be so from now on.
    fn may(&mut self) {
        if *self == Self::No {
            *self = Self::Maybe;
        }
    }
}

/// What is known of what an end has done, and of what has reached it.
#[derive(Clone, Debug)]
struct Knowledge {
    /// It waits to be called.
    listens: Known,
    syn_sent: Known,
    peer_syn: Known,
    syn_acknowledged: Known,
    fin_sent: Known,
    fin_acknowledged: Known,
    peer_fin: Known,
    /// The peer's FIN was there before its own was sent.
    fin_is_last: Known,
    reset: Known,
    /// The number after its SYN, and after its FIN.
    syn_end: Option<SeqNumber>,
    fin_end: Option<SeqNumber>,
    /// The number after the highest that it sent.
    next: Option<SeqNumber>,
    /// What it sent that has to be processed to be acknowledged: up to where, and what it
    /// acknowledged itself.
    carried: Vec<(SeqNumber, SeqNumber)>,
    /// What its FIN acknowledged when it was first sent.
    fin_tells: Option<SeqNumber>,
    /// The peer's SYN acknowledged its own: the one came with the other.
    syn_with_ack: bool,
    /// So did the peer's FIN.
    fin_with_ack: bool,
    /// Nothing else has acknowledged its FIN.
    fin_acked_by_fin: bool,
}

/// The states of both ends, each time they change, as far as the segments have been looked at.
#[derive(Clone, Debug)]
pub(super) struct States {
    ends: [Knowledge; 2],
    changes: [Vec<StateChange>; 2],
}

impl States {
    /// Before the first segment.
    pub(super) fn new(gathered: &Gathered) -> Self {
        let ends = End::BOTH.map(|end| Knowledge::at_first(gathered, end));
        let changes = [0, 1].map(|end: usize| {
            vec![StateChange { since: None, states: ends[end].states(), cause: Cause::Begins }]
        });
        Self { ends, changes }
    }

    /// The next segment, which has this place.
    pub(super) fn pass(&mut self, place: usize, seen: &Seen) {
        let (from, to) = (seen.from.index(), seen.from.other().index());
        let [client, server] = &mut self.ends;
        let (sender, receiver) = match seen.from {
            End::Client => (client, server),
            End::Server => (server, client),
        };
        let causes =
            [(from, sender.sends(receiver, seen)), (to, receiver.may_receive(sender, seen))];
        for (end, cause) in causes {
            let states = self.ends[end].states();
            if self.changes[end].last().is_some_and(|last| last.states != states) {
                self.changes[end].push(StateChange { since: Some(place), states, cause });
            }
        }
    }

    pub(super) fn changes(self) -> [Vec<StateChange>; 2] {
        self.changes
    }
}

impl Knowledge {
    /// What is known before the first segment: who will open, and whether anyone is called.
    fn at_first(gathered: &Gathered, end: End) -> Self {
        use Known::{Maybe, No, Yes};
        let opener = gathered.conversation.opener;
        let of_end = || gathered.segments.iter().filter(|seen| seen.from == end);
        let first = of_end().next();
        let listens = match (opener, end, first) {
            // It answers with its SYN: it has waited to be called. Or it refuses: it has not.
            (Opener::Seen | Opener::Answered, End::Server, Some(first)) if first.syn() => {
                if first.ack.is_some() { Yes } else { No }
            }
            (Opener::Seen, End::Server, Some(first)) if first.rst() => No,
            (Opener::Seen, End::Server, _) => Maybe,
            _ => No,
        };
        let (open, syn, closed) = match (opener, end) {
            (Opener::Seen, _) => (No, No, No),
            (Opener::Answered, End::Client) => (Yes, No, No),
            (Opener::Answered, End::Server) => (No, Maybe, No),
            (Opener::Guessed, _) => (Yes, Yes, Maybe),
        };
        Self {
            listens,
            syn_sent: open,
            peer_syn: syn,
            syn_acknowledged: if syn == Yes { Yes } else { No },
            fin_sent: closed,
            fin_acknowledged: closed,
            peer_fin: closed,
            fin_is_last: closed,
            reset: No,
            syn_end: None,
            fin_end: None,
            next: None,
            carried: Vec::new(),
            fin_tells: None,
            syn_with_ack: false,
            fin_with_ack: false,
            fin_acked_by_fin: false,
        }
    }

    /// It sends this segment: what that tells of it.
    fn sends(&mut self, peer: &mut Self, seen: &Seen) -> Cause {
        if seen.rst() {
            self.reset = Known::Yes;
            return Cause::SendsRst;
        }
        // Whoever still sends was not reset; a RST on its way may still come.
        if self.reset == Known::Yes {
            self.reset = Known::No;
        }
        if seen.syn() {
            self.syn_sent = Known::Yes;
            self.syn_end = Some(seen.seq + 1);
            if seen.ack.is_some() {
                self.peer_syn = Known::Yes;
            }
        } else if seen.ack.is_some() {
            // It knows the other's numbers and goes on: both SYNs have come to their ends.
            (self.syn_sent, self.peer_syn) = (Known::Yes, Known::Yes);
            self.syn_acknowledged = Known::Yes;
        }
        if let Some(ack) = seen.ack {
            self.has_processed(peer, ack);
        }
        self.goes_on(peer, seen);
        match (seen.fin(), seen.syn(), seen.ack) {
            (true, ..) => Cause::SendsFin,
            (_, true, None) => Cause::SendsSyn,
            (_, true, Some(_)) => Cause::SendsSynAck,
            (false, false, _) => Cause::Shows,
        }
    }

    /// It acknowledges `ack`: so what carried the octets before it has reached it, with what that
    /// acknowledged.
    fn has_processed(&mut self, peer: &Self, ack: SeqNumber) {
        if peer.fin_end.is_some_and(|fin| ack.at_or_after(fin)) {
            self.peer_fin = Known::Yes;
        }
        let carried = peer.carried.iter().filter(|(end, _)| end.at_or_before(ack));
        for (_, told) in carried {
            if self.syn_end.is_some_and(|syn| told.at_or_after(syn)) {
                self.syn_acknowledged = Known::Yes;
            }
            if self.fin_end.is_some_and(|fin| told.at_or_after(fin)) {
                self.fin_acknowledged = Known::Yes;
            }
        }
    }

    /// What the numbers of a segment tell of its sender's stream.
    fn goes_on(&mut self, peer: &mut Self, seen: &Seen) {
        let is_new = self.next.is_none_or(|next| seen.end().after(next));
        if !is_new {
            return;
        }
        self.next = Some(seen.end());
        if seen.text_len > 0 && !seen.fin() {
            // There is more to say: it had not closed, and the other cannot have its FIN.
            self.fin_sent = Known::No;
            (self.fin_acknowledged, self.fin_is_last) = (Known::No, Known::No);
            peer.peer_fin = Known::No;
        }
        if seen.fin() {
            self.fin_sent = Known::Yes;
            self.fin_end = Some(seen.end());
            self.fin_acknowledged = Known::No;
            // It acknowledges all that it has: a FIN that it does not acknowledge it did not have.
            self.fin_is_last = match self.peer_fin {
                Known::Maybe if peer.fin_end.is_some() => Known::No,
                known => known,
            };
            self.fin_tells = seen.ack;
        }
        if let (false, Some(ack)) = (seen.is_empty(), seen.ack) {
            // Only what is told last of some numbers is of use: it is never less than before.
            if self.carried.len() >= MOST_CARRIED {
                self.carried.remove(0);
            }
            self.carried.push((seen.end(), ack));
        }
    }

    /// The segment is on its way to it: what may have reached it.
    fn may_receive(&mut self, sender: &Self, seen: &Seen) -> Cause {
        if seen.rst() {
            self.reset.may();
            return Cause::MayHaveRst;
        }
        let mut cause = Cause::Shows;
        if seen.syn() {
            let told = self.syn_end.zip(seen.ack).is_some_and(|(syn, ack)| ack.at_or_after(syn));
            self.syn_with_ack = told && (self.syn_with_ack || self.peer_syn == Known::No);
            self.peer_syn.may();
            cause = Cause::MayHaveSyn;
        }
        if let Some(ack) = seen.ack {
            if self.syn_end.is_some_and(|syn| ack.at_or_after(syn))
                && self.syn_acknowledged == Known::No
            {
                self.syn_acknowledged = Known::Maybe;
                cause = if seen.syn() { Cause::MayHaveSyn } else { Cause::MayHaveAck };
            }
            if self.fin_end.is_some_and(|fin| ack.at_or_after(fin))
                && self.fin_acknowledged == Known::No
            {
                self.fin_acknowledged = Known::Maybe;
                self.fin_acked_by_fin = seen.fin();
                cause = Cause::MayHaveAck;
            }
            self.fin_acked_by_fin &= seen.fin();
        }
        if seen.fin() {
            let told = self.fin_end.zip(sender.fin_tells);
            self.fin_with_ack = told.is_some_and(|(fin, told)| told.at_or_after(fin));
            self.peer_fin.may();
            cause = Cause::MayHaveFin;
        }
        cause
    }

    /// All states that agree with what is known. No TCP contradicts itself, but a capture may, that
    /// somebody has made or that has lost what lay between: then what came with what counts no more,
    /// and where that is not enough, nothing does. Somewhere each end always is.
    fn states(&self) -> StateSet {
        let is_some = |set: &StateSet| *set != StateSet::default();
        let strict = Some(self.agreeing(true)).filter(is_some);
        strict.or_else(|| Some(self.agreeing(false)).filter(is_some)).unwrap_or(StateSet::ANY)
    }

    /// All states that agree with what is known, and with what came with what, if that counts.
    fn agreeing(&self, together_counts: bool) -> StateSet {
        let all = [
            self.listens,
            self.syn_sent,
            self.peer_syn,
            self.syn_acknowledged,
            self.fin_sent,
            self.fin_acknowledged,
            self.peer_fin,
            self.fin_is_last,
            self.reset,
        ];
        let those = |wanted: Known| {
            (0_u16..)
                .zip(all)
                .fold(0_u16, |bits, (place, known)| bits | u16::from(known == wanted) << place)
        };
        let (yes, maybe) = (those(Known::Yes), those(Known::Maybe));
        let mut set = StateSet::default();
        // What may be so is and is not, in each way that there is: these are mostly few.
        let mut chosen = 0;
        loop {
            let bits = yes | chosen;
            let is = |place: u16| bits >> place & 1 == 1;
            // What cannot come without the other.
            let orderly = (!is(3) || is(2)) && (!is(5) || is(4)) && (!is(7) || is(4) && is(6));
            let together = (!self.syn_with_ack || is(2) == is(3))
                && (!self.fin_with_ack || !is(6) || is(5))
                && (!self.fin_acked_by_fin || is(5) == is(6));
            if orderly && (together || !together_counts) {
                set.add(state([0, 1, 2, 3, 4, 5, 6, 7, 8].map(is)));
            }
            // The next choice of them: what does not belong to any carries on to the next that does.
            chosen = chosen.wrapping_sub(maybe) & maybe;
            if chosen == 0 {
                break;
            }
        }
        set
    }
}

/// As many pieces of text as are remembered with what they acknowledged.
const MOST_CARRIED: usize = 64;

/// The state of an end of which all is known (RFC 9293 §3.3.2).
const fn state(known: [bool; 9]) -> State {
    let [
        listens,
        syn_sent,
        peer_syn,
        syn_acknowledged,
        fin_sent,
        fin_acknowledged,
        peer_fin,
        fin_is_last,
        reset,
    ] = known;
    if reset {
        return State::Closed;
    }
    match (syn_sent, peer_syn, syn_acknowledged) {
        (false, true, _) if listens => State::SynReceived,
        (false, _, _) => {
            if listens {
                State::Listen
            } else {
                State::Closed
            }
        }
        (true, false, _) => State::SynSent,
        (true, true, false) if !fin_sent => State::SynReceived,
        (true, true, _) => match (fin_sent, peer_fin) {
            (false, false) => State::Established,
            (false, true) => State::CloseWait,
            (true, false) if fin_acknowledged => State::FinWait2,
            (true, false) => State::FinWait1,
            (true, true) => match (fin_acknowledged, fin_is_last) {
                (true, true) => State::Closed,
                (true, false) => State::TimeWait,
                (false, true) => State::LastAck,
                (false, false) => State::Closing,
            },
        },
    }
}
