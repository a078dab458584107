//! Writes what the page fetches of the interviews: a file for each theme and language, into the
//! second folder that is named, out of the TOML files of the first.

use std::path::Path;
use std::{env, fs, io};

use tcpscope_quiz::{Interview, Theme};
use tcpscope_view::Locale;

fn main() -> io::Result<()> {
    let mut folders = env::args().skip(1);
    let (from, to) = (folders.next().unwrap_or_default(), folders.next().unwrap_or_default());
    fs::create_dir_all(&to)?;
    for theme in Theme::ALL {
        let path = Path::new(&from).join(theme.name()).with_extension("toml");
        let source = fs::read_to_string(&path)?;
        for locale in Locale::ALL {
            let interview = Interview::from_toml(&source, locale)
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
            let name = format!("{}.{}.txt", theme.name(), locale.tag());
            fs::write(Path::new(&to).join(name), interview.to_text())?;
        }
    }
    Ok(())
}
