//! What is done by hand once the page has been rendered: what no attribute can say.

use std::cell::Cell;

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::plots::Plots;
use super::{App, clock};
use crate::browser::{document, element};

/// What was done by hand, so that it is done once.
#[derive(Default)]
pub(crate) struct Rendered {
    menu: Cell<Option<(f64, f64)>>,
    row: Cell<Option<(usize, bool)>>,
    plots: Plots,
}

/// How far the menu stands from where its segment was picked.
const APART: f64 = 12.0;

impl Rendered {
    /// After each rendering.
    pub(crate) fn tend(&self, app: &App) {
        app.stage.attach();
        self.place_menu(app);
        self.follow_row(app);
        self.plots.tend(app);
        clock::show(&app.store);
    }

    /// Puts a menu that has just opened beside its segment, and the focus into it.
    fn place_menu(&self, app: &App) {
        let at = app.store.read().shell.menu;
        if self.menu.replace(at) == at {
            return;
        }
        let (Some((x, y)), Some(menu)) = (at, element("packet-menu")) else { return };
        let Some(view) = menu.parent_element() else { return };
        let fits = |place: f64, size: i32, room: i32| {
            let (size, room) = (f64::from(size), f64::from(room));
            let after = place + APART;
            let wanted = if after + size <= room { after } else { place - APART - size };
            wanted.min(room - size - 8.0).max(8.0)
        };
        let style = menu.style();
        let put = |side: &str, length: f64| {
            // A length in pixels is always taken.
            let _ = style.set_property(side, &format!("{}px", crate::ui::tenths(length)));
        };
        put("left", fits(x, menu.offset_width(), view.client_width()));
        put("top", fits(y, menu.offset_height(), view.client_height()));
        // A menu takes the focus.
        let _ = menu.focus();
    }

    /// Brings the present row of a long list into sight, whenever it is another.
    fn follow_row(&self, app: &App) {
        let list = document().query_selector(".rows").ok().flatten();
        let list = list.and_then(|list| list.dyn_into::<HtmlElement>().ok());
        let shown = list.as_ref().and_then(|list| {
            let row = list.get_attribute("data-shown")?.parse().ok()?;
            Some((row, list.matches(".log").unwrap_or(false)))
        });
        if self.row.replace(shown) == shown {
            return;
        }
        let (Some(list), Some((row, _))) = (list, shown) else { return };
        let height = i32::try_from(app.store.read().shell.row_height()).unwrap_or(28);
        let top = i32::try_from(row).unwrap_or(i32::MAX / height).saturating_mul(height);
        // The headings take a row's height.
        let (scrolled, tall) = (list.scroll_top(), list.client_height() - height);
        if top < scrolled || top + height > scrolled + tall {
            list.set_scroll_top(top.saturating_sub(tall / 2));
        }
    }
}
