//! What is written along the lines of a capture's ladder, and how it is to be read.

use tcpscope_tcp::Flags;
use tcpscope_view::{Locale, messages};

use crate::conversations::{Brief, End};
use crate::gather::{Gathered, Seen};
use crate::observe::{Finding, Marks, Observed, Repeat, StateSet, WindowScale};
use crate::tell::{change_in_words, end_in_words, segment_in_words, states_in_words};

use super::CapturedLadder;

/// A segment at several lengths, the longest first.
pub(super) fn segment_texts(observed: &Observed, seen: &Seen) -> [String; 4] {
    let bits = [
        (seen.syn(), "SYN"),
        (seen.fin(), "FIN"),
        (seen.rst(), "RST"),
        (seen.flags.contains(Flags::PSH), "PSH"),
        (seen.ack.is_some(), "ACK"),
    ];
    let names: Vec<&str> = bits.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
    let flags = names.join(",");
    let seq = observed.relative(seen.from, seen.seq).to_string();
    let ack = seen.ack.map(|ack| observed.relative(seen.from.other(), ack).to_string());
    let (mut usual, mut short) = (flags.clone(), String::new());
    match ack {
        Some(ack) if seen.is_empty() && !seen.rst() => {
            usual = [&usual, " ack=", &ack].concat();
            short = ["ACK ", &ack].concat();
        }
        _ => {
            let len = seen.text_len.to_string();
            usual = [&usual, " seq=", &seq, " len=", &len].concat();
            let first = names.first().copied().filter(|_| seen.text_len == 0);
            short.push_str(first.unwrap_or(&seq));
            if seen.text_len > 0 {
                short.push('+');
                short.push_str(&len);
            }
        }
    }
    [segment_in_words(observed, seen), usual, flags, short]
}

/// What a segment is found to be, in a word or two each: what stands out most first. The second says
/// whether it stands out at all, or is only worth a note.
pub(super) fn tags(gathered: &Gathered, finding: &Finding, locale: Locale) -> (Vec<String>, bool) {
    let words = &messages(locale).capture_view.tag;
    let mut tags: Vec<String> = Vec::new();
    let fast = finding.marks.contains(Marks::FAST_RETRANSMISSION);
    let repeat = finding.repeat.map(|repeat| match repeat {
        _ if fast => words.fast,
        Repeat::Retransmission => words.retransmission,
        Repeat::Spurious => words.spurious,
        Repeat::LostBefore => words.lost_before,
        Repeat::OutOfOrder => words.out_of_order,
        Repeat::Unsure => words.unsure,
    });
    tags.extend(repeat.map(String::from));
    let plain = [
        (Marks::ZERO_WINDOW, words.zero_window),
        (Marks::ZERO_WINDOW_PROBE, words.probe),
        (Marks::ZERO_WINDOW_PROBE_ACK, words.probe_ack),
        (Marks::WINDOW_FULL, words.window_full),
        (Marks::LOST_SEGMENT, words.lost_segment),
        (Marks::ACK_LOST_SEGMENT, words.ack_lost),
        (Marks::KEEP_ALIVE, words.keep_alive),
    ];
    let has = |mark: &Marks| finding.marks.contains(*mark);
    tags.extend(plain.iter().filter(|(mark, _)| has(mark)).map(|(_, word)| (*word).to_owned()));
    let stands_out = !tags.is_empty();
    if has(&Marks::DUPLICATE_ACK) {
        tags.push(words.duplicate.fill([&finding.duplicate.to_string()]));
    }
    let notes = [
        (Marks::WINDOW_UPDATE, words.window_update),
        (Marks::KEEP_ALIVE_ACK, words.keep_alive_ack),
    ];
    tags.extend(notes.iter().filter(|(mark, _)| has(mark)).map(|(_, word)| (*word).to_owned()));
    let original = finding.repeats.and_then(|place| gathered.segments.get(place));
    tags.extend(original.map(|seen| words.repeats.fill([&seen.frame.to_string()])));
    (tags, stands_out)
}

/// How the ladder is to be read: a sentence each.
pub(super) fn key(
    ladder: &CapturedLadder,
    gathered: &Gathered,
    observed: &Observed,
    locale: Locale,
) -> Vec<String> {
    let words = &messages(locale).capture_view.key;
    let mut told = vec![words.level.to_owned()];
    told.push(match (ladder.layout.near, ladder.layout.place) {
        (Some(near), _) => words.touches.fill([end_in_words(near, locale)]),
        (None, Some(_)) => words.place.to_owned(),
        (None, None) => words.no_place.to_owned(),
    });
    let repeats = observed.findings.iter().any(|finding| is_again(finding.repeat));
    let folds = !ladder.axis.folds.is_empty();
    let ties = !ladder.ties.is_empty();
    let others =
        [(repeats, words.dashed), (ties, words.ties), (true, words.bands), (folds, words.folds)];
    told.extend(others.into_iter().filter(|(is, _)| *is).map(|(_, text)| text.to_owned()));
    if gathered.beyond > 0 {
        told.push(messages(locale).observed.beyond.fill([&gathered.beyond.to_string()]));
    }
    told
}

/// Whether what it carries was sent before, as far as that shows.
pub(super) fn is_again(repeat: Option<Repeat>) -> bool {
    repeat.is_some_and(Repeat::is_again)
}

/// The states that an end can be in once a segment has passed; before the first, where there is none.
#[must_use]
pub fn states_at(observed: &Observed, end: End, place: Option<usize>) -> StateSet {
    let changes = &observed.states[end.index()];
    let next = changes.partition_point(|change| change.since <= place);
    let last = next.checked_sub(1).and_then(|last| changes.get(last));
    last.map_or_else(StateSet::default, |change| change.states)
}

/// The states of both ends once a segment has passed: a sentence each.
#[must_use]
pub fn states_told(observed: &Observed, place: Option<usize>, locale: Locale) -> Vec<String> {
    let words = &messages(locale).capture_view;
    let told = End::BOTH.map(|end| {
        let states = states_in_words(states_at(observed, end, place), locale);
        words.state_now.fill([end_in_words(end, locale), &states])
    });
    told.to_vec()
}

/// Which states change with a segment, and why: a sentence each.
#[must_use]
pub fn changes_told(observed: &Observed, place: usize, locale: Locale) -> Vec<String> {
    let mut told = Vec::new();
    for end in End::BOTH {
        let changes = &observed.states[end.index()];
        let first = changes.partition_point(|change| change.since < Some(place));
        let here = changes.iter().skip(first).take_while(|change| change.since == Some(place));
        told.extend(here.map(|change| change_in_words(end, change, locale)));
    }
    told
}

/// What shows of a conversation, in short.
#[must_use]
pub fn brief_in_words(brief: Brief, was_reset: bool, locale: Locale) -> String {
    let words = &messages(locale).capture_view.brief;
    let counts = [
        (brief.repeats, &words.repeats),
        (brief.gaps, &words.gaps),
        (brief.duplicates, &words.duplicates),
        (brief.zero_windows, &words.zero_windows),
    ];
    let counted = counts.iter().filter(|(count, _)| *count > 0);
    let mut told: Vec<String> =
        counted.map(|(count, words)| words.fill([&count.to_string()])).collect();
    told.extend(was_reset.then(|| words.reset.to_owned()));
    if told.is_empty() {
        return words.nothing.to_owned();
    }
    told.join(match locale {
        Locale::En => ", ",
        Locale::ZhCn => "，",
    })
}

/// Whether windows can be drawn.
pub(super) fn has_windows(observed: &Observed, of: End) -> bool {
    observed.ends[of.index()].scale != WindowScale::Unknown
}
