//! The contents: lessons by part or along a way, how far each was read, where reading goes on.

use tcpscope_lesson::Part;
use tcpscope_lesson::course::{self, Chapter, Contents, Course, Line, Standing};

use super::{filter, review};
use crate::store::Session;
use crate::ui::command::Command;
use crate::ui::element::{El, classed, el};
use crate::ui::icons::button;
use crate::ui::teach::TeachCommand;

/// The contents.
pub(super) fn contents(session: &Session) -> El {
    let words = &session.messages().lessons;
    let teaching = &session.teaching;
    let place = classed("div", "contents");
    let Some(course) = teaching.course() else {
        let waits = teaching.missing.is_none();
        return place.maybe(waits.then(|| classed("p", "quiet").say(words.loading)));
    };
    let found = course::contents(course, &teaching.progress, teaching.way, &teaching.filter);
    let mut chapters = Vec::new();
    for (number, each) in found.chapters.iter().enumerate() {
        chapters.push(chapter(session, each).key(number));
    }
    let none = found.chapters.is_empty().then(|| {
        let query = teaching.filter.trim();
        classed("p", "quiet").set("role", "status").text(words.nothing_found.fill([query]))
    });
    place
        .add(ways(session, course).key(0))
        .add(tally(session, &found).key(1))
        .maybe(review::line(session).map(|line| line.key(4)))
        .add(filter(session, words.filter).key(2))
        .add(el("div").all(chapters).maybe(none).key(3))
}

/// All lessons, or those along a way.
fn ways(session: &Session, course: &Course) -> El {
    let words = &session.messages().lessons;
    let chosen = session.teaching.way;
    let way =
        |command, chosen: bool| button("way", Command::Teach(command)).flag("aria-pressed", chosen);
    let mut list = classed("div", "ways").set("role", "group").set("aria-label", words.ways);
    list = list.add(way(TeachCommand::AllLessons, chosen.is_none()).say(words.all_lessons));
    for (place, each) in course.ways.iter().enumerate() {
        let way = way(TeachCommand::Way(place), chosen == Some(place));
        list = list.add(way.text(each.title.clone()));
    }
    list
}

/// How much was read, and where reading goes on.
fn tally(session: &Session, found: &Contents<'_>) -> El {
    let words = &session.messages().lessons;
    let [done, of] = [found.done, found.of].map(|number| number.to_string());
    let said = match found.next {
        Some(_) => words.tally.fill([&done, &of, &found.minutes_left.to_string()]),
        None => words.all_read.to_owned(),
    };
    let go_on = found.next.map(|next| {
        let begun = session.teaching.progress.count(next) > 0;
        let name = if begun { words.go_on } else { words.begin };
        let link = classed("a", "go-on").write("href", address(&next.id));
        link.add(classed("span", "quiet").say(name)).say(" ").add(el("b").text(next.title.clone()))
    });
    classed("div", "tally").maybe(go_on).add(classed("p", "quiet num").text(said))
}

/// The address of a lesson: following it opens the lesson.
pub(in crate::ui) fn address(id: &str) -> String {
    let mut address = "#v=1&lesson=".to_owned();
    address.push_str(id);
    address
}

fn chapter(session: &Session, chapter: &Chapter<'_>) -> El {
    let words = &session.messages().lessons;
    let mut list = classed("ol", "toc");
    for each in &chapter.lines {
        list = list.add(line(session, each));
    }
    let section = el("section");
    let Some(part) = chapter.part else { return section.add(list) };
    let place = part as usize;
    let letter = ["A", "B", "C", "D", "E"].get(place).copied().unwrap_or_default();
    let letter = classed("span", "letter").set("aria-hidden", "true").say(letter);
    let title = el("span").say(words.parts.get(place).copied().unwrap_or_default());
    section.add(classed("h3", "part").add(letter).add(title)).add(list)
}

fn line(session: &Session, line: &Line<'_>) -> El {
    let words = &session.messages().lessons;
    let entry = line.entry;
    let (mark, said) = match line.standing {
        Standing::New => ("", words.new.to_owned()),
        Standing::Begun(stops) => {
            let [stops, of] = [stops, entry.stops.len()].map(|number| number.to_string());
            ("◐", words.begun.fill([&stops, &of]))
        }
        Standing::Done => ("✓", words.done.to_owned()),
    };
    let reads = session.teaching.reading.as_ref();
    let here = reads.is_some_and(|reading| reading.sheet.id == entry.id);
    let level = words.levels.get(usize::from(entry.level).saturating_sub(1)).copied();
    let dots = ["", "●○○", "●●○", "●●●"].get(usize::from(entry.level)).copied();
    let level = classed("span", "level")
        .set("title", level.unwrap_or_default())
        .add(el("span").set("aria-hidden", "true").say(dots.unwrap_or_default()))
        .add(classed("span", "sr").say(level.unwrap_or_default()));
    let link = classed("a", "toc-title")
        .write("href", address(&entry.id))
        .when(here, "aria-current", "true")
        .text(entry.title.clone());
    let standing = classed("span", "standing")
        .write("title", said.clone())
        .add(el("span").set("aria-hidden", "true").say(mark))
        .add(classed("span", "sr").text(said));
    let head = classed("p", "toc-line")
        .add(link)
        .add(classed("span", "leader").set("aria-hidden", "true"))
        .add(level)
        .add(classed("span", "num").text(words.minutes.fill([&entry.minutes.to_string()])))
        .add(standing);
    el("li")
        .count("value", line.number)
        .set(
            "data-standing",
            match line.standing {
                Standing::New => "new",
                Standing::Begun(_) => "begun",
                Standing::Done => "done",
            },
        )
        .add(head)
        .add(classed("p", "toc-about").text(entry.summary.clone()))
}

/// The name of a part.
pub(in crate::ui) fn part_name(session: &Session, part: Part) -> &'static str {
    session.messages().lessons.parts.get(part as usize).copied().unwrap_or_default()
}
