//! `tcpscope open`: captures that others took.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tcpscope_cli::args::Command;
use tcpscope_cli::open::{Format, OpenError, Request, open};
use tcpscope_dissect::{CapturedView, End};
use tcpscope_scenario::Scenario;
use tcpscope_sim::Timeline;
use tcpscope_view::{Locale, Theme};

fn capture(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../dissect/tests/captures")).join(name)
}

/// A file that goes when it is dropped.
struct File(PathBuf);

impl File {
    fn named(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("tcpscope-{}-{name}", std::process::id())))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// What is printed, what is said of errors, and whether the file was whole.
fn opened(request: &Request) -> (String, String, bool) {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let whole = open(request, &mut out, &mut errors).expect("it can be read");
    let text = |octets| String::from_utf8(octets).expect("text");
    (text(out), text(errors), whole)
}

#[test]
fn the_list_has_a_row_a_conversation() {
    for (locale, first) in
        [(Locale::En, "14 frames, 3 TCP conversations"), (Locale::ZhCn, "14 帧，3 个 TCP 会话")]
    {
        let request =
            Request { capture: capture("reset-client.pcap"), locale, ..Request::default() };
        let (out, errors, whole) = opened(&request);
        assert_eq!((errors.as_str(), whole), ("", true));
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!((lines[0], lines.len()), (first, 6), "{out}");
        assert!(lines[4].contains("10.1.0.1:50000") && lines[4].contains("RST; "), "{out}");
    }
}

#[test]
fn json_has_an_object_a_conversation_and_one_of_the_whole() {
    let request = Request {
        capture: capture("interfaces.pcapng"),
        format: Format::Json,
        ..Request::default()
    };
    let (out, ..) = opened(&request);
    let lines: Vec<Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["server"], "10.1.0.2:8080");
    assert_eq!(lines[1]["server_text"], 3000);
    assert_eq!(lines[2]["frames"], 28);
    assert_eq!(lines[2]["damage"], Value::Null);
}

/// What comes before the damage is printed, and the damage is named.
#[test]
fn a_damaged_file_is_read_up_to_the_damage() {
    let file = File::named("damaged.pcap");
    let whole = fs::read(capture("loss-client.pcap")).expect("it is there");
    fs::write(&file.0, &whole[..3000]).expect("it can be written");
    let request = Request { capture: file.0.clone(), format: Format::Json, ..Request::default() };
    let (out, errors, whole) = opened(&request);
    assert!(!whole && errors.contains("damaged at octet 2912: "), "{errors}");
    let last = out.lines().last().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let last = last.expect("there is a line");
    assert_eq!(
        (&last["damage"]["at"], &last["damage"]["what"]),
        (&2912.into(), &"cut-short".into())
    );
    assert_eq!(last["frames"], 30);
}

#[test]
fn a_conversation_is_told_segment_by_segment() {
    let tail = Request {
        capture: capture("tail-client.pcap"),
        conversation: Some(1),
        ..Request::default()
    };
    let (out, ..) = opened(&tail);
    for said in [
        "The capture was taken at the client, or near it",
        "    10    52.603 ms  ← FIN,ACK seq=5001 ack=11 win=65536 len=0",
        "its number is 5001, and 2897 was next",
        "an earlier one was lost before it came here",
        "server is in FIN-WAIT-1 or FIN-WAIT-2",
    ] {
        assert!(out.contains(said), "{said} is not in\n{out}");
    }
    let (out, ..) = opened(&Request { format: Format::Json, ..tail });
    let lines: Vec<Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 17);
    assert_eq!(lines[9]["marks"], serde_json::json!(["lost-segment"]));
    assert_eq!(lines[9]["server"], serde_json::json!(["FIN-WAIT-1"]));
    assert_eq!(lines[11]["repeat"], "lost-before");
}

#[test]
fn there_has_to_be_such_a_conversation() {
    let request = Request {
        capture: capture("tail-client.pcap"),
        conversation: Some(2),
        ..Request::default()
    };
    let error = open(&request, Vec::new(), &mut Vec::new()).expect_err("there is none");
    let none = OpenError::NoSuchConversation { conversation: 2, conversations: 1 };
    assert_eq!(error.to_string(), none.to_string());
}

/// What our TCP would have done is a scenario like any other.
#[test]
fn a_conversation_becomes_a_scenario() {
    let file = File::named("captured.json");
    let request = Request {
        capture: capture("loss-client.pcap"),
        conversation: Some(1),
        scenario: Some(file.0.clone()),
        ..Request::default()
    };
    let (out, errors, _) = opened(&request);
    assert_eq!((out.as_str(), errors.as_str()), ("", ""));
    let text = fs::read_to_string(&file.0).expect("it was written");
    let scenario = Scenario::from_json(&text).expect("it is a scenario");
    let setup = scenario.setup();
    assert_eq!(setup.interventions.len(), 3);
    assert!(Timeline::new(setup).is_ok());
}

/// A figure for each view, in its language and colours, and it says what cannot be known.
#[test]
fn a_conversation_is_drawn() {
    for view in CapturedView::ALL {
        for (locale, theme, level) in [
            (Locale::En, Theme::Light, "Arrivals do not show"),
            (Locale::ZhCn, Theme::Dark, "到达是看不出来的"),
        ] {
            let request = Request {
                capture: capture("loss-server.pcap"),
                conversation: Some(1),
                format: Format::Svg,
                view,
                locale,
                theme,
                ..Request::default()
            };
            let (out, errors, whole) = opened(&request);
            assert_eq!((errors.as_str(), whole), ("", true));
            assert!(out.starts_with("<svg ") && out.ends_with("</svg>\n"), "{out}");
            assert!(out.contains(level), "{}: {level} is not in\n{out}", view.name());
            let again = match view {
                CapturedView::Ladder => "arrow data again",
                CapturedView::Sequence(End::Server) => "of-again",
                CapturedView::Windows(End::Server) => "of-flight",
                CapturedView::Sequence(End::Client) | CapturedView::Windows(End::Client) => {
                    "plot-axis"
                }
            };
            assert!(out.contains(again), "{}: {again} is not in\n{out}", view.name());
        }
    }
}

/// There is no figure of a whole list.
#[test]
fn a_figure_is_of_one_conversation() {
    let parser = |more: &[&str]| {
        let args = ["open", "any.pcap", "--format", "svg"].iter().chain(more);
        Command::from_args(lexopt::Parser::from_args(args))
    };
    let refused = parser(&[]).expect_err("of which?").to_string();
    assert!(refused.contains("--conversation"), "{refused}");
    assert!(parser(&["--conversation", "2", "--view", "windows:client"]).is_ok());
}
