//! Numbers along the ways: which of them was taken first, which second.

use tcpscope_tcp::{Edge, State};

use super::{DiagramEdge, node_rect};
use crate::{Path, PathStep, Point, Rect};

/// The radius of the disc that a number stands in.
pub const ORDER_RADIUS: f64 = 6.0;

/// A number on a way: as which one it was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// By which end.
    pub place: usize,
    /// As which way of that end's, from 1 on; the last time, where it was taken more than once.
    pub number: usize,
    /// The middle of its disc.
    pub at: Point,
}

/// The numbers of all ways that were taken, each where it hides no word and no state.
pub(super) fn order(edges: &[DiagramEdge], journeys: &[Vec<Edge>]) -> Vec<Order> {
    let words: Vec<Rect> = edges
        .iter()
        .flat_map(|edge| edge.events.iter().chain(&edge.actions))
        .map(crate::Label::bounds)
        .collect();
    let mut placed: Vec<Order> = Vec::new();
    for edge in edges {
        for (place, journey) in journeys.iter().enumerate() {
            let Some(last) = journey.iter().rposition(|way| *way == edge.edge) else { continue };
            let at = free_place(&edge.path, &words, &placed);
            placed.push(Order { place, number: last + 1, at });
        }
    }
    placed
}

/// The point of a path nearest to its middle at which a disc hides nothing.
fn free_place(path: &Path, words: &[Rect], placed: &[Order]) -> Point {
    let points = points(path);
    let middle = points.len() / 2;
    let mut order: Vec<_> = (0..points.len()).collect();
    order = crate::order::sorted(order, |place| {
        f64::from(u32::try_from(place.abs_diff(middle)).unwrap_or(u32::MAX))
    });
    let is_free = |point: &Point| {
        let states = State::ALL.into_iter().map(node_rect);
        let clear = states.chain(words.iter().copied()).all(|rect| !touches(&rect, *point));
        clear && placed.iter().all(|other| other.at.distance(*point) > 2.0 * ORDER_RADIUS)
    };
    let on_it = order.iter().filter_map(|place| points.get(*place)).copied();
    let middle = points.get(middle).copied().unwrap_or(path.start);
    // Where words stand close above and below, the number stands beyond them.
    let beside = (1..=8_u8).flat_map(|step| {
        let away = 4.0 * f64::from(step) + 4.0;
        [(0.0, -away), (0.0, away), (-away, 0.0), (away, 0.0)]
    });
    let beside = beside.map(|(dx, dy)| Point::new(middle.x + dx, middle.y + dy));
    on_it.chain(beside).find(is_free).unwrap_or(middle)
}

/// Whether a disc there touches a rectangle.
fn touches(rect: &Rect, point: Point) -> bool {
    let within =
        |at: f64, from: f64, size: f64| at > from - ORDER_RADIUS && at < from + size + ORDER_RADIUS;
    within(point.x, rect.x, rect.width) && within(point.y, rect.y, rect.height)
}

/// Points along a path, as far from each other as a disc is small.
fn points(path: &Path) -> Vec<Point> {
    const PARTS: u8 = 24;
    let mut from = path.start;
    let mut points = Vec::new();
    for step in &path.steps {
        for part in (0..=PARTS).map(|part| f64::from(part) / f64::from(PARTS)) {
            points.push(match *step {
                PathStep::Line(end) => from.toward(end, part),
                PathStep::Curve(a, b, end) => {
                    let (p, q, r) = (from.toward(a, part), a.toward(b, part), b.toward(end, part));
                    p.toward(q, part).toward(q.toward(r, part), part)
                }
            });
        }
        from = step.end();
    }
    points
}

#[cfg(test)]
mod tests {
    use tcpscope_tcp::TRANSITIONS;

    use super::*;
    use crate::state_diagram::diagram_edge;

    #[test]
    fn each_way_of_the_figure_has_room_for_the_numbers_of_both_ends() {
        let all: Vec<_> = TRANSITIONS.iter().filter(|edge| edge.in_figure).copied().collect();
        let journeys = [all.clone(), all];
        let edges: Vec<_> =
            TRANSITIONS.iter().filter_map(|edge| diagram_edge(*edge, &journeys)).collect();
        let placed = order(&edges, &journeys);
        assert_eq!(placed.len(), 2 * edges.len());
        let words = edges.iter().flat_map(|edge| edge.events.iter().chain(&edge.actions));
        let words: Vec<_> = words.map(crate::Label::bounds).collect();
        for (index, a) in placed.iter().enumerate() {
            let hidden = words.iter().find(|word| touches(word, a.at));
            assert_eq!(hidden, None, "{a:?}");
            for b in &placed[index + 1..] {
                assert!(a.at.distance(b.at) > 2.0 * ORDER_RADIUS, "{a:?} and {b:?}");
            }
        }
    }
}
