//! `tcpscope packetdrill`: a script run against our TCP, line by line.

pub(crate) mod args;

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use tcpscope_packetdrill::{Fault, Mismatch, Script, play};

/// What is asked of `packetdrill`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The script's file.
    pub script: PathBuf,
    /// Whether only what does not match is told.
    pub quiet: bool,
    /// How early or late something may be, in microseconds, whatever the script says.
    pub tolerance: Option<u64>,
}

/// What is wrong with a script, or does not happen as it says.
#[derive(Debug)]
pub enum PacketdrillError {
    /// The file cannot be read.
    Read(PathBuf, io::Error),
    /// It is no script, or says what a simulation cannot mean.
    Script(PathBuf, Vec<Fault>),
    /// Something does not happen as the script says.
    Mismatch(PathBuf, Box<Mismatch>),
    /// What is printed cannot be.
    Output(io::Error),
}

impl fmt::Display for PacketdrillError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => {
                write!(f, "the script {} cannot be read: {error}", path.display())
            }
            Self::Script(path, faults) => {
                for fault in faults {
                    writeln!(f, "{}:{fault}", path.display())?;
                }
                let outside = faults.iter().filter(|fault| fault.is_outside).count();
                write!(f, "nothing was run: {} wrong, {outside} outside", faults.len() - outside)
            }
            Self::Mismatch(path, mismatch) => write!(f, "{}:{mismatch}", path.display()),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl std::error::Error for PacketdrillError {}

/// More than any script has.
const LONGEST: u64 = 2 << 20;

/// Runs the script, and prints to `out` what happened as it says.
///
/// # Errors
/// What is wrong with the script, or what did not happen as it says.
pub fn packetdrill(request: &Request, mut out: impl Write) -> Result<(), PacketdrillError> {
    let path = || request.script.clone();
    let mut text = String::new();
    File::open(&request.script)
        .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
        .map_err(|error| PacketdrillError::Read(path(), error))?;
    let mut script =
        Script::from_text(&text).map_err(|faults| PacketdrillError::Script(path(), faults))?;
    if let Some(tolerance) = request.tolerance {
        script.settings.tolerance = tolerance;
    }
    let played = play(&script);
    let print = |out: &mut dyn Write| -> io::Result<()> {
        for matched in &played.matched {
            let micros = matched.at.as_micros();
            let (line, seconds) = (matched.place.line, micros / 1_000_000);
            let said = text.get(matched.span.clone()).unwrap_or_default();
            let said: Vec<&str> = said.split_whitespace().collect();
            let said = said.join(" ");
            writeln!(out, "{line:>5}  {seconds:>5}.{:06}  ok  {said}", micros % 1_000_000)?;
        }
        Ok(())
    };
    if !request.quiet {
        print(&mut out).and_then(|()| out.flush()).map_err(PacketdrillError::Output)?;
    }
    if let Some(mismatch) = played.mismatch {
        return Err(PacketdrillError::Mismatch(path(), mismatch));
    }
    let count = script.events.len();
    writeln!(out, "{}: all {count} events happen as the script says", request.script.display())
        .and_then(|()| out.flush())
        .map_err(PacketdrillError::Output)
}
