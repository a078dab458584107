//! Numbers along the ways: which of them was taken first, which second.

use tcpscope_tcp::{Edge, State};

use super::{DiagramEdge, node_rect};
use crate::{Path, PathStep, Point, Rect};

/// The radius of the disc that a number stands in.
pub const ORDER_RADIUS: f64 = 6.0;

/// What is left free around it, where there is room.
const AIR: f64 = 2.5;

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
    let mut lines: Vec<Line> = Vec::new();
    for edge in edges {
        for (place, journey) in journeys.iter().enumerate() {
            let Some(last) = journey.iter().rposition(|way| *way == edge.edge) else { continue };
            if lines.is_empty() {
                lines.extend(edges.iter().map(Line::of));
            }
            let others = |point: &Point| {
                lines.iter().any(|line| line.edge != edge.edge && line.is_under(*point))
            };
            let at = free_place(&edge.path, &others, &words, &placed);
            placed.push(Order { place, number: last + 1, at });
        }
    }
    placed
}

/// A way as points, and the rectangle within which a number would stand on it.
struct Line {
    edge: Edge,
    points: Vec<Point>,
    reach: Rect,
}

/// A number keeps so far from the middle of a way that is not its own.
const CLEAR: f64 = ORDER_RADIUS + 1.0;

impl Line {
    fn of(edge: &DiagramEdge) -> Self {
        let points = points(&edge.path);
        let around = Rect::around(&points);
        let reach = Rect {
            x: around.x - CLEAR,
            y: around.y - CLEAR,
            width: around.width + 2.0 * CLEAR,
            height: around.height + 2.0 * CLEAR,
        };
        Self { edge: edge.edge, points, reach }
    }

    /// Whether a number there would stand on it.
    fn is_under(&self, point: Point) -> bool {
        self.reach.contains(point) && self.points.iter().any(|at| at.distance(point) <= CLEAR)
    }
}

/// The point of a path nearest to its middle at which a disc hides nothing.
fn free_place(
    path: &Path,
    others: &impl Fn(&Point) -> bool,
    words: &[Rect],
    placed: &[Order],
) -> Point {
    let points = points(path);
    let middle = points.len() / 2;
    let mut order: Vec<_> = (0..points.len()).collect();
    order = crate::order::sorted(order, |place| {
        f64::from(u32::try_from(place.abs_diff(middle)).unwrap_or(u32::MAX))
    });
    let is_free = |point: &Point, air: f64, lines: bool| {
        let states = State::ALL.into_iter().map(node_rect);
        let clear = states.chain(words.iter().copied()).all(|rect| !touches(&rect, *point, air));
        let apart = 2.0 * ORDER_RADIUS + air;
        clear
            && placed.iter().all(|other| other.at.distance(*point) > apart)
            && !(lines && others(point))
    };
    let on_it: Vec<Point> = order.iter().filter_map(|place| points.get(*place)).copied().collect();
    let middle = points.get(middle).copied().unwrap_or(path.start);
    // Where words stand close above and below, the number stands beyond them.
    let beside = (1..=8_u8).flat_map(|step| {
        let away = 4.0 * f64::from(step) + 4.0;
        [(0.0, -away), (0.0, away), (-away, 0.0), (away, 0.0)]
    });
    let beside = beside.map(|(dx, dy)| Point::new(middle.x + dx, middle.y + dy));
    // With some air around it, and on no other way, if there is such a place.
    let airy = on_it.iter().find(|point| is_free(point, AIR, true)).copied();
    let narrow = || on_it.iter().find(|point| is_free(point, AIR / 2.0, false)).copied();
    let close = || on_it.iter().copied().chain(beside).find(|point| is_free(point, 0.0, false));
    airy.or_else(narrow).or_else(close).unwrap_or(middle)
}

/// Whether a disc there, with so much air around it, touches a rectangle.
fn touches(rect: &Rect, point: Point, air: f64) -> bool {
    let reach = ORDER_RADIUS + air;
    let within = |at: f64, from: f64, size: f64| at > from - reach && at < from + size + reach;
    within(point.x, rect.x, rect.width) && within(point.y, rect.y, rect.height)
}

/// Points along a path, as far from each other as a disc is small.
fn points(path: &Path) -> Vec<Point> {
    const PARTS: u8 = 48;
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
            let hidden = words.iter().find(|word| touches(word, a.at, 0.0));
            assert_eq!(hidden, None, "{a:?}");
            for b in &placed[index + 1..] {
                assert!(a.at.distance(b.at) > 2.0 * ORDER_RADIUS, "{a:?} and {b:?}");
            }
        }
    }
}
