//! What links do, and what becomes of them: read, and written back.

use alloc::vec::Vec;

use tcpscope_sim::{
    Bursts, Codel, Jitter, LinkChange, LinkProperty, LinkSetup, Mtu, QueueLimit, Queueing, Reorder,
};
use tcpscope_tcp::{Duration, Instant};

use super::places::Places;
use super::script::{has_no, needs};
use super::writer::Writer;
use crate::reader::{Object, Reader, Wrong};

/// What a change of a link may have: its instant, and all that a link has.
const CHANGE: [&str; 15] = [
    "at_us",
    "from",
    "to",
    "up",
    "delay_us",
    "jitter",
    "loss_ppm",
    "bursts",
    "duplicate_ppm",
    "reorder",
    "corrupt_ppm",
    "mark_ppm",
    "rate_bps",
    "queue",
    "mtu",
];
/// What a link may have.
const LINK: &[&str] = CHANGE.split_at(1).1;
const JITTER: [&str; 2] = ["up_to_us", "overtaking"];
const BURSTS: [&str; 4] = ["slot_us", "begin_ppm", "end_ppm", "loss_ppm"];
const REORDER: [&str; 2] = ["ppm", "by_us"];
const QUEUE: [&str; 5] =
    ["limit_packets", "limit_octets", "mark_at_packets", "mark_at_octets", "codel"];
const CODEL: [&str; 3] = ["target_us", "interval_us", "ecn"];
const MTU: [&str; 2] = ["octets", "fragments"];

const ALL: u32 = 1_000_000;
const FASTEST: u64 = 1_000_000_000_000;

/// A link: its ends, its delay, and what else it does.
pub(super) fn link(file: &Reader<'_>, places: &Places) -> Result<LinkSetup, Wrong> {
    let file = &file.object(LINK)?;
    let from = places.place(&file.required("from")?)?;
    let end = file.required("to")?;
    let to = places.place(&end)?;
    if from == to {
        return Err(places.to_itself(&end, to));
    }
    let delay = span(&file.required("delay_us")?, 0)?;
    let mut link = LinkSetup::new(from, to, delay);
    for property in properties(file)? {
        property.apply(&mut link);
    }
    Ok(link)
}

/// What becomes of a link, or of all that begin at a place: one change for each property.
pub(super) fn changes(file: &Reader<'_>, places: &Places) -> Result<Vec<LinkChange>, Wrong> {
    let file = &file.object(&CHANGE)?;
    let at = Instant::from_micros(file.required("at_us")?.number(0, u64::MAX)?);
    let from = places.place(&file.required("from")?)?;
    let toward = match file.field("to") {
        Some(to) => Some(places.place(&to)?),
        None => None,
    };
    let properties = properties(file)?;
    if properties.is_empty() {
        return Err(needs(file, "a change", "a property of the link, as in \"up\": false"));
    }
    Ok(properties.into_iter().map(|to| LinkChange { at, from, toward, to }).collect())
}

/// The properties that are said. What can be turned off is so by `null`.
fn properties(file: &Object<'_>) -> Result<Vec<LinkProperty>, Wrong> {
    let mut found = Vec::new();
    if let Some(up) = file.field("up") {
        found.push(LinkProperty::Up(up.flag()?));
    }
    if let Some(delay) = file.field("delay_us") {
        found.push(LinkProperty::Delay(span(&delay, 0)?));
    }
    if let Some(value) = file.nullable("jitter") {
        found.push(LinkProperty::Jitter(value.map(|value| jitter(&value)).transpose()?));
    }
    if let Some(value) = file.field("loss_ppm") {
        found.push(LinkProperty::Loss(ppm(&value, ALL)?));
    }
    if let Some(value) = file.nullable("bursts") {
        found.push(LinkProperty::Bursts(value.map(|value| bursts(&value)).transpose()?));
    }
    if let Some(value) = file.field("duplicate_ppm") {
        found.push(LinkProperty::Duplicate(ppm(&value, ALL)?));
    }
    if let Some(value) = file.nullable("reorder") {
        found.push(LinkProperty::Reorder(value.map(|value| reorder(&value)).transpose()?));
    }
    if let Some(value) = file.field("corrupt_ppm") {
        found.push(LinkProperty::Corrupt(ppm(&value, ALL)?));
    }
    if let Some(value) = file.field("mark_ppm") {
        found.push(LinkProperty::Mark(ppm(&value, ALL)?));
    }
    if let Some(value) = file.nullable("rate_bps") {
        let rate = value.map(|value| value.number(1, FASTEST)).transpose()?;
        found.push(LinkProperty::Rate(rate));
    }
    if let Some(value) = file.nullable("queue") {
        let queue = value.map(|value| queue(&value)).transpose()?;
        found.push(LinkProperty::Queue(queue.unwrap_or_default()));
    }
    if let Some(value) = file.nullable("mtu") {
        found.push(LinkProperty::Mtu(value.map(|value| mtu(&value)).transpose()?));
    }
    Ok(found)
}

fn span(value: &Reader<'_>, at_least: u64) -> Result<Duration, Wrong> {
    value.number(at_least, u64::MAX).map(Duration::from_micros)
}

/// Packets, or chances, in a million.
fn ppm(value: &Reader<'_>, most: u32) -> Result<u32, Wrong> {
    let number = value.number(0, most.into())?;
    // It is no larger than that.
    Ok(u32::try_from(number).unwrap_or(most))
}

fn jitter(file: &Reader<'_>) -> Result<Jitter, Wrong> {
    let file = file.object(&JITTER)?;
    let up_to = span(&file.required("up_to_us")?, 0)?;
    Ok(Jitter { up_to, overtaking: file.flag("overtaking", false)? })
}

fn bursts(file: &Reader<'_>) -> Result<Bursts, Wrong> {
    let file = file.object(&BURSTS)?;
    let slot = span(&file.required("slot_us")?, 1)?;
    let begin_ppm = ppm(&file.required("begin_ppm")?, ALL)?;
    // Both have room in a million: a draw makes the link bad, or good, or neither.
    let end_ppm = ppm(&file.required("end_ppm")?, ALL - begin_ppm)?;
    Ok(Bursts { slot, begin_ppm, end_ppm, loss_ppm: file.number32("loss_ppm", ALL, 0, ALL)? })
}

fn reorder(file: &Reader<'_>) -> Result<Reorder, Wrong> {
    let file = file.object(&REORDER)?;
    let ppm = ppm(&file.required("ppm")?, ALL)?;
    Ok(Reorder { ppm, by: span(&file.required("by_us")?, 0)? })
}

fn queue(file: &Reader<'_>) -> Result<Queueing, Wrong> {
    let file = &file.object(&QUEUE)?;
    let [packets, octets, mark_packets, mark_octets, _] = QUEUE;
    Ok(Queueing {
        limit: limit(file, packets, octets, "a limit in packets")?,
        mark_at: limit(file, mark_packets, mark_octets, "a mark at packets")?,
        codel: match file.field("codel") {
            Some(value) => Some(codel(&value)?),
            None => None,
        },
    })
}

/// So many packets or so many octets, but not both.
fn limit(
    file: &Object<'_>,
    packets: &'static str,
    octets: &'static str,
    in_packets: &'static str,
) -> Result<Option<QueueLimit>, Wrong> {
    let limit = match (file.has(packets), file.has(octets)) {
        (true, true) => return Err(has_no(file, in_packets, octets)),
        (true, false) => QueueLimit::Packets(file.number32(packets, 0, 0, u32::MAX)?),
        (false, true) => QueueLimit::Octets(file.number32(octets, 0, 0, u32::MAX)?),
        (false, false) => return Ok(None),
    };
    Ok(Some(limit))
}

fn codel(file: &Reader<'_>) -> Result<Codel, Wrong> {
    let file = file.object(&CODEL)?;
    let Codel { target, interval, ecn } = Codel::default();
    let number = |key, usual: Duration, least| file.number(key, usual.as_micros(), least, u64::MAX);
    Ok(Codel {
        target: Duration::from_micros(number("target_us", target, 0)?),
        interval: Duration::from_micros(number("interval_us", interval, 1)?),
        ecn: file.flag("ecn", ecn)?,
    })
}

fn mtu(file: &Reader<'_>) -> Result<Mtu, Wrong> {
    let file = file.object(&MTU)?;
    let octets = file.required("octets")?.number(Mtu::LEAST.into(), u16::MAX.into())?;
    let octets = u16::try_from(octets).unwrap_or(u16::MAX);
    Ok(Mtu { octets, fragments: file.flag("fragments", true)? })
}

/// Says what a link is, but for what is as usual.
pub(super) fn write(file: &mut Writer, link: &LinkSetup, places: &Places) {
    file.open('{');
    file.text("from", places.name(link.from));
    file.text("to", places.name(link.to));
    let usual = all(&LinkSetup::new(link.from, link.to, link.delay));
    for (property, usual) in all(link).into_iter().zip(usual) {
        if property != usual || matches!(property, LinkProperty::Delay(_)) {
            write_property(file, property);
        }
    }
    file.close('}');
}

/// Says what becomes of a link.
pub(super) fn write_change(file: &mut Writer, change: LinkChange, places: &Places) {
    let LinkChange { at, from, toward, to } = change;
    file.open('{');
    file.number("at_us", at.as_micros());
    file.text("from", places.name(from));
    if let Some(toward) = toward {
        file.text("to", places.name(toward));
    }
    write_property(file, to);
    file.close('}');
}

/// All properties of a link.
fn all(link: &LinkSetup) -> [LinkProperty; 12] {
    [
        LinkProperty::Up(link.up),
        LinkProperty::Delay(link.delay),
        LinkProperty::Jitter(link.jitter),
        LinkProperty::Loss(link.loss_ppm),
        LinkProperty::Bursts(link.bursts),
        LinkProperty::Duplicate(link.duplicate_ppm),
        LinkProperty::Reorder(link.reorder),
        LinkProperty::Corrupt(link.corrupt_ppm),
        LinkProperty::Mark(link.mark_ppm),
        LinkProperty::Rate(link.rate_bps),
        LinkProperty::Queue(link.queue),
        LinkProperty::Mtu(link.mtu),
    ]
}

fn write_property(file: &mut Writer, property: LinkProperty) {
    match property {
        LinkProperty::Up(up) => file.flag("up", up),
        LinkProperty::Delay(delay) => file.number("delay_us", delay.as_micros()),
        LinkProperty::Loss(ppm) => file.number("loss_ppm", ppm.into()),
        LinkProperty::Duplicate(ppm) => file.number("duplicate_ppm", ppm.into()),
        LinkProperty::Corrupt(ppm) => file.number("corrupt_ppm", ppm.into()),
        LinkProperty::Mark(ppm) => file.number("mark_ppm", ppm.into()),
        LinkProperty::Rate(rate) => file.number_or_null("rate_bps", rate),
        LinkProperty::Jitter(None) => file.number_or_null("jitter", None),
        LinkProperty::Bursts(None) => file.number_or_null("bursts", None),
        LinkProperty::Reorder(None) => file.number_or_null("reorder", None),
        LinkProperty::Mtu(None) => file.number_or_null("mtu", None),
        LinkProperty::Jitter(Some(Jitter { up_to, overtaking })) => {
            file.begin("jitter");
            file.number("up_to_us", up_to.as_micros());
            file.unusual_flag("overtaking", overtaking, false);
            file.close('}');
        }
        LinkProperty::Bursts(Some(Bursts { slot, begin_ppm, end_ppm, loss_ppm })) => {
            file.begin("bursts");
            file.number("slot_us", slot.as_micros());
            file.number("begin_ppm", begin_ppm.into());
            file.number("end_ppm", end_ppm.into());
            file.unusual("loss_ppm", loss_ppm.into(), ALL.into());
            file.close('}');
        }
        LinkProperty::Reorder(Some(Reorder { ppm, by })) => {
            file.begin("reorder");
            file.number("ppm", ppm.into());
            file.number("by_us", by.as_micros());
            file.close('}');
        }
        LinkProperty::Queue(queue) => write_queue(file, queue),
        LinkProperty::Mtu(Some(Mtu { octets, fragments })) => {
            file.begin("mtu");
            file.number("octets", octets.into());
            file.unusual_flag("fragments", fragments, true);
            file.close('}');
        }
    }
}

fn write_queue(file: &mut Writer, Queueing { limit, mark_at, codel }: Queueing) {
    let [packets, octets, mark_packets, mark_octets, _] = QUEUE;
    file.begin("queue");
    for (limit, packets, octets) in [(limit, packets, octets), (mark_at, mark_packets, mark_octets)]
    {
        match limit {
            Some(QueueLimit::Packets(most)) => file.number(packets, most.into()),
            Some(QueueLimit::Octets(most)) => file.number(octets, most.into()),
            None => {}
        }
    }
    if let Some(Codel { target, interval, ecn }) = codel {
        let usual = Codel::default();
        file.begin("codel");
        file.unusual("target_us", target.as_micros(), usual.target.as_micros());
        file.unusual("interval_us", interval.as_micros(), usual.interval.as_micros());
        file.unusual_flag("ecn", ecn, usual.ecn);
        file.close('}');
    }
    file.close('}');
}
