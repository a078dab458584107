//! The user timeout (RFC 9293 §3.9.1 and §3.10.8, RFC 5482): how long what was sent may go
//! unacknowledged, or a window stay zero, before the connection is given up.

use crate::keep_alive::Watched;
use crate::{Connection, Duration, Effects, Instant, Notification, Reason, State, Timer};

impl Connection {
    /// Sets the user timeout at `now`, or takes it away. It counts from when the peer last made
    /// progress, and not from now.
    pub fn set_user_timeout(
        &mut self,
        now: Instant,
        timeout: Option<Duration>,
        effects: &mut Effects,
    ) {
        self.now = now;
        if self.config.user_timeout == timeout {
            return;
        }
        self.config.user_timeout = timeout;
        if timeout.is_none() {
            self.liveness.watched = None;
            self.stop_timer(Timer::UserTimeout, Reason::UserTimeoutStops, effects);
        } else if let Some(watched) = self.liveness.watched {
            self.start_user_timeout(watched.since, effects);
        }
        self.watch_progress(effects);
    }

    /// Called after every event. The timer runs while something waits for the peer: a SYN, text or
    /// a FIN for its acknowledgment, or text for a window. It begins anew when SND.UNA moves, and
    /// when a zero window opens; not when a probe of a zero window is answered, since by that
    /// nothing of the user's gets any further.
    #[inline(always)]
    pub(crate) fn watch_progress(&mut self, effects: &mut Effects) {
        if self.config.user_timeout.is_some() {
            self.time_progress(effects);
        }
    }

    fn time_progress(&mut self, effects: &mut Effects) {
        let probes = self.timers.deadline(Timer::Persist).is_some();
        if self.snd.una == self.snd.nxt && !probes || !self.may_time_out() {
            self.liveness.watched = None;
            self.stop_timer(Timer::UserTimeout, Reason::UserTimeoutStops, effects);
            return;
        }
        let (una, zero_window) = (self.snd.una, self.snd.wnd == 0);
        let since = match self.liveness.watched {
            Some(watched) if watched.una == una && (zero_window || !watched.zero_window) => {
                watched.since
            }
            Some(_) | None => self.now,
        };
        let running = self.timers.deadline(Timer::UserTimeout).is_some();
        let moved = self.liveness.watched.is_none_or(|watched| watched.since != since);
        self.liveness.watched = Some(Watched { una, zero_window, since });
        if moved || !running {
            self.start_user_timeout(since, effects);
        }
    }

    fn start_user_timeout(&mut self, since: Instant, effects: &mut Effects) {
        let Some(timeout) = self.config.user_timeout else { return };
        let after = timeout - self.now.since(since);
        let reason = Reason::UserTimeoutStarts { after };
        self.set_timer(self.now, Timer::UserTimeout, after, reason, effects);
    }

    /// "[F]lush all queues, signal the user \"error: connection aborted due to user timeout\" [...],
    /// delete the TCB, enter the CLOSED state" (§3.10.8).
    pub(crate) fn user_timeout(&mut self, effects: &mut Effects) {
        let after = self.config.user_timeout.unwrap_or_default();
        let reason = Reason::UserTimeoutExpires { after };
        self.decide(effects, reason);
        self.end(Notification::TimedOut, reason, effects);
    }

    const fn may_time_out(&self) -> bool {
        match self.state {
            State::Closed | State::Listen | State::TimeWait => false,
            State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck => true,
        }
    }
}
