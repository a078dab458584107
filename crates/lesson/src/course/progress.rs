//! How far a learner has come. It is kept on the learner's device, and nowhere else.

use tcpscope_scenario::ScenarioError;
use tcpscope_scenario::reading::{self, Reader, Wrong};

use super::entry::texts;
use super::{Entry, quoted, quoted_list};

/// Which stops of which lessons were read, and where reading goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The lesson that was read last.
    last: Option<String>,
    lessons: Vec<(String, Vec<String>)>,
    /// What is asked again, and when: the lines of a review. Nothing here reads them.
    review: Vec<String>,
}

/// So much of a file is read at most: whatever a learner does, theirs is far below.
const MOST: usize = 512;

impl Progress {
    /// A stop was read; says whether that is news.
    pub fn read(&mut self, lesson: &str, stop: &str) -> bool {
        let turned = self.last.as_deref() != Some(lesson);
        if turned {
            self.last = Some(lesson.to_owned());
        }
        self.add(lesson, stop) || turned
    }

    fn add(&mut self, lesson: &str, stop: &str) -> bool {
        let known = self.lessons.iter().position(|(id, _)| id == lesson);
        let known = known.unwrap_or_else(|| {
            self.lessons.push((lesson.to_owned(), Vec::new()));
            self.lessons.len() - 1
        });
        let Some((_, stops)) = self.lessons.get_mut(known) else { return false };
        if stops.iter().any(|known| known == stop) {
            return false;
        }
        stops.push(stop.to_owned());
        true
    }

    /// Whether a stop was read.
    #[must_use]
    pub fn has(&self, lesson: &str, stop: &str) -> bool {
        self.stops(lesson).iter().any(|known| known == stop)
    }

    /// How many of a lesson's stops were read.
    #[must_use]
    pub fn count(&self, entry: &Entry) -> usize {
        entry.stops.iter().filter(|stop| self.has(&entry.id, stop)).count()
    }

    /// The lesson that was read last.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// Whether nothing was read, and nothing is asked again.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lessons.is_empty() && self.review.is_empty()
    }

    /// What is asked again, and when: the text of a review.
    #[must_use]
    pub fn review(&self) -> String {
        self.review.join("\n")
    }

    /// This is asked again from now on.
    pub fn set_review(&mut self, text: &str) {
        self.review = text.lines().map(str::to_owned).collect();
    }

    /// What was read elsewhere was read here too. What is asked again stays as it is.
    pub fn merge(&mut self, other: Self) {
        for (lesson, stops) in &other.lessons {
            for stop in stops {
                self.add(lesson, stop);
            }
        }
        self.last = self.last.take().or(other.last);
    }

    fn stops(&self, lesson: &str) -> &[String] {
        let found = self.lessons.iter().find(|(id, _)| id == lesson);
        found.map_or(&[], |(_, stops)| stops)
    }

    /// As a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::from(r#"{"format":1,"progress":["#);
        for (place, (lesson, stops)) in self.lessons.iter().enumerate() {
            json.push_str(if place == 0 { r#"{"lesson":"# } else { r#",{"lesson":"# });
            quoted(lesson, &mut json);
            json.push_str(r#","stops":"#);
            quoted_list(stops, &mut json);
            json.push('}');
        }
        json.push(']');
        if let Some(last) = &self.last {
            json.push_str(r#","last":"#);
            quoted(last, &mut json);
        }
        if !self.review.is_empty() {
            json.push_str(r#","review":"#);
            quoted_list(&self.review, &mut json);
        }
        json.push('}');
        json
    }

    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with the text, where, and what would be right.
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        reading::read(text, &mut progress)
    }
}

fn progress(file: &Reader<'_>) -> Result<Progress, Wrong> {
    let file = file.object(&["format", "progress", "last", "review"])?;
    file.required("format")?.number(1, 1)?;
    let last = match file.field("last") {
        Some(last) => Some(last.text()?.to_owned()),
        None => None,
    };
    let review = file.field("review").map(|lines| texts(&lines)).transpose()?.unwrap_or_default();
    let mut progress = Progress { last, lessons: Vec::new(), review };
    file.required("progress")?.each(&mut |lesson| {
        let lesson = lesson.object(&["lesson", "stops"])?;
        let id = lesson.required("lesson")?.text()?.to_owned();
        for stop in texts(&lesson.required("stops")?)?.iter().take(MOST) {
            if progress.lessons.len() < MOST {
                progress.add(&id, stop);
            }
        }
        Ok(())
    })?;
    Ok(progress)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_kept_and_joined() {
        let mut here = Progress::default();
        assert!(here.is_empty());
        assert!(here.read("header", "ports"));
        assert!(!here.read("header", "ports"), "no news");
        assert!(here.read("sack", "first"));
        assert!(here.read("header", "ports"), "reading goes on elsewhere");
        let mut there = Progress::default();
        there.read("header", "checksum");
        there.read("paws", "old");
        here.merge(there);
        assert!(here.has("header", "ports") && here.has("header", "checksum"));
        assert!(here.has("paws", "old") && !here.has("paws", "new"));
        assert_eq!(here.last(), Some("header"));
        assert_eq!(Progress::from_json(&here.to_json()), Ok(here.clone()));
        here.set_review("tcpscope-review 1\nwhy 1 20000 0 1\n\"?\" \\\n");
        let read = Progress::from_json(&here.to_json()).expect("it was written");
        assert_eq!(read.review(), "tcpscope-review 1\nwhy 1 20000 0 1\n\"?\" \\");
        assert_eq!(read, here);
        assert_eq!(Progress::from_json(&Progress::default().to_json()), Ok(Progress::default()));
    }

    #[test]
    fn a_file_that_is_none_is_told() {
        for (text, said) in [
            ("hello", "1"),
            (r#"{"format":7}"#, "format"),
            (r#"{"format":1,"progress":[{"lesson":"x"}]}"#, "progress[0]"),
            (r#"{"format":1,"scenarios":[]}"#, "scenarios"),
        ] {
            let error = Progress::from_json(text).expect_err(text).to_string();
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
