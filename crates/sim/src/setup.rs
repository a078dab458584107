//! Who is there: hosts, links, and how far a run may go.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::{Ipv4Addr, SocketAddrV4};
use core::ops::Range;

use tcpscope_tcp::{Config, Instant, SeqNumber};

use crate::{Intervention, LinkSetup, Step};

/// A host, by its place in [`Setup::hosts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(pub u8);

impl HostId {
    /// The place in a list of hosts.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// All that decides a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Keys every draw: losses, and the initial sequence numbers that are not given.
    pub seed: u64,
    /// The hosts; two of them.
    pub hosts: Vec<HostSetup>,
    /// The links, one for each direction.
    pub links: Vec<LinkSetup>,
    /// What is done to single packets from the beginning, as part of the scenario.
    pub interventions: Vec<Intervention>,
    /// How far the run may go.
    pub limits: Limits,
}

/// One host with its TCP and its application.
#[derive(Clone, Debug, PartialEq)]
pub struct HostSetup {
    /// The name, as in `client`.
    pub name: String,
    /// Its address and the port that it uses.
    pub address: SocketAddrV4,
    /// How its TCP is set up.
    pub config: Config,
    /// The initial sequence number; `None`: RFC 6528's, from the seed.
    pub iss: Option<SeqNumber>,
    /// What the application does, line by line.
    pub script: Vec<Step>,
    /// The lines at which further scripts begin: each is an application of its own.
    pub further: Vec<usize>,
    /// How its sockets are set up.
    pub sockets: SocketSetup,
}

impl HostSetup {
    /// The lines of each of its scripts.
    pub fn scripts(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let ends = self.further.iter().copied().chain([self.script.len()]);
        let starts = core::iter::once(0).chain(self.further.iter().copied());
        starts.zip(ends).map(|(start, end)| start..end)
    }
}

/// How a host's sockets are set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketSetup {
    /// The first and the last of the ports that are given out (RFC 6335 §6).
    pub ephemeral_ports: (u16, u16),
    /// How many openings a listener keeps in SYN-RECEIVED.
    pub syn_queue: u32,
    /// Whether SYNs beyond those are answered by a cookie (RFC 4987 §3.6).
    pub syn_cookies: bool,
}

impl Default for SocketSetup {
    fn default() -> Self {
        Self { ephemeral_ports: (49152, 65535), syn_queue: 256, syn_cookies: true }
    }
}

/// How far a run may go. Where it ends because of a limit, [`crate::Trace::ended`] says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// No more records than this.
    pub records: usize,
    /// No later than this.
    pub until: Instant,
}

impl Default for Limits {
    fn default() -> Self {
        // An hour of virtual time; a million records is more than a page can show.
        Self { records: 1_000_000, until: Instant::from_micros(3_600_000_000) }
    }
}

impl Setup {
    /// The host of this name.
    #[must_use]
    pub fn host_named(&self, name: &str) -> Option<HostId> {
        let index = self.hosts.iter().position(|host| host.name == name)?;
        u8::try_from(index).ok().map(HostId)
    }

    /// Whom a host talks to where nothing else is said: every other host to the first, and the
    /// first to the second.
    #[must_use]
    pub const fn peer_of(&self, host: HostId) -> HostId {
        if host.0 == 0 { HostId(1) } else { HostId(0) }
    }

    /// The host of this address.
    #[must_use]
    pub fn host_at(&self, address: Ipv4Addr) -> Option<HostId> {
        let index = self.hosts.iter().position(|host| *host.address.ip() == address)?;
        u8::try_from(index).ok().map(HostId)
    }

    /// Whether it can be run.
    ///
    /// # Errors
    /// What is wrong, if it cannot.
    pub fn check(&self) -> Result<(), SetupError> {
        if self.hosts.len() != 2 {
            return Err(SetupError::NotTwoHosts { hosts: self.hosts.len() });
        }
        if self.hosts[0].name == self.hosts[1].name {
            return Err(SetupError::SameName { name: self.hosts[0].name.clone() });
        }
        for (from, to) in [(HostId(0), HostId(1)), (HostId(1), HostId(0))] {
            let links = self.links.iter().filter(|link| link.from == from && link.to == to);
            if links.count() != 1 {
                return Err(SetupError::NotOneLink { from, to });
            }
        }
        if self.hosts.iter().all(|host| host.script.is_empty()) {
            return Err(SetupError::NothingHappens);
        }
        Ok(())
    }
}

/// Why a setup cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupError {
    /// There are not two hosts.
    NotTwoHosts {
        /// How many there are.
        hosts: usize,
    },
    /// Two hosts have the same name.
    SameName {
        /// The name.
        name: String,
    },
    /// There is not one link from one host to the other.
    NotOneLink {
        /// The host that it would come from.
        from: HostId,
        /// The host that it would go to.
        to: HostId,
    },
    /// No application calls anything.
    NothingHappens,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTwoHosts { hosts } => write!(f, "there must be 2 hosts, not {hosts}"),
            Self::SameName { name } => write!(f, "two hosts are named \"{name}\""),
            Self::NotOneLink { from, to } => {
                write!(f, "there must be one link from host {} to host {}", from.0, to.0)
            }
            Self::NothingHappens => f.write_str("no host's script calls anything"),
        }
    }
}

impl core::error::Error for SetupError {}
