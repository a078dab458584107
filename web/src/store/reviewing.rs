//! What was missed, asked again: what is asked now, and what came of it.

use tcpscope_quiz::{Due, Round};
use tcpscope_sim::Timeline;

use super::{Asked, Interviewing, OpenQuestion, QuestionPlace};

/// An address that ends in the code of a drawn interview.
pub(crate) const INTERVIEW_LINK: &str = "v=1&interview=";

/// A review, or an interview that was drawn.
pub(crate) struct Reviewing {
    /// What drew the questions; `None`: they are asked because they are due.
    pub(crate) drawn: Option<Round>,
    /// What is asked, one after another.
    pub(crate) queue: Vec<Due>,
    /// The place of what is asked now; as many as there are: all were.
    pub(crate) place: usize,
    /// What is asked now.
    pub(crate) now: Again,
    /// What was answered, each with the place of its question.
    pub(crate) done: Vec<(usize, Noted)>,
}

/// What is asked again.
pub(crate) enum Again {
    /// It is being fetched.
    Coming,
    /// A question of the interviews, which is open as any other.
    Spoken(QuestionPlace),
    /// A question that the engine grades, and the run that it is about, whatever is done to the one in
    /// the figure.
    Graded(Box<(Asked, Timeline)>),
    /// It cannot be asked: why.
    Gone(String),
    /// Nothing more.
    Ends,
}

/// An answer that was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noted {
    /// Whether it was right.
    pub(crate) right: bool,
    /// After how many days it is asked again; `None`: it is not.
    pub(crate) back: Option<u32>,
}

/// An answer that somebody may want to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    /// What was asked, by the name under which a review keeps it.
    pub(crate) item: String,
    /// Whether it was right.
    pub(crate) right: bool,
}

/// What may happen in a review.
pub(crate) enum ReviewChange {
    /// It begins with these; what drew them, if anything did.
    Begin(Vec<Due>, Option<Round>),
    /// This place is asked, or nothing more is.
    At(usize, Again),
    /// The question that the engine grades has other choices.
    Asked(Box<Asked>),
    /// It was answered.
    Answered(Box<Asked>, Noted),
}

impl Reviewing {
    /// What an address holds of an interview that was drawn.
    pub(crate) fn link(&self) -> Option<String> {
        let mut link = INTERVIEW_LINK.to_owned();
        link.push_str(&self.drawn?.to_code());
        Some(link)
    }

    fn note(&mut self, noted: Noted) {
        self.done.push((self.place, noted));
    }

    /// What is asked now, as it was due.
    pub(crate) fn due(&self) -> Option<&Due> {
        self.queue.get(self.place)
    }

    /// The run that it is asked of.
    pub(crate) const fn timeline(&self) -> Option<&Timeline> {
        match &self.now {
            Again::Graded(graded) => Some(&graded.1),
            Again::Coming | Again::Spoken(_) | Again::Gone(_) | Again::Ends => None,
        }
    }

    /// The question that the engine grades.
    pub(crate) const fn asked(&self) -> Option<&Asked> {
        match &self.now {
            Again::Graded(graded) => Some(&graded.0),
            Again::Coming | Again::Spoken(_) | Again::Gone(_) | Again::Ends => None,
        }
    }
}

impl Interviewing {
    pub(super) fn review(&mut self, what: ReviewChange) {
        match what {
            ReviewChange::Begin(queue, drawn) => {
                self.put_away();
                let now = Again::Coming;
                self.reviewing = Some(Reviewing { drawn, queue, place: 0, now, done: Vec::new() });
            }
            ReviewChange::At(place, now) => {
                let Some(reviewing) = &mut self.reviewing else { return };
                self.open = match now {
                    Again::Spoken(place) => Some(OpenQuestion::of(place)),
                    Again::Coming | Again::Graded(_) | Again::Gone(_) | Again::Ends => None,
                };
                (reviewing.place, reviewing.now) = (place, now);
            }
            ReviewChange::Asked(asked) => {
                if let Some(Reviewing { now: Again::Graded(graded), .. }) = &mut self.reviewing {
                    graded.0 = *asked;
                }
            }
            ReviewChange::Answered(asked, noted) => {
                let Some(reviewing) = &mut self.reviewing else { return };
                if let Again::Graded(graded) = &mut reviewing.now {
                    graded.0 = *asked;
                    reviewing.note(noted);
                }
            }
        }
    }

    /// How the reader found the own answer.
    pub(super) fn rate(&mut self, noted: Noted) {
        let Some(open) = &mut self.open else { return };
        open.noted = Some(noted);
        if let Some(reviewing) = &mut self.reviewing {
            reviewing.note(noted);
        }
    }
}
