//! The run as text: for other programs, and for documents that draw their own diagrams.

mod csv;
mod json;
mod mermaid;

use tcpscope_capture::{Capture, Vantage};
use tcpscope_sim::{HostId, Trace};

pub use self::csv::csv;
pub use self::json::{json, json_line};
pub use self::mermaid::mermaid;
use crate::Part;

/// What tcpdump would print at the first host.
#[must_use]
pub fn tcpdump(trace: &Trace, part: Part) -> String {
    let capture = Capture::of(trace, Vantage::Host(HostId(0)));
    let mut text = String::new();
    for (captured, line) in capture.packets().iter().zip(capture.lines()) {
        if part.contains(captured.at) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
