//! Doing by hand: what menus, the list of edits and the console ask for.

use gloo_timers::callback::Timeout;
use tcpscope_sim::{
    Act, AppCall, Codel, Deed, Edit, Forgery, HostId, Intervention, Jitter, LinkChange,
    LinkProperty, LinkSetup, Mtu, Number, PacketId, QueueLimit, Queueing, Reorder, Want,
};
use tcpscope_tcp::{Duration, Flags, Instant, Options};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::platform::spawn_local;

use super::App;
use super::events::rounded;
use crate::browser::{copy_text, element};
use crate::store::{Action, Arrange, MenuOf, Playback, Rearrange, Run, number_of, with_number};
use crate::ui::{FLAGS, Hand, calls};

/// How long the page says that calls are copied.
const SAID_MS: u32 = 4000;
/// How much later than the first the copy of a segment comes.
const COPY_LATER: Duration = Duration::from_millis(1);
/// For how long packets are held back where nothing else was said.
const HELD_BACK: Duration = Duration::from_millis(10);

impl App {
    /// Does what a hand asks for.
    pub(super) fn by_hand(&self, hand: Hand) {
        let action = match hand {
            Hand::NextHost => return self.open_host(self.next_host()),
            Hand::NextLink => return self.open_link(self.next_link()),
            Hand::Host(place) => return self.open_host(place),
            Hand::Link(place) => return self.open_link(place),
            Hand::DelayTyped | Hand::Duplicate | Hand::Corrupt | Hand::Hold | Hand::Swap => {
                return self.on_segment(hand);
            }
            Hand::LetGo => self.let_go(),
            Hand::Send => self.call(AppCall::Generate { octets: typed("typed-send") }),
            Hand::Receive => self.call(AppCall::Receive(Want::Octets(u64::from(u16::MAX)))),
            Hand::Close => self.call(AppCall::Close),
            Hand::Abort => self.call(AppCall::Abort),
            Hand::Halt => self.act_now(Deed::Halt { halted: true }),
            Hand::Resume => self.act_now(Deed::Halt { halted: false }),
            Hand::Crash => self.act_now(Deed::Crash),
            Hand::Restart => self.act_now(Deed::Restart { scripts: true }),
            Hand::RestartIdle => self.act_now(Deed::Restart { scripts: false }),
            Hand::Forge => self.forged().and_then(|forgery| self.act_now(Deed::Forge(forgery))),
            Hand::Pull(place) => self.change_link(place, LinkProperty::Up(false)),
            Hand::Plug(place) => self.change_link(place, LinkProperty::Up(true)),
            Hand::GoToEdit(place) => return self.go_to_edit(place),
            Hand::RaiseEdit(place) => {
                let to = place.saturating_sub(1);
                Some(Action::Rearrange(Rearrange::Move { from: place, to }))
            }
            Hand::LowerEdit(place) => {
                Some(Action::Rearrange(Rearrange::Move { from: place, to: place + 1 }))
            }
            Hand::RemoveEdit(place) => Some(Action::Rearrange(Rearrange::Remove(place))),
            Hand::ClearEdits => Some(Action::Rearrange(Rearrange::Clear)),
            Hand::CopyCall(place) => return self.copy_calls(Some(place)),
            Hand::CopyCalls => return self.copy_calls(None),
        };
        if let Some(action) = action {
            self.store.act(action);
        }
    }

    fn with_run<T>(&self, look: impl FnOnce(&Run) -> T) -> Option<T> {
        self.store.read().run.as_ref().map(look)
    }

    /// The present, for what is done now: after all that has happened by now.
    fn now(&self) -> Option<Instant> {
        self.with_run(|run| {
            let moment = run.moment();
            let record = run.trace().record(moment.record);
            let happened = record.at == moment.at;
            if happened { moment.at + Duration::from_micros(1) } else { moment.at }
        })
    }

    /// The host that the open menu is of.
    fn host(&self) -> Option<HostId> {
        let shell = self.store.read().shell;
        match shell.menu_of {
            MenuOf::Host(host) if shell.menu.is_some() => Some(host),
            MenuOf::Host(_) | MenuOf::Segment | MenuOf::Link(_) => None,
        }
    }

    fn act_now(&self, deed: Deed) -> Option<Action> {
        Some(Action::Do(Act { at: self.now()?, host: self.host()?, deed }))
    }

    fn call(&self, call: AppCall) -> Option<Action> {
        self.act_now(Deed::Call(call))
    }

    fn selected(&self) -> Option<PacketId> {
        let session = self.store.read();
        session.selected().and(session.selection)
    }

    fn on_segment(&self, hand: Hand) {
        let Some(packet) = self.selected() else { return };
        let milliseconds = |id| rounded(typed_number(id) * 1000.0);
        let intervention = match hand {
            Hand::DelayTyped => {
                let by = Duration::from_micros(milliseconds("typed-delay"));
                Some(Intervention::Delay { packet, by })
            }
            Hand::Duplicate => Some(Intervention::Duplicate { packet, by: COPY_LATER }),
            Hand::Corrupt => {
                let bit = chosen("typed-bit").and_then(|bit| bit.parse().ok());
                bit.map(|bit| Intervention::Corrupt { packet, bit })
            }
            Hand::Hold => {
                let until = Instant::from_micros(milliseconds("typed-hold"));
                Some(Intervention::Hold { packet, until })
            }
            _ => {
                let session = self.store.read();
                let next = session.run.as_ref().zip(session.selected()).and_then(|(run, index)| {
                    run.next_on_same_way(index).map(|next| run.trace().packet(next).id)
                });
                next.map(|with| Intervention::Swap { packet, with })
            }
        };
        if let Some(intervention) = intervention {
            self.store.act(Action::Edit(Edit::Packet(intervention)));
        }
    }

    /// A segment that is held arrives now instead.
    fn let_go(&self) -> Option<Action> {
        let (packet, until) = (self.selected()?, self.now()?);
        let holds = |edit: &Edit| matches!(edit, Edit::Packet(Intervention::Hold { packet: held, .. }) if *held == packet);
        let place = self.with_run(|run| run.timeline().edits().iter().position(holds))??;
        let hold = Edit::Packet(Intervention::Hold { packet, until });
        Some(Action::Rearrange(Rearrange::Replace(place, hold)))
    }

    /// The segment that was put together in the menu of a host.
    fn forged(&self) -> Option<Box<Forgery>> {
        let host = |id: &str| chosen(id)?.parse().ok().map(HostId);
        let (from, to) = (host("forge-from")?, host("forge-to")?);
        let socket = |host: HostId| {
            self.with_run(|run| run.trace().hosts().get(host.index()).map(|it| it.address))?
        };
        let all = [Flags::SYN, Flags::FIN, Flags::RST, Flags::PSH];
        let mut flags = Flags::empty();
        for ((id, _), flag) in FLAGS.iter().zip(all) {
            if input(id).is_some_and(|input| input.checked()) {
                flags |= flag;
            }
        }
        let acknowledges = chosen("forge-ack").is_some_and(|ack| ack == "next");
        Some(Box::new(Forgery {
            source: socket(from)?,
            spread: false,
            destination: socket(to)?,
            seq: Number::ExpectedBy(to, u32::try_from(typed("forge-seq")).unwrap_or(u32::MAX)),
            ack: acknowledges.then_some(Number::NextOf(to, 0)),
            flags,
            wnd: u16::MAX,
            urg: 0,
            options: Options::default(),
            payload: Default::default(),
        }))
    }

    /// Turns a knob of the link whose menu is open.
    pub(super) fn turn(&self, id: &str, value: f64) {
        let MenuOf::Link(place) = self.store.read().shell.menu_of else { return };
        let since = self.since();
        let link = self.with_run(|run| run.timeline().link_at(place, since?));
        let Some(Some(link)) = link else { return };
        let name = id.trim_start_matches("knob-").trim_start_matches("slide-");
        let property = property(name, value, &link);
        if let Some(Action::Edit(edit)) = property.and_then(|to| self.change_link(place, to)) {
            self.store.act(Action::Adjust(edit));
        }
    }

    /// From when on a link is changed.
    fn since(&self) -> Option<Instant> {
        let since_start = self.store.read().shell.since_start;
        let in_menu = matches!(self.store.read().shell.menu_of, MenuOf::Link(_));
        if since_start && in_menu { Some(Instant::ZERO) } else { self.now() }
    }

    fn change_link(&self, place: usize, to: LinkProperty) -> Option<Action> {
        let at = self.since()?;
        let session = self.store.read();
        let links = &session.run.as_ref()?.timeline().setup().links;
        let link = links.get(place)?;
        let from = link.from;
        let alone = links.iter().filter(|other| other.from == from).count() == 1;
        // What holds for all of the run has words of its own, shorter ones.
        let edit = match to {
            LinkProperty::Delay(delay) if alone && at == Instant::ZERO => {
                Edit::LinkDelay { from, delay }
            }
            LinkProperty::Loss(loss_ppm) if alone && at == Instant::ZERO => {
                Edit::LinkLoss { from, loss_ppm }
            }
            to => {
                let toward = (!alone).then_some(link.to);
                Edit::Link(LinkChange { at, from, toward, to })
            }
        };
        Some(Action::Edit(edit))
    }

    /// Another number in an edit of the list.
    pub(super) fn renumber(&self, place: usize, value: f64) {
        let edit = self.with_run(|run| {
            let edit = run.timeline().edits().get(place)?;
            let (_, unit) = number_of(edit)?;
            with_number(edit, rounded(value * exact(unit.parts())))
        });
        if let Some(Some(edit)) = edit {
            self.store.act(Action::Rearrange(Rearrange::Replace(place, edit)));
        }
    }

    /// Goes to when something was done, and selects what it was done to.
    fn go_to_edit(&self, place: usize) {
        let found = self.with_run(|run| {
            let trace = run.trace();
            match run.timeline().edits().get(place)? {
                Edit::Packet(intervention) => {
                    let packet = trace.packet(trace.find_packet(intervention.packet())?);
                    Some((trace.moment_of(packet.sent_by), Some(packet.id)))
                }
                Edit::Act(Act { at, .. }) | Edit::Link(LinkChange { at, .. }) => {
                    Some((trace.at(*at), None))
                }
                Edit::LinkDelay { .. } | Edit::LinkLoss { .. } => {
                    Some((tcpscope_sim::Moment::START, None))
                }
            }
        });
        let Some(Some((moment, packet))) = found else { return };
        self.store.act(Action::Playback(Playback::Moment(moment)));
        if packet.is_some() {
            self.store.act(Action::Select(packet));
        }
    }

    fn open_host(&self, place: usize) {
        let Ok(host) = u8::try_from(place) else { return };
        let at = self.stage.place_of_host(HostId(host));
        self.store.act(Action::Arrange(Arrange::MenuOf(MenuOf::Host(HostId(host)), at)));
    }

    fn open_link(&self, place: usize) {
        let at = self.stage.place_of_link();
        self.store.act(Action::Arrange(Arrange::MenuOf(MenuOf::Link(place), at)));
    }

    fn next_host(&self) -> usize {
        let hosts = self.with_run(|run| run.trace().hosts().len()).unwrap_or(1);
        self.host().map_or(0, |host| (host.index() + 1) % hosts.max(1))
    }

    fn next_link(&self) -> usize {
        let links = self.with_run(|run| run.timeline().setup().links.len()).unwrap_or(1);
        let shell = self.store.read().shell;
        match shell.menu_of {
            MenuOf::Link(place) if shell.menu.is_some() => (place + 1) % links.max(1),
            MenuOf::Link(_) | MenuOf::Host(_) | MenuOf::Segment => 0,
        }
    }

    fn copy_calls(&self, which: Option<usize>) {
        let all = calls(&self.store.read());
        let text = match which {
            Some(place) => all.into_iter().nth(place).unwrap_or_default(),
            None => all.join(";\n") + ";\n",
        };
        let app = self.clone();
        spawn_local(async move {
            let copied = copy_text(&text).await;
            app.store.act(Action::Arrange(Arrange::CallsCopied(Some(copied))));
            let said = move || app.store.act(Action::Arrange(Arrange::CallsCopied(None)));
            Timeout::new(SAID_MS, said).forget();
        });
    }
}

/// What a link becomes when a knob of it is turned.
fn property(name: &str, value: f64, link: &LinkSetup) -> Option<LinkProperty> {
    let span = Duration::from_micros(rounded(value * 1000.0));
    let number = u32::try_from(rounded(value)).unwrap_or(u32::MAX);
    let share = u32::try_from(rounded(value * 10_000.0)).unwrap_or(u32::MAX).min(1_000_000);
    let on = value > 0.5;
    Some(match name {
        "delay" => LinkProperty::Delay(span),
        "jitter" => {
            let overtaking = link.jitter.is_some_and(|jitter| jitter.overtaking);
            let jitter = Jitter { up_to: span, overtaking };
            LinkProperty::Jitter((span > Duration::ZERO).then_some(jitter))
        }
        "overtaking" => LinkProperty::Jitter(Some(Jitter { overtaking: on, ..link.jitter? })),
        "loss" => LinkProperty::Loss(share),
        "duplicate" => LinkProperty::Duplicate(share),
        "reorder" => {
            let by = link.reorder.map_or(HELD_BACK, |reorder| reorder.by);
            LinkProperty::Reorder((share > 0).then_some(Reorder { ppm: share, by }))
        }
        "reorder-by" => LinkProperty::Reorder(Some(Reorder { by: span, ..link.reorder? })),
        "corrupt" => LinkProperty::Corrupt(share),
        "mark" => LinkProperty::Mark(share),
        "rate" => {
            let bits = rounded(value * 1000.0);
            LinkProperty::Rate((bits > 0).then_some(bits))
        }
        "queue" => {
            let limit = (number > 0).then_some(QueueLimit::Packets(number));
            LinkProperty::Queue(Queueing { limit, ..link.queue })
        }
        "codel" => LinkProperty::Queue(Queueing { codel: on.then(Codel::default), ..link.queue }),
        "mtu" => {
            let octets = u16::try_from(number).unwrap_or(u16::MAX);
            let fragments = link.mtu.is_some_and(|mtu| mtu.fragments);
            LinkProperty::Mtu((octets > 0).then_some(Mtu { octets, fragments }))
        }
        "fragments" => LinkProperty::Mtu(Some(Mtu { fragments: on, ..link.mtu? })),
        _ => return None,
    })
}

fn input(id: &str) -> Option<HtmlInputElement> {
    element(id)?.dyn_into().ok()
}

/// The number that was typed; where none was, the one that stands there at first.
fn typed_number(id: &str) -> f64 {
    let Some(input) = input(id) else { return 0.0 };
    let typed = input.value_as_number();
    if typed.is_finite() {
        return typed.max(0.0);
    }
    let at_first = input.get_attribute("data-at-first").unwrap_or_default();
    js_sys::parse_float(&at_first).max(0.0)
}

fn typed(id: &str) -> u64 {
    rounded(typed_number(id))
}

fn chosen(id: &str) -> Option<String> {
    Some(element(id)?.dyn_into::<HtmlSelectElement>().ok()?.value())
}

/// A small whole number to calculate with.
#[allow(clippy::cast_precision_loss, reason = "units have few parts")]
const fn exact(parts: u64) -> f64 {
    parts as f64
}
