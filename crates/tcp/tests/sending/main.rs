//! The sending side: recovery from losses, timeouts, windows, and what goes into a segment. Each
//! test is a situation of the RFC that it names.

mod bench;
mod new_reno;
mod properties;
mod rack;
mod sack;
mod segments;
mod tail_loss;
mod timeouts;
mod windows;
