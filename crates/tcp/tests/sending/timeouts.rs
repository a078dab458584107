//! The retransmission timer: RFC 6298, RFC 5681 §3.1, R1 and R2 (RFC 9293 §3.8.3); F-RTO (RFC 5682).

use tcpscope_tcp::{Config, Duration, Reason, State, Timer};

use crate::bench::{Ack, Sender, ack, sack};

fn ten_in_flight(config: Config, more: u32) -> Sender {
    let mut sender = Sender::new(config);
    sender.write(10_000 + more);
    assert_eq!(sender.starts().len(), 10);
    sender.forget();
    sender
}

/// MUST-19: slow start. RFC 5681 §3.1.
#[test]
fn a_timeout_sends_the_first_again_and_the_others_in_slow_start() {
    // RTO after one round trip of 100 ms: 100 + 4 * 50.
    let mut sender = ten_in_flight(Config::plain(), 0);
    sender.until(300);
    assert_eq!(sender.segments(), [(300, 0, 1000, "retransmit-after-timeout")]);
    assert_eq!((sender.status().cwnd, sender.status().ssthresh), (1000, 5000));
    sender.until(400).hear(ack(1000));
    let lost = "retransmit-lost";
    assert_eq!(sender.sent(), [(1000, 2000, lost), (2000, 3000, lost)]);
    sender.until(500).hear(ack(3000));
    assert_eq!(sender.starts(), [3000, 4000, 5000]);
    // The others had arrived.
    sender.until(600).hear(ack(10_000));
    assert_eq!(sender.sent(), []);
    assert_eq!(sender.deadline(Timer::Retransmission), None);
}

/// MUST-19: back-off. MUST-20; RFC 6298 §5.
#[test]
fn each_timeout_doubles_the_next_and_r2_ends_it() {
    let config = Config { data_retries: 3, r1_retries: 2, ..Config::plain() };
    let mut sender = Sender::new(config);
    sender.write(1000).forget();
    while sender.next() {}
    let again: Vec<u64> = sender.segments().iter().map(|(at, ..)| *at).collect();
    assert_eq!(again, [300, 900, 2100]);
    // At the timeout after the last retransmission the connection is gone.
    assert_eq!(sender.status().state, State::Closed);
    assert!(sender.applied("r1-reached") && sender.applied("r2-reached"));
}

/// MUST-18; RFC 6298 §3.
#[test]
fn the_back_off_lasts_until_something_sent_once_is_acknowledged() {
    let mut sender = Sender::new(Config::plain());
    sender.write(1000).until(300).until(400).hear(ack(1000));
    assert!(sender.applied("karn-skips"));
    assert_eq!(sender.status().rto, Duration::from_millis(600));
    sender.write(1000).until(500).hear(ack(2000));
    // 100 ms again: SRTT 100, RTTVAR 37.5.
    assert_eq!(sender.status().rto, Duration::from_millis(250));
}

/// RFC 7323 §4.1.
#[test]
fn with_timestamps_a_repeated_segment_is_measured_too() {
    let config = Config { timestamps: true, ..Config::plain() };
    let mut sender = Sender::new(config);
    // Sent again at 300 ms after the start, which is 400 ms on the timestamp clock.
    sender.write(1000).until(300).until(390).hear(Ack { echo: Some(400), ..ack(1000) });
    assert!(!sender.applied("karn-skips"));
    let measured = sender.reasons.iter().rev().find_map(|reason| match reason {
        Reason::RttMeasured { rtt, .. } => Some(*rtt),
        _ => None,
    });
    assert_eq!(measured, Some(Duration::from_millis(90)));
    assert!(sender.status().rto < Duration::from_millis(300), "the back-off is over");
}

/// RFC 6298 §5.3.
#[test]
fn each_ack_that_advances_starts_the_timer_anew() {
    let mut sender = ten_in_flight(Config::plain(), 0);
    sender.until(100).hear(ack(1000));
    let rto = sender.status().rto.as_micros() / 1000;
    assert_eq!(sender.deadline(Timer::Retransmission), Some(100 + rto));
    sender.until(150).hear(ack(1000));
    assert_eq!(sender.deadline(Timer::Retransmission), Some(100 + rto), "a duplicate does not");
}

#[test]
fn nothing_is_sent_again_where_that_is_turned_off() {
    let mut config = Config { data_retries: 3, ..Config::plain() };
    config.variant.no_retransmission = true;
    let mut sender = Sender::new(config);
    sender.write(1000).forget();
    while sender.next() {}
    assert_eq!(sender.sent(), []);
    assert!(sender.applied("retransmission-off"));
    assert_eq!(sender.status().state, State::Closed);
}

// --- F-RTO --------------------------------------------------------------------------------------

fn f_rto(sack: bool) -> Config {
    Config { f_rto: true, sack, ..Config::plain() }
}

/// RFC 5682 §2.1, §3.1.
#[test]
fn a_spurious_timeout_is_found_out_and_taken_back() {
    for with_sack in [false, true] {
        let mut sender = ten_in_flight(f_rto(with_sack), 20_000);
        sender.until(300);
        assert_eq!(sender.starts(), [0]);
        assert!(sender.applied("f-rto-begins"), "{:?}", sender.reasons);
        // The ACK of the first segment was only late: two new segments go out.
        sender.until(310).hear(ack(1000));
        assert_eq!(sender.starts(), [10_000, 11_000], "SACK: {with_sack}");
        // The next one covers what was not sent again.
        sender.until(320).hear(ack(2000));
        assert!(sender.applied("f-rto-spurious"), "SACK: {with_sack}");
        let status = sender.status();
        assert_eq!((status.cwnd, status.ssthresh), (10_000, u32::MAX), "SACK: {with_sack}");
        assert!(sender.starts().iter().all(|from| *from >= 12_000), "nothing old goes out again");
    }
}

/// RFC 5682 §2.1.
#[test]
fn a_genuine_timeout_goes_on_as_ever() {
    // Without SACK: duplicates where the RFC has them.
    let mut sender = ten_in_flight(f_rto(false), 20_000);
    sender.until(300).hear(ack(0));
    assert!(sender.applied("f-rto-genuine"), "a duplicate in step 2");

    let mut sender = ten_in_flight(f_rto(false), 20_000);
    sender.until(300).forget();
    sender.until(400).hear(ack(1000));
    sender.until(500).hear(ack(1000));
    assert!(sender.applied("f-rto-genuine"), "a duplicate in step 3");
    // cwnd is three segments, as it would be after two round trips; two new ones are out.
    assert_eq!(sender.status().cwnd, 3000);
    assert_eq!(sender.starts(), [10_000, 11_000, 1000]);

    // With SACK: only what was sent after the timeout has arrived.
    let mut sender = ten_in_flight(f_rto(true), 20_000);
    sender.until(300).until(400).hear(ack(1000)).forget();
    sender.until(500).hear(sack(1000, &[(10_000, 11_000)]));
    assert!(sender.applied("f-rto-genuine"));
    assert_eq!(sender.starts().first(), Some(&1000));
}

#[test]
fn without_new_text_nothing_can_be_found_out() {
    let mut sender = ten_in_flight(f_rto(false), 0);
    sender.until(300).forget();
    sender.until(310).hear(ack(1000));
    assert!(sender.applied("f-rto-genuine"));
    assert_eq!(sender.starts(), [1000, 2000]);
}

#[test]
fn a_second_timeout_is_not_questioned() {
    let mut sender = ten_in_flight(f_rto(false), 20_000);
    sender.until(300).forget();
    sender.until(900);
    assert!(sender.applied("rto-expires") && !sender.applied("f-rto-begins"));
}
