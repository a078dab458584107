//! What can be known of a conversation by whoever saw it pass.

mod carried;
mod finding;
mod side;
mod states;
mod vantage;

use tcpscope_tcp::SeqNumber;

pub use finding::{Finding, Marks, Repeat};
pub use states::{Cause, StateChange, StateSet};
pub use vantage::{RoundTrips, Vantage};

use crate::conversations::End;
use crate::gather::{Gathered, Seen};
use side::Side;
use states::States;

/// A conversation, looked at segment by segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// What each segment is found to be, in their order.
    pub findings: Vec<Finding>,
    /// What is known of each end.
    pub ends: [EndKnown; 2],
    /// The states that each end can have been in, and since when.
    pub states: [Vec<StateChange>; 2],
    /// Where between the two ends the capture was taken.
    pub vantage: Vantage,
}

/// What is known of one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndKnown {
    /// The number that its relative numbers are counted from: its ISN or, where its SYN is not in
    /// the capture, one less than the first number that is.
    pub base: Option<SeqNumber>,
    /// How its windows are to be read.
    pub scale: WindowScale,
    /// The largest text that it takes in a segment, as its SYN says.
    pub mss: Option<u16>,
    /// The longest text that it sent in a segment.
    pub longest: u32,
    /// How many octets of text it sent, each counted once; those that never passed here count where text
    /// or a FIN follows them.
    pub text: u64,
    /// Whether its SYN is missing: it sent something, and its SYN is not in the capture.
    pub no_syn: bool,
    /// How many octets of text never passed here, though they were acknowledged.
    pub unseen: u64,
}

/// How the windows of one end are to be read (RFC 7323 §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowScale {
    /// Shifted by so many bits; 0 where one of the two did not offer to.
    Known(u8),
    /// One of the SYNs is not in the capture.
    Unknown,
}

impl Observed {
    /// Looks at a conversation.
    #[must_use]
    pub fn of(gathered: &Gathered) -> Self {
        let mut observing = Observing::new(gathered);
        while observing.go_on(gathered, gathered.segments.len()) {}
        observing.finish()
    }

    /// A number relative to where its end begins to count: its SYN has number 0.
    #[must_use]
    pub fn relative(&self, of: End, number: SeqNumber) -> u32 {
        self.ends[of.index()].base.map_or(number.value(), |base| number.distance_from(base))
    }
}

/// A conversation that is looked at piece by piece, for whoever has something else to do meanwhile.
#[derive(Clone, Debug)]
pub struct Observing {
    sides: [Side; 2],
    states: States,
    findings: Vec<Finding>,
    vantage: Vantage,
    /// How long the first round trip takes that is seen whole.
    first_trip: Option<i64>,
}

impl Observing {
    /// Before the first segment.
    #[must_use]
    pub fn new(gathered: &Gathered) -> Self {
        Self {
            sides: scales(&gathered.segments).map(Side::new),
            states: States::new(gathered),
            findings: Vec::with_capacity(gathered.segments.len()),
            vantage: Vantage::default(),
            first_trip: vantage::first_round_trip(&gathered.segments),
        }
    }

    /// Looks at so many segments more of the same conversation; says whether there are others.
    pub fn go_on(&mut self, gathered: &Gathered, segments: usize) -> bool {
        let first = self.findings.len();
        for (place, seen) in gathered.segments.iter().enumerate().skip(first).take(segments) {
            let finding = side::find(&mut self.sides, seen, self.first_trip);
            if let Some(original) = finding.repeats.and_then(|it| self.findings.get_mut(it)) {
                original.repeated_by.get_or_insert(place);
            }
            self.states.pass(place, seen);
            self.vantage.pass(seen, &finding);
            self.findings.push(finding);
        }
        self.findings.len() < gathered.segments.len()
    }

    /// How many segments were looked at.
    #[must_use]
    pub fn looked_at(&self) -> usize {
        self.findings.len()
    }

    /// What was found.
    #[must_use]
    pub fn finish(self) -> Observed {
        let Self { sides, states, findings, vantage, .. } = self;
        let ends = sides.map(|side| side.known());
        Observed { findings, ends, states: states.changes(), vantage }
    }
}

/// How each end's windows are to be read: both have to offer scaling.
fn scales(segments: &[Seen]) -> [WindowScale; 2] {
    let syn = |of: End| segments.iter().find(|seen| seen.from == of && seen.syn());
    match (syn(End::Client), syn(End::Server)) {
        (Some(client), Some(server)) => {
            let shifts = [client, server].map(|syn| syn.options.window_scale);
            let both = shifts.iter().all(Option::is_some);
            shifts
                .map(|shift| WindowScale::Known(if both { shift.unwrap_or(0).min(14) } else { 0 }))
        }
        _ => [WindowScale::Unknown; 2],
    }
}
