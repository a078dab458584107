//! What is asked after an interview's answer: drawn with a seed on runs of its own points.

use std::collections::BTreeMap;
use std::rc::Rc;

use tcpscope_quiz::{InterviewQuestion, Quiz};
use tcpscope_sim::Setup;
use yew::platform::spawn_local;

use super::interviews::focus;
use super::points::Shows;
use super::{App, LoadError, learn_now, link};
use crate::browser::copy_text;
use crate::store::{Action, Arrange, Asked, FollowUp, Interviewed, Playback, Pose, Run};

impl App {
    /// Begins them with a seed of their own.
    pub(super) fn begin_follow_ups(&self) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^32")]
        let seed = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        self.draw_follow_ups(seed);
    }

    fn draw_follow_ups(&self, seed: u32) {
        let first = {
            let session = self.store.read();
            let Some((_, question)) = session.interviewing.question() else { return };
            FollowUp {
                of: question.id.clone(),
                seed,
                place: 0,
                count: u8::try_from(question.follow_ups.len()).unwrap_or(u8::MAX),
                asked: None,
                rights: 0,
                copied: None,
            }
        };
        self.draw_follow_up(first);
    }

    /// The one after the one that was answered.
    pub(super) fn next_follow_up(&self) {
        let next = self.store.read().posing.follow_up.clone();
        if let Some(next) = next {
            self.draw_follow_up(FollowUp { place: next.place + 1, asked: None, ..next });
        }
    }

    /// The same again: the figure shows another run.
    pub(super) fn draw_follow_up_again(&self) {
        let same = self.store.read().posing.follow_up.clone();
        if let Some(same) = same {
            self.draw_follow_up(same);
        }
    }

    /// Opens what an address asks for.
    pub(super) fn open_follow_ups(&self, of: &str) {
        let (app, of) = (self.clone(), of.to_owned());
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            learn_now(locale);
            let outcome = app.interviews(locale).await.and_then(|()| app.open_follow_ups_now(&of));
            app.told(outcome);
        });
    }

    fn open_follow_ups_now(&self, of: &str) -> Result<(), LoadError> {
        let found = FollowUp::from_link(of).and_then(|(id, seed)| {
            let session = self.store.read();
            Some((session.interviewing.named(id)?, seed))
        });
        let Some((place, seed)) = found else {
            let words = &self.store.read().messages().asking;
            return Err(LoadError::Lesson(words.follow_unknown.fill([of])));
        };
        self.shut();
        self.store.act(Action::Beside(None));
        self.store.act(Action::Interview(Interviewed::Open(place)));
        self.store.act(Action::Interview(Interviewed::Show));
        self.draw_follow_ups(seed);
        Ok(())
    }

    fn draw_follow_up(&self, follow_up: FollowUp) {
        let app = self.clone();
        spawn_local(async move {
            let outcome = app.draw_follow_up_now(follow_up).await;
            app.told(outcome);
        });
    }

    /// Draws the question, puts its run into the figure, and asks.
    async fn draw_follow_up_now(&self, mut follow_up: FollowUp) -> Result<(), LoadError> {
        let question = {
            let session = self.store.read();
            let place = session.interviewing.named(&follow_up.of);
            place.and_then(|place| session.interviewing.find(place)).map(|(_, it)| it.clone())
        };
        let Some(question) = question else { return Ok(()) };
        let shown = self.shown_in(&question).await?;
        let mut setup = |name: &str| -> Option<Setup> { Some(shown.get(name)?.scenario.setup()) };
        let numbers = self.store.read().preferences.numbers;
        while follow_up.place < follow_up.count {
            let drawn = question.follow_up(follow_up.place, follow_up.seed.into(), &mut setup);
            if let Some(drawn) = drawn
                && let Some(Shows { scenario, own }) = shown.get(&drawn.scenario).cloned()
            {
                let quiz: Quiz<'_> = drawn.quiz().with_numbers(numbers);
                let (question, choices) = (drawn.question, quiz.choices(&drawn.question));
                let record = question.at;
                let run = Rc::new(drawn.timeline.clone());
                let asked = Asked { place: 0, question, run, numbers, choices, graded: None };
                let run = Run::of(scenario, own, drawn.timeline);
                self.store.act(Action::Load(Box::new(run)));
                self.store.act(Action::Playback(Playback::Record(record)));
                self.store.act(Action::Arrange(Arrange::Follow(true)));
                follow_up.asked = Some(asked);
                break;
            }
            // No moment of its points allows this kind.
            follow_up.place += 1;
        }
        self.store.act(Action::Pose(Pose::FollowUp(Some(Box::new(follow_up)))));
        focus("follow-ups");
        Ok(())
    }

    /// Copies the link that asks the same.
    pub(super) fn copy_follow_ups(&self) {
        let app = self.clone();
        spawn_local(async move {
            let Some(link) = link(&app.store) else { return };
            let copied = copy_text(&link).await;
            let follow_up = app.store.read().posing.follow_up.clone();
            if let Some(follow_up) = follow_up {
                let copied = FollowUp { copied: Some(copied), ..follow_up };
                app.store.act(Action::Pose(Pose::FollowUp(Some(Box::new(copied)))));
            }
        });
    }

    /// What the points of a question show in, by their names.
    async fn shown_in(
        &self,
        question: &InterviewQuestion,
    ) -> Result<BTreeMap<String, Shows>, LoadError> {
        let mut shown = BTreeMap::new();
        for point in &question.points {
            if !shown.contains_key(&point.scenario) {
                shown.insert(point.scenario.clone(), self.shows(&point.scenario).await?);
            }
        }
        Ok(shown)
    }
}
