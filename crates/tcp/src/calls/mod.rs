//! The user's calls (RFC 9293 §3.9.1, §3.10.1 to §3.10.6), one file each.

use core::fmt;

use bytes::Bytes;

use crate::{SeqNumber, Status};

/// A call of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// OPEN: begin a connection, or wait for one.
    Open(Opening),
    /// SEND: octets for the peer.
    Send {
        /// The octets.
        data: Bytes,
        /// Whether they are to be pushed through without waiting for more.
        push: bool,
    },
    /// RECEIVE: octets from the peer.
    Receive {
        /// As many at most.
        max: u32,
    },
    /// CLOSE: nothing more to send.
    Close,
    /// ABORT: tear it down.
    Abort,
    /// STATUS: how does it stand?
    Status,
}

/// How a connection is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opening {
    /// Send a SYN. The host chooses the initial sequence number (§3.4.1).
    Active {
        /// ISS.
        iss: SeqNumber,
    },
    /// Wait for a SYN; ISS answers it.
    Passive {
        /// ISS, for when a SYN comes.
        iss: SeqNumber,
    },
}

/// What a call returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Done, or under way.
    Ok,
    /// SEND took as many octets as there was room for.
    Sent {
        /// How many.
        octets: u32,
    },
    /// RECEIVE returned octets.
    Received {
        /// The octets.
        data: Bytes,
    },
    /// RECEIVE found nothing yet.
    NothingYet,
    /// RECEIVE found the end of the stream.
    EndOfStream,
    /// STATUS returned the variables.
    Status(Status),
}

/// Why a call was refused, in the RFC's words (RFC 9293 §3.10.1 to §3.10.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallError {
    /// "error: connection already exists".
    AlreadyExists,
    /// "error: connection does not exist".
    DoesNotExist,
    /// "error: connection closing".
    Closing,
    /// "error: insufficient resources".
    InsufficientResources,
    /// "error: remote socket unspecified".
    RemoteUnspecified,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlreadyExists => "error: connection already exists",
            Self::DoesNotExist => "error: connection does not exist",
            Self::Closing => "error: connection closing",
            Self::InsufficientResources => "error: insufficient resources",
            Self::RemoteUnspecified => "error: remote socket unspecified",
        })
    }
}

impl core::error::Error for CallError {}
