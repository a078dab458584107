//! What can be saved and shared: scenario files and links.
//!
//! A [`Scenario`] is read from a JSON file, checked, and made into a [`tcpscope_sim::Setup`]. An
//! [`Index`] lists the scenarios that there are. A [`Link`] is all that is on a screen, as the
//! fragment of an address: which scenario, what was done to it, which moment, which language.
//!
//! Files and links come from anywhere. Whatever is wrong with one is said: what, where, and what
//! would be right; nothing that is read here can panic or take long.
#![no_std]

extern crate alloc;

pub mod compose;
mod error;
mod file;
mod index;
mod json;
mod path;
mod permalink;
mod reader;
mod scenario;

/// Reading other files of the page's: value by value, each with its place.
pub mod reading {
    pub use crate::json::read;
    pub use crate::reader::{Object, Reader, Wrong};
}

pub use error::{Misuse, Problem, ScenarioError};
pub use file::tcp::{tcp_from_json, tcp_to_json};
pub use index::{Index, IndexEntry};
pub use permalink::{
    LONG_LINK_OCTETS, Link, LinkAct, LinkEdit, LinkError, LinkFlow, LinkPlot, PackError,
    ScenarioRef,
};
pub use scenario::{FORMAT, Localized, MAX_FILE_OCTETS, MAX_SENT_OCTETS, Scenario};
