//! Keep-alives (RFC 9293 §3.8.4): an idle peer is asked whether it is still there.

use bytes::Bytes;

use crate::{
    Connection, Duration, Effects, Flags, IcmpError, Instant, KeepAlive, Notification, Reason,
    SeqNumber, State, Timer,
};

/// What is known of whether the peer is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Liveness {
    /// When a segment last arrived.
    pub(crate) heard: Instant,
    /// Keep-alive probes since then.
    pub(crate) probes: u32,
    /// What the user timeout watches, while it runs.
    pub(crate) watched: Option<Watched>,
    /// What the network last said of a packet of ours, if nothing was heard since.
    pub(crate) soft_error: Option<IcmpError>,
    /// The MTU of the way to the peer, where the network told (RFC 1191).
    pub(crate) path_mtu: Option<u32>,
}

/// What has to move before the user timeout is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Watched {
    /// SND.UNA.
    pub(crate) una: SeqNumber,
    /// Whether the peer's window is zero.
    pub(crate) zero_window: bool,
    /// When it last moved.
    pub(crate) since: Instant,
}

impl Connection {
    /// Turns keep-alives on or off, or changes their figures, at `now` (RFC 9293 §3.8.4, MUST-24,
    /// MUST-27). A new idle time counts from what was last heard; turned on, it counts from now.
    pub fn set_keep_alive(
        &mut self,
        now: Instant,
        keep_alive: Option<KeepAlive>,
        effects: &mut Effects,
    ) {
        self.now = now;
        let before = core::mem::replace(&mut self.config.keep_alive, keep_alive);
        match (before, keep_alive) {
            (_, None) => self.stop_timer(Timer::KeepAlive, Reason::KeepAliveStops, effects),
            (None, Some(figures)) => self.start_keep_alive(figures.idle, effects),
            (Some(old), Some(new)) if old.idle != new.idle => {
                let silence = now.since(self.liveness.heard);
                self.start_keep_alive(new.idle - silence, effects);
            }
            (Some(_), Some(_)) => {}
        }
    }

    /// Called after every segment that arrived, whatever it was: the peer is there (MUST-26).
    pub(crate) fn note_arrival(&mut self, effects: &mut Effects) {
        self.liveness.heard = self.now;
        self.liveness.probes = 0;
        if self.state.is_synchronized() {
            self.liveness.soft_error = None;
        }
        if let Some(figures) = self.config.keep_alive {
            self.start_keep_alive(figures.idle, effects);
        }
    }

    fn start_keep_alive(&mut self, after: Duration, effects: &mut Effects) {
        if self.state.is_synchronized() && self.state != State::TimeWait {
            let reason = Reason::KeepAliveStarts { after };
            self.set_timer(self.now, Timer::KeepAlive, after, reason, effects);
        } else {
            self.stop_timer(Timer::KeepAlive, Reason::KeepAliveStops, effects);
        }
    }

    /// The peer was silent for the idle time, or has not answered a probe within the interval.
    pub(crate) fn keep_alive_timeout(&mut self, effects: &mut Effects) {
        let Some(KeepAlive { idle, interval, count }) = self.config.keep_alive else { return };
        // Retransmission and window probes ask the peer already.
        if self.snd.una != self.snd.nxt || self.unsent() > 0 {
            self.start_keep_alive(idle, effects);
            return;
        }
        let attempt = self.liveness.probes;
        let given_up = match self.config.user_timeout {
            // The user timeout takes the place of the count, as it does for text.
            Some(timeout) => attempt > 0 && self.now.since(self.liveness.heard) >= timeout,
            // By default more than one, as ACKs are not retransmitted (MUST-29).
            None => attempt >= count.max(1),
        };
        if given_up {
            let reason = Reason::KeepAliveGivesUp { attempt };
            self.decide(effects, reason);
            self.send_reset(self.snd.nxt, Some(self.rcv.nxt), reason, effects);
            self.end(Notification::TimedOut, reason, effects);
            return;
        }
        let attempt = attempt + 1;
        self.liveness.probes = attempt;
        self.send_keep_alive(attempt, effects);
        self.start_keep_alive(interval, effects);
    }

    /// `<SEQ=SND.NXT-1><ACK=RCV.NXT><CTL=ACK>`, without text (SHLD-12) unless it was asked for
    /// (MAY-6): its number is an old one, so that the peer has to answer with an acknowledgment.
    fn send_keep_alive(&mut self, attempt: u32, effects: &mut Effects) {
        let seq = self.snd.nxt - 1;
        let segment = self.draft(seq, Flags::empty(), 0, effects);
        // Its number lies before SND.UP, but nothing urgent is in it.
        segment.flags.remove(Flags::URG);
        segment.urg = 0;
        if self.config.keep_alive_octet {
            segment.payload = Bytes::from_static(&[0]);
        }
        self.hand_out(false, Reason::KeepAliveProbe { seq, attempt }, effects);
    }
}
