//! Everything that is checked, step by step, with one verdict at the end.

mod steps;

use crate::project::Project;
use crate::say;
use crate::trouble::Trouble;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// One thing that is checked.
struct Step {
    /// What it is called in the summary.
    name: &'static str,
    /// What it needs.
    needs: Needs,
    /// The step without which it says nothing.
    after: Option<&'static str>,
    /// The check.
    run: fn(&Project) -> Result<(), Trouble>,
}

/// What a step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// The cargo in use, and this machine to build for.
    ThisMachine,
    /// A standard library for another target, or a browser: left out by `--quick`.
    TargetOrBrowser,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    /// The step that it builds on did not pass.
    Skipped(&'static str),
}

/// A step that is over.
struct Outcome {
    name: &'static str,
    verdict: Verdict,
    took: Duration,
}

/// Runs every step that can run, also after one failed.
pub(crate) fn test(project: &Project, quick: bool) -> Result<ExitCode, Trouble> {
    let steps: Vec<Step> = steps::all()
        .into_iter()
        .filter(|step| !quick || step.needs == Needs::ThisMachine)
        .collect();
    let begun = Instant::now();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        say::headline(&format!("{}/{} {}", number + 1, steps.len(), step.name));
        outcomes.push(run(project, step, &outcomes));
    }
    // Standard output is where the tests' own verdicts went: the whole one follows them there.
    print!("\n{}", summary(&outcomes));
    println!("{:>9}  in all", say::duration(begun.elapsed()));
    println!("{}", closing_line(&outcomes));
    let all_passed = outcomes.iter().all(|outcome| outcome.verdict == Verdict::Passed);
    Ok(if all_passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(project: &Project, step: &Step, before: &[Outcome]) -> Outcome {
    let begun = Instant::now();
    let missing = step.after.filter(|name| {
        before.iter().any(|outcome| outcome.name == *name && outcome.verdict != Verdict::Passed)
    });
    let verdict = match missing {
        Some(name) => {
            say::note(&format!("  skipped: `{name}` did not pass"));
            Verdict::Skipped(name)
        }
        None => match (step.run)(project) {
            Ok(()) => Verdict::Passed,
            Err(trouble) => {
                say::note(&say::red(&trouble.to_string()));
                Verdict::Failed
            }
        },
    };
    Outcome { name: step.name, verdict, took: begun.elapsed() }
}

fn summary(outcomes: &[Outcome]) -> String {
    let rows: Vec<Vec<String>> = outcomes
        .iter()
        .map(|outcome| {
            let verdict = match outcome.verdict {
                Verdict::Passed => "ok".to_owned(),
                Verdict::Failed => "FAILED".to_owned(),
                Verdict::Skipped(name) => format!("skipped, since `{name}` did not pass"),
            };
            vec![format!("{:>9}", say::duration(outcome.took)), outcome.name.to_owned(), verdict]
        })
        .collect();
    say::table(&rows)
}

/// `9 passed, 1 failed`, and `, 2 skipped` if any were.
fn closing_line(outcomes: &[Outcome]) -> String {
    let count = |is: fn(&Verdict) -> bool| outcomes.iter().filter(|o| is(&o.verdict)).count();
    let passed = count(|verdict| *verdict == Verdict::Passed);
    let failed = count(|verdict| *verdict == Verdict::Failed);
    let skipped = count(|verdict| matches!(verdict, Verdict::Skipped(_)));
    let mut line = format!("{passed} passed, {failed} failed");
    if skipped > 0 {
        line.push_str(&format!(", {skipped} skipped"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(name: &'static str, verdict: Verdict) -> Outcome {
        Outcome { name, verdict, took: Duration::from_millis(1500) }
    }

    #[test]
    fn the_last_line_counts_steps() {
        let mut outcomes = vec![outcome("a", Verdict::Passed), outcome("b", Verdict::Failed)];
        assert_eq!(closing_line(&outcomes), "1 passed, 1 failed");
        outcomes.push(outcome("c", Verdict::Skipped("b")));
        assert_eq!(closing_line(&outcomes), "1 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn the_summary_has_a_row_a_step() {
        let outcomes = [outcome("format", Verdict::Passed), outcome("lints", Verdict::Failed)];
        assert_eq!(summary(&outcomes), "    1.5 s  format  ok\n    1.5 s  lints   FAILED\n");
    }

    #[test]
    fn steps_follow_what_they_build_on() {
        let steps = steps::all();
        for (number, step) in steps.iter().enumerate() {
            if let Some(name) = step.after {
                let earlier = &steps[..number];
                assert!(earlier.iter().any(|e| e.name == name), "{} after {name}", step.name);
            }
        }
    }
}
