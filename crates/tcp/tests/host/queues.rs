//! The two queues of a listener.

use std::net::SocketAddrV4;

use tcpscope_tcp::{Duration, Errno, Flags, HostConfig, SocketOption, State};

use crate::world::{IRS, ISS, NONE, PEER, PORT, THERE, World, plain, segment};

fn peer(port: u16) -> SocketAddrV4 {
    SocketAddrV4::new(THERE, port)
}

const SYN_ACK: &str = "<SEQ=1000><ACK=5001><CTL=SYN,ACK>";

#[test]
fn a_connection_is_accepted_once_it_is_established() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 1);
    world.arrives(Flags::SYN, IRS, None, b"");
    assert_eq!(world.sent(), [SYN_ACK]);
    assert_eq!(world.host.accept(listener), Err(Errno::Again));
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"hello");
    let (fd, from) = world.host.accept(listener).expect("it is ready");
    assert_eq!((from, world.state(fd)), (PEER, State::Established));
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"hello"[..]));
    assert_eq!(world.host.accept(listener), Err(Errno::Again));
    assert_eq!(world.state(listener), State::Listen);
}

#[test]
fn the_oldest_is_accepted_first() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 8);
    for port in [7, 3, 5] {
        world.opens_from(peer(port));
    }
    for port in [7, 3, 5] {
        assert_eq!(world.host.accept(listener).map(|(_, from)| from), Ok(peer(port)));
    }
}

/// Full is a queue that holds more than the backlog.
#[test]
fn a_full_accept_queue_lets_no_syn_in() {
    for backlog in [0, 1, 3] {
        let mut world = World::plain();
        let listener = world.listener(PORT, backlog);
        let room = u16::try_from(backlog).expect("it is small") + 1;
        for port in 0..room {
            world.opens_from(peer(50_000 + port));
        }
        world.clear();
        world.arrives(Flags::SYN, IRS, None, b"");
        assert_eq!(world.sent(), [""; 0]);
        assert_eq!(world.rules(), ["accept-queue-full"]);
        world.host.accept(listener).expect("it is ready");
        world.arrives(Flags::SYN, IRS, None, b"");
        assert_eq!(world.sent(), [SYN_ACK]);
    }
}

#[test]
fn the_last_ack_of_a_handshake_waits_for_room() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 0);
    for port in [1, 2] {
        world.arrives_at(PORT, peer(port), segment(Flags::SYN, IRS, None, b""));
    }
    for port in [1, 2] {
        world.arrives_at(PORT, peer(port), segment(NONE, IRS + 1, Some(ISS + 1), b""));
    }
    assert_eq!(world.states(), [State::Listen, State::Established, State::SynReceived]);
    world.clear();
    // The SYN,ACK asks again; whoever answers it gets in as soon as there is room.
    world.advance(Duration::from_secs(1));
    assert_eq!(world.sent(), [SYN_ACK]);
    world.host.accept(listener).expect("it is ready");
    world.arrives_at(PORT, peer(2), segment(NONE, IRS + 1, Some(ISS + 1), b""));
    assert_eq!(world.host.accept(listener).map(|(_, from)| from), Ok(peer(2)));
}

#[test]
fn a_reset_waits_no_longer_for_room() {
    let mut world = World::plain();
    world.listener(PORT, 0);
    world.arrives(Flags::SYN, IRS, None, b"");
    world.opens_from(peer(1));
    world.clear();
    world.arrives(Flags::RST, IRS + 1, None, b"");
    assert_eq!(world.states(), [State::Listen, State::Established]);
    assert_eq!(world.sent(), [""; 0]);
}

#[test]
fn the_syn_queue_has_room_for_so_many() {
    let config = HostConfig { syn_queue: 3, syn_cookies: false, ..plain() };
    let mut world = World::new(config);
    let listener = world.listener(PORT, 8);
    for port in 1..=5 {
        world.arrives_at(PORT, peer(port), segment(Flags::SYN, IRS, None, b""));
    }
    assert_eq!(world.sent(), [SYN_ACK; 3]);
    assert_eq!(world.rules().iter().filter(|rule| **rule == "syn-queue-full").count(), 2);
    // A reset, an acknowledgment and silence each make room again.
    world.arrives_at(PORT, peer(1), segment(Flags::RST, IRS + 1, None, b""));
    world.arrives_at(PORT, peer(2), segment(NONE, IRS + 1, Some(ISS + 1), b""));
    world.clear();
    for port in 4..=6 {
        world.arrives_at(PORT, peer(port), segment(Flags::SYN, IRS, None, b""));
    }
    assert_eq!(world.sent(), [SYN_ACK; 2]);
    world.advance(Duration::from_secs(1000));
    assert_eq!(world.states(), [State::Listen, State::Established]);
    world.clear();
    for port in 4..=6 {
        world.arrives_at(PORT, peer(port), segment(Flags::SYN, IRS, None, b""));
    }
    assert_eq!(world.sent(), [SYN_ACK; 3]);
    assert!(world.host.accept(listener).is_ok());
}

/// RFC 9293 §3.10.7.4, SYN-RECEIVED: what came of a passive OPEN returns to LISTEN, and nobody is
/// told.
#[test]
fn an_opening_ends_without_a_word() {
    for (flags, seq, sends) in [
        (Flags::RST, IRS + 1, 0),
        // A SYN in the window returns to LISTEN too.
        (Flags::SYN, IRS + 1, 0),
    ] {
        let mut world = World::plain();
        let listener = world.listener(PORT, 1);
        world.arrives(Flags::SYN, IRS, None, b"");
        world.clear();
        world.arrives(flags, seq, None, b"");
        assert_eq!(world.states(), [State::Listen], "{flags:?}");
        assert_eq!(world.sent().len(), sends);
        assert_eq!(world.host.so_error(listener), Ok(None));
        assert_eq!(world.host.next_timeout(), None);
        world.arrives(Flags::SYN, IRS, None, b"");
        assert_eq!(world.sent(), [SYN_ACK]);
    }
}

#[test]
fn syn_acks_are_given_up_after_so_many() {
    let mut world = World::plain();
    world.listener(PORT, 1);
    world.arrives(Flags::SYN, IRS, None, b"");
    world.advance(Duration::from_secs(3600));
    assert_eq!(world.sent().len(), 1 + 6);
    assert_eq!(world.states(), [State::Listen]);
    assert_eq!(world.host.next_timeout(), None);
}

#[test]
fn a_connection_that_was_reset_before_it_was_accepted_says_so() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 1);
    world.opens_from(PEER);
    world.arrives(Flags::RST, IRS + 1, None, b"");
    assert_eq!(world.states(), [State::Listen]);
    let (fd, from) = world.host.accept(listener).expect("it is still in the queue");
    assert_eq!(from, PEER);
    assert_eq!(world.recv(fd), Err(Errno::ConnectionReset));
    assert_eq!(world.recv(fd).as_deref(), Ok(&b""[..]));
}

/// The drive protocol: "Closing a listener drops its SYN-RECEIVED connections and resets those not
/// yet accepted."
#[test]
fn a_listener_that_closes() {
    let mut world = World::plain();
    let (listener, fd) = world.accepted();
    world.opens_from(peer(1));
    world.arrives_at(PORT, peer(2), segment(Flags::SYN, IRS, None, b""));
    world.clear();
    world.close(listener).expect("it is open");
    assert_eq!(world.sent(), ["<SEQ=1001><CTL=RST>"]);
    assert_eq!(world.states(), [State::Established]);
    assert_eq!(world.state(fd), State::Established);
    assert_eq!(world.host.next_timeout(), None);
    // Nobody listens any more.
    world.arrives_at(PORT, peer(2), segment(NONE, IRS + 1, Some(ISS + 1), b""));
    assert_eq!(world.sent(), ["<SEQ=1001><CTL=RST>"]);
}

#[test]
fn a_listener_that_is_aborted_may_listen_again() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 1);
    world.opens_from(PEER);
    world.clear();
    world.abort(listener).expect("it listens");
    assert_eq!(world.sent(), ["<SEQ=1001><CTL=RST>"]);
    assert_eq!(world.states(), []);
    assert_eq!(world.host.listen(listener, 1), Ok(()));
    world.arrives(Flags::SYN, IRS, None, b"");
    assert_eq!(world.sent(), [SYN_ACK]);
}

#[test]
fn a_backlog_may_be_changed() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 0);
    world.opens_from(peer(1));
    world.host.listen(listener, 1).expect("it listens");
    world.opens_from(peer(2));
    world.opens_from(peer(3));
    assert!(world.host.accept(listener).is_ok());
    assert!(world.host.accept(listener).is_ok());
    assert_eq!(world.host.accept(listener), Err(Errno::Again));
}

/// RFC 4987 §3: as many SYNs as one likes leave memory where it is.
#[test]
fn a_flood_of_syns_keeps_no_more_than_the_queue() {
    for syn_cookies in [false, true] {
        let mut world = World::new(HostConfig { syn_queue: 16, syn_cookies, ..plain() });
        world.listener(PORT, 4);
        for port in 1..10_000 {
            world.arrives_at(PORT, peer(port), segment(Flags::SYN, IRS, None, b""));
            world.clear();
        }
        assert_eq!(world.states().len(), 1 + 16);
    }
}

/// RFC 9293 §3.9.1.1: a passive OPEN "MUST NOT affect any previously created connection record"
/// (MUST-41), and may wait on a port "while a connection block with the same local port is in
/// SYN-SENT or SYN-RECEIVED" (MUST-42).
#[test]
fn a_listener_disturbs_nobody_on_its_port() {
    for simultaneous in [false, true] {
        let mut world = World::plain();
        let opening = world.connecting();
        if simultaneous {
            world.arrives(Flags::SYN, IRS, None, b"");
        }
        let before = world.host.status(opening);
        let fd = world.host.socket();
        world.set(fd, SocketOption::ReuseAddr(true)).expect("it is a switch");
        world.host.bind(fd, PORT).expect("it is for reuse");
        world.host.listen(fd, 1).expect("nobody else listens");
        assert_eq!(world.host.status(opening), before);
        world.opens_from(peer(1));
        assert!(world.host.accept(fd).is_ok());
        world.arrives(Flags::SYN, IRS, Some(ISS + 1), b"");
        assert_eq!(world.state(opening), State::Established);
        assert_eq!(world.host.accept(fd), Err(Errno::Again));
    }
}

/// The departure that a lesson shows: a two-way opening is ready without the third segment.
#[test]
fn a_two_way_opening_is_ready_at_once() {
    let mut config = plain();
    config.connection.variant.two_way_opening = true;
    let mut world = World::new(config);
    let listener = world.listener(PORT, 1);
    world.arrives(Flags::SYN, IRS, None, b"");
    assert_eq!(world.sent(), [SYN_ACK]);
    let (fd, _) = world.host.accept(listener).expect("it is ready");
    assert_eq!(world.state(fd), State::Established);
}
