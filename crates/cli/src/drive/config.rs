//! The host's configuration, as `init` gives it.

use std::net::Ipv4Addr;

use serde::Deserialize;
use tcpscope_tcp::HostConfig;
use tcpscope_tcp::{Config, CongestionControl, Duration, SeqNumber};
use tcpscope_wire::Checksums;

use super::value::Address;

/// The octets of the IPv4 and TCP headers: what the MTU has beside the MSS (RFC 9293 §3.7.1).
const HEADERS: u16 = 40;

/// The least MTU that any link may have (RFC 791 §3.2).
const LEAST_MTU: u16 = 68;

/// The largest window that can be announced: 16 bits, shifted by 14 (RFC 7323 §2.3).
const LARGEST_WINDOW: u32 = 65_535 << 14;

/// The keys of `config`; one that is missing has the value of [`Keys::default`].
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key of its own")]
pub(super) struct Keys {
    address: Address,
    mtu: u16,
    receive_buffer: u32,
    send_buffer: u32,
    iss: Option<u32>,
    seed: u64,
    sack: bool,
    timestamps: bool,
    ecn: bool,
    nagle: bool,
    rfc5961: bool,
    window_scale: Option<u8>,
    congestion: Congestion,
    initial_window_segments: u32,
    delayed_ack_us: u64,
    initial_rto_us: u64,
    min_rto_us: u64,
    max_rto_us: u64,
    syn_retries: u32,
    data_retries: u32,
    msl_us: u64,
    verify_checksum: bool,
    prr: bool,
    rack_tlp: bool,
    f_rto: bool,
    limited_transmit: bool,
    time_wait_reuse: bool,
    rfc1337: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Congestion {
    NewReno,
    Cubic,
    None,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            address: Address(Ipv4Addr::new(192, 168, 0, 1)),
            mtu: 1500,
            receive_buffer: 65_535,
            send_buffer: 65_535,
            iss: None,
            seed: 0,
            sack: true,
            timestamps: true,
            ecn: false,
            nagle: true,
            rfc5961: true,
            window_scale: Some(6),
            congestion: Congestion::Cubic,
            initial_window_segments: 10,
            delayed_ack_us: 40_000,
            initial_rto_us: 1_000_000,
            min_rto_us: 200_000,
            max_rto_us: 60_000_000,
            syn_retries: 6,
            data_retries: 15,
            msl_us: 30_000_000,
            verify_checksum: true,
            prr: true,
            rack_tlp: true,
            f_rto: true,
            limited_transmit: true,
            time_wait_reuse: true,
            rfc1337: false,
        }
    }
}

impl Keys {
    /// What cannot be, if something cannot: which key, and what it can be.
    pub(super) fn check(&self) -> Result<(), String> {
        let Address(address) = self.address;
        let nobody = address.is_multicast() || address.is_broadcast() || address.octets()[0] == 0;
        let wrong = if nobody {
            "`address` is the address of one host"
        } else if self.mtu < LEAST_MTU {
            "`mtu` is 68 to 65535"
        } else if self.receive_buffer > LARGEST_WINDOW || self.send_buffer > LARGEST_WINDOW {
            "`receive_buffer` and `send_buffer` are 0 to 1073725440"
        } else if self.window_scale.is_some_and(|shift| shift > 14) {
            "`window_scale` is 0 to 14, or null"
        } else if self.initial_window_segments == 0 {
            "`initial_window_segments` is 1 or more"
        } else if self.initial_rto_us == 0 || self.max_rto_us == 0 {
            // With no time between them retransmissions would have no end in any instant.
            "`initial_rto_us` and `max_rto_us` are 1 or more"
        } else {
            return Ok(());
        };
        Err(format!("config: {wrong}"))
    }

    pub(super) const fn checksums(&self) -> Checksums {
        if self.verify_checksum { Checksums::Verify } else { Checksums::Ignore }
    }

    pub(super) fn host(&self) -> HostConfig {
        HostConfig {
            address: self.address.0,
            seed: self.seed,
            iss: self.iss.map(SeqNumber::new),
            connection: self.connection(),
            ..HostConfig::default()
        }
    }

    fn connection(&self) -> Config {
        let micros = Duration::from_micros;
        Config {
            mss: self.mtu.saturating_sub(HEADERS),
            receive_buffer: self.receive_buffer,
            send_buffer: self.send_buffer,
            window_scale: self.window_scale,
            sack: self.sack,
            timestamps: self.timestamps,
            ecn: self.ecn,
            nagle: self.nagle,
            rfc5961: self.rfc5961,
            delayed_ack: micros(self.delayed_ack_us),
            congestion: match self.congestion {
                Congestion::NewReno => CongestionControl::NewReno,
                Congestion::Cubic => CongestionControl::Cubic,
                Congestion::None => CongestionControl::None,
            },
            initial_window_segments: self.initial_window_segments,
            prr: self.prr,
            rack_tlp: self.rack_tlp,
            f_rto: self.f_rto,
            limited_transmit: self.limited_transmit,
            initial_rto: micros(self.initial_rto_us),
            min_rto: micros(self.min_rto_us.max(1)),
            max_rto: micros(self.max_rto_us),
            syn_retries: self.syn_retries,
            data_retries: self.data_retries,
            msl: micros(self.msl_us),
            time_wait_reuse: self.time_wait_reuse,
            rfc1337: self.rfc1337,
            ..Config::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of the protocol and the engine's own defaults are the same.
    #[test]
    fn nothing_configured_is_the_engine_as_it_is() {
        let (keys, host) = (Keys::default(), HostConfig::default());
        assert_eq!(keys.connection(), Config::default());
        let ours = keys.host();
        assert_eq!((ours.address, ours.seed, ours.iss), (host.address, host.seed, host.iss));
        assert_eq!(keys.checksums(), Checksums::default());
        assert_eq!(keys.check(), Ok(()));
    }
}
