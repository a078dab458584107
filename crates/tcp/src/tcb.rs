//! The sequence variables of the TCB, grouped as RFC 9293 §3.3.1 groups them.

use crate::SeqNumber;

/// The send sequence variables (RFC 9293 Table 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SendSpace {
    /// SND.UNA: send unacknowledged.
    pub una: SeqNumber,
    /// SND.NXT: send next.
    pub nxt: SeqNumber,
    /// SND.WND: send window, an offset from `una`.
    pub wnd: u32,
    /// MAX.SND.WND: the largest window that the peer ever offered (RFC 5961 §5.2).
    pub max_wnd: u32,
    /// SND.UP: send urgent pointer.
    pub up: SeqNumber,
    /// SND.WL1: SEG.SEQ of the last window update.
    pub wl1: SeqNumber,
    /// SND.WL2: SEG.ACK of the last window update.
    pub wl2: SeqNumber,
    /// ISS: initial send sequence number.
    pub iss: SeqNumber,
}

/// The receive sequence variables (RFC 9293 Table 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ReceiveSpace {
    /// RCV.NXT: receive next.
    pub nxt: SeqNumber,
    /// RCV.WND: receive window as it was last announced, an offset from `nxt`.
    pub wnd: u32,
    /// RCV.UP: receive urgent pointer.
    pub up: SeqNumber,
    /// IRS: initial receive sequence number.
    pub irs: SeqNumber,
}
