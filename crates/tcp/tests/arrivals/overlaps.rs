//! Text in any order, any of it any number of times: it is delivered once, and what is told of it
//! is true.

use proptest::prelude::*;
use tcpscope_tcp::{Config, Duration, Flags, Options, Segment, State, Timer};

use crate::common::segment;
use crate::line::{MODERN, established, octet, text};

const STREAM: u32 = 600;
const BUFFER: u32 = 400;

fn config(window_scale: Option<u8>, delay: u64) -> Config {
    Config {
        sack: true,
        window_scale,
        receive_buffer: BUFFER,
        delayed_ack: Duration::from_millis(delay),
        ..Config::plain()
    }
}

proptest! {
    /// SHLD-31, SHLD-14. Pieces of the stream arrive as they like and are read as one likes: what
    /// is read is the stream, without a gap and each octet once. Every acknowledgment is right: it
    /// acknowledges what was delivered; each SACK block is held, or, the first, came twice; the
    /// right edge of the window never moves left, and what lay beyond it is not held.
    #[test]
    fn the_stream_is_delivered_once(
        events in prop::collection::vec((0..STREAM, 1_u32..80, prop::option::weighted(0.3, 0_u32..300)), 1..60),
        window_scale in prop::option::of(0_u8..5),
        delay in prop::sample::select(vec![0_u64, 40]),
    ) {
        let mut probe = established(config(window_scale, delay), MODERN);
        let shift = window_scale.unwrap_or(0);
        let mut arrived = vec![0_u32; 2000];
        let mut read: Vec<u8> = Vec::new();
        let mut edge = probe.connection.status().rcv_nxt.value() + probe.connection.status().rcv_wnd;
        for (offset, octets, reading) in events {
            let seq = 301 + offset;
            // Table 6 takes no segment that reaches over both edges of the window.
            let nxt = probe.connection.status().rcv_nxt.value();
            let taken_to = if seq < nxt && seq + octets > edge { nxt } else { edge };
            for number in seq..(seq + octets).min(taken_to) {
                arrived[number as usize] += 1;
            }
            probe.arrives(text(seq, octets));
            let mut sent: Vec<Segment> = probe.sent().into_iter().cloned().collect();
            if let Some(max) = reading {
                read.extend(probe.read(max));
                sent.extend(probe.sent().into_iter().cloned());
            }
            let status = probe.connection.status();
            let reached = status.rcv_nxt.value();
            prop_assert_eq!(reached, 301 + read.len() as u32 + status.unread);
            prop_assert!((301..reached).all(|number| arrived[number as usize] > 0));
            prop_assert!(arrived[reached as usize] == 0, "{reached} arrived, but was not taken");
            for sent in &sent {
                let ack = sent.ack.expect("all carry it").value();
                let announced = ack + (u32::from(sent.wnd) << shift);
                prop_assert!(announced >= edge, "the edge moved left: {announced} < {edge}");
                edge = announced;
                for (index, (left, right)) in sent.options.sack.blocks().iter().enumerate() {
                    let (left, right) = (left.value(), right.value());
                    prop_assert!(left < right);
                    let held = left > ack && (left..right).all(|number| arrived[number as usize] > 0);
                    let twice = index == 0 && (left..right).all(|number| arrived[number as usize] > 1);
                    prop_assert!(held || twice, "[{left}, {right}) beyond {ack}");
                }
            }
            // Rounding draws it beyond the buffer, but not without end.
            prop_assert!(status.unread + status.rcv_wnd <= 2 * BUFFER + 2 * (1 << shift));
            prop_assert_eq!(edge, reached + status.rcv_wnd, "judged as it was announced");
        }
        read.extend(probe.read(u32::MAX));
        let stream: Vec<u8> = (301..301 + read.len() as u32).map(octet).collect();
        prop_assert_eq!(read, stream);
    }

    /// A FIN is taken when all text before it was, and not before, however the pieces come.
    #[test]
    fn the_fin_comes_last(order in Just((0_u32..8).collect::<Vec<_>>()).prop_shuffle()) {
        let mut probe = established(Config::plain(), MODERN);
        for (count, piece) in order.iter().enumerate() {
            let flags = if *piece == 7 { Flags::FIN } else { Flags::empty() };
            probe.arrives(Segment { flags, ..text(301 + piece * 10, 10) });
            let all = count == 7;
            prop_assert_eq!(probe.state() == State::CloseWait, all);
        }
        prop_assert_eq!(probe.connection.status().rcv_nxt.value(), 382);
        prop_assert_eq!(probe.read(100).len(), 80);
    }
}

#[test]
fn a_fin_without_text_waits_for_what_is_missing() {
    let mut probe = established(Config::plain(), MODERN);
    probe.arrives(segment(Flags::FIN, 311, Some(101), b""));
    assert_eq!((probe.state(), probe.acks()), (State::Established, vec![301]));
    probe.arrives(text(301, 10));
    assert_eq!((probe.state(), probe.acks()), (State::CloseWait, vec![312]));
}

#[test]
fn nothing_is_left_behind_when_the_connection_ends() {
    let mut probe = established(config(None, 40), Options { sack_permitted: true, ..MODERN });
    probe.arrives(text(311, 10));
    probe.arrives(text(301, 5));
    probe.arrives(segment(Flags::RST, 306, None, b""));
    assert_eq!(probe.state(), State::Closed);
    assert!(Timer::ALL.into_iter().all(|timer| probe.connection.deadline(timer).is_none()));
    assert!(probe.connection.status().out_of_order.is_empty());
}
