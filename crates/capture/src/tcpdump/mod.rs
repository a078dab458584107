//! Lines as `tcpdump -n` prints them, whatever the octets are.

mod icmp;
mod number;
mod options;
mod tcp;
mod udp;

use std::net::Ipv4Addr;

use tcpscope_tcp::Instant;

use crate::Capture;
use number::{u8_at, u16_at, u32_at};
use tcp::Conversations;

/// tcpdump, reading packets one after another: it remembers the conversations that it has seen.
#[derive(Default)]
pub struct Tcpdump {
    conversations: Conversations,
}

impl Capture {
    /// The lines that `tcpdump -n` would print of the capture, the clock beginning at midnight.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let mut tcpdump = Tcpdump::default();
        self.packets().iter().map(move |captured| tcpdump.line(captured.at, &captured.octets))
    }
}

impl Tcpdump {
    /// The line of an IPv4 packet that is seen at this time.
    pub fn line(&mut self, at: Instant, octets: &[u8]) -> String {
        format!("{} {}", clock(at), self.packet(octets))
    }

    fn packet(&mut self, octets: &[u8]) -> String {
        let Some(first) = u8_at(octets, 0) else { return "IP [|ip]".to_owned() };
        if first >> 4 != 4 {
            return format!("unknown ip {}", first >> 4);
        }
        let Some(header) = Header::of(octets) else { return "IP  [|ip]".to_owned() };
        let (header_len, total) = (header.len, header.total);
        if header_len < 20 {
            return format!("IP bad-hlen {header_len}");
        }
        if octets.len() < header_len {
            return format!("IP bad-len {}", octets.len());
        }
        if total < header_len {
            return format!("IP bad-len {total}");
        }
        let missing = total.saturating_sub(octets.len());
        let truncated = if missing > 0 {
            format!("truncated-ip - {missing} bytes missing! ")
        } else {
            String::new()
        };
        let payload = octets.get(header_len..total.min(octets.len())).unwrap_or_default();
        let length = total - header_len;
        format!("IP {truncated}{}", self.payload(&header, payload, length))
    }

    fn payload(&mut self, header: &Header, payload: &[u8], length: usize) -> String {
        let Header { source, destination, protocol, offset, more_fragments, .. } = *header;
        let addresses = format!("{source} > {destination}: ");
        if offset > 0 {
            return format!("{addresses}ip-proto-{protocol}");
        }
        match protocol {
            1 => addresses + &icmp::text(payload),
            6 => self.conversations.text(header, payload, length),
            17 => udp::text(header, payload, length, more_fragments),
            other => format!("{addresses} ip-proto-{other} {length}"),
        }
    }
}

/// What counts of an IPv4 header (RFC 791 §3.1).
#[derive(Clone, Copy)]
struct Header {
    len: usize,
    total: usize,
    protocol: u8,
    /// In octets.
    offset: u32,
    more_fragments: bool,
    source: Ipv4Addr,
    destination: Ipv4Addr,
}

impl Header {
    fn of(octets: &[u8]) -> Option<Self> {
        let fragment = u16_at(octets, 6)?;
        Some(Self {
            len: usize::from(u8_at(octets, 0)? & 0x0f) * 4,
            total: u16_at(octets, 2)?.into(),
            protocol: u8_at(octets, 9)?,
            offset: u32::from(fragment & 0x1fff) * 8,
            more_fragments: fragment & 0x2000 != 0,
            source: u32_at(octets, 12)?.into(),
            destination: u32_at(octets, 16)?.into(),
        })
    }
}

/// `192.0.2.1.49152 > 198.51.100.1.80: `, where both ports are there.
fn endpoints(header: &Header, payload: &[u8]) -> Option<String> {
    let (from, to) = (u16_at(payload, 0)?, u16_at(payload, 2)?);
    Some(format!("{}.{from} > {}.{to}: ", header.source, header.destination))
}

/// `00:00:01.500000`
fn clock(at: Instant) -> String {
    let micros = at.as_micros();
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    let (hours, minutes, seconds) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{micros:06}")
}
