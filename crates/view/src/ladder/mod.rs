//! The ladder: a lifeline for each host, time downwards, segments as slanted arrows.

mod across;
mod arrows;
mod beside;
mod clear;
mod density;
mod extents;
mod ghosts;
mod labels;
mod layout;
mod line;
mod marks;
mod now;
mod overview;
mod places;
mod room;
mod sack;
mod scene;
mod text;
mod told;
mod way;
mod zoom;

use std::ops::Range;

use tcpscope_sim::{Annotation, HostId, PacketIndex, Place, RecordId, Trace};

use crate::lanes::{Lanes, hosts};
use crate::{Dot, LabelLevel, Numbers, Playhead, Point, TimeAxis};
use arrows::Arrows;
use beside::Beside;
use zoom::Zoom;

pub use ghosts::Ghosts;
pub use layout::{Column, LadderLayout};
pub use overview::{Overview, OverviewRow};
pub use places::Places;
pub use sack::sack_told;
pub use scene::{
    Anchor, Arrow, Band, CallMark, Density, FoldMark, FragmentMark, Ghost, Label, LadderScene,
    Lifeline, MessageMark, NoteMark, NowMark, SackMark, Tense, Tie, TimeMark, TimerMark,
};
pub(crate) use text::call_text;

/// The ladder of one run at one width and zoom: all that does not change while it is played.
///
/// A zoom leaves the axis as it is. The playhead's height is the axis's; every height of a scene,
/// and of the part of it that is asked for, is that at which it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    layout: LadderLayout,
    axis: TimeAxis,
    zoom: Zoom,
    arrows: Arrows,
    beside: Vec<Beside>,
    ghosts: Ghosts,
    told: told::Messages,
    notes: Vec<NoteMark>,
}

impl Ladder {
    /// The largest that time is drawn.
    pub const LARGEST: f64 = zoom::LARGEST;

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
        let told = told::Messages::new(trace, &axis, &layout);
        let (zoom, ghosts, notes) = (Zoom::none(), Ghosts::default(), Vec::new());
        Self { layout, axis, zoom, arrows, beside, ghosts, told, notes }
    }

    /// Writes so much along arrows.
    #[must_use]
    pub fn with_labels(mut self, level: LabelLevel) -> Self {
        self.arrows.level = level;
        self.arrows.forget_labels();
        self
    }

    /// Leaves out the timers that run to the end of what shows: when they run out is asked for.
    pub fn withhold_running_timers(&mut self) {
        for beside in &mut self.beside {
            beside.withholds_timers = true;
        }
    }

    /// Draws another run behind this one, where they differ.
    #[must_use]
    pub fn with_ghosts(mut self, trace: &Trace, other: &Trace) -> Self {
        self.ghosts = Ghosts::new(other, trace, &self.axis, &self.layout);
        self
    }

    /// Marks where notes are.
    #[must_use]
    pub fn with_notes(mut self, trace: &Trace, notes: &[Annotation]) -> Self {
        let place = |(note, annotation): (usize, &Annotation)| {
            let (packet, record) = match trace.place_of(annotation.anchor) {
                Place::Packet(packet) => (Some(packet), trace.packet(packet).sent_by),
                Place::Record(record) => (trace.record(record).kind.packet(), record),
                Place::Lost => return None,
            };
            let y = self.axis.y_of(trace.record(record));
            let at = Point::new(NOTE_X, y);
            Some(NoteMark { note, packet, record, at, tense: Tense::Future })
        };
        self.notes = notes.iter().enumerate().filter_map(place).collect();
        self
    }

    /// Draws time so much larger than usual; the same ladder, as far as that is possible.
    pub fn set_zoom(&mut self, trace: &Trace, factor: f64) {
        let zoom = Zoom::new(&self.axis, factor);
        if zoom == self.zoom {
            return;
        }
        self.zoom = zoom;
        self.arrows.forget_labels();
        for beside in &mut self.beside {
            beside.draw(trace, &self.axis, &self.layout, &self.zoom);
        }
    }

    /// How much larger than usual time is drawn.
    #[must_use]
    pub const fn zoom(&self) -> f64 {
        self.zoom.factor()
    }

    /// The zoom at which all of it has this height; no larger than usual.
    #[must_use]
    pub fn fitting(&self, height: f64) -> f64 {
        (height / self.axis.height().max(1.0)).clamp(zoom::SMALLEST, 1.0)
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

    /// The height of the whole figure, as it is drawn.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.zoom.to(self.axis.height())
    }

    /// Where a height of the axis is drawn.
    #[must_use]
    pub fn drawn(&self, y: f64) -> f64 {
        self.zoom.to(y)
    }

    /// The height of the axis that is drawn at `y`.
    #[must_use]
    pub fn on_axis(&self, y: f64) -> f64 {
        self.zoom.from(y)
    }

    /// The run from afar, in so many rows.
    #[must_use]
    pub fn overview(&self, trace: &Trace, rows: u32) -> Overview {
        Overview::new(trace, &self.axis, &self.layout, rows)
    }

    /// Where a packet's arrow begins and where it ends, as they are drawn.
    #[must_use]
    pub fn place_of(&self, packet: PacketIndex) -> Option<(Point, Point)> {
        self.arrows.place_of(&self.zoom, packet)
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
        let Self { layout, axis, zoom, arrows, beside, ghosts, .. } = self;
        let height = self.height();
        let placing = arrows.placing(trace, axis, layout, zoom, beside);
        let now = now::now(layout, playhead, zoom.to(playhead.y));
        let ghosts = ghosts.shown(zoom, &visible);
        let dots = self.in_flight(playhead);
        let obstacles: Vec<_> = dots
            .iter()
            .map(Dot::bounds)
            .chain(ghosts.iter().map(Ghost::mark))
            .chain([now.rect])
            .collect();
        let (arrows_shown, densities) =
            arrows.scene(&placing, &visible, playhead, selection, &obstacles);
        let sacks = sack::marks(trace, &arrows_shown, arrows.level, zoom.factor());
        let scene = LadderScene {
            width: layout.width,
            height,
            zoom: zoom.factor(),
            lifelines: self.lifelines(trace, &visible),
            bands: beside
                .iter()
                .flat_map(|beside| beside.bands(layout, zoom, &visible, playhead, height))
                .collect(),
            times: across::times(axis, layout, zoom, &visible, playhead),
            folds: across::folds(axis, layout, zoom, &visible, playhead),
            timers: beside
                .iter()
                .flat_map(|beside| beside.timers(trace, axis, layout, zoom, &visible, playhead))
                .collect(),
            ties: arrows.ties(zoom, &visible, playhead),
            ghosts,
            densities,
            arrows: arrows_shown,
            sacks,
            messages: self.told.shown(layout, zoom, &visible, playhead),
            calls: beside
                .iter()
                .flat_map(|beside| beside.calls(layout, zoom, &visible, playhead))
                .collect(),
            notes: self.notes(&visible, playhead.moment.record),
            present: zoom.to(playhead.y),
            now,
            playhead,
            visible,
        };
        scene.keep_clear(&dots)
    }

    /// The packets under way: all that a frame has to draw anew while the rest stands still. Each
    /// lies on its arrow and on the playhead.
    #[must_use]
    pub fn in_flight(&self, playhead: Playhead) -> Vec<Dot> {
        self.arrows.in_flight(&self.zoom, playhead)
    }

    fn lifelines(&self, trace: &Trace, visible: &Range<f64>) -> Vec<Lifeline> {
        let hosts = trace.hosts().len();
        let name = |place: HostId| match place.index().checked_sub(hosts) {
            None => trace.host(place).name.as_str(),
            Some(router) => trace.routers().get(router).map_or("", String::as_str),
        };
        let order = self.layout.places.order().iter();
        order
            .map(|place| Lifeline {
                host: *place,
                is_router: !self.layout.places.is_host(*place),
                name: name(*place).to_owned(),
                x: self.layout.lifeline(*place),
                y0: visible.start.max(0.0),
                y1: visible.end.min(self.height()),
            })
            .collect()
    }

    fn notes(&self, visible: &Range<f64>, present: RecordId) -> Vec<NoteMark> {
        let drawn = self.notes.iter().map(|note| {
            let tense = if note.record <= present { Tense::Past } else { Tense::Future };
            NoteMark { at: Point::new(note.at.x, self.zoom.to(note.at.y)), tense, ..*note }
        });
        drawn.filter(|note| visible.contains(&note.at.y)).collect()
    }
}

/// Where notes are marked: at the very left, before the times.
const NOTE_X: f64 = 7.0;
