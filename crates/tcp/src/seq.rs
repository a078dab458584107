//! Sequence numbers: a circle, not a line.

use core::fmt;
use core::ops::{Add, AddAssign, Sub};

/// A 32-bit sequence number (RFC 9293 §3.4).
///
/// All arithmetic is modulo 2³². A circle has no total order, so this type implements none:
/// [`before`](Self::before) and [`after`](Self::after) compare two numbers less than 2³¹ apart;
/// of two numbers exactly 2³¹ apart neither is before the other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SeqNumber(u32);

/// Half the circle: from here on, "ahead" and "behind" can no longer be told apart.
const HALF: u32 = 1 << 31;

impl SeqNumber {
    /// The sequence number with this value.
    #[must_use]
    pub const fn new(value: u32) -> Self {
        Self(value)
    }

    /// The value, as it stands in a header.
    #[must_use]
    pub const fn value(self) -> u32 {
        self.0
    }

    /// How many octets forward from `origin` this number is (0 to 2³² − 1).
    #[must_use]
    pub const fn distance_from(self, origin: Self) -> u32 {
        self.0.wrapping_sub(origin.0)
    }

    /// Whether this number comes before `other`: `self < other` in the RFC's notation.
    #[must_use]
    pub const fn before(self, other: Self) -> bool {
        let ahead = other.distance_from(self);
        0 < ahead && ahead < HALF
    }

    /// Whether this number comes after `other`: `self > other` in the RFC's notation.
    #[must_use]
    pub const fn after(self, other: Self) -> bool {
        other.before(self)
    }

    /// `self =< other` in the RFC's notation.
    #[must_use]
    pub const fn at_or_before(self, other: Self) -> bool {
        self.0 == other.0 || self.before(other)
    }

    /// `self >= other` in the RFC's notation.
    #[must_use]
    pub const fn at_or_after(self, other: Self) -> bool {
        other.at_or_before(self)
    }

    /// Whether this number lies in the `len` octets that begin at `start`.
    #[must_use]
    pub const fn within(self, start: Self, len: u32) -> bool {
        self.distance_from(start) < len
    }

    /// The later of two numbers; `self` where neither is.
    #[must_use]
    pub const fn later_of(self, other: Self) -> Self {
        if other.after(self) { other } else { self }
    }
}

impl Add<u32> for SeqNumber {
    type Output = Self;
    fn add(self, octets: u32) -> Self {
        Self(self.0.wrapping_add(octets))
    }
}

impl Sub<u32> for SeqNumber {
    type Output = Self;
    fn sub(self, octets: u32) -> Self {
        Self(self.0.wrapping_sub(octets))
    }
}

impl AddAssign<u32> for SeqNumber {
    fn add_assign(&mut self, octets: u32) {
        *self = *self + octets;
    }
}

impl fmt::Display for SeqNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SeqNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparison_goes_around_the_circle() {
        // (a, b, a before b)
        let cases = [
            (0, 0, false),
            (0, 1, true),
            (1, 0, false),
            (u32::MAX, 0, true),
            (0, u32::MAX, false),
            (0, HALF - 1, true),
            (HALF - 1, 0, false),
            (u32::MAX - 5, 10, true),
        ];
        for (a, b, before) in cases {
            let (a, b) = (SeqNumber::new(a), SeqNumber::new(b));
            assert_eq!(a.before(b), before, "{a} before {b}");
            assert_eq!(b.after(a), before, "{b} after {a}");
        }
    }

    #[test]
    fn at_half_the_circle_neither_is_before_the_other() {
        for start in [0, 1, HALF, u32::MAX] {
            let (a, b) = (SeqNumber::new(start), SeqNumber::new(start) + HALF);
            assert!(!a.before(b) && !b.before(a) && !a.after(b) && !b.after(a));
        }
    }

    #[test]
    fn a_window_may_wrap() {
        let start = SeqNumber::new(u32::MAX - 1);
        assert!(start.within(start, 1));
        assert!((start + 3).within(start, 4));
        assert!(!(start + 4).within(start, 4));
        assert!(!start.within(start, 0));
        assert!(!(start - 1).within(start, 4));
    }
}
