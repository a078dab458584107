//! The sandbox: what is entered and pressed there changes the scenario, which is run anew at once.

use tcpscope_scenario::Scenario;
use tcpscope_scenario::compose::{
    Application, CallKind, Compose, Line, LinkFigure, Number, Switch, WaitKind,
};
use tcpscope_sim::HostId;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::platform::spawn_local;

use super::App;
use crate::browser::{self, copy_text};
use crate::store::{Action, Arrange, Notice, NoticeKind, Part, Run, Wanted};
use crate::ui::SandboxCommand;

/// Does what a command of the sandbox asks for.
pub(super) fn act(app: &App, command: SandboxCommand) {
    let change = match command {
        SandboxCommand::Fresh => {
            look_at(app, Part::Host(0));
            Compose::Fresh
        }
        SandboxCommand::Copy => return copy(app),
        SandboxCommand::Back => return back(app),
        SandboxCommand::Host(host) => return look_at(app, Part::Host(host)),
        SandboxCommand::Link(link) => return look_at(app, Part::Link(link)),
        SandboxCommand::AddHost => Compose::AddHost,
        SandboxCommand::RemoveHost(host) => {
            look_at(app, Part::Host(0));
            Compose::RemoveHost(id(host))
        }
        SandboxCommand::AddLinks => {
            let chosen = |name: &str| Some(id(select(name)?.value().parse().ok()?));
            let (Some(from), Some(to)) = (chosen("sandbox-from"), chosen("sandbox-to")) else {
                return;
            };
            Compose::AddLinks(from, to)
        }
        SandboxCommand::RemoveLinks(link) => {
            look_at(app, Part::Host(0));
            Compose::RemoveLinks(link)
        }
        SandboxCommand::AddLine(host, line) => Compose::AddLine(id(host), line),
        SandboxCommand::RemoveLine(host, line) => Compose::RemoveLine(id(host), line),
        SandboxCommand::LineUp(host, line) => Compose::LineUp(id(host), line),
    };
    compose(app, &change);
}

/// A choice in the sandbox; says whether it was one.
pub(super) fn chosen(app: &App, control: &str, value: &str) -> bool {
    let Some((verb, places)) = parts(control) else { return false };
    match (verb, &*places) {
        ("application", [host]) => {
            let place = value.parse::<usize>().ok();
            if let Some(application) = place.and_then(|place| Application::ALL.get(place)) {
                compose(app, &Compose::Application(id(*host), *application));
            }
        }
        ("wait" | "call" | "host", [host, line]) => set_line(app, *host, *line),
        _ => {}
    }
    true
}

/// Something entered in the sandbox; says whether it was.
pub(super) fn entered(app: &App, input: &HtmlInputElement) -> bool {
    let control = input.id();
    let Some((verb, places)) = parts(&control) else { return false };
    let number = || input.value().trim().parse::<u64>().ok();
    let change = match (verb, &*places) {
        ("name", [host]) => Some(Compose::Rename(id(*host), input.value())),
        ("switch", [host, switch]) => Switch::ALL
            .get(*switch)
            .map(|switch| Compose::Switch(id(*host), *switch, input.checked())),
        ("number", [host, figure]) => Number::ALL
            .get(*figure)
            .zip(number())
            .map(|(figure, value)| Compose::Number(id(*host), *figure, value)),
        ("link", [link, figure]) => LinkFigure::ALL
            .get(*figure)
            .zip(number())
            .map(|(figure, value)| Compose::Link(*link, *figure, value)),
        ("waits" | "octets" | "text", [host, line]) => {
            set_line(app, *host, *line);
            None
        }
        _ => None,
    };
    if let Some(change) = change {
        compose(app, &change);
    }
    true
}

/// The controls of a line, all of them, are its new form.
fn set_line(app: &App, host: usize, line: usize) {
    let name = |verb: &str| format!("sandbox-{verb}-{host}-{line}");
    let place = |verb: &str| select(&name(verb))?.value().parse::<usize>().ok();
    let text = |verb: &str| input(&name(verb)).map(|input| input.value());
    let number = |verb: &str| text(verb)?.trim().parse::<u64>().ok();
    let wait = place("wait").and_then(|place| WaitKind::ALL.get(place));
    let call = place("call").and_then(|place| CallKind::ALL.get(place));
    let (Some(wait), Some(call)) = (wait, call) else { return };
    let before = {
        let session = app.store.read();
        let Some(run) = &session.run else { return };
        let setup = run.scenario().setup();
        let step = setup.hosts.get(host).and_then(|host| host.script.get(line).cloned());
        step.and_then(|step| Line::of(&step, setup.peer_of(id(host))))
    };
    let Some(before) = before else { return };
    let new = Line {
        wait: *wait,
        wait_number: number("waits").unwrap_or(before.wait_number),
        call: *call,
        number: number("octets").unwrap_or(before.number),
        text: text("text").map_or(before.text, |text| meant(&text)),
        to: place("host").map_or(before.to, id),
    };
    compose(app, &Compose::SetLine(id(host), line, new.step()));
}

/// Changes the scenario, and runs it; what was done by hand is done to the new run as well.
fn compose(app: &App, change: &Compose) {
    let Some(before) = scenario(app) else { return };
    match change.apply(&before) {
        Ok(after) if after.setup() == before.setup() => {}
        Ok(after) => run(app, after, Some(before)),
        Err(error) => refuse(app, &error.to_string()),
    }
}

fn back(app: &App) {
    let before = app.store.read().composed.last().cloned();
    if let Some(before) = before {
        run(app, before, None);
    }
}

fn run(app: &App, scenario: Scenario, before: Option<Scenario>) {
    if app.holds(Wanted::Changed) {
        return;
    }
    let made = {
        let session = app.store.read();
        let Some(present) = &session.run else { return };
        let other_hosts = scenario.setup().hosts.len() != present.scenario().setup().hosts.len();
        Run::new(scenario, false, Some(present.seed())).map(|mut new| {
            // Other hosts have other packets: what was done to those of before means nothing here.
            for edit in present.timeline().edits().iter().filter(|_| !other_hosts) {
                // One that the new run cannot have is left out.
                let _ = new.edit(edit.clone());
            }
            new
        })
    };
    match made {
        Ok(made) => app.store.act(Action::Compose(Box::new(made), before.map(Box::new))),
        Err(error) => refuse(app, &error.to_string()),
    }
}

fn refuse(app: &App, detail: &str) {
    let notice = Notice { kind: NoticeKind::MalformedScenario, detail: detail.to_owned() };
    app.store.act(Action::Tell(Some(notice)));
}

fn copy(app: &App) {
    let Some(scenario) = scenario(app) else { return };
    let app = app.clone();
    spawn_local(async move {
        let copied = copy_text(&scenario.to_json()).await;
        app.store.act(Action::Arrange(Arrange::Copied(Some(copied))));
    });
}

fn scenario(app: &App) -> Option<Scenario> {
    app.store.read().run.as_ref().map(|run| run.scenario().clone())
}

fn look_at(app: &App, part: Part) {
    app.store.act(Action::Arrange(Arrange::Part(part)));
}

/// `sandbox-number-1-4`: the verb and the places.
fn parts(control: &str) -> Option<(&str, Vec<usize>)> {
    let mut words = control.strip_prefix("sandbox-")?.split('-');
    let verb = words.next()?;
    Some((verb, words.filter_map(|word| word.parse().ok()).collect()))
}

fn id(place: usize) -> HostId {
    HostId(u8::try_from(place).unwrap_or(u8::MAX))
}

/// What is meant by a text with `\\r`, `\\n` and `\\\\` in it.
fn meant(text: &str) -> String {
    let mut meant = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, character == '\\') {
            (_, true) => match characters.next() {
                Some('r') => meant.push('\r'),
                Some('n') => meant.push('\n'),
                Some(other) => meant.push(other),
                None => meant.push('\\'),
            },
            (plain, false) => meant.push(plain),
        }
    }
    meant
}

fn select(name: &str) -> Option<HtmlSelectElement> {
    wasm_bindgen::JsCast::dyn_into(browser::element(name)?).ok()
}

fn input(name: &str) -> Option<HtmlInputElement> {
    wasm_bindgen::JsCast::dyn_into(browser::element(name)?).ok()
}
