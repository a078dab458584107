//! What is said, taken apart: paragraphs, `code`, *emphasis*, `[[terms]]` and {values}.

use std::ops::Range;

use crate::claim::{self, Claim};

/// A paragraph.
pub type Paragraph = Vec<Inline>;

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// How it is set.
    pub style: Style,
    /// What it is.
    pub piece: Piece,
}

/// How a piece is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As all else.
    Plain,
    /// As code.
    Code,
    /// Stressed.
    Emphasis,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A term of the glossary, and the words that stand for it, where they are not its own.
    Term(String, Option<String>),
    /// A value out of the run.
    Value(Box<Claim>),
}

/// What is wrong with a text, and which octets of it.
pub type MarkupFault = (Range<usize>, String);

/// Takes a text apart. What is wrong with it is told besides; the rest is there all the same.
#[must_use]
pub fn paragraphs(text: &str) -> (Vec<Paragraph>, Vec<MarkupFault>) {
    let mut faults = Vec::new();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let end = blank_line(rest).unwrap_or(rest.len());
        let paragraph = Taker::new(&rest[..end], start).take(&mut faults);
        if !paragraph.is_empty() {
            paragraphs.push(paragraph);
        }
        let after = &rest[end..];
        start += end + (after.len() - after.trim_start().len());
        if after.trim_start().is_empty() {
            break;
        }
    }
    (paragraphs, faults)
}

/// Where the first line is that has nothing on it.
fn blank_line(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if offset > 0 && line.trim().is_empty() {
            return Some(offset);
        }
        offset += line.len();
    }
    None
}

struct Taker<'a> {
    text: &'a str,
    /// Where the paragraph begins in the whole.
    start: usize,
    offset: usize,
    done: Paragraph,
    words: String,
    style: Style,
    style_from: usize,
}

impl<'a> Taker<'a> {
    fn new(text: &'a str, start: usize) -> Self {
        let text = text.trim_end();
        let offset = text.len() - text.trim_start().len();
        let (done, words) = (Vec::new(), String::new());
        Self { text, start, offset, done, words, style: Style::Plain, style_from: 0 }
    }

    fn take(mut self, faults: &mut Vec<MarkupFault>) -> Paragraph {
        while let Some(character) = self.text[self.offset..].chars().next() {
            let rest = &self.text[self.offset..];
            match character {
                '`' => self.toggles(Style::Code),
                '*' if self.style != Style::Code => self.toggles(Style::Emphasis),
                '{' if rest.starts_with("{{") => self.word("{", 2),
                '}' if rest.starts_with("}}") => self.word("}", 2),
                '{' => self.value(faults),
                '}' => {
                    let what = "a } that closes nothing; one that is meant stands twice: }}";
                    self.fault(faults, 1, what);
                    self.offset += 1;
                }
                '[' if rest.starts_with("[[") && self.style != Style::Code => self.term(faults),
                '\n' => self.line_end(),
                other => {
                    self.words.push(other);
                    self.offset += other.len_utf8();
                }
            }
        }
        if self.style != Style::Plain {
            let sign = if self.style == Style::Code { '`' } else { '*' };
            self.offset = self.style_from;
            self.fault(faults, 1, &format!("this {sign} is not closed in its paragraph"));
        }
        self.flush();
        self.done
    }

    fn fault(&self, faults: &mut Vec<MarkupFault>, length: usize, what: &str) {
        let at = self.start + self.offset;
        faults.push((at..at + length, what.to_owned()));
    }

    fn flush(&mut self) {
        if !self.words.is_empty() {
            let piece = Piece::Text(std::mem::take(&mut self.words));
            self.done.push(Inline { style: self.style, piece });
        }
    }

    fn word(&mut self, word: &str, length: usize) {
        self.words.push_str(word);
        self.offset += length;
    }

    fn toggles(&mut self, style: Style) {
        self.flush();
        if self.style == style {
            self.style = Style::Plain;
        } else {
            (self.style, self.style_from) = (style, self.offset);
        }
        self.offset += 1;
    }

    /// A line's end is a space, but between Chinese characters, which have none, and beside a sign of
    /// theirs, which brings its own room along.
    fn line_end(&mut self) {
        let rest = &self.text[self.offset..];
        let after = rest.trim_start();
        let before = self.words.trim_end().len();
        self.words.truncate(before);
        let wide = |character: Option<char>| character.is_some_and(|it| it >= '\u{2e80}');
        let sign = |character: Option<char>| {
            character
                .is_some_and(|it| matches!(it, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}'))
        };
        let (left, right) = (self.words.chars().last(), after.chars().next());
        if !(wide(left) && wide(right) || sign(left) || sign(right)) {
            self.words.push(' ');
        }
        self.offset += rest.len() - after.len();
    }

    /// What stands up to a sign that closes it.
    fn until(&mut self, open: &str, close: &str, faults: &mut Vec<MarkupFault>) -> Option<&'a str> {
        let text = self.text;
        let rest = &text[self.offset + open.len()..];
        let Some(end) = rest.find(close) else {
            self.fault(faults, open.len(), &format!("this {open} is not closed by {close}"));
            self.offset += open.len();
            return None;
        };
        Some(&rest[..end])
    }

    fn value(&mut self, faults: &mut Vec<MarkupFault>) {
        let Some(inner) = self.until("{", "}", faults) else { return };
        self.flush();
        match claim::parse(inner) {
            Ok(claim) => {
                let piece = Piece::Value(Box::new(claim));
                self.done.push(Inline { style: self.style, piece });
            }
            Err(wrong) => {
                let at = self.start + self.offset + 1;
                faults.push((at + wrong.at.start..at + wrong.at.end, wrong.what));
            }
        }
        self.offset += inner.len() + 2;
    }

    fn term(&mut self, faults: &mut Vec<MarkupFault>) {
        let Some(inner) = self.until("[[", "]]", faults) else { return };
        self.flush();
        let (id, shown) = inner.split_once('|').map_or((inner, None), |(id, it)| (id, Some(it)));
        let piece = Piece::Term(id.trim().to_owned(), shown.map(|it| it.trim().to_owned()));
        self.done.push(Inline { style: self.style, piece });
        self.offset += inner.len() + 4;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let (paragraphs, faults) = paragraphs(text);
        let mut shown = String::new();
        for paragraph in &paragraphs {
            for Inline { style, piece } in paragraph {
                let piece = match piece {
                    Piece::Text(text) => text.clone(),
                    Piece::Term(id, shown) => format!("<{id} {shown:?}>"),
                    Piece::Value(claim) => format!("={}", claim.text),
                };
                shown.push_str(&match style {
                    Style::Plain => piece,
                    Style::Code => format!("C({piece})"),
                    Style::Emphasis => format!("E({piece})"),
                });
            }
            shown.push('¶');
        }
        for (at, what) in faults {
            shown.push_str(&format!(" {}: {what}", text.get(at).unwrap_or("?")));
        }
        shown
    }

    #[test]
    fn a_text_is_taken_apart() {
        for (text, expected) in [
            ("", ""),
            ("\n one\n two \n\n  \nthree\n", "one two¶three¶"),
            ("握手\n之后 `SYN`\n到达", "握手之后 C(SYN) 到达¶"),
            ("到达。\nFIN 发出\n（RST）", "到达。FIN 发出（RST）¶"),
            ("`ack={segment.ack}` is *not* it", "C(ack=)C(=segment.ack) is E(not) it¶"),
            ("a [[mss]] of [[isn|numbers]]", "a <mss None> of <isn Some(\"numbers\")>¶"),
            ("{{x}} `a*b`", "{x} C(a*b)¶"),
            ("a *b", "a E(b)¶ *: this * is not closed in its paragraph"),
            ("a }", "a ¶ }: a } that closes nothing; one that is meant stands twice: }}"),
            ("a {b", "a b¶ {: this { is not closed by }"),
            ("a {b = c}", "a ¶ =: two values are compared by `==`"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
