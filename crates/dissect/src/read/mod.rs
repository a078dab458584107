//! A capture's file, octets after octets, to frames.
//!
//! The file formats are read by hand. They are little, both have to be read from whatever chunks a
//! page or a program hands over, and each fault has to be named with its octet; the libraries that
//! there are refuse files that are sound (resolutions of a power of two, a snapshot length of 0) or
//! read some wrongly (`if_tsoffset` in big-endian sections).
//!
//! pcap: draft-ietf-opsawg-pcap; pcapng: draft-ietf-opsawg-pcapng.

mod octets;
mod pcap;
mod pcapng;

use crate::damage::{Damage, Flaw};
use crate::link::LinkType;
use crate::time::Time;
use octets::Octets;
use pcap::Pcap;
use pcapng::Pcapng;

/// The most octets of a packet that are believed: libpcap keeps no more of one.
const LONGEST_PACKET: u64 = 1 << 18;

/// The most octets of a block of pcapng that are believed, as libpcap and Wireshark do.
const LONGEST_BLOCK: u64 = 1 << 24;

/// One captured frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Which one of the file, from 1 on, as Wireshark counts.
    pub number: u64,
    /// When it was captured; `None` where the file does not say.
    pub at: Option<Time>,
    /// How to read its octets.
    pub link: LinkType,
    /// The octets that were kept.
    pub octets: &'a [u8],
    /// How many octets there were on the wire.
    pub length: u32,
}

/// Whether a file that begins with these octets may be a capture.
#[must_use]
pub fn is_capture(beginning: &[u8]) -> bool {
    let magic = beginning.first_chunk();
    magic.is_some_and(|magic| *magic == pcapng::SECTION || pcap::of_magic(*magic).is_some())
}

/// Reads a capture of any length as it comes, without keeping it.
///
/// Whoever reads hands over the file in chunks of any size, so that it can say how far it is, and
/// stop whenever it likes.
#[derive(Debug, Default)]
pub struct Reader {
    /// What was handed over and not yet read: the beginning of one record.
    rest: Vec<u8>,
    /// Where in the file `rest` begins.
    at: u64,
    frames: u64,
    format: Format,
    damage: Option<Damage>,
}

/// What the file is.
#[derive(Debug, Default)]
enum Format {
    /// It has not begun.
    #[default]
    Unknown,
    Pcap(Pcap),
    Pcapng(Pcapng),
}

/// What a record is found to be.
enum Step<'a> {
    /// It goes on in octets that are not there yet.
    More,
    /// It has so many octets, and nothing to say but how to go on.
    Passed(usize),
    /// It has so many octets, and is a frame.
    Frame(usize, Captured<'a>),
}

/// A frame as its record has it.
struct Captured<'a> {
    at: Option<Time>,
    link: LinkType,
    octets: &'a [u8],
    length: u32,
}

impl Reader {
    /// A reader at the beginning of a file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next octets of the file, and hands each frame that is whole to `each`.
    ///
    /// # Errors
    /// Where the file is damaged: what follows cannot be read, and handing over more says the same.
    pub fn read(&mut self, chunk: &[u8], each: &mut dyn FnMut(&Frame<'_>)) -> Result<(), Damage> {
        if let Some(damage) = self.damage {
            return Err(damage);
        }
        // A record that began in the last chunk is put together; all others are read where they are.
        let mut rest = core::mem::take(&mut self.rest);
        let damage = if rest.is_empty() {
            let (passed, damage) = self.records(chunk, each);
            rest.extend_from_slice(chunk.get(passed..).unwrap_or_default());
            damage
        } else {
            rest.extend_from_slice(chunk);
            let (passed, damage) = self.records(&rest, each);
            rest.drain(..passed);
            damage
        };
        self.damage = damage.map(|what| Damage { at: self.at, what });
        if self.damage.is_none() {
            self.rest = rest;
        }
        self.damage.map_or(Ok(()), Err)
    }

    /// Reads the records that are whole: how many octets they have, and what is wrong with the next.
    fn records(
        &mut self,
        octets: &[u8],
        each: &mut dyn FnMut(&Frame<'_>),
    ) -> (usize, Option<Flaw>) {
        let mut passed = 0;
        loop {
            let rest = octets.get(passed..).unwrap_or_default();
            let length = match self.format.step(rest) {
                Ok(Step::Frame(length, captured)) => {
                    self.frames += 1;
                    let Captured { at, link, octets, length: wire } = captured;
                    each(&Frame { number: self.frames, at, link, octets, length: wire });
                    length
                }
                Ok(Step::Passed(length)) => length,
                Ok(Step::More) => return (passed, None),
                Err(flaw) => return (passed, Some(flaw)),
            };
            passed += length;
            self.at += length as u64;
        }
    }

    /// The file ends here.
    ///
    /// # Errors
    /// Where the file was damaged, or ends within a record.
    pub fn finish(self) -> Result<(), Damage> {
        if let Some(damage) = self.damage {
            return Err(damage);
        }
        if self.rest.is_empty() && !matches!(self.format, Format::Unknown) {
            return Ok(());
        }
        let found = self.rest.len() as u64;
        let needed = match &self.format {
            Format::Unknown => return Err(Damage { at: 0, what: Flaw::NotACapture }),
            Format::Pcap(pcap) => pcap.needed(&self.rest),
            Format::Pcapng(pcapng) => pcapng.needed(&self.rest),
        };
        Err(Damage { at: self.at, what: Flaw::CutShort { needed, found } })
    }

    /// How many octets of the file were read.
    #[must_use]
    pub fn octets(&self) -> u64 {
        self.at + self.rest.len() as u64
    }

    /// How many frames were read.
    #[must_use]
    pub const fn frames(&self) -> u64 {
        self.frames
    }
}

impl Format {
    /// What the file goes on with.
    fn step<'a>(&mut self, octets: &'a [u8]) -> Result<Step<'a>, Flaw> {
        match self {
            Self::Pcap(pcap) => pcap.step(octets),
            Self::Pcapng(pcapng) => pcapng.step(octets),
            Self::Unknown => {
                let Some((magic, _)) = octets.split_first_chunk() else { return Ok(Step::More) };
                if *magic == pcapng::SECTION {
                    *self = Self::Pcapng(Pcapng::default());
                    return Ok(Step::Passed(0));
                }
                let (order, unit) = pcap::of_magic(*magic).ok_or(Flaw::NotACapture)?;
                let header = Octets::new(octets, order);
                let Some(pcap) = Pcap::begin(header, unit)? else { return Ok(Step::More) };
                *self = Self::Pcap(pcap);
                Ok(Step::Passed(pcap::HEADER))
            }
        }
    }
}
