//! Questions at a stop: asked of the run that the figure shows, and graded by it.

use std::rc::Rc;

use tcpscope_lesson::course::SheetAsk;
use tcpscope_quiz::{Kind, Question, Quiz, ReviewItem};
use tcpscope_sim::{HostId, RecordId, Trace};

use crate::app::App;
use crate::store::{Action, Asked, Session, Teach};

impl App {
    /// Asks what the stop asks.
    pub(super) fn ask(&self) {
        let asked = self.store.read().asked_here();
        self.store.act(Action::Teach(Teach::Asked(asked)));
    }

    /// A choice was made.
    pub(in crate::app) fn answer(&self, place: usize, choice: usize) {
        let (asked, told) = {
            let session = self.store.read();
            let Some(reading) = &session.teaching.reading else { return };
            let (Some(run), Some(stop)) = (&session.run, reading.stop()) else { return };
            if !reading.shows_run(stop.run, run) {
                return;
            }
            let quiz = Quiz::of(run.timeline()).with_numbers(session.preferences.numbers);
            let mut asked = reading.asked.clone();
            let Some(one) = asked.get_mut(place) else { return };
            let Some(answer) = one.choices.get(choice) else { return };
            // The run tells what it was asked for: the question was made of it.
            let first = one.graded.is_none();
            let graded = quiz.grade(&one.question, answer).ok();
            let item = session.item_of(one);
            let told = item.zip(graded.as_ref()).map(|(item, graded)| (item, graded.right, first));
            one.graded = graded.map(|graded| (choice, graded));
            (asked, told)
        };
        self.store.act(Action::Teach(Teach::Asked(asked)));
        match told {
            // Whoever tries again knows what was wrong: only the first answer tells what is known.
            Some((item, right, true)) => {
                self.note(&item, right);
            }
            Some((item, right, false)) => self.tell(&item, right),
            None => {}
        }
    }

    /// Goes to where an answer shows; where the run has to be changed for that, it is.
    pub(super) fn see(&self, place: usize) {
        let see = {
            let session = self.store.read();
            let reading = session.teaching.reading.as_ref();
            let asked = reading.and_then(|reading| reading.asked.get(place));
            asked.and_then(|asked| asked.graded.as_ref()?.1.see.clone())
        };
        self.see_at(see);
    }
}

impl Session {
    /// The name under which a review keeps a question of the stop that is read.
    pub(in crate::app) fn item_of(&self, asked: &Asked) -> Option<ReviewItem> {
        let reading = self.teaching.reading.as_ref()?;
        let (lesson, stop) = (reading.sheet.id.clone(), reading.stop()?.id.clone());
        let place = u8::try_from(asked.place).unwrap_or(u8::MAX);
        Some(ReviewItem::Lesson { lesson, stop, place })
    }

    /// The questions of the stop that is read, as its run allows them.
    fn asked_here(&self) -> Vec<Asked> {
        let Some(reading) = &self.teaching.reading else { return Vec::new() };
        let (Some(run), Some(stop)) = (&self.run, reading.stop()) else { return Vec::new() };
        if stop.asks.is_empty() || !reading.shows_run(stop.run, run) {
            return Vec::new();
        }
        let numbers = self.preferences.numbers;
        let quiz = Quiz::of(run.timeline()).with_numbers(numbers);
        let asks = stop.asks.iter().enumerate();
        let of = Rc::new(run.timeline().clone());
        let asked = asks.filter_map(|(place, ask)| {
            let question = question_of(&quiz, ask, stop.record)?;
            let choices = quiz.choices(&question);
            let of = of.clone();
            let mut asked = Asked { place, question, run: of, numbers, choices, graded: None };
            // What was answered at this stop stays answered.
            if let Some(before) = reading.asked.iter().find(|it| it.question == question) {
                asked.answer_as(before, &quiz);
            }
            // One that this run cannot answer is not asked.
            (asked.choices.len() > 1).then_some(asked)
        });
        asked.collect()
    }
}

/// The question that a lesson asks at a record; `None` where its run has none such.
pub(in crate::app) fn question_of(
    quiz: &Quiz<'_>,
    ask: &SheetAsk,
    record: u32,
) -> Option<Question> {
    let trace = quiz.timeline().trace();
    let all = quiz.ask(RecordId(record));
    let found = all.iter().find(|it| is_meant(it, ask, trace)).copied();
    found.or_else(|| of_packet(ask, record, trace))
}

/// What follows from a loss may be asked of a packet that is lost anyway, or of one of many.
fn of_packet(ask: &SheetAsk, record: u32, trace: &Trace) -> Option<Question> {
    let packet = trace.packet_named(ask.packet.as_deref()?)?;
    let kind = Kind::WhatIfLost { packet };
    (kind.name() == ask.kind).then_some(Question { at: RecordId(record), kind })
}

/// Whether a question is the one that a lesson asks.
fn is_meant(question: &Question, ask: &SheetAsk, trace: &Trace) -> bool {
    let is_host = |host: HostId| {
        let named = ask.host.as_deref().map(|name| name.split(['@', '#']).next().unwrap_or(name));
        named.is_none_or(|name| trace.place_name(host) == Some(name))
    };
    let about = match question.kind {
        Kind::NextState { host, .. }
        | Kind::NextSegment { host }
        | Kind::CallReturns { host }
        | Kind::MaySend { host, .. } => is_host(host),
        Kind::WhatIfLost { packet } => {
            ask.packet.as_ref().is_none_or(|name| *name == trace.packet_name(packet))
        }
        Kind::WhoSendsNext | Kind::WhichTimer => true,
    };
    about && question.kind.name() == ask.kind
}
