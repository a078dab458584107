//! Names beside the ends of lines, instead of a legend.

use crate::order::sorted;

/// The height of a line of text.
const LINE: f64 = 14.0;

/// The heights of names that would like to stand at these, in the order that they were given: never
/// closer than a line, and between `top` and `bottom` as far as there is room.
pub(super) fn apart(wanted: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let order = sorted((0..wanted.len()).collect(), |place: &usize| wanted[*place]);
    let mut heights = vec![0.0; wanted.len()];
    let mut next = top;
    for place in &order {
        heights[*place] = wanted[*place].max(next);
        next = heights[*place] + LINE;
    }
    // What ran over the lower end pushes the others up again.
    let mut most = bottom;
    for place in order.iter().rev() {
        heights[*place] = heights[*place].min(most);
        most = heights[*place] - LINE;
    }
    heights
}

/// About how wide a text is: Chinese is twice as wide as Latin.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(|letter| if letter > '\u{2e80}' { 12.0 } else { 7.3 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_order_and_their_distance() {
        let heights = apart(&[50.0, 52.0, 10.0, 99.0, 100.0], 0.0, 100.0);
        let sorted = sorted(heights.clone(), |height| *height);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= LINE - 1e-9), "{heights:?}");
        assert!(heights[2] < heights[0] && heights[0] < heights[1] && heights[3] < heights[4]);
        assert!(heights.iter().all(|height| (0.0..=100.0).contains(height)));
    }
}
