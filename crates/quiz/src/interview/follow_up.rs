//! What is asked after an answer: drawn at the points' moments, on runs that are varied.

use tcpscope_sim::{RecordId, Setup, keyed};

use super::{InterviewQuestion, Point};
use crate::{Asked, Question, Quiz, Variation};

/// So many records before a point's moment are looked at, the nearest first.
const BEFORE: u32 = 24;

impl InterviewQuestion {
    /// A question of the kinds that follow, from 0 on, at one of the points: for every seed another
    /// run. `None` beyond the last kind, and where no point allows one.
    #[must_use]
    pub fn follow_up(
        &self,
        place: u8,
        seed: u64,
        scenario: &mut dyn FnMut(&str) -> Option<Setup>,
    ) -> Option<Asked> {
        let kind = *self.follow_ups.get(usize::from(place))?;
        let first = keyed(seed, &[0, place.into()], self.points.len() as u64);
        let points = self.points.iter().cycle().skip(usize::try_from(first).ok()?);
        points.take(self.points.len()).find_map(|point| {
            let setup = scenario(&point.scenario)?;
            let varied = keyed(seed, &[1, place.into()], u64::MAX);
            let choices = keyed(seed, &[2, place.into()], u64::MAX);
            // Where the variation never comes to the moment, the scenario itself does.
            let variation = Variation { seed: varied, loses: false }.setup(&setup);
            asked_at(point, kind, variation).or_else(|| asked_at(point, kind, setup)).map(
                |(timeline, question)| Asked {
                    place,
                    scenario: point.scenario.clone(),
                    timeline,
                    question,
                    seed: choices,
                },
            )
        })
    }
}

/// A question of this kind shortly before a point's moment: what is asked for may be the moment.
fn asked_at(point: &Point, kind: u8, setup: Setup) -> Option<(tcpscope_sim::Timeline, Question)> {
    let timeline = point.run(setup)?;
    let RecordId(moment) = point.record(&timeline)?;
    let quiz = Quiz::of(&timeline);
    let before = (moment.saturating_sub(BEFORE)..=moment).rev().map(RecordId);
    let question = before.flat_map(|at| quiz.ask(at)).find(|question| {
        question.kind.place() == kind && crate::round::is_worth_asking(&quiz, question)
    })?;
    Some((timeline, question))
}
