//! A set as a student answers it: what it is, a step after another, the results and their code.

use tcpscope_quiz::{MOST_NAME, MOST_OWN, SetAnswer, SetItem, text};

use super::interview::answer as model_answer;
use super::lesson::ask;
use super::lesson::words::{Writer, card};
use crate::store::{Asked, AskedBy, Copied, SetPlace, Taking, Verdict, sheet_ask_name};
use crate::ui::book::{copied, counts};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon, icon_button};
use crate::ui::picture::Picture;
use crate::ui::set::SetCommand;

/// The set.
pub(super) fn set(picture: &Picture<'_>, taking: &Taking) -> El {
    let mut writer = Writer::new(picture);
    let body = match taking.place {
        SetPlace::Before => before(picture, taking).key(usize::MAX - 1),
        SetPlace::Step(place) => step(picture, taking, &mut writer).key(place + 1),
        SetPlace::After => after(picture, taking).key(usize::MAX - 2),
    };
    el("article")
        .set("id", "set")
        .set("class", "lesson interview set")
        .set("aria-labelledby", "set-heading")
        .add(head(picture, taking).key(0))
        .add(body)
        .add(foot(picture, taking).key(usize::MAX))
        .maybe(card(picture).map(|card| card.key(usize::MAX - 3)))
}

fn head(picture: &Picture<'_>, taking: &Taking) -> El {
    let words = &picture.messages.sets;
    let title = if taking.set.title.is_empty() {
        words.untitled.to_owned()
    } else {
        taking.set.title.clone()
    };
    let all = taking.steps.len();
    let (label, heading) = match taking.place {
        SetPlace::Before => (words.tab.to_owned(), title),
        SetPlace::Step(place) => {
            (title, words.step.fill([&(place + 1).to_string(), &all.to_string()]))
        }
        SetPlace::After => (title, words.results.to_owned()),
    };
    let heading = classed("div", "lesson-title")
        .add(classed("p", "label").text(label))
        .add(el("h2").set("id", "set-heading").text(heading));
    let presenting = picture.session.shell.presenting;
    let name = if presenting { words.no_full_screen } else { words.full_screen };
    classed("header", "lesson-head")
        .add(heading)
        .add(steps(picture, taking))
        .add(icon_button(icons::PRESENT, name, "", Command::Present))
        .add(icon_button(icons::CLOSE, words.leave, "", Command::Set(SetCommand::Leave)))
}

/// The steps; those that can be gone to are controls.
fn steps(picture: &Picture<'_>, taking: &Taking) -> El {
    let words = &picture.messages.sets;
    let mut list = el("ol");
    for (place, step) in taking.steps.iter().enumerate() {
        let here = taking.place == SetPlace::Step(place);
        let answered = taking.answers.iter().skip(step.first).take(step.asks);
        let done = place < taking.reached && answered.into_iter().all(|it| *it != SetAnswer::None);
        let all = taking.steps.len().to_string();
        let name = words.step.fill([&(place + 1).to_string(), &all]);
        let step = button("step", Command::Set(SetCommand::Step(place)))
            .write("aria-label", name.clone())
            .write("title", name)
            .flag("data-read", done)
            .when(!here && !taking.may_go(place), "disabled", "")
            .when(here, "aria-current", "step")
            .add(el("i"));
        list = list.add(el("li").add(step));
    }
    classed("nav", "steps").set("aria-label", words.steps).add(list)
}

/// What is said before it begins.
fn before(picture: &Picture<'_>, taking: &Taking) -> El {
    let words = &picture.messages.sets;
    let [steps, asks] = counts(&taking.set);
    let name = el("input")
        .set("id", "set-name")
        .set("type", "text")
        .count("maxlength", MOST_NAME)
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-describedby", "set-name-about")
        .value(taking.name.clone());
    let name = classed("div", "interview-own")
        .add(el("label").set("for", "set-name").say(words.nickname))
        .add(name)
        .add(classed("p", "quiet").set("id", "set-name-about").say(words.nickname_about));
    let preview = taking.preview.then(|| classed("p", "away").say(words.preview));
    let hidden = taking.set.rules.hidden.then(|| el("p").say(words.hidden_about));
    let change = button("quiet-button", Command::Set(SetCommand::Change));
    let change =
        change.say(if taking.preview { words.back_to_composing } else { words.for_teachers });
    classed("div", "interview-body")
        .set("id", "set-before")
        .set("tabindex", "-1")
        .maybe(preview)
        .maybe((!taking.set.note.is_empty()).then(|| el("p").text(taking.set.note.clone())))
        .add(classed("p", "num").text(words.begins.fill([&steps, &asks])))
        .maybe(hidden)
        .add(name)
        .add(change)
}

/// A step: what is asked, and what is said once that is answered.
fn step(picture: &Picture<'_>, taking: &Taking, writer: &mut Writer<'_>) -> El {
    let place = classed("div", "lesson-body set-step").set("id", "set-step").set("tabindex", "-1");
    let text = classed("div", "lesson-text");
    place.add(match taking.item() {
        _ if taking.gone => text.add(el("p").say(picture.messages.sets.gone)),
        Some(SetItem::Interview { .. }) => own_words(picture, taking, text),
        Some(SetItem::Moment { say, .. }) => {
            let said = (!say.is_empty()).then(|| el("p").text(say.clone()));
            let text = text.maybe(said.map(|said| said.key(0)));
            let text = text.maybe(away(picture, taking).map(|away| away.key(1)));
            text.maybe(asks(picture, taking, writer).map(|asks| asks.key(2)))
        }
        Some(SetItem::Lesson { .. }) => {
            let words = &picture.messages.sets;
            let reading = picture.session.teaching.reading.as_ref();
            let stop = reading.and_then(|reading| reading.stop());
            let said = classed("div", "said").set("aria-live", "polite");
            let said = match stop {
                Some(stop) if taking.tells() => said.all(writer.paragraphs(&stop.say)),
                Some(_) => said.add(classed("p", "quiet").say(words.answer_first)),
                None => said,
            };
            let text = text.maybe(away(picture, taking).map(|away| away.key(1)));
            let text = text.maybe(asks(picture, taking, writer).map(|asks| asks.key(2)));
            text.add(said.key(3))
        }
        None => text,
    })
}

/// The figure is elsewhere: a way back.
fn away(picture: &Picture<'_>, taking: &Taking) -> Option<El> {
    let words = &picture.messages.sets;
    let shows = taking.shows(picture.run) && picture.record == taking.record;
    let here = taking.timeline.is_none() || shows && !can_be_read_off(picture, taking);
    let back = button("button", Command::Set(SetCommand::Back)).say(words.back);
    let told = classed("p", "away").add(el("span").say(words.away)).say(" ").add(back);
    (!here && !picture.session.playing).then_some(told)
}

/// Whether something is open while all of the run shows: it was loaded again.
fn can_be_read_off(picture: &Picture<'_>, taking: &Taking) -> bool {
    taking.asked.iter().any(Asked::is_open) && !picture.run.is_veiled()
}

/// The questions of the step, while the figure shows its run.
fn asks(picture: &Picture<'_>, taking: &Taking, writer: &mut Writer<'_>) -> Option<El> {
    if taking.asked.is_empty() || !taking.shows(picture.run) || can_be_read_off(picture, taking) {
        return None;
    }
    let words = &picture.messages.lessons;
    let mut section = classed("section", "asks").add(classed("h3", "label").say(words.questions));
    for (number, asked) in taking.asked.iter().enumerate() {
        let question = question(picture, taking, asked, writer);
        let controls = ask::Controls {
            answer: |choice| Command::Set(SetCommand::Answer(choice)),
            first: number * 16,
            see: Command::Set(SetCommand::See(number)),
            once: true,
            by: AskedBy::Set(number),
        };
        section = section.add(ask::ask(picture, number, asked, question, &controls).key(number));
    }
    Some(section)
}

/// A question in the lesson's own words, where it has some.
fn question(picture: &Picture<'_>, taking: &Taking, asked: &Asked, writer: &mut Writer<'_>) -> El {
    if let Some(SetItem::Lesson { stops, .. }) = taking.item()
        && let Some(step) = taking.step()
        && let Some(name) = stops.get(step.stop).and_then(|stop| stop.asks.get(asked.place))
        && let Some(stop) = picture.session.teaching.reading.as_ref().and_then(|it| it.stop())
        && let Some(ask) = stop.asks.iter().find(|ask| sheet_ask_name(ask) == *name)
        && !ask.ask.is_empty()
    {
        return writer.line(el("span"), &ask.ask);
    }
    el("span").text(text(&ask::quiz(asked), &asked.question, picture.locale))
}

/// A question that is answered in one's own words, and marked by oneself.
fn own_words(picture: &Picture<'_>, taking: &Taking, place: El) -> El {
    let words = &picture.messages.sets;
    let session = picture.session;
    let Some((_, question)) = session.interviewing.question() else { return place };
    let given = taking.step().and_then(|step| taking.answers.get(step.first));
    let place = place.add(el("p").add(el("b").text(question.ask.clone())).key(0));
    let (Some(SetAnswer::Own { text, right }), true) = (given, taking.shown) else {
        let field = el("input")
            .set("id", "set-own")
            .set("type", "text")
            .count("maxlength", MOST_OWN)
            .set("autocomplete", "off")
            .set("aria-describedby", "set-own-about");
        let own = classed("div", "interview-own")
            .add(el("label").set("for", "set-own").say(words.own))
            .add(field)
            .add(classed("p", "quiet").set("id", "set-own-about").say(words.own_about));
        let show = button("button primary", Command::Set(SetCommand::Show)).say(words.show);
        return place.add(own.key(1)).add(el("div").add(show).key(2));
    };
    let hold = |command, held: bool, name| {
        button("way", Command::Set(command)).flag("aria-pressed", held).say(name)
    };
    let held = classed("div", "ways")
        .set("role", "group")
        .set("aria-label", words.did_it)
        .add(hold(SetCommand::Held, *right, words.held_right))
        .add(hold(SetCommand::NotHeld, !*right, words.held_wrong));
    let open = session.interviewing.open.as_ref();
    let model = open.map(|open| model_answer(picture, open, &question.points));
    let said = (!text.is_empty()).then(|| el("q").text(text.clone()));
    place
        .add(el("p").maybe(said).key(3))
        .maybe(model.map(|model| model.key(4)))
        .add(el("p").say(words.did_it).key(5))
        .add(held.key(6))
}

/// What was answered, and the code that says so.
fn after(picture: &Picture<'_>, taking: &Taking) -> El {
    let words = &picture.messages.sets;
    let quiz = &picture.messages.quiz;
    let right = taking.ends.iter().filter(|line| line.verdict.is_right()).count().to_string();
    let score = words.score.fill([&right, &taking.ends.len().to_string()]);
    let mut list = classed("ol", "interview-points");
    for line in taking.ends.iter() {
        let (sign, verdict) = match line.verdict {
            Verdict::Graded(true) => ("✓ ", quiz.right),
            Verdict::Graded(false) => ("✗ ", quiz.wrong),
            Verdict::Own(true) => ("(✓) ", words.own_right),
            Verdict::Own(false) => ("(✗) ", words.own_wrong),
            Verdict::NoAnswer => ("– ", words.no_answer),
        };
        let sign = classed("span", "sign").set("aria-hidden", "true").say(sign);
        let answer = el("p").add(sign).add(classed("span", "sr").say(verdict)).say(" ");
        let answer = match line.verdict {
            Verdict::NoAnswer => answer.say(words.no_answer),
            Verdict::Graded(_) | Verdict::Own(_) => answer.text(line.answer.clone()),
        };
        let wrong = !line.verdict.is_right() && !line.expected.is_empty();
        let expected =
            wrong.then(|| classed("p", "quiet").text(quiz.would_be.fill([&line.expected])));
        let item = el("li").flag("data-right", line.verdict.is_right());
        list = list.add(item.add(el("p").text(line.question.clone())).add(answer).maybe(expected));
    }
    let code = taking.results().to_code();
    let copy = button("button primary", Command::Set(SetCommand::CopyCode)).say(words.copy_code);
    classed("div", "interview-body")
        .set("id", "set-results")
        .set("tabindex", "-1")
        .add(el("p").add(el("b").text(score)))
        .add(classed("h3", "label").say(words.code))
        .add(classed("p", "quiet").say(words.code_about))
        .add(classed("p", "interview-code").add(el("code").text(code)))
        .add(copy)
        .add(copied(picture.session, Copied::Code))
        .add(list)
}

/// To the step before and to the one after.
fn foot(picture: &Picture<'_>, taking: &Taking) -> El {
    let words = &picture.messages.sets;
    let previous = button("button", Command::Set(SetCommand::Previous))
        .when(matches!(taking.place, SetPlace::Before | SetPlace::Step(0)), "disabled", "")
        .set("aria-keyshortcuts", "[")
        .add(icon(icons::PREVIOUS))
        .add(el("span").say(words.previous));
    let (name, command, off) = match taking.place {
        SetPlace::Before => (words.begin, SetCommand::Begin, taking.steps.is_empty()),
        SetPlace::Step(place) if place + 1 < taking.steps.len() => {
            (words.next, SetCommand::Next, !taking.may_go(place + 1))
        }
        SetPlace::Step(_) => {
            let waits = taking.set.rules.ordered && !taking.is_answered();
            (words.to_results, SetCommand::Next, waits)
        }
        SetPlace::After => (words.leave, SetCommand::Leave, false),
    };
    let next = button("button primary", Command::Set(command))
        .when(off, "disabled", "")
        .set("aria-keyshortcuts", "]")
        .add(el("span").say(name))
        .add(icon(icons::NEXT));
    classed("footer", "lesson-foot").add(previous).add(next)
}
