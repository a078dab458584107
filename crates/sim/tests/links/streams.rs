//! Datagrams over one link: each by itself, so that what becomes of them is the link's doing alone.

use tcpscope_sim::{
    AppCall, HostId, HostSetup, LinkSetup, Packet, RecordId, RecordKind, Setup, Step, Timeline,
    Trace, Wait, Why,
};
use tcpscope_tcp::{Config, Duration, Instant};

pub(crate) const CLIENT: HostId = HostId(0);
pub(crate) const SERVER: HostId = HostId(1);

/// How long the links take.
pub(crate) const DELAY: Duration = Duration::from_millis(20);

pub(crate) fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(crate) fn at(millis: u64) -> Instant {
    Instant::from_micros(1000 * millis)
}

pub(crate) fn host(name: &str, address: &str, script: Vec<Step>) -> HostSetup {
    HostSetup::new(name, address.parse().expect("a sound literal"), Config::plain(), script)
}

/// A client and a server, and links that only take their time but for what `change` makes of the
/// client's.
pub(crate) fn two(
    client: Vec<Step>,
    server: Vec<Step>,
    change: impl FnOnce(&mut LinkSetup),
) -> Setup {
    let mut links =
        vec![LinkSetup::new(CLIENT, SERVER, DELAY), LinkSetup::new(SERVER, CLIENT, DELAY)];
    change(&mut links[0]);
    Setup {
        seed: 11,
        ..Setup::new(
            vec![
                host("client", "192.0.2.1:49152", client),
                host("server", "198.51.100.1:80", server),
            ],
            links,
        )
    }
}

/// So many datagrams of so many octets of IPv4, one after another at this distance.
pub(crate) fn datagrams(count: u32, octets: u32, every: Duration) -> Vec<Step> {
    let send = AppCall::SendTo { to: None, port: None, octets: octets - 28 };
    vec![
        Step { wait: Wait::Nothing, call: AppCall::Repeat { times: count, lines: 1 } },
        Step { wait: Wait::For(every), call: send },
    ]
}

/// Datagrams of 1,000 octets over a link, and what became of them.
pub(crate) fn sent(count: u32, every: Duration, change: impl FnOnce(&mut LinkSetup)) -> Timeline {
    run(two(datagrams(count, 1000, every), Vec::new(), change))
}

pub(crate) fn run(setup: Setup) -> Timeline {
    Timeline::new(setup).expect("a sound setup")
}

/// How many packets are so.
pub(crate) fn count(timeline: &Timeline, is_so: impl Fn(&Packet) -> bool) -> usize {
    timeline.trace().packets().iter().filter(|packet| is_so(packet)).count()
}

/// How many records have this rule first.
pub(crate) fn ruled(timeline: &Timeline, rule: &str) -> usize {
    rules(timeline.trace()).filter(|first| *first == rule).count()
}

fn rules(trace: &Trace) -> impl Iterator<Item = &'static str> + '_ {
    (0..)
        .map(RecordId)
        .take(trace.records().len())
        .filter_map(|record| trace.whys(record).first().map(Why::rule))
}

/// When each packet arrives, by its message's number, in the order of arrival.
pub(crate) fn arrivals(timeline: &Timeline) -> Vec<(u32, u64)> {
    let trace = timeline.trace();
    let records = trace.records().iter();
    let arrived = records.filter_map(|record| match record.kind {
        RecordKind::Arrive { packet } => Some((trace.packet(packet).id.seq, record.at.as_micros())),
        _ => None,
    });
    arrived.collect()
}

/// Whether a count is as probable as it should be: `share` in a million of `of`, give or take four
/// standard deviations.
pub(crate) fn is_about(count: usize, of: usize, share: u64) -> bool {
    let (of, million) = (of as u64, 1_000_000_u64);
    let mean = of * share / million;
    let variance = of * share / million * (million - share) / million;
    (count as u64).abs_diff(mean) <= 4 * (variance.isqrt() + 1)
}
