//! Packets, as others see them and as they come back.

use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::{Bytes, BytesMut};
use proptest::prelude::*;
use tcpscope_tcp::{
    Ecn, FastOpenCookie, Flags, Options, SackBlocks, Segment, SeqNumber, Timestamps,
};
use tcpscope_wire::{
    Checksums, Datagram, Layer, Malformed, TooLong, decode, decode_icmp, encode, encode_into,
};

const CLIENT: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 49152);
const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(198, 51, 100, 1), 80);

fn syn() -> Segment {
    Segment {
        seq: SeqNumber::new(1000),
        flags: Flags::SYN,
        wnd: 65535,
        options: Options { mss: Some(1460), ..Options::NONE },
        ..Segment::default()
    }
}

fn text() -> Segment {
    Segment {
        seq: SeqNumber::new(1001),
        ack: Some(SeqNumber::new(5001)),
        flags: Flags::PSH,
        wnd: 8192,
        payload: Bytes::from_static(b"odd"),
        ..Segment::default()
    }
}

/// One's complement sum of 16-bit words, written down from RFC 1071 §1: the reference.
fn sum(octets: &[u8]) -> u16 {
    let mut sum = 0_u32;
    for pair in octets.chunks(2) {
        sum += u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |low| u32::from(*low));
        sum = (sum & 0xffff) + (sum >> 16);
    }
    u16::try_from(sum).expect("16 bits")
}

/// The packet with its checksums made right again.
fn resealed(packet: &[u8]) -> Bytes {
    let mut packet = packet.to_vec();
    packet[10..12].fill(0);
    let checksum = !sum(&packet[..20]);
    packet[10..12].copy_from_slice(&checksum.to_be_bytes());
    packet[36..38].fill(0);
    let mut summed = packet[12..20].to_vec();
    summed.extend([0, 6]);
    summed.extend(u16::try_from(packet.len() - 20).expect("a short packet").to_be_bytes());
    summed.extend(&packet[20..]);
    packet[36..38].copy_from_slice(&(!sum(&summed)).to_be_bytes());
    packet.into()
}

/// The checksum is computed over the pseudo-header too (MUST-2).
#[test]
fn a_syn_is_these_octets() {
    let packet = encode(CLIENT, SERVER, &syn()).unwrap();
    #[rustfmt::skip]
    let expected = [
        // IPv4: 5 words, 44 octets, DF, TTL 64, TCP.
        0x45, 0x00, 0x00, 0x2c, 0x00, 0x00, 0x40, 0x00, 0x40, 0x06, 0x4e, 0x96,
        192, 0, 2, 1, 198, 51, 100, 1,
        // TCP: 6 words, SYN, MSS 1460.
        0xc0, 0x00, 0x00, 0x50, 0x00, 0x00, 0x03, 0xe8, 0x00, 0x00, 0x00, 0x00,
        0x60, 0x02, 0xff, 0xff, 0xe7, 0xb7, 0x00, 0x00, 0x02, 0x04, 0x05, 0xb4,
    ];
    assert_eq!(packet[..], expected);
    assert_eq!(packet, resealed(&packet));
}

/// A SYN,ACK as Linux sends it.
#[test]
fn a_packet_of_another_stack_is_read() {
    let octets = resealed(&[
        0x45, 0x00, 0x00, 0x3c, 0x1c, 0x46, 0x40, 0x00, 0x40, 0x06, 0x00, 0x00, 198, 51, 100, 1,
        192, 0, 2, 1, 0x00, 0x50, 0xc0, 0x00, 0x12, 0x34, 0x56, 0x78, 0x00, 0x00, 0x03, 0xe9, 0xa0,
        0x52, 0x71, 0x20, 0x00, 0x00, 0x00,
        0x00, // MSS, SACK permitted, timestamps, NOP, scale
        0x02, 0x04, 0x05, 0xb4, 0x04, 0x02, 0x08, 0x0a, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06,
        0x07, 0x01, 0x03, 0x03, 0x07,
    ]);
    let datagram = decode(octets, Checksums::Verify).unwrap();
    let segment = Segment {
        seq: SeqNumber::new(0x1234_5678),
        ack: Some(SeqNumber::new(1001)),
        flags: Flags::SYN | Flags::ECE,
        wnd: 0x7120,
        options: Options {
            mss: Some(1460),
            window_scale: Some(7),
            sack_permitted: true,
            timestamps: Some(Timestamps { value: 0x0001_0203, echo: 0x0405_0607 }),
            ..Options::NONE
        },
        ..Segment::default()
    };
    let expected = Datagram { source: SERVER, destination: CLIENT, segment, illegal_option: None };
    assert_eq!(datagram, expected);
}

#[test]
fn the_text_is_shared_and_not_copied() {
    let packet = encode(CLIENT, SERVER, &text()).unwrap();
    let payload = decode(packet.clone(), Checksums::Verify).unwrap().segment.payload;
    assert_eq!(payload.as_ptr(), packet[40..].as_ptr());
}

/// RFC 3168 §5: the two last bits of the second octet.
#[test]
fn the_congestion_mark_is_in_the_ip_header() {
    for (ecn, octet) in [(Ecn::NotEct, 0), (Ecn::Ect1, 1), (Ecn::Ect0, 2), (Ecn::Ce, 3)] {
        let segment = Segment { ecn, ..text() };
        let packet = encode(CLIENT, SERVER, &segment).unwrap();
        assert_eq!(packet[1], octet);
        // Diffserv's six bits beside it change nothing.
        let mut marked = packet.to_vec();
        marked[1] |= 0xb8;
        assert_eq!(decode(resealed(&marked), Checksums::Verify).unwrap().segment, segment);
    }
}

#[test]
fn what_a_frame_is_padded_with_is_not_text() {
    let mut frame = encode(CLIENT, SERVER, &text()).unwrap().to_vec();
    frame.extend([0; 3]);
    let datagram = decode(frame.into(), Checksums::Verify).unwrap();
    assert_eq!(datagram.segment, text());
}

#[test]
fn every_truncation_is_refused() {
    for segment in [syn(), text()] {
        let packet = encode(CLIENT, SERVER, &segment).unwrap();
        for length in 0..packet.len() {
            for checksums in [Checksums::Verify, Checksums::Ignore] {
                let error = decode(packet.slice(..length), checksums).unwrap_err();
                let needed = if length < 20 { 20 } else { packet.len() };
                assert_eq!(
                    error,
                    Malformed::Truncated { layer: Layer::Ipv4, needed, found: length }
                );
            }
        }
    }
}

/// MUST-3.
#[test]
fn every_flipped_bit_is_found_by_a_checksum() {
    for segment in [syn(), text()] {
        let packet = encode(CLIENT, SERVER, &segment).unwrap();
        for bit in 0..packet.len() * 8 {
            let mut flipped = packet.to_vec();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let flipped = Bytes::from(flipped);
            assert!(decode(flipped.clone(), Checksums::Verify).is_err(), "bit {bit}");
            // Unverified it may be anything, but it is no panic.
            let _ = decode(flipped, Checksums::Ignore);
        }
    }
}

#[test]
fn each_thing_wrong_has_its_own_name() {
    // (octet, its value, what is then wrong); checksums are made right again.
    let cases = [
        (0, 0x65, Malformed::NotIpv4 { version: 6 }),
        (0, 0x44, Malformed::ShortHeader { layer: Layer::Ipv4, words: 4 }),
        (3, 19, Malformed::ShortPacket { total: 19, header: 20 }),
        (3, 44, Malformed::Truncated { layer: Layer::Ipv4, needed: 44, found: 43 }),
        (3, 39, Malformed::Truncated { layer: Layer::Tcp, needed: 20, found: 19 }),
        (6, 0x20, Malformed::Fragment { offset: 0 }),
        (7, 2, Malformed::Fragment { offset: 16 }),
        (9, 17, Malformed::NotTcp { protocol: 17 }),
        (32, 0x40, Malformed::ShortHeader { layer: Layer::Tcp, words: 4 }),
        (32, 0x60, Malformed::Truncated { layer: Layer::Tcp, needed: 24, found: 23 }),
    ];
    let packet = encode(CLIENT, SERVER, &text()).unwrap();
    for (octet, value, error) in cases {
        let mut packet = packet.to_vec();
        packet[octet] = value;
        assert_eq!(decode(resealed(&packet), Checksums::Verify), Err(error), "{error}");
    }
}

#[test]
fn a_wrong_checksum_says_what_would_be_right() {
    let packet = encode(CLIENT, SERVER, &text()).unwrap();
    let right = u16::from_be_bytes([packet[36], packet[37]]);
    for found in [0, 1, right.wrapping_add(1), 0xffff] {
        let mut packet = packet.to_vec();
        packet[36..38].copy_from_slice(&found.to_be_bytes());
        let packet = Bytes::from(packet);
        let error = Malformed::Checksum { layer: Layer::Tcp, found, computed: right };
        assert_eq!(decode(packet.clone(), Checksums::Verify), Err(error));
        assert_eq!(decode(packet, Checksums::Ignore).unwrap().segment, text());
    }
}

#[test]
fn an_illegal_option_costs_the_options_and_not_the_segment() {
    let mut packet = encode(CLIENT, SERVER, &syn()).unwrap().to_vec();
    packet[41] = 0;
    let datagram = decode(resealed(&packet), Checksums::Verify).unwrap();
    assert_eq!(datagram.segment, Segment { options: Options::default(), ..syn() });
    assert_eq!(
        datagram.illegal_option.unwrap().to_string(),
        "option 2 at octet 0 of the options has an illegal length, 0"
    );
}

#[test]
fn a_packet_holds_so_much_and_no_more() {
    let full = Segment { payload: vec![7; 65535 - 40].into(), ..Segment::default() };
    let packet = encode(CLIENT, SERVER, &full).unwrap();
    assert_eq!(decode(packet.clone(), Checksums::Verify).unwrap().segment, full);
    for octets in [65536, 100_000] {
        let over = Segment { payload: vec![7; octets - 40].into(), ..Segment::default() };
        assert_eq!(encode(CLIENT, SERVER, &over), Err(TooLong { octets }));
    }
}

prop_compose! {
    /// Options that a header has room for.
    fn any_options()(
        mss: Option<u16>,
        window_scale: Option<u8>,
        sack_permitted: bool,
        timestamps: Option<(u32, u32)>,
        blocks in proptest::collection::vec(any::<(u32, u32)>(), 0..=4),
        cookie in proptest::option::of(proptest::collection::vec(any::<u8>(), 0..=16)),
    ) -> Options {
        let mut options = Options {
            mss,
            window_scale,
            sack_permitted,
            timestamps: timestamps.map(|(value, echo)| Timestamps { value, echo }),
            sack: SackBlocks::NONE,
            fast_open: cookie.and_then(|cookie| FastOpenCookie::new(&cookie)),
        };
        let alone = if options.timestamps.is_some() { 12 } else { 4 * usize::from(sack_permitted) };
        let others = 4 * usize::from(mss.is_some())
            + 4 * usize::from(window_scale.is_some())
            + alone
            + options.fast_open.map_or(0, |cookie| (cookie.octets().len() + 5) / 4 * 4);
        let room = (40 - others).saturating_sub(4) / 8;
        for (left, right) in blocks.into_iter().take(room) {
            options.sack.push(SeqNumber::new(left), SeqNumber::new(right));
        }
        options
    }
}

prop_compose! {
    fn any_segment()(
        seq: u32,
        ack: Option<u32>,
        flags: u8,
        wnd: u16,
        urg: u16,
        options in any_options(),
        ecn in prop_oneof![Just(Ecn::NotEct), Just(Ecn::Ect0), Just(Ecn::Ect1), Just(Ecn::Ce)],
        payload in proptest::collection::vec(any::<u8>(), 0..1500),
    ) -> Segment {
        Segment {
            seq: SeqNumber::new(seq),
            ack: ack.map(SeqNumber::new),
            flags: Flags::from_bits_truncate(flags),
            wnd,
            urg,
            options,
            ecn,
            payload: payload.into(),
        }
    }
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(
        segment in any_segment(),
        ends: [(u32, u16); 2],
    ) {
        let [source, destination] =
            ends.map(|(address, port)| SocketAddrV4::new(Ipv4Addr::from(address), port));
        let packet = encode(source, destination, &segment).unwrap();
        prop_assert_eq!(&packet, &resealed(&packet));
        let mut packets = BytesMut::from(&b"before"[..]);
        encode_into(source, destination, &segment, &mut packets).unwrap();
        prop_assert_eq!(&packets[6..], &packet[..]);
        let datagram = Datagram { source, destination, segment, illegal_option: None };
        prop_assert_eq!(decode(packet.clone(), Checksums::Verify), Ok(datagram));
    }

    #[test]
    fn whatever_arrives_is_answered(mut octets in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = decode(octets.clone().into(), Checksums::Ignore);
        // Most octets are no IPv4 packet; make these one, so that the rest is read too.
        if octets.len() >= 40 {
            octets[0] = 0x45;
            octets[2] = 0;
            octets[3] = u8::try_from(octets.len()).unwrap();
            octets[6..8].fill(0);
            octets[9] = 6;
            let _ = decode(octets.clone().into(), Checksums::Ignore);
            octets[9] = 1;
            let _ = decode_icmp(&octets, Checksums::Ignore);
        }
    }
}
