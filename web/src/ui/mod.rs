//! What the page shows: a pure function of the session, rendered by Yew.
//!
//! Controls carry commands in their attributes (see [`command`]), so that nothing here listens to
//! anything.

mod announcer;
mod book;
mod caption;
mod capture;
mod captured;
mod command;
mod drawer;
mod element;
mod export;
mod icons;
mod interview;
mod keys;
mod lines;
mod markup;
mod menus;
mod names;
mod network;
mod notice;
mod page;
mod panels;
mod picture;
mod question;
mod review;
mod rows;
mod seek;
mod segments;
mod set;
mod stage;
mod teach;
#[cfg(test)]
mod tests;
mod topbar;
mod transport;
mod veil;
mod vocabulary;

use yew::prelude::*;

use crate::app::{App, Rendered};
use crate::store::{Change, Subscription};
pub(crate) use capture::CaptureCommand;
pub(crate) use captured::{
    CAPTURE_CANCEL, CAPTURE_DIALOG, CAPTURE_LIST, CAPTURE_SCROLL, CAPTURE_SEGMENTS,
    capture_row_height,
};
pub(crate) use command::{Command, DELAYS, SandboxCommand};
pub(crate) use drawer::console::calls;
pub(crate) use drawer::{cell_of, moved, side_of, term_id};
pub(crate) use element::tenths;
pub(crate) use export::ExportCommand;
pub(crate) use interview::InterviewCommand;
pub(crate) use menus::{FLAGS, Hand};
pub(crate) use panels::phase;
pub(crate) use question::{QuizCommand, field_id};
pub(crate) use review::ReviewCommand;
pub(crate) use set::SetCommand;
pub(crate) use teach::TeachCommand;
pub(crate) use transport::clock;

/// What the page is given.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PageProps {
    /// The page as a whole.
    pub(crate) app: App,
}

/// The page. It is rendered anew when the session changes or the present record, never per frame.
pub(crate) struct Page {
    rendered: Rendered,
    _subscription: Subscription,
}

impl Component for Page {
    type Message = ();
    type Properties = PageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let subscription = ctx.props().app.store.subscribe(move |store, change| {
            // How large the ladder is drawn is for the canvas alone.
            let moves = change == Change::Moved && store.read().playing;
            if !moves && change != Change::Zoomed {
                link.send_message(());
            }
        });
        Self { rendered: Rendered::default(), _subscription: subscription }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        page::page(&ctx.props().app.store.read()).into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        self.rendered.tend(&ctx.props().app);
    }
}
