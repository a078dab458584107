//! What travels at the first load: the files that the page fetches in Chromium until it is ready,
//! each compressed as a good static host would.

use crate::project::Project;
use crate::run;
use crate::say;
use crate::tools::{chromium, node};
use crate::trouble::Trouble;

/// The sum over the files that the worker keeps (`web/offline/worker.js`).
pub(super) fn offline_brotli_bytes(project: &Project) -> Result<f64, Trouble> {
    files(project, "offline-size.mjs")
}

/// The sum over the files that `web/tests/first-load.mjs` saw fetched.
pub(super) fn brotli_bytes(project: &Project) -> Result<f64, Trouble> {
    files(project, "first-load.mjs")
}

/// The sum over the files that a script names.
fn files(project: &Project, script: &str) -> Result<f64, Trouble> {
    node::require("loading the page")?;
    node::bring_test_packages(project)?;
    let chromium = chromium::bring(project)?;
    let mut node = run::command("node");
    node.current_dir(project.browser_tests()).arg(script).env("CHROMIUM", chromium);
    let said = run::result(&mut node)?;
    let files = read(&said).ok_or_else(|| {
        Trouble::new(format!("{script} answered something else than files:\n{said}"))
    })?;
    let rows: Vec<Vec<String>> = files
        .iter()
        .map(|file| {
            vec![format!("{:>9} B", file.brotli), format!("{:>9} B", file.bytes), file.path.clone()]
        })
        .collect();
    say::note(&format!("   brotli       plain\n{}", say::table(&rows)));
    Ok(f64::from(files.iter().map(|file| file.brotli).sum::<u32>()))
}

/// One file that was fetched.
#[derive(Debug, PartialEq, Eq)]
struct Fetched {
    brotli: u32,
    bytes: u32,
    path: String,
}

/// Reads the script's lines: compressed size, size, path, with tabs between them. No line at all
/// means that nothing was measured.
fn read(said: &str) -> Option<Vec<Fetched>> {
    let files: Option<Vec<Fetched>> = said
        .lines()
        .map(|line| {
            let mut fields = line.splitn(3, '\t');
            Some(Fetched {
                brotli: fields.next()?.parse().ok()?,
                bytes: fields.next()?.parse().ok()?,
                path: fields.next()?.to_owned(),
            })
        })
        .collect();
    files.filter(|files| !files.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_scripts_lines() {
        let said = "700\t1610\tindex.html\n41000\t115240\tapp_bg.wasm\n";
        let files = read(said).expect("two files");
        assert_eq!(files.len(), 2);
        assert_eq!(files[1].path, "app_bg.wasm");
        assert_eq!(files.iter().map(|file| file.brotli).sum::<u32>(), 41_700);
        assert_eq!(read("oops"), None);
        assert_eq!(read(""), None);
    }
}
