//! The inspector's figures, as text.

use tcpscope_sim::{Edit, Intervention, PacketIndex, Timeline, Trace};
use tcpscope_tcp::Config;
use tcpscope_view::{
    CellKind, HexRow, Layer, LayerKind, Limits, Locale, Numbers, PacketView, Seen, Sight, SumRow,
    Verdict, Way, checksum_work, conclusion, envelopes, field_beside, header_diagram, hex_rows,
    messages, packet_view, printable, view_of_octets,
};
use tcpscope_wire::{Cut, checksum, cut, encode_udp};

use crate::run;

/// A handshake and an exchange between two modern TCPs.
fn modern(id: &str) -> Timeline {
    let mut setup = run(id).setup().clone();
    for host in &mut setup.hosts {
        host.config = Config::default();
    }
    Timeline::new(setup).expect("a setup that can be run")
}

fn view(trace: &Trace, packet: PacketIndex) -> PacketView {
    packet_view(trace, packet, Sight::default(), Locale::En, Numbers::Relative)
}

fn layer(view: &PacketView, kind: LayerKind) -> &Layer {
    view.layer(kind).and_then(|layer| view.layers.get(layer)).expect("such a layer")
}

/// The first packet that carries text.
fn data(trace: &Trace) -> PacketIndex {
    let place = trace.packets().iter().position(|packet| packet.segment.text_len() > 0);
    PacketIndex(u32::try_from(place.expect("somebody sends text")).expect("few packets"))
}

/// A diagram in characters, four for a bit, as the RFC draws it.
fn drawn(view: &PacketView, kind: LayerKind) -> String {
    let mut text = String::new();
    let mut row = 0;
    for cell in header_diagram(view, layer(view, kind)) {
        if cell.row > row {
            row = cell.row;
            text.push_str("|\n");
        }
        let width = cell.columns.len() * 4 - 1;
        let mark = match cell.kind {
            CellKind::Flag { set: true } => "*",
            CellKind::Flag { set: false } | CellKind::Field => "",
            CellKind::Option => "'",
            CellKind::Filler => "~",
        };
        let up = if cell.from_above { "^" } else { "" };
        let down = if cell.goes_on { "v" } else { "" };
        let says = if cell.columns.len() == 1 {
            format!("{}{mark}", cell.short.chars().next().unwrap_or(' '))
        } else {
            let name = if width < 16 { cell.short } else { cell.name };
            format!("{mark}{up}{name} {}{down}", cell.value)
        };
        let says: String = says.chars().take(width).collect();
        text.push_str(&format!("|{says:<width$}"));
    }
    text.push_str("|\n");
    text
}

#[test]
fn the_header_of_a_modern_syn_bit_by_bit() {
    let timeline = modern("three-way-handshake");
    let view = view(timeline.trace(), PacketIndex(0));
    insta::assert_snapshot!(drawn(&view, LayerKind::Tcp));
}

#[test]
fn the_headers_around_it_bit_by_bit() {
    let timeline = modern("three-way-handshake");
    let view = view(timeline.trace(), PacketIndex(0));
    let text = drawn(&view, LayerKind::Ethernet) + "\n" + &drawn(&view, LayerKind::Ipv4);
    insta::assert_snapshot!(text);
}

#[test]
fn keys_lead_from_field_to_field() {
    let timeline = modern("three-way-handshake");
    let view = view(timeline.trace(), PacketIndex(0));
    let tcp = layer(&view, LayerKind::Tcp);
    let cells = header_diagram(&view, tcp);
    let place = |name: &str| tcp.fields.iter().position(|field| field.name == name).expect(name);
    let beside =
        |name, way| field_beside(&cells, place(name), way).and_then(|field| tcp.fields.get(field));
    let cases = [
        ("Source Port", Way::Left, None),
        ("Source Port", Way::Right, Some("Destination Port")),
        ("Source Port", Way::Up, None),
        ("Source Port", Way::Down, Some("Sequence Number")),
        ("Sequence Number", Way::Down, Some("Acknowledgment Number")),
        ("Acknowledgment Number", Way::Down, Some("Data Offset")),
        ("Window", Way::Up, Some("Acknowledgment Number")),
        ("SYN", Way::Down, Some("Checksum")),
        ("Window", Way::Down, Some("Urgent Pointer")),
        ("Urgent Pointer", Way::Down, Some("Maximum Segment Size")),
        // It stands in three rows.
        ("Timestamps", Way::Down, Some("No-Operation")),
        ("Timestamps", Way::Up, Some("Maximum Segment Size")),
        ("Window Scale", Way::Right, None),
        ("SYN", Way::First, Some("Source Port")),
        ("SYN", Way::Last, Some("Window Scale")),
    ];
    for (from, way, to) in cases {
        assert_eq!(beside(from, way).map(|field| field.name), to, "{from}, {way:?}");
    }
}

#[test]
fn envelopes_carry_each_other() {
    let timeline = modern("sliding-window");
    let trace = timeline.trace();
    let longest = |packet: &&tcpscope_sim::Packet| packet.segment.text_len();
    let longest = trace.packets().iter().max_by_key(longest).expect("packets").id;
    let longest = trace.find_packet(longest).expect("it is there");
    let mut text = String::new();
    for (packet, locale) in [(PacketIndex(0), Locale::En), (longest, Locale::ZhCn)] {
        let view = view(trace, packet);
        let shells = envelopes(&view, Limits::of(trace, packet, None), messages(locale));
        for pair in shells.windows(2) {
            assert_eq!(pair[1].carries, pair[0].total);
        }
        for shell in shells {
            let header = shell
                .header
                .map_or(String::new(), |(_, name, octets)| format!("[{name} {octets}] "));
            let trailer = shell.trailer.map_or(String::new(), |(_, padding, check)| {
                format!(" [padding {padding}] [FCS {check}]")
            });
            let limit = shell.limit.map_or(String::new(), |(name, most)| format!(" {name} {most}"));
            text.push_str(&format!(
                "{} = {header}{}{trailer} = {}{limit} · {} · {}\n",
                shell.name, shell.carries, shell.total, shell.four, shell.seven
            ));
        }
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

/// The steps of a checksum, a line each.
fn steps(view: &PacketView, kind: LayerKind) -> String {
    let at = view.layer(kind).expect("such a layer");
    let work = checksum_work(view, at, messages(Locale::En)).expect("a checksum");
    let mut text = String::new();
    for part in work.parts {
        text.push_str(&format!("{}, {} octets\n", part.name, part.octets));
        for row in part.rows {
            text.push_str(&match row {
                SumRow::Word(word) => {
                    let at = word.octets.map(|at| at.start.to_string()).unwrap_or_default();
                    let carry = if word.carry { "+1" } else { "" };
                    let was = word.was.map(|was| format!(" was {was:04x}")).unwrap_or_default();
                    let zero = if word.is_checksum { " (0)" } else { "" };
                    let (value, running, what) = (word.word, word.running, word.what);
                    format!("{at:>4} {value:04x} {running:04x} {carry:2} {what}{zero}{was}\n")
                }
                SumRow::Folded { words, sum, running } => {
                    format!("   … {sum:04x} {running:04x}    {words} words\n")
                }
            });
        }
    }
    text.push_str(&format!(
        "~{:04x} = {:04x}, found {:04x}: {:?}\n",
        work.sum, work.computed, work.found, work.verdict
    ));
    text
}

#[test]
fn a_checksum_step_by_step() {
    let timeline = modern("sliding-window");
    let view = view(timeline.trace(), data(timeline.trace()));
    insta::assert_snapshot!(steps(&view, LayerKind::Ipv4) + "\n" + &steps(&view, LayerKind::Tcp));
}

#[test]
fn a_damaged_segment_says_which_word_differs_and_what_follows() {
    let mut timeline = run("sliding-window");
    let packet = timeline.trace().packet(data(timeline.trace())).id;
    // A bit of the window.
    let bit = (20 + 14) * 8 + 3;
    timeline
        .edit(Edit::Packet(Intervention::Corrupt { packet, bit }))
        .expect("a packet of the run");
    let trace = timeline.trace();
    let index = trace.find_packet(packet).expect("it is sent");
    let arrived = view(trace, index);
    assert_eq!(arrived.seen, Seen::Arrived);
    let window = layer(&arrived, LayerKind::Tcp).fields.iter().find(|row| row.name == "Window");
    let window = window.expect("the window");
    assert_eq!(window.was.as_deref(), Some("4000"));
    assert_eq!(window.value, (4000 ^ 0x1000).to_string());
    let cells = header_diagram(&arrived, layer(&arrived, LayerKind::Tcp));
    let damaged: Vec<_> = cells.iter().filter(|cell| !cell.damaged.is_empty()).collect();
    assert_eq!(damaged.len(), 1);
    assert_eq!((damaged[0].name, &damaged[0].damaged[..]), ("Window", &[3][..]));
    insta::assert_snapshot!(steps(&arrived, LayerKind::Tcp));
    let conclusion = conclusion(trace, index, Locale::En, Numbers::Relative).expect("an offence");
    assert_eq!(conclusion.citation.to_string(), "RFC 9293 §3.1");
    // As it was sent, nothing is wrong.
    let sight = Sight { seen: Some(Seen::Sent), piece: None };
    let sent = packet_view(trace, index, sight, Locale::En, Numbers::Relative);
    let tcp = sent.layer(LayerKind::Tcp).expect("TCP");
    let work = checksum_work(&sent, tcp, messages(Locale::En)).expect("a checksum");
    assert_eq!((work.verdict, sent.sent), (Verdict::Equal, None));
}

#[test]
fn the_octets_line_by_line() {
    let timeline = run("sliding-window");
    let trace = timeline.trace();
    let view = view(trace, data(trace));
    let mut text = String::new();
    for row in hex_rows(&view, 16, false) {
        match row {
            HexRow::Line(line) => {
                text.push_str(&format!("{:04x} ", line.offset));
                for run in &line.runs {
                    let octets: Vec<_> = run.octets.iter().map(|it| format!("{it:02x}")).collect();
                    text.push_str(&format!("[{}]", octets.join(" ")));
                }
                let seen = line.runs.iter().flat_map(|run| &run.octets).copied().map(printable);
                text.push_str(&format!(" {}\n", seen.collect::<String>()));
            }
            HexRow::Folded(octets) => text.push_str(&format!("… {octets}\n")),
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn long_data_is_folded_in_the_middle_until_it_is_asked_for() {
    let timeline = run("sliding-window");
    let trace = timeline.trace();
    let long = trace.packets().iter().position(|packet| packet.segment.text_len() == 1000);
    let long = PacketIndex(u32::try_from(long.expect("a long one")).expect("few packets"));
    let view = view(trace, long);
    let folded = |all| -> Vec<usize> {
        let rows = hex_rows(&view, 16, all).into_iter();
        rows.filter_map(|row| if let HexRow::Folded(octets) = row { Some(octets) } else { None })
            .collect()
    };
    assert_eq!(
        (folded(false), folded(true)),
        (vec![1058_usize.div_ceil(16) * 16 - 16 * 16], vec![])
    );
}

#[test]
fn a_datagram_and_an_icmp_message_open_too() {
    let (from, to) = ("192.0.2.1:40000", "198.51.100.1:53");
    let [from, to] = [from, to].map(|socket| socket.parse().expect("a sound literal"));
    let datagram = encode_udp(from, to, b"query").expect("a short message");
    let mut icmp = vec![3, 4, 0, 0, 0, 0, 0x05, 0x78];
    icmp.extend_from_slice(&datagram[..28]);
    let sum = checksum(&icmp).to_be_bytes();
    icmp[2..4].copy_from_slice(&sum);
    // The header is the datagram's but for the protocol.
    let mut packet = datagram[..20].to_vec();
    packet[9] = 1;
    packet.extend_from_slice(&icmp);
    let piece = Cut { identification: 1, octets: 0..icmp.len(), more: false };
    let packet = cut(&packet, &piece).expect("a packet");
    let mut text = String::new();
    for (octets, kind) in [(&datagram, LayerKind::Udp), (&packet, LayerKind::Icmp)] {
        let view = view_of_octets(octets, Locale::En);
        text.push_str(&drawn(&view, kind));
        text.push_str(&steps(&view, kind));
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_later_fragment_has_no_header_but_its_own() {
    let (from, to) = ("192.0.2.1:40000", "198.51.100.1:53");
    let [from, to] = [from, to].map(|socket| socket.parse().expect("a sound literal"));
    let datagram = encode_udp(from, to, &[b'x'; 3792]).expect("a short message");
    // The curriculum's: 3800 octets over an MTU of 1420.
    let pieces = [(0..1400, true), (1400..2800, true), (2800..3800, false)];
    let mut found = Vec::new();
    for (octets, more) in pieces {
        let piece = cut(&datagram, &Cut { identification: 7, octets, more }).expect("a piece");
        let view = view_of_octets(&piece, Locale::En);
        let values = ["Fragment Offset", "MF", "Total Length"].map(|name| {
            let ip = layer(&view, LayerKind::Ipv4);
            let field = ip.fields.iter().find(|row| row.name == name).expect(name);
            field.value.clone()
        });
        found.push((values, view.layer(LayerKind::Udp).is_some()));
    }
    let row = |values: [&str; 3], udp| (values.map(str::to_owned), udp);
    let expected = [
        row(["0", "1", "1420"], true),
        row(["175", "1", "1420"], false),
        row(["350", "0", "1020"], false),
    ];
    assert_eq!(found, expected);
}
