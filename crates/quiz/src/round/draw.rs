//! What a round asks.

use tcpscope_sim::{CallResult, RecordId, Setup, Timeline, keyed};

use super::{Level, Round, Variation};
use crate::expected::{next_call, next_segment, next_sender, next_state};
use crate::{Kind, Question, Quiz};

/// What is drawn for each question.
#[derive(Clone, Copy)]
enum Draw {
    Scenario,
    Variation,
    Kind,
    Moment,
    Choices,
}

/// So many moments of a run are looked at.
const MOMENTS: u64 = 32;

/// What follows no later than so many records is asked about first: it can be thought through.
const NEAR: u32 = 16;

/// A question of a round, and the run that it is about.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which question of the round, from 0 on.
    pub place: u8,
    /// The scenario that the run is made of.
    pub scenario: String,
    /// The run.
    pub timeline: Timeline,
    /// The question.
    pub question: Question,
    /// Draws the choices.
    pub seed: u64,
}

impl Asked {
    /// The quiz that asks and grades it.
    #[must_use]
    pub const fn quiz(&self) -> Quiz<'_> {
        Quiz::of(&self.timeline).with_seed(self.seed)
    }
}

impl Round {
    /// A question of the round, from 0 on; `scenario` gives the setup of this id. `None` beyond the
    /// last one, and where none of the theme's scenarios is to be had.
    #[must_use]
    pub fn question(
        &self,
        place: u8,
        scenario: &mut dyn FnMut(&str) -> Option<Setup>,
    ) -> Option<Asked> {
        if place >= self.count() {
            return None;
        }
        let scenarios = self.shuffled(Draw::Scenario, 0, self.theme.scenarios());
        let later = scenarios.iter().cycle().skip(usize::from(place)).take(scenarios.len());
        later.copied().find_map(|id| {
            let timeline = self.variation(place).run(&scenario(id)?)?;
            let seed = self.draw(Draw::Choices, place, 0, u64::MAX);
            let question = self.question_about(place, &timeline)?;
            Some(Asked { place, scenario: id.to_owned(), timeline, question, seed })
        })
    }

    fn variation(&self, place: u8) -> Variation {
        let seed = self.draw(Draw::Variation, place, 0, u64::MAX);
        Variation { seed, loses: self.level != Level::Basic }
    }

    /// Of the kind whose turn it is, if any moment that is looked at has one; the nearest first.
    fn question_about(&self, place: u8, timeline: &Timeline) -> Option<Question> {
        let kinds = self.shuffled(Draw::Kind, 0, self.level.kinds());
        let quiz = Quiz::of(timeline);
        let records = timeline.trace().records().len() as u64;
        let moments = (0..MOMENTS).map(|nth| self.draw(Draw::Moment, place, nth, records));
        let moments = moments.filter_map(|record| u32::try_from(record).ok()).map(RecordId);
        let asked: Vec<_> = moments.flat_map(|at| quiz.ask(at)).collect();
        let turn = kinds.iter().cycle().skip(usize::from(place)).take(kinds.len());
        let of_kind = |kind: u8| {
            let all = asked.iter().filter(move |question| question.kind.place() == kind);
            let near = all.clone().find(|question| is_near(&quiz, question));
            near.or_else(|| all.clone().find(|question| is_worth_asking(&quiz, question)))
        };
        turn.copied().find_map(of_kind).copied()
    }

    fn draw(&self, what: Draw, place: u8, nth: u64, below: u64) -> u64 {
        let words = [what as u64, self.theme as u64, self.level as u64, place.into(), nth];
        keyed(self.seed.into(), &words, below)
    }

    /// A list in an order that the seed draws.
    fn shuffled<T: Copy>(&self, what: Draw, place: u8, list: &[T]) -> Vec<T> {
        let key = |nth: u64| self.draw(what, place, nth, u64::MAX);
        let mut keyed: Vec<_> = (0..).map(key).zip(list.iter().copied()).collect();
        keyed.sort_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, one)| one).collect()
    }
}

/// Whether what is asked for follows soon.
fn is_near(quiz: &Quiz<'_>, question: &Question) -> bool {
    let at = question.at;
    let follows = match question.kind {
        Kind::NextState { host, connection } => {
            next_state(quiz, host, connection, at).and_then(|next| next.by)
        }
        Kind::NextSegment { host } => next_segment(quiz, host, at).map(|(record, _)| record),
        Kind::WhoSendsNext => next_sender(quiz, at).map(|(record, _)| record),
        Kind::CallReturns { host } => next_call(quiz, host, at).map(|(record, ..)| record),
        Kind::WhichTimer | Kind::MaySend { .. } | Kind::WhatIfLost { .. } => Some(at),
    };
    follows.is_some_and(|follows| follows.0 - at.0 <= NEAR) && is_worth_asking(quiz, question)
}

/// A call that only succeeds teaches nobody anything.
pub(crate) fn is_worth_asking(quiz: &Quiz<'_>, question: &Question) -> bool {
    match question.kind {
        Kind::CallReturns { host } => next_call(quiz, host, question.at)
            .is_some_and(|(_, result, _)| result != CallResult::Ok),
        Kind::NextState { .. }
        | Kind::NextSegment { .. }
        | Kind::WhoSendsNext
        | Kind::WhichTimer
        | Kind::MaySend { .. }
        | Kind::WhatIfLost { .. } => true,
    }
}
