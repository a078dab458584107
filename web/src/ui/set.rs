//! What is asked of sets, as it stands in `data-do`.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a control asks of sets. Whatever there are several of goes by its place.
    pub(crate) enum SetCommand of "set" {
        plain {
            /// Opens the teacher's page.
            Open = "open",
            /// Shows where a set is composed.
            Compose = "compose",
            /// Shows where results are read.
            Results = "results",
            /// Hides answers until a step is answered, or does not.
            Hidden = "hidden",
            /// Keeps the order, or does not.
            Ordered = "ordered",
            /// Adds the moment in the figure.
            AddMoment = "add-moment",
            /// Copies the link.
            CopyLink = "copy-link",
            /// Shows the set as a student sees it.
            Try = "try",
            /// Opens the set whose link or code was entered.
            Load = "load",
            /// Makes the set that is answered the draft.
            Change = "change",
            /// Begins the set.
            Begin = "begin",
            /// To the next step.
            Next = "next",
            /// To the previous one.
            Previous = "previous",
            /// Shows the step in the figure again.
            Back = "back",
            /// Shows the model answer.
            Show = "show",
            /// One's own answer is held for right.
            Held = "held",
            /// It is not.
            NotHeld = "not-held",
            /// Copies the code of the results.
            CopyCode = "copy-code",
            /// Leaves the set.
            Leave = "leave",
            /// Reads the codes that were pasted.
            Read = "read",
            /// Copies the table.
            CopyCsv = "copy-csv",
        }
        placed {
            /// Adds a lesson, by its place in the list.
            Lesson = "lesson",
            /// Adds an interview question, by its number.
            Question = "question",
            /// Takes an item out.
            Remove = "remove",
            /// Moves an item up.
            Up = "up",
            /// Moves an item down.
            Down = "down",
            /// Ticks a stop: 256 times the item's place, and its own.
            Stop = "stop",
            /// Ticks a question: 65,536 times the item's place, 256 times the stop's, and its own.
            Ask = "ask",
            /// To a step.
            Step = "step",
            /// Answers: sixteen times the question's place, and the place of the choice.
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
        for command in SetCommand::all(70_000) {
            assert_eq!(SetCommand::from_text(&command.to_text()), Some(command), "{command:?}");
        }
        for text in ["", "set", "set stop", "set stop x", "next", "set nothing", "setnext"] {
            assert_eq!(SetCommand::from_text(text), None, "{text}");
        }
    }
}
