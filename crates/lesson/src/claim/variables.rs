//! The names that claims may use: a connection's variables, and a segment's fields.

use tcpscope_sim::{Fate, Packet, PacketIndex, Trace};
use tcpscope_tcp::{Flags, SeqNumber, Status};
use tcpscope_view::flags_text;

use super::Value;

/// A variable of a connection.
pub(crate) struct Variable {
    /// The name, as the RFC has it, in small letters.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) what: &'static str,
    pub(super) of: fn(&Status) -> Raw,
}

/// A value of a status; what sequence numbers are counted from is added later.
pub(super) enum Raw {
    Sent(SeqNumber),
    Received(SeqNumber),
    Value(Value),
}

fn sent(status: &Status, number: SeqNumber) -> Raw {
    if status.iss.is_some() { Raw::Sent(number) } else { Raw::Value(Value::None) }
}

fn received(status: &Status, number: SeqNumber) -> Raw {
    if status.irs.is_some() { Raw::Received(number) } else { Raw::Value(Value::None) }
}

fn number(number: impl Into<i128>) -> Raw {
    Raw::Value(Value::Number(number.into()))
}

fn time(span: Option<tcpscope_tcp::Duration>) -> Raw {
    Raw::Value(span.map_or(Value::None, |span| Value::Time(span.as_micros().into())))
}

fn truth(truth: bool) -> Raw {
    Raw::Value(Value::Truth(truth))
}

macro_rules! variables {
    ($($name:literal, $what:literal, $of:expr;)*) => {
        &[$(Variable { name: $name, what: $what, of: $of }),*]
    };
}

/// All variables, in the order of the page's table.
pub(crate) const VARIABLES: &[Variable] = variables![
    "state", "the state, as in ESTABLISHED", |s| Raw::Value(Value::State(s.state));
    "iss", "the number of its own SYN", |s| s.iss.map_or(Raw::Value(Value::None), Raw::Sent);
    "irs", "the number of the peer's SYN", |s| s.irs.map_or(Raw::Value(Value::None), Raw::Received);
    "snd.una", "the oldest number that is not acknowledged", |s| sent(s, s.snd_una);
    "snd.nxt", "the next number to send", |s| sent(s, s.snd_nxt);
    "snd.wnd", "octets that the peer allows from SND.UNA on", |s| number(s.snd_wnd);
    "snd.wl1", "the seq of the segment that last updated SND.WND", |s| received(s, s.snd_wl1);
    "snd.wl2", "the ack of that segment", |s| sent(s, s.snd_wl2);
    "snd.up", "the urgent pointer that it sends", |s| sent(s, s.snd_up);
    "rcv.nxt", "the next number that is expected", |s| received(s, s.rcv_nxt);
    "rcv.wnd", "octets that it allows from RCV.NXT on", |s| number(s.rcv_wnd);
    "rcv.up", "the urgent pointer that the peer sent", |s| received(s, s.rcv_up);
    "mss", "octets of text that a segment carries at most", |s| number(s.mss);
    "cwnd", "the congestion window, in octets", |s| number(s.cwnd);
    "ssthresh", "the slow start threshold, in octets; ∞ is 4294967295", |s| number(s.ssthresh);
    "flight", "octets sent and not yet acknowledged", |s| number(s.flight);
    "pipe", "octets taken to be in the network", |s| number(s.pipe);
    "recover", "where the recovery under way ends; none outside", |s| {
        s.recover.map_or(Raw::Value(Value::None), Raw::Sent)
    };
    "duplicates", "duplicate ACKs in a row", |s| number(s.duplicates);
    "srtt", "the smoothed round-trip time; none before the first measurement", |s| time(s.srtt);
    "rttvar", "its variation", |s| time(s.rttvar);
    "min_rtt", "the smallest round trip of late", |s| time(s.min_rtt);
    "rto", "the retransmission timeout, back-off included", |s| time(Some(s.rto));
    "retransmissions", "how often the segment at SND.UNA was sent again by timeout", |s| {
        number(s.retransmissions)
    };
    "unsent", "octets taken from the application and not yet sent", |s| number(s.unsent);
    "unread", "octets received in order and not yet read", |s| number(s.unread);
    "read", "octets that the application has read", |s| number(s.read);
    "out_of_order", "octets that wait for what is missing before them", |s| {
        let runs = s.out_of_order.runs().iter();
        number(runs.map(|(start, end)| i128::from(end.distance_from(*start))).sum::<i128>())
    };
    "closing", "whether CLOSE was called", |s| truth(s.closing);
    "sack", "whether selective acknowledgments are agreed on", |s| truth(s.agreed.sack);
    "timestamps", "whether timestamps are", |s| truth(s.agreed.timestamps);
    "ecn", "whether ECN is", |s| truth(s.agreed.ecn);
    "snd.wind.shift", "the peer's window scale; none where there is none", |s| {
        s.agreed.shifts.map_or(Raw::Value(Value::None), |(theirs, _)| number(theirs))
    };
    "rcv.wind.shift", "its own window scale", |s| {
        s.agreed.shifts.map_or(Raw::Value(Value::None), |(_, ours)| number(ours))
    };
];

/// The fields of a segment, and what they are.
pub(crate) const SEGMENT_FIELDS: &[(&str, &str)] = &[
    ("seq", "the sequence number"),
    ("ack", "the acknowledgment number; none without ACK"),
    ("len", "octets of text"),
    ("end", "the number after the last that it takes up: seq + len, SYN and FIN counted"),
    ("wnd", "the window field, as it stands in the header"),
    ("window", "the window, scaled"),
    ("urgent", "the urgent pointer"),
    ("flags", "the flags: segment.flags == \"SYN,ACK\""),
    ("syn", "whether SYN is set"),
    ("fin", "whether FIN is set"),
    ("rst", "whether RST is set"),
    ("psh", "whether PSH is set"),
    ("urg", "whether URG is set"),
    ("ece", "whether ECE is set"),
    ("cwr", "whether CWR is set"),
    ("from", "the host that sends it"),
    ("to", "the host that it is for"),
    ("source_port", "the port that it comes from"),
    ("destination_port", "the port that it is for"),
    ("name", "the packet's name"),
    ("octets", "octets of the IPv4 packet, headers included"),
    ("retransmission", "whether all that it carries was sent before"),
    ("sent", "when it was sent"),
    ("ends", "when it arrives or is lost"),
    (
        "fate",
        "what becomes of it: \"delivered\", \"lost\", \"dropped\", \"corrupted\", \"duplicate\"",
    ),
    ("lost", "whether it is lost or dropped"),
    ("marked", "whether it is marked on the way (ECN)"),
    ("fragments", "how many fragments it goes in; 0: in one piece"),
    ("options.mss", "the MSS option; none without it"),
    ("options.window_scale", "the window scale option"),
    ("options.sack_permitted", "whether SACK-Permitted is there"),
    ("options.sack", "how many blocks the SACK option has"),
    ("options.timestamps", "whether timestamps are there"),
    ("options.tsval", "the timestamp"),
    ("options.tsecr", "the timestamp echoed"),
];

/// A field of a packet; `None` where there is no such field.
pub(super) fn field(
    trace: &Trace,
    index: PacketIndex,
    name: &str,
    seq: impl Fn(SeqNumber) -> Value,
    ack: impl Fn(SeqNumber) -> Value,
) -> Option<Value> {
    let packet: &Packet = trace.packet(index);
    let segment = &packet.segment;
    let options = &segment.options;
    let number = |number: u32| Value::Number(number.into());
    let option = |value: Option<u32>| value.map_or(Value::None, number);
    let flag = |flag| Value::Truth(segment.flags.contains(flag));
    let place = |host| Value::Text(trace.place_name(host).unwrap_or("?").to_owned());
    let time = |at: tcpscope_tcp::Instant| {
        Value::Time(at.since(tcpscope_tcp::Instant::ZERO).as_micros().into())
    };
    Some(match name {
        "seq" => seq(segment.seq),
        "ack" => segment.ack.map_or(Value::None, ack),
        "len" => number(segment.text_len()),
        "end" => {
            let taken = u32::from(segment.syn()) + u32::from(segment.fin());
            seq(segment.seq + segment.text_len() + taken)
        }
        "wnd" => number(segment.wnd.into()),
        "window" => {
            let shift = trace.status(packet.id.from, packet.sent_by).agreed.shifts;
            let shift = shift.filter(|_| !segment.syn()).map_or(0, |(_, ours)| ours);
            number(u32::from(segment.wnd) << shift.min(14))
        }
        "urgent" => number(segment.urg.into()),
        "flags" => Value::Flags(flags_text(segment)),
        "syn" => flag(Flags::SYN),
        "fin" => flag(Flags::FIN),
        "rst" => flag(Flags::RST),
        "psh" => flag(Flags::PSH),
        "urg" => flag(Flags::URG),
        "ece" => flag(Flags::ECE),
        "cwr" => flag(Flags::CWR),
        "from" => place(packet.id.from),
        "to" => place(packet.to),
        "source_port" => number(packet.source.port().into()),
        "destination_port" => number(packet.destination.port().into()),
        "name" => Value::Text(trace.packet_name(index)),
        "octets" => number(packet.octets()),
        "retransmission" => Value::Truth(packet.retransmission),
        "sent" => time(packet.sent),
        "ends" => time(packet.ends),
        "fate" => Value::Text(packet.fate.name().to_owned()),
        "lost" => Value::Truth(matches!(packet.fate, Fate::Lost | Fate::Dropped)),
        "marked" => Value::Truth(packet.is_marked()),
        "fragments" => Value::Number(i128::try_from(packet.fragments().len()).unwrap_or_default()),
        "options.mss" => option(options.mss.map(u32::from)),
        "options.window_scale" => option(options.window_scale.map(u32::from)),
        "options.sack_permitted" => Value::Truth(options.sack_permitted),
        "options.sack" => Value::Number(i128::try_from(options.sack.len()).unwrap_or_default()),
        "options.timestamps" => Value::Truth(options.timestamps.is_some()),
        "options.tsval" => option(options.timestamps.map(|it| it.value)),
        "options.tsecr" => option(options.timestamps.map(|it| it.echo)),
        _ => return None,
    })
}
