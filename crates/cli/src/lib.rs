//! What the command line does: [`args`] reads what is asked for, [`drive`] drives one host,
//! [`run`] runs a scenario, [`quiz`] asks about a moment of one.

pub mod args;
pub mod drive;
pub mod quiz;
pub mod run;
