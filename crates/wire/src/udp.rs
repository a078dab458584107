//! Datagrams of UDP (RFC 768).

use alloc::vec::Vec;
use core::net::SocketAddrV4;

use bytes::{BufMut, Bytes, BytesMut};
use etherparse::IpNumber;

use crate::checksum::{Sum, pseudo_header};
use crate::fields::fixed;
use crate::{Field, IPV4_HEADER_LEN, TooLong, ipv4};

/// The number of the protocol, as [`protocol`](crate::protocol) tells it.
pub const UDP: u8 = IpNumber::UDP.0;

/// The octets of the header.
pub const UDP_HEADER_LEN: usize = 8;

/// A field of the UDP header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "a field's name says which one it is")]
pub enum UdpField {
    SourcePort,
    DestinationPort,
    Length,
    Checksum,
}

/// The fields, and their widths in bits, in order.
const FIELDS: [(UdpField, usize); 4] = [
    (UdpField::SourcePort, 16),
    (UdpField::DestinationPort, 16),
    (UdpField::Length, 16),
    (UdpField::Checksum, 16),
];

/// The fields of the UDP header that `octets` begin with. Where the octets end, the fields do.
#[must_use]
pub fn udp_fields(octets: &[u8]) -> Vec<Field<UdpField>> {
    fixed(&FIELDS, octets)
}

/// One whole IPv4 packet that carries `message`, both checksums in place.
///
/// # Errors
/// [`TooLong`] where the packet would not fit into IPv4's 65,535 octets.
pub fn encode_udp(
    source: SocketAddrV4,
    destination: SocketAddrV4,
    message: &[u8],
) -> Result<Bytes, TooLong> {
    let octets = IPV4_HEADER_LEN + UDP_HEADER_LEN + message.len();
    let total = u16::try_from(octets).map_err(|_| TooLong { octets })?;
    let length = total - 20;
    let header = ipv4::header(*source.ip(), *destination.ip(), UDP, total);
    let mut packet = BytesMut::with_capacity(octets);
    packet.extend_from_slice(&header);
    packet.put_u16(source.port());
    packet.put_u16(destination.port());
    packet.put_u16(length);
    packet.put_u16(0);
    packet.extend_from_slice(message);
    let carried = packet.get(IPV4_HEADER_LEN..).unwrap_or_default();
    let pseudo = pseudo_header(&header, usize::from(length)).unwrap_or_default();
    let checksum = Sum::ZERO.octets(&pseudo).octets(carried).complement();
    // Zero would mean that there is none; all ones are the other form of it.
    let checksum = if checksum == 0 { u16::MAX } else { checksum };
    if let Some(place) = packet.get_mut(IPV4_HEADER_LEN + 6..IPV4_HEADER_LEN + 8) {
        place.copy_from_slice(&checksum.to_be_bytes());
    }
    Ok(packet.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::Ipv4Addr;
    use etherparse::{Ipv4Header, UdpHeader, UdpHeaderSlice};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_packet_is_that_of_another_codec(
            ports in any::<(u16, u16)>(),
            addresses in any::<(u32, u32)>(),
            message in prop::collection::vec(any::<u8>(), 0..600),
        ) {
            let (from, to) = (Ipv4Addr::from(addresses.0), Ipv4Addr::from(addresses.1));
            let (source, destination) =
                (SocketAddrV4::new(from, ports.0), SocketAddrV4::new(to, ports.1));
            let packet = encode_udp(source, destination, &message).expect("a short message");
            let length = u16::try_from(8 + message.len()).expect("a short message");
            let mut ip =
                Ipv4Header::new(length, crate::TTL, IpNumber::UDP, from.octets(), to.octets())
                    .expect("room");
            ip.header_checksum = ip.calc_header_checksum();
            let udp = UdpHeader::with_ipv4_checksum(ports.0, ports.1, &ip, &message).expect("room");
            let other = [&ip.to_bytes()[..], &udp.to_bytes(), &message].concat();
            prop_assert_eq!(&packet[..], &other[..]);
            let udp = UdpHeaderSlice::from_slice(&packet[20..]).expect("a header");
            let values: Vec<_> = udp_fields(udp.slice()).iter().map(|field| field.value).collect();
            let length = Some(8 + message.len() as u64);
            prop_assert_eq!(
                values,
                [Some(ports.0.into()), Some(ports.1.into()), length, Some(udp.checksum().into())]
            );
        }
    }
}
