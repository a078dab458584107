//! Prints the native figures, and how cost grows with records.

#[cfg(not(target_family = "wasm"))]
fn main() {
    native::main();
}

#[cfg(target_family = "wasm")]
fn main() {}

#[cfg(not(target_family = "wasm"))]
mod native {
    use std::hint::black_box;
    use std::time::{Duration, Instant};

    use allocation_counter::measure;
    use tcpscope_pace::{look, middle, timeline};
    use tcpscope_sim::Timeline;

    /// So many moments are looked at.
    const LOOKS: u32 = 10_000;

    pub(super) fn main() {
        println!(
            "# records  simulated  a record  sought p99  replayed from the middle  octets a record"
        );
        for records in [1000, 10_000, 100_000, 1_000_000] {
            let (timeline, took, octets) = simulated(records);
            let seek = seek_p99(&timeline);
            let made = timeline.trace().records().len();
            let replay = replay(timeline);
            let nanos = took.as_nanos() / made.max(1) as u128;
            println!(
                "# {made:>7}  {took:>9.2?}  {nanos:>5} ns  {seek:>10.2?}  {replay:>24.2?}  {octets:>15.1}"
            );
            if records == 1_000_000 {
                println!("timeline.seek_p99_us.native {:.2}", seek.as_secs_f64() * 1e6);
                println!("timeline.octets_per_record {octets:.1}");
            }
        }
    }

    /// A run, how long it took, and what it takes of memory for each record: all of it.
    fn simulated(records: usize) -> (Timeline, Duration, f64) {
        let mut made = None;
        let memory = measure(|| {
            let begun = Instant::now();
            let timeline = timeline(records);
            made = Some((timeline, begun.elapsed()));
        });
        let (timeline, took) = made.expect("it was measured");
        let octets = memory.bytes_current as f64 / timeline.trace().records().len() as f64;
        (timeline, took, octets)
    }

    fn seek_p99(timeline: &Timeline) -> Duration {
        // The low bits of a multiplicative generator: any moments will do.
        let shares = (1..=LOOKS).map(|nth| nth.wrapping_mul(2_654_435_769));
        let mut took: Vec<Duration> = shares
            .map(|share| {
                let begun = Instant::now();
                black_box(look(timeline.trace(), black_box(share)));
                begun.elapsed()
            })
            .collect();
        took.sort_unstable();
        took[took.len() * 99 / 100]
    }

    fn replay(mut timeline: Timeline) -> Duration {
        let edit = middle(timeline.trace()).expect("text is sent");
        let begun = Instant::now();
        timeline.edit(edit).expect("it can be dropped");
        begun.elapsed()
    }
}
