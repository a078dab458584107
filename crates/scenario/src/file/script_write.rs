//! Scripts, written back: the lines of a block go into the line that begins it.

use alloc::format;
use alloc::string::String;
use core::ops::Range;

use bytes::Bytes;
use tcpscope_sim::{AppCall, Connect, HostId, Step, Wait, Want};
use tcpscope_tcp::{Duration, Shutdown, SocketOption};

use super::pattern::is_pattern;
use super::places::Places;
use super::script::BACKLOG;
use super::writer::Writer;
use super::{forgery, words};

/// Some lines of a script, as a list.
pub(super) fn lines(file: &mut Writer, script: &[Step], lines: Range<usize>, places: &Places) {
    file.open('[');
    let mut line = lines.start;
    while line < lines.end
        && let Some(Step { wait, call }) = script.get(line)
    {
        file.open('{');
        when(file, wait);
        self::call(file, call, places);
        line += 1;
        let (AppCall::Serve { lines: inner } | AppCall::Repeat { lines: inner, .. }) = call else {
            file.close('}');
            continue;
        };
        let end = line.saturating_add(*inner).min(lines.end);
        file.key("do");
        self::lines(file, script, line..end, places);
        file.close('}');
        line = end;
    }
    file.close(']');
}

fn when(file: &mut Writer, wait: &Wait) {
    let word = match wait {
        Wait::Nothing => return,
        Wait::Connected => Some("connected"),
        Wait::PeerClosed => Some("peer-closed"),
        Wait::Acknowledged => Some("acknowledged"),
        Wait::Until(_) | Wait::For(_) | Wait::State(_) | Wait::Readable(_) => None,
    };
    if let Some(word) = word {
        return file.text("when", word);
    }
    file.begin("when");
    match wait {
        Wait::Until(at) => file.number("until_us", at.as_micros()),
        Wait::For(span) => file.number("after_us", span.as_micros()),
        Wait::State(state) => file.text("state", state.name()),
        Wait::Readable(octets) => file.number("readable", (*octets).into()),
        Wait::Nothing | Wait::Connected | Wait::PeerClosed | Wait::Acknowledged => {}
    }
    file.close('}');
}

/// The fields of a call, but for the lines of a block.
pub(super) fn call(file: &mut Writer, call: &AppCall, places: &Places) {
    file.text("call", word(call));
    match call {
        AppCall::Open { active: is_active } => {
            let [active, passive] = words::MODE;
            file.text("mode", if *is_active { active } else { passive });
        }
        AppCall::Send(data) => write_data(file, data),
        AppCall::Receive(Want::Octets(octets)) | AppCall::Generate { octets } => {
            file.number("octets", *octets);
        }
        AppCall::Receive(Want::All) => file.flag("all", true),
        AppCall::Connect(Connect { to, port, early }) => {
            peer(file, *to, *port, places);
            if let Some(data) = early {
                write_data(file, data);
            }
        }
        AppCall::Bind { port } => file.unusual("port", (*port).into(), 0),
        AppCall::Listen { backlog } => {
            file.unusual("backlog", (*backlog).into(), BACKLOG.into());
        }
        AppCall::Set(option) => write_option(file, *option),
        AppCall::Type { octets, every } => {
            file.number("octets", *octets);
            file.number("every_us", every.as_micros());
        }
        AppCall::Shutdown(how) => {
            let [read, write, both] = words::HOW;
            file.text(
                "how",
                match how {
                    Shutdown::Read => read,
                    Shutdown::Write => write,
                    Shutdown::Both => both,
                },
            );
        }
        AppCall::SendTo { to, port, octets } => {
            peer(file, *to, *port, places);
            file.number("octets", (*octets).into());
        }
        AppCall::Forge(forgery) => forgery::write(file, forgery, places),
        AppCall::Repeat { times, lines: _ } => file.number("times", (*times).into()),
        AppCall::Close
        | AppCall::Abort
        | AppCall::Accept
        | AppCall::Serve { lines: _ }
        | AppCall::Release
        | AppCall::Exit
        | AppCall::Nothing => {}
    }
}

fn word(call: &AppCall) -> &'static str {
    match call {
        AppCall::Open { .. } => "open",
        AppCall::Send(_) => "send",
        AppCall::Receive(_) => "receive",
        AppCall::Close => "close",
        AppCall::Abort => "abort",
        AppCall::Connect(_) => "connect",
        AppCall::Bind { .. } => "bind",
        AppCall::Listen { .. } => "listen",
        AppCall::Accept => "accept",
        AppCall::Serve { .. } => "serve",
        AppCall::Set(_) => "set",
        AppCall::Generate { .. } => "generate",
        AppCall::Type { .. } => "type",
        AppCall::Shutdown(_) => "shutdown",
        AppCall::Release => "release",
        AppCall::Exit => "exit",
        AppCall::Repeat { .. } => "repeat",
        AppCall::SendTo { .. } => "send-to",
        AppCall::Forge(_) => "forge",
        AppCall::Nothing => "nothing",
    }
}

/// Whom a call is for, where it is said.
fn peer(file: &mut Writer, to: Option<HostId>, port: Option<u16>, places: &Places) {
    if let Some(to) = to {
        file.text("to", places.name(to));
    }
    if let Some(port) = port {
        file.number("port", port.into());
    }
}

/// Octets as a text. What is there where only their number is said is not written out, and what is
/// no text is written in digits.
pub(super) fn write_data(file: &mut Writer, data: &Bytes) {
    if !data.is_empty() && is_pattern(data) {
        return file.number("octets", u64::try_from(data.len()).unwrap_or(u64::MAX));
    }
    match core::str::from_utf8(data) {
        Ok(text) => file.text("text", text),
        Err(_) => write_hex(file, "hex", data),
    }
}

pub(super) fn write_hex(file: &mut Writer, key: &str, octets: &[u8]) {
    let digits: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    file.text(key, &digits);
}

fn write_option(file: &mut Writer, option: SocketOption) {
    let [
        reuse,
        receive,
        send,
        keep_alive,
        linger,
        no_delay,
        segment,
        timeout,
        idle,
        interval,
        count,
    ] = words::OPTION;
    let flag = |file: &mut Writer, word, on| {
        file.text("option", word);
        file.flag("value", on);
    };
    let number = |file: &mut Writer, word, number: u32| {
        file.text("option", word);
        file.number("value", number.into());
    };
    let time = |file: &mut Writer, word, time: Option<Duration>| {
        file.text("option", word);
        file.number_or_null("value_us", time.map(Duration::as_micros));
    };
    match option {
        SocketOption::ReuseAddr(on) => flag(file, reuse, on),
        SocketOption::ReceiveBuffer(octets) => number(file, receive, octets),
        SocketOption::SendBuffer(octets) => number(file, send, octets),
        SocketOption::KeepAlive(on) => flag(file, keep_alive, on),
        SocketOption::Linger(span) => time(file, linger, span),
        SocketOption::NoDelay(on) => flag(file, no_delay, on),
        SocketOption::MaxSeg(octets) => number(file, segment, octets.into()),
        SocketOption::UserTimeout(span) => time(file, timeout, span),
        SocketOption::KeepIdle(span) => time(file, idle, Some(span)),
        SocketOption::KeepInterval(span) => time(file, interval, Some(span)),
        SocketOption::KeepCount(probes) => number(file, count, probes),
    }
}
