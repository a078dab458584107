//! What is said: in which language, with which numbers.

mod book;
mod chinese;
mod explain;
mod locale;
mod messages;
mod numbers;
mod table;

#[cfg(feature = "built-in-words")]
pub use book::words_text;
pub use book::{Words, has_words, learn_words, words_file};
pub use chinese::chinese_faults;
pub use explain::{
    Because, Context, Told, Variable, because, describe, explain, first_words_do,
    first_words_explain, host_in_words, host_title, narrate, narrate_these, variables,
};
pub(crate) use explain::{call_name, describe_in};
pub use locale::Locale;
pub(crate) use messages::hand::EditWords;
pub use messages::{Messages, QuizWords, Side, messages};
pub(crate) use numbers::peer_of;
pub use numbers::{Bases, Numbers, duration_text, percent_text};
pub use table::Phrase;
