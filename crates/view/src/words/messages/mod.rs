//! The fixed words of the page: one [`Messages`] for each language, so that a missing one does not
//! compile.

mod asking;
mod capture_view;
mod captures;
mod compare;
#[cfg(feature = "built-in-words")]
mod en;
mod export;
pub(super) mod hand;
mod inspect;
mod interviews;
mod lessons;
mod links;
mod looks;
mod observed;
mod page;
mod panels;
mod plots;
mod present;
mod quiz;
mod review;
mod sandbox;
mod search;
mod sets;
mod side;
mod why;
#[cfg(feature = "built-in-words")]
mod zh_cn;
mod zoom;

use super::Locale;
use super::book::book;
use super::table::words;
use asking::Asking;
use capture_view::CaptureView;
pub use captures::Captures as CaptureWords;
use compare::Compare;
#[cfg(feature = "built-in-words")]
pub(super) use en::EN;
use export::Export;
use hand::{EditSheets, EditWords, Hand};
use inspect::Inspect;
use interviews::Interviews;
use lessons::Lessons;
use links::Links;
use looks::{Drawn, KeyGroups};
use observed::Observed;
use page::{
    App, Drawer, Edits, Errors, Keyboard, Landmark, Link, Notice, PacketActions, Scenario,
    Settings, Transport,
};
use panels::{
    Diagram, Endpoint, FieldNames, Header, Inspector, Ladder, Log, Program, States, Tcb, Timers,
    Window,
};
use plots::Plots;
use present::Present;
pub use quiz::Quiz as QuizWords;
use review::{Clock, Crib, Review};
use sandbox::Sandbox;
use search::Search;
use sets::Sets;
pub use side::Side;
pub(crate) use why::Measures;
use why::{Causes, Notes, Seek};
#[cfg(feature = "built-in-words")]
pub(super) use zh_cn::ZH_CN;
use zoom::Zoom;

/// The words in a language.
#[must_use]
pub fn messages(locale: Locale) -> &'static Messages {
    &book(locale).messages
}

words! {
/// All fixed words of the page, sorted by where they stand.
#[derive(Debug)]
#[allow(missing_docs, reason = "a field is named after the place where its words stand")]
pub struct Messages {
    pub app: App,
    pub landmark: Landmark,
    pub scenario: Scenario,
    pub transport: Transport,
    pub link: Link,
    pub edits: Edits,
    pub packet: PacketActions,
    pub hand: Hand,
    pub edit_sheets: EditSheets,
    pub edit_words: EditWords,
    pub settings: Settings,
    pub drawer: Drawer,
    pub ladder: Ladder,
    pub endpoint: Endpoint,
    pub diagram: Diagram,
    pub window: Window,
    pub tcb: Tcb,
    pub timer: Timers,
    pub program: Program,
    pub side: Side,
    pub log: Log,
    pub inspector: Inspector,
    pub inspect: Inspect,
    pub plots: Plots,
    pub field: FieldNames,
    pub header: Header,
    pub drawn: Drawn,
    pub key_groups: KeyGroups,
    pub keyboard: Keyboard,
    pub notice: Notice,
    pub error: Errors,
    pub state: States,
    pub measure: Measures,
    pub causes: Causes,
    pub notes: Notes,
    pub seek: Seek,
    pub search: Search,
    pub compare: Compare,
    pub present: Present,
    pub zoom: Zoom,
    pub export: Export,
    pub sandbox: Sandbox,
    pub lessons: Lessons,
    pub quiz: QuizWords,
    pub interviews: Interviews,
    pub review: Review,
    pub round_clock: Clock,
    pub crib: Crib,
    pub asking: Asking,
    pub sets: Sets,
    pub links: Links,
    pub captures: CaptureWords,
    pub capture_view: CaptureView,
    pub observed: Observed,
}
}
