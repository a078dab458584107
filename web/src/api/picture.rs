//! From the session to the shapes of the page API, as its contract writes them.

use tcpscope_sim::{HostId, PacketIndex, Record, RecordId, RecordKind, Trace};
use tcpscope_tcp::{Duration, Instant, SeqNumber, Timer};
use tcpscope_view::{because, first_words_explain, flags_text};

use super::json::Json;
use crate::app::learn_now;
use crate::store::{Refusal, Run, Session};

/// `state()`; the speed, which need not be whole, is added by the caller.
pub(super) fn state(session: &Session) -> Result<String, Refusal> {
    let run = session.run()?;
    let (trace, moment) = (run.trace(), run.moment());
    let mut json = Json::default();
    json.open('{');
    json.member("scenario", Some(run.scenario().id()));
    json.number("seed", Some(run.seed()));
    json.number("t_us", Some(moment.at.as_micros()));
    json.number("record", Some(moment.record.0.into()));
    json.number("records", u64::try_from(trace.records().len()).ok());
    json.flag("playing", session.playing);
    json.member("locale", Some(session.preferences.locale.tag()));
    json.member("theme", Some(session.preferences.theme.name()));
    if let Some(reading) = &session.teaching.reading {
        json.member("lesson", Some(&reading.sheet.id));
        json.member("stop", session.teaching.stop_id().as_deref());
    }
    json.name("endpoints");
    json.open('[');
    for host in run.hosts() {
        endpoint(&mut json, trace, host, moment.record);
    }
    json.close(']');
    json.name("in_flight");
    json.open('[');
    for index in trace.in_flight(moment) {
        packet(&mut json, trace, index);
    }
    json.close(']');
    reason(&mut json, session, run, moment.record);
    json.close('}');
    Ok(json.finish())
}

/// `trace()`.
pub(super) fn records(session: &Session) -> Result<String, Refusal> {
    let run = session.run()?;
    let mut json = Json::default();
    json.open('[');
    for each in run.trace().records() {
        record(&mut json, session, run, each);
    }
    json.close(']');
    Ok(json.finish())
}

/// `scenarios()`.
pub(super) fn scenarios(session: &Session) -> String {
    let locale = session.preferences.locale.tag();
    let mut json = Json::default();
    json.open('[');
    for entry in session.catalogue.entries() {
        json.open('{');
        json.member("id", Some(&entry.id));
        json.member("title", Some(entry.title.in_locale(locale)));
        json.close('}');
    }
    json.close(']');
    json.finish()
}

fn record(json: &mut Json, session: &Session, run: &Run, record: &Record) {
    let trace = run.trace();
    let packet = record.kind.packet().map(|packet| trace.packet_name(packet));
    json.open('{');
    json.number("record", Some(record.id.0.into()));
    json.number("at_us", Some(record.at.as_micros()));
    json.number("cause", record.cause.map(|cause| cause.0.into()));
    json.member("kind", Some(record.kind.name()));
    json.member("endpoint", record.host.map(|host| trace.host(host).name.as_str()));
    json.member("packet", packet.as_deref());
    match record.kind {
        RecordKind::Transition { from, to } => {
            json.member("from", Some(from.name()));
            json.member("to", Some(to.name()));
        }
        RecordKind::Deliver { octets } => json.number("octets", Some(octets.into())),
        RecordKind::Notify(told) => json.member("notification", Some(told.name())),
        RecordKind::Call { .. }
        | RecordKind::Transmit { .. }
        | RecordKind::Arrive { .. }
        | RecordKind::Lost { .. }
        | RecordKind::Timer { .. }
        | RecordKind::Impaired { .. }
        | RecordKind::Copy { .. }
        | RecordKind::Icmp { .. }
        | RecordKind::ReassemblyTimeout { .. }
        | RecordKind::LinkChanged { .. }
        | RecordKind::Act(_)
        | RecordKind::Intervention { .. } => {}
    }
    reason(json, session, run, record.id);
    json.close('}');
}

fn endpoint(json: &mut Json, trace: &Trace, host: HostId, record: RecordId) {
    let status = trace.status(host, record);
    let number = |seq: SeqNumber| Some(u64::from(seq.value()));
    json.open('{');
    json.member("name", Some(&trace.host(host).name));
    json.member("state", Some(status.state.name()));
    json.number("iss", status.iss.and_then(number));
    json.number("irs", status.irs.and_then(number));
    json.name("snd");
    json.open('{');
    json.number("una", number(status.snd_una));
    json.number("nxt", number(status.snd_nxt));
    json.number("wnd", Some(status.snd_wnd.into()));
    json.close('}');
    json.name("rcv");
    json.open('{');
    json.number("nxt", number(status.rcv_nxt));
    json.number("wnd", Some(status.rcv_wnd.into()));
    json.close('}');
    json.number("mss", Some(status.mss.into()));
    json.number("cwnd", Some(status.cwnd.into()));
    json.number("ssthresh", Some(status.ssthresh.into()));
    json.number("flight", Some(status.flight.into()));
    json.number("srtt_us", status.srtt.map(Duration::as_micros));
    json.number("rto_us", Some(status.rto.as_micros()));
    json.name("timers");
    json.open('[');
    for timer in Timer::ALL {
        if let Some(at) = status.timer(timer) {
            json.open('{');
            json.member("name", Some(timer.name()));
            json.number("at_us", Some(at.as_micros()));
            json.close('}');
        }
    }
    json.close(']');
    json.close('}');
}

fn packet(json: &mut Json, trace: &Trace, index: PacketIndex) {
    let packet = trace.packet(index);
    let segment = &packet.segment;
    json.open('{');
    json.member("packet", Some(&trace.packet_name(index)));
    json.member("from", Some(&trace.host(packet.id.from).name));
    json.member("to", Some(&trace.host(packet.to).name));
    json.member("flags", Some(&flags_text(segment)));
    json.number("seq", Some(segment.seq.value().into()));
    json.number("ack", segment.ack.map(|ack| ack.value().into()));
    json.number("wnd", Some(segment.wnd.into()));
    json.number("len", Some(segment.text_len().into()));
    json.number("sent_us", Some(packet.sent.as_micros()));
    json.number("arrives_us", packet.arrives().map(Instant::as_micros));
    json.member("fate", Some(packet.fate.name()));
    json.flag("retransmission", packet.retransmission);
    json.close('}');
}

/// The member `reason`: the rule that decided, or null.
fn reason(json: &mut Json, session: &Session, run: &Run, record: RecordId) {
    let preferences = session.preferences;
    if !first_words_explain(run.trace(), record) {
        learn_now(preferences.locale);
    }
    let whys = because(preferences.locale, run.trace(), record, preferences.numbers);
    json.name("reason");
    let Some(first) = whys.first() else { return json.null() };
    json.open('{');
    json.member("rule", Some(first.rule));
    json.member("rfc", Some(&first.citation.to_string()));
    json.member("text", Some(&first.text));
    json.close('}');
}
