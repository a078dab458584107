//! Where things have their place, at the window's present width.

use std::rc::{Rc, Weak};

use crate::browser::Media;
use crate::store::{Action, Arrange, Layout, Store};

/// Keeps the layout as wide as the window.
pub(super) fn keep(store: &Store) -> Rc<[Media; 2]> {
    let queries = Rc::new_cyclic(|queries: &Weak<[Media; 2]>| {
        ["(min-width: 1200px)", "(min-width: 700px)"].map(|query| {
            let (store, queries) = (store.clone(), queries.clone());
            Media::watch(query, move || {
                if let Some(queries) = queries.upgrade() {
                    arrange(&store, &queries);
                }
            })
        })
    });
    arrange(store, &queries);
    queries
}

fn arrange(store: &Store, queries: &[Media; 2]) {
    let layout = match queries.each_ref().map(Media::holds) {
        [true, _] => Layout::Desk,
        [false, true] => Layout::Tablet,
        [false, false] => Layout::Phone,
    };
    store.act(Action::Arrange(Arrange::Layout(layout)));
}
