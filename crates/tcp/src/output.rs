//! What is sent, and when: the one place that makes segments with text, FIN or an acknowledgment.

use crate::{Connection, Duration};
use crate::{
    Effect, Effects, Flags, Instant, Reason, Segment, SendPermit, SeqNumber, State, Timer,
};

/// The override timeout of the sender's silly-window avoidance lies in this range
/// (RFC 9293 §3.8.6.2.1).
const OVERRIDE: core::ops::RangeInclusive<Duration> =
    Duration::from_millis(100)..=Duration::from_secs(1);

impl Connection {
    /// Sends all that may be sent now, and the acknowledgment that is owed if nothing carried it.
    pub(crate) fn send_what_is_due(&mut self, now: Instant, effects: &mut Effects) {
        if self.may_send_text() {
            while self.resend_one(now, effects) {}
            while self.send_one(now, effects) {}
            self.keep_probing(now, effects);
        }
        self.send_owed_ack(effects);
    }

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
        let segment = self.segment(self.snd.nxt, Flags::empty(), 0);
        let options = segment.options;
        self.emit(effects, Effect::Transmit { segment, retransmission: false }, reason);
        self.ack_left(&options, effects);
    }

    /// Our SYN, or SYN,ACK once the peer's was seen.
    pub(crate) fn send_syn(
        &mut self,
        now: Instant,
        reason: Reason,
        retransmission: bool,
        effects: &mut Effects,
    ) {
        let options = self.options_of_syn();
        let flags = Flags::SYN | self.ecn_flags_of_syn(effects);
        let segment = Segment { options, ..self.segment(self.snd.iss, flags, 0) };
        self.transmit(now, segment, reason, retransmission, effects);
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
        let segment = Segment { seq, ack, flags: Flags::RST, options, ..Segment::default() };
        self.emit(effects, Effect::Transmit { segment, retransmission: false }, reason);
    }

    /// Sends again what begins at `from`: a segment at most, and no more than was sent before.
    pub(crate) fn retransmit(
        &mut self,
        now: Instant,
        from: SeqNumber,
        max_text: u32,
        reason: impl FnOnce(u32) -> Reason,
        effects: &mut Effects,
    ) -> u32 {
        // Karn's algorithm: what is sent twice is not measured (RFC 6298 §3).
        self.outgoing.timed = None;
        if !self.outgoing.syn_acked {
            self.send_syn(now, reason(0), true, effects);
            return 1;
        }
        let sent_text = self.snd.nxt.distance_from(from) - u32::from(self.fin_sent());
        let octets = sent_text.min(max_text);
        let flags = self.text_flags(from, octets, self.fin_sent());
        let segment = self.segment(from, flags, octets);
        let len = segment.len();
        self.transmit(now, segment, reason(octets), true, effects);
        len
    }

    /// Sends the next octets as the probe of a zero window, or because the override timeout ran
    /// out: at least one, window or not.
    pub(crate) fn send_probe(&mut self, now: Instant, attempt: u32, effects: &mut Effects) {
        let seq = self.snd.nxt;
        let octets = self.unsent().min(self.usable_window().max(1)).min(self.outgoing.mss);
        let flags = self.text_flags(seq, octets, octets == 0);
        let segment = self.segment(seq, flags, octets);
        let usable = self.usable_window();
        self.outgoing.probing = usable == 0;
        let reason = if usable == 0 {
            Reason::WindowProbe { seq, octets, attempt }
        } else {
            Reason::SendText { seq, octets, usable, permit: SendPermit::Override }
        };
        self.transmit(now, segment, reason, false, effects);
    }

    /// Whether the state lets text and FIN out: they are given to SEND and CLOSE before, but wait.
    const fn may_send_text(&self) -> bool {
        match self.state {
            State::Established
            | State::CloseWait
            | State::FinWait1
            | State::Closing
            | State::LastAck => true,
            State::Closed
            | State::Listen
            | State::SynSent
            | State::SynReceived
            | State::FinWait2
            | State::TimeWait => false,
        }
    }

    /// Sends again one segment of what is taken for lost, if the congestion window allows.
    fn resend_one(&mut self, now: Instant, effects: &mut Effects) -> bool {
        let Some(from) = self.outgoing.resend else { return false };
        let in_flight = from.distance_from(self.snd.una);
        let mss = self.outgoing.mss;
        let cwnd = self.congestion.cwnd();
        let first = from == self.snd.una;
        if !first && in_flight.saturating_add(mss) > cwnd {
            return false;
        }
        if self.outgoing.probing {
            self.resend_probe(now, effects);
            return true;
        }
        let attempt = self.outgoing.attempts;
        let sent = self.retransmit(
            now,
            from,
            mss,
            |octets| {
                if first && attempt > 0 {
                    Reason::RetransmitAfterTimeout { seq: from, octets, attempt }
                } else {
                    Reason::RetransmitLost { seq: from, octets, cwnd }
                }
            },
            effects,
        );
        let next = from + sent;
        self.outgoing.resend = next.before(self.snd.nxt).then_some(next);
        sent > 0
    }

    /// The window is open again: the octet of a probe that was refused goes out with what follows
    /// it, as one octet alone would be a silly segment (RFC 9293 §3.8.6.2.1).
    fn resend_probe(&mut self, now: Instant, effects: &mut Effects) {
        self.outgoing.probing = false;
        self.outgoing.resend = None;
        self.outgoing.timed = None;
        let (seq, wnd) = (self.snd.una, self.snd.wnd);
        let room = wnd.min(self.congestion.cwnd());
        let text = self.text_end().distance_from(seq);
        let octets = text.min(room).min(self.outgoing.mss);
        let flags = self.text_flags(seq, octets, self.outgoing.closing && octets < room);
        let segment = self.segment(seq, flags, octets);
        let again = segment.end().at_or_before(self.snd.nxt);
        let reason = Reason::RetransmitProbe { seq, octets, wnd };
        self.transmit(now, segment, reason, again, effects);
    }

    /// Sends one segment of what was never sent, if RFC 9293 §3.8.6.2.1 allows.
    fn send_one(&mut self, now: Instant, effects: &mut Effects) -> bool {
        if self.outgoing.resend.is_some() || self.outgoing.probing {
            return false;
        }
        let seq = self.snd.nxt;
        let unsent = self.unsent();
        let usable = self.usable_window();
        let fin_waits = self.outgoing.closing && !self.fin_sent();
        if unsent == 0 {
            if fin_waits && usable > 0 {
                self.send_text(now, 0, Reason::SendFin { seq }, effects);
            }
            return false;
        }
        let Some((octets, permit)) = self.permitted(unsent, usable) else { return false };
        self.send_text(now, octets, Reason::SendText { seq, octets, usable, permit }, effects);
        true
    }

    /// How much text may be sent now, and by which rule (RFC 9293 §3.8.6.2.1). Says why it waits
    /// where it does.
    fn permitted(&self, unsent: u32, usable: u32) -> Option<(u32, SendPermit)> {
        let mss = self.outgoing.mss;
        let idle = self.snd.una == self.snd.nxt;
        let fits = unsent <= usable;
        let pushed = self.outgoing.pushed_to == self.text_end();
        if unsent.min(usable) >= mss {
            Some((mss, SendPermit::FullSegment))
        } else if fits && self.outgoing.closing {
            Some((unsent, SendPermit::LastBeforeFin))
        } else if fits && pushed && idle {
            Some((unsent, SendPermit::Idle))
        } else if fits && pushed && !self.config.nagle {
            Some((unsent, SendPermit::NagleOff))
        } else if idle && usable > 0 && usable >= self.snd.max_wnd / 2 {
            Some((usable.min(unsent), SendPermit::HalfWindow))
        } else {
            None
        }
    }

    /// Sends text that was never sent, and the FIN if it comes next and fits.
    fn send_text(&mut self, now: Instant, octets: u32, reason: Reason, effects: &mut Effects) {
        let seq = self.snd.nxt;
        let fin = self.outgoing.closing && octets < self.usable_window();
        let flags = self.text_flags(seq, octets, fin);
        let segment = self.segment(seq, flags, octets);
        if self.outgoing.timed.is_none() {
            self.outgoing.timed = Some((segment.end(), now));
        }
        let fin_rides = octets > 0 && segment.fin();
        self.transmit(now, segment, reason, false, effects);
        if fin_rides {
            self.decide(effects, Reason::SendFin { seq: self.text_end() });
        }
    }

    /// Hands a segment to the network: moves SND.NXT, starts the retransmission timer
    /// (RFC 6298 §5.1).
    fn transmit(
        &mut self,
        now: Instant,
        segment: Segment,
        reason: Reason,
        retransmission: bool,
        effects: &mut Effects,
    ) {
        let end = segment.end();
        let acks = segment.ack.is_some().then_some(segment.options);
        self.snd.nxt = self.snd.nxt.later_of(end);
        if segment.fin() {
            self.outgoing.fin = Some(end - 1);
        }
        let ecn = self.ecn_of(segment.text_len(), retransmission || self.outgoing.probing);
        let segment = Segment { ecn, ..segment };
        self.emit(effects, Effect::Transmit { segment, retransmission }, reason);
        if let Some(options) = acks {
            self.ack_left(&options, effects);
        }
        // CLOSE-WAIT is left only when all that precedes the FIN is segmentized (§3.10.4).
        if self.fin_sent() && self.state == State::CloseWait {
            self.enter(State::LastAck, Reason::SendFin { seq: end - 1 }, effects);
        }
        let running = self.timers.deadline(Timer::Retransmission).is_some();
        if !running && !self.outgoing.probing && self.snd.una != self.snd.nxt {
            let rto = self.rtt.rto();
            self.set_timer(now, Timer::Retransmission, rto, Reason::RtoStarts { rto }, effects);
        }
    }

    /// The persist timer runs while something waits that no acknowledgment will release: the
    /// window is zero, or silly-window avoidance holds it back (RFC 9293 §3.8.6.1, §3.8.6.2.1).
    fn keep_probing(&mut self, now: Instant, effects: &mut Effects) {
        let waits = self.unsent() > 0 || (self.outgoing.closing && !self.fin_sent());
        let stuck = waits && (self.snd.una == self.snd.nxt || self.outgoing.probing);
        let running = self.timers.deadline(Timer::Persist).is_some();
        if stuck && !running {
            let rto = self.rtt.rto();
            let after =
                if self.snd.wnd == 0 { rto } else { rto.clamp(*OVERRIDE.start(), *OVERRIDE.end()) };
            self.set_timer(now, Timer::Persist, after, Reason::PersistStarts { after }, effects);
        }
        if waits && !stuck && self.outgoing.resend.is_none() {
            self.decide(effects, self.why_it_waits());
        }
    }

    fn why_it_waits(&self) -> Reason {
        let (unsent, flight) = (self.unsent(), self.snd.nxt.distance_from(self.snd.una));
        if self.usable_window() < unsent.min(self.outgoing.mss).max(1) {
            let (wnd, cwnd) = (self.snd.wnd, self.congestion.cwnd());
            Reason::WindowFull { unsent, flight, wnd, cwnd }
        } else {
            Reason::NagleWaits { unsent, mss: self.outgoing.mss, flight }
        }
    }

    /// U, the usable window: what the peer and the network allow, less what is in flight.
    fn usable_window(&self) -> u32 {
        let flight = self.snd.nxt.distance_from(self.snd.una);
        self.snd.wnd.min(self.congestion.cwnd()).saturating_sub(flight)
    }

    /// The first number of the queue: one on from a SYN that is not acknowledged.
    fn text_start(&self) -> SeqNumber {
        self.snd.una + u32::from(!self.outgoing.syn_acked)
    }

    /// PSH with the last of what was pushed (RFC 9293 §3.9.1, MUST-61), FIN after the last octet.
    fn text_flags(&self, seq: SeqNumber, octets: u32, fin_allowed: bool) -> Flags {
        let end = seq + octets;
        let mut flags = Flags::empty();
        let pushed_to = self.outgoing.pushed_to;
        flags.set(Flags::PSH, octets > 0 && pushed_to.after(seq) && pushed_to.at_or_before(end));
        flags.set(Flags::FIN, fin_allowed && end == self.text_end());
        flags
    }

    /// A segment with text from the queue, the acknowledgment and the window.
    pub(crate) fn segment(&mut self, seq: SeqNumber, flags: Flags, octets: u32) -> Segment {
        let seen = self.opened.is_some_and(|opened| opened.syn_seen);
        let offset = seq.distance_from(self.text_start());
        let payload = if octets == 0 {
            bytes::Bytes::new()
        } else {
            self.outgoing.queue.peek(offset, octets)
        };
        let echo = if flags.contains(Flags::SYN) { Flags::empty() } else { self.ecn_echo() };
        Segment {
            seq,
            ack: seen.then_some(self.rcv.nxt),
            flags: flags | echo,
            wnd: self.announce_window(flags.contains(Flags::SYN)),
            options: self.options_of_segment(),
            payload,
            ..Segment::default()
        }
    }
}
