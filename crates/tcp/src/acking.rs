//! When an acknowledgment is sent, and what it tells: delayed ACKs (RFC 9293 §3.8.6.3, RFC 5681
//! §4.2), SACK and D-SACK (RFC 2018, RFC 2883), challenge ACKs and their limit (RFC 5961).

use crate::{
    Config, Connection, Duration, Effects, Instant, Reason, SackBlocks, SeqNumber, State, Timer,
};

/// So many challenge ACKs are sent within a second at most (RFC 5961 §7). Each connection counts
/// its own: a count that connections share would tell one peer about another.
const CHALLENGES: u32 = 100;

/// An acknowledgment waits for less than half a second, whatever is set (RFC 9293 §3.8.6.3,
/// MUST-40).
const MOST_DELAY: Duration = Duration::from_micros(499_999);

/// What the peer is still to be told of what it sent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Acking {
    /// An acknowledgment that is owed at once, and why.
    owed: Option<Reason>,
    /// Segments with text that were received in order and not yet acknowledged.
    segments: u8,
    /// Whether the next acknowledgment must not wait, although it is of text in order.
    prompt: bool,
    /// Octets that arrived a second time: the next acknowledgment reports them, once.
    duplicate: Option<(SeqNumber, SeqNumber)>,
    /// Last.ACK.sent: the last acknowledgment number that we sent (RFC 7323 §4.3).
    pub(crate) last_sent: SeqNumber,
    /// When the second began within which challenge ACKs are counted, and how many there were.
    challenges: (Instant, u32),
}

impl Connection {
    /// An acknowledgment is due as soon as the event has been dealt with.
    pub(crate) fn owe_ack(&mut self, reason: Reason) {
        self.incoming.acking.owed = Some(reason);
    }

    /// Text was taken in order. Its acknowledgment may wait for that of a second segment, or for
    /// a segment that goes out anyway; but not long (RFC 9293 §3.8.6.3, SHLD-18, SHLD-19).
    pub(crate) fn owe_ack_of_text(&mut self) {
        let rcv_nxt = self.rcv.nxt;
        let acking = &mut self.incoming.acking;
        acking.segments = acking.segments.saturating_add(1);
        if self.config.delayed_ack == Duration::ZERO || acking.prompt {
            acking.owed = Some(Reason::AckText { rcv_nxt });
        } else if acking.segments >= 2 {
            acking.owed = Some(Reason::AckSecondSegment { rcv_nxt });
        }
    }

    /// A FIN was taken in this state. Its acknowledgment waits only where the application may close
    /// at once, and the configuration lets it.
    pub(crate) fn owe_ack_of_fin(&mut self, state: State) {
        let rcv_nxt = self.rcv.nxt;
        let Config { delayed_ack, delayed_fin_ack, .. } = self.config;
        let acking = &mut self.incoming.acking;
        let may_wait = delayed_fin_ack && delayed_ack > Duration::ZERO && !acking.prompt;
        if may_wait && state == State::Established {
            acking.segments = acking.segments.max(1);
        } else {
            acking.owed = Some(Reason::AckFin { rcv_nxt });
        }
    }

    /// A segment begins to be processed: what the last one left behind, where it was dropped half
    /// way, is none of its business.
    pub(crate) fn begin_acking(&mut self) {
        self.incoming.acking.prompt = false;
        self.incoming.acking.duplicate = None;
    }

    /// The segment under way is not simply the next one: its acknowledgment does not wait, whatever
    /// else becomes of it.
    pub(crate) fn ack_promptly(&mut self) {
        self.incoming.acking.prompt = true;
    }

    /// Octets arrived a second time: the acknowledgment will say so, in its first SACK block
    /// (RFC 2883 §4). Of several runs in one segment only the first is told of.
    pub(crate) fn report_duplicate(&mut self, left: SeqNumber, right: SeqNumber) {
        if self.agreed.sack && left != right && self.incoming.acking.duplicate.is_none() {
            self.incoming.acking.duplicate = Some((left, right));
        }
    }

    /// Sends the acknowledgment that is owed, if no segment has carried it; lets one wait that
    /// may. What an event does ends with this.
    #[inline(always)]
    pub(crate) fn send_owed_ack(&mut self, effects: &mut Effects) {
        let rcv_nxt = self.rcv.nxt;
        let acking = &self.incoming.acking;
        if acking.owed.is_some() || acking.prompt {
            let reason = acking.owed.unwrap_or(Reason::AckText { rcv_nxt });
            self.send_ack(reason, effects);
        } else if acking.segments > 0 && self.timers.deadline(Timer::DelayedAck).is_none() {
            let after = self.config.delayed_ack.min(MOST_DELAY);
            let reason = Reason::AckDelayStarts { after, rcv_nxt };
            self.set_timer(self.now, Timer::DelayedAck, after, reason, effects);
        }
    }

    /// The acknowledgment has waited for long enough.
    pub(crate) fn delayed_ack_timeout(&mut self, effects: &mut Effects) {
        let reason = Reason::AckDelayEnds { rcv_nxt: self.rcv.nxt };
        self.decide(effects, reason);
        self.send_ack(reason, effects);
    }

    /// A segment with an acknowledgment has gone out, and with these blocks: nothing is owed any
    /// more.
    pub(crate) fn ack_left(&mut self, sack: &SackBlocks, effects: &mut Effects) {
        let rcv_nxt = self.rcv.nxt;
        let told = self.incoming.acking.duplicate.is_some();
        self.forget_owed_ack();
        self.stop_timer(Timer::DelayedAck, Reason::AckRidesAlong { rcv_nxt }, effects);
        if effects.is_observed() && !sack.is_empty() {
            self.tell_of_blocks(sack, told, effects);
        }
    }

    pub(crate) fn forget_owed_ack(&mut self) {
        let rcv_nxt = self.rcv.nxt;
        let Acking { owed, segments, prompt, duplicate, last_sent, challenges: _ } =
            &mut self.incoming.acking;
        *owed = None;
        *segments = 0;
        *prompt = false;
        *duplicate = None;
        *last_sent = rcv_nxt;
    }

    /// An ACK in answer to a segment that may be forged: it challenges the sender to prove that it
    /// knows the numbers, and there are not too many of them (RFC 5961 §3 to §5, §7).
    pub(crate) fn send_challenge_ack(&mut self, reason: Reason, effects: &mut Effects) {
        let (began, count) = &mut self.incoming.acking.challenges;
        if self.now.since(*began) >= Duration::from_secs(1) {
            (*began, *count) = (self.now, 0);
        }
        if *count >= CHALLENGES {
            self.decide(effects, Reason::ChallengeAckLimited { limit: CHALLENGES });
            return;
        }
        *count += 1;
        self.send_ack(reason, effects);
    }

    /// The SACK option of the next acknowledgment: the duplicate first, then what is held, the
    /// newest first, as many as there is room for beside the timestamps (RFC 2018 §3, §4).
    #[inline(always)]
    pub(crate) fn add_sack_blocks(&self, blocks: &mut SackBlocks) {
        if self.has_blocks() {
            self.fill_sack_blocks(blocks);
        }
    }

    #[inline(never)]
    fn fill_sack_blocks(&self, blocks: &mut SackBlocks) {
        let duplicate = self.incoming.acking.duplicate;
        let ahead = &self.incoming.ahead;
        let most = if self.agreed.timestamps { SackBlocks::MOST - 1 } else { SackBlocks::MOST };
        if let Some((left, right)) = duplicate {
            blocks.push(left, right);
        }
        ahead.newest_first(most - blocks.len(), blocks);
    }

    fn has_blocks(&self) -> bool {
        let acking = &self.incoming.acking;
        let told = acking.duplicate.is_some() || !self.incoming.ahead.is_empty();
        told && self.agreed.sack && self.state.is_synchronized()
    }

    /// The octets that the SACK option takes in the next segment, with the two NOPs that align it:
    /// text has so much less room (RFC 9293 §3.7.1).
    pub(crate) fn sack_len(&self) -> u32 {
        if !self.has_blocks() {
            return 0;
        }
        let mut blocks = SackBlocks::NONE;
        self.add_sack_blocks(&mut blocks);
        4 + 8 * u32::try_from(blocks.len()).unwrap_or_default()
    }

    fn tell_of_blocks(&self, sack: &SackBlocks, duplicate: bool, effects: &mut Effects) {
        let mut blocks = sack.blocks();
        if let (true, Some(((left, right), rest))) = (duplicate, blocks.split_first()) {
            self.decide(effects, Reason::DsackReports { left: *left, right: *right });
            blocks = rest;
        }
        if let Some((left, right)) = blocks.first() {
            let count = u32::try_from(blocks.len()).unwrap_or_default();
            let reason = Reason::SackReports { left: *left, right: *right, blocks: count };
            self.decide(effects, reason);
        }
    }
}
