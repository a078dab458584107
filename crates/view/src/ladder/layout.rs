//! What goes where across the figure, at each width.

use tcpscope_sim::HostId;

use crate::Scale;

/// What goes where across the figure.
///
/// From a lifeline outwards: the band with its states, a lane for timers, a column for names and
/// calls; at the very left the times.
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

/// From this width on there is room for a column of names and calls on either side.
const WITH_NOTES: f64 = 520.0;
/// From this width on there is room for larger type.
const ROOMY: f64 = 720.0;

impl LadderLayout {
    /// The layout for a figure of this width, from 320 pixels on.
    #[must_use]
    pub fn for_width(width: f64) -> Self {
        let (times, notes, band, lane, size) = if width >= ROOMY {
            (60.0, 96.0, 16.0, 18.0, 11.0)
        } else if width >= WITH_NOTES {
            (52.0, 76.0, 14.0, 14.0, 10.0)
        } else {
            (42.0, 0.0, 14.0, 10.0, 9.5)
        };
        let side = band + lane + notes;
        Self {
            width,
            lifelines: [times + side + 4.0, width - side - 4.0],
            band,
            timer_lane: lane,
            notes,
            times,
            label_size: if width >= ROOMY { 12.0 } else { size + 1.0 },
            note_size: size,
            scale: Self::scale(notes > 0.0),
        }
    }

    /// Where names stand upright in the bands, a band is long enough for the longest.
    const fn scale(notes: bool) -> Scale {
        if notes {
            Scale {
                top: 36.0,
                bottom: 44.0,
                flight: 104.0,
                arrow_gap: 18.0,
                state_gap: 20.0,
                line_gap: 15.0,
                fold: 56.0,
            }
        } else {
            Scale {
                top: 48.0,
                bottom: 56.0,
                flight: 92.0,
                arrow_gap: 17.0,
                state_gap: 76.0,
                line_gap: 0.0,
                fold: 88.0,
            }
        }
    }

    /// The lifeline of a host.
    #[must_use]
    pub const fn lifeline(&self, host: HostId) -> f64 {
        if host.0 == 0 { self.lifelines[0] } else { self.lifelines[1] }
    }

    /// Which way is outwards at a host: −1 to the left, 1 to the right.
    pub(crate) const fn outwards(host: HostId) -> f64 {
        if host.0 == 0 { -1.0 } else { 1.0 }
    }

    /// The place so far outwards of a host's lifeline.
    pub(crate) const fn outside(&self, host: HostId, by: f64) -> f64 {
        self.lifeline(host) + Self::outwards(host) * by
    }

    /// Where text in a host's column of names and calls begins (or ends, at the left).
    pub(crate) const fn note_x(&self, host: HostId) -> f64 {
        self.outside(host, self.band + self.timer_lane + 4.0)
    }
}
