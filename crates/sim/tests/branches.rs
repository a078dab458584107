//! What if: the run before an edit is kept, and two runs are laid side by side.

mod common;

use common::{CLIENT, SERVER, exchange};
use proptest::prelude::*;
use tcpscope_sim::{
    Edit, Intervention, KeepError, MOST_BRANCHES, RecordId, RecordKind, Row, Setup, SetupError,
    Side, Timeline, Trace, compare,
};
use tcpscope_tcp::{Config, Duration};

fn lossy(seed: u64) -> Setup {
    let mut setup = exchange(20_000);
    setup.seed = seed;
    for link in &mut setup.links {
        link.loss_ppm = 50_000;
    }
    setup
}

fn drop_packet(trace: &Trace, index: usize) -> Edit {
    Edit::Packet(Intervention::Drop(trace.packets()[index].id))
}

fn drop_named(trace: &Trace, name: &str) -> Edit {
    let packet = trace.packet_named(name).expect("it is sent");
    Edit::Packet(Intervention::Drop(trace.packet(packet).id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Each record of both runs stands in one row, in order; what stands together is the same.
    #[test]
    fn rows_hold_every_record_in_order(seed in any::<u64>(), picked in any::<prop::sample::Index>()) {
        let mut timeline = Timeline::new(lossy(seed)).expect("a sound setup");
        let before = timeline.trace().clone();
        let edit = drop_packet(&before, picked.index(before.packets().len()));
        timeline.edit(edit).expect("it can be made");
        let after = timeline.trace();
        let comparison = compare(&before, after);
        let Some(first) = &comparison.first else {
            prop_assert!(before.records() == after.records());
            return Ok(());
        };
        let alike = first.a.or(first.b).expect("one goes on").index();
        prop_assert_eq!(&before.records()[..alike], &after.records()[..alike]);

        let a = comparison.rows.iter().filter_map(|row| match row {
            Row::Both { a, .. } | Row::OnlyA(a) => Some(a.index()),
            Row::OnlyB(_) => None,
        });
        prop_assert!(a.eq(alike..before.records().len()));
        let b = comparison.rows.iter().filter_map(|row| match row {
            Row::Both { b, .. } | Row::OnlyB(b) => Some(b.index()),
            Row::OnlyA(_) => None,
        });
        prop_assert!(b.eq(alike..after.records().len()));
        for row in &comparison.rows {
            let Row::Both { a, b } = row else { continue };
            let (one, other) = (before.record(*a), after.record(*b));
            prop_assert_eq!((one.host, one.kind.name()), (other.host, other.kind.name()));
            if let (Some(one), Some(other)) = (one.kind.packet(), other.kind.packet()) {
                prop_assert_eq!(before.packet(one).id, after.packet(other).id);
            }
        }
    }

    /// A run compared with itself parts nowhere.
    #[test]
    fn a_run_is_like_itself(seed in any::<u64>()) {
        let timeline = Timeline::new(lossy(seed)).expect("a sound setup");
        let comparison = compare(timeline.trace(), timeline.trace());
        prop_assert!(comparison.first.is_none() && comparison.rows.is_empty());
    }
}

#[test]
fn a_dropped_segment_is_where_runs_part_and_what_is_not_touched_corresponds() {
    let mut timeline = Timeline::new(exchange(6000)).expect("a sound setup");
    let edit = drop_named(timeline.trace(), "server:data:1461+1460");
    timeline.edit(edit).expect("it can be made");
    let before = timeline.branches()[0].id();
    let comparison = timeline.compare(Side::Branch(before), Side::Present).expect("both are kept");

    let first = comparison.first.expect("they differ");
    let b = timeline.trace().record(first.b.expect("the edited run goes on"));
    assert!(matches!(b.kind, RecordKind::Intervention { .. }), "{b:?}");
    let behind = timeline.trace().record(first.behind_b[0]);
    assert!(matches!(behind.kind, RecordKind::Transmit { .. }), "{behind:?}");
    let root = timeline.trace().record(*first.behind_b.last().expect("a chain"));
    assert_eq!(root.cause, None, "it goes back to where an application began");

    let kept = timeline.trace_of(Side::Branch(before)).expect("it is kept");
    let together = |trace: &Trace, name: &str, other: &Trace| {
        let (a, b) = (trace.packet_named(name).unwrap(), other.packet_named(name).unwrap());
        let (a, b) = (trace.packet(a).sent_by, other.packet(b).sent_by);
        comparison.rows.contains(&Row::Both { a, b })
    };
    for name in ["server:data:5841+160", "client:fin:101", "server:fin:6001"] {
        assert!(together(&kept, name, timeline.trace()), "{name}");
    }
    let again = timeline.trace().packet_named("server:data:1461+1460~2").expect("it is sent again");
    let again = timeline.trace().packet(again).sent_by;
    assert!(comparison.rows.contains(&Row::OnlyB(again)));
}

#[test]
fn every_change_keeps_the_run_before_it_and_named_ones_stay() {
    let mut timeline = Timeline::new(exchange(6000)).expect("a sound setup");
    let plain = timeline.trace().digest();
    let named = timeline.keep("as it was").expect("there is room");
    for delay in 1..=2 * u64::try_from(MOST_BRANCHES).expect("few") {
        let edit = Edit::LinkDelay { from: CLIENT, delay: Duration::from_millis(delay) };
        timeline.edit(edit).expect("it can be made");
    }
    assert_eq!(timeline.branches().len(), MOST_BRANCHES);
    assert!(timeline.forgotten_branches() > 0, "and that is said");
    let branch = timeline.branch(named).expect("it has a name");
    assert_eq!((branch.name(), branch.edits()), (Some("as it was"), &[][..]));
    assert_eq!(timeline.trace_of(Side::Branch(named)).expect("it is kept").digest(), plain);

    let present = timeline.trace().digest();
    assert!(timeline.go_to_branch(named));
    assert_eq!(timeline.trace().digest(), plain);
    assert!(timeline.undo());
    assert_eq!(timeline.trace().digest(), present);

    assert!(timeline.forget_branch(named) && !timeline.forget_branch(named));
    assert_eq!(timeline.compare(Side::Branch(named), Side::Present), None);
}

#[test]
fn named_branches_that_fill_all_places_are_not_lost_in_silence() {
    let mut timeline = Timeline::new(exchange(100)).expect("a sound setup");
    for number in 0..MOST_BRANCHES {
        let delay = Duration::from_millis(u64::try_from(number).expect("few") + 1);
        timeline.edit(Edit::LinkDelay { from: SERVER, delay }).expect("it can be made");
        timeline.keep(&format!("{number}")).expect("there is room");
    }
    let delay = Duration::from_millis(500);
    timeline.edit(Edit::LinkDelay { from: SERVER, delay }).expect("it can be made");
    let error = timeline.keep("one more").expect_err("all have names");
    assert_eq!(error.most, MOST_BRANCHES);
    assert_eq!(timeline.branches().len(), MOST_BRANCHES);
}

#[test]
fn the_same_scenario_under_another_configuration_parts_at_its_syn() {
    let mut setup = lossy(5);
    for host in &mut setup.hosts {
        host.config = Config { sack: true, ..Config::plain() };
    }
    let mut without = setup.clone();
    for host in &mut without.hosts {
        host.config.sack = false;
    }
    let mut timeline = Timeline::new(setup).expect("a sound setup");
    let kept = timeline.keep_setup("without SACK", &without).expect("it can be run");
    let comparison = timeline.compare(Side::Present, Side::Branch(kept)).expect("both are kept");
    let first = comparison.first.expect("one offers SACK");
    let other = timeline.trace_of(Side::Branch(kept)).expect("it is kept");
    let sent = |trace: &Trace, record: Option<RecordId>| {
        let packet = trace.record(record.expect("both go on")).kind.packet().expect("a SYN");
        trace.packet(packet).segment.clone()
    };
    let (one, without_sack) = (sent(timeline.trace(), first.a), sent(&other, first.b));
    assert!(one.options.sack_permitted && !without_sack.options.sack_permitted);
    assert!(!timeline.go_to_branch(kept), "it is no run of this setup");

    let mut nobody = without;
    nobody.hosts.clear();
    let refused = timeline.keep_setup("nobody", &nobody);
    assert_eq!(refused, Err(KeepError::Setup(SetupError::HostCount { hosts: 0 })));
}

#[test]
fn a_control_that_is_moved_makes_one_change() {
    let mut timeline = Timeline::new(exchange(6000)).expect("a sound setup");
    let plain = timeline.trace().digest();
    let delay = |ms| Edit::LinkDelay { from: CLIENT, delay: Duration::from_millis(ms) };
    assert!(timeline.adjust(delay(1)).is_err(), "there is none yet");
    timeline.edit(delay(1)).expect("it can be made");
    for ms in 2..30 {
        timeline.adjust(delay(ms)).expect("it can be made");
    }
    assert_eq!(timeline.edits(), [delay(29)]);
    assert_eq!(&timeline.afresh(), timeline.trace());
    assert_eq!(timeline.branches().len(), 1, "the run before it was moved");
    assert!(timeline.undo() && !timeline.undo());
    assert_eq!(timeline.trace().digest(), plain);
}
