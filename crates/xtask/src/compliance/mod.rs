//! `docs/rfc-compliance.md`: which line of the code and which test stand for each requirement.
//!
//! Comments cite requirements by their labels, `MUST-13` or `RFC 5961 §3.2`, beside the code that
//! obeys and beside the test that shows it. The table is made of those comments, so that it cannot
//! say what the code does not; a test fails while it is old, or while a requirement has no code or
//! no test.

mod citations;
mod requirements;

use crate::project::Project;
use crate::say;
use crate::trouble::Trouble;
use citations::{Cited, Place};
use requirements::{COMPANIONS, LEFT_OUT, RFC_9293, Requirement};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Where the table stands.
const TABLE: &str = "docs/rfc-compliance.md";

/// So many places of a requirement are listed; most have one or two.
const MOST_PLACES: usize = 4;

/// Writes the table anew.
pub(crate) fn write(project: &Project) -> Result<ExitCode, Trouble> {
    let cited = citations::read(&project.root)?;
    let path = project.root.join(TABLE);
    fs::write(&path, table(&cited))
        .map_err(|error| Trouble::new(format!("{} cannot be written: {error}", path.display())))?;
    for gap in gaps(&cited) {
        say::note(&gap);
    }
    Ok(ExitCode::SUCCESS)
}

/// Fails if the table is old or has gaps.
pub(crate) fn hold(project: &Project) -> Result<(), Trouble> {
    let cited = citations::read(&project.root)?;
    let gaps = gaps(&cited);
    if !gaps.is_empty() {
        return Err(Trouble::new(gaps.join("\n"))
            .cure("Cite the requirement in a comment beside the code that obeys it, and beside a test that shows it."));
    }
    let written = fs::read_to_string(project.root.join(TABLE)).unwrap_or_default();
    if written == table(&cited) {
        Ok(())
    } else {
        Err(Trouble::new(format!("{TABLE} is not what the comments say"))
            .cure("Run `cargo xtask compliance`."))
    }
}

/// What is not cited beside code, or not beside a test.
fn gaps(cited: &Cited) -> Vec<String> {
    let mut gaps = Vec::new();
    for requirement in RFC_9293.iter().chain(COMPANIONS) {
        let label = requirement.label;
        for (places, where_) in
            [(cited.code(label), "beside code"), (cited.tests(label), "beside a test")]
        {
            if places.is_empty() {
                gaps.push(format!("{label} ({}) is not cited {where_}", requirement.what));
            }
        }
    }
    gaps
}

fn table(cited: &Cited) -> String {
    let mut text = String::from(
        "# What the RFCs ask, where it is done, and what shows it\n\n\
         This file is written by `cargo xtask compliance` from the comments that cite the \
         requirements; do not edit it by hand.\n\n\
         ## RFC 9293\n\n",
    );
    rows(&mut text, RFC_9293, cited);
    text.push_str("\n## Its companions\n\n");
    rows(&mut text, COMPANIONS, cited);
    text.push_str("\n## Left out, and why\n\n| Requirements | Why |\n| --- | --- |\n");
    for (labels, why) in LEFT_OUT {
        let _ = writeln!(text, "| {labels} | {why} |");
    }
    text
}

fn rows(text: &mut String, requirements: &[Requirement], cited: &Cited) {
    text.push_str("| Requirement | What | Code | Test |\n| --- | --- | --- | --- |\n");
    for Requirement { label, section, what } in requirements {
        let section = if section.is_empty() { String::new() } else { format!(" (§{section})") };
        let code = links(cited.code(label));
        let tests = links(cited.tests(label));
        let _ = writeln!(text, "| {label}{section} | {what} | {code} | {tests} |");
    }
}

fn links(places: &[Place]) -> String {
    let links: Vec<String> = places.iter().take(MOST_PLACES).map(Place::link).collect();
    links.join(", ")
}

/// Whether a path is one of a test.
fn is_test_file(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests")
        || path.file_name().is_some_and(|name| name == "tests.rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_unique() {
        let all: Vec<&str> = RFC_9293.iter().chain(COMPANIONS).map(|one| one.label).collect();
        for (number, label) in all.iter().enumerate() {
            assert!(!all[..number].contains(label), "{label}");
        }
    }

    /// Whether a requirement is left out: `labels` are as they stand in the table, with ranges.
    fn is_left_out(kind: &str, number: u32) -> bool {
        let number_of = |label: &str| label.strip_prefix(kind)?.strip_prefix('-')?.parse().ok();
        LEFT_OUT.iter().flat_map(|(labels, _)| labels.split(", ")).any(|labels| {
            let (first, last) = labels.split_once(" to ").unwrap_or((labels, labels));
            let range: Option<(u32, u32)> = number_of(first).zip(number_of(last));
            range.is_some_and(|(first, last)| (first..=last).contains(&number))
        })
    }

    #[test]
    fn every_label_of_the_rfc_is_held_to_or_left_out() {
        for (kind, last) in [("MUST", 69), ("SHLD", 31), ("MAY", 18), ("REC", 1)] {
            for number in 1..=last {
                let label = format!("{kind}-{number}");
                let held = RFC_9293.iter().any(|one| one.label == label);
                assert!(held != is_left_out(kind, number), "{label}");
            }
        }
    }

    #[test]
    fn sections_are_in_order() {
        let number = |section: &str| -> Vec<u32> {
            section.split('.').filter_map(|part| part.parse().ok()).collect()
        };
        assert!(RFC_9293.is_sorted_by_key(|one| number(one.section)));
    }

    #[test]
    fn a_requirement_without_code_or_test_is_named() {
        let mut cited = Cited::default();
        cited.read_file(Path::new("crates/tcp/src/a.rs"), "// MUST-1\nfn a() {}\n");
        let gaps = gaps(&cited);
        assert!(
            gaps.iter().any(|gap| gap.starts_with("MUST-1 (") && gap.ends_with("beside a test"))
        );
        assert!(
            !gaps.iter().any(|gap| gap.starts_with("MUST-1 (") && gap.ends_with("beside code"))
        );
    }
}
