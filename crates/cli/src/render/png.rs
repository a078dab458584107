//! A drawing as a picture, with the machine's fonts.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FallbackSelectionFn, FontResolver, Options, Tree, fontdb};
use tcpscope_view::Locale;

/// Why there is no picture.
#[derive(Debug)]
pub enum PngError {
    /// The machine has no font at all.
    NoFonts,
    /// No font of the machine has these characters.
    Missing(String),
    /// It would have this many pixels.
    TooLarge(u32, u32),
    /// The drawing cannot be read.
    Drawing(String),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFonts => f.write_str(
                "a PNG needs a font, and this machine has none: install one, on Debian \
                 `apt-get install fonts-dejavu-core`; an .svg needs none",
            ),
            Self::Missing(letters) => write!(
                f,
                "no font of this machine has {letters}: install one for Chinese, on Debian \
                 `apt-get install fonts-noto-cjk`; an .svg needs none"
            ),
            Self::TooLarge(width, height) => {
                write!(
                    f,
                    "a PNG of {width} × {height} pixels is too large: a smaller --scale, \
                           --width or --height, or an .svg"
                )
            }
            Self::Drawing(error) => write!(f, "the drawing cannot be made a picture: {error}"),
        }
    }
}

impl std::error::Error for PngError {}

/// A picture has no more pixels than this on a side, and not more than these altogether.
const MOST: (u32, u64) = (32_000, 200_000_000);

/// The faces that are looked for first, where the first choice has no such character.
const CHINESE: [&str; 6] = [
    "Noto Sans Mono CJK SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
];

/// The drawing as a PNG, each of its pixels as so many.
pub(super) fn png(svg: &str, scale: u16, locale: Locale) -> Result<Vec<u8>, PngError> {
    let missing = Mutex::new(BTreeSet::new());
    let mut options = Options {
        languages: vec![locale.tag().to_owned()],
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: fallback(&missing),
        },
        ..Options::default()
    };
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    if fonts.is_empty() {
        return Err(PngError::NoFonts);
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    fonts.set_monospace_family("DejaVu Sans Mono");
    let tree =
        Tree::from_str(svg, &options).map_err(|error| PngError::Drawing(error.to_string()))?;
    drop(options);
    let missing = missing.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !missing.is_empty() {
        let letters: Vec<String> = missing.iter().take(8).map(|it| format!("“{it}”")).collect();
        return Err(PngError::Missing(letters.join(", ")));
    }
    let size = tree.size().to_int_size();
    let (width, height) = (size.width(), size.height());
    let scale = u32::from(scale);
    let (width, height) = (width.saturating_mul(scale), height.saturating_mul(scale));
    let too_large = || PngError::TooLarge(width, height);
    if width.max(height) > MOST.0 || u64::from(width) * u64::from(height) > MOST.1 {
        return Err(too_large());
    }
    let mut pixels = Pixmap::new(width, height).ok_or_else(too_large)?;
    #[allow(clippy::cast_precision_loss, reason = "it is at most 8")]
    let scale = scale as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PngError::Drawing(error.to_string()))
}

/// Looks for a face that has a character, those for Chinese first; notes what none has.
fn fallback(missing: &Mutex<BTreeSet<char>>) -> FallbackSelectionFn<'_> {
    let usual = FontResolver::default_fallback_selector();
    Box::new(move |letter, used, fonts: &mut Arc<fontdb::Database>| {
        let known = |name: &&str| {
            let families = [fontdb::Family::Name(name)];
            let query = fontdb::Query { families: &families, ..fontdb::Query::default() };
            fonts.query(&query).filter(|id| !used.contains(id))
        };
        let wide = matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}');
        let chinese = wide.then(|| CHINESE.iter().find_map(known)).flatten();
        let found = chinese.or_else(|| usual(letter, used, fonts));
        if found.is_none() && !letter.is_control() {
            missing.lock().unwrap_or_else(PoisonError::into_inner).insert(letter);
        }
        found
    })
}
