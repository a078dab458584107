//! The two panels beside the ladder: what each shows, and which octets are pointed at.

use tcpscope_lesson::course::Which;
use tcpscope_sim::{ConnectionId, ConnectionInfo, HostId, Trace};
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{Pick, Stream};

use super::Session;

/// The two panels beside the ladder, left and right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sides {
    /// What each shows.
    pub(crate) picks: [Pick; 2],
    /// The octets that are pointed at.
    pub(crate) pointed: Option<Pointed>,
    /// Whether each has been opened where it is folded.
    pub(crate) opened: [bool; 2],
    /// Whether each shows its socket as a tool prints it.
    pub(crate) sockets: [bool; 2],
    /// What came of copying a panel's socket, until it has been read.
    pub(crate) copied: Option<(usize, bool)>,
}

/// Octets that are pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pointed {
    /// In which panel.
    pub(crate) place: usize,
    /// In which of its ribbons.
    pub(crate) stream: Stream,
    /// One of the octets.
    pub(crate) number: SeqNumber,
}

impl Default for Sides {
    fn default() -> Self {
        Self {
            picks: [HostId(0), HostId(1)].map(Pick::of),
            pointed: None,
            opened: [false; 2],
            sockets: [false; 2],
            copied: None,
        }
    }
}

impl Sides {
    /// For another scenario: how the panels are arranged stays.
    pub(crate) fn of_another_run(self) -> Self {
        Self { opened: self.opened, sockets: self.sockets, ..Self::default() }
    }

    /// For the same scenario run anew: the same connections, as far as they are there.
    pub(crate) fn carried_over(self, before: &[Option<Name>; 2], trace: &Trace) -> Self {
        let mut sides = Self { pointed: None, ..self };
        for (pick, name) in sides.picks.iter_mut().zip(before) {
            pick.connection = name.as_ref().and_then(|name| name.find(trace));
        }
        sides
    }

    /// The same, led to what a stop points at: the connections that it names, and whatever stands for
    /// the hosts that it does not speak of.
    pub(crate) fn led_to(self, point: &[String], trace: &Trace) -> Self {
        let mut sides = Self { picks: Self::default().picks, pointed: None, ..self };
        let mut taken = [false; 2];
        // The first is the most important.
        for (name, which) in point.iter().filter_map(|target| Which::of(target)) {
            let hosts = (0..).map(HostId).zip(trace.hosts());
            let Some((host, _)) = hosts.clone().find(|(_, host)| host.name == name) else {
                continue;
            };
            let shown = sides.picks.iter().position(|pick| pick.host == host);
            let free = || taken.iter().rposition(|taken| !taken);
            let Some(place) = shown.or_else(free) else { continue };
            let mut own = (0..)
                .map(ConnectionId)
                .zip(trace.connections())
                .filter(|(_, info)| info.host == host && !info.listens);
            let connection = match which {
                Which::Any => None,
                Which::Nth(number) => number.checked_sub(1).and_then(|place| own.nth(place)),
                Which::Port(port) => own.filter(|(_, info)| info.local.port() == port).last(),
            };
            let connection = connection.map(|(id, _)| id);
            if let (Some(pick), Some(taken)) = (sides.picks.get_mut(place), taken.get_mut(place))
                && !(*taken && pick.connection.is_some())
            {
                *pick = Pick { host, connection };
                *taken = true;
            }
        }
        sides
    }

    /// The names of the connections that are picked.
    pub(crate) fn names(&self, trace: &Trace) -> [Option<Name>; 2] {
        self.picks.map(|pick| Name::of(trace, pick.connection?))
    }
}

impl Session {
    /// Whether a panel that may be folded has been opened, or is spoken of.
    pub(crate) fn unfolds(&self, place: usize) -> bool {
        self.teaching.reading.is_some() || self.shell.sides.opened.get(place) == Some(&true)
    }
}

/// What tells a connection from the others of its run, whatever else happens in the run: its
/// sockets, and which one between them it is.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    info: ConnectionInfo,
    nth: usize,
}

impl Name {
    fn of(trace: &Trace, id: ConnectionId) -> Option<Self> {
        let info = trace.connections().get(id.index())?.clone();
        let before = trace.connections().get(..id.index()).unwrap_or_default();
        let nth = before.iter().filter(|other| is_alike(&info, other)).count();
        Some(Self { info, nth })
    }

    fn find(&self, trace: &Trace) -> Option<ConnectionId> {
        let all = (0..).map(ConnectionId).zip(trace.connections());
        let mut alike = all.filter(|(_, other)| is_alike(&self.info, other));
        alike.nth(self.nth).map(|(id, _)| id)
    }
}

fn is_alike(a: &ConnectionInfo, b: &ConnectionInfo) -> bool {
    (a.host, a.local, a.remote, a.listens) == (b.host, b.local, b.remote, b.listens)
}
