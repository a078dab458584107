//! What stands below the ladder, a sheet at a time: why, the log, the segment, the states.

mod diagram;
mod inspector;
mod log;
mod why;

use tcpscope_sim::HostId;
use tcpscope_view::Messages;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::context::{Layout, Picture, use_playback, use_session};
use super::icons::{self, icon};
use super::panels::endpoint;
use super::stage::Segments;
use log::Log;

/// A sheet of the drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Why the present step happens.
    Why,
    /// Everything that happens.
    Log,
    /// The selected segment, taken apart.
    Segment,
    /// The state diagram.
    States,
    /// The ladder as a table.
    Table,
    /// An endpoint, where there is no place for it beside the ladder.
    Endpoint(HostId),
}

impl Tab {
    fn all(layout: Layout) -> Vec<Self> {
        let mut all = vec![Self::Why, Self::Log, Self::Segment, Self::States, Self::Table];
        if layout == Layout::Phone {
            all.splice(1..1, [HostId(0), HostId(1)].map(Self::Endpoint));
        }
        all
    }

    const fn id(self) -> &'static str {
        match self {
            Self::Why => "tab-why",
            Self::Log => "tab-log",
            Self::Segment => "tab-segment",
            Self::States => "tab-states",
            Self::Table => "tab-table",
            Self::Endpoint(HostId(0)) => "tab-first",
            Self::Endpoint(_) => "tab-second",
        }
    }

    fn name(self, picture: &Picture<'_>) -> String {
        let words: &Messages = picture.messages();
        match self {
            Self::Why => words.log.why.to_owned(),
            Self::Log => words.log.label.to_owned(),
            Self::Segment => words.inspector.label.to_owned(),
            Self::States => words.diagram.label.to_owned(),
            Self::Table => picture.words().table.to_owned(),
            Self::Endpoint(host) => picture.title(host),
        }
    }

    /// Whether the sheet needs more room than a few lines.
    const fn is_tall(self) -> bool {
        matches!(self, Self::Segment | Self::States | Self::Endpoint(_))
    }
}

/// How much room the drawer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    /// The tabs alone.
    Shut,
    /// A few lines.
    Low,
    /// About half of the page.
    Tall,
}

impl Size {
    const fn name(self) -> &'static str {
        match self {
            Self::Shut => "shut",
            Self::Low => "low",
            Self::Tall => "tall",
        }
    }
}

/// What the drawer is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DrawerProps {
    /// The sheet that is shown.
    pub(crate) tab: Tab,
    /// Shows another.
    pub(crate) show: Callback<Tab>,
}

/// The drawer.
#[component]
pub(crate) fn Drawer(props: &DrawerProps) -> Html {
    let context = use_session();
    let playback = use_playback();
    let wanted = use_state_eq(|| None::<Size>);
    let session = context.read();
    let Some(picture) = Picture::of(&session, playback) else { return Html::default() };
    let tabs = Tab::all(context.layout());
    // A sheet that has no place in this layout gives way to the first.
    let tab = if tabs.contains(&props.tab) { props.tab } else { Tab::Why };
    let size = wanted.unwrap_or(if tab.is_tall() { Size::Tall } else { Size::Low });
    let resize = |size: Size| {
        let wanted = wanted.setter();
        Callback::from(move |_: MouseEvent| wanted.set(Some(size)))
    };
    // The tab of the sheet that is shown hides it, and shows it again.
    let pick = {
        let (wanted, show) = (wanted.clone(), props.show.clone());
        Callback::from(move |picked: Tab| {
            wanted.set((picked == tab && size != Size::Shut).then_some(Size::Shut));
            show.emit(picked);
        })
    };
    let (path, name, other) = match size {
        Size::Tall => (icons::LOWER, picture.words().lower, Size::Low),
        Size::Low | Size::Shut => (icons::TALLER, picture.words().taller, Size::Tall),
    };
    let flush = matches!(tab, Tab::Log | Tab::Table);
    html! {
        <section id="details" class="drawer" tabindex="-1" data-size={size.name()}
            aria-label={picture.messages().landmark.details}>
            <div class="tabs">
                <div class="tablist" role="tablist" aria-label={picture.messages().landmark.details}
                    onkeydown={move_between(&tabs, tab, &props.show)}>
                    { for tabs.iter().map(|each| tab_button(*each, tab, &picture, &pick)) }
                </div>
                <span class="spacer" />
                <button type="button" class="icon" aria-label={name} title={name} onclick={resize(other)}>
                    { icon(path) }
                </button>
            </div>
            <div class={classes!("tab-panel", flush.then_some("flush"))} role="tabpanel"
                id="tab-panel" aria-labelledby={tab.id()} tabindex={(!flush).then_some("0")}
                hidden={size == Size::Shut}>
                if size != Size::Shut { { sheet(tab, &picture) } }
            </div>
        </section>
    }
}

fn sheet(tab: Tab, picture: &Picture<'_>) -> Html {
    match tab {
        Tab::Why => why::why(picture),
        Tab::Log => html! { <Log /> },
        Tab::Segment => html! { <inspector::Inspector /> },
        Tab::States => diagram::diagram(picture),
        Tab::Table => html! { <Segments /> },
        Tab::Endpoint(host) => endpoint(picture, host),
    }
}

fn tab_button(tab: Tab, shown: Tab, picture: &Picture<'_>, show: &Callback<Tab>) -> Html {
    let selected = tab == shown;
    let tabindex = if selected { "0" } else { "-1" };
    html! {
        <button key={tab.id()} id={tab.id()} type="button" role="tab" aria-controls="tab-panel"
            aria-selected={selected.to_string()} {tabindex} onclick={show.reform(move |_| tab)}>
            { tab.name(picture) }
        </button>
    }
}

/// Arrow keys go from tab to tab, as the pattern of tabs has it (WAI-ARIA APG).
fn move_between(tabs: &[Tab], tab: Tab, show: &Callback<Tab>) -> Callback<KeyboardEvent> {
    let (tabs, show) = (tabs.to_vec(), show.clone());
    Callback::from(move |event: KeyboardEvent| {
        let here = tabs.iter().position(|each| *each == tab).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (here + 1) % tabs.len(),
            "ArrowLeft" => (here + tabs.len() - 1) % tabs.len(),
            "Home" => 0,
            "End" => tabs.len() - 1,
            _ => return,
        };
        event.prevent_default();
        show.emit(tabs[next]);
        let target = event.current_target().and_then(|list| list.dyn_into::<HtmlElement>().ok());
        let button = target.and_then(|list| list.children().item(u32::try_from(next).unwrap_or(0)));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // A tab takes the focus.
            let _ = button.focus();
        }
    })
}
