//! What was done to a run, in words that need no run to be read.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use tcpscope_sim::{Act, Edit, HostId, Intervention, LinkChange, LinkProperty, PacketId, Setup};
use tcpscope_tcp::{Duration, Instant};

use super::LinkError;
use super::acts::{self, LinkAct};
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
    /// `duplicate,PACKET,MICROSECONDS`: a packet arrives twice.
    Duplicate {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
        /// How much later the copy comes.
        by: Duration,
    },
    /// `corrupt,PACKET,BIT`: a bit of a packet is flipped.
    Corrupt {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
        /// Which bit, from the first of the IPv4 header on.
        bit: u32,
    },
    /// `hold,PACKET,MICROSECONDS`: a packet is held until then.
    Hold {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
        /// When it is let go.
        until: Instant,
    },
    /// `swap,PACKET,PACKET`: of two packets the first arrives after the second.
    Swap {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
        /// The other.
        with: String,
    },
    /// `link,HOST,MICROSECONDS,PROPERTY,NUMBER…`: the link from a host becomes another then.
    Link {
        /// The name of the host; of several links that begin there, one as in `left>right`.
        link: String,
        /// When.
        at: Instant,
        /// What is new; in numbers, as [`LinkProperty::numbers`] gives them.
        to: LinkProperty,
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
    /// `KIND,HOST,MICROSECONDS`: something is done to a host at an instant.
    At {
        /// The name of the host.
        host: String,
        /// When.
        at: Instant,
        /// What.
        act: LinkAct,
    },
    /// `act,JSON`: something is done at an instant that has many forms.
    Act {
        /// The act as a scenario file has it.
        json: String,
    },
}

impl LinkEdit {
    /// The edit in words, for a run of `setup`.
    #[must_use]
    pub fn of(edit: &Edit, setup: &Setup) -> Self {
        let names = || setup.hosts.iter().map(|host| host.name.as_str());
        let name = |host: HostId| names().nth(host.index()).unwrap_or("?").to_owned();
        let places = || names().chain(setup.routers.iter().map(String::as_str));
        let place = |place: HostId| places().nth(place.index()).unwrap_or("?").to_owned();
        match *edit {
            Edit::Act(ref act) => match LinkAct::of(act, setup) {
                Ok((host, short)) => Self::At { host, at: act.at, act: short },
                Err(json) => Self::Act { json },
            },
            Edit::Packet(Intervention::Drop(packet)) => {
                Self::Drop { packet: packet.to_text(names()) }
            }
            Edit::Packet(Intervention::Delay { packet, by }) => {
                Self::Delay { packet: packet.to_text(names()), by }
            }
            Edit::Packet(Intervention::Duplicate { packet, by }) => {
                Self::Duplicate { packet: packet.to_text(names()), by }
            }
            Edit::Packet(Intervention::Corrupt { packet, bit }) => {
                Self::Corrupt { packet: packet.to_text(names()), bit }
            }
            Edit::Packet(Intervention::Hold { packet, until }) => {
                Self::Hold { packet: packet.to_text(names()), until }
            }
            Edit::Packet(Intervention::Swap { packet, with }) => {
                Self::Swap { packet: packet.to_text(names()), with: with.to_text(names()) }
            }
            Edit::Link(LinkChange { from, toward, at, to }) => {
                let mut link = place(from);
                if let Some(toward) = toward {
                    link.push('>');
                    link.push_str(&place(toward));
                }
                Self::Link { link, at, to }
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
        let hosts = || crate::file::places::Places::of(setup).list(false);
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
            Self::Duplicate { packet: text, by } => {
                Edit::Packet(Intervention::Duplicate { packet: packet(text)?, by: *by })
            }
            Self::Corrupt { packet: text, bit } => {
                Edit::Packet(Intervention::Corrupt { packet: packet(text)?, bit: *bit })
            }
            Self::Hold { packet: text, until } => {
                Edit::Packet(Intervention::Hold { packet: packet(text)?, until: *until })
            }
            Self::Swap { packet: text, with } => {
                Edit::Packet(Intervention::Swap { packet: packet(text)?, with: packet(with)? })
            }
            Self::Link { link, at, to } => {
                let place = |name: &str| {
                    let mut places = names().chain(setup.routers.iter().map(String::as_str));
                    let found = places.position(|known| known == name);
                    found.and_then(|place| u8::try_from(place).ok()).map(HostId).ok_or_else(|| {
                        LinkError::UnknownHost { host: quoted(name), hosts: hosts() }
                    })
                };
                let (from, toward) = match link.split_once('>') {
                    Some((from, toward)) => (place(from)?, Some(place(toward)?)),
                    None => (place(link)?, None),
                };
                Edit::Link(LinkChange { from, toward, at: *at, to: *to })
            }
            Self::LinkDelay { from, delay } => Edit::LinkDelay { from: host(from)?, delay: *delay },
            Self::LinkLoss { from, loss_ppm } => {
                Edit::LinkLoss { from: host(from)?, loss_ppm: *loss_ppm }
            }
            Self::At { host: name, at, act } => {
                Edit::Act(Act { at: *at, host: host(name)?, deed: act.deed(&packet)? })
            }
            Self::Act { json } => acts::from_json(json, setup)?,
        })
    }

    /// As it stands in a link.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Drop { packet } => format!("drop,{}", escaped(packet)),
            Self::Delay { packet, by } => format!("delay,{},{}", escaped(packet), by.as_micros()),
            Self::Duplicate { packet, by } => {
                format!("duplicate,{},{}", escaped(packet), by.as_micros())
            }
            Self::Corrupt { packet, bit } => format!("corrupt,{},{bit}", escaped(packet)),
            Self::Hold { packet, until } => {
                format!("hold,{},{}", escaped(packet), until.as_micros())
            }
            Self::Swap { packet, with } => format!("swap,{},{}", escaped(packet), escaped(with)),
            Self::Link { link, at, to } => {
                let mut text = format!("link,{},{},{}", escaped(link), at.as_micros(), to.name());
                for number in to.numbers() {
                    text.push_str(&format!(",{number}"));
                }
                text
            }
            Self::LinkDelay { from, delay } => {
                format!("link-delay,{},{}", escaped(from), delay.as_micros())
            }
            Self::LinkLoss { from, loss_ppm } => format!("link-loss,{},{loss_ppm}", escaped(from)),
            Self::At { host, at, act } => act.to_text(host, *at),
            Self::Act { json } => format!("act,{}", escaped(json)),
        }
    }

    /// From what stands in a link.
    ///
    /// # Errors
    /// That it has the form of no edit.
    pub fn from_text(text: &str) -> Result<Self, LinkError> {
        // The commas of what follows are its own.
        if let Some(json) = text.strip_prefix("act,") {
            return Ok(Self::Act { json: unescaped(json)? });
        }
        let malformed = || LinkError::MalformedEdit { edit: quoted(text) };
        let mut parts = text.split(',');
        let kind = parts.next().unwrap_or_default();
        let subject = unescaped(parts.next().ok_or_else(malformed)?)?;
        let second = parts.next();
        if kind == "swap" {
            let with = unescaped(second.filter(|_| parts.next().is_none()).ok_or_else(malformed)?)?;
            return Ok(Self::Swap { packet: subject, with });
        }
        let number = match second {
            Some(number) => Some(number.parse::<u64>().map_err(|_| malformed())?),
            None => None,
        };
        let third = parts.next();
        if let ("link", Some(at), Some(property)) = (kind, number, third) {
            let numbers: Result<Vec<u64>, _> = parts.map(str::parse).collect();
            let numbers = numbers.map_err(|_| malformed())?;
            let to = LinkProperty::from_numbers(property, &numbers).ok_or_else(malformed)?;
            return Ok(Self::Link { link: subject, at: Instant::from_micros(at), to });
        }
        if let Some(at) = number
            && parts.next().is_none()
            && let Some(act) = LinkAct::from_parts(kind, third)?
        {
            return Ok(Self::At { host: subject, at: Instant::from_micros(at), act });
        }
        match (kind, number, third) {
            ("drop", None, None) => Ok(Self::Drop { packet: subject }),
            ("delay", Some(us), None) => {
                Ok(Self::Delay { packet: subject, by: Duration::from_micros(us) })
            }
            ("duplicate", Some(us), None) => {
                Ok(Self::Duplicate { packet: subject, by: Duration::from_micros(us) })
            }
            ("corrupt", Some(bit), None) => {
                let bit = u32::try_from(bit).map_err(|_| malformed())?;
                Ok(Self::Corrupt { packet: subject, bit })
            }
            ("hold", Some(us), None) => {
                Ok(Self::Hold { packet: subject, until: Instant::from_micros(us) })
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
