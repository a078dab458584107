//! 时序图的缩放与标注，简体中文。

use crate::words::messages::zoom::Zoom;

pub(super) const ZOOM: Zoom = Zoom {
    group: "时序图缩放",
    closer: "放大",
    out: "缩小",
    as_usual: "恢复原大小",
    all: "显示整个过程",
    scroll: "上下移动时序图",
    minimap: "当前可见部分",
    minimap_hint: "整个过程的缩略图。左右两侧为两个方向的报文段，右缘的标记为丢失，左缘的标记为状态变化。拖动可移动视图。",
    labels: "报文段标注",
    short: "简略标注",
    usual: "常规标注",
    full: "完整标注",
};
