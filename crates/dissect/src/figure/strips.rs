//! The states that an end can be in, along its lifeline: a strip of the band for each.

use std::ops::Range;

use tcpscope_tcp::State;
use tcpscope_view::{Anchor, Label, Locale, Point, Rect, messages, phase};

use crate::conversations::End;
use crate::observe::{Observed, StateChange};

use super::axis::Axis;
use super::layout::Layout;

/// Where the first states begin: what holds before the first segment.
pub(super) const FIRST: f64 = 4.0;

/// The states of an end for as long as they may last, as far as they show.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// Whose.
    pub end: End,
    /// What each part of the band stands for; beside each other, from the left.
    pub parts: Vec<(&'static str, Rect)>,
    /// The names, one below another.
    pub names: Vec<Label>,
}

/// The strips that show.
pub(super) fn strips(
    observed: &Observed,
    axis: &Axis,
    layout: &Layout,
    visible: &Range<f64>,
    locale: Locale,
) -> Vec<Strip> {
    let mut shown = Vec::new();
    for end in End::BOTH {
        let changes = &observed.states[end.index()];
        let y_of = |change: &StateChange| {
            change.since.map_or(FIRST, |since| axis.ys.get(since).copied().unwrap_or(axis.height))
        };
        let first = changes.partition_point(|change| y_of(change) < visible.start);
        for place in first.saturating_sub(1)..changes.len() {
            let Some(change) = changes.get(place) else { break };
            let y0 = y_of(change);
            if y0 > visible.end {
                break;
            }
            let y1 = changes.get(place + 1).map_or(axis.height - 8.0, y_of);
            shown.push(strip(end, change, [y0, y1], layout, locale));
        }
    }
    shown
}

fn strip(
    end: End,
    change: &StateChange,
    [y0, y1]: [f64; 2],
    layout: &Layout,
    locale: Locale,
) -> Strip {
    let x = layout.lifelines[end.index()];
    let left = if end == End::Client { x - layout.band } else { x };
    let states: Vec<State> = change.states.states().collect();
    let count = states.iter().fold(0.0, |count, _| count + 1.0_f64).max(1.0);
    let wide = layout.band / count;
    let mut at = left;
    let mut part = |state: &State| {
        let rect = Rect { x: at, y: y0, width: wide, height: (y1 - y0).max(0.0) };
        at += wide;
        (phase(*state), rect)
    };
    let parts = states.iter().map(&mut part).collect();
    let or = messages(locale).observed.or.trim_start();
    // Outside of the band, or between the lifelines.
    let (x, anchor) = match (layout.has_names, end) {
        (true, End::Client) => (x - layout.band - 6.0, Anchor::End),
        (true, End::Server) => (x + layout.band + 6.0, Anchor::Start),
        (false, End::Client) => (x + 6.0, Anchor::Start),
        (false, End::Server) => (x - 6.0, Anchor::End),
    };
    let mut y = y0;
    let names = states.iter().enumerate().map(|(place, state)| {
        y += layout.line;
        let text = if place == 0 { String::new() } else { or.to_owned() } + state.name();
        let at = Point::new(x, y - layout.line / 3.0);
        Label { text, at, angle: 0.0, along: Point::RIGHT, anchor, size: layout.note_size }
    });
    let names = names.collect();
    Strip { end, parts, names }
}
