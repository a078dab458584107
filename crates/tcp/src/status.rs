//! What STATUS returns: every variable of a connection, at one moment.

use crate::{Duration, Instant, SeqNumber, State, Timer};

/// A connection's variables (RFC 9293 §3.3.1, §3.10.6): all that a person may want to see of it.
///
/// Sequence numbers are absolute; windows and buffers are octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Status {
    /// The state.
    pub state: State,
    /// ISS: the number of our SYN; `None` before one was chosen.
    pub iss: Option<SeqNumber>,
    /// IRS: the number of the peer's SYN; `None` before it arrived.
    pub irs: Option<SeqNumber>,
    /// SND.UNA: the oldest unacknowledged number.
    pub snd_una: SeqNumber,
    /// SND.NXT: the next number to be sent.
    pub snd_nxt: SeqNumber,
    /// SND.WND: what the peer allows from SND.UNA on.
    pub snd_wnd: u32,
    /// SND.WL1: the sequence number of the segment that last updated SND.WND.
    pub snd_wl1: SeqNumber,
    /// SND.WL2: the acknowledgment number of that segment.
    pub snd_wl2: SeqNumber,
    /// SND.UP: the urgent pointer that we send.
    pub snd_up: SeqNumber,
    /// RCV.NXT: the next number expected.
    pub rcv_nxt: SeqNumber,
    /// RCV.WND: what we allow from RCV.NXT on.
    pub rcv_wnd: u32,
    /// RCV.UP: the urgent pointer that the peer sent.
    pub rcv_up: SeqNumber,
    /// The effective send MSS (RFC 9293 §3.7.1).
    pub mss: u32,
    /// The congestion window (RFC 5681).
    pub cwnd: u32,
    /// The slow start threshold (RFC 5681).
    pub ssthresh: u32,
    /// Octets sent and not yet acknowledged, SYN and FIN included.
    pub flight: u32,
    /// Octets taken to be in the network: the flight, less what has arrived as SACK tells or is
    /// taken for lost, and what was sent again (RFC 6675 §2).
    pub pipe: u32,
    /// Where the recovery under way ends; `None` outside recovery (RFC 6582, RFC 6675).
    pub recover: Option<SeqNumber>,
    /// Duplicate ACKs in a row (RFC 5681 §2).
    pub duplicates: u32,
    /// The smoothed round-trip time (RFC 6298); `None` before the first measurement.
    pub srtt: Option<Duration>,
    /// The variation of the round-trip time (RFC 6298).
    pub rttvar: Option<Duration>,
    /// The smallest round trip of the last minutes (RFC 8985 §6.2).
    pub min_rtt: Option<Duration>,
    /// The retransmission timeout in force, back-off included (RFC 6298).
    pub rto: Duration,
    /// How often the segment at SND.UNA was sent again by timeout.
    pub retransmissions: u32,
    /// Octets taken from the application and not yet sent.
    pub unsent: u32,
    /// Octets received in order and not yet read by the application.
    pub unread: u32,
    /// Octets that the application has read.
    pub read: u64,
    /// Octets that arrived out of order and wait for what is missing before them.
    pub out_of_order: Blocks,
    /// Whether CLOSE was called.
    pub closing: bool,
    /// What both SYNs agreed on.
    pub agreed: AgreedOptions,
    /// When each timer runs out, in the order of [`Timer::ALL`].
    pub timers: [Option<Instant>; Timer::ALL.len()],
}

impl Status {
    /// When `timer` runs out, if it is running.
    #[must_use]
    pub const fn timer(&self, timer: Timer) -> Option<Instant> {
        self.timers[timer as usize]
    }
}

/// What both SYNs agreed on, so that it is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct AgreedOptions {
    /// Snd.Wind.Shift and Rcv.Wind.Shift (RFC 7323 §2.2).
    pub shifts: Option<(u8, u8)>,
    /// Selective acknowledgments (RFC 2018).
    pub sack: bool,
    /// Timestamps (RFC 7323).
    pub timestamps: bool,
    /// ECN (RFC 3168).
    pub ecn: bool,
}

/// The first few runs of octets held out of order: `[start, end)` each, in sequence order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Blocks {
    /// The runs; only the first [`len`](Self::len) count.
    runs: [(SeqNumber, SeqNumber); Self::SHOWN],
    len: u8,
}

impl Blocks {
    /// As many runs as are told of; more may be held.
    pub const SHOWN: usize = 4;

    /// Adds a run, if there is still room for it.
    pub fn push(&mut self, start: SeqNumber, end: SeqNumber) {
        if let Some(slot) = self.runs.get_mut(usize::from(self.len)) {
            *slot = (start, end);
            self.len += 1;
        }
    }

    /// The runs, `[start, end)` each, in sequence order.
    #[must_use]
    pub fn runs(&self) -> &[(SeqNumber, SeqNumber)] {
        &self.runs[..usize::from(self.len)]
    }

    /// How many runs are told of.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether nothing is held out of order.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}
