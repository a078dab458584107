//! Networks, configurations and programs, drawn.

use proptest::prelude::*;
use tcpscope_tcp::{Config, CongestionControl, Duration, Instant, KeepAlive};

use crate::world::{Manners, Network, Program};

pub(crate) fn network(dies: bool) -> impl Strategy<Value = Network> {
    let dies_at = if dies { (1_u64..20_000).prop_map(Some).boxed() } else { Just(None).boxed() };
    let loss = prop_oneof![2 => Just(0_u64), 3 => 0_u64..10, 1 => 10_u64..30];
    let repeats = prop_oneof![2 => Just(0_u64), 1 => 0_u64..20];
    let jitter = prop_oneof![2 => Just(0_u64), 2 => 0_u64..20_000, 1 => 0_u64..200_000];
    (any::<u64>(), loss, repeats, 0_u64..20, 100_u64..100_000, jitter, dies_at).prop_map(
        |(key, loss, repeats, marks, delay, jitter, dies_at)| Network {
            key,
            loss,
            repeats,
            marks,
            delay: Duration::from_micros(delay),
            jitter: Duration::from_micros(jitter),
            dies_at: dies_at.map(|millis| Instant::from_micros(millis * 1000)),
        },
    )
}

pub(crate) fn switches() -> impl Strategy<Value = Config> {
    let flags = prop::array::uniform12(any::<bool>());
    let congestion = prop::sample::select(vec![
        CongestionControl::NewReno,
        CongestionControl::Cubic,
        CongestionControl::None,
    ]);
    let buffer = || prop_oneof![Just(65_535_u32), 1_u32..3000, 3000_u32..500_000];
    let mss = prop_oneof![Just(1460_u16), 100_u16..1460, Just(9000_u16)];
    let scale = prop::option::of(0_u8..=14);
    let rest = (1_u32..12, 0_u64..200, any::<u32>(), any::<bool>());
    (flags, congestion, (buffer(), buffer()), mss, scale, rest).prop_map(
        |(flags, congestion, (receive_buffer, send_buffer), mss, window_scale, rest)| {
            let [
                sack,
                timestamps,
                ecn,
                nagle,
                rfc5961,
                prr,
                rack_tlp,
                f_rto,
                limited,
                idle,
                keep,
                one,
            ] = flags;
            let (initial_window_segments, delay, timestamp_offset, user) = rest;
            Config {
                mss,
                receive_buffer,
                send_buffer,
                window_scale,
                sack,
                timestamps,
                timestamp_offset,
                ecn,
                nagle,
                rfc5961,
                delayed_ack: Duration::from_millis(if one { 0 } else { delay }),
                congestion,
                initial_window_segments,
                restart_after_idle: idle,
                prr,
                rack_tlp,
                f_rto,
                limited_transmit: limited,
                keep_alive: keep.then_some(KeepAlive::default()),
                user_timeout: user.then_some(Duration::from_secs(3000)),
                ..Config::plain()
            }
        },
    )
}

pub(crate) fn config() -> impl Strategy<Value = Config> {
    prop_oneof![1 => Just(Config::plain()), 1 => Just(Config::default()), 3 => switches()]
}

pub(crate) fn program(octets: u32, manners: Manners) -> impl Strategy<Value = Program> {
    let pause = prop_oneof![2 => Just(0_u64), 1 => 0_u64..50_000, 1 => 0_u64..2_000_000];
    (0..octets, 1_u32..5000, 1_u32..20_000, pause).prop_map(move |(octets, chunk, reads, pause)| {
        Program {
            octets,
            chunk,
            reads: reads.max(octets / 200),
            pause: Duration::from_micros(pause),
            manners,
        }
    })
}

pub(crate) fn rude() -> impl Strategy<Value = Program> {
    (program(60_000, Manners::Polite), 0_u64..5000, any::<bool>()).prop_map(
        |(program, millis, aborts)| {
            let at = Instant::from_micros(millis * 1000);
            let manners = if aborts { Manners::Aborts(at) } else { Manners::LetsGo(at) };
            Program { manners, ..program }
        },
    )
}
