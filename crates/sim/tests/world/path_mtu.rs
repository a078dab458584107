//! A link that is too narrow for a packet: path MTU discovery (RFC 1191), and fragments of which
//! one is lost (RFC 1122 §3.3.2).

use tcpscope_sim::{
    AppCall, Fate, HostId, LinkChange, LinkProperty, Mtu, Record, RecordKind, Setup, Timeline,
    Wait, Want, Why,
};
use tcpscope_tcp::{Duration, IcmpError, Reason};

use crate::nets::*;

const TEXT: usize = 20_000;

/// A client that sends to a server over a router; the router's link to the server is narrow.
fn narrow(mtu: u16, discovers: bool, reports: bool) -> Setup {
    let octets = vec![7; TEXT].into();
    let mut setup = Setup {
        hosts: vec![
            host(
                "client",
                "192.0.2.1:49152",
                vec![
                    now(AppCall::Open { active: true }),
                    when(Wait::Connected, AppCall::Send(octets)),
                    now(AppCall::Close),
                    now(AppCall::Receive(Want::All)),
                ],
            ),
            host(
                "server",
                "198.51.100.1:80",
                vec![
                    now(AppCall::Open { active: false }),
                    when(Wait::Connected, AppCall::Receive(Want::All)),
                    now(AppCall::Close),
                ],
            ),
        ],
        routers: vec!["router".to_owned()],
        links: [(0, 2), (2, 0), (2, 1), (1, 2)].map(|(from, to)| link(from, to)).into(),
        ..around_the_first(vec![host("a", "192.0.2.8:1", vec![]), host("b", "192.0.2.9:1", vec![])])
    };
    setup.hosts[0].config.path_mtu_discovery = discovers;
    setup.links[2].mtu = Some(Mtu { octets: mtu, fragments: reports });
    setup
}

fn delivered(run: &Timeline) -> usize {
    let octets = run.trace().records().iter().map(|record| match record.kind {
        RecordKind::Deliver { octets } if record.host == Some(SERVER) => octets as usize,
        _ => 0,
    });
    octets.sum()
}

fn messages(run: &Timeline) -> Vec<(&Record, IcmpError)> {
    let records = run.trace().records().iter();
    let messages = records.filter_map(|record| match record.kind {
        RecordKind::Icmp { error, .. } => Some((record, error)),
        _ => None,
    });
    messages.collect()
}

#[test]
fn the_router_says_how_much_its_link_carries_and_the_sender_makes_its_segments_smaller() {
    let run = Timeline::new(narrow(1280, true, true)).expect("a sound setup");
    let trace = run.trace();
    assert_eq!(delivered(&run), TEXT);
    assert_eq!(trace.packets().iter().filter(|packet| !packet.fragments().is_empty()).count(), 0);
    let messages = messages(&run);
    let (first, error) = messages[0];
    assert_eq!(error, IcmpError::FragmentationNeeded { mtu: 1280 });
    assert_eq!(first.host, Some(CLIENT));
    // It is caused by the loss at the router, which the router's rule explains.
    let lost = trace.record(first.cause.expect("a loss"));
    assert!(matches!(lost.kind, RecordKind::Lost { .. }));
    assert_eq!(trace.whys(lost.id)[0].rule(), "fragmentation-needed");
    assert_eq!(trace.whys(lost.id)[0].citation().to_string(), "RFC 1191 §4");
    let packet = trace.packet(lost.kind.packet().expect("the lost one"));
    assert_eq!(packet.hops()[0].router, HostId(2));
    // 56 octets at 10 Mbit/s, and 10 ms.
    assert_eq!(first.at.since(lost.at), Duration::from_micros(10_045));
    let reduced = Reason::MtuReduced { mtu: 1280, mss: 1240 };
    assert!(trace.whys(first.id).contains(&Why::Tcp(reduced)));
    let longest = trace.packets().iter().filter(|packet| packet.fate == Fate::Delivered);
    assert_eq!(longest.map(tcpscope_sim::Packet::octets).max(), Some(1280));
    // What else was in flight and too long is lost as well; then nothing more is.
    let last = messages.last().expect("there is one").0.at;
    assert!(last.since(first.at) < ms(40), "{last:?}");
}

#[test]
fn without_discovery_the_router_cuts_and_nobody_is_told() {
    let run = Timeline::new(narrow(1280, false, true)).expect("a sound setup");
    assert_eq!(delivered(&run), TEXT);
    assert!(messages(&run).is_empty());
    assert!(run.trace().packets().iter().any(|packet| packet.fragments().len() == 2));
}

#[test]
fn a_black_hole_swallows_what_is_too_long_and_tells_nobody() {
    let run = Timeline::new(narrow(1280, true, false)).expect("a sound setup");
    assert_eq!(delivered(&run), 0);
    assert!(messages(&run).is_empty());
}

#[test]
fn who_stands_before_the_link_itself_knows_at_once() {
    let mut setup = narrow(1280, true, true);
    setup.links[0].mtu = setup.links[2].mtu;
    let run = Timeline::new(setup).expect("a sound setup");
    let (first, _) = messages(&run)[0];
    let cause = run.trace().record(first.cause.expect("a loss"));
    assert_eq!(cause.at, first.at);
    assert_eq!(delivered(&run), TEXT);
}

#[test]
fn a_message_is_lost_with_the_cable_that_it_comes_back_on() {
    let mut setup = narrow(1280, true, true);
    // After the handshake the cable back is out, and it is in again before the first timeout.
    let back = |millis, is_in| LinkChange {
        at: at(millis),
        from: HostId(2),
        toward: Some(CLIENT),
        to: LinkProperty::Up(is_in),
    };
    setup.link_changes = vec![back(45, false), back(500, true)];
    let run = Timeline::new(setup).expect("a sound setup");
    let trace = run.trace();
    let lost = trace.records().iter().find(|it| matches!(it.kind, RecordKind::Lost { .. }));
    assert!(lost.expect("it is too long").at < at(60));
    let (first, _) = messages(&run)[0];
    assert!(first.at > at(500), "only a retransmission brings a message: {:?}", first.at);
    assert_eq!(delivered(&run), TEXT);
}

/// A datagram in three fragments, of which the link loses some.
fn in_fragments(seed: u64) -> Timeline {
    let send = AppCall::SendTo { to: None, port: None, octets: 3_800 - 28 };
    let mut setup = narrow(1420, false, true);
    setup.seed = seed;
    setup.hosts[0].script = vec![now(send)];
    setup.hosts[1].script = Vec::new();
    setup.links[2].loss_ppm = 300_000;
    Timeline::new(setup).expect("a sound setup")
}

#[test]
fn who_has_some_of_the_fragments_gives_up_after_a_minute() {
    let (mut with_first, mut without_first, mut with_none) = (0, 0, 0);
    for seed in 0..200 {
        let run = in_fragments(seed);
        let trace = run.trace();
        let [packet] = trace.packets() else { panic!("one packet") };
        let given_up = trace
            .records()
            .iter()
            .find(|record| matches!(record.kind, RecordKind::ReassemblyTimeout { .. }));
        let came: Vec<_> = packet.fragments().iter().filter(|it| !it.is_lost).collect();
        if came.len() == 3 || came.is_empty() {
            assert!(given_up.is_none() && messages(&run).is_empty());
            with_none += usize::from(came.is_empty());
            continue;
        }
        let given_up = given_up.expect("some came, not all");
        assert_eq!(given_up.host, Some(SERVER));
        let first = came.iter().map(|it| it.ends).min().expect("one came");
        assert_eq!(given_up.at, first + Duration::from_secs(60), "RFC 1122 §3.3.2");
        let rules: Vec<_> = trace.whys(given_up.id).iter().map(Why::rule).collect();
        if came[0].offset == 0 {
            with_first += 1;
            assert_eq!(rules, ["reassembly-timeout", "reassembly-reported"]);
            let [(told, IcmpError::TimeExceeded)] = messages(&run)[..] else { panic!("one") };
            assert_eq!((told.host, told.cause), (Some(CLIENT), Some(given_up.id)));
            assert_eq!(trace.whys(told.id)[0].rule(), "datagram-reported");
        } else {
            without_first += 1;
            assert_eq!(rules, ["reassembly-timeout"]);
            assert!(messages(&run).is_empty(), "RFC 792: without fragment zero none need be sent");
        }
    }
    assert!(with_first > 0 && without_first > 0 && with_none > 0);
}
