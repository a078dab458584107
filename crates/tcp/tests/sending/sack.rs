//! What SACK tells, and recovery by it: RFC 2018, RFC 2883, RFC 6675. Losses are detected by count.

use tcpscope_tcp::{Config, CongestionControl, Reason};

use crate::bench::{Sender, ack, sack, window};

fn config() -> Config {
    Config { sack: true, limited_transmit: true, ..Config::plain() }
}

/// Ten segments of 1000 octets in flight, and `more` octets to send.
fn ten_in_flight(config: Config, more: u32) -> Sender {
    let mut sender = Sender::new(config);
    sender.write(10_000 + more);
    assert_eq!(sender.starts().len(), 10);
    sender.until(100).forget();
    sender
}

/// RFC 2018 §5, RFC 6675 §5.
#[test]
fn three_segments_beyond_a_hole_begin_recovery() {
    let mut sender = ten_in_flight(config(), 0);
    sender.hear(sack(0, &[(1000, 2000)])).hear(sack(0, &[(1000, 3000)]));
    assert_eq!(sender.sent(), []);
    sender.hear(sack(0, &[(1000, 4000)]));
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);
    let status = sender.status();
    // FlightSize is 10 segments; in the network are the 6 beyond, and the one that was repeated.
    assert_eq!((status.ssthresh, status.cwnd, status.pipe), (5000, 5000, 7000));
    sender.until(200).hear(ack(10_000));
    assert_eq!((sender.status().recover, sender.status().cwnd), (None, 5000));
}

#[test]
fn one_ack_may_tell_enough() {
    let mut sender = ten_in_flight(config(), 0);
    sender.hear(sack(0, &[(2000, 5000)]));
    // Both holes, as far as cwnd has room: 5 - pipe (5 beyond + 1 again) leaves none.
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);
    sender.hear(sack(0, &[(2000, 7000)]));
    assert_eq!(sender.sent(), [(1000, 2000, "retransmit-sack")]);
}

/// RFC 6675 §4.
#[test]
fn what_goes_out_is_what_is_lost_then_what_is_new_then_what_may_be_lost() {
    let mut sender = ten_in_flight(config(), 1000);
    // 0 is lost, 4 and 7 are holes that too little lies beyond.
    sender.hear(sack(0, &[(8000, 10_000), (5000, 7000), (1000, 4000)]));
    let sent = sender.sent();
    assert_eq!(
        sent,
        [
            (0, 1000, "fast-retransmit"),
            (4000, 5000, "retransmit-sack"),
            (10_000, 11_000, "send-text"),
            (7000, 8000, "retransmit-sack"),
        ]
    );
}

/// RFC 6675 §4.
#[test]
fn the_end_of_the_flight_is_rescued_once() {
    let mut sender = ten_in_flight(config(), 0);
    // 0 and 9 are lost; no SACK can show the latter.
    sender.hear(sack(0, &[(1000, 9000)]));
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);
    // The hole is filled, the end is still missing. HighACK must be beyond RescueRxt.
    sender.until(200).hear(ack(9000));
    assert_eq!(sender.sent(), [(9000, 10_000, "rescue-retransmit")]);
    sender.hear(ack(9000)).hear(ack(9000));
    assert_eq!(sender.sent(), [], "once for each recovery");
}

/// RFC 3042 §2.
#[test]
fn duplicates_let_new_text_out_by_what_has_left_the_network() {
    let mut sender = ten_in_flight(config(), 5000);
    sender.hear(sack(0, &[(1000, 2000)]));
    assert_eq!(sender.sent(), [(10_000, 11_000, "limited-transmit")]);
    sender.hear(sack(0, &[(1000, 3000)]));
    assert_eq!(sender.sent(), [(11_000, 12_000, "limited-transmit")]);
    sender.hear(sack(0, &[(1000, 4000)]));
    assert_eq!(sender.status().ssthresh, 5000, "limited transmit does not count");

    let config = Config { limited_transmit: false, ..config() };
    let mut sender = ten_in_flight(config, 5000);
    sender.hear(sack(0, &[(1000, 2000)]));
    assert_eq!(sender.sent(), []);
}

#[test]
fn blocks_that_lie_are_ignored() {
    // (what is wrong, block)
    let cases =
        [("beyond SND.NXT", (9000, 11_000)), ("backwards", (5000, 4000)), ("empty", (5000, 5000))];
    for (what, block) in cases {
        let mut sender = ten_in_flight(config(), 0);
        sender.hear(sack(0, &[block]));
        assert!(sender.applied("sack-ignored"), "{what}");
        assert_eq!(sender.status().pipe, 10_000, "{what}");
    }
    // Below SND.UNA, but not as a first block: it is old.
    let mut sender = ten_in_flight(config(), 0);
    sender.hear(ack(5000)).forget();
    sender.hear(sack(5000, &[(6000, 7000), (1000, 2000)]));
    assert!(sender.applied("sack-ignored"));
}

/// RFC 2883 §4.
#[test]
fn a_first_block_below_the_acknowledgment_or_in_the_second_tells_of_a_duplicate() {
    // (ACK, blocks, what the peer received twice)
    type Case<'a> = (u32, &'a [(u32, u32)], Option<(u32, u32)>);
    let cases: [Case<'_>; 4] = [
        (3000, &[(1000, 2000)], Some((1000, 2000))),
        (3000, &[(5000, 6000), (4000, 8000)], Some((5000, 6000))),
        (3000, &[(4000, 8000)], None),
        (3000, &[(1000, 2000), (4000, 8000)], Some((1000, 2000))),
    ];
    for (number, blocks, twice) in cases {
        let mut sender = ten_in_flight(config(), 0);
        sender.hear(sack(number, blocks));
        let told = sender.reasons.iter().find_map(|reason| match reason {
            Reason::DsackTaken { left, right } => Some((*left, *right)),
            _ => None,
        });
        let first = crate::bench::FIRST;
        assert_eq!(told, twice.map(|(l, r)| (first + l, first + r)), "{blocks:?}");
    }
}

#[test]
fn duplicates_that_tell_nothing_new_do_not_count() {
    let mut sender = ten_in_flight(config(), 0);
    for _ in 0..6 {
        sender.hear(sack(0, &[(1000, 2000)]));
    }
    assert!(!sender.applied("fast-retransmit"));
    assert_eq!(sender.status().duplicates, 1);
}

#[test]
fn a_timeout_forgets_what_sack_told() {
    let mut sender = ten_in_flight(config(), 0);
    sender.hear(sack(0, &[(1000, 2000)]));
    sender.until(400);
    assert!(sender.applied("rto-expires"));
    assert_eq!(sender.sent(), [(0, 1000, "retransmit-after-timeout")]);
    // The peer has really thrown it away: it goes out again.
    sender.hear(ack(1000));
    assert_eq!(sender.starts(), [1000, 2000]);
}

#[test]
fn sack_guides_what_goes_out_after_a_timeout() {
    let mut sender = ten_in_flight(config(), 0);
    sender.until(300).forget();
    assert_eq!(sender.status().cwnd, 1000);
    // Only 0 and 5 were lost.
    sender.hear(sack(5000, &[(6000, 10_000)]));
    assert_eq!(sender.starts(), [5000]);
    sender.hear(ack(10_000));
    assert_eq!(sender.sent(), []);
}

/// MAY-18: each congestion control has its own share.
#[test]
fn reductions_are_made_once_a_recovery() {
    for prr in [false, true] {
        for (congestion, left) in
            [(CongestionControl::NewReno, 5000), (CongestionControl::Cubic, 7000)]
        {
            let mut sender = ten_in_flight(Config { prr, congestion, ..config() }, 20_000);
            sender.hear(sack(0, &[(1000, 4000)]));
            assert_eq!(sender.status().ssthresh, left);
            sender.hear(sack(0, &[(1000, 7000)])).hear(sack(0, &[(1000, 9000)]));
            assert_eq!(sender.status().ssthresh, left);
            let nxt = sender.status().snd_nxt.distance_from(crate::bench::FIRST);
            sender.until(200).hear(ack(nxt));
            assert_eq!((sender.status().cwnd, sender.status().recover), (left, None), "prr: {prr}");
        }
    }
}

/// RFC 9937 §6.
#[test]
fn proportional_rate_reduction_sends_a_part_of_what_is_delivered() {
    let mut sender = Sender::new(Config { prr: true, initial_window_segments: 20, ..config() });
    sender.write(60_000);
    // min (20 segments, 29200 octets).
    assert_eq!(sender.starts().len(), 20);
    sender.until(100).forget();
    let mut sent = 0;
    for delivered in 1..=18 {
        sender.hear(sack(0, &[(1000, 1000 + delivered * 1000)]));
        sent += sender.starts().len();
    }
    // Half of what is delivered goes out again or anew.
    assert!((9..=12).contains(&sent), "{sent}");
    assert!(sender.status().pipe <= 11_000, "{}", sender.status().pipe);
}

#[test]
fn the_peers_window_bounds_what_is_sent_in_recovery() {
    let mut sender = Sender::new(config());
    sender.write(30_000).hear(window(0, 10_000)).until(100).forget();
    let mut told = sack(0, &[(1000, 10_000)]);
    told.wnd = 10_000;
    sender.hear(told);
    assert_eq!(sender.starts(), [0], "the window has no room for more");
}
