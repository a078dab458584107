//! tcpdump and tshark, which read the captures that we write.

use super::{apt, find_in_path};
use crate::project::Project;
use crate::trouble::Trouble;

const NAMES: [&str; 2] = ["tcpdump", "tshark"];

const PACKAGES: apt::Packages<'static> = apt::Packages {
    names: &NAMES,
    what: "tcpdump and tshark are",
    why: "Captures are tested against those who are used to reading them.",
    usually: "half a minute",
};

/// Sees to it that both programs are there.
pub(crate) fn bring(project: &Project) -> Result<(), Trouble> {
    if NAMES.iter().all(|name| find_in_path(&[name]).is_some()) {
        return Ok(());
    }
    if !apt::available() {
        return Err(Trouble::new("there is no tcpdump or no tshark in PATH")
            .cure("Install both: they come with Wireshark."));
    }
    PACKAGES.bring(project)
}
