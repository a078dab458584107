//! The fields that a query may name.

use tcpscope_sim::HostId;
use tcpscope_tcp::{State, Timer};

/// A field of a record, or of the segment that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Syn,
    Ack,
    Fin,
    Rst,
    Psh,
    Urg,
    Ece,
    Cwr,
    Seq,
    AckNumber,
    Length,
    Window,
    SourcePort,
    DestinationPort,
    Port,
    Mss,
    WindowShift,
    Sack,
    SackPermitted,
    TimestampValue,
    TimestampEcho,
    Retransmission,
    DuplicateAck,
    ZeroWindow,
    Lost,
    Fault,
    Segment,
    From,
    To,
    Packet,
    Record,
    Time,
    Host,
    Kind,
    State,
    StateLeft,
    Timer,
    TimerSet,
    TimerStopped,
    TimerExpired,
    Call,
    Waits,
    Delivered,
    Told,
    Rule,
    Rfc,
    Section,
}

/// What a field may be compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// It is true or false.
    Flag,
    /// A number.
    Number,
    /// A time since the beginning.
    Time,
    /// Any text.
    Text,
    /// One of a few names.
    Name(Names),
}

/// The names that a field may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    States,
    Timers,
    Hosts,
    Kinds,
}

/// A field as it can be asked for.
#[derive(Debug)]
pub struct FieldInfo {
    pub(super) field: Field,
    pub(super) kind: Type,
    /// The name.
    pub name: &'static str,
    /// Wireshark's name, where it has another.
    pub wireshark: &'static str,
}

/// All fields, those of a segment first.
pub const FIELDS: [FieldInfo; 48] = {
    use Type::{Flag, Name, Number, Text, Time};
    [
        info(Field::Syn, Flag, "flags.syn", "tcp.flags.syn"),
        info(Field::Ack, Flag, "flags.ack", "tcp.flags.ack"),
        info(Field::Fin, Flag, "flags.fin", "tcp.flags.fin"),
        info(Field::Rst, Flag, "flags.rst", "tcp.flags.reset"),
        info(Field::Psh, Flag, "flags.psh", "tcp.flags.push"),
        info(Field::Urg, Flag, "flags.urg", "tcp.flags.urg"),
        info(Field::Ece, Flag, "flags.ece", "tcp.flags.ece"),
        info(Field::Cwr, Flag, "flags.cwr", "tcp.flags.cwr"),
        info(Field::Seq, Number, "seq", "tcp.seq"),
        info(Field::AckNumber, Number, "ack", "tcp.ack"),
        info(Field::Length, Number, "len", "tcp.len"),
        info(Field::Window, Number, "window", "tcp.window_size"),
        info(Field::Window, Number, "win", "tcp.window_size_value"),
        info(Field::SourcePort, Number, "srcport", "tcp.srcport"),
        info(Field::DestinationPort, Number, "dstport", "tcp.dstport"),
        info(Field::Port, Number, "port", "tcp.port"),
        info(Field::Mss, Number, "options.mss", "tcp.options.mss_val"),
        info(Field::WindowShift, Number, "options.wscale", "tcp.options.wscale.shift"),
        info(Field::Sack, Flag, "options.sack", "tcp.options.sack"),
        info(Field::SackPermitted, Flag, "options.sack_perm", "tcp.options.sack_perm"),
        info(Field::TimestampValue, Number, "options.tsval", "tcp.options.timestamp.tsval"),
        info(Field::TimestampEcho, Number, "options.tsecr", "tcp.options.timestamp.tsecr"),
        info(Field::Retransmission, Flag, "retransmission", "tcp.analysis.retransmission"),
        info(Field::DuplicateAck, Flag, "duplicate_ack", "tcp.analysis.duplicate_ack"),
        info(Field::ZeroWindow, Flag, "zero_window", "tcp.analysis.zero_window"),
        info(Field::Lost, Flag, "lost", "tcp.analysis.lost_segment"),
        info(Field::Fault, Flag, "fault", ""),
        info(Field::Segment, Flag, "segment", "tcp"),
        info(Field::From, Name(Names::Hosts), "from", ""),
        info(Field::To, Name(Names::Hosts), "to", ""),
        info(Field::Packet, Text, "packet", ""),
        info(Field::Record, Number, "record", ""),
        info(Field::Time, Time, "time", "frame.time_relative"),
        info(Field::Host, Name(Names::Hosts), "host", ""),
        info(Field::Kind, Name(Names::Kinds), "kind", ""),
        info(Field::State, Name(Names::States), "state", ""),
        info(Field::StateLeft, Name(Names::States), "state.from", ""),
        info(Field::Timer, Name(Names::Timers), "timer", ""),
        info(Field::TimerSet, Name(Names::Timers), "timer.set", ""),
        info(Field::TimerStopped, Name(Names::Timers), "timer.stopped", ""),
        info(Field::TimerExpired, Name(Names::Timers), "timer.expired", ""),
        info(Field::Call, Text, "call", ""),
        info(Field::Waits, Flag, "call.waits", ""),
        info(Field::Delivered, Number, "delivered", ""),
        info(Field::Told, Text, "notify", ""),
        info(Field::Rule, Text, "rule", ""),
        info(Field::Rfc, Number, "rfc", ""),
        info(Field::Section, Text, "section", ""),
    ]
};

const fn info(field: Field, kind: Type, name: &'static str, wireshark: &'static str) -> FieldInfo {
    FieldInfo { field, kind, name, wireshark }
}

/// The field of this name, its own or Wireshark's.
pub(super) fn find(name: &str) -> Option<&'static FieldInfo> {
    let is = |known: &str| !known.is_empty() && known.eq_ignore_ascii_case(name);
    FIELDS.iter().find(|info| is(info.name) || is(info.wireshark))
}

/// Whether a word can only have been meant as a field.
pub(super) fn looks_like_a_field(word: &str) -> bool {
    const FAMILIES: [&str; 6] = ["tcp.", "flags.", "options.", "timer.", "state.", "frame."];
    FAMILIES.iter().any(|family| word.len() > family.len() && word.starts_with(family))
}

/// The field whose name is nearest to a word, if one is near.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let plain = word.strip_prefix("tcp.").unwrap_or(&word);
    // `syn` is meant as `flags.syn`.
    let ends_so = |info: &&FieldInfo| info.name.rsplit('.').next() == Some(plain);
    let names = FIELDS.iter().map(|info| info.name);
    FIELDS.iter().find(ends_so).map(|info| info.name).or_else(|| crate::nearest(plain, names))
}

impl Names {
    /// All of them, in small letters; of hosts none: they are the run's.
    pub(super) fn all(self) -> Vec<String> {
        match self {
            Self::States => State::ALL.iter().map(|state| state.name().to_owned()).collect(),
            Self::Timers => Timer::ALL.iter().map(|timer| timer.name().to_owned()).collect(),
            Self::Kinds => KINDS.iter().map(|kind| (*kind).to_owned()).collect(),
            Self::Hosts => Vec::new(),
        }
    }
}

/// The kinds of records, as [`tcpscope_sim::RecordKind::name`] has them.
const KINDS: [&str; 14] = [
    "call",
    "transmit",
    "arrive",
    "lost",
    "transition",
    "timer",
    "deliver",
    "notify",
    "impaired",
    "copy",
    "icmp",
    "reassembly-timeout",
    "link-changed",
    "intervention",
];

/// The place of a host in a run.
pub(super) fn host_at(place: usize) -> Option<HostId> {
    u8::try_from(place).ok().map(HostId)
}
