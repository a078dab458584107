//! Hosts, links and what becomes of them, for tests.

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, ConnectionId, HostId, HostSetup, LinkSetup, RecordId, RecordKind, Setup, Step,
    Timeline, Trace, Wait, Why,
};
use tcpscope_tcp::{Config, Duration, Instant, State};

pub(crate) const CLIENT: HostId = HostId(0);
pub(crate) const SERVER: HostId = HostId(1);

/// A line that is done at once.
pub(crate) fn now(call: AppCall) -> Step {
    Step { wait: Wait::Nothing, call }
}

/// A line that waits.
pub(crate) fn when(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

pub(crate) fn text(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

pub(crate) fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(crate) fn at(millis: u64) -> Instant {
    Instant::from_micros(1000 * millis)
}

/// A host with a plain TCP.
pub(crate) fn host(name: &str, address: &str, script: Vec<Step>) -> HostSetup {
    HostSetup::new(name, address.parse().expect("a sound literal"), Config::plain(), script)
}

/// A link of 10 ms and 10 Mbit/s.
pub(crate) fn link(from: u8, to: u8) -> LinkSetup {
    LinkSetup { rate_bps: Some(10_000_000), ..LinkSetup::new(HostId(from), HostId(to), ms(10)) }
}

/// Hosts of which each is linked with the first.
pub(crate) fn around_the_first(hosts: Vec<HostSetup>) -> Setup {
    let others = 1..u8::try_from(hosts.len()).expect("a few hosts");
    let links = others.flat_map(|other| [link(0, other), link(other, 0)]).collect();
    Setup::new(hosts, links)
}

/// A client and a server.
pub(crate) fn two(client: Vec<Step>, server: Vec<Step>) -> Setup {
    around_the_first(vec![
        host("client", "192.0.2.1:49152", client),
        host("server", "198.51.100.1:80", server),
    ])
}

pub(crate) fn run(setup: Setup) -> Timeline {
    Timeline::new(setup).expect("a setup that can be run")
}

/// The connections of a host, listeners left out.
pub(crate) fn connections(trace: &Trace, host: HostId) -> Vec<ConnectionId> {
    let all = (0..).map(ConnectionId).zip(trace.connections());
    all.filter(|(_, info)| info.host == host && !info.listens).map(|(id, _)| id).collect()
}

/// How a connection stands at the end.
pub(crate) fn state_at_end(trace: &Trace, connection: ConnectionId) -> State {
    trace.status_of(connection, RecordId(u32::MAX)).state
}

/// What the application read from a connection.
pub(crate) fn read(trace: &Trace, connection: ConnectionId) -> u64 {
    trace.status_of(connection, RecordId(u32::MAX)).read
}

/// The rules behind what happened at a host, in order.
pub(crate) fn rules(trace: &Trace, host: HostId) -> Vec<&'static str> {
    let of_host = trace.records().iter().filter(|record| record.host == Some(host));
    of_host.flat_map(|record| trace.whys(record.id)).map(Why::rule).collect()
}

/// The names of the packets that left a host, in order.
pub(crate) fn sent_by(trace: &Trace, host: HostId) -> Vec<String> {
    let of_host = trace.records().iter().filter(|record| record.host == Some(host));
    let packets = of_host.filter_map(|record| match record.kind {
        RecordKind::Transmit { packet } => Some(trace.packet_name(packet)),
        _ => None,
    });
    packets.collect()
}

/// What became of the calls of a host: each call's name and result.
pub(crate) fn calls(trace: &Trace, host: HostId) -> Vec<String> {
    let of_host = trace.records().iter().filter(|record| record.host == Some(host));
    let calls = of_host.filter_map(|record| match record.kind {
        RecordKind::Call { line, result } => {
            let name = trace.host(host).script.get(line)?.call.name();
            Some(format!("{name} {result:?}"))
        }
        _ => None,
    });
    calls.collect()
}
