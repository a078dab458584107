//! The arguments of a call as C has them, before it is known what they mean.

use super::cursor::{Cursor, Fail, Read};

/// Lists and structures within each other are at most so many.
const DEEPEST: usize = 4;

/// One argument, and the octet at which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument<'a> {
    pub(super) at: usize,
    pub(super) value: Value<'a>,
}

/// What an argument is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// `...`: whatever is usual.
    Dots,
    /// A number.
    Number(i64),
    /// Names joined by `|`.
    Names(Vec<&'a str>),
    /// `"192.0.2.1"`.
    Text(&'a str),
    /// `[1]`.
    List(Vec<Argument<'a>>),
    /// `{onoff=1, linger=0}`.
    Fields(Vec<(&'a str, Argument<'a>)>),
    /// `htons(8080)`.
    Made(&'a str, Vec<Argument<'a>>),
}

/// The arguments between `(`, which was taken, and `)`.
pub(super) fn all<'a>(cursor: &mut Cursor<'a>) -> Read<Vec<Argument<'a>>> {
    items(cursor, ")", 0)
}

fn items<'a>(cursor: &mut Cursor<'a>, closing: &str, depth: usize) -> Read<Vec<Argument<'a>>> {
    let mut items = Vec::new();
    while !cursor.then_takes(closing)? {
        if !items.is_empty() {
            cursor.expect(",", &format!("or `{closing}` after an argument"))?;
        }
        items.push(argument(cursor, depth)?);
    }
    Ok(items)
}

fn argument<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Read<Argument<'a>> {
    cursor.skip_blanks()?;
    let at = cursor.at();
    if depth > DEEPEST {
        return Err(Fail::wrong(at, "lists within lists: no call has so many"));
    }
    let value = if cursor.takes("...") {
        Value::Dots
    } else if cursor.takes("[") {
        Value::List(items(cursor, "]", depth + 1)?)
    } else if cursor.takes("{") {
        Value::Fields(fields(cursor, depth + 1)?)
    } else if cursor.takes("\"") {
        let start = cursor.rest();
        let Some(length) = start.find('"').filter(|end| !start[..*end].contains('\n')) else {
            return Err(Fail::wrong(at, "a text that does not end: `\"` is missing"));
        };
        cursor.advance(length + 1);
        Value::Text(&start[..length])
    } else if cursor.peek().is_some_and(|letter| letter.is_ascii_digit() || letter == '-') {
        Value::Number(number(cursor)?)
    } else {
        named(cursor, depth)?
    };
    Ok(Argument { at, value })
}

/// Names, or a function of something.
fn named<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Read<Value<'a>> {
    let first = cursor.word()?;
    if first.is_empty() {
        return Err(cursor.wrong("an argument: a number, a name, `...`, `[…]` or `{…}`"));
    }
    if cursor.then_takes("(")? {
        return Ok(Value::Made(first, items(cursor, ")", depth + 1)?));
    }
    let mut names = vec![first];
    while cursor.then_takes("|")? {
        let name = cursor.word()?;
        if name.is_empty() {
            return Err(cursor.wrong("a name after `|`"));
        }
        names.push(name);
    }
    Ok(Value::Names(names))
}

fn fields<'a>(cursor: &mut Cursor<'a>, depth: usize) -> Read<Vec<(&'a str, Argument<'a>)>> {
    let mut fields = Vec::new();
    while !cursor.then_takes("}")? {
        if !fields.is_empty() {
            cursor.expect(",", "or `}` after a field")?;
        }
        let name = cursor.word()?;
        if name.is_empty() {
            return Err(cursor.wrong("a field's name, as in `{onoff=1, linger=0}`"));
        }
        cursor.expect("=", "after a field's name")?;
        fields.push((name, argument(cursor, depth)?));
    }
    Ok(fields)
}

/// A number, decimal or hexadecimal.
pub(super) fn number(cursor: &mut Cursor<'_>) -> Read<i64> {
    cursor.skip_blanks()?;
    let at = cursor.at();
    let is_negative = cursor.takes("-");
    let digits = cursor.taken_while(|letter| letter.is_ascii_alphanumeric());
    let read = match digits.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    let number =
        read.ok().and_then(|number| if is_negative { number.checked_neg() } else { Some(number) });
    number.ok_or_else(|| {
        if digits.is_empty() {
            cursor.wrong("a number")
        } else {
            Fail::wrong(at, format!("`{digits}` is no number of 64 bits"))
        }
    })
}
