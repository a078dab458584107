//! Codes: octets as text that is mailed, said and typed, and that tells when it was cut or changed.
//!
//! ```text
//! q1-04rhg2m7-0b1p3ns8-6e
//! ```
//!
//! A letter says what it is a code of, a number by which rules it is written; then come groups of
//! seven symbols of five bits each, and an eighth that checks them. The symbols are Crockford's: no
//! letter looks like a digit, and capitals are the same. Before the octets stands how many there
//! are, after them a sum over all. A code that was made once is read for ever: a change of what is
//! in one is another version.

mod answers;
mod error;
mod octets;

pub use error::CodeError;

pub(crate) use answers::{read_answer, write_answer};
pub(crate) use octets::{Octets, Written};

/// The rules by which codes are written.
const VERSION: char = '1';

/// No code is longer, in octets of its text.
pub const LONGEST_CODE: usize = 1 << 14;

const SYMBOLS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BITS: u32 = 5;
/// Symbols of a group but for the one that checks them.
const GROUP: usize = 7;

/// The octets as a code of this kind.
pub(crate) fn encode(kind: char, octets: &[u8]) -> String {
    let mut whole = Written::default();
    whole.number(octets.len() as u64);
    let mut whole = whole.into_octets();
    whole.extend_from_slice(octets);
    whole.extend_from_slice(&sum(kind, octets).to_be_bytes());
    let symbols = symbols_of(&whole);
    let mut code = String::from_iter([kind, VERSION]);
    for (nth, group) in (0..).zip(symbols.chunks(GROUP)) {
        code.push('-');
        let check = check(kind, nth, group);
        code.extend(group.iter().chain([&check]).map(|symbol| letter(*symbol)));
    }
    code
}

/// The octets of a code of this kind. Spaces and hyphens are passed over wherever they stand.
pub(crate) fn decode(kind: char, text: &str) -> Result<Vec<u8>, CodeError> {
    if text.len() > LONGEST_CODE {
        return Err(CodeError::TooLong { octets: text.len(), at_most: LONGEST_CODE });
    }
    let written =
        text.char_indices().filter(|(_, letter)| *letter != '-' && !letter.is_whitespace());
    let mut letters = (1..).zip(written).map(|(nth, (_, letter))| (nth, letter));
    match letters.next() {
        Some((_, letter)) if letter.eq_ignore_ascii_case(&kind) => {}
        Some((_, found)) => return Err(CodeError::OtherKind { found, expected: kind }),
        None => return Err(CodeError::Empty),
    }
    match letters.next() {
        Some((_, VERSION)) => {}
        Some((_, found)) => return Err(CodeError::Version { found }),
        None => return Err(CodeError::Cut { symbols: 1, of: None }),
    }
    let mut symbols: Vec<u8> = Vec::new();
    for (at, letter) in letters {
        symbols.push(symbol(letter).ok_or(CodeError::Symbol { at, letter })?);
    }
    let octets = octets_of(kind, &symbols)?;
    let mut read = Octets::new(&octets);
    let length = read.number().and_then(|length| usize::try_from(length).ok());
    let length = length.filter(|length| *length <= LONGEST_CODE);
    // The sum has four octets.
    let whole = length.map(|length| octets.len() - read.left() + length + 4);
    let (Some(length), Some(whole)) = (length, whole) else {
        return Err(CodeError::Cut { symbols: symbols.len() + 2, of: None });
    };
    let needed = symbols_for(whole);
    if symbols.len() < needed {
        return Err(CodeError::Cut { symbols: symbols.len() + 2, of: Some(needed + 2) });
    }
    if symbols.len() > needed {
        return Err(CodeError::TooMuch { from: needed + 3, symbols: symbols.len() + 2 });
    }
    let start = whole - length - 4;
    let body = octets.get(start..start + length).unwrap_or_default();
    let told = octets.get(start + length..whole).unwrap_or_default();
    if told != sum(kind, body).to_be_bytes() {
        return Err(CodeError::Sum);
    }
    Ok(body.to_vec())
}

/// The octets of groups of symbols, as far as they go; each group is checked.
fn octets_of(kind: char, symbols: &[u8]) -> Result<Vec<u8>, CodeError> {
    let mut octets = Vec::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for (nth, group) in (0..).zip(symbols.chunks(GROUP + 1)) {
        let Some((told, data)) = group.split_last() else { continue };
        if check(kind, nth, data) != *told {
            let first = nth as usize * (GROUP + 1);
            let damaged = CodeError::Damaged { from: first + 3, to: first + group.len() + 2 };
            // The last group of a code that was cut, or that has something after it, is no group.
            return Err(match length_trouble(&octets, first + group.len(), symbols.len()) {
                Some(trouble) => trouble,
                None => damaged,
            });
        }
        for symbol in data {
            held = held << BITS | u32::from(*symbol);
            bits += BITS;
            if bits >= 8 {
                bits -= 8;
                octets.push((held >> bits & 0xff) as u8);
            }
            held &= (1 << bits) - 1;
        }
    }
    Ok(octets)
}

/// That a code is shorter or longer than its first octets tell, as far as it can be the trouble
/// with a group that ends with the symbol `to` of `symbols`.
fn length_trouble(octets: &[u8], to: usize, symbols: usize) -> Option<CodeError> {
    let is_last = to == symbols;
    let mut read = Octets::new(octets);
    let Some(length) = read.number().and_then(|length| usize::try_from(length).ok()) else {
        let is_short = is_last && symbols < GROUP + 1;
        return is_short.then_some(CodeError::Cut { symbols: symbols + 2, of: None });
    };
    let whole = (octets.len() - read.left()).checked_add(length)?.checked_add(4)?;
    let needed = symbols_for(whole.min(LONGEST_CODE));
    if is_last && symbols < needed {
        Some(CodeError::Cut { symbols: symbols + 2, of: Some(needed + 2) })
    } else if needed < to {
        Some(CodeError::TooMuch { from: needed + 3, symbols: symbols + 2 })
    } else {
        None
    }
}

/// How many symbols so many octets take, with those that check them.
fn symbols_for(octets: usize) -> usize {
    let data = (octets * 8).div_ceil(BITS as usize);
    data + data.div_ceil(GROUP)
}

fn symbols_of(octets: &[u8]) -> Vec<u8> {
    let mut symbols = Vec::with_capacity(octets.len() * 2);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for octet in octets {
        held = held << 8 | u32::from(*octet);
        bits += 8;
        while bits >= BITS {
            bits -= BITS;
            symbols.push((held >> bits & 31) as u8);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        symbols.push((held << (BITS - bits) & 31) as u8);
    }
    symbols
}

/// The symbol that checks a group. The weights are odd: so no single symbol can change unseen.
fn check(kind: char, group: u32, symbols: &[u8]) -> u8 {
    let first = group.wrapping_mul(11).wrapping_add(u32::from(kind));
    let sum = (0..).zip(symbols).fold(first, |sum, (place, symbol): (u32, &u8)| {
        sum.wrapping_add((2 * place + 1).wrapping_mul(u32::from(*symbol)))
    });
    (sum & 31) as u8
}

/// FNV-1a over the kind and the octets.
pub(crate) fn sum(kind: char, octets: &[u8]) -> u32 {
    let first = 0x811c_9dc5 ^ u32::from(kind);
    octets.iter().fold(first, |sum, octet| (sum ^ u32::from(*octet)).wrapping_mul(0x0100_0193))
}

fn letter(symbol: u8) -> char {
    char::from(SYMBOLS[usize::from(symbol & 31)])
}

fn symbol(letter: char) -> Option<u8> {
    let plain = match letter.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    let place = SYMBOLS.iter().position(|symbol| char::from(*symbol) == plain)?;
    u8::try_from(place).ok()
}
