//! Our host and smoltcp's, in octets: both roles, both directions, over links that lose, reorder,
//! duplicate and damage. Thousands of seeded runs; whatever fails names its seed.

use std::net::{Ipv4Addr, SocketAddrV4};

use bytes::Bytes;
use tcpscope_peers::{Impairments, Ours, Outcome, Pair, Peer, Role, Settings, Smoltcp};
use tcpscope_tcp::{Duration, Instant};

const CLIENT: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), 40_000);
const SERVER: SocketAddrV4 = SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 2), 80);
/// Long enough for any run that ends at all.
const UNTIL: Instant = Instant::from_micros(3_600_000_000);

fn settings(role: Role, seed: u64) -> Settings {
    let (local, remote) = if role == Role::Client { (CLIENT, SERVER) } else { (SERVER, CLIENT) };
    Settings {
        role,
        local,
        remote,
        // Small and large windows, scaled and not.
        buffer: [2_000, 16_384, 65_535, 262_144][usize::try_from(seed % 4).unwrap_or(0)],
        mtu: [576, 1_500][usize::try_from(seed / 4 % 2).unwrap_or(0)],
        modern: (seed / 8).is_multiple_of(2),
        observed: (seed / 16).is_multiple_of(2),
        seed,
    }
}

fn text(seed: u64, len: usize) -> Vec<u8> {
    (0..len).map(|at| u8::try_from((at as u64 * 31 + seed) % 251).unwrap_or(0)).collect()
}

/// So much from the client and so much from the server: one way, the other, both, neither.
fn texts(seed: u64) -> [Bytes; 2] {
    let (up, down) = [(20_000, 0), (0, 20_000), (12_000, 12_000), (1, 0)]
        [usize::try_from(seed / 32 % 4).unwrap_or(0)];
    [text(seed, up).into(), text(seed + 1, down).into()]
}

fn run<A: Peer, B: Peer<Packet = A::Packet>>(
    client: A,
    server: B,
    rate: u32,
    seed: u64,
) -> (Outcome, [Bytes; 2]) {
    let texts = texts(seed);
    let delay = Duration::from_millis(1 + seed % 40);
    let mut pair = Pair::new(client, server, delay, Impairments::all(rate), seed, texts.clone());
    (pair.run(UNTIL), texts)
}

/// All is delivered, once and in order; or, where a connection failed, what was delivered is a
/// beginning of what was sent.
fn judge(what: &str, seed: u64, rate: u32, (outcome, [up, down]): (Outcome, [Bytes; 2])) -> bool {
    let [at_client, at_server] = &outcome.read;
    assert!(
        up.starts_with(at_server),
        "{what}, seed {seed}, rate {rate}: the server read {} octets that were not sent so",
        at_server.len()
    );
    assert!(
        down.starts_with(at_client),
        "{what}, seed {seed}, rate {rate}: the client read {} octets that were not sent so",
        at_client.len()
    );
    let whole = *at_server == up && *at_client == down && outcome.ended == [true, true];
    if rate == 0 {
        assert!(
            whole,
            "{what}, seed {seed}: {:?} of {:?} octets, ended {:?}, failed {:?}, at {:?}",
            [at_client.len(), at_server.len()],
            [down.len(), up.len()],
            outcome.ended,
            outcome.failed,
            outcome.at
        );
    }
    whole
}

/// Runs `seeds` seeds at each rate and asks that so many of a hundred deliver everything: with
/// losses of 20 % and as much reordering, duplication and damage a connection may rightly give up.
fn runs(what: &str, seeds: u64, one: impl Fn(u64, u32) -> (Outcome, [Bytes; 2])) {
    for (rate, least) in [(0, 100), (10_000, 100), (50_000, 99), (200_000, 50)] {
        let whole = (0..seeds).filter(|seed| judge(what, *seed, rate, one(*seed, rate))).count();
        let share = 100 * whole as u64 / seeds;
        assert!(
            share >= least,
            "{what}, rate {rate}: {whole} of {seeds} runs delivered everything"
        );
    }
}

#[test]
fn our_client_and_smoltcp_s_server() {
    runs("our client", 256, |seed, rate| {
        run(
            Ours::new(settings(Role::Client, seed)),
            Smoltcp::new(settings(Role::Server, seed)),
            rate,
            seed,
        )
    });
}

#[test]
fn smoltcp_s_client_and_our_server() {
    runs("our server", 256, |seed, rate| {
        run(
            Smoltcp::new(settings(Role::Client, seed)),
            Ours::new(settings(Role::Server, seed)),
            rate,
            seed,
        )
    });
}

#[test]
fn our_client_and_our_server() {
    runs("both ours", 256, |seed, rate| {
        run(
            Ours::new(settings(Role::Client, seed)),
            Ours::new(settings(Role::Server, seed)),
            rate,
            seed,
        )
    });
}

/// The same seed, the same run.
#[test]
fn a_run_is_the_same_every_time() {
    let one = |seed| {
        run(
            Ours::new(settings(Role::Client, seed)),
            Ours::new(settings(Role::Server, seed)),
            100_000,
            seed,
        )
    };
    assert_eq!(one(7), one(7));
}

/// Octets tell all that there is to tell of a segment; and what is damaged is as good as lost.
#[test]
fn in_segments_a_run_is_the_same_as_in_octets() {
    for (seed, rate) in (0..64).flat_map(|seed| [(seed, 0), (seed, 50_000)]) {
        let hosts = |role| Ours::new(settings(role, seed));
        let octets = run(hosts(Role::Client), hosts(Role::Server), rate, seed);
        let hosts = |role| Ours::in_segments(settings(role, seed));
        let segments = run(hosts(Role::Client), hosts(Role::Server), rate, seed);
        assert_eq!(octets, segments, "seed {seed}, rate {rate}");
    }
}
