//! pcap, the format that libpcap began with.

use super::octets::{Octets, Order};
use super::{Captured, LONGEST_PACKET, Step};
use crate::damage::Flaw;
use crate::link::LinkType;
use crate::time::{NANOS, Time};

/// The octets of the file's header.
pub(super) const HEADER: usize = 24;

/// The octets of each packet's header.
const RECORD: usize = 16;

/// A file of this format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pcap {
    order: Order,
    /// How many nanoseconds the smaller part of a time counts.
    unit: i64,
    link: LinkType,
}

/// The order of octets and the unit of time that the first four octets tell.
pub(super) fn of_magic(magic: [u8; 4]) -> Option<(Order, i64)> {
    match magic {
        [0xa1, 0xb2, 0xc3, 0xd4] => Some((Order::Big, 1_000)),
        [0xd4, 0xc3, 0xb2, 0xa1] => Some((Order::Little, 1_000)),
        [0xa1, 0xb2, 0x3c, 0x4d] => Some((Order::Big, 1)),
        [0x4d, 0x3c, 0xb2, 0xa1] => Some((Order::Little, 1)),
        _ => None,
    }
}

impl Pcap {
    /// Reads the file's header; `None` as long as it is not whole.
    pub(super) fn begin(header: Octets<'_>, unit: i64) -> Result<Option<Self>, Flaw> {
        let (Some(major), Some(link)) = (header.u16(4), header.u32(20)) else { return Ok(None) };
        if major != 2 {
            return Err(Flaw::Version { major });
        }
        // What stands above tells of check sequences at the frames' ends.
        let link = LinkType((link & 0xffff) as u16);
        Ok(Some(Self { order: header.order(), unit, link }))
    }

    /// The next packet.
    pub(super) fn step<'a>(&self, octets: &'a [u8]) -> Result<Step<'a>, Flaw> {
        let record = Octets::new(octets, self.order);
        let (Some(seconds), Some(fraction), Some(kept), Some(length)) =
            (record.u32(0), record.u32(4), record.u32(8), record.u32(12))
        else {
            return Ok(Step::More);
        };
        if u64::from(kept) > LONGEST_PACKET {
            return Err(Flaw::TooLong { length: kept.into(), most: LONGEST_PACKET });
        }
        let kept = kept as usize;
        let Some(octets) = record.get(RECORD, kept) else { return Ok(Step::More) };
        let nanos = i64::from(seconds) * NANOS + i64::from(fraction) * self.unit;
        let at = Some(Time::from_nanos(nanos));
        Ok(Step::Frame(RECORD + kept, Captured { at, link: self.link, octets, length }))
    }

    /// How many octets the record has that `rest` begins.
    pub(super) fn needed(&self, rest: &[u8]) -> u64 {
        let kept = Octets::new(rest, self.order).u32(8).filter(|_| rest.len() >= RECORD);
        RECORD as u64 + u64::from(kept.unwrap_or(0))
    }
}
