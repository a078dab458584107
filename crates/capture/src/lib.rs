//! A run as a capture: what a listener at one place would have recorded.
//!
//! [`Capture::of`] chooses from a trace what is seen from a [`Vantage`]; [`Capture::to_pcap`]
//! writes it as a file that Wireshark opens, [`Capture::lines`] as tcpdump would print that file.
//! [`Pcapng`] writes what is seen from several places at once, with comments on each packet.

mod comments;
mod frame;
mod octets;
mod passing;
mod pcap;
mod pcapng;
mod tcpdump;
mod vantage;

pub use frame::LinkType;
pub use pcap::PcapError;
pub use pcapng::Pcapng;
pub use tcpdump::Tcpdump;
pub use vantage::{Capture, Captured, Direction, Vantage};
