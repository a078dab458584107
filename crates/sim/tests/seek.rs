//! Seeking: what is found is the nearest, and going back undoes going on.

mod common;

use common::{CLIENT, SERVER, exchange};
use proptest::prelude::*;
use tcpscope_sim::{
    Edit, HostId, Intervention, Record, RecordId, RecordKind, Sought, Timeline, Trace, Way,
};

fn lossy(seed: u64) -> Timeline {
    let mut setup = exchange(20_000);
    setup.seed = seed;
    for link in &mut setup.links {
        link.loss_ppm = 50_000;
    }
    let mut timeline = Timeline::new(setup).expect("a sound setup");
    let packet = timeline.trace().packets()[5].id;
    timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("it can be dropped");
    timeline
}

fn is_sought(trace: &Trace, record: &Record, sought: Sought<'_>, host: Option<HostId>) -> bool {
    let name = record.kind.name();
    host.is_none_or(|host| record.host == Some(host))
        && match sought {
            Sought::Any => true,
            Sought::Kind(kind) => name == kind,
            Sought::StateChange => name == "transition",
            Sought::Fault => name == "lost" || name == "intervention",
            Sought::Retransmission => match record.kind {
                RecordKind::Transmit { packet } => trace.packet(packet).retransmission,
                _ => false,
            },
            Sought::Timeout => matches!(
                record.kind,
                RecordKind::Timer { event: tcpscope_sim::TimerEvent::Expired, .. }
            ),
            Sought::Packet(id) => {
                record.kind.packet().is_some_and(|packet| trace.packet(packet).id == id)
            }
        }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    /// From wherever, whichever way, whatever is sought: it is the nearest that a look at every
    /// record finds.
    #[test]
    fn what_is_found_is_the_nearest(seed in any::<u64>(), from in any::<prop::sample::Index>()) {
        let timeline = lossy(seed);
        let trace = timeline.trace();
        let records = trace.records();
        let from = RecordId(u32::try_from(from.index(records.len() + 2)).expect("a short run"));
        let sought = [
            Sought::Any,
            Sought::Kind("call"),
            Sought::Kind("transmit"),
            Sought::Kind("notify"),
            Sought::Kind("nothing"),
            Sought::StateChange,
            Sought::Fault,
            Sought::Retransmission,
            Sought::Timeout,
            Sought::Packet(trace.packets()[5].id),
            Sought::Packet(trace.packets()[trace.packets().len() - 1].id),
        ];
        for sought in sought {
            for host in [None, Some(CLIENT), Some(SERVER)] {
                let fits = |record: &&Record| is_sought(trace, record, sought, host);
                let back = records.iter().filter(|record| record.id < from).rfind(fits);
                let on = records.iter().filter(|record| record.id > from).find(fits);
                let found = |way| trace.seek(from, way, sought, host);
                prop_assert_eq!(found(Way::Back), back.map(|record| record.id));
                prop_assert_eq!(found(Way::On), on.map(|record| record.id));
            }
        }
    }
}

#[test]
fn every_fault_is_passed_on_the_way_on_and_on_the_way_back() {
    let timeline = lossy(3);
    let trace = timeline.trace();
    let go = |from: u32, way| {
        core::iter::successors(Some(RecordId(from)), move |from| {
            trace.seek(*from, way, Sought::Fault, None)
        })
        .skip(1)
    };
    let on: Vec<RecordId> = go(0, Way::On).collect();
    let mut back: Vec<RecordId> = go(u32::MAX, Way::Back).collect();
    back.reverse();
    assert_eq!(on, back);
    assert!(on.len() >= 2, "one was dropped on purpose: {on:?}");
}

#[test]
fn a_packet_is_found_where_it_was_sent() {
    let timeline = lossy(3);
    let trace = timeline.trace();
    for packet in trace.packets() {
        let moment = trace.sending_of(packet.id).expect("it was sent");
        assert_eq!((moment.at, moment.record), (packet.sent, packet.sent_by));
        assert!(matches!(trace.record(moment.record).kind, RecordKind::Transmit { .. }));
    }
}
