//! A plot as a lesson shows it beside its words: small, as it is, with the run beside under it.

use std::rc::Rc;

use tcpscope_view::{Locale, Numbers, PlotClock, PlotKind, PlotScene, PlotView, plot_marks};

use super::Session;
use super::plots::FlowChoice;

/// The width and the height of the drawing; the page stretches it.
pub(crate) const SMALL: (f64, f64) = (336.0, 184.0);

/// What a small plot depends on, beside the run.
pub(super) type SmallOf = (PlotKind, bool, Locale, Numbers);

/// A small plot.
pub(crate) struct SmallPlot {
    pub(crate) scene: PlotScene,
    /// Its marks, as SVG.
    pub(crate) marks: Rc<str>,
    /// Whether another run lies under it.
    pub(crate) has_ghost: bool,
}

impl SmallPlot {
    /// Where the present moment is.
    pub(crate) fn now(&self, session: &Session) -> Option<f64> {
        let moment = session.run.as_ref()?.moment();
        let area = self.scene.area;
        let x = self.scene.x(PlotClock::Even.place(moment.at, Some(moment.record)));
        Some(x.clamp(area.x, area.x + area.width))
    }
}

impl Session {
    /// A small plot of all the time there is: of the flow that carries the most text, or of all
    /// where more than two hosts have a part in the run; with the run beside, if it is to be seen
    /// and is at hand.
    pub(crate) fn small_plot(&self, kind: PlotKind, with_beside: bool) -> Option<Rc<SmallPlot>> {
        let run = self.run.as_ref()?;
        let of = (kind, with_beside, self.preferences.locale, self.preferences.numbers);
        let kept = &run.plotter().small;
        if let Some((_, plot)) = kept.borrow().iter().find(|(known, _)| *known == of) {
            return Some(plot.clone());
        }
        let together = run.trace().hosts().len() > 2;
        let other = run.compared().filter(|_| with_beside);
        let points = self.points(run, kind, together.then_some(FlowChoice::Together), other);
        if points.plot.is_empty() {
            return None;
        }
        // A small drawing has no room for both ends of a flow: who sends tells them apart.
        let sender = |title: &String| title.split(" → ").next().unwrap_or_default().to_owned();
        let titles: Vec<String> = if kind == PlotKind::Queue {
            points.titles.clone()
        } else {
            points.titles.iter().map(sender).collect()
        };
        let view = PlotView {
            clock: PlotClock::Even,
            domain: None,
            width: SMALL.0,
            height: SMALL.1,
            locale: self.preferences.locale,
            numbers: self.preferences.numbers,
            selection: None,
            titles: &titles,
        };
        let mut scene = PlotScene::new(&points.plot, &view);
        // Which run lies under it stands above the drawing.
        scene.labels.retain(|label| !label.ghost);
        // Several may stand in one sheet: each has a name of its own for what it is cut at.
        let clip = "plot-clip-".to_owned() + kind.name();
        let marks = plot_marks(&scene).replace("plot-clip", &clip).into();
        let plot = Rc::new(SmallPlot { scene, marks, has_ghost: other.is_some() });
        kept.borrow_mut().push((of, plot.clone()));
        Some(plot)
    }
}
