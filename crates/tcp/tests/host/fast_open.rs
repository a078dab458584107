//! TCP Fast Open (RFC 7413) between two hosts, and with a client made by hand.

use std::net::SocketAddrV4;

use bytes::Bytes;
use tcpscope_tcp::{
    Config, Errno, FastOpenCookie, Fd, Flags, HostConfig, Options, Segment, SeqNumber, State,
};

use crate::world::{IRS, ISS, NONE, PEER, PORT, Pair, SERVER, THERE, World, plain, segment};

const TO: SocketAddrV4 = SocketAddrV4::new(SERVER, PORT);

fn fast() -> Config {
    Config { fast_open: true, ..Config::default() }
}

fn asking(world: &mut World, from: SocketAddrV4, cookie: FastOpenCookie, text: &[u8]) -> Segment {
    let syn = segment(Flags::SYN, IRS, None, text);
    let options = Options { fast_open: Some(cookie), ..syn.options };
    world.arrives_at(PORT, from, Segment { options, ..syn });
    world.out.packets.remove(0).segment
}

fn server() -> (World, Fd) {
    let connection = Config { fast_open: true, ..Config::plain() };
    let mut world = World::new(HostConfig { connection, ..plain() });
    let listener = world.listener(PORT, 4);
    (world, listener)
}

fn cookie(world: &mut World) -> FastOpenCookie {
    let from = SocketAddrV4::new(THERE, 1);
    let given = asking(world, from, FastOpenCookie::REQUEST, b"").options.fast_open;
    given.filter(|cookie| !cookie.is_request()).expect("a cookie is given")
}

/// RFC 7413 §4.2.2.
#[test]
fn under_a_cookie_text_is_read_before_the_handshake_is_over() {
    let (mut world, listener) = server();
    let cookie = cookie(&mut world);
    let syn_ack = asking(&mut world, PEER, cookie, b"GET /");
    assert_eq!(syn_ack.ack, Some(SeqNumber::new(IRS + 6)));
    let (fd, from) = world.host.accept(listener).expect("it is ready");
    assert_eq!((from, world.state(fd)), (PEER, State::SynReceived));
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"GET /"[..]));
    assert_eq!(world.recv(fd), Err(Errno::Again));
    world.arrives(NONE, IRS + 6, Some(ISS + 1), b"x");
    assert_eq!(world.state(fd), State::Established);
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"x"[..]));
    assert_eq!(world.host.accept(listener), Err(Errno::Again));
}

#[test]
fn without_a_right_cookie_it_is_a_usual_handshake_and_a_cookie_is_given() {
    let wrong = FastOpenCookie::new(&[0; 8]).expect("eight octets");
    for offered in [wrong, FastOpenCookie::REQUEST] {
        let (mut world, listener) = server();
        let right = cookie(&mut world);
        let syn_ack = asking(&mut world, PEER, offered, b"GET /");
        assert_eq!(syn_ack.ack, Some(SeqNumber::new(IRS + 1)));
        assert_eq!(syn_ack.options.fast_open, Some(right));
        assert_eq!(world.host.accept(listener), Err(Errno::Again));
        world.arrives(NONE, IRS + 1, Some(ISS + 1), b"GET /");
        let (fd, _) = world.host.accept(listener).expect("it is ready");
        assert_eq!(world.recv(fd).as_deref(), Ok(&b"GET /"[..]));
    }
}

#[test]
fn a_cookie_is_good_for_one_address() {
    let (mut world, listener) = server();
    let cookie = cookie(&mut world);
    let elsewhere = SocketAddrV4::new(std::net::Ipv4Addr::new(192, 0, 2, 9), 40_000);
    let syn_ack = asking(&mut world, elsewhere, cookie, b"GET /");
    assert_eq!(syn_ack.ack, Some(SeqNumber::new(IRS + 1)));
    assert_eq!(world.host.accept(listener), Err(Errno::Again));
}

#[test]
fn a_reset_ends_what_was_given_out_early() {
    for accepted in [false, true] {
        let (mut world, listener) = server();
        let cookie = cookie(&mut world);
        asking(&mut world, PEER, cookie, b"GET /");
        let early = accepted.then(|| world.host.accept(listener).expect("it is ready").0);
        world.arrives(Flags::RST, IRS + 6, None, b"");
        let fd = early.unwrap_or_else(|| world.host.accept(listener).expect("it is ready").0);
        assert_eq!(world.state(fd), State::Closed);
        assert_eq!(world.recv(fd), Err(Errno::ConnectionReset));
        assert_eq!(world.sent(), [""; 0]);
    }
}

#[test]
fn the_second_connection_saves_a_round_trip() {
    let mut pair = Pair::new(&fast());
    let listener = pair.at(1, |host, _, _| {
        let fd = host.socket();
        host.bind(fd, PORT).expect("the port is free");
        host.listen(fd, 4).expect("nobody listens");
        fd
    });
    let delay = pair.delay.as_micros();
    for trips in [3, 1, 1] {
        let begin = pair.now;
        pair.at(0, |host, now, out| {
            let fd = host.socket();
            let data = Bytes::from_static(b"GET /");
            assert_eq!(host.connect_with(now, fd, TO, &data, out), Ok(5));
        });
        let mut fd = None;
        let arrived = pair.until(|pair| {
            fd = fd.or_else(|| pair.at(1, |host, _, _| host.accept(listener)).ok());
            fd.is_some_and(|(fd, _)| {
                pair.at(1, |host, now, out| host.recv(now, fd, 100, true, out)).is_ok()
            })
        });
        assert!(arrived);
        assert_eq!(pair.now.since(begin).as_micros(), trips * delay);
        // Both sides get to ESTABLISHED all the same.
        let (fd, _) = fd.expect("it was accepted");
        assert!(pair.until(|pair| {
            pair.hosts[1].status(fd).is_ok_and(|status| status.state == State::Established)
        }));
        pair.until(|_| false);
    }
}
