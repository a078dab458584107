//! Writes what the page fetches of the interviews: a file for each theme and language. The TOML files'
//! folder and the one to write to may be named; else they are the project's own, and the one that
//! Trunk builds into.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use tcpscope_quiz::{Interview, Theme};
use tcpscope_view::Locale;

fn main() -> io::Result<()> {
    let mut folders = env::args().skip(1).map(PathBuf::from);
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../interviews");
    let from = folders.next().unwrap_or_else(own);
    let built = || PathBuf::from(env::var("TRUNK_STAGING_DIR").unwrap_or_default());
    let to = folders.next().unwrap_or_else(|| built().join("interviews"));
    fs::create_dir_all(&to)?;
    for theme in Theme::ALL {
        let path = from.join(theme.name()).with_extension("toml");
        let source = fs::read_to_string(&path)?;
        for locale in Locale::ALL {
            let interview = Interview::from_toml(&source, locale)
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
            let name = format!("{}.{}.txt", theme.name(), locale.tag());
            fs::write(to.join(name), interview.to_text())?;
        }
    }
    Ok(())
}
