//! Captures of our own runs, of which all is known: whatever a capture tells has to be so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tcpscope_capture::{Capture, Vantage};
use tcpscope_dissect::{End, Gather, Gathered, Observed, Reader};
use tcpscope_scenario::Scenario;
use tcpscope_sim::{HostId, Packet, PacketIndex, Timeline, Trace};
use tcpscope_tcp::{Instant, State};
use tcpscope_view::Lanes;

fn scenarios() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["../scenarios", "capture/tests/scenarios"].map(|folder| crates.join(folder));
    let files = folders.map(|folder| fs::read_dir(folder).expect("the folder is there").flatten());
    let mut paths: Vec<PathBuf> = files.into_iter().flatten().map(|file| file.path()).collect();
    paths.retain(|path| !path.ends_with("index.json"));
    paths.sort();
    paths
}

/// A capture of what is seen at a place, as a file.
fn file(trace: &Trace, vantage: Vantage) -> Vec<u8> {
    let mut file = Vec::new();
    Capture::of(trace, vantage).to_pcap(&mut file).expect("memory can be written to");
    file
}

/// The conversation of a file that holds one.
fn gathered(file: &[u8]) -> Option<Gathered> {
    let (mut reader, mut gather) = (Reader::new(), Gather::new(0));
    reader.read(file, &mut |frame| gather.note(frame)).expect("it is sound");
    (gather.conversations() == 1).then(|| gather.finish())?
}

/// One run, seen from one place.
struct Case<'a> {
    name: &'a str,
    trace: &'a Trace,
    capture: &'a Capture,
    gathered: &'a Gathered,
}

impl Case<'_> {
    fn index(&self, place: usize) -> PacketIndex {
        let frame = usize::try_from(self.gathered.segments[place].frame).expect("it is small") - 1;
        self.capture.packets()[frame].packet
    }

    fn packet(&self, place: usize) -> &Packet {
        self.trace.packet(self.index(place))
    }

    /// When an end was in the state that a change speaks of: when it sent its own segment, or when the
    /// other's reached it. `None` where that does not reach it, or where the end has sent something in
    /// between that passes only later: a capture tells what it has seen so far.
    fn moment(&self, end: End, place: usize) -> Option<Instant> {
        let segments = &self.gathered.segments;
        if segments[place].from == end {
            return Some(self.packet(place).sent);
        }
        let arrives = self.packet(place).arrives()?;
        let mut later = (place + 1..segments.len()).filter(|later| segments[*later].from == end);
        let is_crossed = later.any(|later| self.packet(later).sent < arrives);
        (!is_crossed).then_some(arrives)
    }

    /// How many changes were held against the run, and in how many of them the state is known; what
    /// is not so goes to `wrong`.
    fn hold(&self, wrong: &mut Vec<String>) -> [usize; 2] {
        let (mut held, observed) = ([0, 0], Observed::of(self.gathered));
        for end in End::BOTH {
            let address = self.gathered.conversation.ends[end.index()];
            let first = address == self.trace.host(HostId(0)).address.into();
            let host = if first { HostId(0) } else { HostId(1) };
            for change in &observed.states[end.index()] {
                let Some(at) = change.since.and_then(|place| self.moment(end, place)) else {
                    continue;
                };
                // What happens at one instant comes one after the other.
                let same = self.trace.records().iter().filter(|record| record.at == at);
                let really: BTreeSet<&str> = same
                    .map(|record| self.trace.host(host).status(record.id).state.name())
                    .collect();
                let can_be: BTreeSet<&str> = change.states.states().map(State::name).collect();
                held[0] += 1;
                held[1] += usize::from(change.states.only().is_some());
                if really.is_disjoint(&can_be) {
                    let frame = change.since.map(|place| self.gathered.segments[place].frame);
                    wrong.push(format!(
                        "{} frame {frame:?}: {end:?} is in {really:?}, not in {can_be:?}",
                        self.name
                    ));
                }
            }
        }
        held
    }
}

/// Each end is in one of the states that the capture leaves open, wherever it was taken.
#[test]
fn each_end_is_in_one_of_the_states_that_it_can_be_in() {
    let (mut moments, mut known, mut wrong) = (0, 0, Vec::new());
    for path in scenarios() {
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("it can be read");
        let scenario = Scenario::from_json(&text).expect("it is a scenario");
        let timeline = Timeline::new(scenario.setup()).expect("it can be run");
        let trace = timeline.trace();
        for vantage in [Vantage::Host(HostId(0)), Vantage::Host(HostId(1)), Vantage::Link] {
            let capture = Capture::of(trace, vantage);
            // Of several connections it would have to be found out which one is which.
            let Some(gathered) = gathered(&file(trace, vantage)) else { continue };
            if trace.hosts().len() != 2 {
                continue;
            }
            let name = format!("{name} at {vantage:?}");
            let case = Case { name: &name, trace, capture: &capture, gathered: &gathered };
            let [held, only] = case.hold(&mut wrong);
            moments += held;
            known += only;
        }
    }
    println!("{moments} moments, {known} of them known");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(moments > 200 && known > moments / 3, "{moments}, {known}");
}

/// What a retransmission repeats is what the run's own ladder ties it to: at its sender all of it passes,
/// elsewhere what has come so far, and what has not cannot be told.
#[test]
fn a_retransmission_is_tied_to_what_it_repeats_as_in_the_run() {
    let (mut same, mut farther, mut wrong) = (0, 0, Vec::new());
    for path in scenarios() {
        let text = fs::read_to_string(&path).expect("it can be read");
        let scenario = Scenario::from_json(&text).expect("it is a scenario");
        let timeline = Timeline::new(scenario.setup()).expect("it can be run");
        let (trace, lanes) = (timeline.trace(), Lanes::new(timeline.trace()));
        let before = |packet: PacketIndex| lanes.flight(packet).repeats;
        for vantage in [Vantage::Host(HostId(0)), Vantage::Host(HostId(1))] {
            let capture = Capture::of(trace, vantage);
            let Some(gathered) = gathered(&file(trace, vantage)) else { continue };
            let name = path.display().to_string();
            let case = Case { name: &name, trace, capture: &capture, gathered: &gathered };
            let findings = Observed::of(&gathered).findings;
            for (place, finding) in findings.iter().enumerate() {
                // What is repeated knows of it.
                let original = finding.repeats.map(|original| findings[original].repeated_by);
                assert!(original.is_none_or(|by| by.is_some_and(|by| by <= place)), "{name}");
                let Some(repeat) = finding.repeat.filter(|repeat| repeat.is_again()) else {
                    assert_eq!(finding.repeats, None, "{name}");
                    continue;
                };
                if !case.packet(place).retransmission {
                    // The network's own copy, or the SYN of a simultaneous open with an ACK by now.
                    continue;
                }
                let ours = finding.repeats.map(|place| case.index(place));
                let theirs = before(case.index(place));
                let is_own = Vantage::Host(case.packet(place).id.from) == vantage;
                let frame = gathered.segments[place].frame;
                if ours == theirs {
                    same += 1;
                } else if is_own {
                    wrong.push(format!(
                        "{name} {vantage:?} {frame} {repeat:?}: {ours:?}, {theirs:?}"
                    ));
                } else {
                    // One of those before it; the last of them did not come here.
                    let mut back = std::iter::successors(theirs, |packet| before(*packet));
                    if ours.is_some_and(|ours| back.all(|packet| packet != ours)) {
                        wrong.push(format!("{name} {vantage:?} {frame}: {ours:?}, {theirs:?}"));
                    }
                    farther += 1;
                }
            }
        }
    }
    println!("{same} the same, {farther} farther back, or lost before");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(same >= 20 && farther >= 4, "{same}, {farther}");
}
