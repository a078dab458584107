//! The command line: what can be asked for.

use std::fmt;

use lexopt::prelude::*;

/// What `tcpscope --help` says.
pub const HELP: &str = "\
tcpscope: a TCP that you can see

  tcpscope drive
        One host, driven by a program: it reads a JSON request a line from standard input, and
        writes a JSON reply a line to standard output. `tcpscope drive --help` lists the requests.

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

/// One thing asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Say this.
    Say(&'static str),
    /// Drive one host over standard input and output.
    Drive,
}

/// What is wrong with a command line.
#[derive(Debug)]
pub struct WrongArguments(lexopt::Error);

impl fmt::Display for WrongArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; `tcpscope --help` lists what there is", self.0)
    }
}

impl std::error::Error for WrongArguments {}

impl From<lexopt::Error> for WrongArguments {
    fn from(error: lexopt::Error) -> Self {
        Self(error)
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
        assert!(matches!(parse(&["-V"]), Ok(Command::Say(version)) if version.contains("0.")));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (args, named) in [
            (&["fly"][..], "no command `fly`"),
            (&["--fly"], "--fly"),
            (&["drive", "home"], "home"),
            (&["drive", "--fast"], "--fast"),
        ] {
            let error = parse(args).unwrap_err();
            assert!(error.contains(named) && error.contains("--help"), "{error}");
        }
    }
}
