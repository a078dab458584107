//! Our own host as a peer.

use bytes::Bytes;
use tcpscope_tcp::{
    Config, CongestionControl, Errno, Fd, Host, HostConfig, HostEvent, Instant, Outbox, Reason,
    State,
};
use tcpscope_wire::{Checksums, Datagram, encode_into};

use crate::blocks::Blocks;
use crate::{Peer, Role, Settings};

/// A host of ours, spoken to in octets.
pub struct Ours {
    settings: Settings,
    host: Host,
    listener: Option<Fd>,
    connection: Option<Fd>,
    outbox: Outbox,
    /// Used again for each packet.
    arrived: Datagram,
    blocks: Blocks,
    was_connected: bool,
    failed: bool,
    closed: bool,
    /// Events told so far: they are kept, as a trace would keep them.
    told: usize,
}

impl Ours {
    /// A host that has not opened yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        let base = if settings.modern {
            Config::default()
        } else {
            Config { congestion: CongestionControl::NewReno, ..Config::plain() }
        };
        let connection = Config {
            mss: settings.mtu.saturating_sub(40),
            receive_buffer: settings.buffer,
            send_buffer: settings.buffer,
            window_scale: (settings.buffer > 65_535).then_some(6).or(base.window_scale),
            ..base
        };
        Self::with(settings, connection)
    }

    /// The same with this configuration.
    #[must_use]
    pub fn with(settings: Settings, connection: Config) -> Self {
        let config = HostConfig {
            address: *settings.local.ip(),
            seed: settings.seed,
            connection,
            ..HostConfig::default()
        };
        let outbox = if settings.observed { Outbox::observed() } else { Outbox::unobserved() };
        Self {
            settings,
            host: Host::new(config),
            listener: None,
            connection: None,
            outbox,
            arrived: Datagram::default(),
            blocks: Blocks::new(),
            was_connected: false,
            failed: false,
            closed: false,
            told: 0,
        }
    }

    /// With room for so many events, which the system has given before anything is measured: a
    /// trace that is recorded goes into memory that is there, as smoltcp's octets do.
    #[must_use]
    pub fn with_room(mut self, events: usize) -> Self {
        let at = Instant::ZERO;
        let event = HostEvent { at, fd: None, reason: Reason::ListenerCloses, transition: None };
        self.outbox.events.resize(events, event);
        self.outbox.events.clear();
        self
    }

    /// How many events were told.
    #[must_use]
    pub const fn told(&self) -> usize {
        self.told
    }

    fn note(&mut self) {
        if self.connection.is_none()
            && let Some(listener) = self.listener
            && let Ok((connection, _)) = self.host.accept(listener)
        {
            self.connection = Some(connection);
        }
        let Some(connection) = self.connection.filter(|_| !self.was_connected) else { return };
        let Ok(state) = self.host.state(connection) else { return };
        self.was_connected = state.is_synchronized() && state != State::SynReceived;
    }
}

impl Peer for Ours {
    fn open(&mut self, now: Instant) {
        let fd = self.host.socket();
        self.host.bind(fd, self.settings.local.port()).expect("the port is free");
        match self.settings.role {
            Role::Server => {
                self.host.listen(fd, 1).expect("the socket is bound");
                self.listener = Some(fd);
            }
            Role::Client => {
                let begun = self.host.connect(now, fd, self.settings.remote, &mut self.outbox);
                assert_eq!(begun, Err(Errno::InProgress));
                self.connection = Some(fd);
            }
        }
    }

    fn receive(&mut self, now: Instant, packet: Bytes) {
        if self.arrived.read(packet, Checksums::Verify).is_ok() {
            let Datagram { source, destination, segment, .. } = &mut self.arrived;
            self.host.take(now, *source, *destination, segment, &mut self.outbox);
        }
    }

    fn poll(&mut self, now: Instant) {
        if self.host.next_timeout().is_some_and(|at| at <= now) {
            self.host.run_timers(now, &mut self.outbox);
        }
        self.note();
    }

    fn take_sent(&mut self, into: &mut Vec<Bytes>) {
        for sent in &self.outbox.packets {
            let room = self.blocks.room(usize::from(self.settings.mtu));
            encode_into(sent.source, sent.destination, &sent.segment, room)
                .expect("a segment of ours fits into a packet");
            into.push(self.blocks.packet());
        }
        self.outbox.packets.clear();
        self.told = self.outbox.events.len();
    }

    fn next_timeout(&mut self, _: Instant) -> Option<Instant> {
        self.host.next_timeout()
    }

    fn send(&mut self, now: Instant, octets: &Bytes) -> usize {
        let Some(connection) = self.connection.filter(|_| self.was_connected) else { return 0 };
        if !self.host.is_writable(connection) {
            return 0;
        }
        match self.host.send(now, connection, octets.clone(), true, &mut self.outbox) {
            Ok(taken) => taken as usize,
            Err(Errno::Again) => 0,
            Err(_) => {
                self.failed = true;
                0
            }
        }
    }

    fn read(&mut self, now: Instant, reader: &mut dyn FnMut(&[u8])) -> bool {
        let Some(connection) = self.connection else { return false };
        loop {
            let reader = |piece: Bytes| reader(&piece);
            match self.host.recv_pieces(now, connection, reader, &mut self.outbox) {
                Ok(true) => {}
                Ok(false) => return true,
                Err(Errno::Again) => return false,
                Err(_) => {
                    self.failed |= self.was_connected;
                    return false;
                }
            }
        }
    }

    fn close(&mut self, now: Instant) {
        if let Some(connection) = self.connection {
            self.closed = true;
            let closed = self.host.shutdown(
                now,
                connection,
                tcpscope_tcp::Shutdown::Write,
                &mut self.outbox,
            );
            self.failed |= closed.is_err();
        }
    }

    fn is_connected(&self) -> bool {
        self.was_connected
    }

    fn is_over(&self) -> bool {
        let over = self.was_connected && (self.closed || self.failed);
        let Some(connection) = self.connection.filter(|_| over) else { return false };
        matches!(self.host.state(connection), Ok(State::Closed | State::TimeWait))
    }

    fn has_failed(&self) -> bool {
        self.failed
    }
}
