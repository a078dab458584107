//! What was missed, asked again: a question of the interviews, or one that the engine grades, and at the
//! end what came of it.

use tcpscope_quiz::{BOXES, ReviewItem, level_in_words, text, theme_in_words};

use super::clock::{clock, stopped};
use super::interview;
use super::lesson::ask;
use crate::store::{Again, Asked, AskedBy, Noted, Reviewing};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon, icon_button};
use crate::ui::picture::Picture;
use crate::ui::review::ReviewCommand;
use crate::ui::teach::TeachCommand;

/// The review at its question, or its end.
pub(super) fn review(picture: &Picture<'_>, reviewing: &Reviewing) -> El {
    let words = &picture.messages.review;
    let interviewing = &picture.session.interviewing;
    let (title, body) = match (&reviewing.now, interviewing.question()) {
        (Again::Spoken(_), Some((_, question))) => {
            let body = match &interviewing.open {
                Some(open) => interview::body(picture, open, &question.points),
                None => classed("div", "interview-body"),
            };
            (question.ask.clone(), body)
        }
        (Again::Graded(graded), _) => {
            (position(picture, reviewing), question(picture, reviewing, &graded.0))
        }
        (Again::Gone(why), _) => {
            let said = el("p").text(words.gone.fill([why]));
            (position(picture, reviewing), classed("div", "interview-body").add(said))
        }
        (Again::Ends, _) => (words.ends.to_owned(), ends(picture, reviewing)),
        (Again::Coming | Again::Spoken(_), _) => {
            let waits = classed("p", "quiet").say(picture.messages.lessons.loading);
            (position(picture, reviewing), classed("div", "interview-body").add(waits))
        }
    };
    let title = classed("div", "lesson-title")
        .add(classed("p", "label num").text(place(picture, reviewing)))
        .add(el("h2").set("id", "interview-title").text(title));
    let leave = Command::Review(ReviewCommand::Leave);
    let head = classed("header", "lesson-head").add(title).add(icon_button(
        icons::CLOSE,
        words.leave,
        "",
        leave,
    ));
    let sheet = el("div").set("id", "review-sheet").set("tabindex", "-1").add(body);
    el("article")
        .set("id", "interview")
        .set("class", "lesson interview review")
        .set("aria-labelledby", "interview-title")
        .add(head.key(0))
        .maybe(clock(picture).map(|clock| clock.key(usize::MAX - 2)))
        .add(sheet.key(1 + reviewing.place))
        .add(foot(picture, reviewing).key(usize::MAX))
}

/// As which of how many.
fn position(picture: &Picture<'_>, reviewing: &Reviewing) -> String {
    let numbers = [reviewing.place + 1, reviewing.queue.len()].map(|number| number.to_string());
    picture.messages.interviews.question_of.fill([&numbers[0], &numbers[1]])
}

/// Where it comes from, and in which box it lies.
fn place(picture: &Picture<'_>, reviewing: &Reviewing) -> String {
    let words = &picture.messages.review;
    if let Some(round) = reviewing.drawn {
        let theme = theme_in_words(round.theme, picture.locale);
        let level = level_in_words(round.level, picture.locale);
        return picture.messages.interviews.of.fill([theme, level]);
    }
    let Some(due) = reviewing.due() else { return words.title.to_owned() };
    let from = match ReviewItem::from_name(&due.item) {
        Some(ReviewItem::Interview { .. }) => words.from_interview,
        Some(ReviewItem::Round { .. }) => words.from_round,
        Some(ReviewItem::Lesson { .. }) => words.from_lesson,
        None => words.title,
    };
    words.place.fill([from, &due.leitner.to_string(), &BOXES.len().to_string()])
}

fn question(picture: &Picture<'_>, reviewing: &Reviewing, asked: &Asked) -> El {
    let quiz = ask::quiz(asked);
    let question = el("span").text(text(&quiz, &asked.question, picture.locale));
    let controls = ask::Controls {
        answer: |choice| Command::Review(ReviewCommand::Answer(choice)),
        first: 0,
        see: Command::Review(ReviewCommand::See),
        once: true,
        by: AskedBy::Review,
    };
    let noted = reviewing.done.last().filter(|_| asked.graded.is_some());
    let noted = noted.map(|(_, noted)| interview::comes_back(picture, *noted));
    classed("div", "interview-body asks")
        .add(ask::ask(picture, 0, asked, question, &controls).key(0))
        .maybe(noted.map(|noted| classed("p", "quiet").set("role", "status").text(noted).key(1)))
}

/// What came of it.
fn ends(picture: &Picture<'_>, reviewing: &Reviewing) -> El {
    let words = &picture.messages.review;
    let rights = reviewing.done.iter().filter(|(_, noted)| noted.right).count();
    let numbers = [rights, reviewing.done.len()].map(|number| number.to_string());
    let score = picture.messages.quiz.score.fill([&numbers[0], &numbers[1]]);
    let quiz = &picture.messages.quiz;
    let mut list = classed("ul", "review-marks");
    for (place, noted) in &reviewing.done {
        let (sign, verdict) = if noted.right { ("✓", quiz.right) } else { ("✗", quiz.wrong) };
        let sign = classed("span", "sign").set("aria-hidden", "true").say(sign);
        let back = classed("span", "quiet").text(when(picture, *noted));
        list = list.add(
            el("li")
                .flag("data-right", noted.right)
                .add(sign)
                .add(classed("span", "sr").say(verdict))
                .add(el("span").text(asked_at(picture, reviewing, *place)).say(" ").add(back)),
        );
    }
    let kept = picture.session.teaching.kept;
    let (review, _) = picture.session.teaching.review();
    let numbers = [review.items(), review.learned()].map(|number| number.to_string());
    // A review may be left for later; an interview is drawn to be held.
    let drawn =
        reviewing.drawn.and_then(|_| stopped(picture, reviewing.done.len(), reviewing.queue.len()));
    classed("div", "interview-body")
        .maybe(drawn)
        .add(el("p").add(el("b").text(score)))
        .add(list)
        .add(el("p").text(words.kept.fill([&numbers[0], &numbers[1]])))
        .maybe((!kept).then(|| classed("p", "quiet").say(words.forgets)))
}

/// When it is asked again, if it is.
fn when(picture: &Picture<'_>, noted: Noted) -> String {
    let words = &picture.messages.review;
    match noted.back {
        None => String::new(),
        Some(1) => words.tomorrow.to_owned(),
        Some(days) => words.comes_back.fill([&days.to_string()]),
    }
}

/// What was asked at a place: a question of the interviews in its words, else where it comes from.
fn asked_at(picture: &Picture<'_>, reviewing: &Reviewing, place: usize) -> String {
    let words = &picture.messages.review;
    let interviewing = &picture.session.interviewing;
    let item = reviewing.queue.get(place).and_then(|due| ReviewItem::from_name(&due.item));
    match item {
        Some(ReviewItem::Interview { id }) => {
            let found = interviewing.named(&id).and_then(|place| interviewing.find(place));
            found.map_or(id, |(_, question)| question.ask.clone())
        }
        Some(ReviewItem::Round { round, .. }) => {
            let theme = theme_in_words(round.theme, picture.locale);
            picture.messages.interviews.of.fill([words.from_round, theme])
        }
        Some(ReviewItem::Lesson { lesson, .. }) => {
            let course = picture.session.teaching.course();
            let entry = course.and_then(|course| course.find(&lesson));
            let title = entry.map_or(&lesson, |entry| &entry.title);
            picture.messages.interviews.of.fill([words.from_lesson, title])
        }
        None => String::new(),
    }
}

/// To all questions, and on.
fn foot(picture: &Picture<'_>, reviewing: &Reviewing) -> El {
    let words = &picture.messages.review;
    let all = button("button", Command::Teach(TeachCommand::Interview))
        .say(picture.messages.interviews.all_questions);
    let place = position(picture, reviewing);
    let foot = classed("footer", "lesson-foot").add(all);
    if reviewing.due().is_none() {
        return foot;
    }
    let open = picture.session.interviewing.open.as_ref();
    let answered = match &reviewing.now {
        Again::Spoken(_) => open.is_some_and(|open| open.noted.is_some()),
        Again::Graded(graded) => graded.0.graded.is_some(),
        Again::Gone(_) => true,
        Again::Coming | Again::Ends => false,
    };
    let last = reviewing.place + 1 >= reviewing.queue.len();
    let name = match (answered, last) {
        (false, _) => words.later,
        (true, true) => words.to_end,
        (true, false) => words.next,
    };
    let class = if answered { "button primary" } else { "button" };
    let next = button(class, Command::Review(ReviewCommand::On))
        .add(el("span").say(name))
        .add(icon(icons::NEXT));
    foot.add(classed("span", "num").text(place)).add(next)
}
