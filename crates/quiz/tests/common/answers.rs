//! Answers of every kind, for the codes that hold them.

use proptest::prelude::*;
use tcpscope_quiz::{Answer, NextSegment, Outcome, Repair, Sender, Stop};
use tcpscope_sim::{CallResult, HostId, PacketKind};
use tcpscope_tcp::{CallError, Errno, Instant, State, Timer};

fn host() -> impl Strategy<Value = HostId> {
    any::<u8>().prop_map(HostId)
}

fn time() -> impl Strategy<Value = Instant> {
    any::<u64>().prop_map(Instant::from_micros)
}

fn state() -> impl Strategy<Value = State> {
    prop::sample::select(State::ALL.to_vec())
}

fn result() -> impl Strategy<Value = CallResult> {
    prop_oneof![
        Just(CallResult::Ok),
        any::<u32>().prop_map(CallResult::Sent),
        any::<u32>().prop_map(CallResult::Received),
        Just(CallResult::Waits),
        Just(CallResult::EndOfStream),
        Just(CallResult::Refused(CallError::RemoteUnspecified)),
        Just(CallResult::Failed(Errno::TimedOut)),
    ]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let kind = prop::sample::select(PacketKind::ALL.to_vec());
    let repair = (host(), kind, any::<u32>(), any::<u32>(), time())
        .prop_map(|(host, kind, seq, len, at)| Repair { host, kind, seq, len, at });
    let end = || (host(), state());
    (prop::option::of(repair), prop::option::of(host()), end(), end())
        .prop_map(|(repair, told, one, other)| Outcome { repair, told, ends: [one, other] })
}

pub(crate) fn answer() -> impl Strategy<Value = Answer> {
    let segment = (any::<u8>(), any::<u32>(), prop::option::of(any::<u32>()), any::<u32>())
        .prop_map(|(flags, seq, ack, len)| NextSegment { flags, seq, ack, len });
    let timer = prop::sample::select(Timer::ALL.to_vec());
    prop_oneof![
        prop::option::of(state()).prop_map(Answer::State),
        prop::option::of(segment).prop_map(Answer::Segment),
        (host(), time()).prop_map(|(host, at)| Answer::Sender(Sender { host, at })),
        (host(), timer, time()).prop_map(|(host, timer, at)| Answer::Timer(Stop {
            host,
            timer,
            at
        })),
        result().prop_map(Answer::Call),
        any::<u32>().prop_map(Answer::Octets),
        outcome().prop_map(|outcome| Answer::Outcome(Box::new(outcome))),
    ]
}
