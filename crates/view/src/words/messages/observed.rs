//! The words of a conversation that was captured: what shows of each segment, and of the ends.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::words::table::{Phrase, words};

words! {
/// A captured conversation.
#[derive(Debug)]
@later pub struct Observed {
    /// The number, how many segments it has.
    pub title: Phrase<2>,
    /// How many more.
    pub beyond: Phrase<1>,
    pub or: &'static str,
    /// Which end, its states, why.
    pub state: Phrase<3>,
    pub cause: CauseWords,
    pub mark: MarkWords,
    pub remark: RemarkWords,
    pub replay: ReplayWords,
}

/// Why an end can be in other states.
#[derive(Debug)]
@later pub struct CauseWords {
    pub begins: &'static str,
    pub sends_syn: &'static str,
    pub sends_syn_ack: &'static str,
    pub sends_fin: &'static str,
    pub sends_rst: &'static str,
    pub shows: &'static str,
    pub may_have_syn: &'static str,
    pub may_have_fin: &'static str,
    pub may_have_rst: &'static str,
    pub may_have_ack: &'static str,
}

/// What shows of a segment.
#[derive(Debug)]
@later pub struct MarkWords {
    /// Its number, the one that was next.
    pub lost_segment: Phrase<2>,
    /// What it acknowledges.
    pub ack_lost_segment: Phrase<1>,
    /// Which in a row, the number that it asks for.
    pub duplicate_ack: Phrase<2>,
    pub window_update: Phrase<1>,
    pub window_update_unscaled: Phrase<1>,
    pub zero_window: &'static str,
    pub window_full: &'static str,
    pub zero_window_probe: &'static str,
    pub zero_window_probe_ack: &'static str,
    pub keep_alive: &'static str,
    pub keep_alive_ack: &'static str,
    pub fast_retransmission: &'static str,
    pub retransmission: &'static str,
    pub spurious: &'static str,
    pub lost_before: &'static str,
    pub out_of_order: &'static str,
    pub unsure: &'static str,
    /// Of which frame, and how long after it.
    pub repeats: Phrase<1>,
    pub repeats_after: Phrase<2>,
    /// As which frame, and how much later.
    pub repeated: Phrase<1>,
    pub repeated_after: Phrase<2>,
    /// How long after which frame.
    pub round_trip: Phrase<2>,
}

/// What is to be said of the whole, above all what cannot be known.
#[derive(Debug)]
@later pub struct RemarkWords {
    pub title: &'static str,
    /// The round trip to the client, and to the server.
    pub near_client: Phrase<2>,
    pub near_server: Phrase<2>,
    pub between: Phrase<2>,
    pub nowhere: &'static str,
    pub no_opening: &'static str,
    pub no_syn: &'static str,
    pub scale_unknown: &'static str,
    /// Which end, how many octets.
    pub unseen: Phrase<2>,
    /// Which end, its longest text, the MSS of its peer.
    pub offload: Phrase<3>,
    pub open_end: &'static str,
    pub calls: &'static str,
    pub arrivals: &'static str,
}

/// The scenario that is made of a captured conversation.
#[derive(Debug)]
@later pub struct ReplayWords {
    /// Client and server.
    pub title: Phrase<2>,
    /// The round trip; how many losses are made again, of how many.
    pub summary: Phrase<3>,
    /// The octets, the most that a scenario may send.
    pub too_much: Phrase<2>,
    pub no_text: &'static str,
    /// Why it cannot be run.
    pub refused: Phrase<1>,
}
}
