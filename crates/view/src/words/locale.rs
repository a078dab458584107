//! The languages that the words exist in.

/// A language, with its script and place where they matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    ZhCn,
}

impl Locale {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// The language tag (BCP 47), as it stands in `lang` attributes and in links.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The language's name in itself, for a picker.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhCn => "简体中文",
        }
    }

    /// The language of exactly this tag, in whatever case; `None` where there is none.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(tag))
    }

    /// The best of our languages for a reader who prefers these, most wanted first: the first
    /// whose language we have at all. Whoever reads any Chinese is better served with ours than
    /// with English.
    #[must_use]
    pub fn best_of<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        wanted.into_iter().find_map(Self::of_language).unwrap_or_default()
    }

    /// The language that a tag begins with, as in `zh-Hant-TW`.
    fn of_language(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL.into_iter().find(|locale| {
            let ours = locale.tag().split('-').next().unwrap_or_default();
            ours.eq_ignore_ascii_case(language)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_means_its_language_and_no_other() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
        }
        assert_eq!(Locale::from_tag("ZH-cn"), Some(Locale::ZhCn));
        for tag in ["", "zh", "de", "en-US"] {
            assert_eq!(Locale::from_tag(tag), None, "{tag}");
        }
    }

    #[test]
    fn the_reader_gets_the_first_language_that_we_have() {
        let cases: [(&[&str], Locale); 9] = [
            (&[], Locale::En),
            (&["zh"], Locale::ZhCn),
            (&["zh-Hans"], Locale::ZhCn),
            (&["zh-TW", "en"], Locale::ZhCn),
            (&["zh_CN"], Locale::ZhCn),
            (&["en-GB", "zh-CN"], Locale::En),
            (&["de-AT", "zh-CN", "en"], Locale::ZhCn),
            (&["de"], Locale::En),
            (&["zhuang"], Locale::En),
        ];
        for (wanted, best) in cases {
            assert_eq!(Locale::best_of(wanted.iter().copied()), best, "{wanted:?}");
        }
    }
}
