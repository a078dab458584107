//! The page never goes blank: every sheet of every scenario, at many moments, with edits and without,
//! in every layout and language, is put together without a panic.

mod interviews;
mod lessons;

use tcpscope_scenario::Scenario;
use tcpscope_sim::{Edit, HostId, Intervention, RecordId};
use tcpscope_tcp::Duration;
use tcpscope_view::{Locale, PlotKind};

use super::page::page;
use crate::store::{
    Action, Arrange, Layout, MenuOf, Part, Playback, PlotChange, Preference, Run, Store, Tab,
};

fn scenarios() -> Vec<Scenario> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of scenarios")
        .map(|file| file.expect("a file").path())
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "index"))
        .collect();
    files.sort();
    let read = |path| std::fs::read_to_string(path).expect("a file of text");
    files.iter().map(|path| Scenario::from_json(&read(path)).expect("a scenario")).collect()
}

fn loaded(scenario: Scenario) -> Store {
    let store = Store::default();
    let run = Run::new(scenario, true, None).expect("it runs");
    store.act(Action::Load(Box::new(run)));
    store.act(Action::Measure(640.0));
    store
}

/// Puts the page together as it is now.
fn look(store: &Store) {
    let _ = page(&store.read());
}

/// All sheets in one of the layouts: all three at each moment would take too long.
fn look_at_all_sheets(store: &Store, turn: usize) {
    let layout = [Layout::Desk, Layout::Phone, Layout::Tablet][turn % 3];
    store.act(Action::Arrange(Arrange::Layout(layout)));
    let tabs = store.read().shell.tabs();
    for tab in tabs {
        if store.read().shell.shown_tab() != *tab {
            store.act(Action::Arrange(Arrange::Tab(*tab)));
        }
        look(store);
    }
}

fn go(store: &Store, record: usize) {
    let record = RecordId(u32::try_from(record).unwrap_or(u32::MAX));
    store.act(Action::Playback(Playback::Record(record)));
}

#[test]
fn every_sheet_of_every_scenario_at_many_moments() {
    for (number, scenario) in scenarios().into_iter().enumerate() {
        let store = loaded(scenario);
        let locale = Locale::ALL[number % Locale::ALL.len()];
        store.act(Action::Prefer(Preference::Locale(locale)));
        let (records, packets) = {
            let session = store.read();
            let trace = session.run().expect("a run").trace();
            let ids: Vec<_> = trace.packets().iter().map(|packet| packet.id).collect();
            (trace.records().len(), ids)
        };
        for step in 0..4 {
            go(&store, records * step / 3);
            store.act(Action::Select(packets.get(packets.len() * step / 4).copied()));
            look_at_all_sheets(&store, number + step);
        }
    }
}

#[test]
fn every_plot_menu_and_part_of_every_scenario() {
    for scenario in scenarios() {
        let setup = scenario.setup();
        let store = loaded(scenario);
        store.act(Action::Arrange(Arrange::Tab(Tab::Plots)));
        for kind in PlotKind::ALL {
            store.act(Action::Arrange(Arrange::Plots(PlotChange::Kind(kind))));
            look(&store);
            store.act(Action::Arrange(Arrange::Plots(PlotChange::Table(true))));
            look(&store);
            store.act(Action::Arrange(Arrange::Plots(PlotChange::Table(false))));
        }
        let hosts = (0..setup.hosts.len() + 1).filter_map(|host| u8::try_from(host).ok());
        let links = 0..=setup.links.len();
        let menus = hosts.map(|host| MenuOf::Host(HostId(host))).chain(links.map(MenuOf::Link));
        for menu in menus {
            store.act(Action::Arrange(Arrange::MenuOf(menu, (10.0, 10.0))));
            look(&store);
        }
        store.act(Action::Arrange(Arrange::Tab(Tab::Sandbox)));
        for place in 0..=setup.hosts.len().max(setup.links.len()) {
            for part in [Part::Host(place), Part::Link(place)] {
                store.act(Action::Arrange(Arrange::Part(part)));
                look(&store);
            }
        }
    }
}

#[test]
fn every_sheet_after_an_edit_and_after_its_undo() {
    for (number, scenario) in scenarios().into_iter().enumerate() {
        let store = loaded(scenario);
        let packets: Vec<_> = {
            let session = store.read();
            let trace = session.run().expect("a run").trace();
            trace.packets().iter().take(3).map(|packet| packet.id).collect()
        };
        let Some(packet) = packets.first().copied() else { continue };
        let by = Duration::from_millis(30);
        let until = tcpscope_tcp::Instant::from_micros(900_000);
        let edits = [
            Intervention::Delay { packet, by },
            Intervention::Duplicate { packet, by },
            Intervention::Corrupt { packet, bit: 200 },
            Intervention::Hold { packet, until },
            Intervention::Drop(packet),
        ];
        // One that this packet cannot have is refused, and said.
        store.act(Action::Edit(Edit::Packet(edits[number % edits.len()])));
        store.act(Action::Select(Some(packet)));
        look_at_all_sheets(&store, number);
        store.act(Action::Undo);
        look_at_all_sheets(&store, number + 1);
    }
}
