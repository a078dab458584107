//! Writes the words of each language into a file, under the folder that is named: what the page
//! fetches when it is built without them.

use std::path::Path;
use std::{env, fs, io};

use tcpscope_view::{Locale, words_file, words_text};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_default();
    for locale in Locale::ALL {
        let path = Path::new(&folder).join(words_file(locale));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, words_text(locale))?;
    }
    Ok(())
}
