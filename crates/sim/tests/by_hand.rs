//! What a page asks of a run that is changed by hand: where it first differs, what a link does then.

mod common;

use common::{CLIENT, exchange};
use tcpscope_sim::{
    Difference, Edit, Intervention, LinkChange, LinkProperty, RecordKind, Timeline,
};
use tcpscope_tcp::{Duration, Instant};

#[test]
fn a_change_first_shows_where_it_was_made() {
    let mut timeline = Timeline::new(exchange(20_000)).expect("a sound setup");
    assert_eq!(timeline.first_difference(), Difference::Unknown, "nothing has changed yet");
    let packet = timeline.trace().packets()[6].id;
    timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("it can be made");
    let Difference::From(record) = timeline.first_difference() else { panic!("it shows") };
    let record = timeline.trace().record(record);
    assert!(matches!(record.kind, RecordKind::Intervention { .. }), "{record:?}");
    let unsent = tcpscope_sim::PacketId { seq: 9_999_999, ..packet };
    timeline.edit(Edit::Packet(Intervention::Drop(unsent))).expect("it waits");
    assert_eq!(timeline.first_difference(), Difference::Nowhere);
}

#[test]
fn a_link_is_as_all_changes_up_to_an_instant_have_made_it() {
    let mut timeline = Timeline::new(exchange(20_000)).expect("a sound setup");
    let at = Instant::from_micros;
    let setup = timeline.setup().clone();
    let place = setup.links.iter().position(|link| link.from == CLIENT).expect("it has one");
    let change =
        |instant, to| Edit::Link(LinkChange { at: at(instant), from: CLIENT, toward: None, to });
    for edit in [
        Edit::LinkDelay { from: CLIENT, delay: Duration::from_millis(30) },
        change(50_000, LinkProperty::Loss(10)),
        change(90_000, LinkProperty::Up(false)),
    ] {
        timeline.edit(edit).expect("it can be made");
    }
    let seen = |instant| {
        let link = timeline.link_at(place, at(instant)).expect("it is there");
        (link.delay, link.loss_ppm, link.up)
    };
    let delay = Duration::from_millis(30);
    assert_eq!(seen(0), (delay, setup.links[place].loss_ppm, true));
    assert_eq!(seen(50_000), (delay, 10, true));
    assert_eq!(seen(90_000), (delay, 10, false));
    assert_eq!(timeline.link_at(99, at(0)), None);
}
