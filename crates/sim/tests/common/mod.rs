//! Two hosts that talk, for tests.

use std::fmt::Write as _;

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, HostId, HostSetup, Limits, LinkSetup, RecordKind, Setup, Step, Trace, Wait, Want,
};
use tcpscope_tcp::{Config, Duration, SeqNumber};

pub(crate) const CLIENT: HostId = HostId(0);
pub(crate) const SERVER: HostId = HostId(1);

/// A line of a script.
pub(crate) fn step(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

/// Octets to send.
pub(crate) fn octets(count: usize) -> Bytes {
    (0..count).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

/// Two hosts 40 ms apart at 10 Mbit/s, with these scripts.
pub(crate) fn setup(client: Vec<Step>, server: Vec<Step>) -> Setup {
    let host = |name: &str, address: &str, iss, script| HostSetup {
        name: name.to_owned(),
        address: address.parse().unwrap(),
        config: Config::default(),
        iss: Some(SeqNumber::new(iss)),
        script,
    };
    let link = |from, to| LinkSetup {
        from,
        to,
        delay: Duration::from_millis(40),
        loss_ppm: 0,
        rate_bps: Some(10_000_000),
    };
    Setup {
        seed: 1,
        hosts: vec![
            host("client", "192.0.2.1:49152", 1000, client),
            host("server", "198.51.100.1:80", 5000, server),
        ],
        links: vec![link(CLIENT, SERVER), link(SERVER, CLIENT)],
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

/// A request of 100 octets, a response of `response` octets; the client closes first.
pub(crate) fn exchange(response: usize) -> Setup {
    setup(
        vec![
            step(Wait::Nothing, AppCall::Open { active: true }),
            step(Wait::Connected, AppCall::Send(octets(100))),
            step(Wait::Nothing, AppCall::Receive(Want::Octets(response as u64))),
            step(Wait::Nothing, AppCall::Close),
            step(Wait::Nothing, AppCall::Receive(Want::All)),
        ],
        vec![
            step(Wait::Nothing, AppCall::Open { active: false }),
            step(Wait::Connected, AppCall::Receive(Want::Octets(100))),
            step(Wait::Nothing, AppCall::Send(octets(response))),
            step(Wait::Nothing, AppCall::Receive(Want::All)),
            step(Wait::Nothing, AppCall::Close),
        ],
    )
}

/// A run in lines, for a person to read and for snapshots to hold.
pub(crate) fn print(trace: &Trace) -> String {
    let mut out = String::new();
    for record in trace.records() {
        let host = record.host.map_or("", |host| trace.host(host).name.as_str());
        let what = match &record.kind {
            RecordKind::Call { line, result } => format!("line {line}: {result:?}"),
            RecordKind::Transmit { packet } | RecordKind::Arrive { packet } => {
                let segment = &trace.packet(*packet).segment;
                let ack = segment.ack.map_or(String::new(), |ack| format!(" ack={ack}"));
                let mss = segment.options.mss.map_or(String::new(), |mss| format!(" mss={mss}"));
                format!(
                    "{} [{:?}] seq={}{ack} win={} len={}{mss}",
                    trace.packet_name(*packet),
                    segment.flags,
                    segment.seq,
                    segment.wnd,
                    segment.text_len()
                )
            }
            RecordKind::Lost { packet, cause } => {
                format!("{} to {cause:?}", trace.packet_name(*packet))
            }
            RecordKind::Transition { from, to } => format!("{from} -> {to}"),
            RecordKind::Timer { timer, event } => format!("{} {event:?}", timer.name()),
            RecordKind::Deliver { octets } => format!("{octets}"),
            RecordKind::Notify(told) => format!("{told:?}"),
            RecordKind::Intervention { packet, .. } => trace.packet_name(*packet),
        };
        let rules: Vec<_> = trace.whys(record.id).iter().map(|why| why.rule()).collect();
        let at = record.at.as_micros();
        let kind = record.kind.name();
        writeln!(out, "{at:>9} {host:<6} {kind:<12} {what}  ({})", rules.join(", ")).unwrap();
    }
    out
}
