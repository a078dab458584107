//! The one place that makes segments and hands them to the network.

use crate::recovery::Phase;
use crate::recovery::scoreboard::{Flown, Marks};
use crate::{Connection, Effects, Flags, Instant, Reason, Segment, SeqNumber, State, Timer};

/// What a segment carries that goes out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    seq: SeqNumber,
    octets: u32,
    flags: Flags,
}

impl Sent {
    /// The sequence numbers that it uses up.
    fn len(&self) -> u32 {
        let syn = u32::from(self.flags.contains(Flags::SYN));
        self.octets + syn + u32::from(self.has_fin())
    }

    pub(super) fn end(&self) -> SeqNumber {
        self.seq + self.len()
    }

    pub(super) const fn has_fin(&self) -> bool {
        self.flags.contains(Flags::FIN)
    }
}

impl Connection {
    /// Octets that were given to SEND and not yet sent.
    pub(crate) fn unsent(&self) -> u32 {
        let queued_to = self.text_end();
        if self.snd.nxt.before(queued_to) { queued_to.distance_from(self.snd.nxt) } else { 0 }
    }

    /// The number after the last octet that was given to SEND: the FIN's, once CLOSE is called.
    pub(crate) fn text_end(&self) -> SeqNumber {
        self.text_start() + self.outgoing.queue.len()
    }

    /// Whether our FIN was sent.
    pub(crate) const fn fin_sent(&self) -> bool {
        self.outgoing.fin.is_some()
    }

    /// Whether our FIN was sent and is acknowledged.
    pub(crate) fn fin_acked(&self) -> bool {
        self.outgoing.fin.is_some_and(|fin| self.snd.una.after(fin))
    }

    /// `<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>`
    pub(crate) fn send_ack(&mut self, reason: Reason, effects: &mut Effects) {
        self.draft(self.next_in_window(), Flags::empty(), 0, effects);
        self.hand_out(false, reason, effects);
    }

    /// SND.NXT, unless what was sent lies beyond the peer's window: a probe of a zero window, or
    /// text for which the window was taken back. The peer then takes no number beyond its edge, and
    /// answers one with an ACK; and two that probe each other would answer each other's without end.
    /// What only the scale's rounding took back was not taken back.
    pub(crate) fn next_in_window(&self) -> SeqNumber {
        let (edge, nxt) = (self.snd.una + self.snd.wnd, self.snd.nxt);
        let taken_back = || nxt.distance_from(edge) >= 1 << self.agreed.snd_shift();
        let beyond = self.state.is_synchronized()
            && nxt.after(edge)
            && (self.outgoing.probing || taken_back());
        if beyond { edge } else { nxt }
    }

    /// Our SYN, or SYN,ACK once the peer's was seen.
    pub(crate) fn send_syn(
        &mut self,
        now: Instant,
        reason: Reason,
        retransmission: bool,
        effects: &mut Effects,
    ) {
        let iss = self.snd.iss;
        let first = self.recovery.board.is_empty();
        if first {
            self.recovery.measured_from = iss;
            self.recovery.board.push(iss, 1, Marks::SYN, now);
        } else {
            // Which of the two will be acknowledged cannot be told (RFC 6298 §3).
            self.recovery.board.lose_first();
            self.recovery.board.resend(iss, 0, self.snd.nxt, now);
        }
        let options = self.options_of_syn();
        let flags = Flags::SYN | self.ecn_flags_of_syn(effects);
        self.draft(iss, flags, 0, effects).options = options;
        let octets = if first { self.add_text_of_syn(effects) } else { 0 };
        let what = Sent { seq: iss, octets, flags };
        self.transmit(now, &what, reason, retransmission, effects);
    }

    /// `<SEQ=seq><CTL=RST>`, with `<ACK=ack><CTL=ACK>` where there is one to give.
    pub(crate) fn send_reset(
        &self,
        seq: SeqNumber,
        ack: Option<SeqNumber>,
        reason: Reason,
        effects: &mut Effects,
    ) {
        let options = self.options_of_reset(ack.is_some());
        let segment = effects.draft();
        *segment = Segment { seq, ack, flags: Flags::RST, options, ..Segment::default() };
        effects.transmit(false, reason, || self.status());
    }

    /// Sends the next `octets` of text, and the FIN if it is `fin_allowed` and follows them.
    pub(super) fn transmit_new(
        &mut self,
        now: Instant,
        octets: u32,
        fin_allowed: bool,
        reason: Reason,
        effects: &mut Effects,
    ) -> Sent {
        let seq = self.snd.nxt;
        let flags = self.flags_of_new(seq, octets, fin_allowed);
        let ecn = self.ecn_of(octets, self.outgoing.probing);
        self.draft(seq, flags, octets, effects).ecn = ecn;
        if self.recovery.cwr_due && octets > 0 {
            // "[T]he first new data packet sent after the window reduction" (RFC 3168 §6.1.2).
            self.recovery.cwr_due = false;
            effects.drafted().flags.insert(Flags::CWR);
            self.decide(effects, Reason::CwrSent { seq });
        }
        let sent = Sent { seq, octets, flags };
        self.recovery.board.push(seq, sent.len(), marks_of(flags), now);
        self.recovery.tail.moved = true;
        self.count_in_recovery(octets);
        self.transmit(now, &sent, reason, false, effects);
        sent
    }

    /// Sends again what the scoreboard says.
    pub(super) fn transmit_again(
        &mut self,
        now: Instant,
        sent: &Flown,
        reason: Reason,
        effects: &mut Effects,
    ) {
        let octets = sent.text_len();
        let mut flags = Flags::empty();
        flags.set(Flags::PSH, octets > 0 && sent.has(Marks::PUSHED));
        flags.set(Flags::FIN, sent.has(Marks::FIN));
        let seq = sent.seq;
        self.draft(seq, flags, octets, effects);
        self.count_in_recovery(octets);
        self.transmit(now, &Sent { seq, octets, flags }, reason, true, effects);
    }

    /// The octets of a refused window probe go out as a part of a larger segment.
    pub(super) fn transmit_in_place(
        &mut self,
        now: Instant,
        octets: u32,
        fin_allowed: bool,
        reason: Reason,
        effects: &mut Effects,
    ) {
        let seq = self.snd.una;
        let flags = self.flags_of_new(seq, octets, fin_allowed);
        self.draft(seq, flags, octets, effects);
        let sent = Sent { seq, octets, flags };
        let again = sent.end().at_or_before(self.snd.nxt);
        self.recovery.board.pop_last();
        self.recovery.board.push(seq, sent.len(), marks_of(flags) | Marks::AGAIN, now);
        self.recovery.measured_from = sent.end();
        self.transmit(now, &sent, reason, again, effects);
    }

    /// Hands the segment that was drafted to the network: moves SND.NXT, starts the retransmission
    /// timer (RFC 6298 §5.1).
    #[inline(always)]
    fn transmit(
        &mut self,
        now: Instant,
        sent: &Sent,
        reason: Reason,
        retransmission: bool,
        effects: &mut Effects,
    ) {
        let end = sent.end();
        self.snd.nxt = self.snd.nxt.later_of(end);
        if sent.has_fin() {
            self.outgoing.fin = Some(end - 1);
        }
        if sent.octets > 0 {
            self.recovery.last_sent = Some(now);
        }
        self.hand_out(retransmission, reason, effects);
        // CLOSE-WAIT is left only when all that precedes the FIN is segmentized (§3.10.4).
        if self.fin_sent() && self.state == State::CloseWait {
            self.enter(State::LastAck, Reason::SendFin { seq: end - 1 }, effects);
        }
        self.keep_retransmission_timer(now, effects);
    }

    fn count_in_recovery(&mut self, octets: u32) {
        if let Phase::Sack { prr: Some(prr), .. } = &mut self.recovery.phase {
            prr.on_sent(octets);
        }
    }

    /// The first number of the queue: one on from a SYN that is not acknowledged.
    fn text_start(&self) -> SeqNumber {
        self.snd.una + u32::from(!self.outgoing.syn_acked)
    }

    /// PSH with the last of what was pushed (RFC 9293 §3.9.1.2, MUST-61), so that several pushes
    /// become one and do not cut segments (SHLD-27); FIN after the last octet.
    fn flags_of_new(&self, seq: SeqNumber, octets: u32, fin_allowed: bool) -> Flags {
        let end = seq + octets;
        let mut flags = Flags::empty();
        let pushed_to = self.outgoing.pushed_to;
        flags.set(Flags::PSH, octets > 0 && pushed_to.after(seq) && pushed_to.at_or_before(end));
        flags.set(Flags::FIN, fin_allowed && end == self.text_end());
        flags
    }

    /// Makes a segment with text from the queue, the acknowledgment and the window.
    pub(crate) fn draft<'a>(
        &mut self,
        seq: SeqNumber,
        flags: Flags,
        octets: u32,
        effects: &'a mut Effects,
    ) -> &'a mut Segment {
        // First, so that it is there when it is moved.
        let offset = seq.distance_from(self.text_start());
        let text = self.outgoing.queue.read(offset, octets);
        let segment = effects.draft();
        let syn = flags.contains(Flags::SYN);
        segment.seq = seq;
        segment.flags = flags;
        if self.has_seen_syn() {
            segment.ack = Some(self.rcv.nxt);
        }
        if !syn {
            segment.flags.insert(self.ecn_echo());
            if let Some(urg) = self.urgent_pointer(seq) {
                segment.flags.insert(Flags::URG);
                segment.urg = urg;
            }
        }
        segment.wnd = self.announce_window(syn);
        self.add_options(&mut segment.options);
        // There was none: what is forgotten need not be dropped.
        core::mem::forget(core::mem::replace(&mut segment.payload, text));
        segment
    }

    /// The segment that was drafted goes out, and with it the acknowledgment that is owed.
    #[inline(always)]
    pub(crate) fn hand_out(&mut self, retransmission: bool, reason: Reason, effects: &mut Effects) {
        if effects.is_bare() {
            effects.transmit_untold(retransmission);
            if self.has_seen_syn() {
                self.forget_owed_ack();
                self.timers.stop(Timer::DelayedAck);
            }
        } else {
            self.hand_out_and_tell(retransmission, reason, effects);
        }
    }

    #[inline(never)]
    fn hand_out_and_tell(&mut self, retransmission: bool, reason: Reason, effects: &mut Effects) {
        let sack = effects.drafted().options.sack;
        effects.transmit(retransmission, reason, || self.status());
        if self.has_seen_syn() {
            self.ack_left(&sack, effects);
        }
    }

    /// Whether the peer's SYN was seen, so that every segment acknowledges.
    fn has_seen_syn(&self) -> bool {
        self.opened.is_some_and(|opened| opened.syn_seen)
    }

    /// SND.UP as an offset from `seq`, while it lies ahead: the octet that follows the urgent data
    /// (RFC 9293 §3.8.5, MUST-62); as far as 16 bits reach (MUST-31: urgent data of any length).
    fn urgent_pointer(&self, seq: SeqNumber) -> Option<u16> {
        let ahead = self.snd.up.after(self.snd.una) && self.snd.up.after(seq);
        ahead.then(|| u16::try_from(self.snd.up.distance_from(seq)).unwrap_or(u16::MAX))
    }
}

fn marks_of(flags: Flags) -> Marks {
    let mut marks = Marks::empty();
    marks.set(Marks::PUSHED, flags.contains(Flags::PSH));
    marks.set(Marks::FIN, flags.contains(Flags::FIN));
    marks
}
