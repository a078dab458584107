//! How long it takes to refuse a link that was made to do harm, and how much memory at most:
//! `cargo run --profile fast -p tcpscope-scenario --example hostile`.

#[path = "../tests/common/hostile.rs"]
mod hostile;

use std::hint::black_box;
use std::time::Instant;

use allocation_counter::measure;
use tcpscope_scenario::Link;

/// Each is read so often; the slowest counts.
const TIMES: usize = 5;

fn main() {
    let bomb = ("a bomb", hostile::bomb(), "");
    let (mut micros, mut octets) = (0.0_f64, 0_u64);
    for (name, text, _) in hostile::much().into_iter().chain([bomb]) {
        let mut slowest = 0.0_f64;
        for _ in 0..TIMES {
            let begun = Instant::now();
            let read = black_box(Link::from_text(black_box(&text)));
            slowest = slowest.max(begun.elapsed().as_secs_f64() * 1e6);
            assert!(read.is_err(), "{name} is read");
        }
        let taken = measure(|| drop(black_box(Link::from_text(&text)))).bytes_max;
        println!("# {name:>16}  {slowest:>9.0} us  {taken:>9} octets, of a link of {}", text.len());
        (micros, octets) = (micros.max(slowest), octets.max(taken));
    }
    println!("link.refused_us {micros:.0}");
    println!("link.refused_octets {octets}");
}
