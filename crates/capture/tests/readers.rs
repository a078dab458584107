//! Captures read by those who are used to reading them: Debian's tcpdump and tshark. They are not
//! everywhere, so these tests are ignored unless asked for; `cargo xtask test` brings both programs
//! and asks.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use common::{files, trace_of};
use tcpscope_capture::{Capture, Vantage};
use tcpscope_sim::{HostId, PacketIndex, RecordKind, Trace, Why};
use tcpscope_tcp::{Reason, SeqNumber};

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("TZ", "UTC")
        .output()
        .unwrap_or_else(|error| panic!("{program} cannot be run, is it installed? {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}

/// A capture in a file that goes when it is dropped.
struct File(std::path::PathBuf);

impl File {
    fn of(capture: &Capture, name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("tcpscope-{}-{name}.pcap", std::process::id()));
        capture.to_pcap(fs::File::create(&path).expect("a file can be made")).expect("written");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("the path is text")
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
#[ignore = "needs tcpdump; `cargo xtask test` brings it"]
fn our_lines_are_tcpdump_s() {
    for path in files() {
        let trace = trace_of(&path);
        for vantage in [Vantage::Host(HostId(0)), Vantage::Host(HostId(1)), Vantage::Link] {
            let capture = Capture::of(&trace, vantage);
            let file = File::of(&capture, "lines");
            let theirs = output("tcpdump", &["-n", "-r", file.path()]);
            let ours: Vec<String> = capture.lines().collect();
            for (ours, theirs) in ours.iter().zip(theirs.lines()) {
                // What it makes of the text follows the length: `length 48: HTTP: GET /log.txt`.
                let theirs = theirs.split_inclusive(", length ").collect::<Vec<_>>();
                let length = theirs.last().and_then(|rest| rest.split(':').next());
                let theirs = theirs[..theirs.len() - 1].concat() + length.unwrap_or_default();
                assert_eq!(*ours, theirs, "{} at {vantage:?}", path.display());
            }
            assert_eq!(ours.len(), theirs.lines().count(), "{}", path.display());
        }
    }
}

/// What tshark's analysis can say of a packet, and we can say too.
const SAID: [&str; 7] = [
    "tcp.analysis.retransmission",
    "tcp.analysis.zero_window_probe",
    "tcp.analysis.duplicate_ack",
    "tcp.analysis.zero_window",
    "tcp.analysis.window_update",
    "tcp.analysis.keep_alive",
    "tcp.analysis.out_of_order",
];

type Counts = BTreeMap<&'static str, usize>;

#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_finds_what_the_engine_says() {
    let mut differences = Vec::new();
    for path in files() {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let trace = trace_of(&path);
        for host in [HostId(0), HostId(1)] {
            let capture = Capture::of(&trace, Vantage::Host(host));
            let file = File::of(&capture, "analysis");
            sound(&name, file.path());
            let (theirs, ours) = (said_by_tshark(file.path()), said_by_us(&trace, host, &capture));
            for what in SAID {
                let (theirs, ours) = (theirs[what], ours[what]);
                if theirs != ours && !explained(&name, what, ours, theirs) {
                    differences.push(format!(
                        "{name} at {}: {what}: {ours} by us, {theirs} by tshark",
                        trace.host(host).name
                    ));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Where the two rightly differ, and why.
const EXPLAINED: &[Explained] = &[Explained {
    scenario: "simultaneous-open",
    what: "tcp.analysis.retransmission",
    more: 2,
    why: "the SYN,ACK of a simultaneous opening has the number of the SYN: tshark takes it for \
              the same again, but its ACK is new and nothing was lost",
}];

/// A difference, of `more` found by tshark than by us.
struct Explained {
    scenario: &'static str,
    what: &'static str,
    more: usize,
    why: &'static str,
}

fn explained(scenario: &str, what: &str, ours: usize, theirs: usize) -> bool {
    EXPLAINED.iter().any(|one| {
        let fits = one.scenario == scenario && one.what == what && ours + one.more == theirs;
        if fits {
            println!("{scenario}: {what}: {ours} by us, {theirs} by tshark: {}", one.why);
        }
        fits
    })
}

/// No malformed packet, no bad checksum.
fn sound(name: &str, path: &str) {
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

fn said_by_tshark(path: &str) -> Counts {
    let mut arguments = vec!["-r", path, "-T", "fields"];
    for what in SAID {
        arguments.extend(["-e", what]);
    }
    let mut counts: Counts = SAID.into_iter().map(|what| (what, 0)).collect();
    for line in output("tshark", &arguments).lines() {
        for (what, value) in SAID.into_iter().zip(line.split('\t')) {
            *counts.entry(what).or_default() += usize::from(!value.is_empty());
        }
    }
    counts
}

/// The same, from the reasons in the trace, as far as `host` can see.
fn said_by_us(trace: &Trace, host: HostId, capture: &Capture) -> Counts {
    let mut counts: Counts = SAID.into_iter().map(|what| (what, 0)).collect();
    let mut add = |what| *counts.entry(what).or_default() += 1;
    // A listener knows only what it saw: how far the numbers of each side have come.
    let mut seen: BTreeMap<HostId, SeqNumber> = BTreeMap::new();
    let mut acked: BTreeMap<HostId, SeqNumber> = BTreeMap::new();
    for captured in capture.packets() {
        let packet = trace.packet(captured.packet);
        let segment = &packet.segment;
        let reason = reason_of(trace, captured.packet);
        let again = seen.get(&packet.id.from).is_some_and(|seen| segment.end().at_or_before(*seen));
        let probe = matches!(reason, Some(Reason::WindowProbe { .. }));
        if packet.retransmission && again && !probe {
            add("tcp.analysis.retransmission");
        }
        if !segment.rst() {
            let seen = seen.entry(packet.id.from).or_insert(segment.seq);
            *seen = seen.later_of(segment.end());
        }
        let acked_again =
            segment.ack.is_some() && acked.get(&packet.id.from).copied() == segment.ack;
        if let Some(ack) = segment.ack {
            acked.insert(packet.id.from, ack);
        }
        if segment.wnd == 0 && !segment.rst() && !segment.syn() && !segment.fin() {
            add("tcp.analysis.zero_window");
        }
        match reason {
            Some(Reason::WindowUpdate { .. }) => add("tcp.analysis.window_update"),
            Some(Reason::WindowProbe { .. }) => add("tcp.analysis.zero_window_probe"),
            Some(Reason::KeepAliveProbe { .. }) => add("tcp.analysis.keep_alive"),
            Some(
                Reason::AckOutOfOrder { .. }
                | Reason::OldDuplicate { .. }
                | Reason::FinAgain { .. },
            ) if acked_again => {
                add("tcp.analysis.duplicate_ack");
            }
            _ => {}
        }
    }
    for record in trace.records().iter().filter(|record| record.host == Some(host)) {
        if let RecordKind::Arrive { .. } = record.kind
            && trace
                .whys(record.id)
                .iter()
                .any(|why| matches!(why, Why::Tcp(Reason::TextOutOfOrder { .. })))
        {
            add("tcp.analysis.out_of_order");
        }
    }
    counts
}

/// Why a packet was sent.
fn reason_of(trace: &Trace, packet: PacketIndex) -> Option<Reason> {
    let sent_by = trace.packet(packet).sent_by;
    trace.whys(sent_by).iter().find_map(|why| match why {
        Why::Tcp(reason) => Some(*reason),
        Why::Link(_) => None,
    })
}
