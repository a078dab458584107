//! Interviews: the questions are fetched when they are wanted, and the figure is led to where the
//! points of an answer show.

use gloo_timers::callback::Timeout;
use tcpscope_quiz::{Interview, Level, Point, Theme};
use tcpscope_view::Locale;
use yew::platform::spawn_local;

use super::loader::fetched;
use super::points::Shows;
use super::{App, LoadError};
use crate::browser;
use crate::store::{
    Action, Arrange, BookPage, Interviewed, Playback, QuestionPlace, Run, ShownPoint,
};
use crate::ui::InterviewCommand;

impl App {
    /// Does what a control asks of the interviews.
    pub(crate) fn interview(&self, command: InterviewCommand) {
        let tell = |what| self.store.act(Action::Interview(what));
        match command {
            InterviewCommand::Theme(place) => {
                tell(Interviewed::Theme(Theme::ALL.get(place).copied().unwrap_or_default()));
            }
            InterviewCommand::Level(place) => {
                tell(Interviewed::Level(Level::ALL.get(place).copied().unwrap_or_default()));
            }
            InterviewCommand::Open(number) => self.open_question(QuestionPlace::of(number)),
            InterviewCommand::Show => {
                tell(Interviewed::Show);
                // The control goes.
                focus("interview-points");
            }
            InterviewCommand::Next => {
                let next = self.store.read().interviewing.next();
                if let Some(next) = next {
                    self.open_question(next);
                }
            }
            InterviewCommand::Point(place) => self.show_point(place),
            InterviewCommand::Answer(choice) => self.answer_in_round(choice),
            InterviewCommand::See => self.see_in_round(),
            InterviewCommand::Hold => self.begin_interview(),
            InterviewCommand::Begin => self.begin_round(),
            InterviewCommand::On => self.next_in_round(),
            InterviewCommand::Code => self.open_code(),
            InterviewCommand::Copy => self.copy_results(),
            InterviewCommand::Leave => tell(Interviewed::Leave),
            InterviewCommand::Had => self.rate(true),
            InterviewCommand::Missed => self.rate(false),
            InterviewCommand::Pause => self.pause_clock(),
            InterviewCommand::More => self.extend_clock(),
            InterviewCommand::Untimed => self.take_clock_away(),
            InterviewCommand::Crib => self.turn_to(BookPage::Crib),
            InterviewCommand::Print => print(),
        }
    }

    fn open_question(&self, place: QuestionPlace) {
        if self.store.read().interviewing.find(place).is_none() {
            return;
        }
        self.shut();
        self.leave_set();
        self.store.act(Action::Beside(None));
        self.store.act(Action::Interview(Interviewed::Open(place)));
        focus("interview-answer");
    }

    /// The questions in a language, fetched if need be.
    pub(crate) async fn interviews(&self, locale: Locale) -> Result<(), LoadError> {
        self.fetch_interviews(locale).await?;
        self.look_up_moments(locale).await
    }

    async fn fetch_interviews(&self, locale: Locale) -> Result<(), LoadError> {
        if self.store.read().interviewing.list.as_ref().is_some_and(|(of, _)| *of == locale) {
            return Ok(());
        }
        let mut list = Vec::new();
        for theme in Theme::ALL {
            let text = fetched(file(theme, locale)).await?;
            let interview = Interview::from_text(&text).map_err(|error| {
                let words = &self.store.read().messages().interviews;
                LoadError::Lesson(words.broken.fill([&error.to_string()]))
            })?;
            list.push(interview);
        }
        // What is about TCP as a whole comes last.
        list.rotate_left(1);
        self.store.act(Action::Interview(Interviewed::Listed(locale, list)));
        Ok(())
    }

    /// Shows in the figure where a point of the answer shows.
    fn show_point(&self, place: usize) {
        let point = {
            let session = self.store.read();
            let question = session.interviewing.question();
            question.and_then(|(_, question)| question.points.get(place).cloned())
        };
        let Some(point) = point else { return };
        let app = self.clone();
        spawn_local(async move {
            let outcome = app.lead_to(place, &point).await;
            app.told(outcome);
        });
    }

    async fn lead_to(&self, place: usize, point: &Point) -> Result<(), LoadError> {
        let Shows { scenario, own } = self.shows(&point.scenario).await?;
        let mut run = Run::new(scenario, own, None).map_err(LoadError::CannotRun)?;
        for edit in &point.edits {
            let edit = edit.resolve(run.timeline().setup()).map_err(LoadError::Link)?;
            // One that meets nothing is told of where the questions are checked.
            let _ = run.edit(edit);
        }
        let unreachable = || {
            let words = &self.store.read().messages().interviews;
            LoadError::Lesson(words.unreachable.fill([&point.scenario]))
        };
        let record = point.record(run.timeline()).ok_or_else(unreachable)?;
        let edits = run.timeline().edits().to_vec();
        self.store.act(Action::Load(Box::new(run)));
        self.store.act(Action::Playback(Playback::Record(record)));
        self.store.act(Action::Arrange(Arrange::Follow(true)));
        let shown = ShownPoint { place, record, edits };
        self.store.act(Action::Interview(Interviewed::Point(shown)));
        Ok(())
    }
}

/// Has the browser print the page.
fn print() {
    // Refused where the page may not open dialogs: then the browser's own command is there.
    let _ = browser::window().print();
}

/// Moves the focus to what is about to be there.
pub(super) fn focus(id: &'static str) {
    Timeout::new(0, move || browser::focus(id)).forget();
}

/// The same, to what a sheet has below its heading: the heading is read first.
pub(super) fn focus_below_heading(id: &'static str) {
    Timeout::new(0, move || {
        browser::focus(id);
        if let Some(sheet) = browser::element("tab-panel") {
            sheet.set_scroll_top(0);
        }
    })
    .forget();
}

/// What the page fetches of a theme, in a language.
fn file(theme: Theme, locale: Locale) -> String {
    let mut file = "interviews/".to_owned();
    for part in [theme.name(), ".", locale.tag(), ".txt"] {
        file.push_str(part);
    }
    file
}
