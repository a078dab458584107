//! What holds of every run, whatever its scenario: generated ones, edited at random.

mod common;

use common::{CLIENT, SERVER, octets, setup, step};
use proptest::prelude::*;
use proptest::sample::Index;
use tcpscope_sim::{
    Act, AppCall, Bursts, Codel, Deed, Edit, Ended, Intervention, Jitter, Limits, LinkChange,
    LinkProperty, LinkSetup, Moment, Mtu, QueueLimit, RecordId, Reorder, Setup, Sought, Step,
    Timeline, Trace, Wait, Want, Way,
};
use tcpscope_tcp::{Config, Duration, Instant, Variant};

/// A script of calls, sensible or not: an opening first, then anything.
fn script(active: bool) -> impl Strategy<Value = Vec<Step>> {
    let wait = prop_oneof![
        4 => Just(Wait::Nothing),
        2 => Just(Wait::Connected),
        1 => Just(Wait::PeerClosed),
        1 => Just(Wait::Acknowledged),
        1 => (0_u64..2000).prop_map(|ms| Wait::For(Duration::from_millis(ms))),
    ];
    let call = prop_oneof![
        4 => (0_usize..8000).prop_map(|count| AppCall::Send(octets(count))),
        2 => (1_u64..4000).prop_map(|count| AppCall::Receive(Want::Octets(count))),
        3 => Just(AppCall::Receive(Want::All)),
        2 => Just(AppCall::Close),
        1 => Just(AppCall::Abort),
        1 => Just(AppCall::Open { active }),
    ];
    let lines = prop::collection::vec((wait, call).prop_map(|(wait, call)| step(wait, call)), 0..4);
    // Most transfer something and come to an end.
    let count = prop_oneof![4 => 0_usize..40_000, 1 => 100_000_usize..800_000];
    (count, lines, 0_u8..4, 0_u8..4).prop_map(move |(count, lines, reads, closes)| {
        let begin = [
            step(Wait::Nothing, AppCall::Open { active }),
            step(Wait::Connected, AppCall::Send(octets(count))),
        ];
        let read = step(Wait::Nothing, AppCall::Receive(Want::Octets(4000)));
        let close = step(Wait::Nothing, AppCall::Close);
        let rest = step(Wait::Nothing, AppCall::Receive(Want::All));
        let end = [(reads > 0, read), (closes > 0, close), (reads > 0, rest)];
        let end = end.into_iter().filter_map(|(is_there, line)| is_there.then_some(line));
        begin.into_iter().chain(lines).chain(end).collect()
    })
}

fn config() -> impl Strategy<Value = Config> {
    (any::<bool>(), any::<bool>(), 0_u8..6, 500_u32..70_000).prop_map(
        |(plain, sack, variant, receive_buffer)| {
            let base = if plain { Config::plain() } else { Config::default() };
            let variant = Variant {
                no_time_wait: variant == 1,
                two_way_opening: variant == 3,
                no_flow_control: variant == 4,
                no_retransmission: variant == 2,
                ..Variant::default()
            };
            Config { sack, receive_buffer, variant, ..base }
        },
    )
}

/// What a link does to each packet by itself, whatever becomes of others.
fn keyed(link: &mut LinkSetup, (delay, loss_ppm, rate_bps, pick): (u64, u32, Option<u64>, u32)) {
    let bit = |at: u32| pick >> at & 1 == 1;
    let by = Duration::from_micros(u64::from(pick % 60_000));
    link.delay = Duration::from_micros(delay);
    link.loss_ppm = loss_ppm;
    link.rate_bps = rate_bps;
    link.jitter = bit(0).then_some(Jitter { up_to: by, overtaking: bit(1) });
    link.reorder = bit(2).then_some(Reorder { ppm: 50_000, by });
    link.duplicate_ppm = if bit(3) { 50_000 } else { 0 };
    link.corrupt_ppm = if bit(4) { 50_000 } else { 0 };
    link.mark_ppm = if bit(5) { 50_000 } else { 0 };
}

/// What a link does that depends on time or on others.
fn together(link: &mut LinkSetup, pick: u32) {
    let bit = |at: u32| pick >> at & 1 == 1;
    let limit = QueueLimit::Packets(pick % 20 + 1);
    link.bursts = bit(6).then_some(Bursts {
        slot: Duration::from_millis(20),
        begin_ppm: 50_000,
        end_ppm: 300_000,
        loss_ppm: 500_000,
    });
    link.queue.limit = bit(7).then_some(limit);
    link.queue.codel = bit(8).then(Codel::default);
    link.mtu = bit(9).then_some(Mtu { octets: 576, fragments: bit(10) });
}

/// Two hosts, any scripts, any configurations, links that do all that links do to each packet by
/// itself, and with `all` all that they can.
fn scenario(all: bool) -> impl Strategy<Value = Setup> {
    let rate = prop::option::of(100_000_u64..20_000_000);
    let link = (0_u64..200_000, 0_u32..150_000, rate, any::<u32>());
    (
        any::<u64>(),
        (script(true), prop::bool::weighted(0.2).prop_flat_map(script)),
        (config(), config()),
        (link.clone(), link),
    )
        .prop_map(move |(seed, scripts, configs, links)| {
            let mut setup = setup(scripts.0, scripts.1);
            setup.seed = seed;
            setup.limits = Limits { records: 6000, ..Limits::default() };
            (setup.hosts[0].config, setup.hosts[1].config) = configs;
            for (link, pick) in setup.links.iter_mut().zip([links.0, links.1]) {
                keyed(link, pick);
                if all {
                    together(link, pick.3);
                }
            }
            setup
        })
}

/// An edit, chosen by numbers, of something in a run.
fn edit(trace: &Trace, (kind, packet, amount): (u8, Index, u32)) -> Edit {
    let packets = trace.packets();
    let host = if amount.is_multiple_of(2) { CLIENT } else { SERVER };
    let at = Instant::from_micros(u64::from(amount) * 10);
    let by = Duration::from_micros(u64::from(amount));
    let act = |deed| Edit::Act(Act { at, host, deed });
    if packets.is_empty() {
        return act(Deed::Crash);
    }
    let other = packets[amount as usize % packets.len()].id;
    let mut packet = packets[packet.index(packets.len())].id;
    let link = |to| Edit::Link(LinkChange { at, from: host, toward: None, to });
    match kind % 16 {
        0 | 1 => Edit::Packet(Intervention::Drop(packet)),
        2 => Edit::Packet(Intervention::Delay { packet, by }),
        3 => {
            packet.attempt += 1;
            Edit::Packet(Intervention::Drop(packet))
        }
        4 => Edit::LinkLoss { from: host, loss_ppm: amount % 200_000 },
        5 => Edit::LinkDelay { from: host, delay: by },
        6 => act(Deed::Restart { scripts: amount % 3 == 0 }),
        7 => act(Deed::Call(AppCall::Close)),
        8 => act(Deed::Replay(packet)),
        9 => Edit::Packet(Intervention::Duplicate { packet, by }),
        10 => Edit::Packet(Intervention::Corrupt { packet, bit: amount % 500 }),
        11 => Edit::Packet(Intervention::Hold { packet, until: at }),
        12 | 13 => Edit::Packet(Intervention::Swap { packet, with: other }),
        14 => link(LinkProperty::Up(amount % 3 == 0)),
        _ => link(LinkProperty::Rate(Some(u64::from(amount) + 50_000))),
    }
}

fn picks() -> impl Strategy<Value = Vec<(u8, Index, u32)>> {
    prop::collection::vec((any::<u8>(), any::<Index>(), 0_u32..500_000), 1..6)
}

/// Goes here and there in a run, and looks.
fn look_around(trace: &Trace, amount: u32) {
    let Moment { at, record } = trace.at(Instant::from_micros(u64::from(amount) * 10));
    let found = trace.seek(record, Way::Back, Sought::Fault, None);
    for host in [CLIENT, SERVER] {
        let _ = trace.status(host, found.unwrap_or(record));
        let _ = trace.host(host).line(record);
    }
    let _ = trace.in_flight(Moment { at, record }).count();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    /// The same setup and edits give the same trace on every run, whatever was looked at or undone
    /// before; and replaying is running afresh.
    #[test]
    fn a_replay_is_a_fresh_run(setup in scenario(true), picks in picks()) {
        let mut timeline = Timeline::new(setup.clone()).expect("a sound setup");
        let mut again = Timeline::new(setup).expect("a sound setup");
        prop_assert_eq!(timeline.trace(), again.trace());
        for pick in picks {
            look_around(timeline.trace(), pick.2);
            let one = edit(timeline.trace(), pick);
            timeline.edit(one.clone()).expect("it can be made");
            prop_assert_eq!(&timeline.afresh(), timeline.trace());
            if pick.0 > 127 {
                timeline.undo();
                prop_assert_eq!(&timeline.afresh(), timeline.trace());
                timeline.redo();
            }
            if pick.0 % 64 == 0 {
                let first = timeline.edits().len() - 1;
                timeline.reorder(first, 0).expect("there is one");
                prop_assert_eq!(&timeline.afresh(), timeline.trace());
            }
        }
        again.set_edits(timeline.edits().to_vec()).expect("they can be made");
        prop_assert_eq!(again.trace(), timeline.trace());
        prop_assert_eq!(again.trace().digest(), timeline.afresh().digest());
    }

    /// An edit leaves everything before it as it was.
    #[test]
    fn an_edit_changes_nothing_before_it(setup in scenario(true), picks in picks()) {
        let mut timeline = Timeline::new(setup).expect("a sound setup");
        for pick in picks {
            let before = timeline.trace().clone();
            let edit = edit(&before, pick);
            timeline.edit(edit.clone()).expect("it can be made");
            let alike = match &edit {
                Edit::Packet(what) => {
                    let packets = [Some(what.packet()), what.other_packet()].into_iter().flatten();
                    let sent = packets.filter_map(|id| before.find_packet(id));
                    let first = sent.map(|packet| before.packet(packet).sent_by.index() + 1).min();
                    first.unwrap_or(before.records().len())
                }
                Edit::Act(act) => before.records().partition_point(|record| record.at < act.at),
                Edit::Link(change) => before.records().partition_point(|record| record.at < change.at),
                Edit::LinkDelay { .. } | Edit::LinkLoss { .. } => 0,
            };
            let after = timeline.trace();
            prop_assert_eq!(&before.records()[..alike], &after.records()[..alike]);
            for record in (0..alike).filter_map(|at| u32::try_from(at).ok()).map(RecordId) {
                prop_assert_eq!(before.whys(record), after.whys(record));
            }
            if let Some(last) = alike.checked_sub(1).and_then(|last| u32::try_from(last).ok()) {
                for host in [CLIENT, SERVER] {
                    let of = |trace: &Trace| trace.host(host).status_before(RecordId(last));
                    prop_assert_eq!(of(&before), of(after));
                }
            }
        }
    }

    /// Dropping one packet draws no other fate anew.
    #[test]
    fn a_drop_changes_no_other_draw(setup in scenario(false), picked in any::<Index>()) {
        let base = Timeline::new(setup).expect("a sound setup");
        let packets = base.trace().packets();
        prop_assume!(!packets.is_empty());
        let dropped = packets[picked.index(packets.len())].id;
        let mut edited = base.clone();
        edited.edit(Edit::Packet(Intervention::Drop(dropped))).expect("it can be made");
        let full = [&base, &edited].map(|run| run.trace().ended() == Ended::RecordLimit);
        for packet in edited.trace().packets().iter().filter(|packet| packet.id != dropped) {
            let Some(same) = base.trace().find_packet(packet.id) else { continue };
            // What still waits when a run is cut off has no fate yet.
            let fate = base.trace().packet(same).fate;
            prop_assert!(packet.fate == fate || full.contains(&true), "{:?}", packet.id);
        }
    }

    /// To look at a moment is to have run up to it and no further.
    #[test]
    fn seeking_is_running_to_it(setup in scenario(true), until in any::<Index>()) {
        let whole = Timeline::new(setup.clone()).expect("a sound setup");
        let records = until.index(whole.trace().records().len().max(1)) + 1;
        let limits = Limits { records, ..setup.limits };
        let part = Timeline::new(Setup { limits, ..setup }).expect("a sound setup");
        let made = part.trace().records();
        prop_assert_eq!(made, &whole.trace().records()[..made.len()]);
        for record in made.iter().map(|record| record.id) {
            prop_assert_eq!(part.trace().whys(record), whole.trace().whys(record));
            for host in [CLIENT, SERVER] {
                let at = |run: &Timeline| (run.trace().status(host, record), run.trace().host(host).line(record));
                prop_assert_eq!(at(&part), at(&whole));
            }
        }
        for connection in 0..part.trace().connections().len() {
            let id = tcpscope_sim::ConnectionId(u32::try_from(connection).expect("few"));
            for record in made.iter().map(|record| record.id) {
                let at = |run: &Timeline| run.trace().status_of(id, record);
                prop_assert_eq!(at(&part), at(&whole));
            }
        }
    }

    /// What is under way at a moment is what was sent by then and has not come to its end.
    #[test]
    fn what_is_in_flight_was_sent_and_has_not_ended(setup in scenario(true), at in any::<Index>()) {
        let timeline = Timeline::new(setup).expect("a sound setup");
        let trace = timeline.trace();
        prop_assume!(!trace.records().is_empty());
        let record = u32::try_from(at.index(trace.records().len())).expect("a short run");
        let moment = trace.moment_of(RecordId(record));
        let found: Vec<_> = trace.in_flight(moment).collect();
        let expected = (0..).map(tcpscope_sim::PacketIndex).zip(trace.packets());
        let expected: Vec<_> = expected
            .filter(|(index, packet)| {
                let name = |kind: &str| kind == "arrive" || kind == "lost";
                let ended = trace.records().iter().find(|record| {
                    record.kind.packet() == Some(*index) && name(record.kind.name())
                });
                let ends_later = ended.map_or(packet.ends > moment.at, |end| end.id.0 > record);
                packet.sent_by.0 <= record && ends_later
            })
            .map(|(index, _)| index)
            .collect();
        prop_assert_eq!(found, expected);
    }
}
