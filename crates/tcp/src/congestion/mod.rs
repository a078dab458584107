//! Congestion control: how much the network is trusted with (RFC 9293 §3.8.2, MUST-19; RFC 5681,
//! RFC 6928, RFC 9438).
//!
//! What is lost, and what is sent again, is recovery's business; here is only what a loss, a mark,
//! a timeout or their absence does to cwnd and ssthresh. All is in octets.

mod cubic;
mod reno;

use crate::{Config, CongestionControl, Duration, Instant, Reason};
use cubic::{Cubic, Region};
use reno::Reno;

/// The congestion window and what moves it.
#[derive(Clone, Debug)]
pub(crate) struct Congestion {
    algorithm: Algorithm,
    initial_segments: u32,
    restart_after_idle: bool,
    /// The sender maximum segment size, SMSS.
    mss: u32,
    cwnd: u32,
    ssthresh: u32,
    usage: Usage,
    /// What was true before the last loss or timeout.
    before: Option<Before>,
}

#[derive(Clone, Debug)]
enum Algorithm {
    NewReno(Reno),
    Cubic(Cubic),
    None,
}

/// What is needed to take back a reduction (RFC 9438 §4.9).
#[derive(Clone, Debug)]
struct Before {
    algorithm: Algorithm,
    cwnd: u32,
    ssthresh: u32,
}

impl Congestion {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            algorithm: match config.congestion {
                CongestionControl::NewReno => Algorithm::NewReno(Reno::default()),
                CongestionControl::Cubic => Algorithm::Cubic(Cubic::default()),
                CongestionControl::None => Algorithm::None,
            },
            initial_segments: config.initial_window_segments,
            restart_after_idle: config.restart_after_idle,
            mss: 0,
            cwnd: 0,
            ssthresh: u32::MAX,
            usage: Usage::default(),
            before: None,
        }
    }

    /// Begins, when both SYNs have been seen. After SYNs were lost one segment must do
    /// (RFC 5681 §3.1, RFC 6928 §2).
    pub(crate) fn begin(&mut self, mss: u32, syns_were_lost: bool) -> Reason {
        self.mss = mss;
        let segments = if syns_were_lost { 1 } else { self.initial_segments.max(1) };
        self.cwnd = initial_window(segments, mss);
        Reason::InitialWindow { segments, mss, cwnd: self.cwnd() }
    }

    /// The congestion window.
    pub(crate) const fn cwnd(&self) -> u32 {
        match self.algorithm {
            Algorithm::NewReno(_) | Algorithm::Cubic(_) => self.cwnd,
            Algorithm::None => u32::MAX,
        }
    }

    /// The slow start threshold; `u32::MAX` before there was a loss.
    pub(crate) const fn ssthresh(&self) -> u32 {
        self.ssthresh
    }

    /// The sender maximum segment size.
    pub(crate) const fn mss(&self) -> u32 {
        self.mss
    }

    /// Segments become smaller or larger; the windows are octets and stay.
    pub(crate) const fn set_mss(&mut self, mss: u32) {
        self.mss = mss;
    }

    /// Recovery governs the window.
    pub(crate) const fn set_cwnd(&mut self, cwnd: u32) {
        self.cwnd = cwnd;
    }

    /// New octets of text were acknowledged, outside recovery. `flight_before` was in flight
    /// when the ACK came.
    pub(crate) fn on_ack(
        &mut self,
        acked: u32,
        flight_before: u32,
        now: Instant,
        srtt: Option<Duration>,
    ) -> Option<Reason> {
        let (from, mss) = (self.cwnd, self.mss);
        let slow_start = from < self.ssthresh;
        let used = self.usage.on_ack(acked, flight_before);
        let filled = if slow_start {
            used.saturating_mul(2) > from
        } else {
            used.saturating_add(mss) > from
        };
        let not_used = Some(Reason::CwndNotUsed { cwnd: from, flight: used });
        match &mut self.algorithm {
            Algorithm::None => None,
            Algorithm::NewReno(reno) => {
                if !filled {
                    return not_used;
                }
                if slow_start {
                    reno.forget();
                    return self.slow_start(acked);
                }
                self.cwnd = reno.grow(from, acked, mss);
                let to = self.cwnd;
                (to != from).then_some(Reason::CongestionAvoidance { from, to })
            }
            Algorithm::Cubic(cubic) => {
                if !filled {
                    cubic.pause_until(now);
                    return not_used;
                }
                if slow_start {
                    cubic.leave_stage();
                    return self.slow_start(acked);
                }
                let rtt = srtt.unwrap_or_default();
                let (to, region) = cubic.grow(from, acked, mss, now, rtt);
                self.cwnd = to;
                (to != from).then_some(match region {
                    Region::RenoFriendly => Reason::CubicRenoFriendly { from, to },
                    Region::Curve { w_max, since } => Reason::CubicGrows { from, to, w_max, since },
                })
            }
        }
    }

    /// "cwnd += min (N, SMSS)": RFC 5681 equation (2).
    fn slow_start(&mut self, acked: u32) -> Option<Reason> {
        let from = self.cwnd;
        self.cwnd = from.saturating_add(acked.min(self.mss));
        Some(Reason::SlowStart { from, to: self.cwnd, ssthresh: self.ssthresh })
    }

    /// A loss is noticed, and recovery begins: ssthresh is what cwnd will be when it ends.
    /// Recovery itself moves cwnd.
    pub(crate) fn on_loss(&mut self, flight: u32, _now: Instant) -> Option<Reason> {
        self.remember();
        let reduced = self.reduced(flight)?;
        let ssthresh = reduced.max(2 * self.mss);
        self.ssthresh = ssthresh;
        self.usage = Usage::default();
        match &mut self.algorithm {
            Algorithm::NewReno(reno) => {
                reno.forget();
                None
            }
            Algorithm::Cubic(cubic) => {
                Some(Reason::CubicReduces { w_max: cubic.reduce(self.cwnd), ssthresh })
            }
            Algorithm::None => None,
        }
    }

    /// The peer tells of a mark. The window is reduced at once, to one segment at the least
    /// (RFC 3168 §6.1.2, RFC 9438 §4.6).
    pub(crate) fn on_ecn(&mut self, flight: u32, now: Instant) -> Option<Reason> {
        let reduced = self.reduced(flight)?;
        self.on_loss(flight, now);
        // A mark is no mistake of ours that later turns out to be none.
        self.before = None;
        self.cwnd = reduced.max(self.mss);
        let (ssthresh, cwnd) = (self.ssthresh, self.cwnd);
        Some(Reason::CongestionHeard { flight, ssthresh, cwnd })
    }

    /// The retransmission timer ran out; `again`: for a segment that it ran out for before, whose
    /// loss has already been answered (RFC 5681 §3.1, RFC 9438 §4.8).
    pub(crate) fn on_timeout(&mut self, flight: u32, again: bool, _now: Instant) -> Option<Reason> {
        let reduced = self.reduced(flight)?;
        if !again {
            self.remember();
            self.ssthresh = reduced.max(2 * self.mss);
            match &mut self.algorithm {
                Algorithm::NewReno(reno) => reno.forget(),
                Algorithm::Cubic(cubic) => cubic.reduce_by_timeout(self.cwnd),
                Algorithm::None => {}
            }
        }
        self.usage = Usage::default();
        self.cwnd = self.mss;
        let (ssthresh, cwnd) = (self.ssthresh, self.cwnd);
        Some(Reason::CongestionTimeout { flight, ssthresh, cwnd })
    }

    /// The last loss or timeout was none: all is as it was before (RFC 5682 §3, RFC 9438 §4.9).
    /// Says what cwnd and ssthresh are now.
    pub(crate) fn undo(&mut self) -> (u32, u32) {
        if let Some(Before { algorithm, cwnd, ssthresh }) = self.before.take() {
            self.algorithm = algorithm;
            self.cwnd = self.cwnd.max(cwnd);
            self.ssthresh = ssthresh;
        }
        (self.cwnd(), self.ssthresh)
    }

    /// Something is to be sent, nothing is in flight, and nothing was sent for `idle`
    /// (RFC 5681 §4.1). Called whether or not that is longer than RTO.
    pub(crate) fn on_idle(&mut self, idle: Duration, rto: Duration) -> Option<Reason> {
        match &mut self.algorithm {
            Algorithm::NewReno(_) => {}
            Algorithm::Cubic(cubic) => cubic.pause_for(idle),
            Algorithm::None => return None,
        }
        let from = self.cwnd;
        let to = from.min(initial_window(self.initial_segments.max(1), self.mss));
        if !self.restart_after_idle || idle <= rto || to == from {
            return None;
        }
        self.cwnd = to;
        Some(Reason::RestartAfterIdle { idle, from, to })
    }

    fn remember(&mut self) {
        let (cwnd, ssthresh) = (self.cwnd, self.ssthresh);
        self.before = Some(Before { algorithm: self.algorithm.clone(), cwnd, ssthresh });
    }

    /// What a congestion event leaves of the flight; `None` without congestion control.
    fn reduced(&self, flight: u32) -> Option<u32> {
        match self.algorithm {
            Algorithm::NewReno(_) => Some(Reno::reduced(flight)),
            Algorithm::Cubic(_) => Some(Cubic::reduced(flight)),
            Algorithm::None => None,
        }
    }
}

/// min (10*MSS, max (2*MSS, 14600)): RFC 6928 §2, for any number of segments.
fn initial_window(segments: u32, mss: u32) -> u32 {
    let most = segments.saturating_mul(1460).max(2 * mss);
    segments.saturating_mul(mss).min(most).max(mss)
}

/// The most that was in flight during the last round trip: whether cwnd was the limit
/// (RFC 9438 §5.8, RFC 7661 §4.2).
#[derive(Clone, Debug, Default)]
struct Usage {
    /// The most that was in flight in this round.
    most: u32,
    /// Octets that are still to be acknowledged before the round is over.
    left: u32,
}

impl Usage {
    fn on_ack(&mut self, acked: u32, flight_before: u32) -> u32 {
        if self.left == 0 {
            *self = Self { most: flight_before, left: flight_before };
        }
        self.most = self.most.max(flight_before);
        self.left = self.left.saturating_sub(acked);
        self.most
    }
}

#[cfg(test)]
mod tests;
