//! Sorting, in one place: each kind of thing that is sorted by itself brings two kilobytes of code
//! to the page.

use tcpscope_tcp::Duration;

use crate::axis::pixels;

/// The items by their keys, least first; those with equal keys keep their order.
pub(crate) fn sorted<T>(items: Vec<T>, key: impl Fn(&T) -> f64) -> Vec<T> {
    let places = order(&items.iter().map(key).collect::<Vec<_>>());
    let mut items: Vec<_> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| items[place].take()).collect()
}

/// Places in their order.
pub(crate) fn in_order(places: Vec<usize>) -> Vec<usize> {
    #[allow(clippy::cast_precision_loss, reason = "no list has 2⁵³ places")]
    let key = |place: &usize| *place as f64;
    sorted(places, key)
}

/// The one in the middle.
pub(crate) fn median(spans: &[Duration]) -> Option<Duration> {
    let keys: Vec<_> = spans.iter().map(|span| pixels(span.as_micros())).collect();
    let middle = order(&keys).get(spans.len() / 2).copied()?;
    spans.get(middle).copied()
}

/// The places of the keys, that of the least first.
fn order(keys: &[f64]) -> Vec<usize> {
    let mut places: Vec<_> = (0..keys.len()).collect();
    places.sort_by(|a, b| keys[*a].total_cmp(&keys[*b]));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let items = vec![(2.0, 'a'), (1.0, 'b'), (2.0, 'c'), (-1.0, 'd'), (1.0, 'e')];
        let letters: String = sorted(items, |item| item.0).into_iter().map(|item| item.1).collect();
        assert_eq!(letters, "dbeac");
    }

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        let median_of = |micros: &[u64]| {
            let spans: Vec<_> = micros.iter().map(|us| Duration::from_micros(*us)).collect();
            median(&spans)
        };
        assert_eq!(median_of(&[]), None);
        assert_eq!(median_of(&[5]), Some(Duration::from_micros(5)));
        assert_eq!(median_of(&[9, 1, 5]), Some(Duration::from_micros(5)));
    }
}
