//! What a link is made of comes back from it: the same run to the octet, the same moment and the
//! same view, legible or packed.

#![allow(clippy::cast_possible_truncation, reason = "places among a few hosts and packets")]

mod common;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tcpscope_scenario::{Link, LinkEdit, LinkFlow, LinkPlot, ScenarioRef};
use tcpscope_sim::{Edit, Intervention, Setup, Timeline};
use tcpscope_tcp::Duration;

/// Something done to a run: to one of its packets, or to the link of one of its hosts.
#[derive(Clone, Debug)]
struct Done {
    kind: u8,
    which: Index,
    amount: u64,
}

impl Done {
    fn edit(&self, timeline: &Timeline) -> Edit {
        let trace = timeline.trace();
        let packet = || self.which.get(trace.packets()).id;
        let host = || tcpscope_sim::HostId(self.which.index(timeline.setup().hosts.len()) as u8);
        let by = Duration::from_micros(self.amount);
        match self.kind {
            0 => Edit::Packet(Intervention::Drop(packet())),
            1 => Edit::Packet(Intervention::Delay { packet: packet(), by }),
            2 => Edit::Packet(Intervention::Duplicate { packet: packet(), by }),
            3 => Edit::LinkDelay { from: host(), delay: by },
            _ => Edit::LinkLoss { from: host(), loss_ppm: (self.amount % 300_000) as u32 },
        }
    }
}

fn done() -> impl Strategy<Value = Done> {
    (0..5_u8, any::<Index>(), 0..400_000_u64).prop_map(|(kind, which, amount)| Done {
        kind,
        which,
        amount,
    })
}

fn plot() -> impl Strategy<Value = LinkPlot> {
    let kinds = vec!["sequence", "congestion", "round-trip", "queue", "throughput"];
    let span = proptest::option::of((0..90_000_u64, 1..90_000_u64));
    (select(kinds), 0..4_u32, any::<[bool; 3]>(), span).prop_map(|(kind, flow, is, span)| {
        let flow = match flow {
            0 => None,
            1 => Some(LinkFlow::Together),
            of => Some(LinkFlow::One(of - 2)),
        };
        let span = span.map(|(from, long)| (from, from + long));
        let [on_ladder, table, alone] = is;
        LinkPlot { flow, on_ladder, table, alone, span, ..LinkPlot::of(kind.into()) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_session_comes_back_from_its_link(
        id in select(common::ids()),
        brought_along: bool,
        seed in proptest::option::of(any::<u64>()),
        done in proptest::collection::vec(done(), 0..12),
        at: Index,
        selected in proptest::option::of(any::<Index>()),
        plot in proptest::option::of(plot()),
        locale in select(vec![None, Some("en"), Some("zh-CN")]),
        theme in select(vec![None, Some("light"), Some("dark")]),
        numbers in select(vec![None, Some("absolute")]),
    ) {
        let scenario = common::scenario(&id);
        let setup = scenario.setup();
        let setup = Setup { seed: seed.unwrap_or(setup.seed), ..setup };
        let mut made_on = Timeline::new(setup).expect("a setup that can be run");
        for done in &done {
            // What cannot be done to this run is refused, and not in the link.
            let _ = made_on.edit(done.edit(&made_on));
        }
        let trace = made_on.trace();
        let moment = trace.moment_of(at.get(trace.records()).id);
        let selection = selected.map(|of| {
            let place = of.index(trace.packets().len());
            trace.packet_name(tcpscope_sim::PacketIndex(place as u32))
        });
        let owned = |word: Option<&str>| word.map(str::to_owned);
        let reference =
            if brought_along { ScenarioRef::Inline(scenario.clone()) } else { ScenarioRef::Id(id) };
        let link = Link {
            seed,
            edits: made_on.edits().iter().map(|edit| LinkEdit::of(edit, made_on.setup())).collect(),
            at_us: moment.at.as_micros(),
            record: Some(moment.record.0),
            locale: owned(locale),
            theme: owned(theme),
            numbers: owned(numbers),
            selection: selection.clone(),
            plot,
            ..Link::to(reference)
        };

        let (text, plain) = (link.to_text(), link.to_plain_text());
        prop_assert!(plain.starts_with("v=1&"));
        prop_assert!(text.len() <= plain.len(), "{} > {}: {}", text.len(), plain.len(), text);
        let opened = Link::from_text(&text).expect("the link that was made");
        prop_assert_eq!(&opened, &link);
        // From one version to the other and back.
        let legible = Link::from_text(&plain).expect("the legible link");
        prop_assert_eq!(legible.to_text(), text);
        prop_assert_eq!(opened.to_plain_text(), plain);

        let mut timeline = Timeline::new(opened.setup(&scenario)).expect("the same setup");
        for edit in opened.edits(timeline.setup()).expect("the same edits") {
            let _ = timeline.edit(edit);
        }
        prop_assert_eq!(timeline.trace().digest(), made_on.trace().digest());
        prop_assert_eq!(timeline.edits(), made_on.edits());
        prop_assert_eq!(opened.moment(timeline.trace()), moment);
        let found = opened.selection.map(|name| timeline.trace().packet_named(&name).is_some());
        prop_assert_eq!(found, selection.map(|_| true));
    }
}
