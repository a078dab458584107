//! Ladders of more than two hosts, and of long runs.

use tcpscope_sim::{
    AppCall, Connect, HostId, HostSetup, LinkSetup, Setup, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::{Config, Duration};
use tcpscope_view::{Ladder, LadderLayout, Numbers, Overview, Tense};

use super::ladder::labels;
use super::{heights, whole};

pub(super) fn step(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

fn serve(octets: u64) -> Vec<Step> {
    vec![
        step(Wait::Nothing, AppCall::Listen { backlog: 4 }),
        step(Wait::Nothing, AppCall::Serve { lines: 3 }),
        step(Wait::Nothing, AppCall::Receive(Want::All)),
        step(Wait::Nothing, AppCall::Generate { octets }),
        step(Wait::Nothing, AppCall::Close),
    ]
}

fn ask(octets: u64) -> Vec<Step> {
    vec![
        step(Wait::Nothing, AppCall::Connect(Connect::default())),
        step(Wait::Connected, AppCall::Generate { octets }),
        step(Wait::Nothing, AppCall::Close),
        step(Wait::Nothing, AppCall::Receive(Want::All)),
    ]
}

fn host(name: &str, address: &str, script: Vec<Step>) -> HostSetup {
    HostSetup::new(name, address.parse().expect("a sound literal"), Config::default(), script)
}

fn link(from: u8, to: u8, loss_ppm: u32) -> LinkSetup {
    let delay = Duration::from_millis(10);
    LinkSetup {
        rate_bps: Some(10_000_000),
        loss_ppm,
        duplicate_ppm: loss_ppm / 2,
        corrupt_ppm: loss_ppm / 2,
        ..LinkSetup::new(HostId(from), HostId(to), delay)
    }
}

/// A server and some clients behind two routers that they share.
fn shared(clients: u8, octets: u64, loss_ppm: u32) -> Timeline {
    let hosts = std::iter::once(host("server", "198.51.100.1:80", serve(octets)));
    let hosts =
        hosts.chain((1..=clients).map(|client| {
            host(&format!("c{client}"), &format!("192.0.2.{client}:49152"), ask(100))
        }));
    let (r1, r2) = (clients + 1, clients + 2);
    let mut links =
        vec![link(0, r2, 0), link(r2, 0, 0), link(r1, r2, loss_ppm), link(r2, r1, loss_ppm)];
    links.extend((1..=clients).flat_map(|client| [link(client, r1, 0), link(r1, client, 0)]));
    let setup = Setup {
        routers: vec!["r1".to_owned(), "r2".to_owned()],
        ..Setup::new(hosts.collect(), links)
    };
    Timeline::new(setup).expect("a setup that can be run")
}

fn ladder(timeline: &Timeline, width: f64) -> Ladder {
    let trace = timeline.trace();
    Ladder::new(trace, LadderLayout::of(trace, width), Numbers::Relative)
}

#[test]
fn routers_stand_between_those_whose_packets_they_pass() {
    let timeline = shared(3, 4_000, 0);
    let ladder = ladder(&timeline, 900.0);
    let lifelines = whole(&ladder, timeline.trace(), ladder.axis().playhead_at(0.0)).lifelines;
    let names: Vec<_> = lifelines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["server", "r2", "r1", "c1", "c2", "c3"]);
    let routers: Vec<_> = lifelines.iter().map(|line| line.is_router).collect();
    assert_eq!(routers, [false, true, true, false, false, false]);
    assert!(lifelines.windows(2).all(|pair| pair[0].x + 20.0 < pair[1].x), "{lifelines:?}");
}

#[test]
fn packets_go_hop_by_hop_and_end_where_they_are_lost() {
    let timeline = shared(3, 20_000, 50_000);
    let trace = timeline.trace();
    let ladder = ladder(&timeline, 900.0);
    let layout = ladder.layout();
    let end = ladder.axis().playhead(trace.at(trace.duration()));
    let mut lost = 0;
    for arrow in whole(&ladder, trace, end).arrows {
        let packet = trace.packet(arrow.packet);
        let heights: Vec<_> = arrow.stretches().flatten().map(|point| point.y).collect();
        assert!(heights.is_sorted(), "{packet:?} goes up: {arrow:?}");
        assert_eq!(arrow.tense, Tense::Past);
        for hop in packet.hops() {
            let x = layout.lifeline(hop.router);
            assert!(
                arrow.via.iter().any(|bend| (bend.x - x).abs() < 1e-9),
                "{packet:?}: {arrow:?}"
            );
        }
        if packet.fate.arrives() {
            assert!(
                (arrow.to.x - layout.lifeline(packet.to)).abs() < 1e-9,
                "{packet:?}: {arrow:?}"
            );
        } else {
            lost += 1;
            // Between the last place that it came to and the next, at neither.
            let near = |x: f64| (x - arrow.to.x).abs() < 1.0;
            assert!(!layout.columns.iter().any(|column| near(column.x)), "{packet:?}: {arrow:?}");
        }
        if packet.copy_of().is_some() {
            assert!(arrow.is_copy);
        }
    }
    assert!(lost > 0, "some are lost");
}

#[test]
fn no_two_texts_overlap_at_any_zoom_and_width() {
    let runs = [shared(2, 30_000, 30_000), shared(5, 6_000, 0), super::run("sliding-window")];
    for (run, timeline) in runs.iter().enumerate() {
        let trace = timeline.trace();
        for width in [320.0, 560.0, 900.0, 1400.0] {
            let mut ladder = ladder(timeline, width);
            for zoom in [0.01, 0.15, 0.4, 0.8, 1.7, 6.0] {
                ladder.set_zoom(trace, zoom);
                for y in heights(&ladder, 2) {
                    let playhead = ladder.axis().playhead_at(y);
                    let top = ladder.drawn(y) - 400.0;
                    let scene = ladder.scene(trace, top..top + 800.0, playhead, None);
                    let mut labels = labels(&scene);
                    labels.sort_by(|a, b| a.bounds().y.total_cmp(&b.bounds().y));
                    for (index, a) in labels.iter().enumerate() {
                        let bottom = a.bounds().y + a.bounds().height;
                        for b in labels[index + 1..].iter().take_while(|b| b.bounds().y < bottom) {
                            assert!(!a.overlaps(b), "{run} at {width}, {zoom}: {a:?} and {b:?}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_written_does_not_depend_on_where_one_came_from() {
    let timeline = shared(2, 60_000, 30_000);
    let trace = timeline.trace();
    let mut from_top = ladder(&timeline, 900.0);
    for zoom in [0.5, 1.0, 2.0] {
        from_top.set_zoom(trace, zoom);
        let playhead = from_top.axis().playhead_at(0.0);
        let bottom = from_top.height() - 700.0;
        for part in 0..20 {
            let top = bottom * f64::from(part) / 20.0;
            let scrolled = from_top.scene(trace, top..top + 700.0, playhead, None);
            let mut afresh = ladder(&timeline, 900.0);
            afresh.set_zoom(trace, zoom);
            assert_eq!(afresh.scene(trace, top..top + 700.0, playhead, None), scrolled, "at {top}");
        }
    }
}

#[test]
fn every_packet_is_drawn_by_itself_or_with_others_at_every_zoom() {
    let timeline = shared(2, 400_000, 30_000);
    let trace = timeline.trace();
    let mut ladder = ladder(&timeline, 900.0);
    for zoom in [0.002, 0.02, 0.1, 0.5, 1.0, 3.0] {
        ladder.set_zoom(trace, zoom);
        let playhead = ladder.axis().playhead_at(ladder.axis().height());
        let scene = whole_drawn(&ladder, trace, playhead);
        let together: u32 = scene.densities.iter().map(|density| density.count).sum();
        let lost: u32 = scene.densities.iter().map(|density| density.lost).sum();
        assert_eq!(scene.arrows.len() + together as usize, trace.packets().len(), "at {zoom}");
        let one_by_one = scene.arrows.iter().filter(|arrow| !arrow.fate.arrives()).count();
        let all_lost = trace.packets().iter().filter(|packet| !packet.fate.arrives()).count();
        assert_eq!(one_by_one + lost as usize, all_lost, "at {zoom}");
        // What is drawn is bounded by the room that there is.
        let most = 2000.0 + scene.height * 4.0;
        let marks = scene.arrows.len() + scene.densities.len() + scene.bands.len();
        assert!(f64::from(u32::try_from(marks).unwrap()) < most, "{marks} at {zoom}");
    }
}

fn whole_drawn(
    ladder: &Ladder,
    trace: &tcpscope_sim::Trace,
    playhead: tcpscope_view::Playhead,
) -> tcpscope_view::LadderScene {
    ladder.scene(trace, 0.0..ladder.height(), playhead, None)
}

#[test]
fn the_run_before_an_edit_is_behind_it_where_they_differ() {
    let mut timeline = super::run("sliding-window");
    let before = timeline.trace().clone();
    let dropped = before.packets()[4].id;
    let same = Ladder::new(&before, LadderLayout::of(&before, 900.0), Numbers::Relative);
    let same = same.with_ghosts(&before, &before);
    assert!(whole(&same, &before, same.axis().playhead_at(0.0)).ghosts.is_empty());
    let drop = tcpscope_sim::Edit::Packet(tcpscope_sim::Intervention::Drop(dropped));
    timeline.edit(drop).expect("an edit of a packet that is sent");
    let trace = timeline.trace();
    let ladder = ladder(&timeline, 900.0).with_ghosts(trace, &before);
    let ghosts = whole(&ladder, trace, ladder.axis().playhead_at(0.0)).ghosts;
    assert!(!ghosts.is_empty());
    let first = trace.packet(trace.find_packet(dropped).expect("it is sent all the same"));
    let top = ladder.axis().y_first(first.departs);
    assert!(ghosts.iter().all(|ghost| ghost.from.y >= top - 1e-6), "nothing differs before");
}

#[test]
fn from_afar_every_segment_and_every_loss_is_counted() {
    let timeline = shared(3, 20_000, 30_000);
    let trace = timeline.trace();
    let ladder = ladder(&timeline, 900.0);
    for height in [1, 40, 900] {
        let Overview { rows, most } = ladder.overview(trace, height);
        assert_eq!(rows.len(), height as usize);
        let segments: u32 = rows.iter().map(|row| row.left + row.right).sum();
        assert_eq!(segments as usize, trace.packets().len());
        let lost: u32 = rows.iter().map(|row| row.lost).sum();
        let all = trace.packets().iter().filter(|packet| !packet.fate.arrives()).count();
        assert_eq!(lost as usize, all);
        assert!(rows.iter().all(|row| row.left.max(row.right) <= most));
    }
}

#[test]
fn what_is_under_way_lies_on_its_arrow_at_every_zoom() {
    let timeline = shared(3, 20_000, 30_000);
    let trace = timeline.trace();
    let mut ladder = ladder(&timeline, 900.0);
    for zoom in [0.3, 1.0, 4.0] {
        ladder.set_zoom(trace, zoom);
        for y in heights(&ladder, 60) {
            let playhead = ladder.axis().playhead_at(y);
            let scene = whole_drawn(&ladder, trace, playhead);
            for dot in ladder.in_flight(playhead) {
                let arrow = scene.arrows.iter().find(|arrow| arrow.packet == dot.packet);
                let arrow = arrow.expect("its arrow");
                assert!((dot.at.y - scene.present).abs() < 1e-6, "{zoom}: {dot:?}");
                let on = |[from, to]: [_; 2]| dot.at.distance_to_line(from, to) < 1e-6;
                assert!(arrow.stretches().any(on), "{zoom}: {dot:?} {arrow:?}");
            }
        }
    }
}
