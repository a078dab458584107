//! How a descriptor is given back, and what becomes of its connection.

use tcpscope_tcp::{Duration, Flags, Shutdown, SocketOption, State};

use crate::world::{IRS, ISS, NONE, World};

#[test]
fn close_sends_a_fin_and_the_connection_goes_on_alone() {
    let mut world = World::plain();
    let fd = world.connected();
    assert_eq!(world.send(fd, b"bye"), Ok(3));
    world.clear();
    world.close(fd).expect("it is open");
    assert_eq!(world.sent(), ["<SEQ=1004><ACK=5001><CTL=FIN,ACK>"]);
    assert_eq!(world.states(), [State::FinWait1]);
    assert_eq!(world.host.connections()[0].fd, None);
    world.arrives(NONE, IRS + 1, Some(ISS + 5), b"");
    assert_eq!(world.states(), [State::FinWait2]);
    world.arrives(Flags::FIN, IRS + 1, Some(ISS + 5), b"");
    assert_eq!(world.states(), [State::TimeWait]);
    world.advance(Duration::from_secs(60));
    assert_eq!(world.states(), []);
    assert_eq!(world.host.next_timeout(), None);
}

#[test]
fn a_peer_that_closed_first_leaves_nothing_behind() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(Flags::FIN, IRS + 1, Some(ISS + 1), b"");
    world.close(fd).expect("it is open");
    assert_eq!(world.states(), [State::LastAck]);
    world.arrives(NONE, IRS + 2, Some(ISS + 2), b"");
    assert_eq!(world.states(), []);
    assert_eq!(world.host.next_timeout(), None);
}

/// RFC 9293 §3.6.1, SHLD-3.
#[test]
fn close_with_unread_octets_resets() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"unread");
    world.clear();
    world.close(fd).expect("it is open");
    assert_eq!(world.sent(), ["<SEQ=1001><ACK=5007><CTL=RST,ACK>"]);
    assert_eq!(world.states(), []);
}

#[test]
fn octets_that_come_after_close_reset() {
    let mut world = World::plain();
    let fd = world.connected();
    world.close(fd).expect("it is open");
    world.clear();
    world.arrives(NONE, IRS + 1, Some(ISS + 2), b"late");
    assert_eq!(world.sent(), ["<SEQ=1002><CTL=RST>"]);
    assert_eq!(world.states(), []);
}

#[test]
fn linger_of_zero_resets() {
    let zero = SocketOption::Linger(Some(Duration::ZERO));
    let some = SocketOption::Linger(Some(Duration::from_secs(1)));
    for (option, answer) in [
        (zero, "<SEQ=1001><ACK=5001><CTL=RST,ACK>"),
        (some, "<SEQ=1001><ACK=5001><CTL=FIN,ACK>"),
        (SocketOption::Linger(None), "<SEQ=1001><ACK=5001><CTL=FIN,ACK>"),
    ] {
        let mut world = World::plain();
        let fd = world.connected();
        world.set(fd, option).expect("any time will do");
        world.close(fd).expect("it is open");
        assert_eq!(world.sent(), [answer], "{option:?}");
    }
}

#[test]
fn abort_sends_a_reset_and_keeps_the_descriptor() {
    let mut world = World::plain();
    let fd = world.connected();
    world.abort(fd).expect("it is connected");
    assert_eq!(world.sent(), ["<SEQ=1001><CTL=RST>"]);
    assert_eq!(world.state(fd), State::Closed);
    assert_eq!(world.states(), []);
    // The four-tuple is free: what comes now is for nobody.
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"x");
    assert_eq!(world.sent(), ["<SEQ=1001><CTL=RST>"]);
}

#[test]
fn an_opening_that_is_given_up_leaves_nothing_behind() {
    for how in 0..3 {
        let mut world = World::plain();
        let fd = world.connecting();
        match how {
            0 => world.close(fd),
            1 => world.abort(fd),
            _ => world.shutdown(fd, Shutdown::Write),
        }
        .expect("it is opening");
        assert_eq!(world.sent(), [""; 0]);
        assert_eq!(world.states(), []);
        assert_eq!(world.host.next_timeout(), None);
    }
}

#[test]
fn half_of_a_connection_may_be_shut() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"unread");
    world.clear();
    for _ in 0..2 {
        world.shutdown(fd, Shutdown::Write).expect("it is connected");
    }
    assert_eq!(world.sent(), ["<SEQ=1001><ACK=5007><CTL=FIN,ACK>"]);
    assert_eq!(world.send(fd, b"x"), Err(tcpscope_tcp::Errno::Pipe));
    world.arrives(NONE, IRS + 7, Some(ISS + 2), b" more");
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"unread more"[..]));
    assert_eq!(world.recv(fd), Err(tcpscope_tcp::Errno::Again));
}

#[test]
fn the_read_side_is_at_its_end_once_the_queue_is_empty() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"abc");
    world.shutdown(fd, Shutdown::Read).expect("it is connected");
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"abc"[..]));
    assert_eq!(world.recv(fd).as_deref(), Ok(&b""[..]));
    assert_eq!(world.send(fd, b"x"), Ok(1));
}

/// A FIN-WAIT-2 that nobody holds waits for the peer's FIN no longer than a minute.
#[test]
fn an_orphan_does_not_wait_for_ever() {
    let mut world = World::plain();
    let fd = world.connected();
    world.close(fd).expect("it is open");
    world.arrives(NONE, IRS + 1, Some(ISS + 2), b"");
    world.advance(Duration::from_secs(59));
    assert_eq!(world.states(), [State::FinWait2]);
    world.advance(Duration::from_secs(1));
    assert_eq!(world.states(), []);
}

#[test]
fn an_orphan_that_gets_no_answer_is_given_up() {
    let mut world = World::plain();
    let fd = world.connected();
    world.close(fd).expect("it is open");
    world.advance(Duration::from_secs(3600));
    assert_eq!(world.states(), []);
}
