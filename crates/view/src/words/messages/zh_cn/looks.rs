//! 快捷键的分组与时序图的图例，简体中文。

use crate::words::messages::looks::{Drawn, KeyGroups};
use crate::words::table::Phrase;

pub(super) const KEY_GROUPS: KeyGroups = KeyGroups {
    time: "时间",
    figure: "时序图",
    segments: "报文段、主机与链路",
    edits: "改动",
    others: "搜索与页面",
};

pub(super) const DRAWN: Drawn = Drawn {
    sack_held: Phrase::new("该 ACK 的发送方还持有 {0}，缺少 {1}（RFC 2018 §3）。"),
    sack_twice: Phrase::new("它表明 {0} 重复到达（RFC 2883 §4）。"),
    legend: "时序图图例",
    data: "数据",
    lost: "丢失",
    dropped: "人为丢弃",
    again: "重传",
    ghost: "改动前的过程",
    timer: "计时器",
    sack: "SACK：已收到、缺少",
    icmp: "ICMP 报文",
    fold: "折叠的时间",
};
