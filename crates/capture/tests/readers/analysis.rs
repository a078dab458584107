//! What tshark finds by itself in a capture, and what the engine says that it did.

use std::collections::BTreeMap;

use tcpscope_capture::{Capture, Vantage};
use tcpscope_sim::{HostId, PacketIndex, PacketKind, Trace, Why};
use tcpscope_tcp::{Reason, SeqNumber};

use crate::common::{files, trace_of};
use crate::{File, output, sound};

/// What tshark's analysis can say of a packet, and we can say too.
///
/// Of a segment that fills a gap tshark cannot know whether it was late or sent again, where the
/// capture does not hold the first one: it goes by the time, and says "out of order" or
/// "retransmission". We do know, and nothing overtakes anything here; so both are one to us.
const SAID: [(&str, &[&str]); 5] = [
    ("sent again", &["tcp.analysis.retransmission", "tcp.analysis.out_of_order"]),
    ("zero window probe", &["tcp.analysis.zero_window_probe"]),
    ("duplicate ACK", &["tcp.analysis.duplicate_ack"]),
    ("zero window", &["tcp.analysis.zero_window"]),
    ("keep-alive", &["tcp.analysis.keep_alive"]),
];

/// What tshark calls a window update: an ACK that says nothing but a new window.
const WINDOW_UPDATE: (&str, &[&str]) = ("window update", &["tcp.analysis.window_update"]);

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
            let written = |file| capture.to_pcap(file).expect("written");
            let file = File::written("analysis.pcap", written);
            sound(&name, file.path());
            let (theirs, ours) = (said_by_tshark(file.path()), said_by_us(&trace, &capture));
            for what in names() {
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
const EXPLAINED: &[Explained] = &[
    Explained {
        scenario: "simultaneous-open",
        what: "sent again",
        more: 2,
        why: "the SYN,ACK of a simultaneous opening has the number of the SYN: tshark takes it for \
              the same again, but its ACK is new and nothing was lost",
    },
    Explained {
        scenario: "why-three-not-two",
        what: "sent again",
        more: 1,
        why: "a copy of the SYN was kept on the way: it arrives twice, and was sent once",
    },
];

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

fn all() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    SAID.into_iter().chain([WINDOW_UPDATE])
}

fn names() -> impl Iterator<Item = &'static str> {
    all().map(|(name, _)| name)
}

fn said_by_tshark(path: &str) -> Counts {
    let mut arguments = vec!["-r", path, "-T", "fields"];
    for field in all().flat_map(|(_, fields)| fields) {
        arguments.extend(["-e", field]);
    }
    let mut counts: Counts = names().map(|name| (name, 0)).collect();
    for line in output("tshark", &arguments).lines() {
        let mut values = line.split('\t');
        for (name, fields) in all() {
            let said = values.by_ref().take(fields.len()).filter(|value| !value.is_empty()).count();
            *counts.entry(name).or_default() += usize::from(said > 0);
        }
    }
    counts
}

/// What a listener has seen of one side.
#[derive(Clone, Copy, Default)]
struct Seen {
    ack: Option<SeqNumber>,
    /// The window in octets.
    window: Option<u32>,
    shift: u8,
    /// The number after the last that it has used.
    next: Option<SeqNumber>,
}

/// The same, from the reasons in the trace, as far as they show at this place.
fn said_by_us(trace: &Trace, capture: &Capture) -> Counts {
    let mut counts: Counts = names().map(|name| (name, 0)).collect();
    let mut add = |name| *counts.entry(name).or_default() += 1;
    let mut sides: BTreeMap<HostId, Seen> = BTreeMap::new();
    for captured in capture.packets() {
        let packet = trace.packet(captured.packet);
        if packet.id.kind == PacketKind::Udp {
            continue;
        }
        let segment = &packet.segment;
        let reason = reason_of(trace, captured.packet);
        let peer = sides.get(&packet.to).copied().unwrap_or_default();
        let side = sides.entry(packet.id.from).or_default();
        if segment.syn() {
            side.shift = segment.options.window_scale.unwrap_or(0);
        }
        let shift = if segment.syn() { 0 } else { side.shift };
        let window = u32::from(segment.wnd) << shift;
        let control = segment.syn() || segment.fin() || segment.rst();
        let before = *side;
        (side.ack, side.window) = (segment.ack, Some(window));
        // What was lost before it came here, and nothing after it, looks new.
        let shows = before.next.is_some_and(|next| segment.seq.before(next));

        // The octet of a probe that was refused was never taken.
        let probe = matches!(reason, Some(Reason::WindowProbe { .. })) && peer.window == Some(0);
        if !segment.rst() && !probe {
            side.next =
                Some(before.next.map_or(segment.end(), |next| next.later_of(segment.end())));
        }
        if probe {
            add("zero window probe");
        } else if packet.retransmission && shows {
            add("sent again");
        }
        if window == 0 && !control {
            add("zero window");
        }
        if matches!(reason, Some(Reason::KeepAliveProbe { .. })) {
            add("keep-alive");
        } else if segment.payload.is_empty() && !control && segment.ack == before.ack {
            // RFC 5681 §2: a duplicate ACK has the window of the one before.
            if before.window == Some(window) {
                let repeats = matches!(
                    reason,
                    Some(
                        Reason::AckOutOfOrder { .. }
                            | Reason::OldDuplicate { .. }
                            | Reason::FinAgain { .. }
                    )
                );
                if repeats {
                    add("duplicate ACK");
                }
            } else {
                add("window update");
            }
        }
    }
    counts
}

/// Why a packet was sent.
fn reason_of(trace: &Trace, packet: PacketIndex) -> Option<Reason> {
    let sent_by = trace.packet(packet).sent_by;
    trace.whys(sent_by).iter().find_map(|why| match why {
        Why::Tcp(reason) => Some(*reason),
        Why::Link(_) | Why::Host(_) | Why::Octets(_) => None,
    })
}
