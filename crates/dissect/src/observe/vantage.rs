//! Where between the two ends the capture was taken, as far as the times tell.

use super::finding::Finding;
use crate::conversations::End;
use crate::gather::Seen;

/// The round trips from the place of the capture to one end and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct RoundTrips {
    /// How many were measured.
    pub count: u32,
    /// The shortest, in nanoseconds: others may hold a delayed ACK's wait.
    pub least: Option<i64>,
}

/// Where a capture was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Vantage {
    /// The way to the client, and the way to the server.
    pub to: [RoundTrips; 2],
}

impl Vantage {
    /// The next segment: an ACK comes from the end that what it acknowledges went to.
    pub(super) fn pass(&mut self, seen: &Seen, finding: &Finding) {
        let Some(trip) = finding.round_trip.filter(|trip| *trip >= 0) else { return };
        let trips = &mut self.to[seen.from.index()];
        trips.count += 1;
        trips.least = Some(trips.least.map_or(trip, |least| least.min(trip)));
    }

    /// The end that the capture was taken at or near to, where the way to the one is much shorter
    /// than to the other.
    #[must_use]
    pub fn near(&self) -> Option<End> {
        let [client, server] = self.to.map(|trips| trips.least);
        let (client, server) = (client?, server?);
        let much = |short: i64, long: i64| short.saturating_mul(8) < long;
        if much(client, server) {
            Some(End::Client)
        } else if much(server, client) {
            Some(End::Server)
        } else {
            None
        }
    }

    /// The whole round trip from end to end, in nanoseconds: both ways together.
    #[must_use]
    pub fn round_trip(&self) -> Option<i64> {
        let [client, server] = self.to.map(|trips| trips.least);
        match (client, server) {
            (Some(client), Some(server)) => Some(client.saturating_add(server)),
            (one, other) => one.or(other),
        }
    }
}

/// How long the opening takes, from the SYN to the ACK of its answer: one round trip, in nanoseconds.
pub(super) fn first_round_trip(segments: &[Seen]) -> Option<i64> {
    let syn = segments.iter().find(|seen| seen.syn() && seen.ack.is_none())?;
    let answer = segments.iter().find(|seen| seen.syn() && seen.ack == Some(syn.end()))?;
    let ack =
        segments.iter().find(|seen| seen.from == syn.from && seen.ack == Some(answer.end()))?;
    Some(ack.at?.since(syn.at?))
}
