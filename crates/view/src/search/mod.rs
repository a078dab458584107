//! Searching the log, in the manner of Wireshark's display filters: `flags.syn && !retransmission`.
//!
//! ```text
//! query    = or
//! or       = and *( ("||" / "or") and )
//! and      = not *( ("&&" / "and") not )
//! not      = ("!" / "not") not / primary
//! primary  = "(" or ")" / field [ operator value ] / text
//! operator = "==" / "!=" / "<" / "<=" / ">" / ">=" / "contains", or eq ne lt le gt ge
//! text     = quoted / 1*word          ; is looked for in what the log says
//! ```
//!
//! A field is named as Wireshark names it, with or without `tcp.`, where Wireshark has it. One that
//! a record does not have makes a comparison false, whatever the operator.

mod error;
mod evaluate;
mod field;
mod parse;
mod said;
mod token;

use std::cell::OnceCell;

use tcpscope_sim::{RecordId, Trace};

pub use error::{Problem, SearchError};
pub use field::{FIELDS, FieldInfo};
pub use said::Said;

use crate::{Locale, Numbers};
use field::Field;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query(Expression);

/// A query, put together.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Expression {
    /// It does not hold.
    Not(Box<Expression>),
    /// Both hold.
    And(Box<Expression>, Box<Expression>),
    /// One holds.
    Or(Box<Expression>, Box<Expression>),
    /// The record has such a field; of one that is true or false, that it is true.
    Has(Field),
    /// A field compares so with a value.
    Compare(Field, Operator, Value),
    /// What the log says of the record contains this, in small letters.
    Text(String),
}

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    /// A number; of a time, its microseconds.
    Number(u64),
    /// A text, in small letters.
    Text(String),
}

impl Query {
    /// Reads a query. Names of hosts are those of the run.
    ///
    /// # Errors
    /// What is wrong, where, and what would be right.
    pub fn parse(text: &str, trace: &Trace) -> Result<Self, SearchError> {
        parse::query(text, trace).map(Self)
    }

    /// The records that it holds for, in order. What the log says of the run is put together where
    /// the query looks for words, and kept in `said` for the next query.
    #[must_use]
    pub fn search(
        &self,
        trace: &Trace,
        locale: Locale,
        numbers: Numbers,
        said: &mut OnceCell<Said>,
    ) -> Vec<RecordId> {
        if said.get().is_some_and(|said| !said.is_of(locale, numbers)) {
            said.take();
        }
        let scan = evaluate::Scan::new(trace, locale, numbers, said);
        let records = trace.records().iter();
        records.filter(|record| scan.holds(&self.0, record)).map(|record| record.id).collect()
    }
}
