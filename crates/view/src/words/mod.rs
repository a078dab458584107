//! What is said: in which language, with which numbers.

mod explain;
mod locale;
mod messages;
mod numbers;

pub use explain::{Because, Context, Told, because, describe, explain, narrate};
pub use locale::Locale;
pub use messages::{Messages, messages};
pub use numbers::{Bases, Numbers, duration_text};
