//! Interviews, in English.

use crate::words::messages::interviews::Interviews;
use crate::words::table::Phrase;

pub(super) const INTERVIEWS: Interviews = Interviews {
    title: "Interview",
    about: "Questions as interviewers ask them. Answer aloud or in a line, then compare with the \
            points of a good answer: each opens the moment of a run in which it shows.",
    themes: "Themes",
    all_themes: "All themes",
    levels: "Levels",
    up_to: Phrase::new("up to {0}"),
    count: Phrase::new("{0} questions"),
    tab: "Interview",
    of: Phrase::new("{0} · {1}"),
    all_questions: "All questions",
    next: "Next question",
    leave: "Close the interview",
    your_answer: "Your answer, in a line",
    not_graded: "Nobody grades it, and it is not kept.",
    show: "Show a good answer",
    model_answer: "What a good answer says",
    see_point: "Open the moment",
    see_point_again: "Back to the moment",
    here: Phrase::new("In the figure, at {0}:"),
    unreachable: Phrase::new("The run of {0} does not come to this moment."),
    broken: Phrase::new("The questions cannot be read: {0}"),
};
