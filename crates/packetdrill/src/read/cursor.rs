//! Where the reader stands in the text.

use std::str::FromStr;

/// What was read, or why not.
pub(super) type Read<T> = Result<T, Fail>;

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fail {
    /// The octet at which it stands.
    pub(super) at: usize,
    /// What it is, and what would be right.
    pub(super) what: String,
    /// Whether it is good packetdrill.
    pub(super) is_outside: bool,
}

impl Fail {
    pub(super) fn wrong(at: usize, what: impl Into<String>) -> Self {
        Self { at, what: what.into(), is_outside: false }
    }

    /// Something of which a simulation can make nothing.
    pub(super) fn outside(at: usize, what: &str, why: &str) -> Self {
        let what = format!("{what} is outside of what a simulation can mean: {why}");
        Self { at, what, is_outside: true }
    }
}

/// The reader's place.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// Where what was last taken ends.
    end: usize,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, end: 0 }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// Where what was taken last ends, before blanks.
    pub(super) const fn end(&self) -> usize {
        self.end
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on so many octets, which are whole characters.
    pub(super) const fn advance(&mut self, octets: usize) {
        self.at += octets;
        self.end = self.at;
    }

    /// Past spaces, ends of lines and comments.
    pub(super) fn skip_blanks(&mut self) -> Read<()> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") || trimmed.starts_with('#') {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                let Some(length) = comment.find("*/") else {
                    return Err(Fail::wrong(
                        self.at,
                        "a comment that does not end: `*/` is missing",
                    ));
                };
                self.at += length + 4;
            } else {
                return Ok(());
            }
        }
    }

    /// Takes this, if it is what comes.
    pub(super) fn takes(&mut self, token: &str) -> bool {
        let is_next = self.rest().starts_with(token);
        if is_next {
            self.advance(token.len());
        }
        is_next
    }

    /// The same, after blanks.
    pub(super) fn then_takes(&mut self, token: &str) -> Read<bool> {
        self.skip_blanks()?;
        Ok(self.takes(token))
    }

    /// Takes all up to and with this; `false` where it does not come any more.
    pub(super) fn takes_up_to(&mut self, token: &str) -> bool {
        let found = self.rest().find(token);
        self.advance(found.map_or(self.rest().len(), |length| length + token.len()));
        found.is_some()
    }

    /// This has to come, after blanks.
    pub(super) fn expect(&mut self, token: &str, after: &str) -> Read<()> {
        if self.then_takes(token)? {
            return Ok(());
        }
        Err(self.wrong(&format!("`{token}` {after}")))
    }

    /// What comes is not what should: `expected` says what should.
    pub(super) fn wrong(&self, expected: &str) -> Fail {
        Fail::wrong(self.at, format!("{}; here should be {expected}", self.here()))
    }

    /// What stands here, in words.
    fn here(&self) -> String {
        let word: String =
            self.rest().chars().take_while(|letter| !letter.is_whitespace()).take(24).collect();
        if word.is_empty() {
            let at_end = self.rest().trim_start().is_empty();
            (if at_end { "the script ends" } else { "the line ends" }).to_owned()
        } else {
            format!("`{}`", word.escape_debug())
        }
    }

    /// A word of letters, digits and `_`, after blanks; it may be empty.
    pub(super) fn word(&mut self) -> Read<&'a str> {
        self.skip_blanks()?;
        Ok(self.taken_while(|letter| letter.is_ascii_alphanumeric() || letter == '_'))
    }

    pub(super) fn taken_while(&mut self, is_in: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|letter| !is_in(letter)).unwrap_or(rest.len());
        let taken = rest.get(..length).unwrap_or_default();
        if length > 0 {
            self.advance(length);
        }
        taken
    }

    /// A whole number of decimal digits, after blanks: `what` says what it counts.
    pub(super) fn number<T: FromStr>(&mut self, what: &str) -> Read<T> {
        self.skip_blanks()?;
        let at = self.at;
        let digits = self.taken_while(|letter| letter.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.wrong(what));
        }
        digits.parse().map_err(|_| Fail::wrong(at, format!("{digits} is too large for {what}")))
    }

    /// To the next line, after `from`, that looks as an event's first.
    pub(super) fn go_to_next_event(&mut self, from: usize) {
        // Blanks after what was taken last may have led to the next line already.
        self.at = self.end.max(from);
        loop {
            let Some(length) = self.rest().find('\n') else {
                self.at = self.text.len();
                return;
            };
            self.at += length + 1;
            let line = self.rest().trim_start_matches([' ', '\t', '\r']);
            let begins = |letter: char| letter.is_ascii_digit() || "+*`%-.".contains(letter);
            if line.starts_with(begins) {
                return;
            }
        }
    }
}
