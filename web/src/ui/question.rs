//! What is asked of questions, as it stands in `data-do`: those about the present moment, those that
//! follow an interview's answer, and what all of them have in common.

use crate::store::AskedBy;

/// What a control asks of questions. Whatever there are several of goes by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuizCommand {
    /// Shows what can be asked about the present moment.
    Here,
    /// Asks one of it.
    Pick(usize),
    /// Answers it with a choice.
    Answer(usize),
    /// Goes to where the answer shows.
    See,
    /// Back to what else can be asked.
    Close,
    /// Answers with what was typed.
    Typed(AskedBy),
    /// Gives every open question up: its answer is told, and what follows shows.
    GiveUp,
    /// Asks what follows an interview's answer, drawn anew.
    Follow,
    /// Answers it with a choice.
    FollowAnswer(usize),
    /// Goes to where the answer shows.
    FollowSee,
    /// The next of them.
    FollowNext,
    /// Asks it again, where the figure shows something else.
    FollowBack,
    /// Copies the link to them.
    FollowCopy,
}

/// Those that need nothing said besides.
const PLAIN: [(&str, QuizCommand); 12] = [
    ("here", QuizCommand::Here),
    ("see", QuizCommand::See),
    ("close", QuizCommand::Close),
    ("give-up", QuizCommand::GiveUp),
    ("follow", QuizCommand::Follow),
    ("follow-see", QuizCommand::FollowSee),
    ("follow-next", QuizCommand::FollowNext),
    ("follow-back", QuizCommand::FollowBack),
    ("follow-copy", QuizCommand::FollowCopy),
    ("typed-round", QuizCommand::Typed(AskedBy::Round)),
    ("typed-here", QuizCommand::Typed(AskedBy::Here)),
    ("typed-follow-up", QuizCommand::Typed(AskedBy::FollowUp)),
];

/// A name, and what it asks for at a place.
type Placed = (&'static str, fn(usize) -> QuizCommand);

const PLACED: [Placed; 4] = [
    ("pick", QuizCommand::Pick),
    ("answer", QuizCommand::Answer),
    ("follow-answer", QuizCommand::FollowAnswer),
    ("typed-lesson", |place| QuizCommand::Typed(AskedBy::Lesson(place))),
];

impl QuizCommand {
    /// As it stands in `data-do`.
    pub(super) fn to_text(self) -> String {
        let mut text = "quiz ".to_owned();
        if let Some((name, _)) = PLAIN.iter().find(|(_, plain)| *plain == self) {
            text.push_str(name);
            return text;
        }
        let place = match self {
            Self::Pick(place)
            | Self::Answer(place)
            | Self::FollowAnswer(place)
            | Self::Typed(AskedBy::Lesson(place)) => place,
            Self::Here
            | Self::See
            | Self::Close
            | Self::GiveUp
            | Self::Typed(AskedBy::Round | AskedBy::Here | AskedBy::FollowUp)
            | Self::Follow
            | Self::FollowSee
            | Self::FollowNext
            | Self::FollowBack
            | Self::FollowCopy => 0,
        };
        if let Some((name, _)) = PLACED.iter().find(|(_, placed)| placed(place) == self) {
            text.push_str(name);
            text.push(' ');
            text.push_str(&place.to_string());
        }
        text
    }

    /// From what stands in `data-do`.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let text = text.strip_prefix("quiz ")?;
        if let Some((_, plain)) = PLAIN.iter().find(|(name, _)| *name == text) {
            return Some(*plain);
        }
        let (name, place) = text.split_once(' ')?;
        let (_, placed) = PLACED.iter().find(|(known, _)| *known == name)?;
        Some(placed(place.parse().ok()?))
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
        AskedBy::Round => id.push_str("round"),
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
        let placed = PLACED.iter().map(|(_, placed)| placed(3));
        for command in PLAIN.iter().map(|(_, plain)| *plain).chain(placed) {
            assert_eq!(QuizCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["", "quiz", "quiz pick", "quiz pick x", "here"] {
            assert_eq!(QuizCommand::from_text(text), None, "{text}");
        }
    }
}
