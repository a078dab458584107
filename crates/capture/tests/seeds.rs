//! What holds of every capture, whatever the links do: over many seeds.

mod common;

use common::{hosts, worlds};
use etherparse::Ipv4Header;
use tcpscope_capture::{Capture, Direction, LinkType, Pcapng, Vantage};
use tcpscope_sim::{Timeline, Trace};
use tcpscope_view::Locale;

#[test]
fn every_capture_is_in_order_and_whole() {
    for seed in 0..12 {
        for (name, mut setup) in worlds::all() {
            setup.seed = seed;
            let timeline = Timeline::new(setup).expect("it runs");
            let trace = timeline.trace();
            let places: Vec<_> = hosts(trace).map(Vantage::Host).chain([Vantage::Link]).collect();
            for place in &places {
                let capture = Capture::of(trace, *place);
                check(&format!("{name}, seed {seed}, {place:?}"), trace, &capture);
            }
            let comments = Some(Locale::ZhCn);
            let (vantages, link_type) = (&places[..], LinkType::Ethernet);
            let pcapng = Pcapng { trace, vantages, link_type, comments };
            let mut file = Vec::new();
            pcapng.write(&mut file).expect("memory can be written to");
            assert_eq!(file.len() % 4, 0, "blocks are whole words");
        }
    }
}

fn check(name: &str, trace: &Trace, capture: &Capture) {
    let packets = capture.packets();
    assert!(packets.is_sorted_by_key(|captured| captured.at), "{name}: out of order");
    assert_eq!(capture.lines().count(), packets.len(), "{name}: a line for each");
    for captured in packets {
        let packet = trace.packet(captured.packet);
        assert!(captured.at >= packet.sent && captured.at <= trace.duration(), "{name}: no time");
        if captured.direction == Direction::Inbound && !packet.flipped_bits().is_empty() {
            continue;
        }
        let (header, _) = Ipv4Header::from_slice(&captured.octets).expect("a header");
        assert_eq!(usize::from(header.total_len), captured.octets.len(), "{name}");
        assert_eq!(header.header_checksum, header.calc_header_checksum(), "{name}");
        let ends = [header.source, header.destination];
        assert_eq!(ends, [packet.source, packet.destination].map(|end| end.ip().octets()));
        let in_pieces = !packet.fragments().is_empty();
        assert_eq!(in_pieces, !header.dont_fragment, "{name}: only what may be cut is");
    }
}
