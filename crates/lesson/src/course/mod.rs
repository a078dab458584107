//! All lessons together: which there are and in which order, on which paths one may read them, how
//! far a learner has come. What the contents page shows is [`contents`].

mod contents;
mod entry;
mod json;
#[cfg(feature = "toml")]
mod make;
mod paths;
mod progress;
mod sheet;
mod target;
mod terms;

pub use contents::{Chapter, Contents, Line, Standing, contents};
pub use entry::{Course, Entry, Way};
pub use paths::{ORDER, PATHS, Path};
pub use progress::Progress;
pub use sheet::{
    Bit, BitWords, Cited, Claimed, Face, Said, Sheet, SheetAsk, SheetReading, SheetRun, SheetStage,
    SheetStop, SheetTrap, SheetTrial,
};
pub use target::{Place, Target, Which};
pub use terms::{Glossary, GlossaryTerm};

/// Writes a text in quotes, as JSON has it.
fn quoted(text: &str, json: &mut String) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            '\n' => json.push_str("\\n"),
            control if control < ' ' => json.push(' '),
            other => json.push(other),
        }
    }
    json.push('"');
}

/// Writes a list of texts.
fn quoted_list(texts: &[String], json: &mut String) {
    json.push('[');
    for (place, text) in texts.iter().enumerate() {
        json.push_str(if place == 0 { "" } else { "," });
        quoted(text, json);
    }
    json.push(']');
}
