//! The page: a Yew front end over the trace.
//!
//! `store` is what it knows, `ui` what it shows, `stage` the ladder's canvas, `api` what others may
//! ask of it, `browser` what it runs in, and `app` what ties them together.

mod api;
mod app;
mod browser;
mod stage;
mod store;
mod ui;

/// Half the code of the standard library's allocator, and no slower for it.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    app::start();
}
