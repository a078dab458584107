//! Figures: what the page shows, composed for a page that does not move.

mod animation;
mod caption;
mod ladder;
mod panel;
mod plot;
mod sheet;
mod states;

use tcpscope_sim::{HostId, Moment, PacketIndex, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{End, Locale, Numbers, Pick, PlotKind, Theme, ends};

use sheet::{Block, Sheet};

/// What a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum View {
    /// The ladder.
    #[default]
    Ladder,
    /// The state diagram, with the way of both ends through it.
    States,
    /// Both ends: states, windows, timers and variables.
    Panels,
    /// A plot.
    Plot(PlotKind),
    /// The ladder between both ends, as the page shows them, and why the moment's step happens.
    All,
}

impl View {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Ladder,
        Self::All,
        Self::Panels,
        Self::States,
        Self::Plot(PlotKind::Sequence),
        Self::Plot(PlotKind::Congestion),
        Self::Plot(PlotKind::Flight),
        Self::Plot(PlotKind::RoundTrip),
        Self::Plot(PlotKind::Throughput),
        Self::Plot(PlotKind::Queue),
    ];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ladder => "ladder",
            Self::States => "states",
            Self::Panels => "panels",
            Self::All => "all",
            Self::Plot(PlotKind::Sequence) => "plot:sequence",
            Self::Plot(PlotKind::Congestion) => "plot:congestion",
            Self::Plot(PlotKind::Flight) => "plot:flight",
            Self::Plot(PlotKind::RoundTrip) => "plot:round-trip",
            Self::Plot(PlotKind::Throughput) => "plot:throughput",
            Self::Plot(PlotKind::Queue) => "plot:queue",
        }
    }

    /// The view of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }
}

/// A part of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Part {
    /// From when on; `None`: from its beginning.
    pub from: Option<Instant>,
    /// Until when; `None`: to its end.
    pub to: Option<Instant>,
}

impl Part {
    /// Whether something at this time belongs to it.
    #[must_use]
    pub fn contains(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at <= to)
    }

    /// Whether it is the whole run.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// A figure that is wanted.
#[derive(Clone, Debug)]
pub struct Still<'a> {
    /// The run.
    pub trace: &'a Trace,
    /// What of it is shown.
    pub view: View,
    /// When; `None`: all of it, as it is when it is over.
    pub moment: Option<Moment>,
    /// Which part of the run.
    pub part: Part,
    /// The segment that is selected.
    pub selection: Option<PacketIndex>,
    /// The language.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// How sequence numbers are shown.
    pub numbers: Numbers,
    /// The width of the whole figure, in pixels; `None`: as suits what is shown.
    pub width: Option<f64>,
    /// The height of the ladder or the plot; `None`: as suits it.
    pub height: Option<f64>,
    /// What stands above it.
    pub title: Option<String>,
}

impl<'a> Still<'a> {
    /// The whole run of a trace, as it is drawn if nothing else is said.
    #[must_use]
    pub const fn of(trace: &'a Trace) -> Self {
        Self {
            trace,
            view: View::Ladder,
            moment: None,
            part: Part { from: None, to: None },
            selection: None,
            locale: Locale::En,
            theme: Theme::Light,
            numbers: Numbers::Relative,
            width: None,
            height: None,
            title: None,
        }
    }

    /// The figure as an SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        let inner = |usual: f64| self.inner_width(usual);
        let body = match self.view {
            View::Ladder => ladder::ladder(self, inner(ladder::usual(self.trace))).block,
            View::States => states::states(self, inner(states::WIDTH)),
            View::Panels => panel::both(self, inner(panel::BOTH)),
            View::Plot(kind) => plot::plot(self, kind, inner(plot::WIDTH)),
            View::All => self.all(inner(ALL)),
        };
        self.sheet(body).svg(self.view.name(), self.theme)
    }

    /// The ladder as an SVG document that plays: the present moves down it, again and again. Where
    /// less motion is wanted, it shows the whole run and stands still.
    #[must_use]
    pub fn animated(&self) -> String {
        let whole = Self { moment: None, ..self.clone() };
        let drawn = ladder::ladder(&whole, self.inner_width(ladder::usual(self.trace)));
        let body = animation::animated(drawn);
        whole.sheet(body).svg("ladder moving", self.theme)
    }

    /// The ladder between two panels.
    fn all(&self, width: f64) -> Block {
        let [left, right] = self.ends().map(|end| panel::panel(self, end));
        let between = (width - 2.0 * (panel::WIDTH + GAP)).max(320.0);
        let usual = left.height.max(right.height).max(480.0);
        let wanted = Self { height: self.height.or(Some(usual)), ..self.clone() };
        let ladder = ladder::window(&wanted, between).block;
        Block::beside([left, ladder, right], GAP)
    }

    fn sheet(&self, body: Block) -> Sheet {
        Sheet {
            title: self.title.clone().filter(|title| !title.trim().is_empty()),
            about: caption::about(self),
            caption: self.moment.map(|moment| caption::caption(self, moment, body.width)),
            body,
        }
    }

    fn inner_width(&self, usual: f64) -> f64 {
        let width = self.width.unwrap_or(usual + 2.0 * sheet::MARGIN);
        (width - 2.0 * sheet::MARGIN).clamp(LEAST, MOST)
    }

    /// The present, or the end of the run.
    fn present(&self) -> Moment {
        self.moment.unwrap_or_else(|| self.trace.at(self.part.to.unwrap_or(LAST)))
    }

    /// The ends that panels show.
    fn ends(&self) -> [End<'a>; 2] {
        ends(self.trace, [Pick::of(HostId(0)), Pick::of(HostId(1))], self.present().record)
    }
}

/// Between what stands side by side.
const GAP: f64 = 24.0;
/// What all of it takes, if nothing else is said.
const ALL: f64 = 1232.0;
/// The least and the most that a figure is wide, without its margins.
const LEAST: f64 = 320.0;
const MOST: f64 = 8_000.0;
/// Later than anything.
const LAST: Instant = Instant::from_micros(u64::MAX);
