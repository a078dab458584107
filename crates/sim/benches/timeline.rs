//! How fast a run is simulated, looked at and changed: a transfer over a link that loses a little.
//! The figures that are promised are measured on runs of a million records, by `cargo xtask bench`.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tcpscope_sim::{
    AppCall, Edit, HostId, HostSetup, Intervention, Limits, LinkSetup, RecordId, Setup, Step,
    Timeline, Wait, Want,
};
use tcpscope_tcp::{Config, Duration};

/// So many records; what each of them costs is to be the same.
const RECORDS: [usize; 2] = [1_000, 10_000];

fn simulate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("simulate");
    group.sample_size(20);
    for records in RECORDS {
        let setup = setup(records);
        group.throughput(Throughput::Elements(records as u64));
        group.bench_with_input(BenchmarkId::from_parameter(records), &setup, |bencher, setup| {
            bencher.iter(|| Timeline::new(black_box(setup).clone()));
        });
    }
    group.finish();
}

fn seek(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("seek");
    for records in RECORDS {
        let timeline = timeline(records);
        let trace = timeline.trace();
        let mut nth = 0_u32;
        group.bench_function(BenchmarkId::from_parameter(records), |bencher| {
            bencher.iter(|| {
                // The low bits of a multiplicative generator: any moments will do.
                nth = nth.wrapping_add(2_654_435_769);
                let record = RecordId(nth % u32::try_from(trace.records().len()).unwrap_or(1));
                let moment = trace.moment_of(black_box(record));
                let flight = trace.in_flight(moment).count();
                (trace.status(HostId(0), record), trace.status(HostId(1), record), flight)
            });
        });
    }
    group.finish();
}

fn edit_and_replay(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("drop in the middle and replay");
    group.sample_size(20);
    for records in RECORDS {
        let timeline = timeline(records);
        let packets = timeline.trace().packets();
        let mut later = packets[packets.len() / 2..].iter();
        let text = later.find(|packet| packet.segment.text_len() > 0).expect("text is sent").id;
        group.throughput(Throughput::Elements(records as u64 / 2));
        group.bench_function(BenchmarkId::from_parameter(records), |bencher| {
            bencher.iter_batched_ref(
                || timeline.clone(),
                |timeline| timeline.edit(Edit::Packet(Intervention::Drop(text))),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn timeline(records: usize) -> Timeline {
    Timeline::new(setup(records)).expect("a sound setup")
}

/// A transfer that goes on until there are so many records.
fn setup(records: usize) -> Setup {
    let step = |wait, call| Step { wait, call };
    let octets = Bytes::from(vec![7; 1 << 16]);
    let mut client = vec![step(Wait::Nothing, AppCall::Open { active: true })];
    client
        .extend((0..=records / 187).map(|_| step(Wait::Connected, AppCall::Send(octets.clone()))));
    let server = vec![
        step(Wait::Nothing, AppCall::Open { active: false }),
        step(Wait::Connected, AppCall::Receive(Want::All)),
    ];
    let host = |name: &str, address: &str, script| {
        HostSetup::new(name, address.parse().expect("a sound literal"), Config::default(), script)
    };
    let link = |from, to| LinkSetup {
        loss_ppm: 100,
        rate_bps: Some(100_000_000),
        ..LinkSetup::new(from, to, Duration::from_millis(10))
    };
    Setup {
        limits: Limits { records, ..Limits::default() },
        ..Setup::new(
            vec![
                host("client", "192.0.2.1:49152", client),
                host("server", "198.51.100.1:80", server),
            ],
            vec![link(HostId(0), HostId(1)), link(HostId(1), HostId(0))],
        )
    }
}

criterion_group!(benches, simulate, seek, edit_and_replay);
criterion_main!(benches);
