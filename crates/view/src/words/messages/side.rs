//! The words of the panels beside the ladder: which connection, its octets, its socket, its queues.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// The panels beside the ladder.
#[derive(Debug)]
pub struct Side {
    /// Which host, and which of its connections.
    pub host: &'static str,
    pub connection: &'static str,
    pub present_connection: &'static str,
    pub listener: Phrase<1>,
    pub between: Phrase<2>,
    pub earlier: Phrase<1>,
    /// The way through the states.
    pub way: &'static str,
    pub no_way: &'static str,
    pub last_way: &'static str,
    pub without_action: &'static str,
    /// What a program is about: the call, and what it waits for.
    pub program_waits: Phrase<2>,
    pub program_over: &'static str,
    pub its_turn: &'static str,
    pub blocked_send: &'static str,
    pub blocked_type: Phrase<1>,
    pub blocked_receive: &'static str,
    pub blocked_accept: &'static str,
    pub returned: Phrase<1>,
    /// More standings of octets.
    pub sacked: &'static str,
    pub taken_for_lost: &'static str,
    pub resent: &'static str,
    pub sacked_hint: &'static str,
    pub taken_for_lost_hint: &'static str,
    pub resent_hint: &'static str,
    /// Octets that are pointed at: their numbers, what carried them.
    pub octets_hint: &'static str,
    pub octets_from_to: Phrase<3>,
    pub carried_by: &'static str,
    pub not_carried: &'static str,
    pub selected_carries: &'static str,
    pub selected_acknowledges: &'static str,
    pub selected_sacks: &'static str,
    /// More variables.
    pub recovery: &'static str,
    pub agreed: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub min_rtt: &'static str,
    pub duplicates_name: &'static str,
    pub duplicates: &'static str,
    pub sack: &'static str,
    pub timestamps: &'static str,
    pub ecn: &'static str,
    pub before: &'static str,
    /// The socket as a tool prints it.
    pub socket: &'static str,
    pub socket_hint: &'static str,
    pub no_socket: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    /// The queues of a listener.
    pub queues: &'static str,
    pub syn_queue: &'static str,
    pub accept_queue: &'static str,
    pub syn_queue_hint: &'static str,
    pub accept_queue_hint: &'static str,
    pub filled: Phrase<2>,
    pub dropped: Phrase<1>,
    pub cookies: Phrase<2>,
}
}
