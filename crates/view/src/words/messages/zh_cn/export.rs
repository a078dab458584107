//! 导出。

use crate::words::messages::export::Export;
use crate::words::table::Phrase;

pub(super) const EXPORT: Export = Export {
    tab: "导出",
    about: "文件在本页由这次运行生成。用命令 tcpscope render 加链接可得到同样的文件。",
    figure: "图",
    ladder: "时序图",
    all: "时序图与两端",
    panels: "两端",
    when: "时刻",
    now: "当前时刻",
    whole: "整个运行",
    as_figure: "保存图",
    as_text: "保存运行",
    svg: "SVG",
    png: "PNG",
    moving: "动画 SVG",
    moving_about: "自动播放的时序图，不含脚本。读者要求减少动态效果时静止不动。",
    mermaid: "Mermaid",
    text: "tcpdump 文本",
    csv: "日志（CSV）",
    json: "日志（JSON）",
    done: Phrase::new("已保存 {0}。"),
    failed: "浏览器无法生成这么大的图片：请改用 SVG。",
};
