//! Whatever section the log of a run of ours names can be cited in a lesson, too.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use common::{Ours, stems};
use std::collections::BTreeSet;
use tcpscope_lesson::check::Library;
use tcpscope_lesson::sections::cited;
use tcpscope_sim::{Switch, Timeline};
use tcpscope_tcp::Config;

#[test]
fn what_the_log_names_can_be_cited() {
    let mut named = BTreeSet::new();
    for id in stems("scenarios", "json").into_iter().filter(|id| id != "index") {
        let plain = Ours.scenario(&id).unwrap().setup();
        let mut modern = plain.clone();
        for host in &mut modern.hosts {
            host.config = Config::default();
        }
        let ecn = modern.switched(Switch::Ecn, true);
        for setup in [plain, modern, ecn] {
            let timeline = Timeline::new(setup).unwrap();
            let trace = timeline.trace();
            for record in trace.records() {
                named.extend(trace.whys(record.id).iter().map(|why| {
                    let citation = why.citation();
                    (citation.rfc, citation.section)
                }));
            }
        }
    }
    assert!(named.len() > 40);
    let wrong = named.into_iter().filter_map(|(rfc, section)| {
        let text = if section.is_empty() { rfc.to_string() } else { format!("{rfc}#{section}") };
        cited(&text).err()
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
