//! What is wrong with a file, where, and what would be right.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;

use tcpscope_sim::{SetupError, TooLong};

use crate::FORMAT;

/// Why a text is no scenario: what is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    /// The line of the text, from 1 on.
    pub line: usize,
    /// The character of the line, from 1 on.
    pub column: usize,
    /// The place in the file, as in `hosts[0].script[2].call`; empty for the file as a whole.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a file or with a value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The text is longer than a file may be.
    TooLong {
        /// Its octets.
        octets: usize,
        /// As many as there may be.
        at_most: usize,
    },
    /// The file is of another format.
    Format {
        /// The format that it names.
        found: u64,
    },
    /// It is no JSON: what should stand there, or what should not.
    Json(&'static str),
    /// There is no such field.
    UnknownField {
        /// The field.
        field: String,
        /// The fields that there are.
        known: &'static [&'static str],
    },
    /// A field is given twice.
    RepeatedField {
        /// The field.
        field: &'static str,
    },
    /// A field is not there.
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// This is no object.
    NoObject {
        /// What stands there.
        found: String,
        /// The fields that an object there may have.
        known: &'static [&'static str],
    },
    /// This is of another kind than it should be.
    WrongKind {
        /// What stands there.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// This is none of what it could be.
    NoneOf {
        /// What stands there.
        found: String,
        /// What it could be.
        known: &'static [&'static str],
    },
    /// This is no whole number, or one that is too small or too large.
    OutOfRange {
        /// What stands there.
        found: String,
        /// The least that is right.
        at_least: u64,
        /// The most that is right.
        at_most: u64,
    },
    /// A text to send is empty, or with it the scripts send too much.
    TextLength {
        /// The octets of the text.
        octets: u64,
        /// As few as there may be.
        at_least: u64,
        /// As many as there may be.
        at_most: u64,
    },
    /// An id or a name has other characters than it may have, none, or too many.
    Name {
        /// The name.
        name: String,
    },
    /// No host is named so.
    UnknownHost {
        /// The name.
        name: String,
        /// The names that there are.
        hosts: String,
    },
    /// No host and no router is named so.
    UnknownPlace {
        /// The name.
        name: String,
        /// The names that there are.
        places: String,
    },
    /// Something that leads to another leads to itself.
    ToItself {
        /// The name of the host or the router.
        name: String,
    },
    /// Two hosts or routers share a name or an address.
    Shared {
        /// What they share.
        what: String,
    },
    /// There is not one link from one host to the other.
    NotOneLink {
        /// The host that it would come from.
        from: String,
        /// The host that it would go to.
        to: String,
    },
    /// No links lead from one host to another that it talks to.
    NoWay {
        /// From where.
        from: String,
        /// Where to.
        to: String,
    },
    /// These are no octets in hexadecimal digits.
    Hexadecimal {
        /// What stands there.
        text: String,
    },
    /// This is no Fast Open cookie.
    Cookie {
        /// What stands there.
        text: String,
    },
    /// A block has no lines.
    NoLines,
    /// A list is too long.
    TooMany {
        /// As many as there may be.
        at_most: usize,
    },
    /// A segment has more octets than there is room for, in its options or in all.
    SegmentLength(TooLong),
    /// This is no address of a host with its port.
    Address {
        /// What stands there.
        text: String,
    },
    /// This is no state.
    UnknownState {
        /// What stands there.
        text: String,
    },
    /// This is no name of a packet.
    PacketName {
        /// What stands there.
        text: String,
        /// The names of the hosts.
        hosts: String,
    },
    /// A field is missing that goes with another, or is there and does not.
    Misuse(Misuse),
    /// No script calls anything.
    NothingHappens,
    /// The simulator would not run it.
    Setup(SetupError),
}

/// A field that is missing beside another, or that does not belong beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misuse {
    /// It needs another field.
    Needs {
        /// What stands there.
        what: &'static str,
        /// What it needs.
        field: &'static str,
    },
    /// The field does not belong there.
    HasNo {
        /// What stands there.
        what: &'static str,
        /// The field that does not belong to it.
        field: &'static str,
    },
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, path, problem } = self;
        match problem {
            Problem::TooLong { .. } => return problem.fmt(f),
            _ if path.is_empty() => {}
            _ => write!(f, "{path}: ")?,
        }
        write!(f, "{problem} (line {line}, column {column})")
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { octets, at_most } => {
                write!(f, "the file has {octets} octets; {at_most} is the most it may have")
            }
            Self::Format { found } => {
                write!(f, "this page reads format {FORMAT}, the file says {found}")
            }
            Self::Json(message) => f.write_str(message),
            Self::UnknownField { field, known } => {
                write!(f, "there is no field \"{field}\"; the fields are {}", Listed(known))
            }
            Self::RepeatedField { field } => write!(f, "the field {field} is given twice"),
            Self::MissingField { field } => write!(f, "the field {field} is missing"),
            Self::NoObject { found, known } => {
                write!(f, "{found} is no object; its fields would be {}", Listed(known))
            }
            Self::WrongKind { found, expected } => write!(f, "{found} is not {expected}"),
            Self::NoneOf { found, known } => write!(f, "{found} is none of {}", Listed(known)),
            Self::OutOfRange { found, at_least, at_most } if at_least == at_most => {
                write!(f, "{found} is not {at_least}")
            }
            Self::OutOfRange { found, at_least, at_most } => {
                write!(f, "{found} is not a whole number from {at_least} to {at_most}")
            }
            Self::TextLength { octets, at_least, at_most } => {
                write!(f, "the text has {octets} octets, not {at_least} to {at_most}")
            }
            Self::Name { name } => write!(
                f,
                "\"{name}\" is no name: a name has 1 to 64 of the characters a–z, A–Z, 0–9, - and _"
            ),
            Self::UnknownHost { name, hosts } => {
                write!(f, "no host is named \"{name}\"; the hosts are {hosts}")
            }
            Self::UnknownPlace { name, places } => {
                write!(f, "no host or router is named \"{name}\"; there are {places}")
            }
            Self::ToItself { name } => {
                write!(f, "this leads from {name} to itself; it has to lead to another")
            }
            Self::Shared { what } => write!(f, "another has {what}; each needs its own"),
            Self::NotOneLink { from, to } => {
                write!(f, "there must be one link from {from} to {to}")
            }
            Self::NoWay { from, to } => {
                write!(f, "links must lead from {from} to {to}, over routers if need be")
            }
            Self::Hexadecimal { text } => {
                write!(f, "\"{text}\" is no row of octets: each has two of the digits 0–9 and a–f")
            }
            Self::Cookie { text } => write!(
                f,
                "\"{text}\" is no cookie: it has 4 to 16 octets, an even number; none asks for one"
            ),
            Self::NoLines => f.write_str("a block has one line at least"),
            Self::TooMany { at_most } => write!(f, "there may be no more than {at_most} of these"),
            Self::SegmentLength(too_long) => too_long.fmt(f),
            Self::Address { text } => write!(
                f,
                "\"{text}\" is no address of a host: an IPv4 address and a port, \
                 as in 192.0.2.1:49152"
            ),
            Self::UnknownState { text } => write!(
                f,
                "\"{text}\" is no state: one of the eleven, as in ESTABLISHED or FIN-WAIT-2"
            ),
            Self::PacketName { text, hosts } => write!(
                f,
                "\"{text}\" names no packet: the form is host:kind:number, with +octets for text \
                 and ~2 for the second of its kind, as in {host}:data:1+1460~2; kinds are syn, \
                 data, fin, ack, rst and udp; the hosts are {hosts}",
                host = hosts.split(',').next().unwrap_or("client"),
            ),
            Self::Misuse(Misuse::Needs { what, field }) => write!(f, "{what} needs {field}"),
            Self::Misuse(Misuse::HasNo { what, field }) => write!(f, "{what} has no {field}"),
            Self::Setup(error) => error.fmt(f),
            Self::NothingHappens => f.write_str("no host's script calls anything"),
        }
    }
}

impl core::error::Error for ScenarioError {}

/// Words with commas between them.
pub(crate) struct Listed(pub(crate) &'static [&'static str]);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, word) in self.0.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { ", " })?;
            f.write_str(word)?;
        }
        Ok(())
    }
}

/// What stands in a text, as much of it as a message can hold: a name may be as long as a file.
pub(crate) fn quoted(text: &str) -> String {
    shortened(text, 100)
}

/// The text, or its beginning and an ellipsis.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    if text.len() <= longest { text.to_owned() } else { format!("{}…", up_to(text, longest)) }
}

/// The text up to an offset, less what would cut a character in two.
pub(crate) fn up_to(text: &str, offset: usize) -> &str {
    let mut end = offset.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
