//! What is asked of the interviews, as it stands in `data-do`.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a control asks of the interviews. Whatever there are several of goes by its place.
    pub(crate) enum InterviewCommand of "interview" {
        plain {
            /// Goes to where the answer shows.
            See = "see",
            /// Begins a round.
            Begin = "begin",
            /// To the next question of the round.
            On = "on",
            /// Opens the code that was entered.
            Code = "code",
            /// Copies the code of the results.
            Copy = "copy",
            /// Shows the model answer.
            Show = "show",
            /// Asks the next question.
            Next = "next",
            /// Ends the interview.
            Leave = "leave",
        }
        placed {
            /// Shows the questions of a theme; of the first: of all.
            Theme = "theme",
            /// Shows no harder questions than of a level.
            Level = "level",
            /// Asks a question.
            Open = "open",
            /// Shows where a point shows.
            Point = "point",
            /// Answers the question of the round with a choice.
            Answer = "answer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        for command in InterviewCommand::all(3) {
            assert_eq!(InterviewCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["", "interview", "interview open", "interview open x", "show"] {
            assert_eq!(InterviewCommand::from_text(text), None, "{text}");
        }
    }
}
