//! Two hosts that talk, for tests.
#![allow(dead_code, reason = "each test takes what it needs")]

use bytes::Bytes;
use tcpscope_sim::{AppCall, HostId, HostSetup, LinkSetup, Setup, Step, Trace, Wait, Want, Why};
use tcpscope_tcp::{Config, Duration, SeqNumber};

pub(crate) const CLIENT: HostId = HostId(0);
pub(crate) const SERVER: HostId = HostId(1);

/// A line of a script.
pub(crate) fn step(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

/// Octets to send.
pub(crate) fn octets(count: usize) -> Bytes {
    (0..count).map(|at| u8::try_from(at % 251).expect("a sound literal")).collect()
}

/// Two hosts 40 ms apart at 10 Mbit/s, with these scripts.
pub(crate) fn setup(client: Vec<Step>, server: Vec<Step>) -> Setup {
    let host = |name: &str, address: &str, iss, script| HostSetup {
        iss: Some(SeqNumber::new(iss)),
        ..HostSetup::new(name, address.parse().expect("a sound literal"), Config::plain(), script)
    };
    let link = |from, to| LinkSetup {
        rate_bps: Some(10_000_000),
        ..LinkSetup::new(from, to, Duration::from_millis(40))
    };
    Setup::new(
        vec![
            host("client", "192.0.2.1:49152", 1000, client),
            host("server", "198.51.100.1:80", 5000, server),
        ],
        vec![link(CLIENT, SERVER), link(SERVER, CLIENT)],
    )
}

/// A request of 100 octets, a response of `response` octets; the client closes first.
#[allow(dead_code, reason = "not every test file uses all of this one")]
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

/// The rules behind everything that happened, in order.
pub(crate) fn rules(trace: &Trace) -> Vec<&'static str> {
    let whys = trace.records().iter().flat_map(|record| trace.whys(record.id));
    whys.map(Why::rule).collect()
}
