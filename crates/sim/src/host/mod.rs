//! A host of a run: its TCP, and its applications, each on the present line of its script.

mod calls;
mod process;
mod streams;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::SocketAddrV4;
use core::ops::Range;

use tcpscope_tcp::{
    Connection, ConnectionKey, Errno, Fd, HostConfig, Instant, Notification, Outbox, Party,
    SeqNumber, Status, Timer,
};

use calls::On;
pub(crate) use process::Process;
pub(crate) use streams::datagram;

use crate::draw::isn_secret;
use crate::queue::Happening;
use crate::{CallResult, ConnectionId, HostId, RecordId, Setup, Step};

/// A host as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Host {
    tcp: tcpscope_tcp::Host,
    /// How often it was started before: what was to happen to an earlier life happens no more.
    boots: u32,
    /// Whether nobody answers for it.
    down: bool,
    /// How many messages went to each socket.
    datagrams: BTreeMap<SocketAddrV4, u32>,
    /// How many segments its scripts have forged.
    forged: u16,
    /// Its applications, by number.
    processes: BTreeMap<u32, Process>,
    next_process: u32,
    /// Programs that are through and gone, until the trace has it.
    gone: Vec<Stand>,
    /// What the trace calls the connections.
    connections: BTreeMap<ConnectionKey, Known>,
    /// What the trace calls the listeners.
    listeners: BTreeMap<Fd, ConnectionId>,
    /// How many connections there were between the same two sockets, and the peer's initial number
    /// in the last of them.
    incarnations: BTreeMap<(u16, SocketAddrV4), (u16, Option<SeqNumber>)>,
}

/// The lines of a program, the one where it stands, and the connection that it has.
pub(crate) type Stand = (Range<usize>, usize, Option<ConnectionId>);

/// What is known of a connection beside what its TCP knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// What the trace calls it.
    pub(crate) id: ConnectionId,
    /// Which one it is of those between the same two sockets; known when it first sends.
    incarnation: Option<u16>,
}

impl Host {
    fn new(setup: &Setup, id: HostId) -> Self {
        let mut host = Self {
            tcp: tcp(setup, id),
            boots: 0,
            down: false,
            datagrams: BTreeMap::new(),
            forged: 0,
            processes: BTreeMap::new(),
            next_process: 0,
            gone: Vec::new(),
            connections: BTreeMap::new(),
            listeners: BTreeMap::new(),
            incarnations: BTreeMap::new(),
        };
        host.begin(setup, id, Instant::ZERO);
        host
    }

    /// All that the host knew is gone, and its programs with it.
    pub(crate) fn crash(&mut self, setup: &Setup, id: HostId) {
        self.tcp = tcp(setup, id);
        self.boots += 1;
        self.down = true;
        self.processes.clear();
        self.connections.clear();
        self.listeners.clear();
    }

    /// It is there again.
    pub(crate) fn restart(&mut self, setup: &Setup, id: HostId, now: Instant, scripts: bool) {
        self.down = false;
        if scripts {
            self.begin(setup, id, now);
        }
    }

    /// Whether it has crashed, and nobody answers for it.
    pub(crate) const fn is_down(&self) -> bool {
        self.down
    }

    /// The number of the next message to a socket, from 1 on.
    pub(crate) fn count_datagrams(&mut self, to: SocketAddrV4) -> u32 {
        let number = self.datagrams.entry(to).or_insert(0);
        *number += 1;
        *number
    }

    /// How many segments its scripts have forged; now it is one more.
    pub(crate) const fn count_forged(&mut self) -> u16 {
        let forged = self.forged;
        self.forged = forged.wrapping_add(1);
        forged
    }

    /// The programs begin.
    fn begin(&mut self, setup: &Setup, id: HostId, now: Instant) {
        for lines in setup.hosts[id.index()].scripts() {
            self.spawn(Process::new(lines, now));
        }
    }

    fn spawn(&mut self, process: Process) {
        self.processes.insert(self.next_process, process);
        self.next_process += 1;
    }

    /// How often it was started before.
    pub(crate) const fn boots(&self) -> u32 {
        self.boots
    }

    /// The first program's line.
    pub(crate) fn line(&self) -> usize {
        self.processes.first_key_value().map_or(0, |(_, process)| process.line())
    }

    /// Where its other programs stand, if that is not as it was when this was last asked.
    pub(crate) fn moved(&mut self) -> Vec<Stand> {
        let mut moved = core::mem::take(&mut self.gone);
        let others: Vec<_> = self.processes.keys().copied().skip(1).collect();
        for number in others {
            let Some(process) = self.processes.get(&number) else { continue };
            let stands = (process.line(), self.of(process));
            if process.told != Some(stands) {
                moved.push((process.lines(), stands.0, stands.1));
                if let Some(process) = self.processes.get_mut(&number) {
                    process.told = Some(stands);
                }
            }
        }
        moved
    }

    /// Its programs are stopped as they stand, or go on.
    pub(crate) fn halt(&mut self, halted: bool) {
        self.processes.values_mut().for_each(|process| process.halt(halted));
    }

    /// What the trace calls a connection.
    pub(crate) fn id_of(&self, key: ConnectionKey) -> Option<ConnectionId> {
        self.connections.get(&key).map(|known| known.id)
    }

    /// A timer that will run out.
    pub(crate) const fn timeout(
        &self,
        host: HostId,
        connection: ConnectionKey,
        timer: Timer,
        cause: RecordId,
    ) -> Happening {
        Happening::Timeout { host, boots: self.boots, connection, timer, cause }
    }

    pub(crate) fn connection(&self, key: ConnectionKey) -> Option<&Connection> {
        self.tcp.connection(key)
    }

    pub(crate) fn tcp(&mut self) -> &mut tcpscope_tcp::Host {
        &mut self.tcp
    }

    /// Each program that can go on and is not about to, and when: its number with it.
    pub(crate) fn due(&mut self, now: Instant, script: &[Step]) -> Vec<(u32, Instant)> {
        let tcp = &self.tcp;
        let queued = self.processes.iter_mut().filter_map(|(number, process)| {
            let at = process.queue_turn(now, script, tcp)?;
            Some((*number, at))
        });
        queued.collect()
    }

    /// The turn of a program that was about to go on. Says what it called and what came of it;
    /// nothing, where things have changed since.
    pub(crate) fn turn(
        &mut self,
        now: Instant,
        number: u32,
        setup: &Setup,
        id: HostId,
        out: &mut Outbox,
    ) -> Option<Turn> {
        let script = &setup.hosts[id.index()].script;
        let mut process = self.processes.remove(&number)?;
        process.turn_queued = false;
        let ready = process.next_turn(now, script, &self.tcp) == Some(now);
        let line = process.line();
        let on = &mut On { now, host: self, setup, id, out };
        let outcome = ready.then(|| process.call(on)).flatten();
        let turn = outcome.map(|result| Turn { line, result, connection: self.of(&process) });
        if process.is_handler() && process.is_through() {
            self.gone.push((process.lines(), process.line(), self.of(&process)));
            process.let_go(now, &mut self.tcp, out);
        } else {
            self.processes.insert(number, process);
        }
        self.take_ready(now, out);
        turn
    }

    /// Whether another timer of the connection that runs out at the same instant goes first: after
    /// the user timeout nothing else is worth doing, and a probe goes before the timeout that it
    /// may avoid (RFC 8985 §7.2).
    pub(crate) fn another_is_first(connection: &Connection, timer: Timer, at: Instant) -> bool {
        let due = |other: Timer| connection.deadline(other) == Some(at);
        match timer {
            Timer::UserTimeout => false,
            Timer::Retransmission => due(Timer::UserTimeout) || due(Timer::TailLossProbe),
            Timer::Persist
            | Timer::TimeWait
            | Timer::DelayedAck
            | Timer::Reordering
            | Timer::TailLossProbe
            | Timer::KeepAlive
            | Timer::FinWait2 => due(Timer::UserTimeout),
        }
    }

    /// A program that is in a passive OPEN has its connection as soon as that is ready.
    pub(crate) fn take_ready(&mut self, now: Instant, out: &mut Outbox) {
        for process in self.processes.values_mut() {
            process.take_ready(now, &mut self.tcp, out);
        }
    }

    /// A program whose connection has failed is through with it.
    pub(crate) fn hear(&mut self, told: Notification, about: ConnectionKey) {
        match told {
            Notification::Reset | Notification::Refused | Notification::TimedOut => {
                for process in self.processes.values_mut().filter(|p| p.has(about)) {
                    process.fail();
                }
            }
            Notification::Connected
            | Notification::PeerClosed
            | Notification::CloseAcknowledged
            | Notification::Unresponsive
            | Notification::Urgent => {}
        }
    }

    /// What the trace calls the connection or the listener that an entry is about. `born` names one
    /// that is new; a program in a passive OPEN takes it for its own.
    pub(crate) fn known(
        &mut self,
        party: Party,
        born: impl FnOnce(bool) -> ConnectionId,
    ) -> Option<ConnectionId> {
        match party {
            Party::Connection { key, listener } => {
                if let Some(known) = self.connections.get(&key) {
                    return Some(known.id);
                }
                let id = born(false);
                self.connections.insert(key, Known { id, incarnation: None });
                if let Some(fd) = listener {
                    self.processes.values_mut().for_each(|process| process.adopt(fd, key));
                }
                Some(id)
            }
            Party::Listener(fd) => Some(*self.listeners.entry(fd).or_insert_with(|| born(true))),
            Party::Host => None,
        }
    }

    /// Which one it is of the connections between the same two sockets. Each active opening is
    /// another; of passive ones, each that answers another initial number.
    pub(crate) fn incarnation(
        &mut self,
        party: Party,
        local_port: u16,
        remote: SocketAddrV4,
        status: &Status,
    ) -> u16 {
        let last = self.incarnations.get(&(local_port, remote)).copied();
        let Party::Connection { key, .. } = party else {
            return last.map_or(0, |(last, _)| last);
        };
        let Some(known) = self.connections.get_mut(&key) else { return 0 };
        if let Some(incarnation) = known.incarnation {
            return incarnation;
        }
        let incarnation = match last {
            None => 0,
            Some((last, irs)) if irs.is_some() && irs == status.irs => last,
            Some((last, _)) => last.saturating_add(1),
        };
        known.incarnation = Some(incarnation);
        self.incarnations.insert((local_port, remote), (incarnation, status.irs));
        incarnation
    }

    /// Forgets what the trace called connections that are there no longer.
    pub(crate) fn forget_gone(&mut self) {
        let tcp = &self.tcp;
        self.connections.retain(|key, _| tcp.connection(*key).is_some());
    }

    /// Somebody else makes a call upon the first program's connection.
    pub(crate) fn interfere(
        &mut self,
        now: Instant,
        setup: &Setup,
        id: HostId,
        call: &crate::AppCall,
        out: &mut Outbox,
    ) -> (CallResult, Option<ConnectionId>) {
        let Some((number, mut process)) = self.processes.pop_first() else {
            return (CallResult::Failed(Errno::NotConnected), None);
        };
        let result = process.interfere(&mut On { now, host: self, setup, id, out }, call);
        let connection = self.of(&process);
        self.processes.insert(number, process);
        self.take_ready(now, out);
        (result, connection)
    }

    fn of(&self, process: &Process) -> Option<ConnectionId> {
        match process.connection() {
            Some(key) => self.connections.get(&key).map(|known| known.id),
            None => process.listener().and_then(|fd| self.listeners.get(&fd)).copied(),
        }
    }
}

/// What a program did in its turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    /// The line of the script.
    pub(crate) line: usize,
    /// What came of the call.
    pub(crate) result: CallResult,
    /// The connection that it was about, if the trace knows it already.
    pub(crate) connection: Option<ConnectionId>,
}

/// The TCP of a host, as it begins.
fn tcp(setup: &Setup, id: HostId) -> tcpscope_tcp::Host {
    let host = &setup.hosts[id.index()];
    let sockets = &host.sockets;
    tcpscope_tcp::Host::new(HostConfig {
        address: *host.address.ip(),
        seed: setup.seed,
        iss: host.iss,
        isn_secret: Some(isn_secret(setup.seed)),
        connection: host.config.clone(),
        draws_timestamp_offsets: false,
        syn_queue: sockets.syn_queue,
        syn_cookies: sockets.syn_cookies,
        ephemeral_ports: sockets.ephemeral_ports.0..=sockets.ephemeral_ports.1,
    })
}

/// The hosts of a setup, as they begin.
pub(crate) fn hosts(setup: &Setup) -> Vec<Host> {
    (0..setup.hosts.len())
        .filter_map(|index| u8::try_from(index).ok())
        .map(|index| Host::new(setup, HostId(index)))
        .collect()
}
