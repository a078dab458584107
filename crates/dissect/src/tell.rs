//! What shows of a conversation, in words.

use tcpscope_scenario::MAX_SENT_OCTETS;
use tcpscope_tcp::{Duration, SeqNumber};
use tcpscope_view::{Locale, duration_text, messages};

use crate::conversations::{Completeness, End, Opener};
use crate::gather::{Gathered, Seen};
use crate::observe::{Cause, Finding, Marks, Observed, Repeat, StateChange, StateSet, WindowScale};
use crate::replay::NoReplay;

/// A span of nanoseconds, to the microsecond.
#[must_use]
pub fn span_text(nanos: i64) -> String {
    let text = duration_text(Duration::from_micros(nanos.unsigned_abs() / 1_000));
    if nanos < 0 { format!("−{text}") } else { text }
}

/// An end, in words.
#[must_use]
pub fn end_in_words(end: End, locale: Locale) -> &'static str {
    let words = &messages(locale).captures;
    match end {
        End::Client => words.client,
        End::Server => words.server,
    }
}

/// A segment as it stands, in the RFC's terms: `SYN,ACK seq=0 ack=1 win=65160 len=0`.
#[must_use]
pub fn segment_in_words(observed: &Observed, seen: &Seen) -> String {
    let mut names: Vec<&str> = Vec::new();
    let bits = [(seen.syn(), "SYN"), (seen.fin(), "FIN"), (seen.rst(), "RST")];
    names.extend(bits.into_iter().filter(|(is, _)| *is).map(|(_, name)| name));
    let push = seen.flags.contains(tcpscope_tcp::Flags::PSH);
    names.extend(push.then_some("PSH"));
    names.extend(seen.ack.map(|_| "ACK"));
    let mut text = names.join(",");
    let mut add = |name: &str, number: u32| {
        text.push(' ');
        text.push_str(name);
        text.push('=');
        text.push_str(&number.to_string());
    };
    add("seq", observed.relative(seen.from, seen.seq));
    if let Some(ack) = seen.ack {
        add("ack", observed.relative(seen.from.other(), ack));
    }
    let scale = observed.ends[seen.from.index()].scale;
    let window = match scale {
        WindowScale::Known(shift) if !seen.syn() => u32::from(seen.wnd) << shift,
        WindowScale::Known(_) | WindowScale::Unknown => seen.wnd.into(),
    };
    add("win", window);
    add("len", seen.text_len);
    if !seen.options.sack.is_empty() {
        text.push_str(" sack=");
        let of = seen.from.other();
        let number = |number: &SeqNumber| observed.relative(of, *number).to_string();
        let blocks = seen.options.sack.blocks().iter();
        let blocks: Vec<String> =
            blocks.map(|(left, right)| format!("{}–{}", number(left), number(right))).collect();
        text.push_str(&blocks.join(","));
    }
    text
}

/// What shows of a segment: a sentence each.
#[must_use]
pub fn finding_in_words(
    gathered: &Gathered,
    observed: &Observed,
    place: usize,
    locale: Locale,
) -> Vec<String> {
    let (Some(seen), Some(finding)) = (gathered.segments.get(place), observed.findings.get(place))
    else {
        return Vec::new();
    };
    let words = &messages(locale).observed.mark;
    let mut told = repeat_in_words(finding, locale);
    let other = |place: Option<usize>| gathered.segments.get(place?);
    if let Some(original) = other(finding.repeats) {
        let after = seen.at.zip(original.at).map(|(at, before)| span_text(at.since(before)));
        let frame = original.frame.to_string();
        told.push(match after {
            Some(after) => words.repeats_after.fill([&frame, &after]),
            None => words.repeats.fill([&frame]),
        });
    }
    if let Some(repeat) = other(finding.repeated_by) {
        let after = repeat.at.zip(seen.at).map(|(later, at)| span_text(later.since(at)));
        let frame = repeat.frame.to_string();
        told.push(match after {
            Some(after) => words.repeated_after.fill([&frame, &after]),
            None => words.repeated.fill([&frame]),
        });
    }
    for mark in finding.marks.iter() {
        told.extend(mark_in_words(observed, seen, finding, mark, locale));
    }
    if let (Some(trip), Some(first)) = (finding.round_trip, finding.acknowledges) {
        let frame = gathered.segments.get(first).map_or(0, |first| first.frame);
        told.push(words.round_trip.fill([&span_text(trip), &frame.to_string()]));
    }
    told
}

fn repeat_in_words(finding: &Finding, locale: Locale) -> Vec<String> {
    let words = &messages(locale).observed.mark;
    let repeat = finding.repeat.map(|repeat| match repeat {
        Repeat::Retransmission => words.retransmission,
        Repeat::Spurious => words.spurious,
        Repeat::LostBefore => words.lost_before,
        Repeat::OutOfOrder => words.out_of_order,
        Repeat::Unsure => words.unsure,
    });
    repeat.map(String::from).into_iter().collect()
}

fn mark_in_words(
    observed: &Observed,
    seen: &Seen,
    finding: &Finding,
    mark: Marks,
    locale: Locale,
) -> Option<String> {
    let words = &messages(locale).observed.mark;
    let ack = seen.ack.map(|ack| observed.relative(seen.from.other(), ack).to_string());
    let ack = ack.unwrap_or_default();
    Some(match mark {
        Marks::LOST_SEGMENT => {
            let seq = observed.relative(seen.from, seen.seq).to_string();
            let next = finding.next.map(|next| observed.relative(seen.from, next).to_string());
            words.lost_segment.fill([&seq, &next.unwrap_or_default()])
        }
        Marks::ACK_LOST_SEGMENT => words.ack_lost_segment.fill([&ack]),
        Marks::DUPLICATE_ACK => words.duplicate_ack.fill([&finding.duplicate.to_string(), &ack]),
        Marks::WINDOW_UPDATE => match finding.window {
            Some(window) => words.window_update.fill([&window.to_string()]),
            None => words.window_update_unscaled.fill([&seen.wnd.to_string()]),
        },
        Marks::ZERO_WINDOW => words.zero_window.into(),
        Marks::WINDOW_FULL => words.window_full.into(),
        Marks::ZERO_WINDOW_PROBE => words.zero_window_probe.into(),
        Marks::ZERO_WINDOW_PROBE_ACK => words.zero_window_probe_ack.into(),
        Marks::KEEP_ALIVE => words.keep_alive.into(),
        Marks::KEEP_ALIVE_ACK => words.keep_alive_ack.into(),
        Marks::FAST_RETRANSMISSION => words.fast_retransmission.into(),
        _ => return None,
    })
}

/// States, joined by "or".
#[must_use]
pub fn states_in_words(states: StateSet, locale: Locale) -> String {
    let names: Vec<&str> = states.states().map(tcpscope_tcp::State::name).collect();
    names.join(messages(locale).observed.or)
}

/// That an end is in other states from here on, and why.
#[must_use]
pub fn change_in_words(end: End, change: &StateChange, locale: Locale) -> String {
    let words = &messages(locale).observed;
    let cause = match change.cause {
        Cause::Begins => words.cause.begins,
        Cause::SendsSyn => words.cause.sends_syn,
        Cause::SendsSynAck => words.cause.sends_syn_ack,
        Cause::SendsFin => words.cause.sends_fin,
        Cause::SendsRst => words.cause.sends_rst,
        Cause::Shows => words.cause.shows,
        Cause::MayHaveSyn => words.cause.may_have_syn,
        Cause::MayHaveFin => words.cause.may_have_fin,
        Cause::MayHaveRst => words.cause.may_have_rst,
        Cause::MayHaveAck => words.cause.may_have_ack,
    };
    words.state.fill([end_in_words(end, locale), &states_in_words(change.states, locale), cause])
}

/// What is to be said of the whole conversation: above all what cannot be known.
#[must_use]
pub fn remarks_in_words(gathered: &Gathered, observed: &Observed, locale: Locale) -> Vec<String> {
    let words = &messages(locale).observed.remark;
    let mut told = Vec::new();
    let [client, server] = observed.vantage.to.map(|trips| trips.least.map(span_text));
    told.push(match (client, server) {
        (Some(client), Some(server)) => {
            let phrase = match observed.vantage.near() {
                Some(End::Client) => &words.near_client,
                Some(End::Server) => &words.near_server,
                None => &words.between,
            };
            phrase.fill([&client, &server])
        }
        _ => words.nowhere.into(),
    });
    told.push(words.arrivals.into());
    let is_unknown = observed.ends.iter().any(|end| end.no_syn);
    let remarks = [
        (gathered.conversation.opener == Opener::Guessed, words.no_opening),
        (is_unknown, words.no_syn),
        (is_unknown, words.scale_unknown),
    ];
    told.extend(remarks.into_iter().filter(|(is, _)| *is).map(|(_, text)| text.into()));
    for end in End::BOTH {
        let known = observed.ends[end.index()];
        let name = end_in_words(end, locale);
        if known.unseen > 0 {
            told.push(words.unseen.fill([name, &known.unseen.to_string()]));
        }
        let most = observed.ends[end.other().index()].mss.map(u32::from);
        if let Some(most) = most.filter(|most| known.longest > *most) {
            told.push(words.offload.fill([name, &known.longest.to_string(), &most.to_string()]));
        }
    }
    let seen = gathered.conversation.completeness;
    if !seen.contains(Completeness::FIN) && !seen.contains(Completeness::RST) {
        told.push(words.open_end.into());
    }
    told.push(words.calls.into());
    told
}

/// Why no scenario can be made of a conversation.
#[must_use]
pub fn no_replay_in_words(why: &NoReplay, locale: Locale) -> String {
    let words = &messages(locale).observed.replay;
    match why {
        NoReplay::Nothing => words.no_text.into(),
        NoReplay::TooMuch { octets } => {
            words.too_much.fill([&octets.to_string(), &MAX_SENT_OCTETS.to_string()])
        }
        NoReplay::Scenario(error) => words.refused.fill([&error.to_string()]),
        NoReplay::Setup(error) => words.refused.fill([&error.to_string()]),
    }
}
