//! Captures, in Chinese.

use crate::words::messages::captures::{Captures, FlawWords, LeftOutWords};
use crate::words::table::Phrase;

pub(super) const CAPTURES: Captures = Captures {
    client: "客户端",
    server: "服务器",
    frames: "帧数",
    text: "数据字节数",
    begins: "开始",
    lasts: "持续",
    seen: "捕获到",
    data: "数据",
    summary: Phrase::new("{0} 帧，{1} 个 TCP 会话"),
    none: "抓取文件中没有 TCP 会话。",
    opener_answered: "SYN 不在抓取文件中，对它的应答在其中",
    opener_guessed: "连接的建立过程不在抓取文件中：端口号较大的一端视为客户端",
    ports_reused: "端口与之前的一个会话相同",
    left_out: LeftOutWords {
        not_ip: Phrase::new("略去 {0} 帧：不是 IP"),
        not_tcp: Phrase::new("略去 {0} 帧：是 IP，但不是 TCP"),
        fragment: Phrase::new("略去 {0} 帧：IP 分片"),
        cut: Phrase::new("略去 {0} 帧：捕获的长度太短，TCP 首部不完整"),
        malformed: Phrase::new("略去 {0} 帧：首部自相矛盾"),
        unknown_link: Phrase::new("略去 {0} 帧：链路类型未知"),
    },
    beyond: Phrase::new("另有 {0} 帧属于更多的会话：最多区分 {1} 个"),
    damaged: Phrase::new("第 {0} 字节处损坏：{1}；此前的内容已读取"),
    flaw: FlawWords {
        not_a_capture: "文件开头既不是 pcap，也不是 pcapng",
        cut_short: Phrase::new("这条记录需要 {0} 字节，而文件在其第 {1} 字节后结束"),
        too_long: Phrase::new("这条记录声称有 {0} 字节；可信的上限是 {1}"),
        uneven_block: Phrase::new("这个块声称有 {0} 字节，不可能"),
        lengths_differ: Phrase::new("这个块开头给出的长度是 {0}，结尾给出的是 {1}"),
        overruns_block: Phrase::new("一个 {0} 字节的帧放不进它所在的块，块中只有 {1} 字节"),
        no_such_interface: Phrase::new("一个帧属于接口 {0}，而该接口没有描述"),
        no_byte_order: "一个节的开头没有指明字节序的数",
        version: Phrase::new("格式的第 {0} 版未知"),
        resolution: Phrase::new("接口的时间单位太小：if_tsresol {0}"),
    },
};
