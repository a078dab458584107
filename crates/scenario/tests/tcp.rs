//! How a host's TCP is set up: every setting is read and written, and errors say where.

use tcpscope_scenario::Scenario;
use tcpscope_tcp::{Config, CongestionControl, Duration, KeepAlive, Variant};

/// A file in which the client's TCP is this.
fn file(tcp: &str) -> String {
    format!(
        r#"{{"format": 1, "id": "x", "title": {{"en": "X", "zh-CN": "X"}},
"summary": {{"en": "X", "zh-CN": "X"}}, "seed": 1,
"hosts": [
  {{"name": "client", "address": "192.0.2.1:1",
"tcp": {tcp},
   "script": [{{"call": "open", "mode": "active"}}]}},
  {{"name": "server", "address": "192.0.2.2:2"}}
],
"links": [
  {{"from": "client", "to": "server", "delay_us": 1}},
  {{"from": "server", "to": "client", "delay_us": 1}}
]}}"#
    )
}

fn scenario(tcp: &str) -> Scenario {
    Scenario::from_json(&file(tcp)).expect("a sound file")
}

fn read(tcp: &str) -> Config {
    scenario(tcp).setup().hosts[0].config.clone()
}

/// What is written of a TCP that is read so; read again, it is the same.
fn written(tcp: &str) -> String {
    let scenario = scenario(tcp);
    let json = scenario.to_json();
    assert_eq!(Scenario::from_json(&json), Ok(scenario), "{json}");
    let Some((_, tcp)) = json.split_once(r#""tcp":"#) else { return String::new() };
    tcp.split(r#","script""#).next().unwrap_or_default().to_owned()
}

/// Nothing in it is as in either base. A new setting does not compile before it stands here.
fn unusual() -> Config {
    Config {
        mss: 1000,
        receive_buffer: 100_000,
        send_buffer: 5000,
        window_scale: Some(14),
        sack: true,
        timestamps: true,
        timestamp_offset: u32::MAX,
        ecn: true,
        nagle: false,
        rfc5961: false,
        delayed_ack: Duration::from_millis(200),
        congestion: CongestionControl::None,
        initial_window_segments: 3,
        restart_after_idle: true,
        prr: true,
        rack_tlp: true,
        f_rto: true,
        limited_transmit: true,
        delayed_fin_ack: true,
        initial_rto: Duration::from_secs(3),
        min_rto: Duration::from_millis(100),
        max_rto: Duration::from_secs(9),
        syn_retries: 2,
        r1_retries: 1,
        data_retries: 4,
        user_timeout: Some(Duration::from_secs(30)),
        keep_alive: Some(KeepAlive {
            idle: Duration::from_secs(10),
            interval: Duration::from_secs(2),
            count: 3,
        }),
        keep_alive_octet: true,
        fin_wait_2_timeout: Duration::from_secs(20),
        msl: Duration::from_secs(5),
        time_wait_reuse: false,
        rfc1337: true,
        path_mtu_discovery: true,
        fast_open: true,
        variant: Variant {
            two_way_opening: true,
            no_time_wait: true,
            fixed_isn: true,
            no_checksum: true,
            no_retransmission: true,
            no_flow_control: true,
        },
    }
}

const UNUSUAL: &str = r#"{ "mss": 1000, "receive_buffer": 100000, "send_buffer": 5000, "window_scale": 14,
    "sack": true, "timestamps": true, "timestamp_offset": 4294967295, "ecn": true,
    "nagle": false, "rfc5961": false, "delayed_ack_us": 200000, "congestion": "none",
    "initial_window_segments": 3, "restart_after_idle": true, "prr": true, "rack_tlp": true,
    "f_rto": true, "limited_transmit": true, "delayed_fin_ack": true, "initial_rto_us": 3000000, "min_rto_us": 100000,
    "max_rto_us": 9000000, "syn_retries": 2, "r1_retries": 1, "data_retries": 4,
    "user_timeout_us": 30000000,
    "keep_alive": { "idle_us": 10000000, "interval_us": 2000000, "count": 3 },
    "keep_alive_octet": true,
    "fin_wait_2_timeout_us": 20000000, "msl_us": 5000000, "time_wait_reuse": false,
    "rfc1337": true, "path_mtu_discovery": true, "fast_open": true,
    "variant": { "two_way_opening": true, "no_time_wait": true, "fixed_isn": true,
             "no_checksum": true, "no_retransmission": true, "no_flow_control": true } }"#;

#[test]
fn every_setting_is_read_and_written() {
    assert_eq!(read(UNUSUAL), unusual());
    assert_eq!(read(&written(UNUSUAL)), unusual());
}

#[test]
fn the_base_says_what_the_others_differ_from() {
    let cases = [
        ("{}", Config::plain()),
        (r#"{ "base": "plain" }"#, Config::plain()),
        (r#"{ "base": "modern" }"#, Config::default()),
        (r#"{ "base": "plain", "sack": true }"#, Config { sack: true, ..Config::plain() }),
        (
            r#"{ "base": "modern", "window_scale": null, "congestion": "newreno" }"#,
            Config {
                window_scale: None,
                congestion: CongestionControl::NewReno,
                ..Config::default()
            },
        ),
        (
            r#"{ "base": "modern", "sack": null, "keep_alive": null, "user_timeout_us": null }"#,
            Config::default(),
        ),
        (
            r#"{ "keep_alive": {}, "window_scale": 0 }"#,
            Config {
                keep_alive: Some(KeepAlive::default()),
                window_scale: Some(0),
                ..Config::plain()
            },
        ),
    ];
    for (tcp, config) in cases {
        assert_eq!(read(tcp), config, "{tcp}");
    }
}

#[test]
fn what_is_set_is_written_from_the_base_that_leaves_least_to_say() {
    let cases = [
        ("{}", ""),
        (r#"{ "base": "plain", "nagle": true }"#, ""),
        (r#"{ "base": "modern" }"#, r#"{"base":"modern"}"#),
        (r#"{ "sack": true }"#, r#"{"sack":true}"#),
        (
            r#"{ "base": "modern", "sack": false, "window_scale": null }"#,
            r#"{"base":"modern","window_scale":null,"sack":false}"#,
        ),
        (r#"{ "keep_alive": {} }"#, r#"{"keep_alive":{}}"#),
    ];
    for (tcp, said) in cases {
        assert_eq!(written(tcp), said, "{tcp}");
    }
}

#[test]
fn each_flag_can_be_turned_in_either_base() {
    let flags = [
        "sack",
        "timestamps",
        "ecn",
        "nagle",
        "rfc5961",
        "restart_after_idle",
        "prr",
        "rack_tlp",
        "f_rto",
        "limited_transmit",
        "delayed_fin_ack",
        "keep_alive_octet",
        "time_wait_reuse",
        "rfc1337",
        "path_mtu_discovery",
        "fast_open",
    ];
    for base in ["plain", "modern"] {
        for flag in flags {
            let with = |value| format!(r#"{{ "base": "{base}", "{flag}": {value} }}"#);
            assert_ne!(read(&with(true)), read(&with(false)), "{flag}");
            // Writing them reads them again.
            written(&with(true));
            written(&with(false));
        }
    }
}

#[test]
fn an_error_says_where_and_what_would_be_right() {
    let cases = [
        (
            r#"{ "base": "old" }"#,
            r#"hosts[0].tcp.base: "old" is none of plain, modern (line 5, column 18)"#,
        ),
        (
            r#"{ "window_scale": 15 }"#,
            "hosts[0].tcp.window_scale: 15 is not a whole number from 0 to 14 (line 5, column 26)",
        ),
        (
            r#"{ "delayed_ack_us": 500000 }"#,
            "hosts[0].tcp.delayed_ack_us: 500000 is not a whole number from 0 to 499999 (line 5, column 28)",
        ),
        (
            r#"{ "congestion": "reno" }"#,
            r#"hosts[0].tcp.congestion: "reno" is none of newreno, cubic, none (line 5, column 24)"#,
        ),
        (r#"{ "sack": 1 }"#, "hosts[0].tcp.sack: 1 is not true or false (line 5, column 18)"),
        (
            r#"{ "keep_alive": true }"#,
            "hosts[0].tcp.keep_alive: true is no object; its fields would be idle_us, interval_us, \
             count (line 5, column 24)",
        ),
        (
            r#"{ "keep_alive": { "count": 1 } }"#,
            "hosts[0].tcp.keep_alive.count: 1 is not a whole number from 2 to 255 (line 5, column 35)",
        ),
        (
            r#"{ "variant": { "no_syn": true } }"#,
            "hosts[0].tcp.variant.no_syn: there is no field \"no_syn\"; the fields are \
             two_way_opening, no_time_wait, fixed_isn, no_checksum, no_retransmission, \
             no_flow_control (line 5, column 33)",
        ),
        (
            r#"{ "variant": true, "variant": true }"#,
            "hosts[0].tcp.variant: the field variant is given twice (line 5, column 38)",
        ),
    ];
    for (tcp, said) in cases {
        let error = Scenario::from_json(&file(tcp)).expect_err(tcp).to_string();
        assert_eq!(error, said, "{tcp}");
    }
}
