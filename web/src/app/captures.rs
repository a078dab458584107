//! Captures: read in the page, piece by piece, by whoever asks for them; nothing leaves the device.

mod hand;

use std::cell::{Cell, RefCell};

use js_sys::{Date, Promise, Uint8Array};
use tcpscope_dissect::{
    CapturedStill, CapturedView, Conversations, Damage, End, Frame, Gather, Gathered, Observed,
    Observing, Reader, Replay, is_capture, no_replay_in_words,
};
use tcpscope_view::Theme;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlDialogElement};
use yew::platform::spawn_local;

pub(super) use hand::{chosen, dragged, dropped, press, scrolled, shows};

use super::{App, LoadError, learn_now};
use crate::browser::{element, focus, root, save, window};
use crate::store::{
    Action, CaptureChange, CaptureStage, Listed, Notice, NoticeKind, Opened, Playback, ReadSoFar,
    Run,
};
use crate::ui::{
    CAPTURE_CANCEL, CAPTURE_DIALOG, CAPTURE_LIST, CAPTURE_SCROLL, CAPTURE_SEGMENTS, CaptureCommand,
    capture_row_height,
};

/// How many octets are read at once: after each piece the page has its turn.
const PIECE: f64 = 4_194_304.0;

/// How many segments are looked at before the clock is asked, and for how long before the page has its
/// turn.
const BATCH: usize = 256;
const A_WHILE_MS: f64 = 40.0;

/// The file that is looked at, and which reading of it counts.
#[derive(Default)]
pub(super) struct Kept {
    file: RefCell<Option<File>>,
    turn: Cell<u32>,
    cancelled: Cell<bool>,
    /// What takes the focus once it is rendered.
    focus: Cell<Option<&'static str>>,
}

/// Why a file was not read to its end.
enum Stop {
    /// Somebody stopped it.
    Cancelled,
    /// It is damaged.
    Damaged(Damage),
    /// It cannot be read.
    Unreadable,
    /// Another was begun, or what is looked at is none of it any more.
    Overtaken,
}

impl App {
    /// Does what a control asks for.
    pub(super) fn capture(&self, command: CaptureCommand) {
        match command {
            CaptureCommand::Show => self.show_capture(),
            CaptureCommand::Hide => self.hide_capture(),
            CaptureCommand::Cancel => self.captures.cancelled.set(true),
            CaptureCommand::Back => {
                self.captures.focus.set(Some(CAPTURE_LIST));
                self.captured(CaptureChange::Back);
            }
            CaptureCommand::Replay => self.replay_capture(),
            CaptureCommand::Before => {
                self.captured(CaptureChange::Before);
                focus("stage");
            }
            CaptureCommand::Save => self.save_capture(),
            CaptureCommand::Open(place) => self.open_conversation(place),
            CaptureCommand::View(place) => self.view_capture(|sender| match place {
                1 => CapturedView::Sequence(sender),
                2 => CapturedView::Windows(sender),
                _ => CapturedView::Ladder,
            }),
            CaptureCommand::Sender(place) => {
                let sender = if place == 0 { End::Client } else { End::Server };
                let windows = matches!(
                    self.store.read().capturing.as_ref().and_then(|it| Some(it.one()?.view)),
                    Some(CapturedView::Windows(_))
                );
                self.view_capture(|_| {
                    if windows {
                        CapturedView::Windows(sender)
                    } else {
                        CapturedView::Sequence(sender)
                    }
                });
            }
            CaptureCommand::Segment(place) => self.captured(CaptureChange::Select(place)),
        }
    }

    fn view_capture(&self, choose: impl FnOnce(End) -> CapturedView) {
        let view = {
            let session = self.store.read();
            session.capturing.as_ref().and_then(|it| Some(choose(it.one()?.sender())))
        };
        if let Some(view) = view {
            self.captured(CaptureChange::View(view));
        }
    }

    fn captured(&self, change: CaptureChange) {
        self.store.act(Action::Capture(Box::new(change)));
    }

    /// Shows the capture that was looked at last, or what is needed to open one.
    fn show_capture(&self) {
        learn_now(self.store.read().preferences.locale);
        self.store.act(Action::Playback(Playback::Pause));
        self.captured(CaptureChange::Show);
    }

    /// Back to the run; the browser gives the focus back to who had it.
    fn hide_capture(&self) {
        let dialog = element(CAPTURE_DIALOG).and_then(|it| it.dyn_into().ok());
        let Some(dialog): Option<HtmlDialogElement> = dialog else { return };
        dialog.close();
        self.capture_was_shut();
    }

    /// Its dialog was shut, by whatever.
    pub(super) fn capture_was_shut(&self) {
        let open = self.store.read().capturing.as_ref().is_some_and(|it| it.open);
        let shut = element(CAPTURE_DIALOG)
            .and_then(|it| it.dyn_into::<HtmlDialogElement>().ok())
            .is_some_and(|it| !it.open());
        if open && shut {
            self.captured(CaptureChange::Hide);
        }
    }

    /// Reads a file that was chosen or dropped: a capture, or else what else can be opened.
    pub(super) fn open_any(&self, file: File) {
        let app = self.clone();
        spawn_local(async move {
            let beginning = piece(&file, 0.0, 4.0).await.unwrap_or_default();
            let name = file.name().to_ascii_lowercase();
            let named = [".pcap", ".pcapng", ".cap"].iter().any(|end| name.ends_with(end));
            if named || is_capture(&beginning) {
                app.read_capture(file);
            } else {
                super::files::open_text(&app, &file);
            }
        });
    }

    /// Reads the conversations of a file.
    pub(super) fn read_capture(&self, file: File) {
        self.show_capture();
        let octets = octets_of(&file);
        self.captured(CaptureChange::Begin(file.name(), octets));
        *self.captures.file.borrow_mut() = Some(file.clone());
        let app = self.clone();
        spawn_local(async move {
            let mut conversations = Conversations::new();
            let (read, ended) = app
                .each_frame(&file, &mut |frame| {
                    conversations.note(frame);
                    conversations.list().len()
                })
                .await;
            let (damage, stopped) = match ended {
                Ok(()) => (None, false),
                Err(Stop::Damaged(damage)) => (Some(damage), false),
                Err(Stop::Cancelled) => (None, true),
                Err(Stop::Unreadable) => return app.cannot_read(&file),
                Err(Stop::Overtaken) => return,
            };
            let listed = Listed { conversations, read, damage, stopped };
            app.captures.focus.set(Some(CAPTURE_LIST));
            app.captured(CaptureChange::Listed(Box::new(listed)));
        });
    }

    /// Reads the file once more, for the segments of one of its conversations.
    fn open_conversation(&self, place: usize) {
        let file = self.captures.file.borrow().clone();
        let Some(file) = file else { return };
        self.captured(CaptureChange::Row(place));
        self.captured(CaptureChange::Going(ReadSoFar::default()));
        let app = self.clone();
        spawn_local(async move {
            let mut gather = Gather::new(place);
            let (_, ended) = app
                .each_frame(&file, &mut |frame| {
                    gather.note(frame);
                    gather.conversations()
                })
                .await;
            match ended {
                Ok(()) | Err(Stop::Damaged(_)) => {}
                Err(Stop::Cancelled) => return app.capture(CaptureCommand::Back),
                Err(Stop::Unreadable) => return app.cannot_read(&file),
                Err(Stop::Overtaken) => return,
            }
            let Some(gathered) = gather.finish() else {
                return app.cannot_read(&file);
            };
            let Some(observed) = app.observe(&gathered).await else { return };
            let width = app.store.read().capturing.as_ref().map_or(720.0, |it| it.room.0);
            let one = Opened::of(place, gathered, observed, width);
            app.captures.focus.set(Some(CAPTURE_SEGMENTS));
            app.captured(CaptureChange::Opened(Box::new(one)));
        });
    }

    /// Looks at each segment, a while at a time, and tells how far; `None` where that was stopped, or
    /// something else begun meanwhile.
    async fn observe(&self, gathered: &Gathered) -> Option<Observed> {
        let turn = self.captures.turn.get();
        let all = gathered.segments.len();
        let mut observing = Observing::new(gathered);
        let mut since = Date::now();
        while observing.go_on(gathered, BATCH) {
            // A clock may be set back meanwhile.
            if (Date::now() - since).abs() < A_WHILE_MS {
                continue;
            }
            self.captured(CaptureChange::Looking(observing.looked_at(), all));
            page_has_its_turn().await;
            if self.captures.turn.get() != turn {
                return None;
            }
            if self.captures.cancelled.get() {
                self.capture(CaptureCommand::Back);
                return None;
            }
            since = Date::now();
        }
        Some(observing.finish())
    }

    fn cannot_read(&self, file: &File) {
        let why = {
            let session = self.store.read();
            session.messages().capture_view.unreadable.fill([&file.name()])
        };
        self.captured(CaptureChange::Back);
        self.captured(CaptureChange::Trouble(why));
    }

    /// Reads a file piece by piece and tells how far; `each` says how many conversations there are.
    async fn each_frame(
        &self,
        file: &File,
        each: &mut dyn FnMut(&Frame<'_>) -> usize,
    ) -> (ReadSoFar, Result<(), Stop>) {
        let turn = self.captures.turn.get().wrapping_add(1);
        self.captures.turn.set(turn);
        self.captures.cancelled.set(false);
        self.captures.focus.set(Some(CAPTURE_CANCEL));
        let mut reader = Reader::new();
        let mut conversations = 0;
        let (mut at, size) = (0.0, file.size());
        loop {
            let far = |reader: &Reader, conversations| ReadSoFar {
                octets: reader.octets(),
                frames: reader.frames(),
                conversations,
            };
            let so_far = far(&reader, conversations);
            if at >= size {
                return (so_far, reader.finish().map_err(Stop::Damaged));
            }
            let octets = piece(file, at, (at + PIECE).min(size)).await;
            if self.captures.turn.get() != turn {
                return (so_far, Err(Stop::Overtaken));
            }
            if self.captures.cancelled.get() {
                return (so_far, Err(Stop::Cancelled));
            }
            let Some(octets) = octets else { return (so_far, Err(Stop::Unreadable)) };
            at += PIECE;
            let read = reader.read(&octets, &mut |frame| conversations = each(frame));
            let so_far = far(&reader, conversations);
            if let Err(damage) = read {
                return (so_far, Err(Stop::Damaged(damage)));
            }
            self.captured(CaptureChange::Going(so_far));
        }
    }

    /// Loads what the applications did as a scenario, on the engine of the page.
    fn replay_capture(&self) {
        let made = {
            let session = self.store.read();
            let Some(one) = session.capturing.as_ref().and_then(|it| it.one()) else { return };
            Replay::of(&one.gathered, &one.observed)
                .map_err(|why| no_replay_in_words(&why, session.preferences.locale))
        };
        match made {
            Err(why) => self.captured(CaptureChange::Trouble(why)),
            Ok(replay) => match Run::new(replay.scenario, false, None) {
                Err(error) => self.told(Err(LoadError::CannotRun(error))),
                Ok(run) => self.show_replay(run),
            },
        }
    }

    /// Shows what our TCP does, and the ways back: to the capture, and to the run that was there.
    fn show_replay(&self, run: Run) {
        // What is still on its way is overtaken, and a question that waits is given up.
        self.turn.set(self.turn.get().wrapping_add(1));
        if self.store.read().is_held() {
            self.give_up_all();
        }
        let dialog = element(CAPTURE_DIALOG).and_then(|it| it.dyn_into().ok());
        if let Some(dialog) = dialog {
            HtmlDialogElement::close(&dialog);
        }
        self.captured(CaptureChange::Replay(Box::new(run)));
        let detail = self.store.read().capturing.as_ref().map(|it| it.name.clone());
        let kind = NoticeKind::Replayed;
        self.store.act(Action::Tell(detail.map(|detail| Notice { kind, detail })));
        focus("stage");
    }

    /// Saves the figure that shows.
    fn save_capture(&self) {
        let dark = root().and_then(|root| root.get_attribute("data-theme"));
        let (name, svg) = {
            let session = self.store.read();
            let Some(capturing) = &session.capturing else { return };
            let Some(one) = capturing.one() else { return };
            let still = CapturedStill {
                gathered: &one.gathered,
                observed: &one.observed,
                view: one.view,
                locale: session.preferences.locale,
                theme: if dark.as_deref() == Some("dark") { Theme::Dark } else { Theme::Light },
            };
            let number = (one.place + 1).to_string();
            ([&capturing.name, "-", &number, ".svg"].concat(), still.svg())
        };
        save(&name, "image/svg+xml", &svg);
    }

    /// After each rendering: opens the dialog, takes the room that there is, and brings what is chosen
    /// into sight.
    pub(super) fn tend_capture(&self, shown: &Cell<Option<(usize, usize)>>) {
        let dialog = element(CAPTURE_DIALOG).and_then(|it| it.dyn_into::<HtmlDialogElement>().ok());
        let Some(dialog) = dialog else { return shown.set(None) };
        if !dialog.open() {
            // Refused only where it is no longer in the document.
            let _ = dialog.show_modal();
        }
        self.measure_capture();
        if let Some(id) = self.captures.focus.take() {
            // Of a file without conversations there is no list.
            focus(if element(id).is_some() { id } else { CAPTURE_DIALOG });
        }
        let (chosen, heights) = {
            let session = self.store.read();
            let Some(capturing) = &session.capturing else { return };
            match &capturing.stage {
                CaptureStage::List => {
                    let height = capture_row_height(&session);
                    let row = capturing.row;
                    let top = i32::try_from(row * height).unwrap_or(i32::MAX);
                    let tall = i32::try_from(height).unwrap_or(28);
                    ((usize::MAX, row), (top, top.saturating_add(tall)))
                }
                CaptureStage::One(one) if one.view == CapturedView::Ladder => {
                    let y = one.ladder.y_of(one.selected).unwrap_or(0.0);
                    ((one.place, one.selected), (rounded(y - 24.0), rounded(y + 88.0)))
                }
                CaptureStage::One(_)
                | CaptureStage::Empty
                | CaptureStage::Reading(_)
                | CaptureStage::Looking(..) => {
                    return shown.set(None);
                }
            }
        };
        if shown.replace(Some(chosen)) == Some(chosen) {
            return;
        }
        let Some(scroll) = element(CAPTURE_SCROLL) else { return };
        let (top, tall) = (scroll.scroll_top(), scroll.client_height());
        if heights.0 < top {
            scroll.set_scroll_top(heights.0);
        } else if heights.1 > top + tall {
            scroll.set_scroll_top(heights.1 - tall);
        }
    }

    /// Takes the room that there is.
    pub(super) fn measure_capture(&self) {
        let Some(scroll) = element(CAPTURE_SCROLL) else { return };
        let room = (f64::from(scroll.client_width()), f64::from(scroll.client_height()));
        let known = self.store.read().capturing.as_ref().map(|it| it.room);
        if room.0 >= 1.0 && known.is_some_and(|known| known != room) {
            self.captured(CaptureChange::Measure(room.0, room.1));
        }
    }
}

/// Lets the page draw, and hear what is asked of it.
async fn page_has_its_turn() {
    let later = Promise::new(&mut |resolve, _| {
        // Refused only where there is no window; then nothing waits.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
    });
    let _ = JsFuture::from(later).await;
}

/// The octets of a file from one place to another; `None` where it cannot be read.
async fn piece(file: &File, from: f64, to: f64) -> Option<Vec<u8>> {
    let piece = file.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(piece.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// A file's length.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's length is a whole number, and no negative one"
)]
fn octets_of(file: &File) -> u64 {
    file.size() as u64
}

#[allow(clippy::cast_possible_truncation, reason = "`as` stops at the ends of the type")]
fn rounded(y: f64) -> i32 {
    y.round() as i32
}
