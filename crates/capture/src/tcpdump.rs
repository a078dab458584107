//! Lines as `tcpdump -n` prints them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddrV4;

use etherparse::{Ipv4HeaderSlice, TcpHeaderSlice, TcpOptionElement};
use tcpscope_tcp::Instant;

use crate::{Capture, Captured};

/// The number that a direction's numbers are shown relative to: that of its first segment.
type Origins = BTreeMap<(SocketAddrV4, SocketAddrV4), u32>;

impl Capture {
    /// The lines that `tcpdump -n` would print of the capture, the clock beginning at midnight.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let mut origins = Origins::new();
        self.packets().iter().filter_map(move |captured| line(captured, &mut origins))
    }
}

fn line(captured: &Captured, origins: &mut Origins) -> Option<String> {
    let octets = &captured.octets;
    let ip = Ipv4HeaderSlice::from_slice(octets).ok()?;
    let segment = octets.get(ip.slice().len()..)?;
    let tcp = TcpHeaderSlice::from_slice(segment).ok()?;
    let length = segment.len().checked_sub(tcp.slice().len())?;
    let source = SocketAddrV4::new(ip.source_addr(), tcp.source_port());
    let destination = SocketAddrV4::new(ip.destination_addr(), tcp.destination_port());

    // tcpdump shows a SYN's numbers, and those of the first segment that it sees, as they are.
    let known = origins.contains_key(&(source, destination)) && !tcp.syn();
    let (seq_origin, ack_origin) = if known {
        (origins[&(source, destination)], origins.get(&(destination, source)).copied())
    } else {
        if tcp.syn() || !origins.contains_key(&(source, destination)) {
            origins.insert((source, destination), tcp.sequence_number());
            if tcp.ack() {
                origins
                    .entry((destination, source))
                    .or_insert_with(|| tcp.acknowledgment_number().wrapping_sub(1));
            }
        }
        (0, None)
    };
    let mut text = String::new();
    let _ = write!(
        text,
        "{} IP {}.{} > {}.{}: Flags [{}]",
        clock(captured.at),
        source.ip(),
        source.port(),
        destination.ip(),
        destination.port(),
        flags(&tcp)
    );
    let seq = tcp.sequence_number().wrapping_sub(seq_origin);
    if length > 0 {
        let end = seq.wrapping_add(u32::try_from(length).ok()?);
        let _ = write!(text, ", seq {seq}:{end}");
    } else if tcp.syn() || tcp.fin() || tcp.rst() {
        let _ = write!(text, ", seq {seq}");
    }
    if tcp.ack() {
        let ack = tcp.acknowledgment_number().wrapping_sub(ack_origin.unwrap_or(0));
        let _ = write!(text, ", ack {ack}");
    }
    let _ = write!(text, ", win {}", tcp.window_size());
    if tcp.urg() {
        let _ = write!(text, ", urg {}", tcp.urgent_pointer());
    }
    let options = options(&tcp, ack_origin.unwrap_or(0));
    if !options.is_empty() {
        let _ = write!(text, ", options [{options}]");
    }
    let _ = write!(text, ", length {length}");
    Some(text)
}

/// `00:00:01.500000`
fn clock(at: Instant) -> String {
    let micros = at.as_micros();
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    let (hours, minutes, seconds) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{micros:06}")
}

fn flags(tcp: &TcpHeaderSlice<'_>) -> String {
    let letters = [
        (tcp.fin(), 'F'),
        (tcp.syn(), 'S'),
        (tcp.rst(), 'R'),
        (tcp.psh(), 'P'),
        (tcp.ack(), '.'),
        (tcp.urg(), 'U'),
        (tcp.ece(), 'E'),
        (tcp.cwr(), 'W'),
    ];
    let set: String = letters.iter().filter(|(set, _)| *set).map(|(_, letter)| letter).collect();
    if set.is_empty() { "none".to_owned() } else { set }
}

fn options(tcp: &TcpHeaderSlice<'_>, ack_origin: u32) -> String {
    let relative = |number: u32| number.wrapping_sub(ack_origin);
    let mut parts: Vec<String> = Vec::new();
    for option in tcp.options_iterator() {
        parts.push(match option {
            Ok(TcpOptionElement::Noop) => "nop".to_owned(),
            Ok(TcpOptionElement::MaximumSegmentSize(mss)) => format!("mss {mss}"),
            Ok(TcpOptionElement::WindowScale(shift)) => format!("wscale {shift}"),
            Ok(TcpOptionElement::SelectiveAcknowledgementPermitted) => "sackOK".to_owned(),
            Ok(TcpOptionElement::Timestamp(value, echo)) => format!("TS val {value} ecr {echo}"),
            Ok(TcpOptionElement::SelectiveAcknowledgement(first, rest)) => {
                let blocks: Vec<(u32, u32)> =
                    core::iter::once(first).chain(rest.into_iter().flatten()).collect();
                let each: String = blocks
                    .iter()
                    .map(|(left, right)| format!("{{{}:{}}}", relative(*left), relative(*right)))
                    .collect();
                format!("sack {} {each}", blocks.len())
            }
            Err(_) => break,
        });
    }
    parts.join(",")
}
