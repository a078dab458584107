//! The real captures beside the tests, and whoever else reads them.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tcpscope_dissect::{Conversations, Frame, Gather, Gathered, Reader};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/captures");

/// Name and octets of each capture, by name.
pub(crate) fn captures() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(FOLDER).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|end| end == "pcap" || end == "pcapng") {
            found.push((name, fs::read(&path).expect("it can be read")));
        }
    }
    found.sort();
    assert!(found.len() > 15, "{}", found.len());
    found
}

pub(crate) fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// Every frame of a file that is whole.
pub(crate) fn each_frame(file: &[u8], each: &mut dyn FnMut(&Frame<'_>)) {
    let mut reader = Reader::new();
    for chunk in file.chunks(1000) {
        reader.read(chunk, each).expect("it is sound");
    }
    reader.finish().expect("it is whole");
}

/// The conversations of a file, and how many frames it has.
pub(crate) fn conversations(file: &[u8]) -> (Conversations, u64) {
    let (mut list, mut frames) = (Conversations::new(), 0);
    each_frame(file, &mut |frame| {
        list.note(frame);
        frames += 1;
    });
    (list, frames)
}

/// Each conversation of a file.
pub(crate) fn gathered(file: &[u8]) -> Vec<Gathered> {
    let count = conversations(file).0.list().len();
    let one = |place| {
        let mut gather = Gather::new(place);
        each_frame(file, &mut |frame| gather.note(frame));
        gather.finish().expect("there is such a conversation")
    };
    (0..count).map(one).collect()
}

/// The conversations of the capture of this name.
pub(crate) fn of(name: &str) -> Vec<Gathered> {
    let found = captures().into_iter().find(|(found, _)| found == name);
    gathered(&found.expect("there is such a capture").1)
}

/// What the program prints.
pub(crate) fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("TZ", "UTC")
        .output()
        .unwrap_or_else(|error| panic!("{program} cannot be run, is it installed? {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}
