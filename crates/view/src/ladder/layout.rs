//! What goes where across the figure, at each width.

use tcpscope_sim::HostId;

use crate::Scale;

/// What goes where across the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LadderLayout {
    /// The width of the figure.
    pub width: f64,
    /// The two lifelines, the first host's on the left.
    pub lifelines: [f64; 2],
    /// The width of a state's band, on the outer side of its lifeline.
    pub band: f64,
    /// The width of the lane for timers, on the outer side of the band.
    pub timer_lane: f64,
    /// The width of the column for names and calls, on the outer side of the timers; 0 where
    /// there is no room for one: then names stand upright in the bands.
    pub notes: f64,
    /// Where the times at the left margin end.
    pub times: f64,
    /// The size of a segment's label. It is set in a monospaced face.
    pub label_size: f64,
    /// The size of names, calls and times. They are set in a monospaced face.
    pub note_size: f64,
    /// How much room time takes.
    pub scale: Scale,
}

impl LadderLayout {
    /// The layout for a figure of this width, from 320 pixels on.
    #[must_use]
    pub fn for_width(width: f64) -> Self {
        let roomy =
            Scale { flight: 104.0, arrow_gap: 18.0, state_gap: 20.0, line_gap: 15.0, fold: 56.0 };
        Self {
            width,
            lifelines: [180.0, width - 140.0],
            band: 16.0,
            timer_lane: 16.0,
            notes: 92.0,
            times: 48.0,
            label_size: 12.0,
            note_size: 11.0,
            scale: roomy,
        }
    }

    /// The lifeline of a host.
    #[must_use]
    pub const fn lifeline(&self, host: HostId) -> f64 {
        if host.0 == 0 { self.lifelines[0] } else { self.lifelines[1] }
    }
}
