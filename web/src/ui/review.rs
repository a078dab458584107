//! What is asked of the review, as it stands in `data-do`.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a control asks of the review. Whatever there are several of goes by its place.
    pub(crate) enum ReviewCommand of "review" {
        plain {
            /// Asks what is due.
            Begin = "begin",
            /// Asks all, due or not.
            Ahead = "ahead",
            /// To the next question.
            On = "on",
            /// Goes to where the answer shows.
            See = "see",
            /// Ends the review.
            Leave = "leave",
        }
        placed {
            /// Answers the question with a choice.
            Answer = "answer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        for command in ReviewCommand::all(2) {
            assert_eq!(ReviewCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["", "review", "review answer", "review answer x", "begin", "reviewbegin"] {
            assert_eq!(ReviewCommand::from_text(text), None, "{text}");
        }
    }
}
