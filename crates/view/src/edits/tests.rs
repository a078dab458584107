//! Every kind of edit, in both languages.

use std::net::{Ipv4Addr, SocketAddrV4};

use tcpscope_sim::{Bursts, Codel, Flow, Jitter, Mtu, Number, PacketKind, Reorder, Timeline};
use tcpscope_tcp::{Flags, Options, SeqNumber};

use super::*;

fn run() -> Timeline {
    let text = include_str!("../../../../scenarios/three-way-handshake.json");
    let scenario = tcpscope_scenario::Scenario::from_json(text).expect("a scenario");
    Timeline::new(scenario.setup()).expect("it runs")
}

fn edits(trace: &Trace) -> Vec<Edit> {
    let ms = Duration::from_millis;
    let at = Instant::from_micros(160_000);
    let packet = trace.packets()[0].id;
    let with = PacketId {
        from: HostId(1),
        flow: Flow::MAIN,
        kind: PacketKind::Data,
        seq: 1,
        len: 9,
        attempt: 1,
        copy: 0,
    };
    let packets = [
        Intervention::Drop(packet),
        Intervention::Delay { packet, by: ms(20) },
        Intervention::Duplicate { packet, by: ms(1) },
        Intervention::Corrupt { packet, bit: 287 },
        Intervention::Hold { packet, until: at },
        Intervention::Swap { packet, with },
        Intervention::Drop(with),
    ];
    let mut edits: Vec<Edit> = packets.into_iter().map(Edit::Packet).collect();
    edits.push(Edit::LinkDelay { from: HostId(1), delay: ms(30) });
    edits.push(Edit::LinkLoss { from: HostId(0), loss_ppm: 25_000 });
    let (packets, octets) = (QueueLimit::Packets(1), QueueLimit::Octets(30_000));
    let queue =
        Queueing { limit: Some(packets), mark_at: Some(octets), codel: Some(Codel::default()) };
    let bursts = Bursts { slot: ms(1), begin_ppm: 100, end_ppm: 100_000, loss_ppm: 500_000 };
    let properties = [
        LinkProperty::Up(false),
        LinkProperty::Up(true),
        LinkProperty::Delay(ms(5)),
        LinkProperty::Jitter(None),
        LinkProperty::Jitter(Some(Jitter { up_to: ms(3), overtaking: false })),
        LinkProperty::Jitter(Some(Jitter { up_to: ms(3), overtaking: true })),
        LinkProperty::Loss(10_000),
        LinkProperty::Bursts(None),
        LinkProperty::Bursts(Some(bursts)),
        LinkProperty::Duplicate(10_000),
        LinkProperty::Reorder(None),
        LinkProperty::Reorder(Some(Reorder { ppm: 10_000, by: ms(4) })),
        LinkProperty::Corrupt(10_000),
        LinkProperty::Mark(10_000),
        LinkProperty::Rate(None),
        LinkProperty::Rate(Some(1_500_000)),
        LinkProperty::Queue(Queueing::default()),
        LinkProperty::Queue(queue),
        LinkProperty::Mtu(None),
        LinkProperty::Mtu(Some(Mtu { octets: 576, fragments: false })),
        LinkProperty::Mtu(Some(Mtu { octets: 576, fragments: true })),
    ];
    for to in properties {
        edits.push(Edit::Link(LinkChange { at, from: HostId(0), toward: Some(HostId(1)), to }));
    }
    let socket = |host, port| SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, host), port);
    let forgery = Forgery {
        source: socket(1, 49152),
        spread: false,
        destination: socket(77, 80),
        seq: Number::Given(SeqNumber::default()),
        ack: Some(Number::NextOf(HostId(1), 0)),
        flags: Flags::RST,
        wnd: 0,
        urg: 0,
        options: Options::default(),
        payload: Default::default(),
    };
    let deeds = [
        Deed::Crash,
        Deed::Restart { scripts: true },
        Deed::Restart { scripts: false },
        Deed::Halt { halted: true },
        Deed::Halt { halted: false },
        Deed::Call(AppCall::Close),
        Deed::Call(AppCall::Generate { octets: 100 }),
        Deed::Forge(Box::new(forgery)),
        Deed::Replay(packet),
    ];
    edits.extend(deeds.map(|deed| Edit::Act(Act { at, host: HostId(0), deed })));
    edits
}

#[test]
fn every_edit_in_words() {
    let timeline = run();
    let trace = timeline.trace();
    let mut book = String::new();
    for edit in edits(trace) {
        for locale in Locale::ALL {
            book.push_str(&edit_in_words(locale, &edit, trace, Numbers::Relative));
            book.push('\n');
        }
    }
    insta::assert_snapshot!(book);
}

#[test]
fn no_two_edits_are_told_alike() {
    let timeline = run();
    for locale in Locale::ALL {
        let told = |edit| edit_in_words(locale, edit, timeline.trace(), Numbers::Relative);
        let edits = edits(timeline.trace());
        let all: std::collections::BTreeSet<_> = edits.iter().map(told).collect();
        assert_eq!(all.len(), edits.len());
    }
}

#[test]
fn a_rate_is_said_in_the_unit_that_fits_it() {
    let cases = [
        (800, "800 bit/s"),
        (1_000, "1 kbit/s"),
        (64_500, "64.5 kbit/s"),
        (1_000_000, "1 Mbit/s"),
        (1_050_000, "1.05 Mbit/s"),
    ];
    for (bits, text) in cases {
        assert_eq!(rate_text(bits), text);
    }
}
