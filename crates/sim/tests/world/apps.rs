//! Programs: many connections, queues that fill, ports that run out, typing and stalling.

use tcpscope_sim::{AppCall, Connect, Ended, HostId, RecordId, RecordKind, Step, Wait, Want};
use tcpscope_tcp::{Errno, Shutdown, SocketOption, State};

use crate::nets::*;

fn connect() -> Step {
    now(AppCall::Connect(Connect::default()))
}

/// So many connections one after another: each asks, hears the end, and closes first.
fn short_connections(times: u32) -> Vec<Step> {
    vec![
        now(AppCall::Repeat { times, lines: 4 }),
        connect(),
        when(Wait::Connected, AppCall::Send(text("?"))),
        now(AppCall::Receive(Want::Octets(1))),
        now(AppCall::Release),
    ]
}

/// Answers each connection, and closes when the peer has.
fn answers() -> Vec<Step> {
    vec![
        now(AppCall::Listen { backlog: 8 }),
        now(AppCall::Serve { lines: 3 }),
        now(AppCall::Receive(Want::Octets(1))),
        now(AppCall::Send(text("!"))),
        when(Wait::PeerClosed, AppCall::Release),
    ]
}

#[test]
fn many_short_connections_run_out_of_ports_while_time_wait_holds_them() {
    let mut setup = two(short_connections(6), answers());
    setup.hosts[0].sockets.ephemeral_ports = (50_000, 50_003);
    let timeline = run(setup.clone());
    let trace = timeline.trace();
    let made = connections(trace, CLIENT);
    assert_eq!(made.len(), 4, "as many as there are ports");
    let refused = format!("connect() Failed({:?})", Errno::AddressNotAvailable);
    assert_eq!(calls(trace, CLIENT).iter().filter(|call| **call == refused).count(), 2);
    // They pay who close first.
    assert!(rules(trace, CLIENT).contains(&"time-wait-starts"), "{:?}", rules(trace, CLIENT));
    assert!(!rules(trace, SERVER).contains(&"time-wait-starts"));

    // Without TIME-WAIT there is always one.
    setup.hosts[0].config.variant.no_time_wait = true;
    let timeline = run(setup);
    assert_eq!(connections(timeline.trace(), CLIENT).len(), 6);
}

#[test]
fn two_connections_between_two_hosts_at_once() {
    let asks = |octets| {
        [connect(), when(Wait::Connected, AppCall::Generate { octets }), now(AppCall::Close)]
    };
    let script = asks(20_000).into_iter().chain(asks(30_000)).collect();
    let mut setup = two(
        script,
        vec![
            now(AppCall::Listen { backlog: 4 }),
            now(AppCall::Serve { lines: 2 }),
            now(AppCall::Receive(Want::All)),
            now(AppCall::Release),
        ],
    );
    setup.hosts[0].further = vec![3];
    let timeline = run(setup);
    let trace = timeline.trace();
    let served = connections(trace, SERVER);
    let mut got: Vec<_> = served.iter().map(|id| read(trace, *id)).collect();
    got.sort_unstable();
    assert_eq!(got, [20_000, 30_000]);
    let began: Vec<_> = served.iter().map(|id| trace.connection(*id).since).collect();
    let ended = |id| {
        let last = trace.records().iter().rfind(|record| record.connection == Some(id));
        last.map_or(RecordId(0), |record| record.id)
    };
    assert!(began[1] < ended(served[0]), "both at once");
}

#[test]
fn the_accept_queue_fills_and_what_comes_then_has_to_wait() {
    // One may wait for accept; nobody accepts before four seconds have passed.
    let patient = || vec![connect(), when(Wait::Connected, AppCall::Send(text("x")))];
    let mut hosts = vec![host(
        "server",
        "198.51.100.1:80",
        vec![
            now(AppCall::Listen { backlog: 0 }),
            when(Wait::Until(at(4000)), AppCall::Serve { lines: 1 }),
            now(AppCall::Receive(Want::Octets(1))),
        ],
    )];
    for client in 1..4 {
        let address = format!("192.0.2.{client}:49152");
        hosts.push(host(&format!("c{client}"), &address, patient()));
    }
    let timeline = run(around_the_first(hosts));
    let trace = timeline.trace();
    assert!(rules(trace, HostId(0)).contains(&"accept-queue-full"));
    let read: Vec<_> = connections(trace, HostId(0)).iter().map(|id| read(trace, *id)).collect();
    assert_eq!(read, [1, 1, 1], "all are served in the end");
}

#[test]
fn write_write_read_stalls_where_nagle_meets_a_delayed_ack() {
    let script = vec![
        connect(),
        when(Wait::Connected, AppCall::Send(text("head"))),
        now(AppCall::Send(text("body"))),
        now(AppCall::Receive(Want::Octets(2))),
    ];
    let server = vec![
        now(AppCall::Listen { backlog: 1 }),
        now(AppCall::Accept),
        now(AppCall::Receive(Want::Octets(8))),
        now(AppCall::Send(text("ok"))),
    ];
    let took = |no_delay| {
        let mut script: Vec<Step> = script.clone();
        if no_delay {
            script.insert(0, now(AppCall::Set(SocketOption::NoDelay(true))));
        }
        let mut setup = two(script, server.clone());
        setup.hosts[1].config.delayed_ack = ms(40);
        let timeline = run(setup);
        let trace = timeline.trace();
        let last = trace.records().iter().rfind(|record| match record.kind {
            RecordKind::Deliver { .. } => record.host == Some(CLIENT),
            _ => false,
        });
        last.expect("the answer").at
    };
    let (stalled, quick) = (took(false), took(true));
    assert!(stalled.since(quick) >= ms(40), "{stalled:?} {quick:?}");
}

#[test]
fn typing_sends_one_octet_at_a_time() {
    let script = vec![
        now(AppCall::Open { active: true }),
        when(Wait::Connected, AppCall::Type { octets: 5, every: ms(200) }),
        now(AppCall::Close),
    ];
    let server = vec![
        now(AppCall::Open { active: false }),
        when(Wait::Readable(3), AppCall::Receive(Want::Octets(3))),
        now(AppCall::Receive(Want::All)),
    ];
    let timeline = run(two(script, server));
    let trace = timeline.trace();
    let data: Vec<_> =
        sent_by(trace, CLIENT).into_iter().filter(|name| name.contains(":data:")).collect();
    let expected: Vec<_> = (1..=5).map(|seq| format!("client:data:{seq}+1")).collect();
    assert_eq!(data, expected);
    let results = calls(trace, SERVER);
    assert_eq!(results[1], "recv() Received(3)", "not before three can be read: {results:?}");
}

#[test]
fn who_never_closes_is_left_in_close_wait_and_the_other_in_fin_wait_2() {
    let script = vec![connect(), when(Wait::Connected, AppCall::Close)];
    let server = vec![now(AppCall::Listen { backlog: 1 }), now(AppCall::Accept)];
    let timeline = run(two(script, server));
    let trace = timeline.trace();
    assert_eq!(state_at_end(trace, connections(trace, CLIENT)[0]), State::FinWait2);
    assert_eq!(state_at_end(trace, connections(trace, SERVER)[0]), State::CloseWait);
}

#[test]
fn a_descriptor_that_is_closed_ends_differently_from_a_side_that_is_shut() {
    let client =
        |ends: AppCall| vec![connect(), when(Wait::Connected, AppCall::Send(text("x"))), now(ends)];
    let server = || {
        vec![
            now(AppCall::Listen { backlog: 1 }),
            now(AppCall::Accept),
            when(Wait::PeerClosed, AppCall::Send(text("late"))),
        ]
    };
    let shut = run(two(client(AppCall::Shutdown(Shutdown::Write)), server()));
    assert!(!sent_by(shut.trace(), CLIENT).iter().any(|name| name.contains(":rst:")));
    let closed = run(two(client(AppCall::Release), server()));
    assert!(sent_by(closed.trace(), CLIENT).iter().any(|name| name.contains(":rst:")));
}

#[test]
fn a_closed_port_answers_with_a_reset() {
    let connect = Connect { port: Some(81), ..Connect::default() };
    let timeline = run(two(
        vec![now(AppCall::Connect(connect)), when(Wait::Connected, AppCall::Close)],
        vec![now(AppCall::Listen { backlog: 1 })],
    ));
    let trace = timeline.trace();
    let answer = sent_by(trace, SERVER);
    assert!(answer[0].starts_with("server@81-") && answer[0].ends_with(":rst:0"), "{answer:?}");
    assert_eq!(calls(trace, CLIENT), ["connect() Ok"]);
}

#[test]
fn a_bound_port_is_used_and_another_listener_on_it_is_refused() {
    let mut setup = two(
        vec![now(AppCall::Bind { port: 1234 }), connect()],
        vec![now(AppCall::Listen { backlog: 1 }), now(AppCall::Listen { backlog: 1 })],
    );
    setup.hosts[1].further = vec![1];
    let timeline = run(setup);
    let trace = timeline.trace();
    assert_eq!(trace.connection(connections(trace, CLIENT)[0]).local.port(), 1234);
    let refused = format!("listen() Failed({:?})", Errno::AddressInUse);
    assert_eq!(calls(trace, SERVER), ["listen() Ok".to_owned(), refused]);
}

#[test]
fn a_program_that_crashes_leaves_its_connection_to_the_system_and_comes_back() {
    let script = vec![
        now(AppCall::Repeat { times: 2, lines: 3 }),
        connect(),
        when(Wait::Connected, AppCall::Send(text("half a requ"))),
        when(Wait::For(ms(100)), AppCall::Exit),
    ];
    let server = vec![
        now(AppCall::Listen { backlog: 2 }),
        now(AppCall::Serve { lines: 2 }),
        now(AppCall::Receive(Want::Octets(100))),
        now(AppCall::Release),
    ];
    let timeline = run(two(script, server));
    let trace = timeline.trace();
    let served = connections(trace, SERVER);
    assert_eq!(served.len(), 2);
    for id in served {
        assert_eq!(read(trace, id), 11, "what it wrote still arrives, and then the end");
        assert_eq!(state_at_end(trace, id), State::Closed);
    }
}

#[test]
fn a_failure_ends_one_time_around_and_the_next_begins_at_once() {
    let script = vec![
        now(AppCall::Repeat { times: 3, lines: 2 }),
        now(AppCall::Connect(Connect { port: Some(81), ..Connect::default() })),
        when(Wait::Until(at(5000)), AppCall::Send(text("never"))),
    ];
    let timeline = run(two(script, vec![now(AppCall::Listen { backlog: 2 })]));
    let trace = timeline.trace();
    assert_eq!(
        calls(trace, CLIENT),
        vec!["for (;;) Ok", "connect() Ok", "connect() Ok", "connect() Ok"]
    );
    assert!(trace.duration() < at(1000));
}

#[test]
fn a_port_in_time_wait_is_used_again_where_timestamps_tell_old_from_new() {
    let again = |config: tcpscope_tcp::Config| {
        let once = || {
            [
                now(AppCall::Bind { port: 1234 }),
                connect(),
                when(Wait::Connected, AppCall::Send(text("?"))),
                now(AppCall::Receive(Want::Octets(1))),
                now(AppCall::Release),
            ]
        };
        let mut script = once().to_vec();
        script.push(when(Wait::For(ms(5000)), AppCall::Nothing));
        script.extend(once());
        let mut setup = two(script, answers());
        for host in &mut setup.hosts {
            host.config = config.clone();
        }
        let timeline = run(setup);
        (connections(timeline.trace(), SERVER).len(), calls(timeline.trace(), CLIENT))
    };
    let (plain, results) = again(tcpscope_tcp::Config::plain());
    let refused = format!("connect() Failed({:?})", Errno::AddressInUse);
    assert!(plain == 1 && results.contains(&refused), "{results:?}");
    let (modern, results) = again(tcpscope_tcp::Config::default());
    assert_eq!(modern, 2, "RFC 6191: {results:?}");
}

#[test]
fn a_run_without_end_ends_at_its_limit_and_says_so() {
    let forever = |lines: Vec<Step>| {
        let lines_count = lines.len();
        let mut script = vec![now(AppCall::Repeat { times: u32::MAX, lines: lines_count })];
        script.extend(lines);
        let mut setup = two(script, answers());
        setup.limits.records = 2000;
        setup.limits.until = at(60_000);
        run(setup).trace().ended()
    };
    assert_eq!(forever(vec![now(AppCall::Nothing)]), Ended::RecordLimit);
    let second = when(Wait::For(ms(1000)), AppCall::SendTo { to: None, port: None, octets: 1 });
    assert_eq!(forever(vec![second]), Ended::TimeLimit);
    let nowhere = Connect { port: Some(9), ..Connect::default() };
    let tries = vec![now(AppCall::Connect(nowhere)), when(Wait::Connected, AppCall::Close)];
    assert_eq!(forever(tries), Ended::RecordLimit);
}
