//! How many segments a second our hosts carry, against smoltcp's: the same bulk transfer through
//! two of ours and through two of theirs, one after the other in one process.
//!
//! Prints one line a ratio, name and value: `engine.ratio.trace 1.23` with every decision recorded,
//! its rule and its numbers; `engine.ratio.bare 1.98` without. Each is the lowest of four cases; the
//! cases go to standard error.
//!
//! What is compared is what each implementation's users get: both speak whole IPv4 packets of the
//! same size, which both put into the same blocks of memory; both compute and verify every checksum;
//! both have timestamps and CUBIC on, and each whatever else is on in it (ours SACK, RACK, PRR and
//! F-RTO, which smoltcp lacks). What is sent is handed over in slices, what is read is only counted:
//! by ours slice by slice, by smoltcp from its ring, neither copied. Links, clock and loop are the
//! same code. All memory that can be had before is: smoltcp's rings, and where a trace is recorded
//! the room for it. Segments of both directions count: ours acknowledge every second segment at
//! least (RFC 9293 §3.8.6.3), smoltcp once for all that it is given at one time.
//!
//! `segments.ratio.trace` and `segments.ratio.bare` are the same at each implementation's own
//! interface: our hosts hand segments to each other, as in the simulator, and no octet is written;
//! smoltcp's hosts, which know nothing but octets, neither compute nor verify checksums.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Instant as Clock;

use bytes::Bytes;
use tcpscope_peers::{Impairments, Ours, Outcome, Pair, Peer, Role, Settings, Smoltcp, Speech};
use tcpscope_tcp::{Duration, Instant};

const OCTETS: usize = 10_000_000;
/// The best of so many runs counts: the machine has other things to do as well.
const RUNS: usize = 60;
/// More decisions than one of our hosts explains in a run.
const ROOM: usize = 1 << 18;

fn main() {
    // For both sides it lies in memory that is there for good: nobody has to count its users.
    let text: Vec<u8> = (0..=u8::MAX).cycle().take(OCTETS).collect();
    let text = Bytes::from_static(text.leak());
    let mut cases = Vec::new();
    for (buffer, window) in [(65_535, "64 KB"), (1_048_576, "1 MB, scaled")] {
        for (loss, lost) in [(0, "no loss"), (10_000, "1 % loss")] {
            let case = Case { text: &text, buffer, loss };
            case.verify(Ours::new);
            case.verify(Ours::in_segments);
            case.verify(Smoltcp::new);
            case.verify(Smoltcp::without_checksums);
            cases.push((format!("{window}, {lost}"), case, [[0.0; 3]; 2]));
        }
    }
    // All take turns, cases too: so a busy moment of the machine hits all alike.
    for _ in 0..RUNS {
        for (_, case, [octets, segments]) in &mut cases {
            case.better(octets, Smoltcp::new, Ours::new);
            case.better(segments, Smoltcp::without_checksums, Ours::in_segments);
        }
    }
    for (number, reading) in ["octets", "segments"].into_iter().enumerate() {
        let mut lowest = [f64::INFINITY; 2];
        for (name, _, best) in &cases {
            let [theirs, trace, bare] = best[number];
            let ratios = [trace / theirs, bare / theirs];
            eprintln!(
                "{name}, in {reading}: smoltcp {theirs:.0} segments/s, ours {trace:.0} with the \
                 trace ({:.2}), {bare:.0} without ({:.2})",
                ratios[0], ratios[1]
            );
            lowest = [lowest[0].min(ratios[0]), lowest[1].min(ratios[1])];
        }
        let figure = if number == 0 { "engine" } else { "segments" };
        println!("{figure}.ratio.trace {:.3}", lowest[0]);
        println!("{figure}.ratio.bare {:.3}", lowest[1]);
    }
}

fn observed(settings: Settings) -> Settings {
    Settings { observed: true, ..settings }
}

/// One transfer: what, through which buffers, and how many packets of a million are lost.
struct Case<'a> {
    text: &'a Bytes,
    buffer: u32,
    loss: u32,
}

impl Case<'_> {
    /// What arrives is what was sent. Not measured.
    fn verify<P: Peer>(&self, host: impl Fn(Settings) -> P) {
        let outcome = run(&mut self.pair(host));
        assert!(outcome.read[1] == *self.text, "all arrives, in order");
    }

    /// The best rates so far: theirs, ours with the trace, ours without.
    fn better<T: Peer, O: Speech>(
        &self,
        best: &mut [f64; 3],
        theirs: impl Fn(Settings) -> T,
        ours: impl Fn(Settings) -> Ours<O>,
    ) where
        Ours<O>: Peer,
    {
        let rates = [
            self.rate(theirs),
            self.rate(|settings| ours(observed(settings)).with_room(ROOM)),
            self.rate(&ours),
        ];
        for (best, rate) in best.iter_mut().zip(rates) {
            *best = best.max(rate);
        }
    }

    /// Segments a second, of both directions.
    fn rate<P: Peer>(&self, host: impl Fn(Settings) -> P) -> f64 {
        let mut pair = self.pair(host).counting();
        let begun = Clock::now();
        let outcome = run(&mut pair);
        let seconds = begun.elapsed().as_secs_f64();
        assert_eq!(outcome.octets[1], self.text.len(), "all arrives");
        let segments: u64 = outcome.packets.iter().sum();
        segments as f64 / seconds
    }

    fn pair<P: Peer>(&self, host: impl Fn(Settings) -> P) -> Pair<P, P> {
        let (client, server) =
            (host(self.settings(Role::Client)), host(self.settings(Role::Server)));
        let impairments = Impairments { loss: self.loss, ..Impairments::NONE };
        let to_send = [self.text.clone(), Bytes::new()];
        Pair::new(client, server, Duration::from_millis(5), impairments, 1, to_send)
    }

    fn settings(&self, role: Role) -> Settings {
        let client = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 40_000);
        let server = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 80);
        let (local, remote) =
            if role == Role::Client { (client, server) } else { (server, client) };
        let buffer = self.buffer;
        Settings { role, local, remote, buffer, mtu: 1_500, modern: true, observed: false, seed: 1 }
    }
}

fn run<P: Peer>(pair: &mut Pair<P, P>) -> Outcome {
    pair.run(Instant::from_micros(u64::MAX / 2))
}
