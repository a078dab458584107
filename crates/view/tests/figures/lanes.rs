//! Lanes: what lasts.

use tcpscope_sim::{Fate, HostId, PacketIndex, RecordKind};
use tcpscope_tcp::{State, Timer};
use tcpscope_view::{Lanes, TimerEnd};

use super::{for_each_run, run};

#[test]
fn states_follow_one_another_without_a_gap() {
    for_each_run(|id, trace| {
        let lanes = Lanes::new(trace);
        for (host, lanes) in (0..).map(HostId).zip(&lanes.hosts) {
            assert_eq!(lanes.states[0].state, State::Closed, "{id}");
            for pair in lanes.states.windows(2) {
                assert_eq!(pair[0].until, Some(pair[1].since), "{id}");
            }
            for record in trace.records() {
                let after = lanes.states.partition_point(|span| span.since <= record.id);
                let state = lanes.states[after - 1].state;
                assert_eq!(state, trace.status(host, record.id).state, "{id}: {record:?}");
            }
        }
    });
}

#[test]
fn a_timer_runs_when_the_variables_say_that_it_does() {
    for_each_run(|id, trace| {
        let lanes = Lanes::new(trace);
        for (host, lanes) in (0..).map(HostId).zip(&lanes.hosts) {
            for event in trace.records().chunk_by(|a, b| a.event == b.event) {
                // Within a step the variables may be a record ahead.
                let Some(last) = event.last() else { continue };
                for timer in Timer::ALL {
                    let running = lanes.running(timer, last.id).map(|span| span.deadline);
                    let status = trace.status(host, last.id);
                    assert_eq!(running, status.timer(timer), "{id}: {timer:?} after {last:?}");
                }
            }
        }
    });
}

#[test]
fn the_timer_of_time_wait_starts_again_when_the_fin_comes_again() {
    let timeline = run("lost-last-ack");
    let lanes = Lanes::new(timeline.trace());
    let ends: Vec<_> = lanes.hosts[0]
        .timers
        .iter()
        .filter(|span| span.timer == Timer::TimeWait)
        .map(|span| span.end.map(|(_, end)| end))
        .collect();
    assert_eq!(ends, [Some(TimerEnd::Restarted), Some(TimerEnd::Expired)]);
}

#[test]
fn every_packet_ends_as_its_fate_says() {
    for_each_run(|id, trace| {
        let lanes = Lanes::new(trace);
        for (index, packet) in (0..).map(PacketIndex).zip(trace.packets()) {
            let ended = lanes.flight(index).ended_by.expect("an end: no run is cut short");
            let record = trace.record(ended);
            assert_eq!(record.at, packet.ends, "{id}: {packet:?}");
            let arrives = matches!(record.kind, RecordKind::Arrive { .. });
            assert_eq!(arrives, packet.fate == Fate::Delivered, "{id}: {packet:?}");
            let repeats = lanes.flight(index).repeats;
            assert_eq!(repeats.is_some(), packet.retransmission, "{id}: {packet:?}");
        }
    });
}
