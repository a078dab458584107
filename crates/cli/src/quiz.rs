//! `tcpscope quiz`: the questions that a moment of a run allows, and an answer to one, graded; a round
//! of them, and what was answered in one.

mod round;

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use tcpscope_quiz::{
    AnswerError, Question, Quiz, Results, Round, answer_in_words, form_in_words, micros,
    part_in_words, rule_in_words, see_in_words, text,
};
use tcpscope_scenario::LinkEdit;
use tcpscope_sim::{RecordId, Timeline};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Numbers, describe, duration_text, messages};

use crate::run::{self, RunError};

/// What is asked of `quiz`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The scenario's file; of a round or results, the folder of scenarios.
    pub scenario: PathBuf,
    /// The code of a round or of results, in place of a moment.
    pub code: Option<Code>,
    /// The moment; the first record, where none is given.
    pub at: At,
    /// Draws the wrong choices; the run keeps the scenario's own seed.
    pub seed: u64,
    /// What is done to the run first, in order.
    pub edits: Vec<LinkEdit>,
    /// Which question is answered, from 1 on.
    pub question: Option<usize>,
    /// The answer.
    pub answer: Option<String>,
    /// The language.
    pub locale: Locale,
    /// Which sequence numbers are meant.
    pub numbers: Numbers,
}

/// What a code holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code {
    /// A round.
    Round(Round),
    /// What was answered in one.
    Results(Results),
}

/// A moment of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// Once this record has happened.
    Record(u32),
    /// At this time: the last record by then.
    Time(Instant),
}

impl Default for At {
    fn default() -> Self {
        Self::Record(0)
    }
}

impl At {
    /// Reads `12`, a record, or `40ms`, a time.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let record = text.parse().ok().map(Self::Record);
        record.or_else(|| Some(Self::Time(Instant::from_micros(micros(text)?))))
    }
}

/// Why there is nothing to ask or to grade.
#[derive(Debug)]
pub enum QuizError {
    /// The scenario cannot be run.
    Run(RunError),
    /// The run has no such record.
    NoSuchRecord {
        /// The one asked for.
        record: u32,
        /// How many there are.
        records: usize,
    },
    /// There is no such question at this moment.
    NoSuchQuestion {
        /// The one asked for.
        question: usize,
        /// How many there are.
        questions: usize,
    },
    /// The answer is none.
    Answer(AnswerError),
}

impl fmt::Display for QuizError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(error) => error.fmt(f),
            Self::NoSuchRecord { record, records } => {
                write!(f, "--at {record}: the run has {records} records, the first is 0")
            }
            Self::NoSuchQuestion { question, questions } => {
                write!(f, "--question {question}: this moment has {questions}, the first is 1")
            }
            Self::Answer(error) => write!(f, "--answer: {error}"),
        }
    }
}

impl std::error::Error for QuizError {}

impl From<io::Error> for QuizError {
    fn from(error: io::Error) -> Self {
        Self::Run(RunError::Output(error))
    }
}

/// Asks, or grades an answer.
///
/// # Errors
/// What is wrong with the scenario, the moment or the answer.
pub fn quiz(request: &Request, mut out: impl Write) -> Result<(), QuizError> {
    match &request.code {
        Some(Code::Round(round)) => {
            round::print_round(round, &request.scenario, request.locale, &mut out)?;
            return Ok(out.flush()?);
        }
        Some(Code::Results(results)) => {
            round::print_results(results, &request.scenario, request.locale, &mut out)?;
            return Ok(out.flush()?);
        }
        None => {}
    }
    let timeline =
        run::timeline(&request.scenario, None, &request.edits).map_err(QuizError::Run)?;
    let quiz = Quiz::of(&timeline).with_seed(request.seed).with_numbers(request.numbers);
    let at = moment(&timeline, request.at)?;
    let asked = quiz.ask(at);
    match (request.question, &request.answer) {
        (None, None) => print_questions(request, &quiz, at, &asked, &mut out)?,
        (place, answer) => {
            let place = place.unwrap_or(1);
            let question = place.checked_sub(1).and_then(|place| asked.get(place));
            let none = || QuizError::NoSuchQuestion { question: place, questions: asked.len() };
            let question = question.ok_or_else(none)?;
            match answer {
                Some(answer) => print_grade(request, &quiz, question, answer, &mut out)?,
                None => print_question(request.locale, &quiz, place, question, &mut out)?,
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn moment(timeline: &Timeline, at: At) -> Result<RecordId, QuizError> {
    let trace = timeline.trace();
    let records = trace.records().len();
    match at {
        At::Record(record) if (record as usize) < records => Ok(RecordId(record)),
        At::Record(record) => Err(QuizError::NoSuchRecord { record, records }),
        At::Time(at) if records > 0 => Ok(trace.at(at).record),
        At::Time(_) => Err(QuizError::NoSuchRecord { record: 0, records }),
    }
}

fn print_questions(
    request: &Request,
    quiz: &Quiz<'_>,
    at: RecordId,
    asked: &[Question],
    out: &mut impl Write,
) -> Result<(), QuizError> {
    let trace = quiz.timeline().trace();
    let time = duration_text(trace.record(at).at.since(Instant::ZERO));
    let happened = describe(request.locale, trace, at, request.numbers);
    writeln!(out, "{} · {time} · {happened}", at.0)?;
    if asked.is_empty() {
        writeln!(out, "\n{}", messages(request.locale).quiz.none)?;
    }
    for (place, question) in (1..).zip(asked) {
        writeln!(out)?;
        print_question(request.locale, quiz, place, question, out)?;
    }
    Ok(())
}

fn print_question(
    locale: Locale,
    quiz: &Quiz<'_>,
    place: usize,
    question: &Question,
    out: &mut impl Write,
) -> Result<(), QuizError> {
    let name = question.to_text(quiz.timeline().trace());
    writeln!(out, "{place}. {} ({name})", text(quiz, question, locale))?;
    if !question.kind.is_by_choice() {
        writeln!(out, "   {}", form_in_words(&question.kind, locale))?;
        return Ok(());
    }
    for (letter, choice) in ('a'..).zip(quiz.choices(question)) {
        writeln!(out, "   {letter}  {}", answer_in_words(quiz, &choice, locale))?;
    }
    Ok(())
}

fn print_grade(
    request: &Request,
    quiz: &Quiz<'_>,
    question: &Question,
    answer: &str,
    out: &mut impl Write,
) -> Result<(), QuizError> {
    let locale = request.locale;
    let words = &messages(locale).quiz;
    let answer = quiz.read(question, answer).map_err(QuizError::Answer)?;
    let graded = quiz.grade(question, &answer).map_err(QuizError::Answer)?;
    writeln!(out, "{}", text(quiz, question, locale))?;
    writeln!(out, "{}", answer_in_words(quiz, &answer, locale))?;
    writeln!(out, "{}", if graded.right { words.right } else { words.wrong })?;
    if !graded.right {
        for part in &graded.parts {
            let name = part_in_words(part.part, locale);
            let said = if part.right { words.part_right } else { words.part_wrong };
            writeln!(out, "  {}", said.fill([name]))?;
        }
        let right = answer_in_words(quiz, &graded.expected, locale);
        writeln!(out, "{}", words.would_be.fill([&right]))?;
    }
    for because in rule_in_words(quiz, &graded, locale) {
        writeln!(out, "  {} [{}]", because.text, because.citation)?;
    }
    if let Some(see) = &graded.see {
        let hint = if see.change.is_some() { words.see_changed } else { words.see };
        writeln!(out, "{hint}: {} · {}", see.record.0, see_in_words(quiz, see, locale))?;
    }
    Ok(())
}
