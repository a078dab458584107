//! Captures that others took, read: pcap and pcapng.
//!
//! [`Reader`] takes a file in chunks of any size and hands on its frames; where the file is damaged
//! it says what is wrong at which octet, and what came before was read. [`Conversations`] tells the
//! TCP connections of a capture apart, each by its addresses, ports and opening.
//!
//! A capture shows what passed one place. What is said of it here is what can be known from there.

mod conversations;
mod counted;
mod damage;
mod figure;
mod gather;
mod link;
mod observe;
mod packet;
mod read;
mod replay;
mod tell;
mod time;
mod words;

pub use conversations::{
    Brief, Completeness, Conversation, Conversations, End, MOST_CONVERSATIONS, Opener, Place, Sent,
};
pub use damage::{Damage, Flaw};
pub use figure::{
    CapturedLadder, CapturedPlot, CapturedScene, CapturedStill, CapturedView, Look, Strip, Tag,
    brief_in_words, captured_heads, captured_marks, captured_plot, captured_plot_key, changes_told,
    states_at, states_told,
};
pub use gather::{Gather, Gathered, MOST_SEGMENTS, Seen};
pub use link::LinkType;
pub use observe::{
    Cause, EndKnown, Finding, Marks, Observed, Observing, Repeat, RoundTrips, StateChange,
    StateSet, Vantage, WindowScale,
};
pub use packet::{LeftOut, Packet};
pub use read::{Frame, Reader, is_capture};
pub use replay::{NoReplay, Replay};
pub use tell::{
    change_in_words, end_in_words, finding_in_words, no_replay_in_words, remarks_in_words,
    segment_in_words, span_text, states_in_words,
};
pub use time::Time;
pub use words::{damage_in_words, flaw_in_words, left_out_in_words, seen_in_words};
