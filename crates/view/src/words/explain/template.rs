//! Sentences with gaps, and what fills them.
//!
//! A sentence is data, not code: `"SND.UNA moves from {from} to {to}."` So a language is a table
//! that its speaker can read from top to bottom, and the page stays small.

use tcpscope_tcp::{Duration, SeqNumber, State};

use super::texts::{Texts, capitalized};
use super::{Bases, Context};
use crate::words::numbers::duration_text;

/// What fills a gap.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// A number that the host sends.
    Sent(SeqNumber),
    /// A number that the host receives.
    Received(SeqNumber),
    /// An initial sequence number that the host chooses: said as it is, and as it is shown.
    Initial(SeqNumber),
    /// Octets, with the unit. The largest number stands for there being no limit.
    Octets(u32),
    /// Segments, with the unit.
    Segments(u32),
    /// A bare number.
    Count(u32),
    /// A span of time.
    Span(Duration),
    /// A state.
    State(State),
    /// Words.
    Text(&'a str),
}

/// A gap's name, and what fills it.
pub(super) type Gap<'a> = (&'static str, Value<'a>);

/// Fills the gaps of a sentence. `{host}` and `{peer}` are always known; `{Host}` and `{Peer}`
/// begin a sentence.
pub(super) fn fill(
    template: &str,
    gaps: &[Gap<'_>],
    texts: &Texts,
    context: &Context<'_>,
) -> String {
    let mut sentence = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, gap)| Some((before, gap.split_once('}')?)))
    {
        join(&mut sentence, before, texts);
        match name {
            "host" => join(&mut sentence, &texts.host.of(context.host), texts),
            "Host" => join(&mut sentence, &capitalized(&texts.host.of(context.host)), texts),
            "peer" => join(&mut sentence, &texts.host.of(context.peer), texts),
            "Peer" => join(&mut sentence, &capitalized(&texts.host.of(context.peer)), texts),
            _ => match gaps.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => {
                    join(&mut sentence, &said(*value, texts, context.bases), texts);
                }
                None => sentence.extend(["{", name, "}"]),
            },
        }
        rest = after;
    }
    join(&mut sentence, rest, texts);
    sentence
}

/// What fills a gap, in words.
pub(super) fn said(value: Value<'_>, texts: &Texts, bases: Bases) -> String {
    let from = |base, number: SeqNumber| number.distance_from(base).to_string();
    match value {
        Value::Sent(number) => from(bases.send, number),
        Value::Received(number) => from(bases.receive, number),
        Value::Initial(number) if bases.send == SeqNumber::default() => number.to_string(),
        Value::Initial(number) => {
            texts.shown_as.fill([&number.to_string(), &from(bases.send, number)])
        }
        Value::Octets(u32::MAX) => texts.no_limit.into(),
        Value::Octets(1) => texts.octet.into(),
        Value::Octets(octets) => format!("{octets}{}", texts.octets),
        Value::Segments(1) => texts.segment.into(),
        Value::Segments(segments) => format!("{segments}{}", texts.segments),
        Value::Count(count) => count.to_string(),
        Value::Span(span) => duration_text(span),
        Value::State(state) => state.name().into(),
        Value::Text(text) => text.into(),
    }
}

/// Adds a piece. Chinese puts a space between its own characters and Latin letters or digits.
fn join(sentence: &mut String, piece: &str, texts: &Texts) {
    let meet = (sentence.chars().next_back(), piece.chars().next());
    if let (Some(left), Some(right)) = meet
        && ((is_han(left) && is_latin(right)) || (is_latin(left) && is_han(right)))
    {
        sentence.push_str(texts.between_scripts);
    }
    sentence.push_str(piece);
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric()
}
