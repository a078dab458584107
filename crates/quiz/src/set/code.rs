//! Sets as codes: `s1-…`. A code that was handed out once is read for ever.

use super::{MOST_ASKS, MOST_ITEMS, MOST_NOTE, MOST_TITLE, Set, SetItem, SetRules, SetStop};
use crate::code::{CodeError, LONGEST_CODE, Octets, Written, decode, encode, sum};

/// The letter that a set's code begins with.
const SET: char = 's';

/// No id, name of a question or the like is longer, in characters.
const MOST_ID: usize = 120;
/// No link to a moment is longer, in characters: a scenario of one's own fits in.
const MOST_LINK: usize = 7700;
/// No lesson has more stops.
const MOST_STOPS: usize = 60;

const HIDDEN: u8 = 1;
const ORDERED: u8 = 2;

impl Set {
    /// The set as a code. A text that is longer than it may be is cut, as its field cuts it where
    /// it is entered.
    ///
    /// # Errors
    /// That it is too large for one code: there are too many items, questions or too long links.
    pub fn to_code(&self) -> Result<String, CodeError> {
        if self.items.len() > MOST_ITEMS {
            return Err(CodeError::Content { field: "number of items" });
        }
        let stops = self.items.iter().map(|item| match item {
            SetItem::Lesson { stops, .. } => stops.len(),
            SetItem::Moment { .. } | SetItem::Interview { .. } => 1,
        });
        if self.asks() > MOST_ASKS || stops.max().is_some_and(|stops| stops > MOST_STOPS) {
            return Err(CodeError::Content { field: "number of questions" });
        }
        let links = self.items.iter().map(|item| match item {
            SetItem::Moment { link, .. } => link.chars().count(),
            SetItem::Lesson { .. } | SetItem::Interview { .. } => 0,
        });
        let longest = links.max().unwrap_or(0);
        if longest > MOST_LINK {
            return Err(CodeError::TooLong { octets: longest, at_most: MOST_LINK });
        }
        let code = encode(SET, &self.octets());
        if code.len() > LONGEST_CODE {
            return Err(CodeError::TooLong { octets: code.len(), at_most: LONGEST_CODE });
        }
        Ok(code)
    }

    /// The set that a code means.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn from_code(text: &str) -> Result<Self, CodeError> {
        let octets = decode(SET, text)?;
        let mut octets = Octets::new(&octets);
        let set = take(&mut octets)?;
        if octets.left() > 0 {
            return Err(CodeError::Content { field: "end" });
        }
        Ok(set)
    }

    /// What tells this set from others: results name it.
    #[must_use]
    pub fn fingerprint(&self) -> u32 {
        sum(SET, &self.octets())
    }

    fn octets(&self) -> Vec<u8> {
        let mut out = Written::default();
        let SetRules { hidden, ordered } = self.rules;
        out.octet((u8::from(hidden) * HIDDEN) | (u8::from(ordered) * ORDERED));
        out.text(&self.title, MOST_TITLE);
        out.text(&self.note, MOST_NOTE);
        out.number(self.items.len() as u64);
        for item in &self.items {
            match item {
                SetItem::Lesson { lesson, stops } => {
                    out.octet(0);
                    out.text(lesson, MOST_ID);
                    out.number(stops.len() as u64);
                    for SetStop { stop, asks } in stops {
                        out.text(stop, MOST_ID);
                        write_asks(&mut out, asks);
                    }
                }
                SetItem::Moment { link, say, asks } => {
                    out.octet(1);
                    out.text(link, MOST_LINK);
                    out.text(say, MOST_NOTE);
                    write_asks(&mut out, asks);
                }
                SetItem::Interview { question } => {
                    out.octet(2);
                    out.text(question, MOST_ID);
                }
            }
        }
        out.into_octets()
    }
}

fn write_asks(out: &mut Written, asks: &[String]) {
    out.number(asks.len() as u64);
    for ask in asks {
        out.text(ask, MOST_ID);
    }
}

fn take(octets: &mut Octets<'_>) -> Result<Set, CodeError> {
    let unknown = |field| CodeError::Content { field };
    let flags = octets.octet().filter(|flags| *flags <= (HIDDEN | ORDERED));
    let flags = flags.ok_or_else(|| unknown("list of rules"))?;
    let rules = SetRules { hidden: flags & HIDDEN > 0, ordered: flags & ORDERED > 0 };
    let title = octets.text(MOST_TITLE).ok_or_else(|| unknown("title"))?;
    let note = octets.text(MOST_NOTE).ok_or_else(|| unknown("note"))?;
    let count = octets.at_most(MOST_ITEMS).ok_or_else(|| unknown("number of items"))?;
    let mut set = Set { title, note, rules, items: Vec::new() };
    for _ in 0..count {
        set.items.push(take_item(octets).ok_or_else(|| unknown("list of items"))?);
    }
    if set.asks() > MOST_ASKS {
        return Err(unknown("number of questions"));
    }
    Ok(set)
}

fn take_item(octets: &mut Octets<'_>) -> Option<SetItem> {
    Some(match octets.octet()? {
        0 => {
            let lesson = octets.text(MOST_ID)?;
            let mut stops = Vec::new();
            for _ in 0..octets.at_most(MOST_STOPS)? {
                stops.push(SetStop { stop: octets.text(MOST_ID)?, asks: take_asks(octets)? });
            }
            SetItem::Lesson { lesson, stops }
        }
        1 => SetItem::Moment {
            link: octets.text(MOST_LINK)?,
            say: octets.text(MOST_NOTE)?,
            asks: take_asks(octets)?,
        },
        2 => SetItem::Interview { question: octets.text(MOST_ID)? },
        _ => return None,
    })
}

fn take_asks(octets: &mut Octets<'_>) -> Option<Vec<String>> {
    let mut asks = Vec::new();
    for _ in 0..octets.at_most(MOST_ASKS)? {
        asks.push(octets.text(MOST_ID)?);
    }
    Some(asks)
}
