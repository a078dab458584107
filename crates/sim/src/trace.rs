//! The whole run, written down.

mod connections;
mod history;
mod names;
mod until;
mod words;

use alloc::string::String;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};
use core::net::SocketAddrV4;
use core::ops::Range;

use tcpscope_tcp::{Connection, Instant, State, Status};

pub use self::connections::{ConnectionId, ConnectionInfo};
use self::history::History;
use self::names::Names;
use crate::host::Stand;
use crate::{
    EventId, Fate, HostId, Packet, PacketId, PacketIndex, Record, RecordId, RecordKind, Setup,
    Step, Why,
};

/// A run, from its first call to its end: what happened, in order, with causes and reasons.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Trace {
    hosts: Vec<HostInfo>,
    /// The routers' names, by which nothing is told from anything: a digest does without them.
    routers: Derived<Vec<String>>,
    connections: Vec<ConnectionInfo>,
    records: Vec<Record>,
    packets: Vec<Packet>,
    names: Derived<Names>,
    /// For each packet the latest end of all up to it.
    latest_ends: Derived<Vec<Instant>>,
    /// The records that are worth going to and are few: changes of state and faults.
    rare: Derived<Vec<RecordId>>,
    /// The reasons of all records, one record's after another's.
    whys: Vec<Why>,
    /// Where in `whys` each record's reasons begin; they end where the next record's begin.
    why_starts: Vec<WhyIndex>,
    /// Where programs stand that are not their host's first.
    stands: Derived<Vec<ProgramStand>>,
    ended: Ended,
}

/// Gives back room that was kept for more, unless it is hardly any: that may mean to copy all.
fn give_back<T>(list: &mut Vec<T>) {
    if list.capacity() - list.len() > list.len() / 32 {
        list.shrink_to_fit();
    }
}

/// What follows from the rest of a trace: there is nothing in it to compare by or to hash.
#[derive(Clone, Debug, Default)]
struct Derived<T>(T);

impl<T> PartialEq for Derived<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Derived<T> {}

impl<T> Hash for Derived<T> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A place in `Trace::whys`: as many as four to a record fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WhyIndex(u32);

impl WhyIndex {
    const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place is hashed as any other number of a list is.
impl Hash for WhyIndex {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.index());
    }
}

/// A host of a run, and how its connection went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostInfo {
    /// The name.
    pub name: String,
    /// Address and port.
    pub address: SocketAddrV4,
    /// The application's script.
    pub script: Vec<Step>,
    /// The connection's variables.
    history: History,
    /// The script's line, each time it changed: from that record on.
    lines: Vec<(RecordId, usize)>,
}

/// Where a program stands that is not its host's first: one of further scripts, or the part of a
/// server's program that is run for one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramStand {
    /// From which record on.
    pub since: RecordId,
    /// Whose program it is.
    pub host: HostId,
    /// Its lines of the host's script.
    pub lines: Range<usize>,
    /// The line where it stands; one past its last when it is through.
    pub line: usize,
    /// The connection that it has.
    pub connection: Option<ConnectionId>,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// Nothing more can happen.
    Quiet,
    /// There would be more records than allowed.
    RecordLimit,
    /// It would go on for longer than allowed.
    TimeLimit,
}

/// A moment of a run: a time, and the last record that has happened by then.
///
/// Several records share an instant; the record tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The time.
    pub at: Instant,
    /// The present record.
    pub record: RecordId,
}

impl Moment {
    /// The beginning of every run.
    pub const START: Self = Self { at: Instant::ZERO, record: RecordId(0) };
}

impl Trace {
    /// The hosts.
    #[must_use]
    pub fn hosts(&self) -> &[HostInfo] {
        &self.hosts
    }

    /// The names of the routers. Their ids count on from the hosts'.
    #[must_use]
    pub fn routers(&self) -> &[String] {
        &self.routers.0
    }

    /// A host.
    #[must_use]
    pub fn host(&self, host: HostId) -> &HostInfo {
        &self.hosts[host.index()]
    }

    /// The name of a place that a link begins or ends at: a host or a router.
    #[must_use]
    pub fn place_name(&self, place: HostId) -> Option<&str> {
        let host = self.hosts.get(place.index()).map(|host| &host.name);
        let router = || self.routers.0.get(place.index().checked_sub(self.hosts.len())?);
        host.or_else(router).map(String::as_str)
    }

    /// All records, in order.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// A record.
    #[must_use]
    pub fn record(&self, record: RecordId) -> &Record {
        &self.records[record.index()]
    }

    /// All packets, in the order in which they were sent.
    #[must_use]
    pub fn packets(&self) -> &[Packet] {
        &self.packets
    }

    /// A packet.
    #[must_use]
    pub fn packet(&self, packet: PacketIndex) -> &Packet {
        &self.packets[packet.0 as usize]
    }

    /// Why the run ended.
    #[must_use]
    pub const fn ended(&self) -> Ended {
        self.ended
    }

    /// When the last record happened.
    #[must_use]
    pub fn duration(&self) -> Instant {
        self.records.last().map_or(Instant::ZERO, |record| record.at)
    }

    /// The rules behind a record, the one that decided first.
    #[must_use]
    pub fn whys(&self, record: RecordId) -> &[Why] {
        let end =
            self.why_starts.get(record.index() + 1).map_or(self.whys.len(), |start| start.index());
        &self.whys[self.why_starts[record.index()].index()..end]
    }

    /// The connection's variables at a host once `record` has happened.
    #[must_use]
    pub fn status(&self, host: HostId, record: RecordId) -> Status {
        self.hosts[host.index()].status(record)
    }

    /// The records of the step that `record` belongs to.
    #[must_use]
    pub fn event_of(&self, record: RecordId) -> Range<usize> {
        let EventId(event) = self.record(record).event;
        let start = self.records.partition_point(|record| record.event.0 < event);
        let end = self.records.partition_point(|record| record.event.0 <= event);
        start..end
    }

    /// The moment at a time: the last record at or before it is the present one.
    #[must_use]
    pub fn at(&self, at: Instant) -> Moment {
        let at = at.min(self.duration());
        let past = self.records.partition_point(|record| record.at <= at);
        let record = u32::try_from(past.saturating_sub(1)).unwrap_or(u32::MAX);
        Moment { at, record: RecordId(record) }
    }

    /// The moment at which a record has just happened; past the end it is the last record's.
    #[must_use]
    pub fn moment_of(&self, record: RecordId) -> Moment {
        let last = self.records.len().saturating_sub(1);
        let index = record.index().min(last);
        let at = self.records.get(index).map_or(Instant::ZERO, |record| record.at);
        Moment { at, record: RecordId(u32::try_from(index).unwrap_or(u32::MAX)) }
    }

    /// The packet of this id.
    #[must_use]
    pub fn find_packet(&self, id: PacketId) -> Option<PacketIndex> {
        self.names.0.find(&self.packets, id)
    }

    /// How many packets were sent that are alike: those whose id differs in its attempt alone.
    #[must_use]
    pub fn attempts(&self, id: PacketId) -> u32 {
        self.names.0.attempts(&self.packets, id)
    }

    /// The packet that is named so, as in `client:data:1+1460~2`.
    #[must_use]
    pub fn packet_named(&self, text: &str) -> Option<PacketIndex> {
        self.find_packet(PacketId::from_text(text, self.host_names())?)
    }

    /// The name of a packet, as in `client:data:1+1460~2`.
    #[must_use]
    pub fn packet_name(&self, packet: PacketIndex) -> String {
        self.packet(packet).id.to_text(self.host_names())
    }

    /// The packets that have been sent by a moment, the present record included, and have neither
    /// arrived nor been lost by then.
    pub fn in_flight(&self, moment: Moment) -> impl Iterator<Item = PacketIndex> + '_ {
        let Moment { at, record } = moment;
        let later_now = move |packet: PacketIndex| {
            let after = self.records.get(record.index() + 1..).unwrap_or_default();
            after.iter().take_while(|later| later.at == at).any(|later| {
                matches!(later.kind, RecordKind::Arrive { packet: other } | RecordKind::Lost { packet: other, .. }
                    if other == packet)
            })
        };
        // Those before have all come to their end; those after are not sent yet.
        let first = self.latest_ends.0.partition_point(|latest| *latest < at);
        let sent = self.packets.get(first..).unwrap_or_default();
        let sent = sent.iter().take_while(move |packet| packet.sent_by <= record);
        let indexed = (0..).skip(first).map(PacketIndex).zip(sent);
        indexed
            .filter(move |(index, packet)| {
                let is_open = packet.fate == Fate::UnderWay || later_now(*index);
                packet.ends > at || (packet.ends == at && is_open)
            })
            .map(|(index, _)| index)
    }

    /// Where programs stand once `record` has happened that are not their host's first, the latest
    /// change last.
    #[must_use]
    pub fn program_stands(&self, record: RecordId) -> &[ProgramStand] {
        let past = self.stands.0.partition_point(|stand| stand.since <= record);
        &self.stands.0[..past]
    }

    /// The records that are changes of state or faults.
    pub(crate) fn rare(&self) -> &[RecordId] {
        &self.rare.0
    }

    fn host_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.hosts.iter().map(|host| host.name.as_str())
    }
}

impl HostInfo {
    /// The connection's variables once `record` has happened.
    #[must_use]
    pub fn status(&self, record: RecordId) -> Status {
        self.history.at(record)
    }

    /// The variables before `record` happened.
    #[must_use]
    pub fn status_before(&self, record: RecordId) -> Status {
        self.history.before(record)
    }

    /// The line of the script that is waiting or being done once `record` has happened; one past
    /// the last when the script is through.
    #[must_use]
    pub fn line(&self, record: RecordId) -> usize {
        let past = self.lines.partition_point(|(since, _)| *since <= record);
        past.checked_sub(1).map_or(0, |last| self.lines[last].1)
    }

    /// The states that the connection went through: each from that record on, CLOSED first.
    pub fn states(&self) -> impl Iterator<Item = (RecordId, State)> + '_ {
        core::iter::once((RecordId(0), State::Closed)).chain(self.history.states().iter().copied())
    }
}

impl Hash for HostInfo {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { name, address, script, history, lines } = self;
        (name, address, script, history, lines, history.initial()).hash(state);
    }
}

/// How a run is written down.
impl Trace {
    pub(crate) fn new(setup: &Setup) -> Self {
        let hosts = setup.hosts.iter().map(|host| HostInfo {
            name: host.name.clone(),
            address: host.address,
            script: host.script.clone(),
            history: History::new(Connection::new(host.config.clone()).status()),
            lines: Vec::new(),
        });
        Self {
            hosts: hosts.collect(),
            routers: Derived(setup.routers.clone()),
            connections: Vec::new(),
            records: Vec::new(),
            packets: Vec::new(),
            names: Derived::default(),
            latest_ends: Derived::default(),
            rare: Derived::default(),
            whys: Vec::new(),
            why_starts: Vec::new(),
            stands: Derived::default(),
            ended: Ended::Quiet,
        }
    }

    /// The id of the record that will be added next.
    pub(crate) fn next_record(&self) -> RecordId {
        RecordId(u32::try_from(self.records.len()).unwrap_or(u32::MAX))
    }

    /// The index of the packet that will be added next.
    pub(crate) fn next_packet(&self) -> PacketIndex {
        PacketIndex(u32::try_from(self.packets.len()).unwrap_or(u32::MAX))
    }

    pub(crate) fn add_record(&mut self, record: Record) {
        self.why_starts.push(WhyIndex(u32::try_from(self.whys.len()).unwrap_or(u32::MAX)));
        if record.kind.is_fault() || matches!(record.kind, RecordKind::Transition { .. }) {
            self.rare.0.push(record.id);
        }
        self.records.push(record);
    }

    /// The connection that a record is about, if it was not known before.
    pub(crate) fn set_connection(&mut self, record: RecordId, connection: ConnectionId) {
        if let Some(record) = self.records.get_mut(record.index()) {
            record.connection.get_or_insert(connection);
        }
    }

    /// Adds a reason to the last record: before those that only passed a check, so that what
    /// decided stands first.
    pub(crate) fn add_why(&mut self, why: Why) {
        let start = self.why_starts.last().map_or(0, |start| start.index());
        let decided = self.whys[start..].iter().take_while(|why| !why.is_routine()).count();
        let at = if why.is_routine() { self.whys.len() } else { start + decided };
        self.whys.insert(at, why);
    }

    pub(crate) fn add_packet(&mut self, packet: Packet) {
        self.packets.push(packet);
        self.names.0.add(&self.packets);
    }

    /// What becomes of a packet is known when it leaves, not yet when it is sent.
    pub(crate) fn packet_mut(&mut self, packet: PacketIndex) -> &mut Packet {
        &mut self.packets[packet.0 as usize]
    }

    /// The script's line at a host is this from `record` on.
    pub(crate) fn set_line(&mut self, host: HostId, record: RecordId, line: usize) {
        let lines = &mut self.hosts[host.index()].lines;
        match lines.last_mut() {
            Some((since, last)) if *since == record => *last = line,
            Some((_, last)) if *last == line => {}
            _ => lines.push((record, line)),
        }
    }

    /// Programs of a host that are not its first stand there from `record` on.
    pub(crate) fn set_stands(&mut self, host: HostId, record: RecordId, stands: Vec<Stand>) {
        let stands = stands.into_iter().map(|(lines, line, connection)| ProgramStand {
            since: record,
            host,
            lines,
            line,
            connection,
        });
        self.stands.0.extend(stands);
    }

    /// The run is over: room that was kept for more is given back.
    pub(crate) fn end(&mut self, ended: Ended) {
        self.ended = ended;
        let mut latest = Instant::ZERO;
        self.latest_ends.0.clear();
        self.latest_ends.0.extend(self.packets.iter().map(|packet| {
            latest = latest.max(packet.ends);
            latest
        }));
        give_back(&mut self.latest_ends.0);
        give_back(&mut self.records);
        give_back(&mut self.packets);
        give_back(&mut self.whys);
        give_back(&mut self.why_starts);
        self.rare.0.shrink_to_fit();
        self.stands.0.shrink_to_fit();
        for host in &mut self.hosts {
            host.history.shrink_to_fit();
            host.lines.shrink_to_fit();
        }
    }

    /// The record of what was done to a packet, if anything was.
    pub(crate) fn intervention_on(&self, packet: PacketIndex) -> Option<RecordId> {
        let sent_by = self.packet(packet).sent_by;
        let event = self.record(sent_by).event;
        self.records[sent_by.index()..]
            .iter()
            .take_while(|record| record.event == event)
            .find(|record| match record.kind {
                RecordKind::Intervention { packet: other, .. } => other == packet,
                _ => false,
            })
            .map(|record| record.id)
    }

    /// Forgets everything from `record` on.
    pub(crate) fn truncate(&mut self, record: RecordId) {
        while self.packets.last().is_some_and(|packet| packet.sent_by >= record) {
            self.names.0.remove(&self.packets);
            self.packets.pop();
        }
        if let Some(start) = self.why_starts.get(record.index()) {
            self.whys.truncate(start.index());
        }
        self.why_starts.truncate(record.index());
        self.records.truncate(record.index());
        self.rare.0.truncate(self.rare.0.partition_point(|rare| *rare < record));
        self.truncate_connections(record);
        self.stands.0.truncate(self.stands.0.partition_point(|stand| stand.since < record));
        for host in &mut self.hosts {
            host.history.truncate(record);
            host.lines.truncate(host.lines.partition_point(|(since, _)| *since < record));
        }
    }
}
