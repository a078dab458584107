//! What is asked again, and when: Leitner's boxes, in whole days.
//!
//! What is new, or was answered wrong, is in the first box; each right answer on a day on which it
//! is due moves it on to the next, each wrong one back to the first. The further the box, the longer
//! until it is due again. So whoever is asked sees at a glance why: "box 3 of 6, every 4 days".
//!
//! ```text
//! tcpscope-review 1
//! why-three-not-two 3 20413 5 1
//! ```
//!
//! A line an item: its name, its box, the day of its last answer (days since 1970-01-01), how often
//! it was right and how often wrong. A line that is not understood is kept as it is and written
//! again, so that nothing that was saved is lost.

use std::fmt;

/// After so many days what is in a box is due again.
pub const BOXES: [u32; 6] = [1, 2, 4, 8, 16, 32];

/// The last box.
const LAST_BOX: u8 = 6;
const _: () = assert!(BOXES.len() == LAST_BOX as usize, "each box has its days");

/// What has come to this box, from 1 on, counts as learned.
pub const LEARNED_AFTER: u8 = 4;

/// No more items, and no more lines that are not understood, than this are kept.
const MOST_LINES: usize = 10_000;
/// No name is longer.
const LONGEST_NAME: usize = 100;
const HEAD: &str = "tcpscope-review 1";

/// An answer to something that may be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What was asked: a name without spaces.
    pub item: String,
    /// On which day: days since 1970-01-01.
    pub day: u32,
    /// Whether the answer was right.
    pub right: bool,
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub item: String,
    /// Its box, from 1 on.
    pub leitner: u8,
    /// For how many days it has been due.
    pub overdue: u32,
}

/// How all items stand.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Review {
    /// By name, in order.
    items: Vec<Item>,
    /// Lines that were not understood.
    kept: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    name: String,
    leitner: u8,
    last: u32,
    rights: u32,
    wrongs: u32,
}

impl Item {
    fn due_on(&self) -> u32 {
        let place = usize::from(self.leitner).saturating_sub(1).min(BOXES.len() - 1);
        self.last.saturating_add(BOXES[place])
    }
}

impl Review {
    /// How all stands after these answers, in the order in which they were given.
    #[must_use]
    pub fn of(history: &[Attempt]) -> Self {
        let mut review = Self::default();
        for attempt in history {
            review.record(attempt);
        }
        review
    }

    /// An answer was given. One that comes before it is due moves nothing on: who asks himself the
    /// same five times in an evening has learned it for the evening. Says whether it is kept: a name
    /// that has spaces or is too long is not.
    pub fn record(&mut self, attempt: &Attempt) -> bool {
        let Attempt { item: name, day, right } = attempt;
        if !is_name(name) {
            return false;
        }
        match self.items.binary_search_by(|item| item.name.as_str().cmp(name)) {
            Ok(place) => self.items[place].answer(*day, *right),
            Err(place) if self.items.len() < MOST_LINES => {
                let item =
                    Item { name: name.clone(), leitner: 1, last: *day, rights: 0, wrongs: 0 };
                self.items.insert(place, item);
                let item = &mut self.items[place];
                item.leitner = if *right { 2 } else { 1 };
                item.count(*right);
            }
            Err(_) => return false,
        }
        true
    }

    /// What is due on a day: what is in the first boxes first, of one box what has waited longest.
    #[must_use]
    pub fn due(&self, today: u32) -> Vec<Due> {
        let due = self.items.iter().filter(|item| item.due_on() <= today);
        let due = due.map(|item| Due {
            item: item.name.clone(),
            leitner: item.leitner,
            overdue: today - item.due_on(),
        });
        let mut due: Vec<_> = due.collect();
        due.sort_by(|one, other| {
            (one.leitner, other.overdue, &one.item).cmp(&(other.leitner, one.overdue, &other.item))
        });
        due
    }

    /// After how many days from this one something is due next, and how much is then; `None` where
    /// nothing will be. What is due already does not count.
    #[must_use]
    pub fn next(&self, today: u32) -> Option<(u32, usize)> {
        let later = || self.items.iter().map(Item::due_on).filter(|day| *day > today);
        let day = later().min()?;
        Some((day - today, later().filter(|other| *other == day).count()))
    }

    /// After how many days from this one an item is due, if it was ever asked: none, if it is.
    #[must_use]
    pub fn due_in(&self, name: &str, today: u32) -> Option<u32> {
        Some(self.find(name)?.due_on().saturating_sub(today))
    }

    /// How many items there are.
    #[must_use]
    pub const fn items(&self) -> usize {
        self.items.len()
    }

    /// Whether nothing is kept: no item, and no line that was not understood.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty() && self.kept.is_empty()
    }

    /// Everything as if it were due: what is in the first boxes first.
    #[must_use]
    pub fn all(&self, today: u32) -> Vec<Due> {
        let mut all = self.due(u32::MAX);
        for due in &mut all {
            let waits = u32::MAX - due.overdue;
            due.overdue = today.saturating_sub(waits);
        }
        all
    }

    /// The box of an item, from 1 on, if it was ever asked.
    #[must_use]
    pub fn leitner(&self, name: &str) -> Option<u8> {
        self.find(name).map(|item| item.leitner)
    }

    /// How often an item was answered right, and how often wrong.
    #[must_use]
    pub fn counts(&self, name: &str) -> (u32, u32) {
        self.find(name).map_or((0, 0), |item| (item.rights, item.wrongs))
    }

    /// How many items have come so far that they count as learned.
    #[must_use]
    pub fn learned(&self) -> usize {
        self.items.iter().filter(|item| item.leitner >= LEARNED_AFTER).count()
    }

    fn find(&self, name: &str) -> Option<&Item> {
        let place = self.items.binary_search_by(|item| item.name.as_str().cmp(name)).ok()?;
        self.items.get(place)
    }
}

impl Item {
    fn answer(&mut self, day: u32, right: bool) {
        let is_due = self.due_on() <= day;
        if !right {
            self.leitner = 1;
        } else if is_due {
            self.leitner = (self.leitner + 1).min(LAST_BOX);
        }
        if !right || is_due {
            self.last = self.last.max(day);
        }
        self.count(right);
    }

    fn count(&mut self, right: bool) {
        let counter = if right { &mut self.rights } else { &mut self.wrongs };
        *counter = counter.saturating_add(1);
    }
}

/// How a review is kept and handed on.
impl Review {
    /// All of it as text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for Item { name, leitner, last, rights, wrongs } in &self.items {
            text.push_str(&format!("{name} {leitner} {last} {rights} {wrongs}\n"));
        }
        for line in &self.kept {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// A review from text, and what of it was not understood. Such lines are kept: they are written
    /// again as they were.
    #[must_use]
    pub fn from_text(text: &str) -> (Self, Vec<Trouble>) {
        let mut review = Self::default();
        let mut troubles = Vec::new();
        let mut lines =
            (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).peekable();
        match lines.peek() {
            Some((_, head)) if head.trim() == HEAD => {
                lines.next();
            }
            Some((line, _)) => troubles.push(Trouble { line: *line, problem: StateProblem::Head }),
            None => {}
        }
        for (line, text) in lines {
            if let Err(problem) = review.take_line(text) {
                troubles.push(Trouble { line, problem });
                if review.kept.len() < MOST_LINES {
                    review.kept.push(text.to_owned());
                }
            }
        }
        (review, troubles)
    }

    /// Takes over what another has: of each item that both have, the answers of the later day.
    pub fn merge(&mut self, other: &Self) {
        for item in &other.items {
            match self.items.binary_search_by(|own| own.name.cmp(&item.name)) {
                Ok(place) if self.items[place].last < item.last => {
                    self.items[place] = item.clone();
                }
                Ok(_) => {}
                Err(place) => self.items.insert(place, item.clone()),
            }
        }
        for line in &other.kept {
            if !self.kept.contains(line) {
                self.kept.push(line.clone());
            }
        }
    }

    fn take_line(&mut self, line: &str) -> Result<(), StateProblem> {
        let words: Vec<_> = line.split_whitespace().collect();
        let [name, leitner, last, rights, wrongs] = words[..] else {
            return Err(StateProblem::Fields { found: words.len() });
        };
        if !is_name(name) {
            return Err(StateProblem::Name);
        }
        let leitner = leitner.parse().ok().filter(|leitner| (1..=LAST_BOX).contains(leitner));
        let leitner = leitner.ok_or(StateProblem::Box)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| StateProblem::Number);
        let (last, rights, wrongs) = (number(last)?, number(rights)?, number(wrongs)?);
        if self.items.len() >= MOST_LINES {
            return Err(StateProblem::TooMany);
        }
        match self.items.binary_search_by(|item| item.name.as_str().cmp(name)) {
            Ok(_) => Err(StateProblem::Twice),
            Err(place) => {
                let item = Item { name: name.to_owned(), leitner, last, rights, wrongs };
                self.items.insert(place, item);
                Ok(())
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    let plain = |letter: char| !letter.is_whitespace() && !letter.is_control();
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(plain)
}

/// A line that was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Which line, from 1 on.
    pub line: usize,
    /// What is wrong with it.
    pub problem: StateProblem,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateProblem {
    /// The text does not begin as one of this version does.
    Head,
    /// It has not five fields.
    Fields {
        /// So many.
        found: usize,
    },
    /// The name cannot be one.
    Name,
    /// There is no such box.
    Box,
    /// A field is no number, or one that is too large.
    Number,
    /// The item stands there twice: the first counts.
    Twice,
    /// There are more items than are kept.
    TooMany,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match self.problem {
            StateProblem::Head => write!(f, "the text does not begin with \"{HEAD}\""),
            StateProblem::Fields { found } => write!(
                f,
                "there are {found} fields, not name, box, day, right answers and wrong answers"
            ),
            StateProblem::Name => write!(f, "a name has up to {LONGEST_NAME} octets"),
            StateProblem::Box => write!(f, "the box is a number from 1 to {LAST_BOX}"),
            StateProblem::Number => write!(f, "a field is no whole number from 0 to {}", u32::MAX),
            StateProblem::Twice => f.write_str("the item stands there twice; the first counts"),
            StateProblem::TooMany => write!(f, "no more than {MOST_LINES} items are kept"),
        }
    }
}

impl std::error::Error for Trouble {}
