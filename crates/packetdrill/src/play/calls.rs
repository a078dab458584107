//! What the application does.

use tcpscope_tcp::{Errno, Fd, Instant, SocketOption, State};

use super::{Goes, MOST, Player, Socket, Waiting, report};
use crate::{Call, Returns};

/// What a call comes to.
enum Outcome {
    Returns(Returns),
    /// It tells something that the script does not say.
    Tells(String),
    /// It has to wait, after sending so many octets.
    Waits(u32),
}

const OK: Outcome = Outcome::Returns(Returns::Number(0));

/// `O_RDWR`, and with `O_NONBLOCK`, as Linux counts them.
const FLAGS: [i64; 2] = [0o2, 0o4002];

impl Player<'_> {
    /// The application calls, and this is to come of it, by then if it may wait.
    pub(super) fn call(
        &mut self,
        event: usize,
        call: Call,
        returns: Returns,
        until: Option<Instant>,
    ) -> Goes {
        let place = &self.script.events[event];
        if let Some(waiting) = self.waiting {
            let line = self.script.events[waiting.event].place.line;
            let what = format!("the call of line {line} has not returned: nobody is there to call");
            return Err(self.mismatch(place, what));
        }
        let outcome = self.begin(call, returns);
        self.gather();
        match (outcome, until) {
            (Outcome::Waits(sent), Some(until)) => {
                self.waiting = Some(Waiting { event, call, returns, until, sent });
                Ok(())
            }
            (Outcome::Waits(_), None) => {
                let what = "the call has to wait; the script says that it returns at once. A call \
                            that waits is written `+0...+.1`, with the moment at which it returns";
                Err(self.mismatch(place, what.to_owned()))
            }
            (Outcome::Tells(found), _) => {
                Err(self.mismatch(place, format!("the call tells {found}")))
            }
            (Outcome::Returns(got), _) => self.returned(event, returns, got, until),
        }
    }

    /// A call returned.
    fn returned(
        &mut self,
        event: usize,
        said: Returns,
        got: Returns,
        until: Option<Instant>,
    ) -> Goes {
        let event = &self.script.events[event];
        if said != got {
            return Err(self.other_returned(event, said, got));
        }
        if let Some(until) = until
            && (self.late(self.now) < until || self.now > self.late(until))
        {
            let (now, until) = (report::seconds(self.now), report::seconds(until));
            let what = format!("the call returns at {now} s, and not at {until} s");
            return Err(self.mismatch(event, what));
        }
        self.happened(event);
        Ok(())
    }

    /// The call that waits goes on, as far as it can.
    pub(super) fn go_on_waiting(&mut self) -> Goes {
        let Some(mut waiting) = self.waiting.take() else { return Ok(()) };
        let outcome = match waiting.call {
            Call::Send { fd, octets, .. } => self.send(fd, octets, false, waiting.sent),
            Call::Connect { fd, .. } => self.connected(fd),
            call @ (Call::Accept { .. } | Call::Receive { .. }) => {
                self.begin(call, waiting.returns)
            }
            // The others never wait.
            Call::Socket { .. }
            | Call::Bind { .. }
            | Call::Listen { .. }
            | Call::Shutdown { .. }
            | Call::Close { .. }
            | Call::SetOption { .. }
            | Call::Error { .. }
            | Call::GetFlags { .. }
            | Call::SetFlags { .. }
            | Call::Unread { .. }
            | Call::Unacknowledged { .. } => OK,
        };
        self.gather();
        match outcome {
            Outcome::Waits(sent) => {
                waiting.sent = sent;
                self.waiting = Some(waiting);
                Ok(())
            }
            // None that waits tells anything.
            Outcome::Tells(_) => Ok(()),
            Outcome::Returns(got) => {
                self.returned(waiting.event, waiting.returns, got, Some(waiting.until))
            }
        }
    }

    fn begin(&mut self, call: Call, returns: Returns) -> Outcome {
        self.attempt(call, returns).unwrap_or_else(|errno| Outcome::Returns(Returns::Error(errno)))
    }

    fn attempt(&mut self, call: Call, returns: Returns) -> Result<Outcome, Errno> {
        let (now, settings) = (self.now, &self.script.settings);
        Ok(match call {
            Call::Socket { is_nonblocking } => {
                let fd = self.host.socket();
                self.name(fd, is_nonblocking, settings.bind_port, returns)
            }
            Call::Bind { fd, port } => {
                let port = port.unwrap_or(settings.bind_port);
                self.host.bind(self.socket(fd)?.fd, port)?;
                if let Some(socket) = self.sockets.get_mut(&fd) {
                    socket.port = port;
                }
                OK
            }
            Call::Listen { fd, backlog } => {
                let socket = self.socket(fd)?;
                let backlog = u32::try_from(backlog.max(0)).unwrap_or(u32::MAX);
                self.host.listen(socket.fd, backlog)?;
                self.ends.0.set_port(socket.port);
                OK
            }
            Call::Accept { fd, is_nonblocking } => {
                let listener = self.socket(fd)?;
                match self.host.accept(listener.fd) {
                    Ok((fd, _)) => self.name(fd, is_nonblocking, listener.port, returns),
                    Err(Errno::Again) if !listener.is_nonblocking => Outcome::Waits(0),
                    Err(error) => return Err(error),
                }
            }
            Call::Connect { fd, port } => {
                let socket = self.socket(fd)?;
                let port = port.unwrap_or(settings.connect_port);
                let to = std::net::SocketAddrV4::new(settings.remote, port);
                match self.host.connect(now, socket.fd, to, &mut self.outbox) {
                    Err(Errno::InProgress) if !socket.is_nonblocking => Outcome::Waits(0),
                    done => {
                        done?;
                        OK
                    }
                }
            }
            Call::Send { fd, octets, does_not_wait } => self.send(fd, octets, does_not_wait, 0),
            Call::Receive { fd, octets, peeks, does_not_wait } => {
                let socket = self.socket(fd)?;
                match self.host.recv(now, socket.fd, octets, peeks, &mut self.outbox) {
                    Ok(data) => number(data.len()),
                    Err(Errno::Again) if !(socket.is_nonblocking || does_not_wait) => {
                        Outcome::Waits(0)
                    }
                    Err(error) => return Err(error),
                }
            }
            Call::Shutdown { fd, how } => {
                self.host.shutdown(now, self.socket(fd)?.fd, how, &mut self.outbox)?;
                OK
            }
            Call::Close { fd } => {
                self.host.close(now, self.socket(fd)?.fd, &mut self.outbox)?;
                self.sockets.remove(&fd);
                OK
            }
            Call::SetOption { fd, option } => {
                self.set(self.socket(fd)?.fd, option)?;
                OK
            }
            Call::Error { fd, error } => {
                let found = self.host.so_error(self.socket(fd)?.fd)?;
                Self::told(found == error, || found.map_or("0".to_owned(), |it| it.to_string()))
            }
            Call::GetFlags { fd } => {
                let socket = self.socket(fd)?;
                Outcome::Returns(Returns::Number(FLAGS[usize::from(socket.is_nonblocking)]))
            }
            Call::SetFlags { fd, is_nonblocking } => {
                self.socket(fd)?;
                if let Some(socket) = self.sockets.get_mut(&fd) {
                    socket.is_nonblocking = is_nonblocking;
                }
                OK
            }
            Call::Unread { fd, octets } => {
                let found = self.host.status(self.socket(fd)?.fd)?.unread;
                Self::told(found == octets, || found.to_string())
            }
            Call::Unacknowledged { fd, octets } => {
                let status = self.host.status(self.socket(fd)?.fd)?;
                let found = status.flight.saturating_add(status.unsent);
                Self::told(found == octets, || found.to_string())
            }
        })
    }

    /// A call that writes what it found into an argument.
    fn told(is_right: bool, found: impl Fn() -> String) -> Outcome {
        if is_right { OK } else { Outcome::Tells(found()) }
    }

    /// A new descriptor has the number that the script gives it, if it gives it one.
    fn name(&mut self, fd: Fd, is_nonblocking: bool, port: u16, returns: Returns) -> Outcome {
        let own = i64::from(fd.number());
        let number = match returns {
            Returns::Number(number) if number >= 0 && !self.sockets.contains_key(&number) => number,
            Returns::Number(_) | Returns::Error(_) => own,
        };
        self.sockets.insert(number, Socket { fd, is_nonblocking, port });
        Outcome::Returns(Returns::Number(number))
    }

    fn socket(&self, fd: i64) -> Result<Socket, Errno> {
        self.sockets.get(&fd).copied().ok_or(Errno::BadDescriptor)
    }

    fn set(&mut self, fd: Fd, option: SocketOption) -> Result<(), Errno> {
        self.host.set_option(self.now, fd, option, &mut self.outbox)
    }

    /// Sends what is left of so many octets.
    fn send(&mut self, fd: i64, octets: u32, does_not_wait: bool, before: u32) -> Outcome {
        let socket = match self.socket(fd) {
            Ok(socket) => socket,
            Err(error) => return Outcome::Returns(Returns::Error(error)),
        };
        let waits = !(socket.is_nonblocking || does_not_wait);
        let left = octets.saturating_sub(before);
        if let Ok(status) = self.host.status(socket.fd) {
            let segments =
                (u64::from(status.unsent) + u64::from(left)) / u64::from(status.mss.max(1));
            if segments > MOST as u64 {
                return Outcome::Tells(format!(
                    "that {segments} segments wait to be sent, and nobody reads them all"
                ));
            }
        }
        let data = self.zeros.slice(..usize::try_from(left).unwrap_or(0).min(self.zeros.len()));
        match self.host.send(self.now, socket.fd, data, true, &mut self.outbox) {
            Ok(taken) if taken < left && waits => Outcome::Waits(before + taken),
            Ok(taken) => Outcome::Returns(Returns::Number(i64::from(before + taken))),
            Err(Errno::Again) if waits => Outcome::Waits(before),
            // What was taken before counts.
            Err(_) if before > 0 => Outcome::Returns(Returns::Number(i64::from(before))),
            Err(error) => Outcome::Returns(Returns::Error(error)),
        }
    }

    /// Whether the connection that is being opened is open, or never will be.
    fn connected(&mut self, fd: i64) -> Outcome {
        let Ok(socket) = self.socket(fd) else { return OK };
        match self.host.status(socket.fd).map_or(State::Closed, |status| status.state) {
            State::SynSent | State::SynReceived | State::Listen => Outcome::Waits(0),
            State::Closed => match self.host.so_error(socket.fd) {
                Ok(Some(error)) | Err(error) => Outcome::Returns(Returns::Error(error)),
                Ok(None) => OK,
            },
            State::Established
            | State::FinWait1
            | State::FinWait2
            | State::CloseWait
            | State::Closing
            | State::LastAck
            | State::TimeWait => OK,
        }
    }
}

fn number(octets: usize) -> Outcome {
    Outcome::Returns(Returns::Number(i64::try_from(octets).unwrap_or(i64::MAX)))
}
