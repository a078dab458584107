//! Segments that no TCP made: floods, blind resets, and old ones that come back.

use bytes::Bytes;
use tcpscope_sim::{
    Act, AppCall, Connect, Deed, Fate, Forgery, HostId, HostSetup, Number, Setup, Step, Timeline,
    Wait, Want,
};
use tcpscope_tcp::{Flags, Options, SeqNumber, State};

use crate::nets::*;

const ATTACKER: HostId = HostId(2);

fn forgery(source: &str, destination: &str, flags: Flags, seq: Number) -> Forgery {
    Forgery {
        source: source.parse().expect("a sound literal"),
        spread: false,
        destination: destination.parse().expect("a sound literal"),
        seq,
        ack: None,
        flags,
        wnd: 65_535,
        urg: 0,
        options: Options::NONE,
        payload: Bytes::new(),
    }
}

/// Somebody who can send to the server, and hears nothing.
fn attacker(script: Vec<Step>) -> HostSetup {
    host("mallory", "203.0.113.9:666", script)
}

fn with_attacker(client: Vec<Step>, server: Vec<Step>, script: Vec<Step>) -> Setup {
    let mut setup = two(client, server);
    setup.hosts.push(attacker(script));
    setup.links.push(link(2, 1));
    setup
}

/// Connects after a while, and sends something.
fn comes_late() -> Vec<Step> {
    vec![
        when(Wait::Until(at(1000)), AppCall::Connect(Connect::default())),
        when(Wait::Connected, AppCall::Send(text("hello"))),
    ]
}

fn serves() -> Vec<Step> {
    vec![
        now(AppCall::Listen { backlog: 8 }),
        now(AppCall::Serve { lines: 1 }),
        now(AppCall::Receive(Want::Octets(5))),
    ]
}

/// So many SYNs from a host that is not there, each from another port.
fn flood(syns: u32) -> Vec<Step> {
    let syn =
        forgery("10.9.9.9:1000", "198.51.100.1:80", Flags::SYN, Number::Given(SeqNumber::new(7)));
    let syn = Forgery { spread: true, ..syn };
    vec![
        now(AppCall::Repeat { times: syns, lines: 1 }),
        when(Wait::For(ms(1)), AppCall::Forge(Box::new(syn))),
    ]
}

fn heard(timeline: &Timeline) -> u64 {
    let trace = timeline.trace();
    connections(trace, SERVER).iter().map(|id| read(trace, *id)).sum()
}

#[test]
fn a_syn_flood_fills_the_queue_and_cookies_let_others_in() {
    let mut setup = with_attacker(comes_late(), serves(), flood(20));
    setup.hosts[1].sockets.syn_queue = 8;
    setup.hosts[1].sockets.syn_cookies = false;
    setup.limits.until = at(3000);
    let flooded = run(setup.clone());
    let trace = flooded.trace();
    let rules_then = rules(trace, SERVER);
    // Twelve of the attacker's, and those of the client.
    assert!(rules_then.iter().filter(|rule| **rule == "syn-queue-full").count() > 12);
    assert_eq!(heard(&flooded), 0);
    let half_open = connections(trace, SERVER);
    assert_eq!(half_open.len(), 8);
    assert!(half_open.iter().all(|id| state_at_end(trace, *id) == State::SynReceived));
    // What answers a host that is not there has no way to go.
    assert!(
        trace.packets().iter().any(|packet| packet.id.from == SERVER && packet.fate == Fate::Lost)
    );
    let names = sent_by(trace, ATTACKER);
    assert_eq!(names[0], "mallory=mallory>server@1000:syn:7");
    assert_eq!(names[1], "mallory=mallory>server@1001:syn:7");

    setup.hosts[1].sockets.syn_cookies = true;
    assert_eq!(heard(&run(setup)), 5);
}

/// Both talk for a while; meanwhile somebody off the path sends a segment to the server.
fn attacked(deed: impl FnOnce(Number) -> Forgery, more: u32, rfc5961: bool) -> Timeline {
    let client = vec![
        now(AppCall::Open { active: true }),
        when(Wait::Connected, AppCall::Send(text("one"))),
        when(Wait::Until(at(2000)), AppCall::Send(text("two"))),
        now(AppCall::Close),
    ];
    let server = vec![now(AppCall::Open { active: false }), now(AppCall::Receive(Want::All))];
    let mut setup = with_attacker(client, server, Vec::new());
    for host in &mut setup.hosts {
        host.config.rfc5961 = rfc5961;
    }
    let forgery = deed(Number::ExpectedBy(SERVER, more));
    let deed = Deed::Forge(Box::new(forgery));
    setup.acts = vec![Act { at: at(1000), host: ATTACKER, deed }];
    run(setup)
}

#[test]
fn a_blind_reset_has_to_hit_the_very_number() {
    let reset = |seq| forgery("192.0.2.1:49152", "198.51.100.1:80", Flags::RST, seq);
    let outcome = |more, rfc5961| {
        let timeline = attacked(reset, more, rfc5961);
        let trace = timeline.trace();
        (heard(&timeline), rules(trace, SERVER).contains(&"rst-challenged"))
    };
    assert_eq!(outcome(0, true), (3, false), "the number that is expected");
    assert_eq!(outcome(100, true), (6, true), "another in the window: RFC 5961 §3.2");
    assert_eq!(outcome(100, false), (3, false), "RFC 793 takes any in the window");
    assert_eq!(outcome(100_000, false), (6, false), "beyond the window");
}

#[test]
fn injected_text_reaches_the_application_where_its_numbers_are_right() {
    let text = |seq| Forgery {
        ack: Some(Number::NextOf(SERVER, 0)),
        payload: text("forged"),
        ..forgery("192.0.2.1:49152", "198.51.100.1:80", Flags::PSH, seq)
    };
    let timeline = attacked(text, 0, true);
    let trace = timeline.trace();
    let names = sent_by(trace, ATTACKER);
    assert!(names[0].starts_with("mallory=client>server:data:"), "{names:?}");
    // The six octets stand where those of the client would: of its own three none is new.
    assert_eq!(heard(&timeline), 9);
}

/// Twice the same: connect from one port, send two words, and be through. The first word of the
/// first connection is kept on the way, and let go again in the second.
fn two_incarnations(time_wait: bool, at_millis: u64) -> Timeline {
    let once = [
        now(AppCall::Open { active: true }),
        when(Wait::Connected, AppCall::Send(text("old!"))),
        when(Wait::Acknowledged, AppCall::Close),
        when(Wait::State(State::Closed), AppCall::Open { active: true }),
        when(Wait::Connected, AppCall::Nothing),
        when(Wait::For(ms(1000)), AppCall::Send(text("new!"))),
        now(AppCall::Close),
    ];
    let server = [
        now(AppCall::Repeat { times: 2, lines: 4 }),
        now(AppCall::Open { active: false }),
        now(AppCall::Receive(Want::All)),
        now(AppCall::Close),
        when(Wait::State(State::Closed), AppCall::Nothing),
    ];
    let mut setup = two(once.to_vec(), server.to_vec());
    for host in &mut setup.hosts {
        host.config.variant.no_time_wait = !time_wait;
        host.config.variant.fixed_isn = true;
    }
    let first = run(setup.clone());
    let old = first.trace().packet_named("client:data:1+4").expect("the first word");
    let old = first.trace().packet(old).id;
    setup.acts = vec![Act { at: at(at_millis), host: CLIENT, deed: Deed::Replay(old) }];
    run(setup)
}

#[test]
fn an_old_segment_ends_up_in_a_later_connection_where_time_wait_does_not_part_them() {
    let timeline = two_incarnations(false, 600);
    let trace = timeline.trace();
    let names = sent_by(trace, CLIENT);
    assert!(names.iter().any(|name| name == "client:data:1+4*128"), "{names:?}");
    assert!(names.iter().any(|name| name == "client#2:syn:0"), "{names:?}");
    let second = connections(trace, SERVER)[1];
    assert!(trace.status_of(second, tcpscope_sim::RecordId(u32::MAX)).read >= 4);
    let delivered: Vec<_> = trace
        .records()
        .iter()
        .filter(|record| record.connection == Some(second))
        .filter(|record| matches!(record.kind, tcpscope_sim::RecordKind::Deliver { .. }))
        .map(|record| record.at)
        .collect();
    assert!(delivered[0] < at(700), "the old word is read as if it were new: {delivered:?}");
}

#[test]
fn time_wait_keeps_the_old_segment_out() {
    // In TIME-WAIT the old connection still takes what is its own; a minute later nothing of it
    // is under way any more.
    let timeline = two_incarnations(true, 600);
    let trace = timeline.trace();
    let delivered = trace
        .records()
        .iter()
        .filter(|record| record.host == Some(SERVER))
        .filter(|record| matches!(record.kind, tcpscope_sim::RecordKind::Deliver { .. }))
        .map(|record| record.at.as_micros() / 1_000_000)
        .collect::<Vec<_>>();
    assert_eq!(delivered, [0, 61]);
}
