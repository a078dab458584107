//! What can be wrong with a capture's file.

/// The first place where a file stops being a capture. What stands before it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The octet of the file where the record begins that cannot be read.
    pub at: u64,
    /// What is wrong with it.
    pub what: Flaw,
}

/// What is wrong with a record of a capture's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The file begins as neither pcap nor pcapng does.
    NotACapture,
    /// The file ends within the record.
    CutShort {
        /// The octets that the record has.
        needed: u64,
        /// Those that are there.
        found: u64,
    },
    /// The record says that it holds more than any such record does.
    TooLong {
        /// The octets that it says.
        length: u64,
        /// The most that are believed.
        most: u64,
    },
    /// A block of pcapng is shorter than its own fields, or no multiple of four octets.
    UnevenBlock {
        /// The octets that it says that it has.
        length: u64,
    },
    /// A block of pcapng gives another length at its end than at its beginning.
    LengthsDiffer {
        /// At its beginning.
        first: u64,
        /// At its end.
        last: u64,
    },
    /// A packet is longer than the block of pcapng that it lies in.
    OverrunsBlock {
        /// The packet's octets.
        packet: u64,
        /// The octets that the block has room for.
        room: u64,
    },
    /// A packet is of an interface that was not described before.
    NoSuchInterface {
        /// The interface, counted from 0 in its section.
        interface: u32,
    },
    /// A section of pcapng begins without the number that tells its order of octets.
    NoByteOrder,
    /// The file is of a version that is not known.
    Version {
        /// The major number.
        major: u16,
    },
    /// An interface counts time in units that are finer than there is room for.
    Resolution {
        /// `if_tsresol`, as it stands in the file.
        exponent: u8,
    },
}

impl Flaw {
    /// Its name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotACapture => "not-a-capture",
            Self::CutShort { .. } => "cut-short",
            Self::TooLong { .. } => "too-long",
            Self::UnevenBlock { .. } => "uneven-block",
            Self::LengthsDiffer { .. } => "lengths-differ",
            Self::OverrunsBlock { .. } => "overruns-block",
            Self::NoSuchInterface { .. } => "no-such-interface",
            Self::NoByteOrder => "no-byte-order",
            Self::Version { .. } => "version",
            Self::Resolution { .. } => "resolution",
        }
    }
}
