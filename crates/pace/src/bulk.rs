//! The run that is measured: one long transfer over a link that loses a little.

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, Edit, HostId, HostSetup, Intervention, Limits, LinkSetup, Setup, Step, Timeline,
    Trace, Wait, Want,
};
use tcpscope_tcp::{Config, Duration, Instant};

/// So many octets are given to each SEND: the same ones, shared.
const CHUNK: usize = 1 << 16;

/// A run of about so many records, with the trace on.
///
/// # Panics
/// Never: the setup can be run.
#[must_use]
pub fn timeline(records: usize) -> Timeline {
    // The run ends by its limit of records, with more left to send.
    let chunks = records / 187 + 1;
    let data = Bytes::from_iter((0..CHUNK).map(|at| at.to_le_bytes()[0]));
    let step = |wait, call| Step { wait, call };
    let mut client = vec![step(Wait::Nothing, AppCall::Open { active: true })];
    let send = || step(Wait::Connected, AppCall::Send(data.clone()));
    client.extend((0..chunks).map(|_| send()));
    client.push(step(Wait::Nothing, AppCall::Close));
    let server = vec![
        step(Wait::Nothing, AppCall::Open { active: false }),
        step(Wait::Connected, AppCall::Receive(Want::All)),
        step(Wait::Nothing, AppCall::Close),
    ];
    let host = |name: &str, address: &str, script| {
        HostSetup::new(name, address.parse().expect("a sound literal"), Config::default(), script)
    };
    let link = |from, to| LinkSetup {
        loss_ppm: 100,
        rate_bps: Some(100_000_000),
        ..LinkSetup::new(from, to, Duration::from_millis(10))
    };
    let setup = Setup {
        limits: Limits { records, until: Instant::from_micros(1 << 40) },
        ..Setup::new(
            vec![
                host("client", "192.0.2.1:49152", client),
                host("server", "198.51.100.1:80", server),
            ],
            vec![link(HostId(0), HostId(1)), link(HostId(1), HostId(0))],
        )
    };
    Timeline::new(setup).expect("a sound setup")
}

/// All that a page asks of a trace to show a moment; the sum keeps it from being left out.
#[must_use]
pub fn look(trace: &Trace, share: u32) -> u64 {
    let until = trace.duration().as_micros();
    let at = Instant::from_micros(until / u64::from(u32::MAX) * u64::from(share));
    let moment = trace.at(at);
    let mut sum = 0;
    for host in [HostId(0), HostId(1)] {
        let (now, before) =
            (trace.status(host, moment.record), trace.host(host).status_before(moment.record));
        sum += u64::from(now.cwnd) + u64::from(before.cwnd);
        sum += trace.host(host).line(moment.record) as u64;
    }
    sum += trace.whys(moment.record).len() as u64 + trace.event_of(moment.record).len() as u64;
    sum + trace.in_flight(moment).count() as u64
}

/// The edit that is measured: the text in the middle of the run is dropped.
#[must_use]
pub fn middle(trace: &Trace) -> Option<Edit> {
    let middle = trace.packets().len() / 2;
    let text =
        trace.packets().get(middle..)?.iter().find(|packet| packet.segment.text_len() > 0)?;
    Some(Edit::Packet(Intervention::Drop(text.id)))
}
