//! What can be asked of `packetdrill`.

use lexopt::prelude::*;

use super::Request;
use crate::args::Command;

/// What `tcpscope packetdrill --help` says.
pub(crate) const HELP: &str = "\
tcpscope packetdrill: a packetdrill script, run against our TCP in simulated time

  tcpscope packetdrill FILE [options]

In FILE, `<` is what the peer sends, `>` what our TCP is expected to send, and a call what the
application does. Each event that happens as the script says is printed with its line and its time.
The first that does not is told as FILE:LINE:COLUMN, with what was expected and what came as tcpdump
prints them, and the rules behind it; then the exit code is 1. What a simulation cannot mean is named
line by line, and nothing is run.

  --quiet            print only what does not happen
  --tolerance USECS  how much earlier or later something may happen; if not said, what the script
                     says, or 4000 as packetdrill has it

`tcpscope run SCENARIO --format packetdrill` writes such a script. docs/packetdrill.md says which part
of the language there is.
";

/// Reads the rest of the command line.
pub(crate) fn from_args(mut args: lexopt::Parser) -> Result<Command, lexopt::Error> {
    let mut request = Request::default();
    let mut script = None;
    while let Some(arg) = args.next()? {
        match arg {
            Short('h') | Long("help") => return Ok(Command::Say(HELP)),
            Short('q') | Long("quiet") => request.quiet = true,
            Long("tolerance") => {
                let text = args.value()?.string()?;
                let tolerance = text.parse().ok().filter(|micros| *micros <= 10_000_000);
                request.tolerance = Some(tolerance.ok_or_else(|| {
                    format!("--tolerance is microseconds, 10000000 at most; `{text}` is none")
                })?);
            }
            Value(path) if script.is_none() => script = Some(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    request.script =
        script.ok_or_else(|| lexopt::Error::from("packetdrill needs a script".to_owned()))?;
    Ok(Command::Packetdrill(request))
}
