//! How many octets may be sent now, reckoned as the engine reckons it.

use tcpscope_sim::{ConnectionId, RecordId, RecordKind, Timeline};
use tcpscope_tcp::{Config, State, Status};

/// The usable window of a connection and what it is made of (RFC 9293 §3.8.6.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Usable {
    /// SND.WND.
    pub wnd: u32,
    /// The congestion window.
    pub cwnd: u32,
    /// What is in flight.
    pub flight: u32,
    /// What of that is taken to be in the network, as cwnd counts it.
    pub pipe: u32,
    /// What duplicate ACKs let out beyond cwnd (RFC 3042).
    pub limited: u32,
    /// The octets that may be sent.
    pub octets: u32,
}

/// The usable window of a connection at the end of a step. `None` where more decides than its
/// variables tell: while a loss is being made good, and after idling, when cwnd is about to shrink.
pub(crate) fn usable(
    timeline: &Timeline,
    connection: ConnectionId,
    record: RecordId,
) -> Option<Usable> {
    let trace = timeline.trace();
    let info = trace.connection(connection);
    let config = &timeline.setup().hosts.get(info.host.index())?.config;
    let status = trace.status_of(connection, record);
    let may_send = match status.state {
        // What the application sent before it closed goes on being sent before the FIN.
        State::Established | State::CloseWait => !status.closing || status.unsent > 0,
        State::Closed
        | State::Listen
        | State::SynSent
        | State::SynReceived
        | State::FinWait1
        | State::FinWait2
        | State::Closing
        | State::LastAck
        | State::TimeWait => false,
    };
    let clear = status.recover.is_none() && !config.variant.no_flow_control;
    (may_send && clear && !is_stale(timeline, connection, record, &status))
        .then(|| reckon(&status, config))
}

/// The engine's sum, outside recovery: what the peer's window leaves, or what cwnd leaves, whichever
/// is less.
fn reckon(status: &Status, config: &Config) -> Usable {
    let Status { snd_wnd: wnd, cwnd, flight, pipe, .. } = *status;
    let (pipe, limited) = match (status.agreed.sack, config.limited_transmit) {
        (true, false) => (flight, 0),
        (false, true) => (pipe, status.duplicates.min(2).saturating_mul(status.mss)),
        (true, true) | (false, false) => (pipe, 0),
    };
    let at_peer = wnd.saturating_sub(flight);
    let in_network = cwnd.saturating_add(limited).saturating_sub(pipe);
    Usable { wnd, cwnd, flight, pipe, limited, octets: at_peer.min(in_network) }
}

/// Whether nothing is in flight and nothing was sent for longer than the RTO: then cwnd begins anew
/// with the next text (RFC 5681 §4.1).
fn is_stale(
    timeline: &Timeline,
    connection: ConnectionId,
    record: RecordId,
    status: &Status,
) -> bool {
    if status.flight > 0 {
        return false;
    }
    let trace = timeline.trace();
    let records = &trace.records()[..=record.index()];
    let sent = records.iter().rev().find(|record| {
        record.connection == Some(connection)
            && matches!(record.kind, RecordKind::Transmit { packet }
                if !trace.packet(packet).segment.payload.is_empty())
    });
    let now = trace.record(record).at;
    sent.is_some_and(|sent| now.since(sent.at) > status.rto)
}
