//! Loss detection by time: RFC 8985 §6.

use tcpscope_tcp::{Config, Timer};

use crate::bench::{Sender, ack, sack};

fn config() -> Config {
    Config { sack: true, rack_tlp: true, limited_transmit: true, ..Config::plain() }
}

/// Ten segments in flight since 0 ms, and `more` octets to send. The round trip is 100 ms.
fn ten_in_flight(more: u32) -> Sender {
    let mut sender = Sender::new(config());
    sender.write(10_000 + more);
    assert_eq!(sender.starts().len(), 10);
    sender.until(100).forget();
    sender
}

/// RFC 8985 §6.2.
#[test]
fn a_late_segment_is_given_a_quarter_of_a_round_trip() {
    let mut sender = ten_in_flight(0);
    sender.hear(sack(0, &[(1000, 2000)]));
    assert_eq!(sender.sent(), []);
    assert_eq!(sender.deadline(Timer::Reordering), Some(125));
    sender.until(125);
    assert_eq!(sender.segments(), [(125, 0, 1000, "fast-retransmit")]);
    assert_eq!(sender.status().ssthresh, 5000);
}

#[test]
fn it_may_come_within_that_time() {
    let mut sender = ten_in_flight(0);
    sender.hear(sack(0, &[(1000, 2000)])).until(110).hear(ack(2000));
    assert!(sender.applied("reordering-seen"));
    assert_eq!(sender.deadline(Timer::Reordering), None);
    sender.until(126);
    assert!(!sender.applied("lost-by-rack"));
}

#[test]
fn three_segments_beyond_it_leave_it_no_time_unless_the_network_reorders() {
    let mut sender = ten_in_flight(0);
    sender.hear(sack(0, &[(1000, 4000)]));
    assert_eq!(sender.sent(), [(0, 1000, "fast-retransmit")]);

    let mut sender = ten_in_flight(0);
    // The first segment was overtaken by the second ...
    sender.hear(sack(0, &[(1000, 2000)])).until(105).hear(ack(2000)).forget();
    // ... so that the third may be overtaken by four others.
    sender.hear(sack(2000, &[(3000, 7000)]));
    assert_eq!(sender.sent(), []);
    sender.until(131);
    assert_eq!(sender.starts(), [2000]);
}

#[test]
fn a_retransmission_that_is_lost_is_noticed() {
    let mut sender = ten_in_flight(10_000);
    sender.hear(sack(0, &[(1000, 4000)]));
    assert_eq!(sender.sent()[0], (0, 1000, "fast-retransmit"));
    // Something that was sent after the retransmission arrives a round trip later.
    sender.until(150).hear(sack(0, &[(1000, 10_000)]));
    let sent = sender.starts();
    assert_eq!(sent.first(), Some(&10_000));
    sender.until(250).hear(sack(0, &[(1000, 11_000)]));
    assert_eq!(sender.sent()[0], (0, 1000, "retransmit-sack"));
}

#[test]
fn a_duplicate_widens_the_reordering_window() {
    let mut sender = ten_in_flight(0);
    // The segment was late and not lost: the peer receives it twice, and says so.
    sender.hear(sack(0, &[(1000, 2000)])).until(126);
    assert_eq!(sender.starts(), [0]);
    sender.until(130).hear(sack(2000, &[(0, 1000)]));
    sender.until(140).hear(ack(10_000)).forget();
    assert_eq!(sender.status().recover, None);
    // Next time, twice a quarter.
    sender.write(5000).until(240).forget();
    sender.hear(sack(10_000, &[(11_000, 12_000)]));
    let deadline = sender.deadline(Timer::Reordering);
    assert_eq!(deadline, Some(240 + 50), "min RTT is 100 ms");
}

#[test]
fn a_timeout_takes_for_lost_what_had_time_to_arrive() {
    let mut sender = Sender::new(config());
    sender.write(3000).until(250);
    // The probe first, then the timeout; the younger segment is not taken for lost.
    sender.forget();
    sender.until(1000);
    assert!(sender.applied("rto-expires"));
    assert_eq!(sender.sent()[0].2, "retransmit-after-timeout");
}
