//! What the contents page shows: the lessons by part or along a path, what was read, what is next.

use super::{Course, Entry, Progress};
use crate::Part;

/// The contents page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents<'a> {
    /// The parts, or the one path that was chosen; those without a lesson that shows are left out.
    pub chapters: Vec<Chapter<'a>>,
    /// Where reading goes on, of all that the path has.
    pub next: Option<&'a Entry>,
    /// How many lessons of the path, or of all, were read to the end.
    pub done: usize,
    /// Of how many.
    pub of: usize,
    /// How many minutes those take that were not read to the end.
    pub minutes_left: u32,
}

/// Lessons under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter<'a> {
    /// The part; `None`: along a path.
    pub part: Option<Part>,
    /// The lessons, in order.
    pub lines: Vec<Line<'a>>,
}

/// A lesson in the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The lesson.
    pub entry: &'a Entry,
    /// Its number in its part or on the path, from 1 on.
    pub number: usize,
    /// How far it was read.
    pub standing: Standing,
}

/// How far a lesson was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not at all.
    New,
    /// So many of its stops.
    Begun(usize),
    /// All of them.
    Done,
}

impl Standing {
    /// How far a lesson was read.
    #[must_use]
    pub fn of(entry: &Entry, progress: &Progress) -> Self {
        match progress.count(entry) {
            0 => Self::New,
            count if count == entry.stops.len() => Self::Done,
            count => Self::Begun(count),
        }
    }
}

/// The contents, along a path if one is chosen (by its place among them), of lessons in whose
/// title, summary or id each word of `filter` stands.
#[must_use]
pub fn contents<'a>(
    course: &'a Course,
    progress: &Progress,
    path: Option<usize>,
    filter: &str,
) -> Contents<'a> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let groups: Vec<(Option<Part>, Vec<&Entry>)> = match path.and_then(|path| course.ways.get(path))
    {
        Some(path) => {
            let lessons = path.lessons.iter().filter_map(|id| course.find(id));
            vec![(None, lessons.collect())]
        }
        None => {
            let of = |part| course.entries.iter().filter(move |entry| entry.part == part);
            Part::ALL.map(|part| (Some(part), of(part).collect())).into()
        }
    };
    let all: Vec<&Entry> = groups.iter().flat_map(|(_, entries)| entries.iter().copied()).collect();
    let standing = |entry: &Entry| Standing::of(entry, progress);
    let left = || all.iter().copied().filter(|entry| standing(entry) != Standing::Done);
    let begun = left().find(|entry| progress.last() == Some(&entry.id));
    let line = |(place, entry): (usize, &&'a Entry)| Line {
        entry,
        number: place + 1,
        standing: standing(entry),
    };
    let chapters = groups
        .iter()
        .map(|(part, entries)| {
            let lines = entries.iter().enumerate().map(line);
            Chapter { part: *part, lines: lines.filter(|it| shows(it.entry, &words)).collect() }
        })
        .filter(|chapter: &Chapter<'_>| !chapter.lines.is_empty())
        .collect();
    Contents {
        chapters,
        next: begun.or_else(|| left().next()),
        done: all.len() - left().count(),
        of: all.len(),
        minutes_left: left().map(|entry| u32::from(entry.minutes)).sum(),
    }
}

fn shows(entry: &Entry, words: &[String]) -> bool {
    let holds = |text: &str, word: &str| text.to_lowercase().contains(word);
    words.iter().all(|word| {
        [&entry.title, &entry.summary, &entry.id].into_iter().any(|text| holds(text, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Way;

    fn entry(id: &str, part: Part, title: &str) -> Entry {
        Entry {
            id: id.into(),
            part,
            level: 1,
            minutes: 5,
            title: title.into(),
            summary: "一二三 what is seen".into(),
            after: vec![],
            stops: vec!["one".into(), "two".into()],
        }
    }

    fn course() -> Course {
        Course {
            entries: vec![
                entry("three-way-handshake", Part::Basics, "The handshake"),
                entry("header", Part::Basics, "The header"),
                entry("lost-syn", Part::Reliability, "A lost SYN"),
                entry("sack", Part::Reliability, "SACK"),
            ],
            ways: vec![Way {
                id: "first-hour".into(),
                title: "The first hour".into(),
                lessons: ["three-way-handshake", "header", "paws", "lost-syn"]
                    .map(Into::into)
                    .into(),
            }],
        }
    }

    fn shown(contents: &Contents<'_>) -> String {
        let mut shown = String::new();
        for chapter in &contents.chapters {
            shown.push_str(chapter.part.map_or("path", Part::name));
            for line in &chapter.lines {
                shown.push_str(&format!(" {}.{} {:?}", line.number, line.entry.id, line.standing));
            }
            shown.push_str("; ");
        }
        let next = contents.next.map_or("nothing", |entry| &entry.id);
        let Contents { done, of, minutes_left, .. } = contents;
        format!("{shown}next {next}; {done}/{of}, {minutes_left} min")
    }

    #[test]
    fn the_contents_go_by_parts_and_along_paths() {
        let course = course();
        let mut progress = Progress::default();
        assert_eq!(
            shown(&contents(&course, &progress, None, "")),
            "basics 1.three-way-handshake New 2.header New; reliability 1.lost-syn New 2.sack New; \
             next three-way-handshake; 0/4, 20 min"
        );
        for stop in ["one", "two"] {
            progress.read("three-way-handshake", stop);
        }
        progress.read("sack", "two");
        assert_eq!(
            shown(&contents(&course, &progress, None, "")),
            "basics 1.three-way-handshake Done 2.header New; reliability 1.lost-syn New \
             2.sack Begun(1); next sack; 1/4, 15 min"
        );
        assert_eq!(
            shown(&contents(&course, &progress, Some(0), "")),
            "path 1.three-way-handshake Done 2.header New 3.lost-syn New; next header; 1/3, 10 min"
        );
    }

    #[test]
    fn a_filter_hides_and_counts_the_same() {
        let course = course();
        let contents = |filter| shown(&contents(&course, &Progress::default(), None, filter));
        assert_eq!(
            contents("syn LOST"),
            "reliability 1.lost-syn New; next three-way-handshake; 0/4, 20 min"
        );
        assert_eq!(
            contents("二三 sack"),
            "reliability 2.sack New; next three-way-handshake; 0/4, 20 min"
        );
        assert_eq!(contents("nothing like it"), "next three-way-handshake; 0/4, 20 min");
    }
}
