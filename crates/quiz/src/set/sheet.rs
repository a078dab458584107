//! What a teacher pastes, and takes away.

use super::{Set, SetResults};
use crate::CodeError;

/// A code of results among those that were pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The line that it begins in, from 1 on.
    pub line: usize,
    /// What it holds, or what is wrong with it.
    pub results: Result<SetResults, CodeError>,
}

/// The codes of a text, one a line. Whoever sends one may have had it broken into lines: what
/// follows a code that is cut off belongs to it, where together they go on as one.
#[must_use]
pub fn pasted(text: &str) -> Vec<Pasted> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for (line, code) in (1..).zip(text.lines()) {
        let code = code.trim();
        if code.is_empty() {
            continue;
        }
        if let Some((_, before)) = all.last_mut()
            && !begins(code)
        {
            let together = format!("{before}{code}");
            let was_cut = is_cut(&SetResults::from_code(before));
            let found = SetResults::from_code(&together);
            if was_cut && (found.is_ok() || is_cut(&found)) {
                *before = together;
                continue;
            }
        }
        all.push((line, code.to_owned()));
    }
    let read = |(line, code): (usize, String)| {
        let results = SetResults::from_code(&code);
        Pasted { line, results }
    };
    all.into_iter().map(read).collect()
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

fn is_cut<T>(found: &Result<T, CodeError>) -> bool {
    matches!(found, Err(CodeError::Cut { .. }))
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
