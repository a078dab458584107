//! A host: sockets, listeners and connections under one address, each packet brought to the one
//! that it is for.
//!
//! [`Host`] is what POSIX calls become (RFC 9293 §3.9.1 leaves the interface to the system): the
//! calls return at once, and what would have to wait answers [`Errno::Again`]. It has no clock, no
//! I/O and no randomness either: the same calls give the same packets and explanations.

mod arrives;
mod config;
mod connect;
mod connections;
mod cookies;
mod due;
mod endings;
mod errno;
mod fast_open;
mod gathered;
mod listener;
mod openings;
mod options;
mod outbox;
mod ports;
mod secrets;
mod settle;
mod socket;
mod streams;
mod table;
mod timers;

use alloc::collections::{BTreeMap, BTreeSet};
use core::net::Ipv4Addr;

use crate::{Connection, Effects, FastOpenCookie};

pub use config::HostConfig;
pub use connections::ConnectionInfo;
pub use endings::Shutdown;
pub use errno::Errno;
pub use options::SocketOption;
pub use outbox::{HostEvent, Outbox, Outgoing};
pub use socket::Fd;

pub(crate) use gathered::Gathered;
use secrets::Secrets;
use socket::Socket;
use table::Table;

/// One TCP host.
#[derive(Clone, Debug)]
pub struct Host {
    config: HostConfig,
    secrets: Secrets,
    sockets: BTreeMap<Fd, Socket>,
    /// The descriptor that was given out last: none is given out twice.
    last_fd: Fd,
    /// The sockets that have a port of their own: bound or listening.
    bound: BTreeSet<(u16, Fd)>,
    /// Who listens on a port.
    listeners: BTreeMap<u16, Fd>,
    /// How many ephemeral ports were drawn.
    ports_drawn: u64,
    connections: Table,
    /// The cookies that servers gave (RFC 7413).
    cookies: BTreeMap<Ipv4Addr, FastOpenCookie>,
    /// A connection in CLOSED: it answers for all that nobody wants (RFC 9293 §3.10.7.1).
    nobody: Connection,
    /// Used again for each event.
    effects: Effects,
}

impl Host {
    /// A host without sockets.
    #[must_use]
    pub fn new(config: HostConfig) -> Self {
        Self {
            secrets: Secrets::new(config.seed),
            sockets: BTreeMap::new(),
            last_fd: Fd::BEFORE_FIRST,
            bound: BTreeSet::new(),
            listeners: BTreeMap::new(),
            ports_drawn: 0,
            connections: Table::default(),
            cookies: BTreeMap::new(),
            nobody: Connection::new(config.connection.clone()),
            effects: Effects::for_host(),
            config,
        }
    }
}
