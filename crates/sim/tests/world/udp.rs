//! Datagrams beside TCP: sent at once, and handed out as they come.

use tcpscope_sim::{
    AppCall, Edit, Fate, Intervention, PacketKind, RecordKind, Step, Timeline, Wait, Want,
};

use crate::nets::*;

/// Three messages of 100 octets, at once.
fn messages() -> Vec<Step> {
    (0..3).map(|_| now(AppCall::SendTo { to: None, port: None, octets: 100 })).collect()
}

/// When each packet of so many octets of text was delivered, in order.
fn delivered(timeline: &Timeline) -> Vec<(u64, u32)> {
    let records = timeline.trace().records().iter();
    let octets = records.filter_map(|record| match record.kind {
        RecordKind::Deliver { octets } => Some((record.at.as_micros(), octets)),
        _ => None,
    });
    octets.collect()
}

#[test]
fn a_lost_datagram_is_lost_and_nobody_waits_for_it() {
    let mut timeline = run(two(messages(), Vec::new()));
    assert_eq!(
        sent_by(timeline.trace(), CLIENT),
        ["client:udp:1+100", "client:udp:2+100", "client:udp:3+100"]
    );
    assert_eq!(delivered(&timeline).len(), 3);
    let second = timeline.trace().packet_named("client:udp:2+100").expect("it was sent");
    let id = timeline.trace().packet(second).id;
    assert_eq!(id.kind, PacketKind::Udp);
    timeline.edit(Edit::Packet(Intervention::Drop(id))).expect("it was sent");
    assert_eq!(timeline.trace().packet(second).fate, Fate::Dropped);
    assert_eq!(delivered(&timeline).len(), 2);
    assert_eq!(timeline.trace().packets().len(), 3, "nothing is sent again");
}

#[test]
fn a_late_datagram_comes_after_those_that_were_sent_later() {
    let mut timeline = run(two(messages(), Vec::new()));
    let first = timeline.trace().packets()[0].id;
    timeline
        .edit(Edit::Packet(Intervention::Delay { packet: first, by: ms(50) }))
        .expect("it was sent");
    let order: Vec<_> = timeline
        .trace()
        .records()
        .iter()
        .filter_map(|record| match record.kind {
            RecordKind::Arrive { packet } => Some(timeline.trace().packet(packet).id.seq),
            _ => None,
        })
        .collect();
    assert_eq!(order, [2, 3, 1]);
    // A message tells its number.
    let payload = &timeline.trace().packets()[2].segment.payload;
    assert!(payload.starts_with(b"message 3\n") && payload.len() == 100);
}

#[test]
fn udp_and_tcp_share_hosts_and_links() {
    let mut script = vec![now(AppCall::Open { active: true })];
    script.extend([
        when(Wait::Connected, AppCall::Generate { octets: 10_000 }),
        now(AppCall::SendTo { to: None, port: Some(53), octets: 1200 }),
        now(AppCall::Close),
    ]);
    let server = vec![now(AppCall::Open { active: false }), now(AppCall::Receive(Want::All))];
    let timeline = run(two(script, server));
    let trace = timeline.trace();
    assert_eq!(read(trace, connections(trace, SERVER)[0]), 10_000);
    let datagram = trace.packet_named("client-53:udp:1+1200").expect("its port is said");
    let datagram = trace.packet(datagram);
    assert_eq!(datagram.octets(), 1228);
    assert!(datagram.departs > datagram.sent, "it waits for the segments before it");
    assert_eq!(
        rules(trace, SERVER).iter().filter(|rule| **rule == "datagram-delivered").count(),
        2
    );
}
