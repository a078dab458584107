//! `tcpscope run`: the same run as text and as a capture.

use std::path::{Path, PathBuf};

use tcpscope_cli::run::{Format, Request, run};
use tcpscope_view::Locale;

fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name).with_extension("json")
}

fn printed(request: &Request) -> Result<String, String> {
    let mut out = Vec::new();
    run(request, &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).expect("it prints text"))
}

#[test]
fn each_format_prints_the_run() {
    let request = Request { scenario: scenario("lost-syn"), ..Request::default() };
    let lines = printed(&request).expect("it runs");
    assert!(lines.starts_with("00:00:00.010000 IP 192.0.2.1.49152 > 198.51.100.1.6379: Flags [S]"));

    let json = printed(&Request { format: Format::Json, ..request.clone() }).expect("it runs");
    for line in json.lines() {
        let record: serde_json::Value = serde_json::from_str(line).expect("an object a line");
        assert!(record["kind"].is_string() && record["at_us"].is_u64(), "{line}");
    }
    assert!(json.contains(r#""rule":"retransmit-after-timeout","rfc":"RFC 6298 §5""#));

    let table = Request { format: Format::Table, locale: Locale::ZhCn, ..request };
    assert!(printed(&table).expect("it runs").contains("[RFC 6298 §5]"));
}

/// What a host sees is not what the link sees: the lost SYN never reaches the server.
#[test]
fn the_place_decides_what_is_seen() {
    let at = |at: &str| {
        let at = vec![at.to_owned()];
        let request = Request { scenario: scenario("lost-syn"), at, ..Request::default() };
        printed(&request).map(|lines| lines.lines().filter(|line| line.contains("[S]")).count())
    };
    assert_eq!((at("client"), at("server"), at("link")), (Ok(2), Ok(1), Ok(2)));
    assert_eq!(
        at("router"),
        Err("there is no host `router`; there are `client`, `server` and `link`".to_owned())
    );
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let request = |scenario: PathBuf| Request { scenario, ..Request::default() };
    let error = printed(&request(scenario("no-such"))).unwrap_err();
    assert!(error.contains("no-such.json"), "{error}");
    let error = printed(&request(scenario("index"))).unwrap_err();
    assert!(error.contains("index.json"), "{error}");
}
