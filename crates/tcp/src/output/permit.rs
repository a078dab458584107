//! How much may be sent, and why not more: the windows, Nagle's algorithm, and the sender's
//! silly-window avoidance (RFC 9293 §3.7.4, §3.8.6.2.1).

use crate::recovery::Phase;
use crate::{Connection, Reason, SendPermit};

/// Where the peer's window is ignored, no more is in flight than this: the sequence space would no
/// longer tell old from new (RFC 7323 §2.3).
const MOST_IN_FLIGHT: u32 = 1 << 30;

impl Connection {
    /// How much text may be sent now, and by which rule (RFC 9293 §3.8.6.2.1, MUST-38): a full
    /// segment whenever there is one (SHLD-28); what is not pushed may wait for more (MAY-16). With
    /// Nagle's algorithm the rules in brackets hold, so that less than a segment waits for what is
    /// in flight (§3.7.4, SHLD-7).
    #[inline(always)]
    pub(super) fn permitted(&self, unsent: u32, usable: u32) -> Option<(u32, SendPermit)> {
        let mss = self.room_for_text();
        let idle = self.snd.una == self.snd.nxt;
        let fits = unsent <= usable;
        let pushed = self.outgoing.pushed_to == self.text_end();
        let most = unsent.min(usable);
        if most >= mss {
            Some((mss, SendPermit::FullSegment))
        } else if fits && self.outgoing.closing {
            Some((unsent, SendPermit::LastBeforeFin))
        } else if fits && pushed && idle {
            Some((unsent, SendPermit::Idle))
        } else if fits && pushed && !self.config.nagle {
            Some((unsent, SendPermit::NagleOff))
        } else if (idle || !self.config.nagle) && most > 0 && most >= self.snd.max_wnd / 2 {
            Some((most, SendPermit::HalfWindow))
        } else {
            None
        }
    }

    /// Why what is to be sent has to wait.
    pub(super) fn why_it_waits(&self) -> Reason {
        let (unsent, flight, mss) = (self.unsent(), self.flight(), self.room_for_text());
        if self.usable_window() < unsent.min(mss).max(1) {
            let (wnd, cwnd) = (self.snd.wnd, self.congestion.cwnd());
            Reason::WindowFull { unsent, flight, wnd, cwnd }
        } else {
            Reason::NagleWaits { unsent, mss, flight }
        }
    }

    /// The text of a full segment: Eff.snd.MSS, less what the options take that only this segment
    /// carries (RFC 9293 §3.7.1, MUST-16).
    pub(crate) fn room_for_text(&self) -> u32 {
        self.outgoing.mss.saturating_sub(self.sack_len()).max(1)
    }

    /// U, the usable window: what the peer and the network allow, less what is in flight.
    pub(super) fn usable_window(&self) -> u32 {
        self.room_at_peer().min(self.room_in_network())
    }

    /// What the peer's window has room for; nothing, and not less, where it has shrunk over what is
    /// in flight (RFC 9293 §3.8.6, MUST-34, SHLD-15).
    pub(crate) fn room_at_peer(&self) -> u32 {
        self.window_of_peer().saturating_sub(self.flight())
    }

    /// SND.WND, unless the peer's window is to be ignored.
    pub(crate) fn window_of_peer(&self) -> u32 {
        if self.config.variant.no_flow_control { MOST_IN_FLIGHT } else { self.snd.wnd }
    }

    /// What cwnd leaves: less what is in the network, as far as that is known.
    fn room_in_network(&self) -> u32 {
        let (cwnd, mss) = (self.congestion.cwnd(), self.congestion.mss());
        let recovery = &self.recovery;
        let pipe = recovery.board.pipe();
        match recovery.phase {
            // F-RTO sends new text instead of old, by the segment.
            Phase::Loss { f_rto: Some(f_rto) } if f_rto.sends_new() => mss,
            Phase::Open if self.agreed.sack && !self.config.limited_transmit => {
                cwnd.saturating_sub(self.flight())
            }
            // Each of the first two duplicate ACKs says that a segment has left the network; SACK
            // says which, and so pipe knows (RFC 3042, RFC 6675 §5 step 3).
            Phase::Open if !self.agreed.sack && self.config.limited_transmit => {
                let left = recovery.duplicates.min(2) * mss;
                cwnd.saturating_add(left).saturating_sub(pipe)
            }
            Phase::Open | Phase::NewReno | Phase::Sack { .. } | Phase::Loss { .. } => {
                cwnd.saturating_sub(pipe)
            }
        }
    }
}
