//! Explicit Congestion Notification (RFC 3168; RFC 9293 §3.8.2, SHLD-8): asked for in the SYN, and a mark of a router's
//! handed back to the sender. What the sender does on hearing of it is congestion control's.

use crate::{Connection, Ecn, Effects, Flags, Negotiable, Reason, Segment};

/// An ECN-setup SYN has both flags; an ECN-setup SYN,ACK has ECE alone, so that one who sends back
/// every flag that it gets does not pass for one who knows ECN (RFC 3168 §6.1.1).
const BOTH: Flags = Flags::ECE.union(Flags::CWR);

impl Connection {
    /// The ECN flags of our SYN or SYN,ACK. A SYN that asked and was lost is repeated without: on
    /// the way there may be something that drops what it does not know (RFC 3168 §6.1.1.1).
    pub(crate) fn ecn_flags_of_syn(&self, effects: &mut Effects) -> Flags {
        let answers = self.opened.is_some_and(|opened| opened.syn_seen);
        if answers {
            return if self.agreed.ecn { Flags::ECE } else { Flags::empty() };
        }
        let attempt = self.outgoing.syn_timeouts;
        if self.config.ecn && attempt == 1 {
            self.decide(effects, Reason::EcnSetupWithdrawn { attempt });
        }
        if self.config.ecn && attempt == 0 { BOTH } else { Flags::empty() }
    }

    /// Takes what the peer's SYN or SYN,ACK says of ECN. One who ever sent a SYN without asking
    /// may not use ECN (RFC 3168 §6.1.1).
    pub(crate) fn settle_ecn(&mut self, syn: &Segment, effects: &mut Effects) {
        let asked = if syn.ack.is_some() { Flags::ECE } else { BOTH };
        let passively = self.opened.is_some_and(|opened| opened.passively);
        let withdrawn = !passively && self.outgoing.syn_timeouts > 0;
        let agreed = self.config.ecn && !withdrawn && syn.flags.intersection(BOTH) == asked;
        self.agreed.ecn = agreed;
        if agreed {
            self.decide(effects, Reason::EcnAgreed);
        } else if self.config.ecn {
            self.decide(effects, Reason::NotAgreed { option: Negotiable::Ecn });
        }
    }

    /// A SYN of the peer's that comes a second time no longer asks for ECN, or its SYN,ACK does
    /// not agree: then none is used (RFC 3168 §6.1.1).
    pub(crate) fn withdraw_ecn(&mut self, syn: &Segment, effects: &mut Effects) {
        if self.agreed.ecn {
            self.settle_ecn(syn, effects);
        }
    }

    /// The mark of a router on the packet of a segment that was accepted, and CWR, by which the
    /// peer says that it has heard (RFC 3168 §6.1.3). Only packets with text count: others are not
    /// sent as ECN-capable (§6.1.4).
    pub(crate) fn hear_of_congestion(&mut self, segment: &Segment, effects: &mut Effects) {
        if !self.agreed.ecn {
            return;
        }
        let seq = segment.seq;
        if segment.flags.contains(Flags::CWR) && self.incoming.marked {
            self.incoming.marked = false;
            self.decide(effects, Reason::CwrReceived { seq });
        }
        if segment.ecn == Ecn::Ce && segment.text_len() > 0 {
            self.incoming.marked = true;
            self.decide(effects, Reason::CongestionMarked { seq });
        }
    }

    /// ECE, for every acknowledgment from a mark until the peer's CWR; not for a SYN, where it
    /// would mean something else.
    pub(crate) fn ecn_echo(&self) -> Flags {
        if self.agreed.ecn && self.incoming.marked { Flags::ECE } else { Flags::empty() }
    }

    /// The ECN field of a packet with `octets` of text: ECN-capable only where they are sent for
    /// the first time, and not as a window probe (RFC 3168 §6.1.4, §6.1.5, §6.1.6).
    pub(crate) fn ecn_of(&self, octets: u32, again_or_probe: bool) -> Ecn {
        if self.agreed.ecn && octets > 0 && !again_or_probe { Ecn::Ect0 } else { Ecn::NotEct }
    }
}
