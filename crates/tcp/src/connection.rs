//! A connection: its variables, and the one place where its state changes.

use crate::acking::Acking;
use crate::buffer::OctetQueue;
use crate::congestion::Congestion;
use crate::keep_alive::Liveness;
use crate::negotiation::{Agreed, TIMESTAMPS_LEN};
use crate::reassembly::Reassembly;
use crate::recovery::Recovery;
use crate::rtt::RttEstimator;
use crate::timer::Timers;
use crate::{
    AgreedOptions, Config, Duration, Effect, Effects, Instant, Isn, Notification, Reason,
    ReceiveSpace, SendSpace, SeqNumber, State, Status, Timer,
};

/// The MSS where the peer announces none (RFC 9293 §3.7.1, MUST-15).
const DEFAULT_MSS: u16 = 536;

/// One TCP connection: the TCB and everything that acts on it.
///
/// It knows neither addresses nor ports, as no rule of TCP's depends on them; whoever holds it
/// does. Cloning it, for a snapshot, copies no octet of the streams.
#[derive(Clone, Debug)]
pub struct Connection {
    pub(crate) config: Config,
    pub(crate) state: State,
    pub(crate) opened: Option<Opened>,
    pub(crate) snd: SendSpace,
    pub(crate) rcv: ReceiveSpace,
    pub(crate) outgoing: Outgoing,
    pub(crate) incoming: Incoming,
    pub(crate) recovery: Recovery,
    pub(crate) rtt: RttEstimator,
    pub(crate) congestion: Congestion,
    pub(crate) timers: Timers,
    pub(crate) agreed: Agreed,
    pub(crate) liveness: Liveness,
    /// The instant of the event under way, or of the last one.
    pub(crate) now: Instant,
}

/// How the connection was opened: SYN-RECEIVED has to remember it (RFC 9293 §3.5, MUST-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) passively: bool,
    pub(crate) isn: Isn,
    /// Whether a SYN of ours was sent, so that ISS means something.
    pub(crate) syn_sent: bool,
    /// Whether the peer's SYN was seen, so that IRS means something.
    pub(crate) syn_seen: bool,
}

/// The stream to the peer.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    /// Octets given to SEND and not yet acknowledged; the first is at SND.UNA, or one on from a
    /// SYN that is not acknowledged.
    pub(crate) queue: OctetQueue,
    /// The end of the last octets that were pushed.
    pub(crate) pushed_to: SeqNumber,
    /// Whether our SYN is acknowledged.
    pub(crate) syn_acked: bool,
    /// Whether CLOSE was called, so that a FIN follows the queue.
    pub(crate) closing: bool,
    /// The number of our FIN, once it was sent.
    pub(crate) fin: Option<SeqNumber>,
    /// The peer's MSS option, if it sent one.
    pub(crate) peer_mss: Option<u16>,
    /// Eff.snd.MSS (RFC 9293 §3.7.1).
    pub(crate) mss: u32,
    /// Whether what is in flight is the probe of a zero window.
    pub(crate) probing: bool,
    /// Probes of the present zero window: each waits longer than the one before.
    pub(crate) probes: u32,
    /// Timeouts in a row without an answer.
    pub(crate) attempts: u32,
    /// How often a SYN of ours timed out.
    pub(crate) syn_timeouts: u32,
}

/// The stream from the peer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Incoming {
    /// Octets in order that RECEIVE has not yet taken.
    pub(crate) queue: OctetQueue,
    /// How many it has taken.
    pub(crate) read: u64,
    /// What arrived ahead of a gap.
    pub(crate) ahead: Reassembly,
    /// The number of the peer's FIN, if it arrived ahead of a gap.
    pub(crate) fin_ahead: Option<SeqNumber>,
    /// The end of what the peer pushed last, until RECEIVE takes it (RFC 9293 §3.9.1.3, MAY-17).
    pub(crate) pushed_to: Option<SeqNumber>,
    /// Whether the peer's FIN was taken: the stream is at its end.
    pub(crate) ended: bool,
    /// What the peer is still to be told of it.
    pub(crate) acking: Acking,
    /// Whether a router's mark is echoed: the peer has not yet said that it reacted (RFC 3168).
    pub(crate) marked: bool,
    /// Whether the segment under way arrived with SYN, so that its window is not scaled.
    pub(crate) with_syn: bool,
    /// Whether it arrived with text or FIN, so that it is no duplicate ACK.
    pub(crate) with_text: bool,
    /// Whether the application has said that it will read no more.
    pub(crate) shut: bool,
    /// Whether the application has let go of the connection: nobody is left to be told.
    pub(crate) orphaned: bool,
}

impl Connection {
    /// A connection in CLOSED.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self {
            state: State::Closed,
            opened: None,
            snd: SendSpace::default(),
            rcv: ReceiveSpace::default(),
            outgoing: Outgoing {
                queue: OctetQueue::default(),
                pushed_to: SeqNumber::default(),
                syn_acked: false,
                closing: false,
                fin: None,
                peer_mss: None,
                mss: u32::from(config.mss.min(DEFAULT_MSS)),
                probing: false,
                probes: 0,
                attempts: 0,
                syn_timeouts: 0,
            },
            incoming: Incoming::default(),
            recovery: Recovery::default(),
            rtt: RttEstimator::new(&config),
            congestion: Congestion::new(&config),
            timers: Timers::default(),
            agreed: Agreed::default(),
            liveness: Liveness::default(),
            now: Instant::ZERO,
            config,
        }
    }

    /// The state.
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// The timer that runs out first, and when.
    #[must_use]
    pub fn next_timeout(&self) -> Option<(Timer, Instant)> {
        self.timers.first()
    }

    /// When `timer` runs out, if it is running.
    #[must_use]
    pub fn deadline(&self, timer: Timer) -> Option<Instant> {
        self.timers.deadline(timer)
    }

    /// Every variable, as STATUS returns them (RFC 9293 §3.10.6).
    #[must_use]
    pub fn status(&self) -> Status {
        let Self {
            config: _,
            state,
            opened,
            snd,
            rcv,
            outgoing,
            incoming,
            recovery,
            rtt,
            congestion,
            timers,
            agreed,
            liveness: _,
            now: _,
        } = self;
        Status {
            state: *state,
            iss: opened.filter(|opened| opened.syn_sent).map(|_| snd.iss),
            irs: opened.filter(|opened| opened.syn_seen).map(|_| rcv.irs),
            snd_una: snd.una,
            snd_nxt: snd.nxt,
            snd_wnd: snd.wnd,
            snd_wl1: snd.wl1,
            snd_wl2: snd.wl2,
            snd_up: snd.up,
            rcv_nxt: rcv.nxt,
            rcv_wnd: rcv.wnd,
            rcv_up: rcv.up,
            mss: outgoing.mss,
            cwnd: congestion.cwnd(),
            ssthresh: congestion.ssthresh(),
            flight: snd.nxt.distance_from(snd.una),
            pipe: recovery.board.pipe(),
            recover: recovery.under_way(),
            duplicates: recovery.duplicates,
            srtt: rtt.srtt(),
            rttvar: rtt.rttvar(),
            min_rtt: rtt.min_rtt(),
            rto: rtt.rto(),
            retransmissions: outgoing.attempts,
            unsent: self.unsent(),
            unread: incoming.queue.len(),
            read: incoming.read,
            out_of_order: incoming.ahead.blocks(),
            closing: outgoing.closing,
            agreed: AgreedOptions {
                shifts: agreed.shifts,
                sack: agreed.sack,
                timestamps: agreed.timestamps,
                ecn: agreed.ecn,
            },
            timers: timers.deadlines(),
        }
    }

    /// Whether our SYN, our text and our FIN are all acknowledged as far as they were sent, and
    /// nothing waits to be sent.
    #[must_use]
    pub fn all_acknowledged(&self) -> bool {
        self.outgoing.queue.is_empty() && self.snd.una == self.snd.nxt
    }

    /// Octets that RECEIVE would find.
    #[must_use]
    pub const fn unread(&self) -> u32 {
        self.incoming.queue.len()
    }

    /// Whether the peer has closed, and everything that it sent has arrived.
    #[must_use]
    pub const fn peer_has_closed(&self) -> bool {
        self.incoming.ended
    }

    /// Room for octets that SEND would take.
    #[must_use]
    pub const fn send_room(&self) -> u32 {
        self.config.send_buffer.saturating_sub(self.outgoing.queue.len())
    }

    /// Whether RECEIVE would return octets, or find the end of the stream.
    pub(crate) const fn is_readable(&self) -> bool {
        let over = self.incoming.ended || self.incoming.shut;
        over || self.unread() > 0
            || match self.state {
                State::Listen
                | State::SynSent
                | State::SynReceived
                | State::Established
                | State::FinWait1
                | State::FinWait2 => false,
                State::Closed
                | State::CloseWait
                | State::Closing
                | State::LastAck
                | State::TimeWait => true,
            }
    }

    /// Whether SEND would take octets, or refuse them for good.
    pub(crate) const fn is_writable(&self) -> bool {
        match self.state {
            State::Listen | State::SynSent | State::SynReceived => false,
            State::Established | State::CloseWait => self.outgoing.closing || self.send_room() > 0,
            State::Closed
            | State::FinWait1
            | State::FinWait2
            | State::Closing
            | State::LastAck
            | State::TimeWait => true,
        }
    }

    // --- What the event's code uses -------------------------------------------------------------

    /// The one place where the state changes.
    pub(crate) fn enter(&mut self, to: State, reason: Reason, effects: &mut Effects) {
        let from = self.state;
        if from == to {
            return;
        }
        debug_assert!(from.may_become(to), "{from} may not become {to}");
        self.state = to;
        self.emit(effects, Effect::Enter { from, to }, reason);
        self.time_fin_wait_2(from, to, effects);
    }

    /// Deletes the TCB: enters CLOSED, stops every timer, forgets what was to be sent. What the
    /// application has not yet read stays readable; the RFC leaves that to the implementation.
    pub(crate) fn delete_tcb(&mut self, reason: Reason, effects: &mut Effects) {
        self.outgoing.queue.clear();
        self.recovery = Recovery::default();
        self.incoming.ahead.clear();
        self.incoming.fin_ahead = None;
        self.incoming.acking = Acking::default();
        self.enter(State::Closed, reason, effects);
        for timer in Timer::ALL {
            self.stop_timer(timer, Reason::TimerDies { timer }, effects);
        }
    }

    /// Ends the connection because of a reset or a time-out: the application is told, and what it
    /// has not read is flushed with all other queues.
    pub(crate) fn end(&mut self, told: Notification, reason: Reason, effects: &mut Effects) {
        self.incoming.queue.clear();
        self.delete_tcb(reason, effects);
        self.notify(told, reason, effects);
    }

    /// Back to LISTEN, as if the SYN had never come (RFC 9293 §3.10.7.4, SYN-RECEIVED).
    pub(crate) fn return_to_listen(&mut self, reason: Reason, effects: &mut Effects) {
        let fresh = Self { now: self.now, ..Self::new(self.config.clone()) };
        let opened =
            self.opened.map(|opened| Opened { syn_sent: false, syn_seen: false, ..opened });
        let timers = core::mem::take(&mut self.timers);
        *self = Self { state: self.state, opened, timers, ..fresh };
        self.enter(State::Listen, reason, effects);
        self.stop_timer(
            Timer::Retransmission,
            Reason::TimerDies { timer: Timer::Retransmission },
            effects,
        );
    }

    /// Settles on the MSS and the initial window, when the peer's SYN has been seen.
    pub(crate) fn settle_mss(&mut self, announced: Option<u16>, effects: &mut Effects) {
        let ours = self.config.mss;
        // The options of every segment are taken off (RFC 9293 §3.7.1, RFC 6691).
        let options = if self.agreed.timestamps { TIMESTAMPS_LEN } else { 0 };
        let most = u32::from(announced.unwrap_or(DEFAULT_MSS).min(ours)).min(self.most_for_path());
        let mss = most.saturating_sub(options).max(1);
        self.outgoing.peer_mss = announced;
        self.outgoing.mss = mss;
        self.congestion.begin(mss, false);
        self.decide(effects, Reason::EffectiveMss { announced, ours, mss });
    }

    /// The congestion window begins, when it is known whether a SYN was lost.
    pub(crate) fn begin_congestion(&mut self, effects: &mut Effects) {
        let timeouts = self.outgoing.syn_timeouts;
        if timeouts > 0
            && let Some(rto) = self.rtt.after_syn_timeout()
        {
            self.decide(effects, Reason::RtoAfterSyn { rto });
        }
        // One lost SYN says little; more than one, that the network is in trouble (RFC 6928 §2).
        self.recovery.recover = self.snd.iss;
        let reason = self.congestion.begin(self.outgoing.mss, timeouts > 1);
        self.decide(effects, reason);
    }

    pub(crate) fn notify(&self, what: Notification, reason: Reason, effects: &mut Effects) {
        self.emit(effects, Effect::Notify(what), reason);
    }

    pub(crate) fn set_timer(
        &mut self,
        now: Instant,
        timer: Timer,
        after: Duration,
        reason: Reason,
        effects: &mut Effects,
    ) {
        let at = now + after;
        self.timers.set(timer, at);
        if !effects.is_bare() {
            self.emit(effects, Effect::SetTimer { timer, at }, reason);
        }
    }

    pub(crate) fn stop_timer(&mut self, timer: Timer, reason: Reason, effects: &mut Effects) {
        if self.timers.stop(timer) && !effects.is_bare() {
            self.emit(effects, Effect::StopTimer { timer }, reason);
        }
    }

    /// A decision that shows only in the variables.
    #[inline]
    pub(crate) fn decide(&self, effects: &mut Effects, reason: Reason) {
        if effects.is_observed() {
            self.tell(effects, reason);
        }
    }

    /// Apart, so that the decisions themselves are close together.
    #[cold]
    #[inline(never)]
    fn tell(&self, effects: &mut Effects, reason: Reason) {
        effects.decide(reason, || self.status());
    }

    /// Octets became readable.
    pub(crate) fn deliver(&self, octets: u32, reason: Reason, effects: &mut Effects) {
        if !effects.is_bare() {
            self.emit(effects, Effect::Deliver { octets }, reason);
        }
    }

    pub(crate) fn emit(&self, effects: &mut Effects, effect: Effect, reason: Reason) {
        effects.push(effect, reason, || self.status());
    }
}
