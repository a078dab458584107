//! Finding what lies in a viewport.

use std::ops::Range;

/// The heights of many marks, sorted by their tops.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Extents {
    tops: Vec<f64>,
    bottoms: Vec<f64>,
    /// The lowest bottom in each stretch of [`STRETCH`] marks: one mark that is very long does not
    /// make all after it near.
    lowest: Vec<f64>,
}

const STRETCH: usize = 32;

impl Extents {
    /// Of marks with these tops and bottoms. The tops must not fall.
    pub(super) fn new(marks: impl Iterator<Item = (f64, f64)>) -> Self {
        let (tops, bottoms): (Vec<_>, Vec<_>) = marks.unzip();
        let lowest = bottoms
            .chunks(STRETCH)
            .map(|stretch| stretch.iter().fold(f64::NEG_INFINITY, |low, bottom| low.max(*bottom)))
            .collect();
        Self { tops, bottoms, lowest }
    }

    /// The places of all marks that lie in `visible`, from the top.
    pub(super) fn near(&self, visible: Range<f64>) -> impl Iterator<Item = usize> + '_ {
        let end = self.before(visible.end);
        let stretches = self.lowest[..end.div_ceil(STRETCH)].iter().enumerate();
        stretches
            .filter(move |(_, lowest)| **lowest >= visible.start)
            .flat_map(move |(stretch, _)| stretch * STRETCH..((stretch + 1) * STRETCH).min(end))
            .filter(move |place| self.bottoms[*place] >= visible.start)
    }

    /// Where a mark begins.
    pub(super) fn top(&self, place: usize) -> f64 {
        self.tops[place]
    }

    /// The places of the marks that begin in a range.
    pub(super) fn beginning_in(&self, range: &Range<f64>) -> Range<usize> {
        let first = self.tops.partition_point(|top| *top < range.start);
        let end = self.tops.partition_point(|top| *top < range.end);
        first..end.max(first)
    }

    /// How many begin no lower than this.
    fn before(&self, y: f64) -> usize {
        self.tops.partition_point(|top| *top <= y)
    }
}
