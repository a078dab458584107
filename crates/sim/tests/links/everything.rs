//! All that links can do at once, over routers: and whatever is done to such a run, it is the one
//! that its list of edits gives afresh.

use bytes::Bytes;
use proptest::prelude::*;
use tcpscope_sim::{
    AppCall, Bursts, Codel, Connect, Edit, Fate, HostId, Intervention, Jitter, LinkChange,
    LinkProperty, LinkSetup, Mtu, QueueLimit, RecordKind, Reorder, Setup, Step, Timeline, Wait,
    Want,
};
use tcpscope_tcp::Instant;

use crate::streams::*;

const LEFT: HostId = HostId(3);
const RIGHT: HostId = HostId(4);

/// Two clients and a stream of datagrams over one bottleneck, which does all that a link can.
fn shared(seed: u64, size: usize) -> Setup {
    let step = |wait, call| Step { wait, call };
    let talk = |octets| {
        vec![
            step(
                Wait::Nothing,
                AppCall::Connect(Connect { to: Some(HostId(0)), ..Connect::default() }),
            ),
            step(Wait::Connected, AppCall::Send(Bytes::from(vec![7; octets]))),
            step(Wait::Nothing, AppCall::Close),
            step(Wait::Nothing, AppCall::Receive(Want::All)),
        ]
    };
    let serve = vec![
        step(Wait::Nothing, AppCall::Listen { backlog: 5 }),
        step(Wait::Nothing, AppCall::Serve { lines: 2 }),
        step(Wait::Nothing, AppCall::Receive(Want::All)),
        step(Wait::Nothing, AppCall::Close),
    ];
    let mut setup = two(talk(2_000 * size), serve, |_| {});
    setup.seed = seed;
    setup.hosts.swap(0, 1);
    let mut third = host("third", "203.0.113.9:5000", talk(900 * size));
    third.further = vec![third.script.len()];
    let datagrams = datagrams(4 * u32::try_from(size).expect("a few"), 1200, ms(4));
    third.script.extend(datagrams);
    setup.hosts.push(third);
    for host in &mut setup.hosts {
        host.config = tcpscope_tcp::Config::default();
        host.config.ecn = true;
    }
    // One host asks for no fragments, and is told where its packets are too long.
    setup.hosts[0].config.path_mtu_discovery = false;
    setup.hosts[1].config.path_mtu_discovery = false;
    setup.routers = vec!["left".to_owned(), "right".to_owned()];
    let link = |from, to| LinkSetup {
        jitter: Some(Jitter { up_to: ms(3), overtaking: seed.is_multiple_of(2) }),
        loss_ppm: 10_000,
        duplicate_ppm: 10_000,
        corrupt_ppm: 5_000,
        ..LinkSetup::new(from, to, ms(5))
    };
    let bottleneck = |from, to| LinkSetup {
        rate_bps: Some(3_000_000),
        bursts: Some(Bursts { slot: ms(2), begin_ppm: 5_000, end_ppm: 300_000, loss_ppm: 600_000 }),
        reorder: Some(Reorder { ppm: 20_000, by: ms(8) }),
        mark_ppm: 10_000,
        queue: tcpscope_sim::Queueing {
            limit: Some(QueueLimit::Packets(20)),
            mark_at: Some(QueueLimit::Octets(9_000)),
            codel: Some(Codel { ecn: true, ..Codel::default() }),
        },
        mtu: Some(Mtu { octets: 1006, fragments: true }),
        ..link(from, to)
    };
    setup.links = vec![
        link(HostId(1), LEFT),
        link(LEFT, HostId(1)),
        link(HostId(2), LEFT),
        link(LEFT, HostId(2)),
        bottleneck(LEFT, RIGHT),
        bottleneck(RIGHT, LEFT),
        link(RIGHT, HostId(0)),
        link(HostId(0), RIGHT),
    ];
    setup
}

#[test]
fn everything_happens_and_all_that_tcp_carries_arrives() {
    let run = run(shared(2, 100));
    for rule in [
        "link-loss",
        "fragment-lost",
        "link-duplicated",
        "link-bit-flipped",
        "link-reordered",
        "link-marked",
        "packet-fragmented",
        "fragmentation-needed",
        "queue-marked",
    ] {
        assert!(ruled(&run, rule) > 0, "{rule}");
    }
    for fate in [Fate::Delivered, Fate::Lost, Fate::Corrupted, Fate::Duplicate] {
        assert!(count(&run, |packet| packet.fate == fate) > 0, "{fate:?}");
    }
    let delivered: u32 = run
        .trace()
        .records()
        .iter()
        .filter(|record| record.connection.is_some())
        .map(|record| match record.kind {
            RecordKind::Deliver { octets } => octets,
            _ => 0,
        })
        .sum();
    assert_eq!(delivered, 290_000);
}

/// A packet of the run and a number choose an edit.
fn edit(run: &Timeline, kind: u8, packet: prop::sample::Index, amount: u32) -> Edit {
    let packets = run.trace().packets();
    let packet = packets[packet.index(packets.len())].id;
    let with = packets[amount as usize % packets.len()].id;
    let at = Instant::from_micros(u64::from(amount));
    let by = at.since(Instant::ZERO);
    let from = [HostId(0), HostId(1), HostId(2), LEFT, RIGHT][amount as usize % 5];
    let toward = (from == LEFT && amount.is_multiple_of(2)).then_some(RIGHT);
    let change = |to| Edit::Link(LinkChange { at, from, toward, to });
    match kind % 10 {
        0 => Edit::Packet(Intervention::Drop(packet)),
        1 => Edit::Packet(Intervention::Delay { packet, by }),
        2 => Edit::Packet(Intervention::Duplicate { packet, by }),
        3 => Edit::Packet(Intervention::Corrupt { packet, bit: amount % 8000 }),
        4 => Edit::Packet(Intervention::Hold { packet, until: at }),
        5 | 6 => Edit::Packet(Intervention::Swap { packet, with }),
        7 => change(LinkProperty::Up(amount.is_multiple_of(3))),
        8 => change(LinkProperty::Mtu(Some(Mtu { octets: 576, fragments: true }))),
        _ => change(LinkProperty::Queue(tcpscope_sim::Queueing::default())),
    }
}

type Pick = (u8, prop::sample::Index, u32);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_run_over_routers_is_what_its_edits_make_it(
        seed in any::<u64>(),
        picks in prop::collection::vec(any::<Pick>(), 1..8),
    ) {
        let mut run = Timeline::new(shared(seed, 10)).expect("a sound setup");
        let plain = run.trace().clone();
        let all = picks.len();
        for (kind, packet, amount) in picks {
            let edit = edit(&run, kind, packet, amount % 600_000);
            run.edit(edit).expect("it can be made");
            prop_assert_eq!(&run.afresh(), run.trace());
        }
        for _ in 0..all {
            prop_assert!(run.undo());
            prop_assert_eq!(&run.afresh(), run.trace());
        }
        prop_assert_eq!(run.trace(), &plain);
    }
}
