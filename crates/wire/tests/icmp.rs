//! ICMP messages about segments, as routers send them.

use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;
use proptest::prelude::*;
use tcpscope_tcp::{Flags, IcmpError, Segment, SeqNumber};
use tcpscope_wire::{Checksums, ICMP, IcmpDatagram, Layer, Malformed, decode, decode_icmp, encode};

const US: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 49152);
const PEER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(198, 51, 100, 1), 80);
const ROUTER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);

/// One's complement of the one's complement sum of 16-bit words (RFC 1071 §1).
fn checksum(octets: &[u8]) -> [u8; 2] {
    let mut sum = 0_u32;
    for pair in octets.chunks(2) {
        sum += u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |low| u32::from(*low));
        sum = (sum & 0xffff) + (sum >> 16);
    }
    (!u16::try_from(sum).expect("16 bits")).to_be_bytes()
}

/// A segment of ours, as a packet.
fn ours() -> Bytes {
    let segment = Segment {
        seq: SeqNumber::new(0x0102_0304),
        flags: Flags::PSH,
        payload: Bytes::from_static(b"hello"),
        ..Segment::default()
    };
    encode(US, PEER, &segment).expect("a short packet")
}

/// The router's message of this type and code, with an MTU, that quotes these octets.
fn message(kind: u8, code: u8, mtu: u16, quoted: &[u8]) -> Vec<u8> {
    let mut icmp = vec![kind, code, 0, 0, 0, 0];
    icmp.extend(mtu.to_be_bytes());
    icmp.extend(quoted);
    let sum = checksum(&icmp);
    icmp[2..4].copy_from_slice(&sum);
    let total = u16::try_from(20 + icmp.len()).expect("a short packet").to_be_bytes();
    let mut packet = vec![0x45, 0xc0, total[0], total[1], 0x12, 0x34, 0, 0, 64, 1, 0, 0];
    packet.extend(ROUTER.octets());
    packet.extend(US.ip().octets());
    let sum = checksum(&packet);
    packet[10..12].copy_from_slice(&sum);
    packet.extend(icmp);
    packet
}

#[test]
fn each_type_and_code_says_one_thing() {
    use IcmpError::{
        FragmentationNeeded, HostUnreachable, NetworkUnreachable, ParameterProblem,
        PortUnreachable, ProtocolUnreachable, SourceQuench, SourceRouteFailed, TimeExceeded,
    };
    let cases = [
        (3, 0, NetworkUnreachable),
        (3, 1, HostUnreachable),
        (3, 2, ProtocolUnreachable),
        (3, 3, PortUnreachable),
        (3, 4, FragmentationNeeded { mtu: 1400 }),
        (3, 5, SourceRouteFailed),
        (3, 6, NetworkUnreachable),
        (3, 7, HostUnreachable),
        (3, 8, HostUnreachable),
        (3, 9, NetworkUnreachable),
        (3, 10, HostUnreachable),
        (3, 11, NetworkUnreachable),
        (3, 12, HostUnreachable),
        (3, 13, HostUnreachable),
        (3, 14, HostUnreachable),
        (3, 15, HostUnreachable),
        (4, 0, SourceQuench),
        (11, 0, TimeExceeded),
        (11, 1, TimeExceeded),
        (12, 0, ParameterProblem),
        (12, 1, ParameterProblem),
    ];
    for (kind, code, error) in cases {
        // As little as RFC 792 asks for, and the whole packet as RFC 1812 allows.
        for quoted in [&ours()[..28], &ours()[..]] {
            let packet = message(kind, code, 1400, quoted);
            let expected = IcmpDatagram {
                source: ROUTER,
                destination: *US.ip(),
                error,
                local: US,
                remote: PEER,
                seq: SeqNumber::new(0x0102_0304),
            };
            assert_eq!(decode_icmp(&packet, Checksums::Verify), Ok(expected), "{kind}/{code}");
        }
    }
}

#[test]
fn what_tells_nothing_about_a_segment_is_refused() {
    let ours = ours();
    for (kind, code) in [(0, 0), (8, 0), (5, 1), (3, 16), (11, 2), (4, 1), (255, 255)] {
        let packet = message(kind, code, 0, &ours);
        let error = Malformed::NoIcmpError { kind, code };
        assert_eq!(decode_icmp(&packet, Checksums::Verify), Err(error));
    }
    let mut datagram = ours.to_vec();
    datagram[9] = 17;
    let mut fragment = ours.to_vec();
    fragment[7] = 1;
    for quoted in [&[][..], &ours[..19], &ours[..27], &datagram, &fragment, &[0xff; 60]] {
        let packet = message(3, 1, 0, quoted);
        assert_eq!(decode_icmp(&packet, Checksums::Verify), Err(Malformed::NothingQuoted));
    }
}

#[test]
fn a_message_is_found_by_its_protocol_and_held_to_its_checksum() {
    let packet = message(3, 1, 0, &ours());
    let not_tcp = Err(Malformed::NotTcp { protocol: ICMP });
    assert_eq!(decode(packet.clone().into(), Checksums::Verify), not_tcp);
    for bit in 20 * 8..packet.len() * 8 {
        let mut flipped = packet.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = decode_icmp(&flipped, Checksums::Verify).unwrap_err();
        assert!(matches!(error, Malformed::Checksum { layer: Layer::Icmp, .. }), "{error}");
        // Unverified it may be anything, but it is no panic.
        let _ = decode_icmp(&flipped, Checksums::Ignore);
    }
    for length in 0..28 {
        let mut short = packet[..length].to_vec();
        if length >= 20 {
            short[3] = u8::try_from(length).unwrap();
        }
        assert!(matches!(decode_icmp(&short, Checksums::Ignore), Err(Malformed::Truncated { .. })));
    }
}

proptest! {
    #[test]
    fn whatever_is_quoted_is_answered(
        kind: u8,
        code: u8,
        quoted in proptest::collection::vec(any::<u8>(), 0..80),
    ) {
        let _ = decode_icmp(&message(kind, code, 0, &quoted), Checksums::Verify);
        let mut like_ipv4 = quoted;
        if let Some(first) = like_ipv4.first_mut() {
            *first = 0x45;
        }
        let _ = decode_icmp(&message(3, code, 0, &like_ipv4), Checksums::Verify);
    }
}
