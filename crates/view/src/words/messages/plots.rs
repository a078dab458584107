//! The words of the plots.
#![allow(missing_docs, reason = "a field's name and its English text say what it is for")]

use crate::TrackKind;
use crate::words::table::{Phrase, words};

words! {
/// The plots.
#[derive(Debug)]
@opened pub struct Plots {
    @first pub label: &'static str,
    pub kind: &'static str,
    pub sequence: &'static str,
    pub congestion: &'static str,
    pub flight: &'static str,
    pub round_trip: &'static str,
    pub throughput: &'static str,
    pub queue: &'static str,
    pub flow: &'static str,
    /// Of those that carry the most text, so many.
    pub all_flows: Phrase<1>,
    pub clock: &'static str,
    pub even_clock: &'static str,
    pub ladder_clock: &'static str,
    pub zoom_in: &'static str,
    pub zoom_out: &'static str,
    pub whole: &'static str,
    pub table: &'static str,
    pub figure: &'static str,
    pub csv: &'static str,
    pub svg: &'static str,
    pub copied: &'static str,
    pub copy_failed: &'static str,
    pub compare: &'static str,
    pub before: &'static str,
    pub help: &'static str,
    pub nothing: &'static str,
    /// The unit.
    pub time: Phrase<1>,
    pub ladder_time: &'static str,
    pub relative: &'static str,
    pub absolute: &'static str,
    pub octets: &'static str,
    pub logarithmic: &'static str,
    /// The unit, and over how long.
    pub rate: Phrase<2>,
    pub packets: &'static str,
    pub at: &'static str,
    pub series: &'static str,
    pub value: &'static str,
    pub segment: &'static str,
    pub tracks: Tracks,
}

/// What the points of a plot are.
#[derive(Debug)]
@later pub struct Tracks {
    pub segment: &'static str,
    pub again: &'static str,
    pub lost: &'static str,
    pub syn: &'static str,
    pub fin: &'static str,
    pub rst: &'static str,
    pub ack: &'static str,
    pub window: &'static str,
    pub sack: &'static str,
    pub duplicate: &'static str,
    pub zero_window: &'static str,
    pub cwnd: &'static str,
    pub ssthresh: &'static str,
    pub recovery: &'static str,
    pub timeout: &'static str,
    pub flight: &'static str,
    pub pipe: &'static str,
    pub rtt: &'static str,
    pub srtt: &'static str,
    pub rttvar: &'static str,
    pub rto: &'static str,
    pub sent: &'static str,
    pub arrived: &'static str,
    pub goodput: &'static str,
    pub waiting: &'static str,
    pub queue_drop: &'static str,
    pub queue_mark: &'static str,
}
}

impl Plots {
    /// The name of a track.
    #[must_use]
    pub const fn track(&self, kind: TrackKind) -> &'static str {
        let words = &self.tracks;
        match kind {
            TrackKind::Segment => words.segment,
            TrackKind::Retransmission => words.again,
            TrackKind::Lost => words.lost,
            TrackKind::Syn => words.syn,
            TrackKind::Fin => words.fin,
            TrackKind::Rst => words.rst,
            TrackKind::Ack => words.ack,
            TrackKind::Window => words.window,
            TrackKind::Sack => words.sack,
            TrackKind::Duplicate => words.duplicate,
            TrackKind::ZeroWindow => words.zero_window,
            TrackKind::Cwnd => words.cwnd,
            TrackKind::Ssthresh => words.ssthresh,
            TrackKind::Recovery => words.recovery,
            TrackKind::Timeout => words.timeout,
            TrackKind::Flight => words.flight,
            TrackKind::Pipe => words.pipe,
            TrackKind::Rtt => words.rtt,
            TrackKind::Srtt => words.srtt,
            TrackKind::RttVariation => words.rttvar,
            TrackKind::Rto => words.rto,
            TrackKind::Sent => words.sent,
            TrackKind::Arrived => words.arrived,
            TrackKind::Goodput => words.goodput,
            TrackKind::Waiting => words.waiting,
            TrackKind::QueueDrop => words.queue_drop,
            TrackKind::QueueMark => words.queue_mark,
        }
    }
}
