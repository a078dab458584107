//! Long links, in Chinese.

use crate::words::messages::links::Links;
use crate::words::table::Phrase;

pub(super) const LINKS: Links = Links {
    long: "链接很长",
    long_text: Phrase::new(
        "链接共 {0} 个字符，许多邮件和聊天程序放不下。可以存成文件传递，在沙盒里再打开。",
    ),
    save: "存成文件",
    open: "打开文件",
    too_much: Phrase::new("这个链接无法再打开：{0}。请撤销一些改动，或把场景存成 JSON。"),
    large_file: Phrase::new("文件太大，不可能是链接：最多 {0} 字节。"),
};
