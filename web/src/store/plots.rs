//! The plots: which is looked at, and how. What was computed of one is kept while it is the same.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use tcpscope_scenario::{LinkFlow, LinkPlot};
use tcpscope_sim::{PacketIndex, Side, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{
    Locale, Numbers, Plot, PlotClock, PlotFlow, PlotKind, PlotRow, PlotScene, PlotView, flow_title,
    host_title, messages, plot_flows, plot_marks, plot_rows, same_flow,
};

use super::shell::{Size, Tab};
use super::small_plot::{SmallOf, SmallPlot};
use super::{Run, Session};

/// Which plot is looked at, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PlotShell {
    /// What is plotted.
    pub(crate) kind: PlotKind,
    /// Of which flow; `None`: of the one that carries the most text.
    pub(crate) flow: Option<FlowChoice>,
    /// Whether time goes as on the ladder.
    pub(crate) on_ladder: bool,
    /// The stretch of time, in places of the clock; `None`: all of it.
    pub(crate) domain: Option<(f64, f64)>,
    /// Whether it is shown as a table.
    pub(crate) table: bool,
    /// Whether the run before the last change is shown too.
    pub(crate) before: bool,
    /// The size of the figure.
    pub(crate) size: (f64, f64),
    /// What came of copying, until it has been read.
    pub(crate) copied: Option<bool>,
}

/// The flows of a plot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlowChoice {
    /// One, by its place among the run's.
    One(usize),
    /// Those that carry the most text.
    Together,
}

/// What a plot's button asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlotCommand {
    /// Less of the time, larger.
    In,
    /// More of it, smaller.
    Out,
    /// All of it.
    Whole,
    /// The figure, or the table.
    Table,
    /// Shows the run before the last change, or does not.
    Before,
    /// Copies the numbers.
    Csv,
    /// Copies the figure.
    Svg,
}

impl PlotCommand {
    /// All of them, with their names.
    pub(crate) const ALL: [(&str, Self); 7] = [
        ("plot-in", Self::In),
        ("plot-out", Self::Out),
        ("plot-whole", Self::Whole),
        ("plot-table", Self::Table),
        ("plot-before", Self::Before),
        ("plot-csv", Self::Csv),
        ("plot-svg", Self::Svg),
    ];

    /// The name.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, command)| *command == self).map_or("", |(name, _)| name)
    }
}

/// What may be otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PlotChange {
    Kind(PlotKind),
    Flow(FlowChoice),
    OnLadder(bool),
    Domain(Option<(f64, f64)>),
    Table(bool),
    Before(bool),
    Size(f64, f64),
    Copied(Option<bool>),
}

/// As many flows as there are ways of drawing a line.
const TOGETHER: usize = 6;
/// A run of more records than this is not run again to lie under another.
const LONGEST_BEFORE: usize = 50_000;

impl Default for PlotShell {
    fn default() -> Self {
        Self {
            kind: PlotKind::Sequence,
            flow: None,
            on_ladder: false,
            domain: None,
            table: false,
            before: true,
            size: (720.0, 260.0),
            copied: None,
        }
    }
}

impl PlotShell {
    /// For another run: its flows and its times are others.
    pub(super) const fn of_another_run(self) -> Self {
        Self { flow: None, domain: None, copied: None, ..self }
    }

    pub(super) fn change(&mut self, change: PlotChange) {
        match change {
            PlotChange::Kind(kind) => self.kind = kind,
            PlotChange::Flow(flow) => self.flow = Some(flow),
            PlotChange::OnLadder(on_ladder) => {
                self.on_ladder = on_ladder;
                self.domain = None;
            }
            PlotChange::Domain(domain) => self.domain = domain,
            PlotChange::Table(table) => self.table = table,
            PlotChange::Before(before) => self.before = before,
            PlotChange::Size(width, height) => self.size = (width, height),
            PlotChange::Copied(copied) => self.copied = copied,
        }
    }
}

/// What was computed last.
#[derive(Default)]
pub(crate) struct Plotter {
    flows: OnceCell<Rc<[PlotFlow]>>,
    points: RefCell<Option<(PointsOf, Rc<Points>)>>,
    drawn: RefCell<Option<(DrawnOf, Rc<Drawn>)>>,
    /// The small ones of a lesson, which are few.
    pub(super) small: RefCell<Vec<(SmallOf, Rc<SmallPlot>)>>,
}

/// What points depend on, beside the run.
type PointsOf = (PlotKind, Option<FlowChoice>, bool, Locale);

/// The points of a plot.
pub(crate) struct Points {
    pub(crate) plot: Plot,
    /// The names of its flows, or of its links.
    pub(crate) titles: Vec<String>,
    rows: OnceCell<Vec<PlotRow>>,
}

/// What a drawing depends on, beside its points.
#[derive(PartialEq)]
struct DrawnOf {
    points: PointsOf,
    on_ladder: bool,
    domain: Option<(f64, f64)>,
    size: (f64, f64),
    numbers: Numbers,
    selection: Option<PacketIndex>,
}

/// The drawing of a plot.
pub(crate) struct Drawn {
    pub(crate) scene: PlotScene,
    /// As SVG, as the page puts it into itself.
    pub(crate) svg: Rc<str>,
}

impl Points {
    /// Its rows as a table.
    pub(crate) fn rows(&self) -> &[PlotRow] {
        self.rows.get_or_init(|| plot_rows(&self.plot))
    }
}

impl Session {
    /// The plot as a link has it, while it is looked at.
    pub(crate) fn linked_plot(&self) -> Option<LinkPlot> {
        if self.shell.shown_tab() != Tab::Plots {
            return None;
        }
        let PlotShell { kind, flow, on_ladder, domain, table, before, .. } = self.shell.plots;
        let flow = flow.map(|flow| match flow {
            FlowChoice::One(flow) => LinkFlow::One(u32::try_from(flow).unwrap_or(u32::MAX)),
            FlowChoice::Together => LinkFlow::Together,
        });
        let clock = self.plot_clock();
        let at = |place: f64| clock.map(|clock| clock.time_at(place.max(0.0)).as_micros());
        let span = domain.and_then(|(from, to)| at(from).zip(at(to)));
        let span = span.filter(|(from, to)| from < to);
        let alone = !before;
        Some(LinkPlot {
            flow,
            on_ladder,
            table,
            alone,
            span,
            ..LinkPlot::of(kind.name().to_owned())
        })
    }

    /// Looks at the plot that a link has; where it is none of this page's, at none.
    pub(super) fn look_at_plot(&mut self, linked: &LinkPlot) {
        let known = PlotKind::ALL.into_iter().find(|kind| kind.name() == linked.kind);
        let Some(kind) = known else { return };
        if self.shell.shown_tab() != Tab::Plots || self.shell.shown_size() == Size::Shut {
            self.shell.pick(Tab::Plots);
        }
        let flows = self.plot_flows().len();
        let flow = linked.flow.and_then(|flow| match flow {
            LinkFlow::One(flow) => {
                let flow = usize::try_from(flow).ok().filter(|flow| *flow < flows);
                flow.map(FlowChoice::One)
            }
            LinkFlow::Together => Some(FlowChoice::Together),
        });
        let LinkPlot { on_ladder, table, alone, span, .. } = *linked;
        let plots = self.shell.plots;
        self.shell.plots =
            PlotShell { kind, flow, on_ladder, domain: None, table, before: !alone, ..plots };
        let domain = span.zip(self.plot_clock()).map(|((from, to), clock)| {
            let place = |micros| clock.place(Instant::from_micros(micros), None);
            (place(from), place(to))
        });
        self.shell.plots.domain = domain.filter(|(from, to)| from < to);
    }

    /// The flows of the run.
    pub(crate) fn plot_flows(&self) -> Rc<[PlotFlow]> {
        let Some(run) = &self.run else { return Rc::default() };
        run.plotter().flows.get_or_init(|| plot_flows(run.trace()).into()).clone()
    }

    /// The flow that is plotted where none is chosen, and how many are plotted together.
    pub(crate) fn flow_choices(&self) -> (usize, usize) {
        let flows = self.plot_flows();
        let first = PlotFlow::busiest(&flows).first().copied().unwrap_or(0);
        let speaking = flows.iter().filter(|flow| flow.octets > 0).count();
        (first, speaking.min(TOGETHER))
    }

    /// The points of the plot that is looked at.
    pub(crate) fn plot_points(&self) -> Option<Rc<Points>> {
        let run = self.run.as_ref()?;
        let of = self.points_of();
        let kept = &run.plotter().points;
        if let Some((_, points)) = kept.borrow().as_ref().filter(|(before, _)| *before == of) {
            return Some(points.clone());
        }
        let points = Rc::new(self.find_points(run));
        *kept.borrow_mut() = Some((of, points.clone()));
        Some(points)
    }

    /// The points of the plot that is looked at, and its drawing.
    pub(crate) fn drawn_plot(&self) -> Option<(Rc<Points>, Rc<Drawn>)> {
        let run = self.run.as_ref()?;
        let points = self.plot_points()?;
        let PlotShell { on_ladder, domain, size, .. } = self.shell.plots;
        let of = DrawnOf {
            points: self.points_of(),
            on_ladder,
            domain,
            size,
            numbers: self.preferences.numbers,
            selection: self.selected(),
        };
        let kept = &run.plotter().drawn;
        if let Some((_, drawn)) = kept.borrow().as_ref().filter(|(before, _)| *before == of) {
            return Some((points, drawn.clone()));
        }
        let view = PlotView {
            clock: self.plot_clock()?,
            domain,
            width: size.0,
            height: size.1,
            locale: self.preferences.locale,
            numbers: of.numbers,
            selection: of.selection,
            titles: &points.titles,
        };
        let scene = PlotScene::new(&points.plot, &view);
        let (width, height) = (crate::ui::tenths(size.0), crate::ui::tenths(size.1));
        let svg = format!(
            "<svg class=\"plot\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\">{}</svg>",
            plot_marks(&scene)
        );
        let drawn = Rc::new(Drawn { scene, svg: svg.into() });
        *kept.borrow_mut() = Some((of, drawn.clone()));
        Some((points, drawn))
    }

    /// How time goes in it.
    pub(crate) fn plot_clock(&self) -> Option<PlotClock<'_>> {
        let run = self.run.as_ref()?;
        let on_ladder = self.shell.plots.on_ladder;
        Some(if on_ladder { PlotClock::Ladder(run.ladder().axis()) } else { PlotClock::Even })
    }

    /// The title of the plot, as it is read aloud.
    pub(crate) fn plot_title(&self) -> &'static str {
        let words = &messages(self.preferences.locale).plots;
        match self.shell.plots.kind {
            PlotKind::Sequence => words.sequence,
            PlotKind::Congestion => words.congestion,
            PlotKind::Flight => words.flight,
            PlotKind::RoundTrip => words.round_trip,
            PlotKind::Throughput => words.throughput,
            PlotKind::Queue => words.queue,
        }
    }

    const fn points_of(&self) -> PointsOf {
        let PlotShell { kind, flow, before, .. } = self.shell.plots;
        (kind, flow, before, self.preferences.locale)
    }

    fn find_points(&self, run: &Run) -> Points {
        let PlotShell { kind, flow, before, .. } = self.shell.plots;
        let other = if before { run.before_change() } else { None };
        self.points(run, kind, flow, other.as_deref())
    }

    /// The points of a plot, with another run under them.
    pub(super) fn points(
        &self,
        run: &Run,
        kind: PlotKind,
        flow: Option<FlowChoice>,
        other: Option<&Trace>,
    ) -> Points {
        let (trace, locale) = (run.trace(), self.preferences.locale);
        let flows = self.plot_flows();
        let busiest = PlotFlow::busiest(&flows);
        let chosen: Vec<PlotFlow> = match flow {
            Some(FlowChoice::Together) => {
                let together = busiest.iter().take(self.flow_choices().1);
                together.filter_map(|place| flows.get(*place).copied()).collect()
            }
            Some(FlowChoice::One(place)) => flows.get(place).copied().into_iter().collect(),
            None => {
                busiest.first().and_then(|place| flows.get(*place)).copied().into_iter().collect()
            }
        };
        let mut plot = Plot::new(trace, kind, &chosen);
        if let Some(other) = other {
            let of_other = plot_flows(other);
            let same = chosen.iter().filter_map(|flow| same_flow(trace, *flow, other, &of_other));
            plot.add_ghost(Plot::new(other, kind, &same.collect::<Vec<_>>()));
        }
        // A queue may stand at a router.
        let place = |place| host_title(locale, trace.place_name(place).unwrap_or_default());
        let titles = if kind == PlotKind::Queue {
            plot.links.iter().map(|(from, to)| place(*from) + " → " + &place(*to)).collect()
        } else {
            chosen.iter().map(|flow| flow_title(trace, &flows, *flow, locale)).collect()
        };
        Points { plot, titles, rows: OnceCell::new() }
    }
}

impl Run {
    /// The run before the last change, where it is not too long to be run again.
    pub(crate) fn before_change(&self) -> Option<Cow<'_, Trace>> {
        let timeline = self.timeline();
        if self.trace().records().len() > LONGEST_BEFORE {
            return None;
        }
        let other = |branch: &&tcpscope_sim::Branch| {
            branch.setup().is_none() && branch.edits() != timeline.edits()
        };
        let id = timeline.branches().iter().rev().find(other)?.id();
        let whole = timeline.trace_of(Side::Branch(id))?;
        Some(match self.veiled() {
            Some(veil) => Cow::Owned(veil.cut(&whole)),
            None => whole,
        })
    }

    /// Whether there is one.
    pub(crate) fn has_before_change(&self) -> bool {
        let edits = self.timeline().edits();
        let other =
            |branch: &tcpscope_sim::Branch| branch.setup().is_none() && branch.edits() != edits;
        self.trace().records().len() <= LONGEST_BEFORE
            && self.timeline().branches().iter().any(other)
    }
}
