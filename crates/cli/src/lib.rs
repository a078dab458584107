//! What the command line does: [`args`] reads what is asked for, [`drive`] drives one host,
//! [`run`] runs a scenario, [`render`] draws one, [`quiz`] asks about a moment of one, [`check`] runs
//! lessons and says what is wrong with them, [`open`] reads what others captured,
//! [`packetdrill`] runs scripts, [`mdbook`] puts figures into books.

pub mod args;
pub mod check;
pub mod drive;
pub mod mdbook;
pub mod open;
pub mod packetdrill;
pub mod quiz;
pub mod render;
pub mod run;
