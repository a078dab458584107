//! The list of what goes: functions by name, and stretches of functions by what they look like.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::flow::Flow;
use crate::module::Module;
use crate::regions::{is_watched, sorted};

/// What goes. A line is a name, of a function that goes; or a name, a tab and numbers in hexadecimal
/// with spaces between them, of the stretches that go from it.
#[derive(Default)]
pub(crate) struct List {
    lines: BTreeMap<String, BTreeSet<u64>>,
}

impl List {
    /// Reads a list. Lines that begin with `#` say something to people.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut list = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (name, looks) = line.split_once('\t').unwrap_or((line, ""));
            let looks = looks
                .split_terminator(' ')
                .map(|look| {
                    u64::from_str_radix(look, 16).map_err(|_| format!("`{look}` is no stretch"))
                })
                .collect::<Result<_, _>>()?;
            list.lines.insert(name.to_owned(), looks);
        }
        Ok(list)
    }

    /// What was never reached, where the places of these numbers were.
    pub(crate) fn of_unreached(
        module: &Module<'_>,
        called: &BTreeSet<u32>,
    ) -> wasmparser::Result<Self> {
        let mut list = Self::default();
        let (mut were, mut passed) = (BTreeSet::new(), BTreeMap::<&str, BTreeSet<u64>>::new());
        let mut first = 0;
        for (function, name) in module.own().zip(&module.names) {
            let flow = module.flow(function)?;
            let numbers = watched(&flow, first);
            first += u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let reached =
                |at: usize| numbers.get(&at).is_some_and(|number| called.contains(number));
            let looks = list.lines.entry(name.clone()).or_default();
            if reached(0) {
                were.insert(name.as_str());
                let (never, once) = sorted(&flow, &reached);
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

    /// The list as a text.
    pub(crate) fn write(&self) -> String {
        let mut text = String::new();
        for (name, looks) in &self.lines {
            text.push_str(name);
            for (number, look) in looks.iter().enumerate() {
                // Writing to a String cannot fail.
                let _ = write!(text, "{}{look:x}", if number == 0 { '\t' } else { ' ' });
            }
            text.push('\n');
        }
        text
    }
}

/// The watched places of a function, and their numbers from `first` on.
pub(crate) fn watched(flow: &Flow<'_>, first: u32) -> BTreeMap<usize, u32> {
    (0..flow.ops.len()).filter(|at| is_watched(flow, *at)).zip(first..).collect()
}
