//! What is asked of questions, as it stands in `data-do`: those about the present moment, those that
//! follow an interview's answer, and what all of them have in common.

use super::vocabulary::vocabulary;
use crate::store::AskedBy;

vocabulary! {
    /// What a control asks of questions. Whatever there are several of goes by its place.
    pub(crate) enum QuizCommand of "quiz" {
        plain {
            /// Shows what can be asked about the present moment.
            Here = "here",
            /// Goes to where the answer shows.
            See = "see",
            /// Back to what else can be asked.
            Close = "close",
            /// Gives every open question up: its answer is told, and what follows shows.
            GiveUp = "give-up",
            /// The same, and shows the run that was wanted instead.
            GiveUpFor = "give-up-for",
            /// Asks what follows an interview's answer, drawn anew.
            Follow = "follow",
            /// Goes to where the answer shows.
            FollowSee = "follow-see",
            /// The next of them.
            FollowNext = "follow-next",
            /// Asks it again, where the figure shows something else.
            FollowBack = "follow-back",
            /// Copies the link to them.
            FollowCopy = "follow-copy",
            /// Answers the round with what was typed.
            TypedRound = "typed-round",
            /// Answers the review.
            TypedReview = "typed-review",
            /// Answers what is asked about the present moment.
            TypedHere = "typed-here",
            /// Answers what follows an interview's answer.
            TypedFollowUp = "typed-follow-up",
        }
        placed {
            /// Asks one of what can be asked about the present moment.
            Pick = "pick",
            /// Answers it with a choice.
            Answer = "answer",
            /// Answers what follows an interview's answer with a choice.
            FollowAnswer = "follow-answer",
            /// Answers a question of the lesson with what was typed.
            TypedLesson = "typed-lesson",
            /// Answers a question of the set.
            TypedSet = "typed-set",
        }
    }
}

impl QuizCommand {
    /// Answers with what was typed.
    pub(super) const fn typed(by: AskedBy) -> Self {
        match by {
            AskedBy::Lesson(place) => Self::TypedLesson(place),
            AskedBy::Set(place) => Self::TypedSet(place),
            AskedBy::Round => Self::TypedRound,
            AskedBy::Review => Self::TypedReview,
            AskedBy::Here => Self::TypedHere,
            AskedBy::FollowUp => Self::TypedFollowUp,
        }
    }
}

/// The id of the field in which an answer is typed.
pub(crate) fn field_id(by: AskedBy) -> String {
    let mut id = "typed-".to_owned();
    match by {
        AskedBy::Lesson(place) => {
            id.push_str("lesson-");
            id.push_str(&place.to_string());
        }
        AskedBy::Set(place) => {
            id.push_str("set-");
            id.push_str(&place.to_string());
        }
        AskedBy::Round => id.push_str("round"),
        AskedBy::Review => id.push_str("review"),
        AskedBy::Here => id.push_str("here"),
        AskedBy::FollowUp => id.push_str("follow-up"),
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        for command in QuizCommand::all(3) {
            assert_eq!(QuizCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["", "quiz", "quiz open", "quiz open x", "show"] {
            assert_eq!(QuizCommand::from_text(text), None, "{text}");
        }
    }
}
