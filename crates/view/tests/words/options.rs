//! What two modern TCPs write into their headers, taken apart.

use tcpscope_sim::{Edit, Intervention, PacketIndex, Timeline, Trace};
use tcpscope_tcp::{Config, Segment};
use tcpscope_view::{
    Detail, End, LayerKind, Locale, Numbers, PacketView, Sight, packet_view, segment_label, tcb,
    timers,
};

use crate::{CLIENT, SCENARIOS, SERVER, records, run};

/// A scenario between two TCPs that are set up so.
fn with(id: &str, config: &Config) -> Timeline {
    let mut setup = run(id).setup().clone();
    for host in &mut setup.hosts {
        let plain = host.config.clone();
        host.config =
            Config { mss: plain.mss, receive_buffer: plain.receive_buffer, ..config.clone() };
    }
    Timeline::new(setup).expect("a setup that can be run")
}

fn packets(trace: &Trace) -> impl Iterator<Item = PacketIndex> {
    (0..trace.packets().len()).map(|index| PacketIndex(u32::try_from(index).expect("few packets")))
}

/// The first packet that a condition holds for.
fn first(trace: &Trace, condition: impl Fn(&Segment) -> bool) -> PacketIndex {
    packets(trace).find(|packet| condition(&trace.packet(*packet).segment)).expect("such a packet")
}

/// The options of a packet: name, value, meaning.
fn options(view: &PacketView) -> Vec<[String; 3]> {
    let layer = view.layers.iter().find(|layer| layer.kind == LayerKind::Tcp);
    let fields = layer.into_iter().flat_map(|layer| &layer.fields);
    let fields = fields.filter(|field| field.bits.start >= 160);
    fields.map(|row| [row.name.to_owned(), row.value.clone(), row.meaning.clone()]).collect()
}

fn ecn() -> Config {
    Config { ecn: true, ..Config::default() }
}

#[test]
fn a_link_takes_a_packet_for_as_long_as_it_is() {
    for id in SCENARIOS {
        for config in [Config::plain(), Config::default()] {
            let mut timeline = with(id, &config);
            // With a hole, so that there are SACK blocks.
            let data = |segment: &Segment| segment.text_len() > 0;
            let dropped = timeline.trace().packet(first(timeline.trace(), data)).id;
            timeline.edit(Edit::Packet(Intervention::Drop(dropped))).expect("a packet of the run");
            let trace = timeline.trace();
            for packet in packets(trace) {
                let view =
                    packet_view(trace, packet, Sight::default(), Locale::En, Numbers::Relative);
                // The frame's header and check sequence, and what pads it.
                let around = 18
                    + usize::try_from(46_u32.saturating_sub(trace.packet(packet).octets()))
                        .expect("few octets");
                let octets = u32::try_from(view.octets.len() - around).expect("a packet's length");
                assert_eq!(octets, trace.packet(packet).octets(), "{:?}", trace.packet(packet));
            }
        }
    }
}

#[test]
fn the_options_of_a_modern_handshake() {
    let timeline = with("three-way-handshake", &ecn());
    let trace = timeline.trace();
    let mut text = String::new();
    for packet in [0, 1, 2].map(PacketIndex) {
        let label = segment_label(trace, packet, Numbers::Relative, Detail::Long);
        let short = segment_label(trace, packet, Numbers::Relative, Detail::Short);
        text.push_str(&format!("{short}\n{label}\n"));
        for locale in Locale::ALL {
            let view = packet_view(trace, packet, Sight::default(), locale, Numbers::Relative);
            for [name, value, meaning] in options(&view) {
                text.push_str(&format!("  {name}: {value} · {meaning}\n"));
            }
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn sack_blocks_are_shown_as_the_other_numbers_are() {
    let mut timeline = with("sliding-window", &Config::default());
    let data = |segment: &Segment| segment.text_len() > 0 && segment.seq.value() != 0;
    let server = packets(timeline.trace())
        .find(|packet| {
            let packet = timeline.trace().packet(*packet);
            packet.id.from == SERVER && data(&packet.segment)
        })
        .expect("the server sends text");
    let dropped = timeline.trace().packet(server).id;
    timeline.edit(Edit::Packet(Intervention::Drop(dropped))).expect("a packet of the run");
    let trace = timeline.trace();
    let ack = first(trace, |segment| !segment.options.sack.is_empty());
    let (left, right) = trace.packet(ack).segment.options.sack.blocks()[0];
    let irs = trace.packet(ack).segment.ack.expect("an ACK");
    let label = segment_label(trace, ack, Numbers::Relative, Detail::Short);
    let expected = format!("sack={}–{}", 1 + left.distance_from(irs), 1 + right.distance_from(irs));
    assert!(label.ends_with(&expected), "{label}: {expected}");
    let view = packet_view(trace, ack, Sight::default(), Locale::ZhCn, Numbers::Relative);
    let sack = options(&view).into_iter().find(|[name, ..]| name == "选择确认").expect("SACK");
    assert_eq!(sack[1], format!("{}–{}", left.value(), right.value()));
    assert_eq!(sack[2], format!("缺口之后已收到的，不含右端：{}。", expected.replace("sack=", "")));
}

#[test]
fn the_ecn_field_says_what_routers_may_do() {
    let timeline = with("sliding-window", &ecn());
    let trace = timeline.trace();
    let meaning = |packet| {
        let view = packet_view(trace, packet, Sight::default(), Locale::En, Numbers::Relative);
        let row = view.layers[1].fields.iter().find(|row| row.name == "ECN").expect("the field");
        row.meaning.clone()
    };
    assert_eq!(meaning(PacketIndex(0)), "No congestion notification.");
    let text = packets(trace)
        .find(|packet| trace.packet(*packet).segment.text_len() > 0)
        .expect("somebody sends text");
    assert_eq!(meaning(text), "Routers may mark the packet: ECT(0).");
}

#[test]
fn variables_of_the_companions_have_values_once_they_are_agreed_on() {
    let companions = ["Snd.Wind.Shift", "Rcv.Wind.Shift", "SACK", "Timestamps", "ECN"];
    let rows = |trace: &Trace, record| -> Vec<_> {
        let groups = tcb(End::of(trace, CLIENT), record, Locale::En, Numbers::Relative);
        let rows = groups.into_iter().flat_map(|group| group.rows);
        rows.filter(|row| companions.contains(&row.name)).map(|row| row.value).collect()
    };
    let timeline = with("three-way-handshake", &Config::default());
    let trace = timeline.trace();
    let agreed = records(trace).find(|record| trace.status(CLIENT, *record).agreed.sack);
    let agreed = agreed.expect("both offer SACK");
    assert_eq!(rows(trace, tcpscope_sim::RecordId(0)), ["—"; 5]);
    assert_eq!(rows(trace, agreed)[0], "6");
    assert_eq!(rows(trace, agreed)[2..4], ["yes", "yes"]);
    let plain = run("three-way-handshake");
    let last = records(plain.trace()).find(|record| {
        plain.trace().status(CLIENT, *record).state == tcpscope_tcp::State::Established
    });
    let last = last.expect("it opens");
    assert_eq!(rows(plain.trace(), last), ["—", "—", "no", "no", "no"]);
}

#[test]
fn the_new_timers_are_shown_while_they_run() {
    let timeline = with("sliding-window", &Config::default());
    let trace = timeline.trace();
    let mut seen = Vec::new();
    for record in records(trace) {
        for host in [CLIENT, SERVER] {
            for row in timers(End::of(trace, host), trace.moment_of(record)) {
                assert_eq!(trace.status(host, record).timer(row.timer), Some(row.runs_out_at));
                if !seen.contains(&row.timer.name()) {
                    seen.push(row.timer.name());
                }
            }
        }
    }
    assert!(seen.contains(&"delayed-ack"), "{seen:?}");
}
