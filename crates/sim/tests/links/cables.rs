//! Links that change while they are in use.

use tcpscope_sim::{
    Edit, EditError, Fate, HostId, LinkChange, LinkProperty, Queueing, SetupError, Timeline,
};
use tcpscope_tcp::Duration;

use crate::streams::*;

fn change(millis: u64, to: LinkProperty) -> LinkChange {
    LinkChange { at: at(millis), from: CLIENT, toward: None, to }
}

fn schedule(changes: Vec<LinkChange>) -> Timeline {
    let mut setup = two(datagrams(100, 1000, ms(10)), Vec::new(), |_| {});
    setup.link_changes = changes;
    run(setup)
}

#[test]
fn a_pulled_cable_loses_what_is_on_it_and_what_follows_until_it_is_put_back() {
    let run =
        schedule(vec![change(505, LinkProperty::Up(false)), change(705, LinkProperty::Up(true))]);
    for packet in run.trace().packets() {
        let sent = packet.sent.as_micros() / 1000;
        // Sent each ten milliseconds, twenty under way: those of 490 and 500 are on it.
        let lost = (490..=700).contains(&sent);
        assert_eq!(packet.fate == Fate::Lost, lost, "sent at {sent} ms");
        if lost && sent < 505 {
            assert_eq!(packet.ends, at(505));
            let part = packet.ends.since(packet.departs).as_micros() * 1_000_000;
            assert_eq!(u64::from(packet.reached_ppm), part / DELAY.as_micros());
        } else if lost {
            assert_eq!((packet.ends, packet.reached_ppm), (packet.sent, 0));
        }
    }
    assert_eq!(ruled(&run, "link-unplugged"), 22);
    assert_eq!(ruled(&run, "link-changed"), 2);
}

#[test]
fn a_change_holds_for_what_leaves_from_then_on() {
    let run = schedule(vec![
        change(300, LinkProperty::Delay(ms(50))),
        change(600, LinkProperty::Loss(1_000_000)),
        change(800, LinkProperty::Loss(0)),
    ]);
    for packet in run.trace().packets() {
        let sent = packet.sent.as_micros() / 1000;
        let way = packet.ends.since(packet.departs);
        match sent {
            0..300 => assert_eq!(way, DELAY),
            600..800 => assert_eq!(packet.fate, Fate::Lost),
            _ => assert_eq!((packet.fate, way), (Fate::Delivered, ms(50))),
        }
    }
}

#[test]
fn a_slower_rate_holds_for_those_that_wait() {
    let mut setup = two(datagrams(4, 1000, Duration::ZERO), Vec::new(), |link| {
        link.rate_bps = Some(8_000_000);
    });
    setup.link_changes = vec![change(1, LinkProperty::Rate(Some(4_000_000)))];
    let run = run(setup);
    let departs: Vec<_> =
        run.trace().packets().iter().map(|packet| packet.departs.as_micros()).collect();
    // The second leaves at the instant of the change, which comes first.
    assert_eq!(departs, [0, 1_000, 3_000, 5_000]);
}

#[test]
fn the_past_and_the_future_can_be_changed_and_the_change_undone() {
    let mut run = schedule(Vec::new());
    let plain = run.trace().digest();
    let cut = Edit::Link(change(505, LinkProperty::Up(false)));
    run.edit(cut).expect("there is such a link");
    assert_eq!(count(&run, |packet| packet.fate == Fate::Lost), 52);
    run.edit(Edit::Link(change(705, LinkProperty::Up(true)))).expect("there is such a link");
    let planned =
        schedule(vec![change(505, LinkProperty::Up(false)), change(705, LinkProperty::Up(true))]);
    assert_eq!(run.trace(), planned.trace());
    assert!(run.undo() && run.undo());
    assert_eq!(run.trace().digest(), plain);
}

#[test]
fn what_a_link_cannot_be_is_refused() {
    let mut run = schedule(Vec::new());
    for (to, property) in
        [(LinkProperty::Loss(1_000_001), "loss"), (LinkProperty::Rate(Some(0)), "rate")]
    {
        let refused = run.edit(Edit::Link(change(1, to)));
        assert_eq!(refused, Err(EditError::OutOfRange { property }));
    }
    let nowhere = LinkChange { from: HostId(7), ..change(1, LinkProperty::Up(false)) };
    assert_eq!(run.edit(Edit::Link(nowhere)), Err(EditError::UnknownLink { from: HostId(7) }));
    let elsewhere =
        LinkChange { toward: Some(CLIENT), ..change(1, LinkProperty::Queue(Queueing::default())) };
    assert!(run.edit(Edit::Link(elsewhere)).is_err());
    let mut setup = run.setup().clone();
    setup.links[0].corrupt_ppm = 2_000_000;
    assert_eq!(
        Timeline::new(setup).err(),
        Some(SetupError::LinkOutOfRange { from: CLIENT, property: "corrupt" })
    );
}
