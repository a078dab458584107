//! The options of sockets.

use tcpscope_tcp::{Config, Duration, Errno, Flags, SocketOption, State};

use crate::world::{IRS, ISS, NONE, PEER, PORT, World};

#[test]
fn values_out_of_range_are_refused() {
    for option in [
        SocketOption::ReceiveBuffer(0),
        SocketOption::SendBuffer(0),
        SocketOption::MaxSeg(0),
        SocketOption::KeepIdle(Duration::ZERO),
        SocketOption::KeepInterval(Duration::ZERO),
        SocketOption::KeepCount(0),
    ] {
        let mut world = World::plain();
        let fd = world.host.socket();
        assert_eq!(world.set(fd, option), Err(Errno::InvalidArgument), "{option:?}");
    }
}

/// MUST-67, SHLD-6: never more than the host can receive, whatever the application asks for.
#[test]
fn maxseg_is_announced_and_kept_to() {
    for (value, announced) in [(500, 500), (9000, 1460)] {
        let mut world = World::plain();
        let fd = world.host.socket();
        world.set(fd, SocketOption::MaxSeg(value)).expect("it is in range");
        world.host.bind(fd, PORT).expect("the port is free");
        world.connect(fd, PEER);
        assert_eq!(world.out.packets[0].segment.options.mss, Some(announced));
        world.arrives(Flags::SYN, IRS, Some(ISS + 1), b"");
        let mss = u32::from(announced.min(1000));
        assert_eq!(world.host.status(fd).expect("it is open").mss, mss);
    }
    let mut world = World::plain();
    let fd = world.connected();
    world.set(fd, SocketOption::MaxSeg(100)).expect("it is in range");
    assert_eq!(world.host.status(fd).expect("it is open").mss, 100);
    world.send(fd, &[0; 250]).expect("there is room");
    let lengths: Vec<_> =
        world.out.packets.iter().map(|packet| packet.segment.payload.len()).collect();
    assert_eq!(lengths[..2], [100, 100]);
}

/// MUST-17.
#[test]
fn nodelay_lets_go_what_nagle_holds() {
    let mut world = World::plain();
    let fd = world.connected();
    for _ in 0..2 {
        world.send(fd, b"x").expect("there is room");
    }
    assert_eq!(world.sent(), ["<SEQ=1001><ACK=5001><CTL=ACK><1>"]);
    world.set(fd, SocketOption::NoDelay(true)).expect("it is a switch");
    assert_eq!(world.sent(), ["<SEQ=1002><ACK=5001><CTL=ACK><1>"]);
}

#[test]
fn connections_inherit_the_options_of_their_listener() {
    let mut world = World::plain();
    let listener = world.listener(PORT, 1);
    for option in [
        SocketOption::ReceiveBuffer(3000),
        SocketOption::MaxSeg(700),
        SocketOption::Linger(Some(Duration::ZERO)),
        SocketOption::KeepAlive(true),
        SocketOption::KeepIdle(Duration::from_secs(10)),
    ] {
        world.set(listener, option).expect("it is in range");
    }
    world.arrives(Flags::SYN, IRS, None, b"");
    let syn_ack = &world.out.packets[0].segment;
    assert_eq!((syn_ack.wnd, syn_ack.options.mss), (3000, Some(700)));
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"");
    let (fd, _) = world.host.accept(listener).expect("it is ready");
    world.clear();
    world.advance(Duration::from_secs(10));
    assert_eq!(world.sent(), ["<SEQ=1000><ACK=5001><CTL=ACK>"], "a keep-alive");
    world.close(fd).expect("it is open");
    assert_eq!(world.sent(), ["<SEQ=1001><ACK=5001><CTL=RST,ACK>"]);
}

#[test]
fn a_user_timeout_ends_the_connection() {
    let mut world = World::plain();
    let fd = world.connected();
    let time = Some(Duration::from_secs(5));
    world.set(fd, SocketOption::UserTimeout(time)).expect("any time will do");
    world.send(fd, b"x").expect("there is room");
    world.advance(Duration::from_micros(4_999_999));
    assert_eq!(world.state(fd), State::Established);
    world.advance(Duration::from_micros(1));
    assert_eq!(world.host.so_error(fd), Ok(Some(Errno::TimedOut)));
}

#[test]
fn without_options_a_socket_is_as_the_host_is_set_up() {
    let config = Config { receive_buffer: 4000, mss: 900, ..Config::plain() };
    let mut world =
        World::new(tcpscope_tcp::HostConfig { connection: config, ..crate::world::plain() });
    let fd = world.host.socket();
    world.connect(fd, PEER);
    let syn = &world.out.packets[0].segment;
    assert_eq!((syn.wnd, syn.options.mss), (4000, Some(900)));
}
