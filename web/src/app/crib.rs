//! The moments of a crib sheet: what the engine says where each point of an answer shows.

use std::collections::BTreeMap;

use tcpscope_quiz::Point;
use tcpscope_scenario::Scenario;
use tcpscope_sim::Timeline;
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Numbers, because, describe, duration_text};

use super::{App, LoadError};
use crate::store::{Action, BookPage, Interviewed, PointMoment};

impl App {
    /// Has every point's moment looked up while the crib sheet is open: a theme after the other, each
    /// shown when it is there.
    pub(super) async fn look_up_moments(&self, locale: Locale) -> Result<(), LoadError> {
        let mut scenarios = BTreeMap::new();
        for theme in 0.. {
            let (points, known) = {
                let session = self.store.read();
                let here = session.preferences.locale == locale;
                if !here || session.teaching.book != Some(BookPage::Crib) {
                    return Ok(());
                }
                let Some(interview) = session.interviewing.list().get(theme) else { break };
                let points = interview.questions.iter().flat_map(|question| &question.points);
                let known = session.interviewing.moments.contains_key(&theme);
                (points.cloned().collect::<Vec<_>>(), known)
            };
            if known {
                continue;
            }
            let mut moments = Vec::new();
            for point in &points {
                if !scenarios.contains_key(&point.scenario) {
                    let shows = self.shows(&point.scenario).await?;
                    scenarios.insert(point.scenario.clone(), shows.scenario);
                }
                let scenario = scenarios.get(&point.scenario);
                moments.push(scenario.and_then(|scenario| moment(point, scenario, locale)));
            }
            self.store.act(Action::Interview(Interviewed::Moments(theme, moments)));
        }
        Ok(())
    }
}

/// The moment of a point: when it is, what happens, and by which section.
fn moment(point: &Point, scenario: &Scenario, locale: Locale) -> Option<PointMoment> {
    let timeline: Timeline = point.run(scenario.setup())?;
    let record = point.record(&timeline)?;
    let trace = timeline.trace();
    let rules = because(locale, trace, record, Numbers::Relative);
    Some(PointMoment {
        at: duration_text(trace.record(record).at.since(Instant::ZERO)),
        what: describe(locale, trace, record, Numbers::Relative),
        rule: rules.first().map(|rule| rule.citation.to_string()).unwrap_or_default(),
    })
}
