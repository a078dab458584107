//! How a host is set up.

use core::net::Ipv4Addr;
use core::ops::RangeInclusive;

use crate::{Config, SeqNumber};

/// The switches and figures of a host.
#[derive(Clone, Debug)]
pub struct HostConfig {
    /// The host's one address: packets to another are dropped.
    pub address: Ipv4Addr,
    /// Keys whatever the host draws: initial sequence numbers, ports, timestamp offsets, cookies.
    pub seed: u64,
    /// The initial send sequence number of every connection; `None`: RFC 6528.
    pub iss: Option<SeqNumber>,
    /// The key of RFC 6528's numbers; `None`: drawn from the seed.
    pub isn_secret: Option<[u8; 16]>,
    /// What every connection begins with.
    pub connection: Config,
    /// Whether `timestamp_offset` is drawn for each pair of sockets (RFC 7323 §5.4).
    pub draws_timestamp_offsets: bool,
    /// How many openings a listener keeps in SYN-RECEIVED. Its backlog is another figure: that of
    /// the connections that are ready and wait for `accept`.
    pub syn_queue: u32,
    /// Whether SYNs beyond those are answered with a cookie (RFC 4987 §3.6) rather than dropped.
    pub syn_cookies: bool,
    /// The ports that are given out (RFC 6335 §6).
    pub ephemeral_ports: RangeInclusive<u16>,
}

impl Default for HostConfig {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::new(192, 168, 0, 1),
            seed: 0,
            iss: None,
            isn_secret: None,
            connection: Config::default(),
            draws_timestamp_offsets: true,
            syn_queue: 256,
            syn_cookies: true,
            ephemeral_ports: 49152..=65535,
        }
    }
}
