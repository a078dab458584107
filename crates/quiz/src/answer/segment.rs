//! Segments as they are typed: as this page writes them, as tcpdump and Wireshark do, as textbooks do.
//!
//! `SYN,ACK seq=0 ack=1 len=0`, `syn ack seq 0 ack 1`, `Flags [S.], seq 0, ack 1`, `SA seq=y ack=x+1`.

use tcpscope_sim::{HostId, PacketKind};
use tcpscope_tcp::SeqNumber;
use tcpscope_view::{Bases, Numbers};

use super::parse::{number, short};
use super::{ACK, AnswerError, FLAGS, NextSegment};
use crate::expected::next_segment;
use crate::{Question, Quiz};

/// The letters of tcpdump and of Wireshark, and what each stands for.
const LETTERS: [(char, &str); 10] = [
    ('S', "SYN"),
    ('F', "FIN"),
    ('R', "RST"),
    ('P', "PSH"),
    ('.', "ACK"),
    ('A', "ACK"),
    ('U', "URG"),
    ('E', "ECE"),
    ('W', "CWR"),
    ('C', "CWR"),
];

/// No run sends as much: a number that is further from its initial one is not counted from there.
const FAR: u32 = 1 << 28;

/// The segment that a text means; `None`: that there is none.
pub(super) fn segment(
    quiz: &Quiz<'_>,
    question: &Question,
    host: HostId,
    text: &str,
) -> Result<Option<NextSegment>, AnswerError> {
    if ["none", "nothing", "无"].iter().any(|none| none.eq_ignore_ascii_case(text)) {
        return Ok(None);
    }
    let spaces = Spaces::of(quiz, question, host);
    let text = plain(text);
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    let mut typed = Typed::default();
    while let Some(word) = words.next() {
        let lower = word.to_ascii_lowercase();
        if lower == "flags" {
            continue;
        }
        if let Some((field, value)) = lower.split_once(['=', ':']) {
            typed.field(field, value, &spaces)?;
        } else if is_field(&lower) && words.peek().is_some_and(|next| is_value(next)) {
            let value = words.next().unwrap_or_default().to_ascii_lowercase();
            typed.field(&lower, &value, &spaces)?;
        } else {
            typed.flags(word)?;
        }
    }
    typed.segment().map(Some)
}

/// One way to write what is written in several: ASCII, no brackets, one space between words, none
/// around signs.
fn plain(text: &str) -> String {
    let sign = |letter: char| match letter {
        '，' | '、' | '；' | ',' | ';' | '|' | '&' | '/' | '[' | ']' | '(' | ')' | '<' | '>'
        | '（' | '）' | '\t' | '\u{a0}' | '\u{3000}' => ' ',
        '＝' => '=',
        '：' => ':',
        '＋' => '+',
        '。' => '.',
        other => other,
    };
    let words: String = text.chars().map(sign).collect();
    let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    ["=", ":", "+"].iter().fold(words, |words, sign| {
        words.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign)
    })
}

fn is_field(word: &str) -> bool {
    ["seq", "ack", "len", "length"].contains(&word)
}

fn is_value(word: &str) -> bool {
    let letters = word.to_ascii_lowercase();
    letters.starts_with(|letter: char| letter.is_ascii_digit()) || symbol(&letters).is_some()
}

/// What of a segment has been typed.
#[derive(Default)]
struct Typed {
    flags: u8,
    seq: Option<u32>,
    ack: Option<u32>,
    len: Option<u32>,
    /// The length that a range tells, as in `seq 1:101`.
    range: Option<u32>,
}

impl Typed {
    fn field(&mut self, field: &str, value: &str, spaces: &Spaces) -> Result<(), AnswerError> {
        let (name, slot, value) = match field {
            "seq" => {
                let (from, to) = value.split_once(':').unwrap_or((value, ""));
                let first = spaces.read("seq", from, spaces.send)?;
                if !to.is_empty() {
                    let end = spaces.read("seq", to, spaces.send)?;
                    self.range = Some(end.wrapping_sub(first));
                }
                ("seq", &mut self.seq, first)
            }
            "ack" => ("ack", &mut self.ack, spaces.read("ack", value, spaces.receive)?),
            "len" | "length" => ("len", &mut self.len, number("len", value)?),
            _ => {
                let known = "seq=, ack=, len=".to_owned();
                let word = short(&format!("{field}={value}"));
                return Err(AnswerError::Unknown { word, known });
            }
        };
        if slot.replace(value).is_some() {
            return Err(AnswerError::Twice { field: name });
        }
        Ok(())
    }

    /// One word of flags: `SYN`, `SYN+ACK`, `syn-ack`, `SYNACK`, `S.`.
    fn flags(&mut self, word: &str) -> Result<(), AnswerError> {
        let bits = flags_in(word).ok_or_else(|| {
            let known = FLAGS.map(|(name, _)| name).join(", ");
            let known = format!("{known}, seq=, ack=, len=");
            AnswerError::Unknown { word: short(word), known }
        })?;
        for bit in bits {
            if self.flags & bit != 0 {
                let name = FLAGS.into_iter().find(|(_, known)| *known == bit);
                return Err(AnswerError::Twice { field: name.map_or("", |(name, _)| name) });
            }
            self.flags |= bit;
        }
        Ok(())
    }

    fn segment(self) -> Result<NextSegment, AnswerError> {
        let Self { flags, seq, ack, len, range } = self;
        let missing = |field| Err(AnswerError::Missing { field });
        let Some(seq) = seq else { return missing("seq") };
        if flags == 0 {
            return missing("flags");
        }
        if flags & ACK != 0 && ack.is_none() {
            return missing("ack");
        }
        // Without the flag the number means nothing.
        if flags & ACK == 0 && ack.is_some() {
            return missing("ACK");
        }
        Ok(NextSegment { flags, seq, ack, len: len.or(range).unwrap_or(0) })
    }
}

/// The bits that a word names: by names that stand together, or by letters.
fn flags_in(word: &str) -> Option<Vec<u8>> {
    let names: String = word.chars().filter(|letter| !matches!(letter, '+' | '-' | '_')).collect();
    let named = || {
        let mut rest = names.to_ascii_uppercase();
        let mut bits = Vec::new();
        while !rest.is_empty() {
            let (name, bit) = FLAGS.into_iter().find(|(name, _)| rest.starts_with(name))?;
            bits.push(bit);
            rest = rest.split_off(name.len());
        }
        (!bits.is_empty()).then_some(bits)
    };
    let by_letter = |letter: char| {
        let (_, name) = LETTERS.into_iter().find(|(known, _)| *known == letter)?;
        FLAGS.into_iter().find(|(known, _)| *known == name).map(|(_, bit)| bit)
    };
    named().or_else(|| word.chars().map(by_letter).collect())
}

/// The two spaces of numbers of a connection, as the sender of a segment sees them.
struct Spaces {
    numbers: Numbers,
    /// Its own initial number.
    send: SeqNumber,
    /// The peer's.
    receive: SeqNumber,
    /// Whether it sent the first SYN: then x is its own initial number, and y its peer's.
    opens: bool,
}

/// The initial numbers that textbooks write letters for.
#[derive(Clone, Copy)]
enum Symbol {
    /// Of whoever opened the connection.
    X,
    /// Of the other.
    Y,
}

/// A letter, and what is added to it: `x`, `x+1`.
fn symbol(text: &str) -> Option<(Symbol, u32)> {
    let (letter, more) = text.split_once('+').unwrap_or((text, "0"));
    let symbol = match letter {
        "x" => Symbol::X,
        "y" => Symbol::Y,
        _ => return None,
    };
    Some((symbol, number("", more).ok()?))
}

impl Spaces {
    fn of(quiz: &Quiz<'_>, question: &Question, host: HostId) -> Self {
        let trace = quiz.trace();
        let by = next_segment(quiz, host, question.at).map_or(question.at, |(record, _)| record);
        let Bases { send, receive, .. } = Bases::of(trace, host, by, Numbers::Relative);
        let is_first = |packet: &&tcpscope_sim::Packet| {
            packet.id.kind == PacketKind::Syn && [packet.id.from, packet.to].contains(&host)
        };
        let opens = trace.packets().iter().find(is_first).is_none_or(|syn| syn.id.from == host);
        Self { numbers: quiz.numbers(), send, receive, opens }
    }

    /// A number as the learner sees numbers: typed so, or otherwise where that is the only way to
    /// read it. `base` is the initial number of the space that it belongs to.
    fn read(&self, field: &'static str, text: &str, base: SeqNumber) -> Result<u32, AnswerError> {
        let shown = |absolute: SeqNumber| match self.numbers {
            Numbers::Relative => absolute.distance_from(base),
            Numbers::Absolute => absolute.distance_from(SeqNumber::default()),
        };
        if let Some((symbol, more)) = symbol(text) {
            let own = matches!(symbol, Symbol::X) == self.opens;
            return Ok(shown(if own { self.send } else { self.receive } + more));
        }
        let typed = number(field, text)?;
        let absolute = SeqNumber::default() + typed;
        let is_near = absolute.distance_from(base) < FAR;
        Ok(match self.numbers {
            Numbers::Relative if typed >= FAR && is_near => shown(absolute),
            Numbers::Absolute if typed < FAR && !is_near => shown(base + typed),
            Numbers::Relative | Numbers::Absolute => typed,
        })
    }
}
