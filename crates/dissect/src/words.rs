//! What is said of a capture's file.

use tcpscope_view::{Locale, messages};

use crate::conversations::{Conversation, Opener};
use crate::damage::{Damage, Flaw};
use crate::packet::LeftOut;

/// Where a file is damaged, and what is wrong there.
#[must_use]
pub fn damage_in_words(damage: Damage, locale: Locale) -> String {
    let words = &messages(locale).captures;
    words.damaged.fill([&damage.at.to_string(), &flaw_in_words(damage.what, locale)])
}

/// What is wrong with a record of a file.
#[must_use]
pub fn flaw_in_words(flaw: Flaw, locale: Locale) -> String {
    let words = &messages(locale).captures.flaw;
    let text = |number: u64| number.to_string();
    match flaw {
        Flaw::NotACapture => words.not_a_capture.into(),
        Flaw::CutShort { needed, found } => words.cut_short.fill([&text(needed), &text(found)]),
        Flaw::TooLong { length, most } => words.too_long.fill([&text(length), &text(most)]),
        Flaw::UnevenBlock { length } => words.uneven_block.fill([&text(length)]),
        Flaw::LengthsDiffer { first, last } => {
            words.lengths_differ.fill([&text(first), &text(last)])
        }
        Flaw::OverrunsBlock { packet, room } => {
            words.overruns_block.fill([&text(packet), &text(room)])
        }
        Flaw::NoSuchInterface { interface } => {
            words.no_such_interface.fill([&text(interface.into())])
        }
        Flaw::NoByteOrder => words.no_byte_order.into(),
        Flaw::Version { major } => words.version.fill([&text(major.into())]),
        Flaw::Resolution { exponent } => words.resolution.fill([&text(exponent.into())]),
    }
}

/// Why so many frames are left out.
#[must_use]
pub fn left_out_in_words(why: LeftOut, frames: u64, locale: Locale) -> String {
    let words = &messages(locale).captures.left_out;
    let phrase = match why {
        LeftOut::NotIp => &words.not_ip,
        LeftOut::NotTcp => &words.not_tcp,
        LeftOut::Fragment => &words.fragment,
        LeftOut::Cut => &words.cut,
        LeftOut::Malformed => &words.malformed,
        LeftOut::UnknownLink => &words.unknown_link,
    };
    phrase.fill([&frames.to_string()])
}

/// What of a conversation's course was seen, and what is to be said of its beginning.
#[must_use]
pub fn seen_in_words(conversation: &Conversation, locale: Locale) -> String {
    let words = &messages(locale).captures;
    let names = conversation.completeness.names();
    let names: Vec<&str> =
        names.map(|name| if name == "DATA" { words.data } else { name }).collect();
    let mut seen = names.join(" ");
    let opener = match conversation.opener {
        Opener::Seen => None,
        Opener::Answered => Some(words.opener_answered),
        Opener::Guessed => Some(words.opener_guessed),
    };
    let reused = conversation.reuses_ports.then_some(words.ports_reused);
    for said in [opener, reused].into_iter().flatten() {
        seen.push_str("; ");
        seen.push_str(said);
    }
    seen
}
