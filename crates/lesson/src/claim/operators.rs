//! What is done with two values: sums, and comparisons. Sequence numbers go around a circle, and a
//! time is no number.

use std::ops::Range;

use super::value::same_flags;
use super::{Relation, Sign, Value, Wrong};

/// The sum, difference, product or quotient of two values.
pub(super) fn arithmetic(
    left: &Value,
    sign: Sign,
    right: &Value,
    at: &Range<usize>,
) -> Result<Value, Wrong> {
    use Value::{Number, Seq, Time};
    let overflow = || Wrong::new(at, "this number is too large");
    let wrapped = |number: i128| {
        // A circle of 2³² numbers: what is left of any other is its place on it.
        u32::try_from(number.rem_euclid(1 << 32)).unwrap_or_default()
    };
    Ok(match (left, sign, right) {
        (Value::None, _, _) | (_, _, Value::None) => Value::None,
        (Seq(seq, base), Sign::Plus, Number(more)) => Seq(*seq + wrapped(*more), *base),
        (Seq(seq, base), Sign::Minus, Number(less)) => Seq(*seq - wrapped(*less), *base),
        (Seq(one, _), Sign::Minus, Seq(other, _)) => {
            // The shorter way around the circle.
            let ahead = i128::from(one.distance_from(*other));
            Number(if ahead >= 1 << 31 { ahead - (1 << 32) } else { ahead })
        }
        (Number(one), Sign::Plus, Number(other)) => {
            Number(one.checked_add(*other).ok_or_else(overflow)?)
        }
        (Number(one), Sign::Minus, Number(other)) => {
            Number(one.checked_sub(*other).ok_or_else(overflow)?)
        }
        (Number(one), Sign::Times, Number(other)) => {
            Number(one.checked_mul(*other).ok_or_else(overflow)?)
        }
        (Time(one), Sign::Plus, Time(other)) => Time(one.checked_add(*other).ok_or_else(overflow)?),
        (Time(one), Sign::Minus, Time(other)) => {
            Time(one.checked_sub(*other).ok_or_else(overflow)?)
        }
        (Time(one), Sign::Times, Number(other)) | (Number(one), Sign::Times, Time(other)) => {
            Time(one.checked_mul(*other).ok_or_else(overflow)?)
        }
        (Number(_) | Time(_), Sign::Over, Number(0) | Time(0)) => {
            return Err(Wrong::new(at, "nothing can be divided by zero"));
        }
        (Number(one), Sign::Over, Number(other)) | (Time(one), Sign::Over, Time(other)) => {
            Number(one.checked_div(*other).ok_or_else(overflow)?)
        }
        (Time(one), Sign::Over, Number(other)) => {
            Time(one.checked_div(*other).ok_or_else(overflow)?)
        }
        (left, sign, right) => {
            let (word, left, right) = (sign.word(), left.kind(), right.kind());
            return Err(Wrong::new(at, format!("{left} {word} {right} makes no sense")));
        }
    })
}

impl Sign {
    const fn word(self) -> &'static str {
        match self {
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Times => "times",
            Self::Over => "over",
        }
    }
}

/// Whether two values compare so.
pub(super) fn compare(
    left: &Value,
    relation: Relation,
    right: &Value,
    at: &Range<usize>,
) -> Result<bool, Wrong> {
    use Value::{Flags, None, Number, Seq, Text, Time};
    let equality = |is_same: bool| match relation {
        Relation::Equal => Ok(is_same),
        Relation::NotEqual => Ok(!is_same),
        Relation::Before
        | Relation::After
        | Relation::Less
        | Relation::LessOrEqual
        | Relation::Greater
        | Relation::GreaterOrEqual => {
            let what = format!("{} has no order: only == and != compare it", right.kind());
            Err(Wrong::new(at, what))
        }
    };
    match (left, right) {
        // What does not exist equals nothing but `none`, and is in no order.
        (None, None) => equality(true),
        (None, _) | (_, None) => Ok(relation == Relation::NotEqual),
        (Seq(one, _), Seq(other, _)) => match relation {
            Relation::Equal => Ok(one == other),
            Relation::NotEqual => Ok(one != other),
            Relation::Before => Ok(one.before(*other)),
            Relation::After => Ok(one.after(*other)),
            Relation::Less
            | Relation::LessOrEqual
            | Relation::Greater
            | Relation::GreaterOrEqual => Err(Wrong::new(
                at,
                "sequence numbers go around a circle and have no order: write `before`, `after`, \
                 or compare their difference with a number",
            )),
        },
        (Seq(seq, _), Number(number)) | (Number(number), Seq(seq, _)) => {
            equality(i128::from(seq.value()) == *number).map_err(|_| {
                let what = "a sequence number is not compared with a number: compare a difference, \
                            as in client.snd.nxt - client.snd.una > 1000";
                Wrong::new(at, what)
            })
        }
        (Number(one), Number(other)) | (Time(one), Time(other)) => Ok(match relation {
            Relation::Equal => one == other,
            Relation::NotEqual => one != other,
            Relation::Less | Relation::Before => one < other,
            Relation::LessOrEqual => one <= other,
            Relation::Greater | Relation::After => one > other,
            Relation::GreaterOrEqual => one >= other,
        }),
        (Flags(one), Flags(other) | Text(other)) | (Text(one), Flags(other)) => {
            equality(same_flags(one, other))
        }
        (Text(one), Text(other)) => equality(one == other),
        (Value::State(one), Value::State(other)) => equality(one == other),
        (Value::State(state), Text(text)) | (Text(text), Value::State(state)) => {
            equality(state.name() == text)
        }
        (Value::Truth(one), Value::Truth(other)) => equality(one == other),
        (left, right) => {
            let hint = match (left, right) {
                (Time(_), Number(_)) | (Number(_), Time(_)) => ": a time has a unit, as in 200 ms",
                _ => "",
            };
            let (left, right) = (left.kind(), right.kind());
            Err(Wrong::new(at, format!("{left} is compared with {right}{hint}")))
        }
    }
}
