//! How fast runs are simulated, sought and replayed: the same run natively and in WASM.
//!
//! `cargo xtask bench` runs the program of this crate natively and its module in Chromium.

mod bulk;
#[cfg(target_family = "wasm")]
pub mod module;

pub use bulk::{look, middle, timeline};
