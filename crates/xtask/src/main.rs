//! The project's own commands: `cargo xtask serve`, `build`, `test` and `bench`.
//!
//! Each command brings the tools that it needs and that are missing ([`tools`], [`target`]), then
//! runs them ([`run`]). Whatever goes wrong ends in one [`Trouble`]: what happened, and the cure.

mod bench;
mod build;
mod cli;
mod compliance;
mod pack;
mod project;
mod run;
mod say;
mod serve;
mod sites;
mod target;
mod test;
mod tools;
mod trouble;

use crate::cli::Command;
use crate::project::Project;
use crate::trouble::Trouble;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = Command::from_args(lexopt::Parser::from_env()).and_then(carry_out);
    match outcome {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("{}", say::red(&trouble.to_string()));
            ExitCode::FAILURE
        }
    }
}

/// Does what the command line asks for.
fn carry_out(command: Command) -> Result<ExitCode, Trouble> {
    if let Command::Help = command {
        print!("{}", cli::HELP);
        return Ok(ExitCode::SUCCESS);
    }
    let project = Project::find()?;
    match command {
        Command::Help => unreachable!("answered above"),
        Command::Serve { release, port } => serve::serve(&project, release, port),
        Command::Build => build::build(&project).map(|()| ExitCode::SUCCESS),
        Command::Test { quick } => test::test(&project, quick),
        Command::PackNpm => build::pack_npm(&project).map(|()| ExitCode::SUCCESS),
        Command::Book => sites::book(&project).map(|()| ExitCode::SUCCESS),
        Command::Examples => sites::examples(&project).map(|()| ExitCode::SUCCESS),
        Command::Compliance => compliance::write(&project),
        Command::FirstPicture => build::first_picture(&project).map(|()| ExitCode::SUCCESS),
        Command::Bench { names, json } => bench::bench(&project, &names, json),
    }
}
