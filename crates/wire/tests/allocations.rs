//! What a segment costs on its way out and in: the one buffer of its packet.

use std::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_tcp::{Options, Segment, SeqNumber, Timestamps};
use tcpscope_wire::{Checksums, decode, encode};

#[test]
fn a_packet_is_one_allocation_and_reading_it_is_none() {
    let ends = [1, 2].map(|last| SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, last), 80));
    let segment = Segment {
        seq: SeqNumber::new(7),
        options: Options { timestamps: Some(Timestamps::default()), ..Options::NONE },
        payload: vec![7; 1448].into(),
        ..Segment::default()
    };
    let mut packet = None;
    let out = allocation_counter::measure(|| packet = encode(ends[0], ends[1], &segment).ok());
    assert_eq!((out.count_total, out.bytes_total), (1, 1500));

    let packet = packet.expect("a packet that fits");
    let mut datagram = None;
    let read = allocation_counter::measure(|| datagram = decode(packet, Checksums::Verify).ok());
    assert_eq!(read.count_total, 0);
    assert_eq!(datagram.expect("a sound packet").segment, segment);
}
