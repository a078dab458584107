//! A host under test with a peer made by hand, and two hosts with a link between them.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;
use tcpscope_tcp::{
    Config, Duration, Errno, Fd, Flags, Host, HostConfig, Instant, Options, Outbox, Outgoing,
    Segment, SeqNumber, State,
};

pub(crate) const HERE: Ipv4Addr = Ipv4Addr::new(192, 168, 0, 1);
pub(crate) const THERE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);
/// Our initial sequence number.
pub(crate) const ISS: u32 = 1000;
/// The peer's.
pub(crate) const IRS: u32 = 5000;
/// The port of listeners.
pub(crate) const PORT: u16 = 8080;
/// The peer's socket, where there is one.
pub(crate) const PEER: SocketAddrV4 = SocketAddrV4::new(THERE, 40_000);

pub(crate) const NONE: Flags = Flags::empty();

/// A host in virtual time; the test is its peer.
pub(crate) struct World {
    pub(crate) host: Host,
    pub(crate) out: Outbox,
    pub(crate) now: Instant,
}

/// RFC 9293 alone, with numbers that tests can name.
pub(crate) fn plain() -> HostConfig {
    HostConfig {
        iss: Some(SeqNumber::new(ISS)),
        connection: Config::plain(),
        ..HostConfig::default()
    }
}

impl World {
    pub(crate) fn new(config: HostConfig) -> Self {
        Self { host: Host::new(config), out: Outbox::observed(), now: Instant::ZERO }
    }

    pub(crate) fn plain() -> Self {
        Self::new(plain())
    }

    /// What was sent since the last time, as `<SEQ=1000><ACK=5001><CTL=SYN,ACK>`.
    pub(crate) fn sent(&mut self) -> Vec<String> {
        self.out.packets.drain(..).map(|packet| words(&packet.segment)).collect()
    }

    /// The rules that were applied since the last time.
    pub(crate) fn rules(&mut self) -> Vec<&'static str> {
        self.out.events.drain(..).map(|event| event.reason.rule()).collect()
    }

    pub(crate) fn clear(&mut self) {
        self.out.clear();
    }

    pub(crate) fn advance(&mut self, span: Duration) {
        let to = self.now + span;
        while let Some(at) = self.host.next_timeout().filter(|at| *at <= to) {
            self.host.run_timers(at, &mut self.out);
        }
        self.now = to;
    }

    /// A segment arrives from `from` at `port`.
    pub(crate) fn arrives_at(&mut self, port: u16, from: SocketAddrV4, segment: Segment) {
        let to = SocketAddrV4::new(HERE, port);
        self.host.arrives(self.now, from, to, segment, &mut self.out);
    }

    /// A segment arrives from the peer at the listener's port.
    pub(crate) fn arrives(&mut self, flags: Flags, seq: u32, ack: Option<u32>, text: &[u8]) {
        self.arrives_at(PORT, PEER, segment(flags, seq, ack, text));
    }

    pub(crate) fn listener(&mut self, port: u16, backlog: u32) -> Fd {
        let fd = self.host.socket();
        self.host.bind(fd, port).expect("the port is free");
        self.host.listen(fd, backlog).expect("nobody listens there");
        fd
    }

    /// The peer opens a connection from `from` to a listener.
    pub(crate) fn opens_from(&mut self, from: SocketAddrV4) {
        self.arrives_at(PORT, from, segment(Flags::SYN, IRS, None, b""));
        self.arrives_at(PORT, from, segment(NONE, IRS + 1, Some(ISS + 1), b""));
    }

    /// An accepted connection to [`PEER`], in ESTABLISHED. Nothing of how it came is left in `out`.
    pub(crate) fn accepted(&mut self) -> (Fd, Fd) {
        let listener = self.listener(PORT, 8);
        self.opens_from(PEER);
        let (fd, peer) = self.host.accept(listener).expect("it is ready");
        assert_eq!(peer, PEER);
        self.clear();
        (listener, fd)
    }

    /// A connection to [`PEER`], bound to [`PORT`], in SYN-SENT.
    pub(crate) fn connecting(&mut self) -> Fd {
        let fd = self.host.socket();
        self.host.bind(fd, PORT).expect("the port is free");
        assert_eq!(self.connect(fd, PEER), Errno::InProgress);
        self.clear();
        fd
    }

    /// The same in ESTABLISHED.
    pub(crate) fn connected(&mut self) -> Fd {
        let fd = self.connecting();
        self.arrives(Flags::SYN, IRS, Some(ISS + 1), b"");
        assert_eq!(self.state(fd), State::Established);
        self.clear();
        fd
    }

    pub(crate) fn connect(&mut self, fd: Fd, to: SocketAddrV4) -> Errno {
        let answer = self.host.connect(self.now, fd, to, &mut self.out);
        answer.expect_err("connect never succeeds at once")
    }

    pub(crate) fn send(&mut self, fd: Fd, data: &[u8]) -> Result<u32, Errno> {
        self.host.send(self.now, fd, Bytes::copy_from_slice(data), true, &mut self.out)
    }

    pub(crate) fn recv(&mut self, fd: Fd) -> Result<Bytes, Errno> {
        self.host.recv(self.now, fd, u32::MAX, false, &mut self.out)
    }

    pub(crate) fn shutdown(&mut self, fd: Fd, how: tcpscope_tcp::Shutdown) -> Result<(), Errno> {
        self.host.shutdown(self.now, fd, how, &mut self.out)
    }

    pub(crate) fn close(&mut self, fd: Fd) -> Result<(), Errno> {
        self.host.close(self.now, fd, &mut self.out)
    }

    pub(crate) fn abort(&mut self, fd: Fd) -> Result<(), Errno> {
        self.host.abort(self.now, fd, &mut self.out)
    }

    pub(crate) fn set(&mut self, fd: Fd, option: tcpscope_tcp::SocketOption) -> Result<(), Errno> {
        self.host.set_option(self.now, fd, option, &mut self.out)
    }

    pub(crate) fn state(&self, fd: Fd) -> State {
        self.host.status(fd).expect("the descriptor is open").state
    }

    /// The states of all that the host keeps, as it lists them.
    pub(crate) fn states(&self) -> Vec<State> {
        self.host.connections().into_iter().map(|connection| connection.state).collect()
    }
}

/// A segment of the peer's, with a window of 8000.
pub(crate) fn segment(flags: Flags, seq: u32, ack: Option<u32>, text: &[u8]) -> Segment {
    Segment {
        seq: SeqNumber::new(seq),
        ack: ack.map(SeqNumber::new),
        flags,
        wnd: 8000,
        options: Options { mss: flags.contains(Flags::SYN).then_some(1000), ..Options::NONE },
        payload: Bytes::copy_from_slice(text),
        ..Segment::default()
    }
}

pub(crate) fn words(segment: &Segment) -> String {
    let mut controls: Vec<&str> =
        segment.flags.iter_names().map(|(name, _)| name).filter(|name| *name != "PSH").collect();
    let ack = segment.ack.map_or(String::new(), |ack| format!("<ACK={ack}>"));
    if segment.ack.is_some() {
        controls.push("ACK");
    }
    let text = match segment.payload.len() {
        0 => String::new(),
        octets => format!("<{octets}>"),
    };
    format!("<SEQ={}>{ack}<CTL={}>{text}", segment.seq, controls.join(","))
}

/// Two hosts and a link with a delay; the link may drop what a test names.
pub(crate) struct Pair {
    pub(crate) hosts: [Host; 2],
    pub(crate) now: Instant,
    pub(crate) delay: Duration,
    /// What travels, by when it arrives and how many were sent before.
    travelling: BTreeMap<(Instant, u64), Outgoing>,
    pub(crate) sent: u64,
    out: Outbox,
    /// Whether a packet is lost.
    pub(crate) loses: fn(u64) -> bool,
}

pub(crate) const CLIENT: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
pub(crate) const SERVER: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);

impl Pair {
    pub(crate) fn new(connection: &Config) -> Self {
        let host = |address, seed| {
            let connection = connection.clone();
            Host::new(HostConfig { address, seed, connection, ..HostConfig::default() })
        };
        Self {
            hosts: [host(CLIENT, 1), host(SERVER, 2)],
            now: Instant::ZERO,
            delay: Duration::from_millis(10),
            travelling: BTreeMap::new(),
            sent: 0,
            out: Outbox::unobserved(),
            loses: |_| false,
        }
    }

    /// Makes a call at a host, and puts what it sends on the link.
    pub(crate) fn at<T>(
        &mut self,
        which: usize,
        call: impl FnOnce(&mut Host, Instant, &mut Outbox) -> T,
    ) -> T {
        let result = call(&mut self.hosts[which], self.now, &mut self.out);
        for packet in self.out.packets.drain(..) {
            self.sent += 1;
            if !(self.loses)(self.sent) {
                self.travelling.insert((packet.at + self.delay, self.sent), packet);
            }
        }
        result
    }

    /// Goes on to the next thing that happens by itself; says whether there was one.
    pub(crate) fn step(&mut self) -> bool {
        let arrival = self.travelling.first_key_value().map(|((at, _), _)| *at);
        let timers = self.hosts.each_mut().map(Host::next_timeout);
        let Some(next) = timers.into_iter().chain([arrival]).flatten().min() else { return false };
        self.now = next;
        if arrival == Some(next)
            && let Some((_, packet)) = self.travelling.pop_first()
        {
            let which = usize::from(*packet.destination.ip() == SERVER);
            self.at(which, |host, now, out| {
                host.arrives(now, packet.source, packet.destination, packet.segment, out);
            });
            return true;
        }
        for which in 0..2 {
            self.at(which, Host::run_timers);
        }
        true
    }

    /// Steps until `done`, or until nothing happens any more.
    pub(crate) fn until(&mut self, mut done: impl FnMut(&mut Self) -> bool) -> bool {
        for _ in 0..1_000_000 {
            if done(self) {
                return true;
            }
            if !self.step() {
                return done(self);
            }
        }
        panic!("it never comes to an end");
    }
}
