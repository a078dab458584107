//! What the fuzzers run, and the tests too over the cases that the fuzzers found worth keeping:
//! any octets, any options, any order of events, any capture, any conversation in one, any link, any
//! script.
//! None may panic, and what must always hold does.

mod captures;

use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;
use tcpscope_packetdrill::{Script, play};
use tcpscope_scenario::Link;
use tcpscope_tcp::{
    Call, Config, Connection, Effect, Effects, Flags, Host, HostConfig, Instant, Isn, Opening,
    Options, Outbox, SackBlocks, Segment, SeqNumber, State, Timestamps,
};
use tcpscope_wire::{Checksums, decode, encode};

pub use captures::{captures, conversations};

const US: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 80);
const PEER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 40_000);

/// Packets, each after its length in two octets, reach a host that listens and connects. Whatever
/// it sends can be encoded.
pub fn arriving_octets(data: &[u8]) {
    let mut host = Host::new(HostConfig { address: *US.ip(), ..HostConfig::default() });
    let mut outbox = Outbox::observed();
    let listener = host.socket();
    let _ = host.bind(listener, US.port());
    let _ = host.listen(listener, 4);
    let client = host.socket();
    let _ = host.connect(Instant::ZERO, client, PEER, &mut outbox);
    let mut rest = data;
    let mut now = Instant::ZERO;
    while let [high, low, after @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(after.len());
        let (packet, next) = after.split_at(length);
        rest = next;
        if let Ok(datagram) = decode(Bytes::copy_from_slice(packet), Checksums::Ignore) {
            host.arrives(now, datagram.source, US, datagram.segment, &mut outbox);
        }
        if let Some(at) = host.next_timeout().filter(|_| *low % 4 == 0) {
            now = at;
            host.run_timers(now, &mut outbox);
        }
        for sent in outbox.packets.drain(..) {
            encode(sent.source, sent.destination, &sent.segment).expect("what is sent fits");
        }
        outbox.events.clear();
    }
}

/// Up to 40 octets as the options of a SYN: read, written, and read again they are the same, but
/// for SACK blocks that find no room.
pub fn options(data: &[u8]) {
    let list = &data[..data.len().min(40) / 4 * 4];
    let Some(packet) = with_options(list) else { return };
    let Ok(first) = decode(packet, Checksums::Ignore) else { return };
    let Ok(written) = encode(first.source, first.destination, &first.segment) else { return };
    let again = decode(written, Checksums::Verify).expect("what was written can be read");
    // Beside options that only a SYN carries there is less room for SACK blocks: the last are cut.
    let (blocks, kept) = (first.segment.options.sack, again.segment.options.sack);
    assert!(blocks.blocks().starts_with(kept.blocks()), "{blocks:?}, then {kept:?}");
    let mut expected = first.segment;
    expected.options.sack = kept;
    assert_eq!(expected, again.segment);
}

/// An IPv4 packet with a bare TCP header and these options.
fn with_options(list: &[u8]) -> Option<Bytes> {
    let words = u8::try_from(5 + list.len() / 4).ok()?;
    let total = u16::try_from(40 + list.len()).ok()?.to_be_bytes();
    let mut packet = vec![0x45, 0, total[0], total[1], 0, 0, 0, 0, 64, 6, 0, 0];
    packet.extend(PEER.ip().octets());
    packet.extend(US.ip().octets());
    packet.extend(PEER.port().to_be_bytes());
    packet.extend(US.port().to_be_bytes());
    packet.extend([0, 0, 0, 1, 0, 0, 0, 0, words << 4, 0x02, 0xff, 0xff, 0, 0, 0, 0]);
    packet.extend(list);
    Some(packet.into())
}

/// A connection lives through events that the octets spell: calls, segments near the edges of the
/// windows, timers in their order.
pub fn events(data: &[u8]) {
    let mut octets = data.iter().copied();
    let mut next = move || octets.next();
    let Some(switches) = next() else { return };
    let mut connection = Connection::new(config(switches));
    let isn = Isn::Given(SeqNumber::new(u32::MAX - 2_000));
    let mut effects = Effects::observed();
    let opening =
        if switches & 1 == 0 { Opening::Active { isn } } else { Opening::Passive { isn } };
    let _ = connection.call(Instant::ZERO, Call::Open(opening), &mut effects);
    let mut now = Instant::ZERO;
    let mut edge: Option<SeqNumber> = None;
    while let Some(what) = next() {
        let mut argument = || u32::from(next().unwrap_or(0));
        match what % 8 {
            0 => {
                let data = Bytes::from(vec![7; argument() as usize * 20]);
                let call = Call::Send { data, push: what & 8 == 0, urgent: what & 16 != 0 };
                let _ = connection.call(now, call, &mut effects);
            }
            1 => {
                let _ = connection.call(now, Call::Receive { max: argument() * 20 }, &mut effects);
            }
            2 if what == 2 => {
                let _ = connection.call(now, Call::Close, &mut effects);
            }
            3 => {
                if let Some((timer, at)) = connection.next_timeout() {
                    now = if at.since(now).as_micros() > 0 { at } else { now };
                    connection.timeout(now, timer, &mut effects);
                }
            }
            _ => {
                let (flags, seq, ack) = (argument(), argument(), argument());
                let (wnd, len) = (argument(), argument());
                let segment = segment(&connection, [flags, seq, ack, wnd, len]);
                connection.segment_arrives(now, segment, &mut effects);
            }
        }
        hold(&connection, &mut edge);
        for entry in effects.drain() {
            if let Effect::Transmit { segment, .. } = entry.effect {
                encode(US, PEER, &segment).expect("what is sent fits");
            }
        }
    }
}

/// What must hold after any event.
fn hold(connection: &Connection, edge: &mut Option<SeqNumber>) {
    let status = connection.status();
    assert!(status.snd_una.at_or_before(status.snd_nxt), "SND.UNA is not after SND.NXT");
    let synchronized = status.state.is_synchronized() && status.state != State::SynReceived;
    if !synchronized {
        *edge = None;
        return;
    }
    let right = status.rcv_nxt + status.rcv_wnd;
    if let Some(before) = *edge {
        assert!(before.at_or_before(right), "the window's right edge never moves left");
    }
    *edge = Some(right);
}

fn config(switches: u8) -> Config {
    let base = if switches & 2 == 0 { Config::default() } else { Config::plain() };
    let small = switches & 4 != 0;
    Config {
        receive_buffer: if small { 1_000 } else { base.receive_buffer },
        send_buffer: if small { 3_000 } else { base.send_buffer },
        mss: if switches & 8 != 0 { 100 } else { base.mss },
        rfc5961: switches & 16 == 0,
        ecn: switches & 32 != 0,
        rack_tlp: base.rack_tlp && switches & 64 == 0,
        prr: base.prr && switches & 128 == 0,
        ..base
    }
}

/// A segment whose numbers lie near those of the connection, so that it has a chance to matter.
fn segment(connection: &Connection, [flags, seq, ack, wnd, len]: [u32; 5]) -> Segment {
    let status = connection.status();
    let near = |base: SeqNumber, offset: u32| {
        if offset < 128 { base + offset * 37 } else { base - (offset - 127) * 37 }
    };
    let flags_set = Flags::from_bits_truncate(u8::try_from(flags & 0xff).unwrap_or(0));
    let syn = flags_set.contains(Flags::SYN);
    let mut sack = SackBlocks::NONE;
    if len % 5 == 4 {
        let left = near(status.snd_una, wnd);
        sack.push(left, left + ack * 11 + 1);
    }
    Segment {
        seq: near(status.rcv_nxt, seq),
        ack: (flags & 0x10 != 0).then(|| near(status.snd_una, ack)),
        flags: flags_set,
        wnd: u16::try_from(wnd * 257).unwrap_or(u16::MAX),
        urg: u16::try_from(len).unwrap_or(0),
        options: Options {
            mss: syn.then(|| u16::try_from(100 + wnd).unwrap_or(100)),
            window_scale: (syn && len % 2 == 0).then(|| u8::try_from(ack % 20).unwrap_or(0)),
            sack_permitted: syn,
            sack,
            timestamps: (len % 3 != 0).then_some(Timestamps { value: seq, echo: ack }),
            fast_open: None,
        },
        payload: Bytes::from(vec![9; len as usize * 7]),
        ..Segment::default()
    }
}

/// Any text as a link, and any text packed into one of version 2: what is read can be written, and
/// read again it is the same, in either version.
pub fn links(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read = |text: &str| match Link::from_text(text) {
        Ok(link) => {
            let again = Link::from_text(&link.to_text());
            // What is as long as a link may be becomes longer where less of it stood escaped.
            assert!(again.as_ref() == Ok(&link) || text.len() > 100_000, "{again:?}, was {link:?}");
            let plain = Link::from_text(&link.to_plain_text());
            assert!(plain.as_ref() == Ok(&link) || text.len() > 100_000, "{plain:?}, was {link:?}");
        }
        Err(error) => assert!(error.to_string().len() < 2000, "nobody reads {error}"),
    };
    read(text);
    read(&(String::from("v=1&") + text));
    read(&(String::from("v=2&z=") + text));
}

/// Any text as a packetdrill script: what is wrong is told with its place; what is read can be
/// written, and read again it is the same; and it can be run.
pub fn scripts(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Script::from_text(text) {
        Ok(script) => {
            let written = script.to_string();
            let again = Script::from_text(&written);
            let again = again.unwrap_or_else(|faults| panic!("{faults:?} in {written}"));
            assert_eq!(again.settings, script.settings);
            let said = |script: &Script| -> Vec<_> {
                script.events.iter().map(|event| (event.when, event.does.clone())).collect()
            };
            assert_eq!(said(&again), said(&script), "{written}");
            let played = play(&script);
            assert!(played.matched.len() <= script.events.len());
            if let Some(mismatch) = played.mismatch {
                assert!(mismatch.to_string().len() < 4000, "nobody reads {mismatch}");
            }
        }
        Err(faults) => {
            let lines = text.split('\n').count();
            for fault in faults {
                assert!(fault.place.line <= lines, "{fault} of {lines} lines");
                assert!(fault.to_string().len() < 2000, "nobody reads {fault}");
            }
        }
    }
}
