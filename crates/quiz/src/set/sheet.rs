//! What a teacher pastes, and takes away.

use super::{Set, SetResults};
use crate::{CodeError, LONGEST_CODE};

/// A code of results among those that were pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The line that it begins in, from 1 on.
    pub line: usize,
    /// What it holds, or what is wrong with it.
    pub results: Result<SetResults, CodeError>,
}

/// The codes of a text, one a line. Whoever sends one may have had it broken into lines: what
/// follows the beginning of a code belongs to it where together they are one.
#[must_use]
pub fn pasted(text: &str) -> Vec<Pasted> {
    let mut found = Vec::new();
    let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
    let lines: Vec<(usize, &str)> = lines.collect();
    let mut rest = lines.as_slice();
    while let Some(((line, first), after)) = rest.split_first() {
        let results = SetResults::from_code(first);
        let was_cut = matches!(results, Err(CodeError::Cut { .. }));
        let whole = if was_cut { continued(first, after) } else { None };
        let (results, taken) = match whole {
            Some((results, taken)) => (Ok(results), taken),
            None => (results, 0),
        };
        found.push(Pasted { line: *line, results });
        rest = after.get(taken..).unwrap_or_default();
    }
    found
}

/// A code that goes on in the lines after its first, and how many of these it takes.
fn continued(first: &str, after: &[(usize, &str)]) -> Option<(SetResults, usize)> {
    let mut code = first.to_owned();
    for (taken, (_, line)) in (1..).zip(after) {
        if begins(line) || code.len() + line.len() > LONGEST_CODE {
            return None;
        }
        code.push_str(line);
        if let Ok(results) = SetResults::from_code(&code) {
            return Some((results, taken));
        }
    }
    None
}

impl Set {
    /// Whether results are of this set.
    #[must_use]
    pub fn is_of(&self, results: &SetResults) -> bool {
        results.of == self.fingerprint() && results.answers.len() <= self.asks()
    }
}

fn begins(code: &str) -> bool {
    let mut letters = code.chars().filter(|letter| *letter != '-' && !letter.is_whitespace());
    letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&'r'))
        && letters.next() == Some('1')
}

/// Rows as comma-separated values (RFC 4180). What a spreadsheet would take for a formula is
/// preceded by an apostrophe: names are typed by whoever answers.
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> String {
    let mut csv = String::new();
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                csv.push(',');
            }
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let quoted = formula || cell.contains([',', '"', '\n', '\r']);
            if quoted {
                csv.push('"');
            }
            if formula {
                csv.push('\'');
            }
            csv.push_str(&cell.replace('"', "\"\""));
            if quoted {
                csv.push('"');
            }
        }
        csv.push_str("\r\n");
    }
    csv
}
