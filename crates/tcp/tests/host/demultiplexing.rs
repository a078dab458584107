//! Who a packet is for.

use std::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_tcp::{Flags, State};

use crate::world::{HERE, IRS, ISS, NONE, PEER, PORT, THERE, World, segment};

/// RFC 9293 §3.10.7.1.
#[test]
fn what_nobody_wants_is_reset() {
    for (flags, ack, text, answer) in [
        (Flags::SYN, None, &b""[..], Some("<SEQ=0><ACK=5001><CTL=RST,ACK>")),
        (NONE, None, b"abc", Some("<SEQ=0><ACK=5003><CTL=RST,ACK>")),
        (Flags::SYN | Flags::FIN, None, b"abc", Some("<SEQ=0><ACK=5005><CTL=RST,ACK>")),
        (NONE, Some(77), b"", Some("<SEQ=77><CTL=RST>")),
        (Flags::SYN, Some(77), b"", Some("<SEQ=77><CTL=RST>")),
        (Flags::FIN, Some(77), b"abc", Some("<SEQ=77><CTL=RST>")),
        (Flags::RST, None, b"", None),
        (Flags::RST, Some(77), b"", None),
    ] {
        let mut world = World::plain();
        world.arrives(flags, IRS, ack, text);
        let answers: Vec<_> = answer.into_iter().collect();
        assert_eq!(world.sent(), answers, "{flags:?}");
    }
}

/// RFC 9293 §3.10.7.2.
#[test]
fn what_a_listener_answers() {
    for (flags, ack, answer) in [
        (Flags::SYN, None, Some("<SEQ=1000><ACK=5001><CTL=SYN,ACK>")),
        (Flags::SYN, Some(77), Some("<SEQ=77><CTL=RST>")),
        (NONE, Some(77), Some("<SEQ=77><CTL=RST>")),
        (Flags::FIN, Some(77), Some("<SEQ=77><CTL=RST>")),
        (NONE, None, None),
        (Flags::FIN, None, None),
        (Flags::RST, None, None),
        (Flags::RST, Some(77), None),
        (Flags::SYN | Flags::RST, None, None),
    ] {
        let mut world = World::plain();
        let listener = world.listener(PORT, 1);
        world.arrives(flags, IRS, ack, b"");
        let answers: Vec<_> = answer.into_iter().collect();
        assert_eq!(world.sent(), answers, "{flags:?}");
        assert_eq!(world.state(listener), State::Listen);
    }
}

#[test]
fn a_bound_socket_wants_nothing() {
    let mut world = World::plain();
    let fd = world.host.socket();
    world.host.bind(fd, PORT).expect("the port is free");
    world.arrives(Flags::SYN, IRS, None, b"");
    assert_eq!(world.sent(), ["<SEQ=0><ACK=5001><CTL=RST,ACK>"]);
}

#[test]
fn each_four_tuple_is_a_connection_of_its_own() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 8);
    let peers = [
        PEER,
        SocketAddrV4::new(THERE, 40_001),
        SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 40_000),
    ];
    let fds = peers.map(|peer| {
        world.opens_from(peer);
        world.host.accept(listener).expect("it is ready").0
    });
    for (peer, text) in peers.into_iter().zip([b"a", b"b", b"c"]) {
        world.arrives_at(PORT, peer, segment(NONE, IRS + 1, Some(ISS + 1), text));
    }
    for (fd, text) in fds.into_iter().zip([b"a", b"b", b"c"]) {
        assert_eq!(world.recv(fd).as_deref(), Ok(&text[..]));
    }
}

/// RFC 9293 §3.9.2.3: MUST-57, MUST-63.
#[test]
fn what_is_from_or_to_no_host_is_dropped() {
    let at = |ip: Ipv4Addr| SocketAddrV4::new(ip, PORT);
    let multicast = Ipv4Addr::new(239, 1, 2, 3);
    for (source, destination, rule) in [
        (PEER, at(Ipv4Addr::new(192, 168, 0, 2)), "foreign-address"),
        (PEER, at(Ipv4Addr::BROADCAST), "bad-address"),
        (PEER, at(multicast), "bad-address"),
        (at(Ipv4Addr::BROADCAST), at(HERE), "bad-address"),
        (at(multicast), at(HERE), "bad-address"),
        (at(Ipv4Addr::UNSPECIFIED), at(HERE), "bad-address"),
        (at(HERE), at(HERE), "bad-address"),
    ] {
        let mut world = World::plain();
        world.listener(PORT, 1);
        world.clear();
        for flags in [Flags::SYN, NONE] {
            let syn = segment(flags, IRS, None, b"x");
            world.host.arrives(world.now, source, destination, syn, &mut world.out);
            assert_eq!(world.sent(), [""; 0], "{source} to {destination}");
            assert_eq!(world.rules(), [rule], "{source} to {destination}");
        }
        assert_eq!(world.states(), [State::Listen]);
    }
}

/// RFC 9293 §3.5, Figure 7.
#[test]
fn both_sides_may_open_at_once() {
    let mut world = World::plain();
    let fd = world.connecting();
    world.arrives(Flags::SYN, IRS, None, b"");
    assert_eq!(world.sent(), ["<SEQ=1000><ACK=5001><CTL=SYN,ACK>"]);
    assert_eq!(world.state(fd), State::SynReceived);
    world.arrives(Flags::SYN, IRS, Some(ISS + 1), b"");
    assert_eq!(world.state(fd), State::Established);
}

#[test]
fn events_bear_the_descriptor_that_they_concern() {
    let mut world = World::plain();
    let fd = world.connecting();
    world.arrives(Flags::SYN, IRS, Some(ISS + 1), b"");
    let opened = world.out.events.iter().find(|event| event.transition.is_some());
    let opened = opened.expect("the state changed");
    assert_eq!(opened.fd, Some(fd));
    assert_eq!(opened.transition, Some((State::SynSent, State::Established)));
    assert_eq!(opened.reason.rule(), "syn-ack-in-syn-sent");
    // One line a rule.
    let rules = world.rules();
    assert!(rules.windows(2).all(|two| two[0] != two[1]), "{rules:?}");
}
