//! The list of lessons: what the contents page needs to know of each.

use tcpscope_scenario::ScenarioError;
use tcpscope_scenario::reading::{self, Reader, Wrong};

use super::{ORDER, PATHS, quoted, quoted_list};
use crate::{Lesson, Part};

/// A lesson in the list, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id; its file is `<id>.<locale>.json`.
    pub id: String,
    /// The part of the curriculum.
    pub part: Part,
    /// How much is taken for granted: 1 nothing, 3 most.
    pub level: u8,
    /// How long it takes to read.
    pub minutes: u8,
    /// The title.
    pub title: String,
    /// What is learned.
    pub summary: String,
    /// The lessons that should be read before.
    pub after: Vec<String>,
    /// The names of its stops, in order.
    pub stops: Vec<String>,
}

/// All lessons, in the order in which they are taught.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// The lessons.
    pub entries: Vec<Entry>,
    /// The ways through them.
    pub ways: Vec<Way>,
}

/// A way through the lessons, for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The name by which it is called.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The ids of its lessons, in the order in which to read them.
    pub lessons: Vec<String>,
}

const FIELDS: [&str; 8] = ["id", "part", "level", "minutes", "title", "summary", "after", "stops"];

impl Course {
    /// The list of these lessons, in the language of this tag.
    #[must_use]
    pub fn of(lessons: &[Lesson], locale: &str) -> Self {
        let mut entries: Vec<Entry> = lessons
            .iter()
            .map(|lesson| Entry {
                id: lesson.id.value.clone(),
                part: lesson.part,
                level: lesson.level,
                minutes: lesson.minutes,
                title: lesson.title.text.in_locale(locale).to_owned(),
                summary: lesson.summary.text.in_locale(locale).to_owned(),
                after: lesson.after.iter().map(|id| id.value.clone()).collect(),
                stops: lesson.stops.iter().map(|stop| stop.id.value.clone()).collect(),
            })
            .collect();
        entries.sort_by_key(|entry| (place(entry.part, &entry.id), entry.id.clone()));
        let [en, zh_cn] = [0, 1];
        let language = if locale == "zh-CN" { zh_cn } else { en };
        let is_there = |id: &&&str| entries.iter().any(|entry| entry.id == **id);
        let ways = PATHS.iter().map(|path| Way {
            id: path.id.to_owned(),
            title: path.title[language].to_owned(),
            lessons: path.lessons.iter().filter(is_there).map(|id| (*id).to_owned()).collect(),
        });
        let ways = ways.filter(|way| !way.lessons.is_empty()).collect();
        Self { entries, ways }
    }

    /// The lesson of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// The lesson after this one: along a way, by its place, if this one is on it.
    #[must_use]
    pub fn next(&self, id: &str, way: Option<usize>) -> Option<&Entry> {
        let way = way.and_then(|way| self.ways.get(way));
        let on_way = way.and_then(|way| {
            let place = way.lessons.iter().position(|lesson| lesson == id)?;
            self.find(way.lessons.get(place + 1)?)
        });
        let place = self.entries.iter().position(|entry| entry.id == id)?;
        on_way.or_else(|| self.entries.get(place + 1))
    }

    /// The list as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::from(r#"{"format":1,"lessons":["#);
        for (place, entry) in self.entries.iter().enumerate() {
            json.push_str(if place == 0 { "{" } else { ",{" });
            for (key, text) in [
                ("id", entry.id.as_str()),
                ("part", entry.part.name()),
                ("title", &entry.title),
                ("summary", &entry.summary),
            ] {
                quoted_field(key, text, &mut json);
            }
            for (key, number) in [("level", entry.level), ("minutes", entry.minutes)] {
                json.push_str(&format!("\"{key}\":{number},"));
            }
            json.push_str(r#""after":"#);
            quoted_list(&entry.after, &mut json);
            json.push_str(r#","stops":"#);
            quoted_list(&entry.stops, &mut json);
            json.push('}');
        }
        json.push_str(r#"],"ways":["#);
        for (place, way) in self.ways.iter().enumerate() {
            json.push_str(if place == 0 { "{" } else { ",{" });
            quoted_field("id", &way.id, &mut json);
            quoted_field("title", &way.title, &mut json);
            json.push_str(r#""lessons":"#);
            quoted_list(&way.lessons, &mut json);
            json.push('}');
        }
        json.push_str("]}");
        json
    }

    /// Reads the list.
    ///
    /// # Errors
    /// What is wrong with the text, where, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        reading::read(text, &mut course)
    }
}

/// Where a lesson stands.
fn place(part: Part, id: &str) -> (usize, usize) {
    let part = ORDER.iter().position(|(known, _)| *known == part).unwrap_or(ORDER.len());
    let order = ORDER.get(part).map_or(&[][..], |(_, ids)| ids);
    (part, order.iter().position(|known| *known == id).unwrap_or(order.len()))
}

/// A field of an object that goes on.
fn quoted_field(key: &str, text: &str, json: &mut String) {
    quoted(key, json);
    json.push(':');
    quoted(text, json);
    json.push(',');
}

pub(super) const PARTS: [&str; 5] = ["basics", "whys", "reliability", "states", "congestion"];

fn course(file: &Reader<'_>) -> Result<Course, Wrong> {
    let file = file.object(&["format", "lessons", "ways"])?;
    file.required("format")?.number(1, 1)?;
    let mut entries = Vec::new();
    file.required("lessons")?.each(&mut |entry| {
        let entry = entry.object(&FIELDS)?;
        let text = |key| entry.required(key)?.text().map(str::to_owned);
        let small = |key, most| {
            let number = entry.required(key)?.number(1, most);
            number.map(|number| u8::try_from(number).unwrap_or(u8::MAX))
        };
        let part = entry.required("part")?.one_of(&PARTS)?;
        entries.push(Entry {
            id: text("id")?,
            part: Part::ALL[part],
            level: small("level", 3)?,
            minutes: small("minutes", 255)?,
            title: text("title")?,
            summary: text("summary")?,
            after: texts(&entry.required("after")?)?,
            stops: texts(&entry.required("stops")?)?,
        });
        Ok(())
    })?;
    let mut ways = Vec::new();
    file.required("ways")?.each(&mut |way| {
        let way = way.object(&["id", "title", "lessons"])?;
        let text = |key| way.required(key)?.text().map(str::to_owned);
        let lessons = texts(&way.required("lessons")?)?;
        ways.push(Way { id: text("id")?, title: text("title")?, lessons });
        Ok(())
    })?;
    Ok(Course { entries, ways })
}

/// A list of texts.
pub(super) fn texts(list: &Reader<'_>) -> Result<Vec<String>, Wrong> {
    let mut texts = Vec::new();
    list.each(&mut |text| {
        texts.push(text.text()?.to_owned());
        Ok(())
    })?;
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let entry = |id: &str, part| Entry {
            id: id.into(),
            part,
            level: 2,
            minutes: 7,
            title: "“Why \\ \"three\"?”\n".into(),
            summary: "为什么".into(),
            after: vec!["header".into()],
            stops: vec!["a".into(), "b".into()],
        };
        let way = |id: &str| Way { id: id.into(), title: "路".into(), lessons: vec!["x".into()] };
        let course = Course {
            entries: vec![entry("x", Part::Basics), entry("y", Part::Whys)],
            ways: vec![way("a"), way("b")],
        };
        assert_eq!(Course::from_json(&course.to_json()), Ok(course.clone()));
        assert_eq!(Course::from_json(&Course::default().to_json()), Ok(Course::default()));
        assert_eq!(course.next("x", None).map(|entry| entry.id.as_str()), Some("y"));
        assert_eq!(course.next("y", Some(0)), None);
    }

    #[test]
    fn names_of_parts_are_those_of_the_files() {
        assert_eq!(Part::ALL.map(Part::name), PARTS);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, said) in [
            ("", "1:1"),
            (r#"{"format":2,"lessons":[]}"#, "format"),
            (r#"{"format":1}"#, "lessons"),
            (r#"{"format":1,"lessons":[{"id":"x","part":"basic"}]}"#, "lessons[0].part"),
        ] {
            let error = Course::from_json(text).expect_err(text).to_string();
            assert!(error.contains(said) || text.is_empty(), "{text}: {error}");
        }
    }
}
