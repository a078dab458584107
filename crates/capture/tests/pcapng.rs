//! A run as a pcapng file, read back by another's reader.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use std::collections::BTreeSet;

use common::{files, hosts, routers, runs, trace_of};
use pcap_parser::pcapng::{EnhancedPacketBlock, OptionCode, PcapNGOption, Section};
use pcap_parser::traits::PcapNGPacketBlock;
use pcap_parser::{Block, Linktype, parse_pcapng};
use tcpscope_capture::{Capture, Captured, Direction, LinkType, Pcapng, Vantage};
use tcpscope_sim::{HostId, Record, RecordKind, Trace};
use tcpscope_view::{Locale, Numbers, because};

/// All places of a run: the link, and each host.
fn places(trace: &Trace) -> Vec<Vantage> {
    let hosts = hosts(trace).map(Vantage::Host);
    [Vantage::Link].into_iter().chain(hosts).chain(routers(trace)).collect()
}

fn written(pcapng: Pcapng<'_>) -> Vec<u8> {
    let mut file = Vec::new();
    pcapng.write(&mut file).expect("memory can be written to");
    file
}

/// The file's one section.
fn read(file: &[u8]) -> Section<'_> {
    let (rest, capture) =
        parse_pcapng(file).map_err(|error| format!("{error:?}")).expect("it is a capture");
    assert!(rest.is_empty() && capture.sections.len() == 1);
    capture.sections.into_iter().next().unwrap()
}

fn packets<'a>(file: &'a Section<'_>) -> Vec<&'a EnhancedPacketBlock<'a>> {
    let packet = |block: &'a Block<'_>| match block {
        Block::EnhancedPacket(packet) => Some(packet),
        _ => None,
    };
    file.blocks.iter().filter_map(packet).collect()
}

fn texts(options: &[PcapNGOption<'_>], code: OptionCode) -> Vec<String> {
    let of_code = options.iter().filter(|option| option.code == code);
    of_code.map(|option| option.as_str().unwrap().to_owned()).collect()
}

/// What is seen at all places, as the file should have it: by time, and then as it happened.
fn seen(trace: &Trace) -> Vec<(u32, Captured)> {
    let mut seen: Vec<(u32, Captured)> = (0..)
        .zip(places(trace))
        .flat_map(|(interface, vantage)| {
            Capture::of(trace, vantage)
                .packets()
                .iter()
                .map(|captured| (interface, captured.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    seen.sort_by_key(|(_, captured)| (captured.at, captured.record));
    seen
}

#[test]
fn each_place_is_an_interface_and_each_packet_is_there_with_its_time() {
    for run in runs() {
        let (name, trace) = (run.name, run.trace);
        for link_type in LinkType::ALL {
            let pcapng =
                Pcapng { trace: &trace, vantages: &places(&trace), link_type, comments: None };
            let octets = written(pcapng);
            let file = read(&octets);

            let application = texts(&file.header().unwrap().options, OptionCode::ShbUserAppl);
            assert_eq!(application, [concat!("tcpscope ", env!("CARGO_PKG_VERSION"))]);

            let names: Vec<_> = file
                .iter_interfaces()
                .flat_map(|interface| texts(&interface.options, OptionCode::IfName))
                .collect();
            let hosts = trace.hosts().iter().map(|host| host.name.clone());
            let hosts = hosts.chain(trace.routers().iter().cloned());
            assert_eq!(names, ["link".to_owned()].into_iter().chain(hosts).collect::<Vec<_>>());
            for interface in file.iter_interfaces() {
                let number = match link_type {
                    LinkType::Ethernet => Linktype::ETHERNET,
                    LinkType::Raw => Linktype::RAW,
                };
                assert_eq!(interface.linktype, number);
                assert_eq!(interface.ts_resolution(), Some(1_000_000));
            }

            let packets = packets(&file);
            let seen = seen(&trace);
            assert_eq!(packets.len(), seen.len(), "{name}");
            for (packet, (interface, captured)) in packets.into_iter().zip(seen) {
                assert_eq!(packet.if_id, interface);
                let (seconds, micros) = packet.decode_ts(0, 1_000_000);
                let stamp = u64::from(seconds) * 1_000_000 + u64::from(micros);
                assert_eq!(stamp, captured.at.as_micros());
                assert!(!packet.truncated());
                let data = packet.packet_data();
                match link_type {
                    LinkType::Raw => assert_eq!(data, &captured.octets[..]),
                    LinkType::Ethernet => assert_frame(&trace, data, &captured),
                }
                let flags: Vec<_> =
                    packet.options.iter().filter(|option| option.code.0 == 2).collect();
                match captured.direction {
                    Direction::Inbound => assert_eq!(flags[0].value(), [1, 0, 0, 0]),
                    Direction::Outbound => assert_eq!(flags[0].value(), [2, 0, 0, 0]),
                    Direction::Passing => assert!(flags.is_empty()),
                }
            }
        }
    }
}

/// Locally administered addresses, the packet, and zeros up to the shortest frame.
fn assert_frame(trace: &Trace, frame: &[u8], captured: &Captured) {
    let address =
        |host: HostId| [&[0x02, host.0], &trace.host(host).address.ip().octets()[..]].concat();
    assert_eq!(frame[..6], address(captured.to));
    assert_eq!(frame[6..12], address(captured.from));
    assert_eq!(frame[12..14], [0x08, 0x00]);
    let (packet, padding) = frame[14..].split_at(captured.octets.len());
    assert_eq!(packet, &captured.octets[..]);
    assert!(frame.len() >= 60 && padding.iter().all(|octet| *octet == 0));
    assert!(padding.is_empty() || frame.len() == 60);
}

#[test]
fn each_packet_has_its_reasons_as_comments() {
    for run in runs() {
        let trace = run.trace;
        for locale in Locale::ALL {
            let (vantages, link_type) = (&places(&trace)[..], LinkType::Raw);
            let pcapng = Pcapng { trace: &trace, vantages, link_type, comments: Some(locale) };
            let octets = written(pcapng);
            let file = read(&octets);
            let mut told = BTreeSet::new();
            for (packet, (place, captured)) in packets(&file).into_iter().zip(seen(&trace)) {
                let comments = texts(&packet.options, OptionCode::Comment);
                if !told.insert((place, captured.packet)) {
                    assert!(comments.is_empty(), "its first fragment had them");
                    continue;
                }
                for why in because(locale, &trace, captured.record, Numbers::Relative) {
                    let comment = format!("{} [{}] {}", why.rule, why.citation, why.text);
                    assert!(comments.contains(&comment), "{comment} is not in {comments:?}");
                }
                let mut once = comments.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), comments.len(), "said twice: {comments:?}");
            }
        }
    }
}

/// A host sees that it sends a packet, whatever becomes of it; why it was lost stands beside it.
#[test]
fn what_is_lost_is_said_where_it_is_seen() {
    let mut lost = 0;
    for run in runs() {
        let (name, trace) = (run.name, run.trace);
        let (vantages, link_type) = (&places(&trace)[..], LinkType::Raw);
        let pcapng = Pcapng { trace: &trace, vantages, link_type, comments: Some(Locale::En) };
        let octets = written(pcapng);
        let file = read(&octets);
        let mut told = BTreeSet::new();
        for (packet, (place, captured)) in packets(&file).into_iter().zip(seen(&trace)) {
            let comments = texts(&packet.options, OptionCode::Comment);
            if !told.insert((place, captured.packet)) {
                continue;
            }
            let is_lost = |record: &&Record| matches!(record.kind, RecordKind::Lost { packet, .. } if packet == captured.packet);
            let record = trace.records().iter().find(is_lost);
            let whys = record.map(|record| trace.whys(record.id)).unwrap_or_default();
            for rule in ["link-loss [", "packet-dropped [", "no-route ["] {
                let said = comments.iter().any(|comment| comment.starts_with(rule));
                let is = whys.iter().any(|why| rule.starts_with(why.rule()));
                assert_eq!(said, is, "{name}: {rule} in {comments:?}");
            }
            if record.is_some() {
                let in_pieces = !trace.packet(captured.packet).fragments().is_empty();
                assert!(
                    captured.direction != Direction::Inbound || in_pieces,
                    "{name}: it is lost"
                );
                lost += 1;
            }
        }
    }
    assert!(lost > 10, "{lost}");
}

/// The file has no time or place of its own.
#[test]
fn the_same_run_gives_the_same_octets() {
    let path = files().into_iter().find(|path| path.ends_with("lost-syn.json")).unwrap();
    let once = || {
        let trace = trace_of(&path);
        let (vantages, link_type) = (&places(&trace)[..], LinkType::Ethernet);
        written(Pcapng { trace: &trace, vantages, link_type, comments: Some(Locale::ZhCn) })
    };
    assert_eq!(once(), once());
}
