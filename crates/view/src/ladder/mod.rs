//! The ladder: two lifelines, time downwards, segments as slanted arrows.

mod layout;
mod scene;

use std::ops::Range;

use tcpscope_sim::{PacketIndex, Trace};

use crate::{Dot, Numbers, Playhead, TimeAxis};

pub use layout::LadderLayout;
pub use scene::{
    Anchor, Arrow, Band, CallMark, FoldMark, Label, LadderScene, Lifeline, Tense, Tie, TimeMark,
    TimerMark,
};

/// The ladder of one run at one width: all that does not change while it is played.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    layout: LadderLayout,
    axis: TimeAxis,
}

impl Ladder {
    /// The ladder of a run. To be made anew when the run, the width or the numbers change.
    #[must_use]
    pub fn new(trace: &Trace, layout: LadderLayout, _numbers: Numbers) -> Self {
        Self { layout, axis: TimeAxis::new(trace, &layout.scale) }
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
        _trace: &Trace,
        visible: Range<f64>,
        playhead: Playhead,
        _selection: Option<PacketIndex>,
    ) -> LadderScene {
        LadderScene {
            width: self.layout.width,
            height: self.axis.height(),
            visible,
            lifelines: Vec::new(),
            bands: Vec::new(),
            times: Vec::new(),
            folds: Vec::new(),
            timers: Vec::new(),
            ties: Vec::new(),
            arrows: Vec::new(),
            calls: Vec::new(),
            playhead,
        }
    }

    /// The packets under way when the playhead is at this height: all that a frame has to draw
    /// anew. Each lies on its arrow and on the playhead.
    #[must_use]
    pub fn in_flight(&self, _y: f64) -> Vec<Dot> {
        Vec::new()
    }
}
