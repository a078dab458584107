//! Playback: to start, back, play, on, to end; the scrubber; the time; the speed.

use tcpscope_sim::RecordKind;
use tcpscope_tcp::Instant;
use tcpscope_view::duration_text;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::value_of;
use crate::store::{Action, Direction, Playback, Run, Session, Store};
use crate::ui::context::{PlaybackContext, SessionContext, use_playback, use_session};
use crate::ui::icons::{self, icon, icon_button};
use crate::ui::keyboard::SPEEDS;

/// The bar under the ladder.
#[component]
pub(crate) fn Transport() -> Html {
    let context = use_session();
    let playback = use_playback();
    let (scrubber, readout) = (use_node_ref(), use_node_ref());
    use_clock(&context, &scrubber, &readout);
    let ticks = use_memo(context.clone(), |context| context.read().run.as_ref().map(ticks));

    let session = context.read();
    let Some(run) = &session.run else { return Html::default() };
    let words = &session.messages().transport;
    let all = duration_text(run.trace().duration().since(Instant::ZERO));
    html! {
        <div id="transport" class="transport" role="toolbar" aria-label={words.label} tabindex="-1">
            { buttons(&context, &session, run, playback) }
            <div class="scrubber">
                { ticks.as_ref().clone().unwrap_or_default() }
                { range(&context, &session, run, &scrubber, &all) }
            </div>
            <div class="readout num" aria-hidden="true">
                <span ref={readout} /><span class="of">{ " / " }{ all.clone() }</span>
            </div>
            { speed_picker(&context, &session, playback.speed) }
        </div>
    }
}

fn buttons(
    context: &SessionContext,
    session: &Session,
    run: &Run,
    playback: PlaybackContext,
) -> Html {
    let words = &session.messages().transport;
    let (at_start, at_end) = (run.moment() == tcpscope_sim::Moment::START, run.is_at_end());
    let go = |playback: Playback| context.on::<MouseEvent>(move || Action::Playback(playback));
    let (path, name, play) = if playback.playing {
        (icons::PAUSE, words.pause, Playback::Pause)
    } else if at_end {
        (icons::PLAY, words.replay, Playback::Play)
    } else {
        (icons::PLAY, words.play, Playback::Play)
    };
    let (back, on) = (Playback::Step(Direction::Back), Playback::Step(Direction::On));
    let (start, end) = (Playback::Records(i64::MIN), Playback::Records(i64::MAX));
    html! {
        <span class="buttons">
            { icon_button(icons::TO_START, words.to_start, "Home", at_start, go(start)) }
            { icon_button(icons::STEP_BACK, words.step_back, "←", at_start, go(back)) }
            <button type="button" class="icon play" aria-label={name} title={format!("{name} (Space)")}
                onclick={go(play)}>
                { icon(path) }
            </button>
            { icon_button(icons::STEP_ON, words.step_on, "→", at_end, go(on)) }
            { icon_button(icons::TO_END, words.to_end, "End", at_end, go(end)) }
        </span>
    }
}

fn range(
    context: &SessionContext,
    session: &Session,
    run: &Run,
    scrubber: &NodeRef,
    all: &str,
) -> Html {
    let words = &session.messages().transport;
    let (first, last) = ends(run);
    let now = duration_text(run.moment().at.since(Instant::ZERO));
    let store = context.store().clone();
    let oninput = Callback::from(move |event: InputEvent| {
        if let Ok(y) = value_of(&event).parse() {
            store.act(Action::Playback(Playback::Height(y)));
        }
    });
    // The arrow keys of a slider go by its step; ours go by what happens.
    let store = context.store().clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let playback = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => Playback::Step(Direction::On),
            "ArrowLeft" | "ArrowUp" => Playback::Step(Direction::Back),
            "Home" => Playback::Records(i64::MIN),
            "End" => Playback::Records(i64::MAX),
            _ => return,
        };
        event.prevent_default();
        store.act(Action::Playback(playback));
    });
    html! {
        <input id="scrubber" ref={scrubber} type="range" step="any" min={first.to_string()}
            max={last.to_string()} value={run.playhead().y.to_string()} aria-label={words.scrub}
            aria-valuetext={(words.position)(&now, all)} {oninput} {onkeydown} />
    }
}

fn speed_picker(context: &SessionContext, session: &Session, speed: f64) -> Html {
    let words = &session.messages().transport;
    let store = context.store().clone();
    let onchange = Callback::from(move |event: Event| {
        if let Ok(speed) = value_of(&event).parse() {
            store.act(Action::Playback(Playback::Speed(speed)));
        }
    });
    let known = SPEEDS.iter().any(|known| (known - speed).abs() < f64::EPSILON);
    let option = |value: f64| {
        let value = value.to_string();
        let selected = value == speed.to_string();
        html! {
            <option key={value.clone()} value={value.clone()} {selected}>{ (words.speed_value)(&value) }</option>
        }
    };
    html! {
        <label class="field">
            <span class="sr">{ words.speed }</span>
            <select id="speed" class="num" {onchange}>
                if !known { { option(speed) } }
                { for SPEEDS.into_iter().map(option) }
            </select>
        </label>
    }
}

/// Where something worth going to happens: losses, retransmissions, changes of state.
fn ticks(run: &Run) -> Html {
    let (first, last) = ends(run);
    let trace = run.trace();
    let tick = |record: &tcpscope_sim::Record| {
        let (mark, y0) = match record.kind {
            RecordKind::Lost { .. } => ("loss", "0.62"),
            RecordKind::Transmit { packet } if trace.packet(packet).retransmission => {
                ("again", "0.62")
            }
            RecordKind::Transition { .. } => ("state", "0.76"),
            RecordKind::Transmit { .. }
            | RecordKind::Call { .. }
            | RecordKind::Arrive { .. }
            | RecordKind::Timer { .. }
            | RecordKind::Deliver { .. }
            | RecordKind::Notify(_)
            | RecordKind::Intervention { .. } => return None,
        };
        let y = run.ladder().axis().playhead(trace.moment_of(record.id)).y;
        let x = ((y - first) / (last - first).max(1.0) * 1000.0).round().to_string();
        Some(html! {
            <line key={record.id.0} class="tick" data-mark={mark} x1={x.clone()} x2={x} y1={y0} y2="0.98" />
        })
    };
    html! {
        <svg class="ticks" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true">
            { for trace.records().iter().filter_map(tick) }
        </svg>
    }
}

/// Where the playhead begins, and where it ends.
fn ends(run: &Run) -> (f64, f64) {
    let axis = run.ladder().axis();
    let last = run.trace().moment_of(tcpscope_sim::RecordId(u32::MAX));
    (axis.playhead(tcpscope_sim::Moment::START).y, axis.playhead(last).y)
}

/// Time and scrubber move with every frame, and Yew renders none: they are set by hand.
#[hook]
fn use_clock(context: &SessionContext, scrubber: &NodeRef, readout: &NodeRef) {
    let (scrubber, readout) = (scrubber.clone(), readout.clone());
    let store = context.store().clone();
    use_effect_with((), move |()| {
        let show = move |store: &Store| {
            let session = store.read();
            let Some(run) = &session.run else { return };
            if let Some(readout) = readout.cast::<HtmlElement>() {
                readout.set_text_content(Some(&clock(run.moment().at)));
            }
            if let Some(scrubber) = scrubber.cast::<HtmlInputElement>() {
                scrubber.set_value(&run.playhead().y.to_string());
            }
        };
        show(&store);
        let subscription = store.subscribe(move |store, _| show(store));
        move || drop(subscription)
    });
}

/// A time in seconds, always as wide: `0.150 000 s`.
fn clock(at: Instant) -> String {
    let us = at.as_micros();
    format!("{}.{:03} {:03} s", us / 1_000_000, us / 1000 % 1000, us % 1000)
}
