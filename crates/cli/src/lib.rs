//! What the command line does: [`args`] reads what is asked for, [`drive`] drives one host,
//! [`run`] runs a scenario.

pub mod args;
pub mod drive;
pub mod run;
