//! 快捷键的分组，简体中文。

use crate::words::messages::looks::KeyGroups;

pub(super) const KEY_GROUPS: KeyGroups = KeyGroups {
    time: "时间",
    figure: "时序图",
    segments: "报文段、主机与链路",
    edits: "改动",
    others: "搜索与页面",
};
