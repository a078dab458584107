//! How a connection is set up.

use crate::Duration;

/// The switches and figures of one connection. Each companion of RFC 9293 is a switch, so that a
/// connection can be seen with and without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The MSS that is announced, in octets: the MTU less 40 (RFC 9293 §3.7.1), and the smallest
    /// MTU where it varies from packet to packet (§3.7.3, SHLD-6).
    pub mss: u16,
    /// Room for octets that were received and not yet read.
    pub receive_buffer: u32,
    /// Room for octets that were given to SEND and not yet acknowledged.
    pub send_buffer: u32,
    /// The shift that is offered in the SYN, 0 to 14; `None`: no window scaling (RFC 7323 §2).
    pub window_scale: Option<u8>,
    /// Selective acknowledgments (RFC 2018, RFC 2883, RFC 6675).
    pub sack: bool,
    /// Timestamps and PAWS (RFC 7323 §3 to §5).
    pub timestamps: bool,
    /// The offset of the timestamp clock, which otherwise counts milliseconds from zero
    /// (RFC 7323 §5.4).
    pub timestamp_offset: u32,
    /// Explicit Congestion Notification (RFC 3168).
    pub ecn: bool,
    /// Nagle's algorithm (RFC 9293 §3.7.4); the application can turn it off (MUST-17).
    pub nagle: bool,
    /// RFC 5961's checks of RST, SYN and ACK.
    pub rfc5961: bool,
    /// How long an acknowledgment may wait for company (RFC 9293 §3.8.6.3); zero: not at all.
    pub delayed_ack: Duration,
    /// The ACK of the FIN that leads to CLOSE-WAIT may wait as that of text does (RFC 9293
    /// §3.8.6.3), so that the FIN of an application that closes at once carries it, and the close
    /// takes three segments. Linux does so; by default it goes out at once.
    pub delayed_fin_ack: bool,
    /// Congestion control.
    pub congestion: CongestionControl,
    /// The initial window, in segments (RFC 6928).
    pub initial_window_segments: u32,
    /// Begin again with the initial window after an idle RTO (RFC 5681 §4.1).
    pub restart_after_idle: bool,
    /// Proportional rate reduction in recovery (RFC 9937).
    pub prr: bool,
    /// Loss detection by time and tail-loss probes, where SACK is agreed on (RFC 8985).
    pub rack_tlp: bool,
    /// Detection of spurious timeouts (RFC 5682).
    pub f_rto: bool,
    /// New text on the first two duplicate ACKs (RFC 3042).
    pub limited_transmit: bool,
    /// RTO before the first measurement (RFC 6298 §2.1).
    pub initial_rto: Duration,
    /// RTO is never less.
    pub min_rto: Duration,
    /// RTO is never more.
    pub max_rto: Duration,
    /// R2 for a SYN, as a number of retransmissions (RFC 9293 §3.8.3, MUST-22). The usual six last
    /// two minutes; from seven on they last the three that MUST-23 asks for.
    pub syn_retries: u32,
    /// R1, as a number of retransmissions: from here on the application is warned (SHLD-9,
    /// SHLD-10).
    pub r1_retries: u32,
    /// R2 for data, as a number of retransmissions: then the connection is given up (MUST-20,
    /// MUST-21). The usual fifteen last longer than the 100 seconds that SHLD-11 asks for, however
    /// short the round trip.
    pub data_retries: u32,
    /// R2 as a time instead: how long sent text may go unacknowledged (RFC 9293 §3.9.1,
    /// RFC 5482, MUST-21). `None`: only the number of retransmissions counts.
    pub user_timeout: Option<Duration>,
    /// Keep-alives (RFC 9293 §3.8.4, MAY-5); `None`, the default: off (MUST-25).
    pub keep_alive: Option<KeepAlive>,
    /// Whether a keep-alive probe carries one octet of garbage, for a peer that answers nothing
    /// else (RFC 9293 §3.8.4, MAY-6).
    pub keep_alive_octet: bool,
    /// How long a FIN-WAIT-2 that nobody reads from any more waits for the peer's FIN.
    pub fin_wait_2_timeout: Duration,
    /// The maximum segment lifetime; TIME-WAIT lasts two.
    pub msl: Duration,
    /// Whether a newer SYN may open the connection anew from TIME-WAIT (RFC 6191).
    pub time_wait_reuse: bool,
    /// Whether a RST is ignored in TIME-WAIT (RFC 1337).
    pub rfc1337: bool,
    /// Path MTU discovery (RFC 9293 §3.7.2, RFC 1191): packets carry "Don't Fragment", so that a link
    /// which they are too long for says so. Without it, routers cut them.
    pub path_mtu_discovery: bool,
    /// Data in the SYN under a cookie (RFC 7413).
    pub fast_open: bool,
    /// How this TCP departs from the standard, to show what a rule is good for.
    pub variant: Variant,
}

/// Keep-alive's figures (RFC 9293 §3.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// How long the connection is idle before the first probe (MUST-28: two hours by default).
    pub idle: Duration,
    /// Between one unanswered probe and the next.
    pub interval: Duration,
    /// So many unanswered probes end the connection (MUST-29: more than one).
    pub count: u32,
}

impl Default for KeepAlive {
    fn default() -> Self {
        Self { idle: Duration::from_secs(7200), interval: Duration::from_secs(75), count: 9 }
    }
}

/// Departures from the standard, each asked at one place; all are off by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Variant {
    /// The passive side is established as soon as it answers the SYN: a two-way opening.
    pub two_way_opening: bool,
    /// The connection is gone at once where TIME-WAIT would begin.
    pub no_time_wait: bool,
    /// Every connection begins with the same sequence number.
    pub fixed_isn: bool,
    /// Damaged segments are taken for sound ones.
    pub no_checksum: bool,
    /// Nothing is ever sent again.
    pub no_retransmission: bool,
    /// The peer's window is ignored.
    pub no_flow_control: bool,
}

impl Config {
    /// RFC 9293 alone: none of its companions but congestion control as RFC 5681 and RFC 6582
    /// have it, and every segment is acknowledged at once. What a first lesson begins with.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            mss: 1460,
            receive_buffer: 65_535,
            send_buffer: 65_535,
            window_scale: None,
            sack: false,
            timestamps: false,
            timestamp_offset: 0,
            ecn: false,
            nagle: true,
            rfc5961: true,
            delayed_ack: Duration::ZERO,
            delayed_fin_ack: false,
            congestion: CongestionControl::NewReno,
            initial_window_segments: 10,
            restart_after_idle: false,
            prr: false,
            rack_tlp: false,
            f_rto: false,
            limited_transmit: false,
            initial_rto: Duration::from_secs(1),
            min_rto: Duration::from_millis(200),
            max_rto: Duration::from_secs(60),
            syn_retries: 6,
            r1_retries: 3,
            data_retries: 15,
            user_timeout: None,
            keep_alive: None,
            keep_alive_octet: false,
            fin_wait_2_timeout: Duration::from_secs(60),
            msl: Duration::from_secs(30),
            time_wait_reuse: true,
            rfc1337: false,
            path_mtu_discovery: false,
            fast_open: false,
            variant: Variant::default(),
        }
    }
}

impl Default for Config {
    /// A modern TCP: every companion that two hosts on the Internet would use today.
    fn default() -> Self {
        Self {
            window_scale: Some(6),
            sack: true,
            timestamps: true,
            delayed_ack: Duration::from_millis(40),
            congestion: CongestionControl::Cubic,
            restart_after_idle: true,
            prr: true,
            rack_tlp: true,
            f_rto: true,
            limited_transmit: true,
            path_mtu_discovery: true,
            ..Self::plain()
        }
    }
}

/// Which congestion control a connection uses (RFC 9293 §3.8.2, MAY-18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CongestionControl {
    /// RFC 5681 with RFC 6582's recovery.
    NewReno,
    /// RFC 9438.
    Cubic,
    /// None: only the peer's window limits what is sent.
    None,
}
