//! What can be asked of `tcpscope render`.

use std::path::{Path, PathBuf};

use lexopt::prelude::*;
use tcpscope_quiz::micros;
use tcpscope_still::View;
use tcpscope_tcp::Instant;
use tcpscope_view::{Numbers, Theme};

use super::{Command, edit, language, one_of};
use crate::render::{Format, Request};

/// What `tcpscope render --help` says.
pub(super) const HELP: &str = "\
tcpscope render: a still of a run, for books, slides and posters

  tcpscope render SCENARIO [options] -o FILE

SCENARIO is a scenario's file or id, a lesson's file or id with --stop, or a link of the page, whole or
from its # on. Ids are looked for in scenarios/ and lessons/.

  -o FILE            where it goes: .svg, .png, .mmd (Mermaid), .txt (as tcpdump prints it), .csv or
                     .json (the log); - or nothing: standard output
  --format FORMAT    svg, png, mermaid, text, csv or json, where the file's name does not say it
  --view VIEW        ladder          the segments between the hosts (if no moment is given)
                     all             the ladder between both ends, and why (if one is)
                     panels          both ends: states, windows, timers, variables
                     states          the state diagram, with the way of both ends
                     plot:sequence, plot:congestion, plot:flight, plot:round-trip,
                     plot:throughput, plot:queue
  --at MOMENT        a time, as in 40ms or 1.2s, a record, as in 12, or a lesson's stop; without it,
                     the whole run as it is when it is over
  --stop STOP        a stop of a lesson, by its id
  --from TIME, --to TIME
                     a part of the run
  --animated         the ladder, playing: an SVG that moves by itself
  --lang en|zh-CN    the language
  --theme light|dark
  --numbers relative|absolute
                     sequence numbers from 0, or as they stand in the header
  --title TEXT       what stands above; if not said, the scenario's title; '' for nothing
  --width N          the width of the figure in pixels
  --height N         the height of the ladder or the plot; a long ladder is drawn smaller
  --scale N          pixels of a PNG for each of the figure's; 2, if not said
  --seed N, --edit EDIT
                     another seed, and what is done to the run, as for `tcpscope run`
  --scenarios FOLDER, --lessons FOLDER
                     where ids are looked for
";

/// Reads what is asked of `render`.
pub(super) fn render(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let (mut request, mut source, mut format) = (Request::default(), None, None);
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Say(HELP)),
            Short('o') | Long("output") => request.output = Some(PathBuf::from(args.value()?)),
            Long("format") => {
                let name = args.value()?.string()?;
                format = Some(one_of(&name, Format::ALL, Format::name, "format")?);
            }
            Long("view") => {
                let name = args.value()?.string()?;
                request.view = Some(one_of(&name, View::ALL, View::name, "view")?);
            }
            Long("at") => request.at = Some(args.value()?.string()?),
            Long("stop") => request.stop = Some(args.value()?.string()?),
            Long("from") => request.part.from = Some(time("--from", &mut args)?),
            Long("to") => request.part.to = Some(time("--to", &mut args)?),
            Long("animated") => request.animated = true,
            Long("lang") => request.locale = Some(language(&mut args)?),
            Long("theme") => {
                let name = args.value()?.string()?;
                request.theme = Some(one_of(&name, Theme::ALL, Theme::name, "theme")?);
            }
            Long("numbers") => {
                let name = args.value()?.string()?;
                request.numbers = Some(one_of(&name, Numbers::ALL, Numbers::name, "numbers")?);
            }
            Long("title") => request.title = Some(args.value()?.string()?),
            Long("width") => request.width = Some(pixels("--width", 320..=8_000, &mut args)?),
            Long("height") => request.height = Some(pixels("--height", 160..=20_000, &mut args)?),
            Long("scale") => request.scale = pixels("--scale", 1..=8, &mut args)?,
            Long("seed") => request.seed = Some(args.value()?.parse()?),
            Long("edit") => request.edits.push(edit(&mut args)?),
            Long("scenarios") => request.scenarios = args.value()?.into(),
            Long("lessons") => request.lessons = args.value()?.into(),
            Value(said) if source.is_none() => source = Some(said.string()?),
            other => return Err(other.unexpected()),
        }
    }
    request.source = source.ok_or_else(|| {
        lexopt::Error::from("render needs a scenario, a lesson or a link".to_owned())
    })?;
    request.format = match format {
        Some(format) => format,
        None => format_of(request.output.as_deref())?,
    };
    if request.animated && request.format != Format::Svg {
        return Err("--animated is an SVG: give -o a name that ends in .svg".to_owned().into());
    }
    if let (Some(from), Some(to)) = (request.part.from, request.part.to)
        && from > to
    {
        return Err("--from is later than --to: nothing is left between them".to_owned().into());
    }
    Ok(Command::Render(request))
}

/// The format that a file's name says.
fn format_of(output: Option<&Path>) -> Result<Format, lexopt::Error> {
    let Some(path) = output.filter(|path| *path != Path::new("-")) else { return Ok(Format::Svg) };
    let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    Format::ALL.into_iter().find(|format| format.endings().contains(&&*ending)).ok_or_else(|| {
        let endings: Vec<String> =
            Format::ALL.iter().map(|format| [".", format.endings()[0]].concat()).collect();
        let known = endings.join(", ");
        format!("{}: its name says no format; there are {known}, or --format", path.display())
            .into()
    })
}

fn time(option: &str, args: &mut lexopt::Parser) -> Result<Instant, lexopt::Error> {
    let text = args.value()?.string()?;
    let micros = micros(&text)
        .ok_or_else(|| format!("{option} is a time, as in 40ms or 1.2s; `{text}` is none"))?;
    Ok(Instant::from_micros(micros))
}

fn pixels(
    option: &str,
    range: std::ops::RangeInclusive<u16>,
    args: &mut lexopt::Parser,
) -> Result<u16, lexopt::Error> {
    let text = args.value()?.string()?;
    let (least, most) = (range.start(), range.end());
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        format!("{option} is a whole number from {least} to {most}; `{text}` is none").into()
    })
}
