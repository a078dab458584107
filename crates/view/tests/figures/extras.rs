//! What stands beside segments: strips of SACK, and messages of ICMP.

use tcpscope_sim::{AppCall, HostId, HostSetup, LinkSetup, Mtu, RecordKind, Setup, Timeline, Wait};
use tcpscope_tcp::{Config, Duration};
use tcpscope_view::{LabelLevel, Ladder, LadderLayout, Numbers, Tense, sack_told};

use super::nets::step;
use super::run;

fn ladder(timeline: &Timeline, level: LabelLevel) -> Ladder {
    let trace = timeline.trace();
    let layout = LadderLayout::of(trace, 1000.0);
    Ladder::new(trace, layout, Numbers::Relative).with_labels(level)
}

#[test]
fn every_ack_that_tells_of_blocks_has_a_strip_of_as_many() {
    let timeline = run("fast-retransmit");
    let trace = timeline.trace();
    for (level, any) in
        [(LabelLevel::Short, false), (LabelLevel::Usual, true), (LabelLevel::Full, true)]
    {
        let ladder = ladder(&timeline, level);
        let end = ladder.axis().playhead(trace.at(trace.duration()));
        let scene = ladder.scene(trace, 0.0..ladder.height(), end, None);
        for arrow in &scene.arrows {
            let told = trace.packet(arrow.packet).segment.options.sack.blocks().len();
            let strip = scene.sacks.iter().find(|sack| sack.packet == arrow.packet);
            assert_eq!(strip.map_or(0, |strip| strip.blocks.len()), if any { told } else { 0 });
        }
        assert_eq!(!scene.sacks.is_empty(), any, "{level:?}");
        // A strip is hollow where octets are missing: the first of this run's blocks is ahead.
        for strip in &scene.sacks {
            let left = strip.frame[0].x;
            assert!(strip.blocks.iter().all(|block| block[0].x > left + 1.0), "{strip:?}");
        }
    }
}

#[test]
fn what_a_strip_shows_is_told() {
    let timeline = run("fast-retransmit");
    let trace = timeline.trace();
    let told: Vec<_> = (0..)
        .map(tcpscope_sim::PacketIndex)
        .take(trace.packets().len())
        .filter_map(|packet| sack_told(trace, packet, Numbers::Relative))
        .collect();
    assert_eq!(told[0], ["3001–4001", "2001–3001", ""].map(str::to_owned));
    assert_eq!(told[1], ["3001–5001", "2001–3001", ""].map(str::to_owned));
}

/// A client behind a router whose link to the server is narrow.
fn narrow() -> Timeline {
    let config = Config { path_mtu_discovery: true, ..Config::default() };
    let host = |name: &str, address: &str, script| {
        HostSetup::new(name, address.parse().expect("an address"), config.clone(), script)
    };
    let link = |from, to| LinkSetup::new(HostId(from), HostId(to), Duration::from_millis(20));
    let mut links: Vec<_> = [(0, 2), (2, 0), (2, 1), (1, 2)].map(|(a, b)| link(a, b)).into();
    links[2].mtu = Some(Mtu { octets: 1280, fragments: true });
    let opens = [
        step(Wait::Nothing, AppCall::Open { active: true }),
        step(Wait::Connected, AppCall::Send(vec![7; 4000].into())),
    ];
    let listens = [step(Wait::Nothing, AppCall::Open { active: false })];
    let hosts = vec![
        host("client", "192.0.2.1:49152", opens.into()),
        host("server", "198.51.100.1:80", listens.into()),
    ];
    let routers = vec!["router".to_owned()];
    let setup = Setup { routers, ..Setup::new(hosts, links) };
    Timeline::new(setup).expect("a setup that can be run")
}

#[test]
fn a_message_goes_from_where_the_packet_was_lost_to_its_sender() {
    let timeline = narrow();
    let trace = timeline.trace();
    let ladder = ladder(&timeline, LabelLevel::Usual);
    let layout = ladder.layout();
    let arrivals: Vec<_> = trace
        .records()
        .iter()
        .filter(|record| matches!(record.kind, RecordKind::Icmp { .. }))
        .collect();
    assert!(!arrivals.is_empty(), "the router tells of its narrow link");
    let end = ladder.axis().playhead(trace.at(trace.duration()));
    let scene = ladder.scene(trace, 0.0..ladder.height(), end, None);
    assert_eq!(scene.messages.len(), arrivals.len());
    for (mark, record) in scene.messages.iter().zip(arrivals) {
        let sent = trace.record(record.cause.expect("a loss"));
        assert_eq!(mark.record, record.id);
        assert!((mark.from.x - layout.lifeline(HostId(2))).abs() < 1e-9, "from the router");
        assert!((mark.to.x - layout.lifeline(HostId(0))).abs() < 1e-9, "to the client");
        assert!((mark.from.y - ladder.drawn(ladder.axis().y_of(sent))).abs() < 1e-9);
        assert!((mark.to.y - ladder.drawn(ladder.axis().y_of(record))).abs() < 1e-9);
        assert_eq!((mark.tip, mark.tense), (mark.to, Tense::Past));
        // Half-way it is half-way.
        let middle = ladder.axis().playhead_at((mark.from.y + mark.to.y) / 2.0);
        let scene = ladder.scene(trace, 0.0..ladder.height(), middle, None);
        let under_way = scene.messages.iter().find(|it| it.record == record.id).expect("the same");
        assert_eq!(under_way.tense, Tense::Present);
        assert!((under_way.tip.y - middle.y).abs() < 1e-6);
    }
}
