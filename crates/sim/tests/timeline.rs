//! Time travel: what an edit changes, what it leaves, and what undo brings back.

mod common;

use common::{CLIENT, SERVER, exchange, rules};
use proptest::prelude::*;
use tcpscope_sim::{
    Bursts, Codel, Edit, EditError, Fate, HostId, Intervention, Jitter, LinkChange, LinkProperty,
    Mtu, PacketId, PacketIndex, QueueLimit, Queueing, RecordId, Reorder, Setup, Timeline, Trace,
};
use tcpscope_tcp::{Duration, Instant};

/// An exchange over links that do all that links can, so that there is something to keep.
fn lossy(seed: u64, response: usize) -> Setup {
    let mut setup = exchange(response);
    setup.seed = seed;
    for link in &mut setup.links {
        link.loss_ppm = 50_000;
        // Some runs over links that do no more than that.
        if seed.is_multiple_of(2) {
            let ms = Duration::from_millis;
            link.jitter = Some(Jitter { up_to: ms(5), overtaking: seed.is_multiple_of(4) });
            link.duplicate_ppm = 30_000;
            link.corrupt_ppm = 20_000;
            link.reorder = Some(Reorder { ppm: 30_000, by: ms(12) });
            link.bursts =
                Some(Bursts { slot: ms(2), begin_ppm: 5_000, end_ppm: 200_000, loss_ppm: 500_000 });
            link.mtu = Some(Mtu { octets: 1006, fragments: true });
            link.rate_bps = Some(2_000_000);
            link.queue.limit = Some(QueueLimit::Packets(12));
            link.queue.codel = Some(Codel::default());
        }
    }
    setup
}

/// An edit of a packet that is sent, of one like it that perhaps is not, or of a link.
fn edit(trace: &Trace, kind: u8, packet: prop::sample::Index, amount: u32) -> Edit {
    let mut packet = trace.packets()[packet.index(trace.packets().len())].id;
    let from = if amount.is_multiple_of(2) { CLIENT } else { SERVER };
    let by = Duration::from_micros(u64::from(amount));
    let at = Instant::from_micros(u64::from(amount));
    match kind % 11 {
        0 => Edit::Packet(Intervention::Drop(packet)),
        1 => Edit::Packet(Intervention::Delay { packet, by }),
        2 => {
            packet.attempt += 1;
            Edit::Packet(Intervention::Drop(packet))
        }
        3 => Edit::LinkLoss { from, loss_ppm: amount % 200_000 },
        4 => Edit::Packet(Intervention::Duplicate { packet, by }),
        5 => Edit::Packet(Intervention::Corrupt { packet, bit: amount % 400 }),
        6 => Edit::Packet(Intervention::Hold { packet, until: at }),
        7 => {
            let with = trace.packets()[amount as usize % trace.packets().len()].id;
            Edit::Packet(Intervention::Swap { packet, with })
        }
        8 => Edit::Link(LinkChange {
            at,
            from,
            toward: None,
            to: LinkProperty::Up(amount.is_multiple_of(3)),
        }),
        9 => Edit::Link(LinkChange {
            at,
            from,
            toward: None,
            to: LinkProperty::Rate(Some(1_000_000)),
        }),
        _ => Edit::LinkDelay { from, delay: Duration::from_micros(u64::from(amount % 200_000)) },
    }
}

/// Something that a person does to the list of edits, or to the moment, as numbers choose.
type Pick = (u8, prop::sample::Index, prop::sample::Index, u8, u32);

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    let index = any::<prop::sample::Index>;
    prop::collection::vec((any::<u8>(), index(), index(), any::<u8>(), 0_u32..500_000), 1..12)
}

/// Does it; says whether the list may be another now.
fn act(timeline: &mut Timeline, (what, place, packet, kind, amount): Pick) {
    let edits = timeline.edits().len();
    let other = amount as usize % edits.max(1);
    let new = edit(timeline.trace(), kind, packet, amount);
    match what % 10 {
        0..=2 => timeline.edit(new).expect("it can be made"),
        3 => timeline.insert(place.index(edits + 1), new).expect("it can be made"),
        4 if edits > 0 => timeline.remove(place.index(edits)).expect("it can be made"),
        5 if edits > 0 => timeline.replace(place.index(edits), new).expect("it can be made"),
        6 if edits > 0 => timeline.reorder(place.index(edits), other).expect("it can be made"),
        7 => drop(timeline.undo()),
        8 => drop(timeline.redo()),
        _ => {
            let at = timeline.trace().at(Instant::from_micros(u64::from(amount)));
            let _ = timeline.trace().status(CLIENT, at.record);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever was done to the list, undone and looked at before: the run is the one that the
    /// list gives when it is run afresh, and that it gives every time.
    #[test]
    fn a_run_is_what_its_list_of_edits_makes_it(
        seed in any::<u64>(),
        response in 0_usize..30_000,
        picks in picks(),
    ) {
        let setup = lossy(seed, response);
        let mut timeline = Timeline::new(setup.clone()).unwrap();
        for pick in picks {
            act(&mut timeline, pick);
            let mut afresh = setup.clone();
            for edit in timeline.edits() {
                match *edit {
                    Edit::Act(_) => {}
                    Edit::Packet(intervention) => afresh.interventions.push(intervention),
                    Edit::Link(change) => afresh.link_changes.push(change),
                    Edit::LinkDelay { from, delay } => afresh.links[from.index()].delay = delay,
                    Edit::LinkLoss { from, loss_ppm } => {
                        afresh.links[from.index()].loss_ppm = loss_ppm;
                    }
                }
            }
            let afresh = Timeline::new(afresh).unwrap();
            prop_assert_eq!(afresh.trace(), timeline.trace());
            prop_assert_eq!(afresh.trace().digest(), timeline.trace().digest());
        }
    }

    /// Undo goes back the way that was come, redo goes it again, and both together are nothing.
    #[test]
    fn undo_and_redo_retrace_the_steps(
        seed in any::<u64>(),
        response in 0_usize..30_000,
        picks in picks(),
    ) {
        let mut timeline = Timeline::new(lossy(seed, response)).unwrap();
        let state = |timeline: &Timeline| (timeline.edits().to_vec(), timeline.trace().digest());
        let mut states = vec![state(&timeline)];
        for (what, place, packet, kind, amount) in picks {
            // Neither undo nor redo, and nothing that only looks.
            let before = timeline.edits().len();
            let what = if before == 0 { what % 4 } else { what % 7 };
            act(&mut timeline, (what, place, packet, kind, amount));
            states.push(state(&timeline));
        }
        for expected in states.iter().rev().skip(1) {
            prop_assert!(timeline.undo());
            prop_assert_eq!(&state(&timeline), expected);
            prop_assert!(timeline.redo() && timeline.undo());
            prop_assert_eq!(&state(&timeline), expected);
        }
        prop_assert!(!timeline.undo() && !timeline.can_undo());
        for expected in states.iter().skip(1) {
            prop_assert!(timeline.redo());
            prop_assert_eq!(&state(&timeline), expected);
        }
        prop_assert!(!timeline.redo() && !timeline.can_redo());
    }

    /// Dropping one packet leaves everything before it as it was, and draws no other fate anew.
    #[test]
    fn a_drop_changes_nothing_before_it_and_no_other_draw(
        seed in any::<u64>(),
        picked in any::<prop::sample::Index>(),
    ) {
        let mut setup = lossy(seed, 20_000);
        for link in &mut setup.links {
            // What these decide depends on when a packet leaves, and on what else is there: so it
            // is meant to be another when something else happened before.
            link.bursts = None;
            link.queue = Queueing::default();
        }
        let base = Timeline::new(setup).unwrap();
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
    nobody.from = HostId(2);
    let unknown = EditError::UnknownPacket { packet: "?:syn:0".to_owned() };
    assert_eq!(timeline.edit(Edit::Packet(Intervention::Drop(nobody))), Err(unknown));
    let loss_ppm = 1_000_001;
    let above = EditError::LossAboveAll { loss_ppm };
    assert_eq!(timeline.edit(Edit::LinkLoss { from: CLIENT, loss_ppm }), Err(above));
    let nowhere = |place| Err(EditError::NoSuchEdit { place, edits: 0 });
    let edit = Edit::LinkLoss { from: CLIENT, loss_ppm: 0 };
    assert_eq!(timeline.insert(1, edit.clone()), nowhere(1));
    assert_eq!(timeline.replace(0, edit), nowhere(0));
    assert_eq!(timeline.remove(0), nowhere(0));
    assert_eq!(timeline.reorder(0, 0), nowhere(0));
    assert_eq!(timeline.trace().digest(), before);
    assert!(!timeline.can_undo());
}

#[test]
fn what_is_done_to_a_packet_that_is_not_sent_waits_for_it() {
    let mut timeline = Timeline::new(exchange(6000)).unwrap();
    let first = timeline.trace().packet_named("server:data:1+1460").unwrap();
    let first = timeline.trace().packet(first).id;
    let again = Edit::Packet(Intervention::Drop(PacketId { attempt: 2, ..first }));
    let before = timeline.trace().digest();
    timeline.edit(again.clone()).unwrap();
    assert_eq!(timeline.trace().digest(), before);
    assert!(!timeline.is_met(&again));

    timeline.edit(Edit::Packet(Intervention::Drop(first))).unwrap();
    assert!(timeline.is_met(&again));
    let sent = |attempt| timeline.trace().find_packet(PacketId { attempt, ..first });
    assert_eq!(timeline.trace().packet(sent(2).unwrap()).fate, Fate::Dropped);
    assert!(sent(3).is_some(), "the second retransmission arrives");
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
