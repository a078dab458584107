//! Segments to octets and back: IPv4 and TCP headers, options, checksums.
//!
//! [`encode`] makes one whole IPv4 packet of a segment, [`decode`] reads one back and says
//! precisely what is wrong where it cannot. [`decode_icmp`] reads what routers and hosts answer to
//! packets that they cannot pass on. [`tcp_fields`], [`ipv4_fields`] and their like take a header
//! apart, field by field, for those who want to look at it; [`ethernet_frame`], [`encode_udp`] and
//! [`cut`] make what may lie around a segment, beside it and in its place.
//!
//! The headers themselves are `etherparse`'s to read. What is ours is the choice of what to send
//! and to accept, and the list of options, which has to be read past what is unknown (RFC 9293
//! §3.1: MUST-6) and past what is broken (MUST-7).
#![no_std]

extern crate alloc;

mod checksum;
mod decode;
mod encode;
mod ethernet;
mod fields;
mod icmp;
mod ipv4;
mod malformed;
mod option_list;
mod options;
mod udp;

pub use checksum::{checksum, ones_complement_add, pseudo_header};
pub use decode::{Checksums, Datagram, decode};
pub use encode::{IPV4_HEADER_LEN, TTL, TooLong, encode, encode_into};
pub use ethernet::{
    ETHERNET_HEADER_LEN, ETHERNET_MTU, EthernetField, FCS_LEN, LEAST_CARRIED, ethernet_fields,
    ethernet_frame, frame_check_sequence,
};
pub use fields::{Field, Ipv4Field, TcpField, ipv4_fields, tcp_fields};
pub use icmp::{ICMP, ICMP_HEADER_LEN, IcmpDatagram, IcmpField, decode_icmp, icmp_fields};
pub use ipv4::{Cut, cut, protocol};
pub use malformed::{Layer, Malformed};
pub use option_list::{IllegalOption, OptionKind};
pub use options::from_wire as read_options;
pub use udp::{UDP, UDP_HEADER_LEN, UdpField, encode_udp, udp_fields};
