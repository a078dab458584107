//! Our own host as a peer.

use bytes::Bytes;
use tcpscope_tcp::{
    Config, CongestionControl, Errno, Fd, Host, HostConfig, HostEvent, Instant, Outbox, Reason,
    State,
};

use crate::{Octets, Peer, Role, Segments, Settings, Speech};

/// A host of ours, spoken to in octets or in segments.
pub struct Ours<S = Octets> {
    settings: Settings,
    host: Host,
    listener: Option<Fd>,
    connection: Option<Fd>,
    outbox: Outbox,
    speech: S,
    was_connected: bool,
    failed: bool,
    closed: bool,
    /// Events told so far: they are kept, as a trace would keep them.
    told: usize,
}

impl Ours {
    /// A host that has not opened yet, and speaks octets.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::set_up(settings)
    }

    /// The same with this configuration.
    #[must_use]
    pub fn with(settings: Settings, connection: Config) -> Self {
        Self::configured(settings, connection)
    }
}

impl Ours<Segments> {
    /// A host that has not opened yet, and speaks segments.
    #[must_use]
    pub fn in_segments(settings: Settings) -> Self {
        Self::set_up(settings)
    }
}

impl<S: Speech> Ours<S> {
    fn set_up(settings: Settings) -> Self {
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
        Self::configured(settings, connection)
    }

    fn configured(settings: Settings, connection: Config) -> Self {
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
            speech: S::new(&settings),
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

impl<S: Speech> Peer for Ours<S> {
    type Packet = S::Packet;

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

    fn receive(&mut self, now: Instant, packet: S::Packet) {
        let (host, outbox) = (&mut self.host, &mut self.outbox);
        self.speech.hear(packet, |source, destination, segment| {
            host.take(now, source, destination, segment, outbox);
        });
    }

    fn poll(&mut self, now: Instant) {
        if self.host.next_timeout().is_some_and(|at| at <= now) {
            self.host.run_timers(now, &mut self.outbox);
        }
        self.note();
    }

    fn take_sent(&mut self, into: &mut Vec<S::Packet>) {
        self.speech.say(&mut self.outbox.packets, into);
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
        while self.host.is_readable(connection) {
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
        false
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
