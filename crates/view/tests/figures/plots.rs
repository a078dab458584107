//! Plots hold the trace's own numbers, and as much of them as can be seen.

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Edit, Intervention, PacketKind, QueueLimit, RecordKind, Side, Timeline, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{
    Locale, Numbers, Plot, PlotClock, PlotFlow, PlotKind, PlotPoint, PlotScene, PlotView, Point,
    Theme, Track, TrackKind, flow_title, plot_csv, plot_flows, plot_row, plot_rows, plot_svg,
    same_flow,
};

use super::{ladder, run};

/// A scenario of the captures' tests: bulk transfers that lose, or wait.
fn run_bulk(id: &str, octets: u32, queue: Option<QueueLimit>) -> Timeline {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../capture/tests/scenarios");
    let text = std::fs::read_to_string(format!("{folder}/{id}.json")).expect("the file");
    let text = text.replace("200000", &octets.to_string());
    let mut setup = Scenario::from_json(&text).expect("a scenario").setup();
    setup.links[1].queue.limit = queue;
    Timeline::new(setup).expect("a setup that can be run")
}

/// A transfer of which three packets of a hundred are lost.
fn losing() -> Timeline {
    run_bulk("modern-loss", 200_000, None)
}

/// A transfer over a bottleneck that drops what it has no room for.
fn congested() -> Timeline {
    run_bulk("modern-bulk", 1_500_000, Some(QueueLimit::Packets(8)))
}

fn busiest(trace: &Trace) -> PlotFlow {
    let flows = plot_flows(trace);
    flows[PlotFlow::busiest(&flows)[0]]
}

fn plot(trace: &Trace, kind: PlotKind) -> Plot {
    Plot::new(trace, kind, &[busiest(trace)])
}

fn track(plot: &Plot, kind: TrackKind) -> &[PlotPoint] {
    plot.tracks.iter().find(|track| track.kind == kind).map_or(&[], |track| &track.points)
}

/// The value of a line at the end of an instant.
fn value(points: &[PlotPoint], at: Instant) -> Option<u64> {
    let past = points.partition_point(|point| point.at <= at);
    points.get(past.checked_sub(1)?).map(|point| point.high)
}

fn titles(trace: &Trace, plot: &Plot) -> Vec<String> {
    let flows = plot_flows(trace);
    if plot.kind == PlotKind::Queue {
        let name = |host: tcpscope_sim::HostId| trace.host(host).name.clone();
        return plot.links.iter().map(|(a, b)| format!("{} → {}", name(*a), name(*b))).collect();
    }
    vec![flow_title(trace, &flows, busiest(trace), Locale::En)]
}

fn view<'a>(clock: PlotClock<'a>, titles: &'a [String]) -> PlotView<'a> {
    PlotView {
        clock,
        domain: None,
        width: 900.0,
        height: 420.0,
        locale: Locale::En,
        numbers: Numbers::Relative,
        selection: None,
        titles,
    }
}

#[test]
fn every_segment_that_is_sent_is_a_bar_between_its_numbers() {
    for timeline in [run("sliding-window"), losing(), congested()] {
        let trace = timeline.trace();
        let flow = busiest(trace);
        let plot = plot(trace, PlotKind::Sequence);
        let sent = trace.records().iter().filter_map(|record| match record.kind {
            RecordKind::Transmit { packet } if record.connection == Some(flow.sender) => {
                Some((record, packet))
            }
            _ => None,
        });
        let (mut first, mut again, mut lost) = (0, 0, 0);
        for (record, index) in sent {
            let packet = trace.packet(index);
            if packet.segment.is_empty() {
                continue;
            }
            let kind = if packet.retransmission {
                again += 1;
                TrackKind::Retransmission
            } else {
                first += 1;
                TrackKind::Segment
            };
            let bar = track(&plot, kind).iter().find(|point| point.packet == Some(index));
            let bar = bar.expect("a bar for each segment");
            assert_eq!((bar.at, bar.record), (record.at, record.id));
            // The packet's name counts from the ISS on, too.
            assert_eq!(bar.low, u64::from(packet.id.seq));
            assert_eq!(bar.high - bar.low, u64::from(packet.segment.len()));
            lost += usize::from(!packet.fate.arrives());
        }
        assert_eq!(track(&plot, TrackKind::Segment).len(), first);
        assert_eq!(track(&plot, TrackKind::Retransmission).len(), again);
        assert_eq!(track(&plot, TrackKind::Lost).len(), lost);
        assert_eq!(track(&plot, TrackKind::Syn).len(), 1);
        assert_eq!(track(&plot, TrackKind::Fin).len(), 1);
    }
}

#[test]
fn lines_are_the_senders_variables_after_each_instant() {
    for timeline in [run("sliding-window"), losing(), congested()] {
        let trace = timeline.trace();
        let flow = busiest(trace);
        let [sequence, congestion, flight, trips] =
            [PlotKind::Sequence, PlotKind::Congestion, PlotKind::Flight, PlotKind::RoundTrip]
                .map(|kind| plot(trace, kind));
        let mut seen = 0;
        for (place, record) in trace.records().iter().enumerate() {
            let next = trace.records().get(place + 1);
            if next.is_some_and(|next| next.at == record.at) {
                continue;
            }
            let status = trace.status_of(flow.sender, record.id);
            let Some(iss) = status.iss.filter(|_| status.irs.is_some()) else { continue };
            let una = u64::from(status.snd_una.distance_from(iss));
            let at = |plot: &Plot, kind| value(track(plot, kind), record.at);
            assert_eq!(at(&sequence, TrackKind::Ack), Some(una));
            assert_eq!(at(&sequence, TrackKind::Window), Some(una + u64::from(status.snd_wnd)));
            assert_eq!(at(&congestion, TrackKind::Cwnd), Some(u64::from(status.cwnd)));
            let ssthresh = (status.ssthresh < u32::MAX).then(|| u64::from(status.ssthresh));
            assert_eq!(at(&congestion, TrackKind::Ssthresh), ssthresh);
            assert_eq!(at(&flight, TrackKind::Flight), Some(u64::from(status.flight)));
            assert_eq!(
                at(&trips, TrackKind::Srtt),
                status.srtt.map(tcpscope_tcp::Duration::as_micros)
            );
            assert_eq!(at(&trips, TrackKind::Rto), Some(status.rto.as_micros()));
            seen += 1;
        }
        assert!(seen > 20, "{seen} moments");
    }
}

#[test]
fn what_is_special_is_marked() {
    let window = run("sliding-window");
    let closed = plot(window.trace(), PlotKind::Sequence);
    assert!(!track(&closed, TrackKind::ZeroWindow).is_empty());
    let lossy = plot(losing().trace(), PlotKind::Sequence);
    assert!(!track(&lossy, TrackKind::Sack).is_empty());
    assert!(!track(&lossy, TrackKind::Duplicate).is_empty());
    for block in track(&lossy, TrackKind::Sack) {
        let una = value(track(&lossy, TrackKind::Ack), block.at).expect("SND.UNA");
        assert!(block.low < block.high && block.high > una, "{block:?} at {una}");
    }
    let fallen = plot(congested().trace(), PlotKind::Congestion);
    assert!(!track(&fallen, TrackKind::Recovery).is_empty());
}

#[test]
fn goodput_adds_up_to_what_the_application_could_read() {
    for timeline in [run("sliding-window"), losing(), congested()] {
        let trace = timeline.trace();
        let rates = plot(trace, PlotKind::Throughput);
        let flow = busiest(trace);
        let delivered: u64 = trace
            .records()
            .iter()
            .filter(|record| record.connection == flow.receiver)
            .filter_map(|record| match record.kind {
                RecordKind::Deliver { octets } => Some(u64::from(octets)),
                _ => None,
            })
            .sum();
        assert!(delivered >= 30_000);
        // Each octet is in the window for as long as the window is.
        let area: u128 = track(&rates, TrackKind::Goodput)
            .windows(2)
            .map(|pair| {
                let long = pair[1].at.since(pair[0].at).as_micros();
                u128::from(pair[0].high) * u128::from(long)
            })
            .sum();
        let octets = area / 8_000_000;
        let error = octets.abs_diff(u128::from(delivered));
        assert!(error * 1000 <= u128::from(delivered), "{octets} for {delivered}");
        let sum = |kind| -> u128 { track(&rates, kind).iter().map(|p| u128::from(p.high)).sum() };
        assert!(sum(TrackKind::Sent) > 0 && sum(TrackKind::Arrived) > 0);
    }
}

#[test]
fn a_queue_holds_what_has_come_and_not_left_and_drops_where_it_is_full() {
    let timeline = congested();
    let trace = timeline.trace();
    let queue = plot(trace, PlotKind::Queue);
    let waiting = track(&queue, TrackKind::Waiting);
    for point in waiting {
        let sent = |packet: &&tcpscope_sim::Packet| {
            packet.id.from == queue.links[0].0
                && packet.sent <= point.at
                && point.at < packet.departs
        };
        assert_eq!(point.high, trace.packets().iter().filter(sent).count() as u64);
    }
    assert_eq!(waiting.iter().map(|point| point.high).max(), Some(8));
    let lost = trace.packets().iter().filter(|packet| !packet.fate.arrives()).count();
    let drops = track(&queue, TrackKind::QueueDrop);
    assert!(!drops.is_empty() && drops.len() == lost);
    assert!(drops.iter().all(|point| point.high == 8));
}

#[test]
fn the_run_before_a_change_lies_under_the_present_one() {
    let mut timeline = run("sliding-window");
    let dropped = timeline.trace().packets().iter().find(|packet| {
        packet.id.kind == PacketKind::Data && packet.id.from.0 == 1 && packet.id.seq > 5000
    });
    let id = dropped.expect("a segment").id;
    timeline.edit(Edit::Packet(Intervention::Drop(id))).expect("an edit");
    let before = timeline.branches().last().expect("the run before").id();
    let before = timeline.trace_of(Side::Branch(before)).expect("its trace");
    let trace = timeline.trace();
    let flow = busiest(trace);
    let other = same_flow(trace, flow, &before, &plot_flows(&before)).expect("the same flow");
    let mut plot = Plot::new(trace, PlotKind::Sequence, &[flow]);
    let alone = plot.tracks.len();
    plot.add_ghost(Plot::new(&before, PlotKind::Sequence, &[other]));
    let ghosts: Vec<&Track> = plot.tracks.iter().filter(|track| track.ghost).collect();
    assert_eq!((ghosts.len(), plot.tracks.len()), (1, alone + 1));
    assert_ne!(
        ghosts[0].points,
        track(&Plot { tracks: plot.tracks[1..].to_vec(), ..plot.clone() }, TrackKind::Ack)
    );
}

/// Elements of a drawing.
fn nodes(svg: &str) -> usize {
    svg.matches('<').count() - svg.matches("</").count()
}

#[test]
fn a_drawing_of_a_hundred_thousand_records_is_small() {
    let timeline = run_bulk("modern-loss", 9_000_000, None);
    let mut setup = timeline.setup().clone();
    setup.hosts.iter_mut().for_each(|host| host.config.mss = 536);
    let timeline = Timeline::new(setup).expect("a setup that can be run");
    let trace = timeline.trace();
    assert!(trace.records().len() > 100_000, "{}", trace.records().len());
    let axis = ladder(trace, 700.0);
    for kind in PlotKind::ALL {
        let plot = plot(trace, kind);
        let titles = titles(trace, &plot);
        for clock in [PlotClock::Even, PlotClock::Ladder(axis.axis())] {
            let scene = PlotScene::new(&plot, &view(clock, &titles));
            let svg = plot_svg(&scene, Theme::Light);
            assert!(nodes(&svg) < 300, "{kind:?} has {} elements", nodes(&svg));
            assert!(svg.len() < 400_000, "{kind:?} has {} octets", svg.len());
        }
    }
}

#[test]
fn every_drawing_is_a_document_and_keeps_within_its_bounds() {
    for timeline in [run("sliding-window"), run("lost-syn"), losing(), congested()] {
        let trace = timeline.trace();
        let axis = ladder(trace, 700.0);
        for kind in PlotKind::ALL {
            let plot = plot(trace, kind);
            let titles = titles(trace, &plot);
            for clock in [PlotClock::Even, PlotClock::Ladder(axis.axis())] {
                for width in [300.0, 640.0, 1200.0] {
                    let all = PlotView { width, ..view(clock, &titles) };
                    let whole = PlotScene::new(&plot, &all);
                    let (from, to) = whole.domain;
                    let part = (from + (to - from) * 0.4, from + (to - from) * 0.5);
                    let part = PlotScene::new(&plot, &PlotView { domain: Some(part), ..all });
                    for scene in [whole, part] {
                        for theme in [Theme::Light, Theme::Dark] {
                            let svg = plot_svg(&scene, theme);
                            assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
                            for wrong in ["NaN", "inf\"", "$"] {
                                assert!(!svg.contains(wrong), "{kind:?} has {wrong}");
                            }
                        }
                        let area = scene.area;
                        assert!(area.x + area.width <= width && area.width >= 60.0);
                        if matches!(clock, PlotClock::Even) {
                            assert!(scene.times.len() >= 2, "{kind:?}: {:?}", scene.times);
                        }
                        for tick in &scene.times {
                            assert!(
                                tick.at >= area.x - 0.1 && tick.at <= area.x + area.width + 0.1
                            );
                        }
                        let mut heights: Vec<_> = scene.labels.iter().map(|l| l.at.y).collect();
                        heights.sort_by(f64::total_cmp);
                        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] > 13.9));
                    }
                }
            }
        }
    }
}

#[test]
fn the_nearest_point_is_found_and_points_follow_one_another() {
    let timeline = losing();
    let trace = timeline.trace();
    let axis = ladder(trace, 700.0);
    let plot = plot(trace, PlotKind::Sequence);
    let titles = titles(trace, &plot);
    for clock in [PlotClock::Even, PlotClock::Ladder(axis.axis())] {
        let scene = PlotScene::new(&plot, &view(clock, &titles));
        for (place, track) in plot.tracks.iter().enumerate() {
            for (index, point) in track.points.iter().enumerate().step_by(7) {
                let at = scene.spot(clock, point, 0.0);
                let found = scene.nearest(&plot, clock, at).expect("something is near");
                assert!(found.at.distance(at) < 1e-6);
                let same = scene.neighbour(&plot, clock, Some((place, index)), true);
                assert_eq!(same.is_some(), index + 1 < track.points.len());
            }
        }
        assert_eq!(scene.nearest(&plot, clock, Point::new(-500.0, -500.0)), None);
    }
}

#[test]
fn a_table_has_each_point_once_in_order_of_time() {
    let timeline = losing();
    let trace = timeline.trace();
    for kind in PlotKind::ALL {
        let plot = plot(trace, kind);
        let rows = plot_rows(&plot);
        assert_eq!(rows.len(), plot.len());
        let times: Vec<_> =
            rows.iter().map(|row| plot_row(&plot, *row).expect("a point").1.at).collect();
        assert!(times.is_sorted());
        let csv = plot_csv(trace, &plot, &titles(trace, &plot), Locale::En);
        assert_eq!(csv.lines().count(), rows.len() + 1);
        assert!(csv.lines().all(|line| line.matches(',').count() == 6), "{csv}");
    }
}

#[test]
fn the_drawing_of_the_sliding_window() {
    let timeline = run("sliding-window");
    let trace = timeline.trace();
    let plot = plot(trace, PlotKind::Sequence);
    let titles = titles(trace, &plot);
    let scene = PlotScene::new(&plot, &view(PlotClock::Even, &titles));
    let svg = plot_svg(&scene, Theme::Light);
    // The style sheet is the theme's.
    insta::assert_snapshot!(svg.split("</style>").last().unwrap_or_default());
}

#[test]
#[ignore = "writes drawings to look at into the folder that PLOTS names"]
fn drawings_to_look_at() {
    let folder = std::env::var("PLOTS").expect("PLOTS names a folder");
    let runs =
        [("window", run("sliding-window")), ("losing", losing()), ("congested", congested())];
    for (name, timeline) in runs {
        let trace = timeline.trace();
        for kind in PlotKind::ALL {
            let plot = plot(trace, kind);
            let titles = titles(trace, &plot);
            let scene = PlotScene::new(&plot, &view(PlotClock::Even, &titles));
            let file = format!("{folder}/{name}-{}.svg", kind.name());
            std::fs::write(file, plot_svg(&scene, Theme::Light)).expect("a file");
        }
    }
}
