//! The state diagram along a run.

use tcpscope_sim::HostId;
use tcpscope_tcp::{State, TRANSITIONS};
use tcpscope_view::state_diagram;

use super::{SCENARIOS, for_each_run, run};

#[test]
fn each_host_stands_where_its_way_has_led() {
    for_each_run(|id, trace| {
        for record in trace.records() {
            let scene = state_diagram(trace, record.id);
            for host in [HostId(0), HostId(1)] {
                let state = trace.status(host, record.id).state;
                let here: Vec<_> =
                    scene.nodes.iter().filter(|node| node.here.contains(&host)).collect();
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
        for record in trace.records() {
            let scene = state_diagram(trace, record.id);
            for edge in TRANSITIONS {
                let drawn = scene.edges.iter().find(|drawn| drawn.edge == *edge);
                let taken = scene.journeys.iter().any(|journey| journey.contains(edge));
                assert_eq!(drawn.is_some(), edge.in_figure || taken, "{id}: {edge:?}");
                assert_eq!(drawn.is_some_and(|drawn| !drawn.taken.is_empty()), taken, "{id}");
            }
        }
    }
}
