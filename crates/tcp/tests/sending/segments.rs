//! What goes into a segment: PSH, URG, FIN, the room that options take, ECN.

use tcpscope_tcp::{Config, Flags};

use crate::bench::{Ack, Sender, ack, is_ect, sack};

fn flags(sender: &mut Sender) -> Vec<Flags> {
    sender.raw().iter().map(|segment| segment.flags).collect()
}

/// MAY-15, MUST-61.
#[test]
fn push_is_on_the_last_segment_of_a_send_also_when_it_is_sent_again() {
    let mut sender = Sender::new(Config::plain());
    sender.write(2500);
    let none = Flags::empty();
    assert_eq!(flags(&mut sender), [none, none]);
    sender.until(100).hear(ack(2000));
    assert_eq!(flags(&mut sender), [Flags::PSH]);
    // Another SEND moves what is pushed; what was pushed before stays so.
    sender.write(1000);
    assert_eq!(flags(&mut sender), [Flags::PSH]);
    sender.until(2000);
    let again = sender.raw();
    assert_eq!((again[0].flags, again[0].text_len()), (Flags::PSH, 500));
}

/// SHLD-27, SHLD-28.
#[test]
fn several_pushes_become_one_and_cut_no_segment() {
    let mut sender = Sender::new(Config::plain());
    sender.write(1000).forget();
    for _ in 0..5 {
        sender.write(300);
    }
    sender.until(100).hear(ack(2000));
    let sent: Vec<_> = sender.raw().iter().map(|sent| (sent.text_len(), sent.flags)).collect();
    assert_eq!(sent, [(1000, Flags::empty()), (500, Flags::PSH)]);
}

#[test]
fn the_fin_rides_on_the_last_text() {
    let mut sender = Sender::new(Config::plain());
    sender.write(11_000).close();
    assert_eq!(flags(&mut sender).last(), Some(&Flags::empty()));
    sender.until(100).hear(ack(10_000));
    assert_eq!(flags(&mut sender), [Flags::PSH | Flags::FIN]);
}

/// MUST-30, MUST-62.
#[test]
fn the_urgent_pointer_is_in_every_segment_before_the_end_of_urgent_data() {
    let mut sender = Sender::new(Config::plain());
    sender.send(1500, true, true).write(2000);
    let sent = sender.raw();
    let told: Vec<_> = sent
        .iter()
        .map(|segment| segment.flags.contains(Flags::URG).then_some(segment.urg))
        .collect();
    // It points behind the last urgent octet.
    assert_eq!(told, [Some(1500), Some(500), None]);
    sender.until(100).hear(ack(3000));
    assert!(sender.raw().iter().all(|segment| !segment.flags.contains(Flags::URG)));
}

/// MUST-31.
#[test]
fn urgent_data_may_be_longer_than_the_pointer_reaches() {
    let config = Config { send_buffer: 200_000, ..Config::plain() };
    let mut sender = Sender::new(config);
    sender.send(100_000, true, true);
    assert!(sender.raw().iter().all(|segment| segment.urg == u16::MAX));
}

#[test]
fn text_makes_room_for_sack_blocks() {
    let config = Config { sack: true, ..Config::plain() };
    let mut sender = Sender::new(config);
    // The peer's text has a hole: our segments say so, in 12 octets of options.
    let mut ahead = ack(0);
    ahead.text = "ahead";
    sender.hear_ahead(&ahead, 100);
    sender.forget();
    sender.write(3000);
    let sent = sender.raw();
    assert!(sent.iter().all(|segment| segment.options.sack.len() == 1));
    assert_eq!(sent[0].text_len(), 988);
}

#[test]
fn a_mark_reduces_the_window_once_and_is_confirmed_once() {
    let config = Config { ecn: true, ..Config::plain() };
    let mut sender = Sender::new(config);
    sender.write(30_000);
    let sent = sender.raw();
    assert!(sent.iter().all(is_ect));
    let marked = |number| Ack { flags: Flags::ECE, ..ack(number) };
    sender.until(100).hear(marked(1000));
    assert_eq!(sender.status().cwnd, 5000);
    sender.hear(marked(2000)).hear(marked(3000));
    assert_eq!((sender.status().cwnd, sender.status().ssthresh), (5000, 5000), "once a window");
    assert_eq!(sender.raw().len(), 0);
    sender.until(110).hear(marked(8000));
    let sent = sender.raw();
    let told: Vec<bool> = sent.iter().map(|segment| segment.flags.contains(Flags::CWR)).collect();
    assert_eq!(told, [true, false, false]);
    // What is sent again does not travel as ECN-capable.
    sender.until(1000);
    let again = sender.raw();
    assert!(!again.is_empty() && !is_ect(&again[0]));
}

#[test]
fn a_loss_in_the_window_of_a_mark_is_no_second_reason() {
    let config = Config { ecn: true, sack: true, ..Config::plain() };
    let mut sender = Sender::new(config);
    sender.write(10_000).until(100);
    sender.hear(Ack { flags: Flags::ECE, ..sack(0, &[(1000, 2000)]) });
    assert_eq!(sender.status().ssthresh, 5000);
    sender.hear(sack(0, &[(1000, 5000)]));
    assert!(sender.applied("fast-retransmit"));
    assert_eq!(sender.status().ssthresh, 5000);
}
