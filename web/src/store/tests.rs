//! What each action does to a session, on a real run.

use std::cell::RefCell;
use std::rc::Rc;

use tcpscope_scenario::{Link, Scenario};
use tcpscope_sim::{Edit, HostId, Intervention, Moment, RecordId};
use tcpscope_tcp::{Duration, Instant, State};
use tcpscope_view::{Locale, Numbers};

use super::{Action, Change, Direction, Playback, Preference, Refusal, Run, Store};

const HANDSHAKE: &str = include_str!("../../../scenarios/three-way-handshake.json");

fn loaded() -> Store {
    let store = Store::default();
    let scenario = Scenario::from_json(HANDSHAKE).expect("a scenario");
    let run = Run::new(scenario, true, None).expect("it runs");
    store.dispatch(Action::Load(Box::new(run))).expect("loading is never refused");
    store
}

fn go(store: &Store, playback: Playback) -> Moment {
    store.dispatch(Action::Playback(playback)).expect("a run is loaded");
    moment(store)
}

fn moment(store: &Store) -> Moment {
    store.read().run().expect("a run is loaded").moment()
}

fn heard(store: &Store, act: impl FnOnce()) -> Vec<Change> {
    let changes: Rc<RefCell<Vec<Change>>> = Rc::default();
    let hears = changes.clone();
    let _subscription = store.subscribe(move |_, change| hears.borrow_mut().push(change));
    act();
    changes.take()
}

#[test]
fn before_the_first_run_there_is_nothing_to_do_anything_to() {
    let store = Store::default();
    for action in [Action::Undo, Action::Settle, Action::Playback(Playback::Play)] {
        assert_eq!(store.dispatch(action), Err(Refusal::NothingLoaded));
    }
    assert!(store.read().link().is_none());
}

#[test]
fn a_run_begins_at_its_start_with_both_ends_closed() {
    let store = loaded();
    assert_eq!(moment(&store), Moment::START);
    let session = store.read();
    let run = session.run().expect("a run is loaded");
    for host in run.hosts() {
        assert_eq!(run.trace().status(host, RecordId(0)).state, State::Closed);
    }
}

#[test]
fn a_part_of_a_run_is_not_left_until_all_is_wanted_or_something_is_changed() {
    let store = loaded();
    let part = (RecordId(3), RecordId(9));
    assert_eq!(go(&store, Playback::Within(Some(part))).record, part.0);
    assert_eq!(go(&store, Playback::Step(Direction::Back)).record, part.0);
    assert_eq!(go(&store, Playback::Records(i64::MAX)).record, part.1);
    assert_eq!(go(&store, Playback::Seek(Instant::from_micros(u64::MAX))).record, part.1);
    assert!(store.read().run().expect("a run is loaded").is_at_end());
    // Played again from its end, it begins at the part's.
    store.dispatch(Action::Playback(Playback::Play)).expect("a run is loaded");
    assert_eq!(moment(&store).record, part.0);
    go(&store, Playback::Within(None));
    assert!(go(&store, Playback::Records(i64::MAX)).record > part.1);

    go(&store, Playback::Within(Some(part)));
    let lost = Edit::LinkLoss { from: HostId(0), loss_ppm: 1_000_000 };
    store.dispatch(Action::Edit(lost)).expect("a link may lose all");
    assert!(go(&store, Playback::Records(i64::MAX)).record > part.1);
}

#[test]
fn steps_on_stop_at_the_end_of_each_event_and_steps_back_at_the_same_places() {
    let store = loaded();
    let mut there = vec![moment(&store)];
    while !store.read().run().expect("a run is loaded").is_at_end() {
        there.push(go(&store, Playback::Step(Direction::On)));
    }
    let mut back = vec![moment(&store)];
    while moment(&store) != Moment::START {
        back.push(go(&store, Playback::Step(Direction::Back)));
    }
    back.reverse();
    assert_eq!(there, back);
    let session = store.read();
    let trace = session.run().expect("a run is loaded").trace();
    for stop in &there[1..] {
        assert_eq!(trace.event_of(stop.record).end, stop.record.index() + 1);
    }
}

#[test]
fn records_are_counted_and_neither_end_is_passed() {
    let store = loaded();
    assert_eq!(go(&store, Playback::Records(3)).record, RecordId(3));
    assert_eq!(go(&store, Playback::Records(-1)).record, RecordId(2));
    assert_eq!(go(&store, Playback::Records(i64::MIN)), Moment::START);
    let end = go(&store, Playback::Records(i64::MAX));
    assert_eq!(go(&store, Playback::Records(1)), end);
    assert_eq!(go(&store, Playback::Seek(Instant::from_micros(u64::MAX))), end);
}

#[test]
fn between_two_steps_back_is_to_the_one_that_has_just_happened() {
    let store = loaded();
    let soon = Duration::from_micros(7);
    let quiet_after = |stop: Moment| {
        let session = store.read();
        let records = session.run().expect("a run is loaded").trace().records();
        records.get(stop.record.index() + 1).is_some_and(|next| next.at > stop.at + soon)
    };
    let mut stop = go(&store, Playback::Step(Direction::On));
    while !quiet_after(stop) {
        stop = go(&store, Playback::Step(Direction::On));
    }
    let later = go(&store, Playback::Seek(stop.at + soon));
    assert_eq!(later, Moment { at: stop.at + soon, ..stop });
    assert_eq!(go(&store, Playback::Step(Direction::Back)), stop);
}

#[test]
fn playing_comes_to_the_end_and_pauses_there_and_begins_again() {
    let store = loaded();
    go(&store, Playback::Speed(8.0));
    go(&store, Playback::Play);
    let mut frames = 0;
    let mut before = moment(&store);
    while store.read().playing {
        let now = go(&store, Playback::Frame(16.0));
        assert!(now.at >= before.at && now.record >= before.record, "time runs on");
        before = now;
        frames += 1;
        assert!(frames < 10_000, "it comes to an end");
    }
    assert!(store.read().run().expect("a run is loaded").is_at_end());
    let changes = heard(&store, || {
        go(&store, Playback::Play);
    });
    assert_eq!(changes, [Change::Played, Change::Stepped]);
    assert_eq!(moment(&store), Moment::START);
}

#[test]
fn an_edit_keeps_the_moment_and_can_be_undone_and_made_again() {
    let store = loaded();
    let at = Instant::from_micros(45_000);
    let before = go(&store, Playback::Seek(at));
    let (packet, digest) = {
        let session = store.read();
        let trace = session.run().expect("a run is loaded").trace();
        (trace.packets()[2].id, trace.digest())
    };
    let changes = heard(&store, || {
        let edit = Edit::Packet(Intervention::Drop(packet));
        store.dispatch(Action::Edit(edit)).expect("the packet is sent");
    });
    assert_eq!(changes, [Change::Edited]);
    assert_eq!(moment(&store), before);
    let edited = store.read().run().expect("a run is loaded").trace().digest();
    assert_ne!(edited, digest);
    store.dispatch(Action::Undo).expect("there is an edit");
    assert_eq!(store.read().run().expect("a run is loaded").trace().digest(), digest);
    store.dispatch(Action::Redo).expect("it was undone");
    assert_eq!(store.read().run().expect("a run is loaded").trace().digest(), edited);
    assert!(heard(&store, || store.act(Action::Redo)).is_empty(), "nothing is left to redo");
}

#[test]
fn a_slider_that_moves_is_one_edit_and_one_that_moves_again_is_another() {
    let store = loaded();
    let slide = |milliseconds| {
        let delay = Duration::from_millis(milliseconds);
        store.act(Action::Adjust(Edit::LinkDelay { from: HostId(0), delay }));
    };
    let edits = || store.read().run().expect("a run is loaded").timeline().edits().len();
    for milliseconds in [31, 40, 55] {
        slide(milliseconds);
    }
    assert_eq!(edits(), 1);
    store.act(Action::Settle);
    slide(55);
    assert_eq!(edits(), 1, "it did not move");
    slide(70);
    assert_eq!(edits(), 2);
    store.act(Action::Undo);
    store.act(Action::Undo);
    assert_eq!(edits(), 0);
}

#[test]
fn a_link_holds_all_that_is_on_the_screen() {
    let store = loaded();
    let packet = store.read().run().expect("a run is loaded").trace().packets()[1].id;
    store.act(Action::Edit(Edit::LinkLoss { from: HostId(1), loss_ppm: 10_000 }));
    store.act(Action::Select(Some(packet)));
    store.act(Action::Prefer(Preference::Locale(Locale::ZhCn)));
    store.act(Action::Prefer(Preference::Numbers(Numbers::Absolute)));
    let at = go(&store, Playback::Records(9));
    let link = store.read().link().expect("a run is loaded");
    assert_eq!(Link::from_text(&link.to_text()), Ok(link.clone()));
    assert_eq!((link.at_us, link.record), (at.at.as_micros(), Some(at.record.0)));
    assert_eq!(
        (link.locale.as_deref(), link.numbers.as_deref()),
        (Some("zh-CN"), Some("absolute"))
    );
    assert_eq!((link.edits.len(), link.selection.is_some()), (1, true));
}

#[test]
fn who_no_longer_listens_hears_nothing() {
    let store = loaded();
    let count = Rc::new(RefCell::new(0));
    let counted = count.clone();
    let subscription = store.subscribe(move |_, _| *counted.borrow_mut() += 1);
    go(&store, Playback::Records(1));
    drop(subscription);
    go(&store, Playback::Records(1));
    assert_eq!(*count.borrow(), 1);
}
