//! A pcapng file in tshark: nothing to complain of, the same packets at the same times, and every
//! comment.

use tcpscope_capture::{Capture, Captured, Direction, LinkType, Pcapng, Vantage};
use tcpscope_sim::Trace;
use tcpscope_view::{Locale, Numbers, because};

use crate::common::{hosts, routers, runs};
use crate::{File, output};

const FIELDS: [&str; 9] = [
    "frame.time_epoch",
    "frame.interface_name",
    "frame.packet_flags_direction",
    "frame.len",
    "frame.comment",
    "_ws.malformed",
    "ip.checksum.status",
    "tcp.checksum.status",
    "udp.checksum.status",
];

/// Checksums are not looked at otherwise.
const CHECKED: [&str; 3] =
    ["ip.check_checksum:TRUE", "tcp.check_checksum:TRUE", "udp.check_checksum:TRUE"];

/// Between two comments of one packet.
const BETWEEN: char = '\u{1f}';

#[test]
#[ignore = "needs tshark; `cargo xtask test` brings it"]
fn tshark_reads_every_packet_its_time_and_its_comments() {
    for run in runs() {
        let (name, trace) = (run.name, run.trace);
        for (link_type, locale) in [(LinkType::Ethernet, Locale::En), (LinkType::Raw, Locale::ZhCn)]
        {
            let places: Vec<Vantage> = hosts(&trace)
                .map(Vantage::Host)
                .chain(routers(&trace))
                .chain([Vantage::Link])
                .collect();
            let pcapng =
                Pcapng { trace: &trace, vantages: &places, link_type, comments: Some(locale) };
            let file = File::written("all.pcapng", |file| pcapng.write(file).expect("written"));
            let mut arguments = vec!["-r", file.path(), "-T", "fields"];
            for checked in CHECKED {
                arguments.extend(["-o", checked]);
            }
            for field in FIELDS {
                arguments.extend(["-e", field]);
            }
            let aggregator = format!("aggregator={BETWEEN}");
            arguments.extend(["-E", &aggregator]);
            let read = output("tshark", &arguments);
            let mut lines = read.lines();
            let mut told = Vec::new();
            for (place, captured) in seen(&trace, &places) {
                let line = lines.next().expect("every packet is read");
                // Of a packet's fragments, the first that is seen at a place has the comments.
                let is_first = !told.contains(&(place, captured.packet));
                told.push((place, captured.packet));
                let locale = is_first.then_some(locale);
                check(&trace, place, &captured, link_type, locale, line);
            }
            assert_eq!(lines.next(), None, "{name}");
        }
    }
}

/// What is seen at all places, by time and then as it happened.
fn seen(trace: &Trace, places: &[Vantage]) -> Vec<(Vantage, Captured)> {
    let mut seen = Vec::new();
    for place in places {
        let capture = Capture::of(trace, *place);
        seen.extend(capture.packets().iter().map(|captured| (*place, captured.clone())));
    }
    seen.sort_by_key(|(_, captured)| (captured.at, captured.record));
    seen
}

/// Compares what tshark says of a packet with what was seen.
fn check(
    trace: &Trace,
    place: Vantage,
    captured: &Captured,
    link_type: LinkType,
    locale: Option<Locale>,
    line: &str,
) {
    let fields: Vec<&str> = line.split('\t').collect();
    let [time, interface, direction, length, comments, malformed, ip, tcp, udp] = fields[..] else {
        panic!("{line}")
    };
    // A bit that was flipped shows by a checksum, or else there is no such header any more. Whether
    // it shows where there are fragments depends on which are there to be put together.
    let packet = trace.packet(captured.packet);
    let is_damaged = captured.direction == Direction::Inbound && !packet.flipped_bits().is_empty();
    let bad = |status: &str| status.split(BETWEEN).any(|status| status == "0");
    let is_sound = malformed.is_empty() && !ip.is_empty() && ![ip, tcp, udp].into_iter().any(bad);
    if packet.fragments().is_empty() || !is_damaged {
        assert_eq!(is_sound, !is_damaged, "{line}");
    }
    let micros = captured.at.as_micros();
    assert_eq!(time, format!("{}.{:06}000", micros / 1_000_000, micros % 1_000_000));
    let name = match place {
        Vantage::Host(host) => trace.host(host).name.as_str(),
        Vantage::Router(router) => trace.place_name(router).expect("it is one"),
        Vantage::Link => "link",
    };
    assert_eq!(interface, name);
    let flag = match captured.direction {
        Direction::Inbound => "0x00000001",
        Direction::Outbound => "0x00000002",
        Direction::Passing => "",
    };
    assert_eq!(direction, flag);
    let octets = match link_type {
        LinkType::Ethernet => (14 + captured.octets.len()).max(60),
        LinkType::Raw => captured.octets.len(),
    };
    assert_eq!(length, octets.to_string());
    let Some(locale) = locale else {
        assert_eq!(comments, "");
        return;
    };
    let comments: Vec<&str> = comments.split(BETWEEN).collect();
    for why in because(locale, trace, captured.record, Numbers::Relative) {
        let comment = format!("{} [{}] {}", why.rule, why.citation, why.text);
        assert!(comments.contains(&comment.as_str()), "no {comment:?} in {comments:?}");
    }
}
