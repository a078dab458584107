//! Arriving segments: the receiving side of a connection.

#[path = "../common/mod.rs"]
mod common;

mod acknowledgments;
mod cells;
mod ecn;
mod line;
mod overlaps;
mod sack;
mod states;
mod syn_text;
mod time_wait;
mod timestamps;
mod urgent;
mod window;
