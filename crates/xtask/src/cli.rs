//! The command line: what can be asked for.

use crate::trouble::Trouble;
use lexopt::prelude::*;

/// What `cargo xtask --help` says.
pub(crate) const HELP: &str = "\
cargo xtask: tcpscope's own commands

  cargo xtask serve [--release] [--port N]
        Build the page and serve it on http://127.0.0.1:8080, to this machine only; rebuild when a
        source changes. --release serves the optimized page.
  cargo xtask build
        Build the optimized page into dist/. It works from any static host, under any path.
  cargo xtask test [--quick]
        Check everything: format, lints, licences, compliance, native tests, documentation, the
        no_std build, the release build, its figures, the book and the example sites, and the page
        in Chromium. --quick leaves out what needs WASM or a browser.
  cargo xtask pack-npm
        Build the page and pack the npm package `tcpscope` into target/npm/.
  cargo xtask book
        Make the book of docs/ into target/book/, with the page of dist/, which is built if it is not
        there.
  cargo xtask examples
        Make the example sites of the book's guides into target/sites/examples/, with that page.
  cargo xtask compliance
        Write docs/rfc-compliance.md anew, from the comments that cite the RFCs' requirements.
  cargo xtask first-picture
        Write web/rest.txt and web/rest-of-figure.txt anew: what the first picture of the page, and of
        a figure in a frame, does without, and is fetched later.
  cargo xtask bench [NAME…] [--json]
        Measure the figures that the project promises, all or those named: a table, or with --json
        one line a figure. Fails when one does not hold.

What a command needs and does not find, it brings: it says what, why and how long that usually takes.
Tools are built once per user and kept in ~/.cache/tcpscope/tools; system packages come from apt.

Environment:
  TCPSCOPE_WASM_TOOLCHAIN   where the standard library for wasm32-unknown-unknown (and, for the
                            no_std check, thumbv7em-none-eabi) comes from:
        auto     the default: the first of these that works:
                   1. the cargo in use already has the target;
                   2. Debian's packages, if an earlier run has set them up;
                   3. rustup adds the target;
                   4. Debian's packages: rustc-web and its kin, the target built from their source.
        rustup   only 1 and 3.
        debian   only Debian's packages, whatever else there is.
  TCPSCOPE_TOOLS            another folder for the tools than ~/.cache/tcpscope/tools.
  TCPSCOPE                  a program `tcpscope` for the book and the examples; else it is built.
  CHROMIUM                  the Chromium to test in, instead of the first one in PATH.
";

/// One thing asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// Say what there is.
    Help,
    /// Build the page, serve it, rebuild on changes.
    Serve {
        /// The optimized page.
        release: bool,
        /// The port of 127.0.0.1.
        port: u16,
    },
    /// Build the optimized page into `dist/`.
    Build,
    /// Check everything.
    Test {
        /// Leave out what needs WASM or a browser.
        quick: bool,
    },
    /// Pack the npm package.
    PackNpm,
    /// Make the book.
    Book,
    /// Make the example sites.
    Examples,
    /// Write the table of requirements anew.
    Compliance,
    /// Write anew what the first picture does without.
    FirstPicture,
    /// Measure the promised figures.
    Bench {
        /// Which ones; none means all.
        names: Vec<String>,
        /// One JSON object a line on standard output, nothing else there.
        json: bool,
    },
}

impl Command {
    /// Reads the command line.
    pub(crate) fn from_args(parser: lexopt::Parser) -> Result<Self, Trouble> {
        Self::parse(parser).map_err(|error| {
            Trouble::new(error.to_string()).cure("`cargo xtask --help` lists the commands.")
        })
    }

    fn parse(mut args: lexopt::Parser) -> Result<Self, lexopt::Error> {
        let mut command = match args.next()? {
            None | Some(Short('h') | Long("help")) => return Ok(Self::Help),
            Some(Value(name)) => match name.string()?.as_str() {
                "help" => return Ok(Self::Help),
                "serve" => Self::Serve { release: false, port: 8080 },
                "build" => Self::Build,
                "test" => Self::Test { quick: false },
                "pack-npm" => Self::PackNpm,
                "book" => Self::Book,
                "examples" => Self::Examples,
                "compliance" => Self::Compliance,
                "first-picture" => Self::FirstPicture,
                "bench" => Self::Bench { names: Vec::new(), json: false },
                unknown => return Err(format!("there is no command `{unknown}`").into()),
            },
            Some(other) => return Err(other.unexpected()),
        };
        while let Some(arg) = args.next()? {
            match (&mut command, arg) {
                (_, Short('h') | Long("help")) => return Ok(Self::Help),
                (Self::Serve { release, .. }, Long("release")) => *release = true,
                (Self::Serve { port, .. }, Short('p') | Long("port")) => {
                    *port = args.value()?.parse()?;
                }
                (Self::Test { quick }, Long("quick")) => *quick = true,
                (Self::Bench { json, .. }, Long("json")) => *json = true,
                (Self::Bench { names, .. }, Value(name)) => names.push(name.string()?),
                (_, other) => return Err(other.unexpected()),
            }
        }
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Command, Trouble> {
        Command::from_args(lexopt::Parser::from_args(args))
    }

    #[test]
    fn reads_each_command() {
        assert_eq!(parse(&[]), Ok(Command::Help));
        assert_eq!(parse(&["test", "--help"]), Ok(Command::Help));
        assert_eq!(parse(&["compliance"]), Ok(Command::Compliance));
        assert_eq!(parse(&["pack-npm"]), Ok(Command::PackNpm));
        assert_eq!(parse(&["book"]), Ok(Command::Book));
        assert_eq!(parse(&["examples"]), Ok(Command::Examples));
        assert_eq!(parse(&["first-picture"]), Ok(Command::FirstPicture));
        assert_eq!(parse(&["serve"]), Ok(Command::Serve { release: false, port: 8080 }));
        assert_eq!(
            parse(&["serve", "--port=9000", "--release"]),
            Ok(Command::Serve { release: true, port: 9000 })
        );
        assert_eq!(parse(&["build"]), Ok(Command::Build));
        assert_eq!(parse(&["test", "--quick"]), Ok(Command::Test { quick: true }));
        assert_eq!(
            parse(&["bench", "a", "--json", "b"]),
            Ok(Command::Bench { names: vec!["a".into(), "b".into()], json: true })
        );
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for args in [
            &["fly"][..],
            &["--json"],
            &["build", "--release"],
            &["serve", "--port", "http"],
            &["serve", "--port", "70000"],
            &["test", "name"],
        ] {
            let trouble = parse(args).expect_err("refused").to_string();
            assert!(trouble.contains("cargo xtask --help"), "{trouble}");
        }
    }
}
