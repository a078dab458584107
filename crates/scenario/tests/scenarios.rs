//! The scenarios that come with the page, run as the page runs them; the basic ones also with each
//! of their packets dropped.

mod common;

use common::{applied, ids, is_told, read, run, scenario, states};
use tcpscope_scenario::{Index, Scenario};
use tcpscope_sim::{
    AppCall, CallResult, Edit, Ended, HostId, Intervention, PacketKind, RecordKind, Timeline, Trace,
};
use tcpscope_tcp::{State, Timer};

const HOSTS: [HostId; 2] = [HostId(0), HostId(1)];

/// Those in which one connection is opened, used both ways and closed; `lessons.rs` has the others.
const BASICS: [&str; 6] = [
    "three-way-handshake",
    "four-way-close",
    "lost-syn",
    "lost-last-ack",
    "sliding-window",
    "simultaneous-open",
];

/// What the scripts of a host say that it sends.
fn said(timeline: &Timeline, from: HostId) -> Vec<u8> {
    let sent = timeline.setup().hosts[from.index()].script.iter().filter_map(|step| {
        let AppCall::Send(data) = &step.call else { return None };
        Some(data.as_ref())
    });
    sent.flatten().copied().collect()
}

/// The stream as it arrived from a host, put together from the segments, and how much of it the
/// other's application read.
fn heard(trace: &Trace, from: HostId) -> (Vec<u8>, usize) {
    let (mut stream, mut read) = (Vec::new(), 0);
    for record in trace.records() {
        match record.kind {
            RecordKind::Arrive { packet } => {
                let packet = trace.packet(packet);
                let text = &packet.segment.payload;
                if packet.id.from == from && !text.is_empty() {
                    // The SYN is number 0, so that the first octet of text is number 1.
                    let start = packet.id.seq as usize - 1;
                    stream.resize(stream.len().max(start + text.len()), 0);
                    stream[start..start + text.len()].copy_from_slice(text);
                }
            }
            RecordKind::Call { result: CallResult::Received(octets), .. }
                if record.host != Some(from) =>
            {
                read += octets as usize;
            }
            _ => {}
        }
    }
    (stream, read)
}

/// Whether all that the scripts send was read at the other end, octet by octet.
fn all_delivered(timeline: &Timeline) -> bool {
    HOSTS.into_iter().all(|from| {
        let said = said(timeline, from);
        let (stream, read) = heard(timeline.trace(), from);
        read == said.len() && stream == said
    })
}

#[test]
fn the_index_says_what_the_files_say() {
    let index = Index::from_json(&read("index.json")).unwrap_or_else(|error| panic!("{error}"));
    let mut listed: Vec<_> = index.scenarios.iter().map(|entry| entry.id.clone()).collect();
    listed.sort();
    assert_eq!(listed, ids());
    for entry in &index.scenarios {
        let scenario = scenario(&entry.id);
        assert_eq!((scenario.id(), scenario.title()), (entry.id.as_str(), &entry.title));
    }
}

#[test]
fn every_scenario_can_be_written_and_read_again() {
    for id in ids() {
        let scenario = scenario(&id);
        assert_eq!(Scenario::from_json(&scenario.to_json()), Ok(scenario), "{id}");
    }
}

#[test]
fn a_basic_scenario_ends_closed_with_all_delivered() {
    for id in BASICS {
        let timeline = run(id);
        let trace = timeline.trace();
        assert_eq!(trace.ended(), Ended::Quiet, "{id}");
        for host in HOSTS {
            assert_eq!(states(trace, host).last(), Some(&State::Closed), "{id}");
            assert!(!said(&timeline, host).is_empty(), "{id}: data goes both ways");
        }
        assert!(all_delivered(&timeline), "{id}");
        assert!(!is_told(trace), "{id}");
    }
}

#[test]
fn the_same_scenario_gives_the_same_trace() {
    for id in ids() {
        let (one, other) = (run(&id), run(&id));
        assert_eq!(one.trace(), other.trace(), "{id}");
        assert_eq!(one.trace().digest(), other.trace().digest(), "{id}");
    }
}

#[test]
fn whichever_packet_is_dropped_all_is_delivered_or_the_application_is_told() {
    for id in BASICS {
        let mut timeline = run(id);
        let digest = timeline.trace().digest();
        let packets: Vec<_> = timeline.trace().packets().iter().map(|packet| packet.id).collect();
        for packet in packets {
            timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("a packet of the run");
            let trace = timeline.trace();
            let name = packet.to_text(trace.hosts().iter().map(|host| host.name.as_str()));
            assert_eq!(trace.ended(), Ended::Quiet, "{id} without {name}");
            for host in HOSTS {
                assert_eq!(states(trace, host).last(), Some(&State::Closed), "{id} without {name}");
            }
            assert!(all_delivered(&timeline) || is_told(timeline.trace()), "{id} without {name}");
            timeline.undo();
            assert_eq!(timeline.trace().digest(), digest, "{id}: {name} undone");
        }
    }
}

#[test]
fn both_ends_go_through_the_states_that_the_rfc_gives() {
    use State::{
        CloseWait, Closed, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived, SynSent,
        TimeWait,
    };
    let active = [Closed, SynSent, Established];
    let passive = [Closed, Listen, SynReceived, Established];
    let at_once = [Closed, SynSent, SynReceived, Established];
    let closes_first = [FinWait1, FinWait2, TimeWait, Closed];
    let closes_second = [CloseWait, LastAck, Closed];
    let cases = [
        (
            "three-way-handshake",
            [[&active[..], &closes_first].concat(), [&passive[..], &closes_second].concat()],
        ),
        (
            "four-way-close",
            [[&active[..], &closes_first].concat(), [&passive[..], &closes_second].concat()],
        ),
        (
            "lost-syn",
            [[&active[..], &closes_first].concat(), [&passive[..], &closes_second].concat()],
        ),
        (
            "lost-last-ack",
            [[&active[..], &closes_first].concat(), [&passive[..], &closes_second].concat()],
        ),
        (
            "sliding-window",
            [[&active[..], &closes_second].concat(), [&passive[..], &closes_first].concat()],
        ),
        (
            "simultaneous-open",
            [[&at_once[..], &closes_first].concat(), [&at_once[..], &closes_second].concat()],
        ),
    ];
    assert_eq!(cases.len(), BASICS.len(), "every one is in the table");
    for (id, expected) in cases {
        let timeline = run(id);
        assert_eq!(HOSTS.map(|host| states(timeline.trace(), host)), expected, "{id}");
    }
}

#[test]
fn in_the_handshake_each_number_is_acknowledged_plus_one() {
    let timeline = run("three-way-handshake");
    let [syn, syn_ack, ack, ..] = timeline.trace().packets() else { panic!("three segments") };
    assert!(syn.segment.syn() && syn.segment.ack.is_none());
    assert!(syn_ack.segment.syn());
    assert_eq!(syn_ack.segment.ack, Some(syn.segment.seq + 1));
    assert_eq!(ack.segment.seq, syn.segment.seq + 1);
    assert_eq!(ack.segment.ack, Some(syn_ack.segment.seq + 1));
    assert!(!ack.segment.syn() && ack.segment.is_empty(), "the third segment carries nothing");
}

#[test]
fn in_close_wait_the_server_goes_on_sending_and_it_arrives() {
    let timeline = run("four-way-close");
    let trace = timeline.trace();
    let in_close_wait = trace.packets().iter().filter(|packet| {
        packet.id.kind == PacketKind::Data
            && trace.status(packet.id.from, packet.sent_by).state == State::CloseWait
    });
    assert!(in_close_wait.count() >= 2);
}

#[test]
fn without_the_last_ack_the_server_sends_its_fin_again_and_time_wait_begins_anew() {
    let mut timeline = run("four-way-close");
    let last_ack = timeline.trace().packets().last().expect("packets").id;
    assert_eq!((last_ack.from, last_ack.kind), (HostId(0), PacketKind::Ack));
    timeline.edit(Edit::Packet(Intervention::Drop(last_ack))).expect("a packet of the run");
    last_ack_is_made_good(timeline.trace());
    last_ack_is_made_good(run("lost-last-ack").trace());
}

fn last_ack_is_made_good(trace: &Trace) {
    let fins: Vec<_> = trace
        .packets()
        .iter()
        .filter(|packet| packet.id.from == HostId(1) && packet.id.kind == PacketKind::Fin)
        .collect();
    let [first, again] = fins[..] else { panic!("the server sends its FIN twice") };
    assert!(!first.retransmission && again.retransmission);
    assert_eq!(trace.status(HostId(1), again.sent_by).state, State::LastAck);
    let ends: Vec<_> = trace
        .records()
        .iter()
        .filter_map(|record| trace.status(HostId(0), record.id).timer(Timer::TimeWait))
        .collect();
    let mut ends_once = ends.clone();
    ends_once.dedup();
    let [end, later] = ends_once[..] else { panic!("TIME-WAIT begins twice") };
    assert!(end < later);
}

#[test]
fn the_lost_syn_is_sent_again_with_its_number() {
    let timeline = run("lost-syn");
    let [lost, again, ..] = timeline.trace().packets() else { panic!("two packets") };
    assert!(lost.arrives().is_none() && again.arrives().is_some());
    assert_eq!(lost.segment, again.segment);
    assert!(again.retransmission);
}

#[test]
fn the_window_slides_closes_is_probed_and_opens() {
    let timeline = run("sliding-window");
    let trace = timeline.trace();
    let server = HostId(1);
    let windows: Vec<_> =
        trace.records().iter().map(|record| trace.status(server, record.id).snd_wnd).collect();
    let closes = windows.windows(2).position(|pair| pair[0] > 0 && pair[1] == 0);
    let opens = windows.windows(2).position(|pair| pair[0] == 0 && pair[1] > 0 && pair[1] < 60_000);
    assert!(closes.is_some() && opens.is_some());
    assert!(applied(trace, "window-probe") >= 2, "the closed window is probed");
    assert!(applied(trace, "window-closed") >= 1);
    for packet in trace.packets().iter().filter(|packet| packet.id.from == server) {
        let status = trace.status(server, packet.sent_by);
        let probe = packet.segment.text_len() == 1;
        assert!(probe || status.flight <= 4_000, "no more in flight than the client has room for");
    }
    let texts = trace.packets().iter().filter(|packet| packet.segment.text_len() > 1);
    assert!((20..=40).contains(&texts.count()));
}

#[test]
fn in_the_simultaneous_open_the_syns_cross_and_four_segments_open_one_connection() {
    let timeline = run("simultaneous-open");
    let trace = timeline.trace();
    let [one, other, ..] = trace.packets() else { panic!("two packets") };
    assert_eq!(one.sent, other.sent);
    let syns = trace.packets().iter().filter(|packet| packet.segment.syn());
    assert_eq!(syns.count(), 4);
    assert!(!trace.hosts().iter().any(|host| host.states().any(|(_, s)| s == State::Listen)));
}
