//! Files that are wrong: each error says what, where, and what would be right.

use std::time::{Duration, Instant};

use tcpscope_scenario::{MAX_FILE_OCTETS, Problem, Scenario};
use tcpscope_sim::{AppCall, Intervention, Wait, Want};
use tcpscope_tcp::{Config, CongestionControl, SeqNumber, State};

/// What every file has: two hosts that talk. `everything.rs` has the rest, `tcp.rs` a TCP's settings.
const FILE: &str = r#"{
  "format": 1,
  "id": "everything",
  "title": { "en": "Everything", "zh-CN": "一切" },
  "summary": { "en": "All of it.", "zh-CN": "全部。" },
  "seed": 7,
  "hosts": [
    {
      "name": "client",
      "address": "192.0.2.1:49152",
      "iss": 1000,
      "tcp": {
        "mss": 1000, "receive_buffer": 4000, "send_buffer": 5000, "nagle": false,
        "rfc5961": false, "congestion": "none", "initial_window_segments": 3,
        "initial_rto_us": 1000000, "min_rto_us": 100000, "max_rto_us": 9000000,
        "syn_retries": 2, "r1_retries": 1, "data_retries": 4, "msl_us": 5000000
      },
      "script": [
        { "when": { "until_us": 10 }, "call": "open", "mode": "active" },
        { "when": "connected", "call": "send", "text": "Grüß Gott, 握手\n" },
        { "when": "acknowledged", "call": "send", "octets": 3000 },
        { "when": { "after_us": 20 }, "call": "receive", "octets": 5 },
        { "call": "close" },
        { "when": { "state": "TIME-WAIT" }, "call": "abort" }
      ]
    },
    {
      "name": "server",
      "address": "198.51.100.1:80",
      "script": [
        { "call": "open", "mode": "passive" },
        { "call": "send", "text": "hello" },
        { "when": "peer-closed", "call": "receive", "all": true }
      ]
    }
  ],
  "links": [
    { "from": "client", "to": "server", "delay_us": 20000, "loss_ppm": 30, "rate_bps": 8000 },
    { "from": "server", "to": "client", "delay_us": 20000 }
  ],
  "interventions": [
    { "kind": "drop", "packet": "client:syn:0" },
    { "kind": "delay", "packet": "server:data:1+5~2", "by_us": 40000 }
  ],
  "limits": { "records": 500, "until_us": 70000000 }
}"#;

fn error(text: &str) -> String {
    Scenario::from_json(text).expect_err("an error").to_string()
}

/// What is said about the file with one piece of it replaced.
fn error_with(piece: &str, replaced: &str) -> String {
    assert_eq!(FILE.matches(piece).count(), 1, "{piece} is there once");
    error(&FILE.replace(piece, replaced))
}

#[test]
fn all_that_a_file_says_is_read() {
    let setup = Scenario::from_json(FILE).unwrap().setup();
    let [client, server] = &setup.hosts[..] else { panic!("two hosts") };
    let tcp = &client.config;
    assert_eq!(
        (tcp.mss, tcp.receive_buffer, tcp.nagle, tcp.rfc5961, tcp.congestion),
        (1000, 4000, false, false, CongestionControl::None)
    );
    assert_eq!((tcp.r1_retries, tcp.msl.as_micros()), (1, 5_000_000));
    assert_eq!(server.config, Config::plain());
    assert_eq!((client.iss, server.iss), (Some(SeqNumber::new(1000)), None));
    assert_eq!(client.script[5].wait, Wait::State(State::TimeWait));
    assert_eq!(server.script[2].call, AppCall::Receive(Want::All));
    let AppCall::Send(octets) = &client.script[2].call else { panic!("a call of SEND") };
    assert_eq!(octets.len(), 3000);
    assert_eq!((setup.links[0].loss_ppm, setup.links[1].rate_bps), (30, None));
    assert!(matches!(setup.interventions[1], Intervention::Delay { .. }));
    assert_eq!((setup.seed, setup.limits.records), (7, 500));
}

#[test]
fn what_is_read_can_be_written() {
    let scenario = Scenario::from_json(FILE).unwrap();
    let json = scenario.to_json();
    assert_eq!(Scenario::from_json(&json), Ok(scenario));
    // What is as usual is not said.
    assert!(json.contains(r#"{"name":"server","address":"198.51.100.1:80","script":"#), "{json}");
}

#[test]
fn an_error_says_what_where_and_what_would_be_right() {
    // (piece of the file, what stands there instead, what is said)
    let cases = [
        // The shape of the file.
        (
            r#""delay_us": 20000, "loss_ppm""#,
            r#""delay": 20000, "loss_ppm""#,
            "links[0].delay: there is no field \"delay\"; the fields are from, to, up, delay_us, jitter, \
             loss_ppm, bursts, duplicate_ppm, reorder, corrupt_ppm, mark_ppm, rate_bps, queue, mtu (line 38, column 50)",
        ),
        (
            r#""call": "close""#,
            r#""call": "shut""#,
            "hosts[0].script[4].call: \"shut\" is none of open, send, receive, close, abort, \
             connect, bind, listen, accept, set, generate, type, shutdown, release, exit, send-to, \
             forge, nothing, serve, repeat (line 23, column 19)",
        ),
        (
            r#", "delay_us": 20000 }"#,
            " }",
            "links[1]: the field delay_us is missing (line 39, column 5)",
        ),
        (r#""seed": 7,"#, "", "the field seed is missing (line 1, column 1)"),
        (
            r#""seed": 7"#,
            r#""seed": -1"#,
            "seed: -1 is not a whole number from 0 to 18446744073709551615 (line 6, column 11)",
        ),
        (
            r#""mss": 1000"#,
            r#""mss": "large""#,
            "hosts[0].tcp.mss: \"large\" is not a whole number from 1 to 65495 (line 13, column 16)",
        ),
        (
            r#""nagle": false"#,
            r#""nagle": 0"#,
            "hosts[0].tcp.nagle: 0 is not true or false (line 13, column 76)",
        ),
        (
            r#""title": { "en": "Everything", "zh-CN": "一切" }"#,
            r#""title": "Everything""#,
            "title: \"Everything\" is no object; its fields would be en, zh-CN (line 4, column 12)",
        ),
        (
            r#"{ "call": "open", "mode": "passive" }"#,
            "7",
            "hosts[1].script[0]: 7 is no object; its fields would be when, call, mode, text, octets, \
             all, hex, to, port, backlog, how, option, value, value_us, every_us, times, do, \
             segment (line 31, column 9)",
        ),
        (r#""seed": 7,"#, r#""seed": 7"#, "a , or a } should stand here (line 7, column 3)"),
        (r#"70000000 }"#, "70000000", "the file ends too early (line 46, column 2)"),
        (
            r#""peer-closed""#,
            r#""peer_closed""#,
            "hosts[1].script[2].when: \"peer_closed\" is none of connected, peer-closed, acknowledged, \
             {\"until_us\": 0}, {\"after_us\": 0}, {\"state\": \"ESTABLISHED\"}, {\"readable\": 1} (line 33, column 19)",
        ),
        // What the values mean.
        (
            r#""format": 1"#,
            r#""format": 7, "colour": "red""#,
            "format: this page reads format 1, the file says 7 (line 2, column 13)",
        ),
        (
            r#""from": "server""#,
            r#""from": "sever""#,
            "links[1].from: no host is named \"sever\"; the hosts are client, server (line 39, \
             column 15)",
        ),
        (
            "client:syn:0",
            "client:sin:0",
            "interventions[0].packet: \"client:sin:0\" names no packet: the form is \
             host:kind:number, with +octets for text and ~2 for the second of its kind, as in \
             client:data:1+1460~2; kinds are syn, data, fin, ack, rst and udp; the hosts are \
             client, server (line 42, column 33)",
        ),
        (
            "198.51.100.1:80",
            "198.51.100.1",
            "hosts[1].address: \"198.51.100.1\" is no address of a host: an IPv4 address and a \
             port, as in 192.0.2.1:49152 (line 29, column 18)",
        ),
        (
            "198.51.100.1:80",
            "224.0.0.1:80",
            "hosts[1].address: \"224.0.0.1:80\" is no address of a host: an IPv4 address and a \
             port, as in 192.0.2.1:49152 (line 29, column 18)",
        ),
        (
            "198.51.100.1:80",
            "192.0.2.1:80",
            "hosts[1].address: another has the address 192.0.2.1; each needs its own (line 29, \
             column 18)",
        ),
        (
            r#""loss_ppm": 30"#,
            r#""loss_ppm": 1000001"#,
            "links[0].loss_ppm: 1000001 is not a whole number from 0 to 1000000 (line 38, column 72)",
        ),
        (
            r#""rate_bps": 8000"#,
            r#""rate_bps": 0"#,
            "links[0].rate_bps: 0 is not a whole number from 1 to 1000000000000 (line 38, column 88)",
        ),
        (
            r#""mss": 1000"#,
            r#""mss": 0"#,
            "hosts[0].tcp.mss: 0 is not a whole number from 1 to 65495 (line 13, column 16)",
        ),
        (
            r#""max_rto_us": 9000000"#,
            r#""max_rto_us": 99999"#,
            "hosts[0].tcp.max_rto_us: 99999 is not a whole number from 100000 to 3600000000 (line 15, column 72)",
        ),
        (
            r#""octets": 3000"#,
            r#""octets": 10000001"#,
            "hosts[0].script[2].octets: 10000001 is not a whole number from 1 to 9999980 (line 21, column 61)",
        ),
        (
            r#""records": 500"#,
            r#""records": 1000000000000"#,
            "limits.records: 1000000000000 is not a whole number from 1 to 1000000 (line 45, column 26)",
        ),
        (
            "TIME-WAIT",
            "TIME_WAIT",
            "hosts[0].script[5].when.state: \"TIME_WAIT\" is no state: one of the eleven, as in \
             ESTABLISHED or FIN-WAIT-2 (line 24, column 30)",
        ),
        (
            r#""mode": "passive""#,
            r#""all": true"#,
            "hosts[1].script[0].all: open has no all (line 31, column 34)",
        ),
        (
            r#", "mode": "passive""#,
            "",
            "hosts[1].script[0]: open needs mode, active or passive (line 31, column 9)",
        ),
        (
            r#""text": "hello""#,
            r#""text": "hello", "octets": 5"#,
            "hosts[1].script[1].octets: send with text has no octets (line 32, column 54)",
        ),
        (
            r#""text": "hello""#,
            r#""text": """#,
            "hosts[1].script[1].text: the text has 0 octets, not 1 to 9996980 (line 32, column 35)",
        ),
        (
            r#"{ "after_us": 20 }"#,
            r#"{ "after_us": 20, "until_us": 7 }"#,
            "hosts[0].script[3].when: an object is none of connected, peer-closed, acknowledged, \
             {\"until_us\": 0}, {\"after_us\": 0}, {\"state\": \"ESTABLISHED\"}, {\"readable\": 1} (line 22, column 19)",
        ),
        (
            r#""mode": "passive""#,
            r#""mode": "passive", "mode": "active""#,
            "hosts[1].script[0].mode: the field mode is given twice (line 31, column 54)",
        ),
        (
            r#", "text": "hello""#,
            "",
            "hosts[1].script[1]: send needs text or octets (line 32, column 9)",
        ),
        (
            r#""all": true"#,
            r#""all": false"#,
            "hosts[1].script[2]: receive needs octets, or all with true (line 33, column 9)",
        ),
        (
            r#""call": "close""#,
            r#""call": "close", "octets": 5"#,
            "hosts[0].script[4].octets: close has no octets (line 23, column 38)",
        ),
        (r#", "by_us": 40000"#, "", "interventions[1]: delay needs by_us (line 43, column 5)"),
        (
            r#""id": "everything""#,
            r#""id": "every thing""#,
            "id: \"every thing\" is no name: a name has 1 to 64 of the characters a–z, A–Z, 0–9, - \
             and _ (line 3, column 9)",
        ),
        (
            r#""to": "client""#,
            r#""to": "server""#,
            "links[1].to: this leads from server to itself; it has to lead to another (line 39, \
             column 31)",
        ),
        (
            r#""name": "server""#,
            r#""name": "client""#,
            "hosts[1].name: another has the name client; each needs its own (line 28, column 15)",
        ),
    ];
    for (piece, replaced, said) in cases {
        assert_eq!(error_with(piece, replaced), said);
    }
}

#[test]
fn what_is_no_file_at_all_is_told() {
    // (text, what is said)
    let cases = [
        ("", "the file ends too early (line 1, column 1)"),
        ("握手", "a value should stand here (line 1, column 1)"),
        (
            "[]",
            "a list is no object; its fields would be format, id, title, summary, seed, hosts, routers, links, link_changes, interventions, acts, limits (line 1, column 1)",
        ),
        ("{}", "the field format is missing (line 1, column 1)"),
        (r#"{"format": 1.5}"#, "format: 1.5 is not 1 (line 1, column 12)"),
        (r#"{"format": 1e999}"#, "format: 1e999 is not 1 (line 1, column 12)"),
        (
            r#"{"format": 1, "format": 1}"#,
            "format: the field format is given twice (line 1, column 25)",
        ),
        (r#"{"a": "\ud800"}"#, "a: this \\ begins no character (line 1, column 8)"),
    ];
    for (text, said) in cases {
        assert_eq!(error(text), said, "{text}");
    }
}

#[test]
fn every_truncation_of_a_file_is_an_error_with_a_place() {
    for end in (0..FILE.len()).filter(|end| FILE.is_char_boundary(*end)) {
        let error = Scenario::from_json(&FILE[..end]).unwrap_err();
        let lines = FILE[..end].split('\n').count();
        assert!((1..=lines).contains(&error.line), "{error}");
        assert!(error.column >= 1, "{error}");
    }
}

#[test]
fn every_octet_may_be_wrong() {
    for place in 0..FILE.len() {
        for wrong in [b'"', b'{', b']', b',', b'9', b' ', b'\\', b'\n'] {
            let mut octets = FILE.as_bytes().to_vec();
            octets[place] = wrong;
            if let Ok(text) = String::from_utf8(octets) {
                let _ = Scenario::from_json(&text).map_err(|error| error.to_string());
            }
        }
    }
}

#[test]
fn a_hostile_file_is_refused_quickly_and_in_few_words() {
    let most = MAX_FILE_OCTETS;
    let hostile = [
        " ".repeat(10_000_000),
        "[".repeat(most),
        r#"{"format":"#.repeat(most / 10),
        format!("{{\"format\": 1, \"{}\": 1}}", "x".repeat(most - 100)),
        format!("{{\"format\": 1, \"id\": [{}]}}", "1,".repeat(most / 2 - 100)),
        format!("{{\"format\": {}}}", "9".repeat(most - 100)),
        format!("{{\"format\": 1, \"seed\": \"{}\"}}", "握".repeat(most / 3 - 100)),
        FILE.replace("everything", &"e".repeat(most / 2)),
        FILE.replace("client:syn:0", &"c".repeat(most / 2)),
        FILE.replace("\"octets\": 3000", "\"octets\": 18446744073709551615"),
        FILE.replace("\"delay_us\": 20000 }", "\"delay_us\": 18446744073709551616 }"),
    ];
    for text in hostile {
        let start = Instant::now();
        let said = error(&text);
        assert!(start.elapsed() < Duration::from_secs(2), "{}", &said[..said.len().min(200)]);
        assert!(said.chars().count() < 1_000, "{said}");
    }
}

#[test]
fn a_file_may_be_long_but_no_longer() {
    let fits = format!("{FILE}{}", " ".repeat(MAX_FILE_OCTETS - FILE.len()));
    assert!(Scenario::from_json(&fits).is_ok());
    let error = Scenario::from_json(&format!("{fits} ")).unwrap_err();
    let octets = MAX_FILE_OCTETS + 1;
    assert_eq!(error.problem, Problem::TooLong { octets, at_most: MAX_FILE_OCTETS });
}
