//! Links: what is on a screen comes back as it was, and what is wrong with a link is told.

use proptest::prelude::*;
use tcpscope_scenario::{Link, LinkEdit, LinkFlow, LinkPlot, Scenario, ScenarioRef};
use tcpscope_sim::{Edit, HostId, Intervention, Timeline};
use tcpscope_tcp::Duration;

const HANDSHAKE: &str = include_str!("../../../scenarios/three-way-handshake.json");
const CLOSE: &str = include_str!("../../../scenarios/four-way-close.json");

fn scenario(text: &str) -> Scenario {
    Scenario::from_json(text).expect("a scenario")
}

fn full() -> Link {
    Link {
        scenario: ScenarioRef::Id("four-way-close".into()),
        seed: Some(7),
        edits: vec![
            LinkEdit::Drop { packet: "client:ack:110".into() },
            LinkEdit::Delay {
                packet: "server:data:1+67~2".into(),
                by: Duration::from_micros(50_000),
            },
            LinkEdit::LinkLoss { from: "client".into(), loss_ppm: 20_000 },
            LinkEdit::LinkDelay { from: "server".into(), delay: Duration::from_micros(80_000) },
        ],
        at_us: 40_000,
        record: Some(12),
        locale: Some("zh-CN".into()),
        theme: Some("dark".into()),
        numbers: Some("absolute".into()),
        selection: Some("client:syn:0".into()),
        plot: None,
        lesson: None,
        stop: None,
    }
}

/// A link as it stands in an address. Links of this form are out in the world: this text may never
/// change, only others may be added.
const FULL: &str = "v=1&scenario=four-way-close&seed=7&edit=drop,client:ack:110\
    &edit=delay,server:data:1+67~2,50000&edit=link-loss,client,20000\
    &edit=link-delay,server,80000&t=40000&r=12&lang=zh-CN&theme=dark&numbers=absolute\
    &select=client:syn:0";

#[test]
fn a_link_is_legible() {
    assert_eq!(full().to_text(), FULL);
    let plain = Link::to(ScenarioRef::Id("lost-syn".into()));
    assert_eq!(plain.to_text(), "v=1&scenario=lost-syn&t=0");
}

#[test]
fn links_that_were_made_once_are_read() {
    assert_eq!(Link::from_text(FULL), Ok(full()));
    assert_eq!(Link::from_text(&format!("#{FULL}")), Ok(full()));
    let escaped = FULL.replace(':', "%3A").replace('+', "%2b").replace('~', "%7E");
    assert_eq!(Link::from_text(&escaped), Ok(full()), "as an eager program escapes it");
    let plain = Link::to(ScenarioRef::Id("lost-syn".into()));
    assert_eq!(Link::from_text("v=1&scenario=lost-syn"), Ok(plain), "as a person types it");
}

/// Those of lessons are out in the world as well.
#[test]
fn a_link_may_name_a_lesson_and_a_stop() {
    let of = |lesson: &str, stop: Option<&str>, link: Link| Link {
        lesson: Some(lesson.into()),
        stop: stop.map(str::to_owned),
        ..link
    };
    for (text, link) in [
        ("v=1&lesson=lost-syn", of("lost-syn", None, Link::to(ScenarioRef::OfLesson))),
        (
            "v=1&lesson=three-way-handshake&stop=syn-arrives",
            of("three-way-handshake", Some("syn-arrives"), Link::to(ScenarioRef::OfLesson)),
        ),
        (
            "v=1&run=without&t=40000&r=12&lesson=rack-tlp&stop=lost",
            of(
                "rack-tlp",
                Some("lost"),
                Link {
                    at_us: 40_000,
                    record: Some(12),
                    ..Link::to(ScenarioRef::RunOfLesson("without".into()))
                },
            ),
        ),
        (
            &format!("{FULL}&lesson=four-way-close&stop=half"),
            of("four-way-close", Some("half"), full()),
        ),
    ] {
        assert_eq!(Link::from_text(text), Ok(link.clone()), "{text}");
        assert_eq!(link.to_text(), text);
    }
}

#[test]
fn a_link_opens_the_same_plot() {
    let plot = |plot| Link { plot: Some(plot), ..full() };
    let whole = LinkPlot {
        kind: "round-trip".into(),
        flow: Some(LinkFlow::One(2)),
        on_ladder: true,
        table: true,
        alone: true,
        span: Some((120_000, 450_000)),
    };
    let cases = [
        (LinkPlot::of("sequence".into()), "sequence"),
        (whole, "round-trip,flow-2,ladder,table,alone,120000-450000"),
        (
            LinkPlot { flow: Some(LinkFlow::Together), ..LinkPlot::of("queue".into()) },
            "queue,together",
        ),
    ];
    for (shown, text) in cases {
        let text = format!("{FULL}&plot={text}");
        assert_eq!(plot(shown.clone()).to_text(), text);
        assert_eq!(Link::from_text(&text), Ok(plot(shown)));
    }
    for wrong in [
        "",
        "sequence,",
        "sequence,7",
        "sequence,9-2",
        "sequence,flow-x",
        "sequence,+1-2",
        "sequence,table,table",
        "sequence,together,flow-1",
        "sequence,flow-4294967296",
    ] {
        let refused = Link::from_text(&format!("{FULL}&plot={wrong}")).unwrap_err().to_string();
        assert!(refused.contains("plot=sequence"), "{wrong}: {refused}");
    }
}

#[test]
fn a_link_may_bring_its_scenario_along() {
    let link = Link { seed: Some(u64::MAX), ..Link::to(ScenarioRef::Inline(scenario(HANDSHAKE))) };
    let text = link.to_text();
    assert!(text.bytes().all(|octet| octet.is_ascii_graphic()), "{text}");
    assert_eq!(Link::from_text(&text), Ok(link));
}

#[test]
fn opening_a_link_gives_the_run_that_it_was_made_on() {
    let scenario = scenario(CLOSE);
    let mut made_on = Timeline::new(tcpscope_sim::Setup { seed: 99, ..scenario.setup() }).unwrap();
    let packet = made_on.trace().packets().last().unwrap().id;
    let edits = [
        Edit::LinkDelay { from: HostId(1), delay: Duration::from_millis(70) },
        Edit::Packet(Intervention::Drop(packet)),
    ];
    for edit in edits {
        made_on.edit(edit).unwrap();
    }
    let moment = made_on.trace().moment_of(tcpscope_sim::RecordId(40));
    let link = Link {
        seed: Some(99),
        edits: made_on.edits().iter().map(|edit| LinkEdit::of(edit, made_on.setup())).collect(),
        at_us: moment.at.as_micros(),
        record: Some(moment.record.0),
        ..Link::to(ScenarioRef::Id(scenario.id().into()))
    };

    let opened = Link::from_text(&link.to_text()).unwrap();
    let mut timeline = Timeline::new(opened.setup(&scenario)).unwrap();
    for edit in opened.edits(timeline.setup()).unwrap() {
        timeline.edit(edit).unwrap();
    }
    assert_eq!(timeline.trace(), made_on.trace());
    assert_eq!(timeline.edits(), made_on.edits());
    assert_eq!(opened.moment(timeline.trace()), moment);
}

#[test]
fn of_time_and_record_the_time_counts() {
    let timeline = Timeline::new(scenario(CLOSE).setup()).unwrap();
    let trace = timeline.trace();
    for (index, record) in trace.records().iter().enumerate() {
        let at = |at_us, record| {
            let link = Link { at_us, record, ..Link::to(ScenarioRef::Id(String::new())) };
            link.moment(trace)
        };
        let moment = trace.moment_of(record.id);
        assert_eq!(at(record.at.as_micros(), Some(record.id.0)), moment, "{index}");
        // A record that does not fit, or none: the last one at that time.
        let last = trace.at(record.at);
        for other in [None, Some(u32::MAX), Some(record.id.0 + 40)] {
            assert_eq!(at(record.at.as_micros(), other), last, "{index}");
        }
        // Between two records the record does not matter.
        let later = record.at + Duration::from_micros(1);
        if later < trace.duration() {
            assert_eq!(at(later.as_micros(), Some(record.id.0)), trace.at(later), "{index}");
        }
    }
}

#[test]
fn an_error_says_what_and_what_would_be_right() {
    let long = format!("v=1&select={}", "x".repeat(1 << 20));
    // (link, what is said)
    let cases = [
        ("", "the link does not begin with its version, v=1"),
        ("scenario=lost-syn&v=1", "the link does not begin with its version, v=1"),
        ("v=3&anything", "this page reads links of versions 1 and 2, this one says \"3\""),
        ("v=", "this page reads links of versions 1 and 2, this one says \"\""),
        (
            "v=1",
            "a link is to one scenario: scenario=ID, as in scenario=three-way-handshake, or inline=JSON",
        ),
        (
            "v=1&scenario=a&scenario=b",
            "a link is to one scenario: scenario=ID, as in scenario=three-way-handshake, or inline=JSON",
        ),
        ("v=1&v=1&scenario=a", "the field \"v\" is given twice"),
        ("v=1&scenario=a&t=1&t=1", "the field \"t\" is given twice"),
        (
            "v=1&scenario=a&speed=2",
            "a link has no field \"speed\"; its fields are v, scenario, inline, run, seed, edit, t, r, lang, theme, numbers, select, plot, lesson, stop",
        ),
        ("v=1&run=main", "a run is one of a lesson: lesson=ID stands beside run=ID"),
        ("v=1&scenario=a&stop=x", "a stop is one of a lesson: lesson=ID stands beside stop=ID"),
        ("v=1&lesson=a&lesson=b", "the field \"lesson\" is given twice"),
        (
            "v=1&scenario=a&seed=x",
            "seed is \"x\", not a whole number from 0 to 18446744073709551615",
        ),
        (
            "v=1&scenario=a&seed=+1",
            "seed is \"+1\", not a whole number from 0 to 18446744073709551615",
        ),
        (
            "v=1&scenario=a&r=4294967296",
            "r is \"4294967296\", not a whole number from 0 to 4294967295",
        ),
        (
            "v=1&scenario=%zz",
            "in \"%zz\" a % is not followed by two hexadecimal digits of UTF-8 text",
        ),
        (
            "v=1&scenario=a&edit=burn,client:syn:0",
            "\"burn,client:syn:0\" is no edit: drop,PACKET or delay,PACKET,MICROSECONDS or \
             duplicate,PACKET,MICROSECONDS or corrupt,PACKET,BIT or hold,PACKET,MICROSECONDS or \
             swap,PACKET,PACKET or link-delay,HOST,MICROSECONDS or \
             link-loss,HOST,PACKETS-PER-MILLION or link,HOST,MICROSECONDS,PROPERTY,NUMBER… or \
             crash, restart, halt or resume with HOST,MICROSECONDS or \
             replay,HOST,MICROSECONDS,PACKET or act,JSON",
        ),
        (
            "v=1&scenario=a&edit=delay,client:syn:0",
            "\"delay,client:syn:0\" is no edit: drop,PACKET or delay,PACKET,MICROSECONDS or \
             duplicate,PACKET,MICROSECONDS or corrupt,PACKET,BIT or hold,PACKET,MICROSECONDS or \
             swap,PACKET,PACKET or link-delay,HOST,MICROSECONDS or \
             link-loss,HOST,PACKETS-PER-MILLION or link,HOST,MICROSECONDS,PROPERTY,NUMBER… or \
             crash, restart, halt or resume with HOST,MICROSECONDS or \
             replay,HOST,MICROSECONDS,PACKET or act,JSON",
        ),
        (
            "v=1&scenario=a&edit=link-loss,client,1000001",
            "a loss of 1000001 in a million is more than all; 1000000 is all",
        ),
        (
            "v=1&inline=7",
            "the scenario in the link: 7 is no object; its fields would be format, id, title, \
             summary, seed, hosts, routers, links, link_changes, interventions, acts, limits (line 1, column 1)",
        ),
        (&long, "the link has 1048587 octets; 1048576 is the most it may have"),
    ];
    for (text, said) in cases {
        assert_eq!(Link::from_text(text).expect_err(text).to_string(), said);
    }
}

#[test]
fn an_edit_of_what_cannot_be_is_told() {
    let setup = scenario(CLOSE).setup();
    let cases = [
        (
            LinkEdit::Drop { packet: "nobody:syn:0".into() },
            "\"nobody:syn:0\" names no packet: the form is host:kind:number, with +octets and ~2, \
             as in client:data:1+1460~2; the hosts are client, server",
        ),
        (
            LinkEdit::LinkLoss { from: "nobody".into(), loss_ppm: 0 },
            "no host is named \"nobody\"; the hosts are client, server",
        ),
        (
            LinkEdit::from_text("crash,nobody,5").expect("an edit"),
            "no host is named \"nobody\"; the hosts are client, server",
        ),
        (
            LinkEdit::Act { json: r#"{ "at_us": 5, "host": "client", "kind": "call" }"#.into() },
            "what is done: the field call is missing (line 1, column 1)",
        ),
    ];
    for (edit, said) in cases {
        assert_eq!(edit.resolve(&setup).expect_err(said).to_string(), said);
    }
}

#[test]
fn what_is_done_to_hosts_and_links_is_legible() {
    let setup = scenario(CLOSE).setup();
    // Links of this form are out in the world: none of these texts may ever change.
    for text in [
        "duplicate,client:syn:0,30000",
        "corrupt,client:data:1+10,300",
        "hold,client:syn:0,2000000",
        "swap,server:data:1+67,server:data:68+33",
        "link,client,500000,up,0",
        "link,client%3Eserver,500000,queue,1,20,0,0",
        "crash,server,500000",
        "restart,server,500000,1",
        "restart,server,500000,0",
        "halt,client,500000",
        "resume,client,500000",
        "replay,client,500000,client:syn:0",
        "act,%7B%22at_us%22:500000%2C%22host%22:%22client%22%2C%22kind%22:%22call%22%2C%22call\
         %22:%22abort%22%7D",
    ] {
        let edit = LinkEdit::from_text(text).expect(text);
        assert_eq!(edit.to_text(), text);
        let resolved = edit.resolve(&setup).expect(text);
        assert_eq!(LinkEdit::of(&resolved, &setup), edit, "{text}");
    }
    let by_hand = r#"act,{ "at_us": 500000, "host": "client", "kind": "call", "call": "abort" }"#;
    let as_written = LinkEdit::from_text(by_hand).expect("as a person types it");
    assert!(as_written.resolve(&setup).is_ok());
}

fn any_edit() -> impl Strategy<Value = LinkEdit> {
    let micros = any::<u64>().prop_map(Duration::from_micros);
    prop_oneof![
        any::<String>().prop_map(|packet| LinkEdit::Drop { packet }),
        (any::<String>(), micros.clone()).prop_map(|(packet, by)| LinkEdit::Delay { packet, by }),
        (any::<String>(), micros).prop_map(|(from, delay)| LinkEdit::LinkDelay { from, delay }),
        (any::<String>(), 0..=1_000_000_u32)
            .prop_map(|(from, loss_ppm)| LinkEdit::LinkLoss { from, loss_ppm }),
    ]
}

prop_compose! {
    fn any_plot()(
        kind in "[^,]+",
        flow in proptest::option::of(proptest::option::of(any::<u32>())),
        [on_ladder, table, alone]: [bool; 3],
        span in proptest::option::of((0..u64::MAX / 2, 1..u64::MAX / 2)),
    ) -> LinkPlot {
        let flow = flow.map(|flow| flow.map_or(LinkFlow::Together, LinkFlow::One));
        let span = span.map(|(from, long)| (from, from + long));
        LinkPlot { kind, flow, on_ladder, table, alone, span }
    }
}

prop_compose! {
    fn any_link()(
        id: String,
        seed: Option<u64>,
        edits in proptest::collection::vec(any_edit(), 0..8),
        at_us: u64,
        record: Option<u32>,
        of_lesson: bool,
        words: [Option<String>; 5],
        plot in proptest::option::of(any_plot()),
        stop: Option<String>,
    ) -> Link {
        let [locale, theme, numbers, selection, lesson] = words;
        let stop = stop.filter(|_| lesson.is_some());
        let scenario = match &lesson {
            Some(_) if of_lesson => ScenarioRef::RunOfLesson(id),
            _ => ScenarioRef::Id(id),
        };
        let link = Link { scenario, seed, edits, at_us, record, locale, theme, numbers, ..Link::to(ScenarioRef::OfLesson) };
        Link { selection, plot, lesson, stop, ..link }
    }
}

proptest! {
    #[test]
    fn whatever_is_linked_comes_back(link in any_link()) {
        let text = link.to_text();
        let stands = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~:+,&=%".contains(&octet);
        prop_assert!(text.bytes().all(stands), "{}", text);
        prop_assert_eq!(Link::from_text(&text), Ok(link));
    }

    #[test]
    fn whatever_stands_there_is_answered(text: String, end in 0..FULL.len(), wrong: char) {
        let _ = Link::from_text(&text);
        let mut changed = FULL.to_owned();
        changed.replace_range(end..=end, wrong.encode_utf8(&mut [0; 4]));
        let _ = Link::from_text(&changed).map_err(|error| error.to_string());
    }
}
