//! A link: all that is on a screen, as the fragment of an address.
//!
//! ```text
//! v=1&scenario=four-way-close&seed=7&edit=drop,client:ack:2&edit=delay,server:data:1+1460,50000
//!   &edit=link-loss,client,20000&t=40000&r=12&lang=zh-CN&theme=dark&select=client:syn:0
//!   &plot=sequence,ladder,20000-90000
//! v=1&lesson=three-way-handshake&stop=syn-arrives
//! v=1&lesson=rack-tlp&run=without&edit=drop,client:data:1+1460&t=40000&r=12&stop=lost
//! ```
//!
//! Fields stand in the manner of a query string, edits in the order in which they were made. What
//! has no place in an address is percent-encoded; the names of packets, with their `:`, `+` and
//! `~`, need none of it. A link that was made once is read for ever: `v` says by which rules.
//! What is longer than a line or two is packed, as version 2.

mod acts;
mod base64;
mod edits;
mod error;
mod escape;
mod pack;
mod plot;
mod read;

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use tcpscope_sim::{Edit, Moment, RecordId, Setup, Trace};
use tcpscope_tcp::Instant;

pub use acts::LinkAct;
pub use edits::LinkEdit;
pub use error::LinkError;
pub use pack::PackError;
pub use plot::{LinkFlow, LinkPlot};

use crate::Scenario;

/// The rules by which links are written.
const VERSION: u32 = 1;

/// The rules by which long ones are packed.
const PACKED_VERSION: u32 = 2;

/// A link may be this long, packed or not: any scenario file fits in, percent-encoded.
const MAX_LINK_OCTETS: usize = 1 << 20;

/// What is done to a run by hand is less; a link that says more was made to be read for long.
const MAX_EDITS: usize = 10_000;

/// Up to this length a link stays legible.
const LEGIBLE_OCTETS: usize = 300;

/// Many mail programs, chats and forms cut off or refuse an address that is longer.
pub const LONG_LINK_OCTETS: usize = 8_000;

/// All that is on a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Which scenario.
    pub scenario: ScenarioRef,
    /// The seed, where it is not the scenario's own.
    pub seed: Option<u64>,
    /// What was done to the run, in order.
    pub edits: Vec<LinkEdit>,
    /// The time.
    pub at_us: u64,
    /// The present record; `None`: the last one at that time.
    pub record: Option<u32>,
    /// The language, as a tag: `en`, `zh-CN`.
    pub locale: Option<String>,
    /// The theme: `light`, `dark`, `auto`.
    pub theme: Option<String>,
    /// How sequence numbers are shown: `relative`, `absolute`.
    pub numbers: Option<String>,
    /// The packet that is selected, by its name.
    pub selection: Option<String>,
    /// The plot that is looked at, if one is.
    pub plot: Option<LinkPlot>,
    /// The lesson that is read, by its id.
    pub lesson: Option<String>,
    /// The stop of the lesson, by its id; `None`: the first.
    pub stop: Option<String>,
}

/// Which scenario a link is to.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a link is made and read one at a time")]
pub enum ScenarioRef {
    /// One that the page has, by its id.
    Id(String),
    /// One that the link brings along.
    Inline(Scenario),
    /// That of the lesson that the link names; run and moment are those of its stop.
    OfLesson,
    /// One of a run of the lesson that the link names, by the run's id.
    RunOfLesson(String),
}

/// The names of the fields.
mod key {
    pub(super) const VERSION: &str = "v";
    pub(super) const SCENARIO: &str = "scenario";
    pub(super) const INLINE: &str = "inline";
    pub(super) const RUN: &str = "run";
    pub(super) const SEED: &str = "seed";
    pub(super) const EDIT: &str = "edit";
    pub(super) const AT: &str = "t";
    pub(super) const RECORD: &str = "r";
    pub(super) const LOCALE: &str = "lang";
    pub(super) const THEME: &str = "theme";
    pub(super) const NUMBERS: &str = "numbers";
    pub(super) const SELECTION: &str = "select";
    pub(super) const PLOT: &str = "plot";
    pub(super) const LESSON: &str = "lesson";
    pub(super) const STOP: &str = "stop";

    pub(super) const ALL: [&str; 15] = [
        VERSION, SCENARIO, INLINE, RUN, SEED, EDIT, AT, RECORD, LOCALE, THEME, NUMBERS, SELECTION,
        PLOT, LESSON, STOP,
    ];
}

impl Link {
    /// A link to the beginning of a scenario, with nothing changed.
    #[must_use]
    pub const fn to(scenario: ScenarioRef) -> Self {
        Self {
            scenario,
            seed: None,
            edits: Vec::new(),
            at_us: 0,
            record: None,
            locale: None,
            theme: None,
            numbers: None,
            selection: None,
            plot: None,
            lesson: None,
            stop: None,
        }
    }

    /// Reads the fragment of an address, with or without its `#`.
    ///
    /// # Errors
    /// What is wrong with it and what would be right.
    pub fn from_text(text: &str) -> Result<Self, LinkError> {
        read::link(text)
    }

    /// The link as the fragment of an address, without the `#`: legible, and packed where it is
    /// long.
    #[must_use]
    pub fn to_text(&self) -> String {
        let plain = self.to_plain_text();
        if plain.len() <= LEGIBLE_OCTETS {
            return plain;
        }
        let mut packed = pack::packed(&self.written(true));
        for (key, word) in self.looks() {
            push_field(&mut packed, key, &escape::escaped(word));
        }
        if packed.len() < plain.len() { packed } else { plain }
    }

    /// The link as the fragment of an address, without the `#`, legible however long it is.
    #[must_use]
    pub fn to_plain_text(&self) -> String {
        self.written(false)
    }

    /// What stands in a link without being packed: a page that shows another's link in its own
    /// language and colours changes it.
    fn looks(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let words = [(key::LOCALE, &self.locale), (key::THEME, &self.theme)];
        words.into_iter().filter_map(|(key, word)| Some((key, word.as_deref()?)))
    }

    /// The text of version 1: all of it, or what of it is packed.
    fn written(&self, to_pack: bool) -> String {
        let Self { scenario, seed, edits, at_us, record, .. } = self;
        let Self { numbers, selection, plot, lesson, stop, .. } = self;
        let mut text = format!("{}={VERSION}", key::VERSION);
        let mut field = |key: &str, value: &str| push_field(&mut text, key, value);
        match scenario {
            ScenarioRef::Id(id) => field(key::SCENARIO, &escape::escaped(id)),
            ScenarioRef::Inline(scenario) => {
                let escaped = if to_pack { escape::escaped_within } else { escape::escaped };
                field(key::INLINE, &escaped(&scenario.to_json()));
            }
            ScenarioRef::OfLesson => {}
            ScenarioRef::RunOfLesson(run) => field(key::RUN, &escape::escaped(run)),
        }
        if let Some(seed) = seed {
            field(key::SEED, &format!("{seed}"));
        }
        for edit in edits {
            field(key::EDIT, &edit.to_text());
        }
        if *scenario != ScenarioRef::OfLesson || *at_us > 0 {
            field(key::AT, &format!("{at_us}"));
        }
        if let Some(record) = record {
            field(key::RECORD, &format!("{record}"));
        }
        if !to_pack {
            for (key, word) in self.looks() {
                field(key, &escape::escaped(word));
            }
        }
        let words = [
            (key::NUMBERS, numbers),
            (key::SELECTION, selection),
            (key::LESSON, lesson),
            (key::STOP, stop),
        ];
        for (key, word) in words {
            if let Some(word) = word {
                field(key, &escape::escaped(word));
            }
        }
        if let Some(plot) = plot {
            field(key::PLOT, &plot.to_text());
        }
        text
    }

    /// What is to be run: the scenario's setup, with the link's seed if it has one.
    #[must_use]
    pub fn setup(&self, scenario: &Scenario) -> Setup {
        let setup = scenario.setup();
        Setup { seed: self.seed.unwrap_or(setup.seed), ..setup }
    }

    /// The edits, for a run of `setup`, in order.
    ///
    /// # Errors
    /// The first edit that names a host or a packet that there cannot be.
    pub fn edits(&self, setup: &Setup) -> Result<Vec<Edit>, LinkError> {
        let mut edits = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            edits.push(edit.resolve(setup)?);
        }
        Ok(edits)
    }

    /// The moment in a run. Where the record does not fit the time, the time counts: the record
    /// only tells those apart that share an instant.
    #[must_use]
    pub fn moment(&self, trace: &Trace) -> Moment {
        let latest = trace.at(Instant::from_micros(self.at_us));
        let record = self.record.map_or(latest.record, RecordId);
        let found = trace.records().get(record.index());
        let fits = found.is_some_and(|found| found.at == latest.at);
        if fits { Moment { record, ..latest } } else { latest }
    }
}

fn push_field(text: &mut String, key: &str, value: &str) {
    text.push('&');
    text.push_str(key);
    text.push('=');
    text.push_str(value);
}
