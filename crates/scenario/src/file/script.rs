//! The lines of a script: which fields go with which call.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use bytes::Bytes;
use tcpscope_sim::{AppCall, Connect, HostId, Step, Wait, Want};
use tcpscope_tcp::{Duration, Instant, Shutdown, SocketOption, State};

use super::pattern::pattern;
use super::places::Places;
use super::{fields, forgery, words};
use crate::error::quoted;
use crate::reader::{Object, Reader, Wrong};
use crate::{MAX_SENT_OCTETS, Misuse, Problem};

/// The fields that each call takes, by the places of [`words::CALL`].
const TAKES: [&[&str]; 20] = [
    &["mode"],
    &["text", "octets", "hex"],
    &["octets", "all"],
    &[],
    &[],
    &["to", "port", "text", "octets", "hex"],
    &["port"],
    &["backlog"],
    &[],
    &["option", "value", "value_us"],
    &["octets"],
    &["octets", "every_us"],
    &["how"],
    &[],
    &[],
    &["to", "port", "octets"],
    &["segment"],
    &[],
    &["do"],
    &["times", "do"],
];
/// The calls that are one line each: all but the last two.
const SINGLE: &[&str] = words::CALL.split_at(18).0;
/// An IPv4 packet of 65,535 octets, less the headers of IPv4 and UDP (RFC 768).
const MOST_MESSAGE: u64 = 65_507;
/// As often as lines may be repeated.
const MOST_TIMES: u64 = 1_000_000;
/// How many connections wait for `accept` where nothing is said of it.
pub(super) const BACKLOG: u32 = 128;

/// What is known where a script is read.
pub(super) struct Script<'a> {
    pub(super) places: &'a Places,
    /// Whose script it is.
    pub(super) host: HostId,
    /// The octets that all lines up to here send, as often as they are repeated.
    pub(super) sent: &'a mut u64,
}

impl Script<'_> {
    /// The lines of a list, which are done so many times, after those that there are.
    pub(super) fn lines(
        &mut self,
        list: &Reader<'_>,
        times: u64,
        lines: &mut Vec<Step>,
    ) -> Result<(), Wrong> {
        list.each(&mut |line| {
            let line = &line.object(&fields::STEP)?;
            let wait = match line.field("when") {
                Some(when) => wait(&when)?,
                None => Wait::Nothing,
            };
            let word = line.required("call")?.one_of(&words::CALL)?;
            takes_all(line, word)?;
            let first = lines.len();
            lines.push(Step { wait, call: AppCall::Nothing });
            let call = match words::CALL[word] {
                "serve" => AppCall::Serve { lines: self.block(line, times, lines)? },
                "repeat" => {
                    let again =
                        line.field("times").ok_or_else(|| needs(line, "repeat", "times"))?;
                    let again = again.number(1, MOST_TIMES)?;
                    let lines = self.block(line, times.saturating_mul(again), lines)?;
                    AppCall::Repeat { times: u32::try_from(again).unwrap_or(u32::MAX), lines }
                }
                _ => self.single(line, word, times)?,
            };
            lines[first].call = call;
            Ok(())
        })
    }

    /// The lines that a line begins, and how many they are.
    fn block(
        &mut self,
        line: &Object<'_>,
        times: u64,
        lines: &mut Vec<Step>,
    ) -> Result<usize, Wrong> {
        let before = lines.len();
        let list = line.required("do")?;
        self.lines(&list, times, lines)?;
        let inner = lines.len() - before;
        if inner == 0 { Err(list.wrong(Problem::NoLines)) } else { Ok(inner) }
    }

    /// A call that is made from without, at an instant.
    pub(super) fn call(&mut self, act: &Object<'_>) -> Result<AppCall, Wrong> {
        let word = act.required("call")?.one_of(SINGLE)?;
        takes_all(act, word)?;
        self.single(act, word, 1)
    }

    /// A call that is one line, by its place in [`words::CALL`].
    fn single(&mut self, line: &Object<'_>, word: usize, times: u64) -> Result<AppCall, Wrong> {
        Ok(match words::CALL[word] {
            "open" => {
                let mode = line.field("mode");
                let mode = mode.ok_or_else(|| needs(line, "open", "mode, active or passive"))?;
                AppCall::Open { active: mode.one_of(&words::MODE)? == 0 }
            }
            "send" => {
                let data = data(line, "send", 1, self.left(times))?;
                let data = data.ok_or_else(|| needs(line, "send", "text or octets"))?;
                self.count(data.len(), times);
                AppCall::Send(data)
            }
            "receive" => AppCall::Receive(want(line)?),
            "close" => AppCall::Close,
            "abort" => AppCall::Abort,
            "connect" => {
                let early = data(line, "connect", 0, self.left(times))?;
                self.count(early.as_ref().map_or(0, Bytes::len), times);
                AppCall::Connect(Connect { to: self.to(line)?, port: port(line)?, early })
            }
            "bind" => AppCall::Bind { port: number16(line, "port", 0)? },
            "listen" => {
                AppCall::Listen { backlog: line.number32("backlog", BACKLOG, 0, u32::MAX)? }
            }
            "accept" => AppCall::Accept,
            "set" => AppCall::Set(option(line)?),
            "generate" => AppCall::Generate { octets: self.octets(line, "generate", times)? },
            "type" => {
                let octets = self.octets(line, "type", times)?;
                let every =
                    line.field("every_us").ok_or_else(|| needs(line, "type", "every_us"))?;
                AppCall::Type { octets, every: span(&every)? }
            }
            "shutdown" => {
                let how = line.field("how");
                let how = how.ok_or_else(|| needs(line, "shutdown", "how: read, write or both"))?;
                AppCall::Shutdown(match how.one_of(&words::HOW)? {
                    0 => Shutdown::Read,
                    1 => Shutdown::Write,
                    _ => Shutdown::Both,
                })
            }
            "release" => AppCall::Release,
            "exit" => AppCall::Exit,
            "send-to" => {
                let octets =
                    line.field("octets").ok_or_else(|| needs(line, "send-to", "octets"))?;
                let octets = octets.number(0, MOST_MESSAGE.min(self.left(times)))?;
                let octets = u32::try_from(octets).unwrap_or(0);
                self.count(octets as usize, times);
                AppCall::SendTo { to: self.to(line)?, port: port(line)?, octets }
            }
            "forge" => {
                let segment =
                    line.field("segment").ok_or_else(|| needs(line, "forge", "segment"))?;
                AppCall::Forge(forgery::read(&segment, self.places)?)
            }
            _ => AppCall::Nothing,
        })
    }

    /// How many octets there may still be, in each of so many times.
    fn left(&self, times: u64) -> u64 {
        (MAX_SENT_OCTETS - *self.sent) / times.max(1)
    }

    fn count(&mut self, octets: usize, times: u64) {
        *self.sent += u64::try_from(octets).unwrap_or(u64::MAX).saturating_mul(times);
    }

    /// The octets of a call that makes them as it goes.
    fn octets(&mut self, line: &Object<'_>, what: &'static str, times: u64) -> Result<u64, Wrong> {
        let octets = line.field("octets").ok_or_else(|| needs(line, what, "octets"))?;
        let octets = octets.number(1, self.left(times))?;
        *self.sent += octets * times;
        Ok(octets)
    }

    /// Whom a call is for, if it is said.
    fn to(&self, line: &Object<'_>) -> Result<Option<HostId>, Wrong> {
        line.field("to").map(|to| self.places.other_host(&to, self.host)).transpose()
    }
}

/// Checks that a call is not given what it does not take.
fn takes_all(line: &Object<'_>, word: usize) -> Result<(), Wrong> {
    for field in &fields::STEP[2..] {
        if !TAKES[word].contains(field) && line.has(field) {
            return Err(has_no(line, words::CALL[word], field));
        }
    }
    Ok(())
}

/// Octets as a text, as a number of them that then are always the same, or in hexadecimal digits.
pub(super) fn data(
    file: &Object<'_>,
    what: &'static str,
    least: u64,
    most: u64,
) -> Result<Option<Bytes>, Wrong> {
    let fits = |field, octets: usize| {
        let octets = u64::try_from(octets).unwrap_or(u64::MAX);
        let is_right = (least..=most).contains(&octets);
        let problem = Problem::TextLength { octets, at_least: least, at_most: most };
        if is_right { Ok(()) } else { Err(file.wrong_at(field, problem)) }
    };
    let data = match (file.field("text"), file.field("octets"), file.field("hex")) {
        (None, None, None) => return Ok(None),
        (Some(text), None, None) => Bytes::from(text.text()?.to_owned()),
        (None, Some(octets), None) => {
            pattern(usize::try_from(octets.number(least, most)?).unwrap_or(0))
        }
        (None, None, Some(digits)) => {
            let octets = hex(&digits)?;
            fits("hex", octets.len())?;
            return Ok(Some(octets.into()));
        }
        (Some(_), Some(_), _) => return Err(has_no(file, with_text(what), "octets")),
        (_, _, Some(_)) => return Err(has_no(file, with_text(what), "hex")),
    };
    fits("text", data.len())?;
    Ok(Some(data))
}

/// What a message calls a call, or a segment, that has its octets already.
fn with_text(what: &'static str) -> &'static str {
    match what {
        "send" => "send with text",
        "connect" => "connect with text",
        _ => "a segment with text",
    }
}

/// Octets in hexadecimal digits, two for each.
pub(super) fn hex(file: &Reader<'_>) -> Result<Vec<u8>, Wrong> {
    let text = file.text()?;
    let digit = |digit: char| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let digits: Option<Vec<u8>> = text.chars().map(digit).collect();
    match digits {
        Some(digits) if digits.len() % 2 == 0 => Ok(digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |octet, digit| octet << 4 | digit))
            .collect()),
        Some(_) | None => Err(file.wrong(Problem::Hexadecimal { text: quoted(text) })),
    }
}

fn want(line: &Object<'_>) -> Result<Want, Wrong> {
    match (line.field("octets"), line.field("all")) {
        (Some(octets), None) => Ok(Want::Octets(octets.number(1, MAX_SENT_OCTETS)?)),
        (None, Some(all)) if all.flag()? => Ok(Want::All),
        (Some(_), Some(_)) => Err(has_no(line, "receive with octets", "all")),
        (None, Some(_) | None) => Err(needs(line, "receive", "octets, or all with true")),
    }
}

/// An option by its name in C, and what it is to be.
fn option(line: &Object<'_>) -> Result<SocketOption, Wrong> {
    let option = line.field("option").ok_or_else(|| needs(line, "set", "option"))?;
    let word = words::OPTION[option.one_of(&words::OPTION)?];
    let is_a_time =
        matches!(word, "SO_LINGER" | "TCP_USER_TIMEOUT" | "TCP_KEEPIDLE" | "TCP_KEEPINTVL");
    let (field, other, with) = if is_a_time {
        ("value_us", "value", "an option that is a time")
    } else {
        ("value", "value_us", "an option that is no time")
    };
    if line.has(other) {
        return Err(has_no(line, with, other));
    }
    let value = line.field(field);
    let said = || value.as_ref().ok_or_else(|| needs(line, "set", field));
    let flag = || said()?.flag();
    let number = |most: u32| -> Result<u32, Wrong> {
        let number = said()?.number(0, most.into())?;
        Ok(u32::try_from(number).unwrap_or(most))
    };
    let time = || span(said()?);
    // `null` turns these off.
    let time_or_none = || value.as_ref().map(span).transpose();
    Ok(match word {
        "SO_REUSEADDR" => SocketOption::ReuseAddr(flag()?),
        "SO_RCVBUF" => SocketOption::ReceiveBuffer(number(u32::MAX)?),
        "SO_SNDBUF" => SocketOption::SendBuffer(number(u32::MAX)?),
        "SO_KEEPALIVE" => SocketOption::KeepAlive(flag()?),
        "SO_LINGER" => SocketOption::Linger(time_or_none()?),
        "TCP_NODELAY" => SocketOption::NoDelay(flag()?),
        "TCP_MAXSEG" => {
            let most = number(u16::MAX.into())?;
            SocketOption::MaxSeg(u16::try_from(most).unwrap_or(u16::MAX))
        }
        "TCP_USER_TIMEOUT" => SocketOption::UserTimeout(time_or_none()?),
        "TCP_KEEPIDLE" => SocketOption::KeepIdle(time()?),
        "TCP_KEEPINTVL" => SocketOption::KeepInterval(time()?),
        _ => SocketOption::KeepCount(number(u32::MAX)?),
    })
}

fn wait(when: &Reader<'_>) -> Result<Wait, Wrong> {
    const KNOWN: [&str; 7] = [
        "connected",
        "peer-closed",
        "acknowledged",
        r#"{"until_us": 0}"#,
        r#"{"after_us": 0}"#,
        r#"{"state": "ESTABLISHED"}"#,
        r#"{"readable": 1}"#,
    ];
    if !when.is_object() {
        return match when.one_of(&KNOWN)? {
            0 => Ok(Wait::Connected),
            1 => Ok(Wait::PeerClosed),
            2 => Ok(Wait::Acknowledged),
            // An object in quotes.
            _ => Err(when.none_of(&KNOWN)),
        };
    }
    let said = when.object(&fields::WHEN)?;
    match fields::WHEN.map(|field| said.field(field)) {
        [Some(us), None, None, None] => {
            Ok(Wait::Until(Instant::from_micros(us.number(0, u64::MAX)?)))
        }
        [None, Some(us), None, None] => Ok(Wait::For(span(&us)?)),
        [None, None, Some(name), None] => state(&name),
        [None, None, None, Some(octets)] => {
            let octets = octets.number(0, u32::MAX.into())?;
            Ok(Wait::Readable(u32::try_from(octets).unwrap_or(u32::MAX)))
        }
        _ => Err(when.none_of(&KNOWN)),
    }
}

fn state(name: &Reader<'_>) -> Result<Wait, Wrong> {
    let text = name.text()?;
    for state in State::ALL {
        if state.name() == text {
            return Ok(Wait::State(state));
        }
    }
    Err(name.wrong(Problem::UnknownState { text: quoted(text) }))
}

fn span(us: &Reader<'_>) -> Result<Duration, Wrong> {
    us.number(0, u64::MAX).map(Duration::from_micros)
}

/// A port that is said.
fn port(line: &Object<'_>) -> Result<Option<u16>, Wrong> {
    if !line.has("port") {
        return Ok(None);
    }
    let port = line.number32("port", 0, 1, u16::MAX.into())?;
    Ok(u16::try_from(port).ok())
}

/// The number in a field, or the usual one, where it has 16 bits.
pub(super) fn number16(object: &Object<'_>, key: &'static str, usual: u16) -> Result<u16, Wrong> {
    let number = object.number32(key, usual.into(), 0, u16::MAX.into())?;
    // It is no larger than a number that has 16 bits.
    Ok(u16::try_from(number).unwrap_or(u16::MAX))
}

pub(super) fn has_no(object: &Object<'_>, what: &'static str, field: &'static str) -> Wrong {
    object.wrong_at(field, Problem::Misuse(Misuse::HasNo { what, field }))
}

pub(super) fn needs(object: &Object<'_>, what: &'static str, field: &'static str) -> Wrong {
    object.wrong(Problem::Misuse(Misuse::Needs { what, field }))
}
