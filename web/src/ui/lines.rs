//! Paths of a scene as SVG writes them.

use tcpscope_view::{Path, PathStep, Point};

use super::element::tenths;

/// The arrowhead at the end of a path: six pixels back, three to each side.
pub(super) fn head(path: &Path) -> String {
    let before = match path.steps.last() {
        Some(PathStep::Curve(_, control, _)) => *control,
        Some(PathStep::Line(_)) | None => {
            let place = path.steps.len().checked_sub(2).and_then(|place| path.steps.get(place));
            place.map_or(path.start, PathStep::end)
        }
    };
    let end = path.end();
    let length = before.distance(end).max(0.1);
    let back = end.toward(before, 6.0 / length);
    let (dx, dy) = ((end.y - before.y) / length * 3.0, (before.x - end.x) / length * 3.0);
    let mut data = String::new();
    put(&mut data, 'M', end);
    put(&mut data, 'L', Point::new(back.x + dx, back.y + dy));
    put(&mut data, 'L', Point::new(back.x - dx, back.y - dy));
    data.push('z');
    data
}

/// A path as SVG's `d` attribute writes it.
pub(super) fn path_data(path: &Path) -> String {
    let mut data = String::new();
    put(&mut data, 'M', path.start);
    for step in &path.steps {
        match *step {
            PathStep::Line(end) => put(&mut data, 'L', end),
            PathStep::Curve(a, b, end) => {
                put(&mut data, 'C', a);
                put(&mut data, ' ', b);
                put(&mut data, ' ', end);
            }
        }
    }
    data
}

#[inline(never)]
fn put(data: &mut String, letter: char, point: Point) {
    data.push(letter);
    data.push_str(&tenths(point.x));
    data.push(' ');
    data.push_str(&tenths(point.y));
}
