//! Doing what a command asks for.

use gloo_timers::callback::Timeout;
use tcpscope_sim::{BranchId, Edit, Intervention, PacketId, PacketIndex, RecordId};
use tcpscope_tcp::Instant;
use tcpscope_view::Numbers;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlDialogElement, HtmlInputElement};
use yew::platform::spawn_local;

use super::{App, fragment, learn_now, link, notes, prefer, present, sandbox, sides};
use crate::browser::{self, copy_text};
use crate::stage::Zoom;
use crate::store::{
    Action, Arrange, Compare, Direction, EXAMPLES, Extent, Goal, Playback, Preference, SPEEDS,
    Size, Store, Tab,
};
use crate::ui::{Command, Hand};

/// How long the page says that the link is copied.
const SAID_MS: u32 = 4000;

impl App {
    /// Does what a command asks for.
    pub(crate) fn act(&self, command: Command) {
        let store = &self.store;
        if store.read().shell.extent != Extent::Page && !command.is_for_a_figure() {
            return;
        }
        let action = match command {
            Command::Play if store.read().playing => Action::Playback(Playback::Pause),
            Command::Play => Action::Playback(Playback::Play),
            Command::ToStart => Action::Playback(Playback::Records(i64::MIN)),
            Command::ToEnd => Action::Playback(Playback::Records(i64::MAX)),
            Command::StepBack => Action::Playback(Playback::Step(Direction::Back)),
            Command::StepOn => Action::Playback(Playback::Step(Direction::On)),
            Command::RecordBack => Action::Playback(Playback::Records(-1)),
            Command::RecordOn => Action::Playback(Playback::Records(1)),
            Command::Slower => Action::Playback(Playback::Speed(next_speed(store, false))),
            Command::Faster => Action::Playback(Playback::Speed(next_speed(store, true))),
            Command::Record(record) => return go_to(store, record),
            Command::Select(packet) => Action::Select(packet_at(store, packet)),
            Command::SelectNext => Action::Select(neighbour(store, true)),
            Command::SelectPrevious => Action::Select(neighbour(store, false)),
            Command::Menu => return open_menu(self),
            Command::Drop => match selected(store) {
                Some(packet) => Action::Edit(Edit::Packet(Intervention::Drop(packet))),
                None => return,
            },
            Command::Delay(by) => match selected(store) {
                Some(packet) => Action::Edit(Edit::Packet(Intervention::Delay { packet, by })),
                None => return,
            },
            Command::Inspect => {
                store.act(Action::Arrange(Arrange::Menu(None)));
                if store.read().shell.shown_tab() == Tab::Segment {
                    return;
                }
                Action::Arrange(Arrange::Tab(Tab::Segment))
            }
            Command::Undo => Action::Undo,
            Command::Redo => Action::Redo,
            Command::NewSeed => return new_seed(self),
            Command::CopyLink => return copy_link(self),
            Command::Retry => {
                store.act(Action::Tell(None));
                self.learn_language();
                return self.open(fragment());
            }
            Command::DismissNotice => Action::Tell(None),
            Command::Dismiss if store.read().shell.menu.is_some() => {
                Action::Arrange(Arrange::Menu(None))
            }
            Command::Dismiss => Action::Select(None),
            Command::Tab(tab) => {
                browser::reveal(tab.id());
                Action::Arrange(Arrange::Tab(tab))
            }
            Command::Resize => Action::Arrange(Arrange::Resize),
            Command::Look(look) => Action::Arrange(Arrange::Look(look)),
            Command::Follow => Action::Arrange(Arrange::Follow(true)),
            Command::ZoomIn => return self.stage.zoom(Zoom::In),
            Command::ZoomOut => return self.stage.zoom(Zoom::Out),
            Command::ZoomUsual => return self.stage.zoom(Zoom::Usual),
            Command::ZoomAll => return self.stage.zoom(Zoom::All),
            Command::Numbers => {
                let other = match store.read().preferences.numbers {
                    Numbers::Relative => Numbers::Absolute,
                    Numbers::Absolute => Numbers::Relative,
                };
                return prefer(store, Preference::Numbers(other));
            }
            Command::Keys => return toggle_keys(store),
            Command::Unfold => Action::Arrange(Arrange::Unfold),
            Command::Search => return focus_search(store),
            Command::ClearSearch => Action::Search(String::new()),
            Command::Example(place) => match EXAMPLES.get(place) {
                Some(example) => Action::Search((*example).to_owned()),
                None => return,
            },
            Command::NextMatch => return go_to_match(store, Direction::On),
            Command::PreviousMatch => return go_to_match(store, Direction::Back),
            Command::Time(micros) => {
                let at = Instant::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
                Action::Playback(Playback::Seek(at))
            }
            Command::Keep => match next_name(store) {
                Some(name) => Action::Compare(Compare::Keep(name)),
                None => return,
            },
            Command::Branch(id) => Action::GoToBranch(branch(id)),
            Command::Forget(id) => Action::Compare(Compare::Forget(branch(id))),
            Command::AddNote => return add_note(store),
            Command::RemoveNote(place) => Action::RemoveNote(place),
            Command::NoteOnSegment => {
                let on = store.read().shell.notes_segment;
                Action::Arrange(Arrange::NoteOnSegment(!on))
            }
            Command::SeekOn(goal) => return seek(store, goal, Direction::On),
            Command::SeekBack(goal) => return seek(store, goal, Direction::Back),
            Command::OtherRecords => Action::Arrange(Arrange::OtherRecords),
            Command::Socket(place) => return sides::toggle_socket(store, place),
            Command::CopySocket(place) => return sides::copy_socket(self, place),
            Command::Plot(command) => return self.plot(command),
            Command::Hand(hand) => return self.by_hand(hand),
            Command::Sandbox(command) => return sandbox::act(self, command),
            Command::Teach(command) => return self.teach(command),
            Command::Interview(command) => return self.interview(command),
            Command::Review(command) => return self.review(command),
            Command::Quiz(command) => return self.quiz(command),
            Command::Set(command) => return self.set(command),
            Command::Capture(command) => return self.capture(command),
            Command::Export(command) => return self.export(command),
            Command::Present => return present::toggle(self),
            Command::Blank => return present::blank(self),
            Command::Notes => {
                learn_now(store.read().preferences.locale);
                return notes::open(self);
            }
        };
        store.act(action);
    }
}

/// Shows the log, and puts the focus into the field that searches it.
fn focus_search(store: &Store) {
    let shell = store.read().shell;
    if shell.shown_tab() != Tab::Log || shell.shown_size() == Size::Shut {
        store.act(Action::Arrange(Arrange::Tab(Tab::Log)));
    }
    // Once it has been rendered.
    Timeout::new(0, || browser::focus("search")).forget();
}

fn branch(id: usize) -> BranchId {
    BranchId(u32::try_from(id).unwrap_or(u32::MAX))
}

/// The name of the next run that is kept, until the reader finds a better one.
fn next_name(store: &Store) -> Option<String> {
    let session = store.read();
    let runs = session.run.as_ref()?.timeline().branches().len();
    Some(session.messages().compare.kept_name.fill([&(runs + 1).to_string()]))
}

/// Goes to the next or the previous record of a kind.
fn seek(store: &Store, goal: Goal, direction: Direction) {
    let found = {
        let session = store.read();
        let Ok(run) = session.run() else { return };
        goal.from(run.trace(), run.moment().record, direction, session.selection)
    };
    if let Some(record) = found {
        store.act(Action::Playback(Playback::Record(record)));
    }
}

/// Makes a note of what stands in the field, and empties it.
fn add_note(store: &Store) {
    let field = browser::element("note").and_then(|field| field.dyn_into().ok());
    let Some(field): Option<HtmlInputElement> = field else { return };
    store.act(Action::Annotate(field.value()));
    field.set_value("");
}

/// Goes to the match after or before the present record.
fn go_to_match(store: &Store, direction: Direction) {
    let found = {
        let session = store.read();
        let Ok(run) = session.run() else { return };
        session.search.from(run.moment().record, direction)
    };
    if let Some(record) = found {
        go_to(store, record.index());
    }
}

/// Goes to the moment of a record, and selects the segment that it is about.
pub(super) fn go_to(store: &Store, record: usize) {
    let record = RecordId(u32::try_from(record).unwrap_or(u32::MAX));
    store.act(Action::Playback(Playback::Record(record)));
    let packet = {
        let session = store.read();
        let Ok(run) = session.run() else { return };
        let packet = run.trace().record(run.moment().record).kind.packet();
        packet.map(|packet| run.trace().packet(packet).id)
    };
    if packet.is_some() {
        store.act(Action::Select(packet));
    }
}

fn packet_at(store: &Store, packet: usize) -> Option<PacketId> {
    let session = store.read();
    session.run.as_ref()?.trace().packets().get(packet).map(|packet| packet.id)
}

fn selected(store: &Store) -> Option<PacketId> {
    let session = store.read();
    session.selected().and(session.selection)
}

/// The segment sent after the selected one, or before it; where none is selected, the last that
/// has been sent by now.
fn neighbour(store: &Store, on: bool) -> Option<PacketId> {
    let session = store.read();
    let run = session.run.as_ref()?;
    let packets = run.trace().packets();
    let index = match session.selected() {
        Some(PacketIndex(selected)) if on => selected.saturating_add(1) as usize,
        Some(PacketIndex(selected)) => (selected as usize).saturating_sub(1),
        None => {
            let record = run.moment().record;
            packets.partition_point(|packet| packet.sent_by <= record).saturating_sub(1)
        }
    };
    packets.get(index.min(packets.len().saturating_sub(1))).map(|packet| packet.id)
}

/// The next speed of the list, up or down.
fn next_speed(store: &Store, faster: bool) -> f64 {
    let speed = store.read().speed;
    let mut speeds = SPEEDS.iter().map(|(speed, _)| *speed);
    let next = if faster {
        speeds.find(|known| *known > speed)
    } else {
        speeds.rev().find(|known| *known < speed)
    };
    next.unwrap_or(speed)
}

/// The menu opens where the segment is; where none is selected, that of the first host.
fn open_menu(app: &App) {
    match app.stage.place_of_selected() {
        Some(at) => app.store.act(Action::Arrange(Arrange::Menu(Some(at)))),
        None => app.act(Command::Hand(Hand::Host(0))),
    }
}

fn new_seed(app: &App) {
    let seed = app.store.read().run.as_ref().map(|run| run.seed().wrapping_add(1));
    if let Some(seed) = seed {
        app.reseed(seed);
    }
}

fn copy_link(app: &App) {
    let app = app.clone();
    spawn_local(async move {
        let Some(link) = link(&app.store) else { return };
        let copied = copy_text(&link).await;
        app.store.act(Action::Arrange(Arrange::Copied(Some(copied))));
        super::files::offer(&app, link);
        let said = move || app.store.act(Action::Arrange(Arrange::Copied(None)));
        Timeout::new(SAID_MS, said).forget();
    });
}

/// The sheet of keys is a dialog: the browser keeps the focus in it and closes it on Escape.
fn toggle_keys(store: &Store) {
    if learn_now(store.read().preferences.locale) {
        // Rendered again, with the words of the keys.
        store.act(Action::Prefer(Preference::Locale(store.read().preferences.locale)));
    }
    let dialog = browser::element("keys").and_then(|dialog| dialog.dyn_into().ok());
    let Some(dialog): Option<HtmlDialogElement> = dialog else { return };
    if dialog.open() {
        dialog.close();
    } else {
        // Refused only where it is no longer in the document.
        let _ = dialog.show_modal();
    }
}
