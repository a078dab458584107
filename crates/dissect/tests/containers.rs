//! File formats: what is written in any of their ways is read, in chunks of any size; and what is
//! damaged is read up to the damage, which is named with its octet.

#![allow(clippy::cast_possible_truncation, reason = "the test's own numbers fit")]

use proptest::prelude::*;
use tcpscope_dissect::{Damage, Flaw, Frame, LinkType, Reader, Time};

/// A frame that a file is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    nanos: Option<i64>,
    link: u16,
    octets: Vec<u8>,
    length: u32,
}

impl Told {
    fn of(frame: &Frame<'_>) -> Self {
        Self {
            nanos: frame.at.map(Time::nanos),
            link: frame.link.0,
            octets: frame.octets.to_vec(),
            length: frame.length,
        }
    }
}

/// Reads a file in chunks of `size` octets.
fn read(file: &[u8], size: usize) -> (Vec<Told>, Result<(), Damage>) {
    let (mut reader, mut told) = (Reader::new(), Vec::new());
    for chunk in file.chunks(size.max(1)) {
        if reader.read(chunk, &mut |frame| told.push(Told::of(frame))).is_err() {
            break;
        }
    }
    assert_eq!(reader.frames(), told.len() as u64);
    (told, reader.finish())
}

/// Writes numbers in an order of octets.
#[derive(Clone, Copy, Debug)]
struct Writer {
    big: bool,
}

impl Writer {
    fn u16(self, number: u16) -> [u8; 2] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn u32(self, number: u32) -> [u8; 4] {
        if self.big { number.to_be_bytes() } else { number.to_le_bytes() }
    }

    fn pcap(self, nanos: bool, frames: &[Told]) -> Vec<u8> {
        let magic = if nanos { 0xa1b2_3c4d } else { 0xa1b2_c3d4 };
        let mut file = [self.u32(magic), self.u32(0)].concat();
        file[4..6].copy_from_slice(&self.u16(2));
        file[6..8].copy_from_slice(&self.u16(4));
        let link = frames.first().map_or(1, |frame| u32::from(frame.link));
        file.extend([self.u32(0), self.u32(0), self.u32(262_144), self.u32(link)].concat());
        for frame in frames {
            let at =
                frame.nanos.and_then(|nanos| u64::try_from(nanos).ok()).expect("it has a time");
            let (seconds, rest) = (at / 1_000_000_000, at % 1_000_000_000);
            let fraction = if nanos { rest } else { rest / 1_000 };
            let numbers =
                [seconds as u32, fraction as u32, frame.octets.len() as u32, frame.length];
            file.extend(numbers.map(|number| self.u32(number)).concat());
            file.extend(&frame.octets);
        }
        file
    }

    fn block(self, kind: u32, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let length = self.u32(12 + body.len() as u32);
        [&self.u32(kind)[..], &length, &body, &length].concat()
    }

    fn section(self) -> Vec<u8> {
        let version = [self.u16(1), self.u16(0)].concat();
        self.block(0x0a0d_0d0a, &[&self.u32(0x1a2b_3c4d)[..], &version, &[0xff; 8]].concat())
    }

    fn interface(self, link: u16, snapshot: u32, options: &[u8]) -> Vec<u8> {
        let fixed = [self.u16(link), self.u16(0)].concat();
        self.block(1, &[&fixed[..], &self.u32(snapshot), options].concat())
    }

    fn option(self, code: u16, value: &[u8]) -> Vec<u8> {
        let mut option = [self.u16(code), self.u16(value.len() as u16)].concat();
        option.extend(value);
        option.resize(option.len().next_multiple_of(4), 0);
        option
    }

    fn packet(self, interface: u32, at: u64, octets: &[u8], length: u32) -> Vec<u8> {
        let numbers = [interface, (at >> 32) as u32, at as u32, octets.len() as u32, length];
        self.block(6, &[&numbers.map(|number| self.u32(number)).concat(), octets].concat())
    }
}

fn frames() -> impl Strategy<Value = Vec<Told>> {
    let frame = (0..4_000_000_000_000_000_i64, prop::collection::vec(any::<u8>(), 0..90), 0..9_u32);
    let frame = frame.prop_map(|(micros, octets, more)| Told {
        nanos: Some(micros / 1_000_000 * 1_000),
        link: 1,
        length: octets.len() as u32 + more,
        octets,
    });
    prop::collection::vec(frame, 0..12)
}

proptest! {
    #[test]
    fn pcap_is_read_whatever_its_order_and_unit(
        frames in frames(), big in any::<bool>(), nanos in any::<bool>(), size in 1..200_usize,
    ) {
        let file = Writer { big }.pcap(nanos, &frames);
        prop_assert_eq!(read(&file, size), (frames, Ok(())));
    }

    /// A file cut anywhere holds what is whole, and names the octet where the rest begins.
    #[test]
    fn a_file_that_is_cut_is_read_up_to_there(frames in frames(), at in any::<prop::sample::Index>()) {
        let file = Writer { big: false }.pcap(false, &frames);
        let cut = at.index(file.len() + 1);
        let (told, end) = read(&file[..cut], 64);
        let mut begin = 24;
        let whole = frames.iter().take_while(|frame| {
            let next = begin + 16 + frame.octets.len();
            if next <= cut { begin = next; }
            next <= cut
        }).count();
        prop_assert_eq!(&told[..], &frames[..whole]);
        if cut >= 24 {
            match end {
                Ok(()) => prop_assert_eq!(cut, begin),
                Err(damage) => {
                    prop_assert_eq!(damage.at, begin as u64);
                    let found = (cut - begin) as u64;
                    let is_cut = matches!(damage.what, Flaw::CutShort { needed, found: there } if there == found && needed > found);
                    prop_assert!(is_cut, "{:?}", damage);
                }
            }
        } else {
            prop_assert_eq!(end.unwrap_err().at, 0);
        }
    }

    /// Any octets are read to their end or to a fault: nothing panics, and the chunks do not matter.
    #[test]
    fn any_octets_are_read(
        mut file in prop::collection::vec(any::<u8>(), 0..600), begins in 0..4_usize, size in 1..50_usize,
    ) {
        let writer = Writer { big: begins == 2 };
        let head = match begins {
            0 => writer.pcap(false, &[]),
            1 | 2 => [writer.section(), writer.interface(1, 0, &[])].concat(),
            _ => Vec::new(),
        };
        file.splice(0..0, head);
        prop_assert_eq!(read(&file, size), read(&file, usize::MAX));
    }
}

/// Sections of either order, each with its own interfaces, resolutions and offsets.
#[test]
fn sections_and_interfaces_have_their_own_ways() {
    let (little, big) = (Writer { big: false }, Writer { big: true });
    let mut file = little.section();
    file.extend(little.interface(1, 0, &[]));
    file.extend(little.interface(113, 0, &little.option(9, &[9])));
    file.extend(little.packet(0, 1_700_000_000_000_001, &[1; 5], 5));
    file.extend(little.packet(1, 1_700_000_000_000_000_002, &[2; 6], 60));
    // What is not known is passed over.
    file.extend(little.block(0x0bad, &[7; 30]));
    file.extend(big.section());
    let options = [big.option(9, &[0x80 | 10]), big.option(14, &1_000_i64.to_be_bytes())].concat();
    file.extend(big.interface(276, 4, &options));
    file.extend(big.packet(0, 5 * 1024 + 512, &[3; 7], 7));
    file.extend(big.block(3, &[&big.u32(9)[..], &[4; 4]].concat()));
    let old = [&big.u16(0)[..], &big.u16(0), &[0; 8], &big.u32(3), &big.u32(3), &[5; 3]].concat();
    file.extend(big.block(2, &old));
    let told =
        |nanos, link, octets: &[u8], length| Told { nanos, link, octets: octets.into(), length };
    let expected = vec![
        told(Some(1_700_000_000_000_001_000), 1, &[1; 5], 5),
        told(Some(1_700_000_000_000_000_002), 113, &[2; 6], 60),
        told(Some(1_005_500_000_000), 276, &[3; 7], 7),
        // A simple packet: the interface says how much of it was kept, and nobody when it was.
        told(None, 276, &[4; 4], 9),
        told(Some(1_000_000_000_000), 276, &[5; 3], 3),
    ];
    for size in [1, 7, 4096] {
        assert_eq!(read(&file, size), (expected.clone(), Ok(())));
    }
}

#[test]
fn each_fault_is_named_with_its_octet() {
    let writer = Writer { big: false };
    let sound = Told { nanos: Some(0), link: 1, octets: vec![9; 20], length: 20 };
    let pcap = writer.pcap(false, std::slice::from_ref(&sound));
    let after_pcap =
        |record: [u32; 4]| [&pcap[..], &record.map(u32::to_le_bytes).concat()].concat();
    let head =
        [writer.section(), writer.interface(1, 0, &[]), writer.packet(0, 0, &[9; 20], 20)].concat();
    let after_head = |block: Vec<u8>| [&head[..], &block].concat();
    let altered = |mut file: Vec<u8>, from_end: usize, with: &[u8]| {
        let at = file.len() - from_end;
        file[at..at + with.len()].copy_from_slice(with);
        file
    };
    let (in_pcap, in_head) = (pcap.len() as u64, head.len() as u64);
    let cases: Vec<(Vec<u8>, u64, Flaw)> = vec![
        (vec![], 0, Flaw::NotACapture),
        (b"GIF89a, as it happens".to_vec(), 0, Flaw::NotACapture),
        (altered(pcap.clone(), 56, &[9, 0]), 0, Flaw::Version { major: 9 }),
        (
            after_pcap([0, 0, 0x7fff_ffff, 0x7fff_ffff]),
            in_pcap,
            Flaw::TooLong { length: 0x7fff_ffff, most: 1 << 18 },
        ),
        (after_pcap([0, 0, 40, 40]), in_pcap, Flaw::CutShort { needed: 56, found: 16 }),
        (after_head(vec![6, 0, 0, 0, 10, 0, 0, 0]), in_head, Flaw::UnevenBlock { length: 10 }),
        (after_head(vec![6, 0, 0, 0, 33, 0, 0, 0]), in_head, Flaw::UnevenBlock { length: 33 }),
        (
            after_head(vec![6, 0, 0, 0, 0, 0, 0, 2]),
            in_head,
            Flaw::TooLong { length: 1 << 25, most: 1 << 24 },
        ),
        (after_head(writer.block(6, &[0; 8])), in_head, Flaw::UnevenBlock { length: 20 }),
        (
            after_head(altered(writer.block(7, &[0; 8]), 4, &[24])),
            in_head,
            Flaw::LengthsDiffer { first: 20, last: 24 },
        ),
        (
            after_head(writer.packet(3, 0, &[1; 4], 4)),
            in_head,
            Flaw::NoSuchInterface { interface: 3 },
        ),
        (
            after_head(altered(writer.packet(0, 0, &[1; 4], 4), 16, &[9])),
            in_head,
            Flaw::OverrunsBlock { packet: 9, room: 4 },
        ),
        (
            after_head(writer.interface(1, 0, &writer.option(9, &[20]))),
            in_head,
            Flaw::Resolution { exponent: 20 },
        ),
        (after_head(writer.block(0x0a0d_0d0a, &[0; 16])), in_head, Flaw::NoByteOrder),
        (
            after_head(vec![6, 0, 0, 0, 64, 0, 0, 0]),
            in_head,
            Flaw::CutShort { needed: 64, found: 8 },
        ),
    ];
    for (file, at, what) in cases {
        for size in [1, 13, 4096] {
            let (told, end) = read(&file, size);
            assert_eq!(end, Err(Damage { at, what }), "{file:x?}");
            assert!(at == 0 || told == [sound.clone()], "what came before was read");
        }
    }
}

#[test]
fn links_have_names() {
    assert_eq!(LinkType(1).name(), Some("Ethernet"));
    assert_eq!(LinkType(147).name(), None);
}
