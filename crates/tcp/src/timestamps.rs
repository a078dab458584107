//! Timestamps (RFC 7323 §3 to §5): what is echoed, and protection against wrapped sequence
//! numbers (PAWS).

use crate::{Connection, Duration, Effects, Instant, Options, Reason, Segment, SeqNumber};
use crate::{State, Timestamps};

/// TS.Recent is not compared once it is older than this: the timestamp clock of the peer may have
/// gone around meanwhile (RFC 7323 §5.5).
const OUTDATED: Duration = Duration::from_secs(24 * 24 * 60 * 60);

/// Whether timestamp `a` is older than `b`, on their circle of 2³² (RFC 7323 §5.2).
pub(crate) const fn older(a: u32, b: u32) -> bool {
    let ahead = b.wrapping_sub(a);
    0 < ahead && ahead < 1 << 31
}

/// TSval at `at`: it counts milliseconds, from an offset of the connection's own (RFC 7323 §5.4).
pub(crate) fn stamp(at: Instant, offset: u32) -> u32 {
    let [a, b, c, d, ..] = (at.as_micros() / 1000).to_le_bytes();
    u32::from_le_bytes([a, b, c, d]).wrapping_add(offset)
}

impl Connection {
    /// Before all other checks: whether the segment may be a duplicate from long ago, when its
    /// sequence numbers were in use before (RFC 7323 §5.3, R1). Says whether it is dropped. A RST
    /// is not asked: the host that sends it may know of no timestamp (§5.2).
    pub(crate) fn refuse_by_timestamp(&mut self, segment: &Segment, effects: &mut Effects) -> bool {
        if !self.agreed.timestamps || segment.rst() {
            return false;
        }
        let Some(Timestamps { value, .. }) = segment.options.timestamps else {
            // "If a non-<RST> segment is received without a TSopt, a TCP SHOULD silently drop the
            // segment" (§3.2). But a SYN MUST be challenged (RFC 5961 §4.2): it may be that of a
            // peer that has lost its memory, and with it the agreement.
            if segment.syn() {
                return false;
            }
            self.decide(effects, Reason::TimestampMissing { seq: segment.seq });
            return true;
        };
        let Some((recent, taken)) = self.agreed.ts_recent else { return false };
        if !older(value, recent) {
            return false;
        }
        if self.now.since(taken) > OUTDATED {
            self.decide(effects, Reason::PawsOutdated { recent });
            self.agreed.ts_recent = None;
            return false;
        }
        let reason = Reason::PawsRejects { value, recent };
        self.decide(effects, reason);
        if segment.is_empty() {
            // As for what lies outside the window: ACKs are not answered by ACKs without end.
            self.send_challenge_ack(reason, effects);
        } else {
            self.send_ack(reason, effects);
        }
        true
    }

    /// The timestamp of an acceptable segment that began at `seq`, before anything was cut off: it
    /// is echoed if the segment is the next that we have to acknowledge or an earlier one
    /// (RFC 7323 §4.3, §5.3 R3). So a delayed ACK echoes the first of those that it acknowledges,
    /// and what fills no gap is not echoed.
    pub(crate) fn keep_timestamp(
        &mut self,
        seq: SeqNumber,
        timestamps: Option<Timestamps>,
        effects: &mut Effects,
    ) {
        let Some(Timestamps { value, .. }) = timestamps.filter(|_| self.agreed.timestamps) else {
            return;
        };
        let recent = self.agreed.ts_recent.map(|(recent, _)| recent);
        if seq.after(self.incoming.acking.last_sent)
            || recent.is_some_and(|recent| older(value, recent))
        {
            return;
        }
        self.agreed.ts_recent = Some((value, self.now));
        if recent != Some(value) {
            self.decide(effects, Reason::TimestampKept { value });
        }
    }

    /// The round trip that an acknowledgment's TSecr shows, in whole milliseconds: RTTM
    /// (RFC 7323 §4.1). `None` where it shows none, or one that cannot be.
    pub(crate) fn round_trip_by_timestamp(&self, segment: &Segment) -> Option<Duration> {
        let Timestamps { echo, .. } = segment.options.timestamps?;
        if !self.agreed.timestamps || segment.ack.is_none() {
            return None;
        }
        let elapsed = self.timestamp_clock().wrapping_sub(echo);
        (elapsed < 1 << 31).then(|| Duration::from_millis(u64::from(elapsed)))
    }

    /// The Timestamps option of a segment that goes out now. TSecr counts only where ACK is set,
    /// and is zero elsewhere (RFC 7323 §3.2).
    pub(crate) fn timestamps(&self) -> Timestamps {
        let echo = self.agreed.ts_recent.map_or(0, |(value, _)| value);
        Timestamps { value: self.timestamp_clock(), echo }
    }

    /// The options of a reset of this connection: the timestamps, where they are agreed on
    /// (RFC 7323 §3.2: they SHOULD be in a RST).
    pub(crate) fn options_of_reset(&self, acknowledges: bool) -> Options {
        let echoed = |timestamps: Timestamps| Timestamps {
            echo: if acknowledges { timestamps.echo } else { 0 },
            ..timestamps
        };
        let timestamps = self.agreed.timestamps.then(|| echoed(self.timestamps()));
        Options { timestamps, ..Options::NONE }
    }

    /// TSval of a segment that goes out now.
    pub(crate) fn timestamp_clock(&self) -> u32 {
        stamp(self.now, self.config.timestamp_offset)
    }

    /// Whether a SYN may open the connection anew from TIME-WAIT (RFC 9293 §3.6.1, MAY-2), as
    /// RFC 6191 §2 has it (SHLD-4): its timestamp shows that it is newer than all of the old connection, or
    /// its sequence number does. Whoever holds the connection asks before it hands a SYN to it; if
    /// so, [`reopen`](Self::reopen) ends this connection, and the SYN is for LISTEN.
    #[must_use]
    pub fn may_reopen(&self, syn: &Segment) -> bool {
        if self.state != State::TimeWait
            || !self.config.time_wait_reuse
            || !syn.syn()
            || syn.ack.is_some()
            || syn.rst()
        {
            return false;
        }
        let beyond = syn.seq.after(self.rcv.nxt);
        let stamp = syn.options.timestamps.filter(|_| self.config.timestamps);
        match (self.agreed.ts_recent, stamp) {
            (Some((recent, _)), Some(Timestamps { value, .. })) => {
                older(recent, value) || (value == recent && beyond)
            }
            (None, Some(_)) => true,
            (Some(_) | None, None) => beyond,
        }
    }

    /// Ends a connection in TIME-WAIT in favour of a new one that `syn` asks for, if
    /// [`may_reopen`](Self::may_reopen) allows it; says whether it does.
    pub fn reopen(&mut self, now: Instant, syn: &Segment, effects: &mut Effects) -> bool {
        if !self.may_reopen(syn) {
            return false;
        }
        self.now = now;
        let reason = Reason::TimeWaitReopens { seq: syn.seq, rcv_nxt: self.rcv.nxt };
        self.decide(effects, reason);
        self.delete_tcb(reason, effects);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_go_around_a_circle() {
        for (a, b, is_older) in [
            (1, 2, true),
            (2, 1, false),
            (2, 2, false),
            (u32::MAX, 0, true),
            (0, u32::MAX, false),
            (0, (1 << 31) - 1, true),
            (0, 1 << 31, false),
        ] {
            assert_eq!(older(a, b), is_older, "{a} older than {b}");
        }
    }
}
