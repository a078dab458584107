//! The calls that a program makes, and what comes of them.

use tcpscope_tcp::{
    Call, CallError, Errno, Fd, Instant, Outbox, Reply, Shutdown, SocketOption, State,
};

use super::Host;
use super::process::{Blocked, Connected, Listens, Process};
use crate::{AppCall, CallResult, Connect, HostId, Setup, Want};

/// Who calls, where and when.
pub(super) struct On<'a> {
    pub(super) now: Instant,
    pub(super) host: &'a mut Host,
    pub(super) setup: &'a Setup,
    pub(super) id: HostId,
    pub(super) out: &'a mut Outbox,
}

impl Process {
    /// Makes the call of its present line, or goes on with it.
    pub(super) fn call(&mut self, on: &mut On<'_>) -> Option<CallResult> {
        let call = &on.setup.hosts[on.id.index()].script.get(self.line())?.call;
        let result = match self.blocked.take() {
            Some(Blocked::Send(data)) => self.send(on, &data),
            Some(Blocked::Receive { octets_left }) => self.receive(on, octets_left),
            Some(Blocked::Generate { octets_left, made }) => self.generate(on, octets_left, made),
            Some(Blocked::Type { octets_left, made, next }) => {
                self.type_next(on, octets_left, made, next, call)
            }
            Some(Blocked::Accept) => self.accept(on, call),
            None => self.begin(on, call),
        };
        if self.blocked.is_none() {
            self.go_on(on.now);
            if matches!(result, CallResult::Failed(_)) {
                self.fail_unless_goes_on(call);
            }
        }
        Some(result)
    }

    /// Somebody else makes a call in its name; its own line stays.
    pub(super) fn interfere(&mut self, on: &mut On<'_>, call: &AppCall) -> CallResult {
        let blocked = self.blocked.take();
        let result = self.begin(on, call);
        self.blocked = blocked;
        result
    }

    fn begin(&mut self, on: &mut On<'_>, call: &AppCall) -> CallResult {
        let own = on.setup.hosts[on.id.index()].address.port();
        match call {
            AppCall::Open { active: true } => self.open(on),
            AppCall::Open { active: false } => self.open_passively(on, own),
            AppCall::Connect(connect) => self.connect(on, connect),
            AppCall::Bind { port } => self.bind(on, *port),
            AppCall::Listen { backlog } => self.listen(on, *backlog, own),
            AppCall::Accept | AppCall::Serve { .. } => self.accept(on, call),
            AppCall::Set(option) => self.set(on, *option),
            AppCall::Send(data) => self.send(on, data),
            AppCall::Generate { octets } => self.generate(on, *octets, 0),
            AppCall::Type { octets, .. } => self.type_next(on, *octets, 0, on.now, call),
            AppCall::Receive(Want::Octets(octets)) => self.receive(on, *octets),
            AppCall::Receive(Want::All) => self.receive(on, u64::MAX),
            AppCall::Shutdown(how) => self.shutdown(on, *how),
            AppCall::Close => self.request(on, Call::Close),
            AppCall::Abort => {
                let result = self.request(on, Call::Abort);
                // A passive OPEN is over with the connection that had come of it.
                if let Some(Connected { fd: None, .. }) = self.connected
                    && let Some(listens) = self.listens.take()
                {
                    self.connected = None;
                    on.host.tcp.release(on.now, listens.fd, on.out);
                }
                result
            }
            AppCall::Release => self.release(on),
            AppCall::Exit => self.exit(on),
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
            | AppCall::Exit
            | AppCall::Repeat { .. }
            | AppCall::SendTo { .. }
            | AppCall::Forge(_)
            | AppCall::Nothing => {}
        }
    }

    /// The active OPEN, from the host's own port to its peer's.
    fn open(&mut self, on: &mut On<'_>) -> CallResult {
        if self.connected.is_some() && self.state(&on.host.tcp) != State::Closed {
            return CallResult::Refused(CallError::AlreadyExists);
        }
        if let Some(listens) = self.listens.take() {
            on.host.tcp.release(on.now, listens.fd, on.out);
        }
        let own = on.setup.hosts[on.id.index()].address.port();
        if self.fresh.is_none() {
            self.let_go(on.now, &mut on.host.tcp, on.out);
            if let Err(error) = self.bind_fresh(on, own) {
                return CallResult::Failed(error);
            }
        }
        self.connect(on, &Connect::default())
    }

    fn connect(&mut self, on: &mut On<'_>, connect: &Connect) -> CallResult {
        self.let_go(on.now, &mut on.host.tcp, on.out);
        let to =
            on.setup.hosts[connect.to.unwrap_or_else(|| on.setup.peer_of(on.id)).index()].address;
        let to = core::net::SocketAddrV4::new(*to.ip(), connect.port.unwrap_or_else(|| to.port()));
        let fd = self.fresh.take().unwrap_or_else(|| on.host.tcp.socket());
        let result = match &connect.early {
            Some(data) => on.host.tcp.connect_with(on.now, fd, to, data, on.out),
            None => on.host.tcp.connect(on.now, fd, to, on.out).map(|()| 0),
        };
        match result {
            Ok(_) | Err(Errno::InProgress) => {
                let key = on.host.tcp.key_of(fd);
                self.connected = key.map(|key| Connected { fd: Some(fd), key });
                result.map_or(CallResult::Ok, CallResult::Sent)
            }
            Err(error) => {
                on.host.tcp.release(on.now, fd, on.out);
                CallResult::Failed(error)
            }
        }
    }

    fn bind(&mut self, on: &mut On<'_>, port: u16) -> CallResult {
        let result = match self.fresh {
            Some(fd) => on.host.tcp.bind(fd, port),
            None => self.bind_fresh(on, port),
        };
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    /// A new socket with a port. Programs of a run come back to their port, as servers do.
    fn bind_fresh(&mut self, on: &mut On<'_>, port: u16) -> Result<(), Errno> {
        let fd = on.host.tcp.socket();
        let bound = on
            .host
            .tcp
            .set_option(on.now, fd, SocketOption::ReuseAddr(true), on.out)
            .and_then(|()| on.host.tcp.bind(fd, port));
        match bound {
            Ok(()) => self.fresh = Some(fd),
            Err(_) => on.host.tcp.release(on.now, fd, on.out),
        }
        bound
    }

    fn open_passively(&mut self, on: &mut On<'_>, own: u16) -> CallResult {
        if self.state(&on.host.tcp) != State::Closed {
            return CallResult::Refused(CallError::AlreadyExists);
        }
        self.let_go(on.now, &mut on.host.tcp, on.out);
        let result = self.listen(on, 0, own);
        if let Some(listens) = &mut self.listens {
            listens.once = true;
        }
        result
    }

    fn listen(&mut self, on: &mut On<'_>, backlog: u32, own: u16) -> CallResult {
        if let Some(Listens { fd, once: false }) = self.listens
            && self.fresh.is_none()
        {
            let result = on.host.tcp.listen_at(on.now, fd, backlog, on.out);
            return result.map_or_else(CallResult::Failed, |()| CallResult::Ok);
        }
        if self.fresh.is_none()
            && let Err(error) = self.bind_fresh(on, own)
        {
            return CallResult::Failed(error);
        }
        let Some(fd) = self.fresh.take() else {
            return CallResult::Failed(Errno::BadDescriptor);
        };
        match on.host.tcp.listen_at(on.now, fd, backlog, on.out) {
            Ok(()) => {
                self.listens = Some(Listens { fd, once: false });
                CallResult::Ok
            }
            Err(error) => {
                on.host.tcp.release(on.now, fd, on.out);
                CallResult::Failed(error)
            }
        }
    }

    /// Takes a connection that is ready, or waits for one. A server begins a program for each.
    fn accept(&mut self, on: &mut On<'_>, call: &AppCall) -> CallResult {
        let Some(Listens { fd: listener, .. }) = self.listens else {
            return CallResult::Failed(Errno::InvalidArgument);
        };
        let accepted = on.host.tcp.accept(listener).map(|(fd, _)| (fd, on.host.tcp.key_of(fd)));
        let (fd, key) = match accepted {
            Ok((fd, Some(key))) => (fd, key),
            Ok((_, None)) | Err(Errno::Again) => {
                self.blocked = Some(Blocked::Accept);
                return CallResult::Waits;
            }
            Err(error) => return CallResult::Failed(error),
        };
        if let AppCall::Serve { lines } = call {
            on.host.spawn(Process::handler(self.block(*lines), on.now, fd, key));
            self.blocked = Some(Blocked::Accept);
        } else {
            let mut unseen = Outbox::unobserved();
            self.let_go(on.now, &mut on.host.tcp, &mut unseen);
            self.connected = Some(Connected { fd: Some(fd), key });
        }
        CallResult::Ok
    }

    fn set(&mut self, on: &mut On<'_>, option: SocketOption) -> CallResult {
        let fd = match (self.fresh, self.descriptor(), self.listener()) {
            (Some(fd), ..) | (None, Some(fd), _) | (None, None, Some(fd)) => fd,
            (None, None, None) => *self.fresh.insert(on.host.tcp.socket()),
        };
        let result = on.host.tcp.set_option(on.now, fd, option, on.out);
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    fn shutdown(&mut self, on: &mut On<'_>, how: Shutdown) -> CallResult {
        let Some(fd) = self.descriptor() else { return CallResult::Failed(Errno::NotConnected) };
        let result = on.host.tcp.shutdown(on.now, fd, how, on.out);
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    /// `close` of the descriptor: of the connection's, or else of the listener's.
    fn release(&mut self, on: &mut On<'_>) -> CallResult {
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
        let result = on.host.tcp.close(on.now, fd, on.out);
        result.map_or_else(CallResult::Failed, |()| CallResult::Ok)
    }

    /// The program ends, and the system closes what it leaves behind. What follows is done by the
    /// program begun anew.
    fn exit(&mut self, on: &mut On<'_>) -> CallResult {
        while let CallResult::Ok = self.release(on) {}
        CallResult::Ok
    }

    /// A call that returns nothing.
    fn request(&mut self, on: &mut On<'_>, call: Call) -> CallResult {
        let result = self.ask(on, call);
        if self.connected.is_none()
            && let Some(listens) = self.listens
            && result.is_ok()
        {
            self.listens = None;
            on.host.tcp.release(on.now, listens.fd, on.out);
        }
        result.map_or_else(CallResult::Refused, |_| CallResult::Ok)
    }

    /// A call upon the connection, or else upon the listener, which is in LISTEN.
    pub(super) fn ask(&self, on: &mut On<'_>, call: Call) -> Result<Reply, CallError> {
        match (self.connected, self.listens) {
            (Some(connected), _) => on.host.tcp.request(on.now, connected.key, call, on.out),
            (None, Some(listens)) => on.host.tcp.request_listener(on.now, listens.fd, call, on.out),
            (None, None) => on.host.tcp.request_nothing(on.now, call, on.out),
        }
    }

    fn descriptor(&self) -> Option<Fd> {
        self.connected.and_then(|connected| connected.fd)
    }
}
