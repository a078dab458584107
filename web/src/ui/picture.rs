//! What is drawn from: a run at its present moment, in the reader's words and numbers.

use tcpscope_sim::{HostId, Moment, RecordId, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{Locale, Messages, Numbers, duration_text, host_title};

use crate::store::{Run, Session};

/// A run at its present moment, in the reader's words and numbers.
#[derive(Clone, Copy)]
pub(super) struct Picture<'a> {
    /// The session around the run.
    pub(super) session: &'a Session,
    /// The run.
    pub(super) run: &'a Run,
    /// What happened in it.
    pub(super) trace: &'a Trace,
    /// The present moment.
    pub(super) moment: Moment,
    /// The present record.
    pub(super) record: RecordId,
    /// The reader's language.
    pub(super) locale: Locale,
    /// The reader's sequence numbers.
    pub(super) numbers: Numbers,
    /// Fixed words, in the reader's language.
    pub(super) messages: &'static Messages,
}

impl<'a> Picture<'a> {
    /// The picture of a session, if a run is loaded.
    pub(super) fn of(session: &'a Session) -> Option<Self> {
        let run = session.run.as_ref()?;
        let moment = run.moment();
        Some(Self {
            session,
            run,
            trace: run.trace(),
            moment,
            record: moment.record,
            locale: session.preferences.locale,
            numbers: session.preferences.numbers,
            messages: session.messages(),
        })
    }

    /// What stands above a host or a router: its name, a host's in the reader's language where it
    /// has a usual one.
    #[inline(never)]
    pub(super) fn title(&self, place: HostId) -> String {
        match place.index().checked_sub(self.trace.hosts().len()) {
            None => host_title(self.locale, &self.trace.host(place).name),
            Some(router) => self.trace.routers().get(router).cloned().unwrap_or_default(),
        }
    }
}

/// A time since the beginning.
#[inline(never)]
pub(super) fn time(at: Instant) -> String {
    duration_text(at.since(Instant::ZERO))
}
