//! Every way from state to state is taken, and none that is not in the table. That long runs of
//! events do not leave it either is a property: `properties_events.rs`, `properties_exchange`.

mod common;

use std::collections::HashSet;

use common::{ACTIVE, NOW, Opened, PASSIVE, in_state};
use tcpscope_tcp::{
    Call, Config, Connection, Effect, Effects, Flags, Instant, Segment, State, TRANSITIONS, Timer,
};

/// Something that may happen to a connection.
#[derive(Clone, Debug)]
enum Happening {
    Call(Call),
    Arrives(Segment),
    Timeout(Timer),
}

fn apply(connection: &mut Connection, now: Instant, what: Happening, effects: &mut Effects) {
    match what {
        Happening::Call(call) => {
            let _ = connection.call(now, call, effects);
        }
        Happening::Arrives(segment) => connection.segment_arrives(now, segment, effects),
        Happening::Timeout(timer) => {
            let at = connection.deadline(timer).unwrap_or(now);
            connection.timeout(at.max(now), timer, effects);
        }
    }
}

#[test]
fn every_edge_is_taken() {
    let mut taken = HashSet::new();
    let syn = || common::segment(Flags::SYN, 300, None, b"");
    let mut note = |effects: &Effects| {
        for entry in effects.entries() {
            if let Effect::Enter { from, to } = entry.effect {
                taken.insert((from, to));
            }
        }
    };
    // Whatever one more event can lead to, from every state, opened either way.
    let next = 301..=302_u32;
    for state in State::ALL {
        for opened in [Opened::Actively, Opened::Passively] {
            let mut events: Vec<Happening> = Timer::ALL.map(Happening::Timeout).into();
            let calls = [
                ACTIVE,
                PASSIVE,
                Call::Close,
                Call::ShutWrite,
                Call::ShutRead,
                Call::Orphan,
                Call::Abort,
                Call::Linger,
            ];
            events.extend(calls.map(Happening::Call));
            events.push(Happening::Arrives(syn()));
            for flags in [Flags::empty(), Flags::FIN, Flags::RST, Flags::SYN] {
                for seq in next.clone().chain([300]) {
                    for ack in [101, 102] {
                        events.push(Happening::Arrives(common::segment(
                            flags,
                            seq,
                            Some(ack),
                            b"",
                        )));
                    }
                }
            }
            for event in events {
                let mut connection = in_state(state, opened, Config::plain()).connection;
                let mut effects = Effects::unobserved();
                apply(&mut connection, NOW, event, &mut effects);
                note(&effects);
            }
        }
    }
    let legal: HashSet<_> = TRANSITIONS.iter().map(|edge| (edge.from, edge.to)).collect();
    let missed: Vec<_> = legal.difference(&taken).collect();
    let illegal: Vec<_> = taken.difference(&legal).collect();
    assert!(missed.is_empty(), "never taken: {missed:?}");
    assert!(illegal.is_empty(), "not in the table: {illegal:?}");
}
