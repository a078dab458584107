//! `tcpscope open`: the TCP conversations in a capture that somebody took.

mod args;
mod conversation;
mod list;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use tcpscope_dissect::{
    CapturedStill, CapturedView, Conversations, Damage, Frame, Gather, Gathered, Observed, Reader,
    Replay, damage_in_words, no_replay_in_words,
};
use tcpscope_view::{Locale, Theme};

pub(crate) use self::args::from_args;

/// How much of a file is read at once.
const CHUNK: usize = 1 << 18;

/// What is asked of `open`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The capture's file.
    pub capture: PathBuf,
    /// Which conversation is looked at, from 1 on; the list, where none is.
    pub conversation: Option<usize>,
    /// The file for the scenario that is made of it, in place of printing.
    pub scenario: Option<PathBuf>,
    /// How it is printed.
    pub format: Format,
    /// The language.
    pub locale: Locale,
    /// Which figure is drawn.
    pub view: CapturedView,
    /// Light or dark, where a figure is drawn.
    pub theme: Theme,
}

/// How a capture is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// A row each.
    #[default]
    Table,
    /// A JSON object each.
    Json,
    /// A figure of one conversation.
    Svg,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Table, Self::Json, Self::Svg];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Svg => "svg",
        }
    }
}

/// Why there is nothing to print.
#[derive(Debug)]
pub enum OpenError {
    /// The file cannot be read.
    Read(PathBuf, io::Error),
    /// There is no such conversation.
    NoSuchConversation {
        /// The one asked for.
        conversation: usize,
        /// How many there are.
        conversations: usize,
    },
    /// No scenario can be made of the conversation; why, in words.
    NoReplay(String),
    /// The scenario's file cannot be written.
    Write(PathBuf, io::Error),
    /// The output cannot be written.
    Output(io::Error),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "{} cannot be read: {error}", path.display()),
            Self::NoSuchConversation { conversation, conversations } => write!(
                f,
                "--conversation {conversation}: the capture has {conversations}, the first is 1"
            ),
            Self::NoReplay(why) => f.write_str(why),
            Self::Write(path, error) => write!(f, "{} cannot be written: {error}", path.display()),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Prints the conversations of a capture, or one of them; says whether the file was whole. What is wrong with it
/// goes to `errors`, as does the progress, where somebody watches.
///
/// # Errors
/// Where the file cannot be read, or the output not be written.
pub fn open(
    request: &Request,
    mut out: impl Write,
    errors: &mut impl Write,
) -> Result<bool, OpenError> {
    let read = match request.conversation {
        None => {
            let mut conversations = Conversations::new();
            let mut note = |frame: &Frame<'_>| {
                conversations.note(frame);
            };
            let read = read(request, errors, &mut note)?;
            let printed = list::Printed { conversations: &conversations, read: &read };
            match request.format {
                Format::Table | Format::Svg => printed.table(request.locale, &mut out)?,
                Format::Json => printed.json(request.locale, &mut out)?,
            }
            read
        }
        Some(wanted) => {
            let mut gather = Gather::new(wanted.wrapping_sub(1));
            let read = read(request, errors, &mut |frame| gather.note(frame))?;
            let conversations = gather.conversations();
            let none = OpenError::NoSuchConversation { conversation: wanted, conversations };
            let gathered = gather.finish().ok_or(none)?;
            match &request.scenario {
                Some(path) => write_scenario(&gathered, path, request.locale)?,
                None if request.format == Format::Svg => {
                    out.write_all(drawn(&gathered, request).as_bytes())?;
                }
                None => conversation::Printed::of(wanted, &gathered).print(request, &mut out)?,
            }
            read
        }
    };
    out.flush()?;
    if let Some(damage) = read.damage {
        let text = damage_in_words(damage, request.locale);
        writeln!(errors, "tcpscope: {}: {text}", request.capture.display())?;
    }
    Ok(read.damage.is_none())
}

/// The figure that is asked for.
fn drawn(gathered: &Gathered, request: &Request) -> String {
    let observed = Observed::of(gathered);
    let Request { view, locale, theme, .. } = *request;
    CapturedStill { gathered, observed: &observed, view, locale, theme }.svg()
}

/// Writes what the applications of a conversation did as a scenario.
fn write_scenario(gathered: &Gathered, path: &Path, locale: Locale) -> Result<(), OpenError> {
    let replay = Replay::of(gathered, &Observed::of(gathered));
    let replay = replay.map_err(|why| OpenError::NoReplay(no_replay_in_words(&why, locale)))?;
    let text = replay.scenario.to_json() + "\n";
    fs::write(path, text).map_err(|error| OpenError::Write(path.to_path_buf(), error))
}

/// How far a file was read.
pub(crate) struct WasRead {
    frames: u64,
    octets: u64,
    damage: Option<Damage>,
}

/// Reads the whole file, or up to its damage.
fn read(
    request: &Request,
    errors: &mut impl Write,
    each: &mut dyn FnMut(&Frame<'_>),
) -> Result<WasRead, OpenError> {
    let failed = |error| OpenError::Read(request.capture.clone(), error);
    let mut file = File::open(&request.capture).map_err(failed)?;
    let whole = file.metadata().map_or(0, |about| about.len());
    let mut progress = Progress::of(whole);
    let mut reader = Reader::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = match file.read(&mut chunk) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(failed(error)),
        };
        let octets = chunk.get(..count).unwrap_or_default();
        if octets.is_empty() || reader.read(octets, each).is_err() {
            break;
        }
        progress.tell(reader.octets(), errors)?;
    }
    progress.end(errors)?;
    let (frames, octets) = (reader.frames(), reader.octets());
    Ok(WasRead { frames, octets, damage: reader.finish().err() })
}

/// How far a large file is read, told to whoever watches.
struct Progress {
    whole: u64,
    told: Option<u64>,
}

/// A file that is shorter is read before anybody asks.
const WORTH_TELLING: u64 = 1 << 26;

impl Progress {
    fn of(whole: u64) -> Self {
        let watched = whole >= WORTH_TELLING && io::stderr().is_terminal();
        Self { whole, told: watched.then_some(0) }
    }

    fn tell(&mut self, octets: u64, to: &mut impl Write) -> io::Result<()> {
        let percent = octets.saturating_mul(100) / self.whole.max(1);
        match &mut self.told {
            Some(told) if *told != percent => {
                *told = percent;
                write!(to, "\r{percent:3} %")?;
                to.flush()
            }
            _ => Ok(()),
        }
    }

    fn end(&self, to: &mut impl Write) -> io::Result<()> {
        if self.told.is_some() { write!(to, "\r     \r") } else { Ok(()) }
    }
}
