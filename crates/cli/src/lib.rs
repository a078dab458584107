//! What the command line does: [`args`] reads what is asked for, [`drive`] drives one host,
//! [`run`] runs a scenario, [`check`] runs lessons and says what is wrong with them, [`quiz`] asks about
//! a moment of a run.

pub mod args;
pub mod check;
pub mod drive;
pub mod quiz;
pub mod run;
