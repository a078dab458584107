//! Who is there: hosts, links, and how far a run may go.

mod check;
mod lengths;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};
use core::ops::Range;

use tcpscope_tcp::{Config, Instant, SeqNumber};

pub use check::SetupError;
pub use lengths::TooLong;

use crate::{Act, Intervention, LinkChange, LinkSetup, PacketId, PacketKind, Step};

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
    /// The hosts, two to sixteen.
    pub hosts: Vec<HostSetup>,
    /// The names of the routers: places without a TCP, which pass packets on. A link's end is a
    /// host or, counted on from those, a router.
    pub routers: Vec<String>,
    /// The links, one for each direction. A packet takes the way over the fewest of them.
    pub links: Vec<LinkSetup>,
    /// What becomes of the links while the run goes on.
    pub link_changes: Vec<LinkChange>,
    /// What is done to single packets from the beginning, as part of the scenario.
    pub interventions: Vec<Intervention>,
    /// What is done at an instant, in order of time.
    pub acts: Vec<Act>,
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

impl Setup {
    /// These hosts and links, with the seed 1, the usual limits, and nothing that happens to them.
    #[must_use]
    pub fn new(hosts: Vec<HostSetup>, links: Vec<LinkSetup>) -> Self {
        Self {
            seed: 1,
            hosts,
            routers: Vec::new(),
            links,
            link_changes: Vec::new(),
            interventions: Vec::new(),
            acts: Vec::new(),
            limits: Limits::default(),
        }
    }
}

impl HostSetup {
    /// A host whose TCP is as `config` says and whose application does this, one script in all.
    #[must_use]
    pub fn new(name: &str, address: SocketAddrV4, config: Config, script: Vec<Step>) -> Self {
        Self {
            name: name.to_owned(),
            address,
            config,
            iss: None,
            script,
            further: Vec::new(),
            sockets: SocketSetup::default(),
        }
    }

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

    /// Whether a packet may be cut where it is too long for a link: whether it does without "Don't
    /// Fragment" (RFC 791 §3.1). Of what is no segment, any may be.
    #[must_use]
    pub fn may_be_cut(&self, packet: PacketId) -> bool {
        let sender = self.hosts.get(packet.from.index());
        packet.kind == PacketKind::Udp || sender.is_none_or(|host| !host.config.path_mtu_discovery)
    }

    /// The host of this address.
    #[must_use]
    pub fn host_at(&self, address: Ipv4Addr) -> Option<HostId> {
        let index = self.hosts.iter().position(|host| *host.address.ip() == address)?;
        u8::try_from(index).ok().map(HostId)
    }
}
