//! Congestion avoidance as Reno has it (RFC 5681 §3.1).

/// What Reno remembers from one ACK to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Reno {
    /// Octets acknowledged since cwnd last grew.
    acked: u32,
}

impl Reno {
    /// The window after an ACK in congestion avoidance: one segment more each time that as many
    /// octets were acknowledged as cwnd holds, which is the way that §3.1 recommends.
    pub(super) fn grow(&mut self, cwnd: u32, acked: u32, mss: u32) -> u32 {
        self.acked = self.acked.saturating_add(acked.min(cwnd));
        if self.acked < cwnd {
            return cwnd;
        }
        self.acked -= cwnd;
        cwnd.saturating_add(mss)
    }

    /// A loss, or slow start: the count begins anew.
    pub(super) const fn forget(&mut self) {
        self.acked = 0;
    }

    /// FlightSize / 2 (RFC 5681 equation 4, without its lower bound).
    pub(super) const fn reduced(flight: u32) -> u32 {
        flight / 2
    }
}
