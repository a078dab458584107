//! ICMP messages about packets of ours (RFC 9293 §3.9.2.2, RFC 5927).

use crate::negotiation::TIMESTAMPS_LEN;
use crate::{Connection, Effects, IcmpError, Instant, Notification, Reason, SeqNumber, State};

/// The IPv4 and TCP headers without options.
const HEADERS: u32 = 40;
/// No link of the Internet has a smaller MTU (RFC 1191 §3).
const LEAST_MTU: u32 = 68;
/// MTUs that are in use, the largest first (RFC 1191 §7.1).
const PLATEAUS: [u32; 11] =
    [65_535, 32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006, 508, 296, LEAST_MTU];

impl Connection {
    /// The network says, at `now`, that a packet of ours failed (MUST-54). `seq` is SEG.SEQ of that
    /// packet, from the header that the message brings back.
    pub fn icmp(&mut self, now: Instant, error: IcmpError, seq: SeqNumber, effects: &mut Effects) {
        self.now = now;
        if !self.speaks_of_what_is_in_flight(seq) {
            self.decide(effects, Reason::IcmpDropped { error });
            return;
        }
        match error {
            // "TCP implementations MUST silently discard any received ICMP Source Quench messages"
            // (MUST-55).
            IcmpError::SourceQuench => self.decide(effects, Reason::IcmpDropped { error }),
            IcmpError::FragmentationNeeded { mtu } => self.learn_mtu(error, mtu, effects),
            IcmpError::NetworkUnreachable
            | IcmpError::HostUnreachable
            | IcmpError::SourceRouteFailed
            | IcmpError::TimeExceeded
            | IcmpError::ParameterProblem => self.note_soft_error(error, effects),
            IcmpError::ProtocolUnreachable | IcmpError::PortUnreachable => {
                self.take_hard_error(error, effects);
            }
        }
    }

    /// What the network last said of a packet of ours, if nothing was heard from the peer since:
    /// the likely reason for a connection's having timed out (SHLD-25).
    #[must_use]
    pub const fn last_soft_error(&self) -> Option<IcmpError> {
        self.liveness.soft_error
    }

    /// Who cannot see the connection can hardly guess a number in flight: SND.UNA =< SEG.SEQ <
    /// SND.NXT (RFC 5927 §4.1). Where nothing is in flight, no packet of ours can have failed.
    fn speaks_of_what_is_in_flight(&self, seq: SeqNumber) -> bool {
        match self.state {
            State::Closed | State::Listen | State::TimeWait => false,
            State::SynSent
            | State::SynReceived
            | State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck => seq.within(self.snd.una, self.snd.nxt.distance_from(self.snd.una)),
        }
    }

    /// "[A] TCP implementation MUST NOT abort the connection" (MUST-56), in SYN-SENT neither,
    /// although many do (RFC 5461 §4).
    fn note_soft_error(&mut self, error: IcmpError, effects: &mut Effects) {
        self.liveness.soft_error = Some(error);
        self.decide(effects, Reason::IcmpSoft { error });
    }

    /// "[S]o TCP implementations SHOULD abort the connection" (SHLD-26): while it opens. Once it is
    /// synchronized a host was there and spoke TCP, so that the message is either passing or forged,
    /// and is taken for a soft error (RFC 5927 §5.2; the RFC notes it, and hosts do it).
    fn take_hard_error(&mut self, error: IcmpError, effects: &mut Effects) {
        if self.state.is_synchronized() {
            self.note_soft_error(error, effects);
            return;
        }
        let reason = Reason::IcmpHard { error };
        self.decide(effects, reason);
        let passively = self.opened.is_some_and(|opened| opened.passively);
        if self.state == State::SynReceived && passively {
            self.return_to_listen(reason, effects);
        } else {
            self.end(Notification::Refused, reason, effects);
        }
    }

    /// A packet was too big for a link on the way: segments become smaller, and what was in flight
    /// goes out again. That is no sign of congestion (RFC 1191 §6.5). Code 4 is among the hard
    /// errors of RFC 9293, but with path MTU discovery (§3.7.2) it is an answer, not an end.
    fn learn_mtu(&mut self, error: IcmpError, mtu: u16, effects: &mut Effects) {
        let options = if self.agreed.timestamps { TIMESTAMPS_LEN } else { 0 };
        let headers = HEADERS + options;
        let mss_now = self.outgoing.mss;
        let mtu = match u32::from(mtu) {
            // A router that does not tell (RFC 1191 §5): the next plateau below what was sent.
            0 => next_plateau(mss_now + headers),
            mtu => mtu.max(LEAST_MTU),
        };
        let mss = mtu - headers;
        if mss >= mss_now {
            self.decide(effects, Reason::IcmpDropped { error });
            return;
        }
        self.liveness.path_mtu = Some(mtu);
        self.decide(effects, Reason::MtuReduced { mtu, mss });
        self.reduce_mss(mss, effects);
    }

    /// Segments have at most `mss` octets of text from now on; what is in flight, and was too big,
    /// goes out again at once. A SYN is not too big for any path: only its timer sends it again.
    fn reduce_mss(&mut self, mss: u32, effects: &mut Effects) {
        self.outgoing.mss = mss;
        self.congestion.set_mss(mss);
        if self.outgoing.syn_acked {
            self.resend_too_large(self.now, mss, effects);
        }
    }

    /// Eff.snd.MSS may not be larger than what the way is known to allow, options off.
    pub(crate) fn most_for_path(&self) -> u32 {
        self.liveness.path_mtu.map_or(u32::MAX, |mtu| mtu - HEADERS)
    }
}

/// The largest of RFC 1191's plateaus (§7.1) that is below `size`.
fn next_plateau(size: u32) -> u32 {
    PLATEAUS.into_iter().find(|plateau| *plateau < size).unwrap_or(LEAST_MTU)
}
