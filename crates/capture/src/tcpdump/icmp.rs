//! What hosts and routers answer to packets that they cannot pass on (RFC 792, RFC 1191).

use std::net::Ipv4Addr;

use super::Header;
use super::number::{u8_at, u16_at};

/// `ICMP 198.51.100.1 udp port 9 unreachable, length 36`
pub(super) fn text(message: &[u8]) -> String {
    let said = match (u8_at(message, 0), u8_at(message, 1)) {
        (Some(kind), Some(code)) => said(kind, code, message),
        _ => return " [|icmp]".to_owned(),
    };
    format!("ICMP {said}, length {}", message.len())
}

fn said(kind: u8, code: u8, message: &[u8]) -> String {
    let about = message.get(8..).unwrap_or_default();
    let other = Header::of(about);
    let to = other.map_or(Ipv4Addr::UNSPECIFIED, |header| header.destination);
    match (kind, code) {
        (0 | 8, _) => {
            let what = if kind == 0 { "reply" } else { "request" };
            let number = |at| u16_at(message, at).unwrap_or_default();
            format!("echo {what}, id {}, seq {}", number(4), number(6))
        }
        (3, 0) => format!("net {to} unreachable"),
        (3, 1) => format!("host {to} unreachable"),
        (3, 2) => {
            let protocol = other.map_or(0, |header| header.protocol);
            format!("{to} protocol {protocol} unreachable")
        }
        (3, 3) => {
            let port = other.and_then(|header| u16_at(about, header.len + 2)).unwrap_or_default();
            match other.map(|header| header.protocol) {
                Some(6) => format!("{to} tcp port {port} unreachable"),
                Some(17) => format!("{to} udp port {port} unreachable"),
                Some(protocol) => format!("{to} protocol {protocol} port {port} unreachable"),
                None => format!("{to} unreachable"),
            }
        }
        (3, 4) => match u16_at(message, 6) {
            Some(mtu) if mtu > 0 => format!("{to} unreachable - need to frag (mtu {mtu})"),
            _ => format!("{to} unreachable - need to frag"),
        },
        (11, 0) => "time exceeded in-transit".to_owned(),
        (11, 1) => "ip reassembly time exceeded".to_owned(),
        _ => format!("type-#{kind}"),
    }
}
