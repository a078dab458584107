//! The receive window: what is announced, and so promised (RFC 9293 §3.8.6, RFC 7323 §2).
//!
//! RCV.WND is always the window as it was announced, rounding included: segments are judged by
//! what the peer was told, not by what the buffer holds.

use crate::{Connection, Effects, Reason};

impl Connection {
    /// SEG.WND for an outgoing segment, an unsigned number in 32 bits (MUST-1, REC-1); RCV.WND becomes what it says.
    ///
    /// The right edge never moves left, and it moves right only by a worthwhile step: the
    /// receiver's silly-window avoidance (RFC 9293 §3.8.6.2.2, MUST-39). A SYN's window is never
    /// scaled (RFC 7323 §2.2).
    pub(crate) fn announce_window(&mut self, syn: bool) -> u16 {
        let shift = if syn { 0 } else { self.agreed.rcv_shift() };
        let most = u32::from(u16::MAX) << shift;
        let (reduction, step) = self.window_reduction(most);
        if reduction >= step {
            self.rcv.wnd += reduction;
        }
        let unit = 1_u32 << shift;
        let up = self.rcv.wnd.next_multiple_of(unit);
        // Rounded down, the edge would seem to the peer to move left. Rounded up, it creeps beyond
        // the buffer, by less than a unit with each acknowledgment; a peer that sends by the octet
        // could draw it on and on, so that there is a limit.
        let promised = self.incoming.queue.len().saturating_add(up);
        let limit = self.config.receive_buffer.saturating_mul(2).saturating_add(2 * unit);
        let field = if promised <= limit {
            self.rcv.wnd = up;
            up >> shift
        } else {
            self.rcv.wnd >> shift
        };
        u16::try_from(field).unwrap_or(u16::MAX)
    }

    /// RCV.BUFF − RCV.USER − RCV.WND for a window of at most `most`, and the step from which on
    /// announcing it is worthwhile: min(Fr · RCV.BUFF, Eff.snd.MSS) (RFC 9293 §3.8.6.2.2).
    fn window_reduction(&self, most: u32) -> (u32, u32) {
        let free = self.config.receive_buffer.saturating_sub(self.incoming.queue.len());
        let step = (self.config.receive_buffer / 2).min(self.outgoing.mss).max(1);
        (free.min(most).saturating_sub(self.rcv.wnd), step)
    }

    /// Tells the peer of room that it does not know of, if that is worth a segment of its own: the
    /// window has fallen to half of the buffer or less and would be at least twice what it is, and
    /// the step is no silly one. Where more is open, the next acknowledgment tells in time.
    pub(crate) fn update_window(&mut self, effects: &mut Effects) {
        if !self.state.receives_text() {
            return;
        }
        let most = u32::from(u16::MAX) << self.agreed.rcv_shift();
        let (reduction, step) = self.window_reduction(most);
        let from = self.rcv.wnd;
        if from <= self.config.receive_buffer / 2 && reduction >= step.max(from) {
            let reason = Reason::WindowUpdate { rcv_nxt: self.rcv.nxt, from, to: from + reduction };
            self.send_ack(reason, effects);
        }
    }

    /// The buffer becomes larger or smaller. What was announced stays promised: a window that is
    /// now too large closes only as text arrives (RFC 9293 §3.8.6, SHLD-14), and it may stay closed
    /// for as long as nobody reads (MAY-8).
    pub fn set_receive_buffer(&mut self, octets: u32, effects: &mut Effects) {
        self.config.receive_buffer = octets;
        self.update_window(effects);
    }

    /// RCV.NXT moves over what was taken; the right edge of the window stays where it is.
    pub(crate) fn advance_rcv_nxt(&mut self, numbers: u32) {
        self.rcv.nxt += numbers;
        self.rcv.wnd = self.rcv.wnd.saturating_sub(numbers);
    }
}
