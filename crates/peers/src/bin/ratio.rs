//! How many segments a second our hosts carry, against smoltcp's: the same bulk transfer through
//! two of ours and through two of theirs, one after the other in one process.
//!
//! Prints one line a ratio, name and value: `engine.ratio.trace 1.23` with every reason and every
//! variable recorded, `engine.ratio.bare 1.98` without. Each is the lowest of four cases; the cases
//! go to standard error.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Instant as Clock;

use bytes::Bytes;
use tcpscope_peers::{Impairments, Ours, Pair, Peer, Role, Settings, Smoltcp};
use tcpscope_tcp::{Duration, Instant};

const OCTETS: usize = 10_000_000;
/// The best of so many runs counts: the machine has other things to do as well.
const RUNS: usize = 5;

fn main() {
    let mut lowest = [f64::INFINITY; 2];
    for (buffer, window) in [(65_535, "64 KB"), (1_048_576, "1 MB, scaled")] {
        for (loss, lost) in [(0, "no loss"), (10_000, "1 % loss")] {
            let mut best = [0.0_f64; 3];
            // In turns, so that a busy moment of the machine hits all alike.
            for _ in 0..RUNS {
                let client = |observed| settings(Role::Client, buffer, observed);
                let server = |observed| settings(Role::Server, buffer, observed);
                let rates = [
                    rate(Smoltcp::new(client(false)), Smoltcp::new(server(false)), loss),
                    rate(Ours::new(client(true)), Ours::new(server(true)), loss),
                    rate(Ours::new(client(false)), Ours::new(server(false)), loss),
                ];
                for (best, rate) in best.iter_mut().zip(rates) {
                    *best = best.max(rate);
                }
            }
            let [theirs, trace, bare] = best;
            eprintln!(
                "{window}, {lost}: smoltcp {theirs:.0} segments/s, ours {trace:.0} with the trace \
                 ({:.2}), {bare:.0} without ({:.2})",
                trace / theirs,
                bare / theirs
            );
            lowest = [lowest[0].min(trace / theirs), lowest[1].min(bare / theirs)];
        }
    }
    println!("engine.ratio.trace {:.3}", lowest[0]);
    println!("engine.ratio.bare {:.3}", lowest[1]);
}

/// Segments a second, of both directions.
fn rate<A: Peer, B: Peer>(client: A, server: B, loss: u32) -> f64 {
    let text: Vec<u8> = (0..=u8::MAX).cycle().take(OCTETS).collect();
    let impairments = Impairments { loss, ..Impairments::NONE };
    let delay = Duration::from_millis(5);
    let mut pair = Pair::new(client, server, delay, impairments, 1, [text.into(), Bytes::new()]);
    let begun = Clock::now();
    let outcome = pair.run(Instant::from_micros(u64::MAX / 2));
    let seconds = begun.elapsed().as_secs_f64();
    assert_eq!(outcome.read[1].len(), OCTETS, "all arrives");
    let segments: u64 = outcome.packets.iter().sum();
    segments as f64 / seconds
}

fn settings(role: Role, buffer: u32, observed: bool) -> Settings {
    let client = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 40_000);
    let server = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 80);
    let (local, remote) = if role == Role::Client { (client, server) } else { (server, client) };
    Settings { role, local, remote, buffer, mtu: 1_500, modern: true, observed, seed: 1 }
}
