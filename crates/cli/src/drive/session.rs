//! A host and its present time: requests are carried out on them.

use std::net::Ipv4Addr;

use bytes::Bytes;
use tcpscope_tcp::{Errno, Fd, Host, Outbox, Shutdown};
use tcpscope_tcp::{Instant, Reason};
use tcpscope_wire::{
    Checksums, ICMP, IllegalOption, Malformed, TooLong, decode, decode_icmp, encode, protocol,
};

use super::config::Keys;
use super::hex;
use super::option;
use super::reply::{Answer, Connection, Dropped, Events, Info, Reply, Sent};
use super::request::{Call, How, Request};
use super::value::{Object, Octets, Remote};

/// One host, its clock, and what it has done since the last reply.
pub struct Session {
    host: Host,
    now: Instant,
    address: Ipv4Addr,
    checksums: Checksums,
    outbox: Outbox,
    dropped: Vec<Dropped>,
    sent: Vec<Sent>,
}

impl Default for Session {
    fn default() -> Self {
        Self::new(&Keys::default())
    }
}

impl Session {
    fn new(keys: &Keys) -> Self {
        let config = keys.host();
        Self {
            address: config.address,
            host: Host::new(config),
            now: Instant::ZERO,
            checksums: keys.checksums(),
            outbox: Outbox::observed(),
            dropped: Vec::new(),
            sent: Vec::new(),
        }
    }

    /// Does what is asked, and appends the reply.
    pub(super) fn carry_out(&mut self, request: Request, reply: &mut Vec<u8>) {
        let done = match request {
            Request::Init { config: Object(keys) } => {
                *self = Self::new(&keys);
                Ok(Answer::Nothing {})
            }
            Request::Call(call) => self.call(call),
            Request::Rx { packet: Octets(packet) } => {
                self.receive(packet);
                Ok(Answer::Nothing {})
            }
            Request::Advance { to_us, until_tx } => {
                let (to, now) = (Instant::from_micros(to_us), self.now.as_micros());
                if to < self.now {
                    let detail = format!("time runs backwards: it is {now} µs already");
                    return self.refuse(&detail, reply);
                }
                self.advance(to, until_tx);
                Ok(Answer::Nothing {})
            }
            Request::Info { fd } => self.info(fd),
            Request::Connections {} => Ok(self.connections()),
        };
        match done {
            Ok(answer) => self.write(None, None, answer, reply),
            Err(errno) => self.write(Some(errno.name()), None, Answer::Nothing {}, reply),
        }
    }

    /// Appends the reply to a line that asks for nothing that can be done.
    pub(super) fn refuse(&mut self, detail: &str, reply: &mut Vec<u8>) {
        self.write(Some("bad-request"), Some(detail), Answer::Nothing {}, reply);
    }

    /// Runs timers up to and including `to`, each at its own expiry time.
    fn advance(&mut self, to: Instant, until_tx: bool) {
        while let Some(at) = self.host.next_timeout().filter(|at| *at <= to) {
            if until_tx && at > self.now && !self.outbox.packets.is_empty() {
                return;
            }
            self.now = self.now.max(at);
            self.host.run_timers(self.now, &mut self.outbox);
        }
        if !until_tx || self.outbox.packets.is_empty() {
            self.now = to;
        }
    }

    /// Takes a packet from the network, if it is one.
    fn receive(&mut self, packet: Bytes) {
        let taken = if protocol(&packet) == Some(ICMP) {
            self.receive_icmp(&packet)
        } else {
            self.receive_tcp(packet)
        };
        if let Err(malformed) = taken {
            let (rule, citation) = (malformed.rule(), malformed.citation());
            self.dropped.push(Dropped { at: self.now, rule, citation });
        }
    }

    fn receive_tcp(&mut self, packet: Bytes) -> Result<(), Malformed> {
        let datagram = decode(packet, self.checksums)?;
        if datagram.illegal_option.is_some() {
            let (rule, citation) = (IllegalOption::RULE, IllegalOption::CITATION);
            self.dropped.push(Dropped { at: self.now, rule, citation });
        }
        let (source, destination) = (datagram.source, datagram.destination);
        self.host.arrives(self.now, source, destination, datagram.segment, &mut self.outbox);
        Ok(())
    }

    fn receive_icmp(&mut self, packet: &[u8]) -> Result<(), Malformed> {
        let told = decode_icmp(packet, self.checksums)?;
        if told.destination == self.address {
            let (local, remote) = (told.local, told.remote);
            self.host.icmp(self.now, told.error, local, remote, told.seq, &mut self.outbox);
        } else {
            let rule = Reason::ForeignAddress;
            let (rule, citation) = (rule.rule(), rule.citation());
            self.dropped.push(Dropped { at: self.now, rule, citation });
        }
        Ok(())
    }

    fn call(&mut self, call: Call) -> Result<Answer, Errno> {
        let (now, out) = (self.now, &mut self.outbox);
        match call {
            Call::Socket {} => return Ok(Answer::Socket { fd: self.host.socket() }),
            Call::Bind { fd, port } => self.host.bind(descriptor(fd)?, port)?,
            Call::Listen { fd, backlog } => {
                // What is out of range is as near to it as can be (POSIX, `listen`).
                let backlog = u32::try_from(backlog.max(0)).unwrap_or(u32::MAX);
                self.host.listen(descriptor(fd)?, backlog)?;
            }
            Call::Accept { fd } => {
                let (fd, peer) = self.host.accept(descriptor(fd)?)?;
                return Ok(Answer::Accepted { fd, peer });
            }
            Call::Connect { fd, to: Remote(to) } => {
                self.host.connect(now, descriptor(fd)?, to, out)?;
            }
            Call::Send { fd, data: Octets(data), push } => {
                let n = self.host.send(now, descriptor(fd)?, data, push, out)?;
                return Ok(Answer::Taken { n });
            }
            Call::Recv { fd, max, peek } => {
                let max = u32::try_from(max).unwrap_or(u32::MAX);
                let data = self.host.recv(now, descriptor(fd)?, max, peek, out)?;
                return Ok(Answer::Read { data: hex::to_hex(&data) });
            }
            Call::Shutdown { fd, how } => {
                let how = match how {
                    How::Read => Shutdown::Read,
                    How::Write => Shutdown::Write,
                    How::Both => Shutdown::Both,
                };
                self.host.shutdown(now, descriptor(fd)?, how, out)?;
            }
            Call::Close { fd } => self.host.close(now, descriptor(fd)?, out)?,
            Call::Abort { fd } => self.host.abort(now, descriptor(fd)?, out)?,
            Call::SoError { fd } => {
                let so_error = self.host.so_error(descriptor(fd)?)?.map(Errno::name);
                return Ok(Answer::Error { so_error });
            }
            Call::Setsockopt { fd, name, value } => {
                let fd = descriptor(fd)?;
                // A descriptor that is none is told before what is wrong with the option.
                self.host.status(fd)?;
                self.host.set_option(now, fd, option::named(&name, value)?, out)?;
            }
        }
        Ok(Answer::Nothing {})
    }

    fn info(&self, fd: i64) -> Result<Answer, Errno> {
        let status = self.host.status(descriptor(fd)?)?;
        Ok(Answer::Info(Box::new(Info::from(&status))))
    }

    fn connections(&self) -> Answer {
        let listed = self.host.connections().into_iter().map(|connection| Connection {
            fd: connection.fd.map(Fd::number),
            local: connection.local,
            remote: connection.remote,
            state: connection.state.name(),
        });
        Answer::Connections { connections: listed.collect() }
    }

    /// Appends a reply with all that happened since the last one.
    fn write(
        &mut self,
        error: Option<&'static str>,
        detail: Option<&str>,
        answer: Answer,
        reply: &mut Vec<u8>,
    ) {
        for packet in self.outbox.packets.drain(..) {
            match encode(packet.source, packet.destination, &packet.segment) {
                Ok(octets) => {
                    self.sent.push(Sent { t_us: packet.at, packet: hex::to_hex(&octets) });
                }
                Err(TooLong { .. }) => {
                    let (rule, citation) = (TooLong::RULE, TooLong::CITATION);
                    self.dropped.push(Dropped { at: packet.at, rule, citation });
                }
            }
        }
        let whole = Reply {
            ok: error.is_none(),
            error,
            detail,
            t_us: self.now,
            tx: &self.sent,
            next_timer_us: self.host.next_timeout().map(Instant::as_micros),
            events: Events { dropped: &self.dropped, host: &self.outbox.events },
            answer,
        };
        // Numbers, strings and lists of them cannot fail to be written into memory.
        let _ = serde_json::to_writer(reply, &whole);
        self.sent.clear();
        self.dropped.clear();
        self.outbox.clear();
    }
}

/// The descriptor of this number, which may be none that there ever was.
fn descriptor(number: i64) -> Result<Fd, Errno> {
    u32::try_from(number).map(Fd::new).map_err(|_| Errno::BadDescriptor)
}
