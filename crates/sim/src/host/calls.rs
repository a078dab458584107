//! The calls that a program makes, and what comes of them.

use alloc::format;

use bytes::Bytes;
use tcpscope_tcp::{
    Call, CallError, Errno, Fd, Instant, Outbox, Reply, Shutdown, SocketOption, State,
};

use super::Host;
use super::process::{Blocked, Connected, Listens, Process};
use crate::{AppCall, CallResult, Connect, HostId, Setup, Want};

/// So many octets are made at a time.
const PIECE: u64 = 65_536;

impl Process {
    /// Makes the call of its present line, or goes on with it.
    pub(super) fn call(
        &mut self,
        now: Instant,
        host: &mut Host,
        setup: &Setup,
        id: HostId,
        out: &mut Outbox,
    ) -> Option<CallResult> {
        let call = &setup.hosts[id.index()].script.get(self.line())?.call;
        let result = match self.blocked.take() {
            Some(Blocked::Send(data)) => self.send(now, &data, host, out),
            Some(Blocked::Receive { octets_left }) => self.receive(now, octets_left, host, out),
            Some(Blocked::Generate { octets_left, made }) => {
                self.generate(now, octets_left, made, host, out)
            }
            Some(Blocked::Type { octets_left, made, next }) => {
                self.type_next(now, octets_left, made, next, call, host, out)
            }
            Some(Blocked::Accept) => self.accept(now, call, host),
            None => self.begin(now, call, host, setup, id, out),
        };
        if self.blocked.is_none() {
            self.go_on(now);
            if matches!(result, CallResult::Failed(_)) {
                self.fail_unless_goes_on(call);
            }
        }
        Some(result)
    }

    /// Somebody else makes a call in its name; its own line stays.
    pub(super) fn interfere(
        &mut self,
        now: Instant,
        call: &AppCall,
        host: &mut Host,
        setup: &Setup,
        id: HostId,
        out: &mut Outbox,
    ) -> CallResult {
        let blocked = self.blocked.take();
        let result = self.begin(now, call, host, setup, id, out);
        self.blocked = blocked;
        result
    }

    fn begin(
        &mut self,
        now: Instant,
        call: &AppCall,
        host: &mut Host,
        setup: &Setup,
        id: HostId,
        out: &mut Outbox,
    ) -> CallResult {
        let own = setup.hosts[id.index()].address.port();
        match call {
            AppCall::Open { active: true } => self.open(now, host, setup, id, out),
            AppCall::Open { active: false } => self.open_passively(now, own, host, out),
            AppCall::Connect(connect) => self.connect(now, connect, host, setup, id, out),
            AppCall::Bind { port } => self.bind(now, *port, host, out),
            AppCall::Listen { backlog } => self.listen(now, *backlog, own, host, out),
            AppCall::Accept | AppCall::Serve { .. } => self.accept(now, call, host),
            AppCall::Set(option) => self.set(now, *option, host, out),
            AppCall::Send(data) => self.send(now, data, host, out),
            AppCall::Generate { octets } => self.generate(now, *octets, 0, host, out),
            AppCall::Type { octets, .. } => self.type_next(now, *octets, 0, now, call, host, out),
            AppCall::Receive(Want::Octets(octets)) => self.receive(now, *octets, host, out),
            AppCall::Receive(Want::All) => self.receive(now, u64::MAX, host, out),
            AppCall::Shutdown(how) => self.shutdown(now, *how, host, out),
            AppCall::Close => self.request(now, Call::Close, host, out),
            AppCall::Abort => {
                let result = self.request(now, Call::Abort, host, out);
                // A passive OPEN is over with the connection that had come of it.
                if let Some(Connected { fd: None, .. }) = self.connected
                    && let Some(listens) = self.listens.take()
                {
                    self.connected = None;
                    host.tcp.release(now, listens.fd, out);
                }
                result
            }
            AppCall::Release => self.release(now, host, out),
            AppCall::Repeat { times, lines } => {
                self.enter_loop(*lines, *times);
                CallResult::Ok
            }
            AppCall::SendTo { octets, .. } => CallResult::Sent(*octets),
            AppCall::Forge(_) | AppCall::Nothing => CallResult::Ok,
        }
    }

    /// Without a socket there is nothing more to do; an option that is refused changes nothing.
    fn fail_unless_goes_on(&mut self, call: &AppCall) {
        match call {
            AppCall::Open { .. }
            | AppCall::Connect(_)
            | AppCall::Bind { .. }
            | AppCall::Listen { .. }
            | AppCall::Accept
            | AppCall::Serve { .. } => self.fail(),
            AppCall::Set(_)
            | AppCall::Send(_)
            | AppCall::Generate { .. }
            | AppCall::Type { .. }
            | AppCall::Receive(_)
            | AppCall::Shutdown(_)
            | AppCall::Close
            | AppCall::Abort
            | AppCall::Release
            | AppCall::Repeat { .. }
            | AppCall::SendTo { .. }
            | AppCall::Forge(_)
            | AppCall::Nothing => {}
        }
    }

    /// The active OPEN, from the host's own port to its peer's.
    fn open(
        &mut self,
        now: Instant,
        host: &mut Host,
        setup: &Setup,
        id: HostId,
        out: &mut Outbox,
    ) -> CallResult {
        if self.connected.is_some() && self.state(&host.tcp) != State::Closed {
            return CallResult::Refused(CallError::AlreadyExists);
        }
        if let Some(listens) = self.listens.take() {
            host.tcp.release(now, listens.fd, out);
        }
        let own = setup.hosts[id.index()].address.port();
        if self.fresh.is_none() {
            self.let_go(now, &mut host.tcp, out);
            if let Err(error) = self.bind_fresh(now, own, host, out) {
                return CallResult::Failed(error);
            }
        }
        self.connect(now, &Connect::default(), host, setup, id, out)
    }

    fn connect(
        &mut self,
        now: Instant,
        connect: &Connect,
        host: &mut Host,
        setup: &Setup,
        id: HostId,
        out: &mut Outbox,
    ) -> CallResult {
        self.let_go(now, &mut host.tcp, out);
        let to = setup.hosts[connect.to.unwrap_or_else(|| setup.peer_of(id)).index()].address;
        let to = core::net::SocketAddrV4::new(*to.ip(), connect.port.unwrap_or_else(|| to.port()));
        let fd = self.fresh.take().unwrap_or_else(|| host.tcp.socket());
        let result = match &connect.early {
            Some(data) => host.tcp.connect_with(now, fd, to, data, out),
            None => host.tcp.connect(now, fd, to, out).map(|()| 0),
        };
        match result {
            Ok(_) | Err(Errno::InProgress) => {
                let key = host.tcp.key_of(fd);
                self.connected = key.map(|key| Connected { fd: Some(fd), key });
                result.map_or(CallResult::Ok, CallResult::Sent)
            }
            Err(error) => {
                host.tcp.release(now, fd, out);
                CallResult::Failed(error)
            }
        }
    }

    fn bind(&mut self, now: Instant, port: u16, host: &mut Host, out: &mut Outbox) -> CallResult {
        let result = match self.fresh {
            Some(fd) => host.tcp.bind(fd, port),
            None => self.bind_fresh(now, port, host, out),
        };
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    /// A new socket with a port. Programs of a run come back to their port, as servers do.
    fn bind_fresh(
        &mut self,
        now: Instant,
        port: u16,
        host: &mut Host,
        out: &mut Outbox,
    ) -> Result<(), Errno> {
        let fd = host.tcp.socket();
        let bound = host
            .tcp
            .set_option(now, fd, SocketOption::ReuseAddr(true), out)
            .and_then(|()| host.tcp.bind(fd, port));
        match bound {
            Ok(()) => self.fresh = Some(fd),
            Err(_) => host.tcp.release(now, fd, out),
        }
        bound
    }

    fn open_passively(
        &mut self,
        now: Instant,
        own: u16,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        if self.state(&host.tcp) != State::Closed {
            return CallResult::Refused(CallError::AlreadyExists);
        }
        self.let_go(now, &mut host.tcp, out);
        let result = self.listen(now, 0, own, host, out);
        if let Some(listens) = &mut self.listens {
            listens.once = true;
        }
        result
    }

    fn listen(
        &mut self,
        now: Instant,
        backlog: u32,
        own: u16,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        if let Some(Listens { fd, once: false }) = self.listens
            && self.fresh.is_none()
        {
            let result = host.tcp.listen_at(now, fd, backlog, out);
            return result.map_or_else(CallResult::Failed, |()| CallResult::Ok);
        }
        if self.fresh.is_none()
            && let Err(error) = self.bind_fresh(now, own, host, out)
        {
            return CallResult::Failed(error);
        }
        let Some(fd) = self.fresh.take() else {
            return CallResult::Failed(Errno::BadDescriptor);
        };
        match host.tcp.listen_at(now, fd, backlog, out) {
            Ok(()) => {
                self.listens = Some(Listens { fd, once: false });
                CallResult::Ok
            }
            Err(error) => {
                host.tcp.release(now, fd, out);
                CallResult::Failed(error)
            }
        }
    }

    /// Takes a connection that is ready, or waits for one. A server begins a program for each.
    fn accept(&mut self, now: Instant, call: &AppCall, host: &mut Host) -> CallResult {
        let Some(Listens { fd: listener, .. }) = self.listens else {
            return CallResult::Failed(Errno::InvalidArgument);
        };
        let accepted = host.tcp.accept(listener).map(|(fd, _)| (fd, host.tcp.key_of(fd)));
        let (fd, key) = match accepted {
            Ok((fd, Some(key))) => (fd, key),
            Ok((_, None)) | Err(Errno::Again) => {
                self.blocked = Some(Blocked::Accept);
                return CallResult::Waits;
            }
            Err(error) => return CallResult::Failed(error),
        };
        if let AppCall::Serve { lines } = call {
            host.spawn(Process::handler(self.block(*lines), now, fd, key));
            self.blocked = Some(Blocked::Accept);
        } else {
            let mut unseen = Outbox::unobserved();
            self.let_go(now, &mut host.tcp, &mut unseen);
            self.connected = Some(Connected { fd: Some(fd), key });
        }
        CallResult::Ok
    }

    fn set(
        &mut self,
        now: Instant,
        option: SocketOption,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let fd = match (self.fresh, self.descriptor(), self.listener()) {
            (Some(fd), ..) | (None, Some(fd), _) | (None, None, Some(fd)) => fd,
            (None, None, None) => *self.fresh.insert(host.tcp.socket()),
        };
        let result = host.tcp.set_option(now, fd, option, out);
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    fn shutdown(
        &mut self,
        now: Instant,
        how: Shutdown,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let Some(fd) = self.descriptor() else { return CallResult::Failed(Errno::NotConnected) };
        let result = host.tcp.shutdown(now, fd, how, out);
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    /// `close` of the descriptor: of the connection's, or else of the listener's.
    fn release(&mut self, now: Instant, host: &mut Host, out: &mut Outbox) -> CallResult {
        let fd = match (self.descriptor(), self.listens) {
            (Some(fd), _) => {
                self.connected = None;
                fd
            }
            (None, Some(listens)) => {
                self.listens = None;
                listens.fd
            }
            (None, None) => match self.fresh.take() {
                Some(fd) => fd,
                None => return CallResult::Failed(Errno::BadDescriptor),
            },
        };
        let result = host.tcp.close(now, fd, out);
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    fn send(
        &mut self,
        now: Instant,
        data: &Bytes,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let result = self.send_some(now, data, host, out);
        let sent = match result {
            CallResult::Sent(octets) => octets as usize,
            CallResult::Waits => 0,
            CallResult::Ok
            | CallResult::Received(_)
            | CallResult::EndOfStream
            | CallResult::Refused(_)
            | CallResult::Failed(_) => return result,
        };
        let rest = data.slice(sent..);
        if !rest.is_empty() {
            self.blocked = Some(Blocked::Send(rest));
        }
        result
    }

    fn generate(
        &mut self,
        now: Instant,
        octets_left: u64,
        made: u64,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let data = text(made, octets_left.min(PIECE));
        let result = self.send_some(now, &data, host, out);
        let sent = match result {
            CallResult::Sent(octets) => u64::from(octets),
            CallResult::Waits => 0,
            CallResult::Ok
            | CallResult::Received(_)
            | CallResult::EndOfStream
            | CallResult::Refused(_)
            | CallResult::Failed(_) => return result,
        };
        if octets_left > sent {
            let (octets_left, made) = (octets_left - sent, made + sent);
            self.blocked = Some(Blocked::Generate { octets_left, made });
        }
        result
    }

    fn type_next(
        &mut self,
        now: Instant,
        octets_left: u64,
        made: u64,
        next: Instant,
        call: &AppCall,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let AppCall::Type { every, .. } = call else { return CallResult::Ok };
        let result = self.send_some(now, &text(made, octets_left.min(1)), host, out);
        let sent = match result {
            CallResult::Sent(octets) => u64::from(octets),
            CallResult::Waits => 0,
            CallResult::Ok
            | CallResult::Received(_)
            | CallResult::EndOfStream
            | CallResult::Refused(_)
            | CallResult::Failed(_) => return result,
        };
        if octets_left > sent {
            let next = if sent > 0 { next + *every } else { next };
            let (octets_left, made) = (octets_left - sent, made + sent);
            self.blocked = Some(Blocked::Type { octets_left, made, next });
        }
        result
    }

    /// SEND of as much as there is room for.
    fn send_some(
        &self,
        now: Instant,
        data: &Bytes,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let call = Call::Send { data: data.clone(), push: true, urgent: false };
        let sent = match self.ask(now, call, host, out) {
            Ok(Reply::Sent { octets }) => octets,
            Ok(_) | Err(CallError::InsufficientResources) => 0,
            Err(error) => return CallResult::Refused(error),
        };
        if sent == 0 && !data.is_empty() { CallResult::Waits } else { CallResult::Sent(sent) }
    }

    fn receive(
        &mut self,
        now: Instant,
        want: u64,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let max = u32::try_from(want).unwrap_or(u32::MAX);
        let (result, octets_left) = match self.ask(now, Call::Receive { max }, host, out) {
            Ok(Reply::Received { data, .. }) => {
                let octets = u32::try_from(data.len()).unwrap_or(u32::MAX);
                (CallResult::Received(octets), want - u64::from(octets))
            }
            Ok(Reply::EndOfStream) => (CallResult::EndOfStream, 0),
            Ok(_) => (CallResult::Waits, want),
            Err(error) => (CallResult::Refused(error), 0),
        };
        if octets_left > 0 {
            self.blocked = Some(Blocked::Receive { octets_left });
        }
        result
    }

    /// A call that returns nothing.
    fn request(
        &mut self,
        now: Instant,
        call: Call,
        host: &mut Host,
        out: &mut Outbox,
    ) -> CallResult {
        let result = self.ask(now, call, host, out);
        if self.connected.is_none()
            && let Some(listens) = self.listens
            && result.is_ok()
        {
            self.listens = None;
            host.tcp.release(now, listens.fd, out);
        }
        result.map_or_else(CallResult::Refused, |_| CallResult::Ok)
    }

    /// A call upon the connection, or else upon the listener, which is in LISTEN.
    fn ask(
        &self,
        now: Instant,
        call: Call,
        host: &mut Host,
        out: &mut Outbox,
    ) -> Result<Reply, CallError> {
        match (self.connected, self.listens) {
            (Some(connected), _) => host.tcp.request(now, connected.key, call, out),
            (None, Some(listens)) => host.tcp.request_listener(now, listens.fd, call, out),
            (None, None) => host.tcp.request_nothing(now, call, out),
        }
    }

    fn descriptor(&self) -> Option<Fd> {
        self.connected.and_then(|connected| connected.fd)
    }
}

/// The message of a datagram: its number, and then text.
pub(crate) fn datagram(number: u32, octets: u32) -> Bytes {
    let mut message = format!("message {number}\n").into_bytes();
    message.extend_from_slice(&text(0, octets.into()));
    message.truncate(usize::try_from(octets).unwrap_or(usize::MAX));
    message.into()
}

/// Octets of a text in which each line tells where it begins, on from the place `from`.
fn text(from: u64, octets: u64) -> Bytes {
    (from..from.saturating_add(octets)).map(octet).collect()
}

fn octet(place: u64) -> u8 {
    const LINE: &[u8; 20] = b"octets from 0000000\n";
    let column = place % 20;
    if !(12..19).contains(&column) {
        return usize::try_from(column).ok().and_then(|at| LINE.get(at)).copied().unwrap_or(0);
    }
    let power = u32::try_from(18 - column).unwrap_or(0);
    let digit = (place - column) / 10_u64.pow(power) % 10;
    u8::try_from(digit).map_or(0, |digit| b'0' + digit)
}
