//! Our TCP against one that was written elsewhere: smoltcp.
//!
//! A [`Peer`] is a host with one connection, whoever wrote it; it speaks octets, whole IPv4
//! packets, or, where both are ours, segments. [`Pair`] connects two of them by links that lose, reorder, duplicate and damage, and
//! lets them run in virtual time, deterministically. The tests run all four pairs over such links;
//! the program `ratio` measures how many segments a second each implementation carries.

mod blocks;
pub mod fuzz;
mod link;
mod ours;
mod pair;
mod peer;
mod smoltcp_peer;
mod speech;

pub use link::{Impairments, Link};
pub use ours::Ours;
pub use pair::{Outcome, Pair};
pub use peer::{Peer, Role, Settings};
pub use smoltcp_peer::Smoltcp;
pub use speech::{Octets, Packet, Segments, Speech};
