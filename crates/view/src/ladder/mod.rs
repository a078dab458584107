//! The ladder: two lifelines, time downwards, segments as slanted arrows.

mod across;
mod arrows;
mod beside;
mod extents;
mod labels;
mod layout;
mod scene;
mod text;

use std::ops::Range;

use tcpscope_sim::{PacketIndex, Trace};

use crate::lanes::{Lanes, hosts};
use crate::{Dot, Numbers, Playhead, TimeAxis};
use arrows::Arrows;
use beside::Beside;

pub use layout::LadderLayout;
pub use scene::{
    Anchor, Arrow, Band, CallMark, FoldMark, Label, LadderScene, Lifeline, Tense, Tie, TimeMark,
    TimerMark,
};
pub(crate) use text::call_text;

/// The ladder of one run at one width: all that does not change while it is played.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    layout: LadderLayout,
    axis: TimeAxis,
    arrows: Arrows,
    beside: Vec<Beside>,
}

impl Ladder {
    /// The ladder of a run. To be made anew when the run, the width or the numbers change.
    #[must_use]
    pub fn new(trace: &Trace, layout: LadderLayout, numbers: Numbers) -> Self {
        let axis = TimeAxis::new(trace, &layout.scale);
        let lanes = Lanes::new(trace);
        let arrows = Arrows::new(trace, &lanes, &axis, &layout, numbers);
        let beside = hosts(trace)
            .zip(&lanes.hosts)
            .map(|(host, lanes)| Beside::new(trace, host, lanes, &axis, &layout))
            .collect();
        Self { layout, axis, arrows, beside }
    }

    /// What goes where across it.
    #[must_use]
    pub const fn layout(&self) -> &LadderLayout {
        &self.layout
    }

    /// What goes where down it.
    #[must_use]
    pub const fn axis(&self) -> &TimeAxis {
        &self.axis
    }

    /// What is to be drawn of it. `trace` is the run that it was made from.
    #[must_use]
    pub fn scene(
        &self,
        trace: &Trace,
        visible: Range<f64>,
        playhead: Playhead,
        selection: Option<PacketIndex>,
    ) -> LadderScene {
        let Self { layout, axis, arrows, beside } = self;
        let height = axis.height();
        let lifelines = hosts(trace).map(|host| Lifeline {
            host,
            name: trace.host(host).name.clone(),
            x: layout.lifeline(host),
            y0: visible.start.max(0.0),
            y1: visible.end.min(height),
        });
        LadderScene {
            width: layout.width,
            height,
            lifelines: lifelines.collect(),
            bands: beside
                .iter()
                .flat_map(|beside| beside.bands(layout, &visible, playhead, height))
                .collect(),
            times: across::times(axis, layout, &visible, playhead),
            folds: across::folds(axis, layout, &visible, playhead),
            timers: beside
                .iter()
                .flat_map(|beside| beside.timers(trace, axis, layout, &visible, playhead))
                .collect(),
            ties: arrows.ties(&visible, playhead),
            arrows: arrows.scene(trace, layout, &visible, playhead, selection),
            calls: beside
                .iter()
                .flat_map(|beside| beside.calls(layout, &visible, playhead))
                .collect(),
            playhead,
            visible,
        }
    }

    /// The packets under way: all that a frame has to draw anew while the rest stands still. Each
    /// lies on its arrow and on the playhead.
    #[must_use]
    pub fn in_flight(&self, playhead: Playhead) -> Vec<Dot> {
        self.arrows.in_flight(playhead)
    }
}
