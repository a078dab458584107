//! UDP datagrams (RFC 768).

use super::number::u16_at;
use super::{Header, endpoints};

/// The octets of a UDP header.
const HEADER_LEN: usize = 8;

/// `192.0.2.1.5000 > 198.51.100.1.9: UDP, length 5`
pub(super) fn text(header: &Header, payload: &[u8], length: usize, more_fragments: bool) -> String {
    let Some(endpoints) = endpoints(header, payload) else {
        return format!("{} > {}:  [|udp]", header.source, header.destination);
    };
    if length < HEADER_LEN {
        return format!("{endpoints}truncated-udp {length}");
    }
    let Some(said) = u16_at(payload, 4).map(usize::from) else {
        return format!("{endpoints} [|udp]");
    };
    if said < HEADER_LEN {
        return format!("{endpoints}truncated-udplength {said}");
    }
    let (there, text) = (length - HEADER_LEN, said - HEADER_LEN);
    if text > there && !more_fragments {
        format!("{endpoints}UDP, bad length {text} > {there}")
    } else {
        format!("{endpoints}UDP, length {text}")
    }
}
