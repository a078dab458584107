//! An endpoint: its state, its program, its windows, its timers, its variables.

mod endpoint;
mod program;
mod ribbon;
mod tcb;
mod timers;

pub(crate) use endpoint::{Endpoint, chip, endpoint, phase};
