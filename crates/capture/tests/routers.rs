//! What a router passes on is seen there: once each, between its host and the one it is for.

mod common;

use std::collections::BTreeSet;

use tcpscope_capture::{Capture, Captured, Direction, Vantage};
use tcpscope_sim::{Fate, HostId, QueueLimit, Timeline, Trace};

use common::{routers, runs, worlds};

fn of_world(name: &str, change: impl FnOnce(&mut tcpscope_sim::Setup)) -> Trace {
    let world = worlds::all().into_iter().find(|(known, _)| *known == name);
    let (_, mut setup) = world.expect("there is such a world");
    change(&mut setup);
    Timeline::new(setup).expect("it runs").trace().clone()
}

fn seen(trace: &Trace) -> Vec<Captured> {
    let router = routers(trace).next().expect("there is one");
    Capture::of(trace, router).packets().to_vec()
}

#[test]
fn a_router_sees_what_it_passes_on_when_it_does() {
    let trace = of_world("two clients, a router, an attacker", |_| {});
    let seen = seen(&trace);
    assert!(seen.len() > 100);
    for captured in &seen {
        let packet = trace.packet(captured.packet);
        assert_eq!(captured.direction, Direction::Passing);
        assert_eq!(captured.at, packet.hops()[0].departs);
        assert!(packet.departs < captured.at && captured.at < packet.ends);
    }
    let at_router: BTreeSet<_> = seen.iter().map(|captured| captured.packet).collect();
    assert_eq!(at_router.len(), seen.len(), "each once");
    let delivered = (0..).map(tcpscope_sim::PacketIndex).zip(trace.packets());
    for (index, packet) in delivered.filter(|(_, packet)| packet.fate == Fate::Delivered) {
        assert!(at_router.contains(&index) || packet.hops().is_empty(), "{packet:?}");
    }
}

#[test]
fn what_finds_no_room_at_a_router_does_not_depart_there() {
    let trace = of_world("two clients, a router, an attacker", |setup| {
        for link in &mut setup.links {
            if link.from == HostId(4) {
                link.rate_bps = Some(1_000_000);
                link.queue.limit = Some(QueueLimit::Packets(3));
            }
        }
    });
    let at_router: BTreeSet<_> = seen(&trace).iter().map(|captured| captured.packet).collect();
    let no_room = (0..).map(tcpscope_sim::PacketIndex).zip(trace.packets());
    let no_room: Vec<_> = no_room
        .filter(|(_, packet)| packet.fate == Fate::Lost && packet.reached_ppm == 0)
        .filter(|(_, packet)| !packet.hops().is_empty())
        .collect();
    assert!(!no_room.is_empty());
    assert!(no_room.iter().all(|(index, _)| !at_router.contains(index)));
}

#[test]
fn a_place_that_is_no_router_sees_nothing_as_one() {
    for run in runs() {
        let nowhere = Vantage::Router(HostId(200));
        assert!(Capture::of(&run.trace, nowhere).packets().is_empty(), "{}", run.name);
    }
}
