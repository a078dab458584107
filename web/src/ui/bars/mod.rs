//! The bars: scenario and settings above, notices below it, playback under the ladder.

mod keys;
mod network;
mod notice;
mod settings;
mod topbar;
mod transport;

pub(crate) use keys::Keys;
pub(crate) use network::Network;
pub(crate) use notice::NoticeBar;
pub(crate) use topbar::Topbar;
pub(crate) use transport::Transport;

use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

/// The text of the field or the choice that an event comes from.
pub(super) fn value_of(event: &Event) -> String {
    let target = event.target();
    let input = target.as_ref().and_then(|target| target.dyn_ref::<HtmlInputElement>());
    let select = target.as_ref().and_then(|target| target.dyn_ref::<HtmlSelectElement>());
    input.map(HtmlInputElement::value).or(select.map(HtmlSelectElement::value)).unwrap_or_default()
}
