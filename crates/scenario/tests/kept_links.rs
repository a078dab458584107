//! Links of each version, and what they mean. They are out in the world: nothing here may ever be
//! changed or taken away, only added to.

use tcpscope_scenario::{Link, LinkAct, LinkEdit, LinkFlow, LinkPlot, ScenarioRef};
use tcpscope_tcp::{Duration, Instant};

fn to(id: &str) -> Link {
    Link::to(ScenarioRef::Id(id.into()))
}

fn micros(count: u64) -> Duration {
    Duration::from_micros(count)
}

/// Many edits, and all that is in a view.
fn edited() -> Link {
    let drop = |packet: &str| LinkEdit::Drop { packet: packet.into() };
    let at =
        |host: &str, at, act| LinkEdit::At { host: host.into(), at: Instant::from_micros(at), act };
    Link {
        seed: Some(7),
        edits: vec![
            drop("client:data:1+1460"),
            drop("client:data:1461+1460"),
            drop("client:data:1461+1460~2"),
            LinkEdit::Delay { packet: "server:ack:2921".into(), by: micros(50_000) },
            LinkEdit::Duplicate { packet: "client:syn:0".into(), by: micros(30_000) },
            LinkEdit::Corrupt { packet: "server:data:1+10".into(), bit: 300 },
            LinkEdit::Hold {
                packet: "client:data:4381+1460".into(),
                until: Instant::from_micros(2_000_000),
            },
            LinkEdit::LinkDelay { from: "server".into(), delay: micros(80_000) },
            LinkEdit::LinkLoss { from: "client".into(), loss_ppm: 20_000 },
            at("server", 500_000, LinkAct::Crash),
            at("server", 900_000, LinkAct::Restart { scripts: true }),
        ],
        at_us: 160_000,
        record: Some(42),
        locale: Some("zh-CN".into()),
        theme: Some("dark".into()),
        numbers: Some("absolute".into()),
        selection: Some("client:data:1461+1460".into()),
        plot: Some(LinkPlot {
            flow: Some(LinkFlow::One(0)),
            on_ladder: true,
            span: Some((100_000, 200_000)),
            ..LinkPlot::of("sequence".into())
        }),
        lesson: Some("fast-retransmit".into()),
        stop: Some("third".into()),
        ..to("sliding-window")
    }
}

const EDITED_1: &str = "v=1&scenario=sliding-window&seed=7&edit=drop,client:data:1+1460\
    &edit=drop,client:data:1461+1460&edit=drop,client:data:1461+1460~2\
    &edit=delay,server:ack:2921,50000&edit=duplicate,client:syn:0,30000\
    &edit=corrupt,server:data:1+10,300&edit=hold,client:data:4381+1460,2000000\
    &edit=link-delay,server,80000&edit=link-loss,client,20000&edit=crash,server,500000\
    &edit=restart,server,900000,1&t=160000&r=42&lang=zh-CN&theme=dark&numbers=absolute\
    &select=client:data:1461+1460&lesson=fast-retransmit&stop=third\
    &plot=sequence,flow-0,ladder,100000-200000";

const EDITED_2: &str = "v=2&z=eNqNkd1uwjAMhd8mN0ulppQOKuVhQmLWCJN0tkvFzZ59VX8EmzaJ3J\
    7jT1_smzWKPSRHMVvGGGL6KMaYQh4VAwT7riBEsYFyrz1GSNIGJ641b6Zuyv_Cunkt_6rWBqC7awa6AbXOX9rqWB\
    m9L6e3FoYeo3cCG4fvqS317tHwmWjoZYNsknNnaXQZww-NendYNHRVlg8SxnQpno304VeImXklLaOrAjnutpn9E5\
    GAxdHmpo9zpI0Sa5q5RbauVBquJyC27sQZB4HpAAh-wv65WQTmnOzZsRQEQi7xNYpiyb2VLlJQPWaxDJ8DJA_6jH\
    ksSo0uhEnBzArF8u9v3uSqwg&lang=zh-CN&theme=dark";

#[test]
fn links_of_version_1_mean_what_they_meant() {
    let table = [
        ("v=1&scenario=lost-syn", to("lost-syn")),
        ("v=1&scenario=lost-syn&t=0", to("lost-syn")),
        (
            "v=1&scenario=lost-syn&t=40000&r=12",
            Link { at_us: 40_000, record: Some(12), ..to("lost-syn") },
        ),
        (
            "v=1&scenario=lost-syn&lang=zh-CN",
            Link { locale: Some("zh-CN".into()), ..to("lost-syn") },
        ),
        (
            "v=1&lesson=three-way-handshake&stop=syn-arrives",
            Link {
                lesson: Some("three-way-handshake".into()),
                stop: Some("syn-arrives".into()),
                ..Link::to(ScenarioRef::OfLesson)
            },
        ),
        (EDITED_1, edited()),
        (
            "v=1&run=without&edit=drop,client:data:1461+1460&t=90000&r=42&lang=en&theme=light\
             &numbers=relative&lesson=rack-tlp&stop=lost",
            Link {
                edits: vec![LinkEdit::Drop { packet: "client:data:1461+1460".into() }],
                at_us: 90_000,
                record: Some(42),
                locale: Some("en".into()),
                theme: Some("light".into()),
                numbers: Some("relative".into()),
                lesson: Some("rack-tlp".into()),
                stop: Some("lost".into()),
                ..Link::to(ScenarioRef::RunOfLesson("without".into()))
            },
        ),
    ];
    for (text, link) in table {
        assert_eq!(Link::from_text(text), Ok(link), "{text}");
    }
}

#[test]
fn links_of_version_2_mean_what_they_meant() {
    let table = [
        (
            "v=2&z=eNorszVUK05OzUssysy3zckvLtEtrsxTK7E1AAB02Qjs&lang=en",
            Link { locale: Some("en".into()), ..to("lost-syn") },
        ),
        (EDITED_2, edited()),
    ];
    for (text, link) in table {
        assert_eq!(Link::from_text(text), Ok(link), "{text}");
    }
}

/// A link with a scenario of its own means the same in both versions.
#[test]
fn scenarios_that_links_bring_along_mean_what_they_meant() {
    let plain = include_str!("links/inline-1.txt").trim_end();
    let packed = include_str!("links/inline-2.txt").trim_end();
    let link = Link::from_text(plain).expect("a link of version 1");
    assert_eq!(Link::from_text(packed), Ok(link.clone()));
    let ScenarioRef::Inline(scenario) = &link.scenario else { panic!("{link:?}") };
    assert_eq!((scenario.id(), link.at_us), ("three-way-handshake", 40_000));
    let file = include_str!("links/inline.json");
    assert_eq!(tcpscope_scenario::Scenario::from_json(file).as_ref(), Ok(scenario));
}
