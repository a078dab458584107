//! The diagram of the eleven states, with the hosts on it.

use tcpscope_sim::{HostId, RecordId, Trace};
use tcpscope_tcp::{Edge, State};

use crate::{Path, Point, Rect};

/// The width of the diagram's box.
pub const DIAGRAM_WIDTH: f64 = 360.0;
/// The height of the diagram's box.
pub const DIAGRAM_HEIGHT: f64 = 440.0;

/// The diagram, at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct DiagramScene {
    /// The states, in the order of [`State::ALL`].
    pub nodes: Vec<Node>,
    /// The ways between them: those of RFC 9293's figure, and others that were taken.
    pub edges: Vec<DiagramEdge>,
    /// Where each host is.
    pub tokens: Vec<Token>,
}

/// A state.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Which.
    pub state: State,
    /// Its box.
    pub rect: Rect,
    /// Who is there.
    pub here: Vec<HostId>,
    /// Who has been there, or is.
    pub visited: Vec<HostId>,
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
    /// What brings it about, then what is done: a line each, the first `events` of them events.
    pub lines: Vec<&'static str>,
    /// The middle of the text's first line.
    pub label: Point,
    /// Who has taken it.
    pub taken: Vec<HostId>,
    /// Who took it last of all ways.
    pub last: Vec<HostId>,
}

/// A host's mark on the state that it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// Whose.
    pub host: HostId,
    /// The state that it is in.
    pub state: State,
    /// The middle of the mark.
    pub at: Point,
}

/// The diagram once `record` has happened.
#[must_use]
pub fn state_diagram(_trace: &Trace, _record: RecordId) -> DiagramScene {
    DiagramScene { nodes: Vec::new(), edges: Vec::new(), tokens: Vec::new() }
}
