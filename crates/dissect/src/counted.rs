//! Sequence numbers that do not wrap.

/// Numbers of one direction, counted on for as long as it takes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted {
    far: u64,
    last: u32,
}

impl Counted {
    /// From this number on, with room for some before it.
    pub(crate) fn beginning_at(number: u32) -> Self {
        Self { far: 1 << 32, last: number }
    }

    /// The number, counted from the first: one that lies before the highest so far is lower.
    pub(crate) fn of(&self, number: u32) -> u64 {
        let on = number.wrapping_sub(self.last);
        if on < 1 << 31 {
            self.far + u64::from(on)
        } else {
            self.far.saturating_sub(self.last.wrapping_sub(number).into())
        }
    }

    /// It was sent up to here.
    pub(crate) fn reach(&mut self, number: u32) {
        let far = self.of(number);
        if far > self.far {
            (self.far, self.last) = (far, number);
        }
    }
}
