//! Who may have a port.

use std::collections::BTreeSet;
use std::net::SocketAddrV4;

use tcpscope_tcp::{Errno, HostConfig, Shutdown, SocketOption, State};

use crate::world::{IRS, ISS, PEER, PORT, THERE, World, plain, segment};

/// What has the port already.
#[derive(Clone, Copy, Debug)]
enum Owner {
    Listener,
    Bound,
    BoundForReuse,
    Connected,
    Accepted,
    TimeWaitWithoutDescriptor,
}

#[test]
fn bind_to_a_port_that_is_in_use() {
    // Who has the port; is it to be had without SO_REUSEADDR, and with it?
    for (owner, without, with) in [
        (Owner::Listener, false, false),
        (Owner::Bound, false, false),
        (Owner::BoundForReuse, false, true),
        (Owner::Connected, false, true),
        (Owner::Accepted, false, true),
        (Owner::TimeWaitWithoutDescriptor, false, true),
    ] {
        for (reuse, free) in [(false, without), (true, with)] {
            let mut world = World::plain();
            match owner {
                Owner::Listener => {
                    world.listener(PORT, 1);
                }
                Owner::Bound | Owner::BoundForReuse => {
                    let fd = world.host.socket();
                    let reuse = matches!(owner, Owner::BoundForReuse);
                    world.set(fd, SocketOption::ReuseAddr(reuse)).expect("it is a switch");
                    world.host.bind(fd, PORT).expect("the port is free");
                }
                Owner::Connected => {
                    world.connected();
                }
                Owner::Accepted => {
                    let (listener, _) = world.accepted();
                    world.close(listener).expect("it is open");
                }
                Owner::TimeWaitWithoutDescriptor => {
                    let fd = world.connected();
                    world.close(fd).expect("it is open");
                    world.arrives(tcpscope_tcp::Flags::FIN, IRS + 1, Some(ISS + 2), b"");
                    assert_eq!(world.states(), [State::TimeWait]);
                }
            }
            let fd = world.host.socket();
            world.set(fd, SocketOption::ReuseAddr(reuse)).expect("it is a switch");
            let expected = if free { Ok(()) } else { Err(Errno::AddressInUse) };
            assert_eq!(world.host.bind(fd, PORT), expected, "{owner:?}, reuse: {reuse}");
        }
    }
}

#[test]
fn a_port_is_free_once_nothing_is_left_of_it() {
    let mut world = World::plain();
    let fd = world.connected();
    world.close(fd).expect("it is open");
    world.arrives(tcpscope_tcp::Flags::FIN, IRS + 1, Some(ISS + 2), b"");
    world.advance(tcpscope_tcp::Duration::from_secs(59));
    let fd = world.host.socket();
    assert_eq!(world.host.bind(fd, PORT), Err(Errno::AddressInUse));
    world.advance(tcpscope_tcp::Duration::from_secs(1));
    assert_eq!(world.host.bind(fd, PORT), Ok(()));
    world.close(fd).expect("it is open");
    let fd = world.host.socket();
    assert_eq!(world.host.bind(fd, PORT), Ok(()));
}

#[test]
fn two_listeners_cannot_have_one_port() {
    let mut world = World::plain();
    let [one, other] = [(); 2].map(|()| {
        let fd = world.host.socket();
        world.set(fd, SocketOption::ReuseAddr(true)).expect("it is a switch");
        world.host.bind(fd, PORT).expect("both are for reuse");
        fd
    });
    assert_eq!(world.host.listen(one, 1), Ok(()));
    assert_eq!(world.host.listen(other, 1), Err(Errno::AddressInUse));
    world.close(one).expect("it is open");
    assert_eq!(world.host.listen(other, 1), Ok(()));
}

#[test]
fn a_four_tuple_in_use_cannot_be_connected() {
    let mut world = World::plain();
    world.connected();
    let fd = world.host.socket();
    world.set(fd, SocketOption::ReuseAddr(true)).expect("it is a switch");
    world.host.bind(fd, PORT).expect("it is for reuse");
    assert_eq!(world.connect(fd, PEER), Errno::AddressInUse);
    assert_eq!(world.connect(fd, SocketAddrV4::new(THERE, 40_001)), Errno::InProgress);
}

#[test]
fn ephemeral_ports_differ_and_run_out() {
    let config = HostConfig { ephemeral_ports: 50_000..=50_009, ..plain() };
    let mut world = World::new(config);
    let ports: BTreeSet<_> = (0..10)
        .map(|_| {
            let fd = world.host.socket();
            assert_eq!(world.connect(fd, PEER), Errno::InProgress);
            world.out.packets.last().expect("a SYN").source.port()
        })
        .collect();
    assert_eq!(ports, (50_000..=50_009).collect());
    let fd = world.host.socket();
    assert_eq!(world.connect(fd, PEER), Errno::AddressNotAvailable);
    assert_eq!(world.host.bind(fd, 0), Err(Errno::AddressInUse));
    assert_eq!(world.host.listen(fd, 1), Err(Errno::AddressInUse));
    // Another peer is another four-tuple.
    assert_eq!(world.connect(fd, SocketAddrV4::new(THERE, 1)), Errno::InProgress);
}

#[test]
fn ephemeral_ports_come_from_the_seed() {
    let first = |seed| {
        let mut world = World::new(HostConfig { seed, ..plain() });
        let fd = world.host.socket();
        world.connect(fd, PEER);
        world.out.packets.last().expect("a SYN").source.port()
    };
    assert_eq!(first(1), first(1));
    assert_ne!(first(1), first(2));
}

#[test]
fn a_listener_without_a_port_is_given_one() {
    let mut world = World::plain();
    let fd = world.host.socket();
    world.host.listen(fd, 1).expect("ports are left");
    let port = world.host.connections()[0].local.port();
    assert!((49_152..=65_535).contains(&port));
    world.arrives_at(port, PEER, segment(tcpscope_tcp::Flags::SYN, IRS, None, b""));
    assert_eq!(world.sent(), ["<SEQ=1000><ACK=5001><CTL=SYN,ACK>"]);
}

#[test]
fn a_listener_may_come_back_while_its_connections_last() {
    let mut world = World::plain();
    let (listener, fd) = world.accepted();
    world.close(listener).expect("it is open");
    let again = world.host.socket();
    world.set(again, SocketOption::ReuseAddr(true)).expect("it is a switch");
    world.host.bind(again, PORT).expect("it is for reuse");
    world.host.listen(again, 1).expect("nobody listens");
    // The connection is found before the listener.
    world.arrives(crate::world::NONE, IRS + 1, Some(ISS + 1), b"x");
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"x"[..]));
    world.shutdown(fd, Shutdown::Both).expect("it is connected");
}

/// RFC 6528: the same two begin each time with another number, and others with another yet.
#[test]
fn initial_numbers_come_from_the_seed_the_sockets_and_the_time() {
    let first = |seed, port, micros| {
        let mut world = World::new(HostConfig { seed, iss: None, ..plain() });
        world.advance(tcpscope_tcp::Duration::from_micros(micros));
        let fd = world.host.socket();
        world.host.bind(fd, PORT).expect("the port is free");
        world.connect(fd, SocketAddrV4::new(THERE, port));
        world.out.packets.last().expect("a SYN").segment.seq
    };
    assert_eq!(first(1, 1, 0), first(1, 1, 0));
    assert_eq!(first(1, 1, 4_000_000), first(1, 1, 0) + 1_000_000);
    assert_ne!(first(2, 1, 0), first(1, 1, 0));
    assert_ne!(first(1, 2, 0), first(1, 1, 0));
}
