//! The log's search, in English.

use crate::words::messages::search::Search;
use crate::words::table::Phrase;

pub(super) const SEARCH: Search = Search {
    label: "Search the log",
    placeholder: "flags.syn, state == ESTABLISHED, or any words",
    count: Phrase::new("{0} of {1}"),
    nothing: "Nothing matches",
    next: "Next match",
    previous: "Previous match",
    clear: "Clear the search",
    only: "matches only",
    is_match: "match",
    marks: "Marks",
    examples: "Examples",
    fields: "All fields",
    any_text: "any words that the log says",
    key_focus: "search the log",
    key_next: "next match, while a search is set",
    key_previous: "previous match, while a search is set",
    unknown_field: Phrase::new(
        "There is no field “{0}”. The fields are listed under the question mark; words that are \
         no field stand alone or in quotes.",
    ),
    unknown_field_near: Phrase::new("There is no field “{0}”. Is “{1}” meant?"),
    missing_test: "Here something to look for is missing: a field, a comparison or words.",
    missing_value: Phrase::new("Here a value to compare “{0}” with is missing."),
    unclosed: "This parenthesis is not closed. A “)” is missing.",
    unopened: "This parenthesis was never opened. Leave it out, or put a “(” before.",
    unclosed_quote: "This quote is not closed. A second quotation mark is missing.",
    not_a_number: Phrase::new(
        "“{0}” is a number. Here a number should stand, as in 1001 or 0x3e9.",
    ),
    not_a_time: Phrase::new("“{0}” is a time. Here a time should stand, as in 40ms or 1.5s."),
    not_a_flag: Phrase::new(
        "“{0}” is either so or not. Leave the comparison out, or compare it with 1 or 0.",
    ),
    not_ordered: Phrase::new("“{0}” has no order. It can be compared with == or !=."),
    not_text: Phrase::new("“{0}” is no text, so it contains none. Compare it with == or !=."),
    unknown_value: Phrase::new("“{0}” never has this value. It may be: {1}."),
    unexpected: "This may not stand here. Tests are joined by && or ||.",
    too_deep: "Parentheses stand in each other too deep here.",
};
