//! Sets: what a teacher composes, what a student answers, what came back.

use std::rc::Rc;

use tcpscope_lesson::course::{BitWords, Said, Sheet, SheetAsk};
use tcpscope_quiz::{Set, SetAnswer, SetItem, SetResults, SetStep, SetStop};
use tcpscope_sim::{RecordId, Timeline};
use tcpscope_tcp::Instant;
use tcpscope_view::Locale;

use super::{Asked, Change, Run, Session};

/// An address that ends in a set's code.
pub(crate) const SET_LINK: &str = "v=1&set=";

/// All about sets.
#[derive(Default)]
pub(crate) struct Sets {
    /// What of the teacher's page is shown.
    pub(crate) page: SetPage,
    /// What is composed.
    pub(crate) draft: Set,
    /// What can be chosen of what the draft has.
    pub(crate) offers: Rc<Offers>,
    /// What is wrong with the set that was to be opened.
    pub(crate) trouble: Option<String>,
    /// Whether what was to be copied could be.
    pub(crate) copied: Option<(Copied, bool)>,
    /// The codes that were pasted.
    pub(crate) pasted: String,
    /// What they hold.
    pub(crate) read: Option<Rc<ReadSet>>,
    /// The set that is answered.
    pub(crate) taking: Option<Taking>,
}

/// What of the teacher's page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SetPage {
    /// A set is composed.
    #[default]
    Compose,
    /// Results are read.
    Results,
}

/// Something that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copied {
    /// The link of the draft.
    Link,
    /// A student's code.
    Code,
    /// The table.
    Csv,
}

/// What can be chosen of lessons and moments that a draft has.
#[derive(Clone, Default)]
pub(crate) struct Offers {
    /// The lessons in a language.
    pub(crate) lessons: Vec<(Locale, Rc<Sheet>)>,
    /// The moments, by their links.
    pub(crate) moments: Vec<(Locale, OfferedMoment)>,
}

/// What can be asked at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OfferedMoment {
    /// The link to it.
    pub(crate) link: String,
    /// The scenario's title.
    pub(crate) title: String,
    /// When it is.
    pub(crate) at: Instant,
    /// How many changes were made to the run.
    pub(crate) changes: usize,
    /// The questions by their names, in the reader's words.
    pub(crate) asks: Vec<(String, String)>,
}

/// A set that is answered.
#[derive(Clone)]
pub(crate) struct Taking {
    /// The set.
    pub(crate) set: Rc<Set>,
    /// Its steps.
    pub(crate) steps: Rc<Vec<SetStep>>,
    /// How far it is.
    pub(crate) place: SetPlace,
    /// The steps that were reached: so many, from the first on.
    pub(crate) reached: usize,
    /// What is asked at the step; [`Asked::place`] counts from the step's first question.
    pub(crate) asked: Vec<Asked>,
    /// The answers to all questions.
    pub(crate) answers: Vec<SetAnswer>,
    /// The name that was given.
    pub(crate) name: String,
    /// The run of the step, as the set has it.
    pub(crate) timeline: Option<Rc<Timeline>>,
    /// Its moment.
    pub(crate) record: RecordId,
    /// The questions that were given up, by their places among the answers.
    pub(crate) given_up: Vec<usize>,
    /// Whether the step cannot be run here: then nothing is asked.
    pub(crate) gone: bool,
    /// Whether the model answer of the step is shown.
    pub(crate) shown: bool,
    /// At the end: what was asked and answered.
    pub(crate) ends: Rc<Vec<SetLine>>,
    /// Whether its teacher looks at it.
    pub(crate) preview: bool,
}

/// How far a set is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SetPlace {
    /// It has not begun.
    Before,
    /// At this step.
    Step(usize),
    /// It is over.
    After,
}

/// A question of a set and its answer, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetLine {
    /// What was asked.
    pub(crate) question: String,
    /// What was answered; empty: nothing.
    pub(crate) answer: String,
    /// What would have been right; empty where nobody can say.
    pub(crate) expected: String,
    /// What it is worth.
    pub(crate) verdict: Verdict,
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The engine holds it for right, or not.
    Graded(bool),
    /// Whoever answered holds it for right, or not.
    Own(bool),
    /// There is none.
    NoAnswer,
}

/// The results of several students.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReadSet {
    /// What was asked, and what would have been right.
    pub(crate) questions: Vec<(String, String)>,
    /// Those whose code was read.
    pub(crate) rows: Vec<ReadRow>,
    /// The lines that could not be read, and why.
    pub(crate) bad: Vec<(usize, String)>,
}

/// The results of one student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReadRow {
    /// The line.
    pub(crate) line: usize,
    /// The name; empty: none was given.
    pub(crate) name: String,
    /// The answers, and what each is worth.
    pub(crate) cells: Vec<(String, Verdict)>,
    /// The place of an earlier row that has the same answers.
    pub(crate) same: Option<usize>,
}

/// What may happen to sets.
pub(crate) enum SetChange {
    /// This is shown of the teacher's page.
    Page(SetPage),
    /// The draft is this.
    Draft(Set),
    /// This can be chosen of.
    Offers(Offers),
    /// A set could not be opened.
    Trouble(Option<String>),
    /// Something was copied, or could not be.
    Copied(Option<(Copied, bool)>),
    /// Codes were pasted.
    Pasted(String),
    /// They were read.
    Read(Option<ReadSet>),
    /// A set is answered, goes on, or no more.
    Take(Option<Box<Taking>>),
}

impl Verdict {
    /// Whether it counts as right.
    pub(crate) const fn is_right(self) -> bool {
        matches!(self, Self::Graded(true) | Self::Own(true))
    }
}

impl Offers {
    /// A lesson, in whichever language it is there.
    pub(crate) fn lesson(&self, id: &str) -> Option<&Rc<Sheet>> {
        self.lessons.iter().map(|(_, sheet)| sheet).find(|sheet| sheet.id == id)
    }

    /// A moment.
    pub(crate) fn moment(&self, link: &str) -> Option<&OfferedMoment> {
        self.moments.iter().map(|(_, moment)| moment).find(|moment| moment.link == link)
    }
}

impl Taking {
    /// A set before it is begun.
    pub(crate) fn new(set: Rc<Set>, preview: bool) -> Self {
        let answers = vec![SetAnswer::None; set.asks()];
        let steps = Rc::new(set.steps());
        Self {
            steps,
            place: SetPlace::Before,
            reached: 0,
            asked: Vec::new(),
            answers,
            timeline: None,
            record: RecordId(0),
            name: String::new(),
            given_up: Vec::new(),
            gone: false,
            shown: false,
            ends: Rc::default(),
            preview,
            set,
        }
    }

    /// The step that is shown.
    pub(crate) fn step(&self) -> Option<SetStep> {
        match self.place {
            SetPlace::Step(place) => self.steps.get(place).copied(),
            SetPlace::Before | SetPlace::After => None,
        }
    }

    /// The item of the step that is shown.
    pub(crate) fn item(&self) -> Option<&SetItem> {
        self.set.items.get(self.step()?.item)
    }

    /// Whether all that the step asks, and the run can answer, is answered.
    pub(crate) fn is_answered(&self) -> bool {
        let Some(step) = self.step().filter(|_| !self.gone) else { return true };
        if let Some(SetItem::Interview { .. }) = self.item() {
            return matches!(self.answers.get(step.first), Some(SetAnswer::Own { .. }));
        }
        self.asked.iter().all(|asked| asked.graded.is_some())
    }

    /// Whether what is said at the step is to be seen yet.
    pub(crate) fn tells(&self) -> bool {
        !self.set.rules.hidden || self.is_answered()
    }

    /// Whether a step can be gone to.
    pub(crate) fn may_go(&self, place: usize) -> bool {
        let last =
            self.place == self.reached.checked_sub(1).map_or(SetPlace::Before, SetPlace::Step);
        let on = place == self.reached && last && self.is_answered();
        place < self.steps.len() && (!self.set.rules.ordered || place < self.reached || on)
    }

    /// Whether the figure shows the run of the step as the set has it.
    pub(crate) fn shows(&self, run: &Run) -> bool {
        let shown = run.timeline();
        self.timeline.as_ref().is_none_or(|timeline| {
            timeline.edits() == shown.edits() && timeline.setup() == shown.setup()
        })
    }

    /// What was answered, as far as it has come.
    pub(crate) fn results(&self) -> SetResults {
        let of = self.set.fingerprint();
        SetResults { of, name: self.name.trim().to_owned(), answers: self.answers.clone() }
    }
}

impl Session {
    pub(super) fn set(&mut self, what: SetChange) -> Vec<Change> {
        let sets = &mut self.sets;
        let took = sets.taking.is_some();
        match what {
            SetChange::Page(page) => sets.page = page,
            SetChange::Draft(draft) => {
                sets.draft = draft;
                sets.copied = None;
                sets.read = None;
            }
            SetChange::Offers(offers) => sets.offers = Rc::new(offers),
            SetChange::Trouble(trouble) => sets.trouble = trouble,
            SetChange::Copied(copied) => sets.copied = copied,
            SetChange::Pasted(pasted) => sets.pasted = pasted,
            SetChange::Read(read) => sets.read = read.map(Rc::new),
            SetChange::Take(taking) => sets.taking = taking.map(|taking| *taking),
        }
        let takes = self.sets.taking.is_some();
        if takes != took {
            self.shell.teach(self.is_led(), takes);
        }
        let mut changes = if takes || took { self.veil_anew() } else { vec![] };
        changes.push(Change::Taught);
        changes
    }
}

/// Ticks or unticks the stop of a lesson, with all that it asks; the chosen stay in the lesson's
/// order.
pub(crate) fn toggle_stop(stops: &mut Vec<SetStop>, sheet: &Sheet, place: usize) {
    let Some(stop) = sheet.stops.get(place) else { return };
    if let Some(found) = stops.iter().position(|chosen| chosen.stop == stop.id) {
        stops.remove(found);
        return;
    }
    let asks = stop.asks.iter().map(sheet_ask_name).collect();
    stops.push(SetStop { stop: stop.id.clone(), asks });
    let order = |id: &str| sheet.stops.iter().position(|stop| stop.id == id);
    stops.sort_by_key(|chosen| order(&chosen.stop));
}

/// Ticks or unticks a name among others, in the order of all.
pub(crate) fn toggle_name(chosen: &mut Vec<String>, all: &[String], place: usize) {
    let Some(name) = all.get(place) else { return };
    if let Some(found) = chosen.iter().position(|other| other == name) {
        chosen.remove(found);
        return;
    }
    chosen.push(name.clone());
    chosen.sort_by_key(|name| all.iter().position(|other| other == name));
}

/// What is said, without its marks.
pub(crate) fn plain(said: &[Said]) -> String {
    let mut text = String::new();
    for bit in said.iter().flatten() {
        text.push_str(match &bit.words {
            BitWords::Text(words) | BitWords::Term(_, words) => words,
            BitWords::Value(relative, _) => relative,
        });
    }
    text
}

/// The name of a question of a lesson: its kind, and what it is about.
pub(crate) fn sheet_ask_name(ask: &SheetAsk) -> String {
    let mut name = ask.kind.clone();
    for about in [&ask.host, &ask.packet].into_iter().flatten() {
        name.push(':');
        name.push_str(about);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taking(ordered: bool) -> Taking {
        let stop = |asks: &[&str]| SetStop {
            stop: "stop".to_owned(),
            asks: asks.iter().map(|ask| (*ask).to_owned()).collect(),
        };
        let stops = vec![stop(&[]), stop(&["next-state:server"])];
        let items = vec![
            SetItem::Lesson { lesson: "lesson".to_owned(), stops },
            SetItem::Interview { question: "why".to_owned() },
        ];
        let rules = tcpscope_quiz::SetRules { hidden: true, ordered };
        Taking::new(Rc::new(Set { rules, items, ..Set::default() }), false)
    }

    fn at(taking: &mut Taking, place: usize) {
        taking.place = SetPlace::Step(place);
        taking.reached = taking.reached.max(place + 1);
    }

    #[test]
    fn in_order_a_step_opens_once_the_one_before_is_answered() {
        let mut taking = taking(true);
        assert!(taking.may_go(0) && !taking.may_go(1));
        at(&mut taking, 0);
        assert!(taking.may_go(1) && !taking.may_go(2));
        at(&mut taking, 2);
        assert!(!taking.is_answered() && !taking.tells() && !taking.may_go(3));
        taking.answers[1] = SetAnswer::Own { text: String::new(), right: false };
        assert!(taking.is_answered() && taking.tells());
        assert!(taking.may_go(0) && !taking.may_go(3), "there is none after the last");
        at(&mut taking, 0);
        assert!(taking.may_go(2), "what was reached stays open");
    }

    #[test]
    fn out_of_order_every_step_is_open() {
        let taking = taking(false);
        assert!((0..3).all(|place| taking.may_go(place)) && !taking.may_go(3));
    }

    #[test]
    fn names_are_ticked_in_their_order() {
        let all = ["a", "b", "c"].map(str::to_owned);
        let mut chosen = Vec::new();
        for place in [2, 0, 7] {
            toggle_name(&mut chosen, &all, place);
        }
        assert_eq!(chosen, ["a", "c"]);
        toggle_name(&mut chosen, &all, 0);
        assert_eq!(chosen, ["c"]);
    }
}
