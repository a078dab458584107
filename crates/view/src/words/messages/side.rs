//! The words of the panels beside the ladder: which connection, its octets, its socket, its queues.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// The panels beside the ladder.
#[derive(Debug)]
@opened pub struct Side {
    /// Which host, and which of its connections.
    @first pub host: &'static str,
    @first pub connection: &'static str,
    @first pub present_connection: &'static str,
    @first pub listener: Phrase<1>,
    @first pub between: Phrase<2>,
    @first pub earlier: Phrase<1>,
    /// The way through the states.
    @first pub way: &'static str,
    @first pub no_way: &'static str,
    @first pub last_way: &'static str,
    @first pub without_action: &'static str,
    /// What a program is about: the call, and what it waits for.
    @first pub program_waits: Phrase<2>,
    @first pub program_over: &'static str,
    @first pub its_turn: &'static str,
    @first pub blocked_send: &'static str,
    @first pub blocked_type: Phrase<1>,
    @first pub blocked_receive: &'static str,
    @first pub blocked_accept: &'static str,
    @first pub returned: Phrase<1>,
    /// More standings of octets.
    pub sacked: &'static str,
    pub taken_for_lost: &'static str,
    pub resent: &'static str,
    pub sacked_hint: &'static str,
    pub taken_for_lost_hint: &'static str,
    pub resent_hint: &'static str,
    /// Octets that are pointed at: their numbers, what carried them.
    @first pub octets_hint: &'static str,
    @first pub octets_from_to: Phrase<3>,
    @first pub carried_by: &'static str,
    @first pub not_carried: &'static str,
    @first pub selected_carries: &'static str,
    @first pub selected_acknowledges: &'static str,
    @first pub selected_sacks: &'static str,
    /// More variables.
    @first pub recovery: &'static str,
    @first pub agreed: &'static str,
    @first pub yes: &'static str,
    @first pub no: &'static str,
    @first pub min_rtt: &'static str,
    @first pub duplicates_name: &'static str,
    @first pub duplicates: &'static str,
    @first pub sack: &'static str,
    @first pub timestamps: &'static str,
    @first pub ecn: &'static str,
    @first pub before: &'static str,
    /// The socket as a tool prints it.
    @first pub socket: &'static str,
    @first pub socket_hint: &'static str,
    @first pub no_socket: &'static str,
    @first pub copy: &'static str,
    @first pub copied: &'static str,
    @first pub copy_failed: &'static str,
    /// The queues of a listener.
    @first pub queues: &'static str,
    @first pub syn_queue: &'static str,
    @first pub accept_queue: &'static str,
    @first pub syn_queue_hint: &'static str,
    @first pub accept_queue_hint: &'static str,
    @first pub filled: Phrase<2>,
    pub dropped: Phrase<1>,
    pub cookies: Phrase<2>,
}
}
