//! Questions that the reader asks for, in Chinese.

use crate::words::messages::asking::Asking;
use crate::words::table::Phrase;

pub(super) const ASKING: Asking = Asking {
    key: "就当前时刻出题",
    about: "请选一道题。作答之前，此刻之后的内容都不显示；答案由协议引擎评判。",
    hidden: "作答之前，后面发生的事不显示。",
    give_up: "显示答案",
    held: "有一道题还没有作答",
    held_about: "换一次运行可能会泄露答案，所以作答之前停在这里。也可以放弃这道题，按不会计。",
    give_up_for: "放弃这道题并继续",
    show_all: "显示后面的内容",
    other: "换一道题",
    back: "回到这道题",
    typed: "也可以直接输入",
    answer: "作答",
    not_counted: "这次不算作答，请重新输入。",
    withheld: "正在提问，暂不显示",
    follow_ups: "追问",
    follow_about: "引擎在这道题涉及的时刻出题，每题另有一次运行，并评判答案。",
    follow_begin: "开始追问",
    follow_of: Phrase::new("第 {0} 个追问，共 {1} 个"),
    follow_next: "下一个追问",
    follow_again: "换一组追问",
    follow_link: "复制这组追问的链接",
    follow_copied: "已复制。打开链接，问的是同样的题。",
    follow_not_copied: "浏览器不允许复制，链接就在地址栏里。",
    follow_none: "这些运行中没有可问的下一类问题。",
    follow_unknown: Phrase::new("没有名为“{0}”的面试题。"),
};
