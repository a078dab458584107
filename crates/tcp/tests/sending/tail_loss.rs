//! Tail-loss probes: RFC 8985 §7.

use tcpscope_tcp::{Config, Timer};

use crate::bench::{Sender, ack, sack, window};

fn config() -> Config {
    Config {
        sack: true,
        rack_tlp: true,
        min_rto: tcpscope_tcp::Duration::from_secs(1),
        ..Config::plain()
    }
}

#[test]
fn the_timer_is_two_round_trips_and_more_for_a_single_segment() {
    // (segments, PTO in milliseconds): SRTT is 100 ms, the peer may delay its ACK by 200 ms.
    for (segments, after) in [(1, 400), (2, 200), (5, 200)] {
        let mut sender = Sender::new(config());
        sender.write(segments * 1000);
        assert_eq!(sender.deadline(Timer::TailLossProbe), Some(after), "{segments} segments");
    }
    // RTO would run out before that.
    let config = Config { min_rto: tcpscope_tcp::Duration::from_millis(200), ..config() };
    let mut sender = Sender::new(config);
    sender.write(1000);
    assert_eq!(sender.deadline(Timer::TailLossProbe), Some(300));
    assert_eq!(sender.deadline(Timer::Retransmission), Some(300));
}

/// RFC 8985 §7.3.
#[test]
fn the_probe_is_the_last_segment_or_new_text() {
    let mut sender = Sender::new(config());
    sender.write(3000).forget();
    sender.until(200);
    assert_eq!(sender.segments(), [(200, 2000, 3000, "tail-loss-probe")]);
    // Then the retransmission timer begins anew.
    assert_eq!(sender.deadline(Timer::Retransmission), Some(1200));
    assert_eq!(sender.deadline(Timer::TailLossProbe), None);

    // cwnd is not asked for new text, the peer's window is.
    let mut sender = Sender::new(config());
    sender.write(15_000).forget();
    sender.until(200);
    assert_eq!(sender.segments(), [(200, 10_000, 11_000, "tail-loss-probe")]);
    let mut sender = Sender::new(config());
    sender.write(15_000).hear(window(0, 10_000)).forget();
    sender.until(200);
    assert_eq!(sender.segments(), [(200, 9000, 10_000, "tail-loss-probe")]);
}

#[test]
fn no_timer_without_sack_nor_while_sack_tells_of_something() {
    let mut sender = Sender::new(Config { sack: false, ..config() });
    sender.write(3000);
    assert_eq!(sender.deadline(Timer::TailLossProbe), None);

    let mut sender = Sender::new(config());
    sender.write(3000).until(100).hear(sack(0, &[(1000, 2000)]));
    assert_eq!(sender.deadline(Timer::TailLossProbe), None);
    sender.until(110).hear(ack(2000));
    assert_eq!(sender.deadline(Timer::TailLossProbe).map(|at| at > 110), Some(true));
    sender.hear(ack(3000));
    assert_eq!(sender.deadline(Timer::TailLossProbe), None);
}

#[test]
fn a_probe_that_repaired_a_loss_reduces_the_window() {
    // The last of ten segments is lost, the probe repeats it, and everything is acknowledged.
    let mut sender = Sender::new(config());
    sender.write(10_000).until(100).hear(ack(9000));
    let cwnd = sender.status().cwnd;
    sender.until(600);
    assert!(sender.applied("tail-loss-probe"));
    sender.forget();
    sender.hear(ack(10_000));
    assert!(!sender.applied("probe-repaired-loss"), "the original may still have arrived");
    sender.write(2000).until(700).hear(ack(12_000));
    assert!(sender.applied("probe-repaired-loss"));
    assert!(sender.status().cwnd < cwnd);

    // The same, but the peer says that it received the probe twice.
    let mut sender = Sender::new(config());
    sender.write(10_000).until(100).hear(ack(9000)).until(600).hear(ack(10_000));
    sender.hear(sack(10_000, &[(9000, 10_000)]));
    sender.write(2000).until(700).hear(ack(12_000));
    assert!(!sender.applied("probe-repaired-loss"));
}

#[test]
fn the_probes_answer_shows_what_else_is_lost() {
    // The last three of five are lost.
    let mut sender = Sender::new(config());
    sender.write(5000).until(100).hear(ack(2000)).forget();
    sender.until(300);
    assert_eq!(sender.segments(), [(300, 4000, 5000, "tail-loss-probe")]);
    sender.until(400).hear(sack(2000, &[(4000, 5000)]));
    assert_eq!(sender.starts(), [2000, 3000]);
}

#[test]
fn one_probe_at_a_time() {
    let mut sender = Sender::new(config());
    sender.write(3000).until(200).forget();
    sender.write(1000);
    assert_eq!(sender.deadline(Timer::TailLossProbe), None);
    sender.until(1199);
    assert!(!sender.applied("tail-loss-probe"));
}
