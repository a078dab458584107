//! How numbers are said.

use tcpscope_sim::{ConnectionId, HostId, RecordId, RecordKind, Trace};
use tcpscope_tcp::{Duration, Flags, SeqNumber, Status};

/// Which sequence numbers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Numbers {
    /// Counted from the initial sequence number of each direction: a SYN is number 0.
    #[default]
    Relative,
    /// As they stand in the header.
    Absolute,
}

impl Numbers {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Relative, Self::Absolute];

    /// The name that interfaces use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relative => "relative",
            Self::Absolute => "absolute",
        }
    }
}

/// What a host's numbers are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Bases {
    /// For what the host sends: its ISS, or 0 for absolute numbers.
    pub send: SeqNumber,
    /// For what it receives: the peer's ISS, or 0 for absolute numbers.
    pub receive: SeqNumber,
}

impl Bases {
    /// What the numbers of `host` are counted from once `record` has happened.
    ///
    /// A host that has forgotten its numbers, or has not learned the peer's yet, still sends and
    /// receives segments that belong to the connection: they are counted from what it last knew,
    /// or from what the peer knows. Where nobody knows, the numbers stay as they are.
    #[must_use]
    pub fn of(trace: &Trace, host: HostId, record: RecordId, numbers: Numbers) -> Self {
        match numbers {
            Numbers::Absolute => Self::default(),
            Numbers::Relative => {
                if let Some(connection) = connection_of(trace, host, record) {
                    return Self::of_connection(trace, connection, record);
                }
                if let Some(bases) = Self::of_packet(trace, host, record) {
                    return bases;
                }
                let peer = peer_of(trace, host);
                let last = |host, number| last_known(trace, host, record, number);
                let send = last(host, iss).or_else(|| last(peer, irs));
                let receive = last(host, irs).or_else(|| last(peer, iss));
                Self { send: send.unwrap_or_default(), receive: receive.unwrap_or_default() }
            }
        }
    }
}

impl Bases {
    /// What the numbers of a packet are counted from that no connection has sent: a copy of another, an
    /// answer of a host that has forgotten, or one in another's name. It is known by its sockets: only so
    /// can be seen how near a guess comes.
    fn of_packet(trace: &Trace, host: HostId, record: RecordId) -> Option<Self> {
        let packet = trace.packet(trace.records().get(record.index())?.kind.packet()?);
        let sends = packet.id.from == host;
        let (source, destination) = (packet.source, packet.destination);
        let own = if sends { (source, destination) } else { (destination, source) };
        let places = 0..u32::try_from(trace.connections().len()).unwrap_or(u32::MAX);
        let mut all = places.zip(trace.connections()).rev();
        let found = all.find(|(_, info)| {
            info.since <= record
                && ((info.local, info.remote) == own || (info.remote, info.local) == own)
        });
        let Some((place, info)) = found else {
            // A SYN begins one.
            let begins = packet.segment.flags.contains(Flags::SYN);
            let first = packet.segment.seq;
            return (begins && sends).then(|| Self { send: first, ..Self::default() });
        };
        let Self { send, receive } = Self::of_connection(trace, ConnectionId(place), record);
        Some(if info.local == own.0 {
            Self { send, receive }
        } else {
            Self { send: receive, receive: send }
        })
    }

    /// What the numbers of a connection are counted from: what it knows or last knew, or what the
    /// connection at the other end does.
    pub(crate) fn of_connection(trace: &Trace, connection: ConnectionId, record: RecordId) -> Self {
        let info = trace.connection(connection);
        let (mine, yours) = (info.local, info.remote);
        let mirrored = || {
            let places = 0..u32::try_from(trace.connections().len()).unwrap_or(u32::MAX);
            let mut all = places.zip(trace.connections()).rev();
            let other = all.find(|(_, other)| {
                (other.local, other.remote) == (yours, mine) && other.since <= record
            });
            other.map(|(place, _)| ConnectionId(place))
        };
        let now = trace.status_of(connection, record);
        let known = |number: fn(&Status) -> Option<SeqNumber>, other: fn(&Status) -> _| {
            let own = number(&now).or_else(|| forgotten_by(trace, connection, record, number));
            own.or_else(|| last_known_by(trace, mirrored()?, record, other)).unwrap_or_default()
        };
        Self { send: known(iss, irs), receive: known(irs, iss) }
    }
}

/// The connection of a host that a record is about, if it is about one.
fn connection_of(trace: &Trace, host: HostId, record: RecordId) -> Option<ConnectionId> {
    let record = trace.records().get(record.index())?;
    let connection = record.connection?;
    let info = trace.connection(connection);
    // A copy may come when its host has begun another.
    let is_copy = matches!(record.kind, RecordKind::Copy { .. });
    (info.host == host && !info.listens && !is_copy).then_some(connection)
}

/// The number that a connection knows once `record` has happened or, if it has forgotten it since,
/// that it knew when it last changed its state.
fn last_known_by(
    trace: &Trace,
    connection: ConnectionId,
    record: RecordId,
    number: fn(&Status) -> Option<SeqNumber>,
) -> Option<SeqNumber> {
    number(&trace.status_of(connection, record))
        .or_else(|| forgotten_by(trace, connection, record, number))
}

/// The number that a connection knew when it last changed its state up to `record`.
fn forgotten_by(
    trace: &Trace,
    connection: ConnectionId,
    record: RecordId,
    number: fn(&Status) -> Option<SeqNumber>,
) -> Option<SeqNumber> {
    let entered = trace.states_of(connection).map(|(since, _)| since);
    let before = entered.take_while(|since| *since <= record);
    before.filter_map(|since| number(&trace.status_before_of(connection, since))).last()
}

/// The host at the other end, or the usual one of several ([`tcpscope_sim::Setup::peer_of`]).
pub(crate) const fn peer_of(_: &Trace, host: HostId) -> HostId {
    if host.0 == 0 { HostId(1) } else { HostId(0) }
}

fn iss(status: &Status) -> Option<SeqNumber> {
    status.iss
}

fn irs(status: &Status) -> Option<SeqNumber> {
    status.irs
}

/// The number that a host knows once `record` has happened or, if it has forgotten it since, that
/// it knew when it last changed its state.
fn last_known(
    trace: &Trace,
    host: HostId,
    record: RecordId,
    number: fn(&Status) -> Option<SeqNumber>,
) -> Option<SeqNumber> {
    let host = trace.host(host);
    number(&host.status(record)).or_else(|| {
        let entered = host.states().map(|(since, _)| since).take_while(|since| *since <= record);
        entered.filter_map(|since| number(&host.status_before(since))).last()
    })
}

/// A span of time as people say it: `250 µs`, `40 ms`, `1.2 s`, `60 s`. Exact below a second;
/// above, to the millisecond.
#[must_use]
pub fn duration_text(span: Duration) -> String {
    const MILLI: u64 = 1_000;
    const SECOND: u64 = 1_000_000;
    match span.as_micros() {
        0 => "0 s".into(),
        micros @ 1..MILLI => format!("{micros} µs"),
        micros @ MILLI..SECOND => with_decimals(micros, MILLI, " ms"),
        micros => with_decimals(micros.saturating_add(MILLI / 2) / MILLI, 1_000, " s"),
    }
}

/// A part of a million as a percentage: `5%`, `0.25%`.
#[must_use]
pub fn percent_text(ppm: u32) -> String {
    with_decimals(ppm.into(), 10_000, "%")
}

/// `parts` of a unit that has `whole` of them, a power of ten, as a decimal number without zeros at
/// its end.
fn with_decimals(parts: u64, whole: u64, unit: &str) -> String {
    let (integer, rest) = (parts / whole, parts % whole);
    if rest == 0 {
        return format!("{integer}{unit}");
    }
    // The sum's leading 1 keeps the zeros after the point.
    let digits = (whole + rest).to_string();
    format!("{integer}.{}{unit}", digits[1..].trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_the_unit_that_fits_it() {
        let cases = [
            (0, "0 s"),
            (1, "1 µs"),
            (999, "999 µs"),
            (1_000, "1 ms"),
            (1_024, "1.024 ms"),
            (40_000, "40 ms"),
            (40_500, "40.5 ms"),
            (203_120, "203.12 ms"),
            (999_999, "999.999 ms"),
            (1_000_000, "1 s"),
            (1_200_000, "1.2 s"),
            (1_234_567, "1.235 s"),
            (1_999_999, "2 s"),
            (60_000_000, "60 s"),
            (120_050_000, "120.05 s"),
        ];
        for (micros, text) in cases {
            assert_eq!(duration_text(Duration::from_micros(micros)), text, "{micros}");
        }
        let for_ever = duration_text(Duration::from_micros(u64::MAX));
        assert!(for_ever.ends_with(" s"), "{for_ever}");
    }

    #[test]
    fn a_part_of_a_million_is_a_percentage() {
        let cases =
            [(0, "0%"), (1, "0.0001%"), (2_500, "0.25%"), (50_000, "5%"), (1_000_000, "100%")];
        for (ppm, text) in cases {
            assert_eq!(percent_text(ppm), text, "{ppm}");
        }
    }
}
