//! Questions wherever they are asked: about the present moment, by typing, given up.

use std::rc::Rc;

use tcpscope_quiz::{AnswerError, Answered, Quiz, ReviewItem};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement};

use super::interviews::focus;
use super::{App, learn_now};
use crate::browser;
use crate::store::{
    Action, Arrange, Asked, AskedBy, Interviewed, Playback, Pose, ReviewChange, Session, Size, Tab,
    Teach, Trouble,
};
use crate::ui::{QuizCommand, field_id};

impl App {
    /// Does what a control asks of questions.
    pub(crate) fn quiz(&self, command: QuizCommand) {
        match command {
            QuizCommand::Here => self.ask_here(),
            QuizCommand::Pick(place) => self.pick_question(place),
            QuizCommand::Answer(choice) => self.answer_chosen(AskedBy::Here, choice),
            QuizCommand::FollowAnswer(choice) => self.answer_chosen(AskedBy::FollowUp, choice),
            QuizCommand::See => self.see_answer(AskedBy::Here),
            QuizCommand::FollowSee => self.see_answer(AskedBy::FollowUp),
            QuizCommand::Close => {
                self.store.act(Action::Pose(Pose::Here(None)));
                focus("ask-here");
            }
            QuizCommand::TypedLesson(place) => self.answer_typed(AskedBy::Lesson(place)),
            QuizCommand::TypedSet(place) => self.answer_typed(AskedBy::Set(place)),
            QuizCommand::TypedRound => self.answer_typed(AskedBy::Round),
            QuizCommand::TypedReview => self.answer_typed(AskedBy::Review),
            QuizCommand::TypedHere => self.answer_typed(AskedBy::Here),
            QuizCommand::TypedFollowUp => self.answer_typed(AskedBy::FollowUp),
            QuizCommand::GiveUp => {
                self.give_up();
                focus("stage");
            }
            QuizCommand::GiveUpFor => self.give_up_for_wanted(),
            QuizCommand::Follow => self.begin_follow_ups(),
            QuizCommand::FollowNext => self.next_follow_up(),
            QuizCommand::FollowBack => self.draw_follow_up_again(),
            QuizCommand::FollowCopy => self.copy_follow_ups(),
        }
    }

    /// Shows what can be asked about the present moment.
    fn ask_here(&self) {
        learn_now(self.store.read().preferences.locale);
        self.store.act(Action::Playback(Playback::Pause));
        let shell = self.store.read().shell;
        if shell.shown_tab() != Tab::Ask || shell.shown_size() == Size::Shut {
            browser::reveal(Tab::Ask.id());
            self.store.act(Action::Arrange(Arrange::Tab(Tab::Ask)));
        }
        focus("ask-here");
    }

    /// Asks one of the questions that the present moment allows.
    fn pick_question(&self, place: usize) {
        let asked = {
            let session = self.store.read();
            let Some(run) = session.run.as_ref().filter(|run| !run.is_veiled()) else { return };
            let numbers = session.preferences.numbers;
            let quiz = Quiz::of(run.timeline()).with_numbers(numbers);
            let Some(question) = quiz.ask(run.moment().record).get(place).copied() else { return };
            let choices = quiz.choices(&question);
            let run = Rc::new(run.timeline().clone());
            Asked { place, question, run, numbers, choices, graded: None }
        };
        self.store.act(Action::Pose(Pose::Here(Some(asked))));
        focus("ask-here");
    }

    /// A choice was made for a question that stands at no stop and in no round.
    fn answer_chosen(&self, by: AskedBy, choice: usize) {
        let asked = {
            let session = self.store.read();
            session.asked_by(by).filter(|asked| asked.is_open()).and_then(|asked| {
                let quiz = asked.quiz();
                let graded = quiz.grade(&asked.question, asked.choices.get(choice)?).ok()?;
                Some(Asked { graded: Some((choice, graded)), ..asked.clone() })
            })
        };
        if let Some(asked) = asked {
            self.put_asked(by, asked);
        }
    }

    /// The field's text is read as an answer; what cannot be understood is told, and counts as
    /// nothing.
    fn answer_typed(&self, by: AskedBy) {
        let field = browser::element(&field_id(by)).and_then(|field| field.dyn_into().ok());
        let Some(field): Option<HtmlInputElement> = field else { return };
        let read = {
            let session = self.store.read();
            let Some(asked) = session.asked_by(by).filter(|asked| asked.is_open()) else { return };
            asked.read(&field.value())
        };
        match read {
            Ok((asked, choice)) => {
                // It stands among the choices from now on, and is graded as they are.
                self.put_asked(by, asked);
                match by {
                    AskedBy::Lesson(place) => self.answer(place, choice),
                    AskedBy::Set(place) => self.answer_in_set(place, choice),
                    AskedBy::Round => self.answer_in_round(choice),
                    AskedBy::Review => self.answer_again(choice),
                    AskedBy::Here | AskedBy::FollowUp => self.answer_chosen(by, choice),
                }
            }
            Err(error) => {
                self.store.act(Action::Pose(Pose::Trouble(Trouble { by, error })));
                // The field has the focus still, or has it again.
                let _ = field.focus();
            }
        }
    }

    /// Enter was pressed in such a field.
    pub(super) fn enter(&self, field: Option<&Element>) {
        let asked = field.and_then(|field| field.get_attribute("data-enter"));
        if let Some(command) = asked.and_then(|text| QuizCommand::from_text(&text)) {
            self.quiz(command);
        }
    }

    /// Tells the answers of all open questions, and shows what follows.
    pub(crate) fn give_up(&self) {
        // Whoever gives out a set wants its answers.
        if self.store.read().asks_in_set() {
            return;
        }
        let (lesson, missed, round, here, follow_up) = {
            let session = self.store.read();
            let given_up = |asked: &Asked| {
                let quiz = asked.quiz();
                asked.is_open().then(|| asked.given_up(&quiz))
            };
            let lesson = session.asked_at_stop();
            let missed: Vec<_> = lesson
                .iter()
                .filter(|it| it.is_open())
                .filter_map(|it| session.item_of(it))
                .collect();
            let lesson = lesson.iter().map(|it| given_up(it).unwrap_or_else(|| it.clone()));
            let lesson: Vec<_> = if missed.is_empty() { Vec::new() } else { lesson.collect() };
            let by = |by| session.asked_by(by).and_then(given_up);
            (lesson, missed, session.round_given_up(), by(AskedBy::Here), by(AskedBy::FollowUp))
        };
        if !lesson.is_empty() {
            self.store.act(Action::Teach(Teach::Asked(lesson)));
        }
        // What was not known is missed, whether something else was answered or nothing.
        for item in missed {
            self.note(&item, false);
        }
        if let Some((asked, item)) = round {
            let kind = asked.question.kind.place();
            let answered = Answered { kind, answer: None, right: false, tenths: 0 };
            self.store.act(Action::Interview(Interviewed::Answered(asked, answered)));
            self.note(&item, false);
        }
        self.give_up_review();
        if let Some(asked) = here {
            self.put_asked(AskedBy::Here, asked);
        }
        if let Some(asked) = follow_up {
            self.put_asked(AskedBy::FollowUp, asked);
        }
        self.store.act(Action::Pose(Pose::Unveil));
    }

    /// What a review asks is missed then.
    fn give_up_review(&self) {
        let given_up = {
            let session = self.store.read();
            let Some(reviewing) = &session.interviewing.reviewing else { return };
            let Some(asked) = reviewing.asked().filter(|asked| asked.is_open()) else { return };
            let Some(timeline) = reviewing.timeline() else { return };
            let quiz = Quiz::of(timeline).with_numbers(asked.numbers);
            let item = reviewing.due().and_then(|due| ReviewItem::from_name(&due.item));
            item.map(|item| (item, asked.given_up(&quiz)))
        };
        if let Some((item, asked)) = given_up {
            let noted = self.note(&item, false);
            self.change(ReviewChange::Answered(Box::new(asked), noted));
        }
    }

    /// Puts what became of a question in its place.
    fn put_asked(&self, by: AskedBy, asked: Asked) {
        let action = match by {
            AskedBy::Lesson(place) => {
                let mut all = match &self.store.read().teaching.reading {
                    Some(reading) => reading.asked.clone(),
                    None => return,
                };
                if let Some(one) = all.get_mut(place) {
                    *one = asked;
                }
                Action::Teach(Teach::Asked(all))
            }
            AskedBy::Set(place) => {
                return self.taking(|taking| {
                    if let Some(one) = taking.asked.get_mut(place) {
                        *one = asked;
                    }
                });
            }
            AskedBy::Round => Action::Interview(Interviewed::Asked(asked)),
            AskedBy::Review => return self.change(ReviewChange::Asked(Box::new(asked))),
            AskedBy::Here => Action::Pose(Pose::Here(Some(asked))),
            AskedBy::FollowUp => {
                let Some(mut follow_up) = self.store.read().posing.follow_up.clone() else {
                    return;
                };
                let right = asked.graded.as_ref().is_some_and(|(_, graded)| graded.right);
                follow_up.rights += u8::from(right);
                follow_up.asked = Some(asked);
                Action::Pose(Pose::FollowUp(Some(Box::new(follow_up))))
            }
        };
        self.store.act(action);
    }

    /// Goes to where an answer shows; where the run has to be changed for that, it is.
    fn see_answer(&self, by: AskedBy) {
        let see = {
            let session = self.store.read();
            session.asked_by(by).and_then(|asked| asked.graded.as_ref()?.1.see.clone())
        };
        let Some(see) = see else { return };
        if let Some(change) = see.change {
            self.store.act(Action::Edit(change));
        }
        self.store.act(Action::Playback(Playback::Record(see.record)));
    }
}

impl Session {
    /// What this sheet asks.
    fn asked_by(&self, by: AskedBy) -> Option<&Asked> {
        match by {
            AskedBy::Lesson(place) => self.teaching.reading.as_ref()?.asked.get(place),
            AskedBy::Set(place) => self.sets.taking.as_ref()?.asked.get(place),
            AskedBy::Round => self.interviewing.round.as_ref()?.asked.as_ref(),
            AskedBy::Review => self.interviewing.reviewing.as_ref()?.asked(),
            AskedBy::Here => self.posing.here.as_ref(),
            AskedBy::FollowUp => self.posing.follow_up.as_ref()?.asked.as_ref(),
        }
    }

    /// What the round asks, given up: of the round's own run, whatever was done to the one in the
    /// figure.
    fn round_given_up(&self) -> Option<(Asked, ReviewItem)> {
        let playing = self.interviewing.round.as_ref()?;
        let asked = playing.asked.as_ref().filter(|asked| asked.is_open())?;
        let place = u8::try_from(playing.answers.len()).ok()?;
        let drawn = playing.drawn(place)?;
        let item = ReviewItem::Round { round: playing.round, place };
        Some((asked.given_up(&drawn.quiz().with_numbers(asked.numbers)), item))
    }
}

impl Asked {
    /// What grades it: the whole of its run, of which the figure shows a part.
    pub(super) fn quiz(&self) -> Quiz<'_> {
        Quiz::of(&self.run).with_numbers(self.numbers)
    }

    /// Reads what was typed: the question with the answer among its choices, and its place there.
    fn read(&self, text: &str) -> Result<(Self, usize), AnswerError> {
        let answer = self.quiz().read(&self.question, text)?;
        let mut asked = self.clone();
        let known = asked.choices.iter().position(|choice| *choice == answer);
        let place = known.unwrap_or_else(|| {
            asked.choices.push(answer);
            asked.choices.len() - 1
        });
        Ok((asked, place))
    }

    /// The same, its answer told: as if something else had been answered that stands nowhere.
    pub(super) fn given_up(&self, quiz: &Quiz<'_>) -> Self {
        let grade = |answer| quiz.grade(&self.question, answer).ok();
        let mut graded = self.choices.iter().filter_map(grade);
        let wrong = graded.find(|graded| !graded.right);
        Self { graded: wrong.map(|graded| (usize::MAX, graded)), ..self.clone() }
    }

    /// Answered as it was before, perhaps in other numbers.
    pub(super) fn answer_as(&mut self, before: &Self, quiz: &Quiz<'_>) {
        let Some((choice, _)) = &before.graded else { return };
        // What was typed stands in the numbers in which it was.
        if (self.choices.len()..before.choices.len()).contains(choice) {
            return self.clone_from(before);
        }
        *self = match self.choices.get(*choice) {
            Some(answer) => {
                let graded = quiz.grade(&self.question, answer).ok();
                Self { graded: graded.map(|graded| (*choice, graded)), ..self.clone() }
            }
            None => self.given_up(quiz),
        };
    }
}
