//! How fast the engine is: ten megabytes from one connection to another, in memory.

#[path = "../tests/shuttle/mod.rs"]
mod shuttle;

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use shuttle::Shuttle;
use tcpscope_tcp::{Config, Effects};

const OCTETS: u64 = 10_000_000;

fn bulk(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("bulk");
    group.throughput(Throughput::Bytes(OCTETS)).sample_size(20);
    let chunk = Bytes::from(vec![7; 16 * 1024]);
    let large = |config| Config { receive_buffer: 1 << 20, send_buffer: 1 << 20, ..config };
    for (name, config, effects) in [
        ("modern", large(Config::default()), Effects::unobserved as fn() -> Effects),
        ("plain", large(Config::plain()), Effects::unobserved),
        ("64 KB buffers", Config::default(), Effects::unobserved),
        ("modern, every reason told", large(Config::default()), Effects::observed),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| Shuttle::established(&config, effects()).transfer(OCTETS, &chunk));
        });
    }
    group.finish();
}

criterion_group!(benches, bulk);
criterion_main!(benches);
