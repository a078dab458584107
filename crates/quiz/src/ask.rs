//! Which questions a moment allows.

use tcpscope_sim::{ConnectionId, HostId, PacketKind, RecordId};

use crate::expected::{next_call, next_segment, next_sender, next_state, running_timers};
use crate::usable::usable;
use crate::{Kind, Question, Quiz};

/// No more packets than this are asked about at one moment.
const MOST_PACKETS: usize = 8;

impl Quiz<'_> {
    /// The questions that can be asked once `at` has happened: none at the end of a run, and none
    /// whose answer the run cannot tell.
    #[must_use]
    pub fn ask(&self, at: RecordId) -> Vec<Question> {
        let trace = self.trace();
        if at.index().saturating_add(1) >= trace.records().len() {
            return Vec::new();
        }
        let mut kinds = Vec::new();
        for host in self.hosts() {
            let ends = self.connections_of(host, at).into_iter().map(Some);
            let ends: Vec<_> = ends.filter(|end| !self.listens(*end)).collect();
            let ends = if ends.is_empty() { vec![None] } else { ends };
            let told = ends.into_iter().filter(|end| next_state(self, host, *end, at).is_some());
            kinds.extend(told.map(|connection| Kind::NextState { host, connection }));
        }
        for host in self.hosts() {
            if next_segment(self, host, at).is_some() {
                kinds.push(Kind::NextSegment { host });
            }
        }
        if next_sender(self, at).is_some() {
            kinds.push(Kind::WhoSendsNext);
        }
        if self.is_end_of_step(at) && !running_timers(self, at).is_empty() {
            kinds.push(Kind::WhichTimer);
        }
        for host in self.hosts() {
            if next_call(self, host, at).is_some() {
                kinds.push(Kind::CallReturns { host });
            }
        }
        if self.is_end_of_step(at) {
            for host in self.hosts() {
                for connection in self.connections_of(host, at) {
                    if usable(self.timeline(), connection, at).is_some() {
                        kinds.push(Kind::MaySend { host, connection });
                    }
                }
            }
        }
        let under_way = trace.in_flight(trace.moment_of(at)).filter(|packet| {
            let packet = trace.packet(*packet);
            let is_ours = packet.id.flow.posing_as.is_none() && packet.id.copy == 0;
            is_ours && packet.fate.arrives() && packet.id.kind != PacketKind::Udp
        });
        kinds.extend(under_way.take(MOST_PACKETS).map(|packet| Kind::WhatIfLost { packet }));
        kinds.into_iter().map(|kind| Question { at, kind }).collect()
    }

    fn hosts(&self) -> impl Iterator<Item = HostId> + use<> {
        let hosts = u8::try_from(self.trace().hosts().len()).unwrap_or(u8::MAX);
        (0..hosts).map(HostId)
    }

    /// The connections of a host that a moment is about: the one that stands for it, and the one
    /// that the record speaks of.
    fn connections_of(&self, host: HostId, at: RecordId) -> Vec<ConnectionId> {
        let trace = self.trace();
        let spoken_of = trace.record(at).connection.filter(|connection| {
            let info = trace.connection(*connection);
            info.host == host && !info.listens
        });
        let mut connections: Vec<_> =
            trace.main_connection(host, at).into_iter().chain(spoken_of).collect();
        connections.dedup();
        connections
    }

    fn listens(&self, connection: Option<ConnectionId>) -> bool {
        connection.is_some_and(|connection| self.trace().connection(connection).listens)
    }

    /// Whether nothing more follows at once: then the variables are those that the next step finds.
    pub(crate) fn is_end_of_step(&self, at: RecordId) -> bool {
        self.trace().event_of(at).end == at.index() + 1
    }
}
