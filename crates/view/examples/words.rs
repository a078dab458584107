//! Writes the words of each language into a file, under the folder that is named: what the page
//! fetches when it is built without them.

use std::path::Path;
use std::{env, fs, io};

use tcpscope_view::{Locale, Words, words_file, words_text};

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_default();
    let both = |locale| [(locale, Words::First), (locale, Words::All)];
    for (locale, words) in Locale::ALL.into_iter().flat_map(both) {
        let path = Path::new(&folder).join(words_file(locale, words));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, words_text(locale, words))?;
    }
    Ok(())
}
