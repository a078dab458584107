//! A set is composed: items are added, ticked, moved.

use tcpscope_quiz::{Quiz, Set, SetItem, SetStop, ask_name, text};
use tcpscope_view::{Locale, Numbers};
use yew::platform::spawn_local;

use super::staged::sheet_of;
use crate::app::{App, LoadError};
use crate::browser;
use crate::store::{
    Action, OfferedMoment, Offers, QuestionPlace, SetChange, Teach, sheet_ask_name, toggle_name,
    toggle_stop,
};

impl App {
    /// Changes the draft.
    pub(super) fn draft(&self, change: impl FnOnce(&mut Set)) {
        let mut draft = self.store.read().sets.draft.clone();
        change(&mut draft);
        self.tell_set(SetChange::Draft(draft));
    }

    fn add(&self, item: SetItem) {
        self.draft(|set| set.items.push(item));
        self.offer_now();
    }

    /// Adds a lesson with all its stops and questions.
    pub(super) fn add_lesson(&self, place: usize) {
        let id = {
            let session = self.store.read();
            let course = session.teaching.course();
            course.and_then(|course| Some(course.entries.get(place)?.id.clone()))
        };
        let Some(id) = id else { return };
        let app = self.clone();
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            let outcome = sheet_of(&id, locale).await.map(|sheet| {
                let stops = sheet.stops.iter().map(|stop| SetStop {
                    stop: stop.id.clone(),
                    asks: stop.asks.iter().map(sheet_ask_name).collect(),
                });
                app.add(SetItem::Lesson { lesson: id, stops: stops.collect() });
            });
            app.missing_in_set(outcome);
        });
    }

    /// Adds the moment that the figure shows, with what was done to the run.
    pub(super) fn add_moment(&self) {
        let item = {
            let session = self.store.read();
            let (Some(run), Some(link)) = (&session.run, session.run_link()) else { return };
            let quiz = Quiz::of(run.timeline());
            let first = quiz.ask(run.moment().record).first().copied();
            let asks = first.map(|first| ask_name(&first, run.trace())).into_iter().collect();
            SetItem::Moment { link: link.to_text(), say: String::new(), asks }
        };
        self.add(item);
    }

    pub(super) fn add_question(&self, number: usize) {
        let id = {
            let session = self.store.read();
            let found = session.interviewing.find(QuestionPlace::of(number));
            found.map(|(_, question)| question.id.clone())
        };
        if let Some(question) = id {
            self.add(SetItem::Interview { question });
        }
    }

    /// Takes an item out. The control goes: the focus comes to the list.
    pub(super) fn remove_item(&self, place: usize) {
        self.draft(|set| {
            if place < set.items.len() {
                set.items.remove(place);
            }
        });
        crate::app::interviews::focus("set-items");
    }

    /// Two neighbours change places; the focus stays with the one that was moved.
    pub(super) fn swap_items(&self, upper: usize, lower: usize, way: &'static str) {
        let items = self.store.read().sets.draft.items.len();
        if upper >= items || lower >= items {
            return;
        }
        self.draft(|set| set.items.swap(upper, lower));
        let moved = if way == "up" { upper } else { lower };
        let id = format!("set-{way}-{moved}");
        gloo_timers::callback::Timeout::new(0, move || browser::focus(&id)).forget();
    }

    pub(super) fn tick_stop(&self, item: usize, stop: usize) {
        let offers = self.store.read().sets.offers.clone();
        self.draft(|set| {
            if let Some(SetItem::Lesson { lesson, stops }) = set.items.get_mut(item)
                && let Some(sheet) = offers.lesson(lesson)
            {
                toggle_stop(stops, sheet, stop);
            }
        });
    }

    pub(super) fn tick_ask(&self, item: usize, stop: usize, ask: usize) {
        let offers = self.store.read().sets.offers.clone();
        self.draft(|set| match set.items.get_mut(item) {
            Some(SetItem::Lesson { lesson, stops }) => {
                let Some(sheet) = offers.lesson(lesson) else { return };
                let Some(stop) = sheet.stops.get(stop) else { return };
                let all: Vec<_> = stop.asks.iter().map(sheet_ask_name).collect();
                let chosen = stops.iter_mut().find(|chosen| chosen.stop == stop.id);
                if let Some(chosen) = chosen {
                    toggle_name(&mut chosen.asks, &all, ask);
                }
            }
            Some(SetItem::Moment { link, asks, .. }) => {
                let Some(moment) = offers.moment(link) else { return };
                let all: Vec<_> = moment.asks.iter().map(|(name, _)| name.clone()).collect();
                toggle_name(asks, &all, ask);
            }
            Some(SetItem::Interview { .. }) | None => {}
        });
    }

    pub(super) fn say_of_moment(&self, place: usize, said: String) {
        self.draft(|set| {
            if let Some(SetItem::Moment { say, .. }) = set.items.get_mut(place) {
                *say = said;
            }
        });
    }

    /// Makes what can be chosen of the draft's items, in the reader's language.
    pub(super) fn offer_now(&self) {
        let app = self.clone();
        spawn_local(async move {
            let locale = app.store.read().preferences.locale;
            let outcome = app.offer(locale).await;
            app.missing_in_set(outcome);
        });
    }

    pub(in crate::app) async fn offer(&self, locale: Locale) -> Result<(), LoadError> {
        self.interviews(locale).await?;
        let draft = self.store.read().sets.draft.clone();
        let mut offers: Offers = (*self.store.read().sets.offers).clone();
        offers.lessons.retain(|(of, _)| *of == locale);
        offers.moments.retain(|(of, _)| *of == locale);
        // What is missing is told, and does not keep the others away.
        let mut outcome = Ok(());
        for item in &draft.items {
            let offered = match item {
                SetItem::Lesson { lesson, .. } if offers.lesson(lesson).is_none() => {
                    sheet_of(lesson, locale).await.map(|sheet| offers.lessons.push((locale, sheet)))
                }
                SetItem::Moment { link, .. } if offers.moment(link).is_none() => {
                    let moment = self.offered(link, locale).await;
                    moment.map(|moment| offers.moments.push((locale, moment)))
                }
                SetItem::Lesson { .. } | SetItem::Moment { .. } | SetItem::Interview { .. } => {
                    Ok(())
                }
            };
            outcome = outcome.and(offered);
        }
        self.tell_set(SetChange::Offers(offers));
        outcome
    }

    /// What can be asked at a moment.
    async fn offered(&self, link: &str, locale: Locale) -> Result<OfferedMoment, LoadError> {
        let (run, moment) = self.run_of(link).await?;
        let quiz = Quiz::of(run.timeline()).with_numbers(Numbers::Relative);
        let questions = quiz.ask(moment.record).into_iter();
        let asks = questions
            .filter(|question| quiz.choices(question).len() > 1)
            .map(|question| (ask_name(&question, run.trace()), text(&quiz, &question, locale)));
        Ok(OfferedMoment {
            link: link.to_owned(),
            title: run.scenario().title().in_locale(locale.tag()).to_owned(),
            at: moment.at,
            changes: run.timeline().edits().len(),
            asks: asks.collect(),
        })
    }

    fn missing_in_set(&self, outcome: Result<(), LoadError>) {
        if let Err(error) = outcome {
            self.store.act(Action::Teach(Teach::Missing(error.to_string())));
        }
    }
}
