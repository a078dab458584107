//! What a link has to say of what is on the screen.

use tcpscope_scenario::Link;

use super::Session;
use crate::store::preferences::numbers_name;

impl Session {
    /// All that is on the screen; `None` before the first run.
    pub(crate) fn link(&self) -> Option<Link> {
        let run = self.run.as_ref()?;
        Some(Link {
            locale: Some(self.preferences.locale.tag().to_owned()),
            theme: Some(self.preferences.theme.name().to_owned()),
            numbers: Some(numbers_name(self.preferences.numbers).to_owned()),
            selection: self.selected().map(|packet| run.trace().packet_name(packet)),
            plot: self.linked_plot(),
            lesson: self.teaching.reading.as_ref().map(|reading| reading.sheet.id.clone()),
            stop: self.teaching.stop_id(),
            ..self.run_link()?
        })
    }

    /// The run and the moment alone: one of the lesson that is read is named, and need not be brought.
    pub(crate) fn run_link(&self) -> Option<Link> {
        let run = self.run.as_ref()?;
        let reading = self.teaching.reading.as_ref();
        let of = reading.and_then(|reading| reading.name_of(run.scenario()));
        let lesson = reading.filter(|_| of.is_some() && !run.is_own());
        Some(Link { lesson: lesson.map(|it| it.sheet.id.clone()), ..run.link(of) })
    }
}
