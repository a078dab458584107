//! The list of what goes: functions by name, and stretches of functions by what they look like.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::error::Error;
use crate::flow::Flow;
use crate::look::{stretches, watched};
use crate::module::Module;
use crate::number::number;
use crate::region::Which;

/// What goes.
///
/// As a text, a line is the name of a function that goes; or the name of one that stays, a tab, and
/// hexadecimal numbers with spaces between them, of the stretches that go from it. Lines that are
/// empty, or begin with `#`, say nothing to the splitter. Names and numbers that a module does not
/// know say nothing about it: so a list of another module is no error, and an empty one neither.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct List {
    lines: BTreeMap<String, BTreeSet<u64>>,
}

impl List {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// Where what stands after a tab is no list of numbers, or a line has no name.
    pub fn read(text: &str) -> Result<Self, Error> {
        let mut list = Self::default();
        for (place, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (name, looks) = match line.split_once('\t') {
                None => (line, BTreeSet::new()),
                Some((name, looks)) => (name, numbers(looks).map_err(|e| Error::Line(place, e))?),
            };
            if name.is_empty() {
                return Err(Error::Line(place, "no name stands before the tab".to_owned()));
            }
            list.lines.insert(name.to_owned(), looks);
        }
        Ok(list)
    }

    /// What was never reached, where the places of these numbers were.
    pub(crate) fn of_unreached(
        module: &Module<'_>,
        called: &BTreeSet<u32>,
        which: Which,
    ) -> Result<Self, Error> {
        let mut list = Self::default();
        let (mut were, mut passed) = (BTreeSet::new(), BTreeMap::<&str, BTreeSet<u64>>::new());
        let mut first = 0;
        for (function, name) in module.own().zip(&module.names) {
            let flow = module.flow(function)?;
            let numbers = watched(&flow, first);
            first += number(numbers.len());
            let reached =
                |at: usize| numbers.get(&at).is_some_and(|number| called.contains(number));
            let looks = list.lines.entry(name.clone()).or_default();
            if reached(0) {
                were.insert(name.as_str());
                let (never, once) = sorted(&flow, &reached, which);
                looks.extend(never);
                passed.entry(name).or_default().extend(once);
            }
        }
        // Several functions have one name where a generic one is there for several types: what one of
        // them has reached stays for all.
        list.lines.retain(|name, looks| {
            if let Some(passed) = passed.get(name.as_str()) {
                looks.retain(|look| !passed.contains(look));
            }
            !name.is_empty() && were.contains(name.as_str()) != looks.is_empty()
        });
        Ok(list)
    }

    /// Whether a function goes as a whole.
    pub(crate) fn goes(&self, name: &str) -> bool {
        self.lines.get(name).is_some_and(BTreeSet::is_empty)
    }

    /// The stretches that go from a function.
    pub(crate) fn stretches(&self, name: &str) -> Option<&BTreeSet<u64>> {
        self.lines.get(name).filter(|looks| !looks.is_empty())
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, looks) in &self.lines {
            f.write_str(name)?;
            for (place, look) in looks.iter().enumerate() {
                write!(f, "{}{look:x}", if place == 0 { '\t' } else { ' ' })?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn numbers(text: &str) -> Result<BTreeSet<u64>, String> {
    let looks = text.split(' ');
    looks
        .map(|look| u64::from_str_radix(look, 16).map_err(|_| format!("`{look}` is no stretch")))
        .collect()
}

/// The stretches of a function that were never reached, the widest only; and those that were.
fn sorted(flow: &Flow<'_>, reached: &dyn Fn(usize) -> bool, which: Which) -> (Vec<u64>, Vec<u64>) {
    let (mut never, mut once) = (Vec::new(), Vec::new());
    let mut past = 0;
    for stretch in stretches(flow) {
        if stretch.begin < past {
            continue;
        }
        if reached(stretch.begin) {
            once.push(stretch.look);
        } else {
            past = stretch.end;
            if which.takes(flow, stretch) {
                never.push(stretch.look);
            }
        }
    }
    (never, once)
}
