//! Chromium, which the browser tests and the page's figures run in.

use super::{apt, find_in_path};
use crate::project::Project;
use crate::trouble::Trouble;
use std::env;
use std::path::PathBuf;

/// Names of the browser, those of the free builds first.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const PACKAGES: apt::Packages<'static> = apt::Packages {
    names: &["chromium", "fonts-noto-cjk"],
    what: "Chromium is",
    why: "The page is tested in a real browser, in English and Chinese.",
    usually: "a minute",
};

/// The browser's program, which apt brings if it is not there.
pub(crate) fn bring(project: &Project) -> Result<PathBuf, Trouble> {
    if let Some(found) = find()? {
        return Ok(found);
    }
    if !apt::available() {
        return Err(Trouble::new("there is no Chromium in PATH")
            .cure("Install Chromium or Chrome, or give its full path in the variable CHROMIUM."));
    }
    PACKAGES.bring(project)?;
    find_in_path(&NAMES).ok_or_else(|| {
        Trouble::new("apt installed Chromium, but PATH does not hold it")
            .cure("Give its full path in the variable CHROMIUM.")
    })
}

/// The browser's program, if it is there.
pub(crate) fn find() -> Result<Option<PathBuf>, Trouble> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        return if named.is_file() {
            Ok(Some(named))
        } else {
            Err(Trouble::new(format!("CHROMIUM names {}, which is no file", named.display()))
                .cure("Give the full path of a Chromium, or unset CHROMIUM."))
        };
    }
    Ok(find_in_path(&NAMES))
}
