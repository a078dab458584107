//! As much of many points as pixels can show: never more than a few for each column of them.

use crate::Point;
use crate::geometry::tenths;

/// The column of pixels that a place is in.
#[allow(clippy::cast_possible_truncation, reason = "`as` saturates, and a drawing is narrower")]
pub(super) fn column(x: f64) -> i64 {
    x.floor() as i64
}

/// A line through many places, in order: of each column where it comes in, how far up and down it
/// goes, and where it leaves.
pub(super) fn line(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut thin: Vec<Point> = Vec::new();
    let mut inside: Option<(i64, Point, f64, f64)> = None;
    let close = |thin: &mut Vec<Point>, (_, last, top, bottom): (i64, Point, f64, f64)| {
        for y in [top, bottom, last.y] {
            let next = Point::new(tenths(last.x), tenths(y));
            if thin.last() != Some(&next) {
                thin.push(next);
            }
        }
    };
    for point in points {
        let here = column(point.x);
        inside = Some(match inside {
            Some((there, _, top, bottom)) if there == here => {
                (here, point, top.min(point.y), bottom.max(point.y))
            }
            before => {
                if let Some(before) = before {
                    close(&mut thin, before);
                }
                let entry = Point::new(tenths(point.x), tenths(point.y));
                if thin.last() != Some(&entry) {
                    thin.push(entry);
                }
                (here, point, point.y, point.y)
            }
        });
    }
    if let Some(last) = inside {
        close(&mut thin, last);
    }
    thin
}

/// The most bars that are drawn in one column.
const IN_COLUMN: usize = 4;

/// Upright bars, as `(x, top, bottom)` in order of x: those of a column that touch become one.
pub(super) fn bars(bars: impl Iterator<Item = (f64, f64, f64)>) -> Vec<(f64, f64, f64)> {
    let mut thin: Vec<(f64, f64, f64)> = Vec::new();
    let mut first = 0;
    for (x, top, bottom) in bars {
        if thin.last().is_some_and(|(before, ..)| column(*before) != column(x)) {
            first = thin.len();
        }
        let touches = |bar: &&mut (f64, f64, f64)| bar.1 <= bottom + 1.0 && top <= bar.2 + 1.0;
        let full = thin.len() - first >= IN_COLUMN;
        let mine = thin.get_mut(first..).unwrap_or_default();
        let place = if full { mine.last_mut() } else { mine.iter_mut().rev().find(touches) };
        match place {
            Some(bar) => (bar.1, bar.2) = (bar.1.min(top), bar.2.max(bottom)),
            None => thin.push((x, top, bottom)),
        }
    }
    thin
}

/// The most marks of a kind in a drawing.
const MARKS: usize = 400;

/// Marks, in order of x: of those that would lie on one another the first.
pub(super) fn marks(points: &[Point]) -> Vec<Point> {
    let mut apart = 2.0;
    loop {
        let mut thin: Vec<Point> = Vec::new();
        for point in points {
            let hidden = thin
                .iter()
                .rev()
                .take_while(|other| point.x - other.x < apart)
                .any(|other| (point.y - other.y).abs() < apart);
            if !hidden {
                thin.push(*point);
                if thin.len() > MARKS {
                    break;
                }
            }
        }
        if thin.len() <= MARKS {
            return thin;
        }
        apart *= 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_the_highest_and_the_lowest_of_each_column() {
        let wave = |step: u32| {
            let y = if step == 777 { -50.0 } else { f64::from(step % 7) };
            Point::new(f64::from(step) / 100.0, y)
        };
        let thin = line((0..10_000).map(wave));
        assert!(thin.len() <= 400, "{}", thin.len());
        assert!(thin.iter().any(|point| point.y <= -50.0));
        assert!(thin.windows(2).all(|pair| pair[0].x <= pair[1].x));
    }

    #[test]
    fn bars_of_a_column_that_touch_become_one() {
        let of = [(1.0, 5.0, 9.0), (1.4, 0.0, 5.0), (1.5, 20.0, 30.0), (2.0, 0.0, 1.0)];
        assert_eq!(bars(of.into_iter()), [(1.0, 0.0, 9.0), (1.5, 20.0, 30.0), (2.0, 0.0, 1.0)]);
        let many =
            (0..50_000_u32).map(|n| (f64::from(n) / 100.0, f64::from(n % 97), f64::from(n % 97)));
        assert!(bars(many).len() <= 500 * IN_COLUMN);
    }

    #[test]
    fn marks_are_few_and_apart() {
        let many: Vec<_> = (0..100_000_u32)
            .map(|n| Point::new(f64::from(n) / 125.0, f64::from(n % 300)))
            .collect();
        let thin = marks(&many);
        assert!(!thin.is_empty() && thin.len() <= MARKS, "{}", thin.len());
        assert_eq!(marks(&many[..1]), many[..1]);
    }
}
