//! Finding what lies in a viewport.

use std::ops::Range;

/// The heights of many marks, sorted by their tops.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Extents {
    tops: Vec<f64>,
    /// The lowest bottom of each mark and all before it.
    reach: Vec<f64>,
}

impl Extents {
    /// Of marks with these tops and bottoms. The tops must not fall.
    pub(super) fn new(marks: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut extents = Self::default();
        let mut lowest = f64::NEG_INFINITY;
        for (top, bottom) in marks {
            lowest = lowest.max(bottom);
            extents.tops.push(top);
            extents.reach.push(lowest);
        }
        extents
    }

    /// The places of all marks that lie in `visible`, and perhaps of some that do not.
    pub(super) fn near(&self, visible: &Range<f64>) -> Range<usize> {
        let start = self.reach.partition_point(|bottom| *bottom < visible.start);
        let end = self.tops.partition_point(|top| *top <= visible.end);
        start.min(end)..end
    }
}
