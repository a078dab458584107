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
    count: Phrase::new("{0} question{0:s}"),
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
    round: "A round",
    round_about: "Eight questions of the theme and level above, drawn and graded by the engine. The \
                  address holds the round: whoever opens it is asked the same.",
    begin: "Begin a round",
    code_field: "Code of a round or of its results",
    open_code: "Open",
    question_of: Phrase::new("Question {0} of {1}"),
    to_results: "To the results",
    results: "Results",
    results_code: "Results code",
    code_about: "It holds the round and every answer. Whoever opens it among the questions sees this page.",
    copy_code: "Copy the code",
    copied: "Copied.",
    not_copied: "The browser does not allow copying: select the code.",
    another_round: "Another round",
};
