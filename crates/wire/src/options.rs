//! The options of a segment, to octets and back (RFC 9293 §3.1, §3.2, and the companions).

use bytes::BytesMut;
use tcpscope_tcp::{FastOpenCookie, Options, SackBlocks, SeqNumber, Timestamps};

use crate::IllegalOption;
use crate::checksum::Sum;
use crate::option_list::{OptionKind, walk};

/// What a header has room for: 15 words less the 5 that are always there.
const MOST: usize = 40;

/// What stands before the two numbers of the Timestamps option where it begins a list, as it nearly
/// always does: two No-Operations, kind and length (RFC 7323 appendix A).
const ALIGNED_TIMESTAMPS: [u8; 4] = [1, 1, 8, 10];

/// The octets of a word.
const WORD: usize = 4;

/// The octets of one SACK block.
const BLOCK: usize = 8;

/// Before Fast Open had a kind of its own, it was this one, told from other experiments by its
/// first two octets (RFC 6994, RFC 7413 §4.1.1).
const EXPERIMENTAL: u8 = 254;

/// Fast Open's mark among the experiments.
const FAST_OPEN_MAGIC: [u8; 2] = [0xf9, 0x89];

/// The options as they stand in a header.
///
/// The order and the padding are those that most of today's hosts use, so that each number stands
/// on a word of its own; what is needed to fill a word is No-Operation before the option (after
/// it for Fast Open). So the header ends with the last option, and no zeros are needed. SACK blocks
/// are as many as fit beside the rest, the first first (RFC 2018 §4).
pub(crate) fn to_wire(options: &Options) -> Written {
    match options {
        Options {
            mss: None,
            window_scale: None,
            sack_permitted: false,
            sack,
            timestamps: Some(Timestamps { value, echo }),
            fast_open: None,
        } => {
            let aligned = u32::from_ne_bytes(ALIGNED_TIMESTAMPS);
            let timestamps = [aligned, value.to_be(), echo.to_be()];
            if sack.is_empty() {
                Written::Timestamps(timestamps)
            } else {
                with_sack(timestamps, sack.blocks())
            }
        }
        _ => list(options).into(),
    }
}

/// Timestamps, and as many blocks as fit behind them.
fn with_sack(timestamps: [u32; 3], blocks: &[(SeqNumber, SeqNumber)]) -> Written {
    let [aligned, value, echo] = timestamps;
    let number = |at: usize| blocks.get(at).copied().unwrap_or_default();
    let count = blocks.len().min(3);
    let [nop, ..] = ALIGNED_TIMESTAMPS;
    let length = u8::try_from(2 + count * BLOCK).unwrap_or_default();
    let sack = u32::from_ne_bytes([nop, nop, OptionKind::Sack.number(), length]);
    let [(a, b), (c, d), (e, f)] = [number(0), number(1), number(2)];
    let [a, b, c, d, e, f] = [a, b, c, d, e, f].map(|number| number.value().to_be());
    Written::Words([aligned, value, echo, sack, a, b, c, d, e, f], 4 + 2 * count)
}

fn list(options: &Options) -> List {
    let Options { mss, window_scale, sack_permitted, sack, timestamps, fast_open } = options;
    let mut list = List::default();
    if let Some(mss) = mss {
        list.option(OptionKind::MaximumSegmentSize, &mss.to_be_bytes());
    }
    if let Some(Timestamps { value, echo }) = timestamps {
        // SACK-Permitted takes the place of the two octets that align the timestamps.
        if *sack_permitted {
            list.option(OptionKind::SackPermitted, &[]);
        } else {
            list.no_operations(2);
        }
        list.begin(OptionKind::Timestamps, 8);
        list.put(&value.to_be_bytes());
        list.put(&echo.to_be_bytes());
    } else if *sack_permitted {
        list.no_operations(2);
        list.option(OptionKind::SackPermitted, &[]);
    }
    if let Some(shift) = window_scale {
        list.no_operations(1);
        list.option(OptionKind::WindowScale, &[*shift]);
    }
    let cookie = fast_open.as_ref().map(FastOpenCookie::octets);
    let behind = cookie.map_or(0, |cookie| (2 + cookie.len()).next_multiple_of(4));
    let fitting = (MOST - behind).saturating_sub(list.len + 4) / BLOCK;
    let blocks = sack.blocks().get(..fitting).unwrap_or(sack.blocks());
    if !blocks.is_empty() {
        list.no_operations(2);
        list.begin(OptionKind::Sack, blocks.len() * BLOCK);
        for (left, right) in blocks {
            list.put(&left.value().to_be_bytes());
            list.put(&right.value().to_be_bytes());
        }
    }
    if let Some(cookie) = cookie {
        list.option(OptionKind::FastOpen, cookie);
        list.no_operations(list.len.next_multiple_of(4) - list.len);
    }
    // Were a word not full, zeros would fill it (MUST-69).
    list.len = list.len.next_multiple_of(4);
    list
}

/// Options as they stand in a header, in words that lie in memory so.
pub(crate) enum Written {
    /// By far the most frequent of all.
    Timestamps([u32; 3]),
    /// So many of these words.
    Words([u32; MOST / WORD], usize),
}

impl Written {
    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Timestamps(words) => size_of_val(words),
            Self::Words(_, count) => WORD * *count,
        }
    }

    /// The checksum, with the options.
    pub(crate) fn add_to(&self, sum: Sum) -> Sum {
        match self {
            Self::Timestamps([kind, value, echo]) => sum.word(*kind).word(*value).word(*echo),
            // Those that do not count are zero.
            Self::Words(words, _) => words.iter().fold(sum, |sum, word| sum.word(*word)),
        }
    }

    pub(crate) fn write(&self, packets: &mut BytesMut) {
        match self {
            Self::Timestamps(words) => {
                packets.extend_from_slice(words.map(u32::to_ne_bytes).as_flattened());
            }
            Self::Words(words, _) => {
                let octets = words.map(u32::to_ne_bytes);
                let octets = octets.as_flattened();
                packets.extend_from_slice(octets.get(..self.len()).unwrap_or(octets));
            }
        }
    }
}

impl From<List> for Written {
    fn from(list: List) -> Self {
        let (words, _) = list.octets.as_chunks();
        let mut written = [0; MOST / WORD];
        for (place, word) in written.iter_mut().zip(words) {
            *place = u32::from_ne_bytes(*word);
        }
        Self::Words(written, list.len / WORD)
    }
}

/// A list of options that is being written.
pub(crate) struct List {
    octets: [u8; MOST],
    len: usize,
}

impl Default for List {
    fn default() -> Self {
        Self { octets: [0; MOST], len: 0 }
    }
}

impl List {
    fn option(&mut self, kind: OptionKind, data: &[u8]) {
        self.begin(kind, data.len());
        self.put(data);
    }

    /// Kind and length of an option whose data has so many octets (MUST-68).
    fn begin(&mut self, kind: OptionKind, data: usize) {
        let length = u8::try_from(2 + data).unwrap_or_default();
        self.put(&[kind.number(), length]);
    }

    fn no_operations(&mut self, octets: usize) {
        for _ in 0..octets {
            self.put(&[OptionKind::NoOperation.number()]);
        }
    }

    fn put(&mut self, octets: &[u8]) {
        if let Some(room) = self.octets.get_mut(self.len..self.len + octets.len()) {
            room.copy_from_slice(octets);
            self.len += octets.len();
        }
    }
}

/// The options that the engine knows, and the first whose length cannot be. They may stand in any
/// segment (RFC 9293 §3.1: MUST-5).
///
/// What is unknown is skipped (RFC 9293 §3.1: MUST-6). So is a known one of a length that it
/// cannot have; where the length leads nowhere nothing more can be read, but what came before
/// stands, and so does the segment (MUST-7): to throw away the text would let one bad octet stop
/// the connection. Of options that come twice, the last counts.
pub fn from_wire(list: &[u8], options: &mut Options) -> Option<IllegalOption> {
    *options = Options::NONE;
    if take_usual(list, options) {
        return None;
    }
    let mut illegal = None;
    for option in walk(list) {
        match option {
            Ok(option) => match option.illegal() {
                None => take(options, option.kind, option.data(list)),
                Some(this) => illegal = illegal.or(Some(this)),
            },
            Err(this) => illegal = illegal.or(Some(this)),
        }
    }
    illegal
}

/// Takes the whole list, where it is that of nearly all segments of today: timestamps, and perhaps
/// SACK blocks behind them. Says whether it is.
fn take_usual(list: &[u8], options: &mut Options) -> bool {
    let (words, []) = list.as_chunks::<WORD>() else { return false };
    let [ALIGNED_TIMESTAMPS, value, echo, sack @ ..] = words else { return false };
    let blocks = match sack {
        [] => &[],
        [[1, 1, 5, length], blocks @ ..] if usize::from(*length) == 2 + WORD * blocks.len() => {
            let (blocks @ [_, ..], []) = blocks.as_chunks::<2>() else { return false };
            blocks
        }
        _ => return false,
    };
    let number = |word: &[u8; WORD]| u32::from_be_bytes(*word);
    options.timestamps = Some(Timestamps { value: number(value), echo: number(echo) });
    for [left, right] in blocks {
        options.sack.push(SeqNumber::new(number(left)), SeqNumber::new(number(right)));
    }
    true
}

/// Takes one option whose length is legal.
fn take(options: &mut Options, kind: OptionKind, data: &[u8]) {
    match kind {
        // These two and the next are what every TCP knows (RFC 9293 §3.1: MUST-4).
        OptionKind::EndOfList | OptionKind::NoOperation => {}
        OptionKind::MaximumSegmentSize => {
            options.mss = data.first_chunk().map(|mss| u16::from_be_bytes(*mss));
        }
        OptionKind::WindowScale => options.window_scale = data.first().copied(),
        OptionKind::SackPermitted => options.sack_permitted = true,
        OptionKind::Sack => options.sack = sack_blocks(data),
        OptionKind::Timestamps => {
            let word = |at| data.get(at..)?.first_chunk().map(|word| u32::from_be_bytes(*word));
            if let (Some(value), Some(echo)) = (word(0), word(4)) {
                options.timestamps = Some(Timestamps { value, echo });
            }
        }
        OptionKind::FastOpen => options.fast_open = FastOpenCookie::new(data),
        // An experiment of another's, or a cookie of a wrong length, is unknown (RFC 6994 §3).
        OptionKind::Other(EXPERIMENTAL) => {
            if let Some(cookie) = data.strip_prefix(&FAST_OPEN_MAGIC)
                && let Some(cookie) = FastOpenCookie::new(cookie)
            {
                options.fast_open = Some(cookie);
            }
        }
        OptionKind::Other(_) => {}
    }
}

fn sack_blocks(data: &[u8]) -> SackBlocks {
    let mut blocks = SackBlocks::NONE;
    for block in data.chunks_exact(BLOCK) {
        let edge =
            |octets: &[u8]| octets.iter().fold(0_u32, |edge, octet| edge << 8 | u32::from(*octet));
        let (left, right) = block.split_at(BLOCK / 2);
        blocks.push(SeqNumber::new(edge(left)), SeqNumber::new(edge(right)));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn illegal(kind: u8, length: Option<u8>, at: usize) -> Option<IllegalOption> {
        Some(IllegalOption { kind: OptionKind::from_number(kind), length, at })
    }

    fn sack<const N: usize>(blocks: [(u32, u32); N]) -> SackBlocks {
        let mut taken = SackBlocks::NONE;
        for (left, right) in blocks {
            assert!(taken.push(SeqNumber::new(left), SeqNumber::new(right)));
        }
        taken
    }

    fn read(list: &[u8]) -> (Options, Option<IllegalOption>) {
        // What was there before is of no matter.
        let mut options = Options { window_scale: Some(3), ..MSS };
        let illegal = from_wire(list, &mut options);
        (options, illegal)
    }

    fn octets(options: &Options) -> BytesMut {
        let mut octets = BytesMut::new();
        let written = to_wire(options);
        written.write(&mut octets);
        assert_eq!(written.len(), octets.len());
        let sum = written.add_to(Sum::ZERO).complement();
        assert_eq!(sum, Sum::ZERO.octets(&octets).complement());
        octets
    }

    const MSS: Options = Options { mss: Some(1460), ..Options::NONE };
    const TIMESTAMPS: Option<Timestamps> =
        Some(Timestamps { value: 0x0102_0304, echo: 0x0506_0708 });

    /// End of list, no-operation and MSS (MUST-4), at any alignment (MUST-64); unknown ones
    /// (MUST-6) and illegal lengths (MUST-7).
    #[test]
    fn what_is_unknown_is_skipped_and_what_is_illegal_is_survived() {
        // (list, MSS, the first illegal one)
        let cases: &[(&[u8], Option<u16>, Option<IllegalOption>)] = &[
            (&[], None, None),
            (&[2, 4, 5, 180], Some(1460), None),
            // At any alignment.
            (&[1, 2, 4, 5, 180, 0, 0, 0], Some(1460), None),
            (&[1, 1, 1, 2, 4, 2, 24, 0], Some(536), None),
            // After the end of the list nothing counts, whatever it looks like.
            (&[0, 2, 4, 5, 180, 0, 0, 0], None, None),
            (&[0, 2, 0, 0], None, None),
            // Unknown options are skipped by their length.
            (&[254, 4, 9, 9, 2, 4, 5, 180], Some(1460), None),
            (&[19, 3, 7, 30, 2, 2, 4, 5, 180, 1, 1, 1], Some(1460), None),
            (&[253, 2, 253, 2], None, None),
            // A known one of a wrong length is skipped too.
            (&[2, 3, 5, 2, 4, 5, 180, 0], Some(1460), illegal(2, Some(3), 0)),
            (&[2, 5, 5, 180, 1, 1, 1, 1], None, illegal(2, Some(5), 0)),
            (&[4, 3, 0, 2, 4, 5, 180, 0], Some(1460), illegal(4, Some(3), 0)),
            (&[3, 4, 1, 1, 2, 4, 5, 180], Some(1460), illegal(3, Some(4), 0)),
            (&[5, 2, 2, 4, 5, 180, 0, 0], Some(1460), illegal(5, Some(2), 0)),
            (&[5, 6, 1, 2, 3, 4, 2, 4, 5, 180, 0, 0], Some(1460), illegal(5, Some(6), 0)),
            (&[8, 6, 1, 2, 3, 4, 2, 4, 5, 180, 0, 0], Some(1460), illegal(8, Some(6), 0)),
            (&[34, 4, 1, 2, 2, 4, 5, 180], Some(1460), illegal(34, Some(4), 0)),
            (&[34, 7, 1, 2, 3, 4, 5, 2, 4, 5, 180, 0], Some(1460), illegal(34, Some(7), 0)),
            // Lengths that lead nowhere: what came before stands.
            (&[2, 4, 5, 180, 254, 0, 0, 0], Some(1460), illegal(254, Some(0), 4)),
            (&[254, 1, 2, 4, 5, 180, 0, 0], None, illegal(254, Some(1), 0)),
            (&[2, 0, 5, 180], None, illegal(2, Some(0), 0)),
            (&[1, 1, 2, 4], None, illegal(2, Some(4), 2)),
            (&[1, 1, 1, 254], None, illegal(254, None, 3)),
            (&[254, 255, 1, 1], None, illegal(254, Some(255), 0)),
            // Only the first is told.
            (&[3, 2, 4, 0], None, illegal(3, Some(2), 0)),
            // The last MSS counts.
            (&[2, 4, 0, 1, 2, 4, 0, 2], Some(2), None),
        ];
        for (list, mss, stopped) in cases {
            let expected = Options { mss: *mss, ..Options::NONE };
            assert_eq!(read(list), (expected, *stopped), "{list:?}");
        }
    }

    /// All but the first two kinds carry a length (MUST-68), and the list fills whole words
    /// (MUST-69). Segments that are no SYN have options too (MUST-5).
    #[test]
    fn each_option_stands_where_others_expect_it() {
        let four = sack([(1, 2), (3, 4), (5, 6), (0xffff_ffff, 7)]);
        let cookie = FastOpenCookie::new(&[9, 8, 7, 6, 5, 4]);
        #[rustfmt::skip]
        let cases: &[(Options, &[u8])] = &[
            (Options::NONE, &[]),
            (MSS, &[2, 4, 5, 180]),
            (Options { sack_permitted: true, ..MSS }, &[2, 4, 5, 180, 1, 1, 4, 2]),
            (Options { window_scale: Some(7), ..MSS }, &[2, 4, 5, 180, 1, 3, 3, 7]),
            // A SYN of today.
            (
                Options { sack_permitted: true, timestamps: TIMESTAMPS, window_scale: Some(6), ..MSS },
                &[2, 4, 5, 180, 4, 2, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 3, 3, 6],
            ),
            (
                Options { timestamps: TIMESTAMPS, ..MSS },
                &[2, 4, 5, 180, 1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8],
            ),
            // Any other segment of today.
            (
                Options { timestamps: TIMESTAMPS, ..Options::NONE },
                &[1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8],
            ),
            (
                Options { timestamps: TIMESTAMPS, sack: sack([(256, 512)]), ..Options::NONE },
                &[1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1, 5, 10, 0, 0, 1, 0, 0, 0, 2, 0],
            ),
            (
                Options { sack: four, ..Options::NONE },
                &[
                    1, 1, 5, 34, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4,
                    0, 0, 0, 5, 0, 0, 0, 6, 255, 255, 255, 255, 0, 0, 0, 7,
                ],
            ),
            // Fast Open: the request, and a cookie.
            (
                Options { fast_open: Some(FastOpenCookie::REQUEST), ..MSS },
                &[2, 4, 5, 180, 34, 2, 1, 1],
            ),
            (
                Options { fast_open: cookie, ..Options::NONE },
                &[34, 8, 9, 8, 7, 6, 5, 4],
            ),
        ];
        for (options, list) in cases {
            assert_eq!(octets(options), *list, "{options:?}");
            assert_eq!(read(list), (*options, None), "{options:?}");
        }
    }

    #[test]
    fn sack_takes_what_room_the_others_leave() {
        let four = sack([(1, 2), (3, 4), (5, 6), (7, 8)]);
        let options = Options { timestamps: TIMESTAMPS, sack: four, ..Options::NONE };
        let (given, _) = read(&octets(&options));
        assert_eq!(given.sack, sack([(1, 2), (3, 4), (5, 6)]));
        assert_eq!(given.timestamps, TIMESTAMPS);

        // The fullest SYN that there can be fills the header, and leaves none.
        let full = Options {
            window_scale: Some(14),
            sack_permitted: true,
            timestamps: TIMESTAMPS,
            fast_open: FastOpenCookie::new(&[7; 16]),
            ..MSS
        };
        let list = octets(&Options { sack: four, ..full });
        assert_eq!((list.len(), read(&list)), (MOST, (full, None)));
    }

    #[test]
    fn fast_open_is_read_under_its_experimental_kind_too() {
        let cases: &[(&[u8], Option<FastOpenCookie>)] = &[
            (&[254, 4, 0xf9, 0x89], Some(FastOpenCookie::REQUEST)),
            (&[254, 8, 0xf9, 0x89, 1, 2, 3, 4], FastOpenCookie::new(&[1, 2, 3, 4])),
            // Another's experiment, and cookies of wrong lengths.
            (&[254, 8, 0xf9, 0x88, 1, 2, 3, 4], None),
            (&[254, 3, 0xf9, 0], None),
            (&[254, 6, 0xf9, 0x89, 1, 2, 1, 1], None),
            (&[254, 9, 0xf9, 0x89, 1, 2, 3, 4, 5, 0, 0, 0], None),
        ];
        for (list, cookie) in cases {
            assert_eq!(read(list).0.fast_open, *cookie, "{list:?}");
        }
    }
}
