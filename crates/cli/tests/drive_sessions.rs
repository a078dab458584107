//! Sessions with `tcpscope drive`, as text: each file in `sessions/` is one, requests after `> `
//! and the replies that they must have after `< `.
//!
//! A reply is compared as text, so that the order of its fields counts too. `"events":[…]` stands
//! for any events, where a file is about something else.
//!
//! `UPDATE_SESSIONS=1 cargo test -p tcpscope-cli` writes the replies anew: read the difference.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use tcpscope_cli::drive::drive;

const ANY_EVENTS: &str = "\"events\":[…]";

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The replies to the requests of a session, a line each.
fn replies(session: &str) -> Vec<String> {
    let requests = session.lines().filter_map(|line| line.strip_prefix("> "));
    let input = requests.fold(String::new(), |input, request| input + request + "\n");
    let mut output = Vec::new();
    drive(input.as_bytes(), &mut output).unwrap();
    String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
}

/// The reply with its events left out. They hold neither lists nor brackets.
fn without_events(reply: &str) -> String {
    let (before, rest) = reply.split_once("\"events\":[").expect("every reply has events");
    let (events, after) = rest.split_once(']').expect("the list ends");
    if events.is_empty() { reply.to_owned() } else { format!("{before}{ANY_EVENTS}{after}") }
}

/// The session with the replies that it has now.
fn updated(session: &str, replies: &[String]) -> String {
    let shown = session.lines().any(|line| line == "# Events are shown.");
    let mut replies = replies.iter();
    let mut text = String::new();
    for line in session.lines().filter(|line| !line.starts_with("< ")) {
        writeln!(text, "{line}").unwrap();
        if line.starts_with("> ") {
            let reply = replies.next().expect("a reply for each request");
            let reply = if shown { reply.clone() } else { without_events(reply) };
            writeln!(text, "< {reply}").unwrap();
        }
    }
    text
}

#[test]
fn each_session_is_answered_as_written() {
    let files = files();
    assert!(files.len() > 5, "the sessions are missing");
    for file in files {
        let session = fs::read_to_string(&file).unwrap();
        let replies = replies(&session);
        if env::var_os("UPDATE_SESSIONS").is_some() {
            fs::write(&file, updated(&session, &replies)).unwrap();
            continue;
        }
        let expected = session.lines().filter_map(|line| line.strip_prefix("< "));
        let requests = session.lines().filter_map(|line| line.strip_prefix("> "));
        let mut count = 0;
        for ((request, expected), reply) in requests.zip(expected).zip(&replies) {
            let found =
                if expected.contains(ANY_EVENTS) { without_events(reply) } else { reply.clone() };
            assert_eq!(found, expected, "\nin {}, after\n{request}", file.display());
            count += 1;
        }
        assert_eq!(count, replies.len(), "{}: a reply for each request", file.display());
    }
}

/// "The same lines give the same replies, byte for byte."
#[test]
fn the_same_lines_give_the_same_replies() {
    for file in files() {
        let session = fs::read_to_string(&file).unwrap();
        assert_eq!(replies(&session), replies(&session), "{}", file.display());
    }
}
