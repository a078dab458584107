//! What students sent back: decoded, graded again, and made into a table.

use tcpscope_quiz::{Set, SetAnswer, SetResults, code_error_in_words, csv, pasted};
use tcpscope_view::Locale;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlTextAreaElement;
use yew::platform::spawn_local;

use super::staged::Graded;
use crate::app::App;
use crate::app::interviews::focus;
use crate::browser;
use crate::store::{Copied, ReadRow, ReadSet, SetChange, Verdict};

impl App {
    /// Reads the codes in the field.
    pub(super) fn read_results(&self) {
        let field = browser::element("set-codes").and_then(|field| field.dyn_into().ok());
        let Some(field): Option<HtmlTextAreaElement> = field else { return };
        let text = field.value();
        self.tell_set(SetChange::Pasted(text.clone()));
        let app = self.clone();
        spawn_local(async move {
            let set = app.store.read().sets.draft.clone();
            let graded = app.graded(&set).await;
            let locale = app.store.read().preferences.locale;
            app.tell_set(SetChange::Read(Some(table(&set, &graded, &text, locale))));
            focus("set-table");
        });
    }

    /// Copies the table.
    pub(super) fn copy_csv(&self) {
        let text = {
            let session = self.store.read();
            let words = &session.messages().sets;
            session.sets.read.as_ref().map(|read| {
                let word = |verdict| match verdict {
                    Verdict::Graded(true) => "✓ ",
                    Verdict::Graded(false) => "✗ ",
                    Verdict::Own(true) => "(✓) ",
                    Verdict::Own(false) => "(✗) ",
                    Verdict::NoAnswer => "",
                };
                let mut rows = Vec::new();
                let mut head = vec![words.student.to_owned(), words.right_of.to_owned()];
                head.extend(read.questions.iter().map(|(question, _)| question.clone()));
                rows.push(head);
                for row in &read.rows {
                    let right = row.cells.iter().filter(|(_, verdict)| verdict.is_right());
                    let mut cells = vec![row.name.clone(), right.count().to_string()];
                    for (answer, verdict) in &row.cells {
                        let mut cell = word(*verdict).to_owned();
                        cell.push_str(answer);
                        cells.push(cell);
                    }
                    rows.push(cells);
                }
                csv(&rows)
            })
        };
        self.copy_in_set(Copied::Csv, text);
    }
}

/// The table of what was pasted.
fn table(set: &Set, graded: &[Graded], text: &str, locale: Locale) -> ReadSet {
    let questions = graded.iter().map(|each| (each.question(locale), each.expected(locale)));
    let mut read = ReadSet { questions: questions.collect(), rows: Vec::new(), bad: Vec::new() };
    let mut all: Vec<Vec<SetAnswer>> = Vec::new();
    for each in pasted(text) {
        match each.results {
            Err(error) => read.bad.push((each.line, code_error_in_words(&error, locale))),
            Ok(results) if !set.is_of(&results) => {
                let told = tcpscope_view::messages(locale).sets.other_set.to_owned();
                read.bad.push((each.line, told));
            }
            Ok(SetResults { name, mut answers, .. }) => {
                answers.resize(graded.len(), SetAnswer::None);
                let cells = graded.iter().zip(&answers);
                let cells = cells.map(|(graded, answer)| graded.grade(answer, locale)).collect();
                let some = answers.iter().any(|answer| *answer != SetAnswer::None);
                let same = all.iter().position(|other| some && *other == answers);
                read.rows.push(ReadRow { line: each.line, name, cells, same });
                all.push(answers);
            }
        }
    }
    read
}
