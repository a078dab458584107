//! What the page knows, apart from the browser: one [`Session`], changed by [`Action`]s alone.
//!
//! The store lives outside Yew, so that whoever acts on it sees what came of it in the very next
//! statement: the page API promises `step(); state()`. Yew, the canvas, the address bar and the
//! listeners of the page API are its subscribers.

mod action;
mod beside;
mod capture;
mod catalogue;
mod dial;
mod export;
mod goal;
mod held;
mod inspecting;
mod interviewing;
mod journal;
mod look;
mod notice;
mod playback;
mod plots;
mod posing;
mod preferences;
mod reviewing;
mod rounds;
mod run;
mod search;
mod session;
mod sets;
mod shell;
mod sides;
mod small_plot;
mod teaching;
#[cfg(test)]
mod tests;
mod timing;
mod veil;

use std::cell::{Ref, RefCell};
use std::rc::{Rc, Weak};

pub(crate) use action::{Action, Arrange, BesideRun, Change, Playback, Preference, Rearrange};
pub(crate) use beside::{Beside, Compare, switch_of};
pub(crate) use capture::{
    Aside, CaptureChange, CaptureStage, Capturing, Listed, Opened, ReadSoFar,
};
pub(crate) use catalogue::Catalogue;
pub(crate) use dial::{Unit, number_of, with_number};
pub(crate) use export::{ExportChange, FileKind};
pub(crate) use goal::Goal;
pub(crate) use held::Wanted;
pub(crate) use inspecting::{Inspecting, Look};
pub(crate) use interviewing::{
    Interviewed, Interviewing, OpenQuestion, PointMoment, QuestionPlace, ShownPoint,
};
pub(crate) use journal::{Done, Journal};
pub(crate) use look::Drawing;
pub(crate) use notice::{Notice, NoticeKind};
pub(crate) use playback::{Direction, FASTEST, SLOWEST, SPEEDS};
pub(crate) use plots::{FlowChoice, PlotChange, PlotCommand, PlotShell, Plotter, Points};
pub(crate) use posing::{AskedBy, FOLLOW_LINK, FollowUp, Pose, Posing, Trouble};
pub(crate) use preferences::{Keys, Preferences, Theme, numbers_from_name, numbers_name};
pub(crate) use reviewing::{Again, INTERVIEW_LINK, Noted, ReviewChange, Reviewing, Told};
pub(crate) use rounds::{Playing, ROUND_LINK, RoundLine};
pub(crate) use run::Run;
pub(crate) use search::{EXAMPLES, Finding, Search};
pub(crate) use session::{Outcome, Refusal, Session};
pub(crate) use sets::{
    Copied, OfferedMoment, Offers, ReadRow, ReadSet, SET_LINK, SetChange, SetLine, SetPage,
    SetPlace, Sets, Taking, Verdict, plain, sheet_ask_name, toggle_name, toggle_stop,
};
pub(crate) use shell::{Extent, Layout, MenuOf, Part, Shell, Size, Tab};
pub(crate) use sides::{Pointed, Sides};
pub(crate) use small_plot::SMALL;
pub(crate) use teaching::{Asked, BookPage, OpenTerm, Reading, Shows, Teach, Teaching, Unread};
pub(crate) use timing::{LIMITS, MORE, RoundClock, TimeLeft};
use veil::Veil;

/// The session, shared, with those who want to know of changes.
#[derive(Clone, Default)]
pub(crate) struct Store(Rc<Shared>);

#[derive(Default)]
struct Shared {
    session: RefCell<Session>,
    subscribers: RefCell<Vec<Weak<Subscriber>>>,
}

type Subscriber = dyn Fn(&Store, Change);

/// News arrives for as long as this is kept.
#[must_use]
pub(crate) struct Subscription {
    _subscriber: Rc<Subscriber>,
}

impl Store {
    /// Changes the session and tells the subscribers, in the order in which they came.
    ///
    /// # Errors
    /// Why the action was refused; nothing has changed then.
    pub(crate) fn dispatch(&self, action: Action) -> Result<(), Refusal> {
        // Subscribers may read, and may act themselves: the session is free again when they hear.
        let changes = self.0.session.borrow_mut().act(action)?;
        for change in changes {
            self.tell(change);
        }
        Ok(())
    }

    /// Like [`dispatch`](Self::dispatch), for what the page itself offers: a refusal is told to the
    /// reader.
    pub(crate) fn act(&self, action: Action) {
        if let Err(refusal @ (Refusal::Edit(_) | Refusal::Keep(_) | Refusal::Note(_))) =
            self.dispatch(action)
        {
            let notice = Notice { kind: NoticeKind::BadEdit, detail: refusal.to_string() };
            // Telling is never refused.
            let _ = self.dispatch(Action::Tell(Some(notice)));
        }
    }

    /// The session as it is.
    pub(crate) fn read(&self) -> Ref<'_, Session> {
        self.0.session.borrow()
    }

    /// Calls `heard` for each change from now on.
    pub(crate) fn subscribe(&self, heard: impl Fn(&Self, Change) + 'static) -> Subscription {
        let subscriber: Rc<Subscriber> = Rc::new(heard);
        self.0.subscribers.borrow_mut().push(Rc::downgrade(&subscriber));
        Subscription { _subscriber: subscriber }
    }

    fn tell(&self, change: Change) {
        let subscribers = {
            let mut subscribers = self.0.subscribers.borrow_mut();
            subscribers.retain(|subscriber| subscriber.strong_count() > 0);
            subscribers.clone()
        };
        for subscriber in subscribers.iter().filter_map(Weak::upgrade) {
            subscriber(self, change);
        }
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
