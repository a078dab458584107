//! What is wrong with a link, and what would be right.

use alloc::string::String;
use core::fmt;

use super::{MAX_EDITS, MAX_LINK_OCTETS, PACKED_VERSION, PackError, VERSION, key};
use crate::ScenarioError;
use crate::error::Listed;

/// Why a text is no link, or why it is a link to something that there cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// The text is longer than a link may be.
    TooLong {
        /// Its octets.
        octets: usize,
    },
    /// The link does not say by which rules it is written.
    NoVersion,
    /// The link is written by other rules.
    UnknownVersion {
        /// What stands there.
        version: String,
    },
    /// A link that is packed cannot be unpacked.
    Pack(PackError),
    /// There are more edits than a link may have.
    TooManyEdits,
    /// No field is named so.
    UnknownKey {
        /// What stands there.
        key: String,
    },
    /// A field is given twice that can be given once.
    Repeated {
        /// The field.
        key: &'static str,
    },
    /// A field is no number, or one that is too large.
    NoNumber {
        /// The field.
        key: &'static str,
        /// What stands there.
        value: String,
        /// The largest number that would be right.
        at_most: u64,
    },
    /// A `%` is not followed by two hexadecimal digits, or what comes of it is no UTF-8.
    BrokenEscape {
        /// What stands there.
        text: String,
    },
    /// The link is to no scenario, or to two.
    NotOneScenario,
    /// The link names a stop and no lesson.
    StopOfNoLesson,
    /// The link names a run of a lesson and no lesson.
    RunOfNoLesson,
    /// The scenario that the link brings along is none.
    Inline(ScenarioError),
    /// An edit has another form than any edit has.
    MalformedEdit {
        /// What stands there.
        edit: String,
    },
    /// The choice of a plot has another form than any has.
    MalformedPlot {
        /// What stands there.
        plot: String,
    },
    /// More than all packets cannot be lost.
    LossAboveAll {
        /// What stands there.
        loss_ppm: u64,
    },
    /// An act that stands in the link as in a file is none.
    Act(ScenarioError),
    /// No packet of the scenario's hosts is named so.
    UnknownPacket {
        /// What stands there.
        packet: String,
        /// The names of the hosts.
        hosts: String,
    },
    /// No host of the scenario is named so.
    UnknownHost {
        /// What stands there.
        host: String,
        /// The names of the hosts.
        hosts: String,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { octets } => {
                write!(f, "the link has {octets} octets; {MAX_LINK_OCTETS} is the most it may have")
            }
            Self::NoVersion => {
                write!(f, "the link does not begin with its version, {}={VERSION}", key::VERSION)
            }
            Self::UnknownVersion { version } => {
                write!(
                    f,
                    "this page reads links of versions {VERSION} and {PACKED_VERSION}, this one \
                     says \"{version}\""
                )
            }
            Self::Pack(error) => error.fmt(f),
            Self::TooManyEdits => {
                write!(f, "the link has more than {MAX_EDITS} edits, the most it may have")
            }
            Self::UnknownKey { key } => {
                let keys = Listed(&key::ALL);
                write!(f, "a link has no field \"{key}\"; its fields are {keys}")
            }
            Self::Repeated { key } => write!(f, "the field \"{key}\" is given twice"),
            Self::NoNumber { key, value, at_most } => {
                write!(f, "{key} is \"{value}\", not a whole number from 0 to {at_most}")
            }
            Self::BrokenEscape { text } => write!(
                f,
                "in \"{text}\" a % is not followed by two hexadecimal digits of UTF-8 text"
            ),
            Self::NotOneScenario => write!(
                f,
                "a link is to one scenario: {}=ID, as in {}=three-way-handshake, or {}=JSON",
                key::SCENARIO,
                key::SCENARIO,
                key::INLINE
            ),
            Self::StopOfNoLesson => write!(
                f,
                "a stop is one of a lesson: {}=ID stands beside {}=ID",
                key::LESSON,
                key::STOP
            ),
            Self::RunOfNoLesson => write!(
                f,
                "a run is one of a lesson: {}=ID stands beside {}=ID",
                key::LESSON,
                key::RUN
            ),
            Self::Inline(error) => write!(f, "the scenario in the link: {error}"),
            Self::MalformedEdit { edit } => write!(
                f,
                "\"{edit}\" is no edit: drop,PACKET or delay,PACKET,MICROSECONDS or \
                 duplicate,PACKET,MICROSECONDS or corrupt,PACKET,BIT or hold,PACKET,MICROSECONDS or \
                 swap,PACKET,PACKET or link-delay,HOST,MICROSECONDS or \
                 link-loss,HOST,PACKETS-PER-MILLION or link,HOST,MICROSECONDS,PROPERTY,NUMBER… or \
                 crash, restart, halt or resume with HOST,MICROSECONDS or \
                 replay,HOST,MICROSECONDS,PACKET or act,JSON"
            ),
            Self::MalformedPlot { plot } => {
                write!(f, "\"{plot}\" is no choice of a plot: {}", super::plot::form())
            }
            Self::Act(error) => write!(f, "what is done: {error}"),
            Self::LossAboveAll { loss_ppm } => {
                write!(f, "a loss of {loss_ppm} in a million is more than all; 1000000 is all")
            }
            Self::UnknownPacket { packet, hosts } => write!(
                f,
                "\"{packet}\" names no packet: the form is host:kind:number, with +octets and ~2, \
                 as in client:data:1+1460~2; the hosts are {hosts}"
            ),
            Self::UnknownHost { host, hosts } => {
                write!(f, "no host is named \"{host}\"; the hosts are {hosts}")
            }
        }
    }
}

impl core::error::Error for LinkError {}
