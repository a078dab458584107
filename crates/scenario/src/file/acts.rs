//! What is done to packets and at instants: read, and written back.

use tcpscope_sim::{Act, Deed, HostId, Intervention};
use tcpscope_tcp::{Duration, Instant};

use super::places::Places;
use super::script::{Script, has_no, needs};
use super::writer::Writer;
use super::{fields, forgery, script_write, words};
use crate::reader::{Object, Reader, Wrong};

/// The field that each kind of intervention takes, by the places of [`words::INTERVENTION`].
const INTERVENTION_TAKES: [&str; 6] = ["", "by_us", "by_us", "bit", "until_us", "with"];
/// The field that each kind of act takes; a call has its own.
const ACT_TAKES: [&str; 7] = ["", "scripts", "", "", "call", "segment", "packet"];

/// What is done to a packet.
pub(super) fn intervention(file: &Reader<'_>, places: &Places) -> Result<Intervention, Wrong> {
    let file = &file.object(&fields::INTERVENTION)?;
    let kind = file.required("kind")?.one_of(&words::INTERVENTION)?;
    let (word, takes) = (words::INTERVENTION[kind], INTERVENTION_TAKES[kind]);
    takes_only(file, word, takes, &fields::INTERVENTION[2..])?;
    let packet = places.packet(&file.required("packet")?)?;
    let said = || file.field(takes).ok_or_else(|| needs(file, word, takes));
    let number = |most| said()?.number(0, most);
    Ok(match word {
        "drop" => Intervention::Drop(packet),
        "delay" => Intervention::Delay { packet, by: Duration::from_micros(number(u64::MAX)?) },
        "duplicate" => {
            Intervention::Duplicate { packet, by: Duration::from_micros(number(u64::MAX)?) }
        }
        "corrupt" => {
            let bit = u32::try_from(number(u32::MAX.into())?).unwrap_or(u32::MAX);
            Intervention::Corrupt { packet, bit }
        }
        "hold" => Intervention::Hold { packet, until: Instant::from_micros(number(u64::MAX)?) },
        _ => Intervention::Swap { packet, with: places.packet(&said()?)? },
    })
}

/// What is done at an instant. `sent` counts the octets of its calls.
pub(crate) fn act(file: &Reader<'_>, places: &Places, sent: &mut u64) -> Result<Act, Wrong> {
    let file = &file.object(&fields::ACT)?;
    let at = Instant::from_micros(file.required("at_us")?.number(0, u64::MAX)?);
    let kind = file.required("kind")?.one_of(&words::ACT)?;
    let (word, takes) = (words::ACT[kind], ACT_TAKES[kind]);
    if word == "call" {
        takes_only(file, word, takes, &["scripts", "packet"])?;
        let host = places.host(&file.required("host")?)?;
        let call = Script { places, host, sent }.call(file)?;
        return Ok(Act { at, host, deed: Deed::Call(call) });
    }
    takes_only(file, word, takes, &fields::ACT[3..])?;
    if word == "replay" {
        let packet = file.field("packet").ok_or_else(|| needs(file, word, takes))?;
        let packet = places.packet(&packet)?;
        let host = match file.field("host") {
            Some(host) => places.host(&host)?,
            None => packet.from,
        };
        return Ok(Act { at, host, deed: Deed::Replay(packet) });
    }
    let host = places.host(&file.required("host")?)?;
    let deed = match word {
        "crash" => Deed::Crash,
        "restart" => Deed::Restart { scripts: file.flag("scripts", true)? },
        "halt" => Deed::Halt { halted: true },
        "resume" => Deed::Halt { halted: false },
        _ => {
            let segment = file.field("segment").ok_or_else(|| needs(file, word, takes))?;
            Deed::Forge(forgery::read(&segment, places)?)
        }
    };
    Ok(Act { at, host, deed })
}

/// Checks that one of some things is given none of the others' fields.
fn takes_only(
    file: &Object<'_>,
    word: &'static str,
    takes: &str,
    fields: &[&'static str],
) -> Result<(), Wrong> {
    match fields.iter().find(|field| **field != takes && file.has(field)) {
        Some(field) => Err(has_no(file, word, field)),
        None => Ok(()),
    }
}

/// Says what is done to a packet.
pub(super) fn write_intervention(file: &mut Writer, intervention: Intervention, places: &Places) {
    let [drop, delay, duplicate, corrupt, hold, swap] = words::INTERVENTION;
    let mut begin = |kind| {
        file.open('{');
        file.text("kind", kind);
        file.text("packet", &places.packet_name(intervention.packet()));
    };
    match intervention {
        Intervention::Drop(_) => begin(drop),
        Intervention::Delay { packet: _, by } => {
            begin(delay);
            file.number("by_us", by.as_micros());
        }
        Intervention::Duplicate { packet: _, by } => {
            begin(duplicate);
            file.number("by_us", by.as_micros());
        }
        Intervention::Corrupt { packet: _, bit } => {
            begin(corrupt);
            file.number("bit", bit.into());
        }
        Intervention::Hold { packet: _, until } => {
            begin(hold);
            file.number("until_us", until.as_micros());
        }
        Intervention::Swap { packet: _, with } => {
            begin(swap);
            file.text("with", &places.packet_name(with));
        }
    }
    file.close('}');
}

/// Says what is done at an instant.
pub(crate) fn write_act(file: &mut Writer, act: &Act, places: &Places) {
    let Act { at, host, deed } = act;
    let [crash, restart, halt, resume, call, forge, replay] = words::ACT;
    let mut begin = |kind, host: Option<HostId>| {
        file.open('{');
        file.number("at_us", at.as_micros());
        if let Some(host) = host {
            file.text("host", places.name(host));
        }
        file.text("kind", kind);
    };
    let of = Some(*host);
    match deed {
        Deed::Crash => begin(crash, of),
        Deed::Restart { scripts } => {
            begin(restart, of);
            file.unusual_flag("scripts", *scripts, true);
        }
        Deed::Halt { halted } => begin(if *halted { halt } else { resume }, of),
        Deed::Call(made) => {
            begin(call, of);
            script_write::call(file, made, places);
        }
        Deed::Forge(forgery) => {
            begin(forge, of);
            forgery::write(file, forgery, places);
        }
        Deed::Replay(packet) => {
            begin(replay, of.filter(|host| *host != packet.from));
            file.text("packet", &places.packet_name(*packet));
        }
    }
    file.close('}');
}
