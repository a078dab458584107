//! Proportional rate reduction: how much may be sent for each ACK in recovery (RFC 9937).

/// The variables of RFC 9937 §5, for one recovery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prr {
    /// Where the flight is to be when recovery ends.
    ssthresh: u32,
    /// RecoverFS: what is expected to be delivered during recovery.
    recover_fs: u32,
    /// prr_delivered: what was delivered since recovery began.
    delivered: u64,
    /// prr_out: what was sent since recovery began.
    out: u64,
}

impl Prr {
    /// Recovery begins. `recover_fs` is SND.NXT − SND.UNA before the ACK that began it, less what
    /// SACK had told of before that ACK.
    pub(crate) const fn begin(recover_fs: u32, ssthresh: u32) -> Self {
        Self { ssthresh, recover_fs, delivered: 0, out: 0 }
    }

    /// sndcnt: the octets that may be sent after an ACK that begins recovery or comes during it;
    /// cwnd is `pipe` and this. `delivered` is DeliveredData: what the ACK newly acknowledges,
    /// by number or by SACK. `safe`: SND.UNA advances and no further loss was noticed.
    pub(crate) fn on_ack(&mut self, delivered: u32, pipe: u32, mss: u32, safe: bool) -> u32 {
        self.delivered += u64::from(delivered);
        let ssthresh = self.ssthresh;
        let allowed = if pipe > ssthresh {
            // Proportional: as much goes out of what is delivered as is to remain of the flight.
            let out = u128::from(self.delivered) * u128::from(ssthresh);
            let out = out.div_ceil(u128::from(self.recover_fs.max(1)));
            u64::try_from(out).unwrap_or(u64::MAX).saturating_sub(self.out)
        } else {
            // Conservative: what was delivered; slow start while the recovery makes progress.
            let limit = self.delivered.saturating_sub(self.out).max(u64::from(delivered));
            let limit = if safe { limit + u64::from(mss) } else { limit };
            limit.min(u64::from(ssthresh - pipe))
        };
        // The first segment that is missing goes out whatever the sums say.
        let allowed = if self.out == 0 && allowed == 0 { u64::from(mss) } else { allowed };
        u32::try_from(allowed).unwrap_or(u32::MAX)
    }

    /// Octets were sent, for the first time or again.
    pub(crate) fn on_sent(&mut self, octets: u32) {
        self.out += u64::from(octets);
    }
}
