//! What shows of each segment, beside what tshark finds.

mod common;

use std::collections::BTreeMap;

use common::{captures, gathered, output};
use tcpscope_dissect::{Marks, Observed, Seen};

/// What both can say of a segment, by the name of tshark's field.
const MARKS: [(&str, Marks); 10] = [
    ("lost_segment", Marks::LOST_SEGMENT),
    ("ack_lost_segment", Marks::ACK_LOST_SEGMENT),
    ("duplicate_ack", Marks::DUPLICATE_ACK),
    ("window_update", Marks::WINDOW_UPDATE),
    ("zero_window", Marks::ZERO_WINDOW),
    ("window_full", Marks::WINDOW_FULL),
    ("zero_window_probe", Marks::ZERO_WINDOW_PROBE),
    ("zero_window_probe_ack", Marks::ZERO_WINDOW_PROBE_ACK),
    ("keep_alive", Marks::KEEP_ALIVE),
    ("keep_alive_ack", Marks::KEEP_ALIVE_ACK),
];

/// What tshark calls a segment that is not the next one. It goes by the clock where we go by the
/// timestamps: so all are one here.
const REPEATS: [&str; 4] =
    ["retransmission", "fast_retransmission", "spurious_retransmission", "out_of_order"];

/// The values of these fields for each frame.
fn fields(name: &str, fields: &[&str]) -> BTreeMap<u64, Vec<String>> {
    let path = common::path(name);
    let names: Vec<String> = fields.iter().map(|field| format!("tcp.analysis.{field}")).collect();
    let mut arguments = vec!["-r", &path, "-T", "fields", "-e", "frame.number"];
    arguments.extend(names.iter().flat_map(|name| ["-e", name]));
    let mut found = BTreeMap::new();
    for line in output("tshark", &arguments).lines() {
        let mut values = line.split('\t').map(String::from);
        let number = values.next().and_then(|number| number.parse().ok()).expect("a number");
        found.insert(number, values.collect());
    }
    found
}

#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_finds_the_same_of_each_segment() {
    let mut differences = Vec::new();
    let mut found = BTreeMap::<&str, u32>::new();
    for (name, file) in captures() {
        let names: Vec<&str> = MARKS.iter().map(|(name, _)| *name).chain(REPEATS).collect();
        let theirs = fields(&name, &names);
        for gathered in gathered(&file) {
            let observed = Observed::of(&gathered);
            for (seen, finding) in gathered.segments.iter().zip(&observed.findings) {
                let values = &theirs[&seen.frame];
                for (place, (what, mark)) in MARKS.iter().enumerate() {
                    let (ours, theirs) = (finding.marks.contains(*mark), !values[place].is_empty());
                    *found.entry(what).or_default() += u32::from(ours);
                    if ours != theirs {
                        differences.push(format!(
                            "{name} {}: {what}: {ours}, {theirs} by tshark",
                            seen.frame
                        ));
                    }
                }
                let theirs = values[MARKS.len()..].iter().any(|value| !value.is_empty());
                let ours = finding.repeat;
                *found.entry("repeat").or_default() += u32::from(ours.is_some());
                if ours.is_some() != theirs {
                    differences.push(format!(
                        "{name} {}: repeat: {ours:?}, {theirs} by tshark",
                        seen.frame
                    ));
                }
            }
        }
    }
    println!("{found:?}");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What a retransmission repeats. tshark names the frame from which it counts the time that the sender
/// waited: the eldest that is not acknowledged. Where that carries the same numbers it is the first of
/// those that ours leads back to; else it is elder than ours, or nothing of it was captured.
#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_leads_a_retransmission_back_to_the_same_frame() {
    let (mut same, mut elder, mut unseen) = (0, 0, 0);
    for (name, file) in captures() {
        let theirs = fields(&name, &["rto_frame"]);
        for gathered in gathered(&file) {
            let observed = Observed::of(&gathered);
            let segments = &gathered.segments;
            for (place, seen) in segments.iter().enumerate() {
                let Ok(theirs) = theirs[&seen.frame][0].parse::<u64>() else { continue };
                let theirs = segments.iter().find(|it| it.frame == theirs).expect("of this one");
                let mut first = place;
                while let Some(before) = observed.findings[first].repeats {
                    assert_eq!(observed.findings[before].repeated_by, Some(first), "{name}");
                    first = before;
                }
                let ours = &segments[first];
                let frames = format!("{name} {}: {}, {}", seen.frame, ours.frame, theirs.frame);
                assert_eq!(theirs.from, seen.from, "{frames}");
                if theirs.seq == seen.seq {
                    assert_eq!(ours.frame, theirs.frame, "{frames}");
                    same += 1;
                } else if first == place {
                    // It fills a gap: no segment before it carried any of its numbers.
                    let carried = |it: &&Seen| {
                        it.from == seen.from
                            && it.frame < seen.frame
                            && it.seq.before(seen.end())
                            && seen.seq.before(it.end())
                    };
                    assert_eq!(segments.iter().find(carried), None, "{frames}");
                    unseen += 1;
                } else {
                    assert!(ours.frame > theirs.frame, "{frames}");
                    assert_eq!((ours.from, ours.seq), (seen.from, seen.seq), "{frames}");
                    elder += 1;
                }
            }
        }
    }
    println!("{same} the same, {elder} count from an elder one, {unseen} fill gaps");
    assert!(same >= 3 && elder >= 2 && unseen >= 2, "{same}, {elder}, {unseen}");
}

/// Round trips and what is in flight are the same numbers. tshark takes what is SACKed out of the latter,
/// and counts what lies before a gap alone: it is compared where there is neither.
#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_measures_the_same() {
    let mut differences = Vec::new();
    let mut compared = [0, 0];
    for (name, file) in captures() {
        let theirs = fields(&name, &["ack_rtt", "bytes_in_flight"]);
        for gathered in gathered(&file) {
            let observed = Observed::of(&gathered);
            let mut is_whole = true;
            for (seen, finding) in gathered.segments.iter().zip(&observed.findings) {
                let values = &theirs[&seen.frame];
                is_whole &= seen.options.sack.is_empty() && finding.repeat.is_none();
                is_whole &= !finding.marks.contains(Marks::LOST_SEGMENT);
                if let (Some(ours), Ok(theirs)) = (finding.round_trip, values[0].parse::<f64>()) {
                    compared[0] += 1;
                    if (ours as f64 - theirs * 1e9).abs() > 1_000.0 {
                        differences
                            .push(format!("{name} {}: round trip {ours}, {theirs}", seen.frame));
                    }
                }
                let (ours, theirs) = (finding.in_flight, values[1].parse::<u32>());
                if let (true, Some(ours), Ok(theirs)) = (is_whole, ours, theirs) {
                    compared[1] += 1;
                    if ours != theirs {
                        differences
                            .push(format!("{name} {}: in flight {ours}, {theirs}", seen.frame));
                    }
                }
            }
        }
    }
    println!("{compared:?}");
    assert!(compared.iter().all(|count| *count > 100), "{compared:?}");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
