//! Which sentence says a record, and what of the record fills its gaps.

use tcpscope_sim::{
    AppCall, CallResult, Done, Intervention, LossCause, PacketIndex, Record, RecordId, RecordKind,
    TimerEvent, Trace, Why,
};
use tcpscope_tcp::{Instant, Notification, Reason};

use super::rules::{Say, timer_text};
use super::template::Value::{Count, Octets, Span, State, Text};
use super::texts::{Records, Texts};
use crate::{Detail, Numbers, segment_label};

/// What happened.
pub(super) fn record_text(
    texts: &Texts,
    trace: &Trace,
    record: &Record,
    numbers: Numbers,
    say: Say<'_>,
) -> String {
    let words = &texts.record;
    let about = |sentence, packet: PacketIndex| {
        let label = segment_label(trace, packet, numbers, Detail::Short);
        say(sentence, &[("segment", Text(&label))])
    };
    match record.kind {
        RecordKind::Call { line, result } => {
            let step = record.host.and_then(|host| trace.host(host).script.get(line));
            let call = step.map_or("?", |step| call_name(&step.call));
            call_text(words, call, result, say)
        }
        RecordKind::Transmit { packet } => {
            let again = trace.packet(packet).retransmission && !answers_a_syn(trace, record.id);
            about(if again { words.sends_again } else { words.sends }, packet)
        }
        RecordKind::Arrive { packet } => about(words.arrives, packet),
        RecordKind::Lost { packet, cause: LossCause::Link } => about(words.lost, packet),
        RecordKind::Lost { packet, cause: LossCause::Intervention } => about(words.dropped, packet),
        RecordKind::Impaired { packet } => about(words.impaired, packet),
        RecordKind::Copy { packet } => about(words.copied, packet),
        RecordKind::Icmp { packet, .. } => about(words.icmp, packet),
        RecordKind::ReassemblyTimeout { packet } => about(words.reassembly_timeout, packet),
        RecordKind::LinkChanged { .. } => say(words.link_changed, &[]),
        RecordKind::Transition { from, to } => {
            say(words.enters, &[("from", State(from)), ("to", State(to))])
        }
        RecordKind::Timer { timer, event } => {
            let timer = ("timer", Text(timer_text(texts, timer)));
            match event {
                TimerEvent::Set(at) => {
                    say(words.timer_set, &[timer, ("span", Span(at.since(record.at)))])
                }
                TimerEvent::Stopped => say(words.timer_stopped, &[timer]),
                TimerEvent::Expired => say(words.timer_expired, &[timer]),
            }
        }
        RecordKind::Deliver { octets } => say(words.deliver, &[("octets", Octets(octets))]),
        RecordKind::Notify(told) => say(notification_text(words, told), &[]),
        RecordKind::Act(ref done) => match **done {
            Done::Crash => say(words.crashes, &[]),
            Done::Restart { .. } => say(words.restarts, &[]),
            Done::Halt { halted: true } => say(words.halts, &[]),
            Done::Halt { halted: false } => say(words.goes_on, &[]),
            Done::Call { name, .. } => say(words.called, &[("call", Text(name))]),
            Done::Forge => say(words.forges, &[]),
            Done::Replay { .. } => say(words.replays, &[]),
        },
        RecordKind::Intervention { packet, ref intervention } => match **intervention {
            Intervention::Drop(_) => about(words.will_be_dropped, packet),
            Intervention::Delay { by, .. } => {
                let label = segment_label(trace, packet, numbers, Detail::Short);
                say(words.delayed, &[("segment", Text(&label)), ("by", Span(by))])
            }
            Intervention::Duplicate { .. } => about(words.will_be_doubled, packet),
            Intervention::Corrupt { bit, .. } => {
                let label = segment_label(trace, packet, numbers, Detail::Short);
                say(words.will_be_damaged, &[("segment", Text(&label)), ("bit", Count(bit))])
            }
            Intervention::Hold { until, .. } => {
                let label = segment_label(trace, packet, numbers, Detail::Short);
                let until = Span(until.since(Instant::ZERO));
                say(words.will_be_held, &[("segment", Text(&label)), ("until", until)])
            }
            Intervention::Swap { .. } => about(words.will_be_swapped, packet),
        },
    }
}

/// In a simultaneous opening our SYN goes out again, but as part of an answer: to say "again" of
/// a SYN,ACK that nobody has seen would mislead.
fn answers_a_syn(trace: &Trace, record: RecordId) -> bool {
    let answers = |why: &Why| matches!(why, Why::Tcp(Reason::SimultaneousOpen { .. }));
    trace.whys(record).iter().any(answers)
}

/// A call's name in C.
pub(crate) const fn call_name(call: &AppCall) -> &'static str {
    call.name()
}

fn call_text(words: &Records, call: &str, result: CallResult, say: Say<'_>) -> String {
    let call = ("call", Text(call));
    match result {
        CallResult::Ok => say(words.call, &[call]),
        CallResult::Sent(octets) => say(words.call_sent, &[call, ("octets", Octets(octets))]),
        CallResult::Received(octets) => {
            say(words.call_received, &[call, ("octets", Octets(octets))])
        }
        CallResult::Waits => say(words.call_waits, &[call]),
        CallResult::EndOfStream => say(words.call_end_of_stream, &[call]),
        CallResult::Refused(error) => {
            say(words.call_refused, &[call, ("error", Text(&error.to_string()))])
        }
        CallResult::Failed(errno) => {
            say(words.call_refused, &[call, ("error", Text(errno.name()))])
        }
    }
}

const fn notification_text(words: &Records, told: Notification) -> &'static str {
    match told {
        Notification::Connected => words.connected,
        Notification::PeerClosed => words.peer_closed,
        Notification::CloseAcknowledged => words.close_acknowledged,
        Notification::Reset => words.reset,
        Notification::Refused => words.refused,
        Notification::Unresponsive => words.unresponsive,
        Notification::TimedOut => words.timed_out,
        Notification::Urgent => words.urgent,
    }
}
