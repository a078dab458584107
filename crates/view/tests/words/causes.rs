//! Chains of causes, from what began them to what came of them.

use tcpscope_sim::{Edit, Intervention, RecordId, RecordKind, Trace};
use tcpscope_view::{ChainLink, Locale, Numbers, cause, chain, consequences};

use super::{SCENARIOS, first, records, run};

fn names(trace: &Trace, record: RecordId, most: usize) -> Vec<String> {
    let mut names = Vec::new();
    for link in chain(trace, record, most) {
        names.push(match link {
            ChainLink::Record(record) => cause(trace, record, Locale::En, Numbers::Relative).text,
            ChainLink::Fold(records) => format!("({records})"),
        });
    }
    names
}

#[test]
fn a_retransmission_goes_back_to_the_call_that_began_it() {
    let mut timeline = run("three-way-handshake");
    let syn = timeline.trace().packets()[0].id;
    timeline.edit(Edit::Packet(Intervention::Drop(syn))).expect("an edit");
    let trace = timeline.trace();
    let again = first(trace, |record| match record.kind {
        RecordKind::Transmit { packet } => trace.packet(packet).retransmission,
        _ => false,
    });
    insta::assert_snapshot!(names(trace, again, 20).join("\n"));
}

#[test]
fn what_is_folded_is_counted_and_both_ends_stay() {
    let timeline = run("sliding-window");
    let trace = timeline.trace();
    let mut longest = 0;
    for record in records(trace) {
        let whole = chain(trace, record, usize::MAX);
        longest = longest.max(whole.len());
        for most in [0, 4, 5, 9] {
            let folded = chain(trace, record, most);
            let count = |link: &ChainLink| match link {
                ChainLink::Record(_) => 1,
                ChainLink::Fold(records) => *records,
            };
            assert_eq!(folded.iter().map(count).sum::<usize>(), whole.len());
            assert!(folded.len() <= most.max(4), "{} of {most}", folded.len());
            assert_eq!(folded.first(), whole.first());
            assert_eq!(folded.last(), whole.last());
            assert!(!folded.contains(&ChainLink::Fold(1)), "a fold of one saves nothing");
        }
    }
    assert!(longest > 20, "{longest}");
}

#[test]
fn whoever_is_a_cause_has_the_effect_among_its_consequences() {
    for id in SCENARIOS {
        let timeline = run(id);
        let trace = timeline.trace();
        for record in trace.records() {
            let Some(cause) = record.cause else { continue };
            let found = consequences(trace, cause, usize::MAX);
            assert!(found.first.contains(&record.id), "{id}: {cause:?} {:?}", record.id);
            let few = consequences(trace, cause, 1);
            assert_eq!(few.first.len() + few.more, found.first.len());
        }
    }
}
