//! From words and signs to what is looked for.

use std::ops::Range;

use tcpscope_sim::Trace;

use super::error::{Problem, SearchError};
use super::field::{self, Field, FieldInfo, Names, Type};
use super::token::{Token, What, tokens};
use super::{Expression, Operator, Value};

/// Parentheses and negations may stand in each other so deep.
const DEEPEST: usize = 32;

/// Reads a query.
pub(super) fn query(text: &str, trace: &Trace) -> Result<Expression, SearchError> {
    let tokens = tokens(text)?;
    let mut parser = Parser { text, tokens: &tokens, next: 0, depth: 0, trace };
    let query = parser.or()?;
    match parser.peek() {
        None => Ok(query),
        Some(Token { what: What::Close, at }) => {
            Err(SearchError { at: at.clone(), problem: Problem::Unopened })
        }
        Some(token) => Err(SearchError { at: token.at.clone(), problem: Problem::Unexpected }),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    next: usize,
    depth: usize,
    trace: &'a Trace,
}

impl<'a> Parser<'a> {
    fn or(&mut self) -> Result<Expression, SearchError> {
        let mut left = self.and()?;
        while self.take(&What::Or) {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, SearchError> {
        let mut left = self.not()?;
        while self.take(&What::And) {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expression, SearchError> {
        self.deeper()?;
        let found = if self.take(&What::Not) {
            Expression::Not(Box::new(self.not()?))
        } else {
            self.primary()?
        };
        self.depth -= 1;
        Ok(found)
    }

    fn deeper(&mut self) -> Result<(), SearchError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(SearchError { at: self.here(), problem: Problem::TooDeep });
        }
        Ok(())
    }

    fn primary(&mut self) -> Result<Expression, SearchError> {
        let Some(token) = self.peek() else {
            return Err(SearchError { at: self.here(), problem: Problem::MissingTest });
        };
        match &token.what {
            What::Open => {
                let opened = token.at.clone();
                self.next += 1;
                let inner = self.or()?;
                if self.take(&What::Close) {
                    Ok(inner)
                } else {
                    Err(SearchError { at: opened, problem: Problem::Unclosed })
                }
            }
            What::Quoted(text) => {
                self.next += 1;
                Ok(Expression::Text(text.to_ascii_lowercase()))
            }
            What::Word(word) => {
                let (word, at) = (word.as_str(), token.at.clone());
                self.next += 1;
                self.word(word, at)
            }
            What::Close | What::Not | What::And | What::Or | What::Operator(_) => {
                Err(SearchError { at: token.at.clone(), problem: Problem::MissingTest })
            }
        }
    }

    /// A field, alone or compared; or text.
    fn word(&mut self, word: &str, at: Range<usize>) -> Result<Expression, SearchError> {
        let operator = match self.peek() {
            Some(Token { what: What::Operator(operator), .. }) => Some(*operator),
            Some(Token { what: What::Word(_), .. }) => return Ok(self.phrase(at)),
            _ => None,
        };
        let Some(info) = field::find(word) else {
            if operator.is_none() && !field::looks_like_a_field(word) {
                return Ok(Expression::Text(word.to_ascii_lowercase()));
            }
            let problem =
                Problem::UnknownField { name: word.to_owned(), nearest: field::nearest(word) };
            return Err(SearchError { at, problem });
        };
        let Some(operator) = operator else { return Ok(Expression::Has(info.field)) };
        self.next += 1;
        self.compared(info, operator)
    }

    /// Words without a sign between them are looked for as they stand.
    fn phrase(&mut self, first: Range<usize>) -> Expression {
        let mut end = first.end;
        while let Some(Token { what: What::Word(_), at }) = self.peek() {
            end = at.end;
            self.next += 1;
        }
        Expression::Text(self.text.get(first.start..end).unwrap_or_default().to_ascii_lowercase())
    }

    fn compared(
        &mut self,
        info: &'static FieldInfo,
        operator: Operator,
    ) -> Result<Expression, SearchError> {
        let Some(Token { what: What::Word(value) | What::Quoted(value), at }) = self.peek() else {
            let problem = Problem::MissingValue { field: info.name };
            return Err(SearchError { at: self.here(), problem });
        };
        let wrong = |problem| Err(SearchError { at: at.clone(), problem });
        let is_ordered = matches!(info.kind, Type::Number | Type::Time);
        let field = info.field;
        let orders = match operator {
            Operator::Equal | Operator::NotEqual => false,
            Operator::Less | Operator::LessOrEqual => true,
            Operator::Greater | Operator::GreaterOrEqual => true,
            Operator::Contains if is_ordered || info.kind == Type::Flag => {
                return wrong(Problem::NotText { field: info.name });
            }
            Operator::Contains => false,
        };
        if orders && !is_ordered {
            return wrong(Problem::NotOrdered { field: info.name });
        }
        let found = match info.kind {
            Type::Flag => match value.to_ascii_lowercase().as_str() {
                "1" | "true" => flag(field, operator, true),
                "0" | "false" => flag(field, operator, false),
                _ => return wrong(Problem::NotAFlag { field: info.name }),
            },
            Type::Number => match number(value) {
                Some(number) => Expression::Compare(field, operator, Value::Number(number)),
                None => return wrong(Problem::NotANumber { field: info.name }),
            },
            Type::Time => match time(value) {
                Some(time) => Expression::Compare(field, operator, Value::Number(time)),
                None => return wrong(Problem::NotATime { field: info.name }),
            },
            Type::Text => Expression::Compare(field, operator, Value::Text(normal(field, value))),
            Type::Name(names) => {
                let value = normal(field, value);
                if operator != Operator::Contains {
                    let known = self.known(names);
                    if !known.iter().any(|name| name.eq_ignore_ascii_case(&value)) {
                        let known = known.join(", ");
                        return wrong(Problem::UnknownValue { field: info.name, known });
                    }
                }
                Expression::Compare(field, operator, Value::Text(value))
            }
        };
        self.next += 1;
        Ok(found)
    }

    fn known(&self, names: Names) -> Vec<String> {
        match names {
            Names::Hosts => self.trace.hosts().iter().map(|host| host.name.clone()).collect(),
            Names::States | Names::Timers | Names::Kinds => names.all(),
        }
    }

    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, what: &What) -> bool {
        let is_next = self.peek().is_some_and(|token| token.what == *what);
        self.next += usize::from(is_next);
        is_next
    }

    /// The place of the next token; behind the last where there is none.
    fn here(&self) -> Range<usize> {
        let end = self.text.len();
        self.peek().map_or(end..end, |token| token.at.clone())
    }
}

fn flag(field: Field, operator: Operator, value: bool) -> Expression {
    let has = Expression::Has(field);
    if (operator == Operator::Equal) == value { has } else { Expression::Not(Box::new(has)) }
}

/// A value as it is compared: in small letters, and as the field writes it.
fn normal(field: Field, value: &str) -> String {
    let value = value.to_ascii_lowercase();
    match field {
        Field::State | Field::StateLeft | Field::Timer => value.replace('_', "-"),
        Field::TimerSet | Field::TimerStopped | Field::TimerExpired => value.replace('_', "-"),
        Field::Call => value.trim_end_matches("()").to_owned(),
        _ => value,
    }
}

/// A number, in decimal or, after `0x`, in hexadecimal.
fn number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// A time in microseconds: `1.5` and `1.5s` are seconds, `40ms` and `250us` say what they are.
fn time(text: &str) -> Option<u64> {
    let units = [("ms", 3), ("µs", 0), ("us", 0), ("s", 6), ("", 6)];
    let (digits, places) =
        units.into_iter().find_map(|(unit, places)| Some((text.strip_suffix(unit)?, places)))?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let places = usize::try_from(places).unwrap_or_default();
    if part.len() > places || (whole.is_empty() && part.is_empty()) {
        return None;
    }
    let digits = format!("{whole}{part:0<places$}");
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?
}
