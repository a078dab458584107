//! One connection and whatever may happen to it: calls, segments that nobody in their right mind
//! would send, timeouts, ICMP messages, in any order and under any switches.

mod common;

use bytes::Bytes;
use common::{ACTIVE, NOW, Opened, PASSIVE, in_state};
use proptest::prelude::*;
use tcpscope_tcp::{
    Call, Config, CongestionControl, Connection, Duration, Ecn, Effect, Effects, FastOpenCookie,
    Flags, IcmpError, Instant, KeepAlive, Options, SackBlocks, Segment, SeqNumber, State, Status,
    Timestamps, Variant,
};

/// Something that may happen to a connection.
#[derive(Clone, Debug)]
enum Happening {
    Call(Call),
    Arrives(Sketch),
    /// The timer that is next runs out.
    Timeout,
    Passes(Duration),
    Icmp(IcmpError, i32),
    KeepAlive(Option<KeepAlive>),
    UserTimeout(Option<Duration>),
}

/// A segment, with its numbers relative to what the connection stands at when it arrives.
#[derive(Clone, Debug)]
struct Sketch {
    seq: i32,
    ack: Option<(bool, i32)>,
    flags: u8,
    wnd: u16,
    urg: u16,
    mss: Option<u16>,
    window_scale: Option<u8>,
    sack_permitted: bool,
    sack: Vec<(i32, i32)>,
    timestamps: Option<(i32, i32)>,
    fast_open: Option<usize>,
    ecn: Ecn,
    text: usize,
}

fn moved(number: SeqNumber, offset: i32) -> SeqNumber {
    SeqNumber::new(number.value().wrapping_add_signed(offset))
}

impl Sketch {
    fn draw(&self, status: &Status, now: Instant) -> Segment {
        let mut sack = SackBlocks::NONE;
        for (left, len) in &self.sack {
            let left = moved(status.snd_una, *left);
            sack.push(left, moved(left, *len));
        }
        let [a, b, c, d, ..] = (now.as_micros() / 1000).to_le_bytes();
        let clock = u32::from_le_bytes([a, b, c, d]);
        let options = Options {
            mss: self.mss,
            window_scale: self.window_scale,
            sack_permitted: self.sack_permitted,
            sack,
            timestamps: self.timestamps.map(|(value, echo)| Timestamps {
                value: clock.wrapping_add_signed(value),
                echo: clock.wrapping_add_signed(echo),
            }),
            fast_open: self.fast_open.and_then(|len| FastOpenCookie::new(&[7; 16][..len])),
        };
        let ack = self.ack.map(|(of_nxt, offset)| {
            moved(if of_nxt { status.snd_nxt } else { status.snd_una }, offset)
        });
        Segment {
            seq: moved(status.rcv_nxt, self.seq),
            ack,
            flags: Flags::from_bits_truncate(self.flags),
            wnd: self.wnd,
            urg: self.urg,
            options,
            ecn: self.ecn,
            payload: Bytes::from(vec![9; self.text]),
        }
    }
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        2 => prop::sample::select(vec![ACTIVE, PASSIVE]),
        6 => (0_usize..6000, any::<bool>(), any::<bool>()).prop_map(|(len, push, urgent)| {
            Call::Send { data: vec![7; len].into(), push, urgent }
        }),
        4 => (0_u32..3000).prop_map(|max| Call::Receive { max }),
        3 => prop::sample::select(vec![
            Call::Flush, Call::Close, Call::ShutWrite, Call::ShutRead, Call::Orphan, Call::Abort, Call::Linger,
            Call::Status,
        ]),
    ]
}

/// Mostly near by, now and then far off.
fn offset() -> impl Strategy<Value = i32> {
    prop_oneof![
        8 => -2_i32..6,
        4 => -4000_i32..4000,
        2 => -70_000_i32..70_000,
        1 => any::<i32>(),
    ]
}

fn flags() -> impl Strategy<Value = u8> {
    let fin = Flags::FIN.bits();
    prop_oneof![8 => Just(0_u8), 2 => Just(fin), 1 => Just(Flags::SYN.bits()), 3 => any::<u8>()]
}

fn arriving() -> impl Strategy<Value = Sketch> {
    let ack = prop_oneof![
        4 => Just(Some((true, 0))),
        3 => (any::<bool>(), offset()).prop_map(Some),
        1 => Just(None)
    ];
    let text = prop_oneof![3 => Just(0_usize), 2 => 0_usize..10, 2 => 0_usize..3000];
    let seq = prop_oneof![3 => Just(0), 2 => offset()];
    let wnd = prop_oneof![3 => any::<u16>(), 1 => 0_u16..3, 2 => Just(8000_u16)];
    let timestamps = prop_oneof![
        3 => Just(Some((0, 0))),
        2 => Just(None),
        1 => (offset(), offset()).prop_map(Some)
    ];
    let sack = prop::collection::vec((offset(), offset()), 0..5);
    let ecn = prop::sample::select(vec![Ecn::NotEct, Ecn::Ect0, Ecn::Ect1, Ecn::Ce]);
    let syn_options =
        (any::<Option<u16>>(), any::<Option<u8>>(), any::<bool>(), prop::option::of(0_usize..17));
    (seq, ack, flags(), wnd, any::<u16>(), text, (timestamps, sack, ecn), syn_options).prop_map(
        |(seq, ack, flags, wnd, urg, text, (timestamps, sack, ecn), syn_options)| {
            let (mss, window_scale, sack_permitted, fast_open) = syn_options;
            Sketch {
                seq,
                ack,
                flags,
                wnd,
                urg,
                mss,
                window_scale,
                sack_permitted,
                sack,
                timestamps,
                fast_open,
                ecn,
                text,
            }
        },
    )
}

fn icmp_error() -> impl Strategy<Value = IcmpError> {
    prop_oneof![
        3 => any::<u16>().prop_map(|mtu| IcmpError::FragmentationNeeded { mtu }),
        3 => (0_u16..1500).prop_map(|mtu| IcmpError::FragmentationNeeded { mtu }),
        2 => prop::sample::select(vec![
            IcmpError::NetworkUnreachable,
            IcmpError::HostUnreachable,
            IcmpError::ProtocolUnreachable,
            IcmpError::PortUnreachable,
            IcmpError::SourceRouteFailed,
            IcmpError::SourceQuench,
            IcmpError::TimeExceeded,
            IcmpError::ParameterProblem,
        ]),
    ]
}

fn figures() -> impl Strategy<Value = Option<KeepAlive>> {
    prop::option::of((0_u64..100, 0_u64..10, 0_u32..4).prop_map(|(idle, interval, count)| {
        let (idle, interval) = (Duration::from_secs(idle), Duration::from_secs(interval));
        KeepAlive { idle, interval, count }
    }))
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        12 => call().prop_map(Happening::Call),
        24 => arriving().prop_map(Happening::Arrives),
        6 => Just(Happening::Timeout),
        3 => (0_u64..3_000_000).prop_map(|span| Happening::Passes(Duration::from_micros(span))),
        2 => (icmp_error(), offset()).prop_map(|(error, seq)| Happening::Icmp(error, seq)),
        1 => figures().prop_map(Happening::KeepAlive),
        1 => prop::option::of(0_u64..100)
            .prop_map(|secs| Happening::UserTimeout(secs.map(Duration::from_secs))),
    ]
}

fn apply(connection: &mut Connection, now: Instant, what: &Happening, effects: &mut Effects) {
    match what {
        Happening::Call(call) => {
            let _ = connection.call(now, call.clone(), effects);
        }
        Happening::Arrives(sketch) => {
            let segment = sketch.draw(&connection.status(), now);
            connection.segment_arrives(now, segment, effects);
        }
        Happening::Timeout => {
            if let Some((timer, _)) = connection.next_timeout() {
                connection.timeout(now, timer, effects);
            }
        }
        Happening::Passes(_) => {}
        Happening::Icmp(error, offset) => {
            let seq = moved(connection.status().snd_una, *offset);
            connection.icmp(now, *error, seq, effects);
        }
        Happening::KeepAlive(figures) => connection.set_keep_alive(now, *figures, effects),
        Happening::UserTimeout(timeout) => connection.set_user_timeout(now, *timeout, effects),
    }
}

fn switches() -> impl Strategy<Value = Config> {
    let flags = prop::array::uniform16(any::<bool>());
    let congestion = prop::sample::select(vec![
        CongestionControl::NewReno,
        CongestionControl::Cubic,
        CongestionControl::None,
    ]);
    let buffer = || prop_oneof![Just(65_535_u32), 0_u32..3000, any::<u32>()];
    let rest = (any::<u16>(), prop::option::of(any::<u8>()), 0_u32..12, 0_u64..200);
    (flags, congestion, buffer(), buffer(), rest).prop_map(
        |(flags, congestion, receive_buffer, send_buffer, rest)| {
            let [sack, timestamps, ecn, nagle, rfc5961, prr, rack_tlp, f_rto, limited, idle, ..] =
                flags;
            let [.., rfc1337, fast_open, two_way, no_wait, blind, flood] = flags;
            let (mss, window_scale, initial_window_segments, delay) = rest;
            Config {
                mss,
                receive_buffer,
                send_buffer,
                window_scale,
                sack,
                timestamps,
                timestamp_offset: u32::MAX - 5,
                ecn,
                nagle,
                rfc5961,
                delayed_ack: Duration::from_millis(delay),
                congestion,
                initial_window_segments,
                restart_after_idle: idle,
                prr,
                rack_tlp,
                f_rto,
                limited_transmit: limited,
                rfc1337,
                fast_open,
                // A variant each now and then.
                variant: Variant {
                    two_way_opening: two_way && no_wait && blind,
                    no_time_wait: no_wait && !two_way && flood,
                    no_retransmission: blind && two_way && flood,
                    no_flow_control: flood && no_wait && !blind,
                    ..Variant::default()
                },
                ..Config::plain()
            }
        },
    )
}

fn config() -> impl Strategy<Value = Config> {
    prop_oneof![1 => Just(Config::plain()), 2 => Just(Config::default()), 3 => switches()]
}

/// A connection in the state, or as near to it as these switches let it come.
fn begin(state: State, opened: Opened, config: Config) -> Connection {
    if config.variant == Variant::default() && config.receive_buffer >= 2000 && config.mss >= 1000 {
        in_state(state, opened, config).connection
    } else {
        let mut connection = Connection::new(config);
        let call = if opened == Opened::Actively { ACTIVE } else { PASSIVE };
        connection.call(NOW, call, &mut Effects::unobserved()).expect("OPEN in CLOSED");
        connection
    }
}

/// Whether a segment that arrives may be taken for part of the same connection after as before.
fn same_connection(before: &Status, after: &Status) -> bool {
    let numbered = |state: State| !matches!(state, State::Closed | State::Listen | State::SynSent);
    before.irs.is_some()
        && before.irs == after.irs
        && before.iss == after.iss
        && numbered(before.state)
        && numbered(after.state)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None, cases: 2 * ProptestConfig::default().cases,
        ..ProptestConfig::default()
    })]

    /// Whatever happens: no panic; no change of state that is not in the table; SND.UNA never
    /// beyond SND.NXT, and neither moves back; the right edge of the receive window never moves
    /// left; in CLOSED no timer runs; and all the same with nobody watching.
    #[test]
    fn whatever_happens_the_invariants_hold(
        state in prop::sample::select(State::ALL.to_vec()),
        opened in prop::sample::select(vec![Opened::Actively, Opened::Passively]),
        config in config(),
        what in prop::collection::vec(happening(), 1..120),
    ) {
        let mut watched = begin(state, opened, config);
        let mut unwatched = watched.clone();
        let mut now = NOW;
        for (index, what) in what.into_iter().enumerate() {
            match &what {
                Happening::Passes(span) => now = now + *span,
                Happening::Timeout => {
                    if let Some((_, at)) = watched.next_timeout() {
                        now = now.max(at);
                    }
                }
                Happening::Call(_)
                | Happening::Arrives(_)
                | Happening::Icmp(..)
                | Happening::KeepAlive(_)
                | Happening::UserTimeout(_) => now = now + Duration::from_micros(100),
            }
            let before = watched.status();
            let mut effects = Effects::observed();
            let explained = index.is_multiple_of(2);
            let mut bare =
                if explained { Effects::explained() } else { Effects::unobserved() };
            apply(&mut watched, now, &what, &mut effects);
            apply(&mut unwatched, now, &what, &mut bare);

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
            prop_assert!(after.snd_una.at_or_before(after.snd_nxt), "{:?}", after);
            if after.state == State::Closed {
                prop_assert_eq!(watched.next_timeout(), None);
            }
            if same_connection(&before, &after) {
                prop_assert!(before.snd_una.at_or_before(after.snd_una));
                prop_assert!(before.snd_nxt.at_or_before(after.snd_nxt));
                prop_assert!(before.rcv_nxt.at_or_before(after.rcv_nxt));
                let edge = |status: &Status| status.rcv_nxt + status.rcv_wnd;
                // The FIN's number may lie one beyond a closed window.
                let fin = before.rcv_wnd == 0 && edge(&after) == edge(&before) + 1;
                prop_assert!(
                    edge(&after).at_or_after(edge(&before)) || fin,
                    "the window shrinks: {:?}\n{:?}", before, after
                );
            }
            prop_assert_eq!(after, unwatched.status());
            let seen: Vec<_> = effects.entries().iter()
                .filter(|entry| explained || entry.effect != Effect::Decide).collect();
            let unseen: Vec<_> = bare.entries().iter().collect();
            prop_assert_eq!(seen, unseen);
        }
    }
}
