//! `tcpscope run` with what cannot be done: it says what is wrong and what would be right, prints
//! nothing, and leaves no file.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use common::{Refused, refuses};

fn scenario(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    folder.join(name).with_extension("json").to_str().unwrap().to_owned()
}

fn tcpscope(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tcpscope")).arg("run").args(arguments).output().unwrap()
}

/// A folder that goes when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("tcpscope-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn is_empty(&self) -> bool {
        fs::read_dir(&self.0).unwrap().next().is_none()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_done() {
    let folder = Folder::new("wrong");
    let file = &folder.file("run.pcapng");
    let nowhere = &folder.file("nowhere/run.pcapng");
    let here = folder.0.to_str().unwrap();
    let lost = &scenario("lost-syn");
    let none = &scenario("no-such");
    let index = &scenario("index");
    let cases: &[Refused<'_>] = &[
        (&[], 2, &["needs a scenario's file", "`tcpscope run --help`"]),
        (&[lost, lost], 2, &["unexpected argument"]),
        (&[lost, "--fast"], 2, &["--fast"]),
        (&[lost, "--edit", "burn,client:syn:0"], 2, &["is no edit", "drop,PACKET"]),
        (&[lost, "--edit", "drop,client:syn:7"], 1, &["never sends that packet"]),
        (&[lost, "--format", "xml"], 2, &["`xml`", "tcpdump, json, table"]),
        (&[lost, "--lang", "fr"], 2, &["`fr`", "en, zh-CN"]),
        (&[lost, "--seed", "many"], 2, &["`many`", "--seed 7"]),
        (&[lost, "--at"], 2, &["missing argument", "--at"]),
        (&[lost, "--at", "link", "--at", "link"], 2, &["--at link is there twice"]),
        (&[lost, "--pcapng"], 2, &["missing argument", "--pcapng"]),
        (&[lost, "--pcapng", file, "--link-type", "x25"], 2, &["`x25`", "ethernet, raw"]),
        (&[lost, "--link-type", "raw"], 2, &["--link-type", "add --pcapng FILE"]),
        (&[lost, "--no-comments"], 2, &["--no-comments", "add --pcapng FILE"]),
        (&[lost, "--no-comments=1", "--pcapng", file], 2, &["--no-comments"]),
        (&[lost, "--pcap", file, "--pcapng", file], 2, &["a file each"]),
        (&[none, "--pcapng", file], 1, &["scenario", none, "cannot be read"]),
        (&[here, "--pcapng", file], 1, &["scenario", here, "cannot be read"]),
        (&[index, "--pcapng", file], 1, &[index, "no field \"scenarios\"", "line 3, column 16"]),
        (
            &[lost, "--pcapng", file, "--at", "Server"],
            1,
            &["no host `Server`", "`client`, `server` and `link`"],
        ),
        (&[lost, "--pcapng", file, "--at", "client", "--at", ""], 1, &["no host ``"]),
        (&[lost, "--pcapng", nowhere], 1, &["capture", nowhere, "no folder", "/nowhere"]),
        (&[lost, "--pcap", nowhere], 1, &["capture", nowhere, "no folder", "/nowhere"]),
        (&[lost, "--pcapng", here], 1, &["capture", here, "a file's name"]),
        (&[lost, "--pcapng", lost], 1, &[lost, "is the scenario"]),
        (&[lost, "--pcap", lost], 1, &[lost, "is the scenario"]),
    ];
    for case in cases {
        refuses(tcpscope, case);
        assert!(folder.is_empty(), "{:?} leaves a file", case.0);
    }
}

/// A capture is written beside what is printed, which stays what it is without one.
#[test]
fn a_capture_changes_nothing_of_what_is_printed() {
    let folder = Folder::new("right");
    let (pcap, pcapng) = (&folder.file("run.pcap"), &folder.file("run.pcapng"));
    let lost = &scenario("lost-syn");
    for format in ["tcpdump", "json", "table"] {
        let alone = tcpscope(&[lost, "--format", format]);
        let both = tcpscope(&[lost, "--format", format, "--pcap", pcap, "--pcapng", pcapng]);
        assert!(alone.status.success() && both.status.success());
        assert_eq!(alone.stdout, both.stdout);
        assert!(alone.stderr.is_empty() && both.stderr.is_empty());
        assert_eq!(fs::read(pcap).unwrap()[..4], [0xa1, 0xb2, 0xc3, 0xd4]);
        assert_eq!(fs::read(pcapng).unwrap()[..4], [0x0a, 0x0d, 0x0d, 0x0a]);
    }
}

/// The language and the wish for comments reach the file; so do the places.
#[test]
fn what_is_asked_for_is_in_the_file() {
    let folder = Folder::new("options");
    let file = &folder.file("run.pcapng");
    let lost = &scenario("lost-syn");
    let written = |more: &[&str]| {
        let arguments = [&[lost, "--pcapng", file][..], more].concat();
        let Output { status, stderr, .. } = tcpscope(&arguments);
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
        String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()
    };
    let english = written(&[]);
    assert!(english.contains("active-open [RFC 9293 §3.10.1] An active OPEN"));
    assert!(written(&["--lang", "zh-CN"]).contains("active-open [RFC 9293 §3.10.1] 主动打开"));
    let silent = written(&["--no-comments"]);
    assert!(!silent.contains("active-open"));
    assert!(silent.contains("client") && !silent.contains("server"), "at the first host");
    let places = written(&["--no-comments", "--at", "server", "--at", "link"]);
    assert!(places.contains("server") && places.contains("link"));
    assert!(written(&["--link-type", "raw"]).len() < english.len());
}

/// "Bounds are announced when reached, never silent."
#[test]
fn a_run_that_is_cut_short_says_so() {
    let folder = Folder::new("limit");
    let short = &folder.file("short.json");
    let text = fs::read_to_string(scenario("lost-syn")).unwrap();
    let with = |limits: &str| {
        let text = text.trim_end().strip_suffix('}').unwrap().trim_end();
        fs::write(short, format!("{text},\n  \"limits\": {limits}\n}}\n")).unwrap();
        let Output { status, stderr, .. } = tcpscope(&[short]);
        assert!(status.success());
        String::from_utf8(stderr).unwrap()
    };
    assert!(with(r#"{ "records": 5 }"#).contains("limits.records"));
    assert!(with(r#"{ "until_us": 500000 }"#).contains("limits.until_us"));
    assert_eq!(with("{}"), "");
}
