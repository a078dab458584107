//! A capture as text and as a file, without other programs.

mod common;

use std::collections::BTreeSet;

use common::{files, hosts, runs, trace_of};
use pcap_file::pcap::PcapReader;
use tcpscope_capture::{Capture, Vantage};
use tcpscope_sim::{HostId, RecordKind};

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

/// A host sees what it sends and what reaches it; the link sees all, as it departs.
#[test]
fn what_is_lost_is_seen_only_where_it_was() {
    for run in runs() {
        let trace = &run.trace;
        let count = |kind: fn(&RecordKind) -> bool, made_on_the_way| {
            let records = trace.records().iter().filter(|record| kind(&record.kind));
            let packets = records.filter_map(|record| record.kind.packet());
            packets.filter(|packet| made_on_the_way || trace.packet(*packet).id.copy == 0).count()
        };
        let transmitted = |kind: &RecordKind| matches!(kind, RecordKind::Transmit { .. });
        let arrived = |kind: &RecordKind| matches!(kind, RecordKind::Arrive { .. });
        let seen = |vantage| Capture::of(trace, vantage).packets().len();
        assert_eq!(seen(Vantage::Link), count(transmitted, true), "{}", run.name);
        let at_hosts: usize = hosts(trace).map(Vantage::Host).map(seen).sum();
        assert_eq!(at_hosts, count(transmitted, false) + count(arrived, true), "{}", run.name);
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
