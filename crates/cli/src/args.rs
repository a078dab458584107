//! The command line: what can be asked for.

mod stills;

use std::fmt;
use std::path::PathBuf;

use lexopt::prelude::*;
use tcpscope_capture::LinkType;
use tcpscope_quiz::{Results, Round};
use tcpscope_scenario::LinkEdit;
use tcpscope_view::{Locale, Numbers};

use crate::{check, mdbook, open, packetdrill, quiz, render, run};

/// What `tcpscope --help` says.
pub const HELP: &str = "\
tcpscope: a TCP that you can see

  tcpscope drive
        One host, driven by a program: it reads a JSON request a line from standard input, and
        writes a JSON reply a line to standard output. `tcpscope drive --help` lists the requests.

  tcpscope run SCENARIO [--format FORMAT] [--at PLACE] [--pcapng FILE]
        A scenario from its first call to its end: printed, and written as a capture.
        `tcpscope run --help` says more.

  tcpscope render SCENARIO [--at MOMENT] [--view VIEW] [-o FILE]
        A still of a run, for books, slides and posters: SVG or PNG; or Mermaid, text, CSV, JSON.
        `tcpscope render --help` says more.

  tcpscope check FILE…
        Lessons: run, and all that is wrong with them said, with line and column.
        `tcpscope check --help` says more.

  tcpscope quiz SCENARIO [--at MOMENT] [--question N --answer TEXT]
        What can be asked about a moment of a run, and an answer graded by what follows.
        `tcpscope quiz --help` says more.

  tcpscope open CAPTURE [--conversation N] [--format table|json]
        The TCP conversations in a pcap or pcapng file, or what can be known of one of them.
        `tcpscope open --help` says more.

  tcpscope packetdrill FILE
        A packetdrill script, run against our TCP in simulated time, line by line.
        `tcpscope packetdrill --help` says more.

  tcpscope mdbook
        A preprocessor of mdBook: fenced `tcpscope` blocks become running figures.
        `tcpscope mdbook --help` says more.

  tcpscope --help       This text; after a command, that command's.
  tcpscope --version    The version.
";

/// What `tcpscope drive --help` says.
pub const DRIVE_HELP: &str = r#"tcpscope drive: one TCP host, scripted over JSON lines

One request a line on standard input, one reply a line on standard output, in order, until the
input ends. Times are microseconds of virtual time; packets and data are hexadecimal digits.

  {"op":"init","config":{…}}                  a fresh host at time 0
  {"op":"call","fn":F,…}                      a socket call; F is one of
        socket | bind fd port | listen fd backlog | accept fd | connect fd to |
        send fd data [push] | recv fd max [peek] | shutdown fd how | close fd | abort fd |
        so_error fd | setsockopt fd name value
  {"op":"rx","packet":"45…"}                  an IPv4 packet arrives
  {"op":"advance","to_us":T,"until_tx":false} time passes; with until_tx at most until something
                                              is sent
  {"op":"info","fd":N}                        the connection behind a descriptor
  {"op":"connections"}                        all connections

Each reply: {"ok":true,"t_us":…,"tx":[{"t_us":…,"packet":"45…"}],"next_timer_us":…,"events":[…],…}

Try it:

  printf '%s\n' '{"op":"call","fn":"socket"}' \
    '{"op":"call","fn":"connect","fd":3,"to":"192.0.2.1:80"}' | tcpscope drive
"#;

/// What `tcpscope run --help` says.
pub const RUN_HELP: &str = "\
tcpscope run: a scenario from its first call to its end

  tcpscope run SCENARIO [options]

SCENARIO is a file, as in scenarios/.

  --format tcpdump   a line a packet, as `tcpdump -n` prints it (the default)
  --format json      a JSON object a record, as the page's trace() has it
  --format table     a row a record: when, where, what, and why with the RFC's section
  --format packetdrill
                     what one host did and saw (--at; the first, if not said) as a script that
                     `tcpscope packetdrill` runs
  --at PLACE         where the packets are seen: at a host (the first one, if not said), at a router,
                     or at the beginning of the links (`link`), also those that are lost. Given several
                     times, a pcapng file has an interface for each place; all else is of the first
  --pcap FILE        also write what is seen there as a capture: raw IPv4, microseconds
  --pcapng FILE      the same as pcapng, with the reasons as comments of each packet
  --link-type ethernet|raw
                     how pcapng has the packets: in Ethernet frames (if not said), or as IPv4 alone
  --no-comments      no comments in pcapng
  --seed N           another seed than the scenario's
  --edit EDIT        something is done to the run, in the words of the page's links, as in
                     --edit drop,client:syn:0; given several times, one after another
  --lang en|zh-CN    the language of json, table and comments
";

/// What `tcpscope check --help` says.
pub const CHECK_HELP: &str = "\
tcpscope check: lessons, run and held to what they say

  tcpscope check [options] FILE…

Each FILE is a lesson, as in lessons/, or a folder of them. Each stop has to be reached, each claim
has to hold, and all that is said has to be there in English and in Chinese. What is wrong is said
as FILE:LINE:COLUMN: WHAT; then the exit code is 1. How lessons are written is in
docs/writing-lessons.md.

  --scenarios FOLDER   where scenarios are kept; if not said, `scenarios` beside the lessons' folder
  --schema             print the JSON Schema of lesson files, for editors
  --stops              print where each stop is, and what is to be seen there
  --read               print what is said as it is read, with the values filled in
  --records            print all that happens in the runs, with the names of packets and rules
";

/// What `tcpscope quiz --help` says.
pub const QUIZ_HELP: &str = "\
tcpscope quiz: questions about a moment of a run, graded by running the engine

  tcpscope quiz SCENARIO [options]

SCENARIO is a file, as in scenarios/. Without --answer, the questions that can be asked are printed.

  --at MOMENT        a record, as in 12 (0 is the first, and is meant if not said), or a time, as in
                     40ms or 1.2s: the last record by then
  --question N       this question alone, from 1 on
  --answer TEXT      an answer to it: a choice's letter, or in writing, as in
                       ESTABLISHED                        a state, or `stays`
                       'SYN,ACK seq=0 ack=1 len=0'        a segment; PSH may be left out
                       'server 40ms', 'server +30ms'      who, and when: of the run, or from now on
                       'client retransmission +1s'        a timer
                       1460, ok, waits, end, ECONNRESET   what a call returns
  --seed N           draws other wrong choices
  --absolute         sequence numbers as they stand in the header
  --edit EDIT        something is done to the run first, as for `tcpscope run`
  --lang en|zh-CN    the language

  tcpscope quiz --round CODE SCENARIOS       what a round asks; SCENARIOS is the folder of scenarios
  tcpscope quiz --results CODE SCENARIOS     what was answered in one
";

/// One thing asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Say this.
    Say(&'static str),
    /// Drive one host over standard input and output.
    Drive,
    /// Run a scenario.
    Run(run::Request),
    /// Draw a run.
    Render(render::Request),
    /// Check lessons.
    Check(check::Request),
    /// Ask about a moment of a run.
    Quiz(quiz::Request),
    /// Open a capture.
    Open(open::Request),
    /// Run a packetdrill script.
    Packetdrill(packetdrill::Request),
    /// Put figures into a book.
    Mdbook,
}

/// What is wrong with a command line.
#[derive(Debug)]
pub struct WrongArguments {
    error: lexopt::Error,
    /// What to ask for what there is.
    help: &'static str,
}

impl fmt::Display for WrongArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; `{}` lists what there is", self.error, self.help)
    }
}

impl std::error::Error for WrongArguments {}

impl From<lexopt::Error> for WrongArguments {
    fn from(error: lexopt::Error) -> Self {
        Self { error, help: "tcpscope --help" }
    }
}

impl Command {
    /// Reads the command line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_args(mut args: lexopt::Parser) -> Result<Self, WrongArguments> {
        match args.next()? {
            None | Some(Short('h') | Long("help")) => Ok(Self::Say(HELP)),
            Some(Short('V') | Long("version")) => {
                Ok(Self::Say(concat!("tcpscope ", env!("CARGO_PKG_VERSION"), "\n")))
            }
            Some(Value(name)) => match name.string()?.as_str() {
                "help" => Ok(Self::Say(HELP)),
                "drive" => drive(args),
                "run" => {
                    run(args).map_err(|error| WrongArguments { error, help: "tcpscope run --help" })
                }
                "render" => stills::render(args)
                    .map_err(|error| WrongArguments { error, help: "tcpscope render --help" }),
                "check" => check(args)
                    .map_err(|error| WrongArguments { error, help: "tcpscope check --help" }),
                "quiz" => quiz(args)
                    .map_err(|error| WrongArguments { error, help: "tcpscope quiz --help" }),
                "mdbook" => mdbook::args::from_args(args)
                    .map_err(|error| WrongArguments { error, help: "tcpscope mdbook --help" }),
                "open" => open::from_args(args)
                    .map_err(|error| WrongArguments { error, help: "tcpscope open --help" }),
                "packetdrill" => packetdrill::args::from_args(args)
                    .map_err(|error| WrongArguments { error, help: "tcpscope packetdrill --help" }),
                unknown => Err(lexopt::Error::from(format!("there is no command `{unknown}`")))?,
            },
            Some(other) => Err(other.unexpected())?,
        }
    }
}

fn drive(mut args: lexopt::Parser) -> Result<Command, WrongArguments> {
    match args.next()? {
        None => Ok(Command::Drive),
        Some(Short('h') | Long("help")) => Ok(Command::Say(DRIVE_HELP)),
        Some(other) => Err(other.unexpected())?,
    }
}

fn check(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut request = check::Request::default();
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Say(CHECK_HELP)),
            Long("scenarios") => request.scenarios = Some(args.value()?.into()),
            Long("schema") => request.schema = true,
            Long("stops") => request.stops = true,
            Long("read") => request.read = true,
            Long("records") => request.records = true,
            Value(path) => request.files.push(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    if request.files.is_empty() && !request.schema {
        return Err("check needs a lesson's file".to_owned().into());
    }
    Ok(Command::Check(request))
}

fn run(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut scenario: Option<PathBuf> = None;
    let mut request = run::Request::default();
    let (mut pcapng, mut link_type, mut no_comments) = (None, None, false);
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Say(RUN_HELP)),
            Long("format") => {
                let name = args.value()?.string()?;
                request.format = one_of(&name, run::Format::ALL, run::Format::name, "format")?;
            }
            Long("lang") => request.locale = language(&mut args)?,
            Long("at") => {
                let place = args.value()?.string()?;
                if request.at.contains(&place) {
                    return Err(format!("--at {place} is there twice: once is enough").into());
                }
                request.at.push(place);
            }
            Long("pcap") => request.pcap = Some(args.value()?.into()),
            Long("pcapng") => pcapng = Some(args.value()?.into()),
            Long("link-type") => {
                let name = args.value()?.string()?;
                link_type = Some(one_of(&name, LinkType::ALL, LinkType::name, "link type")?);
            }
            Long("no-comments") => no_comments = true,
            Long("edit") => request.edits.push(edit(&mut args)?),
            Long("seed") => {
                let text = args.value()?.string()?;
                let seed = text.parse().map_err(|_| {
                    format!("--seed is a whole number, as in --seed 7; `{text}` is none")
                })?;
                request.seed = Some(seed);
            }
            Value(path) if scenario.is_none() => scenario = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    request.pcapng = wanted(pcapng, link_type, no_comments)?;
    if request.pcap.is_some() && request.pcap == request.pcapng.as_ref().map(|it| it.file.clone()) {
        return Err("--pcap and --pcapng need a file each".to_owned().into());
    }
    request.scenario =
        scenario.ok_or_else(|| lexopt::Error::from("run needs a scenario's file".to_owned()))?;
    Ok(Command::Run(request))
}

fn quiz(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut scenario: Option<PathBuf> = None;
    let mut request = quiz::Request::default();
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Say(QUIZ_HELP)),
            Long("at") => {
                let text = args.value()?.string()?;
                request.at = quiz::At::from_text(&text).ok_or_else(|| {
                    format!("--at is a record, as in 12, or a time, as in 40ms; `{text}` is none")
                })?;
            }
            Long("round") => {
                let code = args.value()?.string()?;
                let round = Round::from_code(&code).map_err(|error| format!("--round: {error}"))?;
                request.code = Some(quiz::Code::Round(round));
            }
            Long("results") => {
                let code = args.value()?.string()?;
                let read = Results::from_code(&code).map_err(|error| format!("--results: {error}"));
                request.code = Some(quiz::Code::Results(read?));
            }
            Long("question") => request.question = Some(args.value()?.parse()?),
            Long("answer") => request.answer = Some(args.value()?.string()?),
            Long("seed") => request.seed = args.value()?.parse()?,
            Long("absolute") => request.numbers = Numbers::Absolute,
            Long("edit") => request.edits.push(edit(&mut args)?),
            Long("lang") => request.locale = language(&mut args)?,
            Value(path) if scenario.is_none() => scenario = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    request.scenario =
        scenario.ok_or_else(|| lexopt::Error::from("quiz needs a scenario's file".to_owned()))?;
    Ok(Command::Quiz(request))
}

fn edit(args: &mut lexopt::Parser) -> Result<LinkEdit, lexopt::Error> {
    let text = args.value()?.string()?;
    LinkEdit::from_text(&text).map_err(|error| error.to_string().into())
}

pub(crate) fn language(args: &mut lexopt::Parser) -> Result<Locale, lexopt::Error> {
    let tag = args.value()?.string()?;
    one_of(&tag, Locale::ALL, Locale::tag, "language")
}

/// The pcapng file that these options ask for.
fn wanted(
    file: Option<PathBuf>,
    link_type: Option<LinkType>,
    no_comments: bool,
) -> Result<Option<run::Pcapng>, lexopt::Error> {
    let about_a_file =
        |option| format!("{option} is about a pcapng file: add --pcapng FILE").into();
    match (file, link_type) {
        (Some(file), link_type) => {
            let link_type = link_type.unwrap_or_default();
            Ok(Some(run::Pcapng { file, link_type, comments: !no_comments }))
        }
        (None, Some(_)) => Err(about_a_file("--link-type")),
        (None, None) if no_comments => Err(about_a_file("--no-comments")),
        (None, None) => Ok(None),
    }
}

/// The one of `all` that has this name.
pub(crate) fn one_of<T: Copy, const N: usize>(
    name: &str,
    all: [T; N],
    name_of: impl Fn(T) -> &'static str,
    what: &str,
) -> Result<T, lexopt::Error> {
    all.into_iter().find(|one| name_of(*one) == name).ok_or_else(|| {
        let known: Vec<&str> = all.into_iter().map(name_of).collect();
        format!("there is no {what} `{name}`; there are {}", known.join(", ")).into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Command, String> {
        Command::from_args(lexopt::Parser::from_args(args)).map_err(|error| error.to_string())
    }

    #[test]
    fn each_command_is_read() {
        assert_eq!(parse(&[]), Ok(Command::Say(HELP)));
        assert_eq!(parse(&["--help"]), Ok(Command::Say(HELP)));
        assert_eq!(parse(&["drive"]), Ok(Command::Drive));
        assert_eq!(parse(&["drive", "-h"]), Ok(Command::Say(DRIVE_HELP)));
        let request = run::Request {
            scenario: "a.json".into(),
            format: run::Format::Table,
            at: vec!["link".to_owned(), "client".to_owned()],
            pcap: Some("a.pcap".into()),
            pcapng: Some(run::Pcapng {
                file: "a.pcapng".into(),
                link_type: LinkType::Raw,
                comments: false,
            }),
            seed: Some(7),
            edits: vec![LinkEdit::Drop { packet: "client:syn:0".to_owned() }],
            locale: Locale::ZhCn,
        };
        let args = ["run", "a.json", "--format=table", "--at=link", "--pcap", "a.pcap"];
        let more = ["--pcapng=a.pcapng", "--no-comments", "--link-type=raw", "--at", "client"];
        let args = [&args[..], &["--seed=7", "--edit=drop,client:syn:0", "--lang", "zh-CN"], &more]
            .concat();
        assert_eq!(parse(&args), Ok(Command::Run(request)));
        let request = quiz::Request {
            scenario: "a.json".into(),
            at: quiz::At::Time(tcpscope_tcp::Instant::from_micros(40_000)),
            seed: 7,
            question: Some(2),
            answer: Some("SYN seq=0".to_owned()),
            numbers: Numbers::Absolute,
            ..quiz::Request::default()
        };
        let args = ["quiz", "a.json", "--at", "40ms", "--seed=7", "--question=2", "--absolute"];
        let args = [&args[..], &["--answer", "SYN seq=0"]].concat();
        assert_eq!(parse(&args), Ok(Command::Quiz(request)));
        assert!(matches!(parse(&["-V"]), Ok(Command::Say(version)) if version.contains("0.")));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (args, named) in [
            (&["fly"][..], "no command `fly`"),
            (&["--fly"], "--fly"),
            (&["drive", "home"], "home"),
            (&["drive", "--fast"], "--fast"),
            (&["run"], "scenario's file"),
            (&["run", "a.json", "b.json"], "b.json"),
            (&["check"], "lesson's file"),
            (&["check", "--fast"], "--fast"),
            (&["packetdrill"], "needs a script"),
            (&["packetdrill", "a", "--tolerance", "soon"], "`tcpscope packetdrill --help`"),
            (&["run", "a.json", "--format", "xml"], "tcpdump, json, table, packetdrill"),
            (&["run", "a.json", "--lang", "fr"], "zh-CN"),
            (&["run", "a.json", "--pcapng", "a", "--link-type", "x25"], "ethernet, raw"),
            (&["run", "a.json", "--link-type", "raw"], "add --pcapng FILE"),
            (&["run", "a.json", "--pcap", "a", "--no-comments"], "add --pcapng FILE"),
            (&["run", "a.json", "--pcap", "a", "--pcapng", "a"], "a file each"),
            (&["run", "a.json", "--at", "link", "--at", "link"], "--at link is there twice"),
            (&["quiz"], "scenario's file"),
            (&["quiz", "--round", "q1-0r0g", "scenarios"], "--round: the code is cut off"),
            (&["quiz", "--results", "q1-0r0g", "scenarios"], "--results: the code begins with"),
            (&["quiz", "a.json", "--at", "noon"], "`noon` is none"),
            (&["quiz", "a.json", "--question", "x"], "`tcpscope quiz --help`"),
            (&["run", "a.json", "--seed", "-1"], "--seed is a whole number"),
            (&["run", "a.json", "--seed"], "`tcpscope run --help`"),
        ] {
            let error = parse(args).unwrap_err();
            assert!(error.contains(named) && error.contains("--help"), "{error}");
        }
    }
}
