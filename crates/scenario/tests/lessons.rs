//! What each scenario beyond the basic ones shows: the states at the end, the rules that are
//! applied, what is delivered and what is told; and what changing one thing changes.

mod common;

use common::{applied, ids, is_delivered, is_told, run, scenario, sent_and_received, states};
use tcpscope_scenario::LinkEdit;
use tcpscope_sim::{Edit, Ended, HostId, PacketKind, RecordKind, Setup, Timeline, Trace, Why};
use tcpscope_tcp::State::{self, CloseWait, Closed, Established, Listen};
use tcpscope_tcp::{Duration, Instant, Notification};

/// What is to be seen in a scenario.
struct Lesson {
    id: &'static str,
    /// The states of the connections that stand for the hosts, at the end.
    end: &'static [State],
    outcome: Outcome,
    /// Rules, and how often each is applied at least.
    rules: &'static [(&'static str, usize)],
}

/// What becomes of the data, and of those who wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is delivered, and nobody hears of a failure.
    Delivered,
    /// An application is told that a connection failed; all that was sent on others is delivered.
    Told,
    /// Both: connections fail that nobody waits for, and all is delivered on those that do not.
    DeliveredAndTold,
}

use Outcome::{Delivered, DeliveredAndTold, Told};

const LESSONS: [Lesson; 15] = [
    Lesson {
        id: "fast-retransmit",
        end: &[Closed, Closed],
        outcome: Delivered,
        rules: &[("fast-retransmit", 1), ("sack-taken", 3), ("text-out-of-order", 5)],
    },
    Lesson {
        id: "zero-window",
        end: &[Closed, Closed],
        outcome: Delivered,
        rules: &[("window-probe", 2), ("persist-expires", 2), ("persist-stops", 1)],
    },
    Lesson {
        id: "simultaneous-close",
        end: &[Closed, Closed],
        outcome: Delivered,
        rules: &[("time-wait-starts", 2), ("fin-arrives", 2)],
    },
    Lesson {
        id: "half-open",
        end: &[Closed, Closed],
        outcome: Told,
        rules: &[("host-crashed", 1), ("no-connection", 1), ("rst-accepted", 1)],
    },
    Lesson {
        id: "rst-from-closed-port",
        end: &[Closed, Closed],
        outcome: Told,
        rules: &[("no-connection", 1), ("rst-accepted", 1), ("our-fin-acked", 2)],
    },
    Lesson {
        id: "why-three-not-two",
        end: &[Closed, Listen],
        outcome: Delivered,
        rules: &[("old-packet", 1), ("no-connection", 1), ("rst-accepted", 1)],
    },
    Lesson {
        id: "syn-flood",
        end: &[Closed, Closed, Closed],
        // The half-open ones of the flood fail.
        outcome: DeliveredAndTold,
        rules: &[("segment-forged", 4), ("syn-queue-full", 3), ("r2-reached", 3)],
    },
    Lesson {
        id: "two-flows",
        end: &[Closed, Closed, Closed, Closed],
        outcome: Delivered,
        rules: &[("queue-full", 5), ("fast-retransmit", 1)],
    },
    Lesson { id: "bufferbloat", end: &[Closed, Closed], outcome: Delivered, rules: &[] },
    Lesson {
        id: "udp-vs-tcp",
        end: &[Closed, Closed],
        outcome: Delivered,
        rules: &[("datagram-delivered", 2), ("text-out-of-order", 1), ("packet-dropped", 2)],
    },
    Lesson {
        id: "fragmentation",
        end: &[Closed, Closed],
        outcome: Delivered,
        rules: &[("packet-fragmented", 1), ("datagram-delivered", 1)],
    },
    Lesson {
        id: "many-clients",
        end: &[Closed, Closed, Closed, Closed],
        outcome: Delivered,
        rules: &[("syn-in-listen", 3), ("our-fin-acked", 6)],
    },
    Lesson {
        id: "nagle-delayed-ack",
        end: &[Closed, Closed],
        outcome: Delivered,
        rules: &[("ack-delay-ends", 1), ("ack-rides-along", 1)],
    },
    Lesson {
        id: "keep-alive",
        // The server never hears that it is over.
        end: &[Closed, Established],
        outcome: Told,
        rules: &[("keep-alive-probe", 4), ("keep-alive-gives-up", 1), ("link-unplugged", 1)],
    },
    Lesson {
        id: "close-wait-leak",
        // The server's application never closes.
        end: &[Closed, CloseWait],
        outcome: Delivered,
        rules: &[("fin-wait-2-expires", 1), ("receive-end-of-stream", 1)],
    },
];

#[test]
fn every_lesson_shows_what_it_is_about() {
    let mut listed: Vec<_> = LESSONS.iter().map(|lesson| lesson.id).collect();
    listed.sort_unstable();
    let mut others = ids();
    others.retain(|id| listed.contains(&id.as_str()));
    assert_eq!(others, listed);
    assert_eq!(ids().len(), LESSONS.len() + 6, "the basic ones are in `scenarios.rs`");
    for Lesson { id, end, outcome, rules } in LESSONS {
        let timeline = run(id);
        let trace = timeline.trace();
        assert_eq!(trace.ended(), Ended::Quiet, "{id}");
        let hosts = (0..).map(HostId).take(trace.hosts().len());
        let last: Vec<_> = hosts.filter_map(|host| states(trace, host).pop()).collect();
        assert_eq!(last, end, "{id}");
        let told = is_told(trace);
        let delivered = is_delivered(&timeline);
        match outcome {
            Delivered => assert!(delivered && !told, "{id}: {:?}", sent_and_received(&timeline)),
            Told => assert!(told, "{id}"),
            DeliveredAndTold => assert!(delivered && told, "{id}"),
        }
        for (rule, times) in rules {
            assert!(applied(trace, rule) >= *times, "{id}: {rule} × {}", applied(trace, rule));
        }
        assert!(trace.packets().len() < 100, "{id}: a ladder that can be read");
    }
}

/// When a packet of this name was sent.
fn sent(trace: &Trace, name: &str) -> Instant {
    let packet = trace.packet_named(name).unwrap_or_else(|| panic!("{name} is not sent"));
    trace.packet(packet).sent
}

fn run_of(setup: Setup) -> Timeline {
    Timeline::new(setup).expect("a setup that can be run")
}

fn server_states(trace: &Trace) -> Vec<State> {
    states(trace, HostId(1))
}

#[test]
fn the_lost_segment_is_sent_again_before_its_timer_runs_out() {
    let timeline = run("fast-retransmit");
    let trace = timeline.trace();
    let again: Vec<_> = trace.packets().iter().filter(|packet| packet.retransmission).collect();
    let [again] = again[..] else { panic!("one segment is sent again") };
    assert_eq!((again.id.seq, again.id.len), (2001, 1000));
    let waited = again.sent.since(sent(trace, "client:data:2001+1000"));
    assert!(waited < Duration::from_millis(200), "{waited:?}");
}

#[test]
fn the_lost_window_update_is_made_good_by_a_probe() {
    let timeline = run("zero-window");
    let trace = timeline.trace();
    let lost: Vec<_> = trace.packets().iter().filter(|packet| !packet.fate.arrives()).collect();
    let [update] = lost[..] else { panic!("one packet is lost") };
    assert_eq!(update.id.kind, PacketKind::Ack);
    assert_eq!(update.segment.wnd, 3000);
    let later = |len| {
        let mut packets = trace.packets().iter();
        packets.find(|packet| packet.sent > update.sent && packet.id.len == len).map(|it| it.sent)
    };
    assert!(later(1) < later(1000), "a probe, and then the rest");
}

#[test]
fn fins_that_cross_lead_through_closing() {
    let timeline = run("simultaneous-close");
    for host in [HostId(0), HostId(1)] {
        let states = states(timeline.trace(), host);
        let tail = [State::FinWait1, State::Closing, State::TimeWait, Closed];
        assert!(states.ends_with(&tail), "{states:?}");
    }
}

#[test]
fn who_writes_into_a_half_open_connection_gets_a_reset() {
    let timeline = run("half-open");
    let trace = timeline.trace();
    let [.., data, reset] = trace.packets() else { panic!("two packets") };
    assert_eq!((data.id.from, data.id.kind), (HostId(0), PacketKind::Data));
    assert_eq!((reset.id.from, reset.id.kind), (HostId(1), PacketKind::Rst));
    assert_eq!(Some(reset.segment.seq), data.segment.ack, "RFC 9293 §3.10.7.1");
    let told = trace.records().iter().any(|record| {
        record.host == Some(HostId(0))
            && matches!(record.kind, RecordKind::Notify(Notification::Reset))
    });
    assert!(told);
}

#[test]
fn with_two_segments_the_server_would_stay_in_established() {
    let three = run("why-three-not-two");
    assert!(server_states(three.trace()).ends_with(&[Listen, State::SynReceived, Listen]));
    let mut setup = scenario("why-three-not-two").setup();
    setup.hosts[1].config.variant.two_way_opening = true;
    let two = run_of(setup);
    let reset = two.trace().packets().iter().find(|packet| packet.id.kind == PacketKind::Rst);
    let reset = reset.expect("the client resets it nevertheless");
    let host = &two.trace().host(HostId(1));
    let before = host.states().filter(|(record, _)| *record < reset.sent_by);
    assert_eq!(before.last().map(|(_, state)| state), Some(Established));
}

#[test]
fn with_syn_cookies_a_flood_keeps_nobody_out() {
    let connected = |timeline: &Timeline| {
        let mut states = timeline.trace().host(HostId(0)).states();
        let (record, _) = states.find(|(_, state)| *state == Established).expect("it gets in");
        timeline.trace().record(record).at
    };
    let without = connected(&run("syn-flood"));
    let mut setup = scenario("syn-flood").setup();
    setup.hosts[1].sockets.syn_cookies = true;
    let with = connected(&run_of(setup));
    assert!(with < Instant::from_micros(400_000), "{with:?}");
    assert!(without > Instant::from_micros(3_000_000), "{without:?}");
}

#[test]
fn both_flows_lose_and_both_get_through() {
    let timeline = run("two-flows");
    let trace = timeline.trace();
    for from in [HostId(0), HostId(2)] {
        let lost = trace.packets().iter().filter(|it| it.id.from == from && !it.fate.arrives());
        assert!(lost.count() >= 2);
    }
    let ways = trace.packets().iter().map(|packet| packet.hops().len());
    assert!(ways.max() == Some(2), "over both routers");
}

#[test]
fn a_deep_queue_makes_round_trips_long_and_codel_keeps_them_short() {
    let longest = |trace: &Trace| {
        let packets = trace.packets().iter();
        let under_way = packets.filter_map(|it| it.arrives().map(|arrives| arrives.since(it.sent)));
        under_way.max().expect("packets")
    };
    let mut timeline = run("bufferbloat");
    let bloated = longest(timeline.trace());
    assert!(bloated > Duration::from_millis(300), "{bloated:?}");
    let codel = LinkEdit::from_text("link,client,0,queue,0,0,0,0,5000,100000,0").expect("an edit");
    let codel = codel.resolve(timeline.setup()).expect("of this setup");
    timeline.edit(codel).expect("it can be made");
    let held = longest(timeline.trace());
    assert!(applied(timeline.trace(), "codel-dropped") >= 1);
    assert!(held < Duration::from_millis(200), "{held:?} < {bloated:?}");
    assert!(is_delivered(&timeline));
}

#[test]
fn udp_hands_over_at_once_what_tcp_keeps_back() {
    let timeline = run("udp-vs-tcp");
    let trace = timeline.trace();
    let arrived = |name: &str| {
        let packet = trace.packet(trace.packet_named(name).expect(name));
        packet.arrives()
    };
    assert!(arrived("client:udp:1+100").is_some() && arrived("client:udp:3+100").is_some());
    assert_eq!(arrived("client:udp:2+100"), None);
    let third = arrived("client:data:201+100").expect("it arrives");
    let read = trace.records().iter().filter_map(|record| match record.kind {
        RecordKind::Deliver { .. } => Some(record.at),
        _ => None,
    });
    assert!(read.max().is_some_and(|read| read > third + Duration::from_millis(200)));
}

#[test]
fn a_datagram_of_3800_octets_goes_in_three_fragments_and_is_lost_with_one() {
    let timeline = run("fragmentation");
    let datagram = &timeline.trace().packets()[0];
    let fragments: Vec<_> = datagram
        .fragments()
        .iter()
        .map(|fragment| (fragment.offset, fragment.octets, fragment.more))
        .collect();
    // In units of eight octets, as in the header.
    let [first, second, third] = fragments[..] else { panic!("three fragments: {fragments:?}") };
    assert_eq!([first.2, second.2, third.2], [true, true, false]);
    assert_eq!([first.0, second.0, third.0], [0, 175, 350]);
    let segments = timeline.trace().packets().iter().skip(1);
    assert!(segments.clone().all(|packet| packet.fragments().is_empty()));
    assert!(segments.clone().any(|packet| packet.id.len == 1380));
}

#[test]
fn nagle_waits_once_and_not_again_when_it_is_off() {
    let timeline = run("nagle-delayed-ack");
    let trace = timeline.trace();
    let between = |one: &str, other: &str| sent(trace, other).since(sent(trace, one));
    let on = between("client:data:1+6", "client:data:7+3");
    let off = between("client:data:10+6", "client:data:16+3");
    assert!(on >= Duration::from_millis(40), "{on:?}");
    assert_eq!(off, Duration::ZERO);
}

#[test]
fn with_the_cable_pulled_only_the_one_who_asks_finds_out() {
    let timeline = run("keep-alive");
    let trace = timeline.trace();
    let pulled = trace
        .records()
        .iter()
        .position(|record| matches!(record.kind, RecordKind::LinkChanged { .. }));
    let after = &trace.records()[pulled.expect("the cable is pulled")..];
    assert!(after.iter().all(|record| record.host != Some(HostId(1))), "the server does nothing");
    let last = trace.whys(after.last().expect("records").id);
    assert!(last.iter().any(|why| matches!(why, Why::Link(_))), "even the RST is lost");
}

#[test]
fn the_edits_of_a_lesson_can_be_undone() {
    for Lesson { id, .. } in LESSONS {
        let mut timeline = run(id);
        let digest = timeline.trace().digest();
        let first = timeline.trace().packets()[0].id;
        timeline.edit(Edit::Packet(tcpscope_sim::Intervention::Drop(first))).expect("an edit");
        timeline.undo();
        assert_eq!(timeline.trace().digest(), digest, "{id}");
    }
}
