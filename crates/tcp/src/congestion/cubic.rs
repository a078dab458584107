//! CUBIC (RFC 9438), in whole numbers: a run is the same on every machine.
//!
//! Windows are octets, where the RFC counts segments. Time is in ticks of 2⁻²⁰ s, a little less
//! than a microsecond, so that a cube of ticks is brought back to seconds by a shift.

use crate::{Duration, Instant};

/// Ticks in a second, as a power of two.
const TICK_BITS: u32 = 20;

/// The cube of fewer ticks than two to this fits 64 bits.
const SHORT_BITS: u32 = 21;

/// C = 2/5 (§5.1).
const C: (u64, u64) = (2, 5);

/// β = 7/10 (§4.6).
const BETA: (u64, u64) = (7, 10);

/// α = 3 (1 − β) / (1 + β) = 9/17 (§4.3).
const ALPHA: (u64, u64) = (9, 17);

/// `w_est` counts octets in parts of 2⁻¹².
const ESTIMATE_BITS: u32 = 12;

/// No time on the curve is further from its plateau: 68 minutes, when every window has long been
/// as large as it can be. The cube of it fits.
const MOST_TICKS: u64 = u32::MAX as u64;

/// The variables of §4.1.2.
#[derive(Clone, Debug, Default)]
pub(super) struct Cubic {
    /// W_max: cwnd just before the last reduction, less where fast convergence has it so. Zero:
    /// there was none, or it was a timeout.
    w_max: u32,
    /// cwnd_prior: cwnd when ssthresh was last set. Zero: it never was.
    cwnd_prior: u32,
    /// The congestion avoidance stage under way.
    stage: Option<Stage>,
}

/// A congestion avoidance stage: from a point where cwnd reaches ssthresh to the next reduction.
#[derive(Clone, Debug)]
struct Stage {
    /// t_epoch, moved on by the time in which cwnd was not the limit.
    began: Instant,
    /// The last ACK that was taken into account.
    last: Instant,
    /// K: how long the curve takes to its plateau, in ticks.
    k: u64,
    /// The plateau: W_max, or cwnd_epoch where that is larger.
    plateau: u32,
    /// W_est: the window that Reno would have, scaled by [`ESTIMATE_BITS`].
    w_est: u64,
    /// What the last growth left over, in parts of an octet: so many of cwnd.
    rest: u64,
}

/// How the window grew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// Reno would be faster, so cwnd is as Reno's (§4.3).
    RenoFriendly,
    /// On the curve, before or after its plateau (§4.4, §4.5).
    Curve {
        /// Where the plateau is.
        w_max: u32,
        /// t: how long the stage has lasted.
        since: Duration,
    },
}

impl Cubic {
    /// The window after an ACK in congestion avoidance that covers `acked` octets (§4.2).
    pub(super) fn grow(
        &mut self,
        cwnd: u32,
        acked: u32,
        mss: u32,
        now: Instant,
        rtt: Duration,
    ) -> (u32, Region) {
        let w_max = self.w_max;
        let stage = self.stage.get_or_insert_with(|| Stage::begin(cwnd, w_max, mss, now));
        // From now on this is what fast convergence compares with (§4.8, §4.10).
        self.w_max = stage.plateau;
        stage.last = now;
        let acked = acked.min(cwnd);
        let w_est = stage.estimate(cwnd, acked, mss, self.cwnd_prior);
        let since = now.since(stage.began);
        if stage.curve(since, mss) < w_est {
            return (w_est.max(cwnd), Region::RenoFriendly);
        }
        let most = cwnd.saturating_add(cwnd / 2);
        let target = stage.curve(since + rtt, mss).clamp(cwnd, most);
        let share = u64::from(target - cwnd) * u64::from(acked) + stage.rest;
        let divisor = u64::from(cwnd).max(1);
        stage.rest = share % divisor;
        let grown = u32::try_from(share / divisor).unwrap_or(u32::MAX);
        (cwnd.saturating_add(grown), Region::Curve { w_max: stage.plateau, since })
    }

    /// A congestion event at `cwnd` (§4.6, §4.7). Says what W_max is now.
    pub(super) fn reduce(&mut self, cwnd: u32) -> u32 {
        // Fast convergence: a flow that did not get back to where it was leaves room to others.
        self.w_max = if cwnd < self.w_max {
            let (beta, whole) = BETA;
            scale(cwnd, (whole + beta, 2 * whole))
        } else {
            cwnd
        };
        self.cwnd_prior = cwnd;
        self.stage = None;
        self.w_max
    }

    /// A timeout at `cwnd`: the next stage has its plateau where it begins (§4.8).
    pub(super) const fn reduce_by_timeout(&mut self, cwnd: u32) {
        self.w_max = 0;
        self.cwnd_prior = cwnd;
        self.stage = None;
    }

    /// Slow start: a new stage begins when it ends.
    pub(super) const fn leave_stage(&mut self) {
        self.stage = None;
    }

    /// cwnd was not the limit since the last ACK: that time does not count (§5.8).
    pub(super) fn pause_until(&mut self, now: Instant) {
        if let Some(stage) = &mut self.stage {
            stage.began = stage.began + now.since(stage.last);
            stage.last = now;
        }
    }

    /// Nothing was sent for so long: that time does not count either.
    pub(super) fn pause_for(&mut self, idle: Duration) {
        if let Some(stage) = &mut self.stage {
            stage.began = stage.began + idle;
            stage.last = stage.last + idle;
        }
    }

    /// β of the flight (§4.6, without its lower bound).
    pub(super) fn reduced(flight: u32) -> u32 {
        scale(flight, BETA)
    }
}

impl Stage {
    fn begin(cwnd: u32, w_max: u32, mss: u32, now: Instant) -> Self {
        Self {
            began: now,
            last: now,
            k: k(w_max.saturating_sub(cwnd), mss),
            plateau: w_max.max(cwnd),
            w_est: u64::from(cwnd) << ESTIMATE_BITS,
            rest: 0,
        }
    }

    /// W_cubic(t) = C (t − K)³ + W_max (§4.2, figure 1).
    fn curve(&self, t: Duration, mss: u32) -> u32 {
        let t = ticks(t);
        let rise = rise(t.abs_diff(self.k), mss);
        if t < self.k {
            self.plateau.saturating_sub(rise)
        } else {
            self.plateau.saturating_add(rise)
        }
    }

    /// W_est grows by α segments for each window that is acknowledged (§4.3, figure 4); by a
    /// whole segment as soon as it is where cwnd was before the reduction.
    fn estimate(&mut self, cwnd: u32, acked: u32, mss: u32, cwnd_prior: u32) -> u32 {
        let caught_up = self.w_est >> ESTIMATE_BITS >= u64::from(cwnd_prior);
        let (numerator, denominator) = if caught_up { (1, 1) } else { ALPHA };
        let segments = u128::from(numerator * u64::from(acked)) * u128::from(mss);
        let grown = shifted_quotient(segments, denominator * u64::from(cwnd).max(1));
        self.w_est = self.w_est.saturating_add(grown);
        u32::try_from(self.w_est >> ESTIMATE_BITS).unwrap_or(u32::MAX)
    }
}

/// `(octets << ESTIMATE_BITS) / divisor`, without a wide division where the numbers are small,
/// as they always are but for absurd segment sizes.
fn shifted_quotient(octets: u128, divisor: u64) -> u64 {
    let shifted = octets << ESTIMATE_BITS;
    match u64::try_from(shifted) {
        Ok(narrow) => narrow / divisor,
        Err(_) => u64::try_from(shifted / u128::from(divisor)).unwrap_or(u64::MAX),
    }
}

/// C d³ in octets, for a distance of `d` ticks.
fn rise(d: u64, mss: u32) -> u32 {
    if d < 1 << SHORT_BITS && mss <= u32::from(u16::MAX) {
        // The same in narrow numbers, for the first two seconds, and that is nearly always.
        let (numerator, denominator) = C;
        let cube = (d * d * d) >> (2 * TICK_BITS);
        let octets = (cube * numerator * u64::from(mss)) >> TICK_BITS;
        return u32::try_from(octets / denominator).unwrap_or(u32::MAX);
    }
    let d = u128::from(d.min(MOST_TICKS));
    let (numerator, denominator) = C;
    // The cube is less than 2⁹⁶. Two thirds of its shift come first, so that its product with the
    // segment fits; what that cuts off is less than a thousandth of an octet.
    let cube = (d * d * d) >> (2 * TICK_BITS);
    let octets = (cube * u128::from(numerator) * u128::from(mss)) >> TICK_BITS;
    let octets = u64::try_from(octets).unwrap_or(u64::MAX) / denominator;
    u32::try_from(octets).unwrap_or(u32::MAX)
}

/// K = ∛((W_max − cwnd_epoch) / C), in ticks (§4.2, figure 2).
fn k(below: u32, mss: u32) -> u64 {
    let (numerator, denominator) = C;
    let seconds_cubed = (u128::from(below) * u128::from(denominator)) << (3 * TICK_BITS);
    cube_root(seconds_cubed / (u128::from(numerator) * u128::from(mss.max(1))))
}

/// The largest number whose cube is not more, bit by bit; for numbers below 2⁹⁹.
fn cube_root(of: u128) -> u64 {
    let mut root: u128 = 0;
    for bit in (0..33).rev() {
        let next = root | (1 << bit);
        if next * next * next <= of {
            root = next;
        }
    }
    u64::try_from(root).unwrap_or(u64::MAX)
}

fn ticks(span: Duration) -> u64 {
    // 2²⁰ / 10⁶ = 2¹⁴ / 5⁶
    span.as_micros().min(MOST_TICKS) * (1 << 14) / 15_625
}

fn scale(octets: u32, (numerator, denominator): (u64, u64)) -> u32 {
    u32::try_from(u64::from(octets) * numerator / denominator).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
