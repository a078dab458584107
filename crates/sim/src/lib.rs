//! Hosts on links in virtual time: what happened, why, and what would have happened instead.
//!
//! A [`Setup`] says who is there, what the links do and what the applications call. A
//! [`Timeline`] runs it to its end and keeps the [`Trace`]: every [`Record`] with its cause and
//! with the rules behind it. An [`Edit`] changes the past or the future and replays from there.
//!
//! Nothing here reads a clock or draws an unseeded number: the same setup and edits give the same
//! trace, byte for byte, on every machine.
#![no_std]

extern crate alloc;

mod acts;
mod annotations;
mod branches;
mod compare;
mod digest;
mod draw;
mod edit;
mod host;
mod host_rule;
mod link;
mod network;
mod packet;
mod queue;
mod record;
mod script;
mod seek;
mod setup;
mod step;
mod switch;
mod timeline;
mod trace;
mod world;

pub use acts::{Act, Deed, Done, Forgery, Number};
pub use annotations::{
    Anchor, Annotation, AnnotationError, LONGEST_NOTE, MOST_ANNOTATIONS, Note, Place, RecordAnchor,
};
pub use branches::{Branch, BranchId, BranchesFull};
pub use compare::{Comparison, Divergence, Row, compare};
pub use draw::keyed;
pub use edit::{Edit, EditError, Intervention};
pub use host_rule::HostRule;
pub use link::{
    Bursts, Codel, Jitter, LinkChange, LinkProperty, LinkSetup, Mtu, PropertyKind, QueueLimit,
    Queueing, Reorder,
};
pub use packet::{
    Fate, Flow, Fragment, Hop, LINKS_COPY, Packet, PacketId, PacketIndex, PacketKind,
};
pub use record::{
    CallResult, EventId, LinkRule, LossCause, Record, RecordId, RecordKind, TimerEvent, Why,
};
pub use script::{AppCall, Connect, Step, Wait, Want};
pub use seek::{Sought, Way};
pub use setup::{HostId, HostSetup, Limits, Setup, SetupError, SocketSetup, TooLong};
pub use switch::Switch;
pub use timeline::{Difference, KeepError, MOST_BRANCHES, Side, Timeline};
pub use trace::{ConnectionId, ConnectionInfo, Ended, HostInfo, Moment, ProgramStand, Trace};
