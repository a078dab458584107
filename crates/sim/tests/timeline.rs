//! Time travel: what an edit changes, what it leaves, and what undo brings back.

mod common;

use common::{CLIENT, SERVER, exchange, rules};
use proptest::prelude::*;
use tcpscope_sim::{
    Edit, EditError, Fate, Intervention, PacketIndex, RecordId, Setup, Timeline, Trace,
};
use tcpscope_tcp::Duration;

/// An exchange over links that lose, so that there is something to keep.
fn lossy(seed: u64, response: usize) -> Setup {
    let mut setup = exchange(response);
    setup.seed = seed;
    for link in &mut setup.links {
        link.loss_ppm = 50_000;
    }
    setup
}

fn edit(trace: &Trace, pick: (u8, prop::sample::Index, u32)) -> Edit {
    let (kind, packet, amount) = pick;
    let packet = trace.packets()[packet.index(trace.packets().len())].id;
    let from = if amount % 2 == 0 { CLIENT } else { SERVER };
    match kind % 4 {
        0 => Edit::Packet(Intervention::Drop(packet)),
        1 => {
            let by = Duration::from_micros(u64::from(amount));
            Edit::Packet(Intervention::Delay { packet, by })
        }
        2 => Edit::LinkLoss { from, loss_ppm: amount % 200_000 },
        _ => Edit::LinkDelay { from, delay: Duration::from_micros(u64::from(amount % 200_000)) },
    }
}

fn picks() -> impl Strategy<Value = Vec<(u8, prop::sample::Index, u32)>> {
    prop::collection::vec((any::<u8>(), any::<prop::sample::Index>(), 0_u32..500_000), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Replaying from a snapshot is running afresh with all edits; undo and redo retrace the steps.
    #[test]
    fn replay_is_a_fresh_run_and_undo_goes_back(
        seed in any::<u64>(),
        response in 0_usize..30_000,
        picks in picks(),
    ) {
        let setup = lossy(seed, response);
        let mut timeline = Timeline::new(setup.clone()).unwrap();
        let mut digests = vec![timeline.trace().digest()];
        let mut edits = Vec::new();
        for pick in picks {
            let next = edit(timeline.trace(), pick);
            timeline.edit(next).unwrap();
            edits.push(next);
            digests.push(timeline.trace().digest());
        }
        let mut fresh = setup.clone();
        let mut again = Timeline::new(setup).unwrap();
        for edit in &edits {
            match *edit {
                Edit::Packet(intervention) => fresh.interventions.push(intervention),
                Edit::LinkDelay { from, delay } => fresh.links[from.index()].delay = delay,
                Edit::LinkLoss { from, loss_ppm } => fresh.links[from.index()].loss_ppm = loss_ppm,
            }
            again.edit(*edit).unwrap();
        }
        let fresh = Timeline::new(fresh).unwrap();
        prop_assert_eq!(fresh.trace(), timeline.trace());
        prop_assert_eq!(again.trace(), timeline.trace());

        for digest in digests.iter().rev().skip(1) {
            prop_assert!(timeline.undo());
            prop_assert_eq!(timeline.trace().digest(), *digest);
        }
        prop_assert!(!timeline.undo());
        for digest in digests.iter().skip(1) {
            prop_assert!(timeline.redo());
            prop_assert_eq!(timeline.trace().digest(), *digest);
        }
        prop_assert!(!timeline.redo());
    }

    /// Dropping one packet leaves everything before it as it was, and draws no other fate anew.
    #[test]
    fn a_drop_changes_nothing_before_it_and_no_other_draw(
        seed in any::<u64>(),
        picked in any::<prop::sample::Index>(),
    ) {
        let base = Timeline::new(lossy(seed, 20_000)).unwrap();
        let index = picked.index(base.trace().packets().len());
        let packet = &base.trace().packets()[index];
        let mut edited = base.clone();
        edited.edit(Edit::Packet(Intervention::Drop(packet.id))).unwrap();

        let until = packet.sent_by.index() + 1;
        prop_assert_eq!(&base.trace().records()[..until], &edited.trace().records()[..until]);
        prop_assert_eq!(&base.trace().packets()[..index], &edited.trace().packets()[..index]);
        for other in edited.trace().packets() {
            let Some(same) = base.trace().find_packet(other.id) else { continue };
            let fate = base.trace().packet(same).fate;
            prop_assert!(other.id == packet.id || other.fate == fate, "{:?}", other.id);
        }
    }

    /// Every record has a cause that lies before it; every effect has a reason.
    #[test]
    fn every_record_has_its_cause_before_it_and_a_reason(seed in any::<u64>()) {
        let timeline = Timeline::new(lossy(seed, 20_000)).unwrap();
        let trace = timeline.trace();
        for record in trace.records() {
            prop_assert!(record.cause.is_none_or(|cause| cause < record.id));
            prop_assert!(!trace.whys(record.id).is_empty(), "{record:?} has no reason");
        }
    }
}

#[test]
fn an_edit_that_cannot_be_made_changes_nothing() {
    let mut timeline = Timeline::new(exchange(1000)).unwrap();
    let before = timeline.trace().digest();
    let mut nobody = timeline.trace().packet(PacketIndex(0)).id;
    nobody.attempt = 7;
    let unknown = EditError::UnknownPacket { packet: "client:syn:0~7".to_owned() };
    assert_eq!(timeline.edit(Edit::Packet(Intervention::Drop(nobody))), Err(unknown));
    let loss_ppm = 1_000_001;
    let above = EditError::LossAboveAll { loss_ppm };
    assert_eq!(timeline.edit(Edit::LinkLoss { from: CLIENT, loss_ppm }), Err(above));
    assert_eq!(timeline.trace().digest(), before);
    assert!(!timeline.can_undo());
}

#[test]
fn a_delayed_packet_arrives_that_much_later_and_is_overtaken() {
    let mut timeline = Timeline::new(exchange(6000)).unwrap();
    let packet = timeline.trace().packet_named("server:data:1+1460").unwrap();
    let (id, arrives) = {
        let packet = timeline.trace().packet(packet);
        (packet.id, packet.ends)
    };
    let by = Duration::from_millis(100);
    timeline.edit(Edit::Packet(Intervention::Delay { packet: id, by })).unwrap();
    let trace = timeline.trace();
    let delayed = trace.packet(packet);
    assert_eq!((delayed.fate, delayed.ends), (Fate::Delivered, arrives + by));
    let rules = rules(trace);
    assert!(rules.contains(&"text-out-of-order") && rules.contains(&"text-fills-gap"));
    assert!(rules.contains(&"fast-retransmit"), "three duplicates came before it");
}

#[test]
fn a_moment_is_the_last_record_by_then() {
    let timeline = Timeline::new(exchange(1000)).unwrap();
    let trace = timeline.trace();
    for record in trace.records() {
        let moment = trace.moment_of(record.id);
        assert_eq!((moment.at, moment.record), (record.at, record.id));
        let last_then = trace.at(record.at).record;
        assert!(last_then >= record.id && trace.record(last_then).at == record.at);
    }
    assert_eq!(trace.moment_of(RecordId(u32::MAX)).at, trace.duration());
}
