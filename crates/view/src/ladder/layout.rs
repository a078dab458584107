//! What goes where across the figure, at each width.

use tcpscope_sim::{HostId, Trace};

use super::places::Places;
use crate::{Point, Rect, Scale};

/// What goes where across the figure.
///
/// From a lifeline outwards: the band with its states, a lane for timers, and at either side of the
/// figure a column for names and calls; at the very left the times.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderLayout {
    /// The width of the figure.
    pub width: f64,
    /// The lifelines of the hosts, in their order; then those of the routers.
    pub columns: Vec<Column>,
    /// Who stands where.
    pub places: Places,
    /// The width of a state's band, on the outer side of its lifeline.
    pub band: f64,
    /// The width of the lane for timers, on the outer side of the band.
    pub timer_lane: f64,
    /// Where the times at the left margin end.
    pub times: f64,
    /// The size of a segment's label. It is set in a monospaced face.
    pub label_size: f64,
    /// The size of names, calls and times. They are set in a monospaced face.
    pub note_size: f64,
    /// How much room time takes.
    pub scale: Scale,
}

/// Where a host or a router stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its lifeline.
    pub x: f64,
    /// Which way is outwards: −1 to the left, 1 to the right.
    pub outwards: f64,
    /// The width of the column for names and calls, on the outer side of the timers; 0 where there
    /// is no room for one: then names stand upright in the bands.
    pub notes: f64,
    /// Whether arrows pass over it: others stand on either side.
    pub is_inner: bool,
}

/// From this width on there is room for a column of names and calls on either side.
const WITH_NOTES: f64 = 520.0;
/// From this width on there is room for larger type.
const ROOMY: f64 = 720.0;
/// What arrows need between two lifelines, before names and calls get any room.
const LEAST_GAP: f64 = 72.0;

impl LadderLayout {
    /// The layout of two hosts for a figure of this width, from 320 pixels on.
    #[must_use]
    pub fn for_width(width: f64) -> Self {
        Self::new(width, Places::two())
    }

    /// The layout of a run for a figure of this width, from 320 pixels on.
    #[must_use]
    pub fn of(trace: &Trace, width: f64) -> Self {
        Self::new(width, Places::of(trace))
    }

    fn new(width: f64, places: Places) -> Self {
        let count = places.order().len();
        let gaps = places.order().iter().skip(1).fold(0.0, |gaps, _| gaps + 1.0_f64).max(1.0);
        let (times, notes, band, lane, size) = if width >= ROOMY {
            (60.0, 96.0, 16.0, 18.0, 11.0)
        } else if width >= WITH_NOTES {
            (52.0, 76.0, 14.0, 14.0, 10.0)
        } else {
            (42.0, 0.0, 14.0, 10.0, 9.5)
        };
        let bare = width - times - 2.0 * (band + lane + 4.0);
        let notes = if (bare - 2.0 * notes) / gaps >= LEAST_GAP { notes } else { 0.0 };
        // Many hosts on a small screen: what arrows need comes first.
        let (band, lane) = if bare / gaps < 60.0 { (8.0, 6.0) } else { (band, lane) };
        let side = band + lane + notes;
        let (left, right) = (times + side + 4.0, width - side - 4.0);
        let mut columns =
            vec![Column { x: left, outwards: -1.0, notes: 0.0, is_inner: false }; count];
        let mut x = left;
        for (place, here) in places.order().iter().enumerate() {
            let at_edge = place == 0 || place + 1 == count;
            columns[here.index()] = Column {
                x: if place > 0 && place + 1 == count { right } else { x },
                outwards: if places.is_right(*here) { 1.0 } else { -1.0 },
                notes: if at_edge { notes } else { 0.0 },
                is_inner: !at_edge,
            };
            x += (right - left) / gaps;
        }
        Self {
            width,
            columns,
            band,
            timer_lane: lane,
            times,
            label_size: if width >= ROOMY { 12.0 } else { size + 1.0 },
            note_size: size,
            scale: Self::scale(notes > 0.0, places.order().len() > 2),
            places,
        }
    }

    /// Where names stand upright in the bands, a band is long enough for the longest; but not
    /// where there are so many bands that the figure would only grow.
    const fn scale(notes: bool, many: bool) -> Scale {
        if notes || many {
            Scale {
                top: 36.0,
                bottom: 44.0,
                flight: 104.0,
                arrow_gap: 18.0,
                state_gap: 20.0,
                line_gap: if notes { 15.0 } else { 0.0 },
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

    /// Where a host or a router stands.
    #[must_use]
    pub fn column(&self, place: HostId) -> Column {
        let nowhere = Column { x: self.width / 2.0, outwards: 1.0, notes: 0.0, is_inner: true };
        self.columns.get(place.index()).copied().unwrap_or(nowhere)
    }

    /// The lifeline of a host or a router.
    #[must_use]
    pub fn lifeline(&self, place: HostId) -> f64 {
        self.column(place).x
    }

    /// The lifelines that are furthest to the left and to the right.
    #[must_use]
    pub fn ends(&self) -> [f64; 2] {
        let order = self.places.order();
        [order.first(), order.last()].map(|place| place.map_or(0.0, |place| self.lifeline(*place)))
    }

    /// Whether names and calls stand beside the lifelines.
    #[must_use]
    pub const fn has_notes(&self) -> bool {
        self.scale.line_gap > 0.0
    }

    /// The middle of the gap between two lifelines that is nearest to the figure's.
    pub(super) fn middle(&self) -> f64 {
        let order = self.places.order();
        let place = order.len().saturating_sub(2) / 2;
        let x = |place: usize| order.get(place).map_or(self.width / 2.0, |at| self.lifeline(*at));
        x(place).midpoint(x(place + 1))
    }

    /// What lies before the first host's names, or its band where there are none.
    pub(super) fn margin(&self) -> f64 {
        let [first, _] = self.ends();
        let names = self.places.order().first().map_or(0.0, |host| self.column(*host).notes);
        let lane = if names > 0.0 { self.timer_lane + 4.0 } else { 0.0 };
        first - self.band - lane - names
    }

    /// The lifelines between two places, and the far sides of their bands, as far as they lie in a
    /// box: what is written between the two had better stand beside them.
    pub(super) fn uprights(
        &self,
        a: f64,
        b: f64,
        within: &Rect,
    ) -> impl Iterator<Item = [Point; 2]> + '_ {
        let (left, right) = (a.min(b) + 1.0, a.max(b) - 1.0);
        let (top, bottom) = (within.y, within.y + within.height);
        let inner = self.columns.iter().filter(move |it| left < it.x && it.x < right);
        inner
            .flat_map(|it| [it.x, it.x + it.outwards * self.band])
            .map(move |x| [Point::new(x, top), Point::new(x, bottom)])
    }

    /// The place so far outwards of a host's lifeline.
    pub(super) fn outside(&self, host: HostId, by: f64) -> f64 {
        let Column { x, outwards, .. } = self.column(host);
        x + outwards * by
    }

    /// Where text in a host's column of names and calls begins (or ends, at the left).
    pub(super) fn note_x(&self, host: HostId) -> f64 {
        self.outside(host, self.band + self.timer_lane + 4.0)
    }
}
