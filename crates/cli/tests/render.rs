//! `tcpscope render`: what it takes, what it writes, and what it says where it cannot.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use common::{Refused, refuses};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Asked in the project's folder, where scenarios and lessons are.
fn tcpscope(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcpscope"));
    command.current_dir(root()).arg("render").args(arguments).output().unwrap()
}

fn drawn(arguments: &[&str]) -> String {
    let Output { status, stdout, stderr } = tcpscope(arguments);
    let said = String::from_utf8(stderr).unwrap();
    assert!(status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(stdout).unwrap()
}

/// A file that goes when it is dropped.
struct Kept(PathBuf);

impl Kept {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("tcpscope-{}-{name}", std::process::id())))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// An id, a file, a link and its fragment are one run.
#[test]
fn a_run_is_named_in_several_ways() {
    let by_id = drawn(&["lost-syn"]);
    assert!(by_id.starts_with("<svg ") && by_id.contains(">The SYN is lost</text>"));
    let link = "https://example.org/tcpscope/#v=1&scenario=lost-syn&t=0";
    for other in ["scenarios/lost-syn.json", link, "v=1&scenario=lost-syn&t=0"] {
        assert_eq!(drawn(&[other]), by_id, "{other}");
    }
    let stop = drawn(&["lost-syn", "--stop", "again"]);
    assert_eq!(drawn(&["lessons/lost-syn.toml", "--at", "again"]), stop);
    assert_eq!(drawn(&["v=1&lesson=lost-syn&stop=again"]), stop);
}

/// A run of a lesson, with something done to it.
#[test]
fn a_link_names_a_run_of_a_lesson() {
    let link = "v=1&run=without&edit=drop,client:data:1+1000&t=4000000&lesson=rack-tlp&stop=late";
    let ours = drawn(&[link]);
    assert!(ours != drawn(&["v=1&run=main&t=4000000&lesson=rack-tlp"]));
    assert!(ours != drawn(&["v=1&run=without&t=4000000&lesson=rack-tlp"]));
}

/// What a link has is drawn so; what is said besides counts more.
#[test]
fn a_link_brings_its_moment_its_edits_and_its_looks() {
    let link = "v=1&scenario=three-way-handshake&edit=drop,client:syn:0&t=20000&lang=zh-CN\
                &theme=dark&numbers=absolute&plot=congestion";
    let svg = drawn(&[link]);
    assert!(svg.contains("class=\"plot:congestion\"") && svg.contains("三次握手"));
    let said = ["--view", "ladder", "--lang", "en", "--theme", "light"];
    let ladder = drawn(&[&[link], &said[..]].concat());
    assert!(ladder.contains("The three-way handshake") && ladder.contains("class=\"dropped\""));
    assert!(ladder.contains("class=\"playhead\""), "the moment is in it");
}

#[test]
fn each_format_is_what_its_name_says() {
    let begins = [
        ("svg", "<svg "),
        ("mermaid", "---\ntitle: \"The SYN is lost\"\n---\nsequenceDiagram\n"),
        ("text", "00:00:00.010000 IP 192.0.2.1.49152 > 198.51.100.1.6379: Flags [S]"),
        ("csv", "record,time_us,step,host,kind,packet,text,rule,rfc,why\r\n0,0,0,server,call,"),
        ("json", "[\n{\"record\":0,\"at_us\":0,\"cause\":null,\"kind\":\"call\""),
    ];
    for (format, begin) in begins {
        let made = drawn(&["lost-syn", "--format", format]);
        assert!(made.starts_with(begin), "{format}: {}", &made[..begin.len().min(made.len())]);
    }
    let moving = drawn(&["lost-syn", "--animated"]);
    assert!(moving.contains("@keyframes") && moving.contains("prefers-reduced-motion"));
    for ending in ["svg", "mmd", "txt", "csv", "json"] {
        let file = Kept::new(&format!("still.{ending}"));
        assert_eq!(drawn(&["lost-syn", "-o", file.0.to_str().unwrap()]), "");
        assert!(!fs::read_to_string(&file.0).unwrap().is_empty());
    }
}

/// The picture has as many pixels as the drawing times the scale; Chinese needs no other option.
#[test]
fn a_picture_has_the_drawings_size() {
    let arguments = ["lost-syn", "--lang", "zh-CN", "--width", "600"];
    let svg = drawn(&arguments);
    let side = |name: &str| {
        let (_, rest) = svg.split_once(&format!(" {name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.parse::<f64>().unwrap()
    };
    for scale in [1, 3] {
        let file = Kept::new(&format!("still-{scale}.png"));
        let scale = scale.to_string();
        let asked = [&arguments[..], &["--scale", &scale, "-o", file.0.to_str().unwrap()]].concat();
        assert_eq!(drawn(&asked), "");
        let png = fs::read(&file.0).unwrap();
        assert_eq!(png[1..4], *b"PNG");
        let pixels =
            |from: usize| f64::from(u32::from_be_bytes(png[from..from + 4].try_into().unwrap()));
        let scale: f64 = scale.parse().unwrap();
        assert!((pixels(16) - scale * side("width")).abs() <= scale);
        assert!((pixels(20) - scale * side("height")).abs() <= scale);
    }
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_drawn() {
    let cases: &[Refused<'_>] = &[
        (&[], 2, &["needs a scenario, a lesson or a link", "`tcpscope render --help`"]),
        (&["lost-syn", "lost-syn"], 2, &["unexpected argument"]),
        (&["lost-syn", "--view", "map"], 2, &["`map`", "ladder, all, panels", "plot:sequence"]),
        (&["lost-syn", "--theme", "blue"], 2, &["`blue`", "light, dark"]),
        (&["lost-syn", "--numbers", "all"], 2, &["`all`", "relative, absolute"]),
        (&["lost-syn", "--width", "9"], 2, &["--width", "320 to 8000", "`9`"]),
        (&["lost-syn", "--from", "soon"], 2, &["--from", "40ms", "`soon`"]),
        (&["lost-syn", "--from", "2s", "--to", "1s"], 2, &["--from is later than --to"]),
        (&["lost-syn", "-o", "still.gif"], 2, &["still.gif", ".svg, .png, .mmd"]),
        (&["lost-syn", "--animated", "-o", "still.png"], 2, &["--animated is an SVG"]),
        (&["no-such"], 1, &["no `no-such`", "scenarios/no-such.json", "lessons/no-such.toml"]),
        (&["../lost-syn"], 1, &["no `../lost-syn`"]),
        (&["v=1&scenario=no-such&t=0"], 1, &["no `no-such`", "scenarios/no-such.json"]),
        (&["v=9&scenario=lost-syn"], 1, &["the link"]),
        (&["v=1&lesson=rack-tlp&run=nothing"], 1, &["no run `nothing`", "main"]),
        (&["lost-syn", "--at", "999"], 1, &["--at 999", "a record from 0 to"]),
        (&["lost-syn", "--at", "never"], 1, &["--at never", "a time, as in 40ms"]),
        (&["lost-syn", "--stop", "nowhere"], 1, &["no stop `nowhere`", "syn, lost, again"]),
        (&["sliding-window", "--stop", "x", "--lessons", "/"], 1, &["--stop is about a lesson"]),
        (
            &["lost-syn", "-o", "/no/such/still.svg"],
            1,
            &["/no/such/still.svg", "cannot be written"],
        ),
    ];
    for case in cases {
        refuses(tcpscope, case);
    }
}
