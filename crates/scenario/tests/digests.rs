//! The digest of every run that the page can begin with, and of each with one packet dropped.
//!
//! `digests.json` is what a native build gives; the browser tests hold the page to the same file.
//! So a trace that depends on the machine, or that changes unnoticed, fails one of the two. After
//! a change that is meant to change traces: `UPDATE_DIGESTS=1 cargo test -p tcpscope-scenario`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use tcpscope_scenario::{Index, Scenario};
use tcpscope_sim::{Edit, Intervention, PacketIndex, Timeline};

type Digests = BTreeMap<String, BTreeMap<String, String>>;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// A digest for each scenario: of the run as it is, and of the run without each of its packets.
fn digests() -> Digests {
    let read = |path: PathBuf| fs::read_to_string(path).expect("a file of the project");
    let index = Index::from_json(&read(file("../../scenarios/index.json"))).expect("the index");
    let ids = index.scenarios.into_iter().map(|entry| entry.id);
    ids.map(|id| {
        let text = read(file(&format!("../../scenarios/{id}.json")));
        let setup = Scenario::from_json(&text).expect("a scenario").setup();
        (id, digests_of(Timeline::new(setup).expect("a setup that can be run")))
    })
    .collect()
}

fn digests_of(mut timeline: Timeline) -> BTreeMap<String, String> {
    let hex = |timeline: &Timeline| format!("{:016x}", timeline.trace().digest());
    let mut digests = BTreeMap::from([("as it is".to_owned(), hex(&timeline))]);
    let packets = timeline.trace().packets().len();
    for index in (0..packets).filter_map(|index| u32::try_from(index).ok()).map(PacketIndex) {
        let name = timeline.trace().packet_name(index);
        let packet = timeline.trace().packet(index).id;
        timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("a packet of the run");
        digests.insert(format!("without {name}"), hex(&timeline));
        timeline.undo();
    }
    digests
}

#[test]
fn every_run_has_the_digest_that_is_written_down() {
    let path = file("tests/digests.json");
    let found = digests();
    if std::env::var_os("UPDATE_DIGESTS").is_some() {
        let text = serde_json::to_string_pretty(&found).expect("strings") + "\n";
        fs::write(&path, text).expect("the file can be written");
    }
    let written: Digests =
        serde_json::from_str(&fs::read_to_string(path).expect("the file")).expect("digests");
    assert_eq!(found, written);
}
