//! `tcpscope drive`: one host, scripted over JSON lines.
//!
//! A program on the other side makes the socket calls, delivers the packets and moves the clock;
//! the host does what TCP does, in virtual time. One request a line (`request`), one reply a
//! line (`reply`), in order. Nothing here reads a clock or draws an unseeded number, so that
//! the same lines give the same replies, byte for byte.

mod config;
mod hex;
mod lines;
mod option;
mod reply;
mod request;
mod session;
mod value;

use std::io::{self, BufRead, Write};

use lines::{Line, Lines};
use request::Request;
pub use session::Session;

/// The longest line that is read, in octets: 8 MB of data in one call.
pub const LONGEST_LINE: usize = 16 << 20;

/// Answers every line of `input` on `output` until the input ends.
///
/// # Errors
/// Whatever keeps `input` from being read or `output` from being written.
pub fn drive(input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut lines = Lines::new(input, LONGEST_LINE);
    let mut session = Session::default();
    let mut reply = Vec::new();
    loop {
        reply.clear();
        match lines.next()? {
            Line::End => return Ok(()),
            Line::Whole(line) => session.answer(line, &mut reply),
            Line::TooLong => {
                session.refuse(&format!("the line has over {LONGEST_LINE} octets"), &mut reply);
            }
        }
        reply.push(b'\n');
        output.write_all(&reply)?;
        output.flush()?;
    }
}

impl Session {
    /// Answers one line, without its end, by appending one JSON object to `reply`.
    pub fn answer(&mut self, line: &[u8], reply: &mut Vec<u8>) {
        match Request::read(line) {
            Ok(request) => self.carry_out(request, reply),
            Err(detail) => self.refuse(&detail, reply),
        }
    }
}
