//! Sets: what is chosen for a class, and the link that carries it.

use tcpscope_lesson::course::{Said, Sheet};
use tcpscope_quiz::{
    MOST_NOTE, MOST_TITLE, Set, SetItem, SetStop, code_error_in_words, level_in_words,
};
use tcpscope_scenario::LONG_LINK_OCTETS;

use super::{filter, results};
use crate::app::set_link;
use crate::store::{Copied, QuestionPlace, Session, SetPage, plain, sheet_ask_name};
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::notice::link_file;
use crate::ui::picture::time;
use crate::ui::set::SetCommand;

/// So much of what is said at a stop stands in the list, in characters.
const BEGINNING: usize = 72;

/// The teacher's page.
pub(super) fn sets(session: &Session) -> El {
    let words = &session.messages().sets;
    let page = session.sets.page;
    let turn = |to: SetPage, name, command| {
        button("way", Command::Set(command)).flag("aria-pressed", page == to).say(name)
    };
    let turns = classed("div", "ways")
        .set("role", "group")
        .set("aria-label", words.title)
        .add(turn(SetPage::Compose, words.compose, SetCommand::Compose))
        .add(turn(SetPage::Results, words.read, SetCommand::Results));
    let body = match page {
        SetPage::Compose => compose(session).key(1),
        SetPage::Results => results::results(session).key(2),
    };
    classed("div", "contents sets").add(turns.key(0)).add(body)
}

fn compose(session: &Session) -> El {
    let words = &session.messages().sets;
    let set = &session.sets.draft;
    let field = |id: &'static str, name: &'static str, value: &String, most: usize| {
        let input = el("input")
            .set("id", id)
            .set("type", "text")
            .count("maxlength", most)
            .set("autocomplete", "off")
            .value(value.clone());
        classed("label", "set-field").add(el("span").say(name)).add(input)
    };
    let rule = |on: bool, command, name: &'static str| {
        tick(on, Command::Set(command)).add(el("span").say(name))
    };
    el("div")
        .add(classed("p", "interviews-about").say(words.about).key(0))
        .add(open_field(session).key(1))
        .add(field("set-title", words.name, &set.title, MOST_TITLE).key(2))
        .add(field("set-note", words.note, &set.note, MOST_NOTE).key(3))
        .add(rule(set.rules.hidden, SetCommand::Hidden, words.hidden).key(4))
        .add(rule(set.rules.ordered, SetCommand::Ordered, words.ordered).key(5))
        .add(items(session).key(6))
        .add(link(session).key(7))
        .add(choices(session).key(8))
}

/// A set whose link is at hand is opened again.
pub(super) fn open_field(session: &Session) -> El {
    let words = &session.messages().sets;
    let field = el("input")
        .set("id", "set-code")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("spellcheck", "false")
        .set("aria-describedby", "set-trouble")
        .set("aria-label", words.open_field)
        .set("placeholder", words.open_field);
    let open = button("button", Command::Set(SetCommand::Load)).say(words.open);
    let trouble = session.sets.trouble.clone().unwrap_or_default();
    el("div")
        .add(classed("div", "round-acts").add(field).add(open))
        .add(el("p").set("id", "set-trouble").set("role", "alert").text(trouble))
}

/// A box to tick; its name is added to it.
fn tick(on: bool, command: Command) -> El {
    let input = el("input").set("type", "checkbox").write("data-do", command.to_text()).checked(on);
    classed("label", "tick").add(input)
}

/// What the set consists of.
fn items(session: &Session) -> El {
    let words = &session.messages().sets;
    let set = &session.sets.draft;
    let mut list = classed("ol", "set-items");
    for (place, each) in set.items.iter().enumerate() {
        list = list.add(item(session, place, each, set.items.len()).key(place));
    }
    let empty = set.items.is_empty().then(|| classed("p", "quiet").say(words.empty));
    el("section")
        .set("id", "set-items")
        .set("tabindex", "-1")
        .set("aria-label", words.in_set)
        .add(classed("h3", "label").say(words.in_set))
        .add(list)
        .maybe(empty)
}

fn item(session: &Session, place: usize, item: &SetItem, all: usize) -> El {
    let words = &session.messages().sets;
    let offers = &session.sets.offers;
    let (kind, title, body) = match item {
        SetItem::Lesson { lesson, stops } => {
            let sheet = offers.lesson(lesson);
            let title = sheet.map_or_else(|| lesson.clone(), |sheet| sheet.title.clone());
            (words.a_lesson, title, sheet.map(|sheet| lesson_stops(session, place, sheet, stops)))
        }
        SetItem::Moment { link, say, asks } => {
            let moment = offers.moment(link);
            let title = moment.map_or_else(String::new, |moment| {
                let mut title = words.moment.fill([&moment.title, &time(moment.at)]);
                if moment.changes > 0 {
                    title.push_str(" · ");
                    title.push_str(&words.changes.fill([&moment.changes.to_string()]));
                }
                title
            });
            (words.a_moment, title, Some(moment_asks(session, place, link, say, asks)))
        }
        SetItem::Interview { question } => {
            let mut found = None;
            for interview in session.interviewing.list() {
                found = found.or(interview.questions.iter().find(|each| each.id == *question));
            }
            let title = found.map_or_else(|| question.clone(), |found| found.ask.clone());
            (words.a_question, title, None)
        }
    };
    let name = words.item.fill([&(place + 1).to_string(), &title]);
    let act = |path, words: String, command, id: String, off: bool| {
        icon_button(path, "", "", Command::Set(command))
            .write("aria-label", words.clone())
            .write("title", words)
            .write("id", id)
            .when(off, "disabled", "")
    };
    let id = |way: &str| {
        let mut id = "set-".to_owned();
        id.push_str(way);
        id.push('-');
        id.push_str(&place.to_string());
        id
    };
    let up = SetCommand::Up(place);
    let down = SetCommand::Down(place);
    let last = place + 1 == all;
    let acts = classed("span", "set-acts")
        .add(act(icons::TALLER, words.up.fill([&name]), up, id("up"), place == 0))
        .add(act(icons::LOWER, words.down.fill([&name]), down, id("down"), last))
        .add(act(
            icons::CLOSE,
            words.remove.fill([&name]),
            SetCommand::Remove(place),
            id("remove"),
            false,
        ));
    let title = classed("span", "set-title").add(classed("span", "label").say(kind)).say(" ");
    let head = classed("div", "set-item").add(title.add(el("b").text(name))).add(acts);
    el("li").add(head).maybe(body)
}

/// The stops of a lesson and their questions, to tick.
fn lesson_stops(session: &Session, item: usize, sheet: &Sheet, chosen: &[SetStop]) -> El {
    let words = &session.messages().sets;
    let mut list = classed("ul", "set-stops");
    for (place, stop) in sheet.stops.iter().enumerate() {
        let ticked = chosen.iter().find(|chosen| chosen.stop == stop.id);
        let begins = beginning(&stop.say);
        let name = words.stop.fill([&(place + 1).to_string(), &begins]);
        let stop_tick = tick(ticked.is_some(), Command::Set(SetCommand::Stop(item * 256 + place)));
        let mut asks = el("ul");
        for (number, ask) in stop.asks.iter().enumerate() {
            let name = sheet_ask_name(ask);
            let on = ticked.is_some_and(|ticked| ticked.asks.contains(&name));
            let own = beginning(&ask.ask);
            let text = if own.is_empty() { kind_in_words(session, &name) } else { own };
            let command = Command::Set(SetCommand::Ask((item << 16) + (place << 8) + number));
            let box_ = tick(on, command).add(el("span").text(text));
            asks = asks.add(el("li").add(box_));
        }
        let asks = (ticked.is_some() && !stop.asks.is_empty()).then_some(asks);
        list = list.add(el("li").add(stop_tick.add(el("span").text(name))).maybe(asks));
    }
    list
}

/// What is said and asked at a moment.
fn moment_asks(session: &Session, item: usize, link: &str, say: &str, chosen: &[String]) -> El {
    let words = &session.messages().sets;
    let mut id = "set-say-".to_owned();
    id.push_str(&item.to_string());
    let field = el("input")
        .write("id", id)
        .set("type", "text")
        .count("maxlength", MOST_NOTE)
        .set("autocomplete", "off")
        .value(say.to_owned());
    let field = classed("label", "set-field").add(el("span").say(words.say)).add(field);
    let place = el("div").add(field);
    let Some(moment) = session.sets.offers.moment(link) else { return place };
    if moment.asks.is_empty() {
        return place.add(classed("p", "quiet").say(words.asks_nothing));
    }
    let mut list = classed("ul", "set-stops");
    for (number, (name, text)) in moment.asks.iter().enumerate() {
        let command = Command::Set(SetCommand::Ask((item << 16) + number));
        let box_ = tick(chosen.contains(name), command).add(el("span").text(text.clone()));
        list = list.add(el("li").add(box_));
    }
    place.add(list)
}

/// The link, and what can be done with it.
fn link(session: &Session) -> El {
    let words = &session.messages().sets;
    let set = &session.sets.draft;
    let place = classed("section", "round");
    let place = place.add(classed("h3", "label").say(words.link));
    if set.items.is_empty() {
        return place.add(classed("p", "quiet").say(words.empty));
    }
    let Some(link) = set_link(set) else {
        let error = set.to_code().err();
        let told = error.map(|error| code_error_in_words(&error, session.preferences.locale));
        let told = words.too_much.fill([&told.unwrap_or_default()]);
        return place.add(el("p").set("role", "alert").text(told));
    };
    let numbers = counts(set);
    let about = words.link_about.fill([&numbers[0], &numbers[1], &link.len().to_string()]);
    let copy = button("button primary", Command::Set(SetCommand::CopyLink)).say(words.copy_link);
    let try_it = button("button", Command::Set(SetCommand::Try)).say(words.try_it);
    let links = &session.messages().links;
    let long = (link.len() > LONG_LINK_OCTETS).then(|| {
        let text = links.long_text.fill([&link.chars().count().to_string()]);
        let said = el("p").add(el("strong").say(links.long)).say(" · ").text(text);
        classed("div", "book-missing set-long").add(said)
    });
    let save = long.is_some().then(|| link_file(session, &link, "set"));
    place
        .add(
            classed("div", "interview-code set-link")
                .set("tabindex", "0")
                .set("role", "region")
                .set("aria-label", words.link)
                .add(el("code").text(link)),
        )
        .add(classed("p", "quiet num").text(about))
        .maybe(long)
        .add(classed("div", "round-acts").add(copy).maybe(save).add(try_it))
        .add(copied(session, Copied::Link))
}

/// What came of copying.
pub(in crate::ui) fn copied(session: &Session, what: Copied) -> El {
    let words = &session.messages().sets;
    let said = match session.sets.copied {
        Some((of, true)) if of == what => words.copied,
        Some((of, false)) if of == what => words.not_copied,
        Some(_) | None => "",
    };
    el("p").set("role", "status").say(said)
}

/// How many steps and questions a set has.
pub(in crate::ui) fn counts(set: &Set) -> [String; 2] {
    [set.steps().len(), set.asks()].map(|number| number.to_string())
}

/// What can be added.
fn choices(session: &Session) -> El {
    let words = &session.messages().sets;
    let here = session.run.as_ref().map(|run| {
        let title = run.scenario().title().in_locale(session.preferences.locale.tag());
        let mut name = words.moment.fill([title, &time(run.moment().at)]);
        let changes = run.timeline().edits().len();
        if changes > 0 {
            name.push_str(" · ");
            name.push_str(&words.changes.fill([&changes.to_string()]));
        }
        let add = button("button", Command::Set(SetCommand::AddMoment));
        let add = add.write("aria-label", words.add_one.fill([&name])).say(words.add);
        el("li").add(el("span").text(name)).add(add)
    });
    let mut lessons = classed("ul", "set-choices");
    let found = session.teaching.course().into_iter().flat_map(|course| &course.entries);
    let wanted = session.teaching.filter.trim().to_lowercase();
    for (place, entry) in found.enumerate() {
        let text = entry.title.to_lowercase();
        if !text.contains(&wanted) && !entry.summary.to_lowercase().contains(&wanted) {
            continue;
        }
        lessons = lessons.add(choice(session, &entry.title, SetCommand::Lesson(place)).key(place));
    }
    let mut questions = classed("ul", "set-choices");
    for (theme, interview) in session.interviewing.list().iter().enumerate() {
        for (question, each) in interview.questions.iter().enumerate() {
            if !each.ask.to_lowercase().contains(&wanted) {
                continue;
            }
            let number = QuestionPlace { theme, question }.number();
            let mut name = each.ask.clone();
            name.push_str(" · ");
            name.push_str(level_in_words(each.level, session.preferences.locale));
            let choice = choice(session, &name, SetCommand::Question(number));
            questions = questions.add(choice.key(number));
        }
    }
    el("section")
        .set("aria-label", words.add)
        .add(classed("h3", "label").say(words.add_moment))
        .add(classed("p", "quiet").say(words.add_moment_about))
        .add(classed("ul", "set-choices").maybe(here))
        .add(filter(session, session.messages().lessons.filter))
        .add(classed("h3", "label").say(words.lessons))
        .add(lessons)
        .add(classed("h3", "label").say(words.questions))
        .add(questions)
}

fn choice(session: &Session, name: &str, command: SetCommand) -> El {
    let words = &session.messages().sets;
    let add = button("button", Command::Set(command))
        .write("aria-label", words.add_one.fill([name]))
        .say(words.add);
    el("li").add(el("span").text(name.to_owned())).add(add)
}

/// How what is said begins.
fn beginning(said: &[Said]) -> String {
    let mut text = plain(said);
    match text.char_indices().nth(BEGINNING) {
        Some((end, _)) => {
            text.truncate(end);
            text.push('…');
            text
        }
        None => text,
    }
}

/// A question by its name, in words: its kind, and what it is about.
fn kind_in_words(session: &Session, name: &str) -> String {
    let (kind, about) = name.split_once(':').unwrap_or((name, ""));
    let words = &session.messages().sets;
    let place = tcpscope_quiz::Kind::NAMES.iter().position(|known| *known == kind);
    let kind = place.and_then(|place| words.kinds.get(place)).copied().unwrap_or_default();
    let mut text = kind.to_owned();
    if !about.is_empty() {
        text.push_str(" · ");
        text.push_str(&tcpscope_view::host_title(session.preferences.locale, about));
    }
    text
}
