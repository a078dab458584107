//! Who is in a file: names for those who write it, numbers for the simulator.

use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddrV4;

use tcpscope_sim::{HostId, PacketId, Setup};

use crate::Problem;
use crate::error::quoted;
use crate::reader::{Reader, Wrong};

/// The hosts and the routers, in order. They are known before anything is read that names them, so
/// that a script can name a host that comes later.
#[derive(Default)]
pub(crate) struct Places {
    pub(super) hosts: Vec<(String, SocketAddrV4)>,
    pub(super) routers: Vec<String>,
}

impl Places {
    /// Those of a setup.
    pub(crate) fn of(setup: &Setup) -> Self {
        Self {
            hosts: setup.hosts.iter().map(|host| (host.name.clone(), host.address)).collect(),
            routers: setup.routers.clone(),
        }
    }

    /// The host that is named there.
    pub(super) fn host(&self, file: &Reader<'_>) -> Result<HostId, Wrong> {
        let name = file.text()?;
        self.find(name, false).ok_or_else(|| {
            file.wrong(Problem::UnknownHost { name: quoted(name), hosts: self.list(false) })
        })
    }

    /// Another host than this one.
    pub(super) fn other_host(&self, file: &Reader<'_>, own: HostId) -> Result<HostId, Wrong> {
        let host = self.host(file)?;
        if host == own { Err(self.to_itself(file, host)) } else { Ok(host) }
    }

    /// The host or the router that is named there.
    pub(super) fn place(&self, file: &Reader<'_>) -> Result<HostId, Wrong> {
        if self.routers.is_empty() {
            return self.host(file);
        }
        let name = file.text()?;
        self.find(name, true).ok_or_else(|| {
            file.wrong(Problem::UnknownPlace { name: quoted(name), places: self.list(true) })
        })
    }

    pub(super) fn to_itself(&self, file: &Reader<'_>, place: HostId) -> Wrong {
        file.wrong(Problem::ToItself { name: self.name(place).into() })
    }

    /// The packet that is named there.
    pub(super) fn packet(&self, file: &Reader<'_>) -> Result<PacketId, Wrong> {
        let text = file.text()?;
        PacketId::from_text(text, self.host_names()).ok_or_else(|| {
            file.wrong(Problem::PacketName { text: quoted(text), hosts: self.list(false) })
        })
    }

    /// The name of a host or a router.
    pub(crate) fn name(&self, place: HostId) -> &str {
        self.names(true).nth(place.index()).unwrap_or("?")
    }

    pub(crate) fn packet_name(&self, packet: PacketId) -> String {
        packet.to_text(self.host_names())
    }

    pub(super) fn address(&self, host: HostId) -> Option<SocketAddrV4> {
        self.hosts.get(host.index()).map(|(_, address)| *address)
    }

    fn find(&self, name: &str, routers: bool) -> Option<HostId> {
        let place = self.names(routers).position(|known| known == name)?;
        u8::try_from(place).ok().map(HostId)
    }

    fn host_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.hosts.iter().map(|(name, _)| name.as_str())
    }

    fn names(&self, routers: bool) -> impl Iterator<Item = &str> + Clone {
        let routers = if routers { &self.routers[..] } else { &[] };
        self.host_names().chain(routers.iter().map(String::as_str))
    }

    /// The names, as a message lists them.
    pub(crate) fn list(&self, routers: bool) -> String {
        let mut names = String::new();
        for name in self.names(routers) {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(name);
        }
        names
    }
}
