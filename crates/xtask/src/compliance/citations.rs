//! The comments that cite requirements, and where they stand.

use super::is_test_file;
use crate::trouble::Trouble;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates whose comments count: those that are the TCP and its interfaces.
const READ: [&str; 4] = ["crates/tcp", "crates/wire", "crates/sim", "crates/cli"];

/// All citations, by label.
#[derive(Debug, Default)]
pub(super) struct Cited {
    code: BTreeMap<String, Vec<Place>>,
    tests: BTreeMap<String, Vec<Place>>,
}

/// Where a citation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    path: String,
    line: usize,
    /// The test, if it is one.
    test: Option<String>,
}

impl Place {
    /// A link, relative to `docs/`.
    pub(super) fn link(&self) -> String {
        let Self { path, line, test } = self;
        let shown = path.trim_start_matches("crates/");
        match test {
            Some(test) => format!("[`{test}`](../{path}#L{line})"),
            None => format!("[{shown}:{line}](../{path}#L{line})"),
        }
    }
}

/// Reads the sources.
pub(super) fn read(root: &Path) -> Result<Cited, Trouble> {
    let mut files = Vec::new();
    for folder in READ {
        collect(&root.join(folder), &mut files);
    }
    files.sort();
    let mut cited = Cited::default();
    for file in files {
        let text = fs::read_to_string(&file)
            .map_err(|error| Trouble::new(format!("{} cannot be read: {error}", file.display())))?;
        let path = file.strip_prefix(root).unwrap_or(&file);
        cited.read_file(path, &text);
    }
    Ok(cited)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

impl Cited {
    pub(super) fn code(&self, label: &str) -> &[Place] {
        self.code.get(label).map_or(&[], Vec::as_slice)
    }

    pub(super) fn tests(&self, label: &str) -> &[Place] {
        self.tests.get(label).map_or(&[], Vec::as_slice)
    }

    /// Takes the citations of a file. What stands below `#[cfg(test)] mod … {` is tests.
    pub(super) fn read_file(&mut self, path: &Path, text: &str) {
        let lines: Vec<&str> = text.lines().collect();
        let mut in_tests = is_test_file(path);
        for (number, line) in lines.iter().enumerate() {
            in_tests |= begins_tests(&lines, number);
            let Some((_, comment)) = line.split_once("//") else { continue };
            for label in labels(comment) {
                let test = in_tests.then(|| test_at(&lines, number)).flatten();
                if in_tests && test.is_none() {
                    continue;
                }
                let places = if in_tests { &mut self.tests } else { &mut self.code };
                let place = Place {
                    path: path.to_string_lossy().replace('\\', "/"),
                    line: number + 1,
                    test,
                };
                let places = places.entry(label).or_default();
                // One place a file and test is enough to find it.
                if !places.iter().any(|other| other.path == place.path && other.test == place.test)
                {
                    places.push(place);
                }
            }
        }
    }
}

/// The labels in a comment: `MUST-13`, `SHLD-3`, `MAY-2`, `REC-1`, `RFC 5961`.
fn labels(comment: &str) -> Vec<String> {
    let mut found = Vec::new();
    for prefix in ["MUST-", "SHLD-", "MAY-", "REC-", "RFC "] {
        for (at, _) in comment.match_indices(prefix) {
            let digits: String =
                comment[at + prefix.len()..].chars().take_while(char::is_ascii_digit).collect();
            if !digits.is_empty() {
                found.push(format!("{prefix}{digits}"));
            }
        }
    }
    found
}

/// Whether a module of tests begins here, that is not in a file of its own.
fn begins_tests(lines: &[&str], number: usize) -> bool {
    let module = lines.get(number + 1).is_some_and(|next| next.trim_end().ends_with('{'));
    lines.get(number).is_some_and(|line| line.trim() == "#[cfg(test)]") && module
}

/// The test that a comment belongs to: the one that it introduces, or else the one around it. What
/// stands in or before a helper belongs to none.
fn test_at(lines: &[&str], number: usize) -> Option<String> {
    let is_code = |line: &str| !line.trim().starts_with("//") && !line.trim().starts_with('#');
    let introduced = (number..lines.len())
        .find(|at| is_code(lines[*at]))
        .filter(|at| name_of_fn(lines[*at].trim()).is_some());
    let around = || (0..number).rev().find(|at| name_of_fn(lines[*at].trim()).is_some());
    let at = introduced.or_else(around)?;
    let mut before = lines[..at].iter().rev().take_while(|line| !is_code(line));
    before.any(|line| line.trim() == "#[test]").then(|| name_of_fn(lines[at].trim())).flatten()
}

fn name_of_fn(line: &str) -> Option<String> {
    let rest = line.strip_prefix("pub(crate) ").unwrap_or(line).strip_prefix("fn ")?;
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_in_comments_and_nowhere_else() {
        assert_eq!(labels(" RFC 9293 §3.6.1: MUST-13, SHLD-3"), ["MUST-13", "SHLD-3", "RFC 9293"]);
        assert_eq!(labels(" nothing of that: MUST, RFC"), Vec::<String>::new());
        let mut cited = Cited::default();
        cited.read_file(Path::new("crates/tcp/src/a.rs"), "let a = \"MUST-1\"; // MUST-2\n");
        assert_eq!(cited.code("MUST-1"), []);
        assert_eq!(cited.code("MUST-2").len(), 1);
    }

    #[test]
    fn helpers_and_what_follows_a_declaration_are_no_tests() {
        let text = "#[cfg(test)]\nmod tests;\n// MUST-1\nfn code() {}\n#[cfg(test)]\nmod more {\n    \
                    /// MUST-2\n    fn helper() {\n        // MUST-3\n    }\n}\n";
        let mut cited = Cited::default();
        cited.read_file(Path::new("crates/tcp/src/a.rs"), text);
        assert_eq!(cited.code("MUST-1").len(), 1);
        for label in ["MUST-1", "MUST-2", "MUST-3"] {
            assert_eq!(cited.tests(label), [], "{label}");
        }
        assert_eq!(cited.code("MUST-2"), []);
    }

    #[test]
    fn a_test_is_named_by_what_it_introduces_or_by_what_is_around_it() {
        let text = "// MUST-3 in code\nfn code() {}\n#[cfg(test)]\nmod tests {\n    /// MUST-1\n    \
                    #[test]\n    fn one() {\n        // MUST-2\n        let a = 1;\n    }\n}\n";
        let mut cited = Cited::default();
        cited.read_file(Path::new("crates/tcp/src/a.rs"), text);
        let name = |label| cited.tests(label)[0].test.clone();
        assert_eq!(name("MUST-1").as_deref(), Some("one"));
        assert_eq!(name("MUST-2").as_deref(), Some("one"));
        assert_eq!(cited.code("MUST-3")[0].link(), "[tcp/src/a.rs:1](../crates/tcp/src/a.rs#L1)");
    }
}
