//! Numbers as octets and back.

/// Octets that are being written.
#[derive(Debug, Default)]
pub(crate) struct Written(Vec<u8>);

impl Written {
    pub(crate) fn octet(&mut self, octet: u8) {
        self.0.push(octet);
    }

    /// A number, seven bits an octet, the low ones first.
    pub(crate) fn number(&mut self, mut number: u64) {
        loop {
            let low = (number & 0x7f) as u8;
            number >>= 7;
            self.0.push(if number == 0 { low } else { low | 0x80 });
            if number == 0 {
                return;
            }
        }
    }

    /// A text of at most so many characters: how many octets, then these. Characters that control
    /// how others are shown are left out.
    pub(crate) fn text(&mut self, text: &str, at_most: usize) {
        let plain = text.chars().filter(|letter| !is_control(*letter)).take(at_most);
        let text: String = plain.collect();
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn into_octets(self) -> Vec<u8> {
        self.0
    }
}

/// Octets that are being read.
#[derive(Debug)]
pub(crate) struct Octets<'a>(&'a [u8]);

impl<'a> Octets<'a> {
    pub(crate) const fn new(octets: &'a [u8]) -> Self {
        Self(octets)
    }

    pub(crate) const fn left(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn octet(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number as [`Written::number`] writes it; each in one way only.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let octet = self.octet()?;
            let part = u64::from(octet & 0x7f);
            if part << shift >> shift != part || (octet == 0 && shift > 0) {
                return None;
            }
            number |= part << shift;
            if octet & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A number no larger than a bound.
    pub(crate) fn at_most(&mut self, most: usize) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|number| *number <= most)
    }

    /// A text as [`Written::text`] writes it.
    pub(crate) fn text(&mut self, at_most: usize) -> Option<String> {
        let length = self.at_most(self.0.len())?;
        let (text, rest) = self.0.split_at_checked(length)?;
        let text = std::str::from_utf8(text).ok()?;
        if text.chars().count() > at_most || text.contains(is_control) {
            return None;
        }
        self.0 = rest;
        Some(text.to_owned())
    }

    /// A number of 32 bits.
    pub(crate) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }
}

/// Whether a character is none, but tells how others are shown: line ends, escapes, and those that
/// turn the direction of writing.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
