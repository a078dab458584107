//! Which connection a packet belongs to, in its name.

use alloc::format;
use alloc::string::String;
use core::net::SocketAddrV4;

use super::number;
use crate::{HostId, Setup};

/// Between which sockets a packet goes, and in which of their connections; or who it only seems to
/// come from.
///
/// What is as usual is left out: the host's own port, its usual peer and the peer's own port, their
/// first connection. So the packets of a run with one connection have short names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Flow {
    /// Who is said to have sent it, where that is forged.
    pub posing_as: Option<HostId>,
    /// The host that it is for; `None`: the sender's usual peer, [`Setup::peer_of`].
    pub to: Option<HostId>,
    /// The port it comes from; `None`: the host's own.
    pub local_port: Option<u16>,
    /// The port it is for; `None`: that host's own.
    pub remote_port: Option<u16>,
    /// How many connections there were before between the same two sockets.
    pub before: u16,
}

impl Flow {
    /// The first connection between a host's own port and that of its usual peer.
    pub const MAIN: Self =
        Self { posing_as: None, to: None, local_port: None, remote_port: None, before: 0 };

    /// The connection of a host between these sockets.
    pub(crate) fn of(
        setup: &Setup,
        from: HostId,
        local: SocketAddrV4,
        remote: SocketAddrV4,
        before: u16,
    ) -> Self {
        let own = |host: HostId| setup.hosts.get(host.index()).map(|host| host.address);
        let to = setup.host_at(*remote.ip());
        let peer = to.unwrap_or_else(|| setup.peer_of(from));
        let unless_own = |host, socket: SocketAddrV4| {
            (own(host).map(|own| own.port()) != Some(socket.port())).then(|| socket.port())
        };
        Self {
            posing_as: None,
            to: (peer != setup.peer_of(from)).then_some(peer),
            local_port: unless_own(from, local),
            remote_port: unless_own(peer, remote),
            before,
        }
    }

    /// All of it, as numbers for a hash.
    pub(crate) fn words(self) -> [u32; 4] {
        let host = |host: Option<HostId>| host.map_or(0, |HostId(host)| 1 + u32::from(host));
        let port = |port: Option<u16>| port.map_or(0, |port| 1 + u32::from(port));
        [
            host(self.posing_as) << 16 | host(self.to),
            port(self.local_port),
            port(self.remote_port),
            u32::from(self.before),
        ]
    }

    /// As it follows the sender's name: `=client>server@49153-80#2`, without what is as usual.
    pub(super) fn to_text<'a>(self, hosts: &(impl Iterator<Item = &'a str> + Clone)) -> String {
        let Self { posing_as, to, local_port, remote_port, before } = self;
        let name = |host: HostId| hosts.clone().nth(host.index()).unwrap_or("?");
        let mut text = String::new();
        if let Some(host) = posing_as {
            text += &format!("={}", name(host));
        }
        if let Some(host) = to {
            text += &format!(">{}", name(host));
        }
        if let Some(port) = local_port {
            text += &format!("@{port}");
        }
        if let Some(port) = remote_port {
            text += &format!("-{port}");
        }
        if before > 0 {
            text += &format!("#{}", u32::from(before) + 1);
        }
        text
    }

    /// What these words mean; `None` where they mean nothing.
    pub(super) fn from_text<'a>(
        text: &str,
        hosts: &(impl Iterator<Item = &'a str> + Clone),
    ) -> Option<Self> {
        let port = |text: &str| number(text).and_then(|port| u16::try_from(port).ok());
        let (text, before) = match text.rsplit_once('#') {
            Some((text, place)) => {
                (text, port(place)?.checked_sub(1).filter(|before| *before > 0)?)
            }
            None => (text, 0),
        };
        let last_port = |text, sign| match str::rsplit_once(text, sign) {
            Some((rest, digits)) if port(digits).is_some() => (rest, port(digits)),
            Some(_) | None => (text, None),
        };
        let (text, remote_port) = last_port(text, '-');
        let (text, local_port) = last_port(text, '@');
        let named = |name: &str| {
            let place = hosts.clone().position(|known| known == name)?;
            u8::try_from(place).ok().map(HostId)
        };
        let (text, to) = match text.rsplit_once('>') {
            Some((text, name)) => (text, Some(named(name)?)),
            None => (text, None),
        };
        let posing_as = match text.strip_prefix('=') {
            Some(name) => Some(named(name)?),
            None if text.is_empty() => None,
            None => return None,
        };
        Some(Self { posing_as, to, local_port, remote_port, before })
    }
}
