//! A setup put together piece by piece: hosts, links, options, applications.
//!
//! Each piece is a change of a whole scenario into another; a change that would give none is refused
//! with the reason, and nothing has changed.

mod applications;
mod lines;
mod options;

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_sim::{
    AppCall, HostId, HostSetup, LinkSetup, Mtu, QueueLimit, Setup, SocketSetup, Step,
};
use tcpscope_tcp::{Config, Duration};

use crate::{Localized, Scenario, ScenarioError};
pub use applications::Application;
pub use lines::{CallKind, Line, WaitKind};
pub use options::{LinkFigure, Number, Switch};

/// A change of a setup.
#[derive(Clone, Debug, PartialEq)]
pub enum Compose {
    /// Two new hosts take the place of all: one asks, the other answers.
    Fresh,
    /// One host more, with links to and from the first router, or else the second host.
    AddHost,
    /// A host goes, with its links and with what others did to it.
    RemoveHost(HostId),
    /// A host has another name.
    Rename(HostId, String),
    /// A switch of a host's TCP.
    Switch(HostId, Switch, bool),
    /// A figure of a host's TCP.
    Number(HostId, Number, u64),
    /// A host runs this application and no other.
    Application(HostId, Application),
    /// One line more at this place of a script.
    AddLine(HostId, usize),
    /// A line goes.
    RemoveLine(HostId, usize),
    /// A line changes places with the one before it.
    LineUp(HostId, usize),
    /// A line is another.
    SetLine(HostId, usize, Step),
    /// A link each way between two hosts or routers.
    AddLinks(HostId, HostId),
    /// A link goes, and the one back.
    RemoveLinks(usize),
    /// A figure of a link.
    Link(usize, LinkFigure, u64),
}

/// What a new link does: nothing but take its time.
const DELAY: Duration = Duration::from_millis(20);

impl Compose {
    /// The scenario with this change.
    ///
    /// # Errors
    /// Why what comes of it would be no scenario; a host, link or line that does not exist changes
    /// nothing.
    pub fn apply(&self, scenario: &Scenario) -> Result<Scenario, ScenarioError> {
        let mut new = scenario.clone();
        self.change(&mut new.setup);
        "sandbox".clone_into(&mut new.id);
        new.title = Localized { en: "Sandbox".to_owned(), zh_cn: "沙盒".to_owned() };
        new.summary = Localized {
            en: "Put together by hand.".to_owned(),
            zh_cn: "手工搭建。".to_owned(),
        };
        // The file's rules are stricter than the simulator's, and say what is wrong by its place.
        Scenario::from_json(&new.to_json())
    }

    fn change(&self, setup: &mut Setup) {
        match self {
            Self::Fresh => fresh(setup),
            Self::AddHost => add_host(setup),
            Self::RemoveHost(host) => remove_host(setup, *host),
            Self::AddLinks(a, b) => {
                setup.links.push(LinkSetup::new(*a, *b, DELAY));
                setup.links.push(LinkSetup::new(*b, *a, DELAY));
            }
            Self::RemoveLinks(place) => {
                if let Some(gone) = setup.links.get(*place).copied() {
                    let ends = [(gone.from, gone.to), (gone.to, gone.from)];
                    setup.links.retain(|link| !ends.contains(&(link.from, link.to)));
                }
            }
            Self::Link(place, figure, value) => {
                if let Some(link) = setup.links.get_mut(*place) {
                    figure.set(link, *value);
                }
            }
            Self::Rename(host, name) => {
                with(setup, *host, |host| name.trim().clone_into(&mut host.name));
            }
            Self::Switch(host, switch, on) => with(setup, *host, |host| switch.set(host, *on)),
            Self::Number(host, number, value) => {
                with(setup, *host, |host| number.set(host, *value));
            }
            Self::Application(host, application) => {
                let peer = setup.peer_of(*host);
                with(setup, *host, |host| {
                    host.script = application.script(peer);
                    host.further.clear();
                });
            }
            Self::AddLine(host, place) => with(setup, *host, |host| {
                if host.script.get(..*place).is_some() && lines::are_plain(host) {
                    host.script.insert(*place, lines::EMPTY);
                }
            }),
            Self::RemoveLine(host, place) => with(setup, *host, |host| {
                if *place < host.script.len() && lines::are_plain(host) {
                    host.script.remove(*place);
                }
            }),
            Self::LineUp(host, place) => with(setup, *host, |host| {
                if (1..host.script.len()).contains(place) && lines::are_plain(host) {
                    host.script.swap(*place, *place - 1);
                }
            }),
            Self::SetLine(host, place, step) => with(setup, *host, |host| {
                if let Some(line) = host.script.get_mut(*place) {
                    *line = step.clone();
                }
            }),
        }
    }
}

/// Whether a host's script can be changed line by line: it is one script, without blocks.
#[must_use]
pub fn lines_can_change(host: &HostSetup) -> bool {
    lines::are_plain(host)
}

fn with(setup: &mut Setup, host: HostId, change: impl FnOnce(&mut HostSetup)) {
    if let Some(host) = setup.hosts.get_mut(host.index()) {
        change(host);
    }
}

fn fresh(setup: &mut Setup) {
    let host = |name: &str, address: [u8; 4], port, application: Application, peer| HostSetup {
        name: name.to_owned(),
        address: SocketAddrV4::new(Ipv4Addr::from(address), port),
        config: Config::plain(),
        iss: None,
        script: application.script(peer),
        further: Vec::new(),
        sockets: SocketSetup::default(),
    };
    let [client, server] = [HostId(0), HostId(1)];
    *setup = Setup {
        seed: setup.seed,
        hosts: alloc::vec![
            host("client", [192, 0, 2, 1], 49152, Application::Request, server),
            host("server", [198, 51, 100, 1], 80, Application::AnswerOnce, client),
        ],
        routers: Vec::new(),
        links: alloc::vec![
            LinkSetup::new(client, server, DELAY),
            LinkSetup::new(server, client, DELAY),
        ],
        link_changes: Vec::new(),
        interventions: Vec::new(),
        acts: Vec::new(),
        limits: setup.limits,
    };
}

/// The first of `name2`, `name3` … and of the addresses beside it that are free.
fn add_host(setup: &mut Setup) {
    let hosts = u8::try_from(setup.hosts.len()).unwrap_or(u8::MAX);
    let taken = |name: &str| {
        setup.hosts.iter().any(|host| host.name == name)
            || setup.routers.iter().any(|router| router == name)
    };
    let name = (1..=u16::MAX).map(|number| format!("host{number}")).find(|name| !taken(name));
    let address = (1..=u8::MAX)
        .map(|last| Ipv4Addr::new(192, 0, 2, last))
        .find(|address| setup.host_at(*address).is_none());
    let (Some(name), Some(address)) = (name, address) else { return };
    // Routers are numbered after the hosts: they move up.
    renumber(setup, &|place| Some(if place.0 < hosts { place } else { HostId(place.0 + 1) }));
    let config = setup.hosts.first().map_or_else(Config::plain, |host| host.config.clone());
    setup.hosts.push(HostSetup {
        name,
        address: SocketAddrV4::new(address, 49152),
        config,
        iss: None,
        script: Application::Nothing.script(HostId(0)),
        further: Vec::new(),
        sockets: SocketSetup::default(),
    });
    let new = HostId(hosts);
    let peer = if setup.routers.is_empty() { HostId(1) } else { HostId(hosts.saturating_add(1)) };
    setup.links.push(LinkSetup::new(new, peer, DELAY));
    setup.links.push(LinkSetup::new(peer, new, DELAY));
}

fn remove_host(setup: &mut Setup, gone: HostId) {
    if gone.index() >= setup.hosts.len() {
        return;
    }
    setup.hosts.remove(gone.index());
    renumber(setup, &|place| match place.0.cmp(&gone.0) {
        core::cmp::Ordering::Less => Some(place),
        core::cmp::Ordering::Equal => None,
        core::cmp::Ordering::Greater => Some(HostId(place.0 - 1)),
    });
}

/// Hosts and routers have other numbers; what is said of one that has none goes.
fn renumber(setup: &mut Setup, new: &dyn Fn(HostId) -> Option<HostId>) {
    setup.links.retain_mut(|link| {
        let (Some(from), Some(to)) = (new(link.from), new(link.to)) else { return false };
        (link.from, link.to) = (from, to);
        true
    });
    for step in setup.hosts.iter_mut().flat_map(|host| &mut host.script) {
        if let AppCall::Connect(connect) = &mut step.call {
            connect.to = connect.to.and_then(new);
        } else if let AppCall::SendTo { to, .. } = &mut step.call {
            *to = to.and_then(new);
        }
    }
    // What was done to packets and hosts by their numbers meant others.
    setup.link_changes.clear();
    setup.interventions.clear();
    setup.acts.clear();
}

/// A queue of so many packets; none: without end.
fn queue_of(packets: u64) -> Option<QueueLimit> {
    let packets = u32::try_from(packets).unwrap_or(u32::MAX);
    (packets > 0).then_some(QueueLimit::Packets(packets))
}

/// The longest packet; none: any.
fn mtu_of(octets: u64) -> Option<Mtu> {
    let octets = u16::try_from(octets).unwrap_or(u16::MAX);
    (octets > 0).then_some(Mtu { octets, fragments: true })
}
