//! The questions of a stop: whether each says whom it is about, and whether it has an answer.

use tcpscope_sim::{Ended, HostId, Moment, Record, RecordId, RecordKind, Trace};
use tcpscope_tcp::{State, Timer};

use crate::finding::Fault;
use crate::lesson::{Asked, Placed};
use crate::stop;

/// What each kind of question has to say: whether it needs a host, and whether it needs a packet.
const NEEDS: [(&str, bool, bool); 7] = [
    ("next-state", true, false),
    ("next-segment", true, false),
    ("who-sends-next", false, false),
    ("which-timer", false, false),
    ("call-returns", true, false),
    ("may-send", true, false),
    ("what-if-lost", false, true),
];

/// Looks at a question that is asked once `last` has happened.
pub(super) fn check(asked: &Asked, trace: &Trace, last: RecordId, faults: &mut Vec<Fault>) {
    // A kind that there is not has been told of by the reader.
    let Some((kind, by_host, by_packet)) = NEEDS.into_iter().find(|it| it.0 == asked.kind.value)
    else {
        return;
    };
    let mut named = |field: &str, value: Option<&Placed<String>>, needed: bool| match value {
        None if needed => {
            let what = format!("the question `{kind}` needs `{field}`: whom or what it is about");
            faults.push(Fault::new(asked.kind.at.clone(), what));
        }
        Some(value) if !needed => {
            let what = format!("the question `{kind}` has no `{field}`: it is about all of them");
            faults.push(Fault::new(value.at.clone(), what));
        }
        Some(_) | None => {}
    };
    named("host", asked.host.as_ref(), by_host);
    named("packet", asked.packet.as_ref(), by_packet);
    let mut about = HostId(0);
    if let Some(host) = &asked.host {
        match stop::find_host(trace, host) {
            Ok(host) => about = host,
            Err(what) => return faults.push(Fault::new(host.at.clone(), what)),
        }
    }
    let later = trace.records().get(last.index() + 1..).unwrap_or_default();
    let its = |record: &&Record| record.host == Some(about);
    let sends = |record: &Record| matches!(record.kind, RecordKind::Transmit { .. });
    let without_answer = match kind {
        "next-state" => {
            let changes = |record: &Record| matches!(record.kind, RecordKind::Transition { .. });
            // That it stays for good is an answer, where the run came to rest by itself.
            let rests =
                trace.ended() == Ended::Quiet && trace.status(about, last).state != State::Closed;
            let answered = rests || later.iter().filter(its).any(changes);
            (!answered).then_some("its state changes no more")
        }
        "next-segment" => {
            (!later.iter().filter(its).any(sends)).then_some("it sends nothing any more")
        }
        "who-sends-next" => (!later.iter().any(sends)).then_some("nobody sends any more"),
        "which-timer" => (!timer_runs(trace, last)).then_some("no timer is running"),
        "call-returns" => {
            let calls = |record: &Record| matches!(record.kind, RecordKind::Call { .. });
            (!later.iter().filter(its).any(calls))
                .then_some("its application makes no call any more")
        }
        "may-send" => {
            let there = trace.main_connection(about, last);
            let there = there.filter(|id| !trace.connection(*id).listens);
            there.is_none().then_some("it has no connection at this stop")
        }
        _ => match asked.packet.as_ref() {
            None => None,
            Some(name) => match trace.packet_named(name) {
                None => {
                    let what = stop::no_packet(trace, name);
                    return faults.push(Fault::new(name.at.clone(), what));
                }
                Some(packet) => {
                    let now = Moment { at: trace.record(last).at, record: last };
                    let is_under_way = trace.in_flight(now).any(|it| it == packet);
                    (!is_under_way).then_some("the packet is not under way at this stop")
                }
            },
        },
    };
    if let Some(why) = without_answer {
        let what = format!("the question `{kind}` has no answer: {why}");
        faults.push(Fault::new(asked.kind.at.clone(), what));
    }
}

/// Whether any connection has a timer that runs.
fn timer_runs(trace: &Trace, last: RecordId) -> bool {
    let all = (0..).map(tcpscope_sim::ConnectionId).zip(trace.connections());
    let mut begun = all.filter(|(_, info)| info.since <= last);
    begun.any(|(id, _)| {
        let status = trace.status_of(id, last);
        Timer::ALL.into_iter().any(|timer| status.timer(timer).is_some())
    })
}
