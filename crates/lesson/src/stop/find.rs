//! Where in a run the moments are that a phrase means.

use std::cell::OnceCell;

use tcpscope_sim::{
    CallResult, ConnectionId, Done, HostId, Packet, PacketKind, Record, RecordId, RecordKind,
    TimerEvent, Trace, Why,
};
use tcpscope_tcp::{Flags, Reason};
use tcpscope_view::{Locale, Numbers, Query};

use super::{Connection, Course, Event, Ticks, What, Who};
use crate::claim::{Claim, Scene};
use crate::near::{listed, meant};

/// Whom a phrase is about, in a run.
#[derive(Clone, Copy)]
pub(crate) struct Whose {
    pub(crate) host: HostId,
    connection: Option<Connection>,
}

/// The host of this name.
pub(crate) fn find_host(trace: &Trace, name: &str) -> Result<HostId, String> {
    let place = trace.hosts().iter().position(|host| host.name == name);
    place.and_then(|place| u8::try_from(place).ok()).map(HostId).ok_or_else(|| {
        let known = || trace.hosts().iter().map(|host| host.name.as_str());
        let near = meant(name, known());
        format!("no host is named `{name}`{near} The hosts are {}.", listed(known()))
    })
}

pub(crate) fn whose(trace: &Trace, who: &Who) -> Result<Whose, String> {
    Ok(Whose { host: find_host(trace, &who.host)?, connection: who.connection })
}

/// The connections of a host, without its listeners, in the order in which they began.
pub(crate) fn connections_of(trace: &Trace, host: HostId) -> impl Iterator<Item = ConnectionId> {
    let all = (0..).map(ConnectionId).zip(trace.connections());
    all.filter(move |(_, info)| info.host == host && !info.listens).map(|(id, _)| id)
}

impl Whose {
    /// The connection, if one is named and there is one.
    pub(crate) fn named_connection(self, trace: &Trace) -> Option<Option<ConnectionId>> {
        let connection = match self.connection? {
            Connection::Nth(number) => connections_of(trace, self.host).nth(number - 1),
            Connection::Port(port) => connections_of(trace, self.host)
                .filter(|id| trace.connection(*id).local.port() == port)
                .last(),
        };
        Some(connection)
    }

    fn is(self, trace: &Trace, record: &Record) -> bool {
        record.host == Some(self.host)
            && match self.connection {
                None => true,
                Some(Connection::Port(port)) => {
                    record.connection.is_some_and(|id| trace.connection(id).local.port() == port)
                }
                Some(Connection::Nth(_)) => {
                    record.connection.is_some()
                        && self.named_connection(trace) == Some(record.connection)
                }
            }
    }
}

/// All records of a run that an event means, in order.
///
/// # Errors
/// What is wrong with the names in it.
pub(crate) fn all(event: &Event, scene: &Scene<'_>) -> Result<Vec<RecordId>, String> {
    let trace = scene.trace();
    let by = |who: &Who, test: &dyn Fn(&Record) -> bool| {
        let whose = whose(trace, who)?;
        let found = trace.records().iter();
        let found = found.filter(|record| whose.is(trace, record) && test(record));
        Ok(found.map(|record| record.id).collect())
    };
    match event {
        Event::Beginning => Ok(vec![RecordId(0)]),
        Event::End => Ok(trace.records().last().map(|record| record.id).into_iter().collect()),
        Event::Enters(who, state) => by(
            who,
            &|record| matches!(record.kind, RecordKind::Transition { to, .. } if to == *state),
        ),
        Event::Leaves(who, state) => by(
            who,
            &|record| matches!(record.kind, RecordKind::Transition { from, .. } if from == *state),
        ),
        Event::Sends(who, what) => by(who, &|record| {
            sent(trace, record).is_some_and(|packet| is(trace, record, packet, *what))
        }),
        Event::Retransmits(who, what) => by(who, &|record| {
            sent(trace, record)
                .is_some_and(|packet| packet.retransmission && is(trace, record, packet, *what))
        }),
        Event::Receives(who, what) => by(who, &|record| {
            arrived(trace, record).is_some_and(|packet| is(trace, record, packet, *what))
        }),
        Event::Timer(who, timer, ticks) => by(who, &|record| {
            let RecordKind::Timer { timer: found, event } = record.kind else { return false };
            found == *timer
                && match ticks {
                    Ticks::Starts => matches!(event, TimerEvent::Set(_)),
                    Ticks::Stops => event == TimerEvent::Stopped,
                    Ticks::Expires => event == TimerEvent::Expired,
                }
        }),
        Event::Packet(name, course) => {
            let packet = trace.packet_named(name).ok_or_else(|| no_packet(trace, name))?;
            let its = |record: &&Record| record.kind.packet() == Some(packet);
            let found = trace.records().iter().filter(its);
            Ok(found.filter(|record| goes(record, *course)).map(|record| record.id).collect())
        }
        Event::AnyPacket(from, course) => {
            let from = from.as_ref().map(|who| whose(trace, who)).transpose()?;
            let its = |record: &&Record| match (from, record.kind.packet()) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(from), Some(packet)) => trace.packet(packet).id.from == from.host,
            };
            let found = trace.records().iter().filter(its);
            Ok(found.filter(|record| goes(record, *course)).map(|record| record.id).collect())
        }
        Event::Calls(who, call) => by(who, &|record| called(trace, record) == Some(call)),
        Event::Waits(who, call) => by(who, &|record| {
            let waits = matches!(record.kind, RecordKind::Call { result: CallResult::Waits, .. });
            waits && called(trace, record) == Some(call)
        }),
        Event::Reads(who, to_the_end) => by(who, &|record| match record.kind {
            RecordKind::Call { result: CallResult::Received(_), .. } => !to_the_end,
            RecordKind::Call { result: CallResult::EndOfStream, .. } => true,
            _ => false,
        }),
        Event::Delivers(who) => {
            by(who, &|record| matches!(record.kind, RecordKind::Deliver { .. }))
        }
        Event::Told(who, told) => by(who, &|record| record.kind == RecordKind::Notify(*told)),
        Event::Crashes(who) => done_to(trace, who, |done| matches!(done, Done::Crash)),
        Event::Restarts(who) => done_to(trace, who, |done| matches!(done, Done::Restart { .. })),
        Event::Applies(who, rule) => {
            let found: Vec<RecordId> =
                by(who, &|record| trace.whys(record.id).iter().any(|why| why.rule() == rule))?;
            if found.is_empty() {
                unknown_rule(trace, rule)?;
            }
            Ok(found)
        }
        Event::Query(query) => {
            let query = Query::parse(query, trace).map_err(|error| error.text(Locale::En))?;
            Ok(query.search(trace, Locale::En, Numbers::Relative, &mut OnceCell::new()))
        }
        Event::When(claim) => when(claim, scene),
    }
}

/// The ends of the steps at which a claim begins to hold.
fn when(claim: &Claim, scene: &Scene<'_>) -> Result<Vec<RecordId>, String> {
    let trace = scene.trace();
    let mut found = Vec::new();
    let (mut held, mut next) = (false, 0);
    while let Some(record) = trace.records().get(next) {
        let step = trace.event_of(record.id);
        let Some(last) = trace.records().get(step.end - 1).map(|record| record.id) else { break };
        let holds = claim.holds(&scene.at(last)).map_err(|wrong| wrong.what)?;
        if holds && !held {
            found.push(last);
        }
        (held, next) = (holds, step.end);
    }
    Ok(found)
}

fn done_to(
    trace: &Trace,
    who: &Who,
    test: impl Fn(&Done) -> bool,
) -> Result<Vec<RecordId>, String> {
    let host = find_host(trace, &who.host)?;
    let found = trace.records().iter().filter(|record| match &record.kind {
        RecordKind::Act(done) => record.host == Some(host) && test(done),
        _ => false,
    });
    Ok(found.map(|record| record.id).collect())
}

/// A rule that is nowhere applied: misspelt perhaps.
fn unknown_rule(trace: &Trace, rule: &str) -> Result<(), String> {
    let mut known: Vec<&str> =
        trace.records().iter().flat_map(|it| trace.whys(it.id)).map(Why::rule).collect();
    known.sort_unstable();
    known.dedup();
    if known.contains(&rule) {
        return Ok(());
    }
    let near = meant(rule, known.iter().copied());
    Err(format!("no rule `{rule}` is applied in this run{near} Those that are: {}.", listed(known)))
}

/// A packet that this run has not.
pub(crate) fn no_packet(trace: &Trace, name: &str) -> String {
    let names = (0..).map(tcpscope_sim::PacketIndex).take(trace.packets().len().min(200));
    let names: Vec<String> = names.map(|packet| trace.packet_name(packet)).collect();
    let near = meant(name, names.iter().map(String::as_str));
    let some = listed(names.iter().take(12).map(String::as_str));
    format!(
        "this run has no packet `{name}`{near} It has {some}{}.",
        if trace.packets().len() > 12 { " …" } else { "" }
    )
}

fn called(trace: &Trace, record: &Record) -> Option<&'static str> {
    let RecordKind::Call { line, .. } = record.kind else { return None };
    Some(trace.host(record.host?).script.get(line)?.call.name())
}

fn goes(record: &Record, course: Course) -> bool {
    match course {
        Course::Sent => matches!(record.kind, RecordKind::Transmit { .. }),
        Course::Arrives => matches!(record.kind, RecordKind::Arrive { .. }),
        Course::Lost => matches!(record.kind, RecordKind::Lost { .. }),
    }
}

fn sent<'a>(trace: &'a Trace, record: &Record) -> Option<&'a Packet> {
    match record.kind {
        RecordKind::Transmit { packet } => Some(trace.packet(packet)),
        _ => None,
    }
}

fn arrived<'a>(trace: &'a Trace, record: &Record) -> Option<&'a Packet> {
    match record.kind {
        RecordKind::Arrive { packet } => Some(trace.packet(packet)),
        _ => None,
    }
}

fn is(trace: &Trace, record: &Record, packet: &Packet, what: What) -> bool {
    const PROBES: [&str; 4] =
        ["window-probe", "keep-alive-probe", "tail-loss-probe", "retransmit-probe"];
    let segment = &packet.segment;
    let is_tcp = packet.id.kind != PacketKind::Udp;
    let purposes = Flags::SYN | Flags::FIN | Flags::RST;
    match what {
        What::Anything => true,
        What::Datagram => !is_tcp,
        What::Data => is_tcp && !segment.payload.is_empty(),
        What::BareAck => {
            let plain = segment.payload.is_empty() && !segment.flags.intersects(purposes);
            is_tcp && plain && segment.ack.is_some()
        }
        What::Flags(flags, ack) => {
            let acked = segment.ack.is_some();
            // A bare SYN has no ACK; a FIN nearly always has one, and a RST may.
            let fits = if flags.contains(Flags::SYN) { acked == ack } else { acked || !ack };
            is_tcp && segment.flags.intersection(purposes) == flags && fits
        }
        What::Probe => trace.whys(record.id).iter().any(|why| PROBES.contains(&why.rule())),
        What::Duplicate => {
            let is_duplicate = |why: &Why| matches!(why, Why::Tcp(Reason::AckDuplicate { count, .. }) if *count > 0);
            match record.kind {
                RecordKind::Arrive { .. } => trace.whys(record.id).iter().any(is_duplicate),
                // Of one that is sent, it is said where it arrives.
                RecordKind::Transmit { packet } => trace.records().iter().any(|later| {
                    later.kind == RecordKind::Arrive { packet }
                        && trace.whys(later.id).iter().any(is_duplicate)
                }),
                _ => false,
            }
        }
    }
}
