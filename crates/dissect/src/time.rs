//! When something was captured.

/// Nanoseconds in a second.
pub(crate) const NANOS: i64 = 1_000_000_000;

/// A time of the clock that captured, in nanoseconds since 1970 began (UTC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

impl Time {
    /// So many nanoseconds after 1970 began.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// As near as there is room for.
    pub(crate) fn saturating(nanos: i128) -> Self {
        let least = i128::from(i64::MIN);
        Self(i64::try_from(nanos.max(least)).unwrap_or(i64::MAX))
    }

    /// Nanoseconds since 1970 began.
    #[must_use]
    pub const fn nanos(self) -> i64 {
        self.0
    }

    /// How many nanoseconds later this is than `earlier`: fewer than none where the clock was set.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
