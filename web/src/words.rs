//! Words for what only the page has: above all its drawer. All others are in
//! [`tcpscope_view::messages`].

use tcpscope_view::Locale;

/// The page's own words.
pub(crate) struct Words {
    /// Lets the ladder move with the playhead again.
    pub(crate) follow: &'static str,
    /// Makes the drawer taller.
    pub(crate) taller: &'static str,
    /// Makes the drawer lower.
    pub(crate) lower: &'static str,
    /// The name of the sheet with the segments as a table.
    pub(crate) table: &'static str,
}

/// The page's own words in a language.
pub(crate) const fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::En => &EN,
        Locale::ZhCn => &ZH_CN,
    }
}

static EN: Words = Words {
    follow: "Follow the playhead",
    taller: "More room for the details",
    lower: "More room for the ladder",
    table: "Segments",
};

static ZH_CN: Words = Words {
    follow: "跟随播放位置",
    taller: "加高详情区",
    lower: "加高梯形图",
    table: "报文段列表",
};
