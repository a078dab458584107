//! Switches of the configuration: the same scenario, with something and without it.

use tcpscope_tcp::{Config, CongestionControl, Duration};

use crate::{HostSetup, Setup};

/// Something that a TCP does or does not do. Each is on in a TCP that does as today's standards
/// would have it, but for what both sides have to want or what only some do: ECN, Fast Open, RFC 1337
/// and the ACK of a FIN that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Switch {
    /// Selective acknowledgments (RFC 2018, RFC 6675).
    Sack,
    /// Nagle's algorithm (RFC 9293 §3.7.4).
    Nagle,
    /// Acknowledgments wait for company (RFC 9293 §3.8.6.3).
    DelayedAck,
    /// Timestamps and PAWS (RFC 7323).
    Timestamps,
    /// Window scaling (RFC 7323 §2).
    WindowScale,
    /// CUBIC (RFC 9438) in place of NewReno (RFC 5681, RFC 6582).
    Cubic,
    /// Explicit Congestion Notification (RFC 3168).
    Ecn,
    /// Loss detection by time, and tail-loss probes (RFC 8985).
    RackTlp,
    /// Proportional rate reduction (RFC 9937).
    Prr,
    /// Detection of spurious timeouts (RFC 5682).
    FRto,
    /// New text on the first duplicate ACKs (RFC 3042).
    LimitedTransmit,
    /// RFC 5961's checks of RST, SYN and ACK.
    ChallengeAcks,
    /// The ACK of a FIN waits as that of text does (RFC 9293 §3.8.6.3), as on Linux.
    DelayedFinAck,
    /// The initial window again after silence (RFC 5681 §4.1).
    RestartAfterIdle,
    /// Data in the SYN under a cookie (RFC 7413).
    FastOpen,
    /// A RST is ignored in TIME-WAIT (RFC 1337).
    Rfc1337,
    /// Where the queue of half-open connections is full, a cookie takes its place (RFC 4987 §3.6).
    SynCookies,
    /// The third segment of the handshake is waited for.
    ThreeWayOpening,
    /// TIME-WAIT.
    TimeWait,
    /// Initial sequence numbers that differ from connection to connection.
    VaryingIsn,
    /// Damaged segments are told by their checksum.
    Checksum,
    /// What is lost is sent again.
    Retransmission,
    /// The peer's window is heeded.
    FlowControl,
}

impl Switch {
    /// All of them: companions of RFC 9293 first, then what no TCP should be without.
    pub const ALL: [Self; 23] = [
        Self::Sack,
        Self::Nagle,
        Self::DelayedAck,
        Self::Timestamps,
        Self::WindowScale,
        Self::Cubic,
        Self::Ecn,
        Self::RackTlp,
        Self::Prr,
        Self::FRto,
        Self::LimitedTransmit,
        Self::ChallengeAcks,
        Self::DelayedFinAck,
        Self::RestartAfterIdle,
        Self::FastOpen,
        Self::Rfc1337,
        Self::SynCookies,
        Self::ThreeWayOpening,
        Self::TimeWait,
        Self::VaryingIsn,
        Self::Checksum,
        Self::Retransmission,
        Self::FlowControl,
    ];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sack => "sack",
            Self::Nagle => "nagle",
            Self::DelayedAck => "delayed-ack",
            Self::Timestamps => "timestamps",
            Self::WindowScale => "window-scale",
            Self::Cubic => "cubic",
            Self::Ecn => "ecn",
            Self::RackTlp => "rack-tlp",
            Self::Prr => "prr",
            Self::FRto => "f-rto",
            Self::LimitedTransmit => "limited-transmit",
            Self::ChallengeAcks => "challenge-acks",
            Self::DelayedFinAck => "delayed-fin-ack",
            Self::RestartAfterIdle => "restart-after-idle",
            Self::FastOpen => "fast-open",
            Self::Rfc1337 => "rfc1337",
            Self::SynCookies => "syn-cookies",
            Self::ThreeWayOpening => "three-way-opening",
            Self::TimeWait => "time-wait",
            Self::VaryingIsn => "varying-isn",
            Self::Checksum => "checksum",
            Self::Retransmission => "retransmission",
            Self::FlowControl => "flow-control",
        }
    }

    /// The switch of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|switch| switch.name() == name)
    }

    /// Whether it is on.
    #[must_use]
    pub fn is_on(self, host: &HostSetup) -> bool {
        let config = &host.config;
        match self {
            Self::Sack => config.sack,
            Self::Nagle => config.nagle,
            Self::DelayedAck => config.delayed_ack > Duration::ZERO,
            Self::Timestamps => config.timestamps,
            Self::WindowScale => config.window_scale.is_some(),
            Self::Cubic => config.congestion == CongestionControl::Cubic,
            Self::Ecn => config.ecn,
            Self::RackTlp => config.rack_tlp,
            Self::Prr => config.prr,
            Self::FRto => config.f_rto,
            Self::LimitedTransmit => config.limited_transmit,
            Self::ChallengeAcks => config.rfc5961,
            Self::DelayedFinAck => config.delayed_fin_ack,
            Self::RestartAfterIdle => config.restart_after_idle,
            Self::FastOpen => config.fast_open,
            Self::Rfc1337 => config.rfc1337,
            Self::SynCookies => host.sockets.syn_cookies,
            Self::ThreeWayOpening => !config.variant.two_way_opening,
            Self::TimeWait => !config.variant.no_time_wait,
            Self::VaryingIsn => !config.variant.fixed_isn,
            Self::Checksum => !config.variant.no_checksum,
            Self::Retransmission => !config.variant.no_retransmission,
            Self::FlowControl => !config.variant.no_flow_control,
        }
    }

    /// Turns it on or off. What is turned on has a modern TCP's figures.
    pub fn set(self, host: &mut HostSetup, on: bool) {
        let (config, modern) = (&mut host.config, Config::default());
        match self {
            Self::Sack => config.sack = on,
            Self::Nagle => config.nagle = on,
            Self::DelayedAck => {
                config.delayed_ack = if on { modern.delayed_ack } else { Duration::ZERO };
            }
            Self::Timestamps => config.timestamps = on,
            Self::WindowScale => config.window_scale = modern.window_scale.filter(|_| on),
            Self::Cubic => {
                config.congestion =
                    if on { CongestionControl::Cubic } else { CongestionControl::NewReno };
            }
            Self::Ecn => config.ecn = on,
            Self::RackTlp => config.rack_tlp = on,
            Self::Prr => config.prr = on,
            Self::FRto => config.f_rto = on,
            Self::LimitedTransmit => config.limited_transmit = on,
            Self::ChallengeAcks => config.rfc5961 = on,
            Self::DelayedFinAck => config.delayed_fin_ack = on,
            Self::RestartAfterIdle => config.restart_after_idle = on,
            Self::FastOpen => config.fast_open = on,
            Self::Rfc1337 => config.rfc1337 = on,
            Self::SynCookies => host.sockets.syn_cookies = on,
            Self::ThreeWayOpening => config.variant.two_way_opening = !on,
            Self::TimeWait => config.variant.no_time_wait = !on,
            Self::VaryingIsn => config.variant.fixed_isn = !on,
            Self::Checksum => config.variant.no_checksum = !on,
            Self::Retransmission => config.variant.no_retransmission = !on,
            Self::FlowControl => config.variant.no_flow_control = !on,
        }
    }
}

impl Setup {
    /// Whether something is on at every host.
    #[must_use]
    pub fn is_on(&self, switch: Switch) -> bool {
        self.hosts.iter().all(|host| switch.is_on(host))
    }

    /// The same setup with something on, or off, at every host. Hosts that have it so already keep
    /// their figures.
    #[must_use]
    pub fn switched(&self, switch: Switch, on: bool) -> Self {
        let mut setup = self.clone();
        for host in &mut setup.hosts {
            if switch.is_on(host) != on {
                switch.set(host, on);
            }
        }
        setup
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned as _;
    use alloc::vec::Vec;
    use core::net::{Ipv4Addr, SocketAddrV4};

    use super::*;
    use crate::SocketSetup;

    fn host(config: Config) -> HostSetup {
        HostSetup {
            name: "client".to_owned(),
            address: SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 49152),
            config,
            iss: None,
            script: Vec::new(),
            further: Vec::new(),
            sockets: SocketSetup::default(),
        }
    }

    #[test]
    fn each_switch_has_a_name_and_does_as_it_is_told() {
        for switch in Switch::ALL {
            assert_eq!(Switch::from_name(switch.name()), Some(switch));
            for config in [Config::plain(), Config::default()] {
                let mut host = host(config);
                for on in [true, false, true] {
                    switch.set(&mut host, on);
                    assert_eq!(switch.is_on(&host), on, "{}", switch.name());
                }
            }
            let chosen = [Switch::Ecn, Switch::DelayedFinAck, Switch::FastOpen, Switch::Rfc1337];
            let standard = !chosen.contains(&switch);
            assert_eq!(switch.is_on(&host(Config::default())), standard, "{}", switch.name());
        }
        assert_eq!(Switch::from_name("magic"), None);
    }
}
