//! Runs that no scenario's file shows yet.

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, Connect, HostId, HostSetup, Limits, LinkSetup, Setup, SocketSetup, Step, Wait, Want,
};
use tcpscope_tcp::{Config, Duration};

/// All of them, with their names.
pub(crate) fn all() -> Vec<(&'static str, Setup)> {
    vec![("several connections", several_connections())]
}

fn step(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

fn octets(count: usize) -> Bytes {
    (0..count).map(|at| b'a' + u8::try_from(at % 26).expect("a letter")).collect()
}

fn host(name: &str, address: &str, config: Config, script: Vec<Step>) -> HostSetup {
    HostSetup {
        name: name.to_owned(),
        address: address.parse().expect("a sound literal"),
        config,
        iss: None,
        script,
        further: Vec::new(),
        sockets: SocketSetup::default(),
    }
}

fn two_hosts(config: &Config, client: Vec<Step>, server: Vec<Step>) -> Setup {
    let link = |from, to| LinkSetup {
        from: HostId(from),
        to: HostId(to),
        delay: Duration::from_millis(20),
        loss_ppm: 0,
        rate_bps: Some(10_000_000),
    };
    Setup {
        seed: 7,
        routers: Vec::new(),
        acts: Vec::new(),
        hosts: vec![
            host("client", "192.0.2.1:49152", config.clone(), client),
            host("server", "198.51.100.1:4000", config.clone(), server),
        ],
        links: vec![link(0, 1), link(1, 0)],
        interventions: Vec::new(),
        limits: Limits::default(),
    }
}

/// A server of many: each connection asks, is answered, and is closed.
fn serving(response: usize) -> Vec<Step> {
    vec![
        step(Wait::Nothing, AppCall::Listen { backlog: 8 }),
        step(Wait::Nothing, AppCall::Serve { lines: 3 }),
        step(Wait::Nothing, AppCall::Receive(Want::Octets(100))),
        step(Wait::Nothing, AppCall::Send(octets(response))),
        step(Wait::Nothing, AppCall::Close),
    ]
}

/// What a client of it does.
fn asking(connect: Connect, response: u64) -> Vec<Step> {
    vec![
        step(Wait::Nothing, AppCall::Connect(connect)),
        step(Wait::Nothing, AppCall::Send(octets(100))),
        step(Wait::Nothing, AppCall::Receive(Want::Octets(response))),
        step(Wait::Nothing, AppCall::Close),
    ]
}

/// One after another and beside each other, some segments of them lost.
fn several_connections() -> Setup {
    let mut asking = asking(Connect::default(), 20_000);
    let mut client = vec![step(Wait::Nothing, AppCall::Repeat { times: 3, lines: 4 })];
    client.append(&mut asking.clone());
    let second = client.len();
    client.append(&mut asking);
    let mut setup = two_hosts(&Config::default(), client, serving(20_000));
    setup.hosts[0].further = vec![second];
    setup.links[1].loss_ppm = 20_000;
    setup
}
