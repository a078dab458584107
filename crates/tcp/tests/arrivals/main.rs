//! Arriving segments: the receiving side of a connection.

#![allow(clippy::cast_possible_truncation, reason = "the numbers here are small")]

#[path = "../common/mod.rs"]
mod common;

mod acknowledgments;
mod cells;
mod ecn;
mod fast_open;
mod line;
mod options;
mod overlaps;
mod push;
mod sack;
mod states;
mod syn_text;
mod time_wait;
mod timestamps;
mod urgent;
mod window;
