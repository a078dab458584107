//! A capture as text and as a file, without other programs.

mod common;

use std::collections::BTreeSet;

use common::{files, runs, trace_of};
use pcap_file::pcap::PcapReader;
use tcpscope_capture::{Capture, Vantage};
use tcpscope_sim::HostId;

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
        let trace = run.trace;
        let count = |vantage| Capture::of(&trace, vantage).packets().len();
        let sent = trace.packets().len();
        let lost = trace.packets().iter().filter(|packet| packet.arrives().is_none()).count();
        assert_eq!(count(Vantage::Link), sent, "{}", run.name);
        let both = count(Vantage::Host(HostId(0))) + count(Vantage::Host(HostId(1)));
        assert_eq!(both, 2 * sent - lost, "{}", run.name);
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
