//! Why something happened, in Chinese.

use crate::words::messages::why::{Causes, Measures, Notes, Seek};
use crate::words::table::Phrase;

pub(super) const MEASURES: Measures = Measures {
    octets: "数据",
    segments: "报文段",
    state: "状态",
    attempt: "次数",
    unsent: "待发送",
    unread: "未读",
    room: "剩余空间",
    usable: "可用窗口",
    waited: "已等待",
    announced: "对端的 MSS 选项",
    ours: "本端上限",
    duplicates: "重复 ACK",
    left: "左边界",
    right: "右边界",
    blocks: "块数",
    kept: "保留",
    cut: "截去",
    after: "时限",
    idle: "空闲",
    since: "距上次缩减",
    elapsed: "已过",
    allowed: "允许",
    delivered: "已交付",
    sent: "已发送",
    backlog: "队列长度",
    shift: "移位",
    limit: "上限",
    loss: "丢失率",
    share: "比例",
    by: "推迟",
    until: "直到",
    most: "至多",
    lasts: "突发时长",
    target: "目标",
    bit: "位",
    fragments: "分片",
    offset: "偏移",
};

pub(super) const CAUSES: Causes = Causes {
    label: "由什么引起（由近及远）",
    begins: "因果链从这里开始：此前没有任何事件引起它。",
    fold: Phrase::new("中间还有 {0} 个原因"),
    unfold: "展开",
    fold_again: "收起因果链",
    effects: "它引起了什么",
    no_effects: "此后没有任何事件由它引起。",
    more_effects: Phrase::new("另有 {0} 个"),
};

pub(super) const NOTES: Notes = Notes {
    label: "批注",
    hint: "无论怎样改动这次运行，批注都跟随它所说的对象。",
    about: "对象",
    record: "此刻",
    segment: "选中的报文段",
    add: "添加批注",
    delete: "删除批注",
    lost: "不在这次运行中",
    full: "批注已满，删除一条才能再添加。",
};

pub(super) const SEEK: Seek = Seek {
    label: "跳转到",
    next: Phrase::new("下一个：{0}"),
    previous: Phrase::new("上一个：{0}"),
    goals: [
        "状态变化",
        "故障",
        "重传",
        "计时器超时",
        "调用",
        "交付",
        "给应用的通知",
        "选中的报文段",
    ],
    key_next: "所选种类的下一个",
    key_previous: "所选种类的上一个",
};
