//! A TCP connection as a pure state machine: RFC 9293 and its companions.
//!
//! One connection is a value, [`Connection`]. The three kinds of event of RFC 9293 §3.10 are its
//! three methods: a user's call ([`Connection::call`]), an arriving segment
//! ([`Connection::segment_arrives`]) and a timeout ([`Connection::timeout`]). Each puts what
//! follows into [`Effects`], in order: segments to send, timers to set, states entered, octets
//! delivered, and for each the [`Reason`], with the numbers that decided it and the RFC's section.
//!
//! The engine has no clock (`now` is an argument), no I/O, no randomness (initial sequence
//! numbers are given to it) and no prose. It never panics, whatever arrives.
#![no_std]

extern crate alloc;

mod acking;
mod buffer;
mod calls;
mod config;
mod congestion;
mod connection;
mod ecn;
mod effect;
mod fast_open;
mod host;
mod icmp;
mod isn;
mod keep_alive;
mod negotiation;
mod options;
mod output;
mod reason;
mod reassembly;
mod recovery;
mod rtt;
mod segment;
mod segment_arrives;
mod seq;
mod state;
mod status;
mod tcb;
mod time;
mod timeouts;
mod timer;
mod timestamps;
mod user_timeout;
mod variants;
mod window;

pub use calls::{Call, CallError, Opening, Reply};
pub use config::{Config, CongestionControl, KeepAlive, Variant};
pub use connection::Connection;
pub use effect::{Effect, Effects, Entry, Notification};
pub use host::{
    About, Account, ConnectionInfo, ConnectionKey, Errno, Fd, Host, HostConfig, HostEvent, Item,
    Outbox, Outgoing, Party, Shutdown, SocketOption,
};
pub use isn::Isn;
pub use options::{Ecn, FastOpenCookie, Options, SackBlocks, Timestamps};
pub use reason::{Citation, IcmpError, Negotiable, Reason, SendPermit};
pub use segment::{Flags, Segment};
pub use seq::SeqNumber;
pub use state::{Edge, State, TRANSITIONS};
pub use status::{AgreedOptions, Blocks, Status};
pub use tcb::{ReceiveSpace, SendSpace};
pub use time::{Duration, Instant, ShortSpan};
pub use timer::Timer;
