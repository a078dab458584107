//! Media queries: what the screen and the reader's system are like.

use web_sys::MediaQueryList;

use super::{Listener, window};

/// A media query, watched for as long as it is kept.
pub(crate) struct Media {
    query: Option<MediaQueryList>,
    _listener: Option<Listener>,
}

impl Media {
    /// Calls `changed` whenever the answer changes.
    pub(crate) fn watch(query: &str, changed: impl Fn() + 'static) -> Self {
        let query = window().match_media(query).ok().flatten();
        let listener =
            query.as_ref().map(|query| Listener::new(query, "change", move |_| changed()));
        Self { query, _listener: listener }
    }

    /// Whether the query holds now.
    pub(crate) fn holds(&self) -> bool {
        self.query.as_ref().is_some_and(MediaQueryList::matches)
    }
}
