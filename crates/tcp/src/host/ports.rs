//! Local ports: `bind`, and the ephemeral ones.

use core::net::SocketAddrV4;

use super::socket::Kind;
use super::table::Tuple;
use super::{Errno, Fd, Host};

impl Host {
    /// Gives a socket a port of its own; 0: one that is free.
    ///
    /// # Errors
    /// [`Errno::InvalidArgument`] where it has one already; [`Errno::AddressInUse`] where the port
    /// is not to be had:
    ///
    /// | the port has | without `SO_REUSEADDR` | with |
    /// | --- | --- | --- |
    /// | a listener | in use | in use |
    /// | a socket that is only bound | in use | free, if that one has the option too |
    /// | connections, in TIME-WAIT too | in use | free |
    pub fn bind(&mut self, fd: Fd, port: u16) -> Result<(), Errno> {
        let socket = self.sockets.get(&fd).ok_or(Errno::BadDescriptor)?;
        if socket.port.is_some() || !matches!(socket.kind, Kind::Fresh) {
            return Err(Errno::InvalidArgument);
        }
        let port = match port {
            0 => self.ephemeral_port().ok_or(Errno::AddressInUse)?,
            port if self.is_taken(port, socket.options.reuse_address) => {
                return Err(Errno::AddressInUse);
            }
            port => port,
        };
        self.give_port(fd, port)
    }

    pub(super) fn give_port(&mut self, fd: Fd, port: u16) -> Result<(), Errno> {
        self.socket_mut(fd)?.port = Some(port);
        self.bound.insert((port, fd));
        Ok(())
    }

    fn is_taken(&self, port: u16, reuse: bool) -> bool {
        if !reuse && self.connections.uses_port(port) {
            return true;
        }
        self.owners(port).filter_map(|fd| self.sockets.get(&fd)).any(|other| match other.kind {
            Kind::Listening(_) => true,
            Kind::Fresh => !(reuse && other.options.reuse_address),
            Kind::Connected(_) => !reuse,
        })
    }

    /// The sockets that have this port as their own.
    fn owners(&self, port: u16) -> impl Iterator<Item = Fd> {
        self.bound.range((port, Fd::new(0))..=(port, Fd::new(u32::MAX))).map(|(_, fd)| *fd)
    }

    /// A port that nobody uses.
    pub(super) fn ephemeral_port(&mut self) -> Option<u16> {
        self.draw_port(None, |host, port| {
            host.owners(port).next().is_none() && !host.connections.uses_port(port)
        })
    }

    /// A port for a connection to `remote`. Connections to other sockets may have it too.
    pub(super) fn ephemeral_port_to(&mut self, remote: SocketAddrV4) -> Option<u16> {
        self.draw_port(Some(remote), |host, port| {
            host.owners(port).next().is_none()
                && host.connections.find(Tuple::new(port, remote)).is_none()
        })
    }

    /// RFC 6056 §3.3.3: the ports are tried in turn, from where a keyed hash of the remote socket
    /// says, so that who sees one port cannot tell that of a connection to somebody else.
    fn draw_port(
        &mut self,
        remote: Option<SocketAddrV4>,
        suits: impl Fn(&Self, u16) -> bool,
    ) -> Option<u16> {
        let (first, last) =
            (*self.config.ephemeral_ports.start(), *self.config.ephemeral_ports.end());
        let count = u64::from(last.checked_sub(first)?) + 1;
        let offset = self.secrets.port_offset(remote).wrapping_add(self.ports_drawn);
        for attempt in 0..count {
            let step = u16::try_from(offset.wrapping_add(attempt) % count).ok()?;
            let port = first.checked_add(step)?;
            if port != 0 && suits(self, port) {
                self.ports_drawn = self.ports_drawn.wrapping_add(attempt + 1);
                return Some(port);
            }
        }
        None
    }
}
