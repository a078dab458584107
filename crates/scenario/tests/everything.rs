//! All that the simulator can do can be said in a file: it is read, written and read again.

#[path = "everything/generated.rs"]
mod generated;

use proptest::prelude::*;
use tcpscope_scenario::{LinkEdit, Scenario};
use tcpscope_sim::{
    Act, AppCall, Bursts, Codel, Connect, Deed, Edit, HostId, Intervention, Jitter, LinkChange,
    LinkProperty, Mtu, Number, QueueLimit, Queueing, Reorder, Setup, SocketSetup, Wait,
};
use tcpscope_tcp::{Duration, Flags, Instant, SeqNumber, Shutdown, SocketOption};

const FILE: &str = include_str!("everything/everything.json");

fn read() -> Setup {
    Scenario::from_json(FILE).unwrap_or_else(|error| panic!("{error}")).setup()
}

/// What is said about the file with one piece of it replaced.
fn error_with(piece: &str, replaced: &str) -> String {
    assert_eq!(FILE.matches(piece).count(), 1, "{piece} is there once");
    let text = FILE.replace(piece, replaced);
    let error = Scenario::from_json(&text).expect_err(replaced).to_string();
    let (said, _) = error.rsplit_once(" (line ").expect("a place");
    said.to_owned()
}

#[test]
fn hosts_and_their_scripts_are_read() {
    let setup = read();
    let names: Vec<_> = setup.hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!(names, ["client", "server", "attacker"]);
    assert_eq!(setup.routers, ["left", "right"]);
    let [client, server, attacker] = &setup.hosts[..] else { panic!("three hosts") };
    let sockets = SocketSetup { ephemeral_ports: (50_000, 50_009), ..SocketSetup::default() };
    assert_eq!(client.sockets, sockets);
    assert_eq!((server.sockets.syn_queue, server.sockets.syn_cookies), (4, false));
    let scripts: Vec<_> = client.scripts().collect();
    assert_eq!(scripts, [0..16, 16..19]);
    let calls = |from: usize| client.script[from..].iter().map(|line| &line.call);
    let mut first = calls(0);
    for expected in [
        AppCall::Set(SocketOption::NoDelay(true)),
        AppCall::Set(SocketOption::Linger(Some(Duration::ZERO))),
        AppCall::Set(SocketOption::UserTimeout(None)),
        AppCall::Set(SocketOption::KeepCount(3)),
        AppCall::Bind { port: 0 },
        AppCall::Connect(Connect {
            to: Some(HostId(1)),
            port: Some(80),
            early: Some("GET".into()),
        }),
        AppCall::Repeat { times: 3, lines: 5 },
        AppCall::Type { octets: 4, every: Duration::from_millis(150) },
        AppCall::Repeat { times: 2, lines: 1 },
        AppCall::Generate { octets: 1000 },
        AppCall::Shutdown(Shutdown::Write),
        AppCall::Nothing,
        AppCall::Send(vec![0xff, 0x00].into()),
        AppCall::Release,
        AppCall::Exit,
        AppCall::SendTo { to: Some(HostId(1)), port: Some(53), octets: 100 },
    ] {
        assert_eq!(first.next(), Some(&expected));
    }
    assert_eq!(client.script[7].wait, Wait::Readable(5));
    assert_eq!(server.script[2].call, AppCall::Serve { lines: 2 });
    let AppCall::Forge(forged) = &attacker.script[1].call else { panic!("a forged segment") };
    assert_eq!((forged.source.to_string(), forged.spread), ("203.0.113.77:1024".into(), true));
    assert_eq!(forged.destination, server.address);
    assert_eq!((forged.flags, forged.wnd, forged.urg), (Flags::SYN, 1000, 7));
    assert_eq!((forged.seq, forged.ack), (Number::Given(SeqNumber::new(9)), None));
    assert_eq!((forged.options.mss, forged.options.sack.len()), (Some(1460), 2));
    assert!(forged.options.fast_open.is_some_and(|cookie| cookie.octets() == [1, 2, 3, 4]));
}

#[test]
fn links_and_what_becomes_of_them_are_read() {
    let setup = read();
    let link = &setup.links[0];
    let ms = Duration::from_millis;
    assert_eq!(link.jitter, Some(Jitter { up_to: ms(3), overtaking: true }));
    let bursts = Bursts { slot: ms(1), begin_ppm: 20, end_ppm: 30, loss_ppm: 900_000 };
    assert_eq!(link.bursts, Some(bursts));
    assert_eq!((link.duplicate_ppm, link.corrupt_ppm, link.mark_ppm), (1, 2, 3));
    assert_eq!(link.reorder, Some(Reorder { ppm: 4, by: ms(5) }));
    assert_eq!(link.mtu, Some(Mtu { octets: 1420, fragments: false }));
    let queue = Queueing {
        limit: Some(QueueLimit::Packets(20)),
        mark_at: Some(QueueLimit::Octets(3000)),
        codel: Some(Codel { ecn: true, ..Codel::default() }),
    };
    assert_eq!(link.queue, queue);
    assert!(!setup.links[1].up);
    let change = |at, from, toward, to| LinkChange {
        at: Instant::from_micros(at),
        from: HostId(from),
        toward,
        to,
    };
    let right = Some(HostId(4));
    assert_eq!(
        setup.link_changes,
        [
            change(500, 3, right, LinkProperty::Up(false)),
            change(700, 3, right, LinkProperty::Up(true)),
            change(700, 3, right, LinkProperty::Jitter(None)),
            change(700, 3, right, LinkProperty::Rate(Some(1000))),
            change(900, 0, None, LinkProperty::Queue(Queueing::default())),
        ]
    );
}

#[test]
fn what_is_done_is_read_and_put_in_order() {
    let setup = read();
    let packets = setup.interventions.len();
    assert_eq!(packets, 6);
    assert!(matches!(setup.interventions[3], Intervention::Corrupt { bit: 300, .. }));
    assert!(matches!(setup.interventions[5], Intervention::Swap { .. }));
    let [crash, restart, halt, resume, call, replay, forge] = &setup.acts[..] else {
        panic!("seven acts")
    };
    let server = HostId(1);
    let act = |at, deed| Act { at: Instant::from_micros(at), host: server, deed };
    assert_eq!(*crash, act(1000, Deed::Crash));
    assert_eq!(*restart, act(2000, Deed::Restart { scripts: false }));
    assert_eq!(*halt, act(3000, Deed::Halt { halted: true }));
    assert_eq!(*resume, act(4000, Deed::Halt { halted: false }));
    assert_eq!(*call, act(5000, Deed::Call(AppCall::Close)));
    assert_eq!(replay.host, HostId(0), "its sender, where nothing else is said");
    let Deed::Forge(forged) = &forge.deed else { panic!("a forged segment") };
    let wrapped = 5_u32.wrapping_neg();
    assert_eq!(forged.seq, Number::ExpectedBy(server, wrapped));
    assert_eq!(forged.ack, Some(Number::NextOf(server, 1)));
}

#[test]
fn what_is_read_can_be_written() {
    let scenario = Scenario::from_json(FILE).expect("a sound file");
    let json = scenario.to_json();
    assert_eq!(Scenario::from_json(&json), Ok(scenario), "{json}");
}

#[test]
fn an_error_says_what_where_and_what_would_be_right() {
    // (piece of the file, what stands there instead, what is said)
    let cases = [
        (
            r#""routers": ["left", "right"]"#,
            r#""routers": ["left", "server"]"#,
            "routers[1]: another has the name server; each needs its own",
        ),
        (
            r#""from": "left", "to": "right", "delay_us""#,
            r#""from": "left", "to": "rihgt", "delay_us""#,
            "links[2].to: no host or router is named \"rihgt\"; there are client, server, attacker, \
             left, right",
        ),
        (
            r#"{ "from": "right", "to": "server", "delay_us": 1 },"#,
            "",
            "links: links must lead from client to server, over routers if need be",
        ),
        (
            r#""to": "server", "port": 53"#,
            r#""to": "client", "port": 53"#,
            "hosts[0].scripts[0][10].to: this leads from client to itself; it has to lead to another",
        ),
        (
            r#""to": "server", "port": 53"#,
            r#""to": "left", "port": 53"#,
            "hosts[0].scripts[0][10].to: no host is named \"left\"; the hosts are client, server, \
             attacker",
        ),
        (
            r#""octets": 100 }"#,
            r#""octets": 65508 }"#,
            "hosts[0].scripts[0][10].octets: 65508 is not a whole number from 0 to 65507",
        ),
        (
            r#""do": [{ "call": "generate", "octets": 1000 }]"#,
            r#""do": []"#,
            "hosts[0].scripts[0][6].do[1].do: a block has one line at least",
        ),
        (
            r#""do": [{ "call": "generate", "octets": 1000 }]"#,
            r#""do": [{ "call": "generate", "octets": 2000000 }]"#,
            "hosts[0].scripts[0][6].do[1].do[0].octets: 2000000 is not a whole number from 1 to \
             1666664",
        ),
        (
            r#""value": true"#,
            r#""value_us": 1"#,
            "hosts[0].scripts[0][0].value_us: an option that is no time has no value_us",
        ),
        (r#""value": 3"#, r#""value": null"#, "hosts[0].scripts[0][3]: set needs value"),
        (
            r#""hex": "ff00""#,
            r#""hex": "ff0""#,
            "hosts[0].scripts[0][7].hex: \"ff0\" is no row of octets: each has two of the digits \
             0–9 and a–f",
        ),
        (
            r#""how": "write""#,
            r#""how": "written""#,
            "hosts[0].scripts[0][6].do[2].how: \"written\" is none of read, write, both",
        ),
        (
            r#""last_port": 50009"#,
            r#""last_port": 49999"#,
            "hosts[0].sockets.last_port: 49999 is not a whole number from 50000 to 65535",
        ),
        (
            r#""fast_open": "01020304""#,
            r#""fast_open": "0102""#,
            "hosts[2].script[0].do[0].segment.options.fast_open: \"0102\" is no cookie: it has 4 to \
             16 octets, an even number; none asks for one",
        ),
        (
            r#""timestamps": null"#,
            r#""timestamps": { "value": 1, "echo": 2 }"#,
            "hosts[2].script[0].do[0].segment: the options of a segment would have 48 octets; 40 \
             is the most",
        ),
        (
            r#""text": "x""#,
            r#""octets": 65496"#,
            "acts[0].segment.octets: 65496 is not a whole number from 0 to 65495",
        ),
        (
            r#""flags": ["RST"]"#,
            r#""flags": ["ACK"]"#,
            "acts[0].segment.flags[0]: \"ACK\" is none of FIN, SYN, RST, PSH, URG, ECE, CWR",
        ),
        (
            r#""from": "attacker", "to": "198"#,
            r#""from": "203.0.113.66", "to": "198"#,
            "acts[0].segment.from: \"203.0.113.66\" is no address of a host: an IPv4 address and a \
             port, as in 192.0.2.1:49152",
        ),
        (
            r#"{ "left": 3, "right": 4 }]"#,
            r#"{ "left": 3, "right": 4 }, {"left": 5, "right": 6}, {"left": 7, "right": 8},
              {"left": 9, "right": 10}]"#,
            "hosts[2].script[0].do[0].segment.options.sack[4]: there may be no more than 4 of these",
        ),
        (
            r#""ack": { "next_of": "server", "plus": 1 }"#,
            r#""ack": { "plus": 1 }"#,
            "acts[0].segment.ack: a number needs next_of or expected_by with a host's name",
        ),
        (
            r#""ack": { "next_of": "server", "plus": 1 }"#,
            r#""ack": { "next_of": "server", "expected_by": "server" }"#,
            "acts[0].segment.ack.expected_by: next_of has no expected_by",
        ),
        (
            r#""minus": 5"#,
            r#""minus": 5, "plus": 6"#,
            "acts[0].segment.seq.minus: a number with plus has no minus",
        ),
        (
            r#""end_ppm": 30"#,
            r#""end_ppm": 999981"#,
            "links[0].bursts.end_ppm: 999981 is not a whole number from 0 to 999980",
        ),
        (
            r#""limit_packets": 20"#,
            r#""limit_packets": 20, "limit_octets": 1"#,
            "links[0].queue.limit_octets: a limit in packets has no limit_octets",
        ),
        (
            r#""octets": 1420"#,
            r#""octets": 60"#,
            "links[0].mtu.octets: 60 is not a whole number from 68 to 65535",
        ),
        (
            r#", "to": "right", "up": false"#,
            r#", "to": "right""#,
            "link_changes[0]: a change needs a property of the link, as in \"up\": false",
        ),
        (
            r#""from": "left", "to": "right", "up": false"#,
            r#""from": "right", "to": "client", "up": false"#,
            "links: there must be one link from right to client",
        ),
        (
            r#""kind": "corrupt", "packet": "client:data:1+3", "bit": 300"#,
            r#""kind": "corrupt", "packet": "client:data:1+3""#,
            "interventions[3]: corrupt needs bit",
        ),
        (
            r#""with": "client:fin:9""#,
            r#""with": "client:fin:9", "by_us": 1"#,
            "interventions[5].by_us: swap has no by_us",
        ),
        (
            r#""kind": "crash""#,
            r#""kind": "crash", "scripts": true"#,
            "acts[1].scripts: crash has no scripts",
        ),
        (
            r#""kind": "crash""#,
            r#""kind": "crush""#,
            "acts[1].kind: \"crush\" is none of crash, restart, halt, resume, call, forge, replay",
        ),
        (
            r#""kind": "call", "call": "close""#,
            r#""kind": "call", "call": "repeat""#,
            "acts[5].call: \"repeat\" is none of open, send, receive, close, abort, connect, bind, \
             listen, accept, set, generate, type, shutdown, release, exit, send-to, forge, nothing",
        ),
        (
            r#""kind": "call", "call": "close""#,
            r#""kind": "call", "call": "close", "octets": 3"#,
            "acts[5].octets: close has no octets",
        ),
        (
            r#""kind": "replay", "packet": "client:syn:0""#,
            r#""kind": "replay""#,
            "acts[6]: replay needs packet",
        ),
        (
            r#""script": [
        { "call": "repeat", "times": 50"#,
            r#""scripts": [], "script": [
        { "call": "repeat", "times": 50"#,
            "hosts[2].scripts: a host with a script has no scripts",
        ),
    ];
    for (piece, replaced, said) in cases {
        assert_eq!(error_with(piece, replaced), said);
    }
}

#[test]
fn there_are_as_many_hosts_and_routers_as_can_be() {
    let hosts = |many: usize| {
        let hosts: Vec<_> = (1..=many)
            .map(|nth| {
                format!(
                    r#"{{ "name": "h{nth}", "address": "192.0.{}.{}:80" }}"#,
                    nth / 200,
                    nth % 200 + 1
                )
            })
            .collect();
        let file = format!(
            r#"{{ "format": 1, "id": "x", "title": {{ "en": "", "zh-CN": "" }},
            "summary": {{ "en": "", "zh-CN": "" }}, "seed": 1, "hosts": [{}], "links": [] }}"#,
            hosts.join(",")
        );
        Scenario::from_json(&file).expect_err("nothing happens").to_string()
    };
    assert!(hosts(1).starts_with("hosts: there must be 2 to 16 hosts, not 1"), "{}", hosts(1));
    assert!(hosts(17).starts_with("hosts: there must be 2 to 16 hosts, not 17"), "{}", hosts(17));
    assert!(
        hosts(300).starts_with("hosts: there must be 2 to 16 hosts, not 300"),
        "{}",
        hosts(300)
    );
    assert!(hosts(2).starts_with("links: there must be one link from h1 to h2"), "{}", hosts(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_can_be_run_can_be_saved(setup in generated::setup()) {
        let any = Scenario::from_json(FILE).expect("a sound file");
        let scenario = any.with_setup(setup).expect("a setup that can be run");
        let json = scenario.to_json();
        prop_assert_eq!(Scenario::from_json(&json), Ok(scenario), "{}", json);
    }

    #[test]
    fn whatever_is_done_can_be_linked(setup in generated::setup()) {
        let packets = setup.interventions.iter().copied().map(Edit::Packet);
        let links = setup.link_changes.iter().copied().map(Edit::Link);
        let acts = setup.acts.iter().cloned().map(Edit::Act);
        for edit in packets.chain(links).chain(acts) {
            let text = LinkEdit::of(&edit, &setup).to_text();
            let stands = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~:+,%".contains(&octet);
            prop_assert!(text.bytes().all(stands), "{}", text);
            let read = LinkEdit::from_text(&text).expect("an edit");
            prop_assert_eq!(read.resolve(&setup), Ok(edit), "{}", text);
        }
    }
}
