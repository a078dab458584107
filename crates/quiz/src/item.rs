//! What may be asked again: the names under which a review keeps it, and what they mean.

use std::fmt;

use crate::Round;

/// Something that was asked and can be asked again, wherever it came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ReviewItem {
    /// A question of the interviews.
    Interview {
        /// Its id.
        id: String,
    },
    /// A question of a round: the round draws it again, word for word.
    Round {
        /// The round.
        round: Round,
        /// Which of its questions, from 0 on.
        place: u8,
    },
    /// A question of a lesson.
    Lesson {
        /// The lesson's id.
        lesson: String,
        /// The stop's.
        stop: String,
        /// Which of the stop's questions, from 0 on.
        place: u8,
    },
}

impl ReviewItem {
    /// What a name means; `None` for one that is not from here, or from a later version.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut parts = name.split('/');
        let item = match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
            ("interview", id, None, None) => Self::Interview { id: id.to_owned() },
            ("round", code, Some(place), None) => {
                let round = Round::from_code(code).ok()?;
                let place = place.parse().ok().filter(|place| *place < round.count())?;
                Self::Round { round, place }
            }
            ("lesson", lesson, Some(stop), Some(place)) => Self::Lesson {
                lesson: lesson.to_owned(),
                stop: stop.to_owned(),
                place: place.parse().ok()?,
            },
            _ => return None,
        };
        parts.next().is_none().then_some(item)
    }
}

/// Its name: without spaces, and the same for the same question.
impl fmt::Display for ReviewItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interview { id } => write!(f, "interview/{id}"),
            Self::Round { round, place } => write!(f, "round/{}/{place}", round.to_code()),
            Self::Lesson { lesson, stop, place } => write!(f, "lesson/{lesson}/{stop}/{place}"),
        }
    }
}
