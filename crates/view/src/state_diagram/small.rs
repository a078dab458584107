//! The diagram as a panel has room for: the states and the way that one end took through them.

use tcpscope_sim::RecordId;
use tcpscope_tcp::{Edge, State, TRANSITIONS};

use super::journey;
use crate::{End, Path, PathStep, Point, Rect};

/// The width of the small diagram's box.
pub const SMALL_WIDTH: f64 = 284.0;
/// The height of the small diagram's box.
pub const SMALL_HEIGHT: f64 = 160.0;

/// The box of a state.
const NODE: (f64, f64) = (82.0, 17.0);
/// The tracks at the sides, along which connections end.
const SIDES: (f64, f64) = (2.0, 282.0);
/// The track below all states.
const BELOW: f64 = 158.0;

/// One end's way through the states.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallDiagram {
    /// The states, in the order of [`State::ALL`].
    pub nodes: Vec<SmallNode>,
    /// The ways between them: those of RFC 9293's figure that end a connection only once they were
    /// taken, and all others of the figure.
    pub ways: Vec<SmallWay>,
    /// The ways that were taken, one after another.
    pub journey: Vec<Edge>,
}

/// A state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SmallNode {
    /// Which.
    pub state: State,
    /// Its box; the name is in the middle.
    pub rect: Rect,
    /// Whether the end is there.
    pub here: bool,
    /// Whether it has been there, or is.
    pub visited: bool,
}

/// A way from one state to another.
#[derive(Clone, Debug, PartialEq)]
pub struct SmallWay {
    /// Which.
    pub edge: Edge,
    /// Its line; the arrowhead is at its end.
    pub path: Path,
    /// Whether it was taken.
    pub taken: bool,
    /// Whether it was the last that was taken.
    pub last: bool,
}

/// One end's way through the states, once `record` has happened.
#[must_use]
pub fn small_diagram(end: End<'_>, record: RecordId) -> SmallDiagram {
    let journey = journey(end, record);
    let present = journey.last().map_or(State::Closed, |edge| edge.to);
    let visited = |state| {
        state == present || journey.iter().any(|edge| edge.from == state || edge.to == state)
    };
    let nodes = State::ALL.into_iter().map(|state| SmallNode {
        state,
        rect: rect(state),
        here: state == present,
        visited: visited(state),
    });
    let ways = TRANSITIONS.iter().filter_map(|edge| {
        let taken = journey.contains(edge);
        let ends = edge.to == State::Closed;
        (taken || (edge.in_figure && !ends)).then(|| SmallWay {
            edge: *edge,
            path: path(edge),
            taken,
            last: journey.last() == Some(edge),
        })
    });
    SmallDiagram { nodes: nodes.collect(), ways: ways.collect(), journey }
}

/// The middle of a state's box: as in the large diagram, but close together.
const fn middle(state: State) -> Point {
    let (column, row) = match state {
        State::Closed => (1, 0),
        State::Listen => (1, 1),
        State::SynReceived => (0, 2),
        State::SynSent => (2, 2),
        State::Established => (1, 3),
        State::FinWait1 => (0, 4),
        State::Closing => (1, 4),
        State::CloseWait => (2, 4),
        State::FinWait2 => (0, 5),
        State::TimeWait => (1, 5),
        State::LastAck => (2, 5),
    };
    let x = match column {
        0 => 46.0,
        1 => 142.0,
        _ => 238.0,
    };
    let y = match row {
        0 => 10.0,
        1 => 37.0,
        2 => 64.0,
        3 => 91.0,
        4 => 118.0,
        _ => 145.0,
    };
    Point::new(x, y)
}

fn rect(state: State) -> Rect {
    let (middle, (width, height)) = (middle(state), NODE);
    Rect { x: middle.x - width / 2.0, y: middle.y - height / 2.0, width, height }
}

fn path(edge: &Edge) -> Path {
    let (from, to) = (middle(edge.from), middle(edge.to));
    let points = match (edge.from, edge.to) {
        (_, State::Closed) => back(edge.from),
        // Past LISTEN, which is below CLOSED.
        (State::Closed, State::SynSent) => {
            vec![Point::new(from.x + NODE.0 / 2.0, from.y), Point::new(to.x, to.y - NODE.1 / 2.0)]
        }
        _ => straight(from, to),
    };
    let mut points = points.into_iter();
    let start = points.next().unwrap_or(from);
    Path { start, steps: points.map(PathStep::Line).collect() }
}

/// From box to box: to the side where they stand side by side, else from the lower edge to the
/// upper one, or back.
fn straight(from: Point, to: Point) -> Vec<Point> {
    let (half_width, half_height) = (NODE.0 / 2.0, NODE.1 / 2.0);
    let (across, down) = (to.x - from.x, to.y - from.y);
    if down.abs() < 1.0 {
        let side = half_width.copysign(across);
        return vec![Point::new(from.x + side, from.y), Point::new(to.x - side, to.y)];
    }
    let (edge, lean) = (half_height.copysign(down), 0.3 * half_width);
    let lean = if across.abs() < 1.0 { 0.0 } else { lean.copysign(across) };
    vec![Point::new(from.x + lean, from.y + edge), Point::new(to.x - lean, to.y - edge)]
}

/// Back to CLOSED, where every connection ends: along a side, so that no state is crossed.
fn back(from: State) -> Vec<Point> {
    let (here, closed) = (middle(from), middle(State::Closed));
    let (half_width, half_height) = (NODE.0 / 2.0, NODE.1 / 2.0);
    let left = Point::new(closed.x - half_width, closed.y);
    let right = Point::new(closed.x + half_width, closed.y);
    let along = |side: f64, mut points: Vec<Point>, end: Point| {
        let last = points.last().map_or(here.y, |point| point.y);
        points.extend([Point::new(side, last), Point::new(side, end.y), end]);
        points
    };
    let at = Point::new;
    match from {
        State::Listen => straight(here, closed),
        State::SynReceived => vec![at(here.x, here.y - half_height), at(here.x, left.y), left],
        State::SynSent => vec![at(here.x, here.y - half_height), at(here.x, right.y), right],
        State::FinWait1 | State::FinWait2 => {
            along(SIDES.0, vec![at(here.x - half_width, here.y)], left)
        }
        State::Established | State::CloseWait | State::LastAck => {
            along(SIDES.1, vec![at(here.x + half_width, here.y)], right)
        }
        State::TimeWait => {
            along(SIDES.1, vec![at(here.x, here.y + half_height), at(here.x, BELOW)], right)
        }
        // Between two columns, and above the row.
        State::Closing => {
            let gap = here.x + half_width + 7.0;
            let above = here.y - half_height - 4.0;
            let out = vec![at(here.x + half_width, here.y), at(gap, here.y), at(gap, above)];
            along(SIDES.1, out, right)
        }
        State::Closed => vec![here],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_keeps_to_the_box_and_crosses_no_state() {
        let whole = Rect { x: 0.0, y: 0.0, width: SMALL_WIDTH, height: SMALL_HEIGHT };
        for edge in TRANSITIONS {
            let path = path(edge);
            let mut from = path.start;
            for step in &path.steps {
                let to = step.end();
                for part in (0..=50).map(|part| f64::from(part) / 50.0) {
                    let point = from.toward(to, part);
                    assert!(whole.contains(point), "{} -> {}", edge.from, edge.to);
                    for state in State::ALL {
                        let rect = rect(state);
                        let inner = Rect {
                            x: rect.x + 0.5,
                            y: rect.y + 0.5,
                            width: rect.width - 1.0,
                            height: rect.height - 1.0,
                        };
                        let crosses = inner.contains(point);
                        assert!(!crosses, "{} -> {} crosses {state}", edge.from, edge.to);
                    }
                }
                from = to;
            }
        }
    }
}
