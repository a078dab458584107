//! The user's calls (RFC 9293 §3.9.1, §3.10.1 to §3.10.6), one file each.

mod abort;
mod close;
mod flush;
mod open;
mod orphan;
mod receive;
mod send;
mod status;

use core::fmt;

use bytes::Bytes;

use crate::{Connection, Effects, Instant, Isn, Reason, Status};

/// A call of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// OPEN: begin a connection, or wait for one.
    Open(Opening),
    /// SEND: octets for the peer.
    Send {
        /// The octets.
        data: Bytes,
        /// Whether they are to be pushed through without waiting for more (MAY-15).
        push: bool,
        /// Whether the last of them ends urgent data (RFC 9293 §3.8.5).
        urgent: bool,
    },
    /// RECEIVE: octets from the peer.
    Receive {
        /// As many at most.
        max: u32,
    },
    /// FLUSH: forget what was given to SEND and the peer's window does not let out yet.
    Flush,
    /// CLOSE: nothing more to send, though still to receive. Octets that were received and not
    /// yet read are lost, and so the peer is told by a RST (RFC 9293 §3.6.1, SHLD-3).
    Close,
    /// Half of a CLOSE: nothing more to send, and what was received stays there to be read.
    /// `shutdown` of the write side.
    ShutWrite,
    /// The other half: RECEIVE finds the end of the stream once what has arrived is read.
    /// `shutdown` of the read side.
    ShutRead,
    /// CLOSE of both directions by an application that lets go: the "half-duplex" close of
    /// RFC 9293 §3.6.1 (MAY-1). `close` of a descriptor.
    Orphan,
    /// ABORT: tear it down.
    Abort,
    /// CLOSE that tears it down: as ABORT, but the RST carries an acknowledgment, as that of other
    /// TCPs does. `close` of a descriptor with `SO_LINGER` of zero.
    Linger,
    /// STATUS: how does it stand?
    Status,
}

/// How a connection is opened. The initial sequence number's source comes with it (§3.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Send a SYN.
    Active {
        /// Where ISS comes from.
        isn: Isn,
    },
    /// Wait for a SYN.
    Passive {
        /// Where ISS comes from, for when a SYN comes.
        isn: Isn,
    },
}

/// What a call returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "an answer is looked at once, and not kept")]
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
        /// Whether what the peer pushed ends with them or within them (RFC 9293 §3.9.1.3, MAY-17).
        push: bool,
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

impl Connection {
    /// A call of the user, at `now`.
    ///
    /// # Errors
    /// The RFC's error where the state does not allow the call; the connection is then unchanged.
    pub fn call(
        &mut self,
        now: Instant,
        call: Call,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        self.now = now;
        let result = match call {
            Call::Open(opening) => self.open(now, opening, effects),
            Call::Send { data, push, urgent } => self.send(now, data, push, urgent, effects),
            Call::Receive { max } => self.receive(|queue| queue.take(max), effects),
            Call::Flush => self.flush(now, effects),
            Call::Close => self.close(now, effects),
            Call::ShutWrite => self.shut_write(now, effects),
            Call::ShutRead => self.shut_read(),
            Call::Orphan => self.orphan(now, effects),
            Call::Abort => self.abort(effects),
            Call::Linger => self.linger(effects),
            Call::Status => self.status_call(effects),
        };
        self.end_call(result, effects)
    }

    fn end_call(
        &mut self,
        result: Result<Reply, CallError>,
        effects: &mut Effects,
    ) -> Result<Reply, CallError> {
        self.watch_progress(effects);
        if let Err(error) = result {
            self.decide(effects, Reason::CallRefused { error, state: self.state() });
        }
        result
    }

    /// Up to `max` octets that RECEIVE would return, left where they are.
    #[must_use]
    pub fn peek(&self, max: u32) -> Bytes {
        self.incoming.queue.peek(0, max)
    }
}
