//! What is done at an instant, in a link. What is short is written short; a call and a forged
//! segment, which may have any form, as they stand in a scenario file.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use tcpscope_sim::{Act, Deed, Edit, PacketId, Setup};
use tcpscope_tcp::Instant;

use super::LinkError;
use super::escape::{escaped, unescaped};
use crate::file::acts::{act, write_act};
use crate::file::places::Places;
use crate::file::writer::Writer;
use crate::json;

/// What is done at an instant. Hosts and packets go by their names: which they are is known once
/// the scenario is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkAct {
    /// `crash,HOST,MICROSECONDS`: the host crashes.
    Crash,
    /// `restart,HOST,MICROSECONDS,1`: the host is there again; with 0 its scripts are not.
    Restart {
        /// Whether its scripts begin anew.
        scripts: bool,
    },
    /// `halt,HOST,MICROSECONDS` and `resume,HOST,MICROSECONDS`: its applications stop, or go on.
    Halt {
        /// Whether they are stopped.
        halted: bool,
    },
    /// `replay,HOST,MICROSECONDS,PACKET`: a copy of an old packet goes on.
    Replay {
        /// The packet, as in `client:data:1+1460~2`.
        packet: String,
    },
}

impl LinkAct {
    /// The act in words: its host and its kind, or the whole of it as a file has it.
    pub(super) fn of(act: &Act, setup: &Setup) -> Result<(String, Self), String> {
        let places = Places::of(setup);
        let short = match &act.deed {
            Deed::Crash => Self::Crash,
            Deed::Restart { scripts } => Self::Restart { scripts: *scripts },
            Deed::Halt { halted } => Self::Halt { halted: *halted },
            Deed::Replay(packet) => Self::Replay { packet: places.packet_name(*packet) },
            Deed::Call(_) | Deed::Forge(_) => {
                let mut file = Writer::default();
                write_act(&mut file, act, &places);
                return Err(file.into_json());
            }
        };
        Ok((places.name(act.host).to_owned(), short))
    }

    /// What is done, for a run of these hosts.
    pub(super) fn deed(
        &self,
        packet: &dyn Fn(&str) -> Result<PacketId, LinkError>,
    ) -> Result<Deed, LinkError> {
        Ok(match self {
            Self::Crash => Deed::Crash,
            Self::Restart { scripts } => Deed::Restart { scripts: *scripts },
            Self::Halt { halted } => Deed::Halt { halted: *halted },
            Self::Replay { packet: name } => Deed::Replay(packet(name)?),
        })
    }

    /// As it stands in a link.
    pub(super) fn to_text(&self, host: &str, at: Instant) -> String {
        let (kind, more) = match self {
            Self::Crash => ("crash", String::new()),
            Self::Restart { scripts } => ("restart", u8::from(*scripts).to_string()),
            Self::Halt { halted: true } => ("halt", String::new()),
            Self::Halt { halted: false } => ("resume", String::new()),
            Self::Replay { packet } => ("replay", escaped(packet)),
        };
        let comma = if more.is_empty() { "" } else { "," };
        format!("{kind},{},{}{comma}{more}", escaped(host), at.as_micros())
    }

    /// From what stands in a link; `None` where it is none of these.
    pub(super) fn from_parts(kind: &str, more: Option<&str>) -> Result<Option<Self>, LinkError> {
        Ok(Some(match (kind, more) {
            ("crash", None) => Self::Crash,
            ("restart", Some("0")) => Self::Restart { scripts: false },
            ("restart", None | Some("1")) => Self::Restart { scripts: true },
            ("halt", None) => Self::Halt { halted: true },
            ("resume", None) => Self::Halt { halted: false },
            ("replay", Some(packet)) => Self::Replay { packet: unescaped(packet)? },
            _ => return Ok(None),
        }))
    }
}

/// An act as a scenario file has it, for a run of `setup`.
pub(super) fn from_json(text: &str, setup: &Setup) -> Result<Edit, LinkError> {
    let (places, mut sent) = (Places::of(setup), 0);
    json::read(text, &mut |file| act(file, &places, &mut sent))
        .map(Edit::Act)
        .map_err(LinkError::Act)
}
