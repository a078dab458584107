//! The sandbox: hosts, links, options and applications as forms.

use tcpscope_scenario::Scenario;
use tcpscope_scenario::compose::{
    Application, CallKind, Line, LinkFigure, Number, Switch, WaitKind, lines_can_change,
};
use tcpscope_sim::{HostId, HostSetup, LinkSetup, Setup};
use tcpscope_view::Messages;

use crate::store::Part;
use crate::ui::capture::CaptureCommand;
use crate::ui::command::{Command, SandboxCommand};
use crate::ui::element::{El, classed, el};
use crate::ui::icons::{self, button, icon_button};
use crate::ui::picture::Picture;
use crate::ui::topbar::picker;

/// How many of the switches are of the standards; the rest are departures from them.
const STANDARD: usize = 8;

/// The sandbox.
pub(super) fn sandbox(picture: &Picture<'_>) -> El {
    let sheet = Sheet {
        picture,
        words: picture.messages,
        scenario: picture.run.scenario(),
        setup: picture.run.scenario().setup(),
    };
    let words = &sheet.words.sandbox;
    let form = match picture.session.shell.part {
        Part::Link(link) if link < sheet.setup.links.len() => sheet.link(link),
        Part::Host(host) if host < sheet.setup.hosts.len() => sheet.host(host),
        Part::Link(_) | Part::Host(_) => sheet.host(0),
    };
    classed("div", "sandbox")
        .add(classed("p", "quiet sandbox-help").say(words.help))
        .add(sheet.parts())
        .add(form)
}

/// Opens a file: a link, or a scenario.
fn file_field(name: &'static str) -> El {
    let field = el("input")
        .set("id", "link-file")
        .set("type", "file")
        .set("accept", ".txt,.json,.pcap,.pcapng,.cap,text/plain,application/json")
        .set("class", "sr");
    classed("label", "button file-button").add(field).add(el("span").say(name))
}

struct Sheet<'a> {
    picture: &'a Picture<'a>,
    words: &'static Messages,
    scenario: &'a Scenario,
    setup: Setup,
}

impl Sheet<'_> {
    /// All parts, and what can be done to the whole.
    fn parts(&self) -> El {
        let words = &self.words.sandbox;
        let part = self.picture.session.shell.part;
        let mut list = classed("div", "sandbox-parts");
        for (place, host) in self.setup.hosts.iter().enumerate() {
            let command = SandboxCommand::Host(place);
            list = list.add(part_button(command, host.name.clone(), part == Part::Host(place)));
        }
        list = list.add(do_button(SandboxCommand::AddHost, words.add_host));
        for (place, link) in self.setup.links.iter().enumerate() {
            let name = words.link.fill([&self.place_name(link.from), &self.place_name(link.to)]);
            let command = SandboxCommand::Link(place);
            list = list.add(part_button(command, name, part == Part::Link(place)));
        }
        let ends = |id, label, present: usize| {
            let places = self.setup.hosts.len() + self.setup.routers.len();
            let options = (0..places)
                .map(|place| (place.to_string(), self.place_name(host_id(place))))
                .collect();
            let select = picker(id, options, &present.to_string());
            classed("label", "field").add(classed("span", "field-name").say(label)).add(select)
        };
        let add = classed("div", "sandbox-row")
            .add(ends("sandbox-from", words.from, 0))
            .add(ends("sandbox-to", words.to, 1))
            .add(do_button(SandboxCommand::AddLinks, words.add_links));
        let can_go_back = !self.picture.session.composed.is_empty();
        let whole = classed("div", "sandbox-row")
            .add(do_button(SandboxCommand::Fresh, words.fresh))
            .add(do_button(SandboxCommand::Back, words.back).when(!can_go_back, "disabled", ""))
            .add(do_button(SandboxCommand::Copy, words.copy))
            .add(file_field(self.words.links.open))
            .add(
                button("button", Command::Capture(CaptureCommand::Show))
                    .say(self.words.capture_view.open),
            );
        el("section").set("aria-label", words.parts).add(whole).add(list).add(add)
    }

    fn host(&self, place: usize) -> El {
        let words = &self.words.sandbox;
        let Some(host) = self.setup.hosts.get(place) else { return el("div") };
        let name = text_input(format!("sandbox-name-{place}"), words.name, host.name.clone());
        let head = classed("div", "sandbox-row")
            .add(labelled(words.name, name))
            .add(self.application(place))
            .add(do_button(SandboxCommand::RemoveHost(place), words.remove_host));
        let switches = |from: usize, to: usize, legend| {
            let mut set = classed("fieldset", "sandbox-set").add(el("legend").say(legend));
            for (at, switch) in Switch::ALL.iter().enumerate().take(to).skip(from) {
                set = set.add(self.switch(place, host, at, *switch));
            }
            set
        };
        let mut figures = classed("fieldset", "sandbox-set").add(el("legend").say(words.figures));
        for (at, (number, name)) in Number::ALL.iter().zip(words.numbers).enumerate() {
            let (least, most) = number.range();
            let input = number_input(format!("sandbox-number-{place}-{at}"), number.get(host))
                .write("min", least.to_string())
                .write("max", most.to_string());
            figures = figures.add(labelled(name, input));
        }
        classed("section", "sandbox-form")
            .write("aria-label", host.name.clone())
            .add(head)
            .add(self.script(place, host))
            .add(switches(0, STANDARD, words.standard))
            .add(figures)
            .add(switches(STANDARD, Switch::ALL.len(), words.departures))
    }

    fn switch(&self, place: usize, host: &HostSetup, at: usize, switch: Switch) -> El {
        let name = self.words.sandbox.switches.get(at).copied().unwrap_or_default();
        let input = el("input")
            .set("type", "checkbox")
            .write("id", format!("sandbox-switch-{place}-{at}"))
            .checked(switch.is_on(host));
        classed("label", "field").add(input).add(el("span").say(name))
    }

    fn application(&self, place: usize) -> El {
        let words = &self.words.sandbox;
        let as_it_is = [(String::new(), words.as_it_is.to_owned())].into_iter();
        let all = words.applications.iter().enumerate().take(Application::ALL.len());
        let options =
            as_it_is.chain(all.map(|(at, name)| (at.to_string(), (*name).to_owned()))).collect();
        let select = picker("", options, "").write("id", format!("sandbox-application-{place}"));
        labelled(words.application, select).set("title", words.application_hint)
    }

    fn script(&self, place: usize, host: &HostSetup) -> El {
        let words = &self.words.sandbox;
        let set = classed("fieldset", "sandbox-script").add(el("legend").say(words.script));
        if !lines_can_change(host) {
            return set.add(classed("p", "quiet").say(words.blocks));
        }
        let mut list = el("ol");
        for (line, step) in host.script.iter().enumerate() {
            let peer = self.setup.peer_of(host_id(place));
            let item = match Line::of(step, peer) {
                Some(form) => self.line(place, line, &form),
                None => el("span").say(words.other_line),
            };
            let label = words.line.fill([&(line + 1).to_string()]);
            let up = icon_button(
                icons::TALLER,
                words.line_up,
                "",
                Command::Sandbox(SandboxCommand::LineUp(place, line)),
            );
            let remove = icon_button(
                icons::CLOSE,
                words.remove_line,
                "",
                Command::Sandbox(SandboxCommand::RemoveLine(place, line)),
            );
            let row = classed("div", "sandbox-row")
                .set("role", "group")
                .write("aria-label", label)
                .add(item)
                .add(up.when(line == 0, "disabled", ""))
                .add(remove);
            list = list.add(el("li").key(line).add(row));
        }
        let add = SandboxCommand::AddLine(place, host.script.len());
        set.add(list).add(do_button(add, words.add_line))
    }

    fn line(&self, host: usize, line: usize, form: &Line) -> El {
        let words = &self.words.sandbox;
        let id = |verb: &str| format!("sandbox-{verb}-{host}-{line}");
        let choice = |verb: &str, name: &'static str, all: &[&'static str], present: usize| {
            let options =
                all.iter().enumerate().map(|(at, name)| (at.to_string(), (*name).to_owned()));
            picker("", options.collect(), &present.to_string())
                .write("id", id(verb))
                .set("aria-label", name)
        };
        let wait = WaitKind::ALL.iter().position(|kind| *kind == form.wait).unwrap_or(0);
        let call = CallKind::ALL.iter().position(|kind| *kind == form.call).unwrap_or(0);
        let mut row =
            classed("span", "sandbox-line").add(choice("wait", words.wait, &words.waits, wait));
        if form.wait.has_number() {
            let input = number_input(id("waits"), form.wait_number);
            row = row.add(input.set("aria-label", words.number));
        }
        row = row.add(choice("call", words.call, &words.calls, call));
        if form.call.has_number() {
            let input = number_input(id("octets"), form.number);
            row = row.add(input.set("aria-label", words.number));
        }
        if form.call == CallKind::Send {
            row = row.add(text_input(id("text"), words.text, printable_text(&form.text)));
        }
        if form.call.has_host() {
            let hosts = self.setup.hosts.iter().enumerate();
            let options = hosts.map(|(at, host)| (at.to_string(), host.name.clone())).collect();
            let select = picker("", options, &form.to.index().to_string());
            row = row.add(select.write("id", id("host")).set("aria-label", words.host));
        }
        row
    }

    fn link(&self, place: usize) -> El {
        let words = &self.words.sandbox;
        let Some(link) = self.setup.links.get(place) else { return el("div") };
        let name = self.link_name(link);
        let mut set = classed("fieldset", "sandbox-set").add(el("legend").text(name.clone()));
        for (at, (figure, name)) in LinkFigure::ALL.iter().zip(words.link_figures).enumerate() {
            let input = number_input(format!("sandbox-link-{place}-{at}"), figure.get(link));
            set = set.add(labelled(name, input));
        }
        classed("section", "sandbox-form")
            .write("aria-label", name)
            .add(set)
            .add(do_button(SandboxCommand::RemoveLinks(place), words.remove_links))
    }

    fn link_name(&self, link: &LinkSetup) -> String {
        let [from, to] = [link.from, link.to].map(|place| self.place_name(place));
        self.words.sandbox.link.fill([&from, &to])
    }

    fn place_name(&self, place: HostId) -> String {
        let hosts = self.setup.hosts.iter().map(|host| &host.name);
        let name = hosts.chain(&self.setup.routers).nth(place.index());
        name.map_or_else(|| self.scenario.id().to_owned(), Clone::clone)
    }
}

/// Ends of lines as they are written in programs: a field holds one line.
fn printable_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n")
}

fn part_button(command: SandboxCommand, name: String, present: bool) -> El {
    button("button part num", Command::Sandbox(command)).flag("aria-pressed", present).text(name)
}

fn do_button(command: SandboxCommand, name: &'static str) -> El {
    button("button", Command::Sandbox(command)).say(name)
}

fn labelled(name: &'static str, input: El) -> El {
    classed("label", "field").add(classed("span", "field-name").say(name)).add(input)
}

fn number_input(id: String, value: u64) -> El {
    el("input")
        .write("id", id)
        .set("type", "number")
        .set("min", "0")
        .set("step", "1")
        .value(value.to_string())
}

fn text_input(id: String, name: &'static str, value: String) -> El {
    el("input")
        .write("id", id)
        .set("type", "text")
        .set("aria-label", name)
        .set("spellcheck", "false")
        .set("autocomplete", "off")
        .value(value)
}

fn host_id(place: usize) -> HostId {
    HostId(u8::try_from(place).unwrap_or(u8::MAX))
}
