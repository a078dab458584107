//! A run as a capture: what a listener at one place would have recorded.
//!
//! [`Capture::of`] chooses from a trace what is seen from a [`Vantage`]; [`Capture::to_pcap`]
//! writes it as a file that Wireshark opens, [`Capture::lines`] as tcpdump would print that file.

mod pcap;
mod tcpdump;
mod vantage;

pub use pcap::PcapError;
pub use vantage::{Capture, Captured, Vantage};
