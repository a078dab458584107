//! `connect`: the active OPEN (RFC 9293 §3.10.1).

use core::net::SocketAddrV4;

use bytes::Bytes;

use super::arrives::may_be_a_host;
use super::socket::Kind;
use super::table::{Holder, Tuple};
use super::{Errno, Fd, Host, Outbox};
use crate::{Call, Connection, Duration, FastOpenCookie, Instant, Isn, Opening, Reason, Reply};
use crate::{SeqNumber, State};

/// How long a connection has been in TIME-WAIT before its four-tuple is used again: by then our
/// timestamps are newer than all that it sent.
const REST: Duration = Duration::from_secs(1);

impl Host {
    /// Begins to open a connection.
    ///
    /// # Errors
    /// Always: [`Errno::InProgress`] once the SYN is on its way; [`Errno::Already`] while the
    /// connection is being opened, [`Errno::IsConnected`] once it was; [`Errno::AddressInUse`]
    /// where there is such a connection already; [`Errno::AddressNotAvailable`] where no port is
    /// left, or `to` has none; [`Errno::NetworkUnreachable`] where `to` can be no host
    /// (RFC 9293 §3.9.2.3, MUST-46); [`Errno::OperationNotSupported`] on a listener.
    pub fn connect(
        &mut self,
        now: Instant,
        fd: Fd,
        to: SocketAddrV4,
        out: &mut Outbox,
    ) -> Result<(), Errno> {
        self.prepare_to_connect(fd, to, out)?;
        self.open(now, fd, to, None, out)?;
        Err(Errno::InProgress)
    }

    /// Whether the socket may begin a connection to `to`. One that failed to open is forgotten.
    pub(super) fn prepare_to_connect(
        &mut self,
        fd: Fd,
        to: SocketAddrV4,
        out: &Outbox,
    ) -> Result<(), Errno> {
        self.observe(out);
        let socket = self.sockets.get(&fd).ok_or(Errno::BadDescriptor)?;
        match socket.kind {
            Kind::Fresh => {}
            Kind::Listening(_) => return Err(Errno::OperationNotSupported),
            Kind::Connected(id) => {
                let connection = self.connections.get(id).map(|entry| &entry.connection);
                match connection.map_or(State::Closed, Connection::state) {
                    State::SynSent | State::SynReceived => return Err(Errno::Already),
                    // An opening that failed may be tried again.
                    State::Closed if connection.is_none_or(Connection::was_never_open) => {
                        self.connections.remove(id);
                    }
                    State::Closed
                    | State::Listen
                    | State::Established
                    | State::FinWait1
                    | State::FinWait2
                    | State::CloseWait
                    | State::Closing
                    | State::LastAck
                    | State::TimeWait => return Err(Errno::IsConnected),
                }
            }
        }
        self.socket_mut(fd)?.kind = Kind::Fresh;
        if !may_be_a_host(*to.ip()) {
            return Err(Errno::NetworkUnreachable);
        }
        if to.port() == 0 {
            return Err(Errno::AddressNotAvailable);
        }
        Ok(())
    }

    /// Sends the SYN, with text under a cookie where Fast Open has it so; says how much text was
    /// taken.
    pub(super) fn open(
        &mut self,
        now: Instant,
        fd: Fd,
        to: SocketAddrV4,
        fast: Option<(&Bytes, Option<FastOpenCookie>)>,
        out: &mut Outbox,
    ) -> Result<u32, Errno> {
        let socket = self.socket_mut(fd)?;
        let (options, bound) = (socket.options, socket.port);
        let port = match bound {
            Some(port) => port,
            None => self.ephemeral_port_to(to).ok_or(Errno::AddressNotAvailable)?,
        };
        let tuple = Tuple::new(port, to);
        let after = self.make_way(now, tuple, out)?;
        let local = SocketAddrV4::new(self.config.address, port);
        let isn = self.isn(now, local, to, after);
        let mut config = self.config_of(&options);
        config.timestamp_offset = self.timestamp_offset(local, to);
        let mut connection = Connection::new(config);
        let effects = &mut self.effects;
        let reply = match fast {
            Some((data, cookie)) => connection.open_fast(now, isn, cookie, data, effects),
            None => connection.call(now, Call::Open(Opening::Active { isn }), effects),
        };
        let id = self.connections.insert(connection, tuple, Holder::Descriptor(fd));
        self.socket_mut(fd)?.kind = Kind::Connected(id);
        self.settle(now, id, out);
        Ok(if let Ok(Reply::Sent { octets }) = reply { octets } else { 0 })
    }

    /// Sees to it that no connection has this four-tuple. One in TIME-WAIT gives way if our
    /// timestamps tell its segments from the new one's (RFC 6191); what it sent last is returned.
    fn make_way(
        &mut self,
        now: Instant,
        tuple: Tuple,
        out: &mut Outbox,
    ) -> Result<Option<SeqNumber>, Errno> {
        let Some(id) = self.connections.find(tuple) else { return Ok(None) };
        let entry = self.connections.get_mut(id).ok_or(Errno::AddressInUse)?;
        let old = &mut entry.connection;
        let rested = now.since(old.now) >= REST;
        if old.state() != State::TimeWait
            || !old.config.time_wait_reuse
            || !old.agreed.timestamps
            || !rested
        {
            return Err(Errno::AddressInUse);
        }
        let nxt = old.snd.nxt;
        old.delete_tcb(Reason::TimeWaitReopens { seq: nxt, rcv_nxt: nxt }, &mut self.effects);
        self.settle(now, id, out);
        Ok(Some(nxt))
    }

    /// What a connection's timestamps are offset by: drawn, or as the configuration has it.
    pub(super) fn timestamp_offset(&self, local: SocketAddrV4, remote: SocketAddrV4) -> u32 {
        if self.config.draws_timestamp_offsets {
            self.secrets.timestamp_offset(local, remote)
        } else {
            self.config.connection.timestamp_offset
        }
    }

    /// Where the initial sequence number of a connection comes from: what the configuration says,
    /// or RFC 6528; but beyond `after`, where an older connection of the same two used the numbers
    /// up to there (RFC 6191 §2).
    pub(super) fn isn(
        &self,
        now: Instant,
        local: SocketAddrV4,
        remote: SocketAddrV4,
        after: Option<SeqNumber>,
    ) -> Isn {
        if let Some(iss) = self.config.iss {
            return Isn::Given(iss);
        }
        let secret = self.config.isn_secret.unwrap_or(self.secrets.isn);
        let isn = Isn::keyed(secret, local, remote);
        match after {
            Some(nxt) if !isn.at(now).after(nxt) => Isn::Given(nxt + BEYOND),
            Some(_) | None => isn,
        }
    }
}

/// How far beyond an older connection's numbers a new one's begin: more than a window without
/// scaling.
const BEYOND: u32 = 65_537;

impl Connection {
    /// Whether our SYN was never acknowledged.
    fn was_never_open(&self) -> bool {
        !self.outgoing.syn_acked
    }

    /// Whether the write side is shut.
    pub(super) const fn is_closing(&self) -> bool {
        self.outgoing.closing
    }
}
