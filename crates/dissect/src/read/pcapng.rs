//! pcapng: blocks in sections, each section with its own order of octets and its own interfaces.

use super::octets::{Octets, Order};
use super::{Captured, LONGEST_BLOCK, LONGEST_PACKET, Step};
use crate::damage::Flaw;
use crate::link::LinkType;
use crate::time::{NANOS, Time};

/// The type of the block that begins a section: the same in both orders of octets.
pub(super) const SECTION: [u8; 4] = [0x0a, 0x0d, 0x0d, 0x0a];

/// What tells a section's order of octets, big end first.
const BYTE_ORDER: [u8; 4] = [0x1a, 0x2b, 0x3c, 0x4d];

const INTERFACE: u32 = 1;
/// What packets stood in before there were enhanced ones.
const OLD_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;

/// The octets of a block around what is in it: type, length, and length again.
const AROUND: u64 = 12;

/// Where the options of an interface begin, and the two that are of use.
const INTERFACE_OPTIONS: usize = 16;
const IF_TSRESOL: u16 = 9;
const IF_TSOFFSET: u16 = 14;

/// A file of this format, in the section where it is.
#[derive(Debug, Default)]
pub(super) struct Pcapng {
    order: Option<Order>,
    interfaces: Vec<Interface>,
}

/// Where packets were captured.
#[derive(Clone, Copy, Debug)]
struct Interface {
    link: LinkType,
    /// The most octets of a packet that were kept; 0 where there is no limit.
    snapshot: u32,
    units: Units,
    /// Seconds to be added to each time.
    offset: i64,
}

/// How many units of time a second has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Units(u64);

impl Units {
    /// `if_tsresol`: a power of ten, or of two where the highest bit is set.
    fn of(exponent: u8) -> Option<Self> {
        let power = u32::from(exponent & 0x7f);
        let base = if exponent & 0x80 == 0 { 10_u64 } else { 2 };
        base.checked_pow(power).map(Self)
    }

    fn nanos(self, count: u64) -> i128 {
        i128::from(count) * i128::from(NANOS) / i128::from(self.0)
    }
}

/// Where in a block a packet lies.
struct Place {
    interface: u32,
    at: Option<u64>,
    start: usize,
    kept: u32,
    length: u32,
}

impl Pcapng {
    /// The next block.
    pub(super) fn step<'a>(&mut self, octets: &'a [u8]) -> Result<Step<'a>, Flaw> {
        if octets.starts_with(&SECTION) {
            let Some(magic) = octets.get(8..12) else { return Ok(Step::More) };
            self.order = Some(order_of(magic)?);
        }
        let order = self.order.unwrap_or(Order::Little);
        let head = Octets::new(octets, order);
        let (Some(kind), Some(length)) = (head.u32(0), head.u32(4)) else { return Ok(Step::More) };
        let length = u64::from(length);
        if length < AROUND || !length.is_multiple_of(4) {
            return Err(Flaw::UnevenBlock { length });
        }
        if length > LONGEST_BLOCK {
            return Err(Flaw::TooLong { length, most: LONGEST_BLOCK });
        }
        let whole = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(block) = head.get(0, whole) else { return Ok(Step::More) };
        let block = Octets::new(block, order);
        let last = block.u32(whole - 4).map_or(0, u64::from);
        if last != length {
            return Err(Flaw::LengthsDiffer { first: length, last });
        }
        let uneven = Flaw::UnevenBlock { length };
        let captured = if octets.starts_with(&SECTION) {
            self.section(block).ok_or(uneven)??;
            None
        } else {
            match kind {
                INTERFACE => {
                    self.interfaces.push(Interface::of(block).ok_or(uneven)??);
                    None
                }
                ENHANCED_PACKET => Some(enhanced(block, block.u32(8)).ok_or(uneven)?),
                OLD_PACKET => Some(enhanced(block, block.u16(8).map(u32::from)).ok_or(uneven)?),
                SIMPLE_PACKET => Some(self.simple(block).ok_or(uneven)?),
                _ => None,
            }
        };
        match captured {
            None => Ok(Step::Passed(whole)),
            Some(place) => Ok(Step::Frame(whole, self.captured(block, &place)?)),
        }
    }

    /// A section begins: its interfaces are still to come.
    fn section(&mut self, block: Octets<'_>) -> Option<Result<(), Flaw>> {
        let major = block.u16(12).filter(|_| block.len() >= 28)?;
        self.interfaces.clear();
        Some(if major == 1 { Ok(()) } else { Err(Flaw::Version { major }) })
    }

    /// A packet without time or interface: it is of the first one, which tells how much was kept.
    fn simple(&self, block: Octets<'_>) -> Option<Place> {
        let length = block.u32(8).filter(|_| block.len() >= 16)?;
        let room = u32::try_from(block.len() - 16).ok()?;
        let limit = self.interfaces.first().map_or(0, |interface| interface.snapshot);
        let limit = if limit == 0 { u32::MAX } else { limit };
        Some(Place { interface: 0, at: None, start: 12, kept: length.min(limit).min(room), length })
    }

    fn captured<'a>(&self, block: Octets<'a>, place: &Place) -> Result<Captured<'a>, Flaw> {
        let &Place { interface, at, start, kept, length } = place;
        let found = usize::try_from(interface).ok().and_then(|place| self.interfaces.get(place));
        let found = found.ok_or(Flaw::NoSuchInterface { interface })?;
        if u64::from(kept) > LONGEST_PACKET {
            return Err(Flaw::TooLong { length: kept.into(), most: LONGEST_PACKET });
        }
        let room = (block.len() - 4).saturating_sub(start);
        let kept = kept as usize;
        if kept > room {
            return Err(Flaw::OverrunsBlock { packet: kept as u64, room: room as u64 });
        }
        let octets = block.get(start, kept).unwrap_or_default();
        let at = at.map(|at| {
            let offset = i128::from(found.offset) * i128::from(NANOS);
            Time::saturating(found.units.nanos(at) + offset)
        });
        Ok(Captured { at, link: found.link, octets, length })
    }

    /// How many octets the block has that `rest` begins.
    pub(super) fn needed(&self, rest: &[u8]) -> u64 {
        let order = match rest.get(8..12) {
            Some(magic) if rest.starts_with(&SECTION) => order_of(magic).ok(),
            _ => self.order,
        };
        let length = Octets::new(rest, order.unwrap_or(Order::Little)).u32(4);
        length.map_or(AROUND, u64::from)
    }
}

impl Interface {
    /// `None` where the block is too short to be one.
    fn of(block: Octets<'_>) -> Option<Result<Self, Flaw>> {
        let (link, snapshot) = (block.u16(8)?, block.u32(12).filter(|_| block.len() >= 20)?);
        let (mut exponent, mut offset) = (6, 0);
        let mut at = INTERFACE_OPTIONS;
        // The last four octets are the block's length.
        while let (Some(code), Some(length)) = (block.u16(at), block.u16(at + 2)) {
            let value = block.get(at + 4, usize::from(length));
            if code == 0 || at + 4 + usize::from(length) > block.len() - 4 {
                break;
            }
            match (code, value) {
                (IF_TSRESOL, Some(&[resolution])) => exponent = resolution,
                (IF_TSOFFSET, Some(value)) if value.len() == 8 => {
                    offset = block.i64(at + 4).unwrap_or(0);
                }
                _ => {}
            }
            at += 4 + usize::from(length).next_multiple_of(4);
        }
        let link = LinkType(link);
        Some(match Units::of(exponent) {
            Some(units) => Ok(Self { link, snapshot, units, offset }),
            None => Err(Flaw::Resolution { exponent }),
        })
    }
}

/// A packet with all that is known of it; an old one differs in how it names its interface.
fn enhanced(block: Octets<'_>, interface: Option<u32>) -> Option<Place> {
    if block.len() < 32 {
        return None;
    }
    let at = u64::from(block.u32(12)?) << 32 | u64::from(block.u32(16)?);
    let (kept, length) = (block.u32(20)?, block.u32(24)?);
    Some(Place { interface: interface?, at: Some(at), start: 28, kept, length })
}

fn order_of(magic: &[u8]) -> Result<Order, Flaw> {
    let mut reversed = BYTE_ORDER;
    reversed.reverse();
    if magic == BYTE_ORDER {
        Ok(Order::Big)
    } else if magic == reversed {
        Ok(Order::Little)
    } else {
        Err(Flaw::NoByteOrder)
    }
}
