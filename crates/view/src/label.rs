//! What is written on a segment's arrow.

use tcpscope_sim::{Packet, PacketIndex, PacketKind, Trace};
use tcpscope_tcp::{Flags, Options, SackBlocks, Segment, Timestamps};

use crate::{Bases, Numbers};

/// How much a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Detail {
    /// Flags, numbers and length; the window where it is news.
    #[default]
    Short,
    /// The window and the options too.
    Long,
    /// The timestamps too, which are on every segment.
    Full,
}

/// How much the reader wants to be written along arrows, where there is room for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum LabelLevel {
    /// Flags and the one number that a segment is sent for.
    Short,
    /// Flags, numbers, lengths, windows and options.
    #[default]
    Usual,
    /// All that a segment carries.
    Full,
}

impl LabelLevel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Short, Self::Usual, Self::Full];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Usual => "usual",
            Self::Full => "full",
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// A packet's segment as a book prints it: `SYN seq=0 win=65535`, `PSH, ACK seq=1 ack=1 len=50`.
#[must_use]
pub fn segment_label(
    trace: &Trace,
    packet: PacketIndex,
    numbers: Numbers,
    detail: Detail,
) -> String {
    let [text] = segment_labels(trace, packet, numbers, [detail]);
    text
}

/// The same at several lengths: what its numbers are counted from is found once.
pub(crate) fn segment_labels<const N: usize>(
    trace: &Trace,
    packet: PacketIndex,
    numbers: Numbers,
    details: [Detail; N],
) -> [String; N] {
    let packet = trace.packet(packet);
    if packet.id.kind == PacketKind::Udp {
        // A datagram has neither flags nor numbers.
        return details.map(|_| format!("UDP len={}", packet.segment.payload.len()));
    }
    let bases = Bases::of(trace, packet.id.from, packet.sent_by, numbers);
    let shift = window_shift(trace, packet);
    details.map(|detail| label(&packet.segment, bases, shift, detail))
}

/// How far the window of a segment is shifted: not at all in a SYN, and only where both SYNs
/// offered it (RFC 7323 §2.2).
pub(crate) fn window_shift(trace: &Trace, packet: &Packet) -> u8 {
    let agreed = trace.status(packet.id.from, packet.sent_by).agreed;
    match agreed.shifts {
        Some((_, ours)) if !packet.segment.syn() => ours,
        Some(_) | None => 0,
    }
}

/// The flags as a label lists them, then the numbers in the order of the header.
fn label(segment: &Segment, bases: Bases, shift: u8, detail: Detail) -> String {
    let Segment { seq, ack, flags, wnd, urg, options: _, ecn: _, payload } = segment;
    let mut parts = Vec::new();
    let names = flags_of(segment).collect::<Vec<_>>().join(", ");
    if !names.is_empty() {
        parts.push(names);
    }
    parts.push(format!("seq={}", seq.distance_from(bases.send)));
    if let Some(ack) = ack {
        parts.push(format!("ack={}", ack.distance_from(bases.receive)));
    }
    // The first window and a closed one say something by themselves; a RST has none.
    let news = segment.syn() || (*wnd == 0 && !segment.rst());
    if news || detail != Detail::Short {
        parts.push(format!("win={}", u32::from(*wnd) << shift));
    }
    if !payload.is_empty() {
        parts.push(format!("len={}", payload.len()));
    }
    if flags.contains(Flags::URG) {
        parts.push(format!("urg={urg}"));
    }
    push_options(&mut parts, segment, bases, detail);
    parts.join(" ")
}

/// The options: at length all that a segment carries, or else only what SACK tells, for that is
/// what an ACK with it is sent for.
fn push_options(parts: &mut Vec<String>, segment: &Segment, bases: Bases, detail: Detail) {
    let Options { mss, window_scale, sack_permitted, sack, timestamps, fast_open } =
        &segment.options;
    let is_syn = segment.syn();
    let long = detail != Detail::Short;
    if let (true, Some(mss)) = (long, mss) {
        parts.push(format!("mss={mss}"));
    }
    if let (true, Some(shift)) = (long, window_scale) {
        parts.push(format!("ws={shift}"));
    }
    if long && *sack_permitted {
        parts.push("sack".to_owned());
    }
    let shown = if long { SackBlocks::MOST } else { 1 };
    let blocks = sack.blocks().iter().take(shown).map(|(left, right)| {
        let [left, right] = [left, right].map(|number| number.distance_from(bases.receive));
        format!("{left}–{right}")
    });
    let blocks = blocks.collect::<Vec<_>>().join(",");
    if !blocks.is_empty() {
        parts.push(format!("sack={blocks}"));
    }
    // They are on every segment, and what they are is in the header: that they are offered is news.
    match (detail, timestamps) {
        (Detail::Full, Some(Timestamps { value, echo })) => {
            parts.push(format!("ts={value} ecr={echo}"));
        }
        (Detail::Long, Some(_)) if is_syn => parts.push("ts".to_owned()),
        (Detail::Short | Detail::Long, _) | (Detail::Full, None) => {}
    }
    if let (true, Some(cookie)) = (long, fast_open) {
        parts.push(format!("cookie={}", cookie.octets().len()));
    }
}

/// The flags that are set, as the page API names them: `SYN ACK`, `PSH ACK`, `FIN ACK`.
#[must_use]
pub fn flags_text(segment: &Segment) -> String {
    flags_of(segment).collect::<Vec<_>>().join(" ")
}

/// The names of the flags that are set, the one that gives the segment its purpose first.
fn flags_of(segment: &Segment) -> impl Iterator<Item = &'static str> {
    let flags = segment.flags;
    [
        ("SYN", flags.contains(Flags::SYN)),
        ("FIN", flags.contains(Flags::FIN)),
        ("RST", flags.contains(Flags::RST)),
        ("PSH", flags.contains(Flags::PSH)),
        ("ACK", segment.ack.is_some()),
        ("URG", flags.contains(Flags::URG)),
        ("ECE", flags.contains(Flags::ECE)),
        ("CWR", flags.contains(Flags::CWR)),
    ]
    .into_iter()
    .filter_map(|(name, set)| set.then_some(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tcpscope_tcp::SeqNumber;

    fn segment(seq: u32, ack: Option<u32>, flags: Flags, wnd: u16, len: usize) -> Segment {
        Segment {
            seq: SeqNumber::new(seq),
            ack: ack.map(SeqNumber::new),
            flags,
            wnd,
            payload: vec![b'x'; len].into(),
            ..Segment::default()
        }
    }

    #[test]
    fn a_label_reads_as_in_a_book() {
        let syn = Segment {
            options: Options { mss: Some(1460), ..Options::NONE },
            ..segment(1000, None, Flags::SYN, 65535, 0)
        };
        let cases = [
            (syn, "SYN seq=0 win=65535", "SYN seq=0 win=65535 mss=1460"),
            (
                segment(1000, Some(5001), Flags::SYN, 65535, 0),
                "SYN, ACK seq=0 ack=1 win=65535",
                "SYN, ACK seq=0 ack=1 win=65535",
            ),
            (
                segment(1001, Some(5001), Flags::PSH, 400, 50),
                "PSH, ACK seq=1 ack=1 len=50",
                "PSH, ACK seq=1 ack=1 win=400 len=50",
            ),
            (
                segment(1051, Some(5079), Flags::empty(), 0, 0),
                "ACK seq=51 ack=79 win=0",
                "ACK seq=51 ack=79 win=0",
            ),
            (
                segment(1051, Some(5079), Flags::FIN, 400, 0),
                "FIN, ACK seq=51 ack=79",
                "FIN, ACK seq=51 ack=79 win=400",
            ),
            (segment(1051, None, Flags::RST, 0, 0), "RST seq=51", "RST seq=51 win=0"),
        ];
        let bases = Bases { send: SeqNumber::new(1000), receive: SeqNumber::new(5000) };
        for (segment, short, long) in cases {
            assert_eq!(label(&segment, bases, 0, Detail::Short), short);
            assert_eq!(label(&segment, bases, 0, Detail::Long), long);
        }
    }

    #[test]
    fn options_and_a_scaled_window_are_told_at_length() {
        let mut sack = SackBlocks::NONE;
        sack.push(SeqNumber::new(7001), SeqNumber::new(8001));
        sack.push(SeqNumber::new(6001), SeqNumber::new(6501));
        let timestamps = Some(Timestamps { value: 70, echo: 40 });
        let options =
            Options { timestamps, window_scale: Some(6), sack_permitted: true, ..Options::NONE };
        let syn = Segment { options, ..segment(1000, None, Flags::SYN, 100, 0) };
        let options = Options { sack, timestamps, ..Options::NONE };
        let ack = Segment { options, ..segment(1001, Some(5501), Flags::empty(), 100, 0) };
        let bases = Bases { send: SeqNumber::new(1000), receive: SeqNumber::new(5000) };
        assert_eq!(label(&syn, bases, 0, Detail::Long), "SYN seq=0 win=100 ws=6 sack ts");
        assert_eq!(label(&ack, bases, 6, Detail::Short), "ACK seq=1 ack=501 sack=2001–3001");
        assert_eq!(
            label(&ack, bases, 6, Detail::Long),
            "ACK seq=1 ack=501 win=6400 sack=2001–3001,1001–1501"
        );
    }

    #[test]
    fn absolute_numbers_are_those_of_the_header() {
        let segment = segment(1001, Some(5001), Flags::empty(), 1, 0);
        assert_eq!(label(&segment, Bases::default(), 0, Detail::Short), "ACK seq=1001 ack=5001");
    }

    #[test]
    fn flags_are_named_as_the_page_api_has_them() {
        let cases = [
            (segment(0, Some(0), Flags::SYN, 0, 0), "SYN ACK"),
            (segment(0, Some(0), Flags::PSH | Flags::FIN, 0, 1), "FIN PSH ACK"),
            (segment(0, None, Flags::RST, 0, 0), "RST"),
            (segment(0, Some(0), Flags::URG, 0, 1), "ACK URG"),
            (segment(0, None, Flags::empty(), 0, 0), ""),
        ];
        for (segment, text) in cases {
            assert_eq!(flags_text(&segment), text);
        }
    }
}
