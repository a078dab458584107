//! Arriving segments: the receiving side of a connection.

#[path = "../common/mod.rs"]
mod common;

mod acknowledgments;
mod cells;
mod line;
mod overlaps;
mod sack;
mod states;
