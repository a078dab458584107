//! A run outside the page: figures for books, slides and posters, and its events as text.
//!
//! Everything is a pure function from a trace to text: the page and the command line give the same,
//! octet for octet. [`Still`] draws; [`mermaid`], [`tcpdump`], [`csv`] and [`json`] write.

mod figure;
mod text;

pub use figure::{Part, Still, View};
pub use text::{csv, json, json_line, mermaid, tcpdump};
