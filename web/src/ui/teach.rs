//! What is asked of the lessons, as it stands in `data-do`.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a control asks of the lessons. Whatever there are several of goes by its place.
    pub(crate) enum TeachCommand of "teach" {
        plain {
            /// Opens the contents, or shuts the book.
            Contents = "contents",
            /// Opens the glossary.
            Glossary = "glossary",
            /// Shows what interviewers ask.
            Interview = "interview",
            /// Shows what was read.
            Progress = "progress",
            /// Shuts the book.
            Shut = "shut",
            /// Shows all lessons.
            AllLessons = "all",
            /// Fetches again what did not arrive.
            Again = "again",
            /// To the next stop.
            Next = "next",
            /// To the previous one.
            Previous = "previous",
            /// Back to the stop that is read.
            Back = "back",
            /// Closes the lesson.
            Leave = "leave",
            /// Forgets what was read.
            Erase = "erase",
            /// Brings it back.
            Unerase = "unerase",
        }
        placed {
            /// Shows the lessons along a way.
            Way = "way",
            /// To a stop of the lesson; after the last: to its end.
            Stop = "stop",
            /// Leads to what a stop points at.
            Look = "look",
            /// Opens the definition of a term, or closes it.
            Term = "term",
            /// Does what is to be tried.
            Try = "try",
            /// Answers a question of the stop: sixteen times its place, and the place of the choice.
            Answer = "answer",
            /// Goes to where an answer shows.
            See = "see",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        for command in TeachCommand::all(3) {
            assert_eq!(TeachCommand::from_text(&command.to_text()), Some(command), "{command:?}");
        }
        for text in ["", "teach", "teach stop", "teach stop x", "next", "teach nothing"] {
            assert_eq!(TeachCommand::from_text(text), None, "{text}");
        }
    }
}
