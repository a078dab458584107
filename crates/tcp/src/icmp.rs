//! ICMP messages about packets of ours (RFC 9293 §3.9.2.2, RFC 5927).

use crate::{Connection, Effects, IcmpError, Instant, Notification, Reason, SeqNumber, State};

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

    fn learn_mtu(&mut self, error: IcmpError, mtu: u16, effects: &mut Effects) {
        let _ = mtu;
        self.decide(effects, Reason::IcmpDropped { error });
    }
}
