//! A query, cut into words and signs.

use std::ops::Range;

use super::Operator;
use super::error::{Problem, SearchError};

/// A word or a sign, with its place in the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: What,
    pub(super) at: Range<usize>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A word.
    Word(String),
    /// What stands in quotes.
    Quoted(String),
    Open,
    Close,
    Not,
    And,
    Or,
    Operator(Operator),
}

/// What ends a word. A Chinese keyboard has its own parentheses and quotes.
const SIGNS: &str = "()（）!！&|<>=\"“”";

/// Cuts a query.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SearchError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let start = text.len() - rest.len();
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (what, length) = if let Some(after) = rest.strip_prefix(['"', '“']) {
            let Some(end) = after.find(['"', '”']) else {
                return Err(SearchError { at: start..text.len(), problem: Problem::UnclosedQuote });
            };
            let close = after[end..].chars().next().map_or(0, char::len_utf8);
            (What::Quoted(after[..end].to_owned()), first.len_utf8() + end + close)
        } else if let Some(sign) = sign(rest) {
            sign
        } else if SIGNS.contains(first) {
            let problem = Problem::Unexpected;
            return Err(SearchError { at: start..start + first.len_utf8(), problem });
        } else {
            let ends = |it: char| it.is_whitespace() || SIGNS.contains(it);
            let end = rest.find(ends).unwrap_or(rest.len());
            (word(&rest[..end]), end)
        };
        tokens.push(Token { what, at: start..start + length });
        rest = &rest[length..];
    }
}

/// The sign that a text begins with, and its length. Of two, the longer first.
fn sign(text: &str) -> Option<(What, usize)> {
    let signs = [
        ("&&", What::And),
        ("||", What::Or),
        ("==", What::Operator(Operator::Equal)),
        ("!=", What::Operator(Operator::NotEqual)),
        ("<=", What::Operator(Operator::LessOrEqual)),
        (">=", What::Operator(Operator::GreaterOrEqual)),
        ("=", What::Operator(Operator::Equal)),
        ("<", What::Operator(Operator::Less)),
        (">", What::Operator(Operator::Greater)),
        ("!", What::Not),
        ("！", What::Not),
        ("(", What::Open),
        (")", What::Close),
        ("（", What::Open),
        ("）", What::Close),
    ];
    signs.into_iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, it)| (it, sign.len()))
}

/// A word, or the sign that it stands for.
fn word(word: &str) -> What {
    match word.to_ascii_lowercase().as_str() {
        "and" => What::And,
        "or" => What::Or,
        "not" => What::Not,
        "eq" => What::Operator(Operator::Equal),
        "ne" => What::Operator(Operator::NotEqual),
        "lt" => What::Operator(Operator::Less),
        "le" => What::Operator(Operator::LessOrEqual),
        "gt" => What::Operator(Operator::Greater),
        "ge" => What::Operator(Operator::GreaterOrEqual),
        "contains" => What::Operator(Operator::Contains),
        _ => What::Word(word.to_owned()),
    }
}
