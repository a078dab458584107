//! Questions that the reader asks for: about any moment of any run, or after an interview's answer;
//! and what could not be understood of an answer that was typed.

use tcpscope_quiz::{AnswerError, Kind, Question};
use tcpscope_sim::RecordId;

use super::{Asked, Change, Reviewing, Session, Wanted};

/// All about questions that stand at no stop and in no round.
#[derive(Default)]
pub(crate) struct Posing {
    /// What is asked about the present moment, or was.
    pub(crate) here: Option<Asked>,
    /// What follows the answer of an interview.
    pub(crate) follow_up: Option<FollowUp>,
    /// What is wrong with what was typed.
    pub(crate) trouble: Option<Trouble>,
    /// What was wanted while something was asked that it might tell.
    pub(crate) wanted: Option<Wanted>,
}

/// Who asks: which of the sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AskedBy {
    /// A lesson, at this place of its stop.
    Lesson(usize),
    /// A set, at this place of its step.
    Set(usize),
    /// A round.
    Round,
    /// A review.
    Review,
    /// The reader, about the present moment.
    Here,
    /// What follows an answer.
    FollowUp,
}

/// Why something that was typed is no answer. It counts as nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Whose question it was meant for.
    pub(crate) by: AskedBy,
    /// What is wrong.
    pub(crate) error: AnswerError,
}

/// Questions after the answer of an interview, drawn with a seed at the moments of its points.
#[derive(Clone)]
pub(crate) struct FollowUp {
    /// The interview question, by its name.
    pub(crate) of: String,
    /// Draws runs, moments and choices.
    pub(crate) seed: u32,
    /// Which of them, from 0 on.
    pub(crate) place: u8,
    /// How many there are.
    pub(crate) count: u8,
    /// The question; none where no run of these allows one.
    pub(crate) asked: Option<Asked>,
    /// How many were answered rightly so far.
    pub(crate) rights: u8,
    /// Whether the link to them could be copied, once it was asked for.
    pub(crate) copied: Option<bool>,
}

/// What may happen to such questions.
pub(crate) enum Pose {
    /// This is asked about the present moment, or was answered; nothing is any more.
    Here(Option<Asked>),
    /// This follows an answer, or was answered.
    FollowUp(Option<Box<FollowUp>>),
    /// What was typed is no answer.
    Trouble(Trouble),
    /// This is wanted once the question is given up.
    Want(Option<Wanted>),
    /// The figure leaves the moment of what is asked: all of the run shows.
    Unveil,
}

/// An address that ends in the name of an interview question and a seed.
pub(crate) const FOLLOW_LINK: &str = "v=1&follow=";

impl FollowUp {
    /// What an address holds of them.
    pub(crate) fn link(&self) -> String {
        let mut link = FOLLOW_LINK.to_owned();
        for part in [&self.of, ".", &self.seed.to_string()] {
            link.push_str(part);
        }
        link
    }

    /// The name and the seed of what an address holds.
    pub(crate) fn from_link(text: &str) -> Option<(&str, u32)> {
        let (of, seed) = text.rsplit_once('.')?;
        Some((of, seed.parse().ok()?))
    }
}

impl Posing {
    /// Another run is loaded, by whomever: nothing is asked about it yet.
    pub(super) fn forget_shown(&mut self) {
        self.here = None;
        if let Some(follow_up) = &mut self.follow_up {
            follow_up.asked = None;
        }
    }
}

impl Asked {
    /// Whether it waits for an answer.
    pub(crate) const fn is_open(&self) -> bool {
        self.graded.is_none()
    }

    /// The moment that is not to be left before the answer.
    fn moment(&self) -> Option<RecordId> {
        self.is_open().then_some(self.question.at)
    }
}

impl Session {
    pub(super) fn pose(&mut self, what: Pose) -> Vec<Change> {
        self.posing.trouble = None;
        let unveils = matches!(what, Pose::Unveil);
        match what {
            Pose::Here(asked) => self.posing.here = asked,
            Pose::FollowUp(follow_up) => self.posing.follow_up = follow_up.map(|it| *it),
            Pose::Trouble(trouble) => {
                self.posing.trouble = Some(trouble);
                return vec![Change::Taught];
            }
            Pose::Want(wanted) => {
                self.posing.wanted = wanted;
                return vec![];
            }
            Pose::Unveil => {}
        }
        let mut changes = if unveils { self.veil(None) } else { self.veil_anew() };
        changes.push(Change::Taught);
        changes
    }

    /// What is asked now, wherever, and not answered.
    pub(crate) fn asked_now(&self) -> impl Iterator<Item = &Question> {
        let of_lesson = self.asked_at_stop().iter();
        let round = self.interviewing.round.as_ref().and_then(|round| round.asked.as_ref());
        let review = self.interviewing.reviewing.as_ref().and_then(Reviewing::asked);
        let of_set = self.sets.taking.iter().flat_map(|taking| &taking.asked);
        let follow_up = self.posing.follow_up.as_ref().and_then(|it| it.asked.as_ref());
        let all = of_lesson.chain(of_set).chain(round).chain(review);
        let all = all.chain(&self.posing.here).chain(follow_up);
        all.filter(|asked| asked.is_open()).map(|asked| &asked.question)
    }

    /// Whether a set waits for an answer to what the figure shows: it is not given up.
    pub(crate) fn asks_in_set(&self) -> bool {
        self.asked_in_set().iter().any(Asked::is_open)
    }

    /// What a step of a set asks, as long as the figure shows its run.
    fn asked_in_set(&self) -> &[Asked] {
        let (Some(taking), Some(run)) = (&self.sets.taking, &self.run) else { return &[] };
        if taking.shows(run) { &taking.asked } else { &[] }
    }

    /// What the stop asks, while the figure shows its run.
    pub(crate) fn asked_at_stop(&self) -> &[Asked] {
        let (Some(reading), Some(run)) = (&self.teaching.reading, &self.run) else { return &[] };
        let stop = reading.stop().filter(|stop| reading.shows_run(stop.run, run));
        if stop.is_some() { &reading.asked } else { &[] }
    }

    /// Whether the times at which timers run out are what is asked for.
    pub(crate) fn withholds_timers(&self) -> bool {
        self.asked_now().any(|question| matches!(question.kind, Kind::WhichTimer))
    }

    /// Whether the octets that may be sent are.
    pub(crate) fn withholds_usable(&self) -> bool {
        self.asked_now().any(|question| matches!(question.kind, Kind::MaySend { .. }))
    }

    /// What is wrong with what was typed for a question.
    pub(crate) fn trouble(&self, by: AskedBy) -> Option<&AnswerError> {
        let trouble = self.posing.trouble.as_ref().filter(|trouble| trouble.by == by)?;
        Some(&trouble.error)
    }

    /// The run ends where something is asked until that is answered, or given up, or left.
    pub(super) fn veil_anew(&mut self) -> Vec<Change> {
        self.veil(self.moment_asked())
    }

    /// The moment of what is open, whoever asks it.
    fn moment_asked(&self) -> Option<RecordId> {
        let reading = self.teaching.reading.as_ref();
        let of_lesson = reading.map_or(&[][..], |reading| &reading.asked).iter();
        // A link may have led beyond the stop: then the way back asks.
        let here = self.run.as_ref().map(|run| run.moment().record);
        let is_ahead = |moment: &RecordId| here.is_some_and(|here| here <= *moment);
        let round = self.interviewing.round.as_ref().and_then(|round| round.asked.as_ref());
        let review = self.interviewing.reviewing.as_ref().and_then(Reviewing::asked);
        let follow_up = self.posing.follow_up.as_ref().and_then(|it| it.asked.as_ref());
        let others = self.posing.here.iter().chain(follow_up).chain(round).chain(review);
        let mut others = others.chain(self.asked_in_set()).filter_map(Asked::moment);
        others.next().or_else(|| of_lesson.filter_map(Asked::moment).next().filter(is_ahead))
    }
}
