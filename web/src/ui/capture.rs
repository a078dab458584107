//! What is asked of a capture that is looked at, as it stands in `data-do`.

use super::vocabulary::vocabulary;

vocabulary! {
    /// What a control asks for. Whatever there are several of goes by its place.
    pub(crate) enum CaptureCommand of "capture" {
        plain {
            /// Shows it, or what is needed to open one.
            Show = "show",
            /// Back to the run.
            Hide = "hide",
            /// Stops reading.
            Cancel = "cancel",
            /// To the list.
            Back = "back",
            /// What our TCP would have done.
            Replay = "replay",
            /// The run that was there before that.
            Before = "before",
            /// Saves the figure that shows.
            Save = "save",
        }
        placed {
            /// Opens a conversation.
            Open = "open",
            /// Shows a figure: ladder, numbers, windows.
            View = "view",
            /// Shows what an end sends.
            Sender = "sender",
            /// Chooses a segment.
            Segment = "segment",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_and_its_text_mean_the_same() {
        for command in CaptureCommand::all(3) {
            assert_eq!(CaptureCommand::from_text(&command.to_text()), Some(command));
        }
        for text in ["", "capture", "capture open", "capture open x", "show", "captureshow"] {
            assert_eq!(CaptureCommand::from_text(text), None, "{text}");
        }
    }
}
