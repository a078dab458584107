//! The page, built and served to this machine, and built anew when a source changes.

use crate::build::Builder;
use crate::project::Project;
use crate::say;
use crate::trouble::Trouble;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, ExitCode};

/// Brings what is missing, then hands over to `trunk serve`.
pub(crate) fn serve(project: &Project, release: bool, port: u16) -> Result<ExitCode, Trouble> {
    // First: whoever waits for a build wants to know before that it cannot be served.
    require_free(port)?;
    let builder = Builder::bring(project, release)?;
    require_free(port)?;
    let page = if release { "optimized page" } else { "page" };
    say::headline(&format!("Building the {page} with {}", builder.toolchain()));
    say::note(&format!(
        "  The first build usually takes one to three minutes, the next ones seconds.\n  \
         When it is done: http://127.0.0.1:{port}/ (to this machine only; Ctrl-C ends it)."
    ));
    let mut trunk = builder.trunk(project, "serve")?;
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string(), "--dist"]);
    // Not dist/: that is the optimized page, which tests and figures look at.
    trunk.arg(project.wasm_target().join("serve"));
    if release {
        trunk.arg("--release");
    }
    hand_over(trunk)
}

fn require_free(port: u16) -> Result<(), Trouble> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(Trouble::new(format!(
            "port {port} of 127.0.0.1 is taken by another program"
        ))
        .cure(format!(
            "Take another, `cargo xtask serve --port {}`, or end that program.",
            port.checked_add(1).unwrap_or(8080)
        ))),
        Err(error) => {
            Err(Trouble::new(format!("port {port} of 127.0.0.1 cannot be used: {error}"))
                .cure("Take one above 1023: `cargo xtask serve --port 8080`."))
        }
    }
}

/// Becomes the program, so that a signal to this process is one to it.
#[cfg(unix)]
fn hand_over(mut command: Command) -> Result<ExitCode, Trouble> {
    use std::os::unix::process::CommandExt;
    Err(Trouble::new(format!("could not run trunk: {}", command.exec())))
}

/// Runs the program to its end.
#[cfg(not(unix))]
fn hand_over(mut command: Command) -> Result<ExitCode, Trouble> {
    crate::run::work(&mut command).map(|()| ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_told_with_another_to_take() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let trouble = require_free(port).expect_err("taken").to_string();
        assert!(trouble.contains(&format!("port {port} of 127.0.0.1 is taken")), "{trouble}");
        assert!(trouble.contains("--port"), "{trouble}");
        drop(holder);
        assert_eq!(require_free(port), Ok(()));
    }
}
