//! TIME-WAIT, and who may cut it short (RFC 9293 §3.6.1, RFC 6191).

use tcpscope_tcp::{
    Config, Duration, Errno, Fd, Flags, HostConfig, Options, Segment, SeqNumber, Shutdown,
    SocketOption, State, Timestamps,
};

use crate::world::{IRS, ISS, NONE, PEER, PORT, World, plain, segment};

/// A connection to a listener that is in TIME-WAIT, its descriptor closed. Our next number is
/// ISS + 2, the peer's IRS + 2.
fn in_time_wait(config: HostConfig) -> (World, Fd) {
    let mut world = World::new(config);
    let (listener, fd) = world.accepted();
    world.close(fd).expect("it is open");
    world.arrives(Flags::FIN, IRS + 1, Some(ISS + 2), b"");
    assert_eq!(world.states(), [State::Listen, State::TimeWait]);
    world.clear();
    (world, listener)
}

#[test]
fn a_newer_syn_opens_anew() {
    // The number of the SYN, and whether it is newer.
    for (seq, opens) in [(IRS + 3, true), (IRS + 100_000, true), (IRS + 2, false), (IRS, false)] {
        let (mut world, listener) = in_time_wait(plain());
        world.arrives(Flags::SYN, seq, None, b"");
        let answers = world.sent();
        if opens {
            assert_eq!(answers, [format!("<SEQ=1000><ACK={}><CTL=SYN,ACK>", seq + 1)]);
            assert_eq!(world.states(), [State::Listen, State::SynReceived]);
            world.arrives(NONE, seq + 1, Some(ISS + 1), b"");
            assert!(world.host.accept(listener).is_ok());
        } else {
            assert_eq!(answers, ["<SEQ=1002><ACK=5002><CTL=ACK>"], "SYN {seq}");
            assert_eq!(world.states(), [State::Listen, State::TimeWait]);
        }
    }
}

/// RFC 6191 §2: "[the ISS] is larger than the largest sequence number it used on the previous connection".
#[test]
fn the_new_connection_begins_beyond_the_old_one() {
    for seed in 0..20 {
        let (connection, iss) =
            (Config { msl: Duration::from_secs(3600), ..Config::plain() }, None);
        let mut world = World::new(HostConfig { iss, seed, connection, ..HostConfig::default() });
        let listener = world.listener(PORT, 1);
        world.arrives(Flags::SYN, IRS, None, b"");
        let iss = world.out.packets[0].segment.seq.value();
        let ack = |octets: u32| Some(iss.wrapping_add(octets));
        world.arrives(NONE, IRS + 1, ack(1), b"");
        let (fd, _) = world.host.accept(listener).expect("it is ready");
        // In no time at all, more numbers are used than the clock has ticked.
        for _ in 0..10 {
            assert_eq!(world.send(fd, &[0; 5000]), Ok(5000));
            let nxt = world.host.status(fd).expect("it is open").snd_nxt.value();
            world.arrives(NONE, IRS + 1, Some(nxt), b"");
        }
        world.close(fd).expect("it is open");
        world.arrives(Flags::FIN, IRS + 1, ack(50_002), b"");
        assert_eq!(world.states(), [State::Listen, State::TimeWait]);
        world.clear();
        world.arrives(Flags::SYN, IRS + 1000, None, b"");
        let again = world.out.packets[0].segment.seq;
        assert!(again.after(SeqNumber::new(iss) + 50_002));
    }
}

#[test]
fn without_reuse_or_a_listener_time_wait_stays() {
    let mut config = plain();
    config.connection.time_wait_reuse = false;
    let (mut world, listener) = in_time_wait(config);
    world.arrives(Flags::SYN, IRS + 1000, None, b"");
    assert_eq!(world.sent(), ["<SEQ=1002><ACK=5002><CTL=ACK>"]);

    let (mut other, listening) = in_time_wait(plain());
    other.close(listening).expect("it is open");
    other.clear();
    other.arrives(Flags::SYN, IRS + 1000, None, b"");
    assert_eq!(other.sent(), ["<SEQ=1002><ACK=5002><CTL=ACK>"]);
    let _ = listener;
}

/// RFC 6191 §2: the timestamp decides where there is one.
#[test]
fn a_newer_timestamp_opens_anew_whatever_the_number() {
    for (value, opens) in [(101, true), (100, false), (99, false)] {
        let mut config = plain();
        config.connection.timestamps = true;
        let mut world = World::new(config);
        let listener = world.listener(PORT, 1);
        let stamped = |flags, seq, ack, value| {
            let timestamps = Some(Timestamps { value, echo: 0 });
            let plain = segment(flags, seq, ack, b"");
            Segment { options: Options { timestamps, ..plain.options }, ..plain }
        };
        world.arrives_at(PORT, PEER, stamped(Flags::SYN, IRS, None, 100));
        world.arrives_at(PORT, PEER, stamped(NONE, IRS + 1, Some(ISS + 1), 100));
        let (fd, _) = world.host.accept(listener).expect("it is ready");
        world.close(fd).expect("it is open");
        world.arrives_at(PORT, PEER, stamped(Flags::FIN, IRS + 1, Some(ISS + 2), 100));
        world.arrives_at(PORT, PEER, stamped(Flags::SYN, IRS.wrapping_sub(70_000), None, value));
        let expected = if opens { State::SynReceived } else { State::TimeWait };
        assert_eq!(world.states(), [State::Listen, expected], "TSval {value}");
    }
}

#[test]
fn connect_may_take_a_four_tuple_from_time_wait() {
    // Whether timestamps were agreed on, how long it has been, and whether it is to be had.
    for (timestamps, secs, free) in [(true, 1, true), (true, 0, false), (false, 1, false)] {
        let mut config = plain();
        config.connection.timestamps = timestamps;
        let mut world = World::new(config);
        let fd = world.connecting();
        let stamp = |flags, seq, ack| {
            let plain = segment(flags, seq, Some(ack), b"");
            let timestamps = timestamps.then_some(Timestamps { value: 1, echo: 0 });
            Segment { options: Options { timestamps, ..plain.options }, ..plain }
        };
        world.arrives_at(PORT, PEER, stamp(Flags::SYN, IRS, ISS + 1));
        world.shutdown(fd, Shutdown::Write).expect("it is connected");
        world.arrives_at(PORT, PEER, stamp(Flags::FIN, IRS + 1, ISS + 2));
        assert_eq!(world.state(fd), State::TimeWait);
        world.advance(Duration::from_secs(secs));
        world.clear();
        let again = world.host.socket();
        world.set(again, SocketOption::ReuseAddr(true)).expect("it is a switch");
        world.host.bind(again, PORT).expect("it is for reuse");
        let expected = if free { Errno::InProgress } else { Errno::AddressInUse };
        assert_eq!(world.connect(again, PEER), expected, "{timestamps}, {secs} s");
        if free {
            assert_eq!(world.sent(), ["<SEQ=1000><CTL=SYN>"]);
            assert_eq!((world.state(fd), world.state(again)), (State::Closed, State::SynSent));
            assert_eq!(world.states(), [State::SynSent]);
        }
    }
}
