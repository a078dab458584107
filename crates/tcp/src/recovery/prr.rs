//! Proportional rate reduction: how much may be sent for each ACK in recovery (RFC 9937).

/// The variables of RFC 9937 §6, for one recovery.
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
        let mss = mss.max(1);
        let ssthresh = self.ssthresh;
        let allowed = if pipe > ssthresh {
            // Proportional: as much goes out of what is delivered as is to remain of the flight,
            // rounded up to a whole segment, since a part of one would wait for the rest.
            let kept = self.delivered.saturating_mul(ssthresh.into());
            let segments = kept.div_ceil(u64::from(self.recover_fs.max(1)) * u64::from(mss));
            segments.saturating_mul(mss.into()).saturating_sub(self.out)
        } else {
            // Conservative: what was delivered; slow start while the recovery makes progress.
            let limit = self.delivered.saturating_sub(self.out).max(u64::from(delivered));
            let limit = if safe { limit + u64::from(mss) } else { limit };
            limit.min(u64::from(ssthresh - pipe))
        };
        // The first segment that is missing goes out whatever the sums say.
        let allowed = if self.out == 0 { allowed.max(u64::from(mss)) } else { allowed };
        u32::try_from(allowed).unwrap_or(u32::MAX)
    }

    /// Octets were sent, for the first time or again.
    pub(crate) fn on_sent(&mut self, octets: u32) {
        self.out += u64::from(octets);
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use proptest::prelude::*;
    use std::vec::Vec;

    const MSS: u32 = 1000;

    /// Sends whole segments as far as `sndcnt` allows; says how many.
    fn send(prr: &mut Prr, sndcnt: u32) -> u32 {
        let segments = sndcnt / MSS;
        prr.on_sent(segments * MSS);
        segments
    }

    /// One of `flight` segments is lost; an ACK for each of the others. How many segments go out
    /// after each, and what is in the network in the end.
    fn one_loss(flight: u32, ssthresh: u32) -> (Vec<u32>, u32) {
        // Two duplicate ACKs came before the one that begins recovery: SACK told of them.
        let mut prr = Prr::begin((flight - 2) * MSS, ssthresh * MSS);
        // In the network: the flight, less those two and the one that is lost.
        let mut pipe = flight - 3;
        let sent = (3..flight)
            .map(|_| {
                pipe -= 1;
                let sndcnt = prr.on_ack(MSS, pipe * MSS, MSS, false);
                let sent = send(&mut prr, sndcnt);
                pipe += sent;
                sent
            })
            .collect();
        (sent, pipe)
    }

    /// RFC 9937 §6.
    #[test]
    fn one_loss_in_twenty_with_half_left_is_every_other_segment() {
        // ⌈n · 10/18⌉ segments after n deliveries, worked by hand; but the last three fill up what
        // is missing to ssthresh.
        let (sent, pipe) = one_loss(20, 10);
        assert_eq!(sent, [1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1]);
        assert_eq!(pipe, 10);
    }

    #[test]
    fn one_loss_with_seven_tenths_left_is_seven_segments_in_ten() {
        let (sent, pipe) = one_loss(20, 14);
        assert_eq!(sent.iter().sum::<u32>(), 14);
        assert_eq!(pipe, 14);
    }

    #[test]
    fn the_first_retransmission_does_not_wait() {
        // Nothing is delivered by the ACK, and nothing allowed by the formula.
        let mut prr = Prr::begin(20 * MSS, 10 * MSS);
        assert_eq!(prr.on_ack(0, 15 * MSS, MSS, false), MSS);
        prr.on_sent(MSS);
        assert_eq!(prr.on_ack(0, 15 * MSS, MSS, false), 0);
    }

    /// RFC 9937 §6.
    #[test]
    fn after_heavy_losses_the_flight_grows_back_only_while_nothing_more_is_lost() {
        // (safe, what may be sent): pipe is 4 segments below ssthresh
        for (safe, sndcnt) in [(false, MSS), (true, 2 * MSS)] {
            let mut prr = Prr::begin(20 * MSS, 10 * MSS);
            prr.on_ack(MSS, 15 * MSS, MSS, false);
            prr.on_sent(MSS);
            assert_eq!(prr.on_ack(MSS, 6 * MSS, MSS, safe), sndcnt, "safe: {safe}");
        }
        // ... and never beyond ssthresh.
        let mut prr = Prr::begin(20 * MSS, 10 * MSS);
        assert_eq!(prr.on_ack(15 * MSS, 7 * MSS, MSS, true), 3 * MSS);
    }

    proptest! {
        #[test]
        fn no_more_goes_out_than_came_out_and_the_end_is_near_ssthresh(
            flight in 4_u32..200,
            share in 1_u32..10,
            lost in 1_u32..100,
            safe in any::<bool>(),
        ) {
            let ssthresh = (flight * share / 10).max(2);
            let lost = lost.min(flight - 1);
            let mut prr = Prr::begin(flight * MSS, ssthresh * MSS);
            let mut pipe = flight - lost;
            let (mut delivered, mut out) = (0, 0);
            // Until all that was in flight, and all that replaces what was lost, has arrived.
            for _ in 0..flight {
                if pipe == 0 {
                    break;
                }
                pipe -= 1;
                delivered += 1;
                let sndcnt = prr.on_ack(MSS, pipe * MSS, MSS, safe);
                let sent = send(&mut prr, sndcnt);
                pipe += sent;
                out += sent;
                let allowance = if safe { delivered } else { 0 };
                prop_assert!(out <= delivered + allowance + 1, "{out} of {delivered}");
                // But for the first segment, which goes out in any case.
                if pipe - sent <= ssthresh && out > 1 {
                    prop_assert!(pipe <= ssthresh.max(1), "beyond ssthresh: {pipe}");
                }
            }
            prop_assert!(pipe <= ssthresh, "{pipe} in the network, ssthresh {ssthresh}");
            let caught_up = safe || lost + ssthresh < flight;
            prop_assert!(!caught_up || pipe + 1 >= ssthresh, "{pipe} of {ssthresh}");
        }

        #[test]
        fn no_number_is_too_large(acks in prop::collection::vec(any::<(u32, u32, u32)>(), 1..50)) {
            let mut prr = Prr::begin(acks[0].0, acks[0].1);
            for (delivered, pipe, sent) in acks {
                prr.on_ack(delivered, pipe, MSS, sent % 2 == 0);
                prr.on_sent(sent);
            }
        }
    }
}
