//! The calls of a run's application, as a socket's user makes them. None of its sockets waits: a
//! call that has to is made again when it can be done, as the run has it.

use tcpscope_sim::{AppCall, CallResult, Record, Want};
use tcpscope_tcp::{Duration, Errno, Shutdown, SocketOption, State};

use super::{Listens, Teller, Untellable, untellable};
use crate::{Call, Does, Returns};

/// So many octets are made at a time (`generate`).
const PIECE: u64 = 65_536;

/// As many octets as a line may ask for.
const MOST_OCTETS: u64 = 1 << 24;

/// No descriptor.
const NONE: i64 = -1;

impl Teller<'_> {
    /// The application called, and this came of it.
    pub(super) fn call(
        &mut self,
        record: &Record,
        line: usize,
        result: CallResult,
    ) -> Result<(), Untellable> {
        let setup = self.setup;
        let host = &setup.hosts[self.host.index()];
        if !host.further.is_empty() {
            return untellable(format!(
                "{} runs several programs at once: a script has one",
                self.name()
            ));
        }
        let Some(step) = host.script.get(line) else { return Ok(()) };
        match &step.call {
            AppCall::Open { active: true } => {
                if result == CallResult::Ok {
                    self.bind(record, host.address.port());
                }
                self.connect(record, result)
            }
            AppCall::Connect(connect) => {
                if connect.early.is_some() {
                    return untellable("text in the SYN (RFC 7413) has no call here");
                }
                self.connect(record, result)
            }
            AppCall::Open { active: false } => {
                self.bind(record, host.address.port());
                self.listen(record, 0, true, result)
            }
            AppCall::Bind { port } => {
                self.bind(record, *port);
                self.comes(record, result)
            }
            AppCall::Listen { backlog } => {
                if self.fresh.is_none() && self.listens.is_none() {
                    self.bind(record, host.address.port());
                }
                self.listen(record, (*backlog).into(), false, result)
            }
            AppCall::Accept | AppCall::Serve { .. } => self.accept(record, result),
            AppCall::Set(option) => self.set(record, *option, result),
            AppCall::Send(data) => {
                let octets = u64::try_from(data.len()).unwrap_or(u64::MAX);
                self.send(record, line, (octets, u64::MAX), result)
            }
            AppCall::Generate { octets } => self.send(record, line, (*octets, PIECE), result),
            AppCall::Type { octets, .. } => self.send(record, line, (*octets, 1), result),
            AppCall::Receive(want) => self.receive(record, *want, result),
            AppCall::Close => self.close(record, result),
            AppCall::Abort => untellable(
                "ABORT (RFC 9293 §3.10.5) is no call of a socket: SO_LINGER of zero resets with an \
                 acknowledgment",
            ),
            AppCall::Shutdown(how) => {
                let call = Call::Shutdown { fd: self.connected.unwrap_or(NONE), how: *how };
                self.make(record, call, result)
            }
            AppCall::Release => {
                let fd = self.connected.take().or_else(|| self.let_go());
                self.make(record, Call::Close { fd: fd.unwrap_or(NONE) }, result)
            }
            AppCall::Exit => {
                while let Some(fd) = self.connected.take().or_else(|| self.let_go()) {
                    self.calls(record.at, Call::Close { fd }, 0);
                }
                Ok(())
            }
            AppCall::SendTo { .. } => untellable("a datagram of UDP: a script is about TCP"),
            AppCall::Forge(_) => untellable("a forged segment: no TCP sends it"),
            AppCall::Repeat { .. } | AppCall::Nothing => Ok(()),
        }
    }

    /// The listener or the socket that is nothing yet.
    fn let_go(&mut self) -> Option<i64> {
        self.listens.take().map(|listens| listens.fd).or_else(|| self.fresh.take())
    }

    /// The socket that is nothing yet; a new one, where there is none.
    fn socket(&mut self, record: &Record) -> i64 {
        if let Some(fd) = self.fresh {
            return fd;
        }
        let fd = self.new_fd();
        self.calls(record.at, Call::Socket { is_nonblocking: true }, fd);
        self.fresh = Some(fd);
        fd
    }

    /// A socket with a port. Programs of a run come back to their port, as servers do.
    fn bind(&mut self, record: &Record, port: u16) {
        let is_new = self.fresh.is_none();
        let fd = self.socket(record);
        if is_new {
            let option = SocketOption::ReuseAddr(true);
            self.calls(record.at, Call::SetOption { fd, option }, 0);
        }
        let (local, _) = self.numbers.ends(self.setup.hosts[self.host.index()].address);
        let port = (port != local.port()).then_some(port);
        self.calls(record.at, Call::Bind { fd, port }, 0);
    }

    fn connect(&mut self, record: &Record, result: CallResult) -> Result<(), Untellable> {
        let fd = self.socket(record);
        let call = Call::Connect { fd, port: None };
        if result == CallResult::Ok {
            (self.connected, self.fresh) = (Some(fd), None);
            let returns = Returns::Error(Errno::InProgress);
            self.happens(record.at, Does::Call(call, returns));
            return Ok(());
        }
        self.make(record, call, result)
    }

    fn listen(
        &mut self,
        record: &Record,
        backlog: i64,
        once: bool,
        result: CallResult,
    ) -> Result<(), Untellable> {
        let listening = self.listens.map(|listens| listens.fd);
        let fd = self.fresh.take().or(listening).unwrap_or(NONE);
        if result == CallResult::Ok {
            self.listens = Some(Listens { fd, once });
        }
        self.make(record, Call::Listen { fd, backlog }, result)
    }

    fn accept(&mut self, record: &Record, result: CallResult) -> Result<(), Untellable> {
        let fd = self.listens.map_or(NONE, |listens| listens.fd);
        let call = Call::Accept { fd, is_nonblocking: true };
        if result != CallResult::Ok {
            return self.make(record, call, result);
        }
        let own = self.new_fd();
        self.connected = Some(own);
        self.calls(record.at, call, own);
        Ok(())
    }

    fn set(
        &mut self,
        record: &Record,
        option: SocketOption,
        result: CallResult,
    ) -> Result<(), Untellable> {
        let whole = |time: Duration, unit: u64| time.as_micros().is_multiple_of(unit);
        let is_whole = match option {
            SocketOption::KeepIdle(time) | SocketOption::KeepInterval(time) => {
                whole(time, 1_000_000)
            }
            SocketOption::Linger(time) => time.is_none_or(|time| whole(time, 1_000_000)),
            SocketOption::UserTimeout(time) => time.is_none_or(|time| whole(time, 1_000)),
            SocketOption::ReuseAddr(_)
            | SocketOption::ReceiveBuffer(_)
            | SocketOption::SendBuffer(_)
            | SocketOption::KeepAlive(_)
            | SocketOption::NoDelay(_)
            | SocketOption::MaxSeg(_)
            | SocketOption::KeepCount(_) => true,
        };
        if !is_whole {
            return untellable("an option's time is finer than a socket takes it");
        }
        let listening = self.listens.map(|listens| listens.fd);
        let fd = match self.fresh.or(self.connected).or(listening) {
            Some(fd) => fd,
            None => self.socket(record),
        };
        self.make(record, Call::SetOption { fd, option }, result)
    }

    /// SEND of some of what a line has to send, in pieces of at most `piece`.
    fn send(
        &mut self,
        record: &Record,
        line: usize,
        (all, piece): (u64, u64),
        result: CallResult,
    ) -> Result<(), Untellable> {
        let left = self.left.get(&line).copied().unwrap_or(all);
        let octets = left.min(piece).min(MOST_OCTETS);
        let fd = self.connected_at(record, "SEND", matches!(result, CallResult::Sent(1..)))?;
        match result {
            CallResult::Sent(sent) if u64::from(sent) < left => {
                self.left.insert(line, left - u64::from(sent));
            }
            CallResult::Waits => {
                self.left.insert(line, left);
            }
            _ => {
                self.left.remove(&line);
            }
        }
        let octets = u32::try_from(octets).unwrap_or(u32::MAX);
        self.make(record, Call::Send { fd, octets, does_not_wait: false }, result)
    }

    fn receive(
        &mut self,
        record: &Record,
        want: Want,
        result: CallResult,
    ) -> Result<(), Untellable> {
        let octets = match want {
            Want::Octets(octets) => octets.min(MOST_OCTETS),
            Want::All => PIECE,
        };
        let octets = match result {
            // Of what it wants some may have come before.
            CallResult::Received(octets) if octets > 0 => u64::from(octets),
            _ => octets,
        };
        let fd = self.connected.unwrap_or(NONE);
        let octets = u32::try_from(octets).unwrap_or(u32::MAX);
        let call = Call::Receive { fd, octets, peeks: false, does_not_wait: false };
        if self.connected.is_none() && result == CallResult::Waits {
            // RECEIVE of a connection that there is not yet; a socket's user calls later.
            return Ok(());
        }
        self.make(record, call, result)
    }

    /// CLOSE: with octets unread the connection is reset, and else only sending is over.
    fn close(&mut self, record: &Record, result: CallResult) -> Result<(), Untellable> {
        let Some(fd) = self.connected else {
            let fd = self.let_go().unwrap_or(NONE);
            return self.make(record, Call::Close { fd }, result);
        };
        self.connected_at(record, "CLOSE", false)?;
        let status =
            record.connection.map(|connection| self.trace.status_before_of(connection, record.id));
        let resets = status.is_some_and(|status| {
            status.unread > 0 && matches!(status.state, State::Established | State::CloseWait)
        });
        if resets {
            self.connected = None;
            return self.make(record, Call::Close { fd }, result);
        }
        self.make(record, Call::Shutdown { fd, how: Shutdown::Write }, result)
    }

    /// The connection's descriptor. RFC 9293's calls reach a connection before there is one.
    fn connected_at(&self, record: &Record, call: &str, is_done: bool) -> Result<i64, Untellable> {
        let status =
            record.connection.map(|connection| self.trace.status_before_of(connection, record.id));
        let state = status.map_or(State::Closed, |status| status.state);
        let is_early = matches!(state, State::SynSent | State::SynReceived | State::Listen);
        if is_done && is_early {
            return untellable(format!(
                "{} calls {call} in {}: RFC 9293 queues it, a socket has to wait for ESTABLISHED",
                self.name(),
                state.name()
            ));
        }
        Ok(self.connected.unwrap_or(NONE))
    }

    /// A call that returns what a run's call came to.
    fn make(&mut self, record: &Record, call: Call, result: CallResult) -> Result<(), Untellable> {
        let returns = match result {
            CallResult::Ok => Returns::Number(0),
            CallResult::Sent(octets) | CallResult::Received(octets) => {
                Returns::Number(octets.into())
            }
            CallResult::Waits => Returns::Error(Errno::Again),
            CallResult::EndOfStream => Returns::Number(0),
            CallResult::Failed(errno) => Returns::Error(errno),
            CallResult::Refused(_) => {
                self.refused.push(self.events.len());
                Returns::Error(Errno::Pipe)
            }
        };
        self.happens(record.at, Does::Call(call, returns));
        Ok(())
    }

    /// A call that returns nothing.
    fn comes(&mut self, record: &Record, result: CallResult) -> Result<(), Untellable> {
        match result {
            CallResult::Ok => Ok(()),
            _ => untellable(format!(
                "{} could not bind its port at {} µs",
                self.name(),
                record.at.as_micros()
            )),
        }
    }
}
