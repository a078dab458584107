//! What the command line does: [`args`] reads what is asked for, [`drive`] drives one host,
//! [`run`] runs a scenario, [`quiz`] asks about a moment of one, [`check`] runs lessons and says what
//! is wrong with them, [`open`] reads what others captured.

pub mod args;
pub mod check;
pub mod drive;
pub mod open;
pub mod quiz;
pub mod run;
