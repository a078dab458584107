//! Whether a query holds for a record.

use std::cell::OnceCell;

use tcpscope_sim::{CallResult, HostId, Packet, Record, RecordKind, TimerEvent, Trace, Why};
use tcpscope_tcp::{Flags, Instant, Reason};

use super::field::{Field, host_at};
use super::said::{KnownBases, Said};
use super::{Expression, Operator, Value};
use crate::label::window_shift;
use crate::words::call_name;
use crate::{Locale, Numbers};

/// A look through a run.
pub(super) struct Scan<'a> {
    trace: &'a Trace,
    locale: Locale,
    numbers: Numbers,
    bases: KnownBases<'a>,
    said: &'a OnceCell<Said>,
}

/// What a record has for a field.
enum Found<'a> {
    /// Nothing.
    None,
    /// It is so.
    True,
    Number(u64),
    Text(&'a str),
    /// Several of one kind.
    Numbers(Vec<u64>),
    Texts(Vec<&'a str>),
    Owned(String),
}

impl<'a> Scan<'a> {
    pub(super) fn new(
        trace: &'a Trace,
        locale: Locale,
        numbers: Numbers,
        said: &'a OnceCell<Said>,
    ) -> Self {
        Self { trace, locale, numbers, bases: KnownBases::new(trace, numbers), said }
    }

    pub(super) fn holds(&self, query: &Expression, record: &'a Record) -> bool {
        match query {
            Expression::Not(inner) => !self.holds(inner, record),
            Expression::And(left, right) => self.holds(left, record) && self.holds(right, record),
            Expression::Or(left, right) => self.holds(left, record) || self.holds(right, record),
            Expression::Has(field) => !matches!(self.find(*field, record), Found::None),
            Expression::Compare(field, operator, value) => {
                compares(&self.find(*field, record), *operator, value)
            }
            Expression::Text(text) => self.says(text, record),
        }
    }

    /// Whether the log says this of a record: what happened and why, where, and by which rule.
    fn says(&self, text: &str, record: &Record) -> bool {
        let said = self.said.get_or_init(|| Said::of(self.trace, self.locale, self.numbers));
        said.record(record.id).contains(text)
    }

    fn find(&self, field: Field, record: &'a Record) -> Found<'a> {
        match field {
            Field::Record => Found::Number(record.id.0.into()),
            Field::Time => Found::Number(record.at.since(Instant::ZERO).as_micros()),
            Field::Kind => Found::Text(record.kind.name()),
            Field::Host => record.host.map_or(Found::None, |host| self.name(host)),
            Field::Fault => truth(record.kind.is_fault()),
            Field::Rule => self.each_why(record, Why::rule),
            Field::Section => self.each_why(record, |why| why.citation().section),
            Field::Rfc => {
                let whys = self.trace.whys(record.id).iter();
                Found::Numbers(whys.map(|why| why.citation().rfc.into()).collect())
            }
            Field::DuplicateAck => truth(self.trace.whys(record.id).iter().any(is_duplicate_ack)),
            Field::State
            | Field::StateLeft
            | Field::Timer
            | Field::TimerSet
            | Field::TimerStopped
            | Field::TimerExpired
            | Field::Call
            | Field::Waits
            | Field::Delivered
            | Field::Told
            | Field::Lost => self.of_kind(field, record),
            Field::Syn
            | Field::Ack
            | Field::Fin
            | Field::Rst
            | Field::Psh
            | Field::Urg
            | Field::Ece
            | Field::Cwr
            | Field::Seq
            | Field::AckNumber
            | Field::Length
            | Field::Window
            | Field::SourcePort
            | Field::DestinationPort
            | Field::Port
            | Field::Mss
            | Field::WindowShift
            | Field::Sack
            | Field::SackPermitted
            | Field::TimestampValue
            | Field::TimestampEcho
            | Field::Retransmission
            | Field::ZeroWindow
            | Field::Segment
            | Field::From
            | Field::To
            | Field::Packet => match record.kind.packet() {
                Some(packet) if field == Field::Packet => {
                    Found::Owned(self.trace.packet_name(packet))
                }
                Some(packet) => self.of_packet(field, self.trace.packet(packet)),
                None => Found::None,
            },
        }
    }

    /// What only records of some kind have.
    fn of_kind(&self, field: Field, record: &'a Record) -> Found<'a> {
        match (&record.kind, field) {
            (RecordKind::Transition { to, .. }, Field::State) => Found::Text(to.name()),
            (RecordKind::Transition { from, .. }, Field::StateLeft) => Found::Text(from.name()),
            (RecordKind::Timer { timer, event }, _) => {
                let is_meant = match event {
                    TimerEvent::Set(_) => field == Field::TimerSet,
                    TimerEvent::Stopped => field == Field::TimerStopped,
                    TimerEvent::Expired => field == Field::TimerExpired,
                };
                if is_meant || field == Field::Timer {
                    Found::Text(timer.name())
                } else {
                    Found::None
                }
            }
            (RecordKind::Call { line, .. }, Field::Call) => {
                let script = record.host.map(|host| &self.trace.host(host).script);
                let step = script.and_then(|script| script.get(*line));
                let name = step.map_or("", |step| call_name(&step.call));
                Found::Text(name.trim_end_matches("()"))
            }
            (RecordKind::Call { result, .. }, Field::Waits) => truth(*result == CallResult::Waits),
            (RecordKind::Deliver { octets }, Field::Delivered) => Found::Number((*octets).into()),
            (RecordKind::Notify(told), Field::Told) => Found::Text(told.name()),
            (RecordKind::Lost { .. }, Field::Lost) => Found::True,
            _ => Found::None,
        }
    }

    fn of_packet(&self, field: Field, packet: &'a Packet) -> Found<'a> {
        let segment = &packet.segment;
        let flag = |flag| truth(segment.flags.contains(flag));
        let number = |number: u32| Found::Number(number.into());
        let option = |value: Option<u32>| value.map_or(Found::None, number);
        match field {
            Field::Syn => flag(Flags::SYN),
            Field::Fin => flag(Flags::FIN),
            Field::Rst => flag(Flags::RST),
            Field::Psh => flag(Flags::PSH),
            Field::Urg => flag(Flags::URG),
            Field::Ece => flag(Flags::ECE),
            Field::Cwr => flag(Flags::CWR),
            Field::Ack => truth(segment.ack.is_some()),
            Field::Seq => number(
                segment.seq.distance_from(self.bases.of(packet.id.from, packet.sent_by).send),
            ),
            Field::AckNumber => option(segment.ack.map(|ack| {
                ack.distance_from(self.bases.of(packet.id.from, packet.sent_by).receive)
            })),
            Field::Length => number(segment.text_len()),
            Field::Window => number(u32::from(segment.wnd) << window_shift(self.trace, packet)),
            Field::ZeroWindow => truth(segment.wnd == 0 && !segment.rst()),
            Field::SourcePort => number(packet.source.port().into()),
            Field::DestinationPort => number(packet.destination.port().into()),
            Field::Port => {
                Found::Numbers(vec![packet.source.port().into(), packet.destination.port().into()])
            }
            Field::Mss => option(segment.options.mss.map(u32::from)),
            Field::WindowShift => option(segment.options.window_scale.map(u32::from)),
            Field::Sack => truth(!segment.options.sack.is_empty()),
            Field::SackPermitted => truth(segment.options.sack_permitted),
            Field::TimestampValue => option(segment.options.timestamps.map(|it| it.value)),
            Field::TimestampEcho => option(segment.options.timestamps.map(|it| it.echo)),
            Field::Retransmission => truth(packet.retransmission),
            Field::Segment => Found::True,
            Field::From => self.name(packet.id.from),
            Field::To => self.name(packet.to),
            _ => Found::None,
        }
    }

    fn name(&self, host: HostId) -> Found<'a> {
        let known = (0..self.trace.hosts().len()).filter_map(host_at).any(|it| it == host);
        if known { Found::Text(&self.trace.host(host).name) } else { Found::None }
    }

    fn each_why(&self, record: &Record, what: fn(&Why) -> &'static str) -> Found<'a> {
        Found::Texts(self.trace.whys(record.id).iter().map(what).collect())
    }
}

fn truth(is_so: bool) -> Found<'static> {
    if is_so { Found::True } else { Found::None }
}

fn is_duplicate_ack(why: &Why) -> bool {
    matches!(why, Why::Tcp(Reason::AckDuplicate { count, .. }) if *count > 0)
}

/// Whether what was found compares so with a value. Of several, one has to; with `!=`, all.
fn compares(found: &Found<'_>, operator: Operator, value: &Value) -> bool {
    match (found, value) {
        (Found::Number(number), Value::Number(value)) => orders(*number, operator, *value),
        (Found::Numbers(numbers), Value::Number(value)) => {
            several(numbers.iter(), operator, |number| orders(*number, operator, *value))
        }
        (Found::Text(text), Value::Text(value)) => reads(text, operator, value),
        (Found::Owned(text), Value::Text(value)) => reads(text, operator, value),
        (Found::Texts(texts), Value::Text(value)) => {
            several(texts.iter(), operator, |text| reads(text, operator, value))
        }
        (
            Found::None
            | Found::True
            | Found::Number(_)
            | Found::Text(_)
            | Found::Numbers(_)
            | Found::Texts(_)
            | Found::Owned(_),
            Value::Number(_) | Value::Text(_),
        ) => false,
    }
}

fn several<T>(
    mut found: impl ExactSizeIterator<Item = T>,
    operator: Operator,
    compares: impl FnMut(T) -> bool,
) -> bool {
    if operator == Operator::NotEqual {
        found.len() > 0 && found.all(compares)
    } else {
        found.any(compares)
    }
}

fn orders(number: u64, operator: Operator, value: u64) -> bool {
    match operator {
        Operator::Equal => number == value,
        Operator::NotEqual => number != value,
        Operator::Less => number < value,
        Operator::LessOrEqual => number <= value,
        Operator::Greater => number > value,
        Operator::GreaterOrEqual => number >= value,
        Operator::Contains => false,
    }
}

/// Texts are compared without regard to capitals; the value is in small letters already.
fn reads(text: &str, operator: Operator, value: &str) -> bool {
    match operator {
        Operator::Equal => text.eq_ignore_ascii_case(value),
        Operator::NotEqual => !text.eq_ignore_ascii_case(value),
        Operator::Contains => text.to_ascii_lowercase().contains(value),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            false
        }
    }
}
