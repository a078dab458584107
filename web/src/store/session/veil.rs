//! While a question is open, the run that is shown ends at its moment.

use tcpscope_sim::RecordId;

use super::super::{Change, Playback};
use super::Session;

impl Session {
    /// Shows the run up to a record, or all of it.
    pub(in crate::store) fn veil(&mut self, until: Option<RecordId>) -> Vec<Change> {
        let withholds = self.withholds_timers();
        let Some(run) = &mut self.run else { return vec![] };
        let before = run.moment();
        if !run.veil(until, withholds) {
            return vec![];
        }
        run.go_to(run.clamp(before));
        let stepped = run.moment() != before;
        self.outcome = None;
        self.lay_out();
        self.search.forget_run();
        self.search_again();
        let mut changes = self.pause();
        changes.push(Change::LaidOut);
        if stepped {
            changes.push(Change::Stepped);
        }
        changes
    }

    /// Whether this goes beyond the moment of an open question.
    pub(crate) fn is_beyond_veil(&self, playback: Playback) -> bool {
        let Some(run) = self.run.as_ref().filter(|run| run.is_veiled()) else { return false };
        let records = run.trace().records();
        let last = records.len().saturating_sub(1);
        match playback {
            Playback::Records(by) => {
                let there = i64::from(run.moment().record.0).saturating_add(by);
                usize::try_from(there).is_ok_and(|there| there > last)
            }
            Playback::Seek(at) => at > run.trace().duration(),
            Playback::Record(record) => record.index() > last,
            Playback::Moment(moment) => moment.record.index() > last,
            Playback::Play => true,
            Playback::Step(_)
            | Playback::Height(_)
            | Playback::Frame(_)
            | Playback::Beat
            | Playback::Pause
            | Playback::Within(_)
            | Playback::Speed(_) => false,
        }
    }
}
