//! From the session to the shapes of the page API.

use tcpscope_sim::{HostId, Moment, PacketIndex, RecordId, RecordKind, Trace};
use tcpscope_tcp::{SeqNumber, Timer};
use tcpscope_view::{because, flags_text};

use super::dto;
use crate::store::{Refusal, Run, Session};

/// `state()`.
pub(super) fn state(session: &Session) -> Result<dto::State<'_>, Refusal> {
    let run = session.run()?;
    let (trace, moment) = (run.trace(), run.moment());
    Ok(dto::State {
        scenario: run.scenario().id(),
        seed: run.seed(),
        t_us: moment.at.as_micros(),
        record: moment.record.0,
        records: trace.records().len(),
        playing: session.playing,
        speed: session.speed,
        locale: session.preferences.locale.tag(),
        theme: session.preferences.theme.name(),
        endpoints: run.hosts().map(|host| endpoint(trace, host, moment.record)).collect(),
        in_flight: in_flight(trace, moment).map(|index| packet(trace, index)).collect(),
        reason: reason(session, run, moment.record),
    })
}

/// `trace()`.
pub(super) fn records(session: &Session) -> Result<Vec<dto::Record<'_>>, Refusal> {
    let run = session.run()?;
    let trace = run.trace();
    let record = |record: &'_ tcpscope_sim::Record| {
        let (from, to) = if let RecordKind::Transition { from, to } = record.kind {
            (Some(from.name()), Some(to.name()))
        } else {
            (None, None)
        };
        dto::Record {
            record: record.id.0,
            at_us: record.at.as_micros(),
            cause: record.cause.map(|cause| cause.0),
            kind: record.kind.name(),
            endpoint: record.host.map(|host| trace.host(host).name.as_str()),
            packet: record.kind.packet().map(|packet| trace.packet_name(packet)),
            from,
            to,
            reason: reason(session, run, record.id),
        }
    };
    Ok(trace.records().iter().map(record).collect())
}

/// `scenarios()`.
pub(super) fn scenarios(session: &Session) -> Vec<dto::Scenario<'_>> {
    let locale = session.preferences.locale.tag();
    let entries = session.catalogue.entries().iter();
    entries
        .map(|entry| dto::Scenario { id: &entry.id, title: entry.title.in_locale(locale) })
        .collect()
}

fn endpoint(trace: &Trace, host: HostId, record: RecordId) -> dto::Endpoint<'_> {
    let status = trace.status(host, record);
    let timers = Timer::ALL.into_iter().filter_map(|timer| {
        let at_us = status.timer(timer)?.as_micros();
        Some(dto::Timer { name: timer.name(), at_us })
    });
    dto::Endpoint {
        name: &trace.host(host).name,
        state: status.state.name(),
        iss: status.iss.map(SeqNumber::value),
        irs: status.irs.map(SeqNumber::value),
        snd: dto::SendSpace {
            una: status.snd_una.value(),
            nxt: status.snd_nxt.value(),
            wnd: status.snd_wnd,
        },
        rcv: dto::ReceiveSpace { nxt: status.rcv_nxt.value(), wnd: status.rcv_wnd },
        mss: status.mss,
        cwnd: status.cwnd,
        ssthresh: status.ssthresh,
        flight: status.flight,
        srtt_us: status.srtt.map(|srtt| srtt.as_micros()),
        rto_us: status.rto.as_micros(),
        timers: timers.collect(),
    }
}

/// The packets that were sent by the moment, the present record included, and have neither arrived
/// nor been lost by then.
fn in_flight(trace: &Trace, moment: Moment) -> impl Iterator<Item = PacketIndex> {
    let later_now = trace.records()[moment.record.index()..]
        .iter()
        .skip(1)
        .take_while(move |record| record.at == moment.at);
    let ends_later_now: Vec<_> = later_now
        .filter_map(|record| {
            if let RecordKind::Arrive { packet } | RecordKind::Lost { packet, .. } = record.kind {
                Some(packet)
            } else {
                None
            }
        })
        .collect();
    (0..).map(PacketIndex).zip(trace.packets()).filter_map(move |(index, packet)| {
        let sent = packet.sent_by <= moment.record;
        let under_way = packet.ends > moment.at || ends_later_now.contains(&index);
        (sent && under_way).then_some(index)
    })
}

fn packet(trace: &Trace, index: PacketIndex) -> dto::Packet<'_> {
    let packet = trace.packet(index);
    let segment = &packet.segment;
    dto::Packet {
        packet: trace.packet_name(index),
        from: &trace.host(packet.id.from).name,
        to: &trace.host(packet.to).name,
        flags: flags_text(segment),
        seq: segment.seq.value(),
        ack: segment.ack.map(SeqNumber::value),
        wnd: segment.wnd,
        len: segment.text_len(),
        sent_us: packet.sent.as_micros(),
        arrives_us: packet.arrives().map(|at| at.as_micros()),
        fate: packet.fate.name(),
        retransmission: packet.retransmission,
    }
}

fn reason(session: &Session, run: &Run, record: RecordId) -> Option<dto::Reason> {
    let preferences = session.preferences;
    let whys = because(preferences.locale, run.trace(), record, preferences.numbers);
    let first = whys.into_iter().next()?;
    let rfc = first.citation.to_string();
    Some(dto::Reason { rule: first.rule, rfc, text: first.text })
}
