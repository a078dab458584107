//! The command line: see `tcpscope --help`.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use tcpscope_cli::args::Command;
use tcpscope_cli::check::check;
use tcpscope_cli::drive::drive;
use tcpscope_cli::mdbook::{MdbookError, mdbook};
use tcpscope_cli::open::{OpenError, open};
use tcpscope_cli::packetdrill::{PacketdrillError, packetdrill};
use tcpscope_cli::quiz::{QuizError, quiz};
use tcpscope_cli::render::{RenderError, render};
use tcpscope_cli::run::{RunError, run};
use tcpscope_sim::Ended;

/// Says it where the run could have gone on.
fn announce(ended: Ended) {
    let limit = match ended {
        Ended::Quiet => return,
        Ended::RecordLimit => "limits.records",
        Ended::TimeLimit => "limits.until_us",
    };
    eprintln!(
        "tcpscope: the run would go on; it ends at the limit that {limit} of the scenario sets"
    );
}

fn main() -> ExitCode {
    let command = match Command::from_args(lexopt::Parser::from_env()) {
        Ok(command) => command,
        Err(wrong) => {
            eprintln!("tcpscope: {wrong}");
            return ExitCode::from(2);
        }
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let done = match command {
        Command::Check(request) => match check(&request, &mut output) {
            Ok(true) => Ok(()),
            Ok(false) => return ExitCode::FAILURE,
            Err(error) => Err(error),
        },
        Command::Say(text) => output.write_all(text.as_bytes()).and_then(|()| output.flush()),
        Command::Drive => drive(io::stdin().lock(), output),
        Command::Run(request) => match run(&request, output) {
            Ok(ended) => {
                announce(ended);
                Ok(())
            }
            Err(RunError::Output(error)) => Err(error),
            Err(error) => {
                eprintln!("tcpscope: {error}");
                return ExitCode::FAILURE;
            }
        },
        Command::Render(request) => match render(&request, output) {
            Ok(()) => Ok(()),
            Err(RenderError::Run(RunError::Output(error))) => Err(error),
            Err(error) => {
                eprintln!("tcpscope: {error}");
                return ExitCode::FAILURE;
            }
        },
        Command::Quiz(request) => match quiz(&request, output) {
            Ok(()) => Ok(()),
            Err(QuizError::Run(RunError::Output(error))) => Err(error),
            Err(error) => {
                eprintln!("tcpscope: {error}");
                return ExitCode::FAILURE;
            }
        },
        Command::Mdbook => match mdbook(io::stdin().lock(), output) {
            Ok(()) => Ok(()),
            Err(MdbookError::Io(error)) => Err(error),
            Err(error) => {
                eprintln!("tcpscope: {error}");
                return ExitCode::FAILURE;
            }
        },
        Command::Packetdrill(request) => match packetdrill(&request, output) {
            Ok(()) => Ok(()),
            Err(PacketdrillError::Output(error)) => Err(error),
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::FAILURE;
            }
        },
        Command::Open(request) => match open(&request, output, &mut io::stderr().lock()) {
            Ok(whole) => {
                if !whole {
                    return ExitCode::FAILURE;
                }
                Ok(())
            }
            Err(OpenError::Output(error)) => Err(error),
            Err(error) => {
                eprintln!("tcpscope: {error}");
                return ExitCode::FAILURE;
            }
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever asked has gone: nobody is left to be told.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tcpscope: {error}");
            ExitCode::FAILURE
        }
    }
}
