//! What the points of interview answers show in: scenarios of the page, and runs of its lessons.

use tcpscope_quiz::Point;
use tcpscope_scenario::Scenario;

use super::loader::fetched;
use super::{App, LoadError};
use crate::store::Catalogue;

/// What a point's run is made of.
#[derive(Clone, Debug)]
pub(super) struct Shows {
    /// The scenario, and whether it is one of the page's own.
    pub(super) scenario: Scenario,
    pub(super) own: bool,
}

impl App {
    /// What a point of this scenario, or of this lesson's run, shows in.
    pub(super) async fn shows(&self, name: &str) -> Result<Shows, LoadError> {
        let (scenario, own) = match Point::run_of_lesson(name) {
            Some((lesson, run)) => self.run_of_lesson(lesson, run).await?,
            None => {
                let text = fetched(Catalogue::file_of(name)).await?;
                (Scenario::from_json(&text).map_err(LoadError::Malformed)?, true)
            }
        };
        Ok(Shows { scenario, own })
    }
}
