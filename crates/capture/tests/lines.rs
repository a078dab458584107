//! A capture as text and as a file, without other programs.

mod common;

use std::collections::BTreeSet;

use common::{files, hosts, runs, trace_of};
use pcap_file::pcap::PcapReader;
use tcpscope_capture::{Capture, Direction, Vantage};
use tcpscope_sim::{HostId, PacketIndex, RecordKind};

#[test]
fn a_lost_syn_at_the_client() {
    let path = files()
        .into_iter()
        .find(|path| path.ends_with("lost-syn.json"))
        .expect("the scenario is there");
    let capture = Capture::of(&trace_of(&path), Vantage::Host(HostId(0)));
    let lines: Vec<String> = capture.lines().take(4).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    00:00:00.010000 IP 192.0.2.1.49152 > 198.51.100.1.6379: Flags [S], seq 3815682038, win 65535, options [mss 1460], length 0
    00:00:01.010000 IP 192.0.2.1.49152 > 198.51.100.1.6379: Flags [S], seq 3815682038, win 65535, options [mss 1460], length 0
    00:00:01.090072 IP 198.51.100.1.6379 > 192.0.2.1.49152: Flags [S.], seq 3216084400, ack 3815682039, win 65535, options [mss 1460], length 0
    00:00:01.090072 IP 192.0.2.1.49152 > 198.51.100.1.6379: Flags [.], ack 1, win 65535, length 0
    ");
}

/// A host sees what it sends and what reaches it; the link sees what departs, and copies.
#[test]
fn what_is_lost_is_seen_only_where_it_was() {
    for run in runs() {
        let (name, trace) = (&run.name, &run.trace);
        let at = |vantage| Capture::of(trace, vantage);
        let at_link: BTreeSet<PacketIndex> =
            at(Vantage::Link).packets().iter().map(|captured| captured.packet).collect();
        let mut arrived = BTreeSet::new();
        for host in hosts(trace) {
            for captured in at(Vantage::Host(host)).packets() {
                let packet = trace.packet(captured.packet);
                let outbound = captured.direction == Direction::Outbound;
                assert_eq!(host, if outbound { packet.id.from } else { packet.to }, "{name}");
                assert!(!outbound || captured.at == packet.sent, "{name}");
                if !outbound {
                    assert!(at_link.contains(&captured.packet), "{name}: it came by no link");
                    arrived.insert(captured.packet);
                }
            }
        }
        for record in trace.records() {
            let Some(packet) = record.kind.packet() else { continue };
            let in_pieces = !trace.packet(packet).fragments().is_empty();
            match record.kind {
                RecordKind::Arrive { .. } => assert!(arrived.contains(&packet), "{name}"),
                RecordKind::Lost { .. } => {
                    assert!(in_pieces || !arrived.contains(&packet), "{name}: it is lost");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_file_holds_every_packet_and_its_time() {
    for run in runs() {
        let capture = Capture::of(&run.trace, Vantage::Link);
        let mut file = Vec::new();
        capture.to_pcap(&mut file).expect("memory can be written to");
        let mut reader = PcapReader::new(&file[..]).expect("it is a capture");
        for captured in capture.packets() {
            let read = reader.next_packet().expect("as many").expect("sound");
            assert_eq!(read.timestamp.as_micros(), u128::from(captured.at.as_micros()));
            assert_eq!(read.data[..], captured.octets[..]);
        }
        assert!(reader.next_packet().is_none());
    }
}

/// The lines of a run at one place that hold these words.
fn lines_with(name: &str, at: Vantage, words: &str) -> Vec<String> {
    let run = runs().into_iter().find(|run| run.name == name).expect("there is such a run");
    Capture::of(&run.trace, at).lines().filter(|line| line.contains(words)).collect()
}

#[test]
fn each_connection_has_its_own_port() {
    let at = Vantage::Host(HostId(0));
    let openings = lines_with("several connections", at, "Flags [S]");
    let ports: BTreeSet<_> = openings.iter().filter_map(|line| line.split(' ').nth(2)).collect();
    assert_eq!((openings.len(), ports.len()), (4, 4), "{openings:?}");
}

#[test]
fn a_datagram_reads_as_one() {
    let sent = lines_with("datagrams beside a stream", Vantage::Host(HostId(0)), "UDP, length");
    let arrived = lines_with("datagrams beside a stream", Vantage::Host(HostId(1)), "UDP, length");
    assert_eq!(sent.len(), 8);
    assert!((1..8).contains(&arrived.len()), "{arrived:?}");
    assert!(sent.iter().all(|line| line.contains("IP 192.0.2.1.50000 > 198.51.100.1.40000: ")));
    assert!(sent.last().is_some_and(|line| line.ends_with("UDP, length 1472")));
}

/// A forged segment has the addresses that it claims, and is sent by who forges it.
#[test]
fn a_forged_segment_is_seen_where_it_is_sent_and_where_it_arrives() {
    let name = "two clients, a router, an attacker";
    let reset = "198.51.100.1.4000 > 192.0.2.1.49152: Flags [R]";
    let counts = [0, 1, 3].map(|host| lines_with(name, Vantage::Host(HostId(host)), reset).len());
    assert_eq!(counts, [1, 0, 1]);
}

/// A copy that was kept on the way is not sent again by its sender.
#[test]
fn an_old_packet_comes_from_the_link() {
    let opens = "192.0.2.1.49152 > 198.51.100.1.4000: Flags [S]";
    let seen = |at| lines_with("a crash and an old packet", at, opens).len();
    let [client, server] = [0, 1].map(|host| seen(Vantage::Host(HostId(host))));
    assert_eq!((client, seen(Vantage::Link), server), (1, 2, 2));
}

/// A packet that arrives twice is there twice; its sender sent it once.
#[test]
fn a_copy_is_a_packet_of_its_own() {
    let seen = |at, words| lines_with("copies out of order", at, words).len();
    let [client, server] = [0, 1].map(|host| Vantage::Host(HostId(host)));
    let opens = "192.0.2.1.49152 > 198.51.100.1.4000: Flags [S]";
    assert_eq!(seen(client, opens), 1);
    assert!(seen(server, opens) >= 2 && seen(Vantage::Link, opens) == seen(server, opens));
}

/// A mark is made on the way: its sender does not see it.
#[test]
fn marks_and_drops_show_where_they_are_made() {
    let run = runs().into_iter().find(|run| run.name == "full queues and marks").expect("there");
    let marked = |vantage| {
        let capture = Capture::of(&run.trace, vantage);
        capture.packets().iter().filter(|captured| captured.octets[1] & 3 == 3).count()
    };
    let [client, server] = [0, 1].map(|host| Vantage::Host(HostId(host)));
    assert_eq!(marked(server), 0);
    assert!(marked(client) > 3 && marked(Vantage::Link) == marked(client));
    let sent = Capture::of(&run.trace, server).packets().len();
    let departed = Capture::of(&run.trace, Vantage::Link).packets().len();
    let arrived = Capture::of(&run.trace, client).packets().len();
    assert!(sent > 0 && departed > 0 && arrived > 0);
    let dropped = run.trace.packets().iter().filter(|packet| packet.arrives().is_none()).count();
    assert!(dropped > 0, "the queue is never full");
    assert_eq!(departed, run.trace.packets().len() - dropped);
}

/// Fragments share an identification, and make up the packet that their sender has sent.
#[test]
fn fragments_make_up_the_packet() {
    for name in ["fragments", "a cable"] {
        let run = runs().into_iter().find(|run| run.name == name).expect("there");
        let [client, server] =
            [0, 1].map(|host| Capture::of(&run.trace, Vantage::Host(HostId(host))));
        let mut whole = 0;
        for (from, to) in [(&client, &server), (&server, &client)] {
            for sent in from.packets().iter().filter(|it| it.direction == Direction::Outbound) {
                let packet = run.trace.packet(sent.packet);
                let pieces: Vec<_> = to
                    .packets()
                    .iter()
                    .filter(|it| it.packet == sent.packet && it.direction == Direction::Inbound)
                    .collect();
                let (count, lost) = (packet.fragments().len(), packet.arrives().is_none());
                assert!(pieces.iter().all(|piece| piece.octets.len() <= 800), "{name}: too long");
                if count == 0 || lost || !packet.flipped_bits().is_empty() {
                    assert!(pieces.len() < count.max(2) || !lost, "{name}: all has come");
                    continue;
                }
                let mut put_together: Vec<(u16, &[u8])> = Vec::new();
                for piece in &pieces {
                    let word = |at| u16::from_be_bytes([piece.octets[at], piece.octets[at + 1]]);
                    assert_eq!(word(4), packet.identification());
                    assert_eq!(word(6) & 0x4000, 0, "it may be cut");
                    put_together.push((word(6) & 0x1fff, &piece.octets[20..]));
                }
                put_together.sort_by_key(|(offset, _)| *offset);
                let text: Vec<u8> =
                    put_together.iter().flat_map(|(_, text)| text.iter().copied()).collect();
                assert_eq!((pieces.len(), &text[..]), (count, &sent.octets[20..]), "{name}");
                assert_eq!(pieces.iter().map(|piece| piece.at).max(), packet.arrives());
                whole += 1;
            }
        }
        assert!(whole > 10, "{name}: {whole}");
    }
}

/// What arrives differs from what was sent by the bits that were flipped, and by nothing else.
#[test]
fn a_flipped_bit_is_flipped_where_it_arrives() {
    let run = runs().into_iter().find(|run| run.name == "damage").expect("there");
    let at = |host| Capture::of(&run.trace, Vantage::Host(HostId(host)));
    let captures = [at(0), at(1)];
    let mut flipped = 0;
    for arrived in captures.iter().flat_map(Capture::packets) {
        if arrived.direction != Direction::Inbound {
            continue;
        }
        let sender = captures[usize::from(arrived.from.0)].packets();
        let sent = sender.iter().find(|sent| sent.packet == arrived.packet).expect("it was sent");
        let different = (0_u32..).zip(sent.octets.iter().zip(&arrived.octets)).flat_map(
            |(octet, (sent, arrived))| {
                let bits = sent ^ arrived;
                (0..8).filter(move |bit| bits & (0x80 >> bit) != 0).map(move |bit| 8 * octet + bit)
            },
        );
        let bits = run.trace.packet(arrived.packet).flipped_bits();
        assert_eq!(different.collect::<Vec<_>>(), bits);
        assert_eq!(sent.octets.len(), arrived.octets.len());
        flipped += bits.len();
    }
    assert!(flipped > 10, "{flipped}");
}
