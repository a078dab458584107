//! A step of a set with its run: what is shown there, and what is asked.

use std::rc::Rc;

use tcpscope_lesson::course::{Said, Sheet};
use tcpscope_quiz::answer_in_words;
use tcpscope_quiz::{Question, Quiz, Set, SetAnswer, SetItem, SetStep, ask_named, text};
use tcpscope_scenario::{Link, ScenarioRef};
use tcpscope_sim::{Moment, RecordId, Timeline};
use tcpscope_view::{Locale, Numbers};

use crate::app::lessons::{file, made, question_of};
use crate::app::loader::fetched;
use crate::app::{App, LoadError};
use crate::store::{Reading, Run, SetLine, Verdict, plain, sheet_ask_name};

/// A step with its run.
pub(super) struct Staged {
    /// The run.
    pub(super) run: Run,
    /// The moment.
    pub(super) moment: Moment,
    /// The questions of the step; nothing for one that this run has not.
    pub(super) questions: Vec<Option<Question>>,
    /// How each is asked, where the lesson has words of its own for it.
    own: Vec<Option<Vec<Said>>>,
    /// The lesson, and the place of its stop.
    pub(super) reading: Option<(Reading, usize)>,
}

/// A question of a set, with what grades it.
pub(super) enum Graded {
    /// The engine does, by this run.
    Run(Rc<Timeline>, Question, Option<Vec<Said>>),
    /// Whoever answers does.
    Own(String),
    /// Nobody can: the step cannot be run here.
    Gone,
}

impl App {
    /// The step of a set with its run; nothing for an interview question, which has none.
    pub(super) async fn staged(
        &self,
        set: &Set,
        step: SetStep,
    ) -> Result<Option<Staged>, LoadError> {
        let locale = self.store.read().preferences.locale;
        match set.items.get(step.item) {
            Some(SetItem::Lesson { lesson, stops }) => {
                let Some(chosen) = stops.get(step.stop) else { return Ok(None) };
                let reading = self.fetch_lesson(lesson, locale).await?;
                let words = &self.store.read().messages().lessons;
                let unknown = || {
                    LoadError::Lesson(words.unknown_stop.fill([&reading.sheet.title, &chosen.stop]))
                };
                let found = reading.sheet.stops.iter().position(|stop| stop.id == chosen.stop);
                let place = found.ok_or_else(unknown)?;
                let stop = reading.sheet.stops.get(place).ok_or_else(unknown)?;
                let (sheet, scenario, own) = reading.run(stop.run).ok_or_else(unknown)?;
                let (run, _) = made(sheet, scenario, own)?;
                let quiz = Quiz::of(run.timeline());
                let mut staged = (Vec::new(), Vec::new());
                for name in &chosen.asks {
                    let ask = stop.asks.iter().find(|ask| sheet_ask_name(ask) == *name);
                    staged.0.push(ask.and_then(|ask| question_of(&quiz, ask, stop.record)));
                    staged.1.push(ask.map(|ask| ask.ask.clone()).filter(|own| !own.is_empty()));
                }
                let (questions, own) = staged;
                let moment = run.trace().moment_of(RecordId(stop.record));
                Ok(Some(Staged { run, moment, questions, own, reading: Some((reading, place)) }))
            }
            Some(SetItem::Moment { link, asks, .. }) => {
                let (run, moment) = self.run_of(link).await?;
                let named = |name: &String| ask_named(name, moment.record, run.trace());
                let questions: Vec<_> = asks.iter().map(named).collect();
                let own = vec![None; questions.len()];
                Ok(Some(Staged { run, moment, questions, own, reading: None }))
            }
            Some(SetItem::Interview { .. }) | None => Ok(None),
        }
    }

    /// The run that a link is to, and its moment.
    pub(super) async fn run_of(&self, link: &str) -> Result<(Run, Moment), LoadError> {
        let link = Link::from_text(link).map_err(LoadError::Link)?;
        let (scenario, own) = match &link.scenario {
            ScenarioRef::Inline(scenario) => (scenario.clone(), false),
            ScenarioRef::RunOfLesson(run) => {
                let lesson = link.lesson.as_deref().unwrap_or_default();
                self.run_of_lesson(lesson, run).await?
            }
            ScenarioRef::Id(id) => (self.own_scenario(id).await?, true),
            ScenarioRef::OfLesson => {
                return Err(LoadError::Link(tcpscope_scenario::LinkError::NotOneScenario));
            }
        };
        let mut run = Run::new(scenario, own, link.seed).map_err(LoadError::CannotRun)?;
        for edit in link.edits(run.timeline().setup()).map_err(LoadError::Link)? {
            // One that meets nothing stays in the list, and does nothing.
            let _ = run.edit(edit);
        }
        let moment = link.moment(run.trace());
        Ok((run, moment))
    }

    /// All questions of a set, in order, with what grades each.
    pub(super) async fn graded(&self, set: &Set) -> Vec<Graded> {
        let locale = self.store.read().preferences.locale;
        let mut all = Vec::new();
        for step in set.steps().into_iter().filter(|step| step.asks > 0) {
            if let Some(SetItem::Interview { question }) = set.items.get(step.item) {
                let asked = match self.interviews(locale).await {
                    Ok(()) => self.question_named(question).map(|(_, ask)| ask),
                    Err(_) => None,
                };
                all.push(asked.map_or(Graded::Gone, Graded::Own));
                continue;
            }
            let Ok(Some(staged)) = self.staged(set, step).await else {
                all.extend((0..step.asks).map(|_| Graded::Gone));
                continue;
            };
            let timeline = Rc::new(staged.run.timeline().clone());
            for (question, own) in staged.questions.into_iter().zip(staged.own) {
                all.push(match question {
                    Some(question) => Graded::Run(timeline.clone(), question, own),
                    None => Graded::Gone,
                });
            }
        }
        all
    }

    /// The place of an interview question, and what it asks.
    pub(super) fn question_named(&self, id: &str) -> Option<(crate::store::QuestionPlace, String)> {
        let session = self.store.read();
        let list = session.interviewing.list();
        list.iter().enumerate().find_map(|(theme, interview)| {
            let found = interview.questions.iter().position(|question| question.id == id)?;
            let ask = interview.questions.get(found)?.ask.clone();
            Some((crate::store::QuestionPlace { theme, question: found }, ask))
        })
    }
}

impl Graded {
    /// The question in words.
    pub(super) fn question(&self, locale: Locale) -> String {
        match self {
            Self::Run(_, _, Some(own)) => plain(own),
            Self::Run(timeline, question, None) => text(&Quiz::of(timeline), question, locale),
            Self::Own(question) => question.clone(),
            Self::Gone => tcpscope_view::messages(locale).sets.gone.to_owned(),
        }
    }

    /// What would be right, in words; empty where nobody can say.
    pub(super) fn expected(&self, locale: Locale) -> String {
        let Self::Run(timeline, question, _) = self else { return String::new() };
        let quiz = Quiz::of(timeline);
        let expected = quiz.expected(question);
        expected.map(|answer| answer_in_words(&quiz, &answer, locale)).unwrap_or_default()
    }

    /// What an answer says, and what it is worth.
    pub(super) fn grade(&self, answer: &SetAnswer, locale: Locale) -> (String, Verdict) {
        match (self, answer) {
            (_, SetAnswer::None) => (String::new(), Verdict::NoAnswer),
            (Self::Run(timeline, question, _), SetAnswer::Given { answer, numbers }) => {
                let quiz = Quiz::of(timeline).with_numbers(*numbers);
                // An answer of another form is none to this question.
                let right = quiz.grade(question, answer).is_ok_and(|graded| graded.right);
                (answer_in_words(&quiz, answer, locale), Verdict::Graded(right))
            }
            (Self::Own(_), SetAnswer::Own { text, right }) => (text.clone(), Verdict::Own(*right)),
            (Self::Run(..), SetAnswer::Own { text, .. }) => (text.clone(), Verdict::Graded(false)),
            (Self::Own(_), SetAnswer::Given { .. }) | (Self::Gone, _) => {
                (String::new(), Verdict::NoAnswer)
            }
        }
    }

    /// The question with an answer.
    pub(super) fn line(&self, answer: &SetAnswer, locale: Locale) -> SetLine {
        let (said, verdict) = self.grade(answer, locale);
        let expected = self.expected(locale);
        SetLine { question: self.question(locale), answer: said, expected, verdict }
    }
}

/// A lesson in a language.
pub(super) async fn sheet_of(id: &str, locale: Locale) -> Result<Rc<Sheet>, LoadError> {
    let text = fetched(file(id, locale)).await?;
    Sheet::from_json(&text).map(Rc::new).map_err(LoadError::Malformed)
}

/// The sequence numbers that are asked for in a set: those that the student sees.
pub(super) const fn numbers_of(session: &crate::store::Session) -> Numbers {
    session.preferences.numbers
}
