//! Why a query cannot be understood.

use std::ops::Range;

use crate::{Locale, messages};

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchError {
    /// The octets of the query that are meant; empty behind its end.
    pub at: Range<usize>,
    /// What is wrong with them.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such field.
    UnknownField {
        /// As it was written.
        name: String,
        /// The one that may have been meant.
        nearest: Option<&'static str>,
    },
    /// Something to look for is missing.
    MissingTest,
    /// Nothing follows an operator.
    MissingValue {
        /// Whose value.
        field: &'static str,
    },
    /// A parenthesis is not closed.
    Unclosed,
    /// A parenthesis was not opened.
    Unopened,
    /// A quote is not closed.
    UnclosedQuote,
    /// A field that is a number has another value.
    NotANumber {
        /// Which.
        field: &'static str,
    },
    /// A field that is a time has another value.
    NotATime {
        /// Which.
        field: &'static str,
    },
    /// A field that is true or false has another value.
    NotAFlag {
        /// Which.
        field: &'static str,
    },
    /// A field has no order.
    NotOrdered {
        /// Which.
        field: &'static str,
    },
    /// A field is no text, so that it contains none.
    NotText {
        /// Which.
        field: &'static str,
    },
    /// A field never has this value.
    UnknownValue {
        /// Which.
        field: &'static str,
        /// Those that it has.
        known: String,
    },
    /// It may not stand here.
    Unexpected,
    /// Parentheses stand in each other too deep.
    TooDeep,
}

impl SearchError {
    /// What is wrong and what would be right, in words.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let words = &messages(locale).search;
        match &self.problem {
            Problem::UnknownField { name, nearest: Some(nearest) } => {
                words.unknown_field_near.fill([name, nearest])
            }
            Problem::UnknownField { name, nearest: None } => words.unknown_field.fill([name]),
            Problem::MissingTest => words.missing_test.to_owned(),
            Problem::MissingValue { field } => words.missing_value.fill([field]),
            Problem::Unclosed => words.unclosed.to_owned(),
            Problem::Unopened => words.unopened.to_owned(),
            Problem::UnclosedQuote => words.unclosed_quote.to_owned(),
            Problem::NotANumber { field } => words.not_a_number.fill([field]),
            Problem::NotATime { field } => words.not_a_time.fill([field]),
            Problem::NotAFlag { field } => words.not_a_flag.fill([field]),
            Problem::NotOrdered { field } => words.not_ordered.fill([field]),
            Problem::NotText { field } => words.not_text.fill([field]),
            Problem::UnknownValue { field, known } => words.unknown_value.fill([field, known]),
            Problem::Unexpected => words.unexpected.to_owned(),
            Problem::TooDeep => words.too_deep.to_owned(),
        }
    }
}
