//! Where the states stand and how the ways between them run. This is design, not data: opening at
//! the top, ESTABLISHED in the middle, whoever closes first at the left, the other at the right,
//! as RFC 9293 draws it in Figure 5. The standard draws CLOSED twice; here both ends of a
//! connection lead back to the one at the top, by a way around the left.

use tcpscope_tcp::{Edge, State};

use crate::{Anchor, PathStep, Point};

/// From one line of text to the next.
pub(super) const LINE: f64 = 10.5;

/// How a way is drawn.
pub(super) struct Route {
    from: State,
    to: State,
    pub(super) start: Point,
    pub(super) steps: &'static [PathStep],
    /// The first line of what brings it about.
    pub(super) event: Point,
    /// The first line of what is done; none where it is not said.
    pub(super) action: Option<Point>,
    /// How both are aligned.
    pub(super) anchor: Anchor,
}

/// How a way is drawn.
pub(super) fn route(edge: &Edge) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.from == edge.from && route.to == edge.to)
}

/// The middle of a state's box.
pub(super) const fn node_middle(state: State) -> Point {
    const LEFT: f64 = 54.0;
    const MIDDLE: f64 = 180.0;
    const RIGHT: f64 = 306.0;
    match state {
        State::Closed => at(MIDDLE, 24.0),
        State::Listen => at(MIDDLE, 104.0),
        State::SynReceived => at(LEFT, 176.0),
        State::SynSent => at(RIGHT, 176.0),
        State::Established => at(MIDDLE, 248.0),
        State::FinWait1 => at(LEFT, 328.0),
        State::Closing => at(MIDDLE, 328.0),
        State::CloseWait => at(RIGHT, 328.0),
        State::FinWait2 => at(LEFT, 408.0),
        State::TimeWait => at(MIDDLE, 408.0),
        State::LastAck => at(RIGHT, 408.0),
    }
}

const fn at(x: f64, y: f64) -> Point {
    Point::new(x, y)
}

const fn line(x: f64, y: f64) -> PathStep {
    PathStep::Line(at(x, y))
}

const fn curve(c1: (f64, f64), c2: (f64, f64), end: (f64, f64)) -> PathStep {
    PathStep::Curve(at(c1.0, c1.1), at(c2.0, c2.1), at(end.0, end.1))
}

/// Text beside a way: the event, and the action on the line below.
const fn beside(
    (from, to): (State, State),
    start: (f64, f64),
    steps: &'static [PathStep],
    (x, y): (f64, f64),
    anchor: Anchor,
) -> Route {
    let (start, event, action) = (at(start.0, start.1), at(x, y), Some(at(x, y + LINE)));
    Route { from, to, start, steps, event, action, anchor }
}

/// Text around a level way: the event above it, the action below it.
const fn around(
    (from, to): (State, State),
    start: (f64, f64),
    steps: &'static [PathStep],
    (x, y): (f64, f64),
) -> Route {
    let (start, event, action) = (at(start.0, start.1), at(x, y - 11.0), Some(at(x, y + 11.5)));
    Route { from, to, start, steps, event, action, anchor: Anchor::Middle }
}

/// The event alone.
const fn event_only(
    (from, to): (State, State),
    start: (f64, f64),
    steps: &'static [PathStep],
    (x, y): (f64, f64),
    anchor: Anchor,
) -> Route {
    Route { from, to, start: at(start.0, start.1), steps, event: at(x, y), action: None, anchor }
}

/// The last stretch of the way around the left: up and into CLOSED.
const UP_THE_LEFT: [PathStep; 3] =
    [line(6.0, 34.0), curve((6.0, 28.0), (10.0, 24.0), (16.0, 24.0)), line(138.0, 24.0)];

use State::{
    CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived,
    SynSent, TimeWait,
};

const ROUTES: &[Route] = &[
    beside((Closed, Listen), (170.0, 37.0), &[line(170.0, 91.0)], (160.0, 59.0), Anchor::End),
    beside((Listen, Closed), (190.0, 91.0), &[line(190.0, 37.0)], (196.0, 54.0), Anchor::Start),
    beside(
        (Closed, SynSent),
        (222.0, 20.0),
        &[curve((270.0, 24.0), (328.0, 66.0), (328.0, 163.0))],
        (290.0, 16.0),
        Anchor::Start,
    ),
    beside(
        (SynSent, Closed),
        (304.0, 163.0),
        &[curve((308.0, 112.0), (290.0, 60.0), (222.0, 32.0))],
        (277.0, 78.5),
        Anchor::End,
    ),
    beside(
        (Listen, SynSent),
        (222.0, 110.0),
        &[curve((252.0, 114.0), (268.0, 136.0), (276.0, 163.0))],
        (248.0, 137.0),
        Anchor::End,
    ),
    beside(
        (Listen, SynReceived),
        (138.0, 110.0),
        &[curve((108.0, 114.0), (92.0, 136.0), (84.0, 163.0))],
        (112.0, 137.0),
        Anchor::Start,
    ),
    around((SynSent, SynReceived), (264.0, 176.0), &[line(96.0, 176.0)], (180.0, 176.0)),
    beside(
        (SynReceived, Established),
        (78.0, 189.0),
        &[curve((82.0, 222.0), (100.0, 244.0), (138.0, 246.0))],
        (98.0, 211.0),
        Anchor::Start,
    ),
    beside(
        (SynSent, Established),
        (282.0, 189.0),
        &[curve((278.0, 222.0), (260.0, 244.0), (222.0, 246.0))],
        (264.0, 206.0),
        Anchor::End,
    ),
    beside(
        (SynReceived, FinWait1),
        (54.0, 189.0),
        &[line(54.0, 315.0)],
        (60.0, 264.0),
        Anchor::Start,
    ),
    event_only(
        (SynReceived, Listen),
        (66.0, 163.0),
        &[curve((66.0, 128.0), (92.0, 100.0), (138.0, 99.0))],
        (68.0, 122.0),
        Anchor::End,
    ),
    event_only(
        (SynReceived, Closed),
        (24.0, 163.0),
        &[curve((24.0, 88.0), (70.0, 34.0), (138.0, 31.0))],
        (42.0, 92.0),
        Anchor::Start,
    ),
    beside(
        (Established, FinWait1),
        (150.0, 261.0),
        &[curve((146.0, 292.0), (98.0, 284.0), (78.0, 315.0))],
        (126.0, 292.0),
        Anchor::Start,
    ),
    beside(
        (Established, CloseWait),
        (210.0, 261.0),
        &[curve((214.0, 292.0), (262.0, 284.0), (282.0, 315.0))],
        (234.0, 292.0),
        Anchor::End,
    ),
    event_only(
        (Established, Closed),
        (148.0, 235.0),
        &[
            curve((120.0, 210.0), (106.0, 190.0), (106.0, 150.0)),
            curve((106.0, 110.0), (112.0, 60.0), (150.0, 37.0)),
        ],
        (180.0, 226.0),
        Anchor::Middle,
    ),
    beside((FinWait1, FinWait2), (54.0, 341.0), &[line(54.0, 395.0)], (60.0, 378.0), Anchor::Start),
    around((FinWait1, Closing), (96.0, 328.0), &[line(138.0, 328.0)], (117.0, 328.0)),
    event_only(
        (FinWait1, TimeWait),
        (86.0, 341.0),
        &[curve((98.0, 360.0), (140.0, 368.0), (152.0, 395.0))],
        (146.0, 352.0),
        Anchor::Middle,
    ),
    event_only(
        (FinWait1, Closed),
        (12.0, 328.0),
        &[
            curve((8.0, 328.0), (6.0, 325.0), (6.0, 320.0)),
            UP_THE_LEFT[0],
            UP_THE_LEFT[1],
            UP_THE_LEFT[2],
        ],
        (10.0, 306.0),
        Anchor::Start,
    ),
    around((FinWait2, TimeWait), (96.0, 408.0), &[line(138.0, 408.0)], (117.0, 408.0)),
    event_only(
        (FinWait2, Closed),
        (12.0, 408.0),
        &[
            curve((8.0, 408.0), (6.0, 405.0), (6.0, 400.0)),
            UP_THE_LEFT[0],
            UP_THE_LEFT[1],
            UP_THE_LEFT[2],
        ],
        (10.0, 386.0),
        Anchor::Start,
    ),
    beside(
        (CloseWait, LastAck),
        (306.0, 341.0),
        &[line(306.0, 395.0)],
        (312.0, 363.0),
        Anchor::Start,
    ),
    event_only(
        (CloseWait, Closed),
        (348.0, 328.0),
        &[
            curve((352.0, 328.0), (354.0, 325.0), (354.0, 320.0)),
            line(354.0, 14.0),
            curve((354.0, 9.0), (350.0, 6.0), (346.0, 6.0)),
            line(244.0, 6.0),
            curve((236.0, 6.0), (230.0, 10.0), (222.0, 15.0)),
        ],
        (350.0, 306.0),
        Anchor::End,
    ),
    beside(
        (Closing, TimeWait),
        (180.0, 341.0),
        &[line(180.0, 395.0)],
        (186.0, 368.0),
        Anchor::Start,
    ),
    event_only(
        (Closing, Closed),
        (172.0, 315.0),
        &[
            curve((160.0, 290.0), (124.0, 280.0), (116.0, 230.0)),
            curve((104.0, 160.0), (106.0, 70.0), (150.0, 37.0)),
        ],
        (183.0, 275.0),
        Anchor::Middle,
    ),
    beside(
        (LastAck, Closed),
        (306.0, 421.0),
        &[
            line(306.0, 444.0),
            curve((306.0, 450.0), (302.0, 454.0), (296.0, 454.0)),
            line(16.0, 454.0),
            curve((10.0, 454.0), (6.0, 450.0), (6.0, 444.0)),
            UP_THE_LEFT[0],
            UP_THE_LEFT[1],
            UP_THE_LEFT[2],
        ],
        (300.0, 431.0),
        Anchor::End,
    ),
    beside(
        (TimeWait, Closed),
        (180.0, 421.0),
        &[
            line(180.0, 444.0),
            curve((180.0, 450.0), (176.0, 454.0), (170.0, 454.0)),
            line(16.0, 454.0),
            curve((10.0, 454.0), (6.0, 450.0), (6.0, 444.0)),
            UP_THE_LEFT[0],
            UP_THE_LEFT[1],
            UP_THE_LEFT[2],
        ],
        (174.0, 431.0),
        Anchor::End,
    ),
];
