//! What a host did in a run is told as a script, and our TCP does it again, to the microsecond.

use std::fs;
use std::net::SocketAddrV4;
use std::path::Path;

use proptest::prelude::*;
use tcpscope_packetdrill::{Script, Untellable, play, tell};
use tcpscope_scenario::Scenario;
use tcpscope_sim::{
    AppCall, HostId, HostSetup, Jitter, LinkSetup, Setup, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::{Config, Duration};

/// The hosts whose part no script can tell, and a word of why.
const UNTELLABLE: [(&str, &str, &str); 12] = [
    ("fragmentation", "client", "UDP"),
    ("fragmentation", "server", "UDP"),
    ("half-open", "server", "crashed"),
    ("many-clients", "server", "more than one connection"),
    ("rst-from-closed-port", "client", "more than one connection"),
    ("rst-from-closed-port", "server", "more than one connection"),
    ("syn-flood", "attacker", "forges"),
    ("syn-flood", "server", "more than one connection"),
    ("udp-vs-tcp", "client", "UDP"),
    ("udp-vs-tcp", "server", "UDP"),
    ("why-three-not-two", "client", "one after another"),
    ("why-three-not-two", "server", "one after another"),
];

/// Tells what a host of the run did, reads that again and plays it: all of it happens.
fn happens_again(timeline: &Timeline, host: HostId) -> Result<usize, Untellable> {
    let (script, _) = tell(timeline.setup(), timeline.trace(), host)?;
    let read = Script::from_text(&script.to_string()).expect("a script");
    assert_eq!(read.settings, script.settings);
    assert_eq!(read.settings.tolerance, 0);
    let played = play(&read);
    assert_eq!(played.mismatch, None);
    assert_eq!(played.matched.len(), read.events.len());
    Ok(read.events.len())
}

#[test]
fn every_scenario_is_told_and_happens_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let (mut told, mut untold) = (0, 0);
    for file in fs::read_dir(folder).expect("scenarios").flatten() {
        let text = fs::read_to_string(file.path()).expect("a scenario");
        let Ok(scenario) = Scenario::from_json(&text) else { continue };
        let timeline = Timeline::new(scenario.setup()).expect("a run");
        for (place, host) in timeline.trace().hosts().iter().enumerate() {
            let known =
                UNTELLABLE.iter().find(|(id, name, _)| (*id, *name) == (scenario.id(), &host.name));
            match happens_again(&timeline, HostId(u8::try_from(place).expect("few hosts"))) {
                Ok(events) => {
                    assert!(known.is_none() && events > 3, "{} {}", scenario.id(), host.name);
                    told += 1;
                }
                Err(error) => {
                    let (.., why) = known.unwrap_or_else(|| panic!("{}: {error}", scenario.id()));
                    assert!(error.to_string().contains(why), "{}: {error}", scenario.id());
                    untold += 1;
                }
            }
        }
    }
    assert_eq!(untold, UNTELLABLE.len());
    assert!(told > 30, "only {told}");
}

/// What may differ between two runs.
#[derive(Clone, Debug)]
struct Case {
    seed: u64,
    modern: [bool; 2],
    mss: u16,
    buffer: u32,
    sent: [u64; 2],
    delay: u64,
    loss: u32,
    duplicates: u32,
    jitter: u64,
    corrupt: u32,
}

fn cases() -> impl Strategy<Value = Case> {
    let who = (any::<u64>(), any::<[bool; 2]>(), 300..1460_u16, 2_000..70_000_u32);
    let how_much = [1..40_000_u64, 0..40_000_u64];
    let way = (1..60_000_u64, 0..150_000_u32, 0..100_000_u32, 0..20_000_u64, 0..30_000_u32);
    (who, how_much, way).prop_map(|(who, sent, way)| Case {
        seed: who.0,
        modern: who.1,
        mss: who.2,
        buffer: who.3,
        sent,
        delay: way.0,
        loss: way.1,
        duplicates: way.2,
        jitter: way.3,
        corrupt: way.4,
    })
}

fn setup(case: &Case) -> Setup {
    let config = |end: usize| Config {
        mss: case.mss,
        receive_buffer: case.buffer,
        ..if case.modern[end] { Config::default() } else { Config::plain() }
    };
    let step = |wait, call| Step { wait, call };
    let now = |call| step(Wait::Nothing, call);
    let all = || now(AppCall::Receive(Want::All));
    let [there, back] = case.sent.map(|octets| AppCall::Generate { octets });
    let client = vec![
        now(AppCall::Open { active: true }),
        step(Wait::Connected, there),
        now(AppCall::Close),
        all(),
    ];
    let first = AppCall::Receive(Want::Octets(case.sent[0]));
    let server = vec![
        now(AppCall::Open { active: false }),
        now(first),
        now(back),
        now(AppCall::Close),
        all(),
    ];
    let address = |text: &str| text.parse::<SocketAddrV4>().expect("an address");
    let hosts = vec![
        HostSetup::new("client", address("192.0.2.1:49152"), config(0), client),
        HostSetup::new("server", address("198.51.100.1:80"), config(1), server),
    ];
    let link = |from, to| LinkSetup {
        loss_ppm: case.loss,
        duplicate_ppm: case.duplicates,
        corrupt_ppm: case.corrupt,
        jitter: (case.jitter > 0)
            .then(|| Jitter { up_to: Duration::from_micros(case.jitter), overtaking: true }),
        rate_bps: Some(10_000_000),
        ..LinkSetup::new(HostId(from), HostId(to), Duration::from_micros(case.delay))
    };
    Setup { seed: case.seed, ..Setup::new(hosts, vec![link(0, 1), link(1, 0)]) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Over links that lose, double, damage and reorder, both ends' parts happen again.
    #[test]
    fn any_run_is_told_and_happens_again(case in cases()) {
        let timeline = Timeline::new(setup(&case)).expect("a run");
        for host in [HostId(0), HostId(1)] {
            let told = happens_again(&timeline, host);
            prop_assert!(told.is_ok(), "{told:?}");
        }
    }
}
