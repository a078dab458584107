//! What can be switched and set of a host's TCP and of a link.

use tcpscope_sim::{HostSetup, Jitter, LinkSetup, QueueLimit, Reorder};
use tcpscope_tcp::{CongestionControl, Duration};

use super::{mtu_of, queue_of};

/// A switch of a host's TCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// RFC 2018.
    Sack,
    /// RFC 7323 §3.
    Timestamps,
    /// RFC 7323 §2.
    WindowScale,
    /// RFC 9293 §3.7.4.
    Nagle,
    /// RFC 3168.
    Ecn,
    /// RFC 8985.
    RackTlp,
    /// RFC 9438 in place of RFC 5681 alone.
    Cubic,
    /// RFC 4987 §3.6.
    SynCookies,
    /// Departure: a two-way opening.
    TwoWayOpening,
    /// Departure: no TIME-WAIT.
    NoTimeWait,
    /// Departure: every connection begins with the same number.
    FixedIsn,
    /// Departure: damaged segments are taken for sound.
    NoChecksum,
    /// Departure: nothing is sent again.
    NoRetransmission,
    /// Departure: the peer's window is ignored.
    NoFlowControl,
}

impl Switch {
    /// All of them: first those of the standards, then the six departures from them.
    pub const ALL: [Self; 14] = [
        Self::Sack,
        Self::Timestamps,
        Self::WindowScale,
        Self::Nagle,
        Self::Ecn,
        Self::RackTlp,
        Self::Cubic,
        Self::SynCookies,
        Self::TwoWayOpening,
        Self::NoTimeWait,
        Self::FixedIsn,
        Self::NoChecksum,
        Self::NoRetransmission,
        Self::NoFlowControl,
    ];

    /// Whether it is on.
    #[must_use]
    pub fn is_on(self, host: &HostSetup) -> bool {
        let config = &host.config;
        match self {
            Self::Sack => config.sack,
            Self::Timestamps => config.timestamps,
            Self::WindowScale => config.window_scale.is_some(),
            Self::Nagle => config.nagle,
            Self::Ecn => config.ecn,
            Self::RackTlp => config.rack_tlp,
            Self::Cubic => config.congestion == CongestionControl::Cubic,
            Self::SynCookies => host.sockets.syn_cookies,
            Self::TwoWayOpening => config.variant.two_way_opening,
            Self::NoTimeWait => config.variant.no_time_wait,
            Self::FixedIsn => config.variant.fixed_isn,
            Self::NoChecksum => config.variant.no_checksum,
            Self::NoRetransmission => config.variant.no_retransmission,
            Self::NoFlowControl => config.variant.no_flow_control,
        }
    }

    pub(super) fn set(self, host: &mut HostSetup, on: bool) {
        let config = &mut host.config;
        match self {
            Self::Sack => config.sack = on,
            Self::Timestamps => config.timestamps = on,
            Self::WindowScale => config.window_scale = on.then_some(6),
            Self::Nagle => config.nagle = on,
            Self::Ecn => config.ecn = on,
            Self::RackTlp => config.rack_tlp = on,
            Self::Cubic => {
                config.congestion =
                    if on { CongestionControl::Cubic } else { CongestionControl::NewReno };
            }
            Self::SynCookies => host.sockets.syn_cookies = on,
            Self::TwoWayOpening => config.variant.two_way_opening = on,
            Self::NoTimeWait => config.variant.no_time_wait = on,
            Self::FixedIsn => config.variant.fixed_isn = on,
            Self::NoChecksum => config.variant.no_checksum = on,
            Self::NoRetransmission => config.variant.no_retransmission = on,
            Self::NoFlowControl => config.variant.no_flow_control = on,
        }
    }
}

/// A figure of a host's TCP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// The largest segment, in octets of text.
    Mss,
    /// The receive buffer, in octets.
    ReceiveBuffer,
    /// The send buffer, in octets.
    SendBuffer,
    /// The congestion window at the beginning, in segments.
    InitialWindow,
    /// How long an ACK may be delayed, in milliseconds.
    DelayedAck,
    /// The places of the SYN queue.
    SynQueue,
}

impl Number {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Mss,
        Self::ReceiveBuffer,
        Self::SendBuffer,
        Self::InitialWindow,
        Self::DelayedAck,
        Self::SynQueue,
    ];

    /// The present value.
    #[must_use]
    pub fn get(self, host: &HostSetup) -> u64 {
        let config = &host.config;
        match self {
            Self::Mss => config.mss.into(),
            Self::ReceiveBuffer => config.receive_buffer.into(),
            Self::SendBuffer => config.send_buffer.into(),
            Self::InitialWindow => config.initial_window_segments.into(),
            Self::DelayedAck => config.delayed_ack.as_micros() / 1000,
            Self::SynQueue => host.sockets.syn_queue.into(),
        }
    }

    /// The least and the greatest value.
    #[must_use]
    pub const fn range(self) -> (u64, u64) {
        match self {
            Self::Mss => (64, 1460),
            Self::ReceiveBuffer | Self::SendBuffer => (512, 16_000_000),
            Self::InitialWindow => (1, 1000),
            Self::DelayedAck => (0, 500),
            Self::SynQueue => (1, 65_535),
        }
    }

    pub(super) fn set(self, host: &mut HostSetup, value: u64) {
        let (least, most) = self.range();
        let value = value.clamp(least, most);
        let small = u32::try_from(value).unwrap_or(u32::MAX);
        let config = &mut host.config;
        match self {
            Self::Mss => config.mss = u16::try_from(value).unwrap_or(u16::MAX),
            Self::ReceiveBuffer => config.receive_buffer = small,
            Self::SendBuffer => config.send_buffer = small,
            Self::InitialWindow => config.initial_window_segments = small,
            Self::DelayedAck => config.delayed_ack = Duration::from_millis(value),
            Self::SynQueue => host.sockets.syn_queue = small,
        }
    }
}

/// A figure of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFigure {
    /// Milliseconds.
    Delay,
    /// Milliseconds more, at the most.
    Jitter,
    /// Packets in a million that are lost.
    Loss,
    /// Packets in a million that arrive twice.
    Duplicate,
    /// Packets in a million that are held back.
    Reorder,
    /// Packets in a million of which a bit is flipped.
    Corrupt,
    /// Thousands of bits a second; 0: without limit.
    Rate,
    /// Packets that may wait; 0: without limit.
    Queue,
    /// Octets of the longest packet; 0: any.
    Mtu,
}

impl LinkFigure {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Delay,
        Self::Jitter,
        Self::Loss,
        Self::Duplicate,
        Self::Reorder,
        Self::Corrupt,
        Self::Rate,
        Self::Queue,
        Self::Mtu,
    ];

    /// The present value.
    #[must_use]
    pub fn get(self, link: &LinkSetup) -> u64 {
        match self {
            Self::Delay => link.delay.as_micros() / 1000,
            Self::Jitter => link.jitter.map_or(0, |jitter| jitter.up_to.as_micros() / 1000),
            Self::Loss => link.loss_ppm.into(),
            Self::Duplicate => link.duplicate_ppm.into(),
            Self::Reorder => link.reorder.map_or(0, |reorder| reorder.ppm.into()),
            Self::Corrupt => link.corrupt_ppm.into(),
            Self::Rate => link.rate_bps.map_or(0, |rate| rate / 1000),
            Self::Queue => match link.queue.limit {
                Some(QueueLimit::Packets(packets)) => packets.into(),
                Some(QueueLimit::Octets(_)) | None => 0,
            },
            Self::Mtu => link.mtu.map_or(0, |mtu| mtu.octets.into()),
        }
    }

    pub(super) fn set(self, link: &mut LinkSetup, value: u64) {
        let ppm = u32::try_from(value).unwrap_or(u32::MAX).min(1_000_000);
        match self {
            Self::Delay => link.delay = Duration::from_millis(value),
            Self::Jitter => {
                let up_to = Duration::from_millis(value);
                link.jitter = (value > 0).then_some(Jitter { up_to, overtaking: true });
            }
            Self::Loss => link.loss_ppm = ppm,
            Self::Duplicate => link.duplicate_ppm = ppm,
            Self::Reorder => {
                let by = link.reorder.map_or(Duration::from_millis(30), |reorder| reorder.by);
                link.reorder = (ppm > 0).then_some(Reorder { ppm, by });
            }
            Self::Corrupt => link.corrupt_ppm = ppm,
            Self::Rate => link.rate_bps = (value > 0).then_some(value.saturating_mul(1000)),
            Self::Queue => link.queue.limit = queue_of(value),
            Self::Mtu => link.mtu = mtu_of(value),
        }
    }
}
