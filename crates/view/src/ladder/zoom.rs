//! From the height that the axis gives a moment to the one at which it is drawn.

use crate::TimeAxis;
use crate::geometry::between;

/// How much larger than usual time is drawn.
///
/// Drawn smaller, everything shrinks. Drawn larger, folds stay as they are: nothing happens in
/// them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Zoom {
    factor: f64,
    /// Where each fold begins and ends on the axis, and how much of all folds lies above its end.
    folds: Vec<(f64, f64, f64)>,
}

/// The largest that time is drawn.
pub(super) const LARGEST: f64 = 16.0;
/// The smallest.
pub(super) const SMALLEST: f64 = 1e-4;

impl Zoom {
    /// Everything as the axis has it.
    pub(super) const fn none() -> Self {
        Self { factor: 1.0, folds: Vec::new() }
    }

    pub(super) fn new(axis: &TimeAxis, factor: f64) -> Self {
        let factor = if factor.is_finite() { between(factor, SMALLEST, LARGEST) } else { 1.0 };
        let mut above = 0.0;
        let folds = axis.folds().iter().filter(|_| factor > 1.0);
        let folds = folds.map(|fold| {
            above += fold.y1 - fold.y0;
            (fold.y0, fold.y1, above)
        });
        Self { factor, folds: folds.collect() }
    }

    pub(super) const fn factor(&self) -> f64 {
        self.factor
    }

    /// Where a height of the axis is drawn.
    pub(super) fn to(&self, y: f64) -> f64 {
        let past = self.folds.partition_point(|(_, end, _)| *end <= y);
        let above = past.checked_sub(1).map_or(0.0, |last| self.folds[last].2);
        let within = self.folds.get(past).map_or(0.0, |(begin, ..)| (y - begin).max(0.0));
        y * self.factor - (above + within) * (self.factor - 1.0)
    }

    /// The height of the axis that is drawn at `y`.
    pub(super) fn from(&self, y: f64) -> f64 {
        let past = self.folds.partition_point(|(_, end, above)| {
            end * self.factor - above * (self.factor - 1.0) <= y
        });
        let above = past.checked_sub(1).map_or(0.0, |last| self.folds[last].2);
        let shifted = y + above * (self.factor - 1.0);
        let plain = shifted / self.factor;
        match self.folds.get(past) {
            Some((begin, ..)) if plain > *begin => shifted - begin * (self.factor - 1.0),
            Some(_) | None => plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_and_plain_heights_are_each_others_inverse() {
        let folds = vec![(100.0, 150.0, 50.0), (400.0, 460.0, 110.0)];
        for factor in [1.0, 2.0, 7.5] {
            let zoom = Zoom { factor, folds: folds.clone() };
            let mut last = f64::NEG_INFINITY;
            for place in 0..600 {
                let y = f64::from(place);
                let drawn = zoom.to(y);
                assert!(drawn > last, "{factor}: {y} is drawn at {drawn}");
                assert!((zoom.from(drawn) - y).abs() < 1e-9, "{factor}: {y} becomes {drawn}");
                last = drawn;
            }
            assert!((zoom.to(150.0) - zoom.to(100.0) - 50.0).abs() < 1e-9, "a fold stays");
        }
    }
}
