//! Queues: what waits, what finds no room, and how CoDel keeps the wait short.

use bytes::Bytes;
use tcpscope_sim::{
    AppCall, Codel, Fate, LinkSetup, Packet, QueueLimit, Setup, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::Duration;

use crate::streams::*;

/// A packet of 1,000 octets takes a millisecond.
const RATE: u64 = 8_000_000;

#[test]
fn as_many_wait_as_there_is_room_for_and_the_tail_is_dropped() {
    // Ten at once: one leaves, three wait, and there is no room for the rest.
    for limit in [QueueLimit::Packets(3), QueueLimit::Octets(3_999), QueueLimit::Octets(3_000)] {
        let run = sent(10, Duration::ZERO, |link| {
            link.rate_bps = Some(RATE);
            link.queue.limit = Some(limit);
        });
        let fates: Vec<_> = run.trace().packets().iter().map(|packet| packet.fate).collect();
        assert_eq!(fates[..4], [Fate::Delivered; 4], "{limit:?}");
        assert_eq!(fates[4..], [Fate::Lost; 6], "{limit:?}");
        assert_eq!(ruled(&run, "queue-full"), 6);
        let departs: Vec<_> =
            run.trace().packets()[..4].iter().map(|packet| packet.departs.as_micros()).collect();
        assert_eq!(departs, [0, 1000, 2000, 3000]);
        for packet in &run.trace().packets()[4..] {
            assert_eq!((packet.ends, packet.reached_ppm), (packet.sent, 0));
        }
    }
}

#[test]
fn without_a_limit_all_wait_and_leave_at_the_rate() {
    let run = sent(500, Duration::ZERO, |link| link.rate_bps = Some(RATE));
    for (packet, sent) in (0..).zip(run.trace().packets()) {
        assert_eq!(sent.departs.as_micros(), 1000 * packet);
        assert_eq!(sent.ends, sent.departs + ms(1) + DELAY);
    }
}

/// Two octets in three seconds' worth over a bottleneck of 8 Mbit/s, after a fast link.
fn bulk(change: impl FnOnce(&mut LinkSetup)) -> Timeline {
    let step = |wait, call| Step { wait, call };
    let client = vec![
        step(Wait::Nothing, AppCall::Open { active: true }),
        step(Wait::Connected, AppCall::Send(Bytes::from(vec![7; 3_000_000]))),
        step(Wait::Nothing, AppCall::Close),
        step(Wait::Nothing, AppCall::Receive(Want::All)),
    ];
    let server = vec![
        step(Wait::Nothing, AppCall::Open { active: false }),
        step(Wait::Connected, AppCall::Receive(Want::All)),
        step(Wait::Nothing, AppCall::Close),
    ];
    let mut setup: Setup = two(client, server, |link| {
        link.rate_bps = Some(RATE);
        change(link);
    });
    for host in &mut setup.hosts {
        host.config = tcpscope_tcp::Config::default();
        host.config.receive_buffer = 1_000_000;
        host.config.send_buffer = 1_000_000;
    }
    run(setup)
}

/// How long packets wait when the beginning is over: the median, in microseconds.
fn standing(run: &Timeline) -> u64 {
    let packets = run.trace().packets().iter();
    let late = packets.filter(|packet| {
        packet.id.from == CLIENT && packet.sent > at(1_000) && packet.fate.arrives()
    });
    let mut waits: Vec<_> =
        late.map(|packet| packet.departs.since(packet.sent).as_micros()).collect();
    waits.sort_unstable();
    waits[waits.len() / 2]
}

#[test]
fn codel_keeps_the_wait_near_its_target_where_a_long_queue_lets_it_grow() {
    let limit = Some(QueueLimit::Packets(400));
    let bloated = bulk(|link| link.queue.limit = limit);
    let kept_short = bulk(|link| {
        link.queue.limit = limit;
        link.queue.codel = Some(Codel::default());
    });
    assert!(standing(&bloated) > 100_000, "{}", standing(&bloated));
    assert!(standing(&kept_short) < 15_000, "{}", standing(&kept_short));
    assert!(ruled(&kept_short, "codel-dropped") > 3);
    assert_eq!(ruled(&kept_short, "queue-full"), 0);
    // The link is as busy as with the long queue: hardly longer in all.
    let took = |run: &Timeline| run.trace().packets().iter().map(|packet| packet.ends).max();
    let (long, short) = (took(&bloated).expect("packets"), took(&kept_short).expect("packets"));
    assert!(short.as_micros() < long.as_micros() * 13 / 10, "{short:?} {long:?}");
}

#[test]
fn codel_marks_what_may_be_marked_and_drops_nothing() {
    let mut setup = bulk(|link| {
        link.queue.codel = Some(Codel { ecn: true, ..Codel::default() });
    })
    .setup()
    .clone();
    for host in &mut setup.hosts {
        host.config.ecn = true;
    }
    let marking = run(setup);
    let marked = count(&marking, Packet::is_marked);
    assert!(marked > 3 && marked == ruled(&marking, "codel-marked"), "{marked}");
    // Only what may not be marked is dropped: SYNs, bare acknowledgments, retransmissions.
    assert_eq!(count(&marking, |packet| packet.fate == Fate::Lost && !packet.retransmission), 0);
    assert!(standing(&marking) < 15_000, "{}", standing(&marking));
}

#[test]
fn a_threshold_marks_what_comes_while_so_much_waits() {
    let mut setup = bulk(|link| link.queue.mark_at = Some(QueueLimit::Packets(10))).setup().clone();
    for host in &mut setup.hosts {
        host.config.ecn = true;
    }
    let marking = run(setup);
    let marked = count(&marking, Packet::is_marked);
    assert!(marked > 3 && marked == ruled(&marking, "queue-marked"), "{marked}");
    for packet in marking.trace().packets().iter().filter(|packet| packet.is_marked()) {
        // Ten wait before it, or more, and one is leaving.
        assert!(packet.departs.since(packet.sent) >= ms(10), "{:?}", packet.id);
    }
}

#[test]
fn random_marks_are_as_frequent_as_set_and_reach_the_sender() {
    let mut setup = bulk(|link| link.mark_ppm = 20_000).setup().clone();
    for host in &mut setup.hosts {
        host.config.ecn = true;
    }
    let marking = run(setup);
    let may_be = count(&marking, |packet| {
        packet.id.from == CLIENT
            && matches!(packet.segment.ecn, tcpscope_tcp::Ecn::Ect0 | tcpscope_tcp::Ecn::Ect1)
    });
    let marked = count(&marking, Packet::is_marked);
    assert!(is_about(marked, may_be, 20_000), "{marked} of {may_be}");
    let echoed = count(&marking, |packet| {
        packet.id.from == SERVER && packet.segment.flags.contains(tcpscope_tcp::Flags::ECE)
    });
    assert!(echoed >= marked, "{echoed} of {marked}");
}
