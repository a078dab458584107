//! Lessons: which there are, which is read and where, what was read.

use std::rc::Rc;

use tcpscope_lesson::course::{Course, Glossary, Progress, Sheet, SheetRun, SheetStop};
use tcpscope_quiz::{Answer, Graded, Question, Review, Trouble};
use tcpscope_scenario::Scenario;
use tcpscope_sim::{Edit, Timeline};
use tcpscope_view::{Locale, Numbers};

use super::{Change, Run, Session};

/// All about lessons.
#[derive(Default)]
pub(crate) struct Teaching {
    /// The list of lessons, and the language that it is in.
    pub(crate) course: Option<(Locale, Rc<Course>)>,
    /// The glossary, likewise.
    pub(crate) glossary: Option<(Locale, Rc<Glossary>)>,
    /// What did not arrive.
    pub(crate) missing: Option<String>,
    /// The page of the book that is open.
    pub(crate) book: Option<BookPage>,
    /// The way that was chosen, by its place.
    pub(crate) way: Option<usize>,
    /// What is looked for in the contents or the glossary.
    pub(crate) filter: String,
    /// What was read.
    pub(crate) progress: Progress,
    /// The device's day, when it was last looked at: days since 1970-01-01.
    pub(crate) today: u32,
    /// What was kept here and cannot be read.
    pub(crate) unread: Option<Unread>,
    /// What was erased, until the book is shut.
    pub(crate) erased: Option<Progress>,
    /// Whether it is kept for the next visit.
    pub(crate) kept: bool,
    /// What came of reading a file of progress: what is wrong with it, if anything.
    pub(crate) import: Option<Result<(), String>>,
    /// The lesson that is read.
    pub(crate) reading: Option<Reading>,
    /// The term whose definition is open.
    pub(crate) term: Option<OpenTerm>,
}

/// What was kept on this device and cannot be read: by an older page, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// As it was.
    pub(crate) text: String,
    /// What is wrong with it, where that is known.
    pub(crate) why: String,
}

/// A page of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BookPage {
    /// The contents.
    Contents,
    /// The glossary.
    Glossary,
    /// The questions of interviews.
    Interview,
    /// The same to be printed, with their answers.
    Crib,
    /// What was read.
    Progress,
    /// Sets: composed, and their results read.
    Sets,
}

/// A term of which the definition is open: its id, and the place of its word among all those of the
/// sheet that open one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenTerm {
    /// Which word was pressed.
    pub(crate) place: usize,
    /// The term's id.
    pub(crate) id: String,
}

/// A lesson that is read.
pub(crate) struct Reading {
    /// The lesson.
    pub(crate) sheet: Rc<Sheet>,
    /// The language that it is in.
    pub(crate) locale: Locale,
    /// The scenarios of its runs, in their order, and whether each is one of the page's own.
    pub(crate) scenarios: Rc<Vec<(Scenario, bool)>>,
    /// The place of the stop; as many as there are stops: the end.
    pub(crate) stop: usize,
    /// What the figure shows, as far as it is the lesson's.
    pub(crate) shows: Option<Shows>,
    /// What is asked at the stop.
    pub(crate) asked: Vec<Asked>,
}

/// A question of a stop's, and what was answered.
#[derive(Clone)]
pub(crate) struct Asked {
    /// Its place among those of the stop.
    pub(crate) place: usize,
    /// The question.
    pub(crate) question: Question,
    /// The run that it is about, whatever the figure shows meanwhile.
    pub(crate) run: Rc<Timeline>,
    /// The sequence numbers that the choices have.
    pub(crate) numbers: Numbers,
    /// What to choose from.
    pub(crate) choices: Vec<Answer>,
    /// The choice that was made, by its place, and what came of it.
    pub(crate) graded: Option<(usize, Graded)>,
}

/// A run of the lesson that the figure shows.
pub(crate) struct Shows {
    /// The place of the run.
    pub(crate) run: usize,
    /// Its edits.
    pub(crate) edits: Vec<Edit>,
}

/// What may happen to lessons.
pub(crate) enum Teach {
    /// The list of lessons arrived.
    Listed(Locale, Course),
    /// The glossary arrived.
    Explained(Locale, Glossary),
    /// Something did not arrive.
    Missing(String),
    /// A page of the book is opened, or the book is shut.
    Book(Option<BookPage>),
    /// A way is chosen, or all lessons.
    Way(Option<usize>),
    /// This is looked for.
    Filter(String),
    /// A lesson is opened, or the same in another language.
    Open(Box<Reading>),
    /// The lesson in another language: where one is in it stays.
    Reword(Box<Reading>),
    /// The lesson is at this stop, and the figure shows this run of it.
    At(usize, Option<Shows>),
    /// This is asked at the stop, or was answered.
    Asked(Vec<Asked>),
    /// The lesson is closed.
    Leave,
    /// A definition is opened, or closed.
    Term(Option<OpenTerm>),
    /// What was read, and whether it is kept.
    Progress(Progress, bool),
    /// What was read is erased: it can be brought back until the book is shut.
    Erase(bool),
    /// It is this day.
    Today(u32),
    /// What was kept cannot be read.
    Unread(Unread),
    /// What came of reading a file.
    Imported(Result<(), String>),
}

impl Teaching {
    pub(super) fn change(&mut self, what: Teach) {
        match what {
            Teach::Listed(locale, course) => {
                self.course = Some((locale, Rc::new(course)));
                self.missing = None;
            }
            Teach::Explained(locale, glossary) => {
                self.glossary = Some((locale, Rc::new(glossary)));
                self.missing = None;
            }
            Teach::Missing(file) => self.missing = Some(file),
            Teach::Book(page) => {
                if self.book != page {
                    self.filter.clear();
                    self.import = None;
                }
                if page.is_none() {
                    if self.erased.take().is_some() {
                        self.unread = None;
                    }
                    self.missing = None;
                }
                self.book = page;
            }
            Teach::Way(way) => self.way = way,
            Teach::Filter(filter) => self.filter = filter,
            Teach::Open(reading) => {
                self.reading = Some(*reading);
                self.term = None;
            }
            Teach::Reword(reading) => {
                let (shows, asked) =
                    self.reading.take().map_or((None, Vec::new()), |it| (it.shows, it.asked));
                self.reading = Some(Reading { shows, asked, ..*reading });
                self.term = None;
            }
            Teach::At(stop, shows) => {
                self.term = None;
                if let Some(reading) = &mut self.reading {
                    reading.stop = stop.min(reading.sheet.stops.len());
                    if shows.is_some() {
                        reading.shows = shows;
                    }
                }
            }
            Teach::Asked(asked) => {
                if let Some(reading) = &mut self.reading {
                    reading.asked = asked;
                }
            }
            Teach::Leave => self.put_away(),
            Teach::Term(term) => self.term = term,
            Teach::Progress(progress, kept) => {
                if !progress.is_empty() {
                    self.erased = None;
                }
                self.progress = progress;
                self.kept = kept;
            }
            Teach::Erase(kept) => {
                self.erased = Some(std::mem::take(&mut self.progress));
                self.kept = kept;
                self.import = None;
            }
            Teach::Today(today) => self.today = today,
            Teach::Unread(unread) => self.unread = Some(unread),
            Teach::Imported(outcome) => {
                self.import = Some(outcome);
                self.erased = None;
            }
        }
    }

    /// The lesson is closed.
    pub(super) fn put_away(&mut self) {
        self.reading = None;
        self.term = None;
    }

    /// The list of lessons in this language, or in the one in which it is there.
    pub(crate) fn course(&self) -> Option<&Rc<Course>> {
        self.course.as_ref().map(|(_, course)| course)
    }

    /// The id of the stop that is read; none at the end.
    pub(crate) fn stop_id(&self) -> Option<String> {
        Some(self.reading.as_ref()?.stop()?.id.clone())
    }

    /// What is asked again, and what of it was not understood.
    pub(crate) fn review(&self) -> (Review, Vec<Trouble>) {
        Review::from_text(&self.progress.review())
    }

    /// The glossary, likewise.
    pub(crate) fn glossary(&self) -> Option<&Rc<Glossary>> {
        self.glossary.as_ref().map(|(_, glossary)| glossary)
    }
}

impl Reading {
    /// The stop; none at the end of the lesson.
    pub(crate) fn stop(&self) -> Option<&SheetStop> {
        self.sheet.stops.get(self.stop)
    }

    /// The run of a place.
    pub(crate) fn run(&self, place: usize) -> Option<(&SheetRun, &Scenario, bool)> {
        let (scenario, own) = self.scenarios.get(place)?;
        Some((self.sheet.runs.get(place)?, scenario, *own))
    }

    /// The name of the lesson's run that begins with a scenario.
    pub(crate) fn name_of(&self, scenario: &Scenario) -> Option<String> {
        let place = self.scenarios.iter().position(|(own, _)| own == scenario)?;
        Some(self.sheet.runs.get(place)?.id.clone())
    }

    /// Whether the figure shows a run of the lesson, as the lesson has it.
    pub(crate) fn shows_run(&self, place: usize, run: &Run) -> bool {
        let Some(shows) = &self.shows else { return false };
        shows.run == place && shows.edits == run.timeline().edits()
    }
}

impl Session {
    pub(super) fn teach(&mut self, what: Teach) -> Vec<Change> {
        let before = self.teaching.reading.is_some();
        let asks = matches!(what, Teach::Asked(_) | Teach::Open(_) | Teach::Leave);
        self.teaching.change(what);
        let opens = self.teaching.reading.is_some() && !before;
        if opens {
            self.interviewing.put_away();
        }
        self.shell.teach(self.is_led(), opens);
        let mut changes = if asks { self.veil_anew() } else { vec![] };
        changes.push(Change::Taught);
        changes
    }

    /// Whether the figure is elsewhere than at the stop that is read.
    pub(crate) fn is_away(&self) -> bool {
        let Some(reading) = &self.teaching.reading else { return false };
        let (Some(stop), Some(run)) = (reading.stop(), &self.run) else { return false };
        !(reading.shows_run(stop.run, run) && run.moment().record.0 == stop.record)
    }

    /// Another run is loaded, by whomever: it is not the lesson's until the lesson says so.
    pub(super) fn forget_shown(&mut self) {
        if let Some(reading) = &mut self.teaching.reading {
            reading.shows = None;
        }
        self.interviewing.forget_shown();
        self.posing.forget_shown();
    }
}
