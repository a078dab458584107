//! Scripts on the command line: what is printed, and with which exit code.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tcpscope(args: &[&str]) -> Output {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcpscope"));
    command.current_dir(scenarios).args(args).output().expect("tcpscope")
}

/// A file with this in it.
fn file(name: &str, text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packetdrill");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    path
}

fn said(octets: &[u8]) -> String {
    String::from_utf8(octets.to_vec()).expect("text")
}

const OPENS: &str = "\
0  socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3
+0 connect(3, ..., ...) = -1 EINPROGRESS
+0 > S 0:0(0) <...>
";

#[test]
fn a_run_becomes_a_script_that_happens_again() {
    let run = tcpscope(&["run", "lost-syn.json", "--format", "packetdrill", "--at", "server"]);
    assert!(run.status.success());
    let script = said(&run.stdout);
    assert!(script.starts_with("// lost-syn, as server sees it: "), "{script}");
    let path = file("lost-syn.pkt", &script);
    let path = path.to_str().expect("a path");
    let played = tcpscope(&["packetdrill", path]);
    assert!(played.status.success());
    let lines = said(&played.stdout);
    assert!(
        lines.contains("  1.050036  ok  +1.050036 < S 0:0(0) win 65535 <mss 1460>\n"),
        "{lines}"
    );
    let events = script.lines().filter(|line| line.starts_with(['0', '+'])).count();
    assert!(
        lines.ends_with(&format!("all {events} events happen as the script says\n")),
        "{lines}"
    );
    let quiet = tcpscope(&["packetdrill", "--quiet", path]);
    assert_eq!(said(&quiet.stdout).lines().count(), 1);
}

#[test]
fn what_does_not_happen_ends_with_one() {
    let path = file("late.pkt", &format!("{OPENS}+2 > S 0:0(0) <...>\n"));
    let played = tcpscope(&["packetdrill", path.to_str().expect("a path")]);
    assert_eq!(played.status.code(), Some(1));
    assert_eq!(said(&played.stdout).lines().count(), 3);
    let error = said(&played.stderr);
    let begins = format!("{}:4:1: at 1 s our TCP sends this at another time\n", path.display());
    assert!(error.starts_with(&begins), "{error}");
    assert!(error.contains("time: expected 2 s, got 1 s"), "{error}");
    assert!(error.contains("retransmit-after-timeout [RFC 6298 §5]"), "{error}");
    // A second off is a second let pass.
    let path = path.to_str().expect("a path");
    assert!(tcpscope(&["packetdrill", path, "--tolerance", "1000000"]).status.success());
}

#[test]
fn what_is_outside_is_told_and_nothing_is_run() {
    let path = file("outside.pkt", &format!("{OPENS}+0 `ls`\n+1 write(3, ..., 5) = five\n"));
    let played = tcpscope(&["packetdrill", path.to_str().expect("a path")]);
    assert_eq!(played.status.code(), Some(1));
    assert!(played.stdout.is_empty());
    let error = said(&played.stderr);
    let path = path.display();
    assert!(error.contains(&format!("{path}:4:4: a shell command is outside of what")), "{error}");
    assert!(error.contains(&format!("{path}:5:23: `five` is no number")), "{error}");
    assert!(error.ends_with("nothing was run: 1 wrong, 1 outside\n"), "{error}");
}

#[test]
fn what_no_script_can_tell_is_said() {
    for (args, why) in [
        (&["udp-vs-tcp.json"][..], "client speaks UDP"),
        (&["half-open.json", "--at", "server"], "server is crashed, started anew or meddled with"),
        (&["lost-syn.json", "--at", "link"], "it has no TCP; --at says which host: client, server"),
    ] {
        let run = tcpscope(&[&["run", "--format", "packetdrill"], args].concat());
        assert_eq!(run.status.code(), Some(1));
        assert!(said(&run.stderr).contains(why), "{}", said(&run.stderr));
    }
}
