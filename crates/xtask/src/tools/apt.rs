//! Packages of Debian's own, which only root can install.

use crate::project::Project;
use crate::trouble::Trouble;
use crate::{run, say};
use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

/// Packages that belong together.
#[derive(Debug, Clone)]
pub(crate) struct Packages<'a> {
    /// Their names.
    pub(crate) names: &'a [&'a str],
    /// What they are, as the subject of a sentence.
    pub(crate) what: &'a str,
    /// What they are for.
    pub(crate) why: &'a str,
    /// How long installing them usually takes.
    pub(crate) usually: &'a str,
}

/// Whether this system has apt.
pub(crate) fn available() -> bool {
    Path::new("/usr/bin/apt-get").exists() && Path::new("/usr/bin/dpkg-query").exists()
}

impl Packages<'_> {
    /// Whether all of them are installed.
    pub(crate) fn installed(&self) -> bool {
        available() && self.missing().is_empty()
    }

    /// Installs those that are missing.
    pub(crate) fn bring(&self, project: &Project) -> Result<(), Trouble> {
        if !available() {
            return Err(Trouble::new(format!(
                "{} can only be brought by apt, which this system has not",
                self.what
            )));
        }
        let missing = self.missing();
        if missing.is_empty() {
            return Ok(());
        }
        say::headline(&format!("{} missing", self.what));
        say::note(&format!(
            "  {} apt installs {} (usually {}).",
            self.why,
            missing.join(", "),
            self.usually
        ));
        let by_hand = format!("apt-get install --no-install-recommends {}", missing.join(" "));
        let mut update = as_root(&by_hand)?;
        run::quietly(project, "apt-get-update", update.arg("update"))?;
        let mut install = as_root(&by_hand)?;
        // Nothing that is there is removed for it, and another apt at work is waited for.
        install
            .args(["install", "--yes", "--no-install-recommends", "--no-remove"])
            .args(["-o", "DPkg::Lock::Timeout=300"])
            .args(&missing);
        run::quietly(project, "apt-get-install", &mut install)
    }

    fn missing(&self) -> Vec<&str> {
        self.names.iter().copied().filter(|name| !is_installed(name)).collect()
    }
}

fn is_installed(package: &str) -> bool {
    run::answer(run::command("dpkg-query").args([
        "--show",
        "--showformat=${db:Status-Status}",
        package,
    ]))
    .is_some_and(|status| status == "installed")
}

/// `apt-get` with the right to install: as root, or through sudo.
fn as_root(by_hand: &str) -> Result<Command, Trouble> {
    let apt = if run::answer(run::command("id").arg("-u")).is_some_and(|id| id.trim() == "0") {
        run::command("apt-get")
    } else {
        let mut sudo = run::command("sudo");
        if run::answer(run::command("sudo").args(["-n", "true"])).is_none() {
            // sudo would ask for a password: on a terminal it may, elsewhere nobody answers.
            let asked = std::io::stdin().is_terminal()
                && run::check(run::command("sudo").arg("-v")).is_ok();
            if !asked {
                return Err(Trouble::new("installing system packages needs root").cure(format!(
                    "Run this once as root, then call the same command again:\n{by_hand}"
                )));
            }
        }
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    let mut apt = apt;
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(apt)
}
