//! Whatever is linked with whom and whatever is done: a run ends, twice the same.

use proptest::prelude::*;
use tcpscope_sim::{
    Act, AppCall, Connect, Deed, Edit, Forgery, HostId, Intervention, Jitter, LinkSetup, Mtu,
    Number, QueueLimit, Queueing, Reorder, Setup, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::{Flags, Options, SeqNumber, Shutdown, SocketOption, State};

use crate::nets::*;

fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        6 => Just(Wait::Nothing),
        1 => (0_u64..3000).prop_map(|millis| Wait::Until(at(millis))),
        1 => (0_u64..500).prop_map(|millis| Wait::For(ms(millis))),
        1 => Just(Wait::Connected),
        1 => Just(Wait::PeerClosed),
        1 => Just(Wait::Acknowledged),
        1 => (0_u32..2000).prop_map(Wait::Readable),
        1 => Just(Wait::State(State::Closed)),
    ]
}

fn to(hosts: u8) -> impl Strategy<Value = Option<HostId>> {
    prop::option::of((0..hosts).prop_map(HostId))
}

fn call(hosts: u8) -> impl Strategy<Value = AppCall> {
    prop_oneof![
        3 => any::<bool>().prop_map(|active| AppCall::Open { active }),
        3 => (to(hosts), prop::option::of(1_u16..100))
            .prop_map(|(to, port)| AppCall::Connect(Connect { to, port, early: None })),
        1 => (0_u16..100).prop_map(|port| AppCall::Bind { port }),
        3 => (0_u32..3).prop_map(|backlog| AppCall::Listen { backlog }),
        2 => Just(AppCall::Accept),
        2 => (1_usize..4).prop_map(|lines| AppCall::Serve { lines }),
        2 => (0_u32..4, 1_usize..4).prop_map(|(times, lines)| AppCall::Repeat { times, lines }),
        1 => any::<bool>().prop_map(|on| AppCall::Set(SocketOption::NoDelay(on))),
        1 => (0_u32..9000).prop_map(|octets| AppCall::Set(SocketOption::ReceiveBuffer(octets))),
        4 => (0_u64..20_000).prop_map(|octets| AppCall::Generate { octets }),
        1 => (0_u64..9).prop_map(|octets| AppCall::Type { octets, every: ms(30) }),
        3 => (0_u64..3000).prop_map(|octets| AppCall::Receive(Want::Octets(octets))),
        2 => Just(AppCall::Receive(Want::All)),
        1 => Just(AppCall::Shutdown(Shutdown::Both)),
        2 => Just(AppCall::Close),
        1 => Just(AppCall::Abort),
        1 => Just(AppCall::Release),
        1 => Just(AppCall::Exit),
        1 => (to(hosts), 0_u32..2000)
            .prop_map(|(to, octets)| AppCall::SendTo { to, port: None, octets }),
        1 => forgery(hosts).prop_map(|forged| AppCall::Forge(Box::new(forged))),
        1 => Just(AppCall::Nothing),
    ]
}

fn forgery(hosts: u8) -> impl Strategy<Value = Forgery> {
    let number = move || {
        prop_oneof![
            any::<u32>().prop_map(|number| Number::Given(SeqNumber::new(number))),
            (0..hosts, 0_u32..3).prop_map(|(of, more)| Number::NextOf(HostId(of), more)),
            (0..hosts, 0_u32..3).prop_map(|(of, more)| Number::ExpectedBy(HostId(of), more)),
        ]
    };
    let end = move || (0..=hosts, 1_u16..100);
    let numbers = (number(), prop::option::of(number()));
    (end(), end(), numbers, any::<u8>(), any::<u16>(), any::<u16>(), any::<bool>()).prop_map(
        |(source, destination, (seq, ack), flags, wnd, urg, spread)| Forgery {
            source: address(source),
            spread,
            destination: address(destination),
            seq,
            ack,
            flags: Flags::from_bits_truncate(flags),
            wnd,
            urg,
            options: Options::NONE,
            payload: text("forged"),
        },
    )
}

/// The address of a host, or of nobody, and its own port or another.
fn address((host, port): (u8, u16)) -> core::net::SocketAddrV4 {
    let port = if port < 80 { 80 } else { port };
    format!("192.0.2.{}:{port}", host + 1).parse().expect("an address")
}

fn deed(hosts: u8) -> impl Strategy<Value = Deed> {
    prop_oneof![
        Just(Deed::Crash),
        any::<bool>().prop_map(|scripts| Deed::Restart { scripts }),
        any::<bool>().prop_map(|halted| Deed::Halt { halted }),
        call(hosts).prop_map(Deed::Call),
        forgery(hosts).prop_map(|forged| Deed::Forge(Box::new(forged))),
    ]
}

fn act(hosts: u8) -> impl Strategy<Value = Act> {
    (0_u64..4000, 0..hosts, deed(hosts)).prop_map(|(millis, host, deed)| Act {
        at: at(millis),
        host: HostId(host),
        deed,
    })
}

/// What the links between two hosts, or between a host and the router, do to packets.
fn badness() -> impl Strategy<Value = LinkSetup> {
    let parts = || prop_oneof![2 => Just(0), 1 => 0_u32..150_000];
    let jitter = prop::option::of((0_u64..30, any::<bool>()));
    let limit = prop::option::of(1_u32..6);
    let mtu = prop::option::of((68_u16..1500, any::<bool>()));
    (parts(), parts(), parts(), parts(), jitter, limit, mtu).prop_map(
        |(loss_ppm, duplicate_ppm, corrupt_ppm, held, jitter, limit, mtu)| LinkSetup {
            loss_ppm,
            duplicate_ppm,
            corrupt_ppm,
            reorder: (held > 0).then_some(Reorder { ppm: held, by: ms(15) }),
            jitter: jitter.map(|(up_to, overtaking)| Jitter { up_to: ms(up_to), overtaking }),
            queue: Queueing { limit: limit.map(QueueLimit::Packets), ..Queueing::default() },
            mtu: mtu.map(|(octets, fragments)| Mtu { octets, fragments }),
            ..link(0, 1)
        },
    )
}

/// Setups of all kinds; some cannot be run, and say so.
fn setups() -> impl Strategy<Value = Setup> {
    (2_u8..6).prop_flat_map(|hosts| {
        let line = (wait(), call(hosts)).prop_map(|(wait, call)| Step { wait, call });
        let scripts = prop::collection::vec(prop::collection::vec(line, 0..8), usize::from(hosts));
        let acts = prop::collection::vec(act(hosts), 0..3);
        let further = prop::option::of(0_usize..5);
        let bad = prop::collection::vec(badness(), 2);
        (scripts, acts, any::<u64>(), bad, any::<bool>(), further).prop_map(
            move |(scripts, mut acts, seed, bad, routed, further)| {
                let named = scripts.into_iter().enumerate().map(|(place, script)| {
                    let address = format!("192.0.2.{}:80", place + 1);
                    let mut host = host(&format!("h{place}"), &address, script);
                    let lines = host.script.len();
                    host.further = further.filter(|line| *line < lines).into_iter().collect();
                    host
                });
                let mut setup = around_the_first(named.collect());
                if routed {
                    setup.routers = vec!["r".to_owned()];
                    setup.links =
                        (0..hosts).flat_map(|h| [link(h, hosts), link(hosts, h)]).collect();
                }
                for (link, bad) in setup.links.iter_mut().zip(bad) {
                    *link = LinkSetup { from: link.from, to: link.to, ..bad };
                }
                acts.sort_by_key(|act| act.at);
                setup.acts = acts;
                setup.seed = seed;
                setup.limits.records = 5000;
                setup
            },
        )
    })
}

/// The setup with what cannot be run taken out of it.
fn sound(mut setup: Setup) -> Option<Setup> {
    for _ in 0..100 {
        match setup.check() {
            Ok(()) => return Some(setup),
            Err(
                tcpscope_sim::SetupError::BadBlock { host, line }
                | tcpscope_sim::SetupError::NoSuchPeer { host, line },
            ) if setup.acts.is_empty() => {
                setup.hosts[host.index()].script[line].call = AppCall::Nothing;
            }
            Err(_) if !setup.acts.is_empty() => drop(setup.acts.pop()),
            Err(_) => return None,
        }
    }
    None
}

/// Several clients that ask one server, and send it datagrams, over a router and links that do
/// their worst.
fn busy() -> impl Strategy<Value = Setup> {
    let bad = prop::collection::vec(badness(), 2);
    let acts = prop::collection::vec(act(3), 0..2);
    (bad, acts, any::<u64>(), 1_u64..30_000, 1_u32..4).prop_map(
        |(bad, mut acts, seed, octets, times)| {
            let server = vec![
                now(AppCall::Listen { backlog: 4 }),
                now(AppCall::Serve { lines: 3 }),
                now(AppCall::Receive(Want::Octets(100))),
                now(AppCall::Generate { octets }),
                now(AppCall::Release),
            ];
            let client = vec![
                now(AppCall::Repeat { times, lines: 5 }),
                now(AppCall::Connect(Connect::default())),
                when(Wait::Connected, AppCall::Generate { octets: 100 }),
                now(AppCall::SendTo { to: None, port: None, octets: 2000 }),
                now(AppCall::Receive(Want::All)),
                now(AppCall::Close),
            ];
            let mut setup = around_the_first(vec![
                host("server", "192.0.2.1:80", server),
                host("a", "192.0.2.2:80", client.clone()),
                host("b", "192.0.2.3:80", client),
            ]);
            setup.routers = vec!["r".to_owned()];
            setup.links = (0..3).flat_map(|host| [link(3, host), link(host, 3)]).collect();
            for (link, bad) in setup.links.iter_mut().zip(bad) {
                *link = LinkSetup { from: link.from, to: link.to, ..bad };
            }
            acts.sort_by_key(|act| act.at);
            setup.acts = acts;
            setup.seed = seed;
            setup.limits.records = 5000;
            setup
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// Any topology and any scripts: the run ends, at a limit at the latest, and is the same again.
    #[test]
    fn any_run_ends_and_is_the_same_again(setup in prop_oneof![setups(), busy()]) {
        let Some(setup) = sound(setup) else { return Ok(()) };
        let timeline = Timeline::new(setup.clone()).expect("a sound setup");
        let trace = timeline.trace();
        prop_assert!(trace.records().len() < 6000, "a step adds but a few records");
        for record in trace.records() {
            prop_assert!(record.cause.is_none_or(|cause| cause < record.id));
        }
        let again = Timeline::new(setup).expect("a sound setup");
        prop_assert_eq!(again.trace().digest(), trace.digest());
    }

    /// Something done at an instant changes nothing before, and undone it changes nothing at all.
    #[test]
    fn what_is_done_at_an_instant_is_as_if_it_had_been_planned(
        setup in prop_oneof![setups(), busy()],
        act in act(2),
    ) {
        let Some(setup) = sound(setup) else { return Ok(()) };
        let mut timeline = Timeline::new(setup.clone()).expect("a sound setup");
        let before = timeline.trace().digest();
        if timeline.edit(Edit::Act(act.clone())).is_err() {
            return Ok(());
        }
        let mut planned = setup;
        let place = planned.acts.partition_point(|other| other.at <= act.at);
        planned.acts.insert(place, act);
        let planned = Timeline::new(planned).expect("a sound setup");
        prop_assert_eq!(planned.trace().digest(), timeline.trace().digest());
        prop_assert!(timeline.undo());
        prop_assert_eq!(timeline.trace().digest(), before);
    }

    /// A packet dropped or delayed on any way, over routers too: the replay is a fresh run.
    #[test]
    fn a_replay_over_any_topology_is_a_fresh_run(
        setup in prop_oneof![setups(), busy()],
        picked in any::<prop::sample::Index>(),
        late in prop::option::of(0_u64..200),
    ) {
        let Some(setup) = sound(setup) else { return Ok(()) };
        let mut timeline = Timeline::new(setup.clone()).expect("a sound setup");
        let packets = timeline.trace().packets();
        if packets.is_empty() {
            return Ok(());
        }
        let packet = packets[picked.index(packets.len())].id;
        let what = match late {
            Some(late) => Intervention::Delay { packet, by: ms(late) },
            None => Intervention::Drop(packet),
        };
        timeline.edit(Edit::Packet(what)).expect("it was sent");
        let mut planned = setup.clone();
        planned.interventions.push(what);
        let planned = Timeline::new(planned).expect("a sound setup");
        prop_assert_eq!(planned.trace(), timeline.trace());
        prop_assert!(timeline.undo());
        let fresh = Timeline::new(setup).expect("a sound setup");
        prop_assert_eq!(fresh.trace(), timeline.trace());
    }
}
