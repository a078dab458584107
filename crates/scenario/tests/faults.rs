//! Every fault over every segment of every scenario of the page: the run comes to its end, and
//! either all that was sent is read or an application is told that something failed.

mod common;

use common::{ids, is_delivered, is_told, scenario};
use tcpscope_sim::{
    Edit, Ended, Intervention, LinkChange, LinkProperty, PacketId, Setup, Timeline, Trace,
};
use tcpscope_tcp::{Config, Duration};

/// All scenarios of the page, by name: each as it is, and with hosts as they are set up today.
fn setups() -> Vec<(String, Setup)> {
    let mut setups = Vec::new();
    for id in ids() {
        let setup = scenario(&id).setup();
        let mut modern = setup.clone();
        for host in &mut modern.hosts {
            let variant = host.config.variant;
            host.config =
                Config { variant, keep_alive: host.config.keep_alive, ..Config::default() };
        }
        setups.push((format!("{id}, modern"), modern));
        setups.push((id, setup));
    }
    setups
}

/// What can be done to a packet, or to its link while it is there: each kind of it, in a measure
/// that is another from one packet to the next.
fn faults(trace: &Trace, index: usize) -> Vec<Edit> {
    let sent = &trace.packets()[index];
    let packet = sent.id;
    let nth = |measures: &[u64]| Duration::from_millis(measures[index % measures.len()]);
    // In the IPv4 header, a port, the sequence number, the data offset, the flags, the text.
    let bits = [3, 75, 170, 200, 290, 299, 326];
    let until = sent.sent + nth(&[2000, 20_000]);
    let others = &trace.packets()[index + 1..];
    let other: Option<PacketId> = others.get(index % 2).map(|other| other.id);
    let mut by_hand = vec![
        Intervention::Drop(packet),
        Intervention::Delay { packet, by: nth(&[1, 50, 400, 3000, 70_000]) },
        Intervention::Duplicate { packet, by: nth(&[0, 30, 3000]) },
        Intervention::Corrupt { packet, bit: bits[index % bits.len()] },
        Intervention::Hold { packet, until },
    ];
    by_hand.extend(other.map(|with| Intervention::Swap { packet, with }));
    let change = |at, to| LinkChange { at, from: packet.from, toward: None, to };
    let out = Edit::Link(change(sent.sent, LinkProperty::Up(false)));
    by_hand.into_iter().map(Edit::Packet).chain([out]).collect()
}

#[test]
fn whatever_is_done_to_whichever_segment_all_is_delivered_or_the_application_is_told() {
    let mut runs = 0;
    for (name, setup) in setups() {
        let mut timeline = Timeline::new(setup).expect("a setup that can be run");
        let plain = timeline.trace().clone();
        // What a scenario does not do undisturbed, it need not do disturbed.
        let ends = plain.ended() == Ended::Quiet;
        let delivers = is_delivered(&timeline);
        for index in 0..plain.packets().len() {
            for fault in faults(&plain, index) {
                timeline.edit(fault.clone()).expect("it can be made");
                let mut edits = 1;
                if let Edit::Link(out) = fault {
                    // The cable is back after a while, which is longer from one to the next.
                    let away = Duration::from_millis([40, 700, 5000][index % 3]);
                    let back = LinkChange { at: out.at + away, to: LinkProperty::Up(true), ..out };
                    timeline.edit(Edit::Link(back)).expect("it can be made");
                    edits += 1;
                }
                runs += 1;
                let trace = timeline.trace();
                let what = || format!("{name} with {fault:?}");
                assert_ne!(trace.ended(), Ended::RecordLimit, "{}", what());
                assert!(!ends || trace.ended() == Ended::Quiet, "{}", what());
                let delivered = is_delivered(&timeline);
                assert!(!delivers || delivered || is_told(trace), "{}", what());
                for _ in 0..edits {
                    timeline.undo();
                }
            }
        }
        assert_eq!(timeline.trace(), &plain, "{name}: all undone");
    }
    assert!(runs > 4000, "{runs} runs");
}
