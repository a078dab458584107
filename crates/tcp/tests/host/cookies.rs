//! SYN cookies (RFC 4987 §3.6), seen from outside.

use std::net::SocketAddrV4;

use tcpscope_tcp::{
    Config, Duration, Flags, HostConfig, Options, Segment, SeqNumber, State, Timestamps,
};

use crate::world::{IRS, NONE, PORT, THERE, World, plain, segment};

const FROM: SocketAddrV4 = SocketAddrV4::new(THERE, 60_000);

/// A host whose SYN queue has room for none.
fn flooded(connection: Config) -> World {
    let mut world = World::new(HostConfig { syn_queue: 0, connection, ..plain() });
    world.listener(PORT, 1);
    world
}

fn offer() -> Segment {
    let options = Options {
        mss: Some(1460),
        window_scale: Some(7),
        sack_permitted: true,
        timestamps: Some(Timestamps { value: 77, echo: 0 }),
        ..Options::NONE
    };
    Segment { options, ..segment(Flags::SYN, IRS, None, b"") }
}

/// The ACK of a SYN,ACK, and a word.
fn answer(syn_ack: &Segment) -> Segment {
    let timestamps = syn_ack.options.timestamps;
    let echo = timestamps.map(|ts| Timestamps { value: 78, echo: ts.value });
    let ack = Some(syn_ack.seq.value().wrapping_add(1));
    let plain = segment(NONE, IRS + 1, ack, b"hello");
    Segment { options: Options { timestamps: echo, ..Options::NONE }, ..plain }
}

/// RFC 4987 §3.6.
#[test]
fn nothing_is_kept_until_the_cookie_comes_back() {
    let mut world = flooded(Config::default());
    world.arrives_at(PORT, FROM, offer());
    assert_eq!(world.states(), [State::Listen]);
    assert_eq!(world.host.next_timeout(), None);
    assert_eq!(world.rules(), ["syn-cookie-sent"]);
    let syn_ack = world.out.packets.remove(0).segment;
    assert!(syn_ack.syn() && syn_ack.ack == Some(SeqNumber::new(IRS + 1)));
    assert_eq!(syn_ack.options.window_scale, Some(6));
    assert!(syn_ack.options.sack_permitted);
    assert_eq!(syn_ack.options.timestamps.map(|ts| ts.echo), Some(77));

    world.advance(Duration::from_millis(50));
    world.arrives_at(PORT, FROM, answer(&syn_ack));
    assert_eq!(world.states(), [State::Listen, State::Established]);
    assert!(world.rules().contains(&"syn-cookie-taken"));
    let listener = world.host.connections()[0].fd.expect("it listens");
    let (fd, from) = world.host.accept(listener).expect("it is ready");
    assert_eq!(from, FROM);
    assert_eq!(world.recv(fd).as_deref(), Ok(&b"hello"[..]));
    let status = world.host.status(fd).expect("it is open");
    // MSS 1460 less the timestamps; the window of the ACK, scaled by 7.
    assert_eq!((status.mss, status.snd_wnd), (1448, 8000 << 7));
    assert_eq!(status.iss, Some(syn_ack.seq));
    assert_eq!(status.irs, Some(SeqNumber::new(IRS)));
}

/// RFC 4987 §3.6.
#[test]
fn what_is_no_cookie_is_reset() {
    let mut world = flooded(Config::plain());
    world.arrives_at(PORT, FROM, offer());
    let syn_ack = world.out.packets.remove(0).segment;
    let good = answer(&syn_ack);
    let elsewhere = SocketAddrV4::new(THERE, 60_001);
    let wrong_ack = Segment { ack: good.ack.map(|ack| ack + 1), ..good.clone() };
    let wrong_seq = Segment { seq: good.seq + 1, ..good.clone() };
    for (from, segment) in [(elsewhere, good.clone()), (FROM, wrong_ack), (FROM, wrong_seq)] {
        world.clear();
        let ack = segment.ack.expect("an ACK");
        world.arrives_at(PORT, from, segment);
        assert_eq!(world.rules().first(), Some(&"syn-cookie-refused"));
        assert_eq!(world.sent(), [format!("<SEQ={ack}><CTL=RST>")]);
    }
    // Two minutes later it is too old.
    world.advance(Duration::from_secs(128));
    world.arrives_at(PORT, FROM, good);
    assert_eq!(world.states(), [State::Listen]);
    assert_eq!(world.sent().len(), 1);
}

#[test]
fn a_cookie_counts_only_where_cookies_were_given() {
    let mut world = flooded(Config::plain());
    world.arrives_at(PORT, FROM, offer());
    let good = answer(&world.out.packets.remove(0).segment);
    let mut quiet = flooded(Config::plain());
    quiet.clear();
    quiet.arrives_at(PORT, FROM, good);
    assert_eq!(quiet.sent().len(), 1, "a reset");
    assert_eq!(quiet.rules(), ["ack-refused"]);
}

#[test]
fn a_cookie_waits_for_the_accept_queue() {
    let mut world = flooded(Config::plain());
    let froms = [1, 2, 3].map(|port| SocketAddrV4::new(THERE, port));
    for from in froms {
        world.arrives_at(PORT, from, offer());
    }
    let answers: Vec<_> =
        world.out.packets.drain(..).map(|packet| answer(&packet.segment)).collect();
    for (from, answer) in froms.into_iter().zip(&answers) {
        world.arrives_at(PORT, from, answer.clone());
    }
    assert_eq!(world.states(), [State::Listen, State::Established, State::Established]);
    let listener = world.host.connections()[0].fd.expect("it listens");
    world.host.accept(listener).expect("it is ready");
    world.arrives_at(PORT, froms[2], answers[2].clone());
    assert_eq!(world.states().len(), 4);
}
