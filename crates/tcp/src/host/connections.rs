//! The list of what a host keeps.

use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use super::{Fd, Host};
use crate::State;

/// A connection or a listener, in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionInfo {
    /// The descriptor; `None` where it is closed, or not yet given out by `accept`.
    pub fd: Option<Fd>,
    /// The local socket.
    pub local: SocketAddrV4,
    /// The remote socket: 0.0.0.0:0 of a listener.
    pub remote: SocketAddrV4,
    /// The state.
    pub state: State,
}

impl Host {
    /// The listeners, by port, and then all connections that are not in CLOSED, by local port and
    /// remote socket.
    #[must_use]
    pub fn connections(&self) -> Vec<ConnectionInfo> {
        let address = self.config.address;
        let listeners = self.listeners.iter().map(|(port, fd)| ConnectionInfo {
            fd: Some(*fd),
            local: SocketAddrV4::new(address, *port),
            remote: SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0),
            state: State::Listen,
        });
        let connections = self.connections.live().map(|(_, entry)| ConnectionInfo {
            fd: entry.fd(),
            local: SocketAddrV4::new(address, entry.tuple.local_port()),
            remote: entry.tuple.remote(),
            state: entry.connection.state(),
        });
        listeners.chain(connections).collect()
    }
}
