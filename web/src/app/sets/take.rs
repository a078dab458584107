//! A set is answered: one step after another at the figure.

use tcpscope_quiz::{MOST_OWN, Quiz, SetAnswer, SetItem};
use tcpscope_sim::RecordId;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;

use super::staged::{Staged, numbers_of};
use crate::app::interviews::{focus, focus_below_heading};
use crate::app::{App, LoadError, learn_now};
use crate::browser;
use crate::store::{
    Action, Arrange, Asked, Interviewed, Playback, SetChange, SetPlace, Tab, Taking, Teach,
};
use std::rc::Rc;

impl App {
    /// Changes the set that is answered.
    pub(in crate::app) fn taking(&self, change: impl FnOnce(&mut Taking)) {
        let taking = self.store.read().sets.taking.clone();
        let Some(mut taking) = taking else { return };
        change(&mut taking);
        self.tell_set(SetChange::Take(Some(Box::new(taking))));
    }

    /// To the next step, or to the results.
    pub(super) fn next_step(&self) {
        let next = {
            let session = self.store.read();
            let Some(taking) = &session.sets.taking else { return };
            match taking.place {
                SetPlace::Before => Some(0),
                SetPlace::Step(place) if taking.may_go(place + 1) => Some(place + 1),
                SetPlace::Step(place)
                    if place + 1 >= taking.steps.len()
                        && (taking.is_answered() || !taking.set.rules.ordered) =>
                {
                    None
                }
                SetPlace::Step(_) | SetPlace::After => return,
            }
        };
        match next {
            Some(place) => self.go_to_step(place),
            None => self.end_set(),
        }
    }

    pub(super) fn previous_step(&self) {
        let place =
            self.store.read().sets.taking.as_ref().map(|taking| (taking.place, taking.steps.len()));
        match place {
            Some((SetPlace::Step(place), _)) if place > 0 => self.go_to_step(place - 1),
            Some((SetPlace::After, steps)) if steps > 0 => self.go_to_step(steps - 1),
            Some(_) | None => {}
        }
    }

    /// Shows the present step again.
    pub(super) fn show_step_again(&self) {
        let place = self.store.read().sets.taking.as_ref().map(|taking| taking.place);
        if let Some(SetPlace::Step(place)) = place {
            self.go_to_step(place);
        }
    }

    /// Goes to a step, where the set allows it.
    pub(super) fn go_to_step(&self, place: usize) {
        let may = {
            let session = self.store.read();
            session.sets.taking.as_ref().is_some_and(|taking| {
                let here = taking.place == SetPlace::Step(place);
                here || taking.may_go(place)
            })
        };
        if !may {
            return;
        }
        let app = self.clone();
        spawn_local(async move {
            learn_now(app.store.read().preferences.locale);
            let outcome = app.show_step(place).await;
            app.told(outcome);
        });
    }

    async fn show_step(&self, place: usize) -> Result<(), LoadError> {
        let taking = self.store.read().sets.taking.clone();
        let Some(taking) = taking else { return Ok(()) };
        let Some(step) = taking.steps.get(place).copied() else { return Ok(()) };
        // What this page has no longer is said to be gone; the other steps go on.
        let staged = self.staged(&taking.set, step).await;
        let mut gone = staged.is_err();
        if let Some(SetItem::Interview { question }) = taking.set.items.get(step.item) {
            let locale = self.store.read().preferences.locale;
            self.interviews(locale).await?;
            self.clear_stage();
            let found = self.question_named(question);
            gone = found.is_none();
            if let Some((place, _)) = found {
                self.store.act(Action::Interview(Interviewed::Open(place)));
            }
        }
        // Somebody may have left meanwhile.
        if self.store.read().sets.taking.is_none() {
            return Ok(());
        }
        let (asked, timeline, record) = match staged {
            Ok(Some(staged)) => {
                let asked = self.asked_in_set(&taking, step.first, &staged);
                let timeline = Rc::new(staged.run.timeline().clone());
                let record = staged.moment.record;
                self.put_on_stage(staged);
                (asked, Some(timeline), record)
            }
            Ok(None) => (Vec::new(), None, RecordId(0)),
            Err(error) => {
                self.clear_stage();
                self.told(Err(error));
                (Vec::new(), None, RecordId(0))
            }
        };
        self.taking(|taking| {
            let shown = matches!(taking.answers.get(step.first), Some(SetAnswer::Own { .. }));
            taking.place = SetPlace::Step(place);
            taking.reached = taking.reached.max(place + 1);
            taking.asked = asked;
            taking.timeline = timeline;
            taking.record = record;
            taking.gone = gone;
            taking.shown = shown && taking.asked.is_empty();
        });
        if self.store.read().sets.taking.as_ref().is_some_and(|taking| taking.shown) {
            self.store.act(Action::Interview(Interviewed::Show));
        }
        let shell = self.store.read().shell;
        if shell.shown_tab() != Tab::Lesson {
            self.store.act(Action::Arrange(Arrange::Tab(Tab::Lesson)));
        }
        focus_below_heading("set-step");
        Ok(())
    }

    /// The questions of a step with the answers that were given.
    fn asked_in_set(&self, taking: &Taking, first: usize, staged: &Staged) -> Vec<Asked> {
        let numbers = numbers_of(&self.store.read());
        let questions = staged.questions.iter().enumerate();
        let run = Rc::new(staged.run.timeline().clone());
        let asked = questions.filter_map(|(place, question)| {
            let question = (*question)?;
            let (numbers, given) = match taking.answers.get(first + place) {
                Some(SetAnswer::Given { answer, numbers }) => (*numbers, Some(answer)),
                Some(SetAnswer::None | SetAnswer::Own { .. }) | None => (numbers, None),
            };
            let quiz = Quiz::of(staged.run.timeline()).with_numbers(numbers);
            let mut choices = quiz.choices(&question);
            let graded = given.and_then(|answer| {
                let known = choices.iter().position(|choice| choice == answer);
                let graded = quiz.grade(&question, answer).ok()?;
                // One that was typed stands after them.
                let choice = known.unwrap_or_else(|| {
                    choices.push(answer.clone());
                    choices.len() - 1
                });
                Some((choice, graded))
            });
            let run = run.clone();
            let asked = Asked { place, question, run, numbers, choices, graded };
            let given_up = asked.is_open() && taking.given_up.contains(&(first + place));
            let asked = if given_up { asked.given_up(&quiz) } else { asked };
            (asked.choices.len() > 1).then_some(asked)
        });
        asked.collect()
    }

    /// Shows the run and the moment of a step.
    fn put_on_stage(&self, staged: Staged) {
        let Staged { run, moment, reading, .. } = staged;
        // What the step before asks hides nothing of this one.
        self.taking(|taking| taking.asked.clear());
        match reading {
            Some((reading, place)) => {
                self.store.act(Action::Teach(Teach::Open(Box::new(reading))));
                let shows = self.show_stop(place);
                self.store.act(Action::Teach(Teach::At(place, shows)));
            }
            None => {
                self.clear_stage();
                self.store.act(Action::Load(Box::new(run)));
                self.store.act(Action::Beside(None));
                self.store.act(Action::Playback(Playback::Moment(moment)));
                self.store.act(Action::Arrange(Arrange::Follow(true)));
            }
        }
    }

    /// Nothing but the set leads through the figure.
    pub(super) fn clear_stage(&self) {
        self.store.act(Action::Teach(Teach::Leave));
        self.store.act(Action::Interview(Interviewed::Leave));
    }

    /// A choice was made: the first counts.
    pub(in crate::app) fn answer_in_set(&self, place: usize, choice: usize) {
        let done = {
            let session = self.store.read();
            let Some(taking) = &session.sets.taking else { return };
            let (Some(step), Some(timeline)) = (taking.step(), &taking.timeline) else { return };
            let Some(asked) = taking.asked.get(place) else { return };
            let Some(answer) = asked.choices.get(choice).filter(|_| asked.graded.is_none()) else {
                return;
            };
            let quiz = Quiz::of(timeline).with_numbers(asked.numbers);
            let Ok(graded) = quiz.grade(&asked.question, answer) else { return };
            let given = SetAnswer::Given { answer: answer.clone(), numbers: asked.numbers };
            (step.first + asked.place, given, (choice, graded))
        };
        let (number, given, graded) = done;
        self.taking(|taking| {
            if let Some(answer) = taking.answers.get_mut(number) {
                *answer = given;
            }
            if let Some(asked) = taking.asked.get_mut(place) {
                asked.graded = Some(graded);
            }
        });
    }

    /// Goes to where an answer shows.
    pub(super) fn see_in_set(&self, place: usize) {
        let see = {
            let session = self.store.read();
            let asked = session.sets.taking.as_ref().and_then(|taking| taking.asked.get(place));
            asked.and_then(|asked| asked.graded.as_ref()?.1.see.clone())
        };
        let Some(see) = see else { return };
        if let Some(change) = see.change {
            self.store.act(Action::Edit(change));
        }
        self.store.act(Action::Playback(Playback::Record(see.record)));
    }

    /// Shows the model answer. What was written by then is the answer.
    pub(super) fn show_in_set(&self) {
        let field = browser::element("set-own").and_then(|field| field.dyn_into().ok());
        let written = field.map(|field: HtmlInputElement| field.value()).unwrap_or_default();
        self.taking(|taking| {
            let Some(step) = taking.step() else { return };
            if taking.shown {
                return;
            }
            taking.shown = true;
            if let Some(answer) = taking.answers.get_mut(step.first) {
                let text = written.trim().chars().take(MOST_OWN).collect();
                *answer = SetAnswer::Own { text, right: false };
            }
        });
        self.store.act(Action::Interview(Interviewed::Show));
        focus("interview-points");
    }

    /// The student marks an answer in words.
    pub(super) fn mark(&self, held: bool) {
        self.taking(|taking| {
            let Some(step) = taking.step() else { return };
            if let Some(SetAnswer::Own { right, .. }) = taking.answers.get_mut(step.first) {
                *right = held;
            }
        });
    }

    /// Tells what was asked and answered.
    fn end_set(&self) {
        let app = self.clone();
        spawn_local(async move {
            let taking = app.store.read().sets.taking.clone();
            let Some(taking) = taking else { return };
            let graded = app.graded(&taking.set).await;
            let locale = app.store.read().preferences.locale;
            let answers = graded.iter().zip(&taking.answers);
            let ends =
                Rc::new(answers.map(|(graded, answer)| graded.line(answer, locale)).collect());
            app.clear_stage();
            app.taking(|taking| {
                taking.place = SetPlace::After;
                taking.ends = ends;
                taking.asked.clear();
                taking.timeline = None;
            });
            focus_below_heading("set-results");
        });
    }
}
