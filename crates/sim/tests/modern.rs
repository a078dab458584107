//! Two modern TCPs, with every companion switched on: whatever the links lose, all is delivered,
//! and a replay is the run that would have been.

mod common;

use common::{CLIENT, SERVER, exchange, octets, rules, setup, step};
use proptest::prelude::*;
use tcpscope_sim::{
    AppCall, Edit, Ended, HostId, Intervention, PacketIndex, Record, RecordKind, Setup, Timeline,
    Trace, Wait, Want,
};
use tcpscope_tcp::{Config, CongestionControl, Segment, State, Timer};

/// Both send `count` octets at once, and read what the other sends.
fn both_ways(count: usize, loss_ppm: [u32; 2], config: &Config) -> Setup {
    let script = |active| {
        vec![
            step(Wait::Nothing, AppCall::Open { active }),
            step(Wait::Connected, AppCall::Send(octets(count))),
            step(Wait::Nothing, AppCall::Receive(Want::Octets(count as u64))),
            step(Wait::Nothing, AppCall::Close),
            step(Wait::Nothing, AppCall::Receive(Want::All)),
        ]
    };
    let mut setup = setup(script(true), script(false));
    for (link, loss_ppm) in setup.links.iter_mut().zip(loss_ppm) {
        link.loss_ppm = loss_ppm;
    }
    for host in &mut setup.hosts {
        host.config = config.clone();
    }
    setup
}

fn modern() -> Config {
    // Ten lost in a row are not the end of a connection that loses a fifth of its packets.
    Config { syn_retries: 20, data_retries: 40, ..Config::default() }
}

fn run(setup: Setup) -> Timeline {
    Timeline::new(setup).expect("a setup that can be run")
}

/// What the application at a host has read by the end.
fn read(trace: &Trace, host: HostId) -> u64 {
    let last = trace.records().last().expect("a record").id;
    trace.status(host, last).read
}

fn carries(trace: &Trace, what: impl Fn(&Segment) -> bool) -> bool {
    trace.packets().iter().any(|packet| what(&packet.segment))
}

#[test]
fn what_is_lost_is_made_good_by_the_companions() {
    let timeline = run(both_ways(100_000, [50_000, 50_000], &modern()));
    let trace = timeline.trace();
    assert_eq!([CLIENT, SERVER].map(|host| read(trace, host)), [100_000; 2]);
    let [syn, answer] = [0, 1].map(|place| trace.packets()[place].segment.options);
    for options in [syn, answer] {
        assert_eq!(options.window_scale, Some(6));
        assert!(options.sack_permitted && options.timestamps.is_some());
    }
    assert!(carries(trace, |segment| !segment.options.sack.is_empty()));
    assert!(carries(trace, |segment| segment.text_len() == 1448));
    let delayed =
        |record: &Record| matches!(record.kind, RecordKind::Timer { timer: Timer::DelayedAck, .. });
    assert!(trace.records().iter().any(delayed) && rules(trace).contains(&"ack-second-segment"));
}

#[test]
fn a_plain_tcp_and_a_modern_one_use_what_both_know() {
    let mut setup = exchange(30_000);
    setup.hosts[0].config = modern();
    let timeline = run(setup);
    let trace = timeline.trace();
    assert_eq!([CLIENT, SERVER].map(|host| read(trace, host)), [30_000, 100]);
    assert!(rules(trace).contains(&"not-agreed") && !rules(trace).contains(&"sack-agreed"));
    assert!(!carries(trace, |segment| !segment.syn() && segment.options.timestamps.is_some()));
    assert!(!carries(trace, |segment| !segment.options.sack.is_empty()));
}

fn any_config() -> impl Strategy<Value = Config> {
    let congestion = prop_oneof![
        Just(CongestionControl::NewReno),
        Just(CongestionControl::Cubic),
        Just(CongestionControl::None)
    ];
    (any::<[bool; 8]>(), congestion, prop_oneof![Just(None), (0..=14_u8).prop_map(Some)]).prop_map(
        |(
            [sack, timestamps, ecn, prr, rack_tlp, f_rto, limited_transmit, idle],
            congestion,
            shift,
        )| {
            Config {
                sack,
                timestamps,
                ecn,
                prr,
                rack_tlp,
                f_rto,
                limited_transmit,
                restart_after_idle: idle,
                congestion,
                window_scale: shift,
                ..modern()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_is_delivered_whatever_is_lost(
        seed: u64,
        loss_ppm in [0..200_000_u32, 0..200_000],
        count in 0..60_000_usize,
    ) {
        let mut setup = both_ways(count, loss_ppm, &modern());
        setup.seed = seed;
        let timeline = run(setup);
        let trace = timeline.trace();
        prop_assert_eq!([CLIENT, SERVER].map(|host| read(trace, host)), [count as u64; 2]);
        let states = [CLIENT, SERVER].map(|host| trace.host(host).states().last().map(|(_, state)| state));
        prop_assert_eq!((trace.ended(), states), (Ended::Quiet, [Some(State::Closed); 2]));
    }

    #[test]
    fn all_is_delivered_whatever_is_switched_on(
        seed: u64,
        configs in [any_config(), any_config()],
        loss_ppm in [0..100_000_u32, 0..100_000],
    ) {
        let mut setup = both_ways(20_000, loss_ppm, &modern());
        setup.seed = seed;
        for (host, config) in setup.hosts.iter_mut().zip(configs) {
            host.config = config;
        }
        let timeline = run(setup);
        let trace = timeline.trace();
        prop_assert_eq!([CLIENT, SERVER].map(|host| read(trace, host)), [20_000; 2]);
        prop_assert_eq!(trace.ended(), Ended::Quiet);
    }

    #[test]
    fn a_replay_is_the_run_that_would_have_been(
        seed: u64,
        loss_ppm in [0..200_000_u32, 0..200_000],
        place: prop::sample::Index,
    ) {
        let mut setup = both_ways(20_000, loss_ppm, &modern());
        setup.seed = seed;
        let mut timeline = run(setup.clone());
        let packets = u32::try_from(timeline.trace().packets().len()).expect("not that many");
        let index = u32::try_from(place.index(packets as usize)).expect("below that");
        let dropped = timeline.trace().packet(PacketIndex(index)).id;
        timeline.edit(Edit::Packet(Intervention::Drop(dropped))).expect("a packet of the run");
        setup.interventions.push(Intervention::Drop(dropped));
        let fresh = run(setup);
        prop_assert_eq!(timeline.trace().digest(), fresh.trace().digest());
        prop_assert_eq!(timeline.trace(), fresh.trace());
        timeline.undo();
    }
}
