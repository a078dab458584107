//! What is noted, on a real run.

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Act, Deed, Edit, HostId, Moment};
use tcpscope_tcp::{Duration, Instant};

use super::{Done, MOST};
use crate::store::{Action, Playback, Rearrange, Run, Store};

fn loaded() -> Store {
    let store = Store::default();
    let file = include_str!("../../../../scenarios/three-way-handshake.json");
    let scenario = Scenario::from_json(file).expect("a scenario");
    let run = Run::new(scenario, true, None).expect("it runs");
    store.dispatch(Action::Load(Box::new(run))).expect("loading is never refused");
    store
}

fn noted(store: &Store) -> Vec<Done> {
    store.read().journal.done().to_vec()
}

fn slow(milliseconds: u64) -> Edit {
    Edit::LinkDelay { from: HostId(0), delay: Duration::from_millis(milliseconds) }
}

#[test]
fn what_makes_up_for_what_was_before_takes_its_place() {
    let store = loaded();
    for at in [3, 20_000, 30_000] {
        store.act(Action::Playback(Playback::Seek(Instant::from_micros(at))));
    }
    for milliseconds in [31, 40, 55] {
        store.act(Action::Adjust(slow(milliseconds)));
    }
    store.act(Action::Settle);
    store.act(Action::Undo);
    let load = Done::Load { own: true, seed: None };
    let moment = Done::Moment { at: Instant::from_micros(30_000), back: 0 };
    let edit = Done::Edit { edit: slow(55), met: true };
    assert_eq!(noted(&store), [load, moment, edit, Done::Undo]);
}

#[test]
fn a_refused_edit_and_one_that_changes_nothing_are_not_noted() {
    let store = loaded();
    let before = noted(&store);
    let nobody = Edit::LinkDelay { from: HostId(9), delay: Duration::ZERO };
    assert!(store.dispatch(Action::Edit(nobody)).is_err());
    assert!(store.dispatch(Action::Rearrange(Rearrange::Remove(0))).is_err());
    store.act(Action::Rearrange(Rearrange::Clear));
    store.act(Action::Undo);
    assert_eq!(noted(&store), before);
}

#[test]
fn what_is_done_now_makes_the_present_its_moment() {
    let store = loaded();
    let at = Instant::from_micros(20_001);
    let deed = Deed::Halt { halted: true };
    let act = Act { at, host: HostId(0), deed };
    store.dispatch(Action::Do(act.clone())).expect("the host is there");
    let session = store.read();
    let run = session.run().expect("a run is loaded");
    assert_eq!(run.moment(), run.trace().at(at));
    assert_ne!(run.moment(), Moment::START);
    assert!(session.outcome.is_some(), "what follows is told");
    let edit = Done::Edit { edit: Edit::Act(act), met: true };
    assert_eq!(noted(&store)[1..], [edit, Done::Moment { at, back: 0 }]);
}

#[test]
fn no_more_is_kept_than_can_be_read() {
    let store = loaded();
    for milliseconds in 0..MOST as u64 + 10 {
        store.act(Action::Edit(slow(milliseconds % 7)));
    }
    let session = store.read();
    assert_eq!(session.journal.done().len(), MOST);
    assert_eq!(session.journal.left_out(), 11);
}
