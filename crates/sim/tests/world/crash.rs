//! Hosts that crash and come back, and calls made by hand.

use tcpscope_sim::{
    Act, AppCall, Deed, Edit, EditError, HostId, RecordKind, SetupError, Step, Timeline, Wait, Want,
};
use tcpscope_tcp::State;

use crate::nets::*;

/// Connects and says something each second, three times.
fn talks() -> Vec<Step> {
    let say = || when(Wait::For(ms(1000)), AppCall::Send(text("word")));
    vec![now(AppCall::Open { active: true }), say(), say(), say()]
}

fn listens() -> Vec<Step> {
    vec![now(AppCall::Open { active: false }), now(AppCall::Receive(Want::All))]
}

fn act(millis: u64, host: HostId, deed: Deed) -> Act {
    Act { at: at(millis), host, deed }
}

/// The record of what was done, and all that it caused.
fn follows_from_what_was_done(timeline: &Timeline) {
    let trace = timeline.trace();
    let done = trace.records().iter().find(|record| matches!(record.kind, RecordKind::Act(_)));
    let done = done.expect("it is written down");
    assert_eq!(done.kind.name(), "intervention");
    assert_eq!(done.cause, None);
    assert!(
        trace.records().iter().all(|record| record.cause.is_none_or(|cause| cause < record.id))
    );
}

#[test]
fn a_server_that_crashed_and_came_back_resets_what_it_does_not_know() {
    let mut setup = two(talks(), listens());
    setup.acts =
        vec![act(1500, SERVER, Deed::Crash), act(1600, SERVER, Deed::Restart { scripts: false })];
    let timeline = run(setup);
    follows_from_what_was_done(&timeline);
    let trace = timeline.trace();
    assert!(trace.host(SERVER).states().any(|(_, state)| state == State::Established));
    let resets: Vec<_> =
        sent_by(trace, SERVER).into_iter().filter(|name| name.contains(":rst:")).collect();
    assert_eq!(resets.len(), 1);
    // The client is told at its next word (RFC 9293 §3.5.1, figure 10).
    assert_eq!(state_at_end(trace, connections(trace, CLIENT)[0]), State::Closed);
    let told = trace.records().iter().find(|record| {
        matches!(record.kind, RecordKind::Notify(tcpscope_tcp::Notification::Reset))
    });
    assert!((2000..2100).contains(&(told.expect("it is told").at.as_micros() / 1000)));
}

#[test]
fn nobody_answers_for_a_host_that_is_down() {
    let mut setup = two(talks(), listens());
    setup.acts = vec![act(1500, SERVER, Deed::Crash)];
    setup.hosts[0].config.data_retries = 3;
    let timeline = run(setup);
    let trace = timeline.trace();
    assert!(rules(trace, SERVER).contains(&"host-down"));
    let after = trace.records().iter().filter(|record| record.at > at(1500));
    let silent = |record: &tcpscope_sim::Record| {
        record.host != Some(SERVER) || matches!(record.kind, RecordKind::Arrive { .. })
    };
    assert!(after.clone().all(silent));
    assert!(after.clone().any(|record| {
        matches!(record.kind, RecordKind::Notify(tcpscope_tcp::Notification::TimedOut))
    }));
}

#[test]
fn a_client_that_came_back_with_its_old_port_finds_the_half_open_connection() {
    // RFC 9293 §3.5.1, figure 9: the SYN meets a connection, which says what it
    // expects; to the client that is about a connection that it does not know.
    let mut setup = two(talks(), listens());
    setup.acts = vec![act(1500, CLIENT, Deed::Restart { scripts: true })];
    let timeline = run(setup);
    let trace = timeline.trace();
    let names = sent_by(trace, CLIENT);
    assert!(names.iter().any(|name| name == "client#2:syn:0"), "{names:?}");
    let rules = rules(trace, SERVER);
    assert!(rules.contains(&"not-acceptable") && rules.contains(&"rst-accepted"), "{rules:?}");
    assert!(names.iter().any(|name| name.contains(":rst:")), "{names:?}");
}

#[test]
fn scripts_begin_anew_and_the_second_connection_is_like_the_first() {
    let serves = vec![
        now(AppCall::Listen { backlog: 1 }),
        now(AppCall::Serve { lines: 1 }),
        now(AppCall::Receive(Want::All)),
    ];
    let mut setup = two(talks(), serves);
    setup.acts = vec![act(10_000, CLIENT, Deed::Restart { scripts: true })];
    let timeline = run(setup);
    let trace = timeline.trace();
    assert_eq!(connections(trace, CLIENT).len(), 2);
    assert_eq!(calls(trace, CLIENT).len(), 8);
    // The server challenges the SYN, is reset, and answers the SYN when it comes again.
    let last = *connections(trace, SERVER).last().expect("one");
    assert_eq!(read(trace, last), 12);
}

#[test]
fn a_call_by_hand_is_the_cause_of_what_follows() {
    let mut setup = two(talks(), listens());
    setup.acts = vec![act(2500, CLIENT, Deed::Call(AppCall::Abort))];
    let timeline = run(setup);
    follows_from_what_was_done(&timeline);
    let trace = timeline.trace();
    assert_eq!(state_at_end(trace, connections(trace, SERVER)[0]), State::Closed);
    assert!(rules(trace, CLIENT).contains(&"called-by-hand"));
    assert!(calls(trace, CLIENT).last().expect("a call").contains("Refused"));
}

#[test]
fn what_is_done_can_be_undone_and_changes_nothing_before_it() {
    let mut timeline = run(two(talks(), listens()));
    let before = timeline.trace().clone();
    let crash = Edit::Act(act(1500, SERVER, Deed::Restart { scripts: false }));
    timeline.edit(crash.clone()).expect("it can be done");
    assert!(timeline.is_met(&crash));
    assert_ne!(timeline.trace().digest(), before.digest());
    let same = before.records().iter().take_while(|record| record.at < at(1500)).count();
    assert_eq!(timeline.trace().records()[..same], before.records()[..same]);
    let mut fresh = two(talks(), listens());
    fresh.acts = vec![act(1500, SERVER, Deed::Restart { scripts: false })];
    assert_eq!(run(fresh).trace(), timeline.trace());
    timeline.undo();
    assert_eq!(*timeline.trace(), before);
    let nobody = Edit::Act(act(1, HostId(5), Deed::Crash));
    let error = EditError::Act(SetupError::NoSuchHost { host: HostId(5) });
    assert_eq!(timeline.edit(nobody), Err(error));
}

#[test]
fn a_reader_that_is_stopped_closes_the_window_until_it_goes_on() {
    let script = vec![
        now(AppCall::Open { active: true }),
        when(Wait::Connected, AppCall::Generate { octets: 200_000 }),
        now(AppCall::Close),
    ];
    let mut setup = two(script, listens());
    setup.acts = vec![
        act(60, SERVER, Deed::Halt { halted: true }),
        act(20_000, SERVER, Deed::Halt { halted: false }),
    ];
    let timeline = run(setup);
    let trace = timeline.trace();
    assert!(rules(trace, CLIENT).contains(&"window-probe"), "{:?}", rules(trace, CLIENT));
    let stopped = trace.records().iter().filter(|record| {
        record.host == Some(SERVER)
            && matches!(record.kind, RecordKind::Call { .. })
            && (at(60)..at(20_000)).contains(&record.at)
    });
    assert_eq!(stopped.count(), 0);
    assert_eq!(read(trace, connections(trace, SERVER)[0]), 200_000);
}
