//! Every way from state to state is taken, and none that is not in the table.

mod common;

use std::collections::HashSet;

use common::{ACTIVE, IRS, ISS, NOW, Opened, PASSIVE, in_state};
use proptest::prelude::*;
use tcpscope_tcp::{
    Call, Config, Connection, Effect, Effects, Flags, Instant, Options, Segment, State,
    TRANSITIONS, Timer,
};

/// Something that may happen to a connection.
#[derive(Clone, Debug)]
enum Happening {
    Call(Call),
    Arrives(Segment),
    Timeout(Timer),
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        Just(ACTIVE),
        Just(PASSIVE),
        (0_usize..3000, any::<bool>()).prop_map(|(len, push)| Call::Send {
            data: vec![7; len].into(),
            push,
            urgent: false
        }),
        (0_u32..3000).prop_map(|max| Call::Receive { max }),
        Just(Call::Close),
        Just(Call::Abort),
        Just(Call::Status),
    ]
}

/// Segments near what the connection expects, and some far from it.
fn arriving() -> impl Strategy<Value = Segment> {
    let near = prop_oneof![8 => -2_i32..6, 2 => -70_000_i32..70_000, 1 => any::<i32>()];
    let ack = prop_oneof![
        9 => (-2_i32..6).prop_map(Some),
        1 => any::<i32>().prop_map(Some),
        2 => Just(None)
    ];
    let text = prop_oneof![3 => Just(0_usize), 2 => 0_usize..10, 1 => 0_usize..3000];
    let sum = |base: u32, offset: i32| base.wrapping_add_signed(offset);
    (near, ack, any::<u8>(), any::<u16>(), any::<u16>(), text, any::<Option<u16>>()).prop_map(
        move |(seq, ack, flags, wnd, urg, text, mss)| Segment {
            seq: tcpscope_tcp::SeqNumber::new(sum(IRS.value(), seq)),
            ack: ack.map(|ack| tcpscope_tcp::SeqNumber::new(sum(ISS.value(), ack))),
            flags: Flags::from_bits_truncate(flags),
            wnd,
            urg,
            options: Options { mss, ..Options::NONE },
            ecn: tcpscope_tcp::Ecn::NotEct,
            payload: vec![9; text].into(),
        },
    )
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        3 => call().prop_map(Happening::Call),
        6 => arriving().prop_map(Happening::Arrives),
        1 => prop::sample::select(Timer::ALL.to_vec()).prop_map(Happening::Timeout),
    ]
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Whatever happens: no panic, no illegal change of state, SND.UNA never beyond SND.NXT, the
    /// right edge of the receive window never moved left, and the same with nobody watching.
    #[test]
    fn whatever_happens_the_invariants_hold(
        state in prop::sample::select(State::ALL.to_vec()),
        opened in prop::sample::select(vec![Opened::Actively, Opened::Passively]),
        nagle in any::<bool>(),
        rfc5961 in any::<bool>(),
        buffer in prop_oneof![Just(65_535_u32), 0_u32..3000],
        what in prop::collection::vec(happening(), 1..40),
    ) {
        let config = Config {
            nagle, rfc5961, receive_buffer: buffer.max(2000), send_buffer: buffer,
            ..Config::plain()
        };
        let mut watched = in_state(state, opened, config).connection;
        let mut unwatched = watched.clone();
        for (step, what) in what.into_iter().enumerate() {
            let now = NOW + tcpscope_tcp::Duration::from_millis(step as u64);
            let before = watched.status();
            let mut effects = Effects::observed();
            let mut bare = Effects::unobserved();
            apply(&mut watched, now, what.clone(), &mut effects);
            apply(&mut unwatched, now, what, &mut bare);

            let mut state = before.state;
            for entry in effects.entries() {
                if let Effect::Enter { from, to } = entry.effect {
                    prop_assert_eq!(from, state);
                    prop_assert!(from.may_become(to), "{} -> {}", from, to);
                    state = to;
                }
            }
            let after = watched.status();
            prop_assert_eq!(state, after.state);
            prop_assert!(after.snd_una.at_or_before(after.snd_nxt));
            let same_connection = before.irs.is_some() && after.irs == before.irs
                && before.state != State::Closed && after.state != State::Closed;
            if same_connection {
                let edge = |status: &tcpscope_tcp::Status| status.rcv_nxt + status.rcv_wnd;
                prop_assert!(edge(&after).at_or_after(edge(&before)) ||
                    // The FIN's number may lie one beyond a closed window.
                    before.rcv_wnd == 0);
            }
            prop_assert_eq!(after, unwatched.status());
            let seen: Vec<_> = effects.entries().iter()
                .filter(|entry| entry.effect != Effect::Decide)
                .map(|entry| &entry.effect).collect();
            let unseen: Vec<_> = bare.entries().iter().map(|entry| &entry.effect).collect();
            prop_assert_eq!(seen, unseen);
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
            events.extend([ACTIVE, PASSIVE, Call::Close, Call::Abort].map(Happening::Call));
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
