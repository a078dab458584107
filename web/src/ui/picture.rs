//! What is drawn from: a run at its present moment, in the reader's words and numbers.

use tcpscope_sim::{HostId, Moment, RecordId, Trace};
use tcpscope_tcp::Instant;
use tcpscope_view::{End, Locale, Messages, Numbers, duration_text, ends, host_title};

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
    /// What the panels show, left and right.
    pub(super) ends: [End<'a>; 2],
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
            ends: ends(run.trace(), session.shell.sides.picks, moment.record),
        })
    }

    /// What stands above a host: its name, in the reader's language where it has a usual one. A
    /// router, which comes after the hosts, has a name too.
    #[inline(never)]
    pub(super) fn title(&self, host: HostId) -> String {
        let hosts = self.trace.hosts();
        let name = match hosts.get(host.index()) {
            Some(host) => Some(&host.name),
            None => {
                let routers = &self.run.timeline().setup().routers;
                host.index().checked_sub(hosts.len()).and_then(|place| routers.get(place))
            }
        };
        name.map_or_else(String::new, |name| host_title(self.locale, name))
    }

    /// What a panel shows: the left one is 0, the right one 1.
    pub(super) const fn end(&self, place: usize) -> End<'a> {
        if place == 0 { self.ends[0] } else { self.ends[1] }
    }
}

/// A time since the beginning.
#[inline(never)]
pub(super) fn time(at: Instant) -> String {
    duration_text(at.since(Instant::ZERO))
}
