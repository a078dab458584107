//! smoltcp as a peer.

use std::cell::Cell;
use std::collections::VecDeque;

use bytes::Bytes;
use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{ChecksumCapabilities, Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::socket::tcp::{CongestionControl, Socket, SocketBuffer, State};
use smoltcp::time::Instant as Time;
use smoltcp::wire::{HardwareAddress, IpAddress, IpCidr};
use tcpscope_tcp::{Duration, Instant};

use crate::blocks::Blocks;
use crate::{Peer, Role, Settings};

thread_local! {
    /// What smoltcp's timestamps tell: it asks for them without saying for which host, or when.
    static CLOCK: Cell<u32> = const { Cell::new(0) };
}

/// A host of smoltcp's. It has neither SACK (it sends blocks, but does not use them), RACK, PRR,
/// F-RTO nor ECN; it has window scaling, delayed acknowledgments, Nagle's algorithm, fast
/// retransmit, timestamps (though no PAWS), Reno and CUBIC. What both know is on in both.
pub struct Smoltcp {
    settings: Settings,
    interface: Interface,
    sockets: SocketSet<'static>,
    handle: SocketHandle,
    wire: Wire,
    was_connected: bool,
    was_closed: bool,
    peer_closed: bool,
}

/// The packets that wait to be taken in and those that were sent.
struct Wire {
    arrived: VecDeque<Bytes>,
    sent: Vec<Bytes>,
    blocks: Blocks,
    mtu: usize,
    checksums: ChecksumCapabilities,
}

impl Smoltcp {
    /// A host that has not opened yet.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::with(settings, ChecksumCapabilities::default())
    }

    /// The same, but no checksum is computed or verified.
    #[must_use]
    pub fn without_checksums(settings: Settings) -> Self {
        Self::with(settings, ChecksumCapabilities::ignored())
    }

    fn with(settings: Settings, checksums: ChecksumCapabilities) -> Self {
        let mut wire = Wire {
            arrived: VecDeque::new(),
            sent: Vec::new(),
            blocks: Blocks::new(),
            mtu: usize::from(settings.mtu),
            checksums,
        };
        let mut config = Config::new(HardwareAddress::Ip);
        config.random_seed = settings.seed;
        let mut interface = Interface::new(config, &mut wire, Time::from_micros(0));
        interface.update_ip_addrs(|addresses| {
            let cidr = IpCidr::new(IpAddress::Ipv4(*settings.local.ip()), 24);
            addresses.push(cidr).expect("there is room for one address");
        });
        let buffer = settings.buffer as usize;
        // Written, so that the system has given the memory before anything is measured.
        let room = || SocketBuffer::new(vec![0xff; buffer]);
        let mut socket = Socket::new(room(), room());
        socket.set_congestion_control(if settings.modern {
            CongestionControl::Cubic
        } else {
            CongestionControl::Reno
        });
        if settings.modern {
            socket.set_tsval_generator(Some(|| CLOCK.get()));
        }
        let mut sockets = SocketSet::new(Vec::new());
        let handle = sockets.add(socket);
        Self {
            settings,
            interface,
            sockets,
            handle,
            wire,
            was_connected: false,
            was_closed: false,
            peer_closed: false,
        }
    }

    fn socket(&self) -> &Socket<'static> {
        self.sockets.get(self.handle)
    }

    fn socket_mut(&mut self) -> &mut Socket<'static> {
        self.sockets.get_mut(self.handle)
    }

    fn note(&mut self) {
        let state = self.socket().state();
        self.was_connected |=
            !matches!(state, State::Closed | State::Listen | State::SynSent | State::SynReceived);
        self.peer_closed |=
            matches!(state, State::CloseWait | State::Closing | State::LastAck | State::TimeWait);
    }
}

impl Peer for Smoltcp {
    type Packet = Bytes;

    fn open(&mut self, _: Instant) {
        let (local, remote) = (self.settings.local, self.settings.remote);
        match self.settings.role {
            Role::Server => self.socket_mut().listen(local.port()).expect("the port is not zero"),
            Role::Client => {
                let socket = self.sockets.get_mut::<Socket<'_>>(self.handle);
                socket
                    .connect(
                        self.interface.context(),
                        (IpAddress::Ipv4(*remote.ip()), remote.port()),
                        local.port(),
                    )
                    .expect("the socket is closed and the addresses are given");
            }
        }
    }

    fn receive(&mut self, _: Instant, packet: Bytes) {
        self.wire.arrived.push_back(packet);
    }

    fn poll(&mut self, now: Instant) {
        // Milliseconds, as ours.
        CLOCK.set(u32::try_from(now.as_micros() / 1_000 % (1 << 32)).unwrap_or_default());
        self.interface.poll(time(now), &mut self.wire, &mut self.sockets);
        self.note();
    }

    fn take_sent(&mut self, into: &mut Vec<Bytes>) {
        into.append(&mut self.wire.sent);
    }

    fn next_timeout(&mut self, now: Instant) -> Option<Instant> {
        let delay = self.interface.poll_delay(time(now), &self.sockets)?;
        Some(now + Duration::from_micros(delay.total_micros()))
    }

    fn send(&mut self, now: Instant, octets: &Bytes) -> usize {
        if !self.socket().can_send() {
            return 0;
        }
        let taken = self.socket_mut().send_slice(octets).unwrap_or(0);
        if taken > 0 {
            self.poll(now);
        }
        taken
    }

    fn read(&mut self, now: Instant, reader: &mut dyn FnMut(&[u8])) -> bool {
        let mut any = false;
        while self.socket().can_recv() {
            let read = self.socket_mut().recv(|octets| {
                reader(octets);
                (octets.len(), ())
            });
            if read.is_err() {
                break;
            }
            any = true;
        }
        if any {
            self.poll(now);
        }
        self.note();
        self.peer_closed && !self.socket().can_recv()
    }

    fn close(&mut self, now: Instant) {
        self.was_closed = true;
        self.socket_mut().close();
        self.poll(now);
    }

    fn is_connected(&self) -> bool {
        self.was_connected
    }

    fn is_over(&self) -> bool {
        self.was_connected && matches!(self.socket().state(), State::Closed | State::TimeWait)
    }

    fn has_failed(&self) -> bool {
        self.socket().state() == State::Closed && !(self.was_closed && self.peer_closed)
    }
}

fn time(now: Instant) -> Time {
    Time::from_micros(i64::try_from(now.as_micros()).unwrap_or(i64::MAX))
}

impl Device for Wire {
    type RxToken<'a> = Arrived;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _: Time) -> Option<(Arrived, Sending<'_>)> {
        let packet = self.arrived.pop_front()?;
        Some((Arrived(packet), Sending { sent: &mut self.sent, blocks: &mut self.blocks }))
    }

    fn transmit(&mut self, _: Time) -> Option<Sending<'_>> {
        Some(Sending { sent: &mut self.sent, blocks: &mut self.blocks })
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ip;
        capabilities.max_transmission_unit = self.mtu;
        capabilities.checksum = self.checksums.clone();
        capabilities
    }
}

/// A packet that arrives.
struct Arrived(Bytes);

impl RxToken for Arrived {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(&self.0)
    }
}

/// A packet about to be sent.
struct Sending<'a> {
    sent: &'a mut Vec<Bytes>,
    blocks: &'a mut Blocks,
}

impl TxToken for Sending<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let room = self.blocks.room(len);
        // smoltcp writes into octets that are there already.
        room.resize(len, 0);
        let result = f(room);
        self.sent.push(self.blocks.packet());
        result
    }
}
