//! `tcpscope check`, as it is called: what it prints, and how it ends.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A lesson that stays as it is, whatever becomes of ours.
const SAMPLE: &str = "crates/lesson/tests/common/three-way-handshake.toml";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn check(args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcpscope"));
    let Output { status, stdout, .. } =
        command.arg("check").args(args).current_dir(root()).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap())
}

/// A lesson of ours, changed, in a file of its own; the answer to it.
fn changed(name: &str, from: &str, to: &str) -> (Option<i32>, String) {
    let source = std::fs::read_to_string(root().join(SAMPLE)).unwrap();
    assert!(source.contains(from), "{from}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("three-way-handshake.toml");
    std::fs::write(&file, source.replacen(from, to, 1)).unwrap();
    let (code, said) = check(&["--scenarios", "scenarios", file.to_str().unwrap()]);
    (code, said.replace(file.to_str().unwrap(), "FILE"))
}

#[test]
fn our_lessons_hold() {
    let (code, said) = check(&["lessons"]);
    assert_eq!(code, Some(0), "{said}");
    let lines: Vec<&str> = said.lines().collect();
    let files = std::fs::read_dir(root().join("lessons")).unwrap();
    let files = files.map(|file| file.unwrap().path());
    assert_eq!(
        lines.len(),
        files.filter(|it| it.extension().is_some_and(|it| it == "toml")).count()
    );
    assert!(lines.iter().all(|line| line.contains("stops are reached")), "{said}");
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (name, from, to, place, said) in [
        (
            "claim",
            "client.snd.nxt == client.iss + 1",
            "client.snd.nxt == client.iss + 2",
            "FILE:39:3: ",
            "does not hold: client.snd.nxt is 1486246287 (relative 1), client.iss + 2 is 1486246288 (relative 2)",
        ),
        (
            "name",
            "client.timer.retransmission - time",
            "client.timer.retransmision - time",
            "FILE:40:4: ",
            "there is no timer `retransmision`; did you mean `retransmission`?",
        ),
        (
            "stop",
            "client enters ESTABLISHED",
            "client enters CLOSING",
            "FILE:93:6: ",
            "never reached after the stop `syn-ack` (40.036 ms): it never happens in this run",
        ),
        ("phrase", "client sends SYN", "client send SYN", "FILE:33:6: ", "did you mean `sends`?"),
        (
            "scenario",
            "scenario = \"three-way-handshake\"",
            "scenario = \"three-way-handshak\"",
            "FILE:7:12: ",
            "there is no scenario `three-way-handshak`; did you mean `three-way-handshake`?",
        ),
        (
            "translation",
            "title = { en = \"The three-way handshake\", zh-CN = \"三次握手\" }",
            "title = { en = \"The three-way handshake\" }",
            "FILE:8:9: ",
            "has no Chinese",
        ),
        ("section", "9293#3.4.1", "9293#3.4.9", "FILE:42:20: ", "no section 3.4.9"),
        (
            "term",
            "[[passive-open]]",
            "[[pasive-open]]",
            "FILE:24:20: ",
            "did you mean `passive-open`?",
        ),
        (
            "value",
            "{client.rto}.\n\"\"\"\nzh-CN",
            "{client.rtt}.\n\"\"\"\nzh-CN",
            "FILE:49:",
            "did you mean `srtt`?",
        ),
        (
            "question's host",
            "kind = \"next-state\"\nhost = \"server\"",
            "kind = \"next-state\"",
            "FILE:59:8: ",
            "the question `next-state` needs `host`",
        ),
        (
            "question's packet",
            "kind = \"next-state\"\nhost = \"server\"",
            "kind = \"what-if-lost\"\npacket = \"server:syn:0\"",
            "FILE:59:8: ",
            "has no answer: the packet is not under way",
        ),
        ("format", "format = 1", "format = 2", "FILE:2:10: ", "this program reads format 1"),
        ("toml", "level = 1", "level = ", "FILE:5:", "this is no TOML"),
        ("chinese", "服务器的应用程序调用", "服务器的应用程序，您调用", "FILE:27:10: ", "您"),
    ] {
        let (code, answer) = changed(name, from, to);
        assert_eq!(code, Some(1), "{name}: {answer}");
        let found = answer.lines().any(|line| line.starts_with(place) && line.contains(said));
        assert!(found, "{name}: {place}{said}\n{answer}");
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let (code, said) = check(&["lessons/nowhere.toml", "docs/decisions"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("lessons/nowhere.toml: it cannot be read"), "{said}");
    assert!(said.contains("docs/decisions: there is no lesson"), "{said}");
    assert_eq!(check(&[]).0, Some(2));
}

#[test]
fn the_schema_is_printed() {
    let kept = std::fs::read_to_string(root().join("lessons/lesson.schema.json")).unwrap();
    assert_eq!(check(&["--schema"]), (Some(0), kept));
}

#[test]
fn a_lesson_can_be_read_and_looked_into() {
    let (code, said) =
        check(&["--stops", "--read", "--records", "--scenarios", "scenarios", SAMPLE]);
    assert_eq!(code, Some(0));
    for part in [
        "The client sends SYN seq=0 win=65535.  [client:syn:0]  (active-open)",
        "  syn                      main            10 ms  The client sends SYN",
        "重传计时器一直在走：1 s。",
        "The SYN has number 0, so the next octet has number 1",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn a_segment_that_no_connection_sent_is_numbered_as_the_one_that_it_pretends_to_be_of() {
    for (lesson, part) in [
        // 1000 beyond the 7 that the server expects; the first in another's name; a late copy.
        ("rst-validation", "Attacker sends RST seq=1007."),
        (
            "why-random-isn",
            "Attacker sends SYN seq=0 win=65535.  [attacker=trusted>server:syn:1000]",
        ),
        (
            "fast-open",
            "SYN, PSH seq=0 win=65535 len=7 arrives at the server.  [client@5002:syn:0+7*2]",
        ),
    ] {
        let (code, said) = check(&["--records", &format!("lessons/{lesson}.toml")]);
        assert_eq!(code, Some(0), "{lesson}");
        assert!(said.contains(part), "{part}\n{said}");
    }
}
