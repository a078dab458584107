//! What a host asks of the allocator: nothing for a segment in order, little for a connection.

use std::net::SocketAddrV4;

use allocation_counter::measure;
use bytes::Bytes;
use tcpscope_tcp::{Config, Duration, Errno, Fd, Host, HostConfig, Instant, Outbox};

use crate::world::{CLIENT, PORT, SERVER};

/// Two hosts whose packets arrive at once.
struct Wire {
    hosts: [Host; 2],
    outs: [Outbox; 2],
    now: Instant,
    segments: u64,
}

impl Wire {
    fn new() -> Self {
        let connection =
            Config { receive_buffer: 1 << 20, send_buffer: 1 << 20, ..Config::default() };
        let host = |address| {
            let connection = connection.clone();
            Host::new(HostConfig { address, connection, ..HostConfig::default() })
        };
        Self {
            hosts: [host(CLIENT), host(SERVER)],
            outs: [Outbox::unobserved(), Outbox::unobserved()],
            now: Instant::ZERO,
            segments: 0,
        }
    }

    /// Lets everything arrive.
    fn deliver(&mut self) {
        let [to_server, to_client] = &mut self.outs;
        let [client, server] = &mut self.hosts;
        while !to_server.packets.is_empty() || !to_client.packets.is_empty() {
            for packet in to_server.packets.drain(..) {
                self.segments += 1;
                let (source, destination) = (packet.source, packet.destination);
                server.arrives(self.now, source, destination, packet.segment, to_client);
            }
            for packet in to_client.packets.drain(..) {
                self.segments += 1;
                let (source, destination) = (packet.source, packet.destination);
                client.arrives(self.now, source, destination, packet.segment, to_server);
            }
        }
    }

    fn rest(&mut self, span: Duration) {
        let to = self.now + span;
        loop {
            let next = self.hosts.iter_mut().filter_map(Host::next_timeout).min();
            let Some(at) = next.filter(|at| *at <= to) else { break };
            self.now = at;
            for (host, out) in self.hosts.iter_mut().zip(&mut self.outs) {
                host.run_timers(at, out);
            }
            self.deliver();
        }
        self.now = to;
    }

    fn listening(&mut self) -> Fd {
        let server = &mut self.hosts[1];
        let fd = server.socket();
        server.bind(fd, PORT).expect("the port is free");
        server.listen(fd, 10_000).expect("nobody listens");
        fd
    }

    fn connected(&mut self, listener: Fd) -> (Fd, Fd) {
        let client = self.hosts[0].socket();
        let to = SocketAddrV4::new(SERVER, PORT);
        let answer = self.hosts[0].connect(self.now, client, to, &mut self.outs[0]);
        assert_eq!(answer, Err(Errno::InProgress));
        self.deliver();
        let (server, _) = self.hosts[1].accept(listener).expect("it is ready");
        (client, server)
    }

    fn transfer(&mut self, (client, server): (Fd, Fd), rounds: u32, chunk: &Bytes) {
        for _ in 0..rounds {
            let sent = self.hosts[0].send(self.now, client, chunk.clone(), true, &mut self.outs[0]);
            assert_eq!(sent.map(|octets| octets as usize), Ok(chunk.len()));
            self.deliver();
            self.rest(Duration::from_millis(1));
            while self.hosts[1].recv(self.now, server, 1448, false, &mut self.outs[1]).is_ok() {}
            self.deliver();
        }
    }
}

#[test]
fn a_segment_in_order_allocates_nothing() {
    let mut wire = Wire::new();
    let listener = wire.listening();
    let fds = wire.connected(listener);
    // No more than an idle queue has room for.
    let chunk = Bytes::from(vec![7; 1448 * 4]);
    wire.transfer(fds, 1000, &chunk);
    let before = wire.segments;
    let allocations = measure(|| wire.transfer(fds, 1000, &chunk));
    let segments = wire.segments - before;
    assert!(segments > 3000, "{segments} segments");
    assert_eq!(allocations.count_total, 0, "in {segments} segments, {allocations:?}");
}

/// Socket, four-tuple, timers and connection.
#[test]
fn an_idle_connection_takes_two_kilobytes() {
    let mut wire = Wire::new();
    let listener = wire.listening();
    let (server, count) = (1, 1024);
    let held = |host: &Host| {
        let copy = host.clone();
        usize::try_from(-measure(|| drop(copy)).bytes_current).expect("it is given back")
    };
    let empty = held(&wire.hosts[server]);
    for _ in 0..count {
        wire.connected(listener);
    }
    wire.rest(Duration::from_secs(60));
    let each = (held(&wire.hosts[server]) - empty) / count;
    assert!(each <= 2048, "{each} octets");
}
