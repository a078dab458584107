//! The grammar of claims.

use std::ops::Range;

use super::{Claim, Kind, Node, Relation, Sign, Value, Wrong};
use crate::near::{listed, meant};
use crate::stop;

/// Parentheses and signs stand in each other at most so deep.
const DEEPEST: usize = 40;

/// What may be called, but for `count` and `packet`.
pub(crate) const CALLS: [&str; 2] = ["told", "connections"];

/// Reads a claim.
///
/// # Errors
/// What is wrong, where, and what would be right.
pub fn parse(text: &str) -> Result<Claim, Wrong> {
    let mut parser = Parser { text, offset: 0, depth: 0 };
    let root = parser.or()?;
    parser.skip();
    if parser.offset < text.len() {
        let rest = parser.rest();
        let end = parser.offset + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let what = if rest.starts_with('=') {
            "two values are compared by `==`".to_owned()
        } else {
            format!("the claim should end before `{}`", &text[parser.offset..end])
        };
        return Err(Wrong::new(&(parser.offset..end), what));
    }
    Ok(Claim { root, text: text.to_owned() })
}

struct Parser<'a> {
    text: &'a str,
    offset: usize,
    depth: usize,
}

/// What a name consists of; `-` joins the words of one, as in SYN-SENT.
fn of_a_name(character: char) -> bool {
    character.is_alphanumeric() || "_-.@#".contains(character)
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.offset..).unwrap_or_default()
    }

    fn skip(&mut self) {
        let rest = self.rest();
        self.offset += rest.len() - rest.trim_start().len();
    }

    fn takes(&mut self, sign: &str) -> bool {
        self.skip();
        let found = self.rest().starts_with(sign);
        self.offset += if found { sign.len() } else { 0 };
        found
    }

    /// Takes a word, if it is the next and no longer word begins with it.
    fn takes_word(&mut self, word: &str) -> bool {
        self.skip();
        let after = self.rest().strip_prefix(word);
        let found = after.is_some_and(|after| !after.starts_with(of_a_name));
        self.offset += if found { word.len() } else { 0 };
        found
    }

    fn wrong<T>(&self, from: usize, what: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong::new(&(from..self.offset.max(from)), what))
    }

    fn deeper(&mut self) -> Result<(), Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.wrong(self.offset, "this is too deep within parentheses");
        }
        Ok(())
    }

    /// What stands from there to here, without the space that may have been passed.
    fn node(&self, from: usize, kind: Kind) -> Node {
        let passed = self.text.get(from..self.offset).unwrap_or_default();
        Node { at: from..from + passed.trim_end().len(), kind }
    }

    fn or(&mut self) -> Result<Node, Wrong> {
        self.deeper()?;
        let mut left = self.and()?;
        while self.takes_word("or") || self.takes("||") {
            let right = self.and()?;
            let from = left.at.start;
            left = self.node(from, Kind::Or(Box::new(left), Box::new(right)));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Result<Node, Wrong> {
        let mut left = self.not()?;
        while self.takes_word("and") || self.takes("&&") {
            let right = self.not()?;
            let from = left.at.start;
            left = self.node(from, Kind::And(Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Node, Wrong> {
        self.skip();
        let from = self.offset;
        let negated = self.takes_word("not") || (!self.rest().starts_with("!=") && self.takes("!"));
        if !negated {
            return self.comparison();
        }
        self.deeper()?;
        let inner = self.not()?;
        self.depth -= 1;
        Ok(self.node(from, Kind::Not(Box::new(inner))))
    }

    fn comparison(&mut self) -> Result<Node, Wrong> {
        let first = self.sum()?;
        let mut chain = Vec::new();
        while let Some(relation) = self.relation() {
            chain.push((relation, self.sum()?));
        }
        if chain.is_empty() {
            return Ok(first);
        }
        let from = first.at.start;
        Ok(self.node(from, Kind::Compare(Box::new(first), chain)))
    }

    fn relation(&mut self) -> Option<Relation> {
        let signs = [
            ("==", Relation::Equal),
            ("!=", Relation::NotEqual),
            ("<=", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("<", Relation::Less),
            (">", Relation::Greater),
        ];
        if let Some((_, relation)) = signs.into_iter().find(|(sign, _)| self.takes(sign)) {
            return Some(relation);
        }
        if self.takes_word("before") {
            return Some(Relation::Before);
        }
        self.takes_word("after").then_some(Relation::After)
    }

    fn sum(&mut self) -> Result<Node, Wrong> {
        let mut left = self.product()?;
        loop {
            let sign = if self.takes("+") {
                Sign::Plus
            } else if self.takes("-") || self.takes("−") {
                Sign::Minus
            } else {
                return Ok(left);
            };
            let right = self.product()?;
            let from = left.at.start;
            left = self.node(from, Kind::Arithmetic(Box::new(left), sign, Box::new(right)));
        }
    }

    fn product(&mut self) -> Result<Node, Wrong> {
        let mut left = self.factor()?;
        loop {
            let sign = if self.takes("*") || self.takes("×") {
                Sign::Times
            } else if self.takes("/") {
                Sign::Over
            } else {
                return Ok(left);
            };
            let right = self.factor()?;
            let from = left.at.start;
            left = self.node(from, Kind::Arithmetic(Box::new(left), sign, Box::new(right)));
        }
    }

    fn factor(&mut self) -> Result<Node, Wrong> {
        self.skip();
        let from = self.offset;
        let Some(first) = self.rest().chars().next() else {
            return self.wrong(from, "a value should follow");
        };
        if first == '(' {
            self.offset += 1;
            let inner = self.or()?;
            if !self.takes(")") {
                return self.wrong(from, "this ( is not closed");
            }
            return Ok(inner);
        }
        if first == '-' {
            self.offset += 1;
            self.deeper()?;
            let inner = self.factor()?;
            self.depth -= 1;
            return Ok(self.node(from, Kind::Negative(Box::new(inner))));
        }
        if first.is_ascii_digit() {
            return self.number();
        }
        if first == '"' || first == '\'' {
            let text = self.quoted()?;
            if self.rest().starts_with('.') {
                let mut names = vec![text];
                names.extend(self.names(from)?.into_iter().skip(1));
                return Ok(self.node(from, Kind::Name(names)));
            }
            return Ok(self.node(from, Kind::Literal(Value::Text(text))));
        }
        if !of_a_name(first) {
            self.offset += first.len_utf8();
            return self.wrong(from, format!("a value should stand here, not `{first}`"));
        }
        let mut names = self.names(from)?;
        if !self.rest().trim_start().starts_with('(') {
            return Ok(self.node(from, Kind::Name(names)));
        }
        let call = names.pop().unwrap_or_default();
        self.call(from, names, &call)
    }

    /// A name, cut at its dots; a part of it may stand in quotes.
    fn names(&mut self, from: usize) -> Result<Vec<String>, Wrong> {
        let mut names = vec![String::new()];
        loop {
            let rest = self.rest();
            let part = rest.find(|c: char| c == '.' || !of_a_name(c)).unwrap_or(rest.len());
            if let Some(last) = names.last_mut() {
                last.push_str(&rest[..part]);
            }
            self.offset += part;
            if !self.rest().starts_with('.') {
                break;
            }
            self.offset += 1;
            names.push(String::new());
            if self.rest().starts_with(['"', '\'']) {
                let quoted = self.quoted()?;
                if let Some(last) = names.last_mut() {
                    *last = quoted;
                }
            }
        }
        if names.iter().skip(1).any(String::is_empty) {
            return self.wrong(from, "a name does not end with a dot");
        }
        Ok(names)
    }

    fn quoted(&mut self) -> Result<String, Wrong> {
        let from = self.offset;
        let rest = self.rest();
        let quote = rest.chars().next().unwrap_or('"');
        let Some((text, _)) = rest[quote.len_utf8()..].split_once(quote) else {
            self.offset = self.text.len();
            return self.wrong(from, "this quote is not closed");
        };
        self.offset += text.len() + 2 * quote.len_utf8();
        Ok(text.to_owned())
    }

    /// What stands in parentheses, as it stands there; quotes may hide some.
    fn parenthesized(&mut self) -> Result<(&'a str, Range<usize>), Wrong> {
        self.takes("(");
        let start = self.offset;
        let (mut depth, mut quote) = (1, None);
        for (place, character) in self.rest().char_indices() {
            match (quote, character) {
                (Some(open), close) if open == close => quote = None,
                (Some(_), _) => {}
                (None, '"') => quote = Some('"'),
                (None, '(') => depth += 1,
                (None, ')') => depth -= 1,
                (None, _) => {}
            }
            if depth == 0 {
                let inner = start..start + place;
                self.offset = inner.end + 1;
                return Ok((self.text.get(inner.clone()).unwrap_or_default(), inner));
            }
        }
        self.offset = self.text.len();
        self.wrong(start, "this ( is not closed")
    }

    fn call(&mut self, from: usize, names: Vec<String>, call: &str) -> Result<Node, Wrong> {
        let (inner, at) = self.parenthesized()?;
        match call {
            "count" => {
                let text = inner.trim();
                let whole =
                    if text.starts_with('"') { format!("query {text}") } else { text.to_owned() };
                // What is counted has no claims in it, that have counts in them …
                if whole.starts_with("when ") {
                    return Err(Wrong::new(&at, "what is counted is an event, not `when`"));
                }
                let phrase = stop::parse(&whole).map_err(|what| Wrong::new(&at, what))?;
                if phrase.which != stop::Which::Nth(1) {
                    return Err(Wrong::new(&at, "what is counted has no `time` at its end"));
                }
                Ok(self.node(from, Kind::Count(names, Box::new(phrase.event))))
            }
            "packet" => {
                let name = inner.trim().trim_matches(['"', '\'']).to_owned();
                if !self.rest().starts_with('.') {
                    return self.wrong(from, "a field should follow: packet(\"client:syn:0\").seq");
                }
                self.offset += 1;
                let field = self.names(from)?.join(".");
                Ok(self.node(from, Kind::Packet(names, name, field)))
            }
            other => {
                let Some(call) = CALLS.into_iter().find(|known| *known == other) else {
                    let known = ["count", "packet"].into_iter().chain(CALLS);
                    let near = meant(other, known.clone());
                    let what =
                        format!("there is no `{other}(…)`{near} There are {}.", listed(known));
                    return self.wrong(from, what);
                };
                let arguments = inner.split(',');
                let arguments =
                    arguments.map(|it| it.trim().trim_matches(['"', '\'']).to_owned()).collect();
                Ok(self.node(from, Kind::Call(names, call, arguments)))
            }
        }
    }

    /// A number, and the unit of time that may follow.
    fn number(&mut self) -> Result<Node, Wrong> {
        const UNITS: [(&str, i128); 7] = [
            ("min", 60_000_000),
            ("ms", 1_000),
            ("us", 1),
            ("µs", 1),
            ("μs", 1),
            ("s", 1_000_000),
            ("h", 3_600_000_000),
        ];
        let from = self.offset;
        let rest = self.rest();
        let of_a_number = |c: char| c.is_ascii_digit() || c == '_' || c == '.';
        let end = rest.find(|c| !of_a_number(c)).unwrap_or(rest.len());
        let digits = rest[..end].replace('_', "");
        self.offset += end;
        self.skip();
        let after = self.rest();
        let unit = UNITS.into_iter().find(|(name, _)| {
            after.strip_prefix(name).is_some_and(|more| !more.starts_with(of_a_name))
        });
        let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
        let value = match unit {
            None if part.is_empty() && !digits.ends_with('.') => {
                self.offset = from + end;
                whole.parse().ok().map(Value::Number)
            }
            None => None,
            Some((name, micros)) => {
                self.offset += name.len();
                time(whole, part, micros).map(Value::Time)
            }
        };
        match value {
            Some(value) => Ok(self.node(from, Kind::Literal(value))),
            None => {
                self.offset = from + end;
                let what = "this is no number: numbers are whole, and times are as in 1 s, 1.5 s, \
                            200 ms or 30 us";
                self.wrong(from, what)
            }
        }
    }
}

/// Microseconds: `whole.part` of a unit that has so many.
fn time(whole: &str, part: &str, micros: i128) -> Option<i128> {
    if whole.len() > 15 || part.len() > 9 || part.contains('.') {
        return None;
    }
    let mut sum = whole.parse::<i128>().ok()? * micros;
    let mut unit = micros;
    for digit in part.bytes() {
        unit = if unit % 10 == 0 { unit / 10 } else { return None };
        sum += i128::from(digit.checked_sub(b'0')?) * unit;
    }
    Some(sum)
}
