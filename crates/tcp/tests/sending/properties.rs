//! Whatever the peer acknowledges, in whatever order and with whatever windows: what must hold of
//! the sender.

use proptest::prelude::*;
use tcpscope_tcp::{Config, CongestionControl, Flags, State};

use crate::bench::{Ack, FIRST, Sender};

/// What happens to the sender. Numbers are shares of what is in flight, in per cent; some lie
/// beyond it.
#[derive(Clone, Debug)]
enum Event {
    Write(u32),
    Close,
    Hear { ack: u32, wnd: u16, sack: Vec<(u32, u32)>, echo: bool, text: bool },
    Pass(u64),
    Timer,
}

fn event() -> impl Strategy<Value = Event> {
    let wnd =
        prop_oneof![4 => Just(60_000_u16), 2 => any::<u16>(), 1 => Just(0_u16), 1 => 0_u16..3000];
    let blocks = prop::collection::vec((0_u32..105, 0_u32..40), 0..4);
    let hear = (prop_oneof![3 => Just(0_u32), 3 => 0_u32..101, 1 => 90_u32..110], wnd, blocks);
    prop_oneof![
        3 => (1_u32..20_000).prop_map(Event::Write),
        1 => Just(Event::Close),
        8 => (hear, any::<bool>(), prop::bool::weighted(0.1)).prop_map(
            |((ack, wnd, sack), echo, text)| Event::Hear { ack, wnd, sack, echo, text }
        ),
        3 => (0_u64..300).prop_map(Event::Pass),
        2 => Just(Event::Timer),
    ]
}

fn config() -> impl Strategy<Value = Config> {
    let congestion = prop::sample::select(vec![
        CongestionControl::NewReno,
        CongestionControl::Cubic,
        CongestionControl::None,
    ]);
    (prop::array::uniform9(any::<bool>()), congestion).prop_map(|(on, congestion)| {
        let [sack, timestamps, ecn, nagle, prr, rack_tlp, f_rto, limited_transmit, restart] = on;
        Config {
            sack,
            timestamps,
            ecn,
            nagle,
            prr,
            rack_tlp,
            f_rto,
            limited_transmit,
            restart_after_idle: restart,
            congestion,
            ..Config::plain()
        }
    })
}

/// The furthest number that the peer ever allowed; and the number after the last that was sent.
struct Seen {
    edge: u32,
    nxt: u32,
}

fn check(sender: &mut Sender, seen: &mut Seen) {
    let status = sender.status();
    assert!(status.snd_una.at_or_before(status.snd_nxt));
    assert!(status.pipe <= 2 * status.flight, "{status:?}");
    assert!(status.cwnd > 0);
    for (_, from, to, rule) in sender.segments() {
        if from == to || to.wrapping_sub(from) > 100_000 {
            continue;
        }
        let probe = rule == "window-probe" && to - from == 1;
        assert!(to <= seen.edge || probe, "{from}..{to} beyond {}: {rule}", seen.edge);
        assert!(from <= seen.nxt, "{from} after a gap at {}", seen.nxt);
        seen.nxt = seen.nxt.max(to);
    }
    if status.state != State::Closed {
        assert_eq!(seen.nxt, status.snd_nxt.distance_from(FIRST));
        let waits = status.flight > 0 || status.unsent > 0;
        assert!(!waits || sender.connection.next_timeout().is_some(), "nothing would ever happen");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_beyond_the_window_never_stuck_always_an_end(
        config in config(),
        events in prop::collection::vec(event(), 1..60),
    ) {
        let mut sender = Sender::new(config);
        let mut seen = Seen { edge: 60_000, nxt: 0 };
        for event in events {
            if sender.status().state == State::Closed {
                break;
            }
            match event {
                Event::Write(octets) if sender.status().closing => {
 let _ = octets;
 }
                Event::Write(octets) => {
                    let room = sender.connection.send_room();
                    if room > 0 {
                        sender.write(octets.min(room));
                    }
                }
                Event::Close if sender.status().closing => {}
                Event::Close => {
                    sender.close();
                }
                Event::Hear { ack, wnd, sack, echo, text } => {
                    let status = sender.status();
                    let una = status.snd_una.distance_from(FIRST);
                    let at = |percent: u32| una + status.flight * percent / 100;
                    let number = at(ack);
                    if number <= seen.nxt {
                        seen.edge = seen.edge.max(number + u32::from(wnd));
                    }
                    let sack = sack.iter().map(|(left, len)| (at(*left), at(left + len))).collect();
                    // Text of the peer's comes ahead of a gap, so that its numbers stay.
                    let heard = Ack {
                        ack: number,
                        wnd,
                        sack,
                        flags: if echo { Flags::ECE } else { Flags::empty() },
                        echo: Some(u32::from(wnd)),
                        text: if text { "x" } else { "" },
                    };
                    sender.hear_ahead(&heard, if text { 100 } else { 0 });
                }
                Event::Pass(millis) => {
                    let now = sender.millis();
                    sender.until(now + millis);
                }
                Event::Timer => {
                    sender.next();
                }
            }
            check(&mut sender, &mut seen);
        }
        // A peer that takes everything brings it to its end.
        for _ in 0..500 {
            let status = sender.status();
            if status.state == State::Closed || (status.flight == 0 && status.unsent == 0) {
                break;
            }
            let number = status.snd_nxt.distance_from(FIRST);
            seen.edge = seen.edge.max(number + 60_000);
            sender.hear_ahead(&Ack { ack: number, wnd: 60_000, ..Ack::default() }, 100);
            check(&mut sender, &mut seen);
        }
        prop_assert_eq!((sender.status().flight, sender.status().unsent), (0, 0));
    }

    /// A peer that falls silent: the sender gives up, and has not said more than R2 allows.
    #[test]
    fn a_silent_peer_is_given_up(config in config(), octets in 1_u32..30_000, acked in 0_u32..100) {
        let controlled = config.congestion != CongestionControl::None;
        let mut sender = Sender::new(config);
        sender.write(octets);
        let flight = sender.status().flight;
        sender.until(100).hear(Ack { ack: flight * acked / 100, wnd: 60_000, ..Ack::default() });
        sender.forget();
        let mut timers = 0;
        while sender.next() {
            timers += 1;
            prop_assert!(timers < 100);
        }
        let waited = sender.status().state == State::Closed;
        prop_assert!(waited || sender.status().flight == 0);
        prop_assert!(sender.sent().len() <= 40 || !controlled);
    }
}
