//! 演示。

use crate::words::messages::present::Present;
use crate::words::table::Phrase;

pub(super) const PRESENT: Present = Present {
    start: "演示",
    stop: "结束演示",
    blank: "黑屏",
    notes: "讲稿",
    now: "现在",
    next: "接下来",
    end: "没有了：运行到此结束。",
    place: Phrase::new("{0} · 第 {1} 条记录，共 {2} 条"),
    keys: "Page Down：下一步。Page Up：上一步。B：黑屏。在这个窗口里按键同样有效。",
    refused: "浏览器不允许打开第二个窗口来显示讲稿。请允许本页弹出窗口，然后重试。",
    dark: "现在是黑屏，按任意键恢复。",
};
