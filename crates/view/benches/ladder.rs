//! How fast the ladder of a long run is made and drawn: a run of 100,000 records, and one with
//! 1,000 segments under way at a time.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use tcpscope_sim::{
    AppCall, Connect, HostId, HostSetup, Limits, LinkSetup, Setup, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::{Config, Duration};
use tcpscope_view::{Ladder, LadderLayout, Numbers};

fn step(wait: Wait, call: AppCall) -> Step {
    Step { wait, call }
}

fn host(name: &str, address: &str, script: Vec<Step>) -> HostSetup {
    HostSetup::new(
        name,
        address.parse().expect("a sound literal"),
        Config { receive_buffer: 4 << 20, send_buffer: 4 << 20, ..Config::default() },
        script,
    )
}

/// One long transfer of so many records.
fn transfer(records: usize, loss_ppm: u32, delay: u64) -> Timeline {
    let client = vec![
        step(Wait::Nothing, AppCall::Connect(Connect::default())),
        step(Wait::Connected, AppCall::Generate { octets: 1 << 30 }),
        step(Wait::Nothing, AppCall::Close),
    ];
    let server = vec![
        step(Wait::Nothing, AppCall::Listen { backlog: 4 }),
        step(Wait::Nothing, AppCall::Receive(Want::All)),
    ];
    let link = |from, to| LinkSetup {
        loss_ppm,
        ..LinkSetup::new(HostId(from), HostId(to), Duration::from_millis(delay))
    };
    let setup = Setup {
        limits: Limits { records, ..Limits::default() },
        ..Setup::new(
            vec![
                host("client", "192.0.2.1:49152", client),
                host("server", "198.51.100.1:80", server),
            ],
            vec![link(0, 1), link(1, 0)],
        )
    };
    Timeline::new(setup).expect("a setup that can be run")
}

fn long_run(c: &mut Criterion) {
    let timeline = transfer(100_000, 10_000, 20);
    let trace = timeline.trace();
    let new = || Ladder::new(trace, LadderLayout::of(trace, 900.0), Numbers::Relative);
    c.bench_function("ladder of 100,000 records: made", |b| b.iter(|| black_box(new())));
    let mut ladder = new();
    for (name, zoom) in [("usual", 1.0), ("0.1", 0.1), ("whole run", 900.0 / ladder.height())] {
        ladder.set_zoom(trace, zoom);
        let (height, mut top) = (ladder.height(), 0.0);
        c.bench_function(&format!("ladder of 100,000 records: scene, zoom {name}"), |b| {
            b.iter(|| {
                // Scrolling: each frame shows a little more that no frame has shown.
                top = if top + 900.0 < height { top + 17.0 } else { 0.0 };
                let playhead = ladder.axis().playhead_at(ladder.on_axis(top + 300.0));
                let scene = ladder.scene(trace, top..top + 900.0, playhead, None);
                black_box((scene, ladder.in_flight(playhead)))
            });
        });
    }
    let mut zoom = 0.5;
    c.bench_function("ladder of 100,000 records: zoomed", |b| {
        b.iter(|| {
            zoom = if zoom > 2.0 { 0.01 } else { zoom * 1.05 };
            ladder.set_zoom(trace, zoom);
            let top = ladder.height() / 2.0;
            let playhead = ladder.axis().playhead_at(ladder.on_axis(top));
            black_box(ladder.scene(trace, top..top + 900.0, playhead, None))
        });
    });
}

fn many_under_way(c: &mut Criterion) {
    let timeline = transfer(100_000, 0, 400);
    let trace = timeline.trace();
    let ladder = Ladder::new(trace, LadderLayout::of(trace, 900.0), Numbers::Relative);
    let height = ladder.axis().height();
    let places = (0..2000).map(|part| height * f64::from(part) / 2000.0);
    let counted = places.map(|y| ladder.axis().playhead_at(y));
    let busiest =
        counted.max_by_key(|playhead| ladder.in_flight(*playhead).len()).expect("some place");
    let count = ladder.in_flight(busiest).len();
    c.bench_function(&format!("{count} segments under way"), |b| {
        b.iter(|| black_box(ladder.in_flight(busiest)));
    });
    let top = busiest.y - 300.0;
    c.bench_function(&format!("{count} segments under way: with the scene"), |b| {
        b.iter(|| {
            let scene = ladder.scene(trace, top..top + 900.0, busiest, None);
            black_box((scene, ladder.in_flight(busiest)))
        });
    });
    let mut ladder = ladder;
    let mut part = 0.0;
    c.bench_function("1,000 segments under way: after a jump", |b| {
        b.iter(|| {
            part = (part + 0.618_034) % 1.0;
            let top = height * part;
            let playhead = ladder.axis().playhead_at(top + 300.0);
            black_box(ladder.scene(trace, top..top + 900.0, playhead, None))
        });
    });
    let mut zoom = 0.5;
    c.bench_function("1,000 segments under way: zoomed", |b| {
        b.iter(|| {
            zoom = if zoom > 2.0 { 0.01 } else { zoom * 1.05 };
            ladder.set_zoom(trace, zoom);
            let top = ladder.height() / 2.0;
            let playhead = ladder.axis().playhead_at(ladder.on_axis(top));
            black_box(ladder.scene(trace, top..top + 900.0, playhead, None))
        });
    });
}

criterion_group!(benches, long_run, many_under_way);
criterion_main!(benches);
