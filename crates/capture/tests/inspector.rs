//! What the page's inspector shows of a packet is what a capture has of it, and what a receiver
//! makes of it.

mod common;

use std::ops::Range;

use bytes::Bytes;
use common::runs;
use tcpscope_capture::{Capture, Captured, Direction, Vantage};
use tcpscope_sim::{HostId, PacketIndex, PacketKind, Trace};
use tcpscope_view::{
    LayerKind, Locale, Numbers, PacketView, Seen, Sight, Verdict, checksum_work, fragments,
    header_diagram, hex_rows, messages, packet_view,
};
use tcpscope_wire::{Checksums, Layer, Malformed, decode, frame_check_sequence};

fn look(trace: &Trace, packet: PacketIndex, seen: Seen, piece: Option<usize>) -> PacketView {
    let sight = Sight { seen: Some(seen), piece };
    packet_view(trace, packet, sight, Locale::En, Numbers::Relative)
}

/// The octets of the IPv4 packet in its frame.
fn ip(view: &PacketView) -> &[u8] {
    let start = view.layer(LayerKind::Ipv4).map_or(0, |layer| view.layers[layer].octets.start);
    let end = view.layer(LayerKind::Trailer).map_or(0, |layer| view.layers[layer].octets.start);
    &view.octets[start..end]
}

fn packets(trace: &Trace) -> impl Iterator<Item = PacketIndex> {
    (0..trace.packets().len()).map(|index| PacketIndex(u32::try_from(index).expect("few packets")))
}

/// Which fragment was captured, by what it carries.
fn piece_of(trace: &Trace, captured: &Captured) -> Option<usize> {
    let offset = u16::from_be_bytes([captured.octets[6], captured.octets[7]]) & 0x1fff;
    let pieces = trace.packet(captured.packet).fragments();
    let found = pieces.iter().position(|piece| piece.offset == offset);
    let is_whole = captured.direction == Direction::Outbound;
    found.filter(|_| !is_whole)
}

#[test]
fn the_octets_are_those_of_a_capture() {
    let mut seen = [0; 3];
    for run in runs() {
        let trace = &run.trace;
        let hosts = 0..u8::try_from(trace.hosts().len()).expect("few hosts");
        for host in hosts.map(HostId) {
            for captured in Capture::of(trace, Vantage::Host(host)).packets() {
                let piece = piece_of(trace, captured);
                let when = match captured.direction {
                    Direction::Inbound => Seen::Arrived,
                    Direction::Outbound | Direction::Passing => Seen::Sent,
                };
                let view = look(trace, captured.packet, when, piece);
                // Of a packet that is lost, nothing arrives: what its fragments would say is known.
                let arrives = view.seen == when || ip(&view) == captured.octets;
                assert!(arrives, "{}: {captured:?}", run.name);
                assert_eq!(ip(&view), captured.octets, "{}: {captured:?}", run.name);
                let flipped = !trace.packet(captured.packet).flipped_bits().is_empty();
                seen[if piece.is_some() {
                    0
                } else if flipped {
                    1
                } else {
                    2
                }] += 1;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 20), "pieces, damaged ones, others: {seen:?}");
}

#[test]
fn layers_cells_and_lines_cover_every_bit() {
    for run in runs() {
        for packet in packets(&run.trace) {
            let pieces = run.trace.packet(packet).fragments().len();
            for piece in (0..pieces).map(Some).chain([None]) {
                for seen in Seen::ALL {
                    let view = look(&run.trace, packet, seen, piece);
                    covers(&view);
                    assert_eq!(frame_check_sequence(&view.octets), 0x2144_df1c);
                }
            }
        }
    }
}

fn covers(view: &PacketView) {
    let end = view.layers.iter().fold(0, |place, layer| {
        assert_eq!(layer.octets.start, place);
        let bits = layer.fields.iter().fold(0, |place, field| {
            assert_eq!(field.bits.start, place, "{field:?}");
            let parts = &field.parts;
            let inner = parts.iter().fold(field.bits.start, |place, part| {
                assert_eq!(part.bits.start, place, "{field:?}");
                part.bits.end
            });
            assert!(parts.is_empty() || inner == field.bits.end, "{field:?}");
            field.bits.end
        });
        assert_eq!(bits, layer.octets.len() * 8);
        let cells = header_diagram(view, layer);
        let place = cells.iter().fold(0, |place, cell| {
            assert_eq!(cell.row * 32 + cell.columns.start, place, "{cell:?}");
            cell.row * 32 + cell.columns.end
        });
        assert!(place == bits || layer.kind == LayerKind::Payload);
        layer.octets.end
    });
    assert_eq!(end, view.octets.len());
    let listed = hex_rows(view, 16, true).into_iter().map(|row| match row {
        tcpscope_view::HexRow::Line(line) => {
            line.runs.iter().map(|run| run.octets.len()).sum::<usize>()
        }
        tcpscope_view::HexRow::Folded(octets) => octets,
    });
    assert_eq!(listed.sum::<usize>(), view.octets.len());
}

#[test]
fn a_checksum_worked_out_by_hand_is_that_of_the_codec() {
    let mut worked = 0;
    for run in runs() {
        for packet in packets(&run.trace) {
            let view = look(&run.trace, packet, Seen::Sent, None);
            for layer in 0..view.layers.len() {
                let Some(work) = checksum_work(&view, layer, messages(Locale::En)) else {
                    continue;
                };
                assert_eq!(work.computed, work.found, "{}: {:?}", run.name, work);
                assert_eq!((work.verdict, work.damaged), (Verdict::Equal, 0));
                worked += 1;
            }
            let headers = 1 + usize::from(view.layers.iter().any(|it| it.kind.is_transport()));
            assert!(headers == 2, "{}: every packet of a run carries something", run.name);
        }
    }
    assert!(worked > 1000, "{worked}");
}

/// What the inspector concludes of damaged octets is what the codec does.
#[test]
fn a_wrong_checksum_is_wrong_to_the_codec() {
    let (mut wrong, mut right) = (0, 0);
    for run in runs() {
        for packet in packets(&run.trace) {
            let sent = run.trace.packet(packet);
            let view = look(&run.trace, packet, Seen::Arrived, None);
            if sent.id.kind == PacketKind::Udp || sent.flipped_bits().is_empty() {
                continue;
            }
            let Some(frame) = &view.sent else { continue };
            flips(&view, frame, sent.flipped_bits());
            let work = |kind| {
                let layer = view.layer(kind)?;
                checksum_work(&view, layer, messages(Locale::En))
            };
            match decode(Bytes::copy_from_slice(ip(&view)), Checksums::Verify) {
                Err(Malformed::Checksum { layer, found, computed }) => {
                    let kind = match layer {
                        Layer::Ipv4 => LayerKind::Ipv4,
                        Layer::Tcp | Layer::Icmp => LayerKind::Tcp,
                    };
                    // A damaged length leaves it to the codec how far the header goes.
                    if kind == LayerKind::Tcp || ip(&view)[0] == 0x45 {
                        let work = work(kind).expect("a checksum");
                        assert_eq!((work.found, work.computed), (found, computed), "{work:?}");
                        assert_eq!(work.verdict, Verdict::Different);
                        assert!(work.damaged > 0);
                        wrong += 1;
                    }
                }
                Err(_) => {}
                Ok(_) => {
                    for kind in [LayerKind::Ipv4, LayerKind::Tcp] {
                        let verdict = work(kind).map(|work| work.verdict);
                        assert_ne!(verdict, Some(Verdict::Different));
                    }
                    right += 1;
                }
            }
        }
    }
    assert!(wrong > 10, "{wrong} wrong, {right} right");
}

/// The bits that are marked are those that were flipped: an odd number of times, each.
fn flips(view: &PacketView, sent: &[u8], flipped: &[u32]) {
    let start = view.layers[0].octets.end * 8;
    let Range { end, .. } = view.layers[view.layers.len() - 2].octets;
    let mut expected: Vec<usize> = Vec::new();
    for bit in flipped.iter().map(|bit| start + *bit as usize).filter(|bit| *bit < end * 8) {
        match expected.iter().position(|other| *other == bit) {
            Some(place) => drop(expected.remove(place)),
            None => expected.push(bit),
        }
    }
    expected.sort_unstable();
    let marked: Vec<usize> = view
        .layers
        .iter()
        .flat_map(|layer| view.damaged_bits(layer).map(move |bit| layer.octets.start * 8 + bit))
        .collect();
    assert_eq!(sent.len(), view.octets.len());
    assert_eq!(marked, expected);
}

#[test]
fn fragments_make_up_what_their_packet_carries() {
    let mut several = 0;
    for run in runs() {
        for packet in packets(&run.trace) {
            let rows = fragments(&run.trace, packet);
            let whole = look(&run.trace, packet, Seen::Sent, None);
            let carried = &ip(&whole)[20..];
            let mut joined = Vec::new();
            for (place, row) in rows.iter().enumerate() {
                assert_eq!(row.carries.start, usize::from(row.offset) * 8);
                assert_eq!(row.more, place + 1 < rows.len());
                let piece = look(&run.trace, packet, Seen::Sent, Some(place));
                assert_eq!(ip(&piece).len(), row.total);
                joined.extend_from_slice(&ip(&piece)[20..]);
            }
            assert!(rows.is_empty() || joined == carried, "{}", run.name);
            several += usize::from(rows.len() > 1);
        }
    }
    assert!(several > 10, "{several}");
}
