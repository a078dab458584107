//! Lessons: files that teachers write, checked against the engine.
//!
//! A lesson is a TOML file: a scenario, the moments at which it stops, and what is said there in
//! each language. `file` reads one, `check` runs it and says what is wrong with it; [`stop`] and
//! [`claim`] are the two small languages in it. How one is written is in
//! `docs/writing-lessons.md`.

#[cfg(feature = "toml")]
pub mod check;
pub mod claim;
pub mod course;
#[cfg(feature = "toml")]
#[cfg(feature = "toml")]
pub mod file;
#[cfg(feature = "toml")]
mod finding;
pub mod glossary;
mod lesson;
pub mod markup;
mod near;
#[cfg(feature = "toml")]
mod point;
mod read;
pub mod sections;
pub mod stop;

/// The JSON Schema of lesson files, for editors; `check` says more.
#[cfg(feature = "toml")]
pub const SCHEMA: &str = include_str!("../../../lessons/lesson.schema.json");

#[cfg(feature = "toml")]
pub use finding::{Fault, Finding};
pub use lesson::{
    Asked, FORMAT, Lesson, Part, Placed, Reading, Run, Stage, Stop, Trap, Trial, Words,
};
