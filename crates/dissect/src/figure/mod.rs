//! A captured conversation as figures: its ladder, and its numbers with time.
//!
//! They are made of the scenes that runs are drawn by. What a run knows and a capture does not is not
//! drawn: a segment was seen at one place, so its line is level; where it departs and arrives, and
//! whether it does, is not known, so the line stops short of the lifelines.

mod axis;
mod draw;
mod layout;
mod plots;
mod scene;
mod strips;
mod ties;
mod words;

use std::ops::Range;

use tcpscope_view::Locale;

use crate::gather::Gathered;
use crate::observe::Observed;
use axis::Axis;
use layout::Layout;
use ties::Repeated;

pub use draw::{CapturedStill, CapturedView, captured_heads, captured_marks};
pub use plots::{CapturedPlot, captured_plot, captured_plot_key};
pub use scene::{CapturedScene, Tag};
pub use strips::Strip;
pub use words::{brief_in_words, changes_told, states_at, states_told};

/// The ladder of a captured conversation, at one width.
#[derive(Clone, Debug, PartialEq)]
pub struct CapturedLadder {
    layout: Layout,
    axis: Axis,
    /// What is repeated, in the order of what repeats it.
    ties: Vec<Repeated>,
}

/// What is looked at, and how.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The conversation.
    pub gathered: &'a Gathered,
    /// What can be known of it.
    pub observed: &'a Observed,
    /// The place of the segment that is chosen.
    pub selected: Option<usize>,
    /// The language.
    pub locale: Locale,
}

impl CapturedLadder {
    /// The ladder of a conversation. To be made anew when the width changes.
    #[must_use]
    pub fn new(gathered: &Gathered, observed: &Observed, width: f64) -> Self {
        let layout = Layout::new(width, &observed.vantage);
        let axis = Axis::new(gathered, observed, &layout);
        Self { layout, axis, ties: ties::all(gathered, observed) }
    }

    /// Its width.
    #[must_use]
    pub const fn width(&self) -> f64 {
        self.layout.width
    }

    /// The size of what is written along its lines.
    #[must_use]
    pub const fn label_size(&self) -> f64 {
        self.layout.label_size
    }

    /// The height of all of it.
    #[must_use]
    pub const fn height(&self) -> f64 {
        self.axis.height
    }

    /// Where a segment is drawn.
    #[must_use]
    pub fn y_of(&self, place: usize) -> Option<f64> {
        self.axis.ys.get(place).copied()
    }

    /// The segments in a range of heights.
    #[must_use]
    pub fn segments_in(&self, heights: &Range<f64>) -> Range<usize> {
        self.axis.segments(heights)
    }

    /// How it is to be read: a sentence each.
    #[must_use]
    pub fn key(&self, look: &Look<'_>) -> Vec<String> {
        words::key(self, look.gathered, look.observed, look.locale)
    }
}
