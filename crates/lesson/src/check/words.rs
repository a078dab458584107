//! What is said, looked at: terms that exist, values that exist, Chinese as it is written here.

use std::collections::BTreeSet;
use std::ops::Range;

use tcpscope_view::{Numbers, chinese_faults};

use crate::claim::{Runs, Scene, StopFound};
use crate::finding::{Fault, within};
use crate::glossary;
use crate::lesson::{Lesson, Words};
use crate::markup::{Paragraph, Piece, paragraphs};
use crate::near::meant;

/// Looks at all words of a lesson. Values are those of the stop that they are said at; at the end,
/// of the end of the scenario as it is.
pub(super) fn check(
    lesson: &Lesson,
    runs: &Runs,
    stops: &[StopFound],
    source: &str,
    faults: &mut Vec<Fault>,
) {
    let mut looker = Looker { source, faults };
    for words in [&lesson.title, &lesson.summary] {
        looker.look(words, None);
    }
    for run in &lesson.runs {
        looker.look(&run.title, None);
    }
    for stop in &lesson.stops {
        let place = stops.iter().position(|found| found.id == stop.id.value);
        let scene = place.map(|place| Scene::new(runs, &stops[..place], &stops[place]));
        // One that was not found has been told of: its values cannot be had.
        match scene {
            Some(scene) => looker.look(&stop.say, Some(&scene)),
            None => looker.look_without_values(&stop.say),
        }
        for ask in stop.questions.iter().filter_map(|asked| asked.ask.as_ref()) {
            match scene {
                Some(scene) => looker.look(ask, Some(&scene)),
                None => looker.look_without_values(ask),
            }
        }
    }
    let end = Scene::end_of(runs, stops);
    for trap in &lesson.traps {
        looker.look(&trap.wrong, end.as_ref());
        looker.look(&trap.say, end.as_ref());
    }
    for words in lesson.sandbox.iter().map(|trial| &trial.say) {
        looker.look(words, end.as_ref());
    }
    for words in lesson.reading.iter().map(|reading| &reading.say) {
        looker.look(words, end.as_ref());
    }
}

struct Looker<'a> {
    source: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Looker<'_> {
    fn look(&mut self, words: &Words, scene: Option<&Scene<'_>>) {
        let [en, zh_cn] = self.languages(words);
        for (text, at, paragraphs) in
            [(&words.text.en, &words.en_at, &en), (&words.text.zh_cn, &words.zh_cn_at, &zh_cn)]
        {
            for value in values(paragraphs) {
                let wrong = match scene {
                    Some(scene) => {
                        value.value(scene).map(|value| value.said(Numbers::Relative)).err()
                    }
                    None => {
                        let what = "there is no value here: a title is said at no moment of a run";
                        self.fault(text, at, 0..0, what.to_owned());
                        None
                    }
                };
                if let Some(wrong) = wrong {
                    let place = within(self.source, at, &value.text);
                    self.faults
                        .push(Fault::new(place, format!("{{{}}}: {}", value.text, wrong.what)));
                }
            }
        }
    }

    fn look_without_values(&mut self, words: &Words) {
        self.languages(words);
    }

    /// Looks at both languages by themselves, and at what they have in common.
    fn languages(&mut self, words: &Words) -> [Vec<Paragraph>; 2] {
        let mut taken = |text: &str, at: &Range<usize>| {
            let (paragraphs, wrong) = paragraphs(text);
            for (place, what) in wrong {
                self.fault(text, at, place, what);
            }
            for term in terms(&paragraphs).filter(|term| glossary::find(term).is_none()) {
                let near = meant(term, glossary::TERMS.iter().map(|term| term.id));
                let place = within(self.source, at, &format!("[[{term}"));
                self.faults
                    .push(Fault::new(place, format!("the glossary has no term `{term}`{near}")));
            }
            paragraphs
        };
        let en = taken(&words.text.en, &words.en_at);
        let zh_cn = taken(&words.text.zh_cn, &words.zh_cn_at);
        for (word, what) in chinese_faults(&plain(&zh_cn)) {
            let place = within(self.source, &words.zh_cn_at, &word);
            self.faults.push(Fault::new(place, what));
        }
        // What one language says of the run, the other does.
        if !words.text.en.is_empty() && !words.text.zh_cn.is_empty() {
            let of = |paragraphs: &[Paragraph]| -> BTreeSet<String> {
                values(paragraphs).map(|value| value.text.trim().to_owned()).collect()
            };
            let (in_en, in_zh) = (of(&en), of(&zh_cn));
            for missing in in_en.difference(&in_zh) {
                let what =
                    format!("the Chinese does not say {{{missing}}}, which the English does");
                self.faults.push(Fault::new(words.zh_cn_at.clone(), what));
            }
            for missing in in_zh.difference(&in_en) {
                let what =
                    format!("the English does not say {{{missing}}}, which the Chinese does");
                self.faults.push(Fault::new(words.en_at.clone(), what));
            }
        }
        [en, zh_cn]
    }

    /// Something is wrong with a part of a text.
    fn fault(&mut self, text: &str, at: &Range<usize>, part: Range<usize>, what: String) {
        // What follows tells the place apart from others like it.
        let start = text.get(part.start..).unwrap_or_default();
        let line = start.lines().next().unwrap_or_default();
        let place = match line.is_empty() {
            true => at.clone(),
            false => within(self.source, at, line),
        };
        self.faults.push(Fault::new(place, what));
    }
}

fn values(paragraphs: &[Paragraph]) -> impl Iterator<Item = &crate::claim::Claim> {
    paragraphs.iter().flatten().filter_map(|inline| match &inline.piece {
        Piece::Value(claim) => Some(&**claim),
        Piece::Text(_) | Piece::Term(..) => None,
    })
}

fn terms(paragraphs: &[Paragraph]) -> impl Iterator<Item = &str> {
    paragraphs.iter().flatten().filter_map(|inline| match &inline.piece {
        Piece::Term(id, _) => Some(id.as_str()),
        Piece::Text(_) | Piece::Value(_) => None,
    })
}

/// The words as they are read, without how they are set.
fn plain(paragraphs: &[Paragraph]) -> String {
    let mut plain = String::new();
    for paragraph in paragraphs {
        for inline in paragraph {
            match &inline.piece {
                Piece::Text(text) => plain.push_str(text),
                Piece::Term(_, Some(shown)) => plain.push_str(shown),
                Piece::Term(id, None) => {
                    plain.push_str(glossary::name(id, "zh-CN"));
                }
                Piece::Value(_) => plain.push('0'),
            }
        }
        plain.push('\n');
    }
    plain
}
