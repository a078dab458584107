//! The timers that run, as arcs that run out.

use tcpscope_sim::HostId;
use tcpscope_tcp::Timer;
use tcpscope_view::{Messages, TimerRow, duration_text, timers};
use yew::prelude::*;

use crate::ui::context::Picture;

/// Around the arc, in its own units.
const AROUND: u32 = 1000;

/// The timers of `host`.
pub(super) fn timer_list(picture: &Picture<'_>, host: HostId) -> Html {
    let words = picture.messages();
    let running = timers(picture.run.trace(), host, picture.moment);
    html! {
        <section class="block">
            <h3 class="label">{ words.timer.label }</h3>
            if running.is_empty() {
                <p class="quiet timers-none">{ words.timer.none }</p>
            } else {
                <ul class="timers">{ for running.iter().map(|timer| row(timer, words)) }</ul>
            }
        </section>
    }
}

fn row(timer: &TimerRow, words: &'static Messages) -> Html {
    let words = &words.timer;
    let (name, hint) = match timer.timer {
        Timer::Retransmission => (words.retransmission, words.retransmission_hint),
        Timer::Persist => (words.persist, words.persist_hint),
        Timer::TimeWait => (words.time_wait, words.time_wait_hint),
    };
    let rest = AROUND.saturating_sub(timer.elapsed_permille.into());
    let dashes = format!("{rest} {AROUND}");
    html! {
        <li key={name} title={hint}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
                <circle class="arc-rest" cx="8" cy="8" r="6" />
                <circle class="arc" cx="8" cy="8" r="6" pathLength={AROUND.to_string()}
                    stroke-dasharray={dashes} transform="rotate(-90 8 8)" />
            </svg>
            <span>{ name }</span>
            <span class="num">{ (words.left)(&duration_text(timer.remaining)) }</span>
        </li>
    }
}
