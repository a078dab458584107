//! The diagram of the eleven states, with the hosts on it.

mod order;
mod routes;
mod small;

use tcpscope_sim::{HostId, RecordId, Trace};
use tcpscope_tcp::{Edge, State, TRANSITIONS};

use crate::lanes::hosts;
use crate::{Anchor, End, Label, Path, PathStep, Point, Rect};
pub use order::{ORDER_RADIUS, Order};
use routes::{LINE, Route, node_middle, route};
pub use small::{SMALL_HEIGHT, SMALL_WIDTH, SmallDiagram, SmallNode, SmallWay, small_diagram};

/// The width of the diagram's box.
pub const DIAGRAM_WIDTH: f64 = 360.0;
/// The height of the diagram's box.
pub const DIAGRAM_HEIGHT: f64 = 460.0;

/// The box of a state.
const NODE: (f64, f64) = (84.0, 26.0);
/// The size of a state's name.
const NAME_SIZE: f64 = 10.5;
/// The size of what is written along a way. Its places are given for a monospaced face; a
/// narrower one fits all the more.
const LABEL_SIZE: f64 = 9.0;

/// The diagram, at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagramScene {
    /// The states, in the order of [`State::ALL`].
    pub nodes: Vec<Node>,
    /// The ways between them: those of RFC 9293's figure, and others that were taken.
    pub edges: Vec<DiagramEdge>,
    /// Where each end is.
    pub tokens: Vec<Token>,
    /// The ways that each end has taken, one after another.
    pub journeys: Vec<Vec<Edge>>,
    /// Which way was taken as which.
    pub order: Vec<Order>,
}

/// A state.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Which.
    pub state: State,
    /// Its box.
    pub rect: Rect,
    /// Its name, in the middle of the box.
    pub name: Label,
    /// Who is there: the places of ends among those that are shown.
    pub here: Vec<usize>,
    /// Who has been there, or is.
    pub visited: Vec<usize>,
}

/// A way from one state to another.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagramEdge {
    /// Which.
    pub edge: Edge,
    /// Its line; the arrowhead is at its end.
    pub path: Path,
    /// The direction in which it ends, in radians clockwise from the right.
    pub end_angle: f64,
    /// What brings it about: a line or more.
    pub events: Vec<Label>,
    /// What is done on the way; none where nothing is, or there is no room to say so.
    pub actions: Vec<Label>,
    /// Who has taken it: the places of ends among those that are shown.
    pub taken: Vec<usize>,
    /// Whose last way it was: how they came to where they are.
    pub last: Vec<usize>,
}

/// An end's mark on the state that it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// Whose: the end's place among those that are shown.
    pub place: usize,
    /// And whose end that is.
    pub host: HostId,
    /// The state that it is in.
    pub state: State,
    /// What stands on it: the first letter of the host's name, or its number where two names
    /// begin alike.
    pub letter: char,
    /// The middle of the mark: a corner of the state's box, so that two have room on it.
    pub at: Point,
}

/// The diagram of these ends once `record` has happened.
#[must_use]
pub fn state_diagram(ends: &[End<'_>], record: RecordId) -> DiagramScene {
    let journeys: Vec<_> = ends.iter().map(|end| journey(*end, record)).collect();
    let token = |(place, end): (usize, &End<'_>)| {
        let state = present(journeys.get(place).map_or(&[][..], Vec::as_slice));
        token(end.trace(), place, end.host(), state)
    };
    let edges: Vec<_> =
        TRANSITIONS.iter().filter_map(|edge| diagram_edge(*edge, &journeys)).collect();
    DiagramScene {
        nodes: State::ALL.into_iter().map(|state| node(state, &journeys)).collect(),
        tokens: ends.iter().enumerate().map(token).collect(),
        order: order::order(&edges, &journeys),
        edges,
        journeys,
    }
}

/// The ways that an end has taken once `record` has happened.
pub(crate) fn journey(end: End<'_>, record: RecordId) -> Vec<Edge> {
    let states: Vec<_> = end.states(record).into_iter().map(|(_, state)| state).collect();
    let way = |from, to| TRANSITIONS.iter().find(|edge| edge.from == from && edge.to == to);
    states.windows(2).filter_map(|pair| way(pair[0], pair[1]).copied()).collect()
}

/// The state at the end of a journey: each begins in CLOSED.
fn present(journey: &[Edge]) -> State {
    journey.last().map_or(State::Closed, |edge| edge.to)
}

/// The ends whose journey is such.
fn whose(journeys: &[Vec<Edge>], is_such: impl Fn(&[Edge]) -> bool) -> Vec<usize> {
    (0..journeys.len()).filter(|place| is_such(&journeys[*place])).collect()
}

fn node(state: State, journeys: &[Vec<Edge>]) -> Node {
    let touches = |edge: &Edge| edge.from == state || edge.to == state;
    Node {
        state,
        rect: node_rect(state),
        name: Label {
            text: state.name().to_owned(),
            at: node_middle(state),
            angle: 0.0,
            along: Point::RIGHT,
            anchor: Anchor::Middle,
            size: NAME_SIZE,
        },
        here: whose(journeys, |journey| present(journey) == state),
        visited: whose(journeys, |journey| {
            present(journey) == state || journey.iter().any(touches)
        }),
    }
}

fn node_rect(state: State) -> Rect {
    let (middle, (width, height)) = (node_middle(state), NODE);
    Rect { x: middle.x - width / 2.0, y: middle.y - height / 2.0, width, height }
}

fn token(trace: &Trace, place: usize, host: HostId, state: State) -> Token {
    let rect = node_rect(state);
    let x = if place == 0 { rect.x } else { rect.x + rect.width };
    Token { place, host, state, letter: letter(trace, host), at: Point::new(x, rect.y) }
}

fn letter(trace: &Trace, host: HostId) -> char {
    let first = |host: HostId| trace.host(host).name.chars().next();
    let alike = hosts(trace).filter(|other| first(*other) == first(host)).count() > 1;
    let number = char::from_digit(u32::from(host.0) + 1, 36);
    let letter = first(host).filter(|_| !alike).map(|letter| letter.to_ascii_uppercase());
    letter.or(number).unwrap_or('?')
}

/// A way, if it is drawn: all of the standard's figure are, others once they were taken.
fn diagram_edge(edge: Edge, journeys: &[Vec<Edge>]) -> Option<DiagramEdge> {
    let taken = whose(journeys, |journey| journey.contains(&edge));
    if !edge.in_figure && taken.is_empty() {
        return None;
    }
    let Route { steps, start, event, action, anchor, .. } = route(&edge)?;
    let path = Path { start: *start, steps: steps.to_vec() };
    let lines = |texts: &mut dyn Iterator<Item = &'static str>, first: Point| -> Vec<Label> {
        let places = (0_u8..).map(|line| Point::new(first.x, first.y + LINE * f64::from(line)));
        texts
            .zip(places)
            .map(|(text, at)| Label {
                text: text.to_owned(),
                at,
                angle: 0.0,
                along: Point::RIGHT,
                anchor: *anchor,
                size: LABEL_SIZE,
            })
            .collect()
    };
    // "create TCB, snd SYN" are two actions; "snd SYN,ACK" is one.
    let mut actions = listed(edge.action).into_iter().filter(|action| !action.is_empty());
    Some(DiagramEdge {
        end_angle: end_angle(&path),
        path,
        events: lines(&mut listed(edge.event).into_iter(), *event),
        actions: action.map_or(Vec::new(), |first| lines(&mut actions, first)),
        last: whose(journeys, |journey| journey.last() == Some(&edge)),
        taken,
        edge,
    })
}

/// What is listed with a comma and a space. (The library's search for such a pair would be more code
/// than this.)
fn listed(text: &'static str) -> Vec<&'static str> {
    let mut parts = Vec::new();
    let mut rest = text;
    let pair =
        |rest: &str| rest.bytes().zip(rest.bytes().skip(1)).position(|it| it == (b',', b' '));
    while let Some((part, after)) = pair(rest).and_then(|at| rest.split_at_checked(at)) {
        parts.push(part);
        rest = after.get(2..).unwrap_or_default();
    }
    parts.push(rest);
    parts
}

/// The direction of the last piece of a path where it ends.
fn end_angle(path: &Path) -> f64 {
    let end = path.end();
    let before = match path.steps.last() {
        Some(PathStep::Curve(_, control, _)) => *control,
        Some(PathStep::Line(_)) | None => {
            let steps = path.steps.len();
            path.steps.get(steps.wrapping_sub(2)).map_or(path.start, PathStep::end)
        }
    };
    (end.y - before.y).atan2(end.x - before.x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points along a path, close together.
    fn along(path: &Path) -> Vec<Point> {
        let mut from = path.start;
        let mut points = Vec::new();
        for step in &path.steps {
            for part in (0..=40).map(|part| f64::from(part) / 40.0) {
                points.push(match *step {
                    PathStep::Line(end) => from.toward(end, part),
                    PathStep::Curve(a, b, end) => {
                        let (p, q, r) =
                            (from.toward(a, part), a.toward(b, part), b.toward(end, part));
                        p.toward(q, part).toward(q.toward(r, part), part)
                    }
                });
            }
            from = step.end();
        }
        points
    }

    /// All ways, each taken, so that all are drawn.
    fn all_edges() -> Vec<DiagramEdge> {
        let taken = vec![TRANSITIONS.to_vec()];
        TRANSITIONS.iter().map(|edge| diagram_edge(*edge, &taken).unwrap()).collect()
    }

    fn is_on_side(rect: &Rect, point: Point) -> bool {
        let across = [rect.x, rect.x + rect.width].iter().any(|x| (x - point.x).abs() < 0.01);
        let down = [rect.y, rect.y + rect.height].iter().any(|y| (y - point.y).abs() < 0.01);
        rect.contains(point) && (across || down)
    }

    #[test]
    fn no_two_states_overlap_and_all_lie_in_the_box() {
        let whole = Rect { x: 0.0, y: 0.0, width: DIAGRAM_WIDTH, height: DIAGRAM_HEIGHT };
        for (index, a) in State::ALL.iter().enumerate() {
            let rect = node_rect(*a);
            assert!(whole.contains(Point::new(rect.x, rect.y)), "{a}");
            assert!(whole.contains(Point::new(rect.x + rect.width, rect.y + rect.height)), "{a}");
            for b in &State::ALL[index + 1..] {
                assert!(!rect.overlaps(&node_rect(*b)), "{a} and {b}");
            }
        }
    }

    #[test]
    fn every_way_begins_and_ends_at_its_states_and_passes_through_none() {
        for drawn in all_edges() {
            let Edge { from, to, .. } = drawn.edge;
            assert!(is_on_side(&node_rect(from), drawn.path.start), "{from} -> {to} begins");
            assert!(is_on_side(&node_rect(to), drawn.path.end()), "{from} -> {to} ends");
            for state in State::ALL {
                let rect = node_rect(state);
                let inner = Rect {
                    x: rect.x + 0.5,
                    y: rect.y + 0.5,
                    width: rect.width - 1.0,
                    height: rect.height - 1.0,
                };
                let inside = along(&drawn.path).into_iter().find(|point| inner.contains(*point));
                assert_eq!(inside, None, "{from} -> {to} passes through {state}");
            }
        }
    }

    #[test]
    fn no_text_overlaps_another_or_a_state() {
        let edges = all_edges();
        let texts: Vec<_> =
            edges.iter().flat_map(|edge| edge.events.iter().chain(&edge.actions)).collect();
        let whole = Rect { x: 0.0, y: 0.0, width: DIAGRAM_WIDTH, height: DIAGRAM_HEIGHT };
        for (index, a) in texts.iter().enumerate() {
            assert!(a.corners().iter().all(|corner| whole.contains(*corner)), "{a:?} is cut off");
            for b in &texts[index + 1..] {
                assert!(!a.overlaps(b), "{a:?} and {b:?}");
            }
            for state in State::ALL {
                assert!(!a.bounds().overlaps(&node_rect(state)), "{a:?} and {state}");
            }
        }
    }

    #[test]
    fn the_ways_of_the_figure_cross_no_text_of_the_figure() {
        let edges: Vec<_> = all_edges().into_iter().filter(|edge| edge.edge.in_figure).collect();
        for text in edges.iter().flat_map(|edge| edge.events.iter().chain(&edge.actions)) {
            for edge in &edges {
                let crossed =
                    along(&edge.path).windows(2).any(|piece| text.is_crossed(piece[0], piece[1]));
                assert!(!crossed, "{} -> {} crosses {text:?}", edge.edge.from, edge.edge.to);
            }
        }
    }
}
