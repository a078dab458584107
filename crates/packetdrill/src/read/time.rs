//! When an event happens: `0`, `+.1`, `0.1~0.2`, `0.1...0.2`, `*`.

use super::cursor::{Cursor, Fail, Read};
use crate::{Direction, Does, Moment, When};

/// No run lasts longer than a day, in microseconds.
const LONGEST: u64 = 86_400_000_000;

/// The time that an event begins with.
pub(super) fn when(cursor: &mut Cursor<'_>) -> Read<When> {
    if cursor.takes("*") {
        return Ok(When::Any);
    }
    let first = moment(cursor)?;
    let at = cursor.at();
    let (made, until): (fn(Moment, Moment) -> When, _) = if cursor.then_takes("...")? {
        (When::From, second(cursor, first)?)
    } else if cursor.then_takes("~")? {
        (When::Between, second(cursor, first)?)
    } else {
        return Ok(When::At(first));
    };
    if until.is_relative == first.is_relative && until.micros < first.micros {
        return Err(Fail::wrong(at, "the later of the two times is before the earlier"));
    }
    Ok(made(first, until))
}

/// The second of two times counts as the first does, unless it says otherwise.
fn second(cursor: &mut Cursor<'_>, first: Moment) -> Read<Moment> {
    cursor.skip_blanks()?;
    let at = cursor.at();
    let until = moment(cursor)?;
    if until.is_relative != first.is_relative {
        let what = "one of the two times counts from the event before, the other from the \
                    beginning: write `+` before both or before none";
        return Err(Fail::wrong(at, what));
    }
    Ok(until)
}

fn moment(cursor: &mut Cursor<'_>) -> Read<Moment> {
    let expected = "a time: seconds as in `0.1`, `+.1` after the event before, `*` for any";
    let start = cursor.at();
    let is_relative = cursor.takes("+");
    let whole = cursor.taken_while(|letter| letter.is_ascii_digit());
    // `0...1` is no fraction.
    let has_point = cursor.rest().starts_with('.') && !cursor.rest().starts_with("..");
    let fraction = if has_point {
        cursor.advance(1);
        cursor.taken_while(|letter| letter.is_ascii_digit())
    } else {
        ""
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(cursor.wrong(expected));
    }
    let (micros, finer) = fraction.split_at(fraction.len().min(6));
    if finer.bytes().any(|digit| digit != b'0') {
        return Err(Fail::wrong(
            start,
            "a time finer than a microsecond: six digits follow the point",
        ));
    }
    let seconds = if whole.is_empty() { Some(0) } else { whole.parse::<u64>().ok() };
    let micros = format!("{micros:0<6}").parse::<u64>().unwrap_or(0);
    let total = seconds.and_then(|seconds| seconds.checked_mul(1_000_000)?.checked_add(micros));
    match total.filter(|total| *total <= LONGEST) {
        Some(micros) => Ok(Moment { micros, is_relative }),
        None => Err(Fail::wrong(start, "a time beyond a day, 86400 seconds, which no run lasts")),
    }
}

/// Whether an event can happen at such a time.
pub(super) fn fits(when: When, does: &Does, at: usize) -> Read<()> {
    let is_expected = matches!(does, Does::Packet(line) if line.direction == Direction::Expected);
    let wrong = |what| Err(Fail::wrong(at, what));
    match (when, does) {
        (When::At(_), _) | (When::From(..), Does::Call(..)) => Ok(()),
        (When::From(..), Does::Packet(_) | Does::Icmp(_)) => {
            wrong("a segment takes no time: `...` is for calls that wait, `~` for a range")
        }
        (When::Between(..) | When::Any, _) if is_expected => Ok(()),
        (When::Between(..) | When::Any, _) => {
            wrong("only what is expected of us may happen at one of many times; say when this does")
        }
    }
}
