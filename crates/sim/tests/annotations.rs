//! Notes stay with what they are about, whatever becomes of the run around it.

mod common;

use common::{SERVER, exchange};
use tcpscope_sim::{
    Anchor, Annotation, AnnotationError, Edit, Intervention, LONGEST_NOTE, MOST_ANNOTATIONS, Note,
    Place, RecordId, RecordKind, Timeline,
};
use tcpscope_tcp::{Duration, State};

fn note(anchor: Anchor, text: &str) -> Annotation {
    Annotation { anchor, note: Note::Text(vec![("en".to_owned(), text.to_owned())]) }
}

#[test]
fn every_record_is_found_again_by_its_anchor() {
    let mut timeline = Timeline::new(exchange(6000)).expect("a sound setup");
    let lost = timeline.trace().packets()[4].id;
    timeline.edit(Edit::Packet(Intervention::Drop(lost))).expect("it can be made");
    let trace = timeline.trace();
    for record in trace.records() {
        let anchor = trace.anchor_of(record.id).expect("there is such a record");
        assert_eq!(trace.place_of(anchor), Place::Record(record.id), "{record:?}");
    }
    assert_eq!(trace.anchor_of(RecordId(u32::MAX)), None);
}

#[test]
fn notes_are_carried_along_and_what_is_lost_is_said_until_it_is_back() {
    let mut timeline = Timeline::new(exchange(6000)).expect("a sound setup");
    let trace = timeline.trace();
    let packet = trace.packet_named("server:data:1+1460").expect("it is sent");
    let packet = trace.packet(packet).id;
    let arrives = trace
        .records()
        .iter()
        .find(|record| {
            let about = record.kind.packet().map(|about| trace.packet(about).id);
            matches!(record.kind, RecordKind::Arrive { .. }) && about == Some(packet)
        })
        .expect("it arrives");
    let closes = trace.records().iter().find(|record| {
        record.host == Some(SERVER)
            && matches!(record.kind, RecordKind::Transition { to: State::LastAck, .. })
    });
    let (arrives, closes) = (arrives.id, closes.expect("the server closes").id);
    for (record, text) in [(arrives, "the first text"), (closes, "the server's end")] {
        let anchor = timeline.trace().anchor_of(record).expect("it is there");
        timeline.annotate(note(anchor, text)).expect("a short note");
    }
    timeline.annotate(note(Anchor::Packet(packet), "look here")).expect("a short note");

    timeline.edit(Edit::Packet(Intervention::Drop(packet))).expect("it can be made");
    let places = |timeline: &Timeline| -> Vec<Place> {
        let notes = timeline.annotations().iter();
        notes.map(|one| timeline.trace().place_of(one.anchor)).collect()
    };
    let [arrival, close, sent] = places(&timeline)[..] else { panic!("three notes") };
    assert_eq!(arrival, Place::Lost, "it never arrives now");
    let Place::Record(close) = close else { panic!("the server still closes") };
    assert_ne!(close, closes, "later than before");
    let close = &timeline.trace().record(close).kind;
    assert!(matches!(close, RecordKind::Transition { to: State::LastAck, .. }));
    assert!(matches!(sent, Place::Packet(_)));

    timeline.undo();
    assert_eq!(places(&timeline)[..2], [Place::Record(arrives), Place::Record(closes)]);
    let by = Duration::from_millis(300);
    timeline.edit(Edit::Packet(Intervention::Delay { packet, by })).expect("it can be made");
    assert!(!places(&timeline).contains(&Place::Lost), "later, but there");
}

#[test]
fn bounds_are_announced() {
    let mut timeline = Timeline::new(exchange(100)).expect("a sound setup");
    let anchor = Anchor::Packet(timeline.trace().packets()[0].id);
    let long = "x".repeat(LONGEST_NOTE);
    let octets = LONGEST_NOTE + 2;
    let refused = timeline.annotate(note(anchor, &long));
    assert_eq!(refused, Err(AnnotationError::TooLong { octets }));
    for number in 0..MOST_ANNOTATIONS {
        let note = Note::Key(format!("{number}"));
        timeline.annotate(Annotation { anchor, note }).expect("there is room");
    }
    assert_eq!(timeline.annotate(note(anchor, "more")), Err(AnnotationError::TooMany));
    let first = timeline.annotations()[0].clone();
    timeline.annotate(first.clone()).expect("it is there already");
    assert_eq!(timeline.annotations().len(), MOST_ANNOTATIONS);
    assert_eq!(timeline.remove_annotation(0), Some(first));
    assert_eq!(timeline.remove_annotation(MOST_ANNOTATIONS), None);
}
