//! The time that a round may take, for those who want that. It is the device's: neither what is asked nor
//! how it is graded knows of it.

/// A minute, in milliseconds.
pub(crate) const MINUTE: f64 = 60_000.0;

/// In the last minute, the time that is left is shown in steps of so many milliseconds.
const STEP: f64 = 10_000.0;

/// How long a round may take: none, or so many minutes.
pub(crate) const LIMITS: [u8; 6] = [0, 3, 5, 10, 15, 30];

/// So many minutes more can be had, as often as wanted.
pub(crate) const MORE: u8 = 5;

/// The clock of a round. All times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RoundClock {
    /// What is left, or was when it began to run.
    left: f64,
    /// Since when it runs; `None`: it stands still.
    since: Option<f64>,
    /// What is shown as left.
    shown: f64,
}

/// What is shown of a clock: it changes once a minute, and in the last one every ten seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeLeft {
    /// Whole minutes, the one that has begun among them.
    Minutes(u32),
    /// Seconds, in tens.
    Seconds(u32),
    /// Nothing.
    Up,
}

impl RoundClock {
    /// A clock that begins to run.
    pub(crate) fn of(minutes: u8, now: f64) -> Self {
        let left = f64::from(minutes) * MINUTE;
        Self { left, since: Some(now), shown: left }
    }

    /// What is left.
    fn left(&self, now: f64) -> f64 {
        let passed = self.since.map_or(0.0, |since| (now - since).max(0.0));
        (self.left - passed).max(0.0)
    }

    /// The same clock, which shows what is left now.
    pub(crate) fn seen(self, now: f64) -> Self {
        Self { shown: self.left(now), ..self }
    }

    /// It stands still.
    pub(crate) fn paused(self, now: f64) -> Self {
        Self { left: self.left(now), since: None, ..self.seen(now) }
    }

    /// It runs again.
    pub(crate) fn gone_on(self, now: f64) -> Self {
        Self { left: self.left(now), since: Some(now), ..self.seen(now) }
    }

    /// There is more time.
    pub(crate) fn extended(self, minutes: u8, now: f64) -> Self {
        let left = self.left + f64::from(minutes) * MINUTE;
        Self { left, ..self }.seen(now)
    }

    /// Since when it runs: no two runs of one clock begin alike.
    pub(crate) const fn since(&self) -> Option<f64> {
        self.since
    }

    /// Whether it is the same clock, running as it did.
    pub(crate) fn is_still(&self, other: &Self) -> bool {
        self.since.is_some() && self.since == other.since && self.left == other.left
    }

    /// What is shown.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is a few minutes"
    )]
    pub(crate) fn shown(&self) -> TimeLeft {
        if self.shown <= 0.0 {
            TimeLeft::Up
        } else if self.shown <= MINUTE {
            TimeLeft::Seconds((self.shown / STEP).ceil() as u32 * 10)
        } else {
            TimeLeft::Minutes((self.shown / MINUTE).ceil() as u32)
        }
    }

    /// After how long something else is to be shown.
    pub(crate) fn changes_in(&self, now: f64) -> f64 {
        let left = self.left(now);
        let step = if left <= MINUTE { STEP } else { MINUTE };
        let rest = left % step;
        // What is left to the last minute is shown as the last minute.
        if rest > 0.0 { rest } else { step.min(left) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_shown_calmly() {
        let clock = RoundClock::of(2, 1_000_000.0);
        for (after, shown) in [
            (0.0, TimeLeft::Minutes(2)),
            (30_000.0, TimeLeft::Minutes(2)),
            (59_999.0, TimeLeft::Minutes(2)),
            (60_000.0, TimeLeft::Seconds(60)),
            (60_001.0, TimeLeft::Seconds(60)),
            (70_000.0, TimeLeft::Seconds(50)),
            (119_999.0, TimeLeft::Seconds(10)),
            (120_000.0, TimeLeft::Up),
            (500_000.0, TimeLeft::Up),
        ] {
            assert_eq!(clock.seen(1_000_000.0 + after).shown(), shown, "{after}");
        }
        // A clock that is set back takes nothing away.
        assert_eq!(clock.seen(0.0).shown(), TimeLeft::Minutes(2));
    }

    #[test]
    fn it_is_looked_at_when_something_else_shows_and_no_oftener() {
        let clock = RoundClock::of(3, 0.0);
        let (mut now, mut looks) = (0.0, Vec::new());
        while clock.seen(now).shown() != TimeLeft::Up {
            now += clock.changes_in(now);
            looks.push(clock.seen(now).shown());
        }
        let seconds = (0..6).map(|tens| TimeLeft::Seconds(60 - 10 * tens));
        let expected: Vec<_> = [TimeLeft::Minutes(2)].into_iter().chain(seconds).collect();
        assert_eq!(looks.split_last(), Some((&TimeLeft::Up, &expected[..])));
    }

    #[test]
    fn it_stands_still_runs_again_and_can_have_more() {
        let clock = RoundClock::of(1, 0.0).paused(20_000.0);
        assert_eq!((clock.shown(), clock.since()), (TimeLeft::Seconds(40), None));
        assert_eq!(clock.seen(900_000.0).shown(), TimeLeft::Seconds(40));
        let clock = clock.gone_on(1_000_000.0);
        assert_eq!(clock.seen(1_010_000.0).shown(), TimeLeft::Seconds(30));
        let more = clock.extended(5, 1_010_000.0);
        assert_eq!(more.shown(), TimeLeft::Minutes(6));
        assert!(clock.is_still(&clock.seen(1_010_000.0)));
        assert!(!clock.is_still(&more) && !clock.is_still(&clock.paused(1_010_000.0)));
        assert!(
            !clock.paused(5.0).is_still(&clock.paused(5.0)),
            "what stands still is not looked at"
        );
    }
}
