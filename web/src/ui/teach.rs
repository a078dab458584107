//! What is asked of the lessons, as it stands in `data-do`.

/// What a control asks of the lessons. Whatever there are several of goes by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TeachCommand {
    /// Opens the contents, or shuts the book.
    Contents,
    /// Opens the glossary.
    Glossary,
    /// Shows what interviewers ask.
    Interview,
    /// Shows what was read.
    Progress,
    /// Shuts the book.
    Shut,
    /// Shows all lessons.
    AllLessons,
    /// Shows the lessons along a way.
    Way(usize),
    /// Fetches again what did not arrive.
    Again,
    /// To a stop of the lesson; after the last: to its end.
    Stop(usize),
    /// To the next stop.
    Next,
    /// To the previous one.
    Previous,
    /// Back to the stop that is read.
    Back,
    /// Closes the lesson.
    Leave,
    /// Leads to what a stop points at.
    Look(usize),
    /// Opens the definition of a term, or closes it.
    Term(usize),
    /// Does what is to be tried.
    Try(usize),
    /// Answers a question of the stop: sixteen times its place, and the place of the choice.
    Answer(usize),
    /// Goes to where an answer shows.
    See(usize),
    /// Forgets what was read.
    Erase,
    /// Brings it back.
    Unerase,
}

/// Those that need nothing said besides.
const PLAIN: [(&str, TeachCommand); 13] = [
    ("contents", TeachCommand::Contents),
    ("glossary", TeachCommand::Glossary),
    ("interview", TeachCommand::Interview),
    ("progress", TeachCommand::Progress),
    ("shut", TeachCommand::Shut),
    ("all", TeachCommand::AllLessons),
    ("again", TeachCommand::Again),
    ("next", TeachCommand::Next),
    ("previous", TeachCommand::Previous),
    ("back", TeachCommand::Back),
    ("leave", TeachCommand::Leave),
    ("erase", TeachCommand::Erase),
    ("unerase", TeachCommand::Unerase),
];

/// A name, and what it asks for at a place.
type Placed = (&'static str, fn(usize) -> TeachCommand);

const PLACED: [Placed; 7] = [
    ("answer", TeachCommand::Answer),
    ("see", TeachCommand::See),
    ("way", TeachCommand::Way),
    ("stop", TeachCommand::Stop),
    ("look", TeachCommand::Look),
    ("term", TeachCommand::Term),
    ("try", TeachCommand::Try),
];

impl TeachCommand {
    /// As it stands in `data-do`.
    pub(super) fn to_text(self) -> String {
        let mut text = "teach ".to_owned();
        if let Some((name, _)) = PLAIN.iter().find(|(_, plain)| *plain == self) {
            text.push_str(name);
            return text;
        }
        let place = match self {
            Self::Way(place)
            | Self::Stop(place)
            | Self::Look(place)
            | Self::Term(place)
            | Self::Try(place)
            | Self::Answer(place)
            | Self::See(place) => place,
            Self::Contents
            | Self::Glossary
            | Self::Interview
            | Self::Progress
            | Self::Shut
            | Self::AllLessons
            | Self::Again
            | Self::Next
            | Self::Previous
            | Self::Back
            | Self::Leave
            | Self::Erase
            | Self::Unerase => 0,
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
        let text = text.strip_prefix("teach ")?;
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
            assert_eq!(TeachCommand::from_text(&command.to_text()), Some(command), "{command:?}");
        }
        for text in ["", "teach", "teach stop", "teach stop x", "next", "teach nothing"] {
            assert_eq!(TeachCommand::from_text(text), None, "{text}");
        }
    }
}
