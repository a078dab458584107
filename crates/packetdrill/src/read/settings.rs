//! The options that a script begins with: `--local_ip=192.0.2.1`.

use std::net::Ipv4Addr;
use std::str::FromStr;

use super::cursor::{Cursor, Fail, Read};
use crate::Settings;

/// The headers that an MTU has room for beside the MSS (RFC 9293 §3.7.1).
const HEADERS: u16 = 40;
/// The least MTU of any link (RFC 791 §3.2).
const LEAST_MTU: u16 = 68;
/// Ten seconds either way, in microseconds.
const MOST_TOLERANCE: u64 = 10_000_000;

/// The options that there are; the first is our own.
const KNOWN: [&str; 9] = [
    "tcp",
    "ip_version",
    "local_ip",
    "remote_ip",
    "bind_port",
    "connect_port",
    "mtu",
    "tolerance_usecs",
    "tcp_ts_tick_usecs",
];

/// The next option; `None` where events begin.
pub(super) fn next(cursor: &mut Cursor<'_>, settings: &mut Settings) -> Option<Read<()>> {
    if let Err(fail) = cursor.skip_blanks() {
        return Some(Err(fail));
    }
    let at = cursor.at();
    cursor.takes("--").then(|| setting(cursor, at, settings))
}

fn setting(cursor: &mut Cursor<'_>, at: usize, settings: &mut Settings) -> Read<()> {
    let name = cursor.word()?;
    if !KNOWN.contains(&name) {
        cursor.taken_while(|letter| letter != '\n');
        let shown: String = name.chars().take(32).collect();
        let why = format!(
            "of packetdrill's options there are {}; `--tcp={{…}}` sets up the TCP",
            KNOWN[1..].join(", ")
        );
        return Err(Fail::outside(at, &format!("`--{shown}`"), &why));
    }
    if !cursor.takes("=") {
        return Err(cursor.wrong("`=` and a value, as in `--local_ip=192.0.2.1`"));
    }
    let start = cursor.at();
    if name == "tcp" {
        let (json, whole) = braces(cursor.rest());
        cursor.advance(json.len());
        if !whole {
            return Err(Fail::wrong(start, "`--tcp` is an object, as in `--tcp={\"mss\":1000}`"));
        }
        settings.config = tcpscope_scenario::tcp_from_json(json)
            .map_err(|error| Fail::wrong(start, format!("--tcp: {error}")))?;
        return Ok(());
    }
    let value = cursor.taken_while(|letter| !letter.is_whitespace());
    match name {
        "ip_version" => match value {
            "ipv4" => {}
            "ipv6" | "ipv4_mapped_ipv6" => {
                return Err(Fail::outside(at, "IPv6", "segments travel under IPv4 alone"));
            }
            _ => return Err(Fail::wrong(start, "--ip_version is ipv4")),
        },
        "local_ip" => settings.local = address(value, start)?,
        "remote_ip" => settings.remote = address(value, start)?,
        "bind_port" => settings.bind_port = parsed(value, start, "a port, 1 to 65535")?,
        "connect_port" => settings.connect_port = parsed(value, start, "a port, 1 to 65535")?,
        "mtu" => {
            let mtu: u16 = parsed(value, start, "an MTU, 68 to 65535")?;
            if mtu < LEAST_MTU {
                return Err(Fail::wrong(start, "an MTU is 68 to 65535"));
            }
            settings.config.mss = mtu - HEADERS;
        }
        "tolerance_usecs" => {
            let what = "microseconds, 10000000 at most";
            let tolerance: u64 = parsed(value, start, what)?;
            settings.tolerance = tolerance.min(MOST_TOLERANCE);
        }
        // It is none of the others that are known.
        _ => {
            let tick: u64 = parsed(value, start, "microseconds")?;
            settings.timestamp_tick = (tick > 0).then_some(tick);
        }
    }
    Ok(())
}

/// An object with its braces, and whether it ends.
fn braces(text: &str) -> (&str, bool) {
    let mut depth = 0_usize;
    for (place, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let end = if letter == '}' { place + 1 } else { place };
            return (text.get(..end).unwrap_or_default(), letter == '}');
        }
    }
    (text, false)
}

fn address(value: &str, at: usize) -> Read<Ipv4Addr> {
    let address: Ipv4Addr = parsed(value, at, "an IPv4 address, as in 192.0.2.1")?;
    let is_nobody = address.is_multicast() || address.is_broadcast() || address.octets()[0] == 0;
    if is_nobody {
        return Err(Fail::wrong(at, format!("{address} is no host's address")));
    }
    Ok(address)
}

fn parsed<T: FromStr>(value: &str, at: usize, what: &str) -> Read<T> {
    value.parse().map_err(|_| {
        let shown: String = value.chars().take(32).collect();
        Fail::wrong(at, format!("`{}` is not {what}", shown.escape_debug()))
    })
}
