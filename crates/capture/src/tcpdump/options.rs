//! The options of a TCP header, one after another, whole or not.

use std::fmt::Write;

use super::number::{u8_at, u16_at, u32_at};

/// Writes the options; says whether the list could be read to its end. It looks for an option's
/// length in what `follows` the header, if it has to, but takes it for none.
pub(super) fn write(mut list: &[u8], follows: &[u8], sack_origin: u32, text: &mut String) -> bool {
    let mut after_another = false;
    while let Some((&kind, rest)) = list.split_first() {
        if after_another {
            text.push(',');
        }
        if kind <= 1 {
            text.push_str(if kind == 0 { "eol" } else { "nop" });
            if kind == 0 {
                return true;
            }
            list = rest;
            after_another = true;
            continue;
        }
        if rest.is_empty() && follows.is_empty() {
            text.push_str(" [|tcp]");
            return false;
        }
        let len = u8_at(rest, 0).map_or(0, usize::from);
        if len < 2 || len > list.len() {
            bad(after_another, text);
            return false;
        }
        // It takes from an option as many octets as its kind has, not as many as it says.
        let data = &list[2..];
        let Some(taken) = option(kind, len - 2, data, sack_origin, text) else {
            bad(after_another, text);
            return false;
        };
        if taken != len - 2 {
            let _ = write!(text, "[len {len}]");
        }
        list = data.get(taken..).unwrap_or_default();
        after_another = true;
    }
    true
}

/// The list is closed only where it had begun well.
fn bad(after_another: bool, text: &mut String) {
    text.push_str(if after_another { "[bad opt]]" } else { "[bad opt]" });
}

/// Writes one option that says that it has `len` octets of data; says how many it took. `None`
/// where the list ends before the option does.
fn option(kind: u8, len: usize, data: &[u8], sack_origin: u32, text: &mut String) -> Option<usize> {
    match name(kind) {
        Some(name) => text.push_str(name),
        None => {
            let _ = write!(text, "unknown-{kind}");
        }
    }
    match kind {
        2 => {
            let _ = write!(text, " {}", u16_at(data, 0)?);
            Some(2)
        }
        3 => {
            let _ = write!(text, " {}", u8_at(data, 0)?);
            Some(1)
        }
        4 => Some(0),
        5 if !len.is_multiple_of(8) => {
            text.push_str(" invalid sack");
            Some(len)
        }
        5 => {
            let _ = write!(text, " {} ", len / 8);
            for at in (0..len).step_by(8) {
                let edge = |at| Some(u32_at(data, at)?.wrapping_sub(sack_origin));
                let _ = write!(text, "{{{}:{}}}", edge(at)?, edge(at + 4)?);
            }
            Some(len)
        }
        8 => {
            let _ = write!(text, " val {}", u32_at(data, 0)?);
            let _ = write!(text, " ecr {}", u32_at(data, 4)?);
            Some(8)
        }
        6 | 7 | 11 | 12 | 13 => {
            let _ = write!(text, " {}", u32_at(data, 0)?);
            Some(4)
        }
        19 => {
            let digest = data.get(..16)?;
            text.push_str(" shared secret not supplied with -M, can't check - ");
            hexadecimal(digest, text);
            Some(16)
        }
        20 => {
            let _ = write!(text, " cap {:02x} id {}", u8_at(data, 0)?, u8_at(data, 1)?);
            Some(2)
        }
        28 => {
            // RFC 5482 §3: the first bit says minutes; tcpdump takes the last for it.
            let timeout = u16_at(data, 0)?;
            let seconds = u32::from(timeout >> 1) * if timeout & 1 == 1 { 60 } else { 1 };
            let _ = write!(text, " 0x{timeout:x} {seconds}");
            Some(2)
        }
        34 => {
            text.push_str("  ");
            let cookie = data.get(..len)?;
            if len == 0 {
                text.push_str("cookiereq");
            } else if len % 2 == 1 || !(4..=16).contains(&len) {
                text.push_str("(invalid)");
            } else {
                text.push_str("cookie ");
                hexadecimal(cookie, text);
            }
            Some(len)
        }
        _ => {
            let octets = data.get(..len)?;
            if !octets.is_empty() {
                text.push_str(" 0x");
                hexadecimal(octets, text);
            }
            Some(len)
        }
    }
}

/// What tcpdump calls an option. We send few of these; a damaged one may be any.
const fn name(kind: u8) -> Option<&'static str> {
    Some(match kind {
        2 => "mss",
        3 => "wscale",
        4 => "sackOK",
        5 => "sack",
        6 => "echo",
        7 => "echoreply",
        8 => "TS",
        11 => "cc",
        12 => "ccnew",
        13 => "",
        19 => "md5",
        20 => "scps",
        28 => "uto",
        34 => "tfo",
        _ => return None,
    })
}

fn hexadecimal(octets: &[u8], text: &mut String) {
    for octet in octets {
        let _ = write!(text, "{octet:02x}");
    }
}
