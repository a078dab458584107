//! Who may be linked with whom, and which way packets go.

use tcpscope_sim::{AppCall, Connect, Fate, HostId, RecordKind, Setup, SetupError, Want};
use tcpscope_tcp::State;

use crate::nets::*;

/// Reads what comes on each connection, answers with so many octets, and closes.
fn serve(octets: u64) -> Vec<tcpscope_sim::Step> {
    vec![
        now(AppCall::Listen { backlog: 4 }),
        now(AppCall::Serve { lines: 3 }),
        now(AppCall::Receive(Want::All)),
        now(AppCall::Generate { octets }),
        now(AppCall::Close),
    ]
}

/// Connects, sends so many octets, closes, and reads all.
fn ask(octets: u64) -> Vec<tcpscope_sim::Step> {
    vec![
        now(AppCall::Connect(Connect::default())),
        when(tcpscope_sim::Wait::Connected, AppCall::Generate { octets }),
        now(AppCall::Close),
        now(AppCall::Receive(Want::All)),
    ]
}

/// Three clients and a server behind a router that they share.
fn bottleneck() -> Setup {
    let mut setup = around_the_first(vec![
        host("server", "198.51.100.1:80", serve(40_000)),
        host("a", "192.0.2.1:49152", ask(100)),
        host("b", "192.0.2.2:49152", ask(200)),
        host("c", "192.0.2.3:49152", ask(300)),
    ]);
    setup.routers = vec!["r1".to_owned(), "r2".to_owned()];
    setup.links = vec![link(0, 5), link(5, 0), link(4, 5), link(5, 4)];
    setup.links.extend((1..4).flat_map(|client| [link(client, 4), link(4, client)]));
    setup
}

#[test]
fn several_clients_are_served_over_one_bottleneck() {
    let timeline = run(bottleneck());
    let trace = timeline.trace();
    let served = connections(trace, HostId(0));
    let mut asked: Vec<_> = served.iter().map(|id| read(trace, *id)).collect();
    asked.sort_unstable();
    assert_eq!(asked, [100, 200, 300]);
    for client in 1..4 {
        let own = connections(trace, HostId(client));
        assert_eq!(own.len(), 1);
        assert_eq!(read(trace, own[0]), 40_000, "client {client}");
    }
    assert!(served.iter().all(|id| state_at_end(trace, *id) == State::Closed));
    // Three links of 10 ms, and the time to send 1500 octets on each.
    let whole = trace.packets().iter().find(|packet| packet.octets() == 1500).expect("text");
    assert!(whole.ends.since(whole.departs) >= ms(30) + ms(3), "{whole:?}");
    // Each passes two routers, and at the first of them comes to a queue.
    let hops: Vec<_> = whole.hops().iter().map(|hop| hop.router).collect();
    assert_eq!(hops, [HostId(5), HostId(4)]);
    assert!(whole.departs < whole.hops()[0].comes && whole.hops()[1].departs < whole.ends);
    // Three answers at once have to wait for each other.
    let taken = trace.duration().as_micros();
    assert!(taken > 3 * 40_000 * 8 / 10, "{taken}");
}

#[test]
fn what_a_router_has_to_pass_on_it_may_lose() {
    let mut setup = bottleneck();
    setup.links[3].loss_ppm = 100_000;
    let timeline = run(setup.clone());
    let trace = timeline.trace();
    let lost = trace.packets().iter().filter(|packet| packet.fate == Fate::Lost).count();
    assert!(lost > 0);
    for client in 1..4 {
        assert_eq!(read(trace, connections(trace, HostId(client))[0]), 40_000);
    }
    assert_eq!(run(setup).trace().digest(), trace.digest());
}

#[test]
fn a_packet_takes_the_shortest_way_and_hosts_pass_nothing_on() {
    let mut setup = bottleneck();
    // A short cut from one client to the server, there and back.
    setup.links.extend([link(1, 0), link(0, 1)]);
    let timeline = run(setup);
    let trace = timeline.trace();
    let from = |host| trace.packets().iter().find(|packet| packet.id.from == host).expect("one");
    let took = |host| from(host).ends.since(from(host).departs);
    assert!(took(HostId(1)) < ms(11));
    assert!(took(HostId(2)) > ms(30), "not through the other client");
}

#[test]
fn one_of_many_connections_stands_for_its_host_and_each_has_its_history() {
    let timeline = run(bottleneck());
    let trace = timeline.trace();
    let last = trace.records().last().expect("a record").id;
    for record in trace.records() {
        let Some(host) = record.host else { continue };
        let main = trace.main_connection(host, record.id);
        let status = trace.status(host, record.id);
        if let Some(main) = main {
            assert_eq!(trace.status_of(main, record.id), status, "{record:?}");
        }
        if let RecordKind::Transition { to, .. } = record.kind {
            let connection = record.connection.expect("a connection's own");
            assert_eq!(trace.status_of(connection, record.id).state, to);
        }
    }
    assert!(trace.main_connection(HostId(0), last).is_some());
}

#[test]
fn a_connections_states_are_those_of_its_variables() {
    let timeline = run(bottleneck());
    let trace = timeline.trace();
    for host in 0..4 {
        for connection in connections(trace, HostId(host)) {
            let mut before = State::Closed;
            let mut entered = trace.states_of(connection).peekable();
            for record in trace.records() {
                let status = trace.status_of(connection, record.id);
                assert_eq!(trace.status_before_of(connection, record.id).state, before);
                before = status.state;
                while entered.next_if(|(since, _)| *since < record.id).is_some() {}
                if let Some((_, state)) = entered.next_if(|(since, _)| *since == record.id) {
                    assert_eq!(state, status.state, "{record:?}");
                }
            }
            let ways: Vec<_> = trace.states_of(connection).map(|(_, state)| state).collect();
            let legal = |pair: &[State]| pair[0] == pair[1] || pair[0].may_become(pair[1]);
            assert!(ways.windows(2).all(legal), "{ways:?}");
            assert_eq!(ways.last(), Some(&State::Closed));
        }
    }
}

#[test]
fn packets_of_other_connections_have_names_of_their_own() {
    let timeline = run(bottleneck());
    let trace = timeline.trace();
    let names: Vec<_> = (0..trace.packets().len())
        .map(|place| trace.packet_name(tcpscope_sim::PacketIndex(u32::try_from(place).unwrap())))
        .collect();
    for (place, name) in names.iter().enumerate() {
        let found = trace.packet_named(name).expect("it has that name");
        assert_eq!(found.0 as usize, place, "{name}");
    }
    // Ephemeral ports are said, and who it is for where that is not the usual peer.
    assert!(names[0].starts_with("a@") && names[0].ends_with(":syn:0"), "{}", names[0]);
    assert!(names.iter().any(|name| name.starts_with("server>b-")), "{names:?}");
}

#[test]
fn what_is_wrong_with_a_setup_is_said() {
    let place = HostId;
    type Change = fn(&mut Setup);
    let cases: [(&str, Change, SetupError); 15] = [
        ("one host", |s| s.hosts.truncate(1), SetupError::HostCount { hosts: 1 }),
        (
            "many hosts",
            |s| s.hosts = (0..17).map(|_| s.hosts[0].clone()).collect(),
            SetupError::HostCount { hosts: 17 },
        ),
        (
            "many routers",
            |s| s.routers = (0..17).map(|n| n.to_string()).collect(),
            SetupError::RouterCount { routers: 17 },
        ),
        (
            "a router named as a host",
            |s| s.routers = vec!["server".into()],
            SetupError::SameName { name: "server".into() },
        ),
        (
            "one address",
            |s| s.hosts[1].address = s.hosts[0].address,
            SetupError::SameAddress { name: "server".into() },
        ),
        (
            "a link twice",
            |s| s.links.push(link(0, 1)),
            SetupError::NotOneLink { from: place(0), to: place(1) },
        ),
        (
            "a link to itself",
            |s| s.links.push(link(1, 1)),
            SetupError::NoSuchPlace { from: place(1), to: place(1) },
        ),
        (
            "a link to nowhere",
            |s| s.links.push(link(0, 7)),
            SetupError::NoSuchPlace { from: place(0), to: place(7) },
        ),
        (
            "no way back",
            |s| s.links.truncate(1),
            SetupError::NotOneLink { from: place(1), to: place(0) },
        ),
        (
            "no way over routers",
            |s| {
                s.routers = vec!["r".into()];
                s.links = vec![link(0, 1), link(1, 2)];
            },
            SetupError::NoWay { from: place(1), to: place(0) },
        ),
        (
            "a host without a link",
            |s| s.hosts.push(host("lonely", "192.0.2.9:1", Vec::new())),
            SetupError::NotOneLink { from: place(2), to: place(0) },
        ),
        (
            "ports that end before they begin",
            |s| s.hosts[0].sockets.ephemeral_ports = (9, 8),
            SetupError::NoPorts { host: place(0) },
        ),
        (
            "a script beyond the last line",
            |s| s.hosts[0].further = vec![99],
            SetupError::ScriptsOutOfOrder { host: place(0) },
        ),
        (
            "a block beyond its script",
            |s| s.hosts[1].script[1] = now(AppCall::Serve { lines: 4 }),
            SetupError::BadBlock { host: place(1), line: 1 },
        ),
        (
            "a connection to itself",
            |s| {
                let connect = Connect { to: Some(HostId(0)), ..Connect::default() };
                s.hosts[0].script[0] = now(AppCall::Connect(connect));
            },
            SetupError::NoSuchPeer { host: place(0), line: 0 },
        ),
    ];
    assert_eq!(two(ask(1), serve(1)).check(), Ok(()));
    for (what, change, expected) in cases {
        let mut setup = two(ask(1), serve(1));
        change(&mut setup);
        assert_eq!(setup.check(), Err(expected), "{what}");
    }
}
