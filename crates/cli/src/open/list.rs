//! The list of a capture's conversations.

use std::io::{self, Write};

use serde::Serialize;
use tcpscope_dissect::{
    Conversation, Conversations, End, LeftOut, MOST_CONVERSATIONS, damage_in_words,
    left_out_in_words, seen_in_words, span_text,
};
use tcpscope_view::{CaptureWords, Locale, messages};

use super::WasRead;

/// What is printed of a capture.
pub(super) struct Printed<'a> {
    pub(super) conversations: &'a Conversations,
    pub(super) read: &'a WasRead,
}

/// A conversation. Times are nanoseconds, the first one since 1970 began.
#[derive(Serialize)]
struct Line<'a> {
    conversation: usize,
    client: String,
    server: String,
    opener: &'a str,
    first_frame: u64,
    client_frames: u32,
    server_frames: u32,
    client_octets: u64,
    server_octets: u64,
    client_text: u64,
    server_text: u64,
    begins_ns: Option<i64>,
    lasts_ns: Option<i64>,
    completeness: u8,
    seen: Vec<&'static str>,
    reuses_ports: bool,
}

/// The whole capture.
#[derive(Serialize)]
struct Whole {
    frames: u64,
    octets: u64,
    conversations: usize,
    left_out: Vec<LeftOutFrames>,
    #[serde(skip_serializing_if = "is_none")]
    beyond: u64,
    damage: Option<DamageLine>,
}

#[derive(Serialize)]
struct LeftOutFrames {
    why: &'static str,
    frames: u64,
}

#[derive(Serialize)]
struct DamageLine {
    at: u64,
    what: &'static str,
    text: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_none(frames: &u64) -> bool {
    *frames == 0
}

impl Printed<'_> {
    /// A JSON object a line: one for each conversation, then one for the whole.
    pub(super) fn json(&self, locale: Locale, out: &mut impl Write) -> io::Result<()> {
        for (place, conversation) in self.conversations.list().iter().enumerate() {
            serde_json::to_writer(&mut *out, &line(place + 1, conversation))?;
            out.write_all(b"\n")?;
        }
        let damage = self.read.damage.map(|damage| DamageLine {
            at: damage.at,
            what: damage.what.name(),
            text: damage_in_words(damage, locale),
        });
        let left_out = self.left_out();
        let left_out = left_out.map(|(why, frames)| LeftOutFrames { why: why.name(), frames });
        let whole = Whole {
            frames: self.read.frames,
            octets: self.read.octets,
            conversations: self.conversations.list().len(),
            left_out: left_out.collect(),
            beyond: self.conversations.beyond(),
            damage,
        };
        serde_json::to_writer(&mut *out, &whole)?;
        out.write_all(b"\n")
    }

    /// A row each, under a row of names, and what there is to be said of the whole.
    pub(super) fn table(&self, locale: Locale, out: &mut impl Write) -> io::Result<()> {
        let words = &messages(locale).captures;
        let list = self.conversations.list();
        let counts = [self.read.frames.to_string(), list.len().to_string()];
        writeln!(out, "{}", words.summary.fill([&counts[0], &counts[1]]))?;
        for (why, frames) in self.left_out() {
            writeln!(out, "{}", left_out_in_words(why, frames, locale))?;
        }
        if self.conversations.beyond() > 0 {
            let counts = [self.conversations.beyond().to_string(), MOST_CONVERSATIONS.to_string()];
            writeln!(out, "{}", words.beyond.fill([&counts[0], &counts[1]]))?;
        }
        if list.is_empty() {
            return writeln!(out, "{}", words.none);
        }
        let mut widths = [1; COLUMNS];
        widen(&mut widths, &names(words));
        // Only a table of some size is laid out by all its rows.
        for (place, conversation) in list.iter().enumerate().take(1 << 12) {
            widen(&mut widths, &self.row(place, conversation, locale));
        }
        writeln!(out)?;
        print(out, &widths, &names(words))?;
        for (place, conversation) in list.iter().enumerate() {
            print(out, &widths, &self.row(place, conversation, locale))?;
        }
        Ok(())
    }

    fn left_out(&self) -> impl Iterator<Item = (LeftOut, u64)> {
        let counted = LeftOut::ALL.into_iter().map(|why| (why, self.conversations.left_out(why)));
        counted.filter(|(_, frames)| *frames > 0)
    }

    fn row(&self, place: usize, conversation: &Conversation, locale: Locale) -> [String; COLUMNS] {
        let [client, server] = conversation.sent;
        let begins = conversation.times.zip(self.conversations.began());
        let begins = begins.map(|((first, _), began)| span_text(first.since(began)));
        [
            (place + 1).to_string(),
            conversation.ends[End::Client.index()].to_string(),
            conversation.ends[End::Server.index()].to_string(),
            format!("{} + {}", client.frames, server.frames),
            format!("{} + {}", client.text, server.text),
            begins.unwrap_or_default(),
            conversation.duration().map(span_text).unwrap_or_default(),
            seen_in_words(conversation, locale),
        ]
    }
}

fn line(conversation: usize, it: &Conversation) -> Line<'_> {
    let [client, server] = it.sent;
    Line {
        conversation,
        client: it.ends[End::Client.index()].to_string(),
        server: it.ends[End::Server.index()].to_string(),
        opener: it.opener.name(),
        first_frame: it.first_frame,
        client_frames: client.frames,
        server_frames: server.frames,
        client_octets: client.octets,
        server_octets: server.octets,
        client_text: client.text,
        server_text: server.text,
        begins_ns: it.times.map(|(first, _)| first.nanos()),
        lasts_ns: it.duration(),
        completeness: it.completeness.bits(),
        seen: it.completeness.names().collect(),
        reuses_ports: it.reuses_ports,
    }
}

const COLUMNS: usize = 8;

/// The first column and those with numbers end at one line; the others begin at one.
const TO_THE_RIGHT: [bool; COLUMNS] = [true, false, false, true, true, true, true, false];

fn names(words: &CaptureWords) -> [String; COLUMNS] {
    let names = [
        "#",
        words.client,
        words.server,
        words.frames,
        words.text,
        words.begins,
        words.lasts,
        words.seen,
    ];
    names.map(String::from)
}

/// How wide a text is in a terminal: Chinese takes two places a character.
fn width(text: &str) -> usize {
    text.chars().map(|one| if one >= '\u{2e80}' { 2 } else { 1 }).sum()
}

fn widen(widths: &mut [usize; COLUMNS], row: &[String; COLUMNS]) {
    for (width_so_far, text) in widths.iter_mut().zip(row) {
        *width_so_far = (*width_so_far).max(width(text));
    }
}

fn print(
    out: &mut impl Write,
    widths: &[usize; COLUMNS],
    row: &[String; COLUMNS],
) -> io::Result<()> {
    for (place, text) in row.iter().enumerate() {
        let room = widths[place].saturating_sub(width(text));
        let before = if place == 0 { "" } else { "  " };
        match (TO_THE_RIGHT[place], place + 1 == COLUMNS) {
            (true, _) => write!(out, "{before}{:room$}{text}", "")?,
            (false, true) => write!(out, "{before}{text}")?,
            (false, false) => write!(out, "{before}{text}{:room$}", "")?,
        }
    }
    writeln!(out)
}
