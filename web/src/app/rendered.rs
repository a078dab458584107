//! What is done by hand once the page has been rendered: what no attribute can say.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::lessons::Led;
use super::plots::Plots;
use super::{App, clock};
use crate::browser::{document, element, focus};
use crate::store::{Layout, MenuOf, Tab};

/// What was done by hand, so that it is done once.
#[derive(Default)]
pub(crate) struct Rendered {
    menu: Cell<Option<(MenuOf, (f64, f64))>>,
    /// How much was done when the console was last shown.
    calls: Cell<Option<usize>>,
    /// What had the focus before the menu took it.
    opener: RefCell<Option<HtmlElement>>,
    row: Cell<Option<(usize, bool)>>,
    tab: Cell<Option<(Tab, Layout)>>,
    plots: Plots,
    led: Led,
    /// Which row of a capture was brought into sight.
    captured: Cell<Option<(usize, usize)>>,
}

/// How much of its neighbours shows beside a tab that was brought into sight.
const BESIDE: i32 = 32;

/// How far the menu stands from where its segment was picked.
const APART: f64 = 12.0;

impl Rendered {
    /// After each rendering.
    pub(crate) fn tend(&self, app: &App) {
        app.stage.attach();
        self.place_menu(app);
        self.follow_row(app);
        self.follow_tab(app);
        self.plots.tend(app);
        self.led.tend(app);
        self.follow_calls(app);
        app.tend_capture(&self.captured);
        clock::show(&app.store);
    }

    /// Puts a menu that has just opened beside its segment, and the focus into it.
    fn place_menu(&self, app: &App) {
        let shell = app.store.read().shell;
        let open = shell.menu.map(|at| (shell.menu_of, at));
        let before = self.menu.replace(open);
        if before == open {
            return;
        }
        let menu = document().query_selector(".packet-menu").ok().flatten();
        let menu = menu.and_then(|menu| menu.dyn_into::<HtmlElement>().ok());
        let (Some((_, (x, y))), Some(menu)) = (open, menu) else {
            return self.give_focus_back();
        };
        if before.is_none() {
            let focused = document().active_element().and_then(|focused| focused.dyn_into().ok());
            *self.opener.borrow_mut() = focused;
        }
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

    /// Brings the latest call into sight, whenever there is another.
    fn follow_calls(&self, app: &App) {
        let session = app.store.read();
        let shown = session.shell.shown_tab() == Tab::Console;
        let done = session.journal.done().len() + session.journal.left_out();
        if self.calls.replace(shown.then_some(done)) != shown.then_some(done)
            && let Some(panel) = element("tab-panel").filter(|_| shown)
        {
            panel.set_scroll_top(panel.scroll_height());
        }
    }

    /// Whoever had the focus before a menu has it again, if the menu took it along.
    fn give_focus_back(&self) {
        let opener = self.opener.borrow_mut().take();
        let lost = document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
        match opener {
            Some(opener) if lost && opener.is_connected() && opener.tag_name() != "BODY" => {
                // It had the focus before.
                let _ = opener.focus();
            }
            Some(_) if lost => focus("stage"),
            Some(_) | None => {}
        }
    }

    /// Brings the tab of the sheet that shows into sight, where there is no room for all.
    fn follow_tab(&self, app: &App) {
        let shell = app.store.read().shell;
        let shown = (shell.shown_tab(), shell.layout);
        let Some(tab) = element(shown.0.id()) else { return };
        let Some(list) =
            tab.parent_element().filter(|_| self.tab.replace(Some(shown)) != Some(shown))
        else {
            return;
        };
        // Places in the list: it is what its tabs are placed in.
        let (from, to) = (tab.offset_left(), tab.offset_left() + tab.offset_width());
        if from < list.scroll_left() {
            list.set_scroll_left(from - BESIDE);
        } else if to > list.scroll_left() + list.client_width() {
            list.set_scroll_left(to + BESIDE - list.client_width());
        }
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
