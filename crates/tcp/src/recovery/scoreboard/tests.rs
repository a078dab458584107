extern crate std;

use super::*;
use proptest::prelude::*;
use std::vec::Vec;

const MSS: u32 = 1000;
const AT: Instant = Instant::from_micros(7);

const fn seq(octets: u32) -> SeqNumber {
    // The numbers go around the circle within each test.
    SeqNumber::new(octets.wrapping_sub(4500))
}

/// So many segments in flight.
fn flight(segments: u32) -> Scoreboard {
    let mut board = Scoreboard::default();
    for index in 0..segments {
        board.push(seq(index * MSS), MSS, Marks::empty(), AT);
    }
    board
}

fn segments_lost(board: &Scoreboard) -> Vec<u32> {
    let lost = board.flown.iter().filter(|flown| flown.has(Marks::LOST));
    lost.map(|flown| flown.seq.distance_from(seq(0)) / MSS).collect()
}

impl Scoreboard {
    /// Counts everything anew.
    fn check(&self) {
        let mut counted = Self::default();
        let mut expected = self.flown.front().map(|first| first.seq);
        for flown in &self.flown {
            assert_eq!(Some(flown.seq), expected, "one behind the other");
            assert!(flown.len > 0);
            expected = Some(flown.end());
            counted.count(flown);
        }
        assert_eq!(self.pipe, counted.pipe, "pipe");
        assert_eq!(self.sacked, counted.sacked, "sacked");
        assert_eq!(self.sacked_segments, counted.sacked_segments, "segments sacked");
        assert_eq!(self.missing, counted.missing, "missing");
        assert_eq!(self.again, counted.again, "sent again");
        let first = self.flown.iter().find(|flown| flown.is_missing()).copied();
        assert_eq!(self.clone().next_missing(), first, "the first that is missing");
        let in_order = self.flown.iter().is_sorted_by_key(|flown| flown.first_sent);
        assert!(in_order, "the first transmissions are in order");
    }
}

#[test]
fn a_segment_is_lost_once_three_runs_or_more_than_two_segments_lie_above() {
    // (what SACK tells, in octets; the segments that are lost), of ten segments in flight: IsLost
    // of RFC 6675 §4.
    type Case<'a> = (&'a [(u32, u32)], &'a [u32]);
    let cases: [Case<'_>; 8] = [
        (&[(1000, 2000)], &[]),
        (&[(1000, 3000)], &[]),
        (&[(1000, 4000)], &[0]),
        (&[(1000, 3000), (4000, 4001)], &[0]),
        (&[(1000, 1001), (4000, 4001), (6000, 6001)], &[0]),
        (&[(2000, 3000), (4000, 5000), (6000, 7000)], &[0, 1]),
        (&[(2000, 3000), (4000, 7000)], &[0, 1, 3]),
        (&[(7000, 10_000)], &[0, 1, 2, 3, 4, 5, 6]),
    ];
    for (blocks, lost) in cases {
        let mut board = flight(10);
        for (left, right) in blocks {
            board.sack(seq(*left), seq(*right), |_| {});
            board.judge_by_sack(MSS, |_| {});
            board.check();
        }
        let mut whole = segments_lost(&board);
        whole.dedup();
        assert_eq!(whole, lost, "{blocks:?}");
    }
}

#[test]
fn pipe_is_what_is_not_lost_and_what_was_sent_again() {
    let mut board = flight(6);
    assert_eq!(board.pipe(), 6000);
    board.sack(seq(3000), seq(6000), |_| {});
    assert_eq!(board.pipe(), 3000);
    board.judge_by_sack(MSS, |_| {});
    assert_eq!((board.pipe(), board.missing()), (0, 3000));
    let sent = board.resend(seq(0), MSS, seq(6000), AT).expect("a segment");
    assert_eq!((sent.seq, sent.len), (seq(0), MSS));
    assert_eq!((board.pipe(), board.missing()), (1000, 2000));
    // What is sent again without being lost counts twice.
    let mut board = flight(2);
    board.resend(seq(1000), MSS, seq(2000), AT);
    assert_eq!(board.pipe(), 3000);
}

#[test]
fn small_segments_go_out_again_together_but_not_over_a_gap_or_an_edge() {
    // (text of each segment, the ones that SACK told of, edge, what goes out)
    type Case<'a> = (&'a [u32], &'a [usize], u32, u32);
    let cases: [Case<'_>; 6] = [
        (&[300, 300, 300], &[], 900, 900),
        (&[300, 800, 300], &[], 1400, 300),
        (&[300, 300, 300], &[1], 900, 300),
        (&[300, 300, 300], &[], 700, 600),
        (&[1000, 300], &[], 400, 400),
        (&[2000, 300], &[], 2300, 1000),
    ];
    for (texts, sacked, edge, octets) in cases {
        let mut board = Scoreboard::default();
        let mut at = 0;
        for text in texts {
            board.push(seq(at), *text, Marks::empty(), AT);
            at += text;
        }
        for index in sacked {
            let left = texts[..*index].iter().sum();
            board.sack(seq(left), seq(left + texts[*index]), |_| {});
        }
        board.lose_all(false);
        let sent = board.resend(seq(0), MSS, seq(edge), AT).expect("a segment");
        assert_eq!(sent.len, octets, "{texts:?}, sacked {sacked:?}, edge {edge}");
        board.check();
    }
}

#[test]
fn push_and_fin_stay_with_the_last_octet() {
    let mut board = Scoreboard::default();
    board.push(seq(0), 1001, Marks::FIN | Marks::PUSHED, AT);
    let first = board.resend(seq(0), 400, seq(1001), AT).expect("a segment");
    assert_eq!(
        (first.text_len(), first.marks & (Marks::FIN | Marks::PUSHED)),
        (400, Marks::empty())
    );
    let rest = board.resend(seq(400), MSS, seq(1001), AT).expect("a segment");
    assert_eq!(rest.text_len(), 600);
    assert!(rest.has(Marks::FIN | Marks::PUSHED));
}

/// What happens to a scoreboard.
#[derive(Clone, Copy, Debug)]
enum Event {
    Push(u32),
    Acknowledge(u32),
    Sack(u32, u32),
    Judge,
    Resend(u32),
    Doubtful,
    Rescue,
    LoseAll(bool),
    Find,
    TooLarge(u32),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (1_u32..1500).prop_map(Event::Push),
        2 => (0_u32..100).prop_map(Event::Acknowledge),
        4 => (0_u32..100, 1_u32..40).prop_map(|(left, len)| Event::Sack(left, len)),
        2 => Just(Event::Judge),
        3 => (100_u32..1200).prop_map(Event::Resend),
        1 => Just(Event::Doubtful),
        1 => Just(Event::Rescue),
        1 => any::<bool>().prop_map(Event::LoseAll),
        1 => Just(Event::Find),
        1 => (100_u32..1500).prop_map(Event::TooLarge),
    ]
}

proptest! {
    /// The counts are right whatever happens, and what is told of as news is told of once.
    #[test]
    fn the_counts_are_right(events in prop::collection::vec(event(), 1..80)) {
        let mut board = Scoreboard::default();
        let (mut una, mut nxt) = (seq(0), seq(0));
        let (mut told, mut forgot) = (0_u64, false);
        for (at, event) in (0_u64..).zip(events) {
            let now = Instant::from_micros(at);
            let flight = nxt.distance_from(una);
            match event {
                Event::Push(len) => {
                    board.push(nxt, len, Marks::empty(), now);
                    nxt += len;
                }
                Event::Acknowledge(percent) => {
                    una += flight * percent / 100;
                    board.acknowledge(una, |flown| told += u64::from(flown.len));
                }
                Event::Sack(percent, len) => {
                    let left = una + flight * percent / 100;
                    let len = (flight * len / 100).min(nxt.distance_from(left));
                    let mut news = 0;
                    let octets = board.sack(left, left + len, |flown| news += flown.len);
                    prop_assert_eq!(octets, news);
                    told += u64::from(news);
                    let mut known = SackBlocks::NONE;
                    known.push(left, left + len);
                    board.remember(known);
                }
                Event::Judge => board.judge_by_sack(MSS, |_| {}),
                Event::Resend(most) => {
                    if let Some(missing) = board.next_missing() {
                        let before = board.missing();
                        let sent = board.resend(missing.seq, most, nxt, now).expect("it is there");
                        prop_assert!(sent.len <= most);
                        prop_assert_eq!(board.missing(), before - sent.len);
                    }
                }
                Event::Doubtful => {
                    if let Some(doubtful) = board.next_doubtful() {
                        board.resend(doubtful.seq, MSS, nxt, now);
                    }
                }
                Event::Rescue => {
                    if let Some(last) = board.last_unsacked() {
                        board.resend(last.seq, MSS, nxt, now);
                    }
                }
                Event::LoseAll(forget) => {
                    forgot |= forget;
                    board.lose_all(forget);
                }
                Event::Find => board.find_all(),
                Event::TooLarge(mss) => {
                    board.lose_larger_than(mss);
                }
            }
            board.check();
            prop_assert!(board.is_empty() == (una == nxt));
            prop_assert!(board.pipe() <= 2 * nxt.distance_from(una));
        }
        board.acknowledge(nxt, |flown| told += u64::from(flown.len));
        board.check();
        prop_assert!(board.is_empty());
        prop_assert_eq!((board.pipe(), board.sacked(), board.missing()), (0, 0, 0));
        if !forgot {
            prop_assert_eq!(told, u64::from(nxt.distance_from(seq(0))), "each octet once");
        }
    }
}
