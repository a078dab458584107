//! Segments of any form, for those who forge them: read, and written back.

use alloc::boxed::Box;
use alloc::string::ToString;
use core::net::SocketAddrV4;

use tcpscope_sim::{Forgery, HostId, Number};
use tcpscope_tcp::{FastOpenCookie, Flags, Options, SackBlocks, SeqNumber, Timestamps};

use super::places::Places;
use super::script::{data, has_no, hex, needs, number16};
use super::script_write::{write_data, write_hex};
use super::words;
use super::writer::Writer;
use crate::Problem;
use crate::error::quoted;
use crate::reader::{Reader, Wrong};

const SEGMENT: [&str; 12] = [
    "from", "to", "spread", "seq", "ack", "flags", "window", "urgent", "options", "text", "octets",
    "hex",
];
const NUMBER: [&str; 4] = ["next_of", "expected_by", "plus", "minus"];
const OPTIONS: [&str; 6] =
    ["mss", "window_scale", "sack_permitted", "sack", "timestamps", "fast_open"];
const BLOCK: [&str; 2] = ["left", "right"];
const TIMESTAMPS: [&str; 2] = ["value", "echo"];

/// As much text as a segment without options has room for in an IPv4 packet.
const MOST_TEXT: u64 = 65_495;
/// The window of a segment of which nothing else is said.
const WINDOW: u16 = u16::MAX;

/// A segment of any form.
pub(super) fn read(file: &Reader<'_>, places: &Places) -> Result<Box<Forgery>, Wrong> {
    let segment = &file.object(&SEGMENT)?;
    let mut flags = Flags::empty();
    if let Some(list) = segment.field("flags") {
        list.each(&mut |word| {
            let flag = word.one_of(&words::FLAG)?;
            flags |= FLAGS[flag];
            Ok(())
        })?;
    }
    let forgery = Forgery {
        source: socket(&segment.required("from")?, places)?,
        spread: segment.flag("spread", false)?,
        destination: socket(&segment.required("to")?, places)?,
        seq: number(&segment.required("seq")?, places)?,
        ack: match segment.field("ack") {
            Some(ack) => Some(number(&ack, places)?),
            None => None,
        },
        flags,
        wnd: number16(segment, "window", WINDOW)?,
        urg: number16(segment, "urgent", 0)?,
        options: match segment.field("options") {
            Some(value) => options(&value)?,
            None => Options::NONE,
        },
        payload: data(segment, "a segment", 0, MOST_TEXT)?.unwrap_or_default(),
    };
    match forgery.check() {
        Ok(()) => Ok(Box::new(forgery)),
        Err(too_long) => Err(file.wrong(Problem::SegmentLength(too_long))),
    }
}

/// By the places of [`words::FLAG`].
const FLAGS: [Flags; 7] =
    [Flags::FIN, Flags::SYN, Flags::RST, Flags::PSH, Flags::URG, Flags::ECE, Flags::CWR];

/// A host's own socket by the host's name, or any by its address and port.
fn socket(file: &Reader<'_>, places: &Places) -> Result<SocketAddrV4, Wrong> {
    let text = file.text()?;
    if let Ok(socket) = text.parse() {
        return Ok(socket);
    }
    if text.contains([':', '.']) {
        return Err(file.wrong(Problem::Address { text: quoted(text) }));
    }
    let host = places.host(file)?;
    Ok(places.address(host).unwrap_or_else(|| SocketAddrV4::new([0; 4].into(), 0)))
}

/// A number, or how far it is from one that a host knows.
fn number(file: &Reader<'_>, places: &Places) -> Result<Number, Wrong> {
    if !file.is_object() {
        return Ok(Number::Given(sequence(file)?));
    }
    let file = &file.object(&NUMBER)?;
    let more = match (file.has("plus"), file.has("minus")) {
        (true, true) => return Err(has_no(file, "a number with plus", "minus")),
        (_, false) => file.number32("plus", 0, 0, u32::MAX)?,
        (false, true) => file.number32("minus", 0, 0, u32::MAX)?.wrapping_neg(),
    };
    match (file.field("next_of"), file.field("expected_by")) {
        (Some(of), None) => Ok(Number::NextOf(places.host(&of)?, more)),
        (None, Some(of)) => Ok(Number::ExpectedBy(places.host(&of)?, more)),
        (Some(_), Some(_)) => Err(has_no(file, "next_of", "expected_by")),
        (None, None) => Err(needs(file, "a number", "next_of or expected_by with a host's name")),
    }
}

fn sequence(file: &Reader<'_>) -> Result<SeqNumber, Wrong> {
    let number = file.number(0, u32::MAX.into())?;
    Ok(SeqNumber::new(u32::try_from(number).unwrap_or(u32::MAX)))
}

fn options(file: &Reader<'_>) -> Result<Options, Wrong> {
    let file = &file.object(&OPTIONS)?;
    let mut sack = SackBlocks::NONE;
    if let Some(list) = file.field("sack") {
        list.each(&mut |item| {
            let block = item.object(&BLOCK)?;
            let left = sequence(&block.required("left")?)?;
            let right = sequence(&block.required("right")?)?;
            let problem = Problem::TooMany { at_most: SackBlocks::MOST };
            if sack.push(left, right) { Ok(()) } else { Err(item.wrong(problem)) }
        })?;
    }
    Ok(Options {
        mss: match file.field("mss") {
            Some(_) => Some(number16(file, "mss", 0)?),
            None => None,
        },
        window_scale: match file.field("window_scale") {
            Some(shift) => u8::try_from(shift.number(0, u8::MAX.into())?).ok(),
            None => None,
        },
        sack_permitted: file.flag("sack_permitted", false)?,
        sack,
        timestamps: match file.field("timestamps") {
            Some(value) => {
                let stamps = value.object(&TIMESTAMPS)?;
                Some(Timestamps {
                    value: stamps.number32("value", 0, 0, u32::MAX)?,
                    echo: stamps.number32("echo", 0, 0, u32::MAX)?,
                })
            }
            None => None,
        },
        fast_open: match file.field("fast_open") {
            Some(value) => Some(cookie(&value)?),
            None => None,
        },
    })
}

fn cookie(file: &Reader<'_>) -> Result<FastOpenCookie, Wrong> {
    let octets = hex(file)?;
    FastOpenCookie::new(&octets).ok_or_else(|| {
        let text = file.text().unwrap_or_default();
        file.wrong(Problem::Cookie { text: quoted(text) })
    })
}

/// Says what a forged segment is.
pub(super) fn write(file: &mut Writer, forgery: &Forgery, places: &Places) {
    let Forgery { source, spread, destination, seq, ack, flags, wnd, urg, options, payload } =
        forgery;
    file.begin("segment");
    write_socket(file, "from", *source, places);
    write_socket(file, "to", *destination, places);
    file.unusual_flag("spread", *spread, false);
    write_number(file, "seq", *seq, places);
    if let Some(ack) = ack {
        write_number(file, "ack", *ack, places);
    }
    if !flags.is_empty() {
        file.key("flags");
        file.open('[');
        for (flag, word) in FLAGS.into_iter().zip(words::FLAG) {
            if flags.contains(flag) {
                file.item(word);
            }
        }
        file.close(']');
    }
    file.unusual("window", (*wnd).into(), WINDOW.into());
    file.unusual("urgent", (*urg).into(), 0);
    if *options != Options::NONE {
        write_options(file, options);
    }
    if !payload.is_empty() {
        write_data(file, payload);
    }
    file.close('}');
}

fn write_socket(file: &mut Writer, key: &str, socket: SocketAddrV4, places: &Places) {
    match places.hosts.iter().find(|(_, address)| *address == socket) {
        Some((name, _)) => file.text(key, name),
        None => file.text(key, &socket.to_string()),
    }
}

fn write_number(file: &mut Writer, key: &str, number: Number, places: &Places) {
    let (field, host, more): (_, HostId, u32) = match number {
        Number::Given(number) => return file.number(key, number.value().into()),
        Number::NextOf(host, more) => ("next_of", host, more),
        Number::ExpectedBy(host, more) => ("expected_by", host, more),
    };
    file.begin(key);
    file.text(field, places.name(host));
    if more > u32::MAX / 2 {
        file.number("minus", more.wrapping_neg().into());
    } else {
        file.unusual("plus", more.into(), 0);
    }
    file.close('}');
}

fn write_options(file: &mut Writer, options: &Options) {
    let Options { mss, window_scale, sack_permitted, sack, timestamps, fast_open } = options;
    file.begin("options");
    if let Some(mss) = mss {
        file.number("mss", (*mss).into());
    }
    if let Some(shift) = window_scale {
        file.number("window_scale", (*shift).into());
    }
    file.unusual_flag("sack_permitted", *sack_permitted, false);
    if !sack.is_empty() {
        file.key("sack");
        file.open('[');
        for (left, right) in sack.blocks() {
            file.open('{');
            file.number("left", left.value().into());
            file.number("right", right.value().into());
            file.close('}');
        }
        file.close(']');
    }
    if let Some(Timestamps { value, echo }) = timestamps {
        file.begin("timestamps");
        file.number("value", (*value).into());
        file.number("echo", (*echo).into());
        file.close('}');
    }
    if let Some(cookie) = fast_open {
        write_hex(file, "fast_open", cookie.octets());
    }
    file.close('}');
}
