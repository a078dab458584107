//! Arriving segments: the receiving side of a connection.

#[path = "../common/mod.rs"]
mod common;

mod cells;
mod states;
