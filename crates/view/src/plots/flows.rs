//! The flows of a run: each end of each connection, as the sender.

use tcpscope_sim::{ConnectionId, ConnectionInfo, RecordKind, Trace};
use tcpscope_tcp::Instant;

use crate::order::sorted;
use crate::{Locale, host_title};

/// One direction of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlotFlow {
    /// The end that sends.
    pub sender: ConnectionId,
    /// The end that receives, if there is one.
    pub receiver: Option<ConnectionId>,
    /// The octets of text that are sent, each as often as it is.
    pub octets: u64,
}

/// All flows of a run, in the order in which the connections began.
#[must_use]
pub fn plot_flows(trace: &Trace) -> Vec<PlotFlow> {
    let mut octets = vec![0_u64; trace.connections().len()];
    for record in trace.records() {
        if let (RecordKind::Transmit { packet }, Some(connection)) =
            (&record.kind, record.connection)
            && let Some(sum) = octets.get_mut(connection.index())
        {
            *sum += u64::from(trace.packet(*packet).segment.text_len());
        }
    }
    let ends = (0..).map(ConnectionId).zip(trace.connections()).zip(octets);
    ends.filter(|((_, info), _)| !info.listens)
        .map(|((sender, info), octets)| PlotFlow {
            sender,
            receiver: other_end(trace, sender, info),
            octets,
        })
        .collect()
}

/// The other end of a connection: of those between the same sockets, the one as far down the list.
fn other_end(trace: &Trace, id: ConnectionId, info: &ConnectionInfo) -> Option<ConnectionId> {
    let ends = || (0..).map(ConnectionId).zip(trace.connections());
    let is_like = |other: &ConnectionInfo| {
        !other.listens && other.local == info.local && other.remote == info.remote
    };
    let before = ends().take_while(|(other, _)| *other != id).filter(|(_, other)| is_like(other));
    let place = before.count();
    let others = ends().filter(|(_, other)| {
        !other.listens && other.local == info.remote && other.remote == info.local
    });
    others.map(|(other, _)| other).nth(place)
}

/// The flow of another run between the same sockets, as far down the list.
#[must_use]
pub fn same_flow(
    trace: &Trace,
    flow: PlotFlow,
    other: &Trace,
    flows: &[PlotFlow],
) -> Option<PlotFlow> {
    let key = |trace: &Trace, flow: &PlotFlow| {
        let info = trace.connection(flow.sender);
        (info.host, info.local, info.remote)
    };
    let mine = key(trace, &flow);
    let before = (0..flow.sender.0).map(|id| trace.connection(ConnectionId(id)));
    let place =
        before.filter(|info| !info.listens && (info.host, info.local, info.remote) == mine).count();
    flows.iter().filter(|flow| key(other, flow) == mine).nth(place).copied()
}

/// A flow by the names of its hosts; by its ports, where there are several between them.
#[must_use]
pub fn flow_title(trace: &Trace, flows: &[PlotFlow], flow: PlotFlow, locale: Locale) -> String {
    let hosts = |flow: &PlotFlow| {
        let from = trace.connection(flow.sender).host;
        (from, flow.receiver.map(|receiver| trace.connection(receiver).host))
    };
    let (from, to) = hosts(&flow);
    let info = trace.connection(flow.sender);
    let mut title = host_title(locale, &trace.host(from).name);
    let alike = flows.iter().filter(|other| hosts(other) == (from, to)).count();
    if alike > 1 {
        title.push_str(&format!(":{}", info.local.port()));
    }
    title.push_str(" → ");
    match to {
        Some(to) => title.push_str(&host_title(locale, &trace.host(to).name)),
        None => title.push_str(&info.remote.to_string()),
    }
    if alike > 1 {
        title.push_str(&format!(":{}", info.remote.port()));
    }
    title
}

/// From when to when the flows send and receive; TIME-WAIT, say, is not among it.
pub(super) fn busy(trace: &Trace, flows: &[PlotFlow]) -> (Instant, Instant) {
    let ends: Vec<_> =
        flows.iter().flat_map(|flow| [Some(flow.sender), flow.receiver]).flatten().collect();
    let mut moves = trace.records().iter().filter(|record| {
        let moves = matches!(record.kind, RecordKind::Transmit { .. } | RecordKind::Arrive { .. });
        moves && record.connection.is_some_and(|connection| ends.contains(&connection))
    });
    let first = moves.next().map_or(Instant::ZERO, |record| record.at);
    (first, moves.next_back().map_or(first, |record| record.at))
}

/// The flow that carries the most text; none, where there is no flow.
pub(super) fn busiest_first(flows: &[PlotFlow]) -> Vec<usize> {
    let places = (0..flows.len()).collect();
    sorted(places, |place| -crate::axis::pixels(flows[*place].octets))
}

impl PlotFlow {
    /// The places of the flows, the one that carries the most text first.
    #[must_use]
    pub fn busiest(flows: &[Self]) -> Vec<usize> {
        busiest_first(flows)
    }
}
