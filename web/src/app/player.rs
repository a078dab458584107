//! Playing: one loop of animation frames moves the playhead, and nothing else does.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;

use crate::browser::{Frames, Media};
use crate::store::{Action, Change, Playback, Store, Subscription};

/// How long a step stands where motion is unwanted, at speed 1.
const BEAT_MS: f64 = 1200.0;

/// What plays.
pub(super) struct Player {
    _subscription: Subscription,
}

/// Moves the playhead while the session plays.
pub(super) fn keep(store: &Store) -> Player {
    let frames = {
        let store = store.clone();
        Frames::new(move |milliseconds| {
            store.act(Action::Playback(Playback::Frame(milliseconds)));
            store.read().playing
        })
    };
    let reduced = Media::watch("(prefers-reduced-motion: reduce)", || {});
    let beat: Rc<RefCell<Option<Interval>>> = Rc::default();
    let subscription = store.subscribe(move |store, change| {
        let (plays, paused) = (change == Change::Played, change == Change::Paused);
        if plays && !reduced.holds() {
            frames.request();
        } else if plays || (change == Change::Sped && beat.borrow().is_some()) {
            *beat.borrow_mut() = Some(beats(store));
        } else if paused {
            // The interval may be what paused: it goes once it has run.
            drop(beat.borrow_mut().take());
        }
    });
    Player { _subscription: subscription }
}

fn beats(store: &Store) -> Interval {
    let milliseconds = (BEAT_MS / store.read().speed).clamp(50.0, 60_000.0);
    let store = store.clone();
    Interval::new(whole(milliseconds), move || store.act(Action::Playback(Playback::Beat)))
}

/// Milliseconds as the browser's timers count them.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value lies between 50 and 60,000"
)]
fn whole(milliseconds: f64) -> u32 {
    milliseconds as u32
}
