//! What a list says of a conversation in short, counted as its frames come: of our own runs, which probe
//! closed windows with an octet where Linux sends none.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tcpscope_capture::{Capture, Vantage};
use tcpscope_dissect::{Brief, Gathered, Marks, Observed};
use tcpscope_scenario::Scenario;
use tcpscope_sim::{HostId, Timeline};

/// The runs that probe a closed window, are acknowledged twice, lose, and keep alive; each at both ends.
fn captures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../capture/tests/scenarios");
    let files = fs::read_dir(folder).expect("the folder is there").flatten();
    let mut paths: Vec<PathBuf> = files.map(|file| file.path()).collect();
    paths.sort();
    let of = |path: &PathBuf, host: HostId| {
        let text = fs::read_to_string(path).expect("it can be read");
        let scenario = Scenario::from_json(&text).expect("it is a scenario");
        let timeline = Timeline::new(scenario.setup()).expect("it can be run");
        let mut file = Vec::new();
        let capture = Capture::of(timeline.trace(), Vantage::Host(host));
        capture.to_pcap(&mut file).expect("memory can be written to");
        let name = path.file_stem().expect("a file has a name").to_string_lossy();
        (format!("{name}-{}", host.0), file)
    };
    let both = paths.iter().flat_map(|path| [0, 1].map(|host| of(path, HostId(host))));
    both.chain([(String::from("probed"), probed())]).collect()
}

/// A server that probes a closed window while its own is closed, and acknowledges what comes meanwhile:
/// the probe's octet was never taken, and what the server sends next has the probe's number.
fn probed() -> Vec<u8> {
    // Whether the server sends it, its number, what it acknowledges, its window, its text.
    let segments: [(bool, u32, u32, u16, u32); 10] = [
        (true, 1_000, 500, 900, 100),
        (false, 500, 1_100, 0, 0),
        (true, 1_100, 500, 900, 1),
        (false, 500, 1_100, 0, 0),
        (true, 1_100, 500, 900, 0),
        (true, 1_100, 500, 900, 0),
        (true, 1_100, 500, 0, 1),
        (false, 500, 1_100, 800, 0),
        (true, 1_100, 500, 0, 100),
        (false, 500, 1_200, 800, 0),
    ];
    let head = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65_535, 101];
    let mut file = head.map(u32::to_le_bytes).concat();
    for (place, (by_server, seq, ack, window, text)) in (0_u32..).zip(segments) {
        file.extend([1_700_000_000 + place, 0, 40, 40 + text].map(u32::to_le_bytes).concat());
        let length = u16::try_from(40 + text).expect("short").to_be_bytes();
        file.extend([0x45, 0, length[0], length[1], 0, 0, 0, 0, 64, 6, 0, 0]);
        let mut ends = [([10, 0, 0, 1], 40_000_u16), ([10, 0, 0, 2], 80)];
        if by_server {
            ends.swap(0, 1);
        }
        ends.iter().for_each(|(address, _)| file.extend(address));
        ends.iter().for_each(|(_, port)| file.extend(port.to_be_bytes()));
        file.extend([seq, ack].map(u32::to_be_bytes).concat());
        file.extend([0x50, 0x10]);
        file.extend(window.to_be_bytes());
        file.extend([0; 4]);
    }
    file
}

/// The same counts, of what each segment is found to be; and how many are probes.
fn counted(gathered: &Gathered) -> (Brief, u32) {
    let observed = Observed::of(gathered);
    let count = |is: &dyn Fn(&tcpscope_dissect::Finding) -> bool| {
        let count = observed.findings.iter().filter(|finding| is(finding)).count();
        u32::try_from(count).expect("few")
    };
    let marked = |mark: Marks| count(&|finding| finding.marks.contains(mark));
    let brief = Brief {
        repeats: count(&|finding| finding.repeat.is_some()),
        gaps: marked(Marks::LOST_SEGMENT),
        duplicates: marked(Marks::DUPLICATE_ACK),
        zero_windows: marked(Marks::ZERO_WINDOW),
    };
    (brief, marked(Marks::ZERO_WINDOW_PROBE))
}

#[test]
fn the_list_counts_what_is_found_of_each_segment() {
    let (mut probes, mut sum) = (0, Brief::default());
    for (name, file) in captures() {
        for gathered in common::gathered(&file) {
            let (counted, probed) = counted(&gathered);
            let brief = gathered.conversation.brief;
            assert_eq!(brief, counted, "{name}");
            probes += probed;
            sum.repeats += brief.repeats;
            sum.zero_windows += brief.zero_windows;
            sum.duplicates += brief.duplicates;
        }
    }
    println!("{probes} probes, {sum:?}");
    assert!(probes >= 6 && sum.repeats > 0 && sum.zero_windows > 4 && sum.duplicates > 0);
}

/// A probe is none of what is counted, and what carries its octet later is not sent again: so tshark has
/// it.
#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_counts_the_same() {
    let fields = [
        "retransmission",
        "out_of_order",
        "lost_segment",
        "duplicate_ack",
        "zero_window",
        "zero_window_probe",
    ];
    let mut probes = 0;
    for (name, file) in captures() {
        if !["zero-window", "plain-loss", "probed"].iter().any(|it| name.starts_with(it)) {
            continue;
        }
        let path =
            std::env::temp_dir().join(format!("tcpscope-{}-{name}.pcap", std::process::id()));
        fs::write(&path, &file).expect("a file can be written");
        let mut arguments = vec!["-r".to_owned(), path.display().to_string()];
        arguments.extend(["-T", "fields"].map(String::from));
        let names = fields.map(|field| format!("tcp.analysis.{field}"));
        arguments.extend(names.iter().flat_map(|field| ["-e".to_owned(), field.clone()]));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let told = common::output("tshark", &arguments);
        let _ = fs::remove_file(&path);
        let mut counts = BTreeMap::<&str, u32>::new();
        for line in told.lines() {
            for (field, value) in fields.iter().zip(line.split('\t')) {
                *counts.entry(field).or_default() += u32::from(!value.is_empty());
            }
        }
        let [gathered] = &common::gathered(&file)[..] else { panic!("{name}: one conversation") };
        let brief = gathered.conversation.brief;
        let theirs = Brief {
            repeats: counts["retransmission"] + counts["out_of_order"],
            gaps: counts["lost_segment"],
            duplicates: counts["duplicate_ack"],
            zero_windows: counts["zero_window"],
        };
        assert_eq!(brief, theirs, "{name}");
        assert_eq!(counted(gathered).1, counts["zero_window_probe"], "{name}");
        probes += counts["zero_window_probe"];
    }
    assert!(probes >= 6, "{probes}");
}
