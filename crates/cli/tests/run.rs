//! `tcpscope run`: the same run as text and as a capture.

use std::path::{Path, PathBuf};

use tcpscope_cli::run::{Format, Request, run};
use tcpscope_scenario::LinkEdit;
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

/// What was done in the page can be done here, in the words of its links.
#[test]
fn edits_are_made_in_order() {
    let lines = |edits: &[&str]| {
        let edits = edits.iter().map(|edit| LinkEdit::from_text(edit).expect(edit)).collect();
        let scenario = scenario("three-way-handshake");
        let request =
            Request { scenario, edits, at: vec!["link".to_owned()], ..Request::default() };
        printed(&request)
    };
    let syns = |lines: &str| lines.lines().filter(|line| line.contains("[S]")).count();
    let plain = lines(&[]).expect("it runs");
    let one = lines(&["drop,client:syn:0"]).expect("it runs");
    let both = lines(&["drop,client:syn:0", "drop,client:syn:0~2"]).expect("it runs");
    assert_eq!([&plain, &one, &both].map(|lines| syns(lines)), [1, 2, 3]);
    let crashed = lines(&["crash,server,1000"]).expect("it runs");
    assert!(syns(&crashed) > 3, "nobody answers");

    let unmet = lines(&["drop,client:syn:0~2"]).expect_err("the first one arrives");
    let said = "--edit drop,client:syn:0~2: this run never sends that packet; --format json has \
                the packets' names";
    assert_eq!(unmet, said);
    let nobody = lines(&["crash,nobody,5"]).expect_err("no such host");
    assert!(nobody.contains("no host is named \"nobody\"; the hosts are client, server"));
    let refused = lines(&["link,client,5,mtu,1420,1", "link,server>server,5,up,0"]);
    assert_eq!(refused, Err("--edit link,server%3Eserver,5,up,0: no link begins at host 1".into()));
}
