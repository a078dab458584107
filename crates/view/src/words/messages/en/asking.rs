//! Questions that the reader asks for, in English.

use crate::words::messages::asking::Asking;
use crate::words::table::Phrase;

pub(super) const ASKING: Asking = Asking {
    key: "Ask me about this moment",
    about: "Pick a question. What follows this moment is hidden until you have answered; the engine \
            grades the answer.",
    hidden: "What follows is hidden until the question is answered.",
    give_up: "Show the answer",
    held: "A question is open",
    held_about: "Another run could tell its answer, so this one stays until the question is answered, \
                 or given up: then it counts as not known.",
    give_up_for: "Give it up, and go on",
    show_all: "Show what follows",
    other: "Another question",
    back: "Back to the question",
    typed: "Or type it",
    answer: "Answer",
    not_counted: "This counts as nothing; try again.",
    withheld: "hidden: it is asked for",
    follow_ups: "Follow-up questions",
    follow_about: "The engine draws them at the moments of this answer, each in a run of its own, and \
                   grades them.",
    follow_begin: "Ask me",
    follow_of: Phrase::new("Follow-up {0} of {1}"),
    follow_next: "Next follow-up",
    follow_again: "Ask others",
    follow_link: "Copy the link to these",
    follow_copied: "Copied. The link asks the same questions.",
    follow_not_copied: "The browser does not let the link be copied. The address has it.",
    follow_none: "These runs allow no question of the next kind.",
    follow_unknown: Phrase::new("There is no interview question “{0}”."),
};
