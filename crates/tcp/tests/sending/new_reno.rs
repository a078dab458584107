//! Fast retransmit and fast recovery without SACK: RFC 5681 §3.2, RFC 6582, RFC 3042.

use tcpscope_tcp::{Config, CongestionControl};

use crate::bench::{Ack, Sender, ack, window};

/// Ten segments of 1000 octets in flight, and more to send.
fn ten_in_flight(config: Config) -> Sender {
    let mut sender = Sender::new(config);
    sender.write(40_000);
    assert_eq!(sender.starts().len(), 10);
    sender.until(100).forget();
    sender
}

/// RFC 5681 §3.2.
#[test]
fn the_third_duplicate_sends_the_first_segment_again() {
    let mut sender = ten_in_flight(Config::plain());
    sender.hear(ack(0)).hear(ack(0));
    assert_eq!(sender.sent(), []);
    sender.hear(ack(0));
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);
    let status = sender.status();
    assert_eq!((status.ssthresh, status.cwnd), (5000, 8000));
}

#[test]
fn further_duplicates_let_new_text_out_once_the_window_has_grown_over_the_flight() {
    let mut sender = ten_in_flight(Config::plain());
    for _ in 0..3 {
        sender.hear(ack(0));
    }
    sender.forget();
    // cwnd is 8 segments, 10 are in flight: the third further duplicate lets one more out.
    for (duplicate, sent) in [(4, vec![]), (5, vec![]), (6, vec![10_000]), (7, vec![11_000])] {
        sender.hear(ack(0));
        assert_eq!(sender.starts(), sent, "duplicate {duplicate}");
    }
}

/// RFC 6582 §3.2.
#[test]
fn a_partial_ack_shows_the_next_hole_and_a_full_one_ends_recovery() {
    let mut sender = ten_in_flight(Config::plain());
    for _ in 0..3 {
        sender.hear(ack(0));
    }
    sender.until(200).forget();
    sender.hear(ack(3000));
    assert_eq!(sender.sent(), [(3000, 4000, "retransmit-partial")]);
    // Deflated by what was acknowledged, less one segment: 8 - 3 + 1.
    assert_eq!(sender.status().cwnd, 6000);
    sender.until(300).hear(ack(10_000));
    // min (ssthresh, max (FlightSize, SMSS) + SMSS): nothing is in flight.
    assert_eq!(sender.status().cwnd, 2000);
    assert_eq!(sender.status().recover, None);
    assert_eq!(sender.starts(), [10_000, 11_000]);
}

#[test]
fn what_is_no_duplicate_of_rfc_5681_is_not_counted() {
    // (what comes three times, whether that is a sign of loss)
    let cases = [
        ("the same", ack(0), true),
        ("with text", Ack { text: "abc", ..ack(0) }, false),
        ("with another window", window(0, 50_000), false),
    ];
    for (what, heard, counts) in cases {
        let mut sender = ten_in_flight(Config::plain());
        // Each with the window that the one before did not have.
        for round in 0..3 {
            let wnd = if heard.wnd == 50_000 { 50_000 + round } else { heard.wnd };
            sender.hear(Ack { wnd, ..heard.clone() });
        }
        assert_eq!(sender.applied("fast-retransmit"), counts, "{what}");
    }
    let mut sender = Sender::new(Config::plain());
    for _ in 0..5 {
        sender.hear(ack(0));
    }
    assert!(!sender.applied("fast-retransmit"), "nothing is in flight");
}

#[test]
fn duplicates_of_what_a_timeout_repeated_begin_no_recovery() {
    let mut sender = ten_in_flight(Config::plain());
    sender.until(400);
    assert!(sender.applied("rto-expires"));
    sender.forget();
    for _ in 0..6 {
        sender.hear(ack(0));
    }
    assert!(!sender.applied("fast-retransmit"), "RFC 6582 §3.2 step 2");
    // All that was in flight is acknowledged: from here on it would.
    sender.hear(ack(10_000)).forget();
    for _ in 0..3 {
        sender.hear(ack(10_000));
    }
    assert!(sender.applied("fast-retransmit"));
}

/// RFC 3042 §2.
#[test]
fn limited_transmit_sends_a_new_segment_for_each_of_the_first_two_duplicates() {
    let limited = Config { limited_transmit: true, ..Config::plain() };
    let mut sender = ten_in_flight(limited.clone());
    sender.hear(ack(0));
    assert_eq!(sender.sent(), [(10_000, 11_000, "limited-transmit")]);
    sender.hear(ack(0));
    assert_eq!(sender.sent(), [(11_000, 12_000, "limited-transmit")]);
    sender.hear(ack(0));
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);
    // What limited transmit sent does not count in the FlightSize that is halved.
    assert_eq!(sender.status().ssthresh, 5000);

    // The peer's window has the last word.
    let mut sender = Sender::new(limited);
    sender.write(40_000).hear(window(0, 10_000)).until(100).forget();
    sender.hear(window(0, 10_000));
    assert_eq!(sender.sent(), []);
}

#[test]
fn without_congestion_control_what_is_lost_is_still_sent_again() {
    let config = Config { congestion: CongestionControl::None, ..Config::plain() };
    let mut sender = Sender::new(config);
    sender.write(10_000).until(100).forget();
    for _ in 0..3 {
        sender.hear(ack(0));
    }
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);
}
