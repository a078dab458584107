//! Hosts with many connections, and what they do.

use tcpscope_sim::{
    AppCall, Connect, HostId, HostSetup, LinkSetup, Setup, SocketSetup, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::{Config, Duration};

pub(crate) fn now(call: AppCall) -> Step {
    Step { wait: Wait::Nothing, call }
}

pub(crate) fn when(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

pub(crate) fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub(crate) fn host(name: &str, address: &str, script: Vec<Step>) -> HostSetup {
    HostSetup::new(name, address.parse().expect("a sound literal"), Config::default(), script)
}

/// Hosts of which each is linked with the first.
pub(crate) fn around_the_first(hosts: Vec<HostSetup>) -> Setup {
    let link = |from, to| LinkSetup::new(HostId(from), HostId(to), ms(10));
    let others = 1..u8::try_from(hosts.len()).expect("a few hosts");
    let links = others.flat_map(|other| [link(0, other), link(other, 0)]).collect();
    Setup::new(hosts, links)
}

pub(crate) fn run(setup: Setup) -> Timeline {
    Timeline::new(setup).expect("a setup that can be run")
}

/// Reads what comes on each connection, answers with so many octets, and closes.
pub(crate) fn serve(octets: u64) -> Vec<Step> {
    vec![
        now(AppCall::Listen { backlog: 4 }),
        now(AppCall::Serve { lines: 3 }),
        now(AppCall::Receive(Want::All)),
        now(AppCall::Generate { octets }),
        now(AppCall::Close),
    ]
}

/// Connects, sends so many octets, closes, and reads all.
pub(crate) fn ask(octets: u64) -> Vec<Step> {
    vec![
        now(AppCall::Connect(Connect::default())),
        when(Wait::Connected, AppCall::Generate { octets }),
        now(AppCall::Close),
        now(AppCall::Receive(Want::All)),
    ]
}

/// A server and three clients, the last of which has two programs.
pub(crate) fn served() -> Setup {
    let mut busy = host("c", "192.0.2.3:49152", ask(300));
    busy.further = vec![busy.script.len()];
    busy.script.extend(ask(4000));
    around_the_first(vec![
        host("server", "198.51.100.1:80", serve(40_000)),
        host("a", "192.0.2.1:49152", ask(100)),
        host("b", "192.0.2.2:49152", ask(200)),
        busy,
    ])
}

/// A server that accepts late and has little room, and five clients that come at once.
pub(crate) fn crowded(cookies: bool) -> Setup {
    let slow = vec![
        now(AppCall::Listen { backlog: 1 }),
        when(Wait::For(ms(5_000)), AppCall::Accept),
        now(AppCall::Receive(Want::All)),
        now(AppCall::Close),
        now(AppCall::Accept),
        now(AppCall::Receive(Want::All)),
        now(AppCall::Close),
    ];
    let mut server = host("server", "198.51.100.1:80", slow);
    server.sockets = SocketSetup { syn_queue: 2, syn_cookies: cookies, ..server.sockets };
    let clients = (1..=5).map(|n| host(&format!("c{n}"), &format!("192.0.2.{n}:49152"), ask(10)));
    around_the_first([server].into_iter().chain(clients).collect())
}

/// A transfer of many segments, of which some are lost.
pub(crate) fn lossy() -> Setup {
    let mut setup = around_the_first(vec![
        host("client", "192.0.2.1:49152", ask(60_000)),
        host("server", "198.51.100.1:80", serve(100)),
    ]);
    setup.links[0].loss_ppm = 60_000;
    setup.links[0].rate_bps = Some(10_000_000);
    setup
}
