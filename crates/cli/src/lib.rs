//! What the command line does: [`args`] reads what is asked for, [`drive`] drives one host.

pub mod args;
pub mod drive;
