//! packetdrill's scripts, for the subset that a simulation can mean.
//!
//! [`Script::from_text`] reads one, and says of each line that it cannot mean anything by why that
//! is so. [`play`] runs it on a host of our own, in simulated time: `<` is what the peer sends, `>`
//! what our TCP is expected to send, a call what the application does. [`tell`] writes a script of
//! what one host of a run did, which [`play`] then finds true.
//!
//! The language is packetdrill's; what is checked is the RFCs' alone.

mod fault;
mod names;
mod play;
mod read;
mod script;
mod tell;
mod write;

pub use fault::{Fault, Place};
pub use play::{Matched, Mismatch, Play, play};
pub use script::{
    Call, Direction, Does, Event, HeaderOption, IcmpLine, Listed, Moment, PacketLine, Returns,
    Script, Settings, When,
};
pub use tell::{Untellable, tell};
