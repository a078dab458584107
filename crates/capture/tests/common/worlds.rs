//! Runs that no scenario's file shows yet.

use bytes::Bytes;
use tcpscope_sim::{
    Act, AppCall, Codel, Connect, Deed, Flow, Forgery, HostId, HostSetup, Intervention, Jitter,
    LinkChange, LinkProperty, LinkSetup, Mtu, Number, PacketId, PacketKind, QueueLimit, Queueing,
    Reorder, Setup, Step, Wait, Want,
};
use tcpscope_tcp::{Config, Duration, Flags, Instant, Options, SeqNumber};

/// All of them, with their names.
pub(crate) fn all() -> Vec<(&'static str, Setup)> {
    vec![
        ("several connections", several_connections()),
        ("datagrams beside a stream", datagrams()),
        ("two clients, a router, an attacker", attacked()),
        ("a crash and an old packet", crashed()),
        ("copies out of order", copies()),
        ("damage", damaged()),
        ("fragments", fragments()),
        ("full queues and marks", congested()),
        ("a cable", unplugged()),
    ]
}

/// The client's first SYN from its own port.
const SYN: PacketId = PacketId {
    from: HostId(0),
    flow: Flow::MAIN,
    kind: PacketKind::Syn,
    seq: 0,
    len: 0,
    attempt: 1,
    copy: 0,
};

fn step(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

fn octets(count: usize) -> Bytes {
    (0..count).map(|at| b'a' + u8::try_from(at % 26).expect("a letter")).collect()
}

fn host(name: &str, address: &str, config: Config, script: Vec<Step>) -> HostSetup {
    HostSetup::new(name, address.parse().expect("a sound literal"), config, script)
}

fn link(from: u8, to: u8) -> LinkSetup {
    LinkSetup {
        rate_bps: Some(10_000_000),
        ..LinkSetup::new(HostId(from), HostId(to), Duration::from_millis(20))
    }
}

fn two_hosts(config: &Config, client: Vec<Step>, server: Vec<Step>) -> Setup {
    Setup {
        seed: 7,
        ..Setup::new(
            vec![
                host("client", "192.0.2.1:49152", config.clone(), client),
                host("server", "198.51.100.1:4000", config.clone(), server),
            ],
            vec![link(0, 1), link(1, 0)],
        )
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

/// Messages of all lengths, some of them lost, while a connection is used.
fn datagrams() -> Setup {
    let mut client = asking(Connect::default(), 20_000);
    let second = client.len();
    for octets in [0, 1, 100, 1472] {
        let port = Some(40_000);
        client.push(step(
            Wait::For(Duration::from_millis(7)),
            AppCall::SendTo { to: None, port, octets },
        ));
        client.push(step(Wait::Nothing, AppCall::SendTo { to: None, port, octets }));
    }
    let mut setup = two_hosts(&Config::default(), client, serving(20_000));
    setup.hosts[0].further = vec![second];
    setup.links[0].loss_ppm = 200_000;
    // tcpdump takes what comes from port 49152 for something else.
    setup.hosts[0].address.set_port(50_000);
    setup
}

/// Both clients are behind a router; the attacker, behind it too, resets one of the connections.
fn attacked() -> Setup {
    let config = Config::default();
    let forged = Forgery {
        source: "198.51.100.1:4000".parse().expect("a sound literal"),
        spread: false,
        destination: "192.0.2.1:49152".parse().expect("a sound literal"),
        seq: Number::ExpectedBy(HostId(0), 0),
        ack: None,
        flags: Flags::RST,
        wnd: 0,
        urg: 0,
        options: Options::NONE,
        payload: Bytes::new(),
    };
    let syn = Forgery {
        seq: Number::Given(SeqNumber::new(9)),
        flags: Flags::SYN,
        spread: true,
        source: "203.0.113.9:1000".parse().expect("a sound literal"),
        destination: "198.51.100.1:4000".parse().expect("a sound literal"),
        ..forged.clone()
    };
    let mut first = asking(Connect::default(), 60_000);
    first[0] = step(Wait::Nothing, AppCall::Open { active: true });
    let attacker = vec![
        step(Wait::Until(Instant::from_micros(210_000)), AppCall::Forge(Box::new(forged))),
        step(Wait::Nothing, AppCall::Repeat { times: 3, lines: 1 }),
        step(Wait::Nothing, AppCall::Forge(Box::new(syn))),
    ];
    let mut setup = two_hosts(&config, first, serving(60_000));
    let second = asking(Connect { to: Some(HostId(1)), ..Connect::default() }, 60_000);
    setup.hosts.push(host("neighbour", "192.0.2.2:49152", config.clone(), second));
    setup.hosts.push(host("attacker", "203.0.113.66:6666", config, attacker));
    setup.routers = vec!["router".to_owned()];
    let there_and_back = |host| [link(host, 4), link(4, host)];
    setup.links = [0, 1, 2, 3].into_iter().flat_map(there_and_back).collect();
    setup.links[2].loss_ppm = 10_000;
    setup
}

/// The server crashes, and is there again; later a segment comes that was kept from before.
fn crashed() -> Setup {
    let mut setup = two_hosts(
        &Config::default(),
        asking(Connect { port: None, ..Connect::default() }, 100_000),
        serving(100_000),
    );
    setup.hosts[0].script[0] = step(Wait::Nothing, AppCall::Open { active: true });
    let act = |millis: u64, host, deed| Act {
        at: Instant::from_micros(millis * 1000),
        host: HostId(host),
        deed,
    };
    setup.acts = vec![
        act(100, 1, Deed::Crash),
        act(400, 1, Deed::Restart { scripts: true }),
        act(900, 1, Deed::Replay(SYN)),
    ];
    setup
}

/// One connection from the client's own port, which is answered with so many octets.
fn one_exchange(config: &Config, response: usize) -> Setup {
    let mut client = asking(Connect::default(), response as u64);
    client[0] = step(Wait::Nothing, AppCall::Open { active: true });
    two_hosts(config, client, serving(response))
}

/// Links that deliver twice and in another order; the SYN is doubled and held by hand.
fn copies() -> Setup {
    let mut setup = one_exchange(&Config::default(), 40_000);
    let millis = Duration::from_millis;
    for link in &mut setup.links {
        link.duplicate_ppm = 150_000;
        link.jitter = Some(Jitter { up_to: millis(2), overtaking: true });
        link.reorder = Some(Reorder { ppm: 50_000, by: millis(9) });
    }
    setup.interventions = vec![
        Intervention::Duplicate { packet: SYN, by: millis(3) },
        Intervention::Hold { packet: SYN, until: Instant::from_micros(50_000) },
    ];
    setup
}

/// Links that flip bits, of segments and of datagrams.
fn damaged() -> Setup {
    let mut setup = one_exchange(&Config::default(), 60_000);
    let second = setup.hosts[0].script.len();
    for _ in 0..20 {
        let wait = Wait::For(Duration::from_millis(5));
        let call = AppCall::SendTo { to: None, port: Some(40_000), octets: 40 };
        setup.hosts[0].script.push(step(wait, call));
    }
    setup.hosts[0].further = vec![second];
    setup.hosts[0].address.set_port(50_000);
    for link in &mut setup.links {
        link.corrupt_ppm = 200_000;
    }
    setup
}

/// A link that is too narrow for most, and loses fragments; another one flips bits in them.
fn fragments() -> Setup {
    let config = Config { path_mtu_discovery: false, ..Config::default() };
    let mut setup = one_exchange(&config, 40_000);
    let second = setup.hosts[0].script.len();
    for octets in [4000, 1472, 400] {
        let wait = Wait::For(Duration::from_millis(30));
        let call = AppCall::SendTo { to: None, port: Some(40_000), octets };
        setup.hosts[0].script.push(step(wait, call));
    }
    setup.hosts[0].further = vec![second];
    setup.hosts[0].address.set_port(50_000);
    for link in &mut setup.links {
        link.mtu = Some(Mtu { octets: 576, fragments: true });
    }
    setup.links[1].loss_ppm = 30_000;
    setup.links[1].duplicate_ppm = 50_000;
    setup.links[0].corrupt_ppm = 100_000;
    setup
}

/// A bottleneck that marks, and one that drops.
fn congested() -> Setup {
    let config = Config { ecn: true, ..Config::default() };
    let mut setup = one_exchange(&config, 150_000);
    for link in &mut setup.links {
        link.rate_bps = Some(2_000_000);
    }
    setup.links[1].queue = Queueing {
        limit: Some(QueueLimit::Packets(7)),
        mark_at: Some(QueueLimit::Packets(4)),
        codel: Some(Codel { ecn: true, ..Codel::default() }),
    };
    setup.links[1].mark_ppm = 20_000;
    setup.links[0].mtu = Some(Mtu { octets: 1000, fragments: false });
    setup
}

/// A cable that is pulled while packets and their fragments are under way, and put back.
fn unplugged() -> Setup {
    let config = Config { path_mtu_discovery: false, ..Config::default() };
    let mut setup = one_exchange(&config, 60_000);
    setup.links[1].mtu = Some(Mtu { octets: 800, fragments: true });
    let change = |millis: u64, up| LinkChange {
        at: Instant::from_micros(millis * 1000),
        from: HostId(1),
        toward: None,
        to: LinkProperty::Up(up),
    };
    setup.link_changes = vec![change(90, false), change(400, true)];
    setup
}
