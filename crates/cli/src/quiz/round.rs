//! Rounds and their results, from their codes.

use std::fs;
use std::io::Write;
use std::path::Path;

use tcpscope_quiz::{
    Asked, Kind, Results, Round, SELF_GRADED, answer_in_words, level_in_words, text, theme_in_words,
};
use tcpscope_scenario::Scenario;
use tcpscope_sim::Setup;
use tcpscope_view::{Locale, Numbers, describe, messages};

use super::{QuizError, print_question};
use crate::run::RunError;

/// The scenarios of a folder; the first that cannot be read is kept.
struct Scenarios<'a> {
    folder: &'a Path,
    failed: Option<RunError>,
}

impl Scenarios<'_> {
    fn setup(&mut self, id: &str) -> Option<Setup> {
        let path = self.folder.join(id).with_extension("json");
        let read = fs::read_to_string(&path).map_err(|error| RunError::Read(path.clone(), error));
        let read = read.and_then(|text| {
            Scenario::from_json(&text).map_err(|error| RunError::Scenario(path.clone(), error))
        });
        match read {
            Ok(scenario) => Some(scenario.setup()),
            Err(error) => {
                self.failed.get_or_insert(error);
                None
            }
        }
    }

    /// A question of a round. That a scenario cannot be read is told before that there is none.
    fn question(&mut self, round: &Round, place: u8) -> Result<Option<Asked>, QuizError> {
        let asked = round.question(place, &mut |id| self.setup(id));
        match self.failed.take() {
            Some(error) => Err(QuizError::Run(error)),
            None => Ok(asked),
        }
    }
}

/// What a round asks.
pub(super) fn print_round(
    round: &Round,
    folder: &Path,
    locale: Locale,
    out: &mut impl Write,
) -> Result<(), QuizError> {
    let mut scenarios = Scenarios { folder, failed: None };
    let (theme, level) = (theme_in_words(round.theme, locale), level_in_words(round.level, locale));
    writeln!(out, "{} · {theme} · {level}", round.to_code())?;
    for place in 0..round.count() {
        let Some(asked) = scenarios.question(round, place)? else { break };
        let (quiz, at) = (asked.quiz(), asked.question.at);
        let now = describe(locale, asked.timeline.trace(), at, Numbers::Relative);
        writeln!(out, "\n{} · {} · {now}", asked.scenario, at.0)?;
        print_question(locale, &quiz, usize::from(place) + 1, &asked.question, out)?;
    }
    Ok(())
}

/// What was answered, with the questions.
pub(super) fn print_results(
    results: &Results,
    folder: &Path,
    locale: Locale,
    out: &mut impl Write,
) -> Result<(), QuizError> {
    let words = &messages(locale).quiz;
    let mut scenarios = Scenarios { folder, failed: None };
    let (rights, all) = (results.rights().to_string(), results.answers.len().to_string());
    writeln!(out, "{}", words.score.fill([&rights, &all]))?;
    for (place, answered) in (0_u8..).zip(&results.answers) {
        let asked = scenarios.question(&results.round, place)?;
        // Scenarios or engine may have become others since: then the question is another too.
        let asked = asked.filter(|asked| asked.question.kind.place() == answered.kind);
        // An interview question has no name here but its place; whoever answered graded it.
        let kind = Kind::NAMES.get(usize::from(answered.kind)).copied().unwrap_or("interview");
        let question = asked.as_ref().map_or(kind.to_owned(), |asked| {
            format!("{}: {}", asked.scenario, text(&asked.quiz(), &asked.question, locale))
        });
        let given = match (&answered.answer, &asked) {
            (None, _) if answered.kind == SELF_GRADED => "–".to_owned(),
            (None, _) => words.not_answered.to_owned(),
            (Some(answer), Some(asked)) => answer_in_words(&asked.quiz(), answer, locale),
            (Some(answer), None) => format!("{answer:?}"),
        };
        let verdict = if answered.right { words.right } else { words.wrong };
        let (seconds, tenths) = (answered.tenths / 10, answered.tenths % 10);
        writeln!(
            out,
            "\n{}. {question}\n   {given}\n   {verdict} {seconds}.{tenths} s",
            place + 1
        )?;
    }
    Ok(())
}
