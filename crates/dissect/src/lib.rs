//! Captures that others took, read: pcap and pcapng.
//!
//! [`Reader`] takes a file in chunks of any size and hands on its frames; where the file is damaged
//! it says what is wrong at which octet, and what came before was read. [`Conversations`] tells the
//! TCP connections of a capture apart, each by its addresses, ports and opening.
//!
//! A capture shows what passed one place. What is said of it here is what can be known from there.

mod conversations;
mod damage;
mod link;
mod packet;
mod read;
mod time;
mod words;

pub use conversations::{
    Completeness, Conversation, Conversations, End, MOST_CONVERSATIONS, Opener, Place, Sent,
};
pub use damage::{Damage, Flaw};
pub use link::LinkType;
pub use packet::{LeftOut, Packet};
pub use read::{Frame, Reader};
pub use time::Time;
pub use words::{damage_in_words, flaw_in_words, left_out_in_words};
