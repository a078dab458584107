//! What was done to a run, in words that need no run to be read.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;

use tcpscope_sim::{Edit, HostId, Intervention, PacketId, Setup};
use tcpscope_tcp::Duration;

use super::LinkError;
use super::escape::{escaped, unescaped};
use crate::error::quoted;

/// What was done to a run. Hosts and packets go by their names: which they are is known once the
/// scenario is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkEdit {
    /// `drop,PACKET`: a packet never arrives.
    Drop {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
    },
    /// `delay,PACKET,MICROSECONDS`: a packet is under way for longer.
    Delay {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
        /// By how much.
        by: Duration,
    },
    /// `link-delay,HOST,MICROSECONDS`: the link from a host has another delay.
    LinkDelay {
        /// The name of the host.
        from: String,
        /// The delay.
        delay: Duration,
    },
    /// `link-loss,HOST,PACKETS`: the link from a host has another loss.
    LinkLoss {
        /// The name of the host.
        from: String,
        /// Packets per million.
        loss_ppm: u32,
    },
}

impl LinkEdit {
    /// The edit in words, for a run of `setup`.
    #[must_use]
    pub fn of(edit: &Edit, setup: &Setup) -> Self {
        let names = || setup.hosts.iter().map(|host| host.name.as_str());
        let name = |host: HostId| names().nth(host.index()).unwrap_or("?").to_owned();
        match *edit {
            Edit::Packet(Intervention::Drop(packet)) => {
                Self::Drop { packet: packet.to_text(names()) }
            }
            Edit::Packet(Intervention::Delay { packet, by }) => {
                Self::Delay { packet: packet.to_text(names()), by }
            }
            Edit::LinkDelay { from, delay } => Self::LinkDelay { from: name(from), delay },
            Edit::LinkLoss { from, loss_ppm } => Self::LinkLoss { from: name(from), loss_ppm },
        }
    }

    /// The edit itself, for a run of `setup`.
    ///
    /// # Errors
    /// The host or the packet that there cannot be in such a run.
    pub fn resolve(&self, setup: &Setup) -> Result<Edit, LinkError> {
        let names = || setup.hosts.iter().map(|host| host.name.as_str());
        let hosts = || crate::file::read::names(&setup.hosts);
        let packet = |text: &str| {
            PacketId::from_text(text, names())
                .ok_or_else(|| LinkError::UnknownPacket { packet: quoted(text), hosts: hosts() })
        };
        let host = |name: &str| {
            setup
                .host_named(name)
                .ok_or_else(|| LinkError::UnknownHost { host: quoted(name), hosts: hosts() })
        };
        Ok(match self {
            Self::Drop { packet: text } => Edit::Packet(Intervention::Drop(packet(text)?)),
            Self::Delay { packet: text, by } => {
                Edit::Packet(Intervention::Delay { packet: packet(text)?, by: *by })
            }
            Self::LinkDelay { from, delay } => Edit::LinkDelay { from: host(from)?, delay: *delay },
            Self::LinkLoss { from, loss_ppm } => {
                Edit::LinkLoss { from: host(from)?, loss_ppm: *loss_ppm }
            }
        })
    }

    /// As it stands in a link.
    pub(super) fn to_text(&self) -> String {
        match self {
            Self::Drop { packet } => format!("drop,{}", escaped(packet)),
            Self::Delay { packet, by } => format!("delay,{},{}", escaped(packet), by.as_micros()),
            Self::LinkDelay { from, delay } => {
                format!("link-delay,{},{}", escaped(from), delay.as_micros())
            }
            Self::LinkLoss { from, loss_ppm } => format!("link-loss,{},{loss_ppm}", escaped(from)),
        }
    }

    /// From what stands in a link.
    pub(super) fn from_text(text: &str) -> Result<Self, LinkError> {
        let malformed = || LinkError::MalformedEdit { edit: quoted(text) };
        let mut parts = text.split(',');
        let kind = parts.next().unwrap_or_default();
        let subject = unescaped(parts.next().ok_or_else(malformed)?)?;
        let number = match parts.next() {
            Some(number) => Some(number.parse::<u64>().map_err(|_| malformed())?),
            None => None,
        };
        match (kind, number, parts.next()) {
            ("drop", None, None) => Ok(Self::Drop { packet: subject }),
            ("delay", Some(us), None) => {
                Ok(Self::Delay { packet: subject, by: Duration::from_micros(us) })
            }
            ("link-delay", Some(us), None) => {
                Ok(Self::LinkDelay { from: subject, delay: Duration::from_micros(us) })
            }
            ("link-loss", Some(packets), None) => {
                let loss_ppm = u32::try_from(packets).ok().filter(|packets| *packets <= 1_000_000);
                let loss_ppm = loss_ppm.ok_or(LinkError::LossAboveAll { loss_ppm: packets })?;
                Ok(Self::LinkLoss { from: subject, loss_ppm })
            }
            _ => Err(malformed()),
        }
    }
}
