//! The state diagram along a run.

use tcpscope_sim::{HostId, Record, RecordKind, Trace};
use tcpscope_tcp::{State, TRANSITIONS};
use tcpscope_view::{End, Pick, ends, small_diagram, state_diagram};

use super::{SCENARIOS, for_each_run, run};

fn both(trace: &Trace) -> [End<'_>; 2] {
    [HostId(0), HostId(1)].map(|host| End::of(trace, host))
}

/// The records at which a state changes, those next to them, the first and the last: between them
/// the diagram stays as it is.
fn around_changes(trace: &Trace) -> impl Iterator<Item = &Record> {
    let records = trace.records();
    let changes = |record: &Record| matches!(record.kind, RecordKind::Transition { .. });
    let near = move |at: usize| {
        let beside = records.iter().skip(at.saturating_sub(1)).take(3);
        at == 0 || at + 1 == records.len() || beside.into_iter().any(changes)
    };
    records.iter().enumerate().filter(move |(at, _)| near(*at)).map(|(_, record)| record)
}

#[test]
fn each_host_stands_where_its_way_has_led() {
    for_each_run(|id, trace| {
        for record in around_changes(trace) {
            let scene = state_diagram(&both(trace), record.id);
            for host in [HostId(0), HostId(1)] {
                let state = trace.status(host, record.id).state;
                let place = host.index();
                let here: Vec<_> =
                    scene.nodes.iter().filter(|node| node.here.contains(&place)).collect();
                assert_eq!(here.len(), 1, "{id}: {record:?}");
                assert_eq!(here[0].state, state, "{id}: {record:?}");
                let token = scene.tokens.iter().find(|token| token.host == host);
                assert_eq!(token.map(|token| token.state), Some(state), "{id}");
                let journey = &scene.journeys[host.index()];
                let mut at = State::Closed;
                for edge in journey {
                    assert_eq!(edge.from, at, "{id}: a gap in {journey:?}");
                    at = edge.to;
                }
                assert_eq!(at, state, "{id}: {journey:?}");
            }
        }
    });
}

#[test]
fn the_ways_of_the_figure_are_always_drawn_and_the_others_once_they_are_taken() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for record in around_changes(trace) {
            let scene = state_diagram(&both(trace), record.id);
            for edge in TRANSITIONS {
                let drawn = scene.edges.iter().find(|drawn| drawn.edge == *edge);
                let taken = scene.journeys.iter().any(|journey| journey.contains(edge));
                assert_eq!(drawn.is_some(), edge.in_figure || taken, "{id}: {edge:?}");
                assert_eq!(drawn.is_some_and(|drawn| !drawn.taken.is_empty()), taken, "{id}");
            }
        }
    }
}

#[test]
fn each_way_that_was_taken_has_its_number() {
    for_each_run(|id, trace| {
        for record in around_changes(trace) {
            let scene = state_diagram(&both(trace), record.id);
            for (place, journey) in scene.journeys.iter().enumerate() {
                for (index, way) in journey.iter().enumerate() {
                    let later = journey[index + 1..].contains(way);
                    let numbered = scene
                        .order
                        .iter()
                        .any(|order| (order.place, order.number) == (place, index + 1));
                    assert_eq!(numbered, !later, "{id}: {way:?}");
                }
            }
        }
    });
}

#[test]
fn the_small_diagram_tells_the_same_way() {
    for_each_run(|id, trace| {
        for record in around_changes(trace) {
            let ends = ends(trace, [0, 1].map(|host| Pick::of(HostId(host))), record.id);
            let large = state_diagram(&ends, record.id);
            for (place, end) in ends.into_iter().enumerate() {
                let small = small_diagram(end, record.id);
                assert_eq!(small.journey, large.journeys[place], "{id}");
                let here: Vec<_> = small.nodes.iter().filter(|node| node.here).collect();
                assert_eq!(here.len(), 1, "{id}");
                assert_eq!(here[0].state, end.status(record.id).state, "{id}");
                let last: Vec<_> = small.ways.iter().filter(|way| way.last).collect();
                assert_eq!(last.first().map(|way| way.edge), small.journey.last().copied());
            }
        }
    });
}
