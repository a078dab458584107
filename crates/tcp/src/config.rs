//! How a connection is set up.

use crate::Duration;

/// The switches and figures of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The MSS that is announced, in octets: the MTU less 40 (RFC 9293 §3.7.1).
    pub mss: u16,
    /// Room for octets that were received and not yet read.
    pub receive_buffer: u32,
    /// Room for octets that were given to SEND and not yet acknowledged.
    pub send_buffer: u32,
    /// Nagle's algorithm (RFC 9293 §3.7.4).
    pub nagle: bool,
    /// RFC 5961's checks of RST, SYN and ACK.
    pub rfc5961: bool,
    /// Congestion control.
    pub congestion: CongestionControl,
    /// The initial window, in segments (RFC 6928).
    pub initial_window_segments: u32,
    /// RTO before the first measurement (RFC 6298 §2.1).
    pub initial_rto: Duration,
    /// RTO is never less.
    pub min_rto: Duration,
    /// RTO is never more.
    pub max_rto: Duration,
    /// R2 for a SYN, as a number of retransmissions (RFC 9293 §3.8.3).
    pub syn_retries: u32,
    /// R1, as a number of retransmissions: from here on the application is warned.
    pub r1_retries: u32,
    /// R2 for data, as a number of retransmissions: then the connection is given up.
    pub data_retries: u32,
    /// The maximum segment lifetime; TIME-WAIT lasts two.
    pub msl: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            mss: 1460,
            receive_buffer: 65_535,
            send_buffer: 65_535,
            nagle: true,
            rfc5961: true,
            congestion: CongestionControl::NewReno,
            initial_window_segments: 10,
            initial_rto: Duration::from_secs(1),
            min_rto: Duration::from_millis(200),
            max_rto: Duration::from_secs(60),
            syn_retries: 6,
            r1_retries: 3,
            data_retries: 15,
            msl: Duration::from_secs(30),
        }
    }
}

/// Which congestion control a connection uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CongestionControl {
    /// RFC 5681 with RFC 6582's recovery.
    NewReno,
    /// None: only the peer's window limits what is sent.
    None,
}
