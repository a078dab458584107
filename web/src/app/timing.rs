//! The clock of a round or an interview: the device's. It is looked at when something else is to be shown, which is once a
//! minute, and in the last one every ten seconds.

use gloo_timers::callback::Timeout;
use js_sys::Date;

use super::App;
use super::interviews::focus;
use crate::store::{Action, Interviewed, MORE, RoundClock, TimeLeft};

impl App {
    /// The round or interview that has just begun may take as long as the reader wants.
    pub(super) fn start_clock(&self) {
        let minutes = self.store.read().interviewing.minutes;
        if minutes > 0 {
            self.set_clock(RoundClock::of(minutes, Date::now()));
        }
    }

    /// The clock stands still, or runs again.
    pub(super) fn pause_clock(&self) {
        self.turn_clock(|clock, now| match clock.since() {
            Some(_) => clock.paused(now),
            None => clock.gone_on(now),
        });
    }

    /// The reader has more time.
    pub(super) fn extend_clock(&self) {
        self.turn_clock(|clock, now| clock.extended(MORE, now));
    }

    /// The round may take as long as one likes.
    pub(super) fn take_clock_away(&self) {
        self.store.act(Action::Interview(Interviewed::Clock(None)));
        // The control goes.
        let reviews = self.store.read().interviewing.reviewing.is_some();
        focus(if reviews { "review-sheet" } else { "round-question" });
    }

    fn turn_clock(&self, turn: fn(RoundClock, f64) -> RoundClock) {
        let clock = self.store.read().interviewing.clock;
        if let Some(clock) = clock {
            self.set_clock(turn(clock, Date::now()));
        }
    }

    fn set_clock(&self, clock: RoundClock) {
        self.store.act(Action::Interview(Interviewed::Clock(Some(clock))));
        self.await_clock(clock);
    }

    /// Looks at the clock again when something else is to be shown, unless it runs otherwise by then.
    fn await_clock(&self, clock: RoundClock) {
        if clock.since().is_none() || clock.shown() == TimeLeft::Up {
            return;
        }
        let app = self.clone();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most a minute"
        )]
        let after = clock.changes_in(Date::now()).ceil() as u32;
        Timeout::new(after, move || app.look_at_clock(&clock)).forget();
    }

    fn look_at_clock(&self, before: &RoundClock) {
        let clock = self.store.read().interviewing.clock;
        let Some(clock) = clock.filter(|clock| clock.is_still(before)) else { return };
        if self.store.read().interviewing.is_over() {
            return;
        }
        let now = clock.seen(Date::now());
        self.store.act(Action::Interview(Interviewed::Clock(Some(now))));
        if now.shown() == TimeLeft::Up {
            self.end_round();
            self.end_interview();
        } else {
            self.await_clock(now);
        }
    }
}
