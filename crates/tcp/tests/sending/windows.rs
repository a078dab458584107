//! Flow control: Nagle's algorithm and silly windows (RFC 9293 §3.7.4, §3.8.6.2.1), zero windows
//! (§3.8.6.1, RFC 6429), windows that shrink (§3.8.6).

use tcpscope_tcp::{Config, Reason, State, Timer};

use crate::bench::{Sender, ack, window};

/// SHLD-7, MUST-17, SHLD-28.
#[test]
fn less_than_a_segment_waits_for_what_is_in_flight() {
    let mut sender = Sender::new(Config::plain());
    sender.write(100);
    assert_eq!(sender.starts(), [0]);
    sender.write(100).write(300);
    assert_eq!(sender.starts(), []);
    sender.write(700);
    assert_eq!(sender.sent(), [(100, 1100, "send-text")], "a full segment need not wait");
    sender.until(100).hear(ack(1100));
    assert_eq!(sender.sent(), [(1100, 1200, "send-text")]);

    let mut sender = Sender::new(Config { nagle: false, ..Config::plain() });
    sender.write(100).write(100);
    assert_eq!(sender.starts(), [0, 100]);
}

/// MAY-15, MAY-16, MUST-60.
#[test]
fn what_is_not_pushed_waits_for_the_override_timeout_at_most() {
    let mut sender = Sender::new(Config::plain());
    sender.send(100, false, false);
    assert_eq!(sender.starts(), []);
    // RTO is 300 ms, which lies between 0.1 and 1 second.
    sender.until(300);
    assert_eq!(sender.segments(), [(300, 0, 100, "send-text")]);
}

/// MUST-38.
#[test]
fn a_small_window_is_filled_if_it_is_half_of_the_largest() {
    // (the largest window, the window, octets to send, what goes out at once)
    type Case<'a> = (u16, u16, u32, &'a [(u32, u32, &'static str)]);
    let cases: [Case<'_>; 4] = [
        (1000, 499, 2000, &[]),
        (1000, 500, 2000, &[(0, 500, "send-text")]),
        (8000, 900, 2000, &[]),
        (8000, 900, 900, &[(0, 900, "send-text")]),
    ];
    for (largest, wnd, octets, sent) in cases {
        let mut sender = Sender::with_window(&Config::plain(), largest);
        sender.hear(window(0, wnd)).forget();
        sender.write(octets);
        assert_eq!(sender.sent(), sent, "{wnd} of {largest} for {octets}");
    }
}

/// MUST-36, SHLD-29, SHLD-30.
#[test]
fn a_zero_window_is_probed_first_after_rto_then_ever_more_slowly() {
    let mut sender = Sender::new(Config::plain());
    sender.write(1000).until(100).hear(window(1000, 0)).forget();
    let rto = sender.status().rto.as_micros() / 1000;
    assert_eq!(rto, 250);
    sender.write(3000);
    for (at, nth) in [(350, 1_u64), (850, 2), (1850, 3), (3850, 4)] {
        sender.until(at);
        assert_eq!(sender.segments(), [(at, 1000, 1001, "window-probe")], "probe {nth}");
        // The peer answers that it is still shut.
        sender.hear(window(1000, 0));
    }
    // The window opens: what was refused goes out with what follows it.
    sender.until(4000).hear(window(1000, 20_000));
    assert_eq!(
        sender.sent(),
        [(1000, 2000, "retransmit-probe"), (2000, 3000, "send-text"), (3000, 4000, "send-text")]
    );
    assert_eq!(sender.deadline(Timer::Persist), None);
}

/// MUST-37, RFC 6429 §3.
#[test]
fn probes_that_are_answered_go_on_for_ever_and_others_count_to_r2() {
    let config = Config { data_retries: 4, ..Config::plain() };
    let mut sender = Sender::new(config.clone());
    sender.write(1000).until(100).hear(window(1000, 0)).write(1000);
    for _ in 0..40 {
        assert!(sender.next());
        sender.hear(window(1000, 0));
    }
    assert_eq!(sender.status().state, State::Established);

    let mut sender = Sender::new(config);
    sender.write(1000).until(100).hear(window(1000, 0)).write(1000).forget();
    while sender.next() {}
    assert_eq!(sender.sent().len(), 4);
    assert_eq!(sender.status().state, State::Closed);
}

#[test]
fn an_accepted_probe_is_no_news_of_a_window() {
    let mut sender = Sender::new(Config::plain());
    sender.write(1000).until(100).hear(window(1000, 0)).write(3000).until(350).forget();
    sender.hear(window(1001, 0));
    sender.until(850);
    assert_eq!(sender.segments(), [(850, 1001, 1002, "window-probe")]);
}

#[test]
fn a_fin_probes_where_nothing_else_is_left() {
    let mut sender = Sender::new(Config::plain());
    sender.write(1000).until(100).hear(window(1000, 0)).close().forget();
    sender.until(350);
    let sent = sender.raw();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].fin() && sent[0].text_len() == 0);
}

/// MUST-34, SHLD-15, SHLD-16.
#[test]
fn a_window_that_shrinks_is_survived() {
    // Ten segments are in flight when the peer takes back most of the window.
    let mut sender = Sender::new(Config::plain());
    sender.write(20_000).until(100).forget();
    sender.hear(window(0, 2500));
    assert!(sender.applied("window-shrinks"));
    assert_eq!(sender.sent(), [], "nothing new goes out beyond the edge");
    // What lies within it is sent again as ever, the rest waits.
    sender.until(300);
    assert_eq!(sender.starts(), [0]);
    sender.until(400).hear(window(1000, 1500));
    assert_eq!(sender.sent(), [(1000, 2000, "retransmit-lost"), (2000, 2500, "retransmit-lost")]);
    sender.until(500).hear(window(2500, 20_000));
    assert_eq!(sender.sent()[0], (2500, 3000, "retransmit-lost"));
    assert_eq!(sender.status().state, State::Established);
}

/// MUST-35, SHLD-17; MAY-7: the probe's octet lies beyond the edge.
#[test]
fn a_window_that_shrinks_to_nothing_is_probed() {
    let mut sender = Sender::new(Config { data_retries: 3, ..Config::plain() });
    sender.write(5000).until(100).hear(window(0, 0)).forget();
    for _ in 0..10 {
        assert!(sender.next(), "the connection lives as long as the peer answers");
        sender.hear(window(0, 0));
    }
    assert_eq!(sender.status().state, State::Established, "R2 is three retransmissions");
    let sent = sender.sent();
    assert!(sent.iter().all(|sent| *sent == (0, 1, "window-probe")), "{sent:?}");
    sender.hear(window(0, 20_000));
    assert_eq!(sender.starts(), [0, 1000, 2000, 3000, 4000]);
}

#[test]
fn an_old_segment_does_not_set_the_window() {
    let mut sender = Sender::new(Config::plain());
    sender.write(2000).until(100).hear(window(2000, 7000)).hear(window(1000, 9000));
    assert_eq!(sender.status().snd_wnd, 7000);
}

#[test]
fn the_window_may_be_ignored_to_show_what_it_is_good_for() {
    let mut config = Config::plain();
    config.variant.no_flow_control = true;
    let mut sender = Sender::new(config);
    sender.hear(window(0, 1500)).write(4000);
    assert_eq!(sender.starts(), [0, 1000, 2000, 3000]);
    assert!(sender.applied("flow-control-off"));
}

#[test]
fn acknowledgments_are_acceptable_within_the_largest_window_and_up_to_snd_nxt() {
    // (what, ACK, whether the peer is challenged)
    let cases = [
        ("of what was never sent", 2001, true),
        ("of the last", 2000, false),
        ("old, within the largest window", 2000_u32.wrapping_sub(60_000), false),
        ("older than that", 0_u32.wrapping_sub(60_001), true),
        ("half the circle away", 2000_u32.wrapping_add(1 << 31), true),
    ];
    for (what, number, challenged) in cases {
        let mut sender = Sender::new(Config::plain());
        sender.write(2000).forget();
        sender.hear(ack(number));
        let refused = sender.applied("ack-of-unsent") || sender.applied("ack-too-old");
        assert_eq!(refused, challenged, "{what}");
        assert_eq!(!sender.sent().is_empty(), challenged, "{what}: a challenge ACK");
    }
}

#[test]
fn idleness_ends_what_the_window_knew() {
    let config = Config { restart_after_idle: true, initial_window_segments: 2, ..Config::plain() };
    let mut sender = Sender::new(config);
    let mut acked = 0;
    for round in 1..=5 {
        sender.write(20_000);
        let sent = u32::try_from(sender.starts().len()).expect("few");
        acked += sent * 1000;
        sender.until(round * 100).hear(ack(acked));
    }
    while sender.status().flight > 0 || sender.status().unsent > 0 {
        acked += sender.status().flight;
        sender.hear(ack(acked));
    }
    let grown = sender.status().cwnd;
    assert!(grown > 4000, "{grown}");
    sender.until(60_000).forget();
    sender.write(10_000);
    assert!(sender.applied("restart-after-idle"));
    assert_eq!(sender.starts().len(), 2);
    let idle = sender.reasons.iter().find_map(|reason| match reason {
        Reason::RestartAfterIdle { from, to, .. } => Some((*from, *to)),
        _ => None,
    });
    assert_eq!(idle, Some((grown, 2000)));
}
