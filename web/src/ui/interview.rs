//! What is asked of the interviews, as it stands in `data-do`.

/// What a control asks of the interviews. Whatever there are several of goes by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InterviewCommand {
    /// Shows the questions of a theme; of the first: of all.
    Theme(usize),
    /// Shows no harder questions than of a level.
    Level(usize),
    /// Asks a question.
    Open(usize),
    /// Shows where a point shows.
    Point(usize),
    /// Answers the question of the round with a choice.
    Answer(usize),
    /// Goes to where the answer shows.
    See,
    /// Begins a round.
    Begin,
    /// To the next question of the round.
    On,
    /// Opens the code that was entered.
    Code,
    /// Copies the code of the results.
    Copy,
    /// Shows the model answer.
    Show,
    /// Asks the next question.
    Next,
    /// Ends the interview.
    Leave,
}

/// Those that need nothing said besides.
const PLAIN: [(&str, InterviewCommand); 8] = [
    ("see", InterviewCommand::See),
    ("begin", InterviewCommand::Begin),
    ("on", InterviewCommand::On),
    ("code", InterviewCommand::Code),
    ("copy", InterviewCommand::Copy),
    ("show", InterviewCommand::Show),
    ("next", InterviewCommand::Next),
    ("leave", InterviewCommand::Leave),
];

/// A name, and what it asks for at a place.
type Placed = (&'static str, fn(usize) -> InterviewCommand);

const PLACED: [Placed; 5] = [
    ("answer", InterviewCommand::Answer),
    ("theme", InterviewCommand::Theme),
    ("level", InterviewCommand::Level),
    ("open", InterviewCommand::Open),
    ("point", InterviewCommand::Point),
];

impl InterviewCommand {
    /// As it stands in `data-do`.
    pub(super) fn to_text(self) -> String {
        let mut text = "interview ".to_owned();
        if let Some((name, _)) = PLAIN.iter().find(|(_, plain)| *plain == self) {
            text.push_str(name);
            return text;
        }
        let place = match self {
            Self::Answer(place)
            | Self::Theme(place)
            | Self::Level(place)
            | Self::Open(place)
            | Self::Point(place) => place,
            Self::See
            | Self::Begin
            | Self::On
            | Self::Code
            | Self::Copy
            | Self::Show
            | Self::Next
            | Self::Leave => 0,
        };
        if let Some((name, _)) = PLACED.iter().find(|(_, placed)| placed(place) == self) {
            text.push_str(name);
            text.push(' ');
            text.push_str(&place.to_string());
        }
        text
    }

    /// From what stands in `data-do`.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let text = text.strip_prefix("interview ")?;
        if let Some((_, plain)) = PLAIN.iter().find(|(name, _)| *name == text) {
            return Some(*plain);
        }
        let (name, place) = text.split_once(' ')?;
        let (_, placed) = PLACED.iter().find(|(known, _)| *known == name)?;
        Some(placed(place.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        let placed = PLACED.iter().map(|(_, placed)| placed(3));
        for command in PLAIN.iter().map(|(_, plain)| *plain).chain(placed) {
            assert_eq!(InterviewCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["", "interview", "interview open", "interview open x", "show"] {
            assert_eq!(InterviewCommand::from_text(text), None, "{text}");
        }
    }
}
