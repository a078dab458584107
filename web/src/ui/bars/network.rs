//! What the links do: delay and loss, each way.

use tcpscope_sim::{Edit, HostId};
use tcpscope_tcp::Duration;
use tcpscope_view::{duration_text, host_title, percent_text};
use yew::prelude::*;

use super::value_of;
use crate::store::{Action, Run, Session, Store};
use crate::ui::context::use_session;
use crate::ui::icons;

/// The largest delay of the slider, in milliseconds.
const DELAY_MAX_MS: f64 = 500.0;

/// The network between the hosts, in a line; it opens to its controls.
#[component]
pub(crate) fn Network() -> Html {
    let context = use_session();
    let session = context.read();
    let Some(run) = &session.run else { return Html::default() };
    let words = &session.messages().link;
    html! {
        <details class="menu network-menu">
            <summary class="button" aria-label={words.label} title={words.label}>
                { icons::icon(icons::SETTINGS) }
                <span class="network-summary">
                    { for run.hosts().map(|host| html! {
                        <span key={host.0}>{ in_short(run, host) }</span>
                    }) }
                </span>
            </summary>
            <div class="sheet network">
                { for run.hosts().map(|host| direction(context.store(), &session, run, host)) }
            </div>
        </details>
    }
}

/// `→ 50 ms 0 %`.
fn in_short(run: &Run, from: HostId) -> String {
    let arrow = if from.0 == 0 { "→" } else { "←" };
    let Some(link) = run.timeline().link(from) else { return String::new() };
    format!("{arrow} {} · {}", duration_text(link.delay), percent_text(link.loss_ppm))
}

fn direction(store: &Store, session: &Session, run: &Run, from: HostId) -> Html {
    let words = &session.messages().link;
    let Some(link) = run.timeline().link(from) else { return Html::default() };
    let name = |host: HostId| host_title(session.preferences.locale, &run.trace().host(host).name);
    let delay = Knob {
        id: "delay",
        name: words.delay,
        hint: words.delay_hint,
        unit: words.milliseconds,
        value: thousandths(link.delay.as_micros()),
        max: DELAY_MAX_MS,
        step: "1",
        edit: |from, milliseconds| Edit::LinkDelay {
            from,
            delay: Duration::from_micros(scaled(milliseconds, 1000.0)),
        },
    };
    let loss = Knob {
        id: "loss",
        name: words.loss,
        hint: words.loss_hint,
        unit: words.percent,
        value: percent(link.loss_ppm),
        max: 100.0,
        step: "0.1",
        edit: |from, percent| Edit::LinkLoss {
            from,
            loss_ppm: u32::try_from(scaled(percent, 10_000.0)).unwrap_or(u32::MAX).min(1_000_000),
        },
    };
    let legend = (words.direction)(&name(from), &name(link.to));
    html! {
        <fieldset key={from.0}>
            <legend>{ legend.clone() }</legend>
            { delay.render(store, from, &legend) }
            { loss.render(store, from, &legend) }
        </fieldset>
    }
}

/// A figure of a link, as a slider and as a number.
struct Knob {
    id: &'static str,
    name: &'static str,
    hint: &'static str,
    unit: &'static str,
    value: String,
    max: f64,
    step: &'static str,
    edit: fn(HostId, f64) -> Edit,
}

impl Knob {
    fn render(&self, store: &Store, from: HostId, direction: &str) -> Html {
        let edit = self.edit;
        let change = |settle: bool| {
            let store = store.clone();
            move |event: &Event| {
                // A field that is being emptied to be filled again is no number: nothing changes.
                let value = value_of(event).parse::<f64>().ok().filter(|value| *value >= 0.0);
                if let Some(value) = value {
                    store.act(Action::Adjust(edit(from, value)));
                }
                if settle {
                    store.act(Action::Settle);
                }
            }
        };
        let (slide, put) = (change(false), change(true));
        let oninput = Callback::from(move |event: InputEvent| slide(&event));
        let settle = store.clone();
        let onchange = Callback::from(move |_: Event| settle.act(Action::Settle));
        let onput = Callback::from(move |event: Event| put(&event));
        let label = format!("{direction}: {}", self.name);
        let id = format!("{}-{}", self.id, from.0);
        let Self { name, hint, unit, value, max, step, .. } = self;
        html! {
            <>
                <label for={id.clone()} title={*hint}>{ *name }</label>
                <input {id} type="range" min="0" max={max.to_string()} step={*step}
                    aria-label={label.clone()} aria-valuetext={format!("{value} {unit}")}
                    value={value.clone()} {oninput} {onchange} />
                <input type="number" min="0" max={max.to_string()} step="any"
                    aria-label={label} value={value.clone()} onchange={onput} />
                <span class="unit">{ *unit }</span>
            </>
        }
    }
}

/// Thousandths as a decimal number, without a formatter for floating point.
fn thousandths(value: u64) -> String {
    decimal(value, 1000)
}

fn percent(ppm: u32) -> String {
    decimal(ppm.into(), 10_000)
}

fn decimal(value: u64, unit: u64) -> String {
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = unit.ilog10() as usize;
    let rest = format!("{rest:0digits$}");
    format!("{whole}.{}", rest.trim_end_matches('0'))
}

/// `value` in smaller units, as a whole number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` stops at the ends of the type, and no value here is negative"
)]
fn scaled(value: f64, units: f64) -> u64 {
    (value * units).round() as u64
}
