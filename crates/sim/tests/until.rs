//! A run as far as a moment: it is what has happened by then, and nothing in it tells what follows.

mod common;

use common::exchange;
use proptest::prelude::*;
use tcpscope_sim::{
    ConnectionId, Edit, Ended, Fate, LinkChange, LinkProperty, RecordId, Timeline, Trace,
};
use tcpscope_tcp::Duration;

fn lossy(seed: u64) -> Timeline {
    let mut setup = exchange(20_000);
    setup.seed = seed;
    for link in &mut setup.links {
        link.loss_ppm = 50_000;
    }
    Timeline::new(setup).expect("a sound setup")
}

fn ids(trace: &Trace) -> impl Iterator<Item = RecordId> + use<> {
    (0..u32::try_from(trace.records().len()).expect("a short run")).map(RecordId)
}

#[test]
fn what_has_happened_is_as_it_was() {
    let timeline = lossy(7);
    let whole = timeline.trace();
    for at in ids(whole) {
        let past = whole.until(at);
        assert_eq!(past.records(), &whole.records()[..=at.index()]);
        assert_eq!(past.duration(), whole.record(at).at);
        assert_eq!(past.ended(), Ended::Quiet);
        for (place, packet) in (0..).map(tcpscope_sim::PacketIndex).zip(past.packets()) {
            assert!(packet.sent_by <= at && packet.ends <= past.duration(), "{at:?}");
            if packet.fate != Fate::UnderWay {
                assert_eq!(packet, whole.packet(place));
            }
        }
        for (place, info) in (0..).map(ConnectionId).zip(past.connections()) {
            assert_eq!(info.since, whole.connection(place).since);
            assert_eq!(past.status_of(place, at), whole.status_of(place, at));
        }
        for record in 0..=at.0 {
            assert_eq!(past.whys(RecordId(record)), whole.whys(RecordId(record)));
        }
    }
}

#[test]
fn what_is_under_way_stays_under_way() {
    let timeline = lossy(7);
    let whole = timeline.trace();
    for at in ids(whole) {
        let past = whole.until(at);
        let open: Vec<_> = (0..)
            .map(tcpscope_sim::PacketIndex)
            .zip(past.packets())
            .filter(|(_, packet)| packet.fate == Fate::UnderWay)
            .map(|(place, _)| place)
            .collect();
        let moment = whole.moment_of(at);
        assert_eq!(open, whole.in_flight(moment).collect::<Vec<_>>(), "{at:?}");
        assert_eq!(open, past.in_flight(moment).collect::<Vec<_>>(), "{at:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// The cable is pulled just after a moment, and all that is under way is lost: up to the moment
    /// the two runs are the same, in everything that can be asked of them.
    #[test]
    fn nothing_tells_what_follows(seed in any::<u64>(), at in any::<prop::sample::Index>()) {
        let timeline = lossy(seed);
        let whole = timeline.trace();
        let last = whole.records().len() - 1;
        let at = whole.at(whole.records()[at.index(last)].at);
        let mut other = timeline.clone();
        for from in [common::CLIENT, common::SERVER] {
            let change = LinkChange {
                at: at.at + Duration::from_micros(1),
                from,
                toward: None,
                to: LinkProperty::Up(false),
            };
            other.edit(Edit::Link(change)).expect("a cable can be pulled");
        }
        prop_assert_ne!(other.trace(), whole);
        let (past, same) = (other.trace().until(at.record), whole.until(at.record));
        prop_assert_eq!(past.records(), same.records());
        prop_assert_eq!(past.packets().len(), same.packets().len());
        for (packet, same) in past.packets().iter().zip(same.packets()) {
            // What is counted in millionths of two ways may differ in the last of them.
            prop_assert!(packet.reached_ppm.abs_diff(same.reached_ppm) <= 3);
            let mut packet = packet.clone();
            packet.reached_ppm = same.reached_ppm;
            prop_assert_eq!(&packet, same);
        }
        for (place, _) in (0..).map(ConnectionId).zip(same.connections()) {
            prop_assert_eq!(past.status_of(place, at.record), same.status_of(place, at.record));
        }
    }
}
