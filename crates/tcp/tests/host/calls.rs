//! Each call in each situation, and POSIX's name for what it answers.

use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;
use tcpscope_tcp::{Errno, Fd, Flags, Shutdown, SocketOption, State};

use crate::world::{HERE, IRS, ISS, NONE, PEER, PORT, THERE, World};

/// Where a descriptor stands when a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Situation {
    NoSuch,
    Fresh,
    Bound,
    Listening,
    SynSent,
    SynReceived,
    Established,
    WriteShut,
    CloseWait,
    LastAck,
    TimeWait,
    Over,
    Refused,
    Reset,
    TimedOut,
    Aborted,
}

use Situation::*;

const ALL: [Situation; 16] = [
    NoSuch,
    Fresh,
    Bound,
    Listening,
    SynSent,
    SynReceived,
    Established,
    WriteShut,
    CloseWait,
    LastAck,
    TimeWait,
    Over,
    Refused,
    Reset,
    TimedOut,
    Aborted,
];

fn world_in(situation: Situation) -> (World, Fd) {
    let mut world = World::plain();
    let fd = match situation {
        NoSuch => {
            let fd = world.host.socket();
            world.close(fd).expect("it is open");
            fd
        }
        Fresh => world.host.socket(),
        Bound => {
            let fd = world.host.socket();
            world.host.bind(fd, PORT).expect("the port is free");
            fd
        }
        Listening => world.listener(PORT, 1),
        SynSent => world.connecting(),
        SynReceived => {
            let fd = world.connecting();
            world.arrives(Flags::SYN, IRS, None, b"");
            fd
        }
        Established => world.connected(),
        WriteShut => {
            let fd = world.connected();
            world.shutdown(fd, Shutdown::Write).expect("it is connected");
            fd
        }
        CloseWait | LastAck | Over => {
            let fd = world.connected();
            world.arrives(Flags::FIN, IRS + 1, Some(ISS + 1), b"");
            if situation != CloseWait {
                world.shutdown(fd, Shutdown::Write).expect("it is connected");
            }
            if situation == Over {
                world.arrives(NONE, IRS + 2, Some(ISS + 2), b"");
            }
            fd
        }
        TimeWait => {
            let fd = world.connected();
            world.shutdown(fd, Shutdown::Write).expect("it is connected");
            world.arrives(Flags::FIN, IRS + 1, Some(ISS + 2), b"");
            fd
        }
        Refused => {
            let fd = world.connecting();
            world.arrives(Flags::RST, 0, Some(ISS + 1), b"");
            fd
        }
        Reset => {
            let fd = world.connected();
            world.arrives(NONE, IRS + 1, Some(ISS + 1), b"unread");
            world.arrives(Flags::RST, IRS + 7, None, b"");
            fd
        }
        TimedOut => {
            let fd = world.connecting();
            world.advance(tcpscope_tcp::Duration::from_secs(3600));
            fd
        }
        Aborted => {
            let fd = world.connected();
            world.abort(fd).expect("it is connected");
            fd
        }
    };
    let state = match situation {
        NoSuch => None,
        Fresh | Bound | Over | Refused | Reset | TimedOut | Aborted => Some(State::Closed),
        Listening => Some(State::Listen),
        SynSent => Some(State::SynSent),
        SynReceived => Some(State::SynReceived),
        Established => Some(State::Established),
        WriteShut => Some(State::FinWait1),
        CloseWait => Some(State::CloseWait),
        LastAck => Some(State::LastAck),
        TimeWait => Some(State::TimeWait),
    };
    assert_eq!(world.host.status(fd).ok().map(|status| status.state), state, "{situation:?}");
    world.clear();
    (world, fd)
}

/// Makes a call in every situation and compares what it answers, as text.
fn table<T: std::fmt::Debug>(
    call: impl Fn(&mut World, Fd) -> Result<T, Errno>,
    expected: impl Fn(Situation) -> &'static str,
) {
    for situation in ALL {
        let (mut world, fd) = world_in(situation);
        let answer = match call(&mut world, fd) {
            Ok(value) => format!("{value:?}"),
            Err(error) => error.name().to_owned(),
        };
        assert_eq!(answer, expected(situation), "in {situation:?}");
    }
}

#[test]
fn send_in_every_situation() {
    table(
        |world, fd| world.send(fd, b"hello"),
        |situation| match situation {
            NoSuch => "EBADF",
            Fresh | Bound | Listening => "ENOTCONN",
            SynSent | SynReceived => "EAGAIN",
            Established | CloseWait => "5",
            WriteShut | LastAck | TimeWait | Over => "EPIPE",
            Refused => "ECONNREFUSED",
            Reset | Aborted => "ECONNRESET",
            TimedOut => "ETIMEDOUT",
        },
    );
}

#[test]
fn recv_in_every_situation() {
    table(World::recv, |situation| match situation {
        NoSuch => "EBADF",
        Fresh | Bound | Listening => "ENOTCONN",
        SynSent | SynReceived | Established | WriteShut => "EAGAIN",
        CloseWait | LastAck | TimeWait | Over => "b\"\"",
        Refused => "ECONNREFUSED",
        Reset | Aborted => "ECONNRESET",
        TimedOut => "ETIMEDOUT",
    });
}

#[test]
fn connect_in_every_situation() {
    table(
        |world, fd| Err::<(), _>(world.connect(fd, PEER)),
        |situation| match situation {
            NoSuch => "EBADF",
            Fresh | Bound | Refused | TimedOut => "EINPROGRESS",
            Listening => "EOPNOTSUPP",
            SynSent | SynReceived => "EALREADY",
            Established | WriteShut | CloseWait | LastAck | TimeWait | Over | Reset | Aborted => {
                "EISCONN"
            }
        },
    );
}

#[test]
fn bind_listen_and_accept_in_every_situation() {
    table(
        |world, fd| world.host.bind(fd, 99),
        |situation| match situation {
            NoSuch => "EBADF",
            Fresh => "()",
            _ => "EINVAL",
        },
    );
    table(
        |world, fd| world.host.listen(fd, 1),
        |situation| match situation {
            NoSuch => "EBADF",
            Fresh | Bound | Listening => "()",
            _ => "EINVAL",
        },
    );
    table(
        |world, fd| world.host.accept(fd),
        |situation| match situation {
            NoSuch => "EBADF",
            Listening => "EAGAIN",
            _ => "EINVAL",
        },
    );
}

#[test]
fn shutdown_in_every_situation() {
    for how in [Shutdown::Read, Shutdown::Write, Shutdown::Both] {
        table(
            |world, fd| world.shutdown(fd, how),
            |situation| match situation {
                NoSuch => "EBADF",
                Fresh | Bound | Listening | Over | Refused | Reset | TimedOut | Aborted => {
                    "ENOTCONN"
                }
                SynSent | SynReceived | Established | WriteShut | CloseWait | LastAck
                | TimeWait => "()",
            },
        );
    }
}

#[test]
fn abort_and_close_in_every_situation() {
    table(World::abort, |situation| match situation {
        NoSuch => "EBADF",
        Fresh | Bound | Over | Refused | Reset | TimedOut | Aborted => "ENOTCONN",
        _ => "()",
    });
    table(World::close, |situation| if situation == NoSuch { "EBADF" } else { "()" });
    for situation in ALL {
        let (mut world, fd) = world_in(situation);
        let _ = world.close(fd);
        assert_eq!(world.close(fd), Err(Errno::BadDescriptor));
        assert_eq!(world.host.status(fd), Err(Errno::BadDescriptor));
        assert_eq!(world.host.so_error(fd), Err(Errno::BadDescriptor));
        assert_eq!(world.set(fd, SocketOption::NoDelay(true)), Err(Errno::BadDescriptor));
    }
}

#[test]
fn so_error_in_every_situation() {
    table(
        |world, fd| world.host.so_error(fd).map(|error| error.map(Errno::name)),
        |situation| match situation {
            NoSuch => "EBADF",
            Refused => "Some(\"ECONNREFUSED\")",
            Reset | Aborted => "Some(\"ECONNRESET\")",
            TimedOut => "Some(\"ETIMEDOUT\")",
            _ => "None",
        },
    );
}

/// "after a reset they answer its error once": whoever asks first (RFC 9293 §3.9.1.8, MUST-47,
/// SHLD-20).
#[test]
fn an_error_is_told_once() {
    for situation in [Refused, Reset, TimedOut, Aborted] {
        for first in 0..3 {
            let (mut world, fd) = world_in(situation);
            let told = match first {
                0 => world.host.so_error(fd).expect("the descriptor is open"),
                1 => world.send(fd, b"x").err(),
                _ => world.recv(fd).err(),
            };
            assert!(told.is_some(), "{situation:?}, asked by {first}");
            assert_eq!(world.host.so_error(fd), Ok(None));
            assert_eq!(world.recv(fd).as_deref(), Ok(&b""[..]));
            assert_eq!(world.send(fd, b"x"), Err(Errno::Pipe));
        }
    }
}

#[test]
fn peeking_takes_nothing() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"abcdef");
    for _ in 0..2 {
        let peeked = world.host.recv(world.now, fd, 4, true, &mut world.out);
        assert_eq!(peeked.as_deref(), Ok(&b"abcd"[..]));
    }
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"abcdef"[..]));
    let peeked = world.host.recv(world.now, fd, 4, true, &mut world.out);
    assert_eq!(peeked, Err(Errno::Again));
    world.arrives(Flags::FIN, IRS + 7, Some(ISS + 1), b"");
    let peeked = world.host.recv(world.now, fd, 4, true, &mut world.out);
    assert_eq!(peeked.as_deref(), Ok(&b""[..]));
}

#[test]
fn what_is_read_in_pieces_is_not_joined() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(NONE, IRS + 1, Some(ISS + 1), b"abc");
    world.arrives(NONE, IRS + 4, Some(ISS + 1), b"def");
    let read = |world: &mut World| {
        let mut pieces = Vec::new();
        let reader = |piece| pieces.push(piece);
        let any = world.host.recv_pieces(world.now, fd, reader, &mut world.out);
        (any, pieces)
    };
    let both = vec![Bytes::from_static(b"abc"), Bytes::from_static(b"def")];
    assert_eq!(read(&mut world), (Ok(true), both));
    assert_eq!(read(&mut world), (Err(Errno::Again), vec![]));
    world.arrives(Flags::FIN, IRS + 7, Some(ISS + 1), b"");
    assert_eq!(read(&mut world), (Ok(false), vec![]));
}

#[test]
fn what_arrived_before_the_end_can_be_read_after_it() {
    let mut world = World::plain();
    let fd = world.connected();
    world.arrives(Flags::FIN, IRS + 1, Some(ISS + 1), b"last words");
    world.shutdown(fd, Shutdown::Write).expect("it is connected");
    world.arrives(NONE, IRS + 12, Some(ISS + 2), b"");
    assert_eq!(world.state(fd), State::Closed);
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"last words"[..]));
    assert_eq!(world.recv(fd).as_deref(), Ok(&b""[..]));
}

#[test]
fn a_full_send_buffer_has_to_wait() {
    let mut world = World::plain();
    let fd = world.connected();
    world.set(fd, SocketOption::SendBuffer(10)).expect("any size will do");
    assert_eq!(world.send(fd, b"0123456789abc"), Ok(10));
    assert_eq!(world.send(fd, b"abc"), Err(Errno::Again));
    world.arrives(NONE, IRS + 1, Some(ISS + 11), b"");
    assert_eq!(world.send(fd, b"abc"), Ok(3));
}

/// RFC 9293 §3.9.2.3, MUST-46.
#[test]
fn connect_to_what_can_be_no_host_is_refused() {
    for (to, error) in [
        (SocketAddrV4::new(Ipv4Addr::BROADCAST, 1), Errno::NetworkUnreachable),
        (SocketAddrV4::new(Ipv4Addr::new(224, 0, 0, 1), 1), Errno::NetworkUnreachable),
        (SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 1), Errno::NetworkUnreachable),
        (SocketAddrV4::new(THERE, 0), Errno::AddressNotAvailable),
    ] {
        let mut world = World::plain();
        let fd = world.host.socket();
        assert_eq!(world.connect(fd, to), error);
        assert_eq!(world.sent(), [""; 0]);
        assert_eq!(world.connect(fd, PEER), Errno::InProgress);
    }
}

#[test]
fn the_outcome_of_connect() {
    // What arrives, the state then, and the error.
    let syn = (Flags::SYN, IRS, None);
    for (arrivals, state, error) in [
        (vec![(Flags::SYN, IRS, Some(ISS + 1))], State::Established, None),
        (vec![syn, (NONE, IRS + 1, Some(ISS + 1))], State::Established, None),
        (vec![(Flags::RST, 0, Some(ISS + 1))], State::Closed, Some(Errno::ConnectionRefused)),
        (vec![(Flags::RST, 0, Some(ISS + 2))], State::SynSent, None),
        (vec![(Flags::RST, 0, None)], State::SynSent, None),
        (vec![syn, (Flags::RST, IRS + 1, None)], State::Closed, Some(Errno::ConnectionRefused)),
        (
            vec![(Flags::SYN, IRS, Some(ISS + 1)), (Flags::RST, IRS + 1, None)],
            State::Closed,
            Some(Errno::ConnectionReset),
        ),
    ] {
        let mut world = World::plain();
        let fd = world.connecting();
        for (flags, seq, ack) in arrivals {
            world.arrives(flags, seq, ack, b"");
        }
        assert_eq!(world.state(fd), state);
        assert_eq!(world.host.so_error(fd), Ok(error));
    }
}

#[test]
fn descriptors_count_from_three_and_are_not_used_again() {
    let mut world = World::plain();
    let first = world.host.socket();
    world.close(first).expect("it is open");
    let second = world.host.socket();
    assert_eq!((first.number(), second.number()), (3, 4));
}

#[test]
fn the_list_has_listeners_and_connections_but_none_in_closed() {
    let mut world = World::plain();
    let (listener, fd) = world.accepted();
    world.opens_from(SocketAddrV4::new(THERE, 40_001));
    world.arrives_at(
        PORT,
        SocketAddrV4::new(THERE, 39_999),
        crate::world::segment(Flags::SYN, IRS, None, b""),
    );
    let fresh = world.host.socket();
    world.host.bind(fresh, 9).expect("the port is free");
    let list: Vec<_> = world
        .host
        .connections()
        .into_iter()
        .map(|one| (one.fd, one.local.to_string(), one.remote.to_string(), one.state))
        .collect();
    let local = format!("{HERE}:{PORT}");
    assert_eq!(
        list,
        [
            (Some(listener), local.clone(), "0.0.0.0:0".to_owned(), State::Listen),
            (None, local.clone(), "192.0.2.1:39999".to_owned(), State::SynReceived),
            (Some(fd), local.clone(), "192.0.2.1:40000".to_owned(), State::Established),
            (None, local, "192.0.2.1:40001".to_owned(), State::Established),
        ]
    );
    world.abort(fd).expect("it is connected");
    assert_eq!(world.states(), [State::Listen, State::SynReceived, State::Established]);
}
