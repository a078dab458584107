//! Whole connections, and what becomes of them when anything is lost.

mod common;

use std::fmt::Write as _;

use common::{CLIENT, SERVER, exchange, octets, rules, setup, step};
use proptest::prelude::*;
use tcpscope_sim::{
    AppCall, Edit, Ended, Fate, Intervention, PacketIndex, RecordKind, Setup, Timeline, Trace,
    Wait, Want, Why,
};
use tcpscope_tcp::{Duration, Notification, State};

/// Both sides have read all that the other sent and are in CLOSED, or an application was told why
/// not.
fn ends_well(trace: &Trace, client_reads: u64, server_reads: u64) -> Result<(), String> {
    if trace.ended() != Ended::Quiet {
        return Err(format!("ended by {:?}", trace.ended()));
    }
    let told = trace.records().iter().any(|record| {
        matches!(
            record.kind,
            RecordKind::Notify(
                Notification::Reset | Notification::Refused | Notification::TimedOut
            )
        )
    });
    let last = trace.records().last().expect("something happened").id;
    for (host, reads) in [(CLIENT, client_reads), (SERVER, server_reads)] {
        let status = trace.status(host, last);
        let name = &trace.host(host).name;
        if !told && status.read != reads {
            return Err(format!("{name} read {} of {reads}", status.read));
        }
        if !told && status.state != State::Closed {
            return Err(format!("{name} ended in {}", status.state));
        }
    }
    Ok(())
}

/// A run in lines, for a person to read and for snapshots to hold.
fn print(trace: &Trace) -> String {
    let mut out = String::new();
    for record in trace.records() {
        let host = record.host.map_or("", |host| trace.host(host).name.as_str());
        let what = match &record.kind {
            RecordKind::Call { line, result } => format!("line {line}: {result:?}"),
            RecordKind::Transmit { packet } | RecordKind::Arrive { packet } => {
                let segment = &trace.packet(*packet).segment;
                let ack = segment.ack.map_or(String::new(), |ack| format!(" ack={ack}"));
                let mss = segment.options.mss.map_or(String::new(), |mss| format!(" mss={mss}"));
                format!(
                    "{} [{:?}] seq={}{ack} win={} len={}{mss}",
                    trace.packet_name(*packet),
                    segment.flags,
                    segment.seq,
                    segment.wnd,
                    segment.text_len()
                )
            }
            RecordKind::Lost { packet, cause } => {
                format!("{} to {cause:?}", trace.packet_name(*packet))
            }
            RecordKind::Transition { from, to } => format!("{from} -> {to}"),
            RecordKind::Timer { timer, event } => format!("{} {event:?}", timer.name()),
            RecordKind::Deliver { octets } => format!("{octets}"),
            RecordKind::Notify(told) => format!("{told:?}"),
            RecordKind::Act(done) => format!("{done:?}"),
            RecordKind::LinkChanged { change } => {
                trace.place_name(change.from).unwrap_or_default().to_owned()
            }
            RecordKind::Impaired { packet }
            | RecordKind::Copy { packet }
            | RecordKind::Icmp { packet, .. }
            | RecordKind::ReassemblyTimeout { packet }
            | RecordKind::Intervention { packet, .. } => trace.packet_name(*packet),
        };
        let rules: Vec<_> = trace.whys(record.id).iter().map(Why::rule).collect();
        let at = record.at.as_micros();
        let kind = record.kind.name();
        writeln!(out, "{at:>9} {host:<6} {kind:<12} {what}  ({})", rules.join(", "))
            .expect("a string takes any text");
    }
    out
}

fn run(setup: Setup) -> Timeline {
    Timeline::new(setup).expect("a sound setup")
}

fn drop_packet(timeline: &mut Timeline, index: usize) {
    let packet = timeline.trace().packets()[index].id;
    timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("it was sent");
}

#[test]
fn an_exchange_reads_as_the_rfc_draws_it() {
    insta::assert_snapshot!(print(run(exchange(3000)).trace()));
}

#[test]
fn dropping_any_one_segment_delivers_all_the_same() {
    for response in [0, 1, 1460, 6000, 40_000] {
        let base = run(exchange(response));
        ends_well(base.trace(), response as u64, 100).unwrap();
        for index in 0..base.trace().packets().len() {
            let mut timeline = base.clone();
            drop_packet(&mut timeline, index);
            let name = base.trace().packet_name(PacketIndex(u32::try_from(index).unwrap()));
            assert_eq!(timeline.trace().packets()[index].fate, Fate::Dropped);
            ends_well(timeline.trace(), response as u64, 100)
                .unwrap_or_else(|wrong| panic!("{response} octets without {name}: {wrong}"));
        }
    }
}

#[test]
fn dropping_any_two_segments_delivers_all_the_same() {
    let base = run(exchange(3000));
    let count = base.trace().packets().len();
    for first in 0..count {
        let mut once = base.clone();
        drop_packet(&mut once, first);
        for second in first + 1..once.trace().packets().len() {
            let mut twice = once.clone();
            drop_packet(&mut twice, second);
            ends_well(twice.trace(), 3000, 100).unwrap_or_else(|wrong| {
                panic!("without {first} and {second}: {wrong}\n{}", print(twice.trace()))
            });
        }
    }
}

#[test]
fn the_last_ack_lost_makes_the_fin_come_again_and_time_wait_begin_again() {
    let mut timeline = run(exchange(0));
    let last = timeline.trace().packets().len() - 1;
    drop_packet(&mut timeline, last);
    let trace = timeline.trace();
    let rules = rules(trace);
    assert!(rules.contains(&"fin-again") && rules.contains(&"time-wait-restarts"), "{rules:?}");
    ends_well(trace, 0, 100).unwrap();
}

#[test]
fn a_slow_reader_closes_the_window_and_probes_find_it_open() {
    let mut setup = setup(
        vec![
            step(Wait::Nothing, AppCall::Open { active: true }),
            step(Wait::Connected, AppCall::Send(octets(20_000))),
            step(Wait::Acknowledged, AppCall::Close),
            step(Wait::Nothing, AppCall::Receive(Want::All)),
        ],
        vec![
            step(Wait::Nothing, AppCall::Open { active: false }),
            step(Wait::For(Duration::from_secs(5)), AppCall::Receive(Want::Octets(2000))),
            step(Wait::For(Duration::from_secs(5)), AppCall::Receive(Want::All)),
            step(Wait::Nothing, AppCall::Close),
        ],
    );
    setup.hosts[1].config.receive_buffer = 4000;
    let base = run(setup);
    let trace = base.trace();
    ends_well(trace, 0, 20_000).unwrap();
    let rules = rules(trace);
    for rule in ["window-closed", "window-probe", "window-update", "persist-stops"] {
        assert!(rules.contains(&rule), "no {rule}:\n{}", print(trace));
    }
    for index in 0..trace.packets().len() {
        let mut timeline = base.clone();
        drop_packet(&mut timeline, index);
        ends_well(timeline.trace(), 0, 20_000).unwrap_or_else(|wrong| {
            panic!("without {index}: {wrong}\n{}", print(timeline.trace()))
        });
    }
}

#[test]
fn both_may_open_and_close_at_once() {
    let side = || {
        vec![
            step(Wait::Nothing, AppCall::Open { active: true }),
            step(Wait::Connected, AppCall::Send(octets(500))),
            step(Wait::Nothing, AppCall::Receive(Want::Octets(500))),
            step(Wait::Acknowledged, AppCall::Close),
            step(Wait::Nothing, AppCall::Receive(Want::All)),
        ]
    };
    let base = run(setup(side(), side()));
    let states: Vec<_> = base.trace().host(CLIENT).states().map(|(_, state)| state).collect();
    let expected = [
        State::Closed,
        State::SynSent,
        State::SynReceived,
        State::Established,
        State::FinWait1,
        State::Closing,
        State::TimeWait,
        State::Closed,
    ];
    assert_eq!(states, expected);
    for index in 0..base.trace().packets().len() {
        let mut timeline = base.clone();
        drop_packet(&mut timeline, index);
        ends_well(timeline.trace(), 500, 500).unwrap_or_else(|wrong| {
            panic!("without {index}: {wrong}\n{}", print(timeline.trace()))
        });
    }
}

#[test]
fn with_nobody_there_the_application_is_told() {
    let mut lonely = exchange(100);
    lonely.hosts[1].script.clear();
    let refused = run(lonely);
    assert!(print(refused.trace()).contains("Refused"), "{}", print(refused.trace()));

    let mut deaf = exchange(100);
    deaf.links[0].loss_ppm = 1_000_000;
    let timed_out = run(deaf);
    assert!(print(timed_out.trace()).contains("TimedOut"), "{}", print(timed_out.trace()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Links that lose up to a fifth of the packets: everything arrives, or somebody is told.
    #[test]
    fn lossy_links_deliver_all_or_tell(
        seed in any::<u64>(),
        loss in [0_u32..200_000, 0_u32..200_000],
        response in 0_usize..60_000,
    ) {
        let mut setup = exchange(response);
        setup.seed = seed;
        for (link, loss_ppm) in setup.links.iter_mut().zip(loss) {
            link.loss_ppm = loss_ppm;
        }
        let timeline = run(setup);
        prop_assert_eq!(ends_well(timeline.trace(), response as u64, 100), Ok(()));
    }
}
