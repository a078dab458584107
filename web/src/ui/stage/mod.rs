//! The stage: the ladder on its canvas, its twin as a table, and what can be done to a segment.

mod actions;
mod canvas;
mod glyphs;
mod head;
mod menu;
mod painter;
mod palette;
mod pointer;
mod scroll;
mod segments;

use std::rc::Rc;

use tcpscope_sim::PacketIndex;
use yew::prelude::*;

use super::context::{SessionContext, use_session};
use super::drawer::Tab;
use super::icons::{self, icon};
use super::keyboard::OPEN_MENU;
use crate::browser::{Listener, window};
use crate::store::{Action, Change};
pub(crate) use actions::{DELAYS, delay, drop_packet};
use canvas::Canvas;
use head::Head;
use menu::PacketMenu;
pub(crate) use segments::Segments;

/// What the stage is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StageProps {
    /// Shows a sheet of the drawer.
    pub(crate) show_tab: Callback<Tab>,
}

/// The stage.
#[component]
pub(crate) fn Stage(props: &StageProps) -> Html {
    let context = use_session();
    let menu_at = use_state_eq(|| None::<(f64, f64)>);
    let following = use_state_eq(|| true);
    let view = use_node_ref();
    let canvas = use_canvas(&context, &view, &menu_at, &following);
    use_menu_key(&context, &canvas, &menu_at);

    let session = context.read();
    let words = session.messages();
    let follow = {
        let canvas = canvas.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(canvas) = &*canvas.borrow() {
                canvas.follow();
            }
        })
    };
    let close = {
        let menu_at = menu_at.clone();
        Callback::from(move |()| menu_at.set(None))
    };
    let inspect = props.show_tab.reform(|()| Tab::Segment);
    html! {
        <section id="stage" class="stage" aria-label={words.landmark.stage} tabindex="-1">
            <Head />
            <div class="stage-view" ref={view}>
                <canvas role="img" aria-label={format!("{}. {}", words.ladder.label, words.ladder.help)} />
                if let (Some(at), Some(packet)) = (*menu_at, session.selected()) {
                    <PacketMenu {packet} {at} {close} {inspect} />
                }
                if !*following {
                    <button type="button" class="button follow" onclick={follow}>
                        { icon(icons::FOLLOW) }{ session.words().follow }
                    </button>
                }
            </div>
        </section>
    }
}

type Painted = Rc<std::cell::RefCell<Option<Canvas>>>;

/// The canvas, painted for as long as the stage is there.
#[hook]
fn use_canvas(
    context: &SessionContext,
    view: &NodeRef,
    menu_at: &UseStateHandle<Option<(f64, f64)>>,
    following: &UseStateHandle<bool>,
) -> Painted {
    let canvas: Painted = use_mut_ref(|| None);
    let (painted, view) = (canvas.clone(), view.clone());
    let store = context.store().clone();
    let (menu_at, following) = (menu_at.setter(), following.setter());
    use_effect_with((), move |()| {
        let events = canvas::Events {
            picked: Callback::from(move |at| menu_at.set(at)),
            following: Callback::from(move |follows| following.set(follows)),
        };
        *painted.borrow_mut() = Canvas::new(&store, &view, events);
        move || drop(painted.borrow_mut().take())
    });
    canvas
}

/// The menu of the selected segment opens by key too; it closes when the segment is another.
#[hook]
fn use_menu_key(
    context: &SessionContext,
    canvas: &Painted,
    menu_at: &UseStateHandle<Option<(f64, f64)>>,
) {
    let (canvas, menu_at) = (canvas.clone(), menu_at.setter());
    let store = context.store().clone();
    use_effect_with((), move |()| {
        let open = {
            let menu_at = menu_at.clone();
            Listener::new(&window(), OPEN_MENU, move |_| {
                let at = canvas.borrow().as_ref().and_then(Canvas::place_of_selected);
                menu_at.set(at);
            })
        };
        let subscription = store.subscribe(move |store, change| match change {
            Change::Loaded | Change::Edited | Change::Played => menu_at.set(None),
            Change::Selected if store.read().selection.is_none() => menu_at.set(None),
            Change::Listed
            | Change::Moved
            | Change::Stepped
            | Change::Paused
            | Change::Sped
            | Change::Selected
            | Change::Preferred
            | Change::Told
            | Change::LaidOut => {}
        });
        move || drop((open, subscription))
    });
}

/// Selects a segment of the present run.
fn select(store: &crate::store::Store, packet: Option<PacketIndex>) {
    let id = {
        let session = store.read();
        let run = session.run.as_ref();
        packet.and_then(|packet| run.map(|run| run.trace().packet(packet).id))
    };
    store.act(Action::Select(id));
}
