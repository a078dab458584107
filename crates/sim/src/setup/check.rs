//! Whether a setup can be run, and what is wrong with one that cannot.

use alloc::string::String;
use core::fmt;
use core::ops::{Range, RangeInclusive};

use crate::network::routes::Routes;
use crate::{Act, AppCall, Deed, Forgery, HostId, HostSetup, LinkChange, Number, Setup, TooLong};

impl Setup {
    /// As many hosts as a run can have.
    pub const HOSTS: RangeInclusive<usize> = 2..=16;
    /// As many routers as a run can have.
    pub const MOST_ROUTERS: usize = 16;

    /// Whether it can be run.
    ///
    /// # Errors
    /// What is wrong, if it cannot.
    pub fn check(&self) -> Result<(), SetupError> {
        let hosts = self.hosts.len();
        if !Self::HOSTS.contains(&hosts) {
            return Err(SetupError::HostCount { hosts });
        }
        if self.routers.len() > Self::MOST_ROUTERS {
            return Err(SetupError::RouterCount { routers: self.routers.len() });
        }
        self.check_names()?;
        self.check_links()?;
        let routes = Routes::new(self);
        for host in self.host_ids() {
            self.check_host(host, &routes)?;
        }
        if let Some(link) = self.links.iter().find(|link| link.from == link.to) {
            return Err(SetupError::NoSuchPlace { from: link.from, to: link.to });
        }
        for act in &self.acts {
            self.check_act(act, &routes)?;
        }
        if !self.acts.is_sorted_by_key(|act| act.at) {
            return Err(SetupError::ActsOutOfOrder);
        }
        if self.hosts.iter().all(|host| host.script.is_empty()) && self.acts.is_empty() {
            return Err(SetupError::NothingHappens);
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), SetupError> {
        let names = || self.hosts.iter().map(|host| &host.name).chain(&self.routers);
        for (place, name) in names().enumerate() {
            if names().take(place).any(|other| other == name) {
                return Err(SetupError::SameName { name: name.clone() });
            }
        }
        for (place, host) in self.hosts.iter().enumerate() {
            let others = self.hosts.iter().take(place);
            if others.into_iter().any(|other| other.address.ip() == host.address.ip()) {
                return Err(SetupError::SameAddress { name: host.name.clone() });
            }
        }
        Ok(())
    }

    fn check_links(&self) -> Result<(), SetupError> {
        let places = self.hosts.len() + self.routers.len();
        for (nth, link) in self.links.iter().enumerate() {
            let (from, to) = (link.from, link.to);
            if from.index() >= places || to.index() >= places {
                return Err(SetupError::NoSuchPlace { from, to });
            }
            let mut others = self.links.iter().take(nth);
            if others.any(|other| (other.from, other.to) == (from, to)) {
                return Err(SetupError::NotOneLink { from, to });
            }
            let checked = link.check();
            checked.map_err(|property| SetupError::LinkOutOfRange { from, property })?;
        }
        for change in &self.link_changes {
            let LinkChange { from, to, .. } = *change;
            to.check().map_err(|property| SetupError::LinkOutOfRange { from, property })?;
            if !self.links.iter().any(|link| change.is_of(link)) {
                let to = change.toward.unwrap_or(from);
                return Err(SetupError::NotOneLink { from, to });
            }
        }
        Ok(())
    }

    fn check_host(&self, id: HostId, routes: &Routes) -> Result<(), SetupError> {
        let host = &self.hosts[id.index()];
        if host.sockets.ephemeral_ports.0 > host.sockets.ephemeral_ports.1 {
            return Err(SetupError::NoPorts { host: id });
        }
        let starts = || core::iter::once(0).chain(host.further.iter().copied());
        let ends = host.further.iter().copied().chain([host.script.len()]);
        if starts().zip(ends).any(|(start, end)| start > end) {
            return Err(SetupError::ScriptsOutOfOrder { host: id });
        }
        let peer = self.peer_of(id);
        if !self.links.iter().any(|link| link.from == id) {
            return Err(self.no_way(id, peer));
        }
        if self.hosts.len() == 2 && !host.sends_only_what_is_forged() {
            self.check_way(id, peer, routes)?;
        }
        for lines in host.scripts() {
            self.check_blocks(id, lines)?;
        }
        for (line, step) in host.script.iter().enumerate() {
            self.check_call(id, line, &step.call, routes)?;
        }
        Ok(())
    }

    /// Every block has lines, and ends within the block that it is in.
    fn check_blocks(&self, host: HostId, lines: Range<usize>) -> Result<(), SetupError> {
        let script = &self.hosts[host.index()].script;
        for line in lines.clone() {
            let Some(end) = script.get(line).and_then(|step| step.call.block_end(line)) else {
                continue;
            };
            let inner = line + 1..end;
            let crosses = inner.clone().any(|within| {
                let call = script.get(within).map(|step| &step.call);
                call.and_then(|call| call.block_end(within)).is_some_and(|last| last > end)
            });
            if inner.is_empty() || end > lines.end || crosses {
                return Err(SetupError::BadBlock { host, line });
            }
        }
        Ok(())
    }

    fn check_call(
        &self,
        from: HostId,
        line: usize,
        call: &AppCall,
        routes: &Routes,
    ) -> Result<(), SetupError> {
        let usual = Some(self.peer_of(from));
        let to = match call {
            AppCall::Open { active: true } => usual,
            AppCall::Connect(connect) => connect.to.or(usual),
            AppCall::SendTo { to, octets, .. } => {
                let fits = TooLong::check_message(*octets);
                fits.map_err(|what| SetupError::TooLong { host: from, what })?;
                to.or(usual)
            }
            AppCall::Forge(forgery) => return self.check_forgery(from, forgery, routes),
            AppCall::Open { active: false }
            | AppCall::Send(_)
            | AppCall::Receive(_)
            | AppCall::Close
            | AppCall::Abort
            | AppCall::Bind { .. }
            | AppCall::Listen { .. }
            | AppCall::Accept
            | AppCall::Serve { .. }
            | AppCall::Set(_)
            | AppCall::Generate { .. }
            | AppCall::Type { .. }
            | AppCall::Shutdown(_)
            | AppCall::Release
            | AppCall::Exit
            | AppCall::Repeat { .. }
            | AppCall::Nothing => None,
        };
        let Some(to) = to else { return Ok(()) };
        if to == from || to.index() >= self.hosts.len() {
            return Err(SetupError::NoSuchPeer { host: from, line });
        }
        self.check_way(from, to, routes)
    }

    fn check_forgery(
        &self,
        from: HostId,
        forgery: &Forgery,
        routes: &Routes,
    ) -> Result<(), SetupError> {
        forgery.check().map_err(|what| SetupError::TooLong { host: from, what })?;
        for number in [Some(forgery.seq), forgery.ack].into_iter().flatten() {
            let (Number::NextOf(of, _) | Number::ExpectedBy(of, _)) = number else { continue };
            if of.index() >= self.hosts.len() {
                return Err(SetupError::NoSuchHost { host: of });
            }
        }
        match self.host_at(*forgery.destination.ip()) {
            Some(to) if to != from && !routes.leads(from, to) => {
                Err(SetupError::NoWay { from, to })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn check_act(&self, act: &Act, routes: &Routes) -> Result<(), SetupError> {
        if act.host.index() >= self.hosts.len() {
            return Err(SetupError::NoSuchHost { host: act.host });
        }
        match &act.deed {
            Deed::Crash | Deed::Restart { .. } | Deed::Halt { .. } => Ok(()),
            Deed::Call(call) if call.block_end(0).is_some() => {
                Err(SetupError::BadBlock { host: act.host, line: 0 })
            }
            Deed::Call(call) => self.check_call(act.host, 0, call, routes),
            Deed::Forge(forgery) => self.check_forgery(act.host, forgery, routes),
            Deed::Replay(packet) if packet.from.index() >= self.hosts.len() => {
                Err(SetupError::NoSuchHost { host: packet.from })
            }
            Deed::Replay(_) => Ok(()),
        }
    }

    /// Whether an act could be among those of this setup.
    ///
    /// # Errors
    /// What is wrong with it, if it could not.
    pub(crate) fn may_act(&self, act: &Act) -> Result<(), SetupError> {
        self.check_act(act, &Routes::new(self))
    }

    /// There must be a way there, and one back.
    fn check_way(&self, from: HostId, to: HostId, routes: &Routes) -> Result<(), SetupError> {
        for (from, to) in [(from, to), (to, from)] {
            if !routes.leads(from, to) {
                return Err(self.no_way(from, to));
            }
        }
        Ok(())
    }

    /// Without routers, what is missing is a link.
    const fn no_way(&self, from: HostId, to: HostId) -> SetupError {
        if self.routers.is_empty() {
            SetupError::NotOneLink { from, to }
        } else {
            SetupError::NoWay { from, to }
        }
    }

    fn host_ids(&self) -> impl Iterator<Item = HostId> {
        (0..self.hosts.len()).filter_map(|host| u8::try_from(host).ok()).map(HostId)
    }
}

impl HostSetup {
    /// Whether it does something, but nothing as itself: an attacker off the path.
    fn sends_only_what_is_forged(&self) -> bool {
        let forges = self.script.iter().filter(|step| matches!(step.call, AppCall::Forge(_)));
        let waits = self
            .script
            .iter()
            .filter(|step| matches!(step.call, AppCall::Nothing | AppCall::Repeat { .. }));
        let forged = forges.count();
        forged > 0 && forged + waits.count() == self.script.len()
    }
}

/// Why a setup cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupError {
    /// There are too few hosts, or too many.
    HostCount {
        /// How many there are.
        hosts: usize,
    },
    /// There are too many routers.
    RouterCount {
        /// How many there are.
        routers: usize,
    },
    /// Two hosts or routers have the same name.
    SameName {
        /// The name.
        name: String,
    },
    /// A host has the address of another.
    SameAddress {
        /// Its name.
        name: String,
    },
    /// A link cannot have this property.
    LinkOutOfRange {
        /// Where it begins.
        from: HostId,
        /// The property's name.
        property: &'static str,
    },
    /// A link begins or ends at no place, or where it begins.
    NoSuchPlace {
        /// Where it would begin.
        from: HostId,
        /// Where it would end.
        to: HostId,
    },
    /// There is not one link from one place to the other.
    NotOneLink {
        /// The place that it would come from.
        from: HostId,
        /// The place that it would go to.
        to: HostId,
    },
    /// No links lead from one host to another that it talks to.
    NoWay {
        /// From where.
        from: HostId,
        /// Where to.
        to: HostId,
    },
    /// The ephemeral ports end before they begin.
    NoPorts {
        /// Whose.
        host: HostId,
    },
    /// A host's scripts begin in no order, or beyond the last line.
    ScriptsOutOfOrder {
        /// Whose.
        host: HostId,
    },
    /// A block of lines is empty, or goes on beyond what it is in.
    BadBlock {
        /// Whose.
        host: HostId,
        /// The line that begins it.
        line: usize,
    },
    /// A call is to go to no host, or to the one that makes it.
    NoSuchPeer {
        /// Who makes it.
        host: HostId,
        /// The line.
        line: usize,
    },
    /// There is no such host.
    NoSuchHost {
        /// Which.
        host: HostId,
    },
    /// Something that is sent fits into no packet.
    TooLong {
        /// Who sends it.
        host: HostId,
        /// What is too long.
        what: TooLong,
    },
    /// What is done at instants is not in order of time.
    ActsOutOfOrder,
    /// No application calls anything.
    NothingHappens,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HostCount { hosts } => {
                write!(f, "there must be 2 to {} hosts, not {hosts}", Setup::HOSTS.end())
            }
            Self::RouterCount { routers } => {
                write!(f, "there may be {} routers, not {routers}", Setup::MOST_ROUTERS)
            }
            Self::LinkOutOfRange { from, property } => {
                write!(f, "the {property} of the link from host {} is out of range", from.0)
            }
            Self::SameName { name } => write!(f, "two hosts or routers are named \"{name}\""),
            Self::SameAddress { name } => {
                write!(f, "\"{name}\" must have an address of its own")
            }
            Self::NoSuchPlace { from, to } => {
                write!(f, "a link cannot go from place {} to place {}", from.0, to.0)
            }
            Self::NotOneLink { from, to } => {
                write!(f, "there must be one link from host {} to host {}", from.0, to.0)
            }
            Self::NoWay { from, to } => {
                write!(f, "links must lead from host {} to host {}", from.0, to.0)
            }
            Self::NoPorts { host } => {
                write!(f, "the ephemeral ports of host {} end before they begin", host.0)
            }
            Self::ScriptsOutOfOrder { host } => {
                write!(f, "the scripts of host {} must begin one after another", host.0)
            }
            Self::BadBlock { host, line } => write!(
                f,
                "line {line} of host {} must have lines that end within what it is in",
                host.0
            ),
            Self::NoSuchPeer { host, line } => {
                write!(f, "line {line} of host {} must go to another host", host.0)
            }
            Self::NoSuchHost { host } => write!(f, "there is no host {}", host.0),
            Self::TooLong { host, what } => write!(f, "from host {}: {what}", host.0),
            Self::ActsOutOfOrder => f.write_str("what is done must be in order of time"),
            Self::NothingHappens => f.write_str("no host's script calls anything"),
        }
    }
}

impl core::error::Error for SetupError {}
