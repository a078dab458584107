//! What of an answer is right, what would have been, by which rule and where to see it.

use tcpscope_sim::{Edit, RecordId, Why};

use crate::answer::PSH;
use crate::expected::{
    Running, expected, fate_of, next_call, next_segment, next_sender, next_state, running_timers,
    set_by,
};
use crate::outcome::outcome;
use crate::span::is_close;
use crate::usable::usable;
use crate::{Answer, AnswerError, Kind, NextSegment, Question, Quiz, Usable};

/// An answer, graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// Whether all of it is right.
    pub right: bool,
    /// Its parts.
    pub parts: Vec<PartGrade>,
    /// What would have been right; where several would, the one that comes first.
    pub expected: Answer,
    /// By which rule.
    pub rule: Rule,
    /// Where it shows.
    pub see: Option<See>,
}

/// A part of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartGrade {
    /// Which.
    pub part: Part,
    /// Whether it is right.
    pub right: bool,
}

/// What an answer consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The state.
    State,
    /// The control bits.
    Flags,
    /// The sequence number.
    Seq,
    /// The acknowledgment number.
    Ack,
    /// The octets of text.
    Len,
    /// Whose it is.
    Host,
    /// The time.
    Time,
    /// The timer.
    Timer,
    /// What is returned.
    Result,
    /// The octets.
    Octets,
    /// What follows.
    Outcome,
}

/// Why an answer is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The rules behind a record, the one that decided first.
    Whys {
        /// The record: of the run, or of the run with the change in [`See`].
        record: RecordId,
        /// The rules.
        whys: Vec<Why>,
    },
    /// The sum that gives the usable window.
    Usable(Usable),
    /// Nothing more happens to it.
    Rests,
}

/// Where an answer shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct See {
    /// The record to look at.
    pub record: RecordId,
    /// What has to be done to the run first.
    pub change: Option<Edit>,
}

impl Quiz<'_> {
    /// Grades an answer.
    ///
    /// # Errors
    /// This run cannot tell the answer to the question: [`Quiz::ask`] does not ask it.
    pub fn grade(&self, question: &Question, answer: &Answer) -> Result<Graded, AnswerError> {
        let (right, rule, see) = self.solved(question).ok_or(AnswerError::NoQuestion)?;
        let parts = self.parts(question, answer, &right);
        let all = parts.iter().all(|part| part.right);
        Ok(Graded { right: all, parts, expected: right, rule, see })
    }

    /// The right answer; `None` where the run cannot tell it.
    #[must_use]
    pub fn expected(&self, question: &Question) -> Option<Answer> {
        expected(self, question)
    }

    pub(crate) fn is_right(&self, question: &Question, answer: &Answer, right: &Answer) -> bool {
        self.parts(question, answer, right).iter().all(|part| part.right)
    }

    /// The parts of an answer. One of another kind is wrong as a whole.
    fn parts(&self, question: &Question, answer: &Answer, right: &Answer) -> Vec<PartGrade> {
        let now = self.trace().record(question.at).at;
        let part = |part, right| PartGrade { part, right };
        match (answer, right) {
            (Answer::State(given), Answer::State(right)) => vec![part(Part::State, given == right)],
            (Answer::Segment(given), Answer::Segment(right)) => segment_parts(*given, *right),
            (Answer::Sender(given), Answer::Sender(right)) => vec![
                part(Part::Host, given.host == right.host),
                part(Part::Time, is_close(now, right.at, given.at)),
            ],
            (Answer::Timer(given), Answer::Timer(right)) => {
                // Of several that run out at once each is the first.
                let first = |running: &Running| running.at == right.at;
                let firsts: Vec<_> =
                    running_timers(self, question.at).into_iter().take_while(first).collect();
                let of_host = |running: &&Running| running.host == given.host;
                let host_is_right = firsts.iter().any(|running| of_host(&running));
                let mut meant = firsts.iter().filter(|running| !host_is_right || of_host(running));
                let timer_is_right = meant.any(|running| running.timer == given.timer);
                vec![
                    part(Part::Host, host_is_right),
                    part(Part::Timer, timer_is_right),
                    part(Part::Time, is_close(now, right.at, given.at)),
                ]
            }
            (Answer::Call(given), Answer::Call(right)) => vec![part(Part::Result, given == right)],
            (Answer::Octets(given), Answer::Octets(right)) => {
                vec![part(Part::Octets, given == right)]
            }
            (Answer::Outcome(given), Answer::Outcome(right)) => {
                vec![part(Part::Outcome, given.says_the_same_as(right))]
            }
            (
                Answer::State(_)
                | Answer::Segment(_)
                | Answer::Sender(_)
                | Answer::Timer(_)
                | Answer::Call(_)
                | Answer::Octets(_)
                | Answer::Outcome(_),
                right,
            ) => vec![part(main_part(right), false)],
        }
    }

    /// The right answer with the rule behind it, and where it shows.
    fn solved(&self, question: &Question) -> Option<(Answer, Rule, Option<See>)> {
        if let Kind::WhatIfLost { packet } = question.kind {
            if !question.is_of(self.trace()) {
                return None;
            }
            // The run is made again once for all of it.
            let (outcome, shown) = outcome(self, packet)?;
            let rule = Rule::Whys { record: shown.record, whys: shown.whys };
            let see = See { record: shown.record, change: Some(shown.edit) };
            return Some((Answer::Outcome(Box::new(outcome)), rule, Some(see)));
        }
        let right = expected(self, question)?;
        let (rule, see) = self.behind(question)?;
        Some((right, rule, see))
    }

    /// The rule behind what the run itself tells, and where it shows.
    fn behind(&self, question: &Question) -> Option<(Rule, Option<See>)> {
        let at = question.at;
        let record = match question.kind {
            Kind::NextState { host, connection } => {
                let Some(by) = next_state(self, host, connection, at)?.by else {
                    return Some((Rule::Rests, None));
                };
                by
            }
            Kind::NextSegment { host } => next_segment(self, host, at)?.0,
            Kind::WhoSendsNext => next_sender(self, at)?.0,
            Kind::WhichTimer => {
                let first = *running_timers(self, at).first()?;
                let set = set_by(self, &first, at);
                let shows = fate_of(self, &first, at).or(set)?;
                let set = set.unwrap_or(shows);
                return Some((self.whys(set), Some(See { record: shows, change: None })));
            }
            Kind::CallReturns { host } => next_call(self, host, at)?.0,
            Kind::MaySend { connection, .. } => {
                let usable = usable(self.timeline(), connection, at)?;
                return Some((Rule::Usable(usable), Some(See { record: at, change: None })));
            }
            Kind::WhatIfLost { .. } => return None,
        };
        Some((self.whys(record), Some(See { record, change: None })))
    }

    fn whys(&self, record: RecordId) -> Rule {
        Rule::Whys { record, whys: self.trace().whys(record).to_vec() }
    }
}

/// A segment's parts. PSH may be left out: it changes nothing that is asked. One that is named has
/// to be there.
fn segment_parts(given: Option<NextSegment>, right: Option<NextSegment>) -> Vec<PartGrade> {
    let (Some(given), Some(right)) = (given, right) else {
        return vec![PartGrade { part: Part::Flags, right: given == right }];
    };
    let part = |part, right| PartGrade { part, right };
    vec![
        part(Part::Flags, given.flags == right.flags || given.flags == right.flags & !PSH),
        part(Part::Seq, given.seq == right.seq),
        part(Part::Ack, given.ack == right.ack),
        part(Part::Len, given.len == right.len),
    ]
}

/// The part that an answer is about.
const fn main_part(answer: &Answer) -> Part {
    match answer {
        Answer::State(_) => Part::State,
        Answer::Segment(_) => Part::Flags,
        Answer::Sender(_) => Part::Host,
        Answer::Timer(_) => Part::Timer,
        Answer::Call(_) => Part::Result,
        Answer::Octets(_) => Part::Octets,
        Answer::Outcome(_) => Part::Outcome,
    }
}
