//! Rows by the thousand, of which only those that show are made.

use std::ops::Range;

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

/// What a list of rows is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct RowsProps {
    /// For style sheets.
    pub(crate) class: &'static str,
    /// The name of the table.
    pub(crate) label: &'static str,
    /// The height of a row, in pixels: all have the same.
    pub(crate) row_height: u32,
    /// How many rows there are.
    pub(crate) count: usize,
    /// The row to be in sight. It is brought there whenever it changes.
    pub(crate) shown: Option<usize>,
    /// The row of headings.
    pub(crate) head: Html,
    /// Makes the rows of a range.
    pub(crate) rows: Callback<Range<usize>, Html>,
    /// What the arrow keys do: a row up or down.
    pub(crate) go: Callback<bool>,
}

/// More rows than show, so that scrolling by a little needs no rendering.
const MARGIN: usize = 8;

/// A table whose rows are made as they come into sight.
#[component]
pub(crate) fn Rows(props: &RowsProps) -> Html {
    let element = use_node_ref();
    let visible = use_state_eq(|| 0..40_usize);
    let onscroll = {
        let (visible, height) = (visible.clone(), props.row_height);
        Callback::from(move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
            if let Some(element) = target {
                visible.set(in_sight(&element, height));
            }
        })
    };
    {
        let (element, visible) = (element.clone(), visible.setter());
        let height = props.row_height;
        use_effect_with((props.shown, props.count, height), move |(shown, _, _)| {
            if let Some(element) = element.cast::<HtmlElement>() {
                if let Some(shown) = *shown {
                    bring_into_sight(&element, shown, height);
                }
                visible.set(in_sight(&element, height));
            }
        });
    }
    let go = props.go.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        go.emit(down);
    });
    let height = props.row_height;
    let first = visible.start.min(props.count);
    let range = first..visible.end.clamp(first, props.count);
    let style = format!("height:{}px", pixels(props.count, height));
    html! {
        <div ref={element} class={classes!("rows", props.class)} role="table" tabindex="0"
            aria-label={props.label} aria-rowcount={(props.count + 1).to_string()} {onscroll}
            {onkeydown}>
            <div class="head label" role="row" aria-rowindex="1">{ props.head.clone() }</div>
            <div role="rowgroup" {style}>{ props.rows.emit(range) }</div>
        </div>
    }
}

/// Where the row at a place stands below the headings.
pub(crate) fn top_of(index: usize, height: u32) -> String {
    format!("top:{}px;height:{height}px", pixels(index + 1, height))
}

fn pixels(rows: usize, height: u32) -> usize {
    rows.saturating_mul(height as usize)
}

fn in_sight(element: &HtmlElement, height: u32) -> Range<usize> {
    let row = |pixels: i32| usize::try_from(pixels).unwrap_or(0) / height as usize;
    let (top, tall) = (element.scroll_top(), element.client_height());
    row(top).saturating_sub(MARGIN)..row(top + tall) + MARGIN
}

fn bring_into_sight(element: &HtmlElement, index: usize, height: u32) {
    let height = i32::try_from(height).unwrap_or(28);
    let top = i32::try_from(index).unwrap_or(i32::MAX / height).saturating_mul(height);
    let (scrolled, tall) = (element.scroll_top(), element.client_height() - height);
    if top < scrolled || top + height > scrolled + tall {
        element.set_scroll_top(top.saturating_sub(tall / 2));
    }
}
