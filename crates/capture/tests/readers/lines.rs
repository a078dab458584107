//! Our lines, and tcpdump's of the same capture.

use std::time::Duration;

use etherparse::icmpv4::DestUnreachableHeader;
use etherparse::{Icmpv4Type, Ipv4Header, PacketBuilder, PacketBuilderStep};
use pcap_file::DataLink;
use pcap_file::pcap::{PcapHeader, PcapPacket, PcapWriter};
use tcpscope_capture::{Capture, Tcpdump, Vantage};
use tcpscope_tcp::Instant;

use crate::common::{hosts, runs};
use crate::{File, output};

#[test]
#[ignore = "needs tcpdump; `cargo xtask test` brings it"]
fn our_lines_are_tcpdump_s() {
    for run in runs() {
        for vantage in hosts(&run.trace).map(Vantage::Host).chain([Vantage::Link]) {
            let capture = Capture::of(&run.trace, vantage);
            let file = File::written("lines.pcap", |file| capture.to_pcap(file).expect("written"));
            let theirs = output("tcpdump", &["-n", "-r", file.path()]);
            let ours: Vec<String> = capture.lines().collect();
            compare(&format!("{} at {vantage:?}", run.name), &ours, &theirs);
        }
    }
}

fn compare(what: &str, ours: &[String], theirs: &str) {
    for (ours, theirs) in ours.iter().zip(theirs.lines()) {
        assert_eq!(*ours, without_text(theirs), "{what}");
    }
    assert_eq!(ours.len(), theirs.lines().count(), "{what}");
}

/// What it makes of the text follows the length: `length 48: HTTP: GET /log.txt`.
fn without_text(line: &str) -> &str {
    let Some(at) = line.rfind(", length ") else { return line };
    let digits = at + ", length ".len();
    let more = line[digits..].find(|c: char| !c.is_ascii_digit());
    more.map_or(line, |more| &line[..digits + more])
}

/// The same of packets that no scenario has.
fn compare_packets(what: &str, packets: &[Vec<u8>]) {
    let file = File::written("packets.pcap", |file| {
        let header = PcapHeader { datalink: DataLink::RAW, ..PcapHeader::default() };
        let mut writer = PcapWriter::with_header(file, header).expect("written");
        for packet in packets {
            let length = u32::try_from(packet.len()).expect("short");
            let packet = PcapPacket::new(Duration::ZERO, length, packet);
            writer.write_packet(&packet).expect("written");
        }
    });
    let mut tcpdump = Tcpdump::default();
    let ours: Vec<_> = packets.iter().map(|it| tcpdump.line(Instant::ZERO, it)).collect();
    compare(what, &ours, &output("tcpdump", &["-n", "-r", file.path()]));
}

/// Bits are flipped after the ports: what stands there decides who else may read the packet.
#[test]
#[ignore = "needs tcpdump; `cargo xtask test` brings it"]
fn damaged_segments_read_as_tcpdump_reads_them() {
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    let mut packets = Vec::new();
    for run in runs() {
        let capture = Capture::of(&run.trace, Vantage::Link);
        for captured in capture.packets() {
            let mut octets = captured.octets.to_vec();
            for _ in 0..draw(4) {
                // Mostly the header, where it shows.
                let end = if draw(3) == 0 { octets.len() } else { octets.len().min(64) };
                let at = 24 + draw(end - 24);
                octets[at] ^= 1 << draw(8);
            }
            packets.push(octets);
        }
    }
    assert!(packets.len() > 500, "{}", packets.len());
    compare_packets("damaged", &packets);
}

const A: [u8; 4] = [192, 0, 2, 1];
const B: [u8; 4] = [198, 51, 100, 1];

fn built<T>(
    step: PacketBuilderStep<T>,
    write: impl FnOnce(PacketBuilderStep<T>, &mut Vec<u8>),
) -> Vec<u8> {
    let mut octets = Vec::new();
    write(step, &mut octets);
    octets
}

fn datagram(length: usize) -> Vec<u8> {
    let step = PacketBuilder::ipv4(A, B, 64).udp(5000, 9);
    built(step, |step, into| step.write(into, &vec![b'x'; length]).expect("memory"))
}

/// A packet in pieces of at most `mtu` octets, as a router makes them (RFC 791 §2.3).
fn fragments(packet: &[u8], mtu: usize) -> Vec<Vec<u8>> {
    let (mut header, payload) = Ipv4Header::from_slice(packet).expect("a packet");
    let most = (mtu - Ipv4Header::MIN_LEN) / 8 * 8;
    let count = payload.len().div_ceil(most);
    header.identification = 7;
    header.dont_fragment = false;
    let pieces = payload.chunks(most).enumerate().map(|(index, piece)| {
        header.more_fragments = index + 1 < count;
        let offset = u16::try_from(index * most / 8).expect("short");
        header.fragment_offset = offset.try_into().expect("13 bits");
        header.set_payload_len(piece.len()).expect("short");
        header.header_checksum = header.calc_header_checksum();
        [&header.to_bytes()[..], piece].concat()
    });
    pieces.collect()
}

#[test]
#[ignore = "needs tcpdump; `cargo xtask test` brings it"]
fn datagrams_fragments_and_complaints_read_as_tcpdump_reads_them() {
    let mut packets = vec![datagram(0), datagram(5), datagram(1472)];
    packets.extend(fragments(&datagram(4000), 1500));
    let step = PacketBuilder::ipv4(A, B, 64).tcp(49152, 9, 1000, 500).ack(1);
    let segment = built(step, |step, into| step.write(into, &[7; 4000]).expect("memory"));
    packets.extend(fragments(&segment, 576));
    let unreachable = [
        DestUnreachableHeader::Network,
        DestUnreachableHeader::Host,
        DestUnreachableHeader::Protocol,
        DestUnreachableHeader::Port,
        DestUnreachableHeader::FragmentationNeeded { next_hop_mtu: 1400 },
    ];
    for what in unreachable {
        for about in [&segment, &datagram(100)] {
            let step = PacketBuilder::ipv4(B, A, 64)
                .icmpv4(Icmpv4Type::DestinationUnreachable(what.clone()));
            packets.push(built(step, |step, into| step.write(into, &about[..28]).expect("memory")));
        }
    }
    for code in [0, 1] {
        let step = PacketBuilder::ipv4(B, A, 64).icmpv4_raw(11, code, [0; 4]);
        let about = &segment[..28];
        packets.push(built(step, |step, into| step.write(into, about).expect("memory")));
    }
    for (kind, id) in [(8, 1), (0, 1)] {
        let step = PacketBuilder::ipv4(A, B, 64).icmpv4_raw(kind, 0, [0, id, 0, 9]);
        packets.push(built(step, |step, into| step.write(into, &[0; 8]).expect("memory")));
    }
    // What is said of itself is wrong.
    let whole = datagram(5);
    for (at, octet) in [(0, 0x55), (0, 0x44), (3, 80), (3, 16), (3, 27), (25, 4), (25, 99)] {
        let mut octets = whole.clone();
        octets[at] = octet;
        packets.push(octets);
    }
    packets.push(whole[..15].to_vec());
    compare_packets("built", &packets);
}
