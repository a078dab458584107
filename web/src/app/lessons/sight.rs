//! What is spoken of is brought into sight, as far as it fits: several things of a panel at once.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// What is left free above and below.
const MARGIN: f64 = 24.0;

/// What scrolls, and what of it is to be seen, counted from where its content begins.
struct Wish {
    panel: HtmlElement,
    /// How high its head is, which stays in sight.
    head: f64,
    /// From where to where, if not only the head is spoken of.
    span: Option<(f64, f64)>,
    with_head: bool,
}

/// Scrolls the panels so that these are seen. The first is the most important: what does not fit
/// beside those before it stays where it is.
pub(super) fn bring_into_sight(led: &[HtmlElement]) {
    let mut wishes: Vec<Wish> = Vec::new();
    for found in led {
        let Some(panel) = closest(found, ".side, .tab-panel") else { continue };
        let place = wishes.iter().position(|wish| wish.panel == panel).unwrap_or(wishes.len());
        if place == wishes.len() {
            wishes.push(Wish::of(panel));
        }
        if let Some(wish) = wishes.get_mut(place) {
            wish.add(found);
        }
    }
    for wish in wishes {
        wish.grant();
    }
}

impl Wish {
    fn of(panel: HtmlElement) -> Self {
        let head = panel.query_selector(".side .endpoint-head").ok().flatten();
        let head = head.map_or(0.0, |head| head.get_bounding_client_rect().height());
        Self { panel, head, span: None, with_head: false }
    }

    fn room(&self) -> f64 {
        f64::from(self.panel.client_height()) - self.head - 2.0 * MARGIN
    }

    fn add(&mut self, found: &HtmlElement) {
        if closest(found, ".side .endpoint-head").is_some() {
            self.with_head = true;
            return;
        }
        let (at, room) = (found.get_bounding_client_rect(), self.panel.get_bounding_client_rect());
        let above = f64::from(self.panel.scroll_top()) - room.top();
        let (mut top, mut bottom) = (at.top() + above, at.bottom() + above);
        if let Some((first, last)) = self.span {
            (top, bottom) = (top.min(first), bottom.max(last));
            if bottom - top > self.room() {
                return;
            }
        }
        self.span = Some((top, bottom));
    }

    fn grant(self) {
        let now = f64::from(self.panel.scroll_top());
        let Some((top, bottom)) = self.span else {
            // The way through the states stands below the head.
            self.panel.set_scroll_top(0);
            return;
        };
        let to_bottom = bottom + MARGIN - f64::from(self.panel.client_height());
        let to_top = top - MARGIN - self.head;
        let to = if self.with_head && to_bottom <= 0.0 {
            0.0
        } else if now > to_top {
            to_top
        } else if now < to_bottom {
            to_bottom.min(to_top)
        } else {
            return;
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a panel is some thousand pixels high"
        )]
        self.panel.set_scroll_top(to as i32);
    }
}

fn closest(found: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    found.closest(selector).ok().flatten()?.dyn_into().ok()
}
