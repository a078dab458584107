//! `tcpscope render`: a still of a run, or its events as text for other programs.

mod png;
mod source;

use std::fmt;
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use tcpscope_scenario::{LinkEdit, LinkError};
use tcpscope_still::{Part, Still, View, csv, json, mermaid, tcpdump};
use tcpscope_view::{Locale, Numbers, Theme};

pub use self::png::PngError;
use self::source::Source;
use crate::run::RunError;

/// What is asked of `render`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// A file, an id or a link.
    pub source: String,
    /// A lesson's stop.
    pub stop: Option<String>,
    /// A moment: a time, a record or a stop.
    pub at: Option<String>,
    /// A part of the run.
    pub part: Part,
    /// What is shown; `None`: what is most useful.
    pub view: Option<View>,
    /// Whether it moves.
    pub animated: bool,
    /// How it is written.
    pub format: Format,
    /// Where it goes; `None` or `-`: to standard output.
    pub output: Option<PathBuf>,
    /// The language; `None`: the link's, or English.
    pub locale: Option<Locale>,
    /// Light or dark; `None`: the link's, or light.
    pub theme: Option<Theme>,
    /// Which sequence numbers; `None`: the link's, or relative.
    pub numbers: Option<Numbers>,
    /// What stands above; `None`: the title of what is shown.
    pub title: Option<String>,
    /// The width of the figure.
    pub width: Option<u16>,
    /// The height of the ladder or the plot.
    pub height: Option<u16>,
    /// Pixels of a PNG for each of the figure's.
    pub scale: u16,
    /// Another seed.
    pub seed: Option<u64>,
    /// What is done to the run, in order.
    pub edits: Vec<LinkEdit>,
    /// Where scenarios' ids are looked for.
    pub scenarios: PathBuf,
    /// Where lessons' ids are looked for.
    pub lessons: PathBuf,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            source: String::new(),
            stop: None,
            at: None,
            part: Part::default(),
            view: None,
            animated: false,
            format: Format::default(),
            output: None,
            locale: None,
            theme: None,
            numbers: None,
            title: None,
            width: None,
            height: None,
            scale: 2,
            seed: None,
            edits: Vec::new(),
            scenarios: PathBuf::from("scenarios"),
            lessons: PathBuf::from("lessons"),
        }
    }
}

/// How a still is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// A drawing.
    #[default]
    Svg,
    /// A picture.
    Png,
    /// A sequence diagram of Mermaid.
    Mermaid,
    /// As tcpdump prints it.
    Text,
    /// The log as a table.
    Csv,
    /// The log as objects.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Svg, Self::Png, Self::Mermaid, Self::Text, Self::Csv, Self::Json];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Mermaid => "mermaid",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// How files of it end, the usual way first.
    #[must_use]
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Svg => &["svg"],
            Self::Png => &["png"],
            Self::Mermaid => &["mmd", "mermaid"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
            Self::Json => &["json"],
        }
    }
}

/// Why nothing was drawn.
#[derive(Debug)]
pub enum RenderError {
    /// The run cannot be made, or what is printed cannot be.
    Run(RunError),
    /// There is no file, scenario or lesson of this name.
    NoSuchSource {
        /// What was asked for.
        name: String,
        /// Where it was looked for.
        looked: Vec<PathBuf>,
    },
    /// The link is none.
    Link(LinkError),
    /// The lesson cannot be read: the first thing that is wrong with it.
    Lesson(PathBuf, String),
    /// A lesson has no such stop, or none was named.
    NoSuchStop {
        /// The one that was asked for.
        stop: Option<String>,
        /// Those there are.
        known: Vec<String>,
    },
    /// A scenario has no stops.
    StopOfNoLesson,
    /// A moment that is none.
    NoMoment {
        /// What was asked for.
        at: String,
        /// How many records the run has.
        records: usize,
    },
    /// A picture goes to no terminal.
    Terminal,
    /// It cannot be made a picture.
    Png(PngError),
    /// A file cannot be written.
    Write(PathBuf, std::io::Error),
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(error) => error.fmt(f),
            Self::NoSuchSource { name, looked } => {
                write!(f, "there is no `{name}`: neither a file nor")?;
                for (place, path) in looked.iter().enumerate() {
                    let or = if place > 0 { " or" } else { "" };
                    write!(f, "{or} {}", path.display())?;
                }
                Ok(())
            }
            Self::Link(error) => write!(f, "the link: {error}"),
            Self::Lesson(path, wrong) => write!(f, "{}:{wrong}", path.display()),
            Self::NoSuchStop { stop, known } => {
                match stop {
                    Some(stop) => write!(f, "the lesson has no stop `{stop}`")?,
                    None => write!(f, "a lesson needs --stop")?,
                }
                write!(f, "; its stops are {}", known.join(", "))
            }
            Self::StopOfNoLesson => {
                f.write_str("--stop is about a lesson, and this is a scenario: --at says a moment")
            }
            Self::NoMoment { at, records } => write!(
                f,
                "--at {at}: it is a time, as in 40ms, a record from 0 to {}, or a lesson's stop",
                records.saturating_sub(1)
            ),
            Self::Terminal => f.write_str("a PNG is no text for a terminal: add -o FILE.png"),
            Self::Png(error) => error.fmt(f),
            Self::Write(path, error) => write!(f, "{} cannot be written: {error}", path.display()),
        }
    }
}

impl std::error::Error for RenderError {}

impl From<RunError> for RenderError {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

/// Draws what is asked for, into its file or to `out`.
///
/// # Errors
/// What is wrong with the request, the run or the file.
pub fn render(request: &Request, mut out: impl Write) -> Result<(), RenderError> {
    let file = request.output.as_deref().filter(|path| *path != Path::new("-"));
    if file.is_none() && request.format == Format::Png && std::io::stdout().is_terminal() {
        return Err(RenderError::Terminal);
    }
    let source = Source::of(request)?;
    let made = made(request, &source)?;
    match file {
        Some(path) => {
            fs::write(path, made).map_err(|error| RenderError::Write(path.to_path_buf(), error))
        }
        None => {
            let written = out.write_all(&made).and_then(|()| out.flush());
            written.map_err(|error| RunError::Output(error).into())
        }
    }
}

/// The file's contents.
fn made(request: &Request, source: &Source) -> Result<Vec<u8>, RenderError> {
    let trace = source.trace();
    let locale = request.locale.or(source.locale).unwrap_or_default();
    let numbers = request.numbers.or(source.numbers).unwrap_or_default();
    let part = request.part;
    let moment = source.moment(request.at.as_deref())?;
    let title = request.title.clone().unwrap_or_else(|| source.title(locale));
    let view = request.view.or(source.view);
    let still = Still {
        view: view.unwrap_or(if moment.is_some() { View::All } else { View::Ladder }),
        moment,
        part,
        selection: source.selection,
        locale,
        theme: request.theme.or(source.theme).unwrap_or_default(),
        numbers,
        width: request.width.map(f64::from),
        height: request.height.map(f64::from),
        title: Some(title.clone()),
        ..Still::of(trace)
    };
    let text = match request.format {
        Format::Svg if request.animated => still.animated(),
        Format::Svg => still.svg(),
        Format::Png => {
            return png::png(&still.svg(), request.scale, locale).map_err(RenderError::Png);
        }
        Format::Mermaid => mermaid(trace, part, Some(&title), (locale, numbers)),
        Format::Text => tcpdump(trace, part),
        Format::Csv => csv(trace, part, locale, numbers),
        Format::Json => json(trace, part, locale),
    };
    Ok(text.into_bytes())
}
