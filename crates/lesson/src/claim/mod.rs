//! Claims: sentences about a run that the engine checks, as in
//! `client.snd.una == client.iss + 1`.
//!
//! ```text
//! claim      = and *( "or" and )
//! and        = not *( "and" not )
//! not        = "not" not / comparison
//! comparison = sum *( ( "==" / "!=" / "<" / "<=" / ">" / ">=" / "before" / "after" ) sum )
//! sum        = product *( ( "+" / "-" ) product )
//! product    = factor *( ( "*" / "/" ) factor )
//! factor     = number [ unit ] / quoted / name / call "(" … ")" / "(" claim ")" / "-" factor
//! ```

mod evaluate;
mod operators;
mod parse;
mod scene;
mod value;
mod variables;

use std::ops::Range;

pub use parse::parse;
pub use scene::{Runs, Scene, StopFound, Take};
pub use value::Value;
pub(crate) use variables::{SEGMENT_FIELDS, VARIABLES};

/// A connection's variables, as claims name them after a host, and what each is.
pub fn variables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let delivered = ("delivered", "octets that became readable so far");
    VARIABLES.iter().map(|variable| (variable.name, variable.what)).chain([delivered])
}

/// A segment's fields, as claims name them after `segment`, and what each is.
pub fn fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    SEGMENT_FIELDS.iter().copied()
}

/// A claim, or any other expression over a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub(crate) root: Node,
    pub(crate) text: String,
}

/// What is wrong with an expression, and which octets of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Which octets.
    pub at: Range<usize>,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Wrong {
    pub(crate) fn new(at: &Range<usize>, what: impl Into<String>) -> Self {
        Self { at: at.clone(), what: what.into() }
    }
}

/// A part of an expression, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: Range<usize>,
    pub(crate) kind: Kind,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Literal(Value),
    /// A name with dots in it, cut at them.
    Name(Vec<String>),
    /// `count(…)`: what stands in parentheses is a stop, or a query in quotes. The names before it
    /// say of which run.
    Count(Vec<String>, Box<crate::stop::Event>),
    /// `told(client, "reset")`, `connections(server, ESTABLISHED)`; the names before it, its own and
    /// what stands in parentheses.
    Call(Vec<String>, &'static str, Vec<String>),
    /// `packet("client:syn:0").seq`
    Packet(Vec<String>, String, String),
    Not(Box<Node>),
    Negative(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    /// A chain: `60 ms < client.srtt < 61 ms`.
    Compare(Box<Node>, Vec<(Relation, Node)>),
    Arithmetic(Box<Node>, Sign, Box<Node>),
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Before,
    After,
}

/// What is done with two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}
