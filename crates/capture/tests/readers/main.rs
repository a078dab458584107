//! Captures read by those who are used to reading them: Debian's tcpdump and tshark. They are not
//! everywhere, so these tests are ignored unless asked for; `cargo xtask test` brings both programs
//! and asks.

mod analysis;
#[path = "../common/mod.rs"]
mod common;
mod lines;
mod pcapng;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What the program prints; it may complain of nothing.
pub(crate) fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("TZ", "UTC")
        .output()
        .unwrap_or_else(|error| panic!("{program} cannot be run, is it installed? {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    // These two are said of every file.
    let complaints = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<&str> = complaints
        .lines()
        .filter(|line| !line.starts_with("Running as user "))
        .filter(|line| !line.starts_with("reading from file "))
        .collect();
    assert!(complaints.is_empty(), "{program} {arguments:?}: {complaints:?}");
    String::from_utf8(output.stdout).expect("it prints text")
}

/// A file that goes when it is dropped.
pub(crate) struct File(PathBuf);

impl File {
    /// A file that is written so; `name` is one test's alone.
    pub(crate) fn written(name: &str, write: impl FnOnce(fs::File)) -> Self {
        let path = std::env::temp_dir().join(format!("tcpscope-{}-{name}", std::process::id()));
        write(fs::File::create(&path).expect("a file can be made"));
        Self(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().expect("the path is text")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// No malformed packet, no bad checksum.
pub(crate) fn sound(name: &str, path: &str) {
    let broken = output(
        "tshark",
        &[
            "-r",
            path,
            "-o",
            "tcp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
            "-Y",
            "_ws.malformed || tcp.checksum.status == Bad || ip.checksum.status == Bad",
        ],
    );
    assert_eq!(broken, "", "{name}: broken packets");
}
