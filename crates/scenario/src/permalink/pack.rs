//! Version 2: the text of a link of version 1, packed, for links that are long.
//!
//! ```text
//! v=2&z=<base64url of a zlib stream (RFC 1950)>&lang=zh-CN&theme=dark
//! ```
//!
//! What follows the stream stands as if it were at the end of the text: so language and theme of a
//! link can be changed without unpacking it.
//!
//! The stream carries a checksum of the text: what a mail program cut off or changed is told, and
//! never shown as something else.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec;
use core::fmt;

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::{MAX_LINK_OCTETS, PACKED_VERSION, VERSION, base64, key};
use crate::error::quoted;

/// As small as it gets: links are short, and made when nobody waits.
const LEVEL: u8 = 9;

/// How a text of version 2 begins, after its version.
const FIELD: &str = "z=";

/// Most links are a few times as long as they are packed.
const USUAL_RATIO: usize = 4;

/// What is wrong with the packing of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// After the version stands something else than what was packed.
    NothingPacked {
        /// What stands there.
        text: String,
    },
    /// A character stands there that packing never gives.
    Character {
        /// Where among those that were packed, from 1 on.
        place: usize,
        /// The character.
        character: char,
    },
    /// The end is missing.
    CutOff,
    /// Something else was packed, or it was changed on its way.
    Damaged,
    /// There is more text than a link may have.
    TooLong,
    /// Something follows the end.
    GoesOn {
        /// How many octets.
        octets: usize,
    },
    /// What was packed is itself packed.
    Twice,
}

/// A link of version 2 to the text of one of version 1.
pub(super) fn packed(plain: &str) -> String {
    let stream = compress_to_vec_zlib(plain.as_bytes(), LEVEL);
    format!("{}={PACKED_VERSION}&{FIELD}{}", key::VERSION, base64::encoded(&stream))
}

/// The text of version 1 that a link of version 2 holds, and the fields that stand beside it;
/// `rest` is what follows the version.
pub(super) fn unpacked(rest: &str) -> Result<(String, &str), PackError> {
    let (stream, beside) = rest.split_once('&').unwrap_or((rest, ""));
    let stream = stream.strip_prefix(FIELD);
    let stream = stream.ok_or_else(|| PackError::NothingPacked { text: quoted(rest) })?;
    Ok((inflated(&base64::decoded(stream)?)?, beside))
}

/// What a zlib stream holds. No length in it is believed: room is made as text comes, up to the
/// most that a link may have.
fn inflated(stream: &[u8]) -> Result<String, PackError> {
    let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    let mut text = vec![0; (stream.len() * USUAL_RATIO).clamp(1, MAX_LINK_OCTETS)];
    let (mut read, mut written) = (0, 0);
    loop {
        let rest = stream.get(read..).unwrap_or_default();
        let (status, more, text_more) = decompress(&mut state, rest, &mut text, written, flags);
        (read, written) = (read + more, written + text_more);
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput if text.len() < MAX_LINK_OCTETS => {
                text.resize((text.len() * 2).min(MAX_LINK_OCTETS), 0);
            }
            TINFLStatus::HasMoreOutput => return Err(PackError::TooLong),
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => {
                return Err(PackError::CutOff);
            }
            // No such stream, or not that of its checksum.
            _ => return Err(PackError::Damaged),
        }
    }
    if read < stream.len() {
        return Err(PackError::GoesOn { octets: stream.len() - read });
    }
    text.truncate(written);
    String::from_utf8(text).map_err(|_| PackError::Damaged)
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingPacked { text } => write!(
                f,
                "after {}={PACKED_VERSION} stands {FIELD} with the packed link; here stands \
                 \"{text}\"",
                key::VERSION
            ),
            Self::Character { place, character } => write!(
                f,
                "character {place} of the packed link is '{character}'; only A-Z, a-z, 0-9, - and \
                 _ stand there"
            ),
            Self::CutOff => f.write_str(
                "the end of the link is missing: copy all of it, some programs break long lines",
            ),
            Self::Damaged => f.write_str(
                "the packed link was changed on its way, its checksum does not fit: copy it again \
                 from where it was made",
            ),
            Self::TooLong => write!(
                f,
                "the link is packed, and has more than {MAX_LINK_OCTETS} octets unpacked, the most \
                 it may have"
            ),
            Self::GoesOn { octets } => {
                write!(f, "{octets} octets follow the end of the packed link; it ends before them")
            }
            Self::Twice => {
                write!(f, "the link is packed twice; what is packed is a link of version {VERSION}")
            }
        }
    }
}

impl core::error::Error for PackError {}
