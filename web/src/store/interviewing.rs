//! Interviews: which questions there are, which is answered, what of its answer the figure shows.

use std::collections::BTreeMap;
use std::rc::Rc;

use tcpscope_quiz::{Answered, Interview, InterviewQuestion, Level, Theme};
use tcpscope_sim::{Edit, RecordId};
use tcpscope_view::Locale;

use super::{
    Again, Asked, Change, Noted, Playing, ReviewChange, Reviewing, RoundClock, RoundLine, Run,
    Session,
};

/// All about interviews.
#[derive(Default)]
pub(crate) struct Interviewing {
    /// The questions by theme, and the language that they are in.
    pub(crate) list: Option<(Locale, Rc<Vec<Interview>>)>,
    /// The theme that is shown; [`Theme::Everything`]: all of them.
    pub(crate) theme: Theme,
    /// The hardest level that is shown.
    pub(crate) level: Hardest,
    /// The question that is answered.
    pub(crate) open: Option<OpenQuestion>,
    /// The round that is answered.
    pub(crate) round: Option<Playing>,
    /// The moments of a theme's points, one after another, once they were looked up.
    pub(crate) moments: BTreeMap<usize, Vec<Option<PointMoment>>>,
    /// What was missed, asked again.
    pub(crate) reviewing: Option<Reviewing>,
    /// How many minutes a round may take; none: as many as one likes.
    pub(crate) minutes: u8,
    /// The clock of the round.
    pub(crate) clock: Option<RoundClock>,
    /// What is wrong with the code that was entered.
    pub(crate) bad_code: Option<String>,
    /// Whether the results' code could be copied, once it was asked for.
    pub(crate) copied: Option<bool>,
}

/// The hardest level that is shown: all are, until the reader wants fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hardest(pub(crate) Level);

impl Default for Hardest {
    fn default() -> Self {
        Self(Level::Expert)
    }
}

/// A question that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenQuestion {
    /// Where it stands.
    pub(crate) place: QuestionPlace,
    /// Whether the model answer is shown.
    pub(crate) shown: bool,
    /// The point whose moment the figure shows.
    pub(crate) point: Option<ShownPoint>,
    /// How the reader found the own answer.
    pub(crate) noted: Option<Noted>,
}

/// The place of a question: of its theme among the interviews, and its own there. They are the same
/// in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuestionPlace {
    /// The theme's.
    pub(crate) theme: usize,
    /// Its own.
    pub(crate) question: usize,
}

/// A point of an answer that the figure shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShownPoint {
    /// Its place.
    pub(crate) place: usize,
    /// The moment.
    pub(crate) record: RecordId,
    /// What was done to the run.
    pub(crate) edits: Vec<Edit>,
}

/// What the engine says where a point shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PointMoment {
    /// When, since the beginning of the run.
    pub(crate) at: String,
    /// What happens.
    pub(crate) what: String,
    /// The section behind it.
    pub(crate) rule: String,
}

/// What may happen to interviews.
pub(crate) enum Interviewed {
    /// The questions arrived.
    Listed(Locale, Vec<Interview>),
    /// The moments of a theme's points were looked up.
    Moments(usize, Vec<Option<PointMoment>>),
    /// These are shown.
    Theme(Theme),
    /// And no harder ones than this.
    Level(Level),
    /// A question is asked.
    Open(QuestionPlace),
    /// The model answer is shown.
    Show,
    /// The figure shows a point.
    Point(ShownPoint),
    /// A round is begun, or its results are looked at.
    Play(Box<Playing>),
    /// This is asked in the round.
    Asked(Asked),
    /// It was answered.
    Answered(Asked, Answered),
    /// The round is over: this was asked and answered.
    Ended(Vec<RoundLine>),
    /// The code that was entered is none.
    BadCode(String),
    /// The results' code was copied, or could not be.
    Copied(bool),
    /// How the reader found the own answer.
    Rated(Noted),
    /// Something of the review.
    Review(ReviewChange),
    /// A round may take so many minutes.
    Minutes(u8),
    /// The round's clock is another.
    Clock(Option<RoundClock>),
    /// The interview is over.
    Leave,
}

impl QuestionPlace {
    /// As one number, for a control.
    pub(crate) const fn number(self) -> usize {
        self.theme * 256 + self.question
    }

    /// From one number.
    pub(crate) const fn of(number: usize) -> Self {
        Self { theme: number / 256, question: number % 256 }
    }
}

impl Interviewing {
    /// The questions, in whichever language they are there.
    pub(crate) fn list(&self) -> &[Interview] {
        self.list.as_ref().map_or(&[], |(_, list)| list)
    }

    /// A question, and what it belongs to.
    pub(crate) fn find(&self, place: QuestionPlace) -> Option<(&Interview, &InterviewQuestion)> {
        let interview = self.list().get(place.theme)?;
        Some((interview, interview.questions.get(place.question)?))
    }

    /// The place of a question of this id.
    pub(crate) fn named(&self, id: &str) -> Option<QuestionPlace> {
        let mut list = self.list().iter().enumerate();
        list.find_map(|(theme, interview)| {
            let question = interview.questions.iter().position(|question| question.id == id)?;
            Some(QuestionPlace { theme, question })
        })
    }

    /// The question that is answered.
    pub(crate) fn question(&self) -> Option<(&Interview, &InterviewQuestion)> {
        self.find(self.open.as_ref()?.place)
    }

    /// The places of those that are shown, in order.
    pub(crate) fn shown(&self) -> Vec<QuestionPlace> {
        let mut shown = Vec::new();
        for (theme, interview) in self.list().iter().enumerate() {
            if self.theme != Theme::Everything && self.theme != interview.theme {
                continue;
            }
            for (question, each) in interview.questions.iter().enumerate() {
                if each.level <= self.level.0 {
                    shown.push(QuestionPlace { theme, question });
                }
            }
        }
        shown
    }

    /// The one after the one that is answered, among those that are shown.
    pub(crate) fn next(&self) -> Option<QuestionPlace> {
        let here = self.open.as_ref()?.place.number();
        self.shown().into_iter().find(|place| place.number() > here)
    }

    fn change(&mut self, what: Interviewed) {
        match what {
            Interviewed::Listed(locale, list) => {
                self.list = Some((locale, Rc::new(list)));
                self.moments.clear();
            }
            Interviewed::Moments(theme, moments) => {
                self.moments.insert(theme, moments);
            }
            Interviewed::Theme(theme) => self.theme = theme,
            Interviewed::Level(level) => self.level = Hardest(level),
            Interviewed::Open(place) => {
                self.put_away();
                self.open = Some(OpenQuestion::of(place));
            }
            Interviewed::Show => {
                if let Some(open) = &mut self.open {
                    open.shown = true;
                }
            }
            Interviewed::Point(point) => {
                if let Some(open) = &mut self.open {
                    open.point = Some(point);
                }
            }
            Interviewed::Play(playing) => {
                self.put_away();
                self.round = Some(*playing);
                self.bad_code = None;
                self.copied = None;
            }
            Interviewed::Asked(asked) => {
                if let Some(playing) = &mut self.round {
                    playing.asked = Some(asked);
                }
            }
            Interviewed::Answered(asked, answered) => {
                if let Some(playing) = &mut self.round {
                    playing.asked = Some(asked);
                    playing.answers.push(answered);
                }
            }
            Interviewed::Ended(lines) => {
                if let Some(playing) = &mut self.round {
                    playing.asked = None;
                    playing.ends = Some(lines);
                }
            }
            Interviewed::BadCode(told) => self.bad_code = Some(told),
            Interviewed::Copied(copied) => self.copied = Some(copied),
            Interviewed::Rated(noted) => self.rate(noted),
            Interviewed::Review(what) => self.review(what),
            Interviewed::Minutes(minutes) => self.minutes = minutes,
            Interviewed::Clock(clock) => self.clock = clock,
            Interviewed::Leave => self.put_away(),
        }
    }

    /// Whether the round or the interview has come to its end, which has no clock.
    pub(crate) fn is_over(&self) -> bool {
        let round = self.round.as_ref().is_some_and(|round| round.ends.is_some());
        round || self.reviewing.as_ref().is_some_and(|it| matches!(it.now, Again::Ends))
    }

    /// Nothing is asked any more.
    pub(super) fn put_away(&mut self) {
        self.open = None;
        self.round = None;
        self.reviewing = None;
        self.clock = None;
    }

    /// Another run is loaded, by whomever: it shows no point until it is said so.
    pub(super) fn forget_shown(&mut self) {
        if let Some(open) = &mut self.open {
            open.point = None;
        }
    }
}

impl OpenQuestion {
    /// A question that has just been asked.
    pub(crate) const fn of(place: QuestionPlace) -> Self {
        Self { place, shown: false, point: None, noted: None }
    }

    /// Whether the figure is at the moment of this point.
    pub(crate) fn is_at(&self, place: usize, run: &Run) -> bool {
        self.point.as_ref().is_some_and(|point| {
            point.place == place
                && point.record == run.moment().record
                && point.edits == run.timeline().edits()
        })
    }
}

impl Session {
    pub(super) fn interview(&mut self, what: Interviewed) -> Vec<Change> {
        let opens = matches!(
            what,
            Interviewed::Open(_)
                | Interviewed::Play(_)
                | Interviewed::Review(ReviewChange::Begin(..))
        );
        if opens {
            // One sheet leads through the figure at a time.
            self.teaching.put_away();
        }
        let asks = matches!(
            what,
            Interviewed::Open(_)
                | Interviewed::Play(_)
                | Interviewed::Asked(_)
                | Interviewed::Answered(..)
                | Interviewed::Ended(_)
                | Interviewed::Review(_)
                | Interviewed::Leave
        );
        self.interviewing.change(what);
        if asks {
            self.posing.follow_up = None;
        }
        self.shell.teach(self.is_led(), opens);
        let mut changes = if asks { self.veil_anew() } else { vec![] };
        changes.push(Change::Taught);
        changes
    }

    /// Whether a lesson or an interview leads through the figure.
    pub(super) const fn is_led(&self) -> bool {
        self.teaching.reading.is_some()
            || self.interviewing.open.is_some()
            || self.interviewing.round.is_some()
            || self.interviewing.reviewing.is_some()
            || self.sets.taking.is_some()
    }
}
