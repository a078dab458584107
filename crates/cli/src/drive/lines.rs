//! Lines, none of which can use up the memory.

use std::io::{self, BufRead};

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// A line without its end.
    Whole(&'a [u8]),
    /// A line of more octets than are kept.
    TooLong,
    /// The input is over.
    End,
}

/// The lines of an input. The last may lack its end.
pub(super) struct Lines<R> {
    input: R,
    longest: usize,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(super) const fn new(input: R, longest: usize) -> Self {
        Self { input, longest, line: Vec::new() }
    }

    pub(super) fn next(&mut self) -> io::Result<Line<'_>> {
        self.line.clear();
        let (mut begun, mut too_long) = (false, false);
        loop {
            let octets = match self.input.fill_buf() {
                Ok(octets) => octets,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let at_end = octets.is_empty();
            begun |= !at_end;
            let end = octets.iter().position(|octet| *octet == b'\n');
            let part = octets.get(..end.unwrap_or(octets.len())).unwrap_or_default();
            if self.line.len() + part.len() > self.longest {
                too_long = true;
                // Nobody will read it: its room is given back, and the rest only counted off.
                self.line = Vec::new();
            }
            if !too_long {
                self.line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.input.consume(used);
            if end.is_some() || at_end {
                break;
            }
        }
        Ok(if !begun {
            Line::End
        } else if too_long {
            Line::TooLong
        } else {
            Line::Whole(&self.line)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_they_end() {
        // Small buffers, so that lines are read in parts.
        let input = b"one\n\nthree is long\nfour!\nfive5\nsix";
        for capacity in 1..input.len() + 1 {
            let mut lines = Lines::new(io::BufReader::with_capacity(capacity, &input[..]), 5);
            assert_eq!(lines.next().unwrap(), Line::Whole(b"one"));
            assert_eq!(lines.next().unwrap(), Line::Whole(b""));
            assert_eq!(lines.next().unwrap(), Line::TooLong);
            assert_eq!(lines.next().unwrap(), Line::Whole(b"four!"));
            assert_eq!(lines.next().unwrap(), Line::Whole(b"five5"));
            assert_eq!(lines.next().unwrap(), Line::Whole(b"six"));
            assert_eq!(lines.next().unwrap(), Line::End);
            assert_eq!(lines.next().unwrap(), Line::End);
        }
    }

    #[test]
    fn a_line_without_end_keeps_nothing() {
        let endless = io::Read::take(io::repeat(b'x'), 10 << 20);
        let mut lines = Lines::new(io::BufReader::new(endless), 1 << 10);
        assert_eq!(lines.next().unwrap(), Line::TooLong);
        assert_eq!(lines.line.capacity(), 0);
    }
}
