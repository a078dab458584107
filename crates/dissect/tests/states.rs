//! The states that each end can have been in.

mod common;

use tcpscope_dissect::{End, Gathered, Observed};

/// The states of an end, each with the frame since which it can be in them.
fn told(gathered: &Gathered, end: End) -> Vec<String> {
    let observed = Observed::of(gathered);
    let changes = observed.states[end.index()].iter();
    changes
        .map(|change| {
            let frame = change.since.map_or(0, |place| gathered.segments[place].frame);
            let names: Vec<&str> = change.states.states().map(tcpscope_tcp::State::name).collect();
            format!("{frame} {}", names.join("|"))
        })
        .collect()
}

/// The server closes first. What is on its way to an end may have arrived or not.
#[test]
fn opened_and_closed() {
    let [both] = &common::of("syn-client.pcap")[..] else { panic!("one conversation") };
    let client = [
        "0 CLOSED",
        "1 SYN-SENT",
        "3 SYN-SENT|ESTABLISHED",
        "4 ESTABLISHED",
        "11 ESTABLISHED|CLOSE-WAIT",
        "12 LAST-ACK",
        "13 LAST-ACK|CLOSED",
    ];
    let server = [
        "0 LISTEN",
        "1 LISTEN|SYN-RECEIVED",
        "3 SYN-RECEIVED",
        "4 SYN-RECEIVED|ESTABLISHED",
        "6 ESTABLISHED",
        "11 FIN-WAIT-1",
        "12 FIN-WAIT-1|TIME-WAIT",
        "13 TIME-WAIT",
    ];
    assert_eq!(told(both, End::Client), client);
    assert_eq!(told(both, End::Server), server);
}

/// The FIN is acknowledged before the other end closes: the one way to FIN-WAIT-2.
#[test]
fn closed_one_after_the_other() {
    let [both] = &common::of("tail-client.pcap")[..] else { panic!("one conversation") };
    let server = told(both, End::Server);
    let last = [
        "10 FIN-WAIT-1",
        "15 FIN-WAIT-1|FIN-WAIT-2",
        "16 FIN-WAIT-1|FIN-WAIT-2|TIME-WAIT",
        "17 TIME-WAIT",
    ];
    assert_eq!(server[server.len() - 4..], last);
}

#[test]
fn refused() {
    let refused = &common::of("reset-client.pcap")[2];
    assert_eq!(told(refused, End::Client), ["0 CLOSED", "13 SYN-SENT", "14 SYN-SENT|CLOSED"]);
    assert_eq!(told(refused, End::Server), ["0 CLOSED"]);
}

/// Where the opening is not in the capture, what the ends say narrows it down.
#[test]
fn from_the_middle_on() {
    let [both] = &common::of("middle-client.pcap")[..] else { panic!("one conversation") };
    let every = "ESTABLISHED|FIN-WAIT-1|FIN-WAIT-2|CLOSE-WAIT|CLOSING|LAST-ACK|TIME-WAIT|CLOSED";
    let client = [
        &format!("0 {every}"),
        "1 ESTABLISHED|FIN-WAIT-1|FIN-WAIT-2",
        "9 ESTABLISHED",
        "10 FIN-WAIT-1",
        "11 FIN-WAIT-1|TIME-WAIT",
        "12 TIME-WAIT",
    ];
    assert_eq!(told(both, End::Client), client);
}
