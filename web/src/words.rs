//! Words for what only the page has: its last words in a panic, its drawer. All others are in
//! [`tcpscope_view::messages`].

use tcpscope_view::Locale;

/// The page's own words.
pub(crate) struct Words {
    /// When the page cannot go on.
    pub(crate) crash: Crash,
    /// Lets the ladder move with the playhead again.
    pub(crate) follow: &'static str,
    /// Makes the drawer taller.
    pub(crate) taller: &'static str,
    /// Makes the drawer lower.
    pub(crate) lower: &'static str,
    /// The name of the sheet with the segments as a table.
    pub(crate) table: &'static str,
}

/// The page's last words.
#[derive(Clone, Copy)]
pub(crate) struct Crash {
    /// That it has stopped.
    pub(crate) title: &'static str,
    /// What the reader can do.
    pub(crate) text: &'static str,
    /// To do it.
    pub(crate) reload: &'static str,
}

/// The page's own words in a language.
pub(crate) const fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::En => &EN,
        Locale::ZhCn => &ZH_CN,
    }
}

static EN: Words = Words {
    crash: Crash {
        title: "tcpscope has stopped",
        text: "This is an error in tcpscope, not in what you did. The address still holds the \
               scenario, your changes and the moment, so reloading brings them back. If it stops \
               again, please report the lines below with the address.",
        reload: "Reload the page",
    },
    follow: "Follow the playhead",
    taller: "More room for the details",
    lower: "More room for the ladder",
    table: "Segments",
};

static ZH_CN: Words = Words {
    crash: Crash {
        title: "tcpscope 已停止运行",
        text: "这是 tcpscope 自身的错误，与您的操作无关。地址栏中仍保存着场景、改动和时刻，\
               重新加载即可恢复。如果再次停止，请把下面的内容连同地址一起反馈给我们。",
        reload: "重新加载页面",
    },
    follow: "跟随播放位置",
    taller: "加高详情区",
    lower: "加高梯形图",
    table: "报文段列表",
};
