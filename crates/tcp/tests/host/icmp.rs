//! What the network says of packets (RFC 9293 §3.9.2.2).

use std::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_tcp::{Duration, Errno, Flags, IcmpError, SeqNumber, State};

use crate::world::{HERE, IRS, ISS, PEER, PORT, World};

const LOCAL: SocketAddrV4 = SocketAddrV4::new(HERE, PORT);

fn icmp(world: &mut World, error: IcmpError, seq: u32) {
    let seq = SeqNumber::new(seq);
    world.host.icmp(world.now, error, LOCAL, PEER, seq, &mut world.out);
}

/// MUST-54, MUST-56, SHLD-25.
#[test]
fn a_soft_error_ends_nothing_but_names_the_end() {
    for (error, told) in [
        (Some(IcmpError::HostUnreachable), Errno::HostUnreachable),
        (Some(IcmpError::NetworkUnreachable), Errno::NetworkUnreachable),
        (None, Errno::TimedOut),
    ] {
        let mut world = World::plain();
        let fd = world.connecting();
        if let Some(error) = error {
            icmp(&mut world, error, ISS);
        }
        assert_eq!(world.state(fd), State::SynSent);
        world.advance(Duration::from_secs(3600));
        assert_eq!(world.host.so_error(fd), Ok(Some(told)));
    }
}

/// SHLD-26.
#[test]
fn a_hard_error_ends_an_opening() {
    for (error, told) in [
        (IcmpError::PortUnreachable, Errno::ConnectionRefused),
        (IcmpError::ProtocolUnreachable, Errno::NoProtocolOption),
    ] {
        let mut world = World::plain();
        let fd = world.connecting();
        icmp(&mut world, error, ISS);
        assert_eq!(world.state(fd), State::Closed);
        assert_eq!(world.recv(fd), Err(told));
    }
    let mut world = World::plain();
    let listener = world.listener(PORT, 1);
    world.arrives(Flags::SYN, IRS, None, b"");
    icmp(&mut world, IcmpError::PortUnreachable, ISS);
    assert_eq!(world.states(), [State::Listen]);
    assert_eq!(world.host.so_error(listener), Ok(None));
}

#[test]
fn what_speaks_of_no_packet_of_ours_is_dropped() {
    let mut world = World::plain();
    let fd = world.connecting();
    let elsewhere = SocketAddrV4::new(Ipv4Addr::new(192, 168, 0, 9), PORT);
    let unknown = SocketAddrV4::new(*PEER.ip(), 1);
    for (local, remote, seq) in
        [(LOCAL, PEER, ISS + 1), (LOCAL, unknown, ISS), (elsewhere, PEER, ISS)]
    {
        let seq = SeqNumber::new(seq);
        let error = IcmpError::PortUnreachable;
        world.host.icmp(world.now, error, local, remote, seq, &mut world.out);
        assert_eq!(world.rules(), ["icmp-dropped"]);
        assert_eq!(world.state(fd), State::SynSent);
    }
}
